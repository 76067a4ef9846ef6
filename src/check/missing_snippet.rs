//! `missing-snippet-region`: a code directive that asks for a region or for lines its file doesn't have.

use crate::diagnostic::{Code, Diagnostic};
use crate::site::{Site, Target};
use crate::syntax::directive::{SnippetError, SnippetSelector, select_lines};
use crate::syntax::tree::NodeKind;

use super::{Check, Suggestions, trees};

pub(super) const CHECK: Check = Check {
    codes: &[Code::MissingSnippetRegion],
    about: "A code directive asks for a region or for lines that its file does not have.",
    run,
};

fn run(site: &Site, suggestions: &Suggestions, problems: &mut Vec<Diagnostic>) {
    for (id, linked) in site.documents().filter(|(id, _)| site.is_used(*id)) {
        for node in trees(&linked.document.body).flat_map(|tree| &tree.nodes) {
            let NodeKind::Snippet(reference, snippet) = &node.kind else {
                continue;
            };
            let Some((reference, Target::Code(code))) = site.reference(id, *reference) else {
                continue;
            };
            let file = site.source(*code);
            let message = match (select_lines(&file.text, snippet), &snippet.selector) {
                (Err(SnippetError::RegionNotFound), SnippetSelector::Region(name)) => {
                    format!("`{}` has no region `{name}`", file.path)
                }
                (Err(_), _) => format!(
                    "`{}` has only {} lines",
                    file.path,
                    file.text.lines().count()
                ),
                (Ok(_), _) => continue,
            };
            let problem = Diagnostic::new(
                Code::MissingSnippetRegion,
                &site.source(id).path,
                reference.target_span,
                message,
            );
            problems.push(suggestions.reached(id, problem));
        }
    }
}
