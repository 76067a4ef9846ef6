//! `hjelp-assets/contents/LANGUAGE.json`: the whole contents of a language, for the filter of the navigation and for branches that a reader
//! opens. A page itself has the branch it is in and no more.
//!
//! Each entry is a list: its title, its address from the top of the site (empty for a title alone), and the entries inside, if there are any.

use serde::Serialize;

use crate::render::context::RenderContext;
use crate::render::format::{Content, Format, FormatKind, Output, Render, Subject};
use crate::render::navigation::NavWriter;
use crate::render::paths;
use crate::site::Graph;
use crate::site::href::Base;
use crate::site::navigation::NavTree;

pub(super) static CONTENTS_JSON: Format = Format {
    name: "contents-json",
    kind: FormatKind::Data,
    replaces_content: true,
    // A browser lets no page from a disk read another file.
    offline: false,
    outputs,
    render: Render::Graph(content),
};

fn outputs(graph: &Graph) -> Vec<Output> {
    let mut outputs = Vec::new();
    for locale in graph.config.locales.ids() {
        if let Some(path) = paths::contents(graph, locale) {
            outputs.push(Output::new(&CONTENTS_JSON, path, Subject::Locale(locale)));
        }
    }
    outputs
}

/// An entry as the script reads it.
#[derive(Serialize)]
#[serde(untagged)]
enum Entry {
    Leaf(String, String),
    Branch(String, String, Vec<Entry>),
}

fn content(graph: &Graph, _: &RenderContext, output: &Output) -> Content {
    let Some(locale) = output.locale(graph) else {
        return Content::Text("[]".to_owned());
    };
    let base = Base::Folder(crate::source::SitePath::root());
    let links = NavWriter { graph, base: &base };
    let mut entries = Vec::new();
    for tree in graph.navigations() {
        // A toc that another one unfolds is in that one already.
        if tree.locale == locale && !tree.is_nested {
            entries.append(&mut level(&links, tree, None));
        }
    }
    // Texts and lists can always be written.
    Content::Text(serde_json::to_string(&entries).unwrap_or_default())
}

fn level(links: &NavWriter<'_>, tree: &NavTree, parent: Option<usize>) -> Vec<Entry> {
    let mut entries = Vec::new();
    for at in tree.children(parent) {
        let title = tree.entries[at].title.to_string();
        let url = links.entry_url(tree, at).unwrap_or_default();
        let inside = level(links, tree, Some(at));
        entries.push(if inside.is_empty() {
            Entry::Leaf(title, url)
        } else {
            Entry::Branch(title, url, inside)
        });
    }
    entries
}
