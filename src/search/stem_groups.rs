//! The words of all pages -> groups of forms with one stem: *avtale*, *avtalen* and *avtaler* are one group.

use rustc_hash::FxHashMap;

use super::page_batch::PageBatch;
use super::postings::{Pages, Posting};
use super::stem::StemRules;
use super::tokenize::{Folding, fold, lower};

/// One spelling of a word.
#[derive(Default)]
pub(super) struct Form<'a> {
    /// In page order, unless several languages have the word.
    pages: Vec<Pages<'a>>,
    mixed: bool,
    /// On how many pages it stands, if that is so many that only the prominent ones are told; else 0.
    pub common: usize,
}

/// The forms of one stem.
#[derive(Default)]
pub(super) struct Group<'a> {
    /// By form in small letters, in order.
    pub forms: Vec<(&'a str, Form<'a>)>,
    /// The stems this word is made of, if it is a compound.
    pub parts: Vec<String>,
    /// Where compounds stand that this word is a part of.
    pub within: Within,
}

/// Where compounds stand, page by page: title, keyword, and the sections as [`Posting::told`] takes them.
pub(super) type Within = Vec<(u32, bool, bool, Vec<u32>)>;

/// By folded stem, in order.
pub(super) type Groups<'a> = Vec<(String, Group<'a>)>;

/// Words that stand on more than one of so many pages tell pages apart only where they are in a title, a heading or a keyword.
const COMMON: usize = 4;
/// Below this number of pages no word is common.
const FEW: usize = 40;

/// The stem of a word as groups are named.
pub(super) fn key(word: &str, stems: StemRules, folding: Folding) -> String {
    fold(&stems.stem(&lower(word)), folding)
}

/// The groups of the words of `all`, which are `pages` pages.
pub(super) fn of<'a>(all: &'a [PageBatch], pages: usize, folding: Folding) -> Groups<'a> {
    let mut languages: Vec<&str> = all
        .iter()
        .flat_map(|batch| &batch.lists)
        .map(|(language, _)| &**language)
        .collect();
    languages.sort_unstable();
    languages.dedup();
    let mut forms: Vec<(String, &str, Form)> = Vec::new();
    for language in languages {
        let stems = StemRules::of(language);
        // Hardly any word is only in one of these.
        let most = all
            .iter()
            .flat_map(|batch| &batch.lists)
            .map(|(_, hits)| hits.len())
            .max()
            .unwrap_or(0);
        let mut known: FxHashMap<&str, Vec<Pages>> =
            FxHashMap::with_capacity_and_hasher(2 * most, Default::default());
        for (_, hits) in all
            .iter()
            .flat_map(|batch| &batch.lists)
            .filter(|(of, _)| of == language)
        {
            for (word, pages) in hits.words() {
                known.entry(word).or_default().push(pages);
            }
        }
        forms.reserve(known.len());
        for (form, mut its_pages) in known {
            let mut common = 0;
            let count: usize = its_pages.iter().map(|pages| pages.count()).sum();
            if pages >= FEW && count * COMMON > pages {
                common = count;
                its_pages
                    .iter_mut()
                    .for_each(|pages| *pages = pages.prominent());
            }
            forms.push((
                fold(&stems.stem(form), folding),
                form,
                Form {
                    pages: its_pages,
                    mixed: false,
                    common,
                },
            ));
        }
    }
    forms.sort_by(|one, other| (&one.0, one.1).cmp(&(&other.0, other.1)));
    let mut groups = Groups::new();
    for (stem, form, mut found) in forms.into_iter().filter(|(stem, ..)| !stem.is_empty()) {
        if groups.last().is_none_or(|(known, _)| *known != stem) {
            groups.push((stem, Group::default()));
        }
        let Some((_, group)) = groups.last_mut() else {
            break;
        };
        match group.forms.last_mut().filter(|(known, _)| *known == form) {
            // Pages of several languages have the word.
            Some((_, known)) => {
                known.common = known.common.max(found.common);
                known.pages.append(&mut found.pages);
                known.mixed = true;
            }
            None => group.forms.push((form, found)),
        }
    }
    groups
}

/// Where among `groups` the one with this stem is.
pub(super) fn find(groups: &Groups, stem: &str) -> Option<usize> {
    groups
        .binary_search_by(|(known, _)| known.as_str().cmp(stem))
        .ok()
}

impl<'a> Form<'a> {
    /// Where the word stands, page by page, in page order.
    pub fn places(&self) -> Vec<(u32, Posting<'a>)> {
        let mut places: Vec<(u32, Posting)> = Vec::with_capacity(self.count());
        places.extend(self.pages.iter().flat_map(|pages| pages.hits()));
        if self.mixed {
            places.sort_by_key(|(page, _)| *page);
        }
        places
    }

    fn count(&self) -> usize {
        self.pages.iter().map(|pages| pages.count()).sum()
    }
}

impl Group<'_> {
    /// On how many pages the word stands, roughly: no fewer.
    pub fn pages(&self) -> usize {
        self.forms
            .iter()
            .map(|(_, form)| form.count().max(form.common))
            .max()
            .unwrap_or(0)
    }
}
