//! Two shapes -> the kinds of things in which they differ: `structure-differs`.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::site::Site;
use crate::source::{SourceId, Span};

use super::elements::{ElementKind, StructureElement, TextStructure};

/// A text and its shape.
pub(super) type TextRef<'a> = (SourceId, &'a TextStructure<'a>);

/// More names than this say no more.
const NAMED: usize = 3;

/// In what the translation differs from the original. Things that can only be counted are counted below each heading, and not at all where
/// the headings differ already: what is missing with its section would be said again and again.
pub(super) fn differences(site: &Site, original: TextRef, translation: TextRef) -> Vec<Diagnostic> {
    let mut same_headings = false;
    let mut found = Vec::new();
    for part in ElementKind::ALL {
        let (ones, others): (Vec<&StructureElement>, Vec<&StructureElement>) = (
            original.1.of_part(part).collect(),
            translation.1.of_part(part).collect(),
        );
        // Most are the same one by one, and then there is nothing to name or to count.
        let is_same = |(one, other): (&&StructureElement, &&StructureElement)| {
            one.name == other.name && one.section == other.section
        };
        let same = ones.len() == others.len() && ones.iter().zip(&others).all(is_same);
        same_headings |= same && part == ElementKind::Headings;
        if same {
            continue;
        }
        let difference = match part {
            ElementKind::Headings => first_different(&ones, &others),
            _ if part.is_named() => named(&ones, &others),
            _ if same_headings => counted(part, &ones, &others),
            _ => None,
        };
        found.extend(
            difference.map(|difference| problem(site, part, difference, original, translation)),
        );
    }
    found
}

/// What is said of a difference, and what to look at: in the original and in the translation, or else below this heading.
struct Difference<'a> {
    said: String,
    original: Option<&'a StructureElement<'a>>,
    translation: Option<&'a StructureElement<'a>>,
    section: usize,
}

fn problem(
    site: &Site,
    part: ElementKind,
    difference: Difference,
    original: TextRef,
    translation: TextRef,
) -> Diagnostic {
    let heading = |text: TextRef| {
        text.1
            .of_part(ElementKind::Headings)
            .nth(difference.section.saturating_sub(1))
            .map(|item| item.span)
    };
    let place = |item: Option<&StructureElement>, text: TextRef| {
        first_line(
            site,
            text.0,
            item.map(|item| item.span)
                .or(heading(text))
                .unwrap_or_default(),
        )
    };
    let source = |text: TextRef| &site.source(text.0).path;
    let message = format!(
        "the {} differ from the original: {}",
        part.nouns()[1],
        difference.said
    );
    Diagnostic::new(
        Code::StructureDiffers,
        source(translation),
        place(difference.translation, translation),
        message,
    )
    .label(
        source(original),
        place(difference.original, original),
        "in the original",
    )
    .help("Follow the original, or change it too if the translation is right.")
}

/// Of what runs over several lines the first one shows enough.
fn first_line(site: &Site, id: SourceId, span: Span) -> Span {
    let length = span
        .of(&site.source(id).text)
        .lines()
        .next()
        .map_or(0, |line| line.trim_end().len());
    Span::new(span.start as usize, span.start as usize + length)
}

fn first_different<'a>(
    ones: &[&'a StructureElement<'a>],
    others: &[&'a StructureElement<'a>],
) -> Option<Difference<'a>> {
    let at = ones
        .iter()
        .zip(others)
        .take_while(|(one, other)| one.name == other.name)
        .count();
    let said = match (ones.len(), others.len()) {
        (one, other) if one == other => "they have other levels".to_owned(),
        (one, other) => format!("{other} instead of {one}"),
    };
    Some(Difference {
        said,
        original: ones.get(at).copied(),
        translation: others.get(at).copied(),
        section: at,
    })
}

/// What has a name is missing or too many by name, wherever it stands.
fn named<'a>(
    ones: &[&'a StructureElement<'a>],
    others: &[&'a StructureElement<'a>],
) -> Option<Difference<'a>> {
    let mut names: BTreeMap<&str, (Vec<&'a StructureElement<'a>>, Vec<&'a StructureElement<'a>>)> =
        BTreeMap::new();
    ones.iter()
        .for_each(|one| names.entry(&one.name).or_default().0.push(one));
    others
        .iter()
        .for_each(|other| names.entry(&other.name).or_default().1.push(other));
    let missing: Vec<_> = names
        .iter()
        .filter(|(_, (ones, others))| ones.len() > others.len())
        .collect();
    let surplus: Vec<_> = names
        .iter()
        .filter(|(_, (ones, others))| ones.len() < others.len())
        .collect();
    let mut said = Vec::new();
    for (list, what) in [
        (&missing, ["is missing", "are missing"]),
        (&surplus, ["is not in it", "are not in it"]),
    ] {
        if !list.is_empty() {
            let names: Vec<String> = list
                .iter()
                .take(NAMED)
                .map(|(name, _)| format!("`{name}`"))
                .collect();
            let rest = if list.len() > NAMED {
                format!(" and {} more", list.len() - NAMED)
            } else {
                String::new()
            };
            said.push(format!(
                "{}{rest} {}",
                names.join(", "),
                what[usize::from(list.len() > 1)]
            ));
        }
    }
    let original = missing
        .first()
        .and_then(|(_, both)| both.0.get(both.1.len()).copied());
    let translation = surplus
        .first()
        .and_then(|(_, both)| both.1.get(both.0.len()).copied());
    let original =
        original.or_else(|| surplus.first().and_then(|(_, both)| both.0.last().copied()));
    let section = original.or(translation).map_or(0, |item| item.section);
    (!said.is_empty()).then(|| Difference {
        said: said.join(", "),
        original,
        translation,
        section,
    })
}

/// What has no name can only be counted: below which heading first.
fn counted<'a>(
    part: ElementKind,
    ones: &[&'a StructureElement<'a>],
    others: &[&'a StructureElement<'a>],
) -> Option<Difference<'a>> {
    let sections = ones.iter().chain(others).map(|item| item.section).max()? + 1;
    let counts = |items: &[&StructureElement]| {
        let mut counts = vec![0_usize; sections];
        items.iter().for_each(|item| counts[item.section] += 1);
        counts
    };
    let (all_ones, all_others) = (counts(ones), counts(others));
    let differing: Vec<usize> = (0..sections)
        .filter(|section| all_ones[*section] != all_others[*section])
        .collect();
    let section = *differing.first()?;
    let (one, other) = (all_ones[section], all_others[section]);
    let nouns = part.nouns();
    let mut said = format!(
        "{other} {} here instead of {one}",
        nouns[usize::from(other != 1)]
    );
    if differing.len() > 1 {
        said.push_str(
            &format!(", and others in {} more sections", differing.len() - 1)
                .replace("1 more sections", "1 more section"),
        );
    }
    let last = |items: &[&'a StructureElement<'a>], more: bool| {
        items
            .iter()
            .rfind(|item| item.section == section && more)
            .copied()
    };
    Some(Difference {
        said,
        original: last(ones, one > other),
        translation: last(others, other > one),
        section,
    })
}
