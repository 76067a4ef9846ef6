//! The sections of some pages -> posting lists: where each of their words is. A word has one list of numbers for all these pages: a list for
//! each word and page would be millions of small allocations.
//!
//! ```text
//! list    = page ...
//! page    = its number, sections * 8 + description * 4 + keyword * 2 + title, section ...
//! section = its number * 2 + heading, how many positions, position ...
//! ```

use rustc_hash::FxHashMap;

use super::camel_case;
use super::sections::TextSection;
use super::tokenize::{lower_into, words};

/// Longer words are keys, addresses or encoded images, in bytes, which no reader searches for.
const MAX_WORD: usize = 40;

const TITLE: u32 = 1;
const KEYWORD: u32 = 2;
const DESCRIPTION: u32 = 4;
const FACTS: u32 = 7;
/// Only headings count. Never in a list, where this bit is part of the number of sections.
const PROMINENT: u32 = 8;
/// The bits above the facts are the number of sections.
const SECTION: u32 = 8;

/// Where the words of some pages are.
#[derive(Default)]
pub(super) struct PostingLists {
    /// By word in lower case: the number of its list.
    words: FxHashMap<Box<str>, usize>,
    lists: Vec<PostingList>,
    /// The words in names that are written in camel case, by the name in lower case.
    identifiers: FxHashMap<Box<str>, Vec<String>>,
}

/// A text of a page, and what it is.
#[derive(Clone, Copy)]
enum Place {
    Heading(u32),
    Text(u32),
    Fact(u32),
}

/// Where one word is.
#[derive(Default)]
struct PostingList {
    numbers: Vec<u32>,
    /// How many pages are in it.
    pages: usize,
    /// Where in it the facts of the last page are; 0 if there is no page.
    page: usize,
    /// Where in it the last section of that page begins; 0 if there is none.
    section: usize,
}

/// How many words a page has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WordCount {
    pub title: u32,
    pub all: u32,
}

/// The pages a word is on. Each is decoded from the list only when it is needed: there are hundreds of thousands.
#[derive(Clone, Copy)]
pub(super) struct Postings<'a> {
    numbers: &'a [u32],
    count: usize,
    /// Only those with the word in more than plain text.
    prominent: bool,
}

/// Where one word is on a page.
#[derive(Clone, Copy)]
pub(super) struct Posting<'a> {
    facts: u32,
    sections: &'a [u32],
}

/// Where one word is in a section.
#[derive(Clone, Copy)]
pub(super) struct SectionPosting<'a> {
    pub section: u32,
    pub heading: bool,
    /// Counted in words from the beginning of its heading, in order.
    pub positions: &'a [u32],
}

impl PostingLists {
    /// Reads one more page, with a higher number than those before.
    pub fn add_page(
        &mut self,
        page: u32,
        sections: &[TextSection],
        keywords: &[&str],
        description: &str,
    ) -> WordCount {
        let mut length = WordCount { title: 0, all: 0 };
        for (number, section) in sections.iter().enumerate() {
            let number = number as u32;
            let title = self.add(page, Place::Heading(number), &section.heading, 0);
            let heading = self.add(page, Place::Heading(number), &section.second_title, title);
            length.all += self.add(page, Place::Text(number), &section.text, heading);
            if number == 0 {
                length.title = title;
            }
        }
        self.add_keywords(page, keywords);
        self.add(page, Place::Fact(DESCRIPTION), description, 0);
        length
    }

    /// Adds keywords to the last page, or to a later one.
    pub fn add_keywords(&mut self, page: u32, keywords: &[&str]) {
        for keyword in keywords {
            self.add(page, Place::Fact(KEYWORD), keyword, 0);
        }
    }

    /// Adds every word of a text that can be looked for, and its number, counted from `first`; returns the next number.
    fn add(&mut self, page: u32, place: Place, text: &str, first: u32) -> u32 {
        let mut at = first;
        let mut small = String::new();
        let mut before = String::new();
        for word in words(text) {
            std::mem::swap(&mut before, &mut small);
            lower_into(word.text, &mut small);
            if !small.is_ascii() && small.chars().any(is_unspaced) {
                at = self.add_unspaced(page, place, &small, at);
                continue;
            }
            // Nothing but soft hyphens.
            if small.is_empty() {
                continue;
            }
            if word.hyphenated && has_letter(&before) && has_letter(&small) {
                // *epost* finds *e-post*. Before the word itself, so that its list stays in order.
                before.push_str(&small);
                self.put(page, place, &before, at - 1);
            }
            if is_findable(word.text, &small, place) {
                self.put(page, place, &small, at);
                self.note_identifier(word.text, &small);
            }
            // A word that is left out keeps its position, so that phrases around it have the same
            // distance.
            at += 1;
        }
        at
    }

    fn add_unspaced(&mut self, page: u32, place: Place, word: &str, first: u32) -> u32 {
        let signs: Vec<char> = word.chars().collect();
        let mut at = first;
        // Pairs are the usual compromise: single characters are on every page, and finding words takes a dictionary.
        for pair in signs.windows(2) {
            self.put(page, place, &pair.iter().collect::<String>(), at);
            at += 1;
        }
        if let [sign] = signs[..] {
            self.put(page, place, sign.encode_utf8(&mut [0; 4]), at);
            at += 1;
        }
        at
    }

    fn put(&mut self, page: u32, place: Place, word: &str, at: u32) {
        if word.len() > MAX_WORD {
            return;
        }
        let list = self.list(word, page);
        match place {
            Place::Heading(section) => list.stand(section, true, at),
            Place::Text(section) => list.stand(section, false, at),
            Place::Fact(fact) => list.fact(fact),
        }
    }

    fn note_identifier(&mut self, written: &str, small: &str) {
        // Most words have no capital after their first letter.
        let inner = written.char_indices().skip(1);
        if !inner.clone().any(|(_, sign)| sign.is_uppercase())
            || self.identifiers.contains_key(small)
        {
            return;
        }
        let parts = camel_case::parts(written);
        if !parts.is_empty() {
            self.identifiers.insert(small.into(), parts);
        }
    }

    /// The names in camel case, in lower case, each with the words in it.
    pub fn identifiers(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.identifiers
            .iter()
            .map(|(name, parts)| (&**name, parts.as_slice()))
    }

    /// The list of `word`, with `page` as its last page.
    fn list(&mut self, word: &str, page: u32) -> &mut PostingList {
        // Most words are known already, and need no text of their own.
        let number = self.words.get(word).copied().unwrap_or_else(|| {
            self.words.insert(word.into(), self.lists.len());
            self.lists.push(PostingList::default());
            self.lists.len() - 1
        });
        let list = &mut self.lists[number];
        list.turn_to(page);
        list
    }

    /// How many different words there are.
    pub fn len(&self) -> usize {
        self.lists.len()
    }

    /// All words, each with the pages it is on.
    pub fn words(&self) -> impl Iterator<Item = (&str, Postings<'_>)> {
        self.words
            .iter()
            .map(|(word, number)| (&**word, self.lists[*number].all()))
    }
}

impl PostingList {
    fn all(&self) -> Postings<'_> {
        Postings {
            numbers: &self.numbers,
            count: self.pages,
            prominent: false,
        }
    }

    // Index 0 always holds the number of a page, so that 0 can mean none.
    fn turn_to(&mut self, page: u32) {
        if self.page == 0 || self.numbers[self.page - 1] != page {
            self.numbers.extend([page, 0]);
            self.pages += 1;
            self.page = self.numbers.len() - 1;
            self.section = 0;
        }
    }

    fn fact(&mut self, fact: u32) {
        self.numbers[self.page] |= fact;
    }

    fn stand(&mut self, section: u32, heading: bool, at: u32) {
        if heading && section == 0 {
            self.fact(TITLE);
        }
        if self.section == 0 || self.numbers[self.section] >> 1 != section {
            self.numbers[self.page] += SECTION;
            self.section = self.numbers.len();
            self.numbers.extend([section << 1, 0]);
        }
        self.numbers[self.section] |= u32::from(heading);
        self.numbers[self.section + 1] += 1;
        self.numbers.push(at);
    }
}

impl<'a> Postings<'a> {
    /// How many there are.
    pub fn count(self) -> usize {
        self.count
    }

    /// The same without those with the word in plain text only.
    pub fn prominent(self) -> Self {
        let prominent = Postings {
            prominent: true,
            ..self
        };
        Postings {
            count: prominent.iter().count(),
            ..prominent
        }
    }

    /// Each page with where the word is on it, in order.
    pub fn iter(self) -> impl Iterator<Item = (u32, Posting<'a>)> {
        let mut numbers = self.numbers;
        let all = std::iter::from_fn(move || {
            let [page, facts, rest @ ..] = numbers else {
                return None;
            };
            let length = (0..facts / SECTION).fold(0, |at, _| {
                at + 2 + rest.get(at + 1).map_or(0, |positions| *positions as usize)
            });
            let (sections, rest) = rest.split_at_checked(length)?;
            numbers = rest;
            Some((
                *page,
                Posting {
                    facts: facts & FACTS,
                    sections,
                },
            ))
        });
        all.filter_map(move |(page, posting)| {
            Some((
                page,
                if self.prominent {
                    posting.prominent()?
                } else {
                    posting
                },
            ))
        })
    }
}

impl<'a> Posting<'a> {
    /// A posting of numbers made elsewhere: sections as [`Posting::sections`] decodes them.
    pub fn of_numbers(title: bool, keyword: bool, sections: &'a [u32]) -> Self {
        let facts = (if title { TITLE } else { 0 }) + if keyword { KEYWORD } else { 0 };
        Posting { facts, sections }
    }

    /// Title, keyword, description: a bit each.
    pub fn facts(self) -> u32 {
        self.facts & FACTS
    }

    pub fn in_title(self) -> bool {
        self.facts & TITLE != 0
    }

    pub fn is_keyword(self) -> bool {
        self.facts & KEYWORD != 0
    }

    /// The same without what is in plain text; `None` if that was all.
    pub fn prominent(self) -> Option<Self> {
        let posting = Posting {
            facts: self.facts | PROMINENT,
            ..self
        };
        (posting.in_title() || posting.is_keyword() || posting.sections().next().is_some())
            .then_some(posting)
    }

    /// In order.
    pub fn sections(self) -> impl Iterator<Item = SectionPosting<'a>> {
        let mut numbers = self.sections;
        let all = std::iter::from_fn(move || {
            let [section, count, rest @ ..] = numbers else {
                return None;
            };
            let (positions, rest) = rest.split_at_checked(*count as usize)?;
            numbers = rest;
            Some(SectionPosting {
                section: section >> 1,
                heading: section & 1 == 1,
                positions,
            })
        });
        all.filter(move |place| place.heading || self.facts & PROMINENT == 0)
    }
}

/// True for a word that can be looked for. A single letter is one only as a name: with a sign (*C#*), or as a capital where names are (*R*).
fn is_findable(written: &str, small: &str, place: Place) -> bool {
    if small.len() > 1 || small.starts_with(|sign: char| sign.is_ascii_digit()) {
        return true;
    }
    let is_prominent = match place {
        Place::Heading(_) => true,
        Place::Text(_) => false,
        Place::Fact(fact) => fact == KEYWORD,
    };
    is_prominent && written.starts_with(char::is_uppercase)
}

/// False for the parts of a date, which nothing is gained by joining.
fn has_letter(word: &str) -> bool {
    word.contains(char::is_alphabetic)
}

/// True for characters of scripts without spaces between words (Thai, Japanese, Chinese): each pair of them is a word.
fn is_unspaced(character: char) -> bool {
    matches!(character, '\u{e00}'..='\u{e7f}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}
