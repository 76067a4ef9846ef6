//! `index.html` at the top of the site, where every language has a folder of its own: leads to the home page of the default language.

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
    let home = graph.home(graph.config.locales.default());
    match (home, paths::top("index.html")) {
        (Some(home), Some(path)) => vec![Output::new(&HOME_REDIRECT, path, Subject::Page(home))],
        _ => Vec::new(),
    }
}

fn content(graph: &Graph, _: &RenderContext, output: &Output) -> Content {
    redirect::from_output(graph, output)
}
