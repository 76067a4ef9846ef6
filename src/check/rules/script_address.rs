//! `script-address`: links, entries and redirects that run a script or hold the page itself instead of leading to one.

use crate::check::checker::Checker;
use crate::check::rule::Rule;
use crate::diagnostic::{Code, Diagnostic};
use crate::message;
use crate::syntax::RefKind;

pub(super) const RULE: Rule = Rule {
    code: Code::ScriptAddress,
    docs: include_str!("../docs/script-address.md"),
    run: Some(run),
};

/// What browsers run, or show as a page of nobody's.
const SCHEMES: [&str; 3] = ["data", "javascript", "vbscript"];

fn run(checker: &mut Checker<'_>) {
    for resolved in checker.references() {
        let reference = resolved.reference;
        // Raw HTML is not looked at: who writes HTML can write scripts, too.
        if !matches!(
            reference.kind,
            RefKind::Link
                | RefKind::Toc
                | RefKind::TocLink
                | RefKind::Landing
                | RefKind::RedirectTo
        ) {
            continue;
        }
        let Some(scheme) = script_scheme(&reference.target) else {
            continue;
        };
        let path = &checker.site.source(resolved.id).path;
        let message = message!("a `{scheme}:` address doesn't lead to a page", scheme);
        let span = reference.target_span;
        let problem = Diagnostic::new(Code::ScriptAddress, path, span, message);
        let help = "Link to a page, or to an address that begins with `https:`.";
        checker.report_in(resolved.id, problem.help(help));
    }
}

/// The scheme of an address, if it is one of [`SCHEMES`].
fn script_scheme(address: &str) -> Option<&'static str> {
    let (typed, _) = address.split_once(':')?;
    // Browsers leave these out (URL Standard, 4.4).
    let mut scheme = String::new();
    for char in typed.chars() {
        if !char.is_control() && !char.is_whitespace() {
            scheme.push(char.to_ascii_lowercase());
        }
    }
    SCHEMES.into_iter().find(|known| *known == scheme)
}
