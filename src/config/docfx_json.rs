//! Turns a `docfx.json` into mappings and metadata: of DocFX's settings those that say which files make the site. What only DocFX
//! itself understands is listed, never refused.

use super::glob::{Globs, Options};
use super::jsonc;
use super::markdown::MarkdownOptions;
use super::metadata::{Metadata, Rule};
use super::publish::PublishOptions;
use super::reader::{ConfigReader, Spanned};
use super::{FileKind, Mapping};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::yaml::{YamlEntry, YamlNode, YamlValue};
use crate::source::{SitePath, Source, Sources};

/// The keys of `build` that say something about the site.
const UNDERSTOOD: [&str; 12] = [
    "content",
    "resource",
    "groups",
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

/// The keys of an object in `content` or `resource`. A name is for people.
const OF_MAPPINGS: [&str; 13] = [
    "files",
    "exclude",
    "src",
    "cwd",
    "dest",
    "group",
    "name",
    "case",
    "dot",
    "noNegate",
    "noExpand",
    "noEscape",
    "noGlobStar",
];

/// The keys of `sitemap`, and of what it says of some pages.
const OF_SITEMAPS: [&str; 5] = [
    "baseUrl",
    "changefreq",
    "priority",
    "lastmod",
    "fileOptions",
];

/// What a `docfx.json` says about the site.
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
    /// The files that say all that.
    pub(super) files: Vec<SitePath>,
}

/// Reads `source`; other files it names are looked for among `sources`.
pub(super) fn read(sources: &Sources, source: &Source) -> Docfx {
    let mut reader = ConfigReader::new(&source.path);
    let mut docfx = Docfx {
        files: vec![source.path.clone()],
        ..Docfx::default()
    };
    let root = reader.parse(&jsonc::blank(&source.text));
    let build = root.as_ref().and_then(|root| get(root, "build"));
    for entry in root
        .iter()
        .flat_map(YamlNode::entries)
        .filter(|entry| !entry.key.eq_ignore_ascii_case("build"))
    {
        if entry.key.eq_ignore_ascii_case("rules") {
            docfx.publish.rules(&mut reader, &entry.value);
        } else {
            docfx.ignored.push(entry.key.to_string());
        }
    }
    docfx.publish.docfx_outputs = true;
    match build {
        Some(build) if matches!(build.value, YamlValue::Map(_)) => {
            docfx.build(&mut reader, sources, build)
        }
        Some(build) => reader.misshapen(
            build,
            "`build`",
            "a map",
            "\"build\": { \"content\": \"**/*.md\" }",
        ),
        None if reader.problems.is_empty() => {
            let span = root.map(|root| root.span).unwrap_or_default();
            reader.error(
                Code::MissingKey,
                span,
                "there is no `build`",
                "Write `\"build\": { \"content\": ... }`.",
            );
        }
        None => {}
    }
    docfx.problems = reader.problems;
    docfx
}

/// DocFX doesn't care for the case of keys.
pub(super) fn get<'n>(node: &'n YamlNode, key: &str) -> Option<&'n YamlNode> {
    let found = node
        .entries()
        .iter()
        .find(|entry| entry.key.eq_ignore_ascii_case(key));
    found
        .map(|entry| &entry.value)
        .filter(|value| !value.is_null())
}

pub(super) fn one_or_many(node: &YamlNode) -> &[YamlNode] {
    match &node.value {
        YamlValue::List(items) => items,
        _ => std::slice::from_ref(node),
    }
}

impl Docfx {
    /// The Markdown files that become pages.
    pub(super) fn pages<'s>(&self, sources: &'s Sources) -> impl Iterator<Item = &'s SitePath> {
        let paths = sources
            .texts()
            .iter()
            .map(|source| &source.path)
            .filter(|path| path.has_extension("md"));
        let takes = |path: &SitePath| {
            self.mappings
                .iter()
                .any(|mapping| mapping.kind == FileKind::Pages && mapping.take(path).is_some())
        };
        paths.filter(move |path| takes(path))
    }

    /// Lists the keys of `node` that are none of `known`, each once.
    fn ignore(&mut self, node: &YamlNode, place: &str, known: &[&str]) {
        for entry in node
            .entries()
            .iter()
            .filter(|entry| !known.iter().any(|key| entry.key.eq_ignore_ascii_case(key)))
        {
            let name = format!("{place}.{}", entry.key);
            if !self.ignored.contains(&name) {
                self.ignored.push(name);
            }
        }
    }

    fn build(&mut self, reader: &mut ConfigReader, sources: &Sources, build: &YamlNode) {
        let base = reader.path.parent();
        self.ignore(build, "build", &UNDERSTOOD);
        let groups = get(build, "groups");
        for group in groups.map(YamlNode::entries).unwrap_or_default() {
            self.ignore(&group.value, "build.groups", &["dest"]);
        }
        for (key, kind) in [("content", FileKind::Pages), ("resource", FileKind::Assets)] {
            for item in get(build, key).into_iter().flat_map(one_or_many) {
                self.mappings.extend(mapping(reader, kind, item, groups));
                self.ignore(item, &format!("build.{key}"), &OF_MAPPINGS);
            }
        }
        self.output = output(reader, &base, [get(build, "output"), get(build, "dest")]);
        self.base_url = get(build, "sitemap")
            .and_then(|sitemap| get(sitemap, "baseUrl"))
            .and_then(|node| reader.address(node, "`baseUrl`"));

        if let Some(node) = get(build, "markdownEngineProperties") {
            self.markdown.read(reader, node);
        }
        if let Some(node) = get(build, "xref") {
            self.publish.xref(reader, sources, node, &mut self.ignored);
        }
        if let Some(node) = get(build, "sitemap") {
            self.publish.sitemap(reader, node);
            self.ignore(node, "build.sitemap", &OF_SITEMAPS);
            for options in get(node, "fileOptions")
                .map(YamlNode::entries)
                .unwrap_or_default()
            {
                self.ignore(&options.value, "build.sitemap.fileOptions", &OF_SITEMAPS);
            }
        }
        let metadata = &mut self.metadata;
        if let Some(node) = get(build, "globalMetadata") {
            metadata.global = map(reader, node, "`globalMetadata`");
        }
        // The command line of DocFX reads this list backwards: its first file has the last word.
        let (global, of_files) = (
            named(reader, sources, get(build, "globalMetadataFiles")),
            named(reader, sources, get(build, "fileMetadataFiles")),
        );
        self.files
            .extend(global.iter().chain(&of_files).map(|file| file.path.clone()));
        for file in global.into_iter().rev() {
            metadata
                .global
                .extend(elsewhere(reader, file, |reader, node| {
                    map(reader, node, "this file")
                }));
        }
        if let Some(node) = get(build, "fileMetadata") {
            metadata.rules = rules(reader, &base, node);
        }
        for file in of_files {
            metadata
                .rules
                .extend(elsewhere(reader, file, |reader, node| {
                    rules(reader, &base, node)
                }));
        }
    }
}

/// One item of `content` or `resource`: a pattern or an object.
fn mapping(
    reader: &mut ConfigReader,
    kind: FileKind,
    item: &YamlNode,
    groups: Option<&YamlNode>,
) -> Option<Mapping> {
    match &item.value {
        YamlValue::Map(_) => object(reader, kind, item, groups),
        YamlValue::Scalar(_) => {
            let text = reader.text(item, "a mapping", "\"**/*.md\"")?;
            let files = globs(reader, &[(text, item.span)], Options::default());
            Some(Mapping {
                kind,
                from: reader.path.parent(),
                to: SitePath::root(),
                files,
                exclude: Globs::default(),
                locale: None,
            })
        }
        YamlValue::List(_) => {
            reader.misshapen(item, "a mapping", "a pattern or an object", "\"**/*.md\"");
            None
        }
    }
}

/// `{ "files": ..., "exclude": ..., "src": ..., "dest": ... }`
fn object(
    reader: &mut ConfigReader,
    kind: FileKind,
    node: &YamlNode,
    groups: Option<&YamlNode>,
) -> Option<Mapping> {
    let set = |key| get(node, key).and_then(YamlNode::text) == Some("true");
    let options = Options {
        case: set("case"),
        dot: set("dot"),
        negate: !set("noNegate"),
        braces: !set("noExpand"),
        escape: !set("noEscape"),
        deep: !set("noGlobStar"),
    };
    let mut patterns = |key| match get(node, key) {
        Some(value) => {
            let texts = reader.texts(value, &format!("`{key}`"), "**/*.md");
            globs(reader, &texts, options)
        }
        None => Globs::default(),
    };
    let (files, exclude) = (patterns("files"), patterns("exclude"));
    let from = match get(node, "src").or_else(|| get(node, "cwd")) {
        Some(value) => inside(reader, &reader.path.parent(), value, "`src`")?,
        None => reader.path.parent(),
    };
    let group = get(node, "group")
        .and_then(YamlNode::text)
        .and_then(|name| get(get(groups?, name)?, "dest"));
    let mut to = SitePath::root();
    for dest in group.into_iter().chain(get(node, "dest")) {
        to = inside(reader, &to, dest, "`dest`")?;
    }
    Some(Mapping {
        kind,
        from,
        to,
        files,
        exclude,
        locale: None,
    })
}

/// The path `node` names as seen from `base`. DocFX can leave the folder of its configuration, a site cannot.
pub(super) fn inside(
    reader: &mut ConfigReader,
    base: &SitePath,
    node: &YamlNode,
    what: &str,
) -> Option<SitePath> {
    let text = reader.text(node, what, "articles")?;
    let path = base.join(text).ok();
    if path.is_none() {
        let help = format!(
            "Move `{}` up to a folder that holds all of the site.",
            reader.path.file_name()
        );
        reader.warning(
            Code::OutsideSite,
            node.span,
            format!("`{text}` leads out of the site and is left out"),
            help,
        );
    }
    path
}

/// A pattern that can't match anything is left out, as by DocFX.
fn globs(reader: &mut ConfigReader, patterns: &[Spanned], options: Options) -> Globs {
    let good: Vec<&str> = patterns
        .iter()
        .filter(|(text, span)| match Globs::with(&[text], options) {
            Ok(_) => true,
            Err(bad) => {
                reader.warning(
                    Code::BadGlob,
                    *span,
                    format!("`{text}` matches nothing: {bad}"),
                    bad.help,
                );
                false
            }
        })
        .map(|(text, _)| *text)
        .collect();
    Globs::with(&good, options).unwrap_or_default()
}

/// `output` and `dest` together name the folder that is written.
fn output(
    reader: &mut ConfigReader,
    base: &SitePath,
    folders: [Option<&YamlNode>; 2],
) -> Option<SitePath> {
    let folders = folders.map(|node| node.filter(|node| node.text() != Some("")));
    let mut output = base.clone();
    for node in folders.into_iter().flatten() {
        output = inside(reader, &output, node, "the output folder")?;
    }
    if let (Some(node), true) = (folders.into_iter().flatten().last(), output.is_root()) {
        reader.warning(
            Code::OutsideSite,
            node.span,
            "the site cannot be written among its own sources",
            "Name a folder, like `_site`.",
        );
    }
    (output != *base).then_some(output)
}

fn map(reader: &mut ConfigReader, node: &YamlNode, what: &str) -> Vec<YamlEntry> {
    if !matches!(node.value, YamlValue::Map(_)) && !node.is_null() {
        reader.misshapen(node, what, "a map", "{ \"key\": \"value\" }");
    }
    node.entries().to_vec()
}

/// `{ key: { pattern: value } }`
fn rules(reader: &mut ConfigReader, base: &SitePath, node: &YamlNode) -> Vec<Rule> {
    let mut rules = Vec::new();
    for entry in map(reader, node, "the metadata of files") {
        for YamlEntry {
            key: pattern,
            key_span,
            value,
        } in map(reader, &entry.value, &format!("`{}`", entry.key))
        {
            let files = globs(reader, &[(&pattern, key_span)], Options::default());
            rules.push(Rule {
                base: base.clone(),
                files,
                values: vec![YamlEntry {
                    value,
                    ..entry.clone()
                }],
            });
        }
    }
    rules
}

/// The files that are named.
fn named<'s>(
    reader: &mut ConfigReader,
    sources: &'s Sources,
    node: Option<&YamlNode>,
) -> Vec<&'s Source> {
    let mut files = Vec::new();
    for item in node.into_iter().flat_map(one_or_many) {
        let Some(path) = inside(reader, &reader.path.parent(), item, "a metadata file") else {
            continue;
        };
        match sources.find(path.as_str()) {
            Some(id) => files.push(sources.get(id)),
            None => reader.warning(
                Code::MissingFile,
                item.span,
                format!("there is no file `{path}`"),
                "Correct the name, or remove it.",
            ),
        }
    }
    files
}

/// Reads another file, whose problems point into it.
fn elsewhere<T>(
    reader: &mut ConfigReader,
    file: &Source,
    read: impl FnOnce(&mut ConfigReader, &YamlNode) -> Vec<T>,
) -> Vec<T> {
    let mut there = ConfigReader::new(&file.path);
    let values = there
        .parse(&jsonc::blank(&file.text))
        .map(|node| read(&mut there, &node))
        .unwrap_or_default();
    reader.problems.append(&mut there.problems);
    values
}
