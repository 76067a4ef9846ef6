//! The texts of the default language -> the same in the pseudo locales, so that a site can be tested as if it were translated: words that
//! look as before can't be translated, and words that don't fit now won't fit in another language either. Only letters change, so that
//! markup stays markup.

use rayon::prelude::*;

use crate::config::Config;
use crate::locale::{LocaleId, PseudoLocale};
use crate::source::yaml::{self, ScalarStyle, YamlNode, YamlValue};
use crate::source::{SitePath, Source, Sources, Span};
use crate::syntax::tree::NodeKind;
use crate::syntax::{Body, Dialect, Document, Tree, is_document, parse_as};

/// The keys whose values readers see, in front matter, tables of contents and YAML pages.
const VISIBLE_KEYS: [&str; 10] = [
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

/// The sources with those of the pseudo locales that `config` has; `dialect` is that of the site.
pub fn with_pseudo_locales(sources: Sources, config: &Config, dialect: Dialect) -> Sources {
    let locales = &config.locales;
    let mut pseudo_locales = Vec::new();
    for id in locales.ids() {
        if let Some(pseudo) = locales.get(id).pseudo() {
            pseudo_locales.push((id, pseudo));
        }
    }
    let translator = PseudoTranslator {
        config,
        dialect,
        pseudo_locales,
    };
    let mut texts = sources.texts().to_vec();
    // Each file is parsed for it, which takes nearly all the time.
    texts.par_extend(
        sources
            .texts()
            .par_iter()
            .flat_map_iter(|source| translator.translations(source)),
    );
    let assets: Vec<(SitePath, u64)> = sources
        .assets()
        .iter()
        .map(|(path, size)| (path.clone(), *size))
        .collect();
    let unreadable: Vec<(SitePath, String)> = sources
        .unreadable()
        .iter()
        .map(|(path, reason)| (path.clone(), reason.clone()))
        .collect();
    Sources::new(texts, assets, unreadable)
}

struct PseudoTranslator<'a> {
    config: &'a Config,
    dialect: Dialect,
    pseudo_locales: Vec<(LocaleId, PseudoLocale)>,
}

impl PseudoTranslator<'_> {
    /// The translations of a file into all pseudo locales; none of files outside the default language.
    fn translations(&self, source: &Source) -> Vec<Source> {
        let locales = &self.config.locales;
        let Some(localized) = self.config.localized_path(&source.path) else {
            return Vec::new();
        };
        if localized.locale != locales.default() || !is_document(&source.path) {
            return Vec::new();
        }
        let words = visible_words(source, &parse_as(source, self.dialect));
        let mut translations = Vec::new();
        for (id, pseudo) in &self.pseudo_locales {
            if let Some(path) = self.config.in_language(&localized, *id) {
                let text = translated(&source.text, &words, *pseudo);
                translations.push(Source::from_text(path, text));
            }
        }
        translations
    }
}

/// The bytes of a file that readers see as words, in order.
fn visible_words(source: &Source, document: &Document) -> Vec<Span> {
    let mut words = Vec::new();
    for entry in &document.front_matter.entries {
        add_values(&entry.key, &entry.value, &source.text, &mut words);
    }
    match &document.body {
        Body::Article(tree) => add_text(tree, &source.text, &mut words),
        Body::Tutorial(tutorial) => {
            for step in &tutorial.steps {
                add_text(&step.tree, &source.text, &mut words);
            }
        }
        _ => {}
    }
    if source.path.has_extension("yml") || source.path.has_extension("yaml") {
        let (root, _) = yaml::parse(&source.text, 0);
        if let Some(root) = &root {
            add_values("", root, &source.text, &mut words);
        }
    }
    without_overlaps(words)
}

/// Of overlapping spans, which come from Markdown in a value, the first one covers the others.
fn without_overlaps(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort();
    let mut end = 0;
    let mut apart = Vec::with_capacity(spans.len());
    for span in spans {
        if apart.last() != Some(&span) && span.start >= end {
            end = span.end;
            apart.push(span);
        }
    }
    apart
}

/// Adds the text of a tree outside of code and addresses.
fn add_text(tree: &Tree, text: &str, words: &mut Vec<Span>) {
    let mut code_end = 0;
    for (at, node) in tree.nodes.iter().enumerate() {
        match node.kind {
            NodeKind::Code | NodeKind::CodeBlock(_) | NodeKind::MathBlock => {
                code_end = at + 1 + node.len as usize;
            }
            // An address in the text is a link, which changed letters would break.
            NodeKind::Text(None) if at >= code_end && !node.span.of(text).contains("://") => {
                words.push(node.span);
            }
            _ => {}
        }
    }
}

/// Adds the values of keys that readers see.
fn add_values(key: &str, node: &YamlNode, text: &str, words: &mut Vec<Span>) {
    match &node.value {
        YamlValue::Map(entries) => {
            for entry in entries {
                add_values(&entry.key, &entry.value, text, words);
            }
        }
        YamlValue::List(items) => {
            for item in items {
                add_values(key, item, text, words);
            }
        }
        YamlValue::Scalar(scalar) => {
            // Block scalars hold Markdown, which is read by its tree.
            let is_line = matches!(scalar.style, ScalarStyle::Plain | ScalarStyle::Quoted);
            let span = node.words_span();
            // The letters of escapes like `\n` must stay.
            if is_line && VISIBLE_KEYS.contains(&key) && !span.of(text).contains('\\') {
                words.push(span);
            }
        }
    }
}

/// The text with these words in a pseudo locale.
fn translated(text: &str, words: &[Span], pseudo: PseudoLocale) -> String {
    // Pseudo translations are longer, as real ones are.
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
