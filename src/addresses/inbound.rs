//! What one site uses of another: a list of the addresses and uids that it links to, and in the other site a problem for each that is not found
//! now. Doesn't know how such lists come from one site to the other.

use crate::diagnostic::{Code, Diagnostic};
use crate::site::{Site, Target};
use crate::source::{Source, Span};

use super::compare::{LostAddress, compare};
use super::list::{add, path_of, read_addresses};
use super::model::PublishedAddresses;

/// What `site` uses of the site at the address `base`.
pub fn used_addresses(site: &Site, base: &str) -> PublishedAddresses {
    let mut used = PublishedAddresses::default();
    let base = base.trim_end_matches('/');
    for (id, linked) in site.documents() {
        if !site.is_used(id) {
            continue;
        }
        for (reference, target) in linked.document.refs.iter().zip(linked.targets) {
            let address = match target {
                Target::External => &*reference.target,
                Target::ExternalUid(uid) => {
                    let Some((uid, page)) = site.external_page(uid) else {
                        continue;
                    };
                    let href = page.href.as_deref().unwrap_or_default();
                    if is_below(href, base) {
                        used.uids.insert(uid.to_owned());
                    }
                    href
                }
                _ => continue,
            };
            if is_below(address, base) {
                add(&mut used, &path_of(address, base), None);
            }
        }
    }
    used
}

/// True for an address of the site at `base`: `https://x.no/a` is none of `https://x.no/ab`.
fn is_below(address: &str, base: &str) -> bool {
    match address.strip_prefix(base) {
        Some(rest) => rest.is_empty() || rest.starts_with(['/', '#', '?']),
        None => false,
    }
}

/// A problem for each address that another site uses, by the lists that `inbound` in the configuration names, and that is not found.
pub fn inbound_problems(site: &Site) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    if site.config.inbound.is_empty() {
        return problems;
    }
    let base = site.config.base_url.as_deref().unwrap_or("");
    let now = PublishedAddresses::of(site);
    for path in &site.config.inbound {
        let Some(id) = site.sources.find(path.as_str()) else {
            continue;
        };
        let source = site.sources.get(id);
        match read_addresses(&source.text, base) {
            Ok(used) => {
                for lost in compare(&used, &now).lost {
                    problems.push(problem(source, &lost));
                }
            }
            Err(why) => {
                let message = format!("not a list of addresses: {why}");
                let problem = Diagnostic::new(Code::AddressLost, path, Span::at(0), message);
                let help = "Write it with `hjelp urls list --used` in the other site.";
                problems.push(problem.help(help));
            }
        }
    }
    problems
}

fn problem(source: &Source, lost: &LostAddress) -> Diagnostic {
    let (what, written) = match lost {
        LostAddress::Page(path) => (format!("the address `/{path}`"), path.clone()),
        LostAddress::Anchor(path, id) => (format!("the anchor `#{id}` of `/{path}`"), path.clone()),
        LostAddress::Uid(uid) => (format!("the uid `{uid}`"), uid.clone()),
    };
    let at = source.text.find(&written).unwrap_or(0);
    let span = match source.text.get(at..at + written.len()) {
        Some(text) if text == written => Span::new(at, at + written.len()),
        _ => Span::at(0),
    };
    let message = format!("another site uses {what}, which leads nowhere now");
    Diagnostic::new(Code::AddressLost, &source.path, span, message).help(
        "Let it redirect, or say that it is gone; or change the other site first, and this list.",
    )
}
