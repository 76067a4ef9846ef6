//! What every code means, why it matters and how to mend it: the manual pages that `hjelp explain` prints. One list for all rooms that
//! find problems, so that no code is without words.

mod care;
mod configuration;
mod content;
mod links;
mod order;
mod theme;

use crate::diagnostic::Code;
use crate::site::suggest::nearest;

/// The manual page of one code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// The code.
    pub code: Code,
    /// What it means, in a sentence or two.
    pub about: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// How to mend it.
    pub mend: &'static str,
    /// What it looks like, wrong and right; empty if there is nothing to show.
    pub example: &'static str,
}

/// All rules: those about pages, about tables of contents and landing pages, about the configuration, about themes.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    [
        content::RULES,
        links::RULES,
        care::RULES,
        order::RULES,
        configuration::RULES,
        theme::RULES,
    ]
    .into_iter()
    .flatten()
}

/// The rule of this code.
pub fn rule(code: Code) -> Option<&'static Rule> {
    rules().find(|rule| rule.code == code)
}

/// The code that was probably meant.
pub fn nearest_code(code: &str) -> Option<Code> {
    Code::from_name(nearest(code, Code::ALL.iter().map(|code| code.name()))?)
}

const fn page(code: Code, [about, why, mend, example]: [&'static str; 4]) -> Rule {
    Rule {
        code,
        about,
        why,
        mend,
        example,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_one_rule_with_words() {
        let mut codes: Vec<Code> = rules().map(|rule| rule.code).collect();
        codes.sort_unstable();
        let all = codes.len();
        codes.dedup();
        assert_eq!(codes.len(), all);
        for code in super::super::ALL.iter().flat_map(|check| check.codes) {
            assert!(rule(*code).is_some(), "`{code}` has no rule");
        }
        for rule in rules() {
            for text in [rule.about, rule.why, rule.mend] {
                assert!(
                    text.ends_with('.') && !text.contains('\n'),
                    "{}: {text}",
                    rule.code
                );
            }
        }
        assert_eq!(nearest_code("broken-links"), Some(Code::BrokenLink));
        assert_eq!(nearest_code("zebra"), None);
    }
}
