//! Addresses as authors write them -> addresses as servers take them: ASCII only, and relative ones resolved (RFC 3986, section 5).

use crate::source::percent;

/// The server of an address, with its port, in lower case.
pub(super) fn host(address: &str) -> String {
    let rest = address.split_once("://").map_or("", |(_, rest)| rest);
    let authority = &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())];
    authority
        .rsplit('@')
        .next()
        .unwrap_or("")
        .to_ascii_lowercase()
}

/// The address with the characters encoded that no server accepts; what is encoded already stays.
pub(super) fn encoded(address: &str) -> String {
    percent::encode(address, percent::REQUEST).into_owned()
}

/// The address `location` resolved against `base`, without a fragment.
pub(super) fn joined(base: &str, location: &str) -> Option<String> {
    let location = location.trim().split('#').next()?;
    if ["http://", "https://"].iter().any(|scheme| {
        location
            .get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    }) {
        return Some(location.to_owned());
    }
    let (scheme, rest) = base.split_once("://")?;
    if location.starts_with("//") {
        return Some(format!("{scheme}:{location}"));
    }
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (server, path) = rest.split_at(end);
    let path = path.split(['?', '#']).next()?;
    let whole = match location.chars().next() {
        None | Some('?') => format!("{path}{location}"),
        Some('/') => location.to_owned(),
        _ => format!(
            "{}/{location}",
            path.rsplit_once('/').map_or("", |(folder, _)| folder)
        ),
    };
    let (path, query) = whole.split_at(whole.find('?').unwrap_or(whole.len()));
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split('/').skip(1) {
        match segment {
            ".." => _ = segments.pop(),
            "." => {}
            _ => segments.push(segment),
        }
    }
    if path.ends_with("/..") || path.ends_with("/.") {
        segments.push("");
    }
    Some(format!("{scheme}://{server}/{}{query}", segments.join("/")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locations_are_seen_from_where_they_were_read() {
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
