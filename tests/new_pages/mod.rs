//! New pages: each file of `tests/new_pages` holds a site, the page that is wanted, and every file that is new or different afterwards, byte for
//! byte.
//!
//! `<<< new` is the page: `path | title | no en`, in the default language if it names none. `<<< file path` is what the file is afterwards,
//! `<<< refused` why there is no page.

use std::collections::BTreeMap;

use hjelp::refactor::{NewPage, new_page};
use hjelp::source::edit::combine_edits;
use hjelp::workspace::Snapshot;

use super::support::text_site::{TextBlock, TextCase};

/// Makes the page and writes down what became of it.
pub fn run(_: &str, cases: &mut [TextCase]) -> Vec<String> {
    let [case] = cases else {
        return vec!["a file of new pages is a single case".to_owned()];
    };
    let snapshot = match Snapshot::new(case.site()) {
        Ok(snapshot) => snapshot,
        Err((_, problems)) => return vec![format!("{problems:?}")],
    };
    let mut files = BTreeMap::new();
    match new_page(&snapshot.site, &order(case, &snapshot)) {
        Err(refusal) => {
            let why = format!("{}; {}\n", refusal.message, refusal.help);
            files.insert("refused".to_owned(), why);
        }
        Ok(change) => {
            let repairs = combine_edits(
                change.fixes.iter().map(|fix| fix.edits.as_slice()),
                &snapshot.site.sources,
            );
            assert_eq!(repairs.skipped, 0);
            for file in change.files {
                files.insert(format!("file {}", file.path), file.text);
            }
            for file in repairs.files {
                let text = String::from_utf8(file.after).unwrap();
                files.insert(format!("file {}", file.path), text);
            }
        }
    }
    write_down(case, files);
    Vec::new()
}

fn order(case: &TextCase, snapshot: &Snapshot) -> NewPage {
    let block = case.expectations().find(|block| block.kind() == "new");
    let mut words = block.unwrap().lines[0].split('|').map(str::trim);
    let mut next = || words.next().unwrap_or_default().to_owned();
    let (path, title, folders) = (next(), next(), next());
    let mut locales = Vec::new();
    for folder in folders.split_whitespace() {
        locales.push(snapshot.site.config.locales.by_folder(folder).unwrap());
    }
    NewPage {
        path,
        title,
        locales,
        today: jiff::civil::date(2026, 3, 14),
    }
}

/// Replaces what is expected, keyed by the kind and path of the expectation.
fn write_down(case: &mut TextCase, mut files: BTreeMap<String, String>) {
    let mut blocks = Vec::new();
    for mut block in std::mem::take(&mut case.blocks) {
        if !block.is_source() && block.kind() != "new" {
            let key = format!("{} {}", block.kind(), block.path_and_words().0);
            let Some(text) = files.remove(key.trim()) else {
                continue;
            };
            if block.text() != text {
                block.set_text(&text);
            }
        }
        blocks.push(block);
    }
    for (key, text) in files {
        blocks.push(TextBlock::new(&format!("<<< {key}"), &text));
    }
    case.blocks = blocks;
}
