//! A page exported as Markdown, in the same folder: for programs that read text.

use crate::render::context::RenderContext;
use crate::render::format::{Content, Format, FormatKind, Output, Render, Subject};
use crate::render::{markdown_export, paths};
use crate::site::{Graph, PageScope};

pub(super) static MARKDOWN: Format = Format {
    name: "markdown",
    kind: FormatKind::PageExport,
    replaces_content: false,
    offline: false,
    outputs,
    render: Render::Page(content),
};

fn outputs(graph: &Graph) -> Vec<Output> {
    let mut outputs = Vec::new();
    for id in graph.page_ids() {
        if let Some(path) = paths::markdown(graph, graph.page(id)) {
            outputs.push(Output::new(&MARKDOWN, path, Subject::Page(id)));
        }
    }
    outputs
}

fn content(scope: &PageScope<'_>, _: &RenderContext, _: &Output) -> Content {
    Content::Text(markdown_export::markdown(scope))
}
