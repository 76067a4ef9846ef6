//! Addresses as authors write them -> addresses as servers take them: ASCII only, and relative ones resolved (RFC 3986, section 5).

use crate::source::percent;

/// The server of an address, with its port, in lower case; empty for an address without one.
pub(super) fn host(address: &str) -> String {
    let Some((_, rest)) = address.split_once("://") else {
        return String::new();
    };
    let (authority, _) = split_authority(rest);
    let host = match authority.rsplit_once('@') {
        Some((_user, host)) => host,
        None => authority,
    };
    host.to_ascii_lowercase()
}

/// The address with the characters encoded that no server accepts; what is encoded already is left as it is.
pub(super) fn encoded(address: &str) -> String {
    percent::encode(address, percent::REQUEST).into_owned()
}

/// The address `location` resolved against `base`, without a fragment; `None` if `base` has no scheme.
pub(super) fn joined(base: &str, location: &str) -> Option<String> {
    let location = location.trim().split('#').next()?;
    if is_absolute(location) {
        return Some(location.to_owned());
    }
    let (scheme, rest) = base.split_once("://")?;
    if location.starts_with("//") {
        return Some(format!("{scheme}:{location}"));
    }
    let (server, base_path) = split_authority(rest);
    let base_path = base_path.split(['?', '#']).next()?;
    // RFC 3986, section 5.2.2: an empty path keeps that of the base, and a relative one replaces its last segment.
    let whole = match location.chars().next() {
        None | Some('?') => format!("{base_path}{location}"),
        Some('/') => location.to_owned(),
        _ => match base_path.rsplit_once('/') {
            Some((folder, _)) => format!("{folder}/{location}"),
            None => format!("/{location}"),
        },
    };
    let (path, query) = whole.split_at(whole.find('?').unwrap_or(whole.len()));
    let path = without_dot_segments(path);
    Some(format!("{scheme}://{server}/{path}{query}"))
}

/// Splits an address without its scheme into the authority and the rest.
fn split_authority(address: &str) -> (&str, &str) {
    let end = address.find(['/', '?', '#']).unwrap_or(address.len());
    address.split_at(end)
}

/// True for an address with a scheme that can be requested; schemes are case-insensitive.
fn is_absolute(location: &str) -> bool {
    for scheme in ["http://", "https://"] {
        if let Some(start) = location.get(..scheme.len())
            && start.eq_ignore_ascii_case(scheme)
        {
            return true;
        }
    }
    false
}

/// The path without its first `/` and with `.` and `..` applied (RFC 3986, section 5.2.4).
fn without_dot_segments(path: &str) -> String {
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split('/').skip(1) {
        match segment {
            // Above the root `..` has no effect.
            ".." => _ = segments.pop(),
            "." => {}
            _ => segments.push(segment),
        }
    }
    // `a/..` is the folder of `a`, with a slash at the end.
    if path.ends_with("/..") || path.ends_with("/.") {
        segments.push("");
    }
    segments.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locations_are_resolved_against_the_address() {
        for (base, location, expected) in [
            ("http://a.no/b/c?d", "e", "http://a.no/b/e"),
            ("http://a.no/b/c", "/x/../y#z", "http://a.no/y"),
            (
                "http://a.no/b/c",
                "../../../d?e=../f",
                "http://a.no/d?e=../f",
            ),
            ("https://a.no", "//b.no/c", "https://b.no/c"),
            ("https://a.no", "c/./d", "https://a.no/c/d"),
            ("https://a.no/b?c", "?d", "https://a.no/b?d"),
            ("https://a.no/b/c", "..", "https://a.no/"),
            ("https://a.no/b", "HTTP://c.no/d", "HTTP://c.no/d"),
        ] {
            assert_eq!(
                joined(base, location).as_deref(),
                Some(expected),
                "{base} {location}"
            );
        }
        assert_eq!(host("https://u@A.no:8080?x"), "a.no:8080");
        assert_eq!(
            encoded("http://a.no/blå bær%20"),
            "http://a.no/bl%C3%A5%20b%C3%A6r%20"
        );
    }
}
