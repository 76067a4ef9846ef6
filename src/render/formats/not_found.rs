//! `404.html`: what readers see at an address without a page. One at the top of the site, where servers look for it, and one in the folder of
//! each language. It is shown at addresses of any depth, so its links begin at the top of the server.

use crate::locale::LocaleId;
use crate::render::context::RenderContext;
use crate::render::format::{Content, Format, FormatKind, Output, Render, Subject};
use crate::render::frame::frame;
use crate::render::paths;
use crate::render::view::{PageView, View};
use crate::site::Graph;
use crate::site::href::Base;

const NAME: &str = "404.html";

pub(in crate::render) static NOT_FOUND: Format = Format {
    name: "not-found",
    kind: FormatKind::Page,
    // One that the site has itself wins.
    replaces_content: false,
    offline: false,
    outputs,
    render: Render::Graph(content),
};

fn outputs(graph: &Graph) -> Vec<Output> {
    let mut outputs: Vec<Output> = at_top(graph.config.locales.default()).into_iter().collect();
    for locale in graph.config.locales.ids() {
        if let Some(folder) = paths::locale_folder(graph, locale)
            && let Ok(path) = folder.join(NAME)
        {
            outputs.push(Output::new(&NOT_FOUND, path, Subject::Locale(locale)));
        }
    }
    outputs
}

/// The page at the top of the site, in a language.
pub(in crate::render) fn at_top(locale: LocaleId) -> Option<Output> {
    let path = paths::top(NAME)?;
    Some(Output::new(&NOT_FOUND, path, Subject::Locale(locale)))
}

fn content(graph: &Graph, context: &RenderContext, output: &Output) -> Content {
    let default = graph.config.locales.default();
    let locale = output.locale(graph).unwrap_or(default);
    let language = graph.config.locales.get(locale);
    let title = context.catalog.text(locale, "not-found-title", &[]);
    let view = View {
        template: "not-found.html".into(),
        locale: locale.index(),
        frame: frame(
            graph,
            &context.catalog,
            locale,
            &Base::Anywhere(server_path(graph)),
            None,
        ),
        page: PageView {
            kind: "not-found",
            title: title.into_owned(),
            lang: language.tag.clone(),
            dir: language.direction.as_str(),
            noindex: true,
            ..PageView::default()
        },
    };
    view.into()
}

/// The path of the site on its server, with a `/` at both ends.
fn server_path(graph: &Graph) -> String {
    let Some(base_url) = &graph.config.base_url else {
        return "/".to_owned();
    };
    let host_and_path = match base_url.split_once("://") {
        Some((_, rest)) => rest.split_once('/'),
        None => None,
    };
    match host_and_path {
        Some((_, path)) => format!("/{path}"),
        None => "/".to_owned(),
    }
}
