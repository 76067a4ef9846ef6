//! A [`Site`] -> what is wrong with it, in words an author can act on. One file per check; each is a pure reading of the linked site.

mod alt_text;
mod anchors;
mod baseline;
mod broken_anchor;
mod broken_include;
mod broken_link;
mod broken_toc_entry;
mod broken_xref;
mod case_mismatch;
mod collision;
mod definitions;
mod dialect;
mod duplicate_uid;
mod encoding;
mod external;
mod file_history;
mod fix;
mod front_matter;
mod headings;
mod link_leaves_language;
mod merge;
mod missing_snippet;
mod page_type;
mod pairing;
mod portable;
mod redirects;
mod rooted;
mod rules;
mod suggestions;
mod suppression;
mod tab_sets;
mod toc_entry;
mod unclosed_html;
mod unused;

use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic, sort};
use crate::site::{PageKind, Site};
use crate::source::{SitePath, SourceId};
use crate::syntax::{Body, Tree};

pub use baseline::Baseline;
pub use external::{UrlStatus, external_addresses, external_problems};
pub use file_history::{FileHistory, missing_files, with_file_histories};
pub use merge::merge_across_locales;
pub use rules::{Rule, nearest_code, rule, rules};
use suggestions::Suggestions;
pub use suppression::with_levels;

/// One check.
#[derive(Clone, Copy)]
pub struct Check {
    /// The codes it may report.
    pub codes: &'static [Code],
    /// What it looks for, in a sentence.
    pub about: &'static str,
    run: fn(&Site, &Suggestions, &mut Vec<Diagnostic>),
}

/// All checks.
pub const ALL: &[Check] = &[
    broken_link::CHECK,
    broken_anchor::CHECK,
    broken_include::CHECK,
    broken_xref::CHECK,
    broken_toc_entry::CHECK,
    case_mismatch::CHECK,
    rooted::CHECK,
    redirects::CHECK,
    link_leaves_language::CHECK,
    toc_entry::CHECK,
    missing_snippet::CHECK,
    definitions::CHECK,
    anchors::CHECK,
    headings::CHECK,
    alt_text::CHECK,
    unclosed_html::CHECK,
    encoding::CHECK,
    front_matter::CHECK,
    unused::CHECK,
    dialect::CHECK,
    tab_sets::CHECK,
    duplicate_uid::CHECK,
    collision::CHECK,
    pairing::CHECK,
    page_type::CHECK,
    portable::CHECK,
    suppression::CHECK,
];

/// Everything wrong with the content of a site: what its files say of themselves, what the checks find, and `more` that was found
/// elsewhere, in reading order; without what comments disable, and as loud as the configuration wants it.
pub fn run(site: &Site, more: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let suggestions = Suggestions::new(site);
    let mut problems = more;
    problems.extend(site.config.problems.iter().cloned());
    for (id, linked) in site.documents() {
        if site.is_used(id) {
            problems.extend(
                linked
                    .document
                    .problems
                    .iter()
                    .cloned()
                    .map(|problem| suggestions.reached(id, problem)),
            );
        }
    }
    for (path, reason) in site.sources.unreadable() {
        let span = crate::source::Span::default();
        let problem = Diagnostic::new(
            Code::UnreadableFile,
            path,
            span,
            format!("the file cannot be read: {reason}"),
        );
        problems.push(
            problem.help("Put a file there that can be read, or exclude it in the configuration."),
        );
    }
    let found: Vec<Vec<Diagnostic>> = ALL
        .par_iter()
        .map(|check| {
            let mut found = Vec::new();
            (check.run)(site, &suggestions, &mut found);
            found
        })
        .collect();
    problems.extend(found.into_iter().flatten());
    let mut problems =
        suppression::with_levels(site, suppression::without_disabled(site, problems));
    sort(&mut problems);
    problems
}

/// Files that lead from one to the next, as a message says them.
fn chain_of(paths: &[SitePath]) -> String {
    paths
        .iter()
        .map(|path| format!("`{path}`"))
        .collect::<Vec<_>>()
        .join(" -> ")
}

/// How long the tag at the start of `html` is, quoted values and all; nothing if it doesn't end.
fn tag_end(html: &str) -> Option<usize> {
    let mut quote = None;
    for (at, sign) in html.char_indices() {
        match (quote, sign) {
            (None, '"' | '\'') => quote = Some(sign),
            (Some(open), _) if open == sign => quote = None,
            (None, '>') => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// The Markdown texts of a document.
fn trees(body: &Body) -> impl Iterator<Item = &Tree> {
    let (article, steps) = match body {
        Body::Article(tree) => (Some(tree), [].as_slice()),
        Body::Tutorial(tutorial) => (None, tutorial.steps.as_slice()),
        _ => (None, [].as_slice()),
    };
    article
        .into_iter()
        .chain(steps.iter().map(|step| &step.tree))
}

/// What the page made from a file is, if there is one.
fn kind_of(site: &Site, id: SourceId) -> Option<PageKind> {
    let locale = site
        .linked(id)?
        .locale
        .unwrap_or_else(|| site.config.locales.default());
    site.version_for(site.translation_set_of(id)?, locale)
        .map(|shown| site.page(shown.page()).kind)
}
