//! `duplicate-uid`: two pages with one uid. Translations of one page share its uid and are not reported.

use crate::check::checker::Checker;
use crate::check::rule::Rule;
use crate::diagnostic::{Code, Diagnostic};
use crate::message;
use crate::site::Site;
use crate::source::yaml::YamlNode;
use crate::source::{SourceId, Span};

pub(super) const RULE: Rule = Rule {
    code: Code::DuplicateUid,
    docs: include_str!("../docs/duplicate-uid.md"),
    run: Some(run),
};

fn run(checker: &mut Checker<'_>) {
    let site = checker.site;
    for &(later, first) in site.uid_repeats() {
        let text = uid_node(site, later).and_then(YamlNode::text).unwrap_or("");
        let first_path = &site.source(first).path;
        let path = &site.source(later).path;
        let message = message!(
            "`{text}` is already the uid of `{first_path}`",
            text,
            first_path
        );
        let problem = Diagnostic::new(Code::DuplicateUid, path, uid_span(site, later), message)
            .label(first_path, uid_span(site, first), "first used here")
            .help("Give each page a unique uid.");
        checker.report(problem);
    }
}

fn uid_node(site: &Site, id: SourceId) -> Option<&YamlNode> {
    site.linked(id)?.document.front_matter.get("uid")
}

fn uid_span(site: &Site, id: SourceId) -> Span {
    match uid_node(site, id) {
        Some(node) => node.span,
        None => Span::default(),
    }
}
