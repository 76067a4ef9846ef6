//! A site -> which pages each language has, lacks, or has without anybody having translated them. The original of a page is the one in the
//! default language. What changed since a page was translated is not known here.

use std::collections::BTreeSet;

use crate::locale::LocaleId;
use crate::site::{Key, KeyId, PageKind, Site};
use crate::source::SourceId;
use crate::syntax::Body;

use super::words;

/// How far each language is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// The languages in the order of the site, without the default one.
    pub locales: Vec<LocaleStatus>,
}

/// How far one language is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocaleStatus {
    /// Which one.
    pub locale: LocaleId,
    /// Its pages, and those it lacks, in the order of their paths.
    pub entries: Vec<Entry>,
}

/// One page in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What it shares with its translations: the path below the language folder.
    pub path: String,
    /// The original, unless there is none.
    pub original: Option<SourceId>,
    /// The translation, unless there is none.
    pub translation: Option<SourceId>,
    /// How the one stands to the other.
    pub state: State,
    /// How many words the original has; those of the translation if there is no original.
    pub words: usize,
}

/// How a translation stands to its original.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// It is there.
    Translated,
    /// It is there, and says that a machine translated it (`translation_type: MT`).
    Machine,
    /// It is there, but its text is that of the original.
    Identical,
    /// It isn't there.
    Missing,
    /// It is there, but the original isn't.
    Orphaned,
}

impl State {
    /// Every state, in the order in which they are listed.
    pub const ALL: [State; 5] = [State::Translated, State::Machine, State::Identical, State::Missing, State::Orphaned];

    /// As reports spell it.
    pub fn name(self) -> &'static str {
        match self {
            State::Translated => "translated",
            State::Machine => "machine-translated",
            State::Identical => "identical",
            State::Missing => "missing",
            State::Orphaned => "orphaned",
        }
    }
}

impl LocaleStatus {
    /// How many pages are in this state.
    pub fn count(&self, state: State) -> usize {
        self.entries.iter().filter(|entry| entry.state == state).count()
    }

    /// How many words wait for a translator: those of missing pages and of pages that are still the original.
    pub fn words_left(&self) -> usize {
        let left = |entry: &&Entry| matches!(entry.state, State::Missing | State::Identical);
        self.entries.iter().filter(left).map(|entry| entry.words).sum()
    }

    /// How many of a hundred pages with an original are translated, by whomever, rounded down. A language without any such page is done.
    pub fn percent(&self) -> usize {
        let all = self.entries.len() - self.count(State::Orphaned);
        let done = self.count(State::Translated) + self.count(State::Machine);
        (done * 100).checked_div(all).unwrap_or(100)
    }
}

/// How the translations of all pages stand to their originals. Pages outside the language folders and pages that only send the reader on
/// are nobody's translation.
pub fn status(site: &Site) -> Status {
    let read = site.pages().iter().filter(|page| page.kind != PageKind::Redirect);
    let ids: BTreeSet<KeyId> = read.map(|page| page.key).collect();
    let mut keys: Vec<&Key> = ids.into_iter().map(|id| site.key(id)).filter(|key| key.localized).collect();
    keys.sort_by(|a, b| a.path.cmp(&b.path));
    let default = site.config.locales.default();
    let others = site.config.locales.ids().filter(|locale| *locale != default && site.config.locales.get(*locale).pseudo().is_none());
    let of = |locale| LocaleStatus { locale, entries: keys.iter().filter_map(|key| entry(site, key, locale)).collect() };
    Status { locales: others.map(of).collect() }
}

fn entry(site: &Site, key: &Key, locale: LocaleId) -> Option<Entry> {
    let variant = |wanted| key.variants.iter().find(|(locale, _)| *locale == wanted).map(|(_, source)| *source);
    let (original, translation) = (variant(site.config.locales.default()), variant(locale));
    let state = match (original, translation) {
        (None, None) => return None,
        (Some(_), None) => State::Missing,
        (None, Some(_)) => State::Orphaned,
        (Some(original), Some(translation)) => compare(site, original, translation),
    };
    let words = original.or(translation).and_then(|id| Some(words::count(&site.linked(id)?.document, &site.source(id).text)));
    Some(Entry { path: key.path.clone(), original, translation, state, words: words.unwrap_or(0) })
}

fn compare(site: &Site, original: SourceId, translation: SourceId) -> State {
    let kind = site.linked(translation).and_then(|linked| linked.document.front_matter.text("translation_type"));
    let words = site.linked(original).map_or(0, |linked| words::count(&linked.document, &site.source(original).text));
    if words > 0 && body(site, original) == body(site, translation) {
        State::Identical
    } else if kind.is_some_and(|kind| kind.trim().eq_ignore_ascii_case("mt")) {
        State::Machine
    } else {
        State::Translated
    }
}

/// The text of a page without its front matter.
fn body(site: &Site, id: SourceId) -> &str {
    let text = &*site.source(id).text;
    let start = match site.linked(id).map(|linked| &linked.document.body) {
        Some(Body::Article(tree)) => tree.nodes.first().map_or(text.len(), |node| node.span.range().start),
        _ => 0,
    };
    text.get(start..).unwrap_or(text).trim()
}
