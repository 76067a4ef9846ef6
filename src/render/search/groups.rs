//! The words of all pages -> groups of forms with one stem: *avtale*, *avtalen* and *avtaler* are one group.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::Read;
use super::hits::Hit;
use super::stem::Stems;
use super::words::{Folding, fold, lower};

/// Where a word stands, page by page, in page order.
pub(super) type Places<'a> = Vec<(u32, Hit<'a>)>;

/// One spelling of a word.
#[derive(Default)]
pub(super) struct Form<'a> {
    pub places: Places<'a>,
    /// On how many pages it stands, if that is so many that `places` tells only the prominent ones; else 0.
    pub common: usize,
}

/// The forms of one stem.
#[derive(Default)]
pub(super) struct Group<'a> {
    /// By form in small letters.
    pub forms: BTreeMap<&'a str, Form<'a>>,
    /// The stems this word is made of, if it is a compound.
    pub parts: Vec<String>,
    /// Where compounds stand that this word is a part of.
    pub within: Within,
}

/// Where compounds stand, page by page: title, keyword, and the sections as [`Hit::told`] takes them.
pub(super) type Within = Vec<(u32, bool, bool, Vec<u32>)>;

/// By folded stem.
pub(super) type Groups<'a> = BTreeMap<String, Group<'a>>;

/// Words that stand on more than one of so many pages tell pages apart only where they are in a title, a heading or a keyword.
const COMMON: usize = 4;
/// Below this number of pages no word is common.
const FEW: usize = 40;

/// The stem of a word as groups are named.
pub(super) fn key(word: &str, stems: Stems, folding: Folding) -> String {
    fold(&stems.stem(&lower(word)), folding)
}

/// The groups of the words of `all`, which are `pages` pages.
pub(super) fn of<'a>(all: &'a [Read], pages: usize, folding: Folding) -> Groups<'a> {
    let mut languages: Vec<&str> = all.iter().flat_map(|read| &read.hits).map(|(language, _)| &**language).collect();
    languages.sort_unstable();
    languages.dedup();
    let mut groups = Groups::new();
    for language in languages {
        let stems = Stems::of(language);
        let mut forms: FxHashMap<&str, Places> = FxHashMap::default();
        for (_, hits) in all.iter().flat_map(|read| &read.hits).filter(|(of, _)| of == language) {
            for (word, places) in hits.words() {
                forms.entry(word).or_default().extend(places);
            }
        }
        for (form, mut places) in forms {
            let mut common = 0;
            if pages >= FEW && places.len() * COMMON > pages {
                common = places.len();
                places = places.into_iter().filter_map(|(page, hit)| Some((page, hit.prominent()?))).collect();
            }
            let group = groups.entry(fold(&stems.stem(form), folding)).or_default();
            let known = group.forms.entry(form).or_default();
            known.common = known.common.max(common);
            known.places.append(&mut places);
            // Pages of several languages may have a word in common.
            known.places.sort_by_key(|(page, _)| *page);
        }
    }
    groups.remove("");
    groups
}

impl Group<'_> {
    /// On how many pages the word stands, roughly: no fewer.
    pub fn pages(&self) -> usize {
        self.forms.values().map(|form| form.places.len().max(form.common)).max().unwrap_or(0)
    }
}
