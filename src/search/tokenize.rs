//! A text -> its words, and a word -> the spelling under which it is found: small letters without marks, so that *oppfoelging* and
//! *oppfolging* find *oppfølging*. `templates/assets/search-core.js` does the same with what a reader types; a test holds the two together.

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};

/// Which pairs of letters readers type for a letter their keyboard lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Folding {
    /// None: a pair is two letters.
    Plain,
    /// `aa` for å, `ae` for æ and ä, `oe` for ø and ö.
    Nordic,
    /// `ae`, `oe` and `ue` for ä, ö and ü.
    German,
}

impl Folding {
    pub fn of(language: &str) -> Folding {
        match language {
            "norwegian" | "danish" | "swedish" | "faroese" | "icelandic" => Folding::Nordic,
            "german" => Folding::German,
            _ => Folding::Plain,
        }
    }

    /// As the script knows it.
    pub fn number(self) -> u8 {
        self as u8
    }

    fn folds(self, first: u8, second: u8) -> bool {
        match self {
            Folding::Plain => false,
            // After folding å is `a` and ø is `o`, so the pairs become that, too.
            Folding::Nordic => matches!((first, second), (b'a', b'a' | b'e') | (b'o', b'e')),
            Folding::German => second == b'e' && matches!(first, b'a' | b'o' | b'u'),
        }
    }
}

/// Where a word may be divided at the end of a line. It is in the middle of a word, and readers never type it.
const SOFT_HYPHEN: char = '\u{ad}';

/// True for what words are made of: letters, digits and marks on letters.
pub(super) fn is_word(character: char) -> bool {
    character.is_alphanumeric() || is_mark(character) || character == SOFT_HYPHEN
}

fn is_mark(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}')
}

/// A word in a text.
pub(super) struct Word<'t> {
    /// As written.
    pub text: &'t str,
    /// True if nothing but a hyphen is between the word before and this one.
    pub hyphenated: bool,
}

/// The words of a text, in order.
pub(super) struct Words<'t> {
    text: &'t str,
    at: usize,
}

/// The words of a text, in order and as written.
pub(super) fn words(text: &str) -> Words<'_> {
    Words { text, at: 0 }
}

impl<'t> Iterator for Words<'t> {
    type Item = Word<'t>;

    fn next(&mut self) -> Option<Word<'t>> {
        let rest = &self.text[self.at..];
        let start = rest.find(is_word)?;
        let (between, word) = rest.split_at(start);
        let mut end = word.find(is_not_word).unwrap_or(word.len());
        end += sign_length(&word[..end], &word[end..]);
        let hyphenated = self.at > 0 && matches!(between, "-" | "\u{2010}" | "\u{2011}");
        self.at += start + end;
        Some(Word {
            text: &word[..end],
            hyphenated,
        })
    }
}

fn is_not_word(character: char) -> bool {
    !is_word(character)
}

/// How long the sign is that belongs to a name of one letter: *C#* and *C++* are other languages than *C*. Longer words are found without it.
fn sign_length(word: &str, rest: &str) -> usize {
    let mut letters = word.chars();
    if !letters.next().is_some_and(char::is_alphabetic) || letters.next().is_some() {
        return 0;
    }
    let length = if rest.starts_with("++") {
        2
    } else {
        usize::from(rest.starts_with('#'))
    };
    // `c#anchor` is an address.
    if rest[length..].starts_with(is_word) {
        return 0;
    }
    length
}

/// The word in small letters, each letter one sign.
pub(super) fn lower(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    // Text that was copied on macOS has its accents as characters of their own (NFD).
    let small = word.to_lowercase().replace(SOFT_HYPHEN, "");
    ComposingNormalizerBorrowed::new_nfc()
        .normalize(&small)
        .into_owned()
}

/// The same in place of what `small` holds: there are millions of words, and hardly any needs a text of its own.
pub(super) fn lower_into(word: &str, small: &mut String) {
    small.clear();
    if word.is_ascii() {
        small.push_str(word);
        small.make_ascii_lowercase();
    } else {
        small.push_str(&lower(word));
    }
}

/// The spelling under which a word in small letters is found.
pub(super) fn fold(word: &str, folding: Folding) -> String {
    let plain = if word.is_ascii() {
        word.to_owned()
    } else {
        without_marks(word)
    };
    let mut out: Vec<u8> = Vec::with_capacity(plain.len());
    let bytes = plain.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        out.push(bytes[at]);
        at += if bytes
            .get(at + 1)
            .is_some_and(|next| folding.folds(bytes[at], *next))
        {
            2
        } else {
            1
        };
    }
    // Only ASCII letters were taken out.
    String::from_utf8(out).unwrap_or(plain)
}

fn without_marks(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for character in word.chars() {
        match character {
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            // Letters of their own in Unicode, which NFD does not take apart.
            'ø' => out.push('o'),
            'ß' => out.push_str("ss"),
            'đ' | 'ð' => out.push('d'),
            'þ' => out.push_str("th"),
            'ł' => out.push('l'),
            'ı' => out.push('i'),
            _ => out.push(character),
        }
    }
    let parted = DecomposingNormalizerBorrowed::new_nfd()
        .normalize(&out)
        .into_owned();
    parted
        .chars()
        .filter(|character| !is_mark(*character))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_meet() {
        for (folding, written, typed) in [
            (
                Folding::Nordic,
                "oppfølging",
                ["oppfolging", "oppfoelging", "oppfölging"],
            ),
            (Folding::Nordic, "åpne", ["apne", "aapne", "äpne"]),
            (Folding::Nordic, "lære", ["laere", "läre", "lare"]),
            (Folding::German, "größe", ["groesse", "grosse", "größe"]),
            (Folding::German, "über", ["ueber", "uber", "über"]),
            (Folding::Plain, "één", ["een", "één", "e\u{301}e\u{301}n"]),
        ] {
            for typed in typed {
                assert_eq!(
                    fold(written, folding),
                    fold(&lower(typed), folding),
                    "{written} {typed}"
                );
            }
        }
        assert_ne!(fold("boek", Folding::Plain), fold("bok", Folding::Plain));
    }

    #[test]
    fn words_are_letters_and_digits() {
        let text = "Åpne «CRM 10.2»: e-post, d'accord x_y e\u{301}n, C# og c++. c#a";
        let found: Vec<&str> = words(text).map(|word| word.text).collect();
        assert_eq!(
            found,
            [
                "Åpne",
                "CRM",
                "10",
                "2",
                "e",
                "post",
                "d",
                "accord",
                "x",
                "y",
                "e\u{301}n",
                "C#",
                "og",
                "c++",
                "c",
                "a"
            ]
        );
    }

    #[test]
    fn hyphens_join_words_of_one_name() {
        for (text, joined) in [
            ("e-post", "post"),
            ("e\u{2011}post i kalender - og dag-bok", "post bok"),
            ("-post a -b c- d e--f", ""),
        ] {
            let hyphenated = words(text).filter(|word| word.hyphenated);
            let found: Vec<&str> = hyphenated.map(|word| word.text).collect();
            assert_eq!(found.join(" "), joined, "{text}");
        }
    }

    #[test]
    fn soft_hyphens_are_no_part_of_a_word() {
        for (written, typed) in [
            ("kalender\u{ad}avtale", "kalenderavtale"),
            ("Bruker\u{ad}grense\u{ad}snitt", "brukergrensesnitt"),
            ("å\u{ad}pne", "åpne"),
        ] {
            let found: Vec<String> = words(written).map(|word| lower(word.text)).collect();
            assert_eq!(found, [typed]);
        }
    }
}
