//! The settings of a `docfx.json` about the published site -> values: xref maps of other sites, entries of the sitemap, levels of problems.
//! Doesn't know how any of these is written.

use xxhash_rust::xxh3::xxh3_64;

use super::glob::Globs;
use super::reader::{ConfigReader, value_of_any_case};
use crate::diagnostic::{Code, Level};
use crate::message;
use crate::source::yaml::{YamlNode, YamlValue};
use crate::source::{FileSpan, SitePath, Sources};

/// Settings about the published site.
#[derive(Debug, Clone, Default, Hash)]
pub struct PublishOptions {
    /// True if the site has a `docfx.json`: files that DocFX writes next to the pages are written too.
    pub docfx_outputs: bool,
    /// Xref maps of other sites, or archives of them.
    pub xref_maps: Vec<SitePath>,
    /// Addresses of xref maps.
    pub remote_maps: Vec<RemoteMap>,
    /// Entries of the sitemap; of several that match a page, the last one with a value counts.
    pub sitemap: Vec<SitemapRule>,
    /// The level of a code; nothing if it is not reported.
    pub levels: Vec<(String, Option<Level>)>,
}

/// An xref map that the configuration names by its address.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RemoteMap {
    /// The address.
    pub address: String,
    /// Where it is written.
    pub location: FileSpan,
    /// The file it is downloaded to.
    pub file: SitePath,
    /// True if it was downloaded.
    pub is_here: bool,
}

/// The folder of downloaded xref maps, next to the configuration that names them.
pub const FETCHED_MAPS: &str = "xref-maps";

/// Values of the sitemap for certain pages.
#[derive(Debug, Clone, Hash)]
pub struct SitemapRule {
    /// The folder the patterns start from.
    base: SitePath,
    /// Which pages, by the path of their source; all if there are no patterns.
    files: Option<Globs>,
    /// How often the page changes.
    pub changefreq: Option<String>,
    /// Its priority, from 0.0 to 1.0.
    pub priority: Option<String>,
    /// The day of its last change.
    pub lastmod: Option<String>,
    /// The address that its path is put behind, if it is not that of the site; always ends in `/`.
    pub base_url: Option<String>,
}

impl SitemapRule {
    /// True if the rule applies to the page made from this source.
    pub fn fits(&self, source: &SitePath) -> bool {
        let Some(files) = &self.files else {
            return true;
        };
        match source.strip_prefix(&self.base) {
            Some(rest) => files.matches(rest),
            None => false,
        }
    }
}

/// DocFX's codes with the codes of the same problems here.
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
    /// The level that `rules` gives problems of `code`: `None` if it gives none, `Some(None)` if they are not reported.
    pub fn level(&self, code: Code) -> Option<Option<Level>> {
        // The last rule wins, as in DocFX, where a later key replaces an earlier one.
        let mut rules = self.levels.iter().rev();
        let (_, level) = rules.find(|(known, _)| known == code.name())?;
        Some(*level)
    }

    /// Reads `xref`: the maps that are files of the site. Addresses are added to `ignored`, because a build downloads nothing.
    pub(super) fn xref(
        &mut self,
        reader: &mut ConfigReader,
        node: &YamlNode,
        ignored: &mut Vec<String>,
    ) {
        for item in node.one_or_many() {
            let Some(text) = reader.text(item, "`xref`", "xrefmap.yml") else {
                continue;
            };
            // A file can be named by its address, too; that needs no network.
            if text.contains("://") && !text.starts_with("file:") {
                self.remote_map(reader, item, text, ignored);
                continue;
            }
            let Some(path) = reader.path_around(&reader.path.parent(), item, "`xref`") else {
                continue;
            };
            if has_file_in(reader.sources, &path) {
                self.xref_maps.push(path);
                continue;
            }
            reader.warning(
                Code::MissingFile,
                item.span,
                message!("file not found: `{path}`", path),
                "Download the map, and name it by its path as seen from this file.",
            );
        }
    }

    /// Reads the address of a map. The result of a build must not depend on the network, so only what `hjelp xref fetch` downloaded before is used,
    /// unlike in DocFX (DocFX spec 9.4).
    fn remote_map(
        &mut self,
        reader: &ConfigReader,
        item: &YamlNode,
        address: &str,
        ignored: &mut Vec<String>,
    ) {
        let folder = reader.path.parent();
        let Ok(file) = folder.join(&format!("{FETCHED_MAPS}/{}", file_name_of(address))) else {
            return;
        };
        let is_here = has_file_in(reader.sources, &file);
        if is_here {
            self.xref_maps.push(file.clone());
        } else {
            ignored.push(format!(
                "xref `{address}`, until `hjelp xref fetch` downloads it"
            ));
        }
        self.remote_maps.push(RemoteMap {
            address: address.to_owned(),
            location: FileSpan {
                path: reader.path.clone(),
                span: item.span,
            },
            file,
            is_here,
        });
    }

    /// Reads `sitemap`, except for the address of the site.
    pub(super) fn sitemap(&mut self, reader: &mut ConfigReader, node: &YamlNode) {
        let base = reader.path.parent();
        // First, so that the options of single files replace it: the last match wins (DocFX spec 15).
        self.sitemap.push(sitemap_rule(&base, None, node));
        let Some(options) = value_of_any_case(node, "fileOptions") else {
            return;
        };
        for entry in options.entries() {
            match Globs::new(&[&*entry.key]) {
                Ok(files) => {
                    let rule = sitemap_rule(&base, Some(files), &entry.value);
                    self.sitemap.push(rule);
                }
                Err(bad) => reader.warning(
                    Code::BadGlob,
                    entry.key_span,
                    message!(
                        "`{key}` matches nothing: {bad}",
                        key = entry.key,
                        bad = bad.to_string()
                    ),
                    bad.help,
                ),
            }
        }
    }

    /// Reads `rules`: `{ "InvalidFileLink": "error" }`, with codes of DocFX or of hjelp.
    pub(super) fn rules(&mut self, reader: &mut ConfigReader, node: &YamlNode) {
        if !matches!(node.value, YamlValue::Map(_)) {
            let example = "{ \"InvalidBookmark\": \"error\" }";
            reader.misshapen(node, "`rules`", "a map", example);
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
            // Not a code of DocFX: `unknown-code` reports it if it is none of hjelp either.
            let Some((_, codes)) = CODES.iter().find(|(docfx, _)| *docfx == &*entry.key) else {
                self.levels.push((entry.key.to_string(), level));
                continue;
            };
            for code in *codes {
                self.levels.push((code.name().to_owned(), level));
            }
        }
    }
}

/// A name for the file that is downloaded from an address: its letters and digits, which say to a human what it is, and a hash, as they could be
/// those of another address, too.
fn file_name_of(address: &str) -> String {
    let (_, path) = address.split_once("://").unwrap_or(("", address));
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let extension = if path.ends_with(".json") {
        "json"
    } else {
        "yml"
    };
    let path = path.strip_suffix(&format!(".{extension}")).unwrap_or(path);
    let mut name = String::new();
    for sign in path.chars() {
        if sign.is_ascii_alphanumeric() {
            name.push(sign.to_ascii_lowercase());
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    }
    name.truncate(80);
    let hash = xxh3_64(address.as_bytes()) & 0xffff_ffff;
    format!("{}-{hash:08x}.{extension}", name.trim_end_matches('-'))
}

fn has_file_in(sources: &Sources, path: &SitePath) -> bool {
    // An archive of maps was unpacked into files below its own path.
    let mut texts = sources.texts().iter();
    texts.any(|source| source.path.starts_with(path))
        || sources.assets().keys().any(|asset| asset.starts_with(path))
}

fn sitemap_rule(base: &SitePath, files: Option<Globs>, node: &YamlNode) -> SitemapRule {
    SitemapRule {
        base: base.clone(),
        files,
        changefreq: owned_text(node, "changefreq"),
        priority: owned_text(node, "priority"),
        lastmod: owned_text(node, "lastmod"),
        base_url: owned_text(node, "baseUrl")
            .map(|base| format!("{}/", base.trim_end_matches('/'))),
    }
}

fn owned_text(node: &YamlNode, key: &str) -> Option<String> {
    Some(value_of_any_case(node, key)?.text()?.to_owned())
}
