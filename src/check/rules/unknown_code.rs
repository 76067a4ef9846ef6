//! `unknown-code` and `unused-disable`: codes in `checks` of the configuration that do not exist. Comments in files are read when problems
//! are suppressed, and reported there.

use crate::check::checker::Checker;
use crate::check::rule::Rule;
use crate::diagnostic::{Code, Diagnostic};
use crate::message;
use crate::site::suggest::nearest;
use crate::source::{SitePath, Span};

pub(super) const RULE: Rule = Rule {
    code: Code::UnknownCode,
    docs: include_str!("../docs/unknown-code.md"),
    run: Some(run),
};

fn run(checker: &mut Checker<'_>) {
    // Only `hjelp.yml` has `checks`.
    let Ok(path) = SitePath::new("hjelp.yml") else {
        return;
    };
    for level in &checker.site.config.levels.0 {
        if Code::from_name(&level.code).is_none() {
            checker.report(unknown_code(&path, level.span, &level.code));
        }
    }
}

/// The problem with a code that does not exist.
pub fn unknown_code(path: &SitePath, span: Span, code: &str) -> Diagnostic {
    let message = message!("unknown code `{code}`", code);
    let problem = Diagnostic::new(Code::UnknownCode, path, span, message);
    match nearest_code(code) {
        Some(suggestion) => problem.help(message!("Did you mean `{suggestion}`?", suggestion)),
        None => problem.help("`hjelp explain` lists all codes."),
    }
}

/// The code that was probably meant by an unknown name.
pub fn nearest_code(name: &str) -> Option<Code> {
    let names = Code::ALL.iter().map(|code| code.name());
    Code::from_name(nearest(name, names)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_similar_code_is_suggested() {
        assert_eq!(nearest_code("broken-links"), Some(Code::BrokenLink));
        assert_eq!(nearest_code("zebra"), None);
    }
}
