//! What an output format is, and what its files are. Doesn't know which formats there are.

use std::fmt;
use std::sync::Arc;

use super::context::RenderContext;
use super::inputs::{DatedGraph, SummarizedGraph};
use super::view::View;
use crate::locale::LocaleId;
use crate::site::{Graph, PageId, PageScope, Site};
use crate::source::{SitePath, SourceId};

/// An output format: which files of it a site has, and how each is rendered.
pub struct Format {
    /// Its name: unique, and part of the cache keys of its files.
    pub name: &'static str,
    /// What its files are for.
    pub kind: FormatKind,
    /// True if its files replace files of the content with the same path, because others rely on their addresses.
    pub replaces_content: bool,
    /// True if its files are part of the offline folder of a language.
    pub offline: bool,
    /// All files of the format. A file whose path is taken already, by a format before it in the table, is dropped.
    pub outputs: fn(&Graph) -> Vec<Output>,
    /// How a file is rendered.
    pub render: Render,
}

/// What the files of a format are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormatKind {
    /// A page for readers.
    Page,
    /// A page that only leads to another address.
    Redirect,
    /// Part of the theme.
    Theme,
    /// A file for programs.
    Data,
    /// The same page in another form, in the same folder.
    PageExport,
}

/// How a file is rendered, by what it is rendered from. A function gets nothing else of the site, and the cache key of the file is made from
/// just that.
pub enum Render {
    /// From one page: what it shows itself, its translations, what these include, and what the graph knows.
    Page(fn(&PageScope<'_>, &RenderContext, &Output) -> Content),
    /// From several pages.
    Pages {
        /// Which.
        pages: fn(&Graph, &Output) -> Vec<PageId>,
        /// From these.
        render: fn(&Graph, &[PageScope<'_>], &RenderContext, &Output) -> Content,
    },
    /// From the graph: paths, titles, metadata, navigation. The text of articles is not part of it.
    Graph(fn(&Graph, &RenderContext, &Output) -> Content),
    /// From the graph and the dates of articles.
    Dates(fn(&DatedGraph<'_>, &RenderContext, &Output) -> Content),
    /// From the graph, the dates of articles, and a summary of each.
    Summaries(fn(&SummarizedGraph<'_>, &RenderContext, &Output) -> Content),
    /// From all text, and from the history of the content. Never cached.
    Everything(fn(&Site, &RenderContext, &Output) -> Content),
}

/// One file to be rendered.
#[derive(Debug, Clone)]
pub struct Output {
    /// Its format.
    pub format: &'static Format,
    /// Its path below the output folder.
    pub path: SitePath,
    /// What is in it.
    pub subject: Subject,
}

/// What an output is about.
#[derive(Debug, Clone)]
pub enum Subject {
    /// The whole site.
    Site,
    /// One language.
    Locale(LocaleId),
    /// One page.
    Page(PageId),
    /// One toc in one language.
    Toc(SourceId, LocaleId),
    /// Some uids, and the file each belongs to.
    Uids(Arc<[(Box<str>, SourceId)]>),
}

/// What the bytes of a file are made of.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// The variables of a template.
    View(Box<View>),
    /// The text itself.
    Text(String),
}

impl Output {
    /// A file about `subject`.
    pub fn new(format: &'static Format, path: SitePath, subject: Subject) -> Self {
        Output {
            format,
            path,
            subject,
        }
    }

    /// The page it is about.
    pub fn page(&self) -> Option<PageId> {
        match self.subject {
            Subject::Page(id) => Some(id),
            _ => None,
        }
    }

    /// The language it is about; `None` if it is about all.
    pub fn locale(&self, graph: &Graph) -> Option<LocaleId> {
        match self.subject {
            Subject::Locale(locale) | Subject::Toc(_, locale) => Some(locale),
            Subject::Page(id) => Some(graph.page(id).locale),
            Subject::Site | Subject::Uids(_) => None,
        }
    }

    /// The file it is made from, for problems with it; `None` if it is made from many.
    pub fn source(&self, graph: &Graph) -> Option<SourceId> {
        let page = self.page()?;
        Some(graph.page(page).source)
    }

    /// Collects what the file consists of.
    pub fn content(&self, site: &Site, context: &RenderContext) -> Content {
        match self.format.render {
            Render::Page(render) => match self.page() {
                Some(page) => render(&PageScope::new(site, page), context, self),
                None => Content::Text(String::new()),
            },
            Render::Graph(render) => render(site, context, self),
            Render::Pages { pages, render } => {
                let mut scopes = Vec::new();
                for page in pages(site, self) {
                    scopes.push(PageScope::new(site, page));
                }
                render(site, &scopes, context, self)
            }
            Render::Dates(render) => render(&DatedGraph::new(site), context, self),
            Render::Summaries(render) => render(&SummarizedGraph::new(site), context, self),
            Render::Everything(render) => render(site, context, self),
        }
    }
}

impl From<View> for Content {
    fn from(view: View) -> Self {
        Content::View(Box::new(view))
    }
}

impl fmt::Debug for Format {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name)
    }
}
