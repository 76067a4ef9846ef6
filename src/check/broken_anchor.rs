//! `broken-anchor`: links whose page exists, but not the place on it.

use std::collections::{BTreeMap, HashSet};

use crate::diagnostic::Diagnostic;
use crate::locale::LocaleId;
use crate::site::{Parts, Shown, Site, Target, nearest};
use crate::source::{SourceId, Span};
use crate::syntax::RefKind;

use super::fix::fragment_fix;
use super::{Check, Places};

pub(super) const CHECK: Check = Check {
    codes: &["broken-anchor"],
    about: "A link names a place on a page by an id that the page does not have, so the reader ends up at its top.",
    run,
};

fn run(site: &Site, places: &Places, problems: &mut Vec<Diagnostic>) {
    let mut known: BTreeMap<SourceId, HashSet<&str>> = BTreeMap::new();
    for (id, reference, target, _) in places.references() {
        let fragment = Parts::of(&reference.target).fragment.trim_start_matches('#');
        // `#tab/x` in a heading makes a tab, and `#top` needs no id.
        let linked = matches!(reference.kind, RefKind::Link | RefKind::HtmlHref | RefKind::Uid | RefKind::Landing | RefKind::Toc);
        if !linked || matches!(fragment, "" | "top") || (*target == Target::Here && fragment.starts_with("tab/")) {
            continue;
        }
        let anchor = percent_encoding::percent_decode_str(fragment).decode_utf8_lossy();
        let Some(page) = led_to(site, id, target).into_iter().find(|page| {
            let anchors = known.entry(*page).or_insert_with(|| site.anchors(*page).into_iter().collect());
            !anchors.contains(&*anchor)
        }) else {
            continue;
        };
        let path = &site.source(id).path;
        if reference.kind == RefKind::HtmlHref && is_unchecked(&site.source(id).text, reference.target_span) {
            continue;
        }
        let typed = match reference.kind {
            RefKind::Uid => format!("{}#{fragment}", Parts::of(&reference.target).path),
            _ => reference.target.to_string(),
        };
        let message = format!("the link `{typed}` leads to no place on its page: `{}` has no id `{anchor}`", site.source(page).path);
        let problem = Diagnostic::warning("broken-anchor", path, reference.target_span, message);
        let anchors = known.get(&page).into_iter().flatten().copied();
        // The order of a set is not for readers.
        let candidates: std::collections::BTreeSet<&str> = anchors.collect();
        let problem = match nearest(&anchor, candidates) {
            Some(meant) => {
                let safe = meant.eq_ignore_ascii_case(&anchor);
                fragment_fix(problem.help(format!("Did you mean `#{meant}`?")), site.source(id), reference, meant, safe)
            }
            None => problem.help("Name the id of a heading on that page, or take the part from `#` away."),
        };
        problems.push(places.reached(id, problem));
    }
}

/// The sources of the pages a reference leads to. A fragment's own `#x` leads to each page it is shown in.
fn led_to(site: &Site, from: SourceId, target: &Target) -> Vec<SourceId> {
    match target {
        Target::Page { key, locale } => {
            let own = site.linked(from).and_then(|linked| linked.locale);
            let reader: LocaleId = locale.or(own).unwrap_or_else(|| site.config.locales.default());
            site.shown(*key, reader).map(Shown::page).map(|page| site.page(page).source).into_iter().collect()
        }
        Target::Here => {
            let (mut pages, mut seen, mut next) = (Vec::new(), vec![from], 0);
            while let Some(&at) = seen.get(next) {
                next += 1;
                if site.key_of(at).is_some() {
                    pages.push(at);
                }
                let new = site.includers(at).iter().map(|(includer, _)| *includer);
                let new: std::collections::BTreeSet<SourceId> = new.filter(|includer| !seen.contains(includer)).collect();
                seen.extend(new);
            }
            pages.sort();
            pages
        }
        _ => Vec::new(),
    }
}

/// True if the tag around an address says `nocheck="bookmark"`, as DocFX reads it.
fn is_unchecked(text: &str, address: Span) -> bool {
    let (before, after) = (text.get(..address.start as usize).unwrap_or(""), text.get(address.end as usize..).unwrap_or(""));
    let start = &before[before.rfind('<').unwrap_or(before.len())..];
    let end = &after[..after.find('>').unwrap_or(0)];
    [start, end].iter().any(|part| part.contains("nocheck=\"bookmark\"") || part.contains("nocheck='bookmark'"))
}
