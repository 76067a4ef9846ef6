//! `broken-anchor`: links whose page exists, but has no element with the id after `#`.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::check::address_fix::fragment_fix;
use crate::check::checker::{Checker, ResolvedReference};
use crate::check::rule::Rule;
use crate::diagnostic::{Code, Diagnostic};
use crate::locale::LocaleId;
use crate::message;
use crate::site::address::AddressParts;
use crate::site::suggest::Candidates;
use crate::site::{Site, Target};
use crate::source::percent;
use crate::source::{Message, SourceId, Span};
use crate::syntax::{Body, RefKind, Reference};

pub(super) const RULE: Rule = Rule {
    code: Code::BrokenAnchor,
    docs: include_str!("../docs/broken-anchor.md"),
    run: Some(run),
};

/// More ids than this are not listed: too many to read in a line.
const MOST_IDS: usize = 12;

/// A link to an id that its page does not have.
struct BrokenAnchor<'a> {
    id: SourceId,
    reference: &'a Reference,
    /// The fragment, decoded.
    anchor: Cow<'a, str>,
    page: SourceId,
    /// The page that `page` is a translation of, if that one has the id.
    original: Option<SourceId>,
}

fn run(checker: &mut Checker<'_>) {
    let mut ids = PageIds::new(checker.site);
    let mut broken = Vec::new();
    for resolved in checker.references() {
        broken.extend(broken_anchor(resolved, &mut ids));
    }
    // Candidates are prepared once for each page: one renamed heading breaks the links of many others.
    let mut candidates: BTreeMap<SourceId, Candidates<'_>> = BTreeMap::new();
    for link in broken {
        let page_ids = ids.known.get(&link.page).into_iter().flatten();
        let candidates = candidates
            .entry(link.page)
            .or_insert_with(|| page_ids.map(String::as_str).collect());
        let problem = problem_of(checker.site, &link, candidates.nearest(&link.anchor));
        checker.report_in(link.id, problem);
    }
}

/// The ids of the pages asked for so far. Collecting them walks a page and all it includes, so it is done once for each page.
struct PageIds<'a> {
    site: &'a Site,
    known: BTreeMap<SourceId, BTreeSet<String>>,
}

impl<'a> PageIds<'a> {
    fn new(site: &'a Site) -> Self {
        PageIds {
            site,
            known: BTreeMap::new(),
        }
    }

    fn of(&mut self, page: SourceId) -> &BTreeSet<String> {
        let site = self.site;
        let collect_ids = || site.anchors(page).into_iter().collect();
        self.known.entry(page).or_insert_with(collect_ids)
    }
}

fn broken_anchor<'a>(
    resolved: ResolvedReference<'a>,
    ids: &mut PageIds<'a>,
) -> Option<BrokenAnchor<'a>> {
    let ResolvedReference {
        id,
        reference,
        target,
    } = resolved;
    let site = ids.site;
    let fragment = AddressParts::of(&reference.target).fragment;
    let fragment = fragment.trim_start_matches('#');
    let is_link = matches!(
        reference.kind,
        RefKind::Link
            | RefKind::HtmlHref
            | RefKind::Uid
            | RefKind::Landing
            | RefKind::Toc
            | RefKind::RedirectTo
            | RefKind::RedirectAnchor
    );
    if !is_link || needs_no_id(fragment) {
        return None;
    }
    let anchor = percent::decode(fragment);
    let mut pages = target_pages(site, id, target).into_iter();
    // A link in a fragment may be broken on several pages. It is one place in the text, so the
    // first page without the id is enough.
    let page = pages.find(|page| {
        let ids = ids.of(*page);
        // Browsers try the fragment as typed before its decoded form (HTML standard, "select the indicated part"), so an id with `%` in it counts.
        // Ids are case-sensitive, in DocFX too (DocFX spec 10.5).
        !ids.contains(&*anchor) && !ids.contains(fragment)
    })?;
    // Only links that are broken are looked up in the text of their tag: that search is the slow part.
    if reference.kind == RefKind::HtmlHref && is_unchecked(site, id, reference.target_span) {
        return None;
    }
    let original = match site.original_of(page) {
        Some(original) if ids.of(original).contains(&*anchor) => Some(original),
        _ => None,
    };
    Some(BrokenAnchor {
        id,
        reference,
        anchor,
        page,
        original,
    })
}

fn problem_of(site: &Site, link: &BrokenAnchor<'_>, nearest: Option<&str>) -> Diagnostic {
    let BrokenAnchor {
        reference, anchor, ..
    } = link;
    let source = site.source(link.id);
    let page = &site.source(link.page).path;
    let message = message!(
        "anchor not found: `{page}` has no id `{anchor}`",
        page,
        anchor
    );
    let span = reference.target_span;
    let problem = Diagnostic::new(Code::BrokenAnchor, &source.path, span, message);
    if let Some(help) = moved_to(site, link) {
        return problem.help(help);
    }
    if let Some(nearest) = nearest {
        let problem = problem.help(message!(
            "Did you mean `#{anchor_id}`?",
            anchor_id = nearest
        ));
        // An id that differs in case only is certainly the one that was meant; a similar one may be another section.
        let is_safe = nearest.eq_ignore_ascii_case(anchor);
        return fragment_fix(problem, source, reference, nearest).with_safe_fix(is_safe);
    }
    match link.original {
        Some(original) => {
            let original = &site.source(original).path;
            problem.help(message!("`{original}` has it. Give its heading the same id here, as in `## <a id=\"{anchor}\"></a>Title`.", original, anchor))
        }
        None => problem.help(known_ids(site, link.page)),
    }
}

/// Where the id is now, if another page states that it moved there.
fn moved_to(site: &Site, link: &BrokenAnchor<'_>) -> Option<Message> {
    let former = site.former_addresses();
    let set = site.translation_set_of(link.page)?;
    let shown = site.version_for(set, site.source_locale(link.page))?.page();
    let mut moved = former.moved_on(shown).iter();
    let moved = moved.find(|moved| *moved.id == *link.anchor)?;
    let path = site.path(site.page(moved.to).source);
    let typed = path.relative_to(&site.path(link.id).parent());
    let anchor = moved.anchor.as_ref().unwrap_or(&moved.id);
    Some(message!(
        "It is on `{path}` now: write `{typed}#{anchor}`.",
        path,
        typed,
        anchor
    ))
}

/// What to write if nothing is like the id: the ids there are, as far as they fit in a line.
fn known_ids(site: &Site, page: SourceId) -> Message {
    let ids = site.anchors(page);
    if ids.is_empty() {
        return "The page has no headings with ids: remove the part from `#` on.".into();
    }
    if ids.len() > MOST_IDS {
        return "Use the id of a heading on that page, or remove the part from `#` on.".into();
    }
    let mut names = Vec::new();
    for id in &ids {
        names.push(format!("`#{id}`"));
    }
    let ids = names.join(", ");
    message!(
        "Use one of the ids of that page, or remove the part from `#` on: {ids}.",
        ids
    )
}

/// True for fragments that browsers, tabs and footnotes handle without an id from the author.
fn needs_no_id(fragment: &str) -> bool {
    fragment.is_empty()
        || fragment.eq_ignore_ascii_case("top")
        // Text fragments (WICG scroll-to-text).
        || fragment.starts_with(":~:")
        || fragment.starts_with("tab/")
        // Footnotes get their ids from their numbers when the page is rendered.
        || fragment.starts_with("fn:")
        || fragment.starts_with("fnref:")
}

/// The sources of the articles and tutorials a reference points to. `#x` in a fragment points to each page that includes it.
fn target_pages(site: &Site, from: SourceId, target: &Target) -> BTreeSet<SourceId> {
    let pages = match target {
        Target::Page { set, locale } => {
            let mut pages = BTreeSet::new();
            for locale in reader_locales(site, from, *locale) {
                if let Some(version) = site.version_for(*set, locale) {
                    let page = site.page(version.page());
                    // Pages without text have no ids: `link-to-redirect` and `link-to-gone` report links to them.
                    if page.kind.has_content() {
                        pages.insert(page.source);
                    }
                }
            }
            pages
        }
        Target::SamePage => including_pages(site, from),
        _ => BTreeSet::new(),
    };
    pages
        .into_iter()
        .filter(|page| has_ids(site, *page))
        .collect()
}

/// The languages in which readers can meet a link in the file `from`.
fn reader_locales(site: &Site, from: SourceId, locale: Option<LocaleId>) -> BTreeSet<LocaleId> {
    let own = || site.linked(from)?.locale;
    if let Some(locale) = locale.or_else(own) {
        return BTreeSet::from([locale]);
    }
    let mut locales = BTreeSet::new();
    for page in including_pages(site, from) {
        if let Some(linked) = site.linked(page) {
            locales.extend(linked.locale);
        }
    }
    // A file outside of all language folders that no page includes: nothing says in which language
    // it is read.
    if locales.is_empty() {
        locales.insert(site.config.locales.default());
    }
    locales
}

/// The pages that show a file: itself, or those that include it.
fn including_pages(site: &Site, id: SourceId) -> BTreeSet<SourceId> {
    let mut files = site.including(id);
    files.insert(id);
    // Fragments that include this one are among the files, too, but only pages have an address.
    files.retain(|file| site.translation_set_of(*file).is_some());
    files
}

fn has_ids(site: &Site, page: SourceId) -> bool {
    let Some(linked) = site.linked(page) else {
        return false;
    };
    let body = &linked.document.body;
    body.tree().is_some() || matches!(body, Body::Tutorial(_))
}

/// True if the tag around the address has `nocheck="bookmark"`, which switches off the check in DocFX, too.
fn is_unchecked(site: &Site, id: SourceId, address: Span) -> bool {
    let text = &site.source(id).text;
    let before = text.get(..address.start as usize).unwrap_or("");
    let after = text.get(address.end as usize..).unwrap_or("");
    let start = &before[before.rfind('<').unwrap_or(before.len())..];
    let end = &after[..after.find('>').unwrap_or(0)];
    for attribute in ["nocheck=\"bookmark\"", "nocheck='bookmark'"] {
        if start.contains(attribute) || end.contains(attribute) {
            return true;
        }
    }
    false
}
