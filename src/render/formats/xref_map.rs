//! `xrefmap.yml`: the uids of the site's pages and their addresses, so that DocFX sites can refer to them (DocFX spec 9.4). One for the whole
//! site, one for each language if a uid names a page in all of its languages, and one for each group of a `docfx.json`.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::locale::LocaleId;
use crate::render::context::RenderContext;
use crate::render::format::{Content, Format, FormatKind, Output, Render, Subject};
use crate::render::paths;
use crate::site::{Graph, PageVersion};
use crate::source::relative_path::RelativePath;
use crate::source::{SitePath, SourceId};

const NAME: &str = "xrefmap.yml";

pub(super) static XREF_MAP: Format = Format {
    name: "xref-map",
    kind: FormatKind::Data,
    replaces_content: true,
    offline: false,
    outputs,
    render: Render::Graph(content),
};

fn outputs(graph: &Graph) -> Vec<Output> {
    let mut outputs = Vec::new();
    // Programs that ask a site of DocFX for its map get one even if it is empty, as DocFX writes it.
    if graph.uids().next().is_none() && !graph.config.publish.docfx_outputs {
        return outputs;
    }
    let default = graph.config.locales.default();
    if let Ok(path) = SitePath::root().join(NAME) {
        outputs.push(Output::new(&XREF_MAP, path, Subject::Locale(default)));
    }
    for group in groups(graph) {
        if let Ok(path) = SitePath::root().join(&format!("{group}.{NAME}")) {
            outputs.push(Output::new(&XREF_MAP, path, Subject::Site));
        }
    }
    if !graph.uids().any(|(uid, _)| graph.is_shared_uid(uid)) {
        return outputs;
    }
    for locale in graph.config.locales.ids() {
        if let Some(folder) = paths::locale_folder(graph, locale)
            // A language without a folder has its map at the top, where there is one already.
            && !folder.is_root()
            && let Ok(path) = folder.join(NAME)
        {
            outputs.push(Output::new(&XREF_MAP, path, Subject::Locale(locale)));
        }
    }
    outputs
}

/// The groups of the site, in order.
fn groups(graph: &Graph) -> BTreeSet<&str> {
    let mut groups = BTreeSet::new();
    for mapping in &graph.config.mappings {
        groups.extend(mapping.group.as_deref());
    }
    groups
}

fn content(graph: &Graph, _: &RenderContext, output: &Output) -> Content {
    let default = graph.config.locales.default();
    let locale = output.locale(graph).unwrap_or(default);
    let folder = output.path.parent();
    // Each group is a version of the documentation, whose uids name pages of that version only.
    let group = output.path.file_name().strip_suffix(&format!(".{NAME}"));
    let mut references = String::new();
    for (uid, source) in graph.uids_of_groups() {
        if graph.group_of(source) != group {
            continue;
        }
        let Some(version) = version(graph, uid, source, locale) else {
            continue;
        };
        let page = graph.page(version.page());
        let href = encoded(page.output.relative_to(&folder));
        let (uid, name) = (quoted(uid), quoted(graph.title(page.source)));
        // Writing to a string cannot fail.
        let _ = write!(references, "- uid: {uid}\n  name: {name}\n  href: {href}\n");
    }
    let mut out = "### YamlMime:XRefMap\nsorted: true\nreferences:".to_owned();
    if references.is_empty() {
        out.push_str(" []");
    }
    out.push('\n');
    out.push_str(&references);
    Content::Text(out)
}

/// The page that a link to the uid leads to on a page in `locale`: that of the file that has the uid, whatever its language, unless its
/// translations have the same one.
fn version(graph: &Graph, uid: &str, source: SourceId, locale: LocaleId) -> Option<PageVersion> {
    let set = graph.translation_set_of(source)?;
    if graph.is_shared_uid(uid) {
        return graph.version_for(set, locale);
    }
    let own = graph.folder_locale(source).unwrap_or(locale);
    graph.version_for(set, own)
}

/// A path as DocFX writes it into a map. Most have nothing to encode, and there is one for every page in every language.
fn encoded(path: String) -> String {
    if path.bytes().all(is_unreserved) {
        return path;
    }
    match RelativePath::new(&path) {
        Some(path) => path.encoded().to_string(),
        None => String::new(),
    }
}

fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'/')
}

/// A double-quoted YAML scalar: the only style in which no text can be read as something else.
fn quoted(text: &str) -> String {
    if !text.contains(|sign: char| matches!(sign, '"' | '\\') || sign.is_control()) {
        return format!("\"{text}\"");
    }
    let mut out = String::from("\"");
    for sign in text.chars() {
        match sign {
            '"' | '\\' => out.extend(['\\', sign]),
            '\n' => out.push_str("\\n"),
            sign if sign.is_control() => out.push(' '),
            sign => out.push(sign),
        }
    }
    out + "\""
}
