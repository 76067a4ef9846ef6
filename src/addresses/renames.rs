//! The sources of two revisions -> which file of the later one is which file of the earlier one under another path. Found by content, so that it
//! works for moves that are not committed yet, and however they were made.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::{FxHashMap, FxHashSet};
use xxhash_rust::xxh3::xxh3_64;

use crate::source::{SitePath, Source, Sources};

/// The least part of its lines that a file has to share with an earlier one, as with Git's own detection of renames.
const LEAST_SIMILARITY: f64 = 0.5;

/// A line in more files than this says nothing about where one of them came from.
const MOST_FILES_OF_A_LINE: usize = 20;

/// The earlier paths of files that have another path now, with the later one. Each later file is that of at most one earlier one.
pub fn renames(before: &Sources, after: &Sources) -> BTreeMap<SitePath, SitePath> {
    let lost = only_in(before, after);
    let mut new = only_in(after, before);
    let mut found = identical(&lost, &new);
    let taken: BTreeSet<SitePath> = found.values().cloned().collect();
    new.retain(|source| !taken.contains(&source.path));
    let similar = Similarity::of(&new);
    let mut pairs = Vec::new();
    for old in &lost {
        if !found.contains_key(&old.path) {
            pairs.extend(similar.candidates(old));
        }
    }
    // The most similar first. Of equals, the first paths, so that the answer is always the same.
    pairs.sort_by(|a, b| {
        b.2.total_cmp(&a.2)
            .then_with(|| (&a.0, &a.1).cmp(&(&b.0, &b.1)))
    });
    let mut used = BTreeSet::new();
    for (old, new, _) in pairs {
        if !found.contains_key(&old) && used.insert(new.clone()) {
            found.insert(old, new);
        }
    }
    found
}

fn only_in<'s>(sources: &'s Sources, others: &Sources) -> Vec<&'s Source> {
    let mut only = Vec::new();
    for source in sources.texts() {
        if !others.contains(source.path.as_str()) {
            only.push(source);
        }
    }
    only
}

/// Files with the same content. Where several have it, those with the same name belong together.
fn identical(lost: &[&Source], new: &[&Source]) -> BTreeMap<SitePath, SitePath> {
    let mut by_content: FxHashMap<u128, Vec<&SitePath>> = FxHashMap::default();
    for source in new {
        by_content
            .entry(source.content_hash())
            .or_default()
            .push(&source.path);
    }
    let mut found = BTreeMap::new();
    for old in lost {
        let Some(paths) = by_content.get_mut(&old.content_hash()) else {
            continue;
        };
        let same_name = paths
            .iter()
            .position(|path| path.file_name() == old.path.file_name());
        let at = match same_name {
            Some(at) => at,
            None if paths.len() == 1 => 0,
            // Which of them it is, nothing tells.
            None => continue,
        };
        found.insert(old.path.clone(), paths.remove(at).clone());
    }
    found
}

/// The lines of the new files.
struct Similarity<'s> {
    /// By the hash of a line: the numbers of the files that have it.
    files: FxHashMap<u64, Vec<usize>>,
    new: Vec<(&'s Source, usize)>,
}

impl<'s> Similarity<'s> {
    fn of(new: &[&'s Source]) -> Self {
        let mut similarity = Similarity {
            files: FxHashMap::default(),
            new: Vec::new(),
        };
        for (number, source) in new.iter().copied().enumerate() {
            let lines = lines(source);
            similarity.new.push((source, lines.len()));
            for line in lines {
                similarity.files.entry(line).or_default().push(number);
            }
        }
        similarity
    }

    /// The new files that are similar to `old`, with how similar they are.
    fn candidates(&self, old: &Source) -> Vec<(SitePath, SitePath, f64)> {
        let lines = lines(old);
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for line in &lines {
            match self.files.get(line) {
                Some(files) if files.len() <= MOST_FILES_OF_A_LINE => {
                    for file in files {
                        *shared.entry(*file).or_default() += 1;
                    }
                }
                _ => {}
            }
        }
        let mut found = Vec::new();
        for (number, count) in shared {
            let (new, length) = &self.new[number];
            // Of the longer file, otherwise a short one would be similar to each one that contains
            // it.
            let similarity = count as f64 / lines.len().max(*length) as f64;
            // A page never becomes a table of contents, however many lines they share.
            let same_kind = new.path.extension() == old.path.extension();
            if similarity >= LEAST_SIMILARITY && same_kind {
                found.push((old.path.clone(), new.path.clone(), similarity));
            }
        }
        found
    }
}

/// The hashes of the lines that say something.
fn lines(source: &Source) -> FxHashSet<u64> {
    let mut hashes = FxHashSet::default();
    for line in source.text.lines() {
        let line = line.trim();
        // `---`, `}` and the like are in most files.
        if line.len() > 3 {
            hashes.insert(xxh3_64(line.as_bytes()));
        }
    }
    hashes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources(files: &[(&str, &str)]) -> Sources {
        let mut texts = Vec::new();
        for (path, text) in files {
            texts.push(Source::from_text(SitePath::new(path).unwrap(), *text));
        }
        Sources::new(texts, [], [])
    }

    fn renamed(before: &[(&str, &str)], after: &[(&str, &str)]) -> Vec<String> {
        let mut all = Vec::new();
        for (old, new) in renames(&sources(before), &sources(after)) {
            all.push(format!("{old} -> {new}"));
        }
        all
    }

    #[test]
    fn files_are_recognised_by_their_content() {
        let (a, b) = (
            "# Avtale\nførste linje\nandre linje\n",
            "# Salg\nnoe helt annet\n",
        );
        assert_eq!(
            renamed(&[("a.md", a), ("b.md", b)], &[("x/a.md", a), ("b.md", b)]),
            ["a.md -> x/a.md"]
        );
        let edited = "# Avtale\nførste linje\nny linje\n";
        assert_eq!(
            renamed(&[("a.md", a)], &[("c.md", edited), ("d.md", b)]),
            ["a.md -> c.md"]
        );
        // Two equal files, of which one has the name.
        assert_eq!(
            renamed(&[("a.md", a)], &[("x/b.md", a), ("y/a.md", a)]),
            ["a.md -> y/a.md"]
        );
    }

    #[test]
    fn what_is_not_certain_is_no_rename() {
        let a = "# Avtale\nførste linje\nandre linje\n";
        let none: [&str; 0] = [];
        assert_eq!(
            renamed(&[("a.md", a)], &[("x.md", "# Salg\nnoe helt annet\n")]),
            none
        );
        assert_eq!(
            renamed(&[("a.md", a)], &[("x.md", a), ("y.md", a)]).len(),
            1
        );
        assert_eq!(
            renamed(&[("a.md", a)], &[("a.md", "nytt"), ("y.md", a)]),
            none
        );
        assert_eq!(renamed(&[("a.md", a)], &[("a.yml", a)]), ["a.md -> a.yml"]);
    }
}
