//! A plan that was carried out, or would be -> what it changes, as sentences or as JSON. Writes nothing.

use serde::Serialize;

use crate::refactor::ChangePlan;
use crate::source::edit::{FileChange, FileEdit};
use crate::source::{LineIndex, Sources};

/// What is reported.
#[derive(Debug, Clone, Copy)]
pub(super) struct PlanReport<'p> {
    pub plan: &'p ChangePlan,
    /// The files before the plan.
    pub sources: &'p Sources,
    pub dry_run: bool,
}

/// The sentences, of which each list has at most `most`.
pub(super) fn text(report: PlanReport<'_>, most: usize) -> String {
    let mut lines = Vec::new();
    let verbs = match report.dry_run {
        true => ["Would move", "Would create", "Would delete"],
        false => ["Moved", "Created", "Deleted"],
    };
    let [moved, created, deleted] = verbs;
    for change in &report.plan.changes {
        match change {
            FileChange::Move { from, to } => lines.push(format!("{moved} {from} to {to}\n")),
            FileChange::Create { path, .. } => lines.push(format!("{created} {path}\n")),
            FileChange::Delete { path, .. } => lines.push(format!("{deleted} {path}\n")),
            FileChange::Edit(_) => {}
        }
    }
    let rest = lines.len().saturating_sub(most);
    lines.truncate(most);
    let mut out: String = lines.concat();
    if rest > 0 {
        out.push_str(&format!("... and {rest} more files\n"));
    }
    out.push_str(&format!(
        "{} rewritten, {} added\n",
        count(report.plan.references, "reference", "references"),
        count(report.plan.redirects, "redirect", "redirects"),
    ));
    for note in &report.plan.notes {
        out.push_str(&format!("Left to do: {note}\n"));
    }
    out
}

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// The plan as one object.
#[derive(Debug, Serialize)]
struct PlanRecord<'p> {
    applied: bool,
    changes: Vec<ChangeRecord<'p>>,
    references: usize,
    redirects: usize,
    left: &'p [String],
}

#[derive(Debug, Serialize)]
#[serde(tag = "change", rename_all = "lowercase")]
enum ChangeRecord<'p> {
    Create {
        file: &'p str,
    },
    Edit {
        file: &'p str,
        edits: Vec<EditRecord<'p>>,
    },
    Move {
        file: &'p str,
        to: &'p str,
    },
    Delete {
        file: &'p str,
    },
}

/// One edit: where it begins, and the text before and after it.
#[derive(Debug, Serialize)]
struct EditRecord<'p> {
    line: usize,
    column: usize,
    old: &'p str,
    new: &'p str,
}

pub(super) fn json(report: PlanReport<'_>) -> String {
    let mut changes = Vec::new();
    for change in &report.plan.changes {
        changes.push(match change {
            FileChange::Create { path, .. } => ChangeRecord::Create {
                file: path.as_str(),
            },
            FileChange::Edit(edit) => ChangeRecord::Edit {
                file: edit.path.as_str(),
                edits: edits(edit, report.sources),
            },
            FileChange::Move { from, to } => ChangeRecord::Move {
                file: from.as_str(),
                to: to.as_str(),
            },
            FileChange::Delete { path, .. } => ChangeRecord::Delete {
                file: path.as_str(),
            },
        });
    }
    let record = PlanRecord {
        applied: !report.dry_run,
        changes,
        references: report.plan.references,
        redirects: report.plan.redirects,
        left: &report.plan.notes,
    };
    // A list of plain records can always be written.
    let mut out = serde_json::to_string_pretty(&record).unwrap_or_default();
    out.push('\n');
    out
}

fn edits<'p>(file: &'p FileEdit, sources: &'p Sources) -> Vec<EditRecord<'p>> {
    let mut records = Vec::new();
    let Some(id) = sources.find(file.path.as_str()) else {
        return records;
    };
    let text = &sources.get(id).text;
    let lines = LineIndex::new(text);
    for edit in &file.edits {
        let position = lines.position(text, edit.span.start as usize);
        records.push(EditRecord {
            line: position.line,
            column: position.column,
            old: text.get(edit.span.range()).unwrap_or_default(),
            new: &edit.replacement,
        });
    }
    records
}
