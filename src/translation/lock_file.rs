//! The lock file of a language: for each translation the sections of its original as they were when it was accepted, as hashes in a text that
//! is committed with the content. One file for each language, so that translators of different languages never change the same file; one
//! line for each section, in the order of pages and sections, so that changes of different pages merge without conflicts.
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
//! After the path of a translation comes the hash of its own words at that time. A section has the level of its heading, the hashes of
//! heading, wording, links and markup, and the id of its heading. The line below it, indented further, has the hashes of its blocks, by
//! which changed words are counted and blocks are translated one by one. Files of version 1, which lack those lines, are read as well.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::source::{SitePath, Source};

use super::acceptance::{Acceptance, OpenSection, accepted_records};
use super::hashes::SectionHashes;
use super::section_record::SectionRecord;
use super::sections::HashedSection;

/// The folder of the lock files, below the root of the site.
pub const LOCK_FOLDER: &str = "translations";

const HEADER: &str = "# hjelp translations 2";
const HEADER_V1: &str = "# hjelp translations 1";
const ABOUT: &str = "# What each translation follows of its original. `hjelp translation accept` writes this file; keep it with the content.";
/// The indentation of the hashes of blocks.
const BLOCKS_INDENT: &str = "    ";

/// What a lock file records of a translation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LockEntry {
    /// The hash of the words of the translation.
    pub own_words: u64,
    /// The sections of the original, in order.
    pub sections: Vec<SectionRecord>,
}

/// One lock file: the originals of the translations into one language, as they were when these were accepted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LockFile {
    entries: BTreeMap<SitePath, LockEntry>,
}

/// Why a lock file can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LockFileError {
    /// The line, counted from one.
    pub line: usize,
    /// What is wrong, in lower case and without a full stop.
    pub message: String,
}

impl LockFile {
    /// The path of the lock file of the language with this folder.
    pub fn path(folder: &str) -> Option<SitePath> {
        let place = SitePath::new(LOCK_FOLDER).ok()?;
        place.join(&format!("{folder}.lock")).ok()
    }

    /// Reads a lock file. Fails with the first line that isn't as hjelp writes it.
    pub fn read(source: &Source) -> Result<LockFile, LockFileError> {
        let mut reader = LockFileReader::default();
        for (number, line) in (1..).zip(source.text.lines()) {
            reader
                .line(number, line.trim_end())
                .map_err(|message| LockFileError {
                    line: number,
                    message,
                })?;
        }
        reader.end_entry();
        Ok(reader.file)
    }

    /// What is recorded of a translation.
    pub fn entry(&self, translation: &SitePath) -> Option<&LockEntry> {
        self.entries.get(translation)
    }

    /// All translations with an entry, in order.
    pub fn translations(&self) -> impl Iterator<Item = &SitePath> {
        self.entries.keys()
    }

    /// Records that a translation now follows those blocks of its original that `acceptance` names. `own_words` is the hash of its own words.
    /// Of the others the earlier record stays; those without one stay unrecorded, as not translated. Returns the sections that are still out
    /// of date.
    ///
    /// Everything that brings translations into the content calls this.
    pub fn accept(
        &mut self,
        translation: &SitePath,
        own_words: u64,
        original: &[HashedSection],
        acceptance: &Acceptance,
    ) -> Vec<OpenSection> {
        let earlier = match self.entries.get(translation) {
            Some(entry) => entry.sections.as_slice(),
            None => &[],
        };
        let (sections, open) = accepted_records(earlier, original, acceptance);
        let entry = LockEntry {
            own_words,
            sections,
        };
        self.entries.insert(translation.clone(), entry);
        open
    }

    /// Records what a translation followed at an earlier time.
    pub fn record(&mut self, translation: &SitePath, entry: LockEntry) {
        self.entries.insert(translation.clone(), entry);
    }

    /// Gives the entry of a translation another path.
    pub fn rename(&mut self, from: &SitePath, to: &SitePath) {
        if let Some(entry) = self.entries.remove(from) {
            self.entries.insert(to.clone(), entry);
        }
    }

    /// Removes the entries of all other translations.
    pub fn retain(&mut self, is_retained: impl Fn(&SitePath) -> bool) {
        self.entries.retain(|path, _| is_retained(path));
    }

    /// The text of the lock file.
    pub fn write(&self) -> String {
        let mut text = format!("{HEADER}\n{ABOUT}\n");
        for (path, entry) in &self.entries {
            // Writing to a string can't fail.
            let _ = writeln!(text, "\n{path} {:012x}", entry.own_words);
            for section in &entry.sections {
                // Without an id the line would end with a space, which editors remove.
                text.push_str(section_line(section).trim_end());
                text.push('\n');
                if !section.blocks.is_empty() {
                    text.push_str(&blocks_line(&section.blocks));
                    text.push('\n');
                }
            }
        }
        text
    }
}

fn section_line(section: &SectionRecord) -> String {
    let level = match section.level {
        0 => "-".to_owned(),
        level => level.to_string(),
    };
    let SectionHashes {
        heading,
        wording,
        links,
        markup,
    } = section.hashes;
    format!(
        "  {level} {heading:012x} {wording:012x} {links:08x} {markup:08x} {}",
        section.id
    )
}

fn blocks_line(blocks: &[u32]) -> String {
    let hashes: Vec<String> = blocks.iter().map(|hash| format!("{hash:06x}")).collect();
    format!("{BLOCKS_INDENT}{}", hashes.join(" "))
}

#[derive(Default)]
struct LockFileReader {
    file: LockFile,
    /// The translation whose sections are being read.
    current: Option<(SitePath, LockEntry)>,
}

impl LockFileReader {
    fn line(&mut self, number: usize, line: &str) -> Result<(), String> {
        if number == 1 && line != HEADER && line != HEADER_V1 {
            return Err(format!("the file does not begin with `{HEADER}`"));
        }
        if line.is_empty() || line.starts_with('#') {
            return Ok(());
        }
        // Checked before anything else, as the two sides of a conflict are valid lines.
        if ["<<<<<<<", ">>>>>>>", "======="]
            .iter()
            .any(|marker| line.starts_with(marker))
        {
            return Err("the file has conflict markers of a merge".to_owned());
        }
        if let Some(hashes) = line.strip_prefix(BLOCKS_INDENT) {
            return self.blocks(hashes);
        }
        if line.starts_with(' ') {
            return self.section(line);
        }
        self.end_entry();
        let Some((path, own_words)) = parse_entry(line) else {
            return Err("this is not a path with a hash".to_owned());
        };
        if self.file.entries.contains_key(&path) {
            return Err(format!("`{path}` is in the file twice"));
        }
        let entry = LockEntry {
            own_words,
            sections: Vec::new(),
        };
        self.current = Some((path, entry));
        Ok(())
    }

    fn section(&mut self, line: &str) -> Result<(), String> {
        match (&mut self.current, parse_section(line)) {
            (Some((_, entry)), Some(section)) => {
                entry.sections.push(section);
                Ok(())
            }
            _ => Err("this is not a section with its hashes".to_owned()),
        }
    }

    fn blocks(&mut self, hashes: &str) -> Result<(), String> {
        let Some(blocks) = parse_blocks(hashes) else {
            return Err("these are not hashes of blocks".to_owned());
        };
        let Some((_, entry)) = &mut self.current else {
            return Err("these blocks are in no section".to_owned());
        };
        let Some(section) = entry.sections.last_mut() else {
            return Err("these blocks are in no section".to_owned());
        };
        section.blocks = blocks;
        Ok(())
    }

    fn end_entry(&mut self) {
        if let Some((path, entry)) = self.current.take() {
            self.file.entries.insert(path, entry);
        }
    }
}

/// The line of a translation: its path and the hash of its words.
fn parse_entry(line: &str) -> Option<(SitePath, u64)> {
    let (path, hash) = line.rsplit_once(' ')?;
    Some((
        SitePath::new(path).ok()?,
        u64::from_str_radix(hash, 16).ok()?,
    ))
}

fn parse_section(line: &str) -> Option<SectionRecord> {
    // The id is the rest of the line.
    let mut fields = line.trim_start().splitn(6, ' ');
    let level = match fields.next()? {
        // `-` and not 0, so that the front matter is easy to see in a diff.
        "-" => 0,
        "1" => 1,
        "2" => 2,
        "3" => 3,
        "4" => 4,
        "5" => 5,
        "6" => 6,
        _ => return None,
    };
    let hashes = SectionHashes {
        heading: u64::from_str_radix(fields.next()?, 16).ok()?,
        wording: u64::from_str_radix(fields.next()?, 16).ok()?,
        links: u32::from_str_radix(fields.next()?, 16).ok()?,
        markup: u32::from_str_radix(fields.next()?, 16).ok()?,
    };
    Some(SectionRecord {
        level,
        id: fields.next().unwrap_or_default().to_owned(),
        hashes,
        blocks: Vec::new(),
    })
}

fn parse_blocks(hashes: &str) -> Option<Vec<u32>> {
    let mut blocks = Vec::new();
    for hash in hashes.split(' ') {
        blocks.push(u32::from_str_radix(hash, 16).ok()?);
    }
    Some(blocks)
}
