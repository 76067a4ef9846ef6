//! Numbers -> words: `1 page`, `12,345 pages`, in English but for the counts of problems. Pages use the locale's formats.

use crate::diagnostic::{Diagnostic, Level};
use crate::locale::problem_texts::MessageLanguage;
use crate::message;

/// `count` things called `noun`, an English noun whose plural ends in `s`.
pub fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", grouped(count))
}

/// How many problems of each level there are, for example `2 errors, 1 note`; empty if there are none.
pub(super) fn counted_by_level(problems: &[Diagnostic], language: MessageLanguage) -> String {
    let mut counts = Vec::new();
    for level in [Level::Error, Level::Warning, Level::Note] {
        let of_level = problems.iter().filter(|problem| problem.level == level);
        let count = of_level.count();
        if count > 0 {
            counts.push(number_of(language, level, count));
        }
    }
    counts.join(", ")
}

/// How many problems there are of a level, in the language of the reader.
pub fn number_of(language: MessageLanguage, level: Level, count: usize) -> String {
    let number = grouped(count);
    let text = match (level, count) {
        (Level::Error, 1) => message!("{number} error", number),
        (Level::Error, _) => message!("{number} errors", number),
        (Level::Warning, 1) => message!("{number} warning", number),
        (Level::Warning, _) => message!("{number} warnings", number),
        (Level::Note, 1) => message!("{number} note", number),
        (Level::Note, _) => message!("{number} notes", number),
    };
    language.words(&text).into_owned()
}

/// The number with a comma before each group of three digits.
pub fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_and_nouns_inflected() {
        assert_eq!(
            [0, 7, 999, 1000, 12345, 1234567].map(grouped),
            ["0", "7", "999", "1,000", "12,345", "1,234,567"]
        );
        assert_eq!(
            (
                counted(1, "page"),
                counted(0, "page"),
                counted(1000, "page")
            ),
            ("1 page".into(), "0 pages".into(), "1,000 pages".into())
        );
    }
}
