//! `broken-anchor`: links whose page exists, but not the place on it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic};
use crate::locale::LocaleId;
use crate::site::address::AddressParts;
use crate::site::suggest::Candidates;
use crate::site::{PageKind, PageVersion, Site, Target};
use crate::source::percent;
use crate::source::{SourceId, Span};
use crate::syntax::{RefKind, Reference};

use super::fix::fragment_fix;
use super::{Check, Suggestions};

pub(super) const CHECK: Check = Check {
    codes: &[Code::BrokenAnchor],
    about: "A link names a place on a page by an id that the page does not have, so the reader ends up at its top.",
    run,
};

type Known = BTreeMap<SourceId, BTreeSet<String>>;

/// A link to a place that its page doesn't have.
struct Miss<'a> {
    id: SourceId,
    reference: &'a Reference,
    /// As it was typed, and decoded.
    fragment: &'a str,
    anchor: Cow<'a, str>,
    page: SourceId,
    /// The page that `page` was translated from, if that one has the place.
    original: Option<SourceId>,
}

fn run(site: &Site, suggestions: &Suggestions, problems: &mut Vec<Diagnostic>) {
    let mut known = Known::new();
    let misses = misses(site, suggestions, &mut known);
    let mut names: BTreeMap<SourceId, Candidates<'_>> = BTreeMap::new();
    for miss in misses {
        let ids = || {
            known
                .get(&miss.page)
                .into_iter()
                .flatten()
                .map(String::as_str)
                .collect()
        };
        let near = names
            .entry(miss.page)
            .or_insert_with(ids)
            .nearest(&miss.anchor);
        problems.push(suggestions.reached(miss.id, tell(site, &miss, near)));
    }
}

fn misses<'a>(site: &Site, suggestions: &Suggestions<'a>, known: &mut Known) -> Vec<Miss<'a>> {
    let mut misses = Vec::new();
    for (id, reference, target, _) in suggestions.references() {
        let fragment = AddressParts::of(&reference.target)
            .fragment
            .trim_start_matches('#');
        let links = matches!(
            reference.kind,
            RefKind::Link | RefKind::HtmlHref | RefKind::Uid | RefKind::Landing | RefKind::Toc
        );
        if !links || is_no_id(fragment) {
            continue;
        }
        let anchor = percent::decode(fragment);
        let page = led_to(site, suggestions, id, target)
            .into_iter()
            .find(|page| {
                let anchors = known
                    .entry(*page)
                    .or_insert_with(|| site.anchors(*page).into_iter().collect());
                !anchors.contains(&*anchor) && !anchors.contains(fragment)
            });
        let unchecked = || {
            reference.kind == RefKind::HtmlHref
                && is_unchecked(&site.source(id).text, reference.target_span)
        };
        if let Some(page) = page.filter(|_| !unchecked()) {
            let original = original_with(site, known, page, &anchor);
            misses.push(Miss {
                id,
                reference,
                fragment,
                anchor,
                page,
                original,
            });
        }
    }
    misses
}

fn tell(site: &Site, miss: &Miss<'_>, near: Option<&str>) -> Diagnostic {
    let Miss {
        reference, anchor, ..
    } = miss;
    let source = site.source(miss.id);
    let typed = match reference.kind {
        RefKind::Uid => format!(
            "{}#{}",
            AddressParts::of(&reference.target).path,
            miss.fragment
        ),
        _ => reference.target.to_string(),
    };
    let message = format!(
        "the link `{typed}` leads to no place on its page: `{}` has no id `{anchor}`",
        site.source(miss.page).path
    );
    let problem = Diagnostic::new(
        Code::BrokenAnchor,
        &source.path,
        reference.target_span,
        message,
    );
    match (near, miss.original) {
        (Some(meant), _) => {
            let safe = meant.eq_ignore_ascii_case(anchor);
            fragment_fix(
                problem.help(format!("Did you mean `#{meant}`?")),
                source,
                reference,
                meant,
                safe,
            )
        }
        (None, Some(original)) => {
            let original = &site.source(original).path;
            problem.help(format!("`{original}` has it: give its heading the same id here, as in `## <a id=\"{anchor}\"></a>Title`."))
        }
        _ => problem.help("Name the id of a heading on that page, or take the part from `#` away."),
    }
}

/// True for what is understood without an id among those an author gives: the top, words to look for, the tab to open, a note.
fn is_no_id(fragment: &str) -> bool {
    fragment.is_empty()
        || fragment.eq_ignore_ascii_case("top")
        || fragment.starts_with(":~:")
        || fragment.starts_with("tab/")
        || is_footnote(fragment)
}

/// Notes get their ids from their numbers when the page is written.
fn is_footnote(fragment: &str) -> bool {
    fragment.starts_with("fn:") || fragment.starts_with("fnref:")
}

/// The sources of the articles a reference leads to. A fragment's own `#x` leads to each page it is shown in.
fn led_to(
    site: &Site,
    suggestions: &Suggestions,
    from: SourceId,
    target: &Target,
) -> BTreeSet<SourceId> {
    let has_places = |page: &SourceId| {
        let body = site.linked(*page).map(|linked| &linked.document.body);
        matches!(
            body,
            Some(crate::syntax::Body::Article(_) | crate::syntax::Body::Tutorial(_))
        )
    };
    let pages: BTreeSet<SourceId> = match target {
        Target::Page { set, locale } => {
            let mut readers: BTreeSet<LocaleId> = match locale.or_else(|| site.linked(from)?.locale)
            {
                Some(locale) => [locale].into(),
                None => suggestions
                    .pages_of(from)
                    .into_iter()
                    .filter_map(|page| site.linked(page)?.locale)
                    .collect(),
            };
            if readers.is_empty() {
                readers.insert(site.config.locales.default());
            }
            let shown = readers
                .into_iter()
                .filter_map(|reader| site.version_for(*set, reader))
                .map(PageVersion::page);
            shown
                .map(|page| site.page(page))
                .filter(|page| page.kind != PageKind::Redirect)
                .map(|page| page.source)
                .collect()
        }
        Target::SamePage => suggestions.pages_of(from),
        _ => BTreeSet::new(),
    };
    pages.into_iter().filter(has_places).collect()
}

/// The page that `page` was translated from, if that one has the id.
fn original_with(site: &Site, known: &mut Known, page: SourceId, anchor: &str) -> Option<SourceId> {
    let original = site.original_of(page)?;
    let anchors = known
        .entry(original)
        .or_insert_with(|| site.anchors(original).into_iter().collect());
    anchors.contains(anchor).then_some(original)
}

/// True if the tag around an address says `nocheck="bookmark"`, as DocFX reads it.
fn is_unchecked(text: &str, address: Span) -> bool {
    let (before, after) = (
        text.get(..address.start as usize).unwrap_or(""),
        text.get(address.end as usize..).unwrap_or(""),
    );
    let start = &before[before.rfind('<').unwrap_or(before.len())..];
    let end = &after[..after.find('>').unwrap_or(0)];
    [start, end]
        .iter()
        .any(|part| part.contains("nocheck=\"bookmark\"") || part.contains("nocheck='bookmark'"))
}
