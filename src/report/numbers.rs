//! Numbers -> words of English output: `1 page`, `12,345 pages`. Doesn't know other languages; pages use the locale's formats.

use crate::diagnostic::{Diagnostic, Level};

/// `count` things called `noun`, an English noun whose plural ends in `s`.
pub fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", grouped(count))
}

/// How many problems of each level there are, for example `2 errors, 1 note`; empty if there are none.
pub(super) fn counted_by_level(problems: &[Diagnostic]) -> String {
    let mut counts = Vec::new();
    for level in [Level::Error, Level::Warning, Level::Note] {
        let of_level = problems.iter().filter(|problem| problem.level == level);
        let count = of_level.count();
        if count > 0 {
            counts.push(counted(count, level.name()));
        }
    }
    counts.join(", ")
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
