//! Readings of documents and of raw HTML that several checks share. Doesn't report anything.

use crate::site::{PageKind, Site, Target};
use crate::source::{SitePath, SourceId};
use crate::syntax::toc::TocEntry;
use crate::syntax::{Body, Reference, Tree};

/// A chain of files as messages print it: `a` -> `b`, each path in backticks.
pub(super) fn chain_of(paths: &[SitePath]) -> String {
    let paths: Vec<String> = paths.iter().map(|path| format!("`{path}`")).collect();
    paths.join(" -> ")
}

/// The length in bytes of the tag at the start of `html`; `None` if it does not end. A `>` in a quoted value does not end a tag.
pub(super) fn tag_end(html: &str) -> Option<usize> {
    let mut quote = None;
    for (at, char) in html.char_indices() {
        match (quote, char) {
            (None, '"' | '\'') => quote = Some(char),
            (Some(open), _) if open == char => quote = None,
            (None, '>') => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// The Markdown trees of a document: the article, or the steps of the tutorial.
pub(super) fn trees(body: &Body) -> impl Iterator<Item = &Tree> {
    let (article, steps) = match body {
        Body::Article(tree) => (Some(tree), [].as_slice()),
        Body::Structured(page) => (Some(&page.tree), [].as_slice()),
        Body::Tutorial(tutorial) => (None, tutorial.steps.as_slice()),
        _ => (None, [].as_slice()),
    };
    let steps = steps.iter().map(|step| &step.tree);
    article.into_iter().chain(steps)
}

/// All entries of a table of contents, each before the entries inside it; none for other documents.
pub(super) fn toc_entries(body: &Body) -> Vec<&TocEntry> {
    let mut all = Vec::new();
    if let Body::Toc(toc) = body {
        add_entries(&toc.entries, &mut all);
    }
    all
}

fn add_entries<'t>(entries: &'t [TocEntry], all: &mut Vec<&'t TocEntry>) {
    for entry in entries {
        all.push(entry);
        add_entries(&entry.children, all);
    }
}

/// The reference of an entry of the table of contents `toc`, with what it resolves to.
pub(super) fn toc_target<'s>(
    site: &'s Site,
    toc: SourceId,
    entry: &TocEntry,
) -> Option<(&'s Reference, &'s Target)> {
    let page = entry.href.or(entry.uid).or(entry.topic());
    site.reference(toc, page.or(entry.toc_href)?)
}

/// The kind of the page at the path of this file, if there is one.
pub(super) fn kind_of(site: &Site, id: SourceId) -> Option<PageKind> {
    let default = site.config.locales.default();
    let locale = site.linked(id)?.locale.unwrap_or(default);
    let version = site.version_for(site.translation_set_of(id)?, locale)?;
    Some(site.page(version.page()).kind)
}

/// How many elements with code are open after this piece of HTML.
pub(super) fn code_depth(open: usize, html: &str) -> usize {
    if let Some(name) = html.strip_prefix("</") {
        return if starts_with_code_element(name) {
            open.saturating_sub(1)
        } else {
            open
        };
    }
    match html.strip_prefix('<') {
        Some(name) if starts_with_code_element(name) => open + 1,
        _ => open,
    }
}

fn starts_with_code_element(tag: &str) -> bool {
    for name in ["code", "pre", "kbd", "samp"] {
        if let Some(start) = tag.get(..name.len())
            && start.eq_ignore_ascii_case(name)
        {
            // `<prefiks>` is a placeholder, not the element `pre`.
            let after = tag[name.len()..].chars().next();
            return after.is_none_or(|char| char.is_whitespace() || matches!(char, '>' | '/'));
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_ends_at_the_first_unquoted_bracket() {
        assert_eq!(tag_end("<a href='x>y'>z"), Some(14));
        assert_eq!(tag_end("<br>"), Some(4));
        assert_eq!(tag_end("<a title=\"x>"), None);
    }
}
