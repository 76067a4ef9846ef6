//! Layout + what documents are called -> the pages, and the names by which references find them: uids and published paths. Of an interface
//! it reads only what [`crate::syntax::document::InterfaceHashes::identity`] covers, so it is reused while titles, links and bodies change.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::Xxh3;

use crate::config::FileKind;
use crate::locale::LocaleId;
use crate::source::{SitePath, SourceId};

use super::homes::{Home, homes};
use super::input::LinkInput;
use super::page_kind::html_path;
use super::pages::Pages;

#[derive(Debug)]
pub(super) struct Names {
    pub pages: Pages,
    /// Where each language with pages begins.
    pub homes: BTreeMap<LocaleId, Home>,
    pub uids: BTreeMap<Box<str>, SourceId>,
    /// The uids that files of several groups have, by group: each group is a version of the documentation with uids of its own.
    group_uids: BTreeMap<(Box<str>, Box<str>), SourceId>,
    /// The uids that several translations of one page have, so that each names none of them.
    pub shared_uids: BTreeSet<Box<str>>,
    /// Pages with a uid that an earlier page has: the later and the earlier one.
    pub uid_repeats: Vec<(SourceId, SourceId)>,
    /// Published path -> source, for addresses that begin with `/`.
    by_output: FxHashMap<SitePath, SitePath>,
    /// What [`Names::hash`] was when these were made.
    pub hash: u128,
}

impl Names {
    pub fn new(input: LinkInput<'_>) -> Self {
        // Both walk over all files, and neither needs the other.
        let (pages, by_output) = rayon::join(|| Pages::new(input), || by_output(input));
        let mut names = Names {
            homes: homes(pages.list(), input),
            pages,
            uids: BTreeMap::new(),
            group_uids: BTreeMap::new(),
            shared_uids: BTreeSet::new(),
            uid_repeats: Vec::new(),
            by_output,
            hash: Names::hash(input),
        };
        names.collect_uids(input);
        names
    }

    /// Equal if the names are: the hash of all they are made of, except the configuration.
    pub fn hash(input: LinkInput<'_>) -> u128 {
        let mut hash = Xxh3::new();
        hash.update(&input.layout.hash.to_le_bytes());
        // Files without an interface count, too: which number a source has depends on them.
        for interface in input.interfaces {
            let identity = match interface {
                Some(interface) => interface.get().hashes().identity,
                None => 0,
            };
            hash.update(&identity.to_le_bytes());
        }
        hash.digest128()
    }

    /// The file that is published at `output`.
    pub fn published_at(&self, output: &SitePath) -> Option<&SitePath> {
        self.by_output.get(output)
    }

    /// The file that a uid names in the group of the file `from`: its own version of the page goes before another one.
    pub fn uid_seen_from(
        &self,
        input: LinkInput<'_>,
        from: SourceId,
        uid: &str,
    ) -> Option<SourceId> {
        let first = self.uids.get(uid).copied();
        // Nearly all sites have no groups.
        if self.group_uids.is_empty() {
            return first;
        }
        let key = (group_of(input, from).into(), uid.into());
        self.group_uids.get(&key).copied().or(first)
    }

    /// All uids with their files, in order; those that several groups have once for each of them.
    pub fn all_uids(&self) -> impl Iterator<Item = (&str, SourceId)> {
        let mut all: Vec<(&str, SourceId)> = Vec::with_capacity(self.uids.len());
        all.extend(self.uids.iter().map(|(uid, id)| (&**uid, *id)));
        if !self.group_uids.is_empty() {
            all.extend(self.group_uids.iter().map(|((_, uid), id)| (&**uid, *id)));
            all.sort();
        }
        all.into_iter()
    }

    /// The smallest path wins a uid that is given twice (DocFX spec 9.3). Translations of one page may share one.
    fn collect_uids(&mut self, input: LinkInput<'_>) {
        for id in input.layout.ids() {
            // A uid of a file that is not published names nothing.
            let Some(set) = self.pages.translation_set_of(id) else {
                continue;
            };
            let Some(uid) = uid(input, id) else {
                continue;
            };
            // In path order, so the first to come has the smallest path.
            match self.uids.get(uid) {
                Some(&first) if self.pages.translation_set_of(first) == Some(set) => {
                    self.shared_uids.insert(uid.into());
                }
                Some(&first) if group_of(input, first) == group_of(input, id) => {
                    self.uid_repeats.push((id, first));
                }
                Some(_) => {
                    let key = (group_of(input, id).into(), uid.into());
                    match self.group_uids.get(&key) {
                        Some(&first) => self.uid_repeats.push((id, first)),
                        None => {
                            self.group_uids.insert(key, id);
                        }
                    }
                }
                None => {
                    self.uids.insert(uid.into(), id);
                }
            }
        }
    }
}

/// The group that a file is published in; an empty name for none.
fn group_of<'a>(input: LinkInput<'a>, id: SourceId) -> &'a str {
    let placed = input.layout.placed(id);
    placed
        .and_then(|placed| placed.group.as_deref())
        .unwrap_or_default()
}

/// The uid in the front matter of a file.
pub(super) fn uid<'a>(input: LinkInput<'a>, id: SourceId) -> Option<&'a str> {
    Some(input.interface(id)?.metadata("uid")?.trim())
}

/// Of files with one output the first counts.
fn by_output(input: LinkInput<'_>) -> FxHashMap<SitePath, SitePath> {
    let mut map = FxHashMap::default();
    for id in input.layout.ids() {
        let Some(placed) = input.layout.placed(id) else {
            continue;
        };
        let output = match input.interface(id) {
            Some(interface) if placed.kind == FileKind::Pages => {
                html_path(&placed.output, interface)
            }
            _ => placed.output.clone(),
        };
        map.entry(output).or_insert_with(|| input.path(id).clone());
    }
    // After the text files: a page goes before an asset of the same name.
    for path in input.layout.assets() {
        if let Some(placed) = input.layout.placed_at(path) {
            map.entry(placed.output.clone())
                .or_insert_with(|| path.clone());
        }
    }
    map
}
