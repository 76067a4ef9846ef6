//! Sources -> [`Paths`]: which files there are and roughly how large they are, without what is in them. The graph of a site is built from
//! these, so it cannot depend on the text of a file.

use xxhash_rust::xxh3::Xxh3;

use crate::source::{SitePath, SourceId, Sources};

/// The paths of all files below the site root.
#[derive(Clone, Copy)]
pub(super) struct Paths<'a> {
    sources: &'a Sources,
}

impl<'a> Paths<'a> {
    pub fn of(sources: &'a Sources) -> Self {
        Paths { sources }
    }

    /// The text files in path order.
    pub fn texts(self) -> impl ExactSizeIterator<Item = &'a SitePath> {
        self.sources.texts().iter().map(|source| &source.path)
    }

    /// The numbers of the text files.
    pub fn ids(self) -> impl Iterator<Item = SourceId> {
        self.sources.ids()
    }

    /// The files that are not text.
    pub fn assets(self) -> impl ExactSizeIterator<Item = &'a SitePath> {
        self.sources.assets().keys()
    }

    /// The files that exist, but could not be read.
    pub fn unreadable(self) -> impl ExactSizeIterator<Item = &'a SitePath> {
        self.sources.unreadable().keys()
    }

    /// Roughly how many bytes each text file has.
    pub fn rough_sizes(self) -> Vec<usize> {
        let texts = self.sources.texts().iter();
        texts.map(|source| rough_size(source.text.len())).collect()
    }

    /// Equal for equal paths only.
    pub fn hash(self) -> u128 {
        let mut hash = Xxh3::new();
        // Without the counts, a file that becomes an asset would change nothing.
        let counts = [
            self.texts().len(),
            self.assets().len(),
            self.unreadable().len(),
        ];
        for count in counts {
            hash.update(&count.to_le_bytes());
        }
        for path in self.texts().chain(self.assets()).chain(self.unreadable()) {
            hash.update(path.as_str().as_bytes());
            // No path has a NUL, so `a` and `bc` never hash like `ab` and `c`.
            hash.update(&[0]);
        }
        hash.digest128()
    }
}

/// The four highest bits of `length`: at most an eighth less. The limit on what is included needs no more, and a file that grows letter by
/// letter seldom gets another rough size, for which the graph would have to be built again.
fn rough_size(length: usize) -> usize {
    let bits = usize::BITS - length.leading_zeros();
    let dropped = bits.saturating_sub(4);
    length >> dropped << dropped
}

#[cfg(test)]
mod tests {
    use super::rough_size;

    #[test]
    fn rough_sizes_are_at_most_an_eighth_too_small() {
        for length in [0, 1, 15, 16, 17, 31, 1000, 4095, 65_537] {
            let rough = rough_size(length);
            assert!(rough <= length && length - rough <= length / 8, "{length}");
        }
    }
}
