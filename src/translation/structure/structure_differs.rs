//! Two structures -> the kinds of elements in which they differ: the problem `structure-differs`.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::message;
use crate::site::Site;
use crate::source::{Message, Span};

use super::elements::{ElementKind, StructureElement, TextStructure};

/// A message lists no more names than this.
const MAX_NAMES: usize = 3;

/// One problem for each kind of element in which the translation differs. Elements that can only be counted are counted below each heading,
/// and not at all where the headings differ: what is missing with its section would be reported again and again.
pub(super) fn problems(
    site: &Site,
    original: &TextStructure,
    translation: &TextStructure,
) -> Vec<Diagnostic> {
    let mut has_same_headings = false;
    let mut problems = Vec::new();
    for kind in ElementKind::ALL {
        let elements = ElementPair {
            kind,
            original: original.expected_in(kind, translation),
            translation: translation.expected_in(kind, original),
        };
        if elements.are_same() {
            has_same_headings |= kind == ElementKind::Headings;
            continue;
        }
        let difference = match kind {
            ElementKind::Headings => elements.first_different(),
            _ if kind.is_named() => elements.named_difference(),
            _ if has_same_headings => elements.counted_difference(),
            _ => None,
        };
        if let Some(difference) = difference {
            let message = message!(
                "the {noun} differ from the original: {description}",
                noun = kind.noun(2),
                description = difference.description
            );
            let original_span = difference.span(difference.original, original);
            let span = difference.span(difference.translation, translation);
            let path = &site.source(translation.id).path;
            let original_path = &site.source(original.id).path;
            problems.push(
                Diagnostic::new(Code::StructureDiffers, path, span, message)
                    .label(original_path, original_span, "in the original")
                    .help("Follow the original, or change it too if the translation is right."),
            );
        }
    }
    problems
}

/// What differs, and where to show it.
struct Difference<'a> {
    description: Message,
    original: Option<&'a StructureElement<'a>>,
    translation: Option<&'a StructureElement<'a>>,
    /// The number of the heading that is shown in a text without such an element.
    section: usize,
}

impl Difference<'_> {
    /// The first line of the element, else that of the heading.
    fn span(&self, element: Option<&StructureElement>, text: &TextStructure) -> Span {
        let span = match element {
            Some(element) => element.span,
            None => {
                let at = self.section.saturating_sub(1);
                match text.of_kind(ElementKind::Headings).nth(at) {
                    Some(heading) => heading.span,
                    None => Span::default(),
                }
            }
        };
        // An element can be a list of a hundred lines.
        let line = span.of(text.source).lines().next().unwrap_or("");
        let start = span.start as usize;
        Span::new(start, start + line.trim_end().len())
    }
}

/// The elements of one kind in a text and in its translation.
struct ElementPair<'a> {
    kind: ElementKind,
    original: Vec<&'a StructureElement<'a>>,
    translation: Vec<&'a StructureElement<'a>>,
}

/// The elements of one name.
#[derive(Default)]
struct SameName<'a> {
    original: Vec<&'a StructureElement<'a>>,
    translation: Vec<&'a StructureElement<'a>>,
}

impl<'a> ElementPair<'a> {
    /// True if they are the same one by one, as most are; then there is nothing to sort or count.
    fn are_same(&self) -> bool {
        let mut pairs = self.original.iter().zip(&self.translation);
        self.original.len() == self.translation.len()
            && pairs.all(|(one, other)| one.name == other.name && one.section == other.section)
    }

    fn first_different(&self) -> Option<Difference<'a>> {
        let (count, original_count) = (self.translation.len(), self.original.len());
        let mut at = 0;
        // Headings are compared by their levels, as their words are translated.
        while let (Some(one), Some(other)) = (self.original.get(at), self.translation.get(at))
            && one.name == other.name
        {
            at += 1;
        }
        let description = if count == original_count {
            "they have other levels".into()
        } else {
            message!("{count} instead of {original_count}", count, original_count)
        };
        Some(Difference {
            description,
            original: self.original.get(at).copied(),
            translation: self.translation.get(at).copied(),
            section: at,
        })
    }

    /// Which names are missing in the translation and which are not in the original, wherever they are in the text.
    fn named_difference(&self) -> Option<Difference<'a>> {
        // Sorted, so that a message names the same elements in every run.
        let mut by_name: BTreeMap<&str, SameName<'a>> = BTreeMap::new();
        for &element in &self.original {
            by_name
                .entry(&element.name)
                .or_default()
                .original
                .push(element);
        }
        for &element in &self.translation {
            let same = by_name.entry(&element.name).or_default();
            same.translation.push(element);
        }
        let (mut missing, mut surplus) = (Vec::new(), Vec::new());
        for (name, same) in &by_name {
            let (count, original_count) = (same.translation.len(), same.original.len());
            if count < original_count {
                missing.push((*name, same));
            } else if count > original_count {
                surplus.push((*name, same));
            }
        }
        let description = match (missing_names(&missing), surplus_names(&surplus)) {
            (Some(missing), Some(surplus)) => {
                message!("{missing}, {surplus}", missing, surplus)
            }
            (missing, surplus) => missing.or(surplus)?,
        };
        let (mut original, mut translation) = (None, None);
        if let Some((_, same)) = surplus.first() {
            // A surplus has no place in the original; the last of the same name is the nearest thing to show.
            original = same.original.last().copied();
            translation = same.translation.get(same.original.len()).copied();
        }
        if let Some((_, same)) = missing.first() {
            original = same.original.get(same.translation.len()).copied();
        }
        let section = original.or(translation)?.section;
        Some(Difference {
            description,
            original,
            translation,
            section,
        })
    }

    /// The first heading below which there are more or fewer elements.
    fn counted_difference(&self) -> Option<Difference<'a>> {
        let all = self.original.iter().chain(&self.translation);
        let sections = all.map(|element| element.section).max()? + 1;
        let original_counts = counts(&self.original, sections);
        let counts = counts(&self.translation, sections);
        let mut differing = Vec::new();
        for section in 0..sections {
            if counts[section] != original_counts[section] {
                differing.push(section);
            }
        }
        let section = *differing.first()?;
        let (count, original_count) = (counts[section], original_counts[section]);
        let noun = self.kind.noun(count);
        let description = message!(
            "{count} {noun} here instead of {original_count}",
            count,
            noun,
            original_count
        );
        let description = match differing.len() - 1 {
            0 => description,
            1 => message!("{description}, and others in 1 more section", description),
            more => message!(
                "{description}, and others in {more} more sections",
                description,
                more
            ),
        };
        let (mut original, mut translation) = (None, None);
        if original_count > count {
            original = last_in_section(&self.original, section);
        } else {
            translation = last_in_section(&self.translation, section);
        }
        Some(Difference {
            description,
            original,
            translation,
            section,
        })
    }
}

fn missing_names(names: &[(&str, &SameName)]) -> Option<Message> {
    let list = listed(names)?;
    Some(match names.len() {
        1 => message!("{list} is missing", list),
        _ => message!("{list} are missing", list),
    })
}

fn surplus_names(names: &[(&str, &SameName)]) -> Option<Message> {
    let list = listed(names)?;
    Some(match names.len() {
        1 => message!("{list} is not in it", list),
        _ => message!("{list} are not in it", list),
    })
}

/// The first names in a row; None without names.
fn listed(names: &[(&str, &SameName)]) -> Option<Message> {
    if names.is_empty() {
        return None;
    }
    let mut list = Vec::new();
    for (name, _) in names.iter().take(MAX_NAMES) {
        list.push(format!("`{name}`"));
    }
    let names_shown = list.join(", ");
    if names.len() <= MAX_NAMES {
        // Names only, which no language translates.
        return Some(names_shown.into());
    }
    let more = names.len() - MAX_NAMES;
    Some(message!("{names_shown} and {more} more", names_shown, more))
}

fn counts(elements: &[&StructureElement], sections: usize) -> Vec<usize> {
    let mut counts = vec![0; sections];
    for element in elements {
        counts[element.section] += 1;
    }
    counts
}

fn last_in_section<'a>(
    elements: &[&'a StructureElement<'a>],
    section: usize,
) -> Option<&'a StructureElement<'a>> {
    elements
        .iter()
        .rfind(|element| element.section == section)
        .copied()
}
