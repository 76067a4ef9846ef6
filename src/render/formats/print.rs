//! `print.html`: all articles of a toc on one page, to be printed or saved. Made only where the site asks for it, because every article is
//! written once more.

use crate::render::context::RenderContext;
use crate::render::format::{Content, Format, FormatKind, Output, Render, Subject};
use crate::render::frame::frame;
use crate::render::html::{ArticleContext, ArticleWriter};
use crate::render::page::with_icons;
use crate::render::paths;
use crate::render::view::{PageBody, PageView, View};
use crate::site::href::Base;
use crate::site::navigation::NavTree;
use crate::site::{Graph, PageId, PageScope};
use crate::source::escape::escape;

/// Attributes with an id of their own page: name, and what is before the id.
const ID_ATTRIBUTES: [(&str, &str); 6] = [
    (" id=", "\""),
    (" href=", "\"#"),
    (" aria-controls=", "\""),
    (" aria-describedby=", "\""),
    (" aria-labelledby=", "\""),
    (" for=", "\""),
];

pub(super) static PRINT: Format = Format {
    name: "print",
    kind: FormatKind::Page,
    replaces_content: true,
    offline: false,
    outputs,
    render: Render::Pages {
        pages,
        render: content,
    },
};

fn outputs(graph: &Graph) -> Vec<Output> {
    let mut outputs = Vec::new();
    for tree in graph.navigations() {
        if let Some(path) = paths::print_page(graph, tree) {
            let subject = Subject::Toc(tree.toc, tree.locale);
            outputs.push(Output::new(&PRINT, path, subject));
        }
    }
    outputs
}

fn pages(graph: &Graph, output: &Output) -> Vec<PageId> {
    match tree_of(graph, output) {
        Some(tree) => paths::printed_articles(graph, tree),
        None => Vec::new(),
    }
}

fn tree_of<'s>(graph: &'s Graph, output: &Output) -> Option<&'s NavTree> {
    let Subject::Toc(toc, locale) = output.subject else {
        return None;
    };
    graph
        .navigations()
        .find(|tree| tree.toc == toc && tree.locale == locale)
}

fn content(
    graph: &Graph,
    pages: &[PageScope<'_>],
    context: &RenderContext,
    output: &Output,
) -> Content {
    let default = graph.config.locales.default();
    let locale = output.locale(graph).unwrap_or(default);
    let language = graph.config.locales.get(locale);
    let base = Base::Folder(output.path.parent());
    let (mut title, mut html) = (String::new(), String::new());
    for (index, page) in pages.iter().enumerate() {
        if index == 0 {
            title = graph.title(page.subject().source).to_owned();
        }
        let article = article(page, context, &base);
        // Each article was written for a page of its own, so two of them often have a heading with
        // the same id.
        push_with_unique_ids(&article, index + 1, &mut html);
    }
    let view = View {
        template: "print.html".into(),
        locale: locale.index(),
        frame: frame(graph, &context.catalog, locale, &base, None),
        page: PageView {
            kind: "print",
            title,
            lang: language.tag.clone(),
            dir: language.direction.as_str(),
            // The same text as the articles have at their own addresses.
            noindex: true,
            canonical: None,
            body: PageBody::Print(html),
        },
    };
    view.into()
}

fn article(scope: &PageScope<'_>, context: &RenderContext, base: &Base) -> String {
    let page = scope.subject();
    let text_locale = scope.text_locale(page);
    let mut out = String::from("<article class=\"article\"");
    if text_locale != page.locale {
        let language = scope.config.locales.get(text_locale);
        let (tag, direction) = (&language.tag, language.direction.as_str());
        out.push_str(&format!(" lang=\"{tag}\" dir=\"{direction}\""));
    }
    out.push_str(">\n");
    let Some(linked) = scope.linked(page.source) else {
        return out + "</article>\n";
    };
    let mut writer = ArticleWriter::new(ArticleContext::new(scope, context, base));
    if let Some(tree) = linked.document.body.tree() {
        writer.tree(page.source, tree);
    }
    if !writer.has_title() {
        out.push_str("<h1>");
        escape(scope.title(page.source), &mut out);
        out.push_str("</h1>\n");
    }
    let html = with_icons(std::mem::take(&mut writer.out), scope, context);
    out + &html + "</article>\n"
}

/// Appends the HTML of article `number` with ids that no other article on the page has. Quotes in text are escaped, so only attributes match.
fn push_with_unique_ids(article: &str, number: usize, out: &mut String) {
    let prefix = format!("p{number}-");
    let mut rest = article;
    while let Some(at) = rest.find('=') {
        let (before, after) = rest.split_at(at + 1);
        out.push_str(before);
        rest = after;
        if let Some(length) = before_id(out, rest) {
            out.push_str(&rest[..length]);
            out.push_str(&prefix);
            rest = &rest[length..];
        }
    }
    out.push_str(rest);
}

/// How many bytes of `rest` come before an id, if `out` ends with the name of an attribute that has one.
fn before_id(out: &str, rest: &str) -> Option<usize> {
    let name = &out[out.rfind(' ').unwrap_or(out.len())..];
    for (attribute, before) in ID_ATTRIBUTES {
        if name == attribute && rest.starts_with(before) {
            return Some(before.len());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_references_to_them_get_the_number_of_the_article() {
        let mut out = String::new();
        let article = "<h2 id=\"a\">a=b</h2><a class=\"x\" href=\"#a\">c</a><a href=\"b.html#a\">";
        push_with_unique_ids(article, 3, &mut out);
        assert_eq!(
            out,
            "<h2 id=\"p3-a\">a=b</h2><a class=\"x\" href=\"#p3-a\">c</a><a href=\"b.html#a\">"
        );
    }
}
