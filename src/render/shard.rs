//! `1/8` -> the slice of a site that one of several machines builds. Which slice a file belongs to follows from its path alone, so machines
//! need not talk to each other, and a page that is added or removed moves no other page to another slice.

use std::fmt;
use std::str::FromStr;

use xxhash_rust::xxh3::xxh3_64;

use crate::source::SitePath;

/// The slice `index` of `count`, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    index: u32,
    count: u32,
}

impl Shard {
    /// The most slices there can be, far beyond any number of machines.
    const MOST: u32 = 9999;

    /// True if the file at this path of the output belongs to the slice.
    pub fn holds(self, output: &SitePath) -> bool {
        // By hash, not in turns: a page that is added must not move others to another slice.
        xxh3_64(output.as_str().as_bytes()) % u64::from(self.count) == u64::from(self.index - 1)
    }

    /// True for the one slice that also reports the problems of the whole content.
    pub fn is_first(self) -> bool {
        self.index == 1
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}/{}", self.index, self.count)
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match numbers(text) {
            Some((index, count)) if index >= 1 && index <= count && count <= Self::MOST => {
                Ok(Shard { index, count })
            }
            _ => Err(format!(
                "give the number of the slice and how many there are, from `1/2` to `{0}/{0}`",
                Self::MOST
            )),
        }
    }
}

fn numbers(text: &str) -> Option<(u32, u32)> {
    let (index, count) = text.split_once('/')?;
    Some((index.parse().ok()?, count.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_in_exactly_one_slice_and_slices_are_alike() {
        let shards: Vec<Shard> = (1..=8)
            .map(|index| format!("{index}/8").parse().unwrap())
            .collect();
        let mut sizes = [0; 8];
        for number in 0..8000 {
            let path = SitePath::new(&format!("no/del/side-{number}.html")).unwrap();
            let holding: Vec<usize> = (0..8).filter(|&at| shards[at].holds(&path)).collect();
            assert_eq!(holding.len(), 1);
            sizes[holding[0]] += 1;
        }
        assert!(
            sizes.iter().all(|size| (900..1100).contains(size)),
            "{sizes:?}"
        );
    }

    #[test]
    fn nonsense_is_no_slice() {
        for text in [
            "", "1", "0/2", "3/2", "1/0", "-1/2", "1/2/3", "a/b", "1/10000", "1 / 2",
        ] {
            assert!(text.parse::<Shard>().is_err(), "{text}");
        }
        assert_eq!(
            "2/8".parse::<Shard>().map(|shard| shard.to_string()),
            Ok("2/8".to_owned())
        );
    }
}
