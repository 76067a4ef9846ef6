//! `index.html` at the top of a site in several languages, each with a folder of its own: links to all of them. A script goes on to the one
//! that the reader chose before, or that the browser asks for. Which that is can't be known here.

use crate::render::context::RenderContext;
use crate::render::format::{Content, Format, FormatKind, Output, Render, Subject};
use crate::render::frame::{frame, site_title};
use crate::render::paths;
use crate::render::view::{PageView, View};
use crate::site::Graph;
use crate::site::href::{Base, absolute};

pub(super) static LANGUAGE_CHOICE: Format = Format {
    name: "language-choice",
    kind: FormatKind::Redirect,
    // One that the site has itself wins, as does the home page of a language that is at the top.
    replaces_content: false,
    offline: false,
    outputs,
    render: Render::Graph(content),
};

fn outputs(graph: &Graph) -> Vec<Output> {
    let default = graph.config.locales.default();
    match paths::top("index.html") {
        Some(path) if paths::begun_languages(graph).len() > 1 => {
            vec![Output::new(
                &LANGUAGE_CHOICE,
                path,
                Subject::Locale(default),
            )]
        }
        _ => Vec::new(),
    }
}

fn content(graph: &Graph, context: &RenderContext, output: &Output) -> Content {
    let locale = graph.config.locales.default();
    let language = graph.config.locales.get(locale);
    let base = Base::Folder(output.path.parent());
    let title = site_title(graph, &context.catalog, locale);
    let base_url = graph.config.base_url.as_deref();
    let canonical = base_url.map(|base_url| absolute(base_url, &output.path));
    let view = View {
        template: "language-choice.html".into(),
        locale: locale.index(),
        frame: frame(graph, &context.catalog, locale, &base, None),
        page: PageView {
            kind: "language-choice",
            title: title.into_owned(),
            lang: language.tag.clone(),
            dir: language.direction.as_str(),
            canonical,
            ..PageView::default()
        },
    };
    view.into()
}
