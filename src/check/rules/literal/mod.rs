//! Markup that did not become what its author meant: signs that readers see as they were typed, or that they don't see at all. One walk over
//! the text of each document serves all of these rules; each other file of this folder knows one of them.

mod alert;
mod emphasis;
mod fence;
mod footnote;
mod heading;
mod inactive;
mod link;
mod link_text;
mod list;
mod list_restart;
mod placeholder;
mod quirk;
mod shown_text;
mod tab;
mod table;
mod tag_names;

use rayon::prelude::*;

use crate::check::checker::Checker;
use crate::check::content::trees;
use crate::check::rule::Rule;
use crate::diagnostic::{Code, Diagnostic};
use crate::site::Site;
use crate::source::SourceId;
use crate::syntax::Document;

use shown_text::ShownText;

pub(super) const LITERAL_LINK: Rule = Rule {
    code: Code::LiteralLink,
    docs: include_str!("../../docs/literal-link.md"),
    run: Some(run),
};

pub(super) const LITERAL_ALERT: Rule = Rule::reported_elsewhere(
    Code::LiteralAlert,
    include_str!("../../docs/literal-alert.md"),
);

pub(super) const LITERAL_EMPHASIS: Rule = Rule::reported_elsewhere(
    Code::LiteralEmphasis,
    include_str!("../../docs/literal-emphasis.md"),
);

pub(super) const LITERAL_HEADING: Rule = Rule::reported_elsewhere(
    Code::LiteralHeading,
    include_str!("../../docs/literal-heading.md"),
);

pub(super) const LITERAL_LIST: Rule = Rule::reported_elsewhere(
    Code::LiteralList,
    include_str!("../../docs/literal-list.md"),
);

pub(super) const LITERAL_MARKUP: Rule = Rule::reported_elsewhere(
    Code::LiteralMarkup,
    include_str!("../../docs/literal-markup.md"),
);

pub(super) const LITERAL_TABLE: Rule = Rule::reported_elsewhere(
    Code::LiteralTable,
    include_str!("../../docs/literal-table.md"),
);

pub(super) const INVALID_TAB: Rule =
    Rule::reported_elsewhere(Code::InvalidTab, include_str!("../../docs/invalid-tab.md"));

pub(super) const INVISIBLE_PLACEHOLDER: Rule = Rule::reported_elsewhere(
    Code::InvisiblePlaceholder,
    include_str!("../../docs/invisible-placeholder.md"),
);

pub(super) const LIST_RESTARTS: Rule = Rule::reported_elsewhere(
    Code::ListRestarts,
    include_str!("../../docs/list-restarts.md"),
);

pub(super) const DOCFX_DIFFERS: Rule = Rule::reported_elsewhere(
    Code::DocfxDiffers,
    include_str!("../../docs/docfx-differs.md"),
);

pub(super) const UNCLOSED_FENCE: Rule = Rule::reported_elsewhere(
    Code::UnclosedFence,
    include_str!("../../docs/unclosed-fence.md"),
);

/// Finds one kind of problem in a text.
type Check = fn(&ShownText<'_>, &mut Vec<Diagnostic>);

const CHECKS: [Check; 13] = [
    link::check,
    alert::check,
    emphasis::check,
    heading::check,
    list::check,
    inactive::check,
    footnote::check,
    table::check,
    placeholder::check,
    list_restart::check,
    fence::check,
    quirk::check,
    tab::check,
];

fn run(checker: &mut Checker<'_>) {
    let site = checker.site;
    let documents: Vec<(SourceId, &Document)> = checker
        .used_documents()
        .map(|(id, linked)| (id, linked.document))
        .collect();
    // Texts are read in parallel, but reported in their own order, so that the list of problems is
    // always the same.
    let found: Vec<Vec<Diagnostic>> = documents
        .par_iter()
        .map(|(id, document)| problems_of(site, *id, document))
        .collect();
    for ((id, _), problems) in documents.into_iter().zip(found) {
        for problem in problems {
            checker.report_in(id, problem);
        }
    }
}

fn problems_of(site: &Site, id: SourceId, document: &Document) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for tree in trees(&document.body) {
        let text = ShownText::new(site, id, document, tree);
        for check in CHECKS {
            check(&text, &mut problems);
        }
    }
    problems
}
