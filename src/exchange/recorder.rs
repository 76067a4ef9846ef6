//! What an import has settled -> what the lock file of the language records, and why sections are still out of date. Writes no files.

use crate::source::Source;
use crate::translation::acceptance::accepted_records;
use crate::translation::lock_file::LockEntry;
use crate::translation::section_record::SectionRecord;
use crate::translation::sections::own_words_hash;
use crate::translation::{LockFiles, sections};

use super::context::ExchangeContext;
use super::imported::Imported;
use super::outcome::FileOutcome;

/// Records in the lock file of a language what an import has settled.
pub struct OutcomeRecorder<'a> {
    /// The site before the import.
    context: ExchangeContext<'a>,
    /// With what was recorded so far.
    pub lock_files: LockFiles,
    /// Why sections are still out of date, a line each.
    pub open: Vec<String>,
}

impl<'a> OutcomeRecorder<'a> {
    /// Begins with what the lock files record before the import.
    pub fn new(context: ExchangeContext<'a>, lock_files: LockFiles) -> OutcomeRecorder<'a> {
        OutcomeRecorder {
            context,
            lock_files,
            open: Vec::new(),
        }
    }

    /// Records one of the outcomes of `imported`.
    pub fn record(&mut self, outcome: &FileOutcome, imported: &Imported) {
        let ExchangeContext { site, dialect, .. } = self.context;
        let Some(linked) = site.linked(outcome.original) else {
            return;
        };
        let original = sections(linked.document, &site.source(outcome.original).text);
        let before = site.sources.find(outcome.path.as_str());
        let mut earlier: &[SectionRecord] = &[];
        let mut has_baseline = before.is_none();
        // For translations without an entry in the lock file, history knows what they followed before.
        if let Some(followed) = before.and_then(|id| self.context.followed.get(&id)) {
            earlier = &followed.sections;
            has_baseline = true;
        }
        let (records, open) = accepted_records(earlier, &original, &outcome.acceptance);
        for section in &open {
            if let Some(reason) = outcome.reason(section) {
                self.open.push(format!("{}: {reason}\n", outcome.path));
            }
        }
        // Without a baseline, an entry for some sections would mean that the translation lacks the others.
        let is_settled = outcome.is_settled() && (has_baseline || open.is_empty());
        if !is_settled {
            return;
        }
        let changed = imported.files.iter().find(|file| file.path == outcome.path);
        let own_words = match (changed, before) {
            (Some(file), _) => {
                let source = Source::from_bytes(file.path.clone(), file.bytes().to_vec());
                own_words_hash(&source, dialect)
            }
            (None, Some(id)) => own_words_hash(site.source(id), dialect),
            (None, None) => return,
        };
        let entry = LockEntry {
            own_words,
            sections: records,
        };
        self.lock_files
            .record(self.context.locale, &outcome.path, entry);
    }
}
