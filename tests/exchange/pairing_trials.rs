//! How often a text gets a foreign translation: items and paragraphs are taken out of real translations, one on each page, and the others are
//! expected to keep their own. Measured are translations of the content of 2023, without a lock file and without history.

use std::collections::BTreeMap;

use hjelp::source::{Source, Sources};
use hjelp::workspace::Snapshot;

use super::support::*;

/// The words of the units of a file, with those of their translations.
type Pairs = Vec<(String, Option<String>)>;

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Item,
    Paragraph,
}

/// What was measured.
#[derive(Debug, Default)]
struct Tally {
    trials: usize,
    /// Units of the pages on which something was taken out.
    units: usize,
    /// Units with a translation that isn't theirs.
    wrong: usize,
    /// Units whose translation isn't known although it is there.
    unknown: usize,
    /// Trials in which the unit that has lost its translation has none.
    found: usize,
}

fn pairs(snapshot: &Snapshot, folder: &str) -> BTreeMap<String, Pairs> {
    let mut files = BTreeMap::new();
    for file in everything(snapshot, folder).document.files {
        let mut pairs = Pairs::new();
        for unit in file.units {
            pairs.push((
                words(&unit.original),
                unit.translation.map(|text| words(&text)),
            ));
        }
        files.insert(file.original.to_string(), pairs);
    }
    files
}

/// The lines of a page that are a whole item or a whole paragraph of words alone, with their words.
fn candidates(text: &str, kind: Kind) -> Vec<(usize, String)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let words = match kind {
            Kind::Item => ["* ", "- ", "1. "]
                .iter()
                .find_map(|marker| line.strip_prefix(marker)),
            Kind::Paragraph => Some(*line).filter(|line| line.starts_with(char::is_alphabetic)),
        };
        let next = lines.get(at + 1).copied().unwrap_or("");
        let before = at.checked_sub(1).map_or("", |before| lines[before]);
        let ends = next.is_empty() || kind == Kind::Item && !next.starts_with(' ');
        let begins = before.is_empty() || kind == Kind::Item;
        if let Some(words) = words
            && ends
            && begins
            && words.chars().count() > 3
            && !words.contains(['*', '_', '[', '<', '`', '&', '\\', '!', ':', '|', '#'])
        {
            found.push((at, words.trim().to_owned()));
        }
    }
    found
}

fn without_line(text: &str, line: usize) -> String {
    let lines = text.split_inclusive('\n').enumerate();
    lines
        .filter(|(at, _)| *at != line)
        .map(|(_, line)| line)
        .collect()
}

fn measure(
    snapshot: &Snapshot,
    before: &BTreeMap<String, Pairs>,
    folder: &str,
    kind: Kind,
) -> Tally {
    let mut tally = Tally::default();
    let mut texts: Vec<Source> = snapshot.site.sources.texts().to_vec();
    let mut removed: BTreeMap<String, String> = BTreeMap::new();
    for source in &mut texts {
        let path = source.path.to_string();
        let Some(rest) = path.strip_prefix(&format!("docs/{folder}/")) else {
            continue;
        };
        let original = format!("docs/en/{rest}");
        // Only where all units are paired is it known which translation belongs to which.
        let Some(pairs) = before.get(&original) else {
            continue;
        };
        if !path.ends_with(".md") || pairs.iter().any(|(_, translation)| translation.is_none()) {
            continue;
        }
        let candidates = candidates(&source.text, kind);
        if candidates.is_empty() {
            continue;
        }
        let (line, words) = &candidates[rest.len() % candidates.len()];
        let is_unit =
            |(_, translation): &&(String, Option<String>)| translation.as_ref() == Some(words);
        if pairs.iter().filter(is_unit).count() != 1 {
            continue;
        }
        *source = Source::from_text(source.path.clone(), without_line(&source.text, *line));
        removed.insert(original, words.clone());
    }
    let assets: Vec<_> = snapshot
        .site
        .sources
        .assets()
        .iter()
        .map(|(path, size)| (path.clone(), *size))
        .collect();
    let after = pairs(
        &super::support::snapshot(Sources::new(texts, assets, [])),
        folder,
    );
    for (original, words) in removed {
        // What has no place can't be exported: such pages are compared by what is left.
        let Some(after) = after.get(&original) else {
            continue;
        };
        let before = &before[&original];
        let mut own: BTreeMap<&str, Vec<&Option<String>>> = BTreeMap::new();
        for (unit, translation) in before {
            own.entry(unit).or_default().push(translation);
        }
        tally.trials += 1;
        tally.units += before.len();
        let mut is_found = true;
        for (unit, translation) in after {
            let expected = &own[unit.as_str()];
            let is_removed = expected.iter().any(|own| own.as_ref() == Some(&words));
            match translation {
                Some(_) if !expected.contains(&translation) => {
                    tally.wrong += 1;
                    if std::env::var_os("HJELP_SHOW").is_some() {
                        println!(
                            "{original}: -{words}\n  {unit}\n  {translation:?} for {expected:?}"
                        );
                    }
                    is_found &= !is_removed;
                }
                None if !is_removed => tally.unknown += 1,
                _ => {}
            }
        }
        tally.found += usize::from(is_found);
    }
    tally
}

#[test]
fn at_most_one_pair_in_two_hundred_is_wrong_where_a_text_is_missing() {
    let Some(snapshot) = corpus() else { return };
    let before = pairs(&snapshot, "no");
    for (kind, name) in [(Kind::Item, "items"), (Kind::Paragraph, "paragraphs")] {
        let tally = measure(&snapshot, &before, "no", kind);
        println!("{name}: {tally:?}");
        assert!(tally.trials > 200, "{name}: {tally:?}");
        // Of the trials, as each of them has one place where a foreign translation is near.
        assert!(tally.wrong * 200 <= tally.trials, "{name}: {tally:?}");
        assert!(tally.unknown * 50 <= tally.units, "{name}: {tally:?}");
    }
}
