//! Documents -> the HTML of whole articles and fragments, outside of pages; and the attributes that say where an element comes from.

use crate::locale::Catalog;
use crate::render::context::RenderContext;
use crate::site::href::Base;
use crate::site::scope::TextScope;
use crate::site::{Graph, PageVersion, Site, Target};
use crate::source::escape::escape;
use crate::source::{LineIndex, SourceId, Span};

use super::markup::{Markup, TypedAddress};
use super::{ArticleContext, ArticleWriter, Text, highlighter};

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
        reader: language,
        language,
        places: false,
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
        reader: language,
        language,
        places: context.places,
    });
    writer.write(id, tree, false);
    Some(writer.take())
}

fn page_of(site: &Graph, id: SourceId) -> Option<PageVersion> {
    let set = site.translation_set_of(id)?;
    site.version_for(set, site.source_locale(id))
}

impl<'a> ArticleWriter<'a> {
    /// Writes the attributes with the file and line that an element comes from.
    pub(super) fn place(&mut self, text: &Text<'a>, span: Span) {
        if self.places {
            let lines = self
                .lines
                .entry(text.id)
                .or_insert_with(|| LineIndex::new(text.source));
            let line = lines.position(text.source, span.start as usize).line;
            let place = format!("{}:{line}", self.site.path(text.id));
            self.attribute("data-hjelp-at", &place);
        }
        if let Some([file, number]) = self.markup.place_attributes() {
            let lines = LineIndex::new(text.source);
            let line = lines.position(text.source, span.start as usize).line;
            let path = self.site.path(text.id).to_string();
            self.attribute(file, &path);
            self.attribute(number, &line.to_string());
        }
    }

    /// Opens an element that has no attributes but its place.
    pub(super) fn open(&mut self, text: &Text<'a>, span: Span, tag: &str) {
        self.out.push('<');
        self.out.push_str(tag);
        self.place(text, span);
        self.out.push('>');
    }

    /// An address that stays as it was typed.
    pub(super) fn typed_address(
        &self,
        text: &Text<'a>,
        target: &str,
        in_directive: bool,
    ) -> String {
        self.markup.typed_address(&TypedAddress {
            target,
            file: self.site.path(text.id),
            is_included: self.stack.len() > 1,
            in_directive,
        })
    }

    /// An `<xref>` that another program resolves.
    pub(super) fn typed_xref(&mut self, text: &Text<'a>, uid: &str, must: bool, span: Span) {
        self.out.push_str("<xref");
        self.attribute("href", uid);
        self.attribute(
            "data-throw-if-not-resolved",
            if must { "True" } else { "False" },
        );
        self.attribute("data-raw-source", span.of(text.source));
        self.place(text, span);
        self.out.push_str("></xref>");
    }

    /// The notice in place of code whose file is missing (DocFX spec 5.6).
    pub(super) fn missing_code(&mut self) {
        let title = self.catalog.text(self.language, "alert-warning", &[]);
        self.out.push_str("<div class=\"WARNING\">\n<h5>");
        escape(&title, &mut self.out);
        let text = self.catalog.text(self.language, "code-missing", &[]);
        self.out.push_str("</h5>\n<p>");
        escape(&text, &mut self.out);
        self.out.push_str("</p>\n</div>");
    }

    /// The fragment at which a circle of includes is cut, unless it is being written already.
    pub(super) fn cut_fragment(&self, target: Option<&Target>) -> Option<SourceId> {
        let id = self.site.cut_fragment(target?)?;
        (!self.stack.contains(&id)).then_some(id)
    }
}
