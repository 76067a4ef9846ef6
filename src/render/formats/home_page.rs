//! The home page of each language that has none in the content: cards made from its table of contents. Doesn't know how the cards are made.

use crate::render::contents_cards::{contents_cards, page_cards};
use crate::render::context::RenderContext;
use crate::render::format::{Content, Format, FormatKind, Output, Render, Subject};
use crate::render::frame::{frame, site_title};
use crate::render::view::{DocumentBody, DocumentPage, Landing, PageBody, PageView, View};
use crate::site::Graph;
use crate::site::href::{Base, absolute};

pub(super) static HOME_PAGE: Format = Format {
    name: "home-page",
    kind: FormatKind::Page,
    // An `index.html` among the files of the content wins.
    replaces_content: false,
    offline: true,
    outputs,
    render: Render::Graph(content),
};

fn outputs(graph: &Graph) -> Vec<Output> {
    let mut outputs = Vec::new();
    for locale in graph.config.locales.ids() {
        if graph.home(locale).is_none()
            && let Some(path) = graph.home_path(locale)
        {
            let subject = Subject::Locale(locale);
            outputs.push(Output::new(&HOME_PAGE, path.clone(), subject));
        }
    }
    outputs
}

fn content(graph: &Graph, context: &RenderContext, output: &Output) -> Content {
    let default = graph.config.locales.default();
    let locale = output.locale(graph).unwrap_or(default);
    let language = graph.config.locales.get(locale);
    let base = Base::Folder(output.path.parent());
    let title = site_title(graph, &context.catalog, locale);
    let mut cards = contents_cards(graph, &base, locale);
    // A language can have pages without having a table of contents.
    if cards.is_empty() {
        cards = page_cards(graph, &base, locale);
    }
    let landing = Landing {
        cards,
        ..Landing::default()
    };
    let document = DocumentPage {
        body: DocumentBody::Landing(landing),
        ..DocumentPage::default()
    };
    let base_url = graph.config.base_url.as_deref();
    let canonical = base_url.map(|base_url| absolute(base_url, &output.path));
    let view = View {
        template: "landing.html".into(),
        locale: locale.index(),
        frame: frame(graph, &context.catalog, locale, &base, None),
        page: PageView {
            kind: "landing",
            title: title.into_owned(),
            lang: language.tag.clone(),
            dir: language.direction.as_str(),
            noindex: language.pseudo().is_some(),
            canonical,
            body: PageBody::Document(Box::new(document)),
        },
    };
    view.into()
}
