//! Turns Fluent files into what the interface says in every locale. Texts that need no arguments are worked out once, so that asking
//! for them is one look-up from any number of threads. Doesn't know which messages exist: what is missing says so itself.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::sync::Arc;

use fluent::concurrent::FluentBundle;
use fluent::resolver::{ResolverError, errors::ReferenceKind};
use fluent::{FluentArgs, FluentError, FluentResource};
use fluent_syntax::ast::{Entry, Pattern};
use rustc_hash::FxHashMap;

use super::collation::Alphabet;
use super::date::Dates;
use super::message_file::{self, File};
use super::{LocaleId, Locales, PseudoLocale, number};
use crate::diagnostic::Diagnostic;

use super::message_file::MessageFile;

/// A value for the `{ $name }` of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arg<'a> {
    /// Stands there as it is.
    Text(&'a str),
    /// Stands there in digits, and chooses between singular and plural.
    Number(i64),
}

/// What the interface says, in every locale of a site.
pub struct Catalog {
    bundles: Vec<FluentBundle<FluentResource>>,
    /// By locale.
    tables: Vec<FxHashMap<Arc<str>, Message>>,
    /// By locale: the messages that only other languages have, in order.
    borrowed: Vec<Vec<Arc<str>>>,
    /// By locale.
    dates: Vec<Dates>,
    /// By locale.
    alphabets: Vec<Alphabet>,
    /// By the locale it is shown in, then by the locale it names.
    languages: Vec<Vec<String>>,
}

/// A message or an attribute of one (`key.attribute`).
#[derive(Clone)]
enum Message {
    /// Needs no arguments.
    Fixed(Arc<str>),
    /// Has to be worked out by this bundle.
    Open(usize),
}

impl Catalog {
    /// Reads `files`. Later files of the same name replace earlier ones message by message; what is broken in one is a problem, and
    /// the rest of it counts.
    pub fn load(locales: &Locales, files: &[MessageFile]) -> (Catalog, Vec<Diagnostic>) {
        let mut problems = Vec::new();
        let mut bundles = Vec::new();
        let mut names = FxHashMap::default();
        let mut known = Vec::new();
        for (name, files) in message_file::by_name(files, &mut problems) {
            names.insert((name.clone(), None), bundles.len());
            let (bundle, table) = bundle(&name, bundles.len(), files, None, &mut problems);
            bundles.push(bundle);
            known.push(table);
        }
        let mut pseudos: Vec<PseudoLocale> = locales
            .ids()
            .filter_map(|id| locales.get(id).pseudo())
            .collect();
        pseudos.dedup();
        for pseudo in pseudos {
            // What is wrong with the files has been said.
            for (name, files) in message_file::by_name(files, &mut Vec::new()) {
                names.insert((name.clone(), Some(pseudo)), bundles.len());
                let (bundle, table) =
                    bundle(&name, bundles.len(), files, Some(pseudo), &mut Vec::new());
                bundles.push(bundle);
                known.push(table);
            }
        }
        let tables: Vec<_> = locales
            .ids()
            .map(|id| table(locales, id, &names, &known))
            .collect();
        let borrowed = locales
            .ids()
            .map(|id| borrowed(locales, id, &names, &known, &tables[id.index()]))
            .collect();
        let dates = locales
            .ids()
            .map(|id| Dates::new(&locales.get(id).tag))
            .collect();
        let alphabets = locales
            .ids()
            .map(|id| Alphabet::new(&locales.get(id).tag))
            .collect();
        let mut catalog = Catalog {
            bundles,
            tables,
            borrowed,
            dates,
            alphabets,
            languages: Vec::new(),
        };
        let languages = locales
            .ids()
            .map(|shown_in| {
                locales
                    .ids()
                    .map(|of| catalog.name_of(locales, shown_in, of))
                    .collect()
            })
            .collect();
        catalog.languages = languages;
        (catalog, problems)
    }

    /// What message `key`, or an attribute `key.attribute`, says in `locale`; from its fallbacks if it is silent, then in English. If
    /// nobody knows the message, its key in white brackets.
    pub fn text(&self, locale: LocaleId, key: &str, args: &[(&str, Arg)]) -> Cow<'_, str> {
        match self
            .tables
            .get(locale.index())
            .and_then(|table| table.get(key))
        {
            Some(Message::Fixed(text)) => Cow::Borrowed(text),
            Some(Message::Open(bundle)) => {
                format(&self.bundles[*bundle], key, args, &mut Vec::new())
                    .unwrap_or_else(|| missing(key))
                    .into()
            }
            None => missing(key).into(),
        }
    }

    /// True if [`Catalog::text`] finds the message.
    pub fn has(&self, locale: LocaleId, key: &str) -> bool {
        self.tables
            .get(locale.index())
            .is_some_and(|table| table.contains_key(key))
    }

    /// The messages that `locale` has from another language, in alphabetical order.
    pub fn fallback_keys(&self, locale: LocaleId) -> impl Iterator<Item = &str> {
        self.borrowed
            .get(locale.index())
            .into_iter()
            .flatten()
            .map(|key| &**key)
    }

    /// A date in the words of `locale`: `22. september 2023`.
    pub fn date(&self, locale: LocaleId, date: jiff::civil::Date) -> String {
        self.dates
            .get(locale.index())
            .map_or_else(|| date.to_string(), |dates| dates.write(date))
    }

    /// How two texts stand to each other in the alphabet of `locale`.
    pub fn compare(&self, locale: LocaleId, one: &str, other: &str) -> Ordering {
        self.alphabets
            .get(locale.index())
            .map_or_else(|| one.cmp(other), |alphabet| alphabet.compare(one, other))
    }

    /// The letter of the alphabet of `locale` that a text is looked up under; `#` for digits and signs.
    pub fn letter(&self, locale: LocaleId, text: &str) -> char {
        self.alphabets
            .get(locale.index())
            .map_or('#', |alphabet| alphabet.letter(text))
    }

    /// What the language `of` is called in the language `shown_in`: message `language-nb`, or what its own speakers call it.
    pub fn language(&self, shown_in: LocaleId, of: LocaleId) -> String {
        self.languages
            .get(shown_in.index())
            .and_then(|names| names.get(of.index()))
            .cloned()
            .unwrap_or_default()
    }

    fn name_of(&self, locales: &Locales, shown_in: LocaleId, of: LocaleId) -> String {
        let of = locales.get(of);
        let base = of.tag.split('-').next().unwrap_or("");
        [of.tag.as_str(), base]
            .into_iter()
            .map(|tag| format!("language-{tag}"))
            .find(|key| self.has(shown_in, key))
            .map_or_else(
                || of.name.clone(),
                |key| self.text(shown_in, &key, &[]).to_string(),
            )
    }
}

fn missing(key: &str) -> String {
    format!("⟦{key}⟧")
}

/// Where the messages of a file name are: as they are, and as pseudo locales say them.
type Names = FxHashMap<(String, Option<PseudoLocale>), usize>;

/// All messages `id` can use: its own names first, then its fallbacks', then English.
fn table(
    locales: &Locales,
    id: LocaleId,
    names: &Names,
    known: &[FxHashMap<Arc<str>, Message>],
) -> FxHashMap<Arc<str>, Message> {
    let pseudo = locales.get(id).pseudo();
    let mut table = FxHashMap::default();
    let chain = locales
        .fallback_chain(id)
        .into_iter()
        .flat_map(|id| message_file::names_of(locales.get(id)));
    for bundle in chain
        .chain(["en".into()])
        .filter_map(|name| names.get(&(name, pseudo)))
    {
        for (key, message) in &known[*bundle] {
            table.entry(key.clone()).or_insert_with(|| message.clone());
        }
    }
    table
}

/// The messages in `table` that no file of the locale's own language has. What languages are called, they say themselves.
fn borrowed(
    locales: &Locales,
    id: LocaleId,
    names: &Names,
    known: &[FxHashMap<Arc<str>, Message>],
    table: &FxHashMap<Arc<str>, Message>,
) -> Vec<Arc<str>> {
    if locales.get(id).pseudo().is_some() {
        return Vec::new();
    }
    let own: Vec<usize> = message_file::names_of(locales.get(id))
        .into_iter()
        .filter_map(|name| names.get(&(name, None)).copied())
        .collect();
    let is_own = |key: &Arc<str>| own.iter().any(|bundle| known[*bundle].contains_key(key));
    let mut keys: Vec<Arc<str>> = table
        .keys()
        .filter(|key| !key.starts_with("language-") && !is_own(key))
        .cloned()
        .collect();
    keys.sort();
    keys
}

/// The messages of all files of one name.
fn bundle(
    name: &str,
    index: usize,
    files: Vec<File>,
    pseudo: Option<PseudoLocale>,
    problems: &mut Vec<Diagnostic>,
) -> (FluentBundle<FluentResource>, FxHashMap<Arc<str>, Message>) {
    let mut bundle = FluentBundle::new_concurrent(vec![name.parse().unwrap_or_default()]);
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(number::in_message));
    bundle.set_transform(pseudo.map(PseudoLocale::transform));
    // Without `NUMBER`, which cannot be there already, numbers still work.
    let _ = bundle.add_builtins();
    // In the order of the files, so that problems are found in the same order every time.
    let mut keys: Vec<(Arc<str>, &MessageFile)> = Vec::new();
    for File { messages, resource } in files {
        for entry in resource.entries() {
            if let Entry::Message(message) = entry {
                let attributes = message
                    .attributes
                    .iter()
                    .map(|attribute| format!("{}.{}", message.id.name, attribute.id.name));
                keys.extend(
                    message
                        .value
                        .iter()
                        .map(|_| message.id.name.into())
                        .chain(attributes.map(Arc::from))
                        .map(|key| (key, messages)),
                );
            }
        }
        bundle.add_resource_overriding(resource);
    }
    let mut table = FxHashMap::default();
    for (key, messages) in keys.into_iter().rev() {
        if table.contains_key(&key) {
            continue;
        }
        let mut errors = Vec::new();
        let Some(text) = format(&bundle, &key, &[], &mut errors) else {
            continue;
        };
        let mut open = false;
        for error in errors {
            match error {
                FluentError::ResolverError(ResolverError::Reference(ReferenceKind::Variable {
                    ..
                })) => open = true,
                FluentError::ResolverError(error) => problems.push(messages.broken(&key, &error)),
                FluentError::Overriding { .. } | FluentError::ParserError(_) => {}
            }
        }
        table.insert(
            key,
            if open {
                Message::Open(index)
            } else {
                Message::Fixed(text.into())
            },
        );
    }
    (bundle, table)
}

/// What `key` says; nothing if it has been replaced by a message without that value or attribute.
fn format(
    bundle: &FluentBundle<FluentResource>,
    key: &str,
    args: &[(&str, Arg)],
    errors: &mut Vec<FluentError>,
) -> Option<String> {
    let pattern = pattern(bundle, key)?;
    let mut values = FluentArgs::with_capacity(args.len());
    for &(name, arg) in args {
        match arg {
            Arg::Text(text) => values.set(name, text),
            Arg::Number(number) => values.set(name, number),
        }
    }
    Some(
        bundle
            .format_pattern(pattern, Some(&values), errors)
            .into_owned(),
    )
}

fn pattern<'a>(
    bundle: &'a FluentBundle<FluentResource>,
    key: &str,
) -> Option<&'a Pattern<&'a str>> {
    match key.split_once('.') {
        None => bundle.get_message(key)?.value(),
        Some((id, attribute)) => Some(bundle.get_message(id)?.get_attribute(attribute)?.value()),
    }
}
