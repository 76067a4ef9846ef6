//! `missing-snippet-region`: a code directive that asks for a region or for lines its file does not have.

use crate::check::checker::Checker;
use crate::check::content::trees;
use crate::check::rule::Rule;
use crate::diagnostic::{Code, Diagnostic};
use crate::message;
use crate::site::Target;
use crate::source::{Message, Source, SourceId};
use crate::syntax::RefId;
use crate::syntax::directive::{Snippet, SnippetError, SnippetSelector, select_lines};
use crate::syntax::tree::NodeKind;

pub(super) const RULE: Rule = Rule {
    code: Code::MissingSnippetRegion,
    docs: include_str!("../docs/missing-snippet-region.md"),
    run: Some(run),
};

fn run(checker: &mut Checker<'_>) {
    for (id, linked) in checker.used_documents() {
        for tree in trees(&linked.document.body) {
            for node in &tree.nodes {
                if let NodeKind::Snippet(reference, snippet) = &node.kind {
                    check_snippet(checker, id, *reference, snippet);
                }
            }
        }
    }
}

fn check_snippet(checker: &mut Checker<'_>, id: SourceId, reference: RefId, snippet: &Snippet) {
    let site = checker.site;
    let Some((reference, Target::Code(code))) = site.reference(id, reference) else {
        return;
    };
    if let Some(message) = missing_lines(site.source(*code), snippet) {
        let path = &site.source(id).path;
        let code = Code::MissingSnippetRegion;
        let problem = Diagnostic::new(code, path, reference.target_span, message);
        checker.report_in(id, problem);
    }
}

/// What the code file lacks; `None` if the snippet can be shown.
fn missing_lines(file: &Source, snippet: &Snippet) -> Option<Message> {
    if let SnippetSelector::Lines(ranges) = &snippet.selector {
        for (first, last) in ranges {
            if let Some(last) = last
                && last < first
            {
                return Some(message!(
                    "the lines {first}-{last} run backwards",
                    first,
                    last
                ));
            }
        }
    }
    // The same function renders the snippet, so that check and page can't disagree about a region.
    let missing = match (select_lines(&file.text, snippet), &snippet.selector) {
        (Ok(code), SnippetSelector::Region(name)) if code.trim().is_empty() => {
            return Some(message!(
                "the region `{name}` in `{path}` is empty, or its end is missing",
                name,
                path = file.path
            ));
        }
        (Ok(_), _) => return None,
        (Err(missing), _) => missing,
    };
    match (missing, &snippet.selector) {
        (SnippetError::RegionNotFound, SnippetSelector::Region(name)) => Some(message!(
            "`{path}` has no region `{name}`",
            path = file.path,
            name
        )),
        _ => {
            let count = file.text.lines().count();
            Some(message!(
                "`{path}` has only {count} lines",
                path = file.path,
                count
            ))
        }
    }
}
