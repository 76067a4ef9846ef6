//! Entries of tables of contents for a page that goes -> the edits that remove them. An entry with entries inside stays as their heading.

use crate::site::{LinkedDocument, Site};
use crate::source::edit::Edit;
use crate::source::{Source, SourceId, Span};
use crate::syntax::toc::TocEntry;
use crate::syntax::{Body, RefId};

use super::lines::{line_at, shown};
use super::retired::Retired;

/// Adds the edits, and notes which entries can't be removed.
pub(super) fn add_edits(
    site: &Site,
    retired: &Retired,
    edits: &mut Vec<Edit>,
    notes: &mut Vec<String>,
) {
    for (id, linked) in site.documents() {
        let Body::Toc(toc) = &linked.document.body else {
            continue;
        };
        let mut remover = EntryRemover {
            site,
            retired,
            id,
            linked,
            edits,
            notes,
        };
        remover.entries(&toc.entries);
    }
}

struct EntryRemover<'a> {
    site: &'a Site,
    retired: &'a Retired,
    id: SourceId,
    linked: LinkedDocument<'a>,
    edits: &'a mut Vec<Edit>,
    notes: &'a mut Vec<String>,
}

impl EntryRemover<'_> {
    fn entries(&mut self, entries: &[TocEntry]) {
        for entry in entries {
            self.entries(&entry.children);
            for reference in [entry.href, entry.topic(), entry.uid].into_iter().flatten() {
                if self.is_retired(reference) {
                    self.remove(entry, reference);
                    break;
                }
            }
        }
    }

    fn is_retired(&self, reference: RefId) -> bool {
        let target = self.linked.targets.get(reference as usize);
        target.is_some_and(|target| self.retired.is_target(target))
    }

    fn remove(&mut self, entry: &TocEntry, reference: RefId) {
        let source = self.site.source(self.id);
        let address = self.linked.document.refs[reference as usize].target_span;
        let span = match source.path.has_extension("md") {
            true => in_markdown(source, entry, address),
            false => in_yaml(source, entry, address),
        };
        match span {
            Some((span, text)) => self.edits.push(Edit::new(&source.path, span, text)),
            None => self.notes.push(shown(source, address)),
        }
    }
}

/// The line of an entry; only its link, if there are entries inside.
fn in_markdown(source: &Source, entry: &TocEntry, address: Span) -> Option<(Span, String)> {
    let line = line_at(&source.text, address.start as usize);
    if entry.children.is_empty() {
        return Some((line, String::new()));
    }
    let typed = line.of(&source.text);
    let start = line.start as usize + typed.find('[')?;
    let end = address.end as usize + source.text.get(address.end as usize..)?.find(')')? + 1;
    Some((Span::new(start, end), entry.name.as_deref()?.to_owned()))
}

/// The lines of an entry in block style; only that of its address, if there are entries inside.
fn in_yaml(source: &Source, entry: &TocEntry, address: Span) -> Option<(Span, String)> {
    let text = &*source.text;
    let start = entry.span.start as usize;
    let first = line_at(text, start);
    let dash = text.get(first.start as usize..start)?;
    let is_block = dash.trim_end().ends_with('-') && dash.trim().len() == 1;
    if !is_block {
        return None;
    }
    if !entry.children.is_empty() {
        let line = line_at(text, address.start as usize);
        // The key beside the dash holds the entry together.
        return (line.start != first.start).then(|| (line, String::new()));
    }
    let end = text[..entry.span.end as usize].trim_end().len().max(start);
    let last = line_at(text, end.saturating_sub(1));
    Some((
        Span {
            start: first.start,
            end: last.end,
        },
        String::new(),
    ))
}
