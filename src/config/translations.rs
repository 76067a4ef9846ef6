//! Turns `translations:` into what tells translations apart besides the folders they lie in: the uids of pages, and where pictures with
//! words in them lie. Doesn't know which pages and pictures there are.

use super::Globs;
use super::reader::ConfigReader;
use super::regex::RegexPattern;
use crate::diagnostic::Code;
use crate::locale::{LocaleId, Locales};
use crate::source::SitePath;
use crate::source::yaml::YamlNode;

/// The place of the language in a pattern: the name of its folder, or its tag.
const HOLE: &str = "{locale}";

/// Stands for the language while patterns are held against paths; no path has it.
const MARK: &str = "\u{1}";

/// How translations are told apart.
#[derive(Debug, Clone, Hash)]
pub struct TranslationOptions {
    /// By locale: what uids look like, with a group for each part that translations share.
    uids: Vec<RegexPattern>,
    /// Where files lie that differ from language to language, with [`MARK`] for the language.
    media: Option<Globs>,
    /// By locale: the names of their folders.
    folders: Vec<String>,
    /// True if pages say that they may be out of date.
    pub stale_notice: bool,
    /// True if the site has a page that tells how far its translations are.
    pub dashboard: bool,
}

impl Default for TranslationOptions {
    fn default() -> Self {
        TranslationOptions {
            uids: Vec::new(),
            media: None,
            folders: Vec::new(),
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
        let regex = self.uids.get(locale.index())?;
        let groups = regex.captures(uid);
        let parts: Vec<&str> = groups
            .iter()
            .flatten()
            .skip(1)
            .filter_map(|span| uid.get(span.range()))
            .collect();
        groups.is_match().then(|| parts.join(MARK))
    }

    /// The language in the path of a file, if it lies where files differ from language to language.
    pub fn media<'p>(&self, path: &'p SitePath) -> Option<MediaPath<'p>> {
        let media = self.media.as_ref()?;
        let path = path.as_str();
        self.folders.iter().enumerate().find_map(|(index, folder)| {
            path.match_indices(folder.as_str()).find_map(|(at, _)| {
                let (before, after) = (&path[..at], &path[at + folder.len()..]);
                let locale = LocaleId::new(index);
                media
                    .matches(&format!("{before}{MARK}{after}"))
                    .then_some(MediaPath {
                        locale,
                        before,
                        after,
                    })
            })
        })
    }
}

/// Reads `translations`.
pub(super) fn read(
    reader: &mut ConfigReader,
    node: &YamlNode,
    locales: &Locales,
) -> TranslationOptions {
    let [uid, media, stale_notice, dashboard] = reader.table(
        node,
        "`translations`",
        ["uid", "media", "stale-notice", "dashboard"],
    );
    let mut read = TranslationOptions {
        folders: super::locales::folders(locales),
        ..TranslationOptions::default()
    };
    if let Some(node) = uid
        && let Some(text) = reader
            .text(node, "`uid`", "help-{locale}-*")
            .map(str::to_owned)
        && has_one_hole(reader, node, &text, "help-{locale}-*")
    {
        let of = |locale| {
            let locale = locales.get(locale);
            let names = format!("(?:{}|{})", escaped(&locale.folder), escaped(&locale.tag));
            RegexPattern::new(
                &escaped(&text)
                    .replace(&escaped(HOLE), &names)
                    .replace(r"\*", "(.*)"),
            )
            .ok()
        };
        read.uids = locales.ids().filter_map(of).collect();
    }
    if let Some(node) = media {
        let patterns: Vec<String> = reader
            .patterns(node, "`media`")
            .into_iter()
            .map(str::to_owned)
            .collect();
        let fit = patterns
            .iter()
            .all(|pattern| has_one_hole(reader, node, pattern, "media/{locale}/**"));
        let patterns: Vec<String> = patterns
            .into_iter()
            .map(|pattern| pattern.replace(HOLE, MARK))
            .collect();
        read.media = Globs::new(&patterns)
            .ok()
            .filter(|globs| fit && !globs.is_empty());
    }
    let mut flag = |node: Option<&YamlNode>, key: &str| {
        reader.choice(
            node?,
            &format!("`{key}`"),
            [("true", true), ("false", false)],
        )
    };
    read.stale_notice = flag(stale_notice, "stale-notice").unwrap_or(read.stale_notice);
    read.dashboard = flag(dashboard, "dashboard").unwrap_or(read.dashboard);
    read
}

fn has_one_hole(reader: &mut ConfigReader, node: &YamlNode, pattern: &str, example: &str) -> bool {
    let one = pattern.matches(HOLE).count() == 1;
    if !one {
        let message = format!("`{pattern}` does not say once where the language stands");
        reader.error(
            Code::UnexpectedValue,
            node.span,
            message,
            format!("Write `{HOLE}` for it: `{example}`."),
        );
    }
    one
}

fn escaped(text: &str) -> String {
    text.chars()
        .flat_map(|sign| {
            (!sign.is_alphanumeric())
                .then_some('\\')
                .into_iter()
                .chain([sign])
        })
        .collect()
}
