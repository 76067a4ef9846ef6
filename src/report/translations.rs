//! How far translations are -> a table with what is to be done for people, or JSON for programs. The fields of the JSON are described in the
//! manual; their meaning only changes together with `version`, fields may be added.

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
struct Report<'a> {
    version: u32,
    locales: Vec<Locale<'a>>,
}

#[derive(Serialize)]
struct Locale<'a> {
    folder: &'a str,
    tag: &'a str,
    /// How many of a hundred originals have a translation that isn't behind.
    percent: usize,
    counts: std::collections::BTreeMap<&'a str, usize>,
    words: Words,
    pages: Vec<Page<'a>>,
}

#[derive(Serialize)]
struct Words {
    /// In what is missing, new or still the original.
    new: usize,
    /// In blocks that are new or have other words, of sections that have changed.
    changed: usize,
}

#[derive(Serialize)]
struct Page<'a> {
    path: &'a str,
    kind: &'a str,
    state: &'a str,
    machine_translated: bool,
    /// Relative to the site root.
    original: Option<&'a str>,
    /// The file of the translation, or where it would lie.
    translation: &'a str,
    basis: &'a str,
    edited: bool,
    words: Words,
    sections: Vec<Section<'a>>,
}

#[derive(Serialize)]
struct Section<'a> {
    id: &'a str,
    title: &'a str,
    state: &'a str,
    how: Vec<&'a str>,
    words: usize,
    /// Of these, those in blocks that nobody has translated as they are now.
    new_words: usize,
    original_line: Option<usize>,
    translation_line: Option<usize>,
}

/// Every section of every text in every language.
pub fn translation_json(site: &Site, status: &TranslationStatus) -> String {
    let mut positions = Positions::new(&site.sources);
    let report = Report {
        version: VERSION,
        locales: status
            .locales
            .iter()
            .map(|locale| locale_value(site, locale, &mut positions))
            .collect(),
    };
    // Texts and numbers always are JSON.
    serde_json::to_string_pretty(&report).unwrap_or_default() + "\n"
}

fn locale_value<'a>(
    site: &'a Site,
    status: &'a LocaleStatus,
    positions: &mut Positions<'_>,
) -> Locale<'a> {
    let locale = site.config.locales.get(status.locale);
    let states = TranslationState::ALL
        .iter()
        .map(|state| (state.name(), status.count(*state)));
    Locale {
        folder: &locale.folder,
        tag: &locale.tag,
        percent: status.percent(),
        counts: states
            .chain([("machine_translated", status.machine())])
            .collect(),
        words: Words {
            new: new_words(status),
            changed: changed_words(status),
        },
        pages: status
            .entries
            .iter()
            .map(|entry| page(site, entry, positions))
            .collect(),
    }
}

fn page<'a>(site: &'a Site, entry: &'a PairStatus, positions: &mut Positions<'_>) -> Page<'a> {
    Page {
        path: &entry.pair.path,
        kind: entry.pair.kind.name(),
        state: entry.state.name(),
        machine_translated: entry.machine,
        original: entry.pair.original.map(|id| site.source(id).path.as_str()),
        translation: entry.pair.translation_path.as_str(),
        basis: entry.basis.name(),
        edited: entry.edited,
        words: Words {
            new: entry.new_words(),
            changed: entry.changed_words(),
        },
        sections: entry
            .sections
            .iter()
            .map(|section| section_value(site, entry, section, positions))
            .collect(),
    }
}

fn section_value<'a>(
    site: &Site,
    entry: &PairStatus,
    section: &'a SectionStatus,
    positions: &mut Positions<'_>,
) -> Section<'a> {
    Section {
        id: &section.id,
        title: &section.title,
        state: section.state.name(),
        how: section.changes.iter().map(|how| how.name()).collect(),
        words: section.words,
        new_words: section.new_words,
        original_line: line(site, entry.pair.original, section.original, positions),
        translation_line: line(site, entry.pair.translation, section.translation, positions),
    }
}

fn line(
    site: &Site,
    source: Option<SourceId>,
    span: Option<Span>,
    positions: &mut Positions<'_>,
) -> Option<usize> {
    let path = &site.source(source?).path;
    Some(
        positions
            .region(&FileSpan {
                path: path.clone(),
                span: Span::at(span?.start as usize),
            })
            .line,
    )
}

/// A table of the languages, then up to `limit` texts with what is to be done.
pub fn translation_table(site: &Site, status: &TranslationStatus, limit: usize) -> String {
    if status.locales.is_empty() {
        return "The site has one language\n".into();
    }
    let head = ["language"]
        .into_iter()
        .chain(TranslationState::ALL.map(TranslationState::name))
        .chain(["machine", "done", "new words", "changed words"]);
    let mut rows: Vec<Vec<String>> = vec![head.map(String::from).collect()];
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
    let width = |column: usize| {
        rows.iter()
            .map(|row| row[column].chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..rows[0].len()).map(width).collect();
    let mut text = String::new();
    for row in &rows {
        let numbers = row
            .iter()
            .zip(&widths)
            .skip(1)
            .map(|(cell, width)| format!("  {cell:>width$}"));
        text.push_str(&format!(
            "{:width$}{}\n",
            row[0],
            numbers.collect::<String>(),
            width = widths[0]
        ));
    }
    text.push_str(&work(site, status, limit));
    text
}

/// What is to be done, text by text.
fn work(site: &Site, status: &TranslationStatus, limit: usize) -> String {
    let (mut text, mut positions) = (String::new(), Positions::new(&site.sources));
    let all = status
        .locales
        .iter()
        .flat_map(|locale| &locale.entries)
        .filter(|entry| has_work(entry));
    let count = all.clone().count();
    for entry in all.take(limit) {
        let words = entry.new_words() + entry.changed_words();
        let words = if words > 0 {
            format!(" ({})", counted(words, "word"))
        } else {
            String::new()
        };
        text.push_str(&format!(
            "\n{}: {}{words}\n",
            entry.pair.translation_path,
            described(entry)
        ));
        for section in entry.sections.iter().filter(|section| {
            entry.state != TranslationState::Missing && !section.changes.is_empty()
        }) {
            let how: Vec<&str> = section.changes.iter().map(|how| how.name()).collect();
            let at = line(site, entry.pair.original, section.original, &mut positions)
                .map_or_else(String::new, |line| format!(", line {line}"));
            text.push_str(&format!(
                "  {}{at}: {}\n",
                named(entry, section),
                how.join(", ")
            ));
        }
    }
    if count > limit {
        text.push_str(&format!(
            "\nand {}; `--verbose` shows all\n",
            counted(count - limit, "more text").replace("more texts", "more")
        ));
    }
    text
}

fn has_work(entry: &PairStatus) -> bool {
    entry.state != TranslationState::Current && entry.state != TranslationState::Unknown
        || entry
            .sections
            .iter()
            .any(|section| !section.changes.is_empty())
}

fn described(entry: &PairStatus) -> String {
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
    format!("{state}{machine}{edited}")
}

fn named(entry: &PairStatus, section: &SectionStatus) -> String {
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
