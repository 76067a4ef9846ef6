//! The one style sheet of every page, with the site's own colours and rules.

use crate::render::context::RenderContext;
use crate::render::format::{Content, Format, FormatKind, Output, Render, Subject};
use crate::render::frame::frame;
use crate::render::paths;
use crate::render::view::{PageView, View};
use crate::site::Graph;
use crate::site::href::Base;

pub(super) static STYLESHEET: Format = Format {
    name: "stylesheet",
    kind: FormatKind::Theme,
    replaces_content: true,
    offline: true,
    outputs,
    render: Render::Graph(content),
};

fn outputs(_: &Graph) -> Vec<Output> {
    match paths::theme_file("styles.css") {
        Some(path) => vec![Output::new(&STYLESHEET, path, Subject::Site)],
        None => Vec::new(),
    }
}

fn content(graph: &Graph, context: &RenderContext, output: &Output) -> Content {
    let locale = graph.config.locales.default();
    let base = Base::Folder(output.path.parent());
    let view = View {
        template: "assets/styles.css".into(),
        locale: locale.index(),
        frame: frame(graph, &context.catalog, locale, &base, None),
        page: PageView::default(),
    };
    view.into()
}
