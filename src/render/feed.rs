//! `feed.xml` of each language: the pages that changed last, as Atom (RFC 4287). Dates are those the pages state.

use jiff::civil::Date;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use crate::locale::LocaleId;
use crate::site::pages::Origin;
use crate::site::{Page, Site};
use crate::source::SitePath;

use super::page::site_title;
use crate::search::sections::summary;
use crate::site::href::absolute;

/// How many pages a feed tells of.
const MOST: usize = 50;
/// When a feed changed that tells of nothing.
const NEVER: Date = jiff::civil::date(1970, 1, 1);

/// Where the feed of a language is written. It names whole addresses, so there is one only if the site knows its own.
pub(super) fn path(site: &Site, locale: LocaleId) -> Option<SitePath> {
    site.config
        .base_url
        .as_ref()
        .filter(|_| site.config.outputs.feeds)?;
    site.page(site.home(locale)?)
        .output
        .parent()
        .join("feed.xml")
        .ok()
}

fn dated(site: &Site, page: &Page) -> Option<Date> {
    let date = site.linked(page.source)?.document.front_matter.date()?.date;
    (page.origin == Origin::Translated && site.is_searchable(page)).then_some(date)
}

/// The feed of a language.
pub(super) fn text(site: &Site, locale: LocaleId) -> Option<String> {
    let base_url = site.config.base_url.as_deref()?;
    let mut pages: Vec<(Date, &Page)> = site
        .pages()
        .iter()
        .filter(|page| page.locale == locale)
        .filter_map(|page| Some((dated(site, page)?, page)))
        .collect();
    pages.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.output.cmp(&b.1.output)));
    pages.truncate(MOST);
    let own = absolute(base_url, &path(site, locale)?);
    let home = absolute(base_url, &site.page(site.home(locale)?).output);
    let title = site_title(site, locale);
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
    writer
        .write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))
        .ok()?;
    let language = site.config.locales.get(locale).tag.as_str();
    let feed = writer.create_element("feed").with_attributes([
        ("xmlns", "http://www.w3.org/2005/Atom"),
        ("xml:lang", language),
    ]);
    feed.write_inner_content(|writer| {
        let say = |writer: &mut Writer<Vec<u8>>, name: &str, text: &str| {
            writer
                .create_element(name)
                .write_text_content(BytesText::new(text))
                .map(|_| ())
        };
        say(writer, "title", title)?;
        say(writer, "id", &home)?;
        writer
            .create_element("link")
            .with_attribute(("href", home.as_str()))
            .write_empty()?;
        writer
            .create_element("link")
            .with_attributes([("rel", "self"), ("href", own.as_str())])
            .write_empty()?;
        say(
            writer,
            "updated",
            &moment(pages.first().map_or(NEVER, |page| page.0)),
        )?;
        writer
            .create_element("author")
            .write_inner_content(|writer| say(writer, "name", title))?;
        for (date, page) in &pages {
            let address = absolute(base_url, &page.output);
            writer
                .create_element("entry")
                .write_inner_content(|writer| {
                    say(writer, "title", site.title(page.source))?;
                    say(writer, "id", &address)?;
                    writer
                        .create_element("link")
                        .with_attribute(("href", address.as_str()))
                        .write_empty()?;
                    say(writer, "updated", &moment(*date))?;
                    match summary(site, page) {
                        Some(summary) => say(writer, "summary", &summary),
                        None => Ok(()),
                    }
                })?;
        }
        Ok(())
    })
    .ok()?;
    let mut bytes = writer.into_inner();
    bytes.push(b'\n');
    String::from_utf8(bytes).ok()
}

/// The beginning of a day.
fn moment(date: Date) -> String {
    format!("{date}T00:00:00Z")
}
