//! Sources and the changes of a plan -> the sources as they are once the changes are made, so that a plan can be examined before it is
//! carried out. Reads and writes no disk.

use std::collections::BTreeMap;

use super::edit::FileChange;
use super::{SitePath, Source, Sources};

/// The sources after `changes`: edits and deletions are of the files as they are, moves come after them, as when they are written.
pub fn changed_sources(sources: &Sources, changes: &[FileChange]) -> Sources {
    let mut texts = BTreeMap::new();
    for source in sources.texts() {
        texts.insert(source.path.clone(), source.clone());
    }
    let mut moved: BTreeMap<&SitePath, Option<&SitePath>> = BTreeMap::new();
    for change in changes {
        match change {
            FileChange::Create { path, bytes } => {
                let source = Source::from_bytes(path.clone(), bytes.clone());
                texts.insert(path.clone(), source);
            }
            FileChange::Edit(edit) => {
                let source = Source::from_bytes(edit.path.clone(), edit.after.clone());
                texts.insert(edit.path.clone(), source);
            }
            FileChange::Move { from, to } => {
                moved.insert(from, Some(to));
            }
            FileChange::Delete { path, .. } => {
                moved.insert(path, None);
            }
        }
    }
    let mut new_texts = Vec::with_capacity(texts.len());
    for (path, source) in texts {
        if let Some(path) = place(&moved, &path) {
            new_texts.push(source.with_path(path));
        }
    }
    let (mut assets, mut dimensions) = (Vec::new(), Vec::new());
    for (path, size) in sources.assets() {
        if let Some(new) = place(&moved, path) {
            if let Some(known) = sources.dimensions(path) {
                dimensions.push((new.clone(), known));
            }
            assets.push((new, *size));
        }
    }
    let unreadable = sources.unreadable().clone();
    Sources::new(new_texts, assets, unreadable).with_dimensions(dimensions)
}

/// The new path of a file; nothing if it is removed.
fn place(moved: &BTreeMap<&SitePath, Option<&SitePath>>, path: &SitePath) -> Option<SitePath> {
    match moved.get(path) {
        Some(new) => new.cloned(),
        None => Some(path.clone()),
    }
}
