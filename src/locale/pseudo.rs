//! Turns words into what a pseudo locale says for them. In one of the two every letter has an accent and words are longer, in the other they
//! run from right to left: what still looks as usual can't be translated, and what doesn't fit won't fit in other languages either.

use std::borrow::Cow;

use super::{Direction, Locale};

/// The pseudo locales. The regions of their tags are CLDR's for this purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PseudoLocale {
    /// `XA`: accents, and a third more letters.
    Accented,
    /// `XB`: from right to left.
    Mirrored,
}

impl PseudoLocale {
    /// Both of them.
    pub const ALL: [PseudoLocale; 2] = [PseudoLocale::Accented, PseudoLocale::Mirrored];

    /// Which one a locale with this tag is.
    pub fn of(tag: &str) -> Option<PseudoLocale> {
        PseudoLocale::ALL.into_iter().find(|pseudo| {
            tag.rsplit_once('-')
                .is_some_and(|(_, region)| region == pseudo.region())
        })
    }

    fn region(self) -> &'static str {
        match self {
            PseudoLocale::Accented => "XA",
            PseudoLocale::Mirrored => "XB",
        }
    }

    /// The pseudo locale made from `original`: its plurals and dates are the original's.
    pub fn locale(self, original: &Locale) -> Locale {
        let language = original.tag.split('-').next().unwrap_or("en");
        let tag = format!("{language}-{}", self.region());
        Locale {
            folder: tag.to_ascii_lowercase(),
            search: original.search.clone(),
            name: self.apply(&original.name).into_owned(),
            direction: if self == PseudoLocale::Mirrored {
                Direction::Rtl
            } else {
                original.direction
            },
            fallback: Vec::new(),
            tag,
        }
    }

    /// What it says for `text`. Nothing but letters changes, and nothing that isn't a letter is added but marks of direction.
    pub fn apply(self, text: &str) -> Cow<'_, str> {
        match self {
            PseudoLocale::Accented => accented(text),
            PseudoLocale::Mirrored => mirrored(text),
        }
    }

    /// What messages are run through.
    pub(super) fn transform(self) -> fn(&str) -> Cow<'_, str> {
        match self {
            PseudoLocale::Accented => accented,
            PseudoLocale::Mirrored => mirrored,
        }
    }
}

fn accented(text: &str) -> Cow<'_, str> {
    const PLAIN: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const ACCENTED: &str = "áƀçđéƒĝĥîĵķľɱñóþɋŕšťûṽŵẋýžÁƁÇĐÉƑĜĤÎĴĶĽṀÑÓÞɊŔŠŤÛṼŴẊÝŽ";
    let accent = |letter: char| {
        PLAIN
            .chars()
            .zip(ACCENTED.chars())
            .find(|(plain, _)| *plain == letter)
            .map_or(letter, |pair| pair.1)
    };
    let twice = |letter: char| "aeiouyæøå".contains(letter);
    text.chars()
        .flat_map(|letter| std::iter::repeat_n(accent(letter), if twice(letter) { 2 } else { 1 }))
        .collect()
}

/// Each word between marks that make it run the other way.
fn mirrored(text: &str) -> Cow<'_, str> {
    let mut out = String::with_capacity(text.len() * 2);
    let mut inside = false;
    for letter in text.chars() {
        let in_word = letter.is_alphabetic();
        if in_word != inside {
            out.push(if in_word { '\u{202E}' } else { '\u{202C}' });
            inside = in_word;
        }
        out.push(letter);
    }
    if inside {
        out.push('\u{202C}');
    }
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_letters_change() {
        assert_eq!(
            PseudoLocale::Accented.apply("Ny *side* på 2."),
            "Ñýý *šîîđéé* þåå 2."
        );
        assert_eq!(
            PseudoLocale::Mirrored.apply("a, b"),
            "\u{202E}a\u{202C}, \u{202E}b\u{202C}"
        );
        assert_eq!(
            (
                PseudoLocale::of("nb-XA"),
                PseudoLocale::of("nb-XB"),
                PseudoLocale::of("nb-NO")
            ),
            (
                Some(PseudoLocale::Accented),
                Some(PseudoLocale::Mirrored),
                None
            )
        );
    }
}
