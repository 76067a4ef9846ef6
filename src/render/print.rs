//! All articles of one toc on one page, to be printed or kept. Made only where the site asks for it, because it writes every article again.

use std::collections::BTreeSet;

use crate::locale::LocaleId;
use crate::site::navigation::{NavLink, NavTree};
use crate::site::{PageId, PageVersion, Site};
use crate::source::{SitePath, SourceId};
use crate::syntax::Body;

use super::RenderContext;
use super::html::Writer;
use super::page::frame;
use super::view::{self, View};
use crate::site::href::Base;
use crate::source::escape::escape;

/// Nobody prints more articles at once.
const MOST: usize = 300;

/// Attributes that name an id of their own page, and what stands before the id.
const ID_ATTRIBUTES: [&str; 6] = [
    " id=\"",
    " href=\"#",
    " aria-controls=\"",
    " aria-describedby=\"",
    " aria-labelledby=\"",
    " for=\"",
];

/// The articles that a toc leads to, each once, in reading order.
fn articles(site: &Site, tree: &NavTree) -> Vec<PageId> {
    let mut seen = BTreeSet::new();
    let pages = tree.entries.iter().filter_map(|entry| match &entry.link {
        Some(NavLink::Page(PageVersion::Localized(id), _)) => Some(*id),
        _ => None,
    });
    let is_article = |id: &PageId| {
        let linked = site.linked(site.page(*id).source);
        linked.is_some_and(|linked| matches!(linked.document.body, Body::Article(_)))
    };
    pages
        .filter(|id| seen.insert(*id))
        .filter(is_article)
        .collect()
}

/// Which tocs get such a page, and where.
pub(super) fn paths(site: &Site) -> Vec<(SourceId, LocaleId, SitePath)> {
    if !site.config.theme.print {
        return Vec::new();
    }
    let trees = site
        .navigations()
        .filter(|tree| (2..=MOST).contains(&articles(site, tree).len()));
    trees
        .filter_map(|tree| Some((tree.toc, tree.locale, path(tree)?)))
        .collect()
}

fn path(tree: &NavTree) -> Option<SitePath> {
    tree.output.parent().join("print.html").ok()
}

/// The address of the page that a page is printed on with others.
pub(super) fn address(site: &Site, tree: &NavTree, base: &Base) -> Option<String> {
    if !site.config.theme.print {
        return None;
    }
    let output = path(tree).filter(|path| site.page_at(tree.locale, path).is_none())?;
    (2..=MOST)
        .contains(&articles(site, tree).len())
        .then(|| base.address(&output, ""))
}

pub(super) fn view(
    site: &Site,
    context: &RenderContext,
    toc: SourceId,
    locale: LocaleId,
    output: &SitePath,
) -> View {
    let language = site.config.locales.get(locale);
    let base = Base::Folder(output.parent());
    let mut page = view::Page {
        kind: "print",
        lang: language.tag.clone(),
        dir: language.direction.as_str(),
        noindex: true,
        ..view::Page::default()
    };
    let tree = site
        .navigations()
        .find(|tree| tree.toc == toc && tree.locale == locale);
    for (number, id) in tree
        .map(|tree| articles(site, tree))
        .unwrap_or_default()
        .into_iter()
        .enumerate()
    {
        if number == 0 {
            page.title = site.title(site.page(id).source).to_owned();
        }
        let article = article(site, context, id, locale, &base);
        apart(&article, number + 1, &mut page.body);
    }
    View {
        template: "print.html".into(),
        output: output.clone(),
        locale: locale.index(),
        frame: frame(site, locale, &base, None),
        page,
    }
}

fn article(
    site: &Site,
    context: &RenderContext,
    id: PageId,
    reader: LocaleId,
    base: &Base,
) -> String {
    let page = site.page(id);
    let language = site.text_locale(page);
    let mut out = String::from("<article class=\"article\"");
    if language != reader {
        let locale = site.config.locales.get(language);
        out.push_str(&format!(
            " lang=\"{}\" dir=\"{}\"",
            locale.tag,
            locale.direction.as_str()
        ));
    }
    out.push_str(">\n");
    let Some(linked) = site.linked(page.source) else {
        return out + "</article>\n";
    };
    let mut writer = Writer::new(site, &context.catalog, base, reader, language);
    writer.highlighter =
        Some(context.theme.highlighter()).filter(|_| !site.config.markdown.docfx_markup);
    if let Body::Article(tree) = &linked.document.body {
        writer.tree(page.source, tree);
    }
    if writer
        .headings
        .first()
        .is_none_or(|heading| heading.level != 1)
    {
        out.push_str("<h1>");
        escape(site.title(page.source), &mut out);
        out.push_str("</h1>\n");
    }
    out + &writer.out + "</article>\n"
}

/// Appends the HTML of an article with ids that no other article on the page has. In text a quote is written otherwise, so that only
/// attributes are found.
fn apart(article: &str, number: usize, out: &mut String) {
    let prefix = format!("p{number}-");
    let mut rest = article;
    while let Some(at) = rest.find('=') {
        let (before, after) = rest.split_at(at + 1);
        out.push_str(before);
        rest = after;
        let start = out.rfind(' ').unwrap_or(out.len());
        let ends = ID_ATTRIBUTES.iter().find_map(|attribute| {
            let (name, value) = attribute.split_at(attribute.find('=')? + 1);
            (&out[start..] == name && rest.starts_with(value)).then_some(value.len())
        });
        if let Some(length) = ends {
            out.push_str(&rest[..length]);
            out.push_str(&prefix);
            rest = &rest[length..];
        }
    }
    out.push_str(rest);
}
