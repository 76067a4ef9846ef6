//! A name as it is written in code -> the words in it: `GetSystemUserTicket` is *get*, *system*, *user* and *ticket*. Knows nothing of the index.

use super::tokenize::lower;

/// Shorter parts (`Id`, `my`) are in most names.
const MIN_PART: usize = 3;

/// The parts of a name that is written in camel case, in small letters; none if it isn't, or is one word.
pub(super) fn parts(written: &str) -> Vec<String> {
    let signs: Vec<char> = written.chars().collect();
    let mut parts = Vec::new();
    let mut from = 0;
    for at in 1..=signs.len() {
        if at < signs.len() && !is_border(&signs, at) {
            continue;
        }
        if at - from >= MIN_PART {
            parts.push(lower(&signs[from..at].iter().collect::<String>()));
        }
        from = at;
    }
    // The whole word is no part of itself.
    parts.retain(|part| part.len() < written.len());
    parts
}

/// True where a part begins: before a capital after a small letter, and before the last of several capitals (`XMLParser`).
fn is_border(signs: &[char], at: usize) -> bool {
    let before = signs[at - 1];
    // Two small letters, because the *s* of `PDFs` is an ending.
    let small_follow = signs[at + 1..]
        .iter()
        .take(2)
        .filter(|next| next.is_lowercase())
        .count()
        == 2;
    let ends_capitals = before.is_uppercase() && small_follow;
    signs[at].is_uppercase() && (before.is_lowercase() || before.is_numeric() || ends_capitals)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_apart_at_capitals() {
        for (name, words) in [
            ("GetSystemUserTicket", "get system user ticket"),
            ("visNesteAvtale", "vis neste avtale"),
            ("CFBundleDisplayName", "bundle display name"),
            ("XMLParser", "xml parser"),
            ("parseHTML", "parse html"),
            ("ÅpneØkonomi", "åpne økonomi"),
            ("Avtale", ""),
            ("AVTALE", ""),
            ("avtale", ""),
            ("NATOs", ""),
        ] {
            assert_eq!(parts(name).join(" "), words, "{name}");
        }
    }
}
