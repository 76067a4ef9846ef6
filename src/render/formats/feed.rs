//! `feed.xml` of each language: the pages that changed last, as Atom (RFC 4287). Dates are those in the front matter.

use std::io;

use crate::locale::LocaleId;
use crate::render::context::RenderContext;
use crate::render::format::{Content, Format, FormatKind, Output, Render, Subject};
use crate::render::frame::site_title;
use crate::render::paths;
use crate::render::xml::{self, XmlWriter, text_element};
use crate::search::sections::summary;
use crate::site::href::absolute;
use crate::site::pages::Origin;
use crate::site::{Graph, Page, Site};
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
    render: Render::Excerpts(content),
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

fn content(site: &Site, _: &RenderContext, output: &Output) -> Content {
    let (Some(locale), Some(base_url)) = (output.locale(site), &site.config.base_url) else {
        return Content::Text(String::new());
    };
    let feed = Feed {
        site,
        base_url,
        locale,
        own_address: absolute(base_url, &output.path),
    };
    Content::Text(feed.text().unwrap_or_default())
}

struct Feed<'a> {
    site: &'a Site,
    base_url: &'a str,
    locale: LocaleId,
    own_address: String,
}

impl<'a> Feed<'a> {
    fn text(&self) -> io::Result<String> {
        let mut xml = xml::begin(BYTES)?;
        let language = self.site.config.locales.get(self.locale).tag.as_str();
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
        let title = site_title(self.site, self.locale);
        let home = match self.site.home(self.locale) {
            Some(home) => absolute(self.base_url, &self.site.page(home).output),
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
        xml.create_element("author")
            .write_inner_content(|xml| text_element(xml, "name", title))?;
        for (date, page) in pages {
            xml.create_element("entry")
                .write_inner_content(|xml| self.write_entry(xml, date, page))?;
        }
        Ok(())
    }

    fn write_entry(&self, xml: &mut XmlWriter, date: Date, page: &Page) -> io::Result<()> {
        let address = absolute(self.base_url, &page.output);
        text_element(xml, "title", self.site.title(page.source))?;
        text_element(xml, "id", &address)?;
        xml.create_element("link")
            .with_attribute(("href", address.as_str()))
            .write_empty()?;
        text_element(xml, "updated", &timestamp(date))?;
        if let Some(summary) = summary(self.site, page) {
            text_element(xml, "summary", &summary)?;
        }
        Ok(())
    }

    /// The pages that changed last, latest first. Pages of one day are in the order of their paths, so that every build has the same feed.
    fn latest_pages(&self) -> Vec<(Date, &'a Page)> {
        let mut pages = Vec::new();
        for page in self.site.pages() {
            if page.locale == self.locale
                && page.origin == Origin::Translated
                && let Some(date) = self.stated_date(page)
                && self.site.is_searchable(page)
            {
                pages.push((date, page));
            }
        }
        pages.sort_by(|(date, page), (other_date, other)| {
            let order = other_date.cmp(date);
            order.then_with(|| page.output.cmp(&other.output))
        });
        pages.truncate(MAX_ENTRIES);
        pages
    }

    fn stated_date(&self, page: &Page) -> Option<Date> {
        let linked = self.site.linked(page.source)?;
        Some(linked.document.front_matter.date()?.date)
    }
}

/// The beginning of a day in UTC (RFC 3339).
fn timestamp(date: Date) -> String {
    format!("{date}T00:00:00Z")
}
