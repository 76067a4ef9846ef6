//! A `docfx.json` -> mappings, metadata and the settings DocFX has for them (spec `docfx-behaviour`, sections 1 and 12). Keys that only
//! DocFX understands are listed and have no effect, so that any working `docfx.json` is usable.

use super::docfx_groups::{Groups, group_of};
use super::glob::{Globs, Options};
use super::jsonc;
use super::mapping::{FileKind, Mapping};
use super::markdown::MarkdownOptions;
use super::metadata::{Metadata, Rule};
use super::publish::PublishOptions;
use super::reader::{ConfigReader, Spanned, value_of_any_case};
use crate::diagnostic::{Code, Diagnostic};
use crate::message;
use crate::source::yaml::{YamlEntry, YamlNode, YamlValue};
use crate::source::{SitePath, Source, Sources, Span};

/// The keys of `build` that have an effect.
const UNDERSTOOD: [&str; 13] = [
    "content",
    "resource",
    "groups",
    "versions",
    "output",
    "dest",
    "sitemap",
    "globalMetadata",
    "globalMetadataFiles",
    "fileMetadata",
    "fileMetadataFiles",
    "markdownEngineProperties",
    "xref",
];

/// The keys of an object in `content` or `resource`. `name` has no effect, but documents the object.
const OF_MAPPINGS: [&str; 14] = [
    "files",
    "exclude",
    "src",
    "cwd",
    "dest",
    "group",
    "version",
    "name",
    "case",
    "dot",
    "noNegate",
    "noExpand",
    "noEscape",
    "noGlobStar",
];

/// The keys of a group.
const OF_GROUPS: [&str; 3] = ["dest", "moniker_range", "monikerRange"];

/// The keys of `sitemap`, and of its options for some pages.
const OF_SITEMAPS: [&str; 5] = [
    "baseUrl",
    "changefreq",
    "priority",
    "lastmod",
    "fileOptions",
];

/// The part of a configuration that a `docfx.json` gives.
#[derive(Default)]
pub(super) struct Docfx {
    pub(super) mappings: Vec<Mapping>,
    pub(super) metadata: Metadata,
    pub(super) markdown: MarkdownOptions,
    pub(super) publish: PublishOptions,
    pub(super) base_url: Option<String>,
    pub(super) output: Option<SitePath>,
    pub(super) ignored: Vec<String>,
    pub(super) problems: Vec<Diagnostic>,
    /// The files this was read from.
    pub(super) files: Vec<SitePath>,
}

/// Reads `source`. Other files it names are looked up among `sources`.
pub(super) fn read(sources: &Sources, source: &Source) -> Docfx {
    let mut docfx = DocfxReader {
        reader: ConfigReader::new(&source.path, sources),
        docfx: Docfx {
            files: vec![source.path.clone()],
            ..Docfx::default()
        },
    };
    docfx.docfx.publish.docfx_outputs = true;
    if let Some(root) = docfx.reader.parse(&jsonc::blank(&source.text)) {
        docfx.read_root(&root);
    // Otherwise the syntax error that was reported explains why nothing is there.
    } else if docfx.reader.problems.is_empty() {
        docfx.reader.report_missing_build(Span::default());
    }
    Docfx {
        problems: docfx.reader.problems,
        ..docfx.docfx
    }
}

impl<'a> ConfigReader<'a> {
    fn report_missing_build(&mut self, span: Span) {
        self.error(
            Code::MissingKey,
            span,
            "`build` is missing",
            "Write `\"build\": { \"content\": ... }`.",
        );
    }

    /// One item of `content` or `resource`: a pattern or an object.
    fn docfx_mapping(
        &mut self,
        kind: FileKind,
        item: &YamlNode,
        groups: &Groups,
    ) -> Option<Mapping> {
        match &item.value {
            YamlValue::Map(_) => self.docfx_object(kind, item, groups),
            YamlValue::Scalar(_) => {
                let text = self.text(item, "a mapping", "\"**/*.md\"")?;
                Some(Mapping {
                    kind,
                    from: self.path.parent(),
                    site_below: None,
                    to: SitePath::root(),
                    files: self.docfx_globs(&[(text, item.span)], Options::default()),
                    exclude: Globs::default(),
                    locale: None,
                    group: None,
                })
            }
            YamlValue::List(_) => {
                self.misshapen(item, "a mapping", "a pattern or an object", "\"**/*.md\"");
                None
            }
        }
    }

    /// `{ "files": ..., "exclude": ..., "src": ..., "dest": ... }`
    fn docfx_object(
        &mut self,
        kind: FileKind,
        node: &YamlNode,
        groups: &Groups,
    ) -> Option<Mapping> {
        let options = Options {
            case: is_set(node, "case"),
            dot: is_set(node, "dot"),
            negate: !is_set(node, "noNegate"),
            braces: !is_set(node, "noExpand"),
            escape: !is_set(node, "noEscape"),
            deep: !is_set(node, "noGlobStar"),
        };
        let files = self.docfx_globs_of(node, "files", options);
        let exclude = self.docfx_globs_of(node, "exclude", options);
        // `cwd` is the old name of `src`.
        let from = match value_of_any_case(node, "src").or(value_of_any_case(node, "cwd")) {
            Some(value) => self.path_around(&self.path.parent(), value, "`src`")?,
            None => self.path.parent(),
        };
        // The folder of the object is within that of its group.
        let mut to = SitePath::root();
        if let Some(dest) = groups.dest(node) {
            to = self.path_from(&to, dest, "`dest`")?;
        }
        if let Some(version) = groups.version_folder(node) {
            to = to.join(&version).ok()?;
        }
        if let Some(dest) = value_of_any_case(node, "dest") {
            to = self.path_from(&to, dest, "`dest`")?;
        }
        Some(Mapping {
            kind,
            site_below: self.sources.surroundings().site_below(&from),
            from,
            to,
            files,
            exclude,
            locale: None,
            group: group_of(node).map(Into::into),
        })
    }

    fn docfx_globs_of(&mut self, node: &YamlNode, key: &str, options: Options) -> Globs {
        let Some(value) = value_of_any_case(node, key) else {
            return Globs::default();
        };
        let texts = self.texts(value, &format!("`{key}`"), "**/*.md");
        self.docfx_globs(&texts, options)
    }

    /// The patterns that are valid. As in DocFX, an invalid one matches nothing and the others still count.
    fn docfx_globs(&mut self, patterns: &[Spanned], options: Options) -> Globs {
        let mut valid = Vec::new();
        for (text, span) in patterns {
            match Globs::with(&[text], options) {
                // One by one, because patterns are or-ed: `!x.md` is no subtraction but matches all other files (DocFX spec 13.3).
                Ok(_) => valid.push(*text),
                Err(bad) => self.warning(
                    Code::BadGlob,
                    *span,
                    message!(
                        "`{text}` matches nothing: {bad}",
                        text,
                        bad = bad.to_string()
                    ),
                    bad.help,
                ),
            }
        }
        Globs::with(&valid, options).unwrap_or_default()
    }

    /// The folder that is written: `output`, and within it `dest`.
    fn docfx_output(&mut self, folders: [Option<&YamlNode>; 2]) -> Option<SitePath> {
        let base = self.path.parent();
        let mut output = base.clone();
        let mut last = None;
        for node in folders.into_iter().flatten() {
            // DocFX combines the paths, so an empty one changes nothing.
            if node.text() == Some("") {
                continue;
            }
            output = self.path_around(&output, node, "the output folder")?;
            last = Some(node);
        }
        if let Some(node) = last
            && output.is_root()
        {
            self.warning(
                Code::OutsideSite,
                node.span,
                "the site cannot be written among its own sources",
                "Name a folder, like `_site`.",
            );
        }
        // DocFX would write next to the sources then; here it means that no folder is named.
        if output == base { None } else { Some(output) }
    }

    fn docfx_map(&mut self, node: &YamlNode, what: &str) -> Vec<YamlEntry> {
        if !matches!(node.value, YamlValue::Map(_)) && !node.is_null() {
            self.misshapen(node, what, "a map", "{ \"key\": \"value\" }");
        }
        node.entries().to_vec()
    }

    /// `{ key: { pattern: value } }`
    fn docfx_rules(&mut self, base: &SitePath, node: &YamlNode) -> Vec<Rule> {
        let mut rules = Vec::new();
        for entry in self.docfx_map(node, "the metadata of files") {
            let what = format!("`{}`", entry.key);
            for pattern in self.docfx_map(&entry.value, &what) {
                let spanned = [(&*pattern.key, pattern.key_span)];
                rules.push(Rule {
                    base: base.clone(),
                    files: self.docfx_globs(&spanned, Options::default()),
                    // One rule for each pair of key and pattern, in the order of the file, because the last matching pattern of a key wins
                    // (DocFX spec 13.4).
                    values: vec![YamlEntry {
                        value: pattern.value.clone(),
                        ..entry.clone()
                    }],
                });
            }
        }
        rules
    }

    /// The files that a key names.
    fn named_files(&mut self, build: &YamlNode, key: &str) -> Vec<&'a Source> {
        let mut files = Vec::new();
        let Some(node) = value_of_any_case(build, key) else {
            return files;
        };
        for item in node.one_or_many() {
            let Some(path) = self.path_around(&self.path.parent(), item, "a metadata file") else {
                continue;
            };
            match self.sources.find(path.as_str()) {
                Some(id) => files.push(self.sources.get(id)),
                None => self.warning(
                    Code::MissingFile,
                    item.span,
                    message!("file not found: `{path}`", path),
                    "Correct the name, or remove it.",
                ),
            }
        }
        files
    }
}

impl Docfx {
    /// The Markdown files that become pages.
    pub(super) fn pages<'s>(&self, sources: &'s Sources) -> impl Iterator<Item = &'s SitePath> {
        let paths = sources.texts().iter().map(|source| &source.path);
        paths.filter(|path| path.has_extension("md") && self.has_page(path))
    }

    fn has_page(&self, path: &SitePath) -> bool {
        self.mappings
            .iter()
            .any(|mapping| mapping.kind == FileKind::Pages && mapping.select(path).is_some())
    }
}

/// Reads the keys of a `docfx.json`, one after the other.
struct DocfxReader<'a> {
    reader: ConfigReader<'a>,
    docfx: Docfx,
}

impl DocfxReader<'_> {
    /// Lists the keys of `node` that are none of `known`, each once.
    fn ignore(&mut self, node: &YamlNode, parent: &str, known: &[&str]) {
        for entry in node.entries() {
            if known.iter().any(|key| entry.key.eq_ignore_ascii_case(key)) {
                continue;
            }
            let name = format!("{parent}.{}", entry.key);
            if !self.docfx.ignored.contains(&name) {
                self.docfx.ignored.push(name);
            }
        }
    }

    fn read_root(&mut self, root: &YamlNode) {
        for entry in root.entries() {
            if entry.key.eq_ignore_ascii_case("rules") {
                self.docfx.publish.rules(&mut self.reader, &entry.value);
            } else if !entry.key.eq_ignore_ascii_case("build") {
                // Not a problem: `metadata` and the like configure other commands of DocFX.
                self.docfx.ignored.push(entry.key.to_string());
            }
        }
        match value_of_any_case(root, "build") {
            Some(build) if matches!(build.value, YamlValue::Map(_)) => {
                self.read_build(build);
            }
            Some(build) => {
                let example = "\"build\": { \"content\": \"**/*.md\" }";
                self.reader.misshapen(build, "`build`", "a map", example);
            }
            None if self.reader.problems.is_empty() => self.reader.report_missing_build(root.span),
            None => {}
        }
    }

    fn read_build(&mut self, build: &YamlNode) {
        self.ignore(build, "build", &UNDERSTOOD);
        self.read_mappings(build);
        let folders = [
            value_of_any_case(build, "output"),
            value_of_any_case(build, "dest"),
        ];
        self.docfx.output = self.reader.docfx_output(folders);
        if let Some(node) = value_of_any_case(build, "markdownEngineProperties") {
            self.docfx.markdown.read(&mut self.reader, node);
        }
        if let Some(node) = value_of_any_case(build, "xref") {
            self.docfx
                .publish
                .xref(&mut self.reader, node, &mut self.docfx.ignored);
        }
        if let Some(node) = value_of_any_case(build, "sitemap") {
            self.read_sitemap(node);
        }
        self.read_metadata(build);
    }

    fn read_mappings(&mut self, build: &YamlNode) {
        let groups = Groups::of(build);
        for group in groups.entries() {
            self.ignore(group, "build.groups", &OF_GROUPS);
        }
        for (key, kind) in [("content", FileKind::Pages), ("resource", FileKind::Assets)] {
            let Some(node) = value_of_any_case(build, key) else {
                continue;
            };
            for item in node.one_or_many() {
                self.docfx
                    .mappings
                    .extend(self.reader.docfx_mapping(kind, item, &groups));
                self.ignore(item, &format!("build.{key}"), &OF_MAPPINGS);
            }
        }
    }

    fn read_sitemap(&mut self, node: &YamlNode) {
        if let Some(address) = value_of_any_case(node, "baseUrl") {
            self.docfx.base_url = self.reader.address(address, "`baseUrl`");
        }
        self.docfx.publish.sitemap(&mut self.reader, node);
        self.ignore(node, "build.sitemap", &OF_SITEMAPS);
        let options = value_of_any_case(node, "fileOptions");
        for options in options.map(YamlNode::entries).unwrap_or_default() {
            self.ignore(&options.value, "build.sitemap.fileOptions", &OF_SITEMAPS);
        }
    }

    fn read_metadata(&mut self, build: &YamlNode) {
        let base = self.reader.path.parent();
        if let Some(node) = value_of_any_case(build, "globalMetadata") {
            self.docfx.metadata.global = self.reader.docfx_map(node, "`globalMetadata`");
        }
        let global = self.reader.named_files(build, "globalMetadataFiles");
        // Paths are relative to the folder of `docfx.json`, as on the command line of DocFX; its API takes the current folder (DocFX spec
        // 13.4).
        let of_files = self.reader.named_files(build, "fileMetadataFiles");
        for file in global.iter().chain(&of_files) {
            self.docfx.files.push(file.path.clone());
        }
        // The command line of DocFX reads this list backwards: its first file has the last word.
        for file in global.into_iter().rev() {
            let mut there = ConfigReader::new(&file.path, self.reader.sources);
            if let Some(node) = there.parse(&jsonc::blank(&file.text)) {
                let values = there.docfx_map(&node, "this file");
                self.docfx.metadata.global.extend(values);
            }
            self.reader.problems.append(&mut there.problems);
        }
        if let Some(node) = value_of_any_case(build, "fileMetadata") {
            self.docfx.metadata.rules = self.reader.docfx_rules(&base, node);
        }
        for file in of_files {
            let mut there = ConfigReader::new(&file.path, self.reader.sources);
            if let Some(node) = there.parse(&jsonc::blank(&file.text)) {
                let rules = there.docfx_rules(&base, &node);
                self.docfx.metadata.rules.extend(rules);
            }
            self.reader.problems.append(&mut there.problems);
        }
    }
}

fn is_set(node: &YamlNode, key: &str) -> bool {
    match value_of_any_case(node, key) {
        Some(value) => value.text() == Some("true"),
        None => false,
    }
}
