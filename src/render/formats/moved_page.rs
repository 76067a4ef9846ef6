//! Redirects at the addresses that pages had before, as their front matter lists them (`redirect_from`).

use crate::render::context::RenderContext;
use crate::render::format::{Content, Format, FormatKind, Output, Render, Subject};
use crate::render::redirect;
use crate::site::Site;

pub(super) static MOVED_PAGE: Format = Format {
    name: "moved-page",
    kind: FormatKind::Redirect,
    replaces_content: true,
    offline: true,
    outputs,
    render: Render::Graph(content),
};

fn outputs(site: &Site) -> Vec<Output> {
    let mut outputs = Vec::new();
    for id in site.page_ids() {
        for (_, old) in site.former_outputs(id) {
            outputs.push(Output::new(&MOVED_PAGE, old, Subject::Page(id)));
        }
    }
    outputs
}

fn content(site: &Site, _: &RenderContext, output: &Output) -> Content {
    redirect::from_output(site, output)
}
