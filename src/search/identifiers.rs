//! Names in code -> the words in them: `GetSystemUserTicket` is also found by *ticket*, as names with `_` or `.` are already. Where a name is
//! comes from the index; what is made here says only which words lead to it.

use super::page_batch::PageBatch;
use super::stem::StemRules;
use super::stem_groups::{Groups, find};
use super::tokenize::{Folding, fold};

/// The groups of names in code, each with the stems of its parts.
pub(super) fn of(
    batches: &[PageBatch],
    groups: &Groups<'_>,
    folding: Folding,
) -> Vec<(String, Vec<String>)> {
    let mut found = Vec::new();
    for batch in batches {
        for (language, lists) in &batch.lists {
            let rules = StemRules::of(language);
            for (name, parts) in lists.identifiers() {
                let key = fold(&rules.stem(name), folding);
                if find(groups, &key).is_none() {
                    continue;
                }
                let mut stems = Vec::with_capacity(parts.len());
                for part in parts {
                    stems.push(fold(&rules.stem(part), folding));
                }
                found.push((key, stems));
            }
        }
    }
    // Several batches know the same name, and the maps have no order.
    found.sort_unstable();
    found.dedup();
    found
}
