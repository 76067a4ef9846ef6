//! `dead-external-link` and `moved-external-link`: which external addresses a site links to, and what the responses mean. Requests nothing,
//! and is not part of a normal run.

use std::collections::{BTreeMap, BTreeSet};

use super::checker::{Checker, ResolvedReference};
use super::suggestions::Suggestions;
use crate::diagnostic::{Code, Diagnostic, Fix};
use crate::message;
use crate::site::{Site, Target};
use crate::source::edit::Edit;
use crate::source::{FileSpan, Source};
use crate::syntax::{RefKind, Reference};

/// The codes of problems that only requests find.
pub(super) const CODES: [Code; 2] = [Code::DeadExternalLink, Code::MovedExternalLink];

/// What a request of an external address shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UrlStatus {
    /// It works.
    Ok,
    /// It has moved permanently, to this address, which works.
    Moved(String),
    /// It does not work, and why, for example `the server responds with 404`.
    Dead(String),
    /// It is unknown: the server wants a login, or refuses programs.
    Unknown,
}

/// Names that belong to no one, for use in examples (RFC 2606 and RFC 6761).
const RESERVED: [&str; 7] = [
    "example.com",
    "example.org",
    "example.net",
    "example",
    "test",
    "invalid",
    "localhost",
];

/// The external addresses that readers can follow, without their fragments.
pub fn external_addresses(site: &Site) -> BTreeSet<String> {
    let suggestions = Suggestions::new(site);
    let checker = Checker::new(&suggestions);
    let mut addresses = BTreeSet::new();
    for resolved in checker.references() {
        if let Some(address) = address_of(site, resolved) {
            addresses.insert(address.to_owned());
        }
    }
    addresses
}

/// The problems with external addresses, from the responses to [`external_addresses`].
pub fn external_problems(site: &Site, statuses: &BTreeMap<String, UrlStatus>) -> Vec<Diagnostic> {
    if statuses.is_empty() {
        return Vec::new();
    }
    let suggestions = Suggestions::new(site);
    let mut checker = Checker::new(&suggestions);
    for resolved in checker.references() {
        let Some(address) = address_of(site, resolved) else {
            continue;
        };
        let source = site.source(resolved.id);
        let problem = match statuses.get(address) {
            Some(UrlStatus::Dead(why)) => dead(source, resolved.reference, address, why),
            Some(UrlStatus::Moved(to)) => moved(source, resolved.reference, address, to),
            Some(UrlStatus::Ok | UrlStatus::Unknown) | None => continue,
        };
        checker.report_in(resolved.id, problem);
    }
    checker.problems
}

fn dead(source: &Source, reference: &Reference, address: &str, why: &str) -> Diagnostic {
    let message = message!("external link is broken: {why}: `{address}`", why, address);
    let span = reference.target_span;
    Diagnostic::new(Code::DeadExternalLink, &source.path, span, message)
        .help("Find the new address, or remove the link.")
}

fn moved(source: &Source, reference: &Reference, address: &str, to: &str) -> Diagnostic {
    let span = reference.target_span;
    let message = message!("`{address}` has moved permanently", address);
    let fragment = &reference.target[address.len()..];
    let to = format!("{to}{fragment}");
    let code = Code::MovedExternalLink;
    let problem = Diagnostic::new(code, &source.path, span, message)
        .help(message!("The new address is `{to}`.", to));
    // An address with escapes is not replaced: which bytes to write is unknown then.
    if source.text.get(span.range()) != Some(&*reference.target) {
        return problem;
    }
    let path = source.path.clone();
    let fix = Fix {
        title: message!("link to `{to}`", to),
        safe: false,
        edits: vec![Edit {
            location: FileSpan { path, span },
            replacement: to,
        }],
    };
    Diagnostic {
        fix: Some(fix),
        ..problem
    }
}

/// The address of a reference without its fragment, if it is one to request.
fn address_of<'a>(site: &Site, resolved: ResolvedReference<'a>) -> Option<&'a str> {
    let reference = resolved.reference;
    // `redirect_from` names an address of this site that no longer exists, not one to request.
    if *resolved.target != Target::External || reference.kind == RefKind::RedirectFrom {
        return None;
    }
    let address = requestable(&reference.target)?;
    for prefix in &site.config.ignored_urls {
        if address.starts_with(prefix.as_str()) {
            return None;
        }
    }
    Some(address)
}

/// The part of an address that a server is asked for. `None` for other schemes, placeholders and reserved names.
fn requestable(address: &str) -> Option<&str> {
    let address = address.split('#').next()?;
    let rest = without_scheme(address)?;
    // User names come before `@` (RFC 3986, 3.2.1).
    let host = rest.split(['/', '?']).next()?.rsplit('@').next()?;
    let (name, _port) = host.rsplit_once(':').unwrap_or((host, ""));
    // Help texts show addresses such as `https://{tenant}.example.no`, which no server answers.
    let is_placeholder = address.contains(['{', '}', '<', '>', '$', ' ']);
    if name.is_empty() || is_placeholder || is_reserved(&name.to_ascii_lowercase()) {
        return None;
    }
    Some(address)
}

fn without_scheme(address: &str) -> Option<&str> {
    for scheme in ["https://", "http://"] {
        if let Some(start) = address.get(..scheme.len())
            && start.eq_ignore_ascii_case(scheme)
        {
            return Some(&address[scheme.len()..]);
        }
    }
    None
}

/// True for reserved names and the names below them.
fn is_reserved(name: &str) -> bool {
    for reserved in RESERVED {
        if let Some(rest) = name.strip_suffix(reserved)
            && (rest.is_empty() || rest.ends_with('.'))
        {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::requestable;

    #[test]
    fn only_addresses_with_a_real_host_are_requested() {
        for (address, expected) in [
            ("https://a.no/b?c#d", Some("https://a.no/b?c")),
            ("HTTP://127.0.0.1:80", Some("HTTP://127.0.0.1:80")),
            ("https://u@myexample.com/", Some("https://u@myexample.com/")),
            ("https://www.example.com/x", None),
            ("http://localhost:8080/", None),
            ("https://{tenant}.a.no/", None),
            ("https:///x", None),
            ("mailto:a@b.no", None),
            ("//a.no/x", None),
        ] {
            assert_eq!(requestable(address), expected, "{address}");
        }
    }
}
