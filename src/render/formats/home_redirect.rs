//! `index.html` at the top of the site, where the only language with pages has a folder of its own: leads to its home page.

use crate::render::context::RenderContext;
use crate::render::format::{Content, Format, FormatKind, Output, Render, Subject};
use crate::render::{paths, redirect};
use crate::site::Graph;

pub(in crate::render) static HOME_REDIRECT: Format = Format {
    name: "home-redirect",
    kind: FormatKind::Redirect,
    // One that the site has itself wins.
    replaces_content: false,
    offline: false,
    outputs,
    render: Render::Graph(content),
};

fn outputs(graph: &Graph) -> Vec<Output> {
    let (Some(path), [only]) = (paths::top("index.html"), &*paths::begun_languages(graph)) else {
        return Vec::new();
    };
    vec![Output::new(&HOME_REDIRECT, path, Subject::Locale(*only))]
}

fn content(graph: &Graph, context: &RenderContext, output: &Output) -> Content {
    match output.locale(graph) {
        Some(locale) => redirect::to_home(graph, &context.catalog, locale, &output.path),
        None => Content::Text(String::new()),
    }
}
