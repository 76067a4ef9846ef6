//! Translations and the paths of their originals -> the text each original had when the translation was last edited, section by section.
//! What makes two versions of a text the same is known to `translation`.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::command::GitError;
use super::history::{Blobs, CommittedChange, FolderHistory};
use crate::source::{SitePath, Source};
use crate::syntax::Dialect;
use crate::translation::section_basis::{TranslatedVersion, followed_text};
use crate::translation::sections::own_words_hash;

/// A translation and its original as they are now.
#[derive(Debug, Clone, Copy)]
pub struct TranslationPair<'a> {
    /// The translation.
    pub translation: &'a Source,
    /// The original.
    pub original: &'a Source,
}

/// What history tells of the originals of translations, by the paths of these. Those of which it tells nothing were never committed: their
/// translators have just seen the original.
#[derive(Debug, Default)]
pub struct TranslatedOriginals {
    /// The original as it was when the translation was edited.
    pub texts: BTreeMap<SitePath, Source>,
    /// Translations that may be older than the oldest commit of a shallow clone. Their originals are those of that commit.
    pub at_boundary: BTreeSet<SitePath>,
    /// Translations that are in another repository than their originals.
    pub elsewhere: BTreeSet<SitePath>,
    /// Translations of which the repository lacks texts.
    pub lacking: BTreeSet<SitePath>,
}

/// A translation with the commits that touched it, newest first. The first of them may be the file on disk, which is no commit.
struct Candidate<'h> {
    pair: usize,
    is_edited: bool,
    changes: Vec<&'h CommittedChange>,
}

/// What is known of one translation.
enum Found {
    Text(Source),
    AtBoundary(Source),
    Lacking,
}

impl FolderHistory {
    /// For each translation that Git knows, its original as of the last commit that changed the translation's words; of sections whose words
    /// are older, as of the commit that changed those.
    pub fn originals_when_translated(
        &self,
        pairs: &[TranslationPair<'_>],
        dialect: Dialect,
    ) -> Result<TranslatedOriginals, GitError> {
        let mut originals = TranslatedOriginals::default();
        let mut candidates = Vec::new();
        for (at, pair) in pairs.iter().enumerate() {
            let path = &pair.translation.path;
            if self.is_elsewhere(path) != self.is_elsewhere(&pair.original.path)
                || self.is_elsewhere(path)
            {
                originals.elsewhere.insert(path.clone());
                continue;
            }
            let mut changes = self.changes_of(path);
            // If the original has not changed since the translation began, it is the same at all commits of the translation.
            if let Some(first) = changes.last().copied()
                && !self
                    .changes_of(&pair.original.path)
                    .iter()
                    .any(|change| change.commit < first.commit)
            {
                changes = vec![first];
            }
            if !changes.is_empty() {
                candidates.push(Candidate {
                    pair: at,
                    is_edited: false,
                    changes,
                });
            }
        }
        let search = EditSearch {
            history: self,
            pairs,
            dialect,
        };
        let candidates = search.with_edits_on_disk(candidates)?;
        let objects = search.objects(&candidates);
        let blobs = self.blobs(objects.iter().map(String::as_str))?;
        let found: Vec<(usize, Found)> = candidates
            .par_iter()
            .filter_map(|candidate| Some((candidate.pair, search.found(candidate, &blobs)?)))
            .collect();
        for (pair, found) in found {
            let path = pairs[pair].translation.path.clone();
            match found {
                Found::Text(text) => _ = originals.texts.insert(path, text),
                Found::AtBoundary(text) => {
                    originals.at_boundary.insert(path.clone());
                    originals.texts.insert(path, text);
                }
                Found::Lacking => _ = originals.lacking.insert(path),
            }
        }
        Ok(originals)
    }
}

struct EditSearch<'a> {
    history: &'a FolderHistory,
    pairs: &'a [TranslationPair<'a>],
    dialect: Dialect,
}

impl EditSearch<'_> {
    /// Notes which translations have other words on disk than in the last commit.
    fn with_edits_on_disk<'h>(
        &self,
        mut candidates: Vec<Candidate<'h>>,
    ) -> Result<Vec<Candidate<'h>>, GitError> {
        let mut objects = Vec::new();
        for candidate in &candidates {
            let translation = self.pairs[candidate.pair].translation;
            objects.push(self.history.head_object(&translation.path));
        }
        let head = self.history.blobs(objects.iter().map(String::as_str))?;
        candidates
            .par_iter_mut()
            .zip(&objects)
            .for_each(|(candidate, object)| {
                let translation = self.pairs[candidate.pair].translation;
                candidate.is_edited = match head.get(object) {
                    // Most files are equal byte for byte, and then need not be parsed.
                    Some(bytes) if translation.text.as_bytes() == bytes => false,
                    Some(bytes) => {
                        let committed = version(translation, bytes);
                        self.words(translation) != self.words(&committed)
                    }
                    None => true,
                };
            });
        Ok(candidates)
    }

    fn words(&self, source: &Source) -> u64 {
        own_words_hash(source, self.dialect)
    }

    /// The names of all texts that are needed: those of the translations, and of their originals at those commits.
    fn objects(&self, candidates: &[Candidate<'_>]) -> BTreeSet<String> {
        let mut objects = BTreeSet::new();
        for candidate in candidates {
            let original = &self.pairs[candidate.pair].original.path;
            for change in &candidate.changes {
                objects.insert(change.after.clone());
                objects.extend(self.history.objects_at(change.commit, original));
            }
        }
        objects
    }

    /// None if the original hasn't changed since the translation was last edited on disk.
    fn found(&self, candidate: &Candidate<'_>, blobs: &Blobs) -> Option<Found> {
        let pair = self.pairs[candidate.pair];
        let mut versions: Vec<TranslatedVersion> = Vec::new();
        let mut words = self.words(pair.translation);
        let mut is_at_boundary = false;
        if candidate.is_edited {
            versions.push(TranslatedVersion {
                translation: pair.translation.clone(),
                original: pair.original.clone(),
            });
        }
        // From the newest to the oldest. A commit that only moves a translation, or fixes a link in it, is not the one that translated it: of
        // commits with the same words the oldest counts.
        for change in &candidate.changes {
            let Some(bytes) = blobs.get(&change.after) else {
                return Some(Found::Lacking);
            };
            let translation = version(pair.translation, bytes);
            let Some(original) = self.original_at(change, pair, blobs) else {
                return Some(Found::Lacking);
            };
            let version_words = self.words(&translation);
            let version = TranslatedVersion {
                translation,
                original,
            };
            match versions.last_mut() {
                Some(last) if version_words == words => *last = version,
                _ => versions.push(version),
            }
            words = version_words;
            is_at_boundary = self.history.is_boundary(change.commit);
        }
        let text = followed_text(&versions, self.dialect)?;
        // Whether sections that are as old as the first commit are older can't be known.
        if is_at_boundary {
            return Some(Found::AtBoundary(text));
        }
        Some(Found::Text(text))
    }

    fn original_at(
        &self,
        change: &CommittedChange,
        pair: TranslationPair<'_>,
        blobs: &Blobs,
    ) -> Option<Source> {
        for object in self.history.objects_at(change.commit, &pair.original.path) {
            if let Some(bytes) = blobs.get(&object) {
                return Some(version(pair.original, bytes));
            }
        }
        // An original that was never committed is as old as the translation.
        if self.history.changes_of(&pair.original.path).is_empty() {
            return Some(pair.original.clone());
        }
        None
    }
}

/// An earlier text of a file.
fn version(source: &Source, bytes: &[u8]) -> Source {
    Source::from_bytes(source.path.clone(), bytes.to_vec())
}
