//! The pages of the content, one for each file and language.

use crate::render::context::RenderContext;
use crate::render::format::{Content, Format, FormatKind, Output, Render, Subject};
use crate::render::{page, redirect};
use crate::site::{Graph, PageKind, PageScope};

pub(in crate::render) static PAGE: Format = Format {
    name: "page",
    kind: FormatKind::Page,
    replaces_content: true,
    offline: true,
    outputs,
    render: Render::Page(content),
};

fn outputs(graph: &Graph) -> Vec<Output> {
    let mut outputs = Vec::with_capacity(graph.pages().len());
    for id in graph.page_ids() {
        let path = graph.page(id).output.clone();
        outputs.push(Output::new(&PAGE, path, Subject::Page(id)));
    }
    outputs
}

fn content(scope: &PageScope<'_>, context: &RenderContext, _: &Output) -> Content {
    match scope.subject().kind {
        PageKind::Redirect => redirect::redirecting_page(scope, &context.catalog, scope.id()),
        _ => page::view(scope, context).into(),
    }
}
