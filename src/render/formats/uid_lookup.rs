//! `go/`: the page that opens a page by its uid, `go/?id=follow-ups&lang=nb`, for programs that open help. Its script asks one small file for
//! the id; without a script the page is a list of all ids in the default language.

use std::collections::BTreeMap;

use super::uid_files::bucket_count;
use crate::locale::LocaleId;
use crate::render::context::RenderContext;
use crate::render::format::{Content, Format, FormatKind, Output, Render, Subject};
use crate::render::frame::frame;
use crate::render::paths;
use crate::render::uid::{help_id, page_for};
use crate::render::view::{LetterGroup, Link, ListEntry, PageBody, PageView, View};
use crate::site::href::Base;
use crate::site::{Graph, PageId};

pub(super) static UID_LOOKUP: Format = Format {
    name: "uid-lookup",
    kind: FormatKind::Page,
    replaces_content: false,
    offline: false,
    outputs,
    render: Render::Graph(content),
};

fn outputs(graph: &Graph) -> Vec<Output> {
    match paths::uid_lookup(graph, "index.html") {
        Some(path) => vec![Output::new(&UID_LOOKUP, path, Subject::Site)],
        None => Vec::new(),
    }
}

fn content(graph: &Graph, context: &RenderContext, output: &Output) -> Content {
    let locale = graph.config.locales.default();
    let language = graph.config.locales.get(locale);
    let base = Base::Folder(output.path.parent());
    let mut ids: BTreeMap<String, PageId> = BTreeMap::new();
    for (uid, source) in graph.uids() {
        if let Some(page) = page_for(graph, source, locale) {
            let id = help_id(graph, uid, source).into_owned();
            // Several uids can have one id; they come in order, so that the same one wins in each
            // build.
            ids.entry(id).or_insert(page);
        }
    }
    let mut entries = Vec::with_capacity(ids.len());
    for (id, page) in ids {
        entries.push(ListEntry {
            text: id,
            keyword: true,
            links: vec![link(graph, locale, &base, page)],
        });
    }
    // The script reads the number of files here: see `templates/go.html`.
    let files = bucket_count(graph).to_string();
    let view = View {
        template: "go.html".into(),
        locale: locale.index(),
        frame: frame(graph, &context.catalog, locale, &base, None),
        page: PageView {
            kind: "go",
            title: context.catalog.text(locale, "go", &[]).into_owned(),
            lang: language.tag.clone(),
            dir: language.direction.as_str(),
            noindex: true,
            canonical: None,
            body: PageBody::List(vec![LetterGroup {
                letter: files,
                entries,
            }]),
        },
    };
    view.into()
}

fn link(graph: &Graph, locale: LocaleId, base: &Base, id: PageId) -> Link {
    let page = graph.page(id);
    let text_locale = graph.text_locale(page);
    Link {
        text: graph.title(page.source).to_owned(),
        url: Some(base.address(&page.output, "")),
        // A screen reader has to pronounce the title in its own language (WCAG 3.1.2).
        lang: if text_locale == locale {
            None
        } else {
            Some(graph.config.locales.get(text_locale).tag.clone())
        },
        external: false,
    }
}
