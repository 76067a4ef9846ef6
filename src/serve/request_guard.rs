//! Who may ask: browsers that were sent here by their user. Pages of other sites can make a browser ask too, or pretend that their own name
//! leads here; what they send gives them away.

use std::net::{IpAddr, Ipv6Addr};

use axum::http::{HeaderMap, header};

/// True if a request with these headers was meant for this program: it names an address, or this machine, and doesn't come from a page of
/// another site.
pub(super) fn is_meant(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let Some(host) = text(header::HOST) else {
        return false;
    };
    let own_origin = |origin: &str| origin.strip_prefix("http://") == Some(host);
    let origin_fits = match headers.get(header::ORIGIN) {
        Some(origin) => origin.to_str().is_ok_and(own_origin),
        None => true,
    };
    is_own(host) && origin_fits
}

/// True if no other site's name leads to this host: names are how a page of another site would reach it.
fn is_own(host: &str) -> bool {
    let name = match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, _)) => return address.parse::<Ipv6Addr>().is_ok(),
        None => host.split_once(':').map_or(host, |(name, _)| name),
    };
    let name = name.to_ascii_lowercase();
    name == "localhost" || name.ends_with(".localhost") || name.parse::<IpAddr>().is_ok()
}

/// Compares without telling by its time how much was right.
pub(super) fn is_token(given: Option<&str>, token: &str) -> bool {
    let Some(given) = given.filter(|given| given.len() == token.len()) else {
        return false;
    };
    given
        .bytes()
        .zip(token.bytes())
        .fold(0, |differs, (one, other)| differs | (one ^ other))
        == 0
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn meant(host: Option<&str>, origin: Option<&str>) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in [(header::HOST, host), (header::ORIGIN, origin)] {
            if let Some(value) = value {
                headers.insert(name, value.parse().unwrap());
            }
        }
        is_meant(&headers)
    }

    #[test]
    fn names_of_other_sites_are_refused() {
        for host in [
            "localhost",
            "localhost:4000",
            "LOCALHOST:4000",
            "127.0.0.1:4000",
            "[::1]:4000",
            "192.168.1.7:4000",
            "a.localhost",
        ] {
            assert!(meant(Some(host), None), "{host}");
            assert!(meant(Some(host), Some(&format!("http://{host}"))), "{host}");
        }
        for host in [
            "evil.example",
            "evil.example:4000",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "",
            "[evil]",
            "localhostx",
        ] {
            assert!(!meant(Some(host), None), "{host}");
        }
        assert!(!meant(None, None));
    }

    #[test]
    fn pages_of_other_sites_are_refused() {
        for origin in [
            "http://evil.example",
            "null",
            "http://localhost:5000",
            "https://localhost:4000",
            "http://localhost:4000.evil.example",
        ] {
            assert!(!meant(Some("localhost:4000"), Some(origin)), "{origin}");
        }
    }

    #[test]
    fn a_token_is_right_as_a_whole() {
        assert!(is_token(Some("abc"), "abc"));
        for wrong in [None, Some(""), Some("ab"), Some("abd"), Some("abcd")] {
            assert!(!is_token(wrong, "abc"), "{wrong:?}");
        }
    }
}
