//! `hjelp list`: a site -> what is in it, one line each, for scripts and for a look. Columns are separated by tabs; with `--format json` each line
//! is an object. Knows the graph; reports no problems.

use clap::{Args, ValueEnum};
use serde_json::{Map, Value};

use super::exit_status::{CommandError, ExitStatus};
use super::site_args::SiteArgs;
use super::terminal::Terminal;
use crate::site::Site;
use crate::site::pages::Origin;

/// List the pages, languages, includes or uids of the site
#[derive(Debug, Args)]
// It reports no problems, so there is nothing to be strict about.
#[command(mut_arg("strict", |argument| argument.hide(true)))]
pub(super) struct List {
    /// What to list
    what: Listed,

    #[command(flatten)]
    root: SiteArgs,

    /// The output format
    #[arg(long, default_value = "text")]
    format: ListFormat,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Listed {
    /// Output path, language, source, title
    Pages,
    /// Folder, tag, name, number of pages of its own
    Languages,
    /// Path, number of files that include it
    Includes,
    /// Uid, source
    Uids,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ListFormat {
    Text,
    Json,
}

/// A line: its values, in the order of the columns.
type Row = Vec<String>;

impl List {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<ExitStatus, CommandError> {
        let snapshot = self.root.open(&[], terminal)?;
        let site = &snapshot.site;
        let (columns, rows): (&[&str], Vec<Row>) = match self.what {
            Listed::Pages => (&["page", "language", "source", "title"], pages(site)),
            Listed::Languages => (&["folder", "tag", "name", "pages"], languages(site)),
            Listed::Includes => (&["path", "uses"], includes(site)),
            Listed::Uids => (&["uid", "source"], uids(site)),
        };
        let mut text = String::new();
        for row in rows {
            text.push_str(&match self.format {
                ListFormat::Text => row.join("\t"),
                ListFormat::Json => object(columns, row),
            });
            text.push('\n');
        }
        terminal.print_output(&text);
        Ok(ExitStatus::default())
    }
}

fn object(columns: &[&str], row: Row) -> String {
    let mut map = Map::new();
    for (column, value) in columns.iter().zip(row) {
        map.insert((*column).to_owned(), Value::String(value));
    }
    Value::Object(map).to_string()
}

fn pages(site: &Site) -> Vec<Row> {
    let mut rows = Vec::new();
    for page in site.pages() {
        if !page.kind.has_content() {
            continue;
        }
        rows.push(vec![
            page.output.to_string(),
            site.config.locales.get(page.locale).folder.clone(),
            site.source(page.source).path.to_string(),
            // A tab would begin another column.
            site.title(page.source).replace(['\t', '\n'], " "),
        ]);
    }
    // By address, not by number, so that a diff of two lists shows what came and went.
    rows.sort();
    rows
}

fn languages(site: &Site) -> Vec<Row> {
    let locales = &site.config.locales;
    let mut rows = Vec::new();
    for id in locales.ids() {
        let locale = locales.get(id);
        let mut count = 0;
        for page in site.pages() {
            let is_own = page.locale == id && page.origin == Origin::Translated;
            count += usize::from(is_own && page.kind.has_content());
        }
        rows.push(vec![
            locale.folder.clone(),
            locale.tag.clone(),
            locale.name.to_string(),
            count.to_string(),
        ]);
    }
    rows
}

fn includes(site: &Site) -> Vec<Row> {
    let mut rows = Vec::new();
    for id in site.sources.ids() {
        let uses = site.includers(id).len();
        if uses > 0 {
            rows.push(vec![site.source(id).path.to_string(), uses.to_string()]);
        }
    }
    rows.sort();
    rows
}

fn uids(site: &Site) -> Vec<Row> {
    let mut rows = Vec::new();
    for (uid, id) in site.uids() {
        rows.push(vec![uid.to_owned(), site.source(id).path.to_string()]);
    }
    rows.sort();
    rows
}
