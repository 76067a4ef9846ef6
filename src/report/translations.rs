//! The status of translations -> a table and a list of work for people, or JSON for programs. The manual describes the fields of the JSON; a
//! change of their meaning changes `version`, fields may be added. Doesn't know how the status was determined.

use std::collections::BTreeMap;

use serde::Serialize;

use super::numbers::{counted, grouped};
use super::positions::Positions;
use crate::site::Site;
use crate::source::{FileSpan, SourceId, Span};
use crate::translation::TranslationStatus;
use crate::translation::pairs::PairKind;
use crate::translation::section_status::{SectionStatus, TranslationState};
use crate::translation::sections::METADATA;
use crate::translation::status::{LocaleStatus, PairStatus};

const VERSION: u32 = 1;

#[derive(Serialize)]
struct StatusReport<'a> {
    version: u32,
    locales: Vec<StatusLocale<'a>>,
}

#[derive(Serialize)]
struct StatusLocale<'a> {
    folder: &'a str,
    tag: &'a str,
    /// The share of originals with a current translation, in percent.
    percent: usize,
    /// How many files are not translated on purpose.
    left_out: usize,
    counts: BTreeMap<&'a str, usize>,
    words: WordCounts,
    pages: Vec<StatusPage<'a>>,
}

#[derive(Serialize)]
struct WordCounts {
    /// In sections that are missing, new or not translated.
    new: usize,
    /// In new or changed blocks of changed sections.
    changed: usize,
}

#[derive(Serialize)]
struct StatusPage<'a> {
    path: &'a str,
    kind: &'a str,
    state: &'a str,
    machine_translated: bool,
    /// Relative to the root of the site.
    original: Option<&'a str>,
    /// The file of the translation, also if it doesn't exist yet.
    translation: &'a str,
    basis: &'a str,
    edited: bool,
    /// Of an orphaned translation: where its original sends readers.
    retired_to: Option<&'a str>,
    words: WordCounts,
    sections: Vec<StatusSection<'a>>,
}

#[derive(Serialize)]
struct StatusSection<'a> {
    id: &'a str,
    title: &'a str,
    state: &'a str,
    how: Vec<&'a str>,
    words: usize,
    /// Those of them in blocks without a current translation.
    new_words: usize,
    original_line: Option<usize>,
    translation_line: Option<usize>,
}

/// Every section of every page in every language, as JSON.
pub fn translation_json(site: &Site, status: &TranslationStatus) -> String {
    let mut writer = StatusWriter::new(site);
    let mut locales = Vec::with_capacity(status.locales.len());
    for locale in &status.locales {
        locales.push(writer.locale(locale));
    }
    let report = StatusReport {
        version: VERSION,
        locales,
    };
    // Serialization of strings and numbers can't fail.
    serde_json::to_string_pretty(&report).unwrap_or_default() + "\n"
}

/// A table of the languages, then up to `limit` pages with the work on them.
pub fn translation_table(site: &Site, status: &TranslationStatus, limit: usize) -> String {
    if status.locales.is_empty() {
        return "The site has one language\n".into();
    }
    let mut head = vec!["language".to_owned()];
    head.extend(TranslationState::ALL.map(|state| state.name().to_owned()));
    head.extend(["machine", "done", "new words", "changed words"].map(str::to_owned));
    let mut rows = vec![head];
    for locale in &status.locales {
        let mut row = vec![site.config.locales.get(locale.locale).folder.clone()];
        row.extend(TranslationState::ALL.map(|state| grouped(locale.count(state))));
        row.extend([
            grouped(locale.machine()),
            format!("{} %", locale.percent()),
            grouped(new_words(locale)),
            grouped(changed_words(locale)),
        ]);
        rows.push(row);
    }
    let mut text = aligned(&rows);
    for locale in &status.locales {
        if locale.left_out > 0 {
            text.push_str(&format!(
                "{}: {} not counted, as the site shows no original there or the translation sends readers on to it\n",
                site.config.locales.get(locale.locale).folder,
                counted(locale.left_out, "file")
            ));
        }
    }
    text.push_str(&StatusWriter::new(site).work(status, limit));
    text
}

/// The rows in columns as wide as their widest cells. The first column is left-aligned, the numbers in the others right-aligned.
fn aligned(rows: &[Vec<String>]) -> String {
    let mut widths: Vec<usize> = Vec::new();
    for row in rows {
        widths.resize(widths.len().max(row.len()), 0);
        for (width, cell) in widths.iter_mut().zip(row) {
            // Characters, because `format!` pads by them, too.
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut text = String::new();
    for row in rows {
        for (at, (cell, width)) in row.iter().zip(&widths).enumerate() {
            match at {
                0 => text.push_str(&format!("{cell:width$}")),
                _ => text.push_str(&format!("  {cell:>width$}")),
            }
        }
        text.push('\n');
    }
    text
}

/// The site of a report, and the lines of its sources.
struct StatusWriter<'a> {
    site: &'a Site,
    positions: Positions<'a>,
}

impl<'a> StatusWriter<'a> {
    fn new(site: &'a Site) -> Self {
        StatusWriter {
            site,
            positions: Positions::new(&site.sources),
        }
    }

    fn locale(&mut self, status: &'a LocaleStatus) -> StatusLocale<'a> {
        let locale = self.site.config.locales.get(status.locale);
        let mut counts = BTreeMap::from([("machine_translated", status.machine())]);
        for state in TranslationState::ALL {
            counts.insert(state.name(), status.count(state));
        }
        let mut pages = Vec::with_capacity(status.entries.len());
        for entry in &status.entries {
            pages.push(self.page(entry));
        }
        StatusLocale {
            folder: &locale.folder,
            tag: &locale.tag,
            percent: status.percent(),
            left_out: status.left_out,
            counts,
            words: WordCounts {
                new: new_words(status),
                changed: changed_words(status),
            },
            pages,
        }
    }

    fn page(&mut self, entry: &'a PairStatus) -> StatusPage<'a> {
        let original = entry.pair.original;
        let mut sections = Vec::with_capacity(entry.sections.len());
        for section in &entry.sections {
            sections.push(self.section(entry, section));
        }
        StatusPage {
            path: &entry.pair.path,
            kind: entry.pair.kind.name(),
            state: entry.state.name(),
            machine_translated: entry.machine,
            original: original.map(|id| self.site.source(id).path.as_str()),
            translation: entry.pair.translation_path.as_str(),
            basis: entry.basis.name(),
            edited: entry.edited,
            retired_to: entry.retired_to.as_deref(),
            words: WordCounts {
                new: entry.new_words(),
                changed: entry.changed_words(),
            },
            sections,
        }
    }

    fn section(&mut self, entry: &PairStatus, section: &'a SectionStatus) -> StatusSection<'a> {
        let pair = &entry.pair;
        StatusSection {
            id: &section.id,
            title: &section.title,
            state: section.state.name(),
            how: section.changes.iter().map(|change| change.name()).collect(),
            words: section.words,
            new_words: section.new_words,
            original_line: self.line(pair.original, section.original),
            translation_line: self.line(pair.translation, section.translation),
        }
    }

    /// The line in which a span of a source begins.
    fn line(&mut self, source: Option<SourceId>, span: Option<Span>) -> Option<usize> {
        let start = FileSpan {
            path: self.site.source(source?).path.clone(),
            span: Span::at(span?.start as usize),
        };
        Some(self.positions.region(&start).line)
    }

    /// The pages with work on them and their sections, at most `limit` pages.
    fn work(&mut self, status: &TranslationStatus, limit: usize) -> String {
        let mut text = String::new();
        let mut count = 0;
        for entry in status.locales.iter().flat_map(|locale| &locale.entries) {
            if !has_work(entry) {
                continue;
            }
            count += 1;
            if count <= limit {
                self.push_work(&mut text, entry);
            }
        }
        if count > limit {
            let rest = grouped(count - limit);
            text.push_str(&format!("\nand {rest} more; `--verbose` shows all\n"));
        }
        text
    }

    fn push_work(&mut self, text: &mut String, entry: &PairStatus) {
        let path = &entry.pair.translation_path;
        text.push_str(&format!("\n{path}: {}", description(entry)));
        let words = entry.new_words() + entry.changed_words();
        if words > 0 {
            text.push_str(&format!(" ({})", counted(words, "word")));
        }
        text.push('\n');
        // Its sections are all missing, so naming them would say the same again.
        if entry.state == TranslationState::Missing {
            return;
        }
        for section in &entry.sections {
            if section.changes.is_empty() {
                continue;
            }
            text.push_str(&format!("  {}", section_name(entry, section)));
            if let Some(line) = self.line(entry.pair.original, section.original) {
                text.push_str(&format!(", line {line}"));
            }
            let changes: Vec<&str> = section.changes.iter().map(|change| change.name()).collect();
            text.push_str(&format!(": {}\n", changes.join(", ")));
        }
    }
}

fn has_work(entry: &PairStatus) -> bool {
    match entry.state {
        // A current page can have changes of its markup.
        TranslationState::Current | TranslationState::Unknown => entry
            .sections
            .iter()
            .any(|section| !section.changes.is_empty()),
        _ => true,
    }
}

fn description(entry: &PairStatus) -> String {
    let minor = entry.state == TranslationState::Current;
    let state = if minor {
        "current, but links or marks have changed"
    } else {
        entry.state.name()
    };
    let machine = if entry.machine {
        ", machine-translated"
    } else {
        ""
    };
    let edited = if entry.edited && entry.state == TranslationState::Stale {
        ", worked on since"
    } else {
        ""
    };
    let orphaned = match (&entry.retired_to, entry.state) {
        (Some(target), _) => {
            format!(", its original sends readers on to `{target}`: do the same, or delete it")
        }
        (None, TranslationState::Orphaned) => {
            ", it has no original: delete it, or send readers on with `redirect_url`".to_owned()
        }
        (None, _) => String::new(),
    };
    format!("{state}{machine}{edited}{orphaned}")
}

fn section_name(entry: &PairStatus, section: &SectionStatus) -> String {
    match (section.id.as_str(), section.title.as_str()) {
        (METADATA, _) => "front matter".to_owned(),
        ("", _) => "before the first heading".to_owned(),
        (id, "") if entry.pair.kind == PairKind::Toc => format!("`{id}`"),
        (id, "") => format!("#{id}"),
        (_, title) => format!("“{title}”"),
    }
}

fn new_words(locale: &LocaleStatus) -> usize {
    locale.entries.iter().map(PairStatus::new_words).sum()
}

fn changed_words(locale: &LocaleStatus) -> usize {
    locale.entries.iter().map(PairStatus::changed_words).sum()
}
