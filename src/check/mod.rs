//! Comes in: a linked [`Site`], problems that other rooms found, and what is known from outside (the history of missing files, responses of
//! external servers). Goes out: one list of problems, the same for every surface. Must not know: how problems are printed, where the history
//! and the responses come from, what pages look like.
//!
//! More than twelve public names: lists for people and lists for programs are merged differently, and each surface chooses.

mod address_fix;
mod alert_name;
mod baseline;
mod checker;
mod consequences;
mod content;
pub mod external;
mod file_history;
mod levels;
mod link_target;
mod merge;
mod missing_folders;
mod redirects;
mod rooted_link;
mod rule;
mod rules;
mod suggestions;
mod suppression;
mod translated_docs;
mod typed_address;
mod unknown_uid;

use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::addresses::inbound::inbound_problems;
use crate::config::redirections::redirection_problems;
use crate::diagnostic::{Code, Diagnostic, sort};
use crate::message;
use crate::site::Site;
use crate::source::{FileSpan, SitePath, SourceId, Span};

use checker::Checker;
use suggestions::Suggestions;

pub use baseline::Baseline;
pub use file_history::{FileHistory, missing_files};
pub use merge::merge_across_locales;
pub use missing_folders::merge_missing_folders;
pub use rule::{Rule, RuleDocs, without_links};
pub use rules::unknown_code::nearest_code;
pub use rules::{RULES, rule};

/// What the problems of a site are assembled from, besides the site itself.
#[derive(Default)]
pub struct Findings {
    /// Problems that other rooms found in the content. Comments in files can suppress them.
    pub in_content: Vec<Diagnostic>,
    /// Problems with templates, interface texts and the like, which have no such comments.
    pub in_theme: Vec<Diagnostic>,
    /// The histories of missing files; empty if they are unknown.
    pub histories: BTreeMap<SitePath, FileHistory>,
}

/// All problems of a site, in reading order: those of its files, of the checks and of `findings`, without what comments suppress, at the
/// levels the configuration sets. The only assembly there is; surfaces show its result, after [`merge_across_locales`].
pub fn run(site: &Site, findings: Findings) -> Vec<Diagnostic> {
    let suggestions = Suggestions::new(site);
    let mut problems = findings.in_content;
    problems.extend(site.config.problems.iter().cloned());
    problems.extend(problems_of_documents(&suggestions));
    problems.extend(problems_of_unreadable_files(site));
    problems.extend(redirection_problems(&site.sources));
    problems.extend(inbound_problems(site));
    // Rules take very different times; one task each keeps all processors busy.
    // `collect` keeps the order of the table, so that the result doesn't depend on how threads are scheduled.
    let found: Vec<Vec<Diagnostic>> = RULES
        .par_iter()
        .map(|rule| problems_of_rule(&suggestions, rule))
        .collect();
    problems.extend(found.into_iter().flatten());
    // Before the levels: a comment that suppresses a problem the configuration switches off is still used.
    let problems = suppression::without_suppressed(site, problems);
    let mut problems = consequences::without_consequences(&site.sources, problems);
    // Templates and interface texts have no comments that could suppress their problems.
    problems.extend(findings.in_theme);
    let problems = levels::with_configured_levels(site, problems);
    let mut problems = file_history::with_file_histories(site, problems, &findings.histories);
    remove_pseudo_locales(site, &mut problems);
    report_at_origins(site, &mut problems);
    sort(&mut problems);
    problems
}

/// Moves problems of texts that are in no file of their own to the files that these were made of.
fn report_at_origins(site: &Site, problems: &mut [Diagnostic]) {
    let mut origins: FxHashMap<&SitePath, &FileSpan> = FxHashMap::default();
    for source in site.sources.texts() {
        if let Some(origin) = &source.origin {
            origins.insert(&source.path, origin);
        }
    }
    if origins.is_empty() {
        return;
    }
    for problem in problems {
        for label in &mut problem.labels {
            if let Some(origin) = origins.get(&label.location.path) {
                label.location = (*origin).clone();
            }
        }
        if let Some(origin) = origins.get(&problem.location.path) {
            problem.location = (*origin).clone();
            // It would change a file that isn't there.
            problem.fix = None;
        }
    }
}

fn problems_of_rule<'a>(suggestions: &'a Suggestions<'a>, rule: &Rule) -> Vec<Diagnostic> {
    let mut checker = Checker::new(suggestions);
    if let Some(run) = rule.run {
        run(&mut checker);
    }
    checker.problems
}

/// The problems found while parsing. Those of files that no page uses are not reported.
fn problems_of_documents<'a>(suggestions: &'a Suggestions<'a>) -> Vec<Diagnostic> {
    let mut checker = Checker::new(suggestions);
    for (id, linked) in checker.used_documents() {
        for problem in &linked.document.problems {
            // The front matter of a file that is only included is not read (DocFX spec 3.2), so it may be anything.
            let is_metadata = matches!(
                problem.code,
                Code::InvalidYaml | Code::DuplicateKey | Code::InvalidDate
            );
            if is_metadata && is_fragment(checker.site, id) {
                continue;
            }
            checker.report_in(id, problem.clone());
        }
    }
    checker.problems
}

/// True for Markdown that is only shown in place of includes.
fn is_fragment(site: &Site, id: SourceId) -> bool {
    let path = site.path(id);
    let is_toc = path.file_name().eq_ignore_ascii_case("toc.md");
    site.translation_set_of(id).is_none() && path.has_extension("md") && !is_toc
}

fn problems_of_unreadable_files(site: &Site) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for (path, reason) in site.sources.unreadable() {
        let message = message!("file cannot be read: {reason}", reason);
        let problem = Diagnostic::new(Code::UnreadableFile, path, Span::default(), message);
        problems.push(
            problem.help("Replace it by a readable file, or exclude it in the configuration."),
        );
    }
    problems
}

/// Pseudo locales are made of the pages of the default language, where their problems are reported already.
fn remove_pseudo_locales(site: &Site, problems: &mut Vec<Diagnostic>) {
    let locales = &site.config.locales;
    let mut ids = locales.ids();
    if !ids.any(|id| locales.get(id).pseudo().is_some()) {
        return;
    }
    problems.retain(|problem| !is_in_pseudo_locale(site, &problem.location.path));
}

fn is_in_pseudo_locale(site: &Site, path: &SitePath) -> bool {
    match site.config.localized_path(path) {
        Some(localized) => site.config.locales.get(localized.locale).pseudo().is_some(),
        None => false,
    }
}
