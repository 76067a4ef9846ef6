//! `toc.html` in the folder of every toc of a site that DocFX built before (DocFX spec 14.7): bookmarks of such a site go on working. The page
//! leads to the first page of its toc.

use crate::render::context::RenderContext;
use crate::render::format::{Content, Format, FormatKind, Output, Render, Subject};
use crate::render::redirect;
use crate::site::Graph;
use crate::source::SitePath;

pub(super) static TOC_REDIRECT: Format = Format {
    name: "toc-redirect",
    kind: FormatKind::Redirect,
    replaces_content: true,
    offline: true,
    outputs,
    render: Render::Graph(content),
};

fn outputs(graph: &Graph) -> Vec<Output> {
    let mut outputs = Vec::new();
    if !graph.config.publish.docfx_outputs {
        return outputs;
    }
    for tree in graph.navigations() {
        if let (Some(first), Some(path)) = (tree.first_page(), published_name(&tree.output, "html"))
        {
            outputs.push(Output::new(&TOC_REDIRECT, path, Subject::Page(first)));
        }
    }
    outputs
}

/// The path of a toc with another extension. Its name stays as it is typed: `TOC.yml` is `TOC.html` (DocFX spec 14.7).
pub(super) fn published_name(toc: &SitePath, extension: &str) -> Option<SitePath> {
    let name = format!("{}.{extension}", toc.stem());
    toc.parent().join(&name).ok()
}

fn content(graph: &Graph, context: &RenderContext, output: &Output) -> Content {
    redirect::from_output(graph, &context.catalog, output)
}
