//! The words of a site -> one file that the script fetches only when a reader typed a word that is nowhere, or hardly anywhere: it corrects
//! mistakes with it, also in the first letters, and finds words that end in what was typed.
//!
//! ```text
//! entry = letters shared with the entry before, how common it is, the other letters
//! ```

use super::encode::number;
use super::stem_groups::{Form, Groups};

/// No more words than these: their file stays below 20 kB as it is sent.
const MOST: usize = 5_000;
/// Shorter words have too many neighbours that differ in one letter.
const LEAST: usize = 4;
/// More shared letters than one sign can say are written again.
const SHARED: usize = 31;

/// The words in alphabetical order, separated by spaces.
pub(super) fn text(groups: &Groups<'_>) -> String {
    let mut words: Vec<(usize, &str)> = Vec::new();
    for (_, group) in groups {
        for (word, form) in &group.forms {
            if word.chars().count() >= LEAST && word.chars().all(char::is_alphabetic) {
                words.push((worth(form), word));
            }
        }
    }
    // What readers look for is in titles and on many pages; what is left out of a large site is on one.
    words.sort_unstable_by(|one, other| (other.0, one.1).cmp(&(one.0, other.1)));
    words.truncate(MOST);
    words.sort_unstable_by_key(|(_, word)| *word);
    let mut out = String::new();
    let mut before = "";
    for (worth, word) in words {
        if !out.is_empty() {
            out.push(' ');
        }
        let shared = shared(before, word);
        number(shared as u32, &mut out);
        number(worth.ilog2().min(SHARED as u32), &mut out);
        out.extend(word.chars().skip(shared));
        before = word;
    }
    out
}

/// The number of pages, where a title or a heading counts like a few of them.
fn worth(form: &Form<'_>) -> usize {
    const PROMINENT: usize = 4;
    form.pages() + PROMINENT * form.prominent() + 1
}

/// How many letters two words begin with.
fn shared(one: &str, other: &str) -> usize {
    let both = one.chars().zip(other.chars());
    both.take_while(|(one, other)| one == other)
        .count()
        .min(SHARED)
}
