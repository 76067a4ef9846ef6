//! `duplicate-uid`: two pages with one uid.

use crate::diagnostic::{Code, Diagnostic};
use crate::site::Site;
use crate::source::Span;

use super::{Check, Suggestions};

pub(super) const CHECK: Check = Check {
    codes: &[Code::DuplicateUid],
    about: "Two pages have the same uid; references lead to the first.",
    run,
};

fn run(site: &Site, _: &Suggestions, problems: &mut Vec<Diagnostic>) {
    for &(later, first) in site.uid_repeats() {
        let uid = |id| {
            site.linked(id)
                .and_then(|linked| linked.document.front_matter.get("uid"))
        };
        let span = |id| uid(id).map_or(Span::default(), |node| node.span);
        let text = uid(later).and_then(|node| node.text()).unwrap_or("");
        let first_path = &site.source(first).path;
        problems.push(
            Diagnostic::new(
                Code::DuplicateUid,
                &site.source(later).path,
                span(later),
                format!("`{text}` is the uid of `{first_path}` already"),
            )
            .label(first_path, span(first), "first given here")
            .help("Give each page a uid of its own."),
        );
    }
}
