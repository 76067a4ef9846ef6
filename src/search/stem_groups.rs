//! The posting lists of all pages -> groups of word forms with one stem: *avtale*, *avtalen* and *avtaler* are one group.

use rustc_hash::{FxHashMap, FxHashSet};

use super::page_batch::PageBatch;
use super::postings::{Posting, PostingLists, Postings};
use super::stem::StemRules;
use super::tokenize::{Folding, fold, lower};
use super::verbal_nouns::verb;

/// One spelling of a word.
#[derive(Default)]
pub(super) struct Form<'a> {
    /// In page order, unless several languages have the word.
    postings: Vec<Postings<'a>>,
    mixed: bool,
    /// On how many pages it is, if those are so many that only the prominent ones are listed; else 0.
    pub common: usize,
}

/// The forms of one stem.
#[derive(Default)]
pub(super) struct Group<'a> {
    /// By form in lower case, in order.
    pub forms: Vec<(&'a str, Form<'a>)>,
    /// The stems this word is made of, if it is a compound.
    pub parts: Vec<String>,
    /// Where compounds are that this word is a part of.
    pub within: Vec<CompoundPosting>,
}

/// Where compounds are on one page.
pub(super) struct CompoundPosting {
    pub page: u32,
    pub in_title: bool,
    pub is_keyword: bool,
    /// The sections, as [`Posting::of_numbers`] takes them.
    pub sections: Vec<u32>,
}

/// By folded stem, in order.
pub(super) type Groups<'a> = Vec<(String, Group<'a>)>;

/// A word on more than one of so many pages tells pages apart only where it is in a title, a heading or a keyword. Its other postings are left
/// out: they would be most of the index.
const COMMON_SHARE: usize = 4;
/// On sites with fewer pages than this no word is common: their index is small anyway.
const MIN_PAGES: usize = 40;

/// The stem of a word as groups are named.
pub(super) fn key(groups: &Groups<'_>, word: &str, language: &str) -> String {
    let stem = fold(
        &StemRules::of(language).stem(&lower(word)),
        Folding::of(language),
    );
    if find(groups, &stem).is_some() {
        return stem;
    }
    // The group of a noun is that of its verb.
    let joined = verb(&stem, language, |stem| find(groups, stem).is_some());
    joined.unwrap_or(stem)
}

/// The groups of the words of `batches`, which have `pages` pages.
pub(super) fn of<'a>(batches: &'a [PageBatch], pages: usize, folding: Folding) -> Groups<'a> {
    let mut forms: Vec<StemmedForm> = Vec::new();
    for language in languages(batches) {
        let rules = StemRules::of(language);
        let words = words(batches, language);
        let count = words.len();
        forms.reserve(count);
        for (word, postings) in words {
            forms.push(StemmedForm {
                stem: fold(&rules.stem(word), folding),
                word,
                form: Form::new(postings, pages),
            });
        }
        let first = forms.len() - count;
        join_verbal_nouns(&mut forms[first..], language);
    }
    // The maps have no order of their own, and the same site must give the same bytes.
    forms.sort_by(|one, other| (&one.stem, one.word).cmp(&(&other.stem, other.word)));
    let mut groups = Groups::new();
    for form in forms {
        // What has no letters after folding can't be looked for.
        if !form.stem.is_empty() {
            add_form(&mut groups, form);
        }
    }
    groups
}

/// Gives verbal nouns the stem of their verb.
fn join_verbal_nouns(forms: &mut [StemmedForm<'_>], language: &str) {
    let mut known = FxHashSet::default();
    for form in &*forms {
        known.insert(form.stem.clone());
    }
    for form in forms {
        if let Some(stem) = verb(&form.stem, language, |stem| known.contains(stem)) {
            form.stem = stem;
        }
    }
}

/// A form, before it is in its group.
struct StemmedForm<'a> {
    stem: String,
    word: &'a str,
    form: Form<'a>,
}

/// Adds a form, after all that are before it in order.
fn add_form<'a>(groups: &mut Groups<'a>, mut added: StemmedForm<'a>) {
    // Forms come in the order of their stems, so no other group than the last can be theirs.
    let is_known = matches!(groups.last(), Some((stem, _)) if *stem == added.stem);
    if !is_known {
        groups.push((added.stem, Group::default()));
    }
    let Some((_, group)) = groups.last_mut() else {
        return;
    };
    match group.forms.last_mut() {
        // Pages of several languages have the word.
        Some((word, form)) if *word == added.word => {
            form.common = form.common.max(added.form.common);
            form.postings.append(&mut added.form.postings);
            form.mixed = true;
        }
        _ => group.forms.push((added.word, added.form)),
    }
}

/// The lists of one language.
fn lists<'a>(
    batches: &'a [PageBatch],
    language: &'a str,
) -> impl Iterator<Item = &'a PostingLists> {
    let all = batches.iter().flat_map(|batch| &batch.lists);
    all.filter(move |(of, _)| of == language)
        .map(|(_, lists)| lists)
}

/// The languages of all pages, in order, so that every build has the same index.
fn languages(batches: &[PageBatch]) -> Vec<&str> {
    let mut languages: Vec<&str> = Vec::new();
    for batch in batches {
        for (language, _) in &batch.lists {
            languages.push(language);
        }
    }
    languages.sort_unstable();
    languages.dedup();
    languages
}

/// The words of a language with their postings in each batch.
fn words<'a>(batches: &'a [PageBatch], language: &'a str) -> FxHashMap<&'a str, Vec<Postings<'a>>> {
    let mut longest = 0;
    for lists in lists(batches, language) {
        longest = longest.max(lists.len());
    }
    // Hardly any word is in one batch only.
    let mut words: FxHashMap<&str, Vec<Postings>> =
        FxHashMap::with_capacity_and_hasher(2 * longest, Default::default());
    for lists in lists(batches, language) {
        for (word, postings) in lists.words() {
            words.entry(word).or_default().push(postings);
        }
    }
    words
}

/// Where among `groups` the one with this stem is.
pub(super) fn find(groups: &Groups, stem: &str) -> Option<usize> {
    groups
        .binary_search_by(|(known, _)| known.as_str().cmp(stem))
        .ok()
}

impl<'a> Form<'a> {
    /// A form with these postings, on a site with `pages` pages.
    fn new(mut postings: Vec<Postings<'a>>, pages: usize) -> Self {
        let mut common = 0;
        let count: usize = postings.iter().map(|postings| postings.count()).sum();
        // The number of pages is still written, so that the ranking knows how common the word is.
        if pages >= MIN_PAGES && count * COMMON_SHARE > pages {
            common = count;
            for postings in &mut postings {
                *postings = postings.prominent();
            }
        }
        Form {
            postings,
            mixed: false,
            common,
        }
    }

    /// Where the word is, page by page, in page order.
    pub fn places(&self) -> Vec<(u32, Posting<'a>)> {
        let mut places: Vec<(u32, Posting)> = Vec::with_capacity(self.count());
        for postings in &self.postings {
            places.extend(postings.iter());
        }
        // Batches are in page order, so that only lists of several languages have to be sorted.
        if self.mixed {
            places.sort_by_key(|(page, _)| *page);
        }
        places
    }

    /// On how many pages it is.
    pub fn pages(&self) -> usize {
        self.count().max(self.common)
    }

    /// On how many pages it is in a title, a heading or a keyword.
    pub fn prominent(&self) -> usize {
        let mut prominent = 0;
        for postings in &self.postings {
            prominent += postings.prominent().count();
        }
        prominent
    }

    fn count(&self) -> usize {
        self.postings.iter().map(|postings| postings.count()).sum()
    }
}

impl Group<'_> {
    /// On how many pages the word is, at least.
    pub fn pages(&self) -> usize {
        let mut most = 0;
        for (_, form) in &self.forms {
            most = most.max(form.pages());
        }
        most
    }
}
