//! Statuses of external addresses <-> the text of the cache file, a line per address. Doesn't know where the file is or what time it is.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::check::UrlStatus;

/// The first line: the format and its version.
const HEAD: &str = r#"{"hjelp-external":1}"#;

/// Failures expire sooner, because they are what people fix.
const BAD_FOR: Duration = Duration::from_secs(24 * 60 * 60);

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
        let line = |line: &str| {
            let (address, seconds, kind, detail): (String, u64, String, String) =
                serde_json::from_str(line).ok()?;
            let answer = match kind.as_str() {
                "alive" => UrlStatus::Ok,
                "moved" => UrlStatus::Moved(detail),
                "dead" => UrlStatus::Dead(detail),
                _ => UrlStatus::Unknown,
            };
            Some((address, (seconds, answer)))
        };
        ResponseCache(lines.filter_map(line).collect())
    }

    /// A line for each address, in order.
    pub fn text(&self) -> String {
        let mut text = format!("{HEAD}\n");
        for (address, (seconds, answer)) in &self.0 {
            let (kind, detail) = match answer {
                UrlStatus::Ok => ("alive", ""),
                UrlStatus::Moved(to) => ("moved", to.as_str()),
                UrlStatus::Dead(why) => ("dead", why.as_str()),
                UrlStatus::Unknown => ("unsure", ""),
            };
            // Texts and numbers always are JSON.
            text.push_str(
                &serde_json::to_string(&(address, seconds, kind, detail)).unwrap_or_default(),
            );
            text.push('\n');
        }
        text
    }

    /// Drops entries older than `expiry` at `now`, and failures after a day.
    pub fn forget(&mut self, now: u64, expiry: Duration) {
        self.0.retain(|_, (heard, answer)| {
            let good = matches!(answer, UrlStatus::Ok | UrlStatus::Moved(_));
            let fresh = if good { expiry } else { expiry.min(BAD_FOR) };
            *heard <= now && now - *heard < fresh.as_secs()
        });
    }

    /// The status of this address.
    pub fn get(&self, address: &str) -> Option<&UrlStatus> {
        self.0.get(address).map(|(_, answer)| answer)
    }

    /// Adds statuses received at `now`.
    pub fn add(&mut self, now: u64, answers: BTreeMap<String, UrlStatus>) {
        self.0.extend(
            answers
                .into_iter()
                .map(|(address, answer)| (address, (now, answer))),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_kept_for_a_while_bad_ones_for_a_day() {
        let hour = Duration::from_secs(3600);
        let answers = [
            ("http://a/\"å\"", UrlStatus::Ok),
            ("http://b/", UrlStatus::Moved("http://c/".into())),
            ("http://d/", UrlStatus::Dead("gone".into())),
            ("http://e/", UrlStatus::Unknown),
        ];
        let mut memory = ResponseCache::default();
        memory.add(
            1_000,
            answers
                .clone()
                .map(|(address, answer)| (address.to_owned(), answer))
                .into(),
        );
        let mut read = ResponseCache::read(&memory.text());
        assert_eq!(read, memory);
        read.forget(1_000 + 25 * 3600, 48 * hour);
        assert_eq!(
            read.0.keys().collect::<Vec<_>>(),
            ["http://a/\"å\"", "http://b/"]
        );
        read.forget(1_000 + 48 * 3600, 48 * hour);
        assert_eq!(read, ResponseCache::default());
        memory.forget(999, hour);
        assert_eq!(
            memory,
            ResponseCache::default(),
            "what was heard in the future is not believed"
        );
        assert_eq!(ResponseCache::read("x"), ResponseCache::default());
    }
}
