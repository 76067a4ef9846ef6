//! Fluent files -> the texts of the interface in every locale. Texts without arguments are formatted once, so that asking for one is a single
//! lookup from any number of threads. Fluent chooses plural forms by the language that the file is named after (`nb.ftl` for the folder `no`).
//! Doesn't know which messages there should be: a missing one is shown as its key.

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
use super::locales::{LocaleId, Locales};
use super::message_file::{self, File};
use super::number;
use super::pseudo::PseudoLocale;
use crate::diagnostic::Diagnostic;

use super::message_file::MessageFile;

/// A value for the `{ $name }` of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arg<'a> {
    /// Inserted as it is.
    Text(&'a str),
    /// Inserted as digits; selects between singular and plural.
    Number(i64),
}

/// The texts of the interface, in every locale of a site.
pub struct Catalog {
    bundles: Vec<FluentBundle<FluentResource>>,
    /// By locale.
    tables: Vec<FxHashMap<Arc<str>, Message>>,
    /// By locale: the keys of messages that only other languages have, in order.
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
    /// Has to be formatted by this bundle.
    Open(usize),
}

impl Catalog {
    /// Reads `files`. Later files of the same name replace messages of earlier ones. An invalid part of a file is a problem, and the rest of
    /// the file counts.
    pub fn load(locales: &Locales, files: &[MessageFile]) -> (Catalog, Vec<Diagnostic>) {
        let mut problems = Vec::new();
        let mut bundles = Bundles::default();
        bundles.add(files, None, &mut problems);
        let mut pseudos: Vec<PseudoLocale> = locales
            .ids()
            .flat_map(|id| locales.get(id).pseudo())
            .collect();
        pseudos.dedup();
        for pseudo in pseudos {
            // The same files once more: their problems are known already.
            bundles.add(files, Some(pseudo), &mut Vec::new());
        }
        let mut catalog = Catalog {
            tables: Vec::new(),
            borrowed: Vec::new(),
            dates: Vec::new(),
            alphabets: Vec::new(),
            languages: Vec::new(),
            bundles: Vec::new(),
        };
        for id in locales.ids() {
            let tag = &locales.get(id).tag;
            let table = bundles.table(locales, id);
            catalog.borrowed.push(bundles.borrowed(locales, id, &table));
            catalog.tables.push(table);
            catalog.dates.push(Dates::new(tag));
            catalog.alphabets.push(Alphabet::new(tag));
        }
        catalog.bundles = bundles.bundles;
        // Names of languages are messages themselves, so they come last.
        for shown_in in locales.ids() {
            let names = locales
                .ids()
                .map(|of| catalog.name_of(locales, shown_in, of))
                .collect();
            catalog.languages.push(names);
        }
        (catalog, problems)
    }

    /// The text of message `key`, or of an attribute `key.attribute`, in `locale`, else in its fallbacks, else in English. The key itself in
    /// white brackets if there is no such message.
    pub fn text(&self, locale: LocaleId, key: &str, args: &[(&str, Arg)]) -> Cow<'_, str> {
        match self.message(locale, key) {
            Some(Message::Fixed(text)) => Cow::Borrowed(text),
            Some(Message::Open(bundle)) => {
                let text = format(&self.bundles[*bundle], key, args, &mut Vec::new());
                Cow::Owned(text.unwrap_or_else(|| missing(key)))
            }
            None => Cow::Owned(missing(key)),
        }
    }

    /// True if [`Catalog::text`] finds the message.
    pub fn has(&self, locale: LocaleId, key: &str) -> bool {
        self.message(locale, key).is_some()
    }

    fn message(&self, locale: LocaleId, key: &str) -> Option<&Message> {
        self.tables.get(locale.index())?.get(key)
    }

    /// The messages that `locale` has from another language, in alphabetical order.
    pub fn fallback_keys(&self, locale: LocaleId) -> impl Iterator<Item = &str> {
        let keys = self.borrowed.get(locale.index()).into_iter().flatten();
        keys.map(|key| &**key)
    }

    /// A date in long form: `22. september 2023`.
    pub fn date(&self, locale: LocaleId, date: jiff::civil::Date) -> String {
        match self.dates.get(locale.index()) {
            Some(dates) => dates.format(date),
            None => date.to_string(),
        }
    }

    /// The order of two texts in the alphabet of `locale`.
    pub fn compare(&self, locale: LocaleId, one: &str, other: &str) -> Ordering {
        match self.alphabets.get(locale.index()) {
            Some(alphabet) => alphabet.compare(one, other),
            None => one.cmp(other),
        }
    }

    /// The letter of the alphabet of `locale` that a text is listed under; `#` for digits and symbols.
    pub fn letter(&self, locale: LocaleId, text: &str) -> char {
        match self.alphabets.get(locale.index()) {
            Some(alphabet) => alphabet.letter(text),
            None => '#',
        }
    }

    /// The name of the language `of` in the language `shown_in`: message `language-nb`, or its name in the language itself.
    pub fn language(&self, shown_in: LocaleId, of: LocaleId) -> String {
        match self.languages.get(shown_in.index()) {
            Some(names) => names.get(of.index()).cloned().unwrap_or_default(),
            None => String::new(),
        }
    }

    fn name_of(&self, locales: &Locales, shown_in: LocaleId, of: LocaleId) -> String {
        let of = locales.get(of);
        let base = of.tag.split('-').next().unwrap_or("");
        // The whole tag first, because `pt-BR` may have another name than `pt`.
        for tag in [of.tag.as_str(), base] {
            let key = format!("language-{tag}");
            if self.has(shown_in, &key) {
                return self.text(shown_in, &key, &[]).into_owned();
            }
        }
        of.name.clone()
    }
}

/// All Fluent bundles, with the messages of each.
#[derive(Default)]
struct Bundles {
    /// By file name, as it is and as a pseudo locale shows it: the index of its bundle.
    names: FxHashMap<(String, Option<PseudoLocale>), usize>,
    bundles: Vec<FluentBundle<FluentResource>>,
    /// Parallel to `bundles`.
    messages: Vec<FxHashMap<Arc<str>, Message>>,
}

impl Bundles {
    /// Adds a bundle for each name of `files`.
    fn add(
        &mut self,
        files: &[MessageFile],
        pseudo: Option<PseudoLocale>,
        problems: &mut Vec<Diagnostic>,
    ) {
        for (name, files) in message_file::by_name(files, problems) {
            let index = self.bundles.len();
            let (bundle, keys) = bundle(&name, files, pseudo);
            self.messages.push(messages(&bundle, index, keys, problems));
            self.bundles.push(bundle);
            self.names.insert((name, pseudo), index);
        }
    }

    /// All messages a reader of `id` sees: those of its own files, then its fallbacks', then English.
    fn table(&self, locales: &Locales, id: LocaleId) -> FxHashMap<Arc<str>, Message> {
        let pseudo = locales.get(id).pseudo();
        let mut names = Vec::new();
        for id in locales.fallback_chain(id) {
            names.extend(message_file::names_of(locales.get(id)));
        }
        // The English texts of the program are complete, so that no reader ever sees a key.
        names.push("en".to_owned());
        let mut table = FxHashMap::default();
        for name in names {
            let Some(bundle) = self.names.get(&(name, pseudo)) else {
                continue;
            };
            for (key, message) in &self.messages[*bundle] {
                table.entry(key.clone()).or_insert_with(|| message.clone());
            }
        }
        table
    }

    /// The messages in `table` that no file of the locale's own language has, in order. The names of languages are left out: their own names
    /// are as good as translated ones.
    fn borrowed(
        &self,
        locales: &Locales,
        id: LocaleId,
        table: &FxHashMap<Arc<str>, Message>,
    ) -> Vec<Arc<str>> {
        // A pseudo locale is made from the default language, so all of its messages are its own.
        if locales.get(id).pseudo().is_some() {
            return Vec::new();
        }
        let mut own = Vec::new();
        for name in message_file::names_of(locales.get(id)) {
            own.extend(self.names.get(&(name, None)));
        }
        let mut keys = Vec::new();
        for key in table.keys() {
            let is_own = own
                .iter()
                .any(|&&bundle| self.messages[bundle].contains_key(key));
            if !is_own && !key.starts_with("language-") {
                keys.push(key.clone());
            }
        }
        keys.sort();
        keys
    }
}

fn missing(key: &str) -> String {
    format!("⟦{key}⟧")
}

/// The keys of messages and attributes, each with its file.
type Keys<'m> = Vec<(Arc<str>, &'m MessageFile)>;

/// A bundle of all files of one name, and the keys in the order of the files.
fn bundle<'m>(
    name: &str,
    files: Vec<File<'m>>,
    pseudo: Option<PseudoLocale>,
) -> (FluentBundle<FluentResource>, Keys<'m>) {
    let mut bundle = FluentBundle::new_concurrent(vec![name.parse().unwrap_or_default()]);
    // Fluent would put U+2068 and U+2069 around every argument. They are invisible in prose, but show up in attributes, in titles that are
    // compared and in the search index.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(number::in_message));
    bundle.set_transform(pseudo.map(PseudoLocale::transform));
    // This fails only if there is a function `NUMBER` already, which there isn't.
    let _ = bundle.add_builtins();
    let mut keys: Keys = Vec::new();
    for File { messages, resource } in files {
        for entry in resource.entries() {
            let Entry::Message(message) = entry else {
                continue;
            };
            let name = message.id.name;
            if message.value.is_some() {
                keys.push((name.into(), messages));
            }
            for attribute in &message.attributes {
                let key = format!("{name}.{}", attribute.id.name);
                keys.push((key.into(), messages));
            }
        }
        // A site replaces single messages of the program, so the files come in that order.
        bundle.add_resource_overriding(resource);
    }
    (bundle, keys)
}

/// The messages of a bundle, which has this index.
fn messages(
    bundle: &FluentBundle<FluentResource>,
    index: usize,
    keys: Keys<'_>,
    problems: &mut Vec<Diagnostic>,
) -> FxHashMap<Arc<str>, Message> {
    let mut table = FxHashMap::default();
    // Backwards: the last message of a key is the one in the bundle, so its problems belong to the last file.
    for (key, file) in keys.into_iter().rev() {
        if table.contains_key(&key) {
            continue;
        }
        let mut errors = Vec::new();
        let Some(text) = format(bundle, &key, &[], &mut errors) else {
            continue;
        };
        // Formatted without arguments on purpose: whether one is missing shows which messages can be stored as they are.
        let mut needs_arguments = false;
        for error in errors {
            match error {
                FluentError::ResolverError(ResolverError::Reference(ReferenceKind::Variable {
                    ..
                })) => needs_arguments = true,
                FluentError::ResolverError(error) => problems.push(file.broken(&key, &error)),
                FluentError::Overriding { .. } | FluentError::ParserError(_) => {}
            }
        }
        let message = if needs_arguments {
            Message::Open(index)
        } else {
            Message::Fixed(text.into())
        };
        table.insert(key, message);
    }
    table
}

/// The text of `key`; nothing if it has been replaced by a message without that value or attribute.
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
