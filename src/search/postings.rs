//! The sections of some pages -> where each of their words stands. A word has one list of numbers for all these pages: as lists of their own,
//! the places of each word on each page would be millions of small pieces of memory.
//!
//! ```text
//! list    = page ...
//! page    = its number, sections * 8 + description * 4 + keyword * 2 + title, section ...
//! section = its number * 2 + heading, how many positions, position ...
//! ```

use rustc_hash::FxHashMap;

use super::sections::TextSection;
use super::tokenize::{lower_into, words};

/// Longer words are nobody's: keys, addresses, encoded pictures.
const LONGEST: usize = 40;

const TITLE: u32 = 1;
const KEYWORD: u32 = 2;
const DESCRIPTION: u32 = 4;
const FACTS: u32 = 7;
/// Only headings count. Never in a list, where this bit belongs to the number of sections.
const PROMINENT: u32 = 8;
/// Above the facts stands how many sections there are.
const SECTION: u32 = 8;

/// Where the words of some pages stand.
#[derive(Default)]
pub(super) struct PostingLists {
    /// By word in small letters: the number of its list.
    words: FxHashMap<Box<str>, usize>,
    lists: Vec<List>,
}

/// Where one word stands.
#[derive(Default)]
struct List {
    numbers: Vec<u32>,
    /// How many pages it tells of.
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

/// Pages that a word stands on. What is known of each is read from its list when it is asked for: there are hundreds of thousands.
#[derive(Clone, Copy)]
pub(super) struct Pages<'a> {
    numbers: &'a [u32],
    count: usize,
    /// Only those where it stands in more than mere text.
    prominent: bool,
}

/// Where one word stands on a page.
#[derive(Clone, Copy)]
pub(super) struct Posting<'a> {
    facts: u32,
    sections: &'a [u32],
}

/// Where one word stands in a section.
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
            let heading = each(&section.heading, 0, |word, at| {
                self.list(word, page).stand(number, true, at)
            });
            let end = each(&section.text, heading, |word, at| {
                self.list(word, page).stand(number, false, at)
            });
            length.all += end;
            if number == 0 {
                length.title = heading;
            }
        }
        for keyword in keywords {
            each(keyword, 0, |word, _| self.list(word, page).fact(KEYWORD));
        }
        each(description, 0, |word, _| {
            self.list(word, page).fact(DESCRIPTION)
        });
        length
    }

    /// The list of `word`, with `page` as its last page.
    fn list(&mut self, word: &str, page: u32) -> &mut List {
        // Most words are known already, and need no text of their own.
        let number = self.words.get(word).copied().unwrap_or_else(|| {
            self.words.insert(word.into(), self.lists.len());
            self.lists.push(List::default());
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

    /// All words, each with the pages it stands on.
    pub fn words(&self) -> impl Iterator<Item = (&str, Pages<'_>)> {
        self.words
            .iter()
            .map(|(word, number)| (&**word, self.lists[*number].all()))
    }
}

impl List {
    fn all(&self) -> Pages<'_> {
        Pages {
            numbers: &self.numbers,
            count: self.pages,
            prominent: false,
        }
    }

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

impl<'a> Pages<'a> {
    /// How many there are.
    pub fn count(self) -> usize {
        self.count
    }

    /// The same without those where the word stands in mere text.
    pub fn prominent(self) -> Self {
        let prominent = Pages {
            prominent: true,
            ..self
        };
        Pages {
            count: prominent.hits().count(),
            ..prominent
        }
    }

    /// Each page with how the word stands there, in order.
    pub fn hits(self) -> impl Iterator<Item = (u32, Posting<'a>)> {
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
        all.filter_map(move |(page, hit)| {
            Some((
                page,
                if self.prominent {
                    hit.prominent()?
                } else {
                    hit
                },
            ))
        })
    }
}

impl<'a> Posting<'a> {
    /// A hit that is told by numbers made elsewhere: sections as [`Posting::sections`] reads them.
    pub fn told(title: bool, keyword: bool, sections: &'a [u32]) -> Self {
        let facts = (if title { TITLE } else { 0 }) + if keyword { KEYWORD } else { 0 };
        Posting { facts, sections }
    }

    /// Title, keyword, description: a bit each.
    pub fn facts(self) -> u32 {
        self.facts & FACTS
    }

    pub fn title(self) -> bool {
        self.facts & TITLE != 0
    }

    pub fn keyword(self) -> bool {
        self.facts & KEYWORD != 0
    }

    /// The same without what stands in mere text; nothing if that was all.
    pub fn prominent(self) -> Option<Self> {
        let hit = Posting {
            facts: self.facts | PROMINENT,
            ..self
        };
        (hit.title() || hit.keyword() || hit.sections().next().is_some()).then_some(hit)
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

/// Every word of a text that can be looked for, counted from `first`; the answer is the next number. A single letter takes up a place,
/// but is nothing to look for.
fn each(text: &str, first: u32, mut take: impl FnMut(&str, u32)) -> u32 {
    let mut at = first;
    let mut small = String::new();
    for word in words(text) {
        lower_into(word, &mut small);
        if !small.is_ascii() && small.chars().any(is_unspaced) {
            let signs: Vec<char> = small.chars().collect();
            for pair in signs.windows(2) {
                take(&pair.iter().collect::<String>(), at);
                at += 1;
            }
            if let [sign] = signs[..] {
                take(sign.encode_utf8(&mut [0; 4]), at);
                at += 1;
            }
            continue;
        }
        if small.len() <= LONGEST
            && (small.len() > 1 || small.starts_with(|sign: char| sign.is_ascii_digit()))
        {
            take(&small, at);
        }
        at += 1;
    }
    at
}

/// True for the signs of scripts without spaces between words: pairs of them are looked for.
fn is_unspaced(character: char) -> bool {
    matches!(character, '\u{e00}'..='\u{e7f}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}
