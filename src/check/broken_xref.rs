//! `broken-xref`: `<xref:uid>` and `[text](xref:uid)` whose uid no page has.

use crate::diagnostic::{Code, Diagnostic};
use crate::site::{Site, Target};
use crate::syntax::RefKind;

use super::{Check, Suggestions};

pub(super) const CHECK: Check = Check {
    codes: &[Code::BrokenXref],
    about: "A uid is mentioned that no page has.",
    run,
};

fn run(site: &Site, suggestions: &Suggestions, problems: &mut Vec<Diagnostic>) {
    for map in site.unreadable_maps() {
        problems.push(Diagnostic::new(
            Code::InvalidYaml,
            &site.source(map.source).path,
            map.span,
            map.message.as_str(),
        ));
    }
    for (id, reference, target, _) in suggestions.references() {
        if reference.kind != RefKind::Uid || !matches!(target, Target::Broken(_)) {
            continue;
        }
        let uid = crate::site::address::split_address(&reference.target).0;
        let problem = Diagnostic::new(
            Code::BrokenXref,
            &site.source(id).path,
            reference.target_span,
            format!("no page has the uid `{uid}`"),
        );
        let problem = match suggestions.nearest_uid(uid) {
            Some(meant) => problem.help(format!("Did you mean `{meant}`?")),
            None => problem
                .help("Write the `uid` that stands in the front matter of the page you mean."),
        };
        problems.push(suggestions.reached(id, problem));
    }
}
