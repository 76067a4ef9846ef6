//! `hjelp translation status`: which pages each language has and lacks, as a table or as JSON.

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::selection::Selection;
use crate::cli::outcome::{Failure, Outcome};
use crate::cli::terminal::Terminal;
use crate::site::Site;
use crate::source::SourceId;
use crate::translation::{LocaleStatus, State, status};

/// Say which pages each language has, lacks, or has untranslated
#[derive(Debug, Args)]
pub(super) struct Status {
    #[command(flatten)]
    selection: Selection,

    /// How to say it
    #[arg(long, value_enum, default_value_t)]
    format: Format,

    /// Fail if fewer than N of a hundred pages are translated in any language
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(0..=100))]
    fail_under: Option<u8>,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Format {
    /// A table
    #[default]
    Table,
    /// Every page of every language
    Json,
}

impl Status {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        let (root, files) = self.selection.resolve()?;
        let site = root.open(&[], terminal)?.site;
        let mut locales = status(&site).locales;
        for locale in &mut locales {
            let takes = |id: Option<SourceId>| id.is_some_and(|id| files.take(&site.source(id).path));
            locale.entries.retain(|entry| takes(entry.original) || takes(entry.translation));
        }
        terminal.answer(&match self.format {
            Format::Table => table(&site, &locales),
            Format::Json => format!("{:#}\n", json!({ "locales": locales.iter().map(|one| value(&site, one)).collect::<Vec<_>>() })),
        });
        let behind = locales.iter().filter(|one| self.fail_under.is_some_and(|least| one.percent() < usize::from(least))).count();
        Ok(Outcome { errors: behind, ..Outcome::default() })
    }
}

fn table(site: &Site, locales: &[LocaleStatus]) -> String {
    if locales.is_empty() {
        return "the site has one language\n".into();
    }
    let mut rows =
        vec![["language"].into_iter().chain(State::ALL.map(State::name)).chain(["done", "words left"]).map(String::from).collect()];
    for one in locales {
        let mut row = vec![site.config.locales.get(one.locale).folder.clone()];
        row.extend(State::ALL.map(|state| one.count(state).to_string()));
        row.extend([format!("{} %", one.percent()), one.words_left().to_string()]);
        rows.push(row);
    }
    let width = |column: usize| rows.iter().map(|row: &Vec<String>| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..rows[0].len()).map(width).collect();
    let line = |row: &Vec<String>| {
        let numbers = row.iter().zip(&widths).skip(1).map(|(cell, width)| format!("  {cell:>width$}"));
        format!("{:width$}{}\n", row[0], numbers.collect::<String>(), width = widths[0])
    };
    rows.iter().map(line).collect()
}

fn value(site: &Site, one: &LocaleStatus) -> Value {
    let locale = site.config.locales.get(one.locale);
    let file = |id: Option<SourceId>| id.map(|id| site.source(id).path.to_string());
    let pages = one.entries.iter().map(|entry| {
        let (original, translation) = (file(entry.original), file(entry.translation));
        json!({ "path": entry.path, "state": entry.state.name(), "original": original, "translation": translation, "words": entry.words })
    });
    json!({
        "folder": locale.folder,
        "tag": locale.tag,
        "percent": one.percent(),
        "words_left": one.words_left(),
        "pages": pages.collect::<Vec<_>>(),
    })
}
