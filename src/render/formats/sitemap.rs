//! `sitemap.xml`: every page in the language it is written in, with its other languages (sitemaps.org protocol 0.9). It contains absolute
//! addresses, so there is one only if the site knows its own.

use std::io;

use crate::render::alternates::alternates;
use crate::render::context::RenderContext;
use crate::render::format::{Content, Format, FormatKind, Output, Render, Subject};
use crate::render::inputs::DatedGraph;
use crate::render::paths;
use crate::render::xml::{self, XmlWriter, text_element};
use crate::site::href::absolute;
use crate::site::{Graph, PageId};

/// The name at the top of the site.
pub(super) const SITEMAP_NAME: &str = "sitemap.xml";

const NAMESPACES: [(&str, &str); 2] = [
    ("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9"),
    ("xmlns:xhtml", "http://www.w3.org/1999/xhtml"),
];

/// What a page takes, with its languages, in bytes.
const BYTES_PER_PAGE: usize = 900;

pub(super) static SITEMAP: Format = Format {
    name: "sitemap",
    kind: FormatKind::Data,
    // One that the site has itself wins.
    replaces_content: false,
    offline: false,
    outputs,
    render: Render::Dates(content),
};

fn outputs(graph: &Graph) -> Vec<Output> {
    match (&graph.config.base_url, paths::top(SITEMAP_NAME)) {
        (Some(_), Some(path)) => vec![Output::new(&SITEMAP, path, Subject::Site)],
        _ => Vec::new(),
    }
}

fn content(graph: &DatedGraph<'_>, _: &RenderContext, _: &Output) -> Content {
    let sitemap = Sitemap {
        graph,
        base_url: graph.config.base_url.as_deref().unwrap_or_default(),
    };
    Content::Text(sitemap.text().unwrap_or_default())
}

struct Sitemap<'a> {
    graph: &'a DatedGraph<'a>,
    base_url: &'a str,
}

/// What the configuration says of a page; the last rule that says something counts.
#[derive(Default)]
struct PageRules<'a> {
    lastmod: Option<&'a str>,
    changefreq: Option<&'a str>,
    priority: Option<&'a str>,
    base_url: Option<&'a str>,
}

impl Sitemap<'_> {
    fn text(&self) -> io::Result<String> {
        let mut xml = xml::begin(BYTES_PER_PAGE * self.graph.pages().len())?;
        let urlset = xml.create_element("urlset").with_attributes(NAMESPACES);
        urlset.write_inner_content(|xml| self.write_pages(xml))?;
        Ok(xml::finish(xml))
    }

    fn write_pages(&self, xml: &mut XmlWriter) -> io::Result<()> {
        for id in self.graph.page_ids() {
            if self.graph.is_indexed(id) {
                xml.create_element("url")
                    .write_inner_content(|xml| self.write_page(xml, id))?;
            }
        }
        Ok(())
    }

    fn write_page(&self, xml: &mut XmlWriter, id: PageId) -> io::Result<()> {
        let page = self.graph.page(id);
        let rules = self.rules(id);
        let base_url = rules.base_url.unwrap_or(self.base_url);
        text_element(xml, "loc", &absolute(base_url, &page.output))?;
        // The date of the page itself is more exact than that of a pattern for many pages.
        if let Some(date) = self.stated_date(id) {
            text_element(xml, "lastmod", &date)?;
        } else if let Some(lastmod) = rules.lastmod {
            text_element(xml, "lastmod", lastmod)?;
        }
        if let Some(changefreq) = rules.changefreq {
            text_element(xml, "changefreq", changefreq)?;
        }
        if let Some(priority) = rules.priority {
            text_element(xml, "priority", priority)?;
        }
        for alternate in alternates(self.graph, id, self.base_url) {
            let attributes = [
                ("rel", "alternate"),
                ("hreflang", alternate.lang.as_str()),
                ("href", alternate.url.as_str()),
            ];
            xml.create_element("xhtml:link")
                .with_attributes(attributes)
                .write_empty()?;
        }
        Ok(())
    }

    fn stated_date(&self, id: PageId) -> Option<String> {
        let date = self.graph.date(self.graph.page(id).source)?;
        Some(date.to_string())
    }

    fn rules(&self, id: PageId) -> PageRules<'_> {
        let path = self.graph.path(self.graph.page(id).source);
        let mut found = PageRules::default();
        for rule in &self.graph.config.publish.sitemap {
            if rule.fits(path) {
                found.lastmod = rule.lastmod.as_deref().or(found.lastmod);
                found.changefreq = rule.changefreq.as_deref().or(found.changefreq);
                found.base_url = rule.base_url.as_deref().or(found.base_url);
                found.priority = rule.priority.as_deref().or(found.priority);
            }
        }
        found
    }
}
