//! `broken-xref`: `<xref:uid>` and `[text](xref:uid)` with a uid that no page has. Also reports external xref maps that are not valid YAML.

use crate::check::checker::Checker;
use crate::check::rule::Rule;
use crate::check::unknown_uid::elsewhere;
use crate::diagnostic::{Code, Diagnostic};
use crate::message;
use crate::site::Target;
use crate::site::address::split_address;
use crate::syntax::RefKind;

pub(super) const RULE: Rule = Rule {
    code: Code::BrokenXref,
    docs: include_str!("../docs/broken-xref.md"),
    run: Some(run),
};

/// The help for an unknown uid without a similar one.
pub(super) const UID_HELP: &str = "Use the `uid` from the front matter of the page you mean.";

fn run(checker: &mut Checker<'_>) {
    let site = checker.site;
    // References into an unreadable map are reported below as broken; this names the cause.
    for map in site.unreadable_maps() {
        let path = &site.source(map.source).path;
        checker.report(Diagnostic::new(
            Code::InvalidYaml,
            path,
            map.span,
            map.message.clone(),
        ));
    }
    for resolved in checker.references() {
        let reference = resolved.reference;
        if reference.kind != RefKind::Uid || !matches!(resolved.target, Target::Broken(_)) {
            continue;
        }
        // `<xref:uid#part?text=...>` has parts after the uid (DocFX spec 9.1).
        let (uid, _) = split_address(&reference.target);
        // Counted by `missing-xref-map`.
        if elsewhere(checker.suggestions, uid).is_some() {
            continue;
        }
        let path = &site.source(resolved.id).path;
        let message = message!("no page has the uid `{uid}`", uid);
        let problem = Diagnostic::new(Code::BrokenXref, path, reference.target_span, message);
        let problem = match checker.suggestions.uid(uid) {
            Some(suggestion) => problem.help(message!("Did you mean `{suggestion}`?", suggestion)),
            None => problem.help(UID_HELP),
        };
        checker.report_in(resolved.id, problem);
    }
}
