//! The sections of a page -> where each of its words stands.

use rustc_hash::FxHashMap;

use super::super::text::Section;
use super::words::{lower, words};

/// Longer words are nobody's: keys, addresses, encoded pictures.
const LONGEST: usize = 40;

/// Where words stand in one page.
pub(super) struct Hits {
    /// By word in small letters.
    pub words: FxHashMap<Box<str>, Hit>,
    /// How many words the page has.
    pub length: u32,
    /// How many words its title has.
    pub title_length: u32,
}

/// Where one word stands in a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Hit {
    pub title: bool,
    pub keyword: bool,
    pub description: bool,
    /// In order.
    pub sections: Vec<InSection>,
}

/// Where one word stands in a section.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct InSection {
    pub section: u32,
    pub heading: bool,
    /// Counted in words from the beginning of its heading, in order.
    pub positions: Vec<u32>,
}

impl Hits {
    pub fn of(sections: &[Section], keywords: &[&str], description: &str) -> Hits {
        let mut hits = Hits { words: FxHashMap::default(), length: 0, title_length: 0 };
        for (number, section) in sections.iter().enumerate() {
            let heading = each(&section.heading, 0, |word, at| hits.add(word, number as u32, at, true));
            let end = each(&section.text, heading, |word, at| hits.add(word, number as u32, at, false));
            hits.length += end;
            if number == 0 {
                hits.title_length = heading;
            }
        }
        for keyword in keywords {
            each(keyword, 0, |word, _| hits.words.entry(word).or_default().keyword = true);
        }
        each(description, 0, |word, _| hits.words.entry(word).or_default().description = true);
        hits
    }

    fn add(&mut self, word: Box<str>, section: u32, at: u32, heading: bool) {
        let hit = self.words.entry(word).or_default();
        hit.title |= heading && section == 0;
        if hit.sections.last().is_none_or(|last| last.section != section) {
            hit.sections.push(InSection { section, ..InSection::default() });
        }
        if let Some(last) = hit.sections.last_mut() {
            last.heading |= heading;
            last.positions.push(at);
        }
    }
}

/// Every word of a text that can be looked for, counted from `first`; the answer is the next number. A single letter takes up a place,
/// but is nothing to look for.
fn each(text: &str, first: u32, mut take: impl FnMut(Box<str>, u32)) -> u32 {
    let mut at = first;
    for word in words(text) {
        let word = lower(word);
        if word.chars().any(is_unspaced) {
            let signs: Vec<char> = word.chars().collect();
            for pair in signs.windows(2) {
                take(pair.iter().collect::<String>().into(), at);
                at += 1;
            }
            if let [sign] = signs[..] {
                take(sign.to_string().into(), at);
                at += 1;
            }
            continue;
        }
        if word.len() <= LONGEST && (word.len() > 1 || word.as_bytes()[0].is_ascii_digit()) {
            take(word.into(), at);
        }
        at += 1;
    }
    at
}

/// True for the signs of scripts without spaces between words: pairs of them are looked for.
fn is_unspaced(character: char) -> bool {
    matches!(character, '\u{e00}'..='\u{e7f}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}
