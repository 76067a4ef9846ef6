//! Statuses of external addresses <-> the text of the cache file, a line per address. Doesn't know where the file is or what time it is.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::check::external::UrlStatus;

/// The first line: the format and its version.
const HEAD: &str = r#"{"hjelp-external":1}"#;

/// Failures expire sooner, because they are what people fix.
const FAILURE_EXPIRY: Duration = Duration::from_secs(24 * 60 * 60);

/// Addresses, the status of each, and when it was requested, in seconds since the Unix epoch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ResponseCache(BTreeMap<String, (u64, UrlStatus)>);

impl ResponseCache {
    /// Reads what [`ResponseCache::text`] wrote; anything else is ignored.
    pub fn read(text: &str) -> ResponseCache {
        let mut lines = text.lines();
        if lines.next() != Some(HEAD) {
            return ResponseCache::default();
        }
        let mut cache = ResponseCache::default();
        for line in lines {
            // A damaged line costs one request.
            if let Ok((address, seconds, kind, detail)) =
                serde_json::from_str::<(String, u64, String, String)>(line)
            {
                let status = match kind.as_str() {
                    "alive" => UrlStatus::Ok,
                    "moved" => UrlStatus::Moved(detail),
                    "dead" => UrlStatus::Dead(detail),
                    _ => UrlStatus::Unknown,
                };
                cache.0.insert(address, (seconds, status));
            }
        }
        cache
    }

    /// A line for each address, in order.
    pub fn text(&self) -> String {
        let mut text = format!("{HEAD}\n");
        for (address, (seconds, status)) in &self.0 {
            let (kind, detail) = match status {
                UrlStatus::Ok => ("alive", ""),
                UrlStatus::Moved(to) => ("moved", to.as_str()),
                UrlStatus::Dead(why) => ("dead", why.as_str()),
                UrlStatus::Unknown => ("unsure", ""),
            };
            // Serializing strings and numbers can't fail.
            let line = serde_json::to_string(&(address, seconds, kind, detail));
            text.push_str(&line.unwrap_or_default());
            text.push('\n');
        }
        text
    }

    /// Drops entries older than `expiry` at `now`, and failures after a day.
    pub fn drop_expired(&mut self, now: u64, expiry: Duration) {
        self.0.retain(|_, (requested, status)| {
            let fresh = match status {
                UrlStatus::Ok | UrlStatus::Moved(_) => expiry,
                UrlStatus::Dead(_) | UrlStatus::Unknown => expiry.min(FAILURE_EXPIRY),
            };
            // A time in the future comes from a clock that was wrong, so its entry would never expire.
            *requested <= now && now - *requested < fresh.as_secs()
        });
    }

    /// The status of this address.
    pub fn get(&self, address: &str) -> Option<&UrlStatus> {
        let (_, status) = self.0.get(address)?;
        Some(status)
    }

    /// Adds statuses received at `now`.
    pub fn add(&mut self, now: u64, statuses: BTreeMap<String, UrlStatus>) {
        for (address, status) in statuses {
            self.0.insert(address, (now, status));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_expire_and_failures_within_a_day() {
        let hour = Duration::from_secs(3600);
        let statuses = [
            ("http://a/\"å\"", UrlStatus::Ok),
            ("http://b/", UrlStatus::Moved("http://c/".into())),
            ("http://d/", UrlStatus::Dead("gone".into())),
            ("http://e/", UrlStatus::Unknown),
        ];
        let mut cache = ResponseCache::default();
        cache.add(
            1_000,
            statuses
                .clone()
                .map(|(address, status)| (address.to_owned(), status))
                .into(),
        );
        let mut read = ResponseCache::read(&cache.text());
        assert_eq!(read, cache);
        read.drop_expired(1_000 + 25 * 3600, 48 * hour);
        assert_eq!(
            read.0.keys().collect::<Vec<_>>(),
            ["http://a/\"å\"", "http://b/"]
        );
        read.drop_expired(1_000 + 48 * 3600, 48 * hour);
        assert_eq!(read, ResponseCache::default());
        cache.drop_expired(999, hour);
        assert_eq!(
            cache,
            ResponseCache::default(),
            "entries from the future are dropped"
        );
        assert_eq!(ResponseCache::read("x"), ResponseCache::default());
    }
}
