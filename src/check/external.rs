//! `dead-external-link` and `moved-external-link`: addresses outside the site, and what became of them. Which addresses there are, and what
//! to say of the answers; the asking itself is not done here, and never as part of a normal run.

use crate::source::edit::Edit;
use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Fix, Level};
use crate::site::{Site, Target};
use crate::source::{FileSpan, SourceId};
use crate::syntax::{RefKind, Reference};

use super::Suggestions;

/// The codes of problems that only asking finds.
pub(super) const CODES: [Code; 2] = [DEAD, MOVED];

const DEAD: Code = Code::DeadExternalLink;
const MOVED: Code = Code::MovedExternalLink;

/// What is known of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UrlStatus {
    /// Something is there.
    Ok,
    /// It has moved for good, and something is there: at this address.
    Moved(String),
    /// Nothing is there: why, for example `the server answers 404`.
    Dead(String),
    /// Nobody can tell: the server wants to know who asks, or does not like programs.
    Unknown,
}

/// Names that are nobody's, so that examples can use them (RFC 2606 and 6761).
const RESERVED: [&str; 7] = [
    "example.com",
    "example.org",
    "example.net",
    "example",
    "test",
    "invalid",
    "localhost",
];

/// The addresses outside the site that readers can follow, without what stands behind `#`.
pub fn external_addresses(site: &Site) -> BTreeSet<String> {
    outside(site)
        .map(|(_, _, address)| address.to_owned())
        .collect()
}

/// What is wrong with addresses, according to the answers to [`external_addresses`].
pub fn external_problems(site: &Site, answers: &BTreeMap<String, UrlStatus>) -> Vec<Diagnostic> {
    let suggestions = Suggestions::new(site);
    let problem = |(id, reference, address): (SourceId, &Reference, &str)| {
        let path = &site.source(id).path;
        let problem = match answers.get(address)? {
            UrlStatus::Ok | UrlStatus::Unknown => return None,
            UrlStatus::Dead(why) => Diagnostic::new(
                DEAD,
                path,
                reference.target_span,
                format!("`{address}` is dead: {why}"),
            )
            .with_level(Level::Warning)
            .help("Link to where it is now, or take the link away."),
            UrlStatus::Moved(to) => {
                let problem = Diagnostic::new(
                    MOVED,
                    path,
                    reference.target_span,
                    format!("`{address}` has moved for good"),
                )
                .with_level(Level::Note);
                let to = format!("{to}{}", &reference.target[address.len()..]);
                let fix = site
                    .source(id)
                    .text
                    .get(reference.target_span.range())
                    .filter(|typed| **typed == *reference.target)
                    .map(|_| {
                        let location = FileSpan {
                            path: path.clone(),
                            span: reference.target_span,
                        };
                        let edits = vec![Edit {
                            location,
                            replacement: to.clone(),
                        }];
                        Fix {
                            title: format!("link to `{to}`"),
                            safe: false,
                            edits,
                        }
                    });
                Diagnostic {
                    fix,
                    ..problem.help(format!("It is at `{to}` now."))
                }
            }
        };
        Some(suggestions.reached(id, problem))
    };
    outside(site).filter_map(problem).collect()
}

fn outside(site: &Site) -> impl Iterator<Item = (SourceId, &Reference, &str)> {
    let used = site.documents().filter(|(id, _)| site.is_used(*id));
    used.flat_map(|(id, linked)| {
        linked
            .document
            .refs
            .iter()
            .zip(linked.targets)
            .map(move |pair| (id, pair))
    })
    .filter(|(_, (reference, target))| {
        **target == Target::External && reference.kind != RefKind::RedirectFrom
    })
    .filter_map(|(id, (reference, _))| Some((id, reference, asked(&reference.target)?)))
    .filter(move |(_, _, address)| {
        !site
            .config
            .ignored_urls
            .iter()
            .any(|start| address.starts_with(start.as_str()))
    })
}

/// What to ask for an address, if it is one that can be asked.
fn asked(address: &str) -> Option<&str> {
    let address = address.split('#').next()?;
    let rest = ["https://", "http://"].iter().find_map(|scheme| {
        address
            .get(..scheme.len())
            .filter(|start| start.eq_ignore_ascii_case(scheme))
            .map(|_| &address[scheme.len()..])
    })?;
    let host = rest.split(['/', '?']).next()?.rsplit('@').next()?;
    let name = host
        .rsplit_once(':')
        .map_or(host, |(name, _)| name)
        .to_ascii_lowercase();
    let reserved = |end: &str| {
        name.strip_suffix(end)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    let placeholder = address.contains(['{', '}', '<', '>', '$', ' ']);
    (!name.is_empty() && !placeholder && !RESERVED.iter().any(|end| reserved(end)))
        .then_some(address)
}

#[cfg(test)]
mod tests {
    use super::asked;

    #[test]
    fn only_addresses_of_somebody_are_asked() {
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
            assert_eq!(asked(address), expected, "{address}");
        }
    }
}
