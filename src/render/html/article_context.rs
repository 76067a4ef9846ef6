//! What the HTML of an article depends on besides its document: the site, the languages and the page it is on.

use crate::highlight::Highlighter;
use crate::locale::{Catalog, LocaleId};
use crate::render::context::RenderContext;
use crate::site::href::Base;
use crate::site::scope::TextScope;
use crate::site::{Graph, PageScope};
use crate::source::SourceId;

/// What the HTML of an article depends on besides its document.
#[derive(Clone)]
pub struct ArticleContext<'a> {
    pub site: &'a TextScope<'a>,
    pub catalog: &'a Catalog,
    /// Colours code; `None` if it stays plain.
    pub highlighter: Option<&'a Highlighter>,
    /// The address of the page that the article is on.
    pub base: &'a Base,
    /// The file that the article begins with.
    pub source: SourceId,
    /// The language of the page: its links lead to the versions of pages in this language.
    pub reader: LocaleId,
    /// The language of the article: its alerts have titles in this language. It isn't that of the page where a translation is missing.
    pub language: LocaleId,
    /// True if elements have attributes with the file and line they come from, for the preview.
    pub source_positions: bool,
}

impl<'a> ArticleContext<'a> {
    /// The article of a page, with addresses from `base`.
    pub fn new(site: &'a PageScope<'a>, context: &'a RenderContext, base: &'a Base) -> Self {
        let page = site.subject();
        ArticleContext {
            site,
            catalog: &context.catalog,
            highlighter: highlighter(site, context),
            base,
            source: page.source,
            reader: page.locale,
            language: site.text_locale(page),
            source_positions: context.source_positions,
        }
    }
}

/// The highlighter of the theme, unless the site has the markup of DocFX.
pub(super) fn highlighter<'a>(site: &Graph, context: &'a RenderContext) -> Option<&'a Highlighter> {
    // DocFX colours code with a script in the browser (DocFX spec 11.4), which expects it plain.
    if site.config.markdown.docfx_markup {
        return None;
    }
    Some(context.theme.highlighter())
}
