//! Groups and pages -> files of a size that is quickly fetched: `start.js` says which file has what, `w0.js` ... hold words, `p0.js` ...
//! what is shown of pages, `v.js` the [`vocabulary`]. Each calls `hjelpSearch.take` with its name and what it holds.

use std::collections::BTreeMap;

use serde::Serialize;
use xxhash_rust::xxh3::Xxh3;

use super::encode::{self, number};
use super::page_batch::IndexedPage;
use super::postings::Posting;
use super::stem_groups::{Group, Groups};
use super::tokenize::Folding;
use super::vocabulary;

/// How big a file with words may grow, in bytes.
const WORDS: usize = 14_000;
/// How big a file with pages may grow, in bytes, unless it holds a single page.
const PAGES: usize = 9_000;

/// Results show no more of a section and of a page than this, in bytes; all of it is found.
const SECTION: usize = 4_000;
const PAGE: usize = 12_000;
/// The names of the sections of a page take no more than this, in bytes; what is found in later ones leads to the page as a whole.
const NAMES: usize = 12_000;

/// What the start file says besides.
pub(super) struct Start {
    pub folding: Folding,
    pub links: &'static [&'static str],
    pub stop_words: &'static str,
    pub synonyms: BTreeMap<String, Vec<String>>,
    pub say: BTreeMap<&'static str, String>,
}

#[derive(Serialize)]
struct Written<'a> {
    /// Tells one build from another, for caches.
    version: String,
    pages: usize,
    /// Per page: words in its title, words in all.
    lengths: String,
    /// What readers can narrow their results to, and for each page the number of one; the first means none.
    areas: Vec<&'a str>,
    area: String,
    /// Per page in percent of what most pages weigh; empty if all weigh the same.
    weights: String,
    /// The first stem of each file with words.
    words: Vec<&'a str>,
    /// How many pages each file with pages has.
    chunks: String,
    fold: u8,
    links: &'static [&'static str],
    stop: &'static str,
    synonyms: BTreeMap<String, Vec<String>>,
    say: BTreeMap<&'static str, String>,
}

/// The files by name.
pub(super) fn files(
    pages: &[&IndexedPage],
    groups: &Groups<'_>,
    start: Start,
) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let firsts = words(groups, &mut files);
    let vocabulary = vocabulary::text(groups);
    files.push(script("v", &vocabulary, vocabulary.len()));
    let chunks = chunks(pages, &mut files);
    let mut lengths = String::new();
    for page in pages {
        number(page.words.title, &mut lengths);
        number(page.words.all, &mut lengths);
    }
    let mut areas = vec![""];
    let (mut area, mut weights) = (String::new(), String::new());
    let is_weighed = pages.iter().any(|page| page.weight != 100);
    for page in pages {
        number(number_of(&page.area, &mut areas), &mut area);
        if is_weighed {
            number(page.weight, &mut weights);
        }
    }
    let mut hash = Xxh3::new();
    // The content, not the time: an unchanged index keeps its version and stays in the caches of browsers.
    files.iter().for_each(|(_, bytes)| hash.update(bytes));
    let written = Written {
        version: format!("{:016x}", hash.digest()),
        pages: pages.len(),
        lengths,
        areas,
        area,
        weights,
        words: firsts,
        chunks,
        fold: start.folding.number(),
        links: start.links,
        stop: start.stop_words,
        synonyms: start.synonyms,
        say: start.say,
    };
    files.push(script("start", &written, 0));
    files
}

/// The place of an area in the list, where it is added if it is new.
fn number_of<'a>(area: &'a str, areas: &mut Vec<&'a str>) -> u32 {
    let known = areas.iter().position(|known| *known == area);
    let at = known.unwrap_or(areas.len());
    if known.is_none() {
        areas.push(area);
    }
    at as u32
}

/// A file that is about as long as `size`, in bytes.
fn script(name: &str, value: &impl Serialize, size: usize) -> (String, Vec<u8>) {
    let mut bytes = Vec::with_capacity(size + 64);
    bytes.extend_from_slice(format!("hjelpSearch.take(\"{name}\",").as_bytes());
    // A value of texts and numbers can be written to memory.
    let _ = serde_json::to_writer(&mut bytes, value);
    bytes.extend_from_slice(b");\n");
    (format!("{name}.js"), bytes)
}

fn words<'a>(groups: &'a Groups<'_>, files: &mut Vec<(String, Vec<u8>)>) -> Vec<&'a str> {
    let mut firsts: Vec<&str> = Vec::new();
    let mut text = String::new();
    let mut line = String::new();
    for (key, group) in groups {
        line.clear();
        write(key, group, &mut line);
        // A group is never divided, so that one file answers for a stem.
        if firsts.is_empty() || text.len() + line.len() > WORDS && !text.is_empty() {
            if let Some(last) = firsts.len().checked_sub(1) {
                files.push(script(&format!("w{last}"), &text, text.len()));
                text.clear();
            }
            firsts.push(key);
        }
        if !text.is_empty() {
            text.push(';');
        }
        text.push_str(&line);
    }
    if let Some(last) = firsts.len().checked_sub(1) {
        files.push(script(&format!("w{last}"), &text, text.len()));
    }
    firsts
}

/// `stem,form:places,~ending:places,+part+part,*places of compounds`; a common word's places begin with `!` and the number of its pages.
fn write(key: &str, group: &Group<'_>, out: &mut String) {
    out.push_str(key);
    for (spelling, form) in &group.forms {
        out.push(',');
        match spelling.strip_prefix(key) {
            Some(ending) => {
                out.push('~');
                out.push_str(ending);
            }
            None => out.push_str(spelling),
        }
        out.push(':');
        if form.common > 0 {
            out.push('!');
            number(form.common as u32, out);
        }
        encode::write(form.places(), out);
    }
    if !group.parts.is_empty() {
        out.push(',');
        group.parts.iter().for_each(|part| {
            out.push('+');
            out.push_str(part);
        });
    }
    if !group.within.is_empty() {
        out.push_str(",*");
        encode::write(
            group.within.iter().map(|place| {
                let posting =
                    Posting::of_numbers(place.in_title, place.is_keyword, &place.sections);
                (place.page, posting)
            }),
            out,
        );
    }
}

fn chunks(pages: &[&IndexedPage], files: &mut Vec<(String, Vec<u8>)>) -> String {
    let mut counts = String::new();
    let (mut chunk, mut size, mut name) = (Vec::new(), 0, 0);
    let mut close = |chunk: &mut Vec<&IndexedPage>, size: usize| {
        let shown: Vec<_> = chunk.iter().map(|page| shown(page)).collect();
        files.push(script(&format!("p{name}"), &shown, size + size / 8));
        number(chunk.len() as u32, &mut counts);
        name += 1;
        chunk.clear();
    };
    for page in pages {
        // Only what is shown counts, not what is found: that is in the files of words.
        let own: usize = shown(page).4.iter().flatten().map(|part| part.len()).sum();
        if !chunk.is_empty() && size + own > PAGES {
            close(&mut chunk, size);
            size = 0;
        }
        chunk.push(page);
        size += own;
    }
    if !chunk.is_empty() {
        close(&mut chunk, size);
    }
    counts
}

type Shown<'a> = (&'a str, &'a str, &'a str, &'a str, Vec<[&'a str; 3]>);

/// Address, title, language if another, way, and the sections.
fn shown(page: &IndexedPage) -> Shown<'_> {
    let (mut left, mut names) = (PAGE, NAMES);
    let mut sections = Vec::new();
    for section in &page.sections {
        let heading = if section.id.is_empty() {
            ""
        } else {
            &*section.heading
        };
        let Some(rest) = names.checked_sub(section.id.len() + heading.len()) else {
            break;
        };
        let text = &section.text[..section.text.floor_char_boundary(SECTION.min(left))];
        (left, names) = (left - text.len(), rest);
        sections.push([&*section.id, heading, text]);
    }
    (
        &page.url,
        &page.title,
        page.lang.as_deref().unwrap_or(""),
        &page.breadcrumbs,
        sections,
    )
}
