//! What translators have seen: for each translation the sections of its original that it follows, as prints, in a text that is kept in the
//! repository beside the content. One file for each language, so that translators of different languages never change the same file; one
//! line for each section, in the order of the pages and their sections, so that changes of different pages merge by themselves.
//!
//! ```text
//! # hjelp translations 2
//!
//! content/no/guide/a.md 6f3c09aa12de
//!   - 4bf0a1c2d3e4 1f2e3d4c5b6a 00aa11bb 22cc33dd ---
//!     0a1b2c 3d4e5f
//!   2 4bf0a1c2d3e4 1f2e3d4c5b6a 00aa11bb 22cc33dd add-a-person
//!     6a7b8c
//! ```
//!
//! Behind the path of a translation stands the print of its own words when they were accepted; a section has the level of its heading,
//! the prints of heading, wording, links and markup, and the id of its heading. Below it, further in, stand the prints of its blocks, by
//! which the words are counted that have changed. Files of version 1, which lack those, are read as well.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::source::{SitePath, Source};

use super::hashes::SectionHashes;
use super::section_changes::matched;
use super::sections::HashedSection;

/// The folder with the lock files, below the root of the site.
pub const LOCK_FOLDER: &str = "translations";

const HEAD: &str = "# hjelp translations 2";
const OLD_HEAD: &str = "# hjelp translations 1";
/// What the line of a section's blocks begins with.
const BLOCKS: &str = "    ";
const ABOUT: &str = "# What each translation follows of its original. `hjelp translation accept` writes this file; keep it with the content.";

/// A section of an original as a translator saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionRecord {
    /// The level of its heading.
    pub level: u8,
    /// The id of its heading.
    pub id: String,
    /// What it said.
    pub print: SectionHashes,
    /// The prints of its blocks below the heading; none where that was not written down.
    pub blocks: Vec<u32>,
}

/// What a translation follows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LockEntry {
    /// The print of the translation's own words at that time.
    pub own: u64,
    /// The sections of the original, in order.
    pub sections: Vec<SectionRecord>,
}

/// One lock file: what the translations into one language follow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LockFile {
    pages: BTreeMap<SitePath, LockEntry>,
}

impl From<&HashedSection> for SectionRecord {
    fn from(section: &HashedSection) -> Self {
        let blocks = section.blocks.iter().map(|block| block.print).collect();
        SectionRecord {
            level: section.level,
            id: section.id.clone(),
            print: section.print,
            blocks,
        }
    }
}

impl LockFile {
    /// Where the lock file of the language with this folder lies.
    pub fn path(folder: &str) -> Option<SitePath> {
        SitePath::new(LOCK_FOLDER)
            .and_then(|place| place.join(&format!("{folder}.lock")))
            .ok()
    }

    /// Reads a lock file. If a line isn't as hjelp writes it, the answer is its number, counted from 1, and what is wrong with it.
    pub fn read(source: &Source) -> Result<LockFile, (usize, String)> {
        let mut lock = LockFile::default();
        let mut page: Option<SitePath> = None;
        for (number, line) in (1..).zip(source.text.lines()) {
            let line = line.trim_end();
            if number == 1 && line != HEAD && line != OLD_HEAD {
                return Err((1, format!("the file does not begin with `{HEAD}`")));
            }
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if line.starts_with("<<<<<<<")
                || line.starts_with(">>>>>>>")
                || line.starts_with("=======")
            {
                return Err((
                    number,
                    "the marks of a merge have not been taken out".into(),
                ));
            }
            if !line.starts_with(' ') {
                let read = line.rsplit_once(' ').and_then(|(path, own)| {
                    Some((
                        SitePath::new(path).ok()?,
                        u64::from_str_radix(own, 16).ok()?,
                    ))
                });
                let Some((path, own)) = read else {
                    return Err((number, "this is no path with the print of its words".into()));
                };
                if lock
                    .pages
                    .insert(
                        path.clone(),
                        LockEntry {
                            own,
                            sections: Vec::new(),
                        },
                    )
                    .is_some()
                {
                    return Err((number, format!("`{path}` is here twice")));
                }
                page = Some(path);
                continue;
            }
            let sections = page
                .as_ref()
                .and_then(|page| lock.pages.get_mut(page))
                .map(|followed| &mut followed.sections);
            if let Some(prints) = line.strip_prefix(BLOCKS) {
                let (last, Some(blocks)) = (
                    sections.and_then(|sections| sections.last_mut()),
                    blocks(prints),
                ) else {
                    return Err((number, "these are no prints of blocks".into()));
                };
                let Some(last) = last else {
                    return Err((number, "these blocks are in no section".into()));
                };
                last.blocks = blocks;
                continue;
            }
            let (Some(sections), Some(seen)) = (sections, seen(line)) else {
                return Err((number, "this is no section with its prints".into()));
            };
            sections.push(seen);
        }
        Ok(lock)
    }

    /// What a translation follows, if that was written down.
    pub fn followed(&self, translation: &SitePath) -> Option<&LockEntry> {
        self.pages.get(translation)
    }

    /// All translations with an entry, in order.
    pub fn translations(&self) -> impl Iterator<Item = &SitePath> {
        self.pages.keys()
    }

    /// Writes down that a translation now follows these sections of its original, as they are. `own` is the print of its own words. What
    /// `before` says of other sections stays; without it, and without an entry, nobody has seen them.
    ///
    /// This is the door for everything that brings translations into the content.
    pub fn accept(
        &mut self,
        translation: &SitePath,
        own: u64,
        original: &[HashedSection],
        is_translated: impl Fn(&HashedSection) -> bool,
    ) {
        let now: Vec<SectionRecord> = original.iter().map(SectionRecord::from).collect();
        let before = self
            .pages
            .get(translation)
            .map(|followed| followed.sections.clone())
            .unwrap_or_default();
        let pairs: BTreeMap<usize, usize> = matched(&before, &now)
            .into_iter()
            .map(|(old, new)| (new, old))
            .collect();
        let all = original.iter().all(&is_translated);
        let mut sections: Vec<SectionRecord> = Vec::with_capacity(now.len());
        for (at, (section, seen)) in original.iter().zip(now).enumerate() {
            match pairs.get(&at) {
                _ if is_translated(section) => sections.push(seen),
                Some(old) => sections.push(before[*old].clone()),
                None => {}
            }
        }
        if !all {
            // Sections that are gone from the original stay until the whole page is done.
            let gone = (0..before.len()).filter(|old| !pairs.values().any(|paired| paired == old));
            sections.extend(gone.map(|old| before[old].clone()));
        }
        self.pages
            .insert(translation.clone(), LockEntry { own, sections });
    }

    /// Writes down what a translation followed at an earlier time.
    pub fn record(&mut self, translation: &SitePath, followed: LockEntry) {
        self.pages.insert(translation.clone(), followed);
    }

    /// Forgets all translations that `stays` does not hold for.
    pub fn retain(&mut self, stays: impl Fn(&SitePath) -> bool) {
        self.pages.retain(|path, _| stays(path));
    }

    /// The text of the lock file.
    pub fn write(&self) -> String {
        let mut text = format!("{HEAD}\n{ABOUT}\n");
        for (path, followed) in &self.pages {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "\n{path} {:012x}", followed.own);
            for SectionRecord {
                level,
                id,
                print,
                blocks,
            } in &followed.sections
            {
                let level = if *level == 0 {
                    "-".to_owned()
                } else {
                    level.to_string()
                };
                let SectionHashes {
                    heading,
                    wording,
                    links,
                    markup,
                } = print;
                let _ = writeln!(
                    text,
                    "{}",
                    format!(
                        "  {level} {heading:012x} {wording:012x} {links:08x} {markup:08x} {id}"
                    )
                    .trim_end()
                );
                if !blocks.is_empty() {
                    let prints: Vec<String> =
                        blocks.iter().map(|print| format!("{print:06x}")).collect();
                    let _ = writeln!(text, "{BLOCKS}{}", prints.join(" "));
                }
            }
        }
        text
    }
}

/// Reads the line of a section.
fn seen(line: &str) -> Option<SectionRecord> {
    let mut words = line.trim_start().splitn(6, ' ');
    let level = match words.next()? {
        "-" => 0,
        level => level.parse().ok().filter(|level| (1..=6).contains(level))?,
    };
    let mut number = || u64::from_str_radix(words.next()?, 16).ok();
    let (heading, wording, links, markup) = (number()?, number()?, number()?, number()?);
    let print = SectionHashes {
        heading,
        wording,
        links: u32::try_from(links).ok()?,
        markup: u32::try_from(markup).ok()?,
    };
    Some(SectionRecord {
        level,
        id: words.next().unwrap_or_default().to_owned(),
        print,
        blocks: Vec::new(),
    })
}

/// Reads the prints of blocks.
fn blocks(prints: &str) -> Option<Vec<u32>> {
    prints
        .split(' ')
        .map(|print| u32::from_str_radix(print, 16).ok())
        .collect()
}
