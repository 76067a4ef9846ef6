//! Text -> its form in a pseudo locale. In one of the two every letter has an accent and words are longer, in the other one words run from
//! right to left: text that still looks as usual cannot be translated, and what doesn't fit won't fit in other languages either.

use std::borrow::Cow;

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
        let (_, region) = tag.rsplit_once('-')?;
        PseudoLocale::ALL
            .into_iter()
            .find(|pseudo| pseudo.region() == region)
    }

    /// The region in its tag.
    pub(super) fn region(self) -> &'static str {
        match self {
            PseudoLocale::Accented => "XA",
            PseudoLocale::Mirrored => "XB",
        }
    }

    /// The form of `text` in this locale. Only letters change, and nothing is added but letters and marks of direction.
    pub fn apply(self, text: &str) -> Cow<'_, str> {
        match self {
            PseudoLocale::Accented => accented(text),
            PseudoLocale::Mirrored => mirrored(text),
        }
    }

    /// The function that messages are passed through.
    pub(super) fn transform(self) -> fn(&str) -> Cow<'_, str> {
        match self {
            // Fluent takes a plain function, which cannot capture the locale.
            PseudoLocale::Accented => accented,
            PseudoLocale::Mirrored => mirrored,
        }
    }
}

/// Vowels are doubled: translations are about a third longer than English, which is what layouts have to cope with.
fn accented(text: &str) -> Cow<'_, str> {
    let mut out = String::with_capacity(text.len() * 2);
    for letter in text.chars() {
        let accented = accent(letter);
        out.push(accented);
        if "aeiouyæøå".contains(letter) {
            out.push(accented);
        }
    }
    out.into()
}

fn accent(letter: char) -> char {
    const PLAIN: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const ACCENTED: &str = "áƀçđéƒĝĥîĵķľɱñóþɋŕšťûṽŵẋýžÁƁÇĐÉƑĜĤÎĴĶĽṀÑÓÞɊŔŠŤÛṼŴẊÝŽ";
    match PLAIN.find(letter) {
        // All of PLAIN is ASCII, so that bytes count its letters.
        Some(number) => ACCENTED.chars().nth(number).unwrap_or(letter),
        None => letter,
    }
}

/// Each word between marks that reverse its direction.
fn mirrored(text: &str) -> Cow<'_, str> {
    let mut out = String::with_capacity(text.len() * 2);
    let mut inside = false;
    for letter in text.chars() {
        let in_word = letter.is_alphabetic();
        // Word by word: around a whole text the override would also turn digits and markup around.
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
