//! Documents -> the HTML of whole articles and fragments, outside of pages.

use crate::locale::Catalog;
use crate::render::context::RenderContext;
use crate::site::href::Base;
use crate::site::scope::TextScope;
use crate::site::{Graph, PageVersion, Site};
use crate::source::SourceId;

use super::article_context::{ArticleContext, highlighter};
use super::markup::Markup;
use super::writer::ArticleWriter;

/// How [`article`] writes.
#[derive(Clone, Copy)]
pub struct ArticleOptions<'a> {
    /// The markup.
    pub markup: &'a dyn Markup,
    /// True to write the article as it is included within a line of text.
    pub inline: bool,
}

/// The HTML of the Markdown file `id`; `None` if it is no Markdown file.
pub fn article(
    site: &Site,
    catalog: &Catalog,
    id: SourceId,
    options: ArticleOptions<'_>,
) -> Option<String> {
    let scope = TextScope::new(site, id);
    let tree = scope.tree(id)?;
    // A fragment has no page, so its addresses are those of a page in its own folder.
    let base = Base::Folder(match page_of(site, id) {
        Some(page) => site.page(page.page()).output.parent(),
        None => site.path(id).parent(),
    });
    let language = site.source_locale(id);
    let mut writer = ArticleWriter::new(ArticleContext {
        site: &scope,
        catalog,
        highlighter: None,
        base: &base,
        source: id,
        reader: language,
        language,
        source_positions: false,
    });
    writer.markup = options.markup;
    writer.write(id, tree, options.inline);
    Some(writer.take())
}

/// The HTML of a fragment for the preview, with addresses from the top of the site; `None` if it is no Markdown file.
pub fn fragment(site: &Site, context: &RenderContext, id: SourceId) -> Option<String> {
    let scope = TextScope::new(site, id);
    let tree = scope.tree(id)?;
    let base = Base::Anywhere("/".to_owned());
    let language = site.source_locale(id);
    let mut writer = ArticleWriter::new(ArticleContext {
        site: &scope,
        catalog: &context.catalog,
        highlighter: highlighter(site, context),
        base: &base,
        source: id,
        reader: language,
        language,
        source_positions: context.source_positions,
    });
    writer.write(id, tree, false);
    Some(writer.take())
}

fn page_of(site: &Graph, id: SourceId) -> Option<PageVersion> {
    let set = site.translation_set_of(id)?;
    site.version_for(set, site.source_locale(id))
}
