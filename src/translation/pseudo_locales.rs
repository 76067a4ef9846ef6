//! The texts of the default language -> the same in the pseudo locales, so that a site can be looked at as if it were translated: what still
//! looks as usual can't be translated, what doesn't fit won't fit elsewhere either. Only letters change, so markup stays markup.

use rayon::prelude::*;

use crate::config::{Config, LocalizedPath};
use crate::locale::{LocaleId, PseudoLocale};
use crate::source::percent;
use crate::source::yaml::{self, ScalarStyle, YamlNode, YamlValue};
use crate::source::{Source, Sources, Span};
use crate::syntax::tree::NodeKind;
use crate::syntax::{Body, Dialect, Document, is_document, parse_as};

/// The keys whose values readers see, in front matter, tocs and YAML pages.
const SEEN: [&str; 10] = [
    "name",
    "title",
    "titleSuffix",
    "titleOverwriteH1",
    "displayName",
    "description",
    "summary",
    "text",
    "label",
    "abstract",
];

/// The sources with those of the pseudo locales, which `config` must have, read like `dialect`.
pub fn with_pseudo_locales(sources: Sources, config: &Config, dialect: Dialect) -> Sources {
    let locales = &config.locales;
    let pseudos: Vec<(LocaleId, PseudoLocale)> = locales
        .ids()
        .filter_map(|id| Some((id, locales.get(id).pseudo()?)))
        .collect();
    let one = |source: &Source| -> Vec<Source> {
        let Some(LocalizedPath { root, locale, rest }) = config.localized_path(&source.path) else {
            return Vec::new();
        };
        if locale != locales.default() || !is_document(&source.path) {
            return Vec::new();
        }
        let words = words(source, &parse_as(source, dialect));
        let rest = percent::literal(&rest);
        let said = |(id, pseudo): &(LocaleId, PseudoLocale)| {
            let path = root
                .join(&locales.get(*id).folder)
                .and_then(|folder| folder.join(&rest))
                .ok()?;
            Some(Source::from_text(path, said(&source.text, &words, *pseudo)))
        };
        pseudos.iter().filter_map(said).collect()
    };
    let new: Vec<Source> = sources.texts().par_iter().flat_map_iter(one).collect();
    let assets: Vec<_> = sources
        .assets()
        .iter()
        .map(|(path, size)| (path.clone(), *size))
        .collect();
    let unreadable: Vec<_> = sources
        .unreadable()
        .iter()
        .map(|(path, reason)| (path.clone(), reason.clone()))
        .collect();
    Sources::new(
        sources.texts().iter().cloned().chain(new).collect(),
        assets,
        unreadable,
    )
}

/// The stretches of a file that readers see as words, in order.
fn words(source: &Source, document: &Document) -> Vec<Span> {
    let mut found = Vec::new();
    document
        .front_matter
        .entries
        .iter()
        .for_each(|entry| seen(&entry.key, &entry.value, &source.text, &mut found));
    let trees = match &document.body {
        Body::Article(tree) => vec![tree],
        Body::Tutorial(tutorial) => tutorial.steps.iter().map(|step| &step.tree).collect(),
        _ => Vec::new(),
    };
    for tree in trees {
        let mut code = 0;
        for (at, node) in tree.nodes.iter().enumerate() {
            match node.kind {
                NodeKind::Code | NodeKind::CodeBlock(_) | NodeKind::MathBlock => {
                    code = at + 1 + node.len as usize
                }
                NodeKind::Text(None)
                    if at >= code && !node.span.of(&source.text).contains("://") =>
                {
                    found.push(node.span)
                }
                _ => {}
            }
        }
    }
    if source.path.has_extension("yml") || source.path.has_extension("yaml") {
        let (root, _) = yaml::parse(&source.text, 0);
        root.iter()
            .for_each(|root| seen("", root, &source.text, &mut found));
    }
    found.sort();
    found.dedup();
    // Overlapping stretches come from text within text; the first one has it all.
    let mut end = 0;
    found.retain(|span| {
        span.start >= end && {
            end = span.end;
            true
        }
    });
    found
}

fn seen(key: &str, node: &YamlNode, text: &str, found: &mut Vec<Span>) {
    match &node.value {
        YamlValue::Map(entries) => entries
            .iter()
            .for_each(|entry| seen(&entry.key, &entry.value, text, found)),
        YamlValue::List(items) => items.iter().for_each(|item| seen(key, item, text, found)),
        // Escapes are letters that must stay, and Markdown in a block has been read already.
        YamlValue::Scalar(scalar)
            if SEEN.contains(&key)
                && matches!(scalar.style, ScalarStyle::Plain | ScalarStyle::Quoted) =>
        {
            let span = node.words_span();
            if !span.of(text).contains('\\') {
                found.push(span);
            }
        }
        YamlValue::Scalar(_) => {}
    }
}

fn said(text: &str, words: &[Span], pseudo: PseudoLocale) -> String {
    let mut out = String::with_capacity(text.len() * 3 / 2);
    let mut at = 0;
    for span in words {
        out.push_str(text.get(at..span.range().start).unwrap_or(""));
        out.push_str(&pseudo.apply(span.of(text)));
        at = span.range().end;
    }
    out.push_str(text.get(at..).unwrap_or(""));
    out
}
