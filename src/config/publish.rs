//! Turns those settings of a `docfx.json` that are about a finished site, not about its pages, into values: maps of other sites' uids, what
//! the sitemap says, how bad a problem is. Doesn't know who writes what.

use super::docfx_json::{get, inside, one_or_many};
use super::glob::Globs;
use super::metadata::Metadata;
use super::reader::ConfigReader;
use super::{FileKind, LocalizedText, Mapping, ThemeOptions};
use crate::diagnostic::{Code, Level};
use crate::source::escape::unescaped;
use crate::source::yaml::{YamlNode, YamlValue};
use crate::source::{SitePath, Sources};

/// How a site is published, and what is made of its problems.
#[derive(Debug, Clone, Default, Hash)]
pub struct PublishOptions {
    /// True if the site was built by DocFX before: files that DocFX writes beside the pages are written too.
    pub docfx_outputs: bool,
    /// Maps of other sites' uids.
    pub xref_maps: Vec<SitePath>,
    /// What the sitemap says of pages; of several entries that fit, the last one that says something counts.
    pub sitemap: Vec<SitemapRule>,
    /// How bad a problem of this code is; nothing if it is not to be told.
    pub levels: Vec<(String, Option<Level>)>,
}

/// What the sitemap says of certain pages.
#[derive(Debug, Clone, Hash)]
pub struct SitemapRule {
    /// The folder the patterns start from.
    base: SitePath,
    /// Which pages, by the path of their source; all if there are no patterns.
    files: Option<Globs>,
    /// How often the page changes.
    pub changefreq: Option<String>,
    /// How much it matters, from 0.0 to 1.0.
    pub priority: Option<String>,
    /// The day of its last change.
    pub lastmod: Option<String>,
}

impl SitemapRule {
    /// True if the rule is about the page made from this source.
    pub fn fits(&self, source: &SitePath) -> bool {
        self.files.as_ref().is_none_or(|files| {
            source
                .strip_prefix(&self.base)
                .is_some_and(|rest| files.matches(rest))
        })
    }
}

/// DocFX's codes, and what the same problems are called here.
const CODES: &[(&str, &[Code])] = &[
    (
        "InvalidFileLink",
        &[
            Code::BrokenLink,
            Code::MissingImage,
            Code::BrokenLandingLink,
            Code::BrokenRedirect,
            Code::BrokenTocEntry,
        ],
    ),
    ("InvalidBookmark", &[Code::BrokenAnchor]),
    ("UidNotFound", &[Code::BrokenXref]),
    ("DuplicateUids", &[Code::DuplicateUid]),
    ("DuplicateOutputFiles", &[Code::OutputCollision]),
    ("UnknownContentType", &[Code::UnknownPageType]),
    ("UnknownContentTypeForTemplate", &[Code::UnknownPageType]),
    ("InvalidTocInclude", &[Code::BrokenTocEntry]),
    ("CircularTocInclusion", &[Code::TocCycle]),
    ("InvalidTocFile", &[Code::InvalidToc]),
    ("InvalidMarkdownToc", &[Code::InvalidToc]),
    ("EmptyTocItemNode", &[Code::InvalidToc]),
    ("EmptyTocItemName", &[Code::UnnamedTocEntry]),
    ("include-not-found", &[Code::BrokenInclude]),
    ("circular-reference", &[Code::IncludeCycle]),
    (
        "codesnippet-not-found",
        &[Code::BrokenInclude, Code::MissingSnippetRegion],
    ),
    (
        "invalid-yaml-header",
        &[
            Code::InvalidFrontMatter,
            Code::InvalidYaml,
            Code::DuplicateKey,
        ],
    ),
];

impl PublishOptions {
    /// The level a problem of `code` has by the site's own rules: nothing if they don't speak of it, or how bad it is.
    pub fn level(&self, code: Code) -> Option<Option<Level>> {
        self.levels
            .iter()
            .rev()
            .find(|(known, _)| known == code.name())
            .map(|(_, level)| *level)
    }

    /// Reads `xref`: files are kept, addresses are told to be left out.
    pub(super) fn xref(
        &mut self,
        reader: &mut ConfigReader,
        sources: &Sources,
        node: &YamlNode,
        ignored: &mut Vec<String>,
    ) {
        for item in one_or_many(node) {
            let Some(text) = reader.text(item, "`xref`", "xrefmap.yml") else {
                continue;
            };
            if text.contains("://") && !text.starts_with("file:") {
                ignored.push(format!("xref `{text}`, because nothing is fetched"));
                continue;
            }
            let Some(path) = inside(reader, &reader.path.parent(), item, "`xref`") else {
                continue;
            };
            let below = |other: &SitePath| other.starts_with(&path);
            if sources.texts().iter().any(|source| below(&source.path))
                || sources.assets().keys().any(below)
            {
                self.xref_maps.push(path);
            } else {
                let help = "Download the map, and name it by its path as seen from this file.";
                reader.warning(
                    Code::MissingFile,
                    item.span,
                    format!("there is no file `{path}`"),
                    help,
                );
            }
        }
    }

    /// Reads `sitemap`, except for the address of the site.
    pub(super) fn sitemap(&mut self, reader: &mut ConfigReader, node: &YamlNode) {
        let base = reader.path.parent();
        self.sitemap.push(sitemap_rule(&base, None, node));
        for entry in get(node, "fileOptions")
            .map(YamlNode::entries)
            .unwrap_or_default()
        {
            match Globs::new(&[&*entry.key]) {
                Ok(files) => self
                    .sitemap
                    .push(sitemap_rule(&base, Some(files), &entry.value)),
                Err(bad) => reader.warning(
                    Code::BadGlob,
                    entry.key_span,
                    format!("`{}` matches nothing: {bad}", entry.key),
                    bad.help,
                ),
            }
        }
    }

    /// Reads `rules`: `{ "InvalidFileLink": "error" }`, with DocFX's codes or those of hjelp.
    pub(super) fn rules(&mut self, reader: &mut ConfigReader, node: &YamlNode) {
        if !matches!(node.value, YamlValue::Map(_)) {
            reader.misshapen(
                node,
                "`rules`",
                "a map",
                "{ \"InvalidBookmark\": \"error\" }",
            );
        }
        let levels = [
            ("error", Some(Level::Error)),
            ("warning", Some(Level::Warning)),
            ("suggestion", Some(Level::Note)),
            ("info", Some(Level::Note)),
            ("verbose", None),
            ("diagnostic", None),
        ];
        for entry in node.entries() {
            let Some(level) = reader.choice(&entry.value, "a rule", levels) else {
                continue;
            };
            match CODES.iter().find(|(docfx, _)| *docfx == &*entry.key) {
                Some((_, codes)) => self
                    .levels
                    .extend(codes.iter().map(|code| (code.name().to_owned(), level))),
                None => self.levels.push((entry.key.to_string(), level)),
            }
        }
    }
}

fn sitemap_rule(base: &SitePath, files: Option<Globs>, node: &YamlNode) -> SitemapRule {
    let text = |key| get(node, key).and_then(YamlNode::text).map(str::to_owned);
    SitemapRule {
        base: base.clone(),
        files,
        changefreq: text("changefreq"),
        priority: text("priority"),
        lastmod: text("lastmod"),
    }
}

/// What the site is called in each language by DocFX's own metadata: `_appTitle`, which ends the title of each page, or else `_appName`,
/// which stands beside the logo.
pub(super) fn titles(metadata: &Metadata, home: &[SitePath]) -> LocalizedText {
    let title = |path| {
        ["_appTitle", "_appName"]
            .into_iter()
            .find_map(|key| metadata.text(path, key))
            .map(str::to_owned)
    };
    LocalizedText(home.iter().map(title).collect())
}

/// The logo and the footer that DocFX's own metadata asks for: `_appLogoPath`, a path in the finished site, and `_appFooter`, whose words are
/// kept and whose tags are not. The footer is that of the home page in each language.
pub(super) fn looks(
    metadata: &Metadata,
    mappings: &[Mapping],
    sources: &Sources,
    home: &[SitePath],
) -> ThemeOptions {
    let given = |key: &str| {
        metadata
            .global
            .iter()
            .rev()
            .find(|entry| &*entry.key == key)
            .and_then(|entry| entry.value.text())
    };
    let logo = given("_appLogoPath")
        .and_then(|path| SitePath::new(path).ok())
        .and_then(|logo| {
            let paths = sources
                .assets()
                .keys()
                .chain(sources.texts().iter().map(|source| &source.path));
            let output = |path: &SitePath| {
                let assets = mappings
                    .iter()
                    .filter(|mapping| mapping.kind == FileKind::Assets);
                assets
                    .into_iter()
                    .find_map(|mapping| mapping.to.join(mapping.take(path)?).ok())
            };
            paths
                .into_iter()
                .find(|path| {
                    path.file_name() == logo.file_name() && output(path).as_ref() == Some(&logo)
                })
                .cloned()
        });
    let footer = |path| {
        metadata
            .text(path, "_appFooter")
            .map(words)
            .filter(|words| !words.is_empty())
    };
    ThemeOptions {
        logo,
        footer: LocalizedText(home.iter().map(footer).collect()),
        ..ThemeOptions::default()
    }
}

/// HTML without its tags.
fn words(html: &str) -> String {
    let mut out = String::new();
    for (number, part) in html.split('<').enumerate() {
        let words = if number == 0 {
            Some(part)
        } else {
            part.split_once('>').map(|(_, words)| words)
        };
        out.push_str(words.unwrap_or(""));
    }
    let out = unescaped(&out.replace("&copy;", "©"));
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}
