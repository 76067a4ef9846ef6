//! `toc.html` in the folder of every toc of a site that DocFX built before (DocFX spec 14.7): bookmarks of such a site go on working. The page
//! leads to the first page of its toc.

use crate::render::context::RenderContext;
use crate::render::format::{Content, Format, FormatKind, Output, Render, Subject};
use crate::render::redirect;
use crate::site::Site;

pub(super) static TOC_REDIRECT: Format = Format {
    name: "toc-redirect",
    kind: FormatKind::Redirect,
    replaces_content: true,
    offline: true,
    outputs,
    render: Render::Graph(content),
};

fn outputs(site: &Site) -> Vec<Output> {
    let mut outputs = Vec::new();
    if !site.config.publish.docfx_outputs {
        return outputs;
    }
    for tree in site.navigations() {
        if let (Some(first), Ok(path)) = (tree.first_page(), tree.output.parent().join("toc.html"))
        {
            outputs.push(Output::new(&TOC_REDIRECT, path, Subject::Page(first)));
        }
    }
    outputs
}

fn content(site: &Site, _: &RenderContext, output: &Output) -> Content {
    redirect::from_output(site, output)
}
