//! The headers of a request -> may it be answered? Only browsers that were sent here by their user may ask. Pages of other sites can make a
//! browser ask too, or pretend that their own name leads here; what they send gives them away. Knows nothing of what is asked for.

use std::net::{IpAddr, Ipv6Addr};

use axum::http::{HeaderMap, header};

/// True if a request with these headers was meant for this program: it names an address, or this machine, and doesn't come from a page of
/// another site.
pub(super) fn is_meant(headers: &HeaderMap) -> bool {
    let Some(host) = headers.get(header::HOST) else {
        return false;
    };
    let Ok(host) = host.to_str() else {
        return false;
    };
    if !is_own(host) {
        return false;
    }
    // Browsers name the page that a request comes from, and no page can forge that. `null` is what a sandboxed frame or a local file sends:
    // anybody's page can be one.
    match headers.get(header::ORIGIN) {
        Some(origin) => origin.as_bytes().strip_prefix(b"http://") == Some(host.as_bytes()),
        // Navigation, or an image or a script of a page, which can't read the answer: `cross-origin-resource-policy` prevents that.
        None => true,
    }
}

/// True if no other site's name leads to this host.
fn is_own(host: &str) -> bool {
    // DNS rebinding: the owner of `evil.example` lets that name point to 127.0.0.1 after the page has loaded, so that the page may read the
    // preview as its own site. The browser still sends the name. Addresses can't be rebound, and `localhost` is reserved (RFC 6761).
    if let Some(address) = host.strip_prefix('[') {
        return match address.split_once(']') {
            Some((address, _)) => address.parse::<Ipv6Addr>().is_ok(),
            None => false,
        };
    }
    let name = match host.split_once(':') {
        Some((name, _)) => name,
        None => host,
    };
    let name = name.to_ascii_lowercase();
    name == "localhost" || name.ends_with(".localhost") || name.parse::<IpAddr>().is_ok()
}

/// True if `given` is the token.
pub(super) fn is_token(given: &[u8], token: &str) -> bool {
    let token = token.as_bytes();
    if given.len() != token.len() {
        return false;
    }
    // All bytes are compared, also after the first wrong one: otherwise the time of the answer would give away how many were right.
    let mut difference = 0;
    for (at, byte) in token.iter().enumerate() {
        difference |= byte ^ given[at];
    }
    difference == 0
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
        assert!(is_token(b"abc", "abc"));
        for wrong in ["", "ab", "abd", "abcd"] {
            assert!(!is_token(wrong.as_bytes(), "abc"), "{wrong}");
        }
    }
}
