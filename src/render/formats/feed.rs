//! `feed.xml` of each language: the pages that changed last, as Atom (RFC 4287). Dates are those in the front matter.

use std::io;

use crate::locale::{Catalog, LocaleId};
use crate::render::context::RenderContext;
use crate::render::format::{Content, Format, FormatKind, Output, Render, Subject};
use crate::render::frame::site_title;
use crate::render::inputs::SummarizedGraph;
use crate::render::paths;
use crate::render::xml::{self, XmlWriter, text_element};
use crate::site::href::absolute;
use crate::site::pages::Origin;
use crate::site::{Graph, PageId};
use jiff::civil::Date;

/// Readers of feeds ask often, so a feed stays small.
const MAX_ENTRIES: usize = 50;
/// What a feed takes, in bytes.
const BYTES: usize = 16 * 1024;
/// The date of a feed without entries, as the format requires one.
const NEVER: Date = jiff::civil::date(1970, 1, 1);

pub(super) static FEED: Format = Format {
    name: "feed",
    kind: FormatKind::Data,
    replaces_content: false,
    offline: false,
    outputs,
    render: Render::Summaries(content),
};

fn outputs(graph: &Graph) -> Vec<Output> {
    let mut outputs = Vec::new();
    for locale in graph.config.locales.ids() {
        if let Some(path) = paths::feed(graph, locale) {
            outputs.push(Output::new(&FEED, path, Subject::Locale(locale)));
        }
    }
    outputs
}

fn content(graph: &SummarizedGraph<'_>, context: &RenderContext, output: &Output) -> Content {
    let (Some(locale), Some(base_url)) = (output.locale(graph), &graph.config.base_url) else {
        return Content::Text(String::new());
    };
    let feed = Feed {
        graph,
        catalog: &context.catalog,
        base_url,
        locale,
        own_address: absolute(base_url, &output.path),
    };
    Content::Text(feed.text().unwrap_or_default())
}

struct Feed<'a> {
    graph: &'a SummarizedGraph<'a>,
    catalog: &'a Catalog,
    base_url: &'a str,
    locale: LocaleId,
    own_address: String,
}

impl<'a> Feed<'a> {
    fn text(&self) -> io::Result<String> {
        let mut xml = xml::begin(BYTES)?;
        let language = self.graph.config.locales.get(self.locale).tag.as_str();
        let attributes = [
            ("xmlns", "http://www.w3.org/2005/Atom"),
            ("xml:lang", language),
        ];
        xml.create_element("feed")
            .with_attributes(attributes)
            .write_inner_content(|xml| self.write_feed(xml))?;
        Ok(xml::finish(xml))
    }

    fn write_feed(&self, xml: &mut XmlWriter) -> io::Result<()> {
        let title = site_title(self.graph, self.catalog, self.locale);
        let title = title.as_ref();
        let home = match self.graph.home_path(self.locale) {
            Some(path) => absolute(self.base_url, path),
            None => self.base_url.to_owned(),
        };
        let pages = self.latest_pages();
        let updated = match pages.first() {
            Some((date, _)) => *date,
            None => NEVER,
        };
        text_element(xml, "title", title)?;
        text_element(xml, "id", &home)?;
        xml.create_element("link")
            .with_attribute(("href", home.as_str()))
            .write_empty()?;
        xml.create_element("link")
            .with_attributes([("rel", "self"), ("href", self.own_address.as_str())])
            .write_empty()?;
        text_element(xml, "updated", &timestamp(updated))?;
        // A feed has an author, unless each of its entries has one (RFC 4287, 4.1.1).
        xml.create_element("author")
            .write_inner_content(|xml| text_element(xml, "name", title))?;
        for (date, page) in pages {
            xml.create_element("entry")
                .write_inner_content(|xml| self.write_entry(xml, date, page))?;
        }
        Ok(())
    }

    fn write_entry(&self, xml: &mut XmlWriter, date: Date, id: PageId) -> io::Result<()> {
        let page = self.graph.page(id);
        let address = absolute(self.base_url, &page.output);
        text_element(xml, "title", self.graph.title(page.source))?;
        // An id must not change as long as its entry exists (RFC 4287, 4.2.6); readers compare it
        // to know what is new.
        text_element(xml, "id", &address)?;
        xml.create_element("link")
            .with_attribute(("href", address.as_str()))
            .write_empty()?;
        text_element(xml, "updated", &timestamp(date))?;
        if let Some(summary) = self.graph.summary(id) {
            text_element(xml, "summary", &summary)?;
        }
        Ok(())
    }

    /// The pages that changed last, latest first. Pages of one day are in the order of their paths, so that every build has the same feed.
    fn latest_pages(&self) -> Vec<(Date, PageId)> {
        let mut pages = Vec::new();
        for id in self.graph.page_ids() {
            let page = self.graph.page(id);
            if page.locale == self.locale
                // A page in place of a missing translation is in the feed of the language it is
                // written in.
                && page.origin == Origin::Translated
                && let Some(date) = self.graph.date(page.source)
                && self.graph.is_searchable(page)
            {
                pages.push((date, id));
            }
        }
        pages.sort_by(|(date, id), (other_date, other)| {
            let order = other_date.cmp(date);
            let (page, other) = (self.graph.page(*id), self.graph.page(*other));
            order.then_with(|| page.output.cmp(&other.output))
        });
        pages.truncate(MAX_ENTRIES);
        pages
    }
}

/// The beginning of a day in UTC (RFC 3339).
fn timestamp(date: Date) -> String {
    format!("{date}T00:00:00Z")
}
