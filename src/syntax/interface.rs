//! [`Document`] -> [`Interface`]: the part of a document that other files may depend on, and what it hashes to.
//!
//! In: a parsed document. Out: its kind, metadata, headings and outgoing references. It knows neither positions nor the text of the body, so
//! it stays equal while an author writes below the headings, and all that is built from interfaces alone can be reused as it is.

use std::sync::Arc;

use xxhash_rust::xxh3::Xxh3;

use crate::source::yaml::YamlEntry;

use super::document::{Body, Document, InterfaceHashes};
use super::front_matter::is_date_key;
use super::redirect_list::RedirectList;
use super::reference::{Outgoing, RefId, Reference};
use super::title::{DocumentTitle, TitlePart};
use super::toc::Toc;

/// What a file is, as far as other files are concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DocumentKind {
    /// A Markdown file: a page or a fragment.
    Article,
    /// A table of contents.
    Toc,
    /// A landing page.
    Landing,
    /// A tutorial.
    Tutorial,
    /// The redirects of the site.
    Redirects,
    /// A YAML page whose keys hold Markdown.
    Structured,
    /// A YAML file of another type.
    Data,
}

/// The front matter on which it depends which pages exist and what they are called.
const IDENTITY_KEYS: [&str; 5] = [
    "uid",
    "translation_key",
    "redirect_url",
    "gone",
    "outputFileName",
];

/// The part of a document that other files may depend on.
#[derive(Debug, Clone, Copy)]
pub struct Interface<'a> {
    document: &'a Document,
}

impl<'a> Interface<'a> {
    /// The interface of `document`.
    pub fn of(document: &'a Document) -> Self {
        Interface { document }
    }

    /// What the file is.
    pub fn kind(self) -> DocumentKind {
        kind(&self.document.body)
    }

    /// The `YamlMime` of a data file, if it states one.
    pub fn mime(self) -> Option<&'a str> {
        mime(&self.document.body)
    }

    /// The text of a front matter key that has one. Dates are not part of an interface.
    pub fn metadata(self, key: &str) -> Option<&'a str> {
        if is_date_key(key) {
            return None;
        }
        self.document.front_matter.text(key)
    }

    /// True if the front matter has this key, be its value a text or not.
    pub fn has_metadata(self, key: &str) -> bool {
        !is_date_key(key) && self.document.front_matter.get(key).is_some()
    }

    /// The keywords of the front matter.
    pub fn keywords(self) -> Vec<&'a str> {
        self.document.front_matter.keywords()
    }

    /// What it gives for the title of its page.
    pub fn title(self) -> &'a DocumentTitle {
        &self.document.title
    }

    /// The entries, if the file is a table of contents.
    pub fn toc(self) -> Option<&'a Toc> {
        match &self.document.body {
            Body::Toc(toc) => Some(toc),
            _ => None,
        }
    }

    /// The entries, if the file lists the redirects of the site.
    pub fn redirects(self) -> Option<&'a RedirectList> {
        match &self.document.body {
            Body::Redirects(list) => Some(list),
            _ => None,
        }
    }

    /// The front matter of a table of contents: all of such a file is its interface.
    pub fn toc_metadata(self) -> &'a [YamlEntry] {
        match &self.document.body {
            Body::Toc(_) => &self.document.front_matter.entries,
            _ => &[],
        }
    }

    /// All outgoing references, in the order of their numbers.
    pub fn references(self) -> impl ExactSizeIterator<Item = Outgoing<'a>> {
        self.document.refs.iter().map(Reference::outgoing)
    }

    /// One outgoing reference.
    pub fn reference(self, id: RefId) -> Option<Outgoing<'a>> {
        self.document.refs.get(id as usize).map(Reference::outgoing)
    }

    /// What the parts of the interface hash to.
    pub fn hashes(self) -> InterfaceHashes {
        self.document.interface
    }
}

/// An interface that is used longer than the site it was read in. It owns the document, but shows no more of it than [`Interface`] does, so
/// it is as good as that of a later document with the same hashes.
#[derive(Debug, Clone)]
pub struct SharedInterface {
    document: Arc<Document>,
}

impl SharedInterface {
    /// The interface of `document`.
    pub fn of(document: &Arc<Document>) -> Self {
        SharedInterface {
            document: document.clone(),
        }
    }

    /// The interface.
    pub fn get(&self) -> Interface<'_> {
        Interface::of(&self.document)
    }
}

/// Hashes the interface of a document with this text.
pub(super) fn hashes(document: &Document, text: &str) -> InterfaceHashes {
    let (mut identity, mut metadata) = (Xxh3::new(), Xxh3::new());
    let (mut references, mut dates) = (Xxh3::new(), Xxh3::new());
    let kind = kind(&document.body);
    identity.update(&[kind as u8]);
    add(&mut identity, mime(&document.body).unwrap_or_default());
    for key in IDENTITY_KEYS {
        // A missing key and an empty value name no page alike.
        add(
            &mut identity,
            document.front_matter.text(key).unwrap_or_default(),
        );
    }
    if kind == DocumentKind::Article {
        add_title(&mut metadata, &document.title);
        for entry in &document.front_matter.entries {
            if !is_date_key(&entry.key) {
                add(&mut metadata, &entry.key);
                // As typed: the same bytes are the same value, and values of any shape need no
                // walk.
                add(&mut metadata, slice(text, entry.value.span.range()));
            }
        }
    } else {
        // All of a YAML page is data that other pages show: cards, entries, steps.
        add(&mut metadata, text);
    }
    for entry in &document.front_matter.entries {
        if is_date_key(&entry.key) {
            add(&mut dates, &entry.key);
            add(&mut dates, slice(text, entry.value.span.range()));
        }
    }
    for reference in &document.refs {
        references.update(&[reference.kind as u8]);
        add(&mut references, &reference.target);
    }
    InterfaceHashes {
        identity: identity.digest128(),
        metadata: metadata.digest128(),
        references: references.digest128(),
        dates: dates.digest128(),
    }
}

fn kind(body: &Body) -> DocumentKind {
    match body {
        Body::Article(_) => DocumentKind::Article,
        Body::Toc(_) => DocumentKind::Toc,
        Body::Landing(_) => DocumentKind::Landing,
        Body::Tutorial(_) => DocumentKind::Tutorial,
        Body::Redirects(_) => DocumentKind::Redirects,
        Body::Structured(_) => DocumentKind::Structured,
        Body::Data(_) => DocumentKind::Data,
    }
}

fn mime(body: &Body) -> Option<&str> {
    match body {
        Body::Data(data) => data.mime.as_deref(),
        Body::Structured(page) => Some(&page.mime),
        _ => None,
    }
}

fn add_title(hash: &mut Xxh3, title: &DocumentTitle) {
    for include in &title.before {
        hash.update(&include.to_le_bytes());
    }
    for parts in [&title.heading, &title.words] {
        hash.update(&[u8::from(parts.is_some())]);
        for part in parts.as_deref().unwrap_or_default() {
            match part {
                TitlePart::Text(text) => add(hash, text),
                TitlePart::Include(reference) => hash.update(&reference.to_be_bytes()),
            }
        }
    }
}

fn slice(text: &str, range: std::ops::Range<usize>) -> &str {
    text.get(range).unwrap_or_default()
}

/// Adds a text with its length: `ab` and `c` must not hash like `a` and `bc`.
fn add(hash: &mut Xxh3, text: &str) {
    hash.update(&text.len().to_le_bytes());
    hash.update(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{SitePath, Source};
    use crate::syntax::parse;

    fn of(text: &str) -> InterfaceHashes {
        parse(&Source::from_text(SitePath::new("a.md").unwrap(), text)).interface
    }

    #[test]
    fn what_is_written_below_the_headings_changes_no_interface() {
        let before = of("---\nuid: a\n---\n\n# Title\n\nSome words and [a link](b.md).\n");
        let after = of("---\nuid: a\n---\n\n# Title\n\nOther words, and [a link](b.md)\n");
        assert_eq!(before, after);
    }

    #[test]
    fn each_part_changes_with_what_it_is_made_of_only() {
        let text = "---\nuid: a\ntitle: A\nms.date: 2023-01-01\n---\n\n[b](b.md)\n";
        let before = of(text);
        let uid = of(&text.replace("uid: a", "uid: b"));
        assert_ne!(before.identity, uid.identity);
        assert_eq!(before.references, uid.references);
        let title = of(&text.replace("title: A", "title: B"));
        assert_eq!(before.identity, title.identity);
        assert_ne!(before.metadata, title.metadata);
        let date = of(&text.replace("2023", "2024"));
        assert_eq!(before.metadata, date.metadata);
        assert_ne!(before.dates, date.dates);
        let link = of(&text.replace("b.md", "c.md"));
        assert_eq!(before.metadata, link.metadata);
        assert_ne!(before.references, link.references);
    }
}
