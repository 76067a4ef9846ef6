//! The page with the results of a search, one for each language: `search.html?q=...` is an address that can be shared and that *Back* leads to.
//! The script fills it; without one it leads to the list of all pages. What is found is in the index, not here.

use crate::render::context::RenderContext;
use crate::render::format::{Content, Format, FormatKind, Output, Render, Subject};
use crate::render::frame::frame;
use crate::render::paths;
use crate::render::view::{PageView, View};
use crate::site::Graph;
use crate::site::href::Base;

pub(super) static SEARCH_RESULTS: Format = Format {
    name: "search-results",
    kind: FormatKind::Page,
    replaces_content: true,
    offline: true,
    outputs,
    render: Render::Graph(content),
};

fn outputs(graph: &Graph) -> Vec<Output> {
    let mut outputs = Vec::new();
    for locale in graph.config.locales.ids() {
        if let Some(path) = paths::search_results(graph, locale) {
            outputs.push(Output::new(&SEARCH_RESULTS, path, Subject::Locale(locale)));
        }
    }
    outputs
}

fn content(graph: &Graph, context: &RenderContext, output: &Output) -> Content {
    let default = graph.config.locales.default();
    let locale = output.locale(graph).unwrap_or(default);
    let language = graph.config.locales.get(locale);
    let title = context.catalog.text(locale, "search", &[]);
    let view = View {
        template: "search.html".into(),
        locale: locale.index(),
        frame: frame(
            graph,
            &context.catalog,
            locale,
            &Base::Folder(output.path.parent()),
            None,
        ),
        page: PageView {
            kind: "search",
            title: title.into_owned(),
            lang: language.tag.clone(),
            dir: language.direction.as_str(),
            // Results of any query would be pages without a text of their own.
            noindex: true,
            ..PageView::default()
        },
    };
    view.into()
}
