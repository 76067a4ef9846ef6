//! What an import has done -> JSON, so that a program can send again what was rejected. The manual describes the fields; a change of their
//! meaning changes `version`, fields may be added.

use serde::Serialize;

use crate::exchange::Imported;
use crate::exchange::import::UnitReport;

const VERSION: u32 = 1;

#[derive(Serialize)]
struct ImportReport<'a> {
    version: u32,
    file: &'a str,
    dry_run: bool,
    /// How many translations are in the files now that weren't before.
    imported: usize,
    unchanged: usize,
    untranslated: usize,
    files: Vec<ReportFile<'a>>,
    rejected: Vec<ReportUnit<'a>>,
    typed_markup: Vec<ReportUnit<'a>>,
    incomplete: Vec<ReportGroup<'a>>,
    /// Why sections are still out of date.
    open: Vec<&'a str>,
}

#[derive(Serialize)]
struct ReportFile<'a> {
    path: &'a str,
    imported: usize,
    is_new: bool,
}

#[derive(Serialize)]
struct ReportUnit<'a> {
    line: usize,
    id: &'a str,
    path: &'a str,
    words: &'a str,
    reason: &'a str,
    help: &'a str,
}

#[derive(Serialize)]
struct ReportGroup<'a> {
    path: &'a str,
    translated: usize,
    needed: usize,
}

/// The report of the import of one file; `open` are the reasons why sections are still out of date.
pub fn import_json(file: &str, imported: &Imported, open: &[String], dry_run: bool) -> String {
    let mut files = Vec::new();
    let mut count = 0;
    for file in &imported.files {
        count += file.translated;
        files.push(ReportFile {
            path: file.path.as_str(),
            imported: file.translated,
            is_new: file.is_new(),
        });
    }
    let mut incomplete = Vec::new();
    for group in &imported.incomplete {
        incomplete.push(ReportGroup {
            path: group.path.as_str(),
            translated: group.translated,
            needed: group.needed,
        });
    }
    let report = ImportReport {
        version: VERSION,
        file,
        dry_run,
        imported: count,
        unchanged: imported.unchanged,
        untranslated: imported.untranslated,
        files,
        rejected: imported.rejected.iter().map(report_unit).collect(),
        typed_markup: imported.typed_markup.iter().map(report_unit).collect(),
        incomplete,
        open: open.iter().map(|reason| reason.trim_end()).collect(),
    };
    // Serialization of strings and numbers can't fail.
    serde_json::to_string_pretty(&report).unwrap_or_default() + "\n"
}

fn report_unit(unit: &UnitReport) -> ReportUnit<'_> {
    ReportUnit {
        line: unit.line,
        id: &unit.unit,
        path: &unit.path,
        words: &unit.words,
        reason: &unit.message,
        help: &unit.help,
    }
}
