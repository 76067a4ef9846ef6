//! The headings of a page and of its translation -> which of them are at the same place. Levels and order decide; where these leave a doubt,
//! headings stay unpaired: a link to the wrong section is worse than one to the top of the page.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rustc_hash::FxHashSet;

/// A heading and the text below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct AlignedSection<'a> {
    /// 1 to 6.
    pub level: u8,
    /// Its own id, then those of the tags in it.
    pub ids: Vec<String>,
    /// What the text below it has in common with its translations: the pages it links to, the pictures it shows.
    pub marks: BTreeSet<Mark<'a>>,
}

/// One of those things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark<'a> {
    /// A page, by what its translations have in common.
    Page(&'a str),
    /// A file, by its name.
    File(&'a str),
}

/// Pairs of headings of `one` and `other`. Headings with the same id belong together. The others do if between two such pairs, and below
/// headings that belong together, both texts have the same number of headings of the same levels, and no link or picture
/// speaks against it.
pub(super) fn align(one: &[AlignedSection], other: &[AlignedSection]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    Alignment { one, other }.pair(0..one.len(), 0..other.len(), &mut pairs);
    pairs
}

struct Alignment<'a> {
    one: &'a [AlignedSection<'a>],
    other: &'a [AlignedSection<'a>],
}

impl Alignment<'_> {
    /// Pairs the outermost headings of two stretches, then what is below them.
    fn pair(&self, one: Range<usize>, other: Range<usize>, pairs: &mut Vec<(usize, usize)>) {
        let (ones, others) = (outermost(self.one, one), outermost(self.other, other));
        // An id that both texts have was typed on purpose, and is the best evidence there is.
        let mut found = self.with_same_id(&ones, &others);
        // Headings with the same id in another order show that sections were moved: then counting proves nothing.
        let in_order = found.windows(2).all(|pair| pair[0].1 < pair[1].1);
        if in_order {
            let (mut first, mut gaps) = ((0, 0), Vec::new());
            for &(a, b) in found.iter().chain([&(ones.len(), others.len())]) {
                gaps.push((first.0..a, first.1..b));
                first = (a + 1, b + 1);
            }
            for (a, b) in gaps {
                if self.fit(&ones[a.clone()], &others[b.clone()]) {
                    found.extend(a.zip(b));
                }
            }
        }
        found.sort_unstable();
        for (a, b) in found {
            let (a, b) = (&ones[a], &others[b]);
            pairs.push((a.start, b.start));
            self.pair(a.start + 1..a.end, b.start + 1..b.end, pairs);
        }
    }

    /// Places in `ones` and `others` whose headings share an id that no other there has, in the order of `ones`.
    fn with_same_id(&self, ones: &[Range<usize>], others: &[Range<usize>]) -> Vec<(usize, usize)> {
        // Headings in two languages hardly ever have an id in common.
        let ids: FxHashSet<&str> = ids_of(self.one, ones).map(|(_, id)| id).collect();
        if !ids_of(self.other, others).any(|(_, id)| ids.contains(id)) {
            return Vec::new();
        }
        let mut places: BTreeMap<&str, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        for (at, id) in ids_of(self.one, ones) {
            places.entry(id).or_default().0.push(at);
        }
        for (at, id) in ids_of(self.other, others) {
            places.entry(id).or_default().1.push(at);
        }
        unambiguous(places.into_values())
    }

    /// True if these can only be each other's: as many, of the same levels, and none with what another one of the others has.
    fn fit(&self, ones: &[Range<usize>], others: &[Range<usize>]) -> bool {
        if levels(self.one, ones) != levels(self.other, others) {
            return false;
        }
        // Without links and pictures nothing speaks against it.
        if self.one.iter().all(|section| section.marks.is_empty()) {
            return true;
        }
        let theirs: Vec<BTreeSet<Mark>> = others
            .iter()
            .map(|range| marks(self.other, range))
            .collect();
        let all: BTreeSet<Mark> = theirs.iter().flatten().copied().collect();
        // What is found, but not in its own place, is elsewhere.
        ones.iter().zip(&theirs).all(|(range, theirs)| {
            let mine = marks(self.one, range);
            !mine.is_disjoint(theirs) || mine.is_disjoint(&all)
        })
    }
}

/// The ids of the headings at the beginning of each stretch, with the number of the stretch.
fn ids_of<'a>(
    sections: &'a [AlignedSection<'a>],
    stretches: &'a [Range<usize>],
) -> impl Iterator<Item = (usize, &'a str)> {
    stretches.iter().enumerate().flat_map(|(at, range)| {
        let ids = sections[range.start].ids.iter();
        ids.map(move |id| (at, id.as_str()))
    })
}

fn levels(sections: &[AlignedSection], stretches: &[Range<usize>]) -> Vec<u8> {
    stretches
        .iter()
        .map(|range| sections[range.start].level)
        .collect()
}

/// The pairs of places that share an id and are in no other pair. `places` has the places of each id in both texts.
fn unambiguous(places: impl Iterator<Item = (Vec<usize>, Vec<usize>)>) -> Vec<(usize, usize)> {
    let mut pairs = BTreeSet::new();
    let (mut ambiguous, mut other_ambiguous) = (BTreeSet::new(), BTreeSet::new());
    for (ones, others) in places {
        match (ones.as_slice(), others.as_slice()) {
            ([], _) | (_, []) => {}
            (&[one], &[other]) => _ = pairs.insert((one, other)),
            _ => {
                ambiguous.extend(ones);
                other_ambiguous.extend(others);
            }
        }
    }
    let (mut seen, mut others_seen) = (BTreeSet::new(), BTreeSet::new());
    for &(one, other) in &pairs {
        if !seen.insert(one) {
            ambiguous.insert(one);
        }
        if !others_seen.insert(other) {
            other_ambiguous.insert(other);
        }
    }
    pairs.retain(|(one, other)| !ambiguous.contains(one) && !other_ambiguous.contains(other));
    pairs.into_iter().collect()
}

/// What the sections of a stretch link to and show.
fn marks<'s>(sections: &[AlignedSection<'s>], range: &Range<usize>) -> BTreeSet<Mark<'s>> {
    sections[range.clone()]
        .iter()
        .flat_map(|section| &section.marks)
        .copied()
        .collect()
}

/// The headings of a stretch that are below no other of it, each with those below it.
fn outermost(sections: &[AlignedSection], stretch: Range<usize>) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for at in stretch {
        match found.last_mut() {
            Some(last) if sections[at].level > sections[last.start].level => last.end = at + 1,
            _ => found.push(at..at + 1),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `2 id mark, 3 id, ...`
    fn sections(text: &str) -> Vec<AlignedSection<'_>> {
        fn one(part: &str) -> AlignedSection<'_> {
            let mut words = part.split_whitespace();
            let level = words
                .next()
                .and_then(|level| level.parse().ok())
                .unwrap_or(1);
            let ids = words
                .next()
                .into_iter()
                .flat_map(|ids| ids.split('+'))
                .map(str::to_owned)
                .collect();
            AlignedSection {
                level,
                ids,
                marks: words.map(Mark::Page).collect(),
            }
        }
        text.split(',').map(one).collect()
    }

    fn pairs(one: &str, other: &str) -> String {
        align(&sections(one), &sections(other))
            .iter()
            .map(|(a, b)| format!("{a}{b}"))
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn the_same_levels_in_the_same_order_belong_together() {
        assert_eq!(
            pairs("1 a, 2 b, 3 c, 2 d", "1 x, 2 y, 3 z, 2 w"),
            "00 11 22 33"
        );
    }

    #[test]
    fn where_numbers_differ_nothing_is_said() {
        assert_eq!(pairs("1 a, 2 b, 2 c", "1 x, 2 y"), "00");
        assert_eq!(
            pairs("1 a, 2 b, 3 c, 2 d", "1 x, 2 y, 2 w"),
            "00 11 23".replace("23", "32")
        );
        assert_eq!(pairs("2 a, 3 b", "3 x, 2 y"), "");
    }

    #[test]
    fn equal_ids_are_fixed_points_between_which_counting_begins_anew() {
        assert_eq!(pairs("2 a, 2 b, 2 c, 2 d", "2 x, 2 b, 2 y"), "00 11");
        assert_eq!(pairs("2 a, 2 b, 2 c", "2 x, 2 y+b, 2 z"), "00 11 22");
        assert_eq!(pairs("2 a, 2 b", "2 b, 2 a"), "01 10");
        assert_eq!(pairs("2 a, 2 b, 2 c", "2 b, 2 a, 2 x"), "01 10");
    }

    #[test]
    fn what_sections_show_can_speak_against_their_order() {
        assert_eq!(pairs("2 a p, 2 b q", "2 x p, 2 y q"), "00 11");
        assert_eq!(pairs("2 a p, 2 b q", "2 x q, 2 y r"), "");
        assert_eq!(pairs("2 a p, 2 b", "2 x r, 2 y"), "00 11");
    }
}
