//! Redirects at the addresses that pages had before, as their front matter lists them (`redirect_from`).

use crate::render::context::RenderContext;
use crate::render::format::{Content, Format, FormatKind, Output, Render, Subject};
use crate::render::redirect;
use crate::site::Graph;

pub(super) static MOVED_PAGE: Format = Format {
    name: "moved-page",
    kind: FormatKind::Redirect,
    replaces_content: true,
    offline: true,
    outputs,
    render: Render::Graph(content),
};

fn outputs(graph: &Graph) -> Vec<Output> {
    let mut outputs = Vec::new();
    for id in graph.page_ids() {
        for (_, old) in graph.former_outputs(id) {
            outputs.push(Output::new(&MOVED_PAGE, old, Subject::Page(id)));
        }
    }
    outputs
}

fn content(graph: &Graph, _: &RenderContext, output: &Output) -> Content {
    redirect::from_output(graph, output)
}
