//! A translation -> what translation machines, and people who retype marks, are known to break: `damaged-translation`. Only what the original
//! has right is held against a translation.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::site::Site;
use crate::source::Span;

use super::elements::TextStructure;
use super::structure_differs::TextRef;

/// What is broken in the translation, one problem for each kind of damage.
pub(super) fn damages(site: &Site, original: TextRef, translation: TextRef) -> Vec<Diagnostic> {
    let (one, other) = (
        &*site.source(original.0).text,
        &*site.source(translation.0).text,
    );
    let path = &site.source(translation.0).path;
    let mut found = Vec::new();
    let mut tell = |span: Span, message: String, help: String| {
        found.push(Diagnostic::new(Code::DamagedTranslation, path, span, message).help(help));
    };
    let in_original = || {
        original
            .1
            .texts
            .iter()
            .any(|span| stars(span.of(one)).is_some())
    };
    if let Some((span, typed)) = stray(translation.1, other).filter(|_| !in_original()) {
        let fixed = format!("**{}**", typed.trim_matches('*').trim());
        let space = typed.trim_matches('*') != typed.trim_matches('*').trim();
        match space {
            true => tell(
                span,
                format!("a space keeps `{typed}` from being bold"),
                format!("Write `{fixed}`."),
            ),
            false => tell(
                span,
                format!("the stars of `{typed}` are shown as they are"),
                "Put a space or a stop outside the stars.".into(),
            ),
        }
    }
    if let Some((span, typed)) =
        alert_marker(translation.1, other).filter(|_| alert_marker(original.1, one).is_none())
    {
        let help = "Write one of `[!NOTE]`, `[!TIP]`, `[!IMPORTANT]`, `[!CAUTION]`, `[!WARNING]` alone on its line, after `> `.";
        tell(
            span,
            format!("the marker `{typed}` begins no alert"),
            help.into(),
        );
    }
    let own: BTreeSet<&str> = placeholders(original.1, one)
        .into_iter()
        .map(|(_, name)| name)
        .collect();
    // Most texts have none.
    let theirs = if own.is_empty() {
        Vec::new()
    } else {
        placeholders(translation.1, other)
    };
    let foreign = theirs.iter().find(|(_, name)| !own.contains(name));
    let lost = own
        .iter()
        .find(|lost| !theirs.iter().any(|(_, name)| name == *lost));
    if let (Some((span, name)), Some(lost)) = (foreign, lost) {
        tell(
            *span,
            format!("the placeholder `{lost}` has become `{name}`"),
            format!("Write `{lost}`: programs look for it by its name."),
        );
    }
    if let Some((span, number, before)) = lost_number((original.1, one), (translation.1, other)) {
        let problem = Diagnostic::new(
            Code::DamagedTranslation,
            path,
            span,
            format!("the number `{number}` of the original is lost here"),
        );
        found.push(
            problem
                .label(&site.source(original.0).path, before, "in the original")
                .help("Say it here as well, or take it out of the original."),
        );
    }
    found
}

/// Stars that were meant to make something bold and are shown: those that open and close a text on one line.
fn stray<'s>(shape: &TextStructure, source: &'s str) -> Option<(Span, &'s str)> {
    shape.texts.iter().find_map(|span| {
        let start = span.start as usize + stars(span.of(source))?;
        // Nobody makes more than this bold.
        let reach = (start + 200..source.len())
            .find(|end| source.is_char_boundary(*end))
            .unwrap_or(source.len());
        let line = source[start..reach].lines().next()?;
        let end = stars(&line["**".len()..])? + "****".len();
        let typed = &line[..end];
        (typed.len() > "****".len()).then(|| (Span::new(start, start + end), typed))
    })
}

/// Where the first `**` is. To look for one sign is much quicker than for two, and there are none in most texts.
fn stars(text: &str) -> Option<usize> {
    text.find('*')
        .and_then(|first| Some(first + text[first..].find("**")?))
}

/// Words that look like the marker of an alert and are none.
fn alert_marker<'s>(shape: &TextStructure, source: &'s str) -> Option<(Span, &'s str)> {
    shape.texts.iter().find_map(|span| {
        let text = span.of(source);
        // Most have no bracket at all.
        let first = text.find('[')?;
        let start = first
            + text[first..]
                .find("[!")
                .or_else(|| text[first..].find("[ !"))?;
        let end = start + text[start..].find(']')? + 1;
        let word = text[start..end].trim_matches(['[', ']', ' ', '!']);
        let fits = !word.is_empty() && word.chars().all(|sign| sign.is_uppercase() || sign == ' ');
        fits.then(|| {
            (
                Span::new(span.start as usize + start, span.start as usize + end),
                &text[start..end],
            )
        })
    })
}

/// `{name}` and `%name%` in running text.
fn placeholders<'s>(shape: &TextStructure, source: &'s str) -> Vec<(Span, &'s str)> {
    let mut found = Vec::new();
    if !source.contains('{') && !source.contains('%') {
        return found;
    }
    for span in &shape.texts {
        let text = span.of(source);
        for (open, close) in [('{', '}'), ('%', '%')] {
            let mut at = 0;
            while let Some(start) = text[at..].find(open).map(|start| at + start) {
                let inside = &text[start + 1..];
                let length = inside
                    .find(|sign: char| !(sign.is_alphanumeric() || matches!(sign, '_' | '.' | '-')))
                    .unwrap_or(inside.len());
                at = start + 1 + length;
                if length > 0
                    && inside[length..].starts_with(close)
                    && inside.starts_with(char::is_alphabetic)
                {
                    let place = span.start as usize;
                    found.push((Span::new(place + start, place + at + 1), &text[start..=at]));
                    at += 1;
                }
            }
        }
    }
    found
}

/// A number that a stretch of the original has and the same stretch of the translation doesn't. Stretches are the same only where both texts
/// have the same ones in the same order; numbers of one digit may well be words in another language.
fn lost_number(
    (original, one_text): (&TextStructure, &str),
    (translation, other_text): (&TextStructure, &str),
) -> Option<(Span, String, Span)> {
    let same = original.blocks.len() == translation.blocks.len()
        && original
            .blocks
            .iter()
            .zip(&translation.blocks)
            .all(|(one, other)| one.kind == other.kind);
    let mut pairs = original
        .blocks
        .iter()
        .zip(&translation.blocks)
        .filter(|_| same);
    pairs.find_map(|(one, other)| {
        let mine: Vec<&str> = numbers(original.words(one), one_text).collect();
        // A stretch of many numbers is a table of them, and tables are compared row by row.
        if mine.is_empty()
            || mine.len() > MOST_NUMBERS
            || numbers(translation.words(other), other_text).count() >= mine.len()
        {
            return None;
        }
        let joined: String = numbers(translation.words(other), other_text).collect();
        let lost = mine
            .into_iter()
            .find(|number| telling(number) && !joined.contains(number));
        lost.map(|number| (other.span, number.to_owned(), one.span))
    })
}

/// More numbers than this are no sentence.
const MOST_NUMBERS: usize = 30;

/// A number that no language writes as a word, nor as part of a date.
fn telling(number: &str) -> bool {
    number.len() > 1 && !number.starts_with('0')
}

fn numbers<'t>(words: &[Span], text: &'t str) -> impl Iterator<Item = &'t str> {
    // Most words hold no number, which bytes tell faster than letters.
    let telling = words
        .iter()
        .map(move |words| words.of(text))
        .filter(|words| words.bytes().any(|byte| byte.is_ascii_digit()));
    telling
        .flat_map(|words| words.split(|sign: char| !sign.is_ascii_digit()))
        .filter(|number| !number.is_empty())
}
