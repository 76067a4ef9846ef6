//! `translations` of `hjelp.yml` -> how translations are recognized besides by their folders: by the uids of pages, and by the paths of
//! pictures that contain words. Doesn't know which pages and pictures there are.

use super::glob::Globs;
use super::reader::ConfigReader;
use super::regex::RegexPattern;
use crate::diagnostic::Code;
use crate::locale::{LocaleId, Locales};
use crate::message;
use crate::source::SitePath;
use crate::source::yaml::YamlNode;

/// Where a pattern has the language: the name of its folder, or its tag.
const PLACEHOLDER: &str = "{locale}";

/// Replaces the language while paths are matched. A control character, because no path has one.
const MARK: &str = "\u{1}";

/// How translations are recognized.
#[derive(Debug, Clone, Hash)]
pub struct TranslationOptions {
    /// By locale: the pattern of uids, with a group for each part that translations share.
    uids: Vec<RegexPattern>,
    /// The paths of files that differ from language to language, with [`MARK`] for the language.
    media: Option<Globs>,
    /// By locale: the names of their folders.
    folders: Vec<String>,
    /// Keys of front matter whose values translators get, besides those that every page has.
    pub front_matter: Vec<String>,
    /// True if pages that may be out of date have a notice.
    pub stale_notice: bool,
    /// True if the site has a page about the status of its translations.
    pub dashboard: bool,
}

impl Default for TranslationOptions {
    fn default() -> Self {
        TranslationOptions {
            uids: Vec::new(),
            media: None,
            folders: Vec::new(),
            front_matter: Vec::new(),
            stale_notice: true,
            dashboard: false,
        }
    }
}

/// The path of a file that differs from language to language, cut at the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MediaPath<'p> {
    /// The language it names.
    pub locale: LocaleId,
    before: &'p str,
    after: &'p str,
}

impl MediaPath<'_> {
    /// The path of the same file in the language of this folder.
    pub fn in_folder(&self, folder: &str) -> Option<SitePath> {
        SitePath::new(&format!("{}{folder}{}", self.before, self.after)).ok()
    }
}

impl TranslationOptions {
    /// What a page in `locale` with this uid shares with its translations: `invoice` of `help-no-invoice`, if uids look like that.
    pub fn stem(&self, locale: LocaleId, uid: &str) -> Option<String> {
        let groups = self.uids.get(locale.index())?.captures(uid);
        if !groups.is_match() {
            return None;
        }
        let mut parts = Vec::new();
        // The first group is the whole uid.
        for span in groups.iter().flatten().skip(1) {
            parts.extend(uid.get(span.range()));
        }
        // Joined with a character no uid has, so that `a-b` and `c` are not taken for `a` and `b-c`.
        Some(parts.join(MARK))
    }

    /// The language in the path of a file, if it is one of the files that differ from language to language.
    pub fn media<'p>(&self, path: &'p SitePath) -> Option<MediaPath<'p>> {
        let media = self.media.as_ref()?;
        let path = path.as_str();
        for (index, folder) in self.folders.iter().enumerate() {
            // The name can occur several times, also within a longer one: only the patterns decide which of them is the language.
            for (at, _) in path.match_indices(folder.as_str()) {
                let (before, after) = (&path[..at], &path[at + folder.len()..]);
                if media.matches(&format!("{before}{MARK}{after}")) {
                    return Some(MediaPath {
                        locale: LocaleId::new(index),
                        before,
                        after,
                    });
                }
            }
        }
        None
    }
}

impl ConfigReader<'_> {
    /// Reads `translations`.
    pub(super) fn read_translations(
        &mut self,
        node: &YamlNode,
        locales: &Locales,
    ) -> TranslationOptions {
        let keys = ["uid", "media", "front-matter", "stale-notice", "dashboard"];
        let [uid, media, front_matter, stale_notice, dashboard] =
            self.table(node, "`translations`", keys);
        let default = TranslationOptions::default();
        TranslationOptions {
            uids: match uid {
                Some(node) => self.uid_patterns(node, locales),
                None => Vec::new(),
            },
            media: media.and_then(|node| self.media_globs(node)),
            folders: super::locales::folders(locales),
            front_matter: match front_matter {
                Some(node) => self.front_matter_keys(node),
                None => Vec::new(),
            },
            stale_notice: self
                .flag(stale_notice, "`stale-notice`")
                .unwrap_or(default.stale_notice),
            dashboard: self
                .flag(dashboard, "`dashboard`")
                .unwrap_or(default.dashboard),
        }
    }

    /// A pattern for each locale.
    fn uid_patterns(&mut self, node: &YamlNode, locales: &Locales) -> Vec<RegexPattern> {
        const EXAMPLE: &str = "help-{locale}-*";
        let Some(text) = self.text(node, "`uid`", EXAMPLE) else {
            return Vec::new();
        };
        if !self.has_one_placeholder(node, text, EXAMPLE) {
            return Vec::new();
        }
        let mut patterns = Vec::new();
        for id in locales.ids() {
            let locale = locales.get(id);
            // Sites name uids by the folder (`help-no-x`) or by the tag (`help-nb-x`).
            let names = format!("(?:{}|{})", escaped(&locale.folder), escaped(&locale.tag));
            // Escaped first: a dot in a uid is a dot, and only `*` has a meaning.
            let pattern = escaped(text)
                .replace(&escaped(PLACEHOLDER), &names)
                .replace(r"\*", "(.*)");
            patterns.extend(RegexPattern::new(&pattern));
        }
        patterns
    }

    fn front_matter_keys(&mut self, node: &YamlNode) -> Vec<String> {
        let keys = self.patterns(node, "`front-matter`");
        keys.iter().map(|key| (*key).to_owned()).collect()
    }

    fn media_globs(&mut self, node: &YamlNode) -> Option<Globs> {
        let mut patterns = Vec::new();
        for pattern in self.patterns(node, "`media`") {
            // All patterns are reported at the list, so that more than one report would look like a repetition.
            if !self.has_one_placeholder(node, pattern, "media/{locale}/**") {
                return None;
            }
            patterns.push(pattern.replace(PLACEHOLDER, MARK));
        }
        if patterns.is_empty() {
            return None;
        }
        Globs::new(&patterns).ok()
    }

    fn has_one_placeholder(&mut self, node: &YamlNode, pattern: &str, example: &str) -> bool {
        if pattern.matches(PLACEHOLDER).count() == 1 {
            return true;
        }
        self.error(
            Code::UnexpectedValue,
            node.span,
            message!(
                "`{pattern}` must contain `{placeholder}` exactly once",
                pattern,
                placeholder = PLACEHOLDER
            ),
            message!("Write for example `{example}`.", example),
        );
        false
    }
}

/// `text` as a regular expression that matches it literally.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for char in text.chars() {
        if !char.is_alphanumeric() {
            out.push('\\');
        }
        out.push(char);
    }
    out
}
