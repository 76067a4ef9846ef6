//! `sitemap.xml` with the languages of each page, and `robots.txt` that points to it.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use crate::site::Site;
use crate::source::SitePath;

use super::Beside;
use super::page::alternates;
use crate::site::href::absolute;

const SITEMAP: &str = "sitemap.xml";

/// A sitemap names whole addresses, so there is one only if the site knows its own.
pub(super) fn paths(site: &Site) -> Vec<(Beside, SitePath)> {
    let sitemap = site
        .config
        .base_url
        .as_ref()
        .map(|_| (Beside::Sitemap, SITEMAP));
    let all = sitemap.into_iter().chain([(Beside::Robots, "robots.txt")]);
    all.filter_map(|(beside, path)| Some((beside, SitePath::new(path).ok()?)))
        .collect()
}

/// What search engines may look at, and where the sitemap is.
pub(super) fn robots(site: &Site) -> String {
    let mut robots = "User-agent: *\nAllow: /\n".to_owned();
    if let (Some(base_url), Ok(path)) = (&site.config.base_url, SitePath::new(SITEMAP)) {
        robots.push_str(&format!("\nSitemap: {}\n", absolute(base_url, &path)));
    }
    robots
}

/// Every page in the language it is written in; pages that stand in for a translation, send the reader on or ask to be left out are not
/// listed.
pub(super) fn text(site: &Site) -> Option<String> {
    let base_url = site.config.base_url.as_deref()?;
    let mut writer = Writer::new_with_indent(Vec::with_capacity(900 * site.pages().len()), b' ', 1);
    writer
        .write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))
        .ok()?;
    let namespaces = [
        ("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9"),
        ("xmlns:xhtml", "http://www.w3.org/1999/xhtml"),
    ];
    let set = writer.create_element("urlset").with_attributes(namespaces);
    set.write_inner_content(|writer| {
        for id in site.page_ids() {
            let page = site.page(id);
            let Some(linked) = site.linked(page.source) else {
                continue;
            };
            let front = &linked.document.front_matter;
            let path = &site.source(page.source).path;
            if !site.is_indexed(id) {
                continue;
            }
            writer.create_element("url").write_inner_content(|writer| {
                writer
                    .create_element("loc")
                    .write_text_content(BytesText::new(&absolute(base_url, &page.output)))?;
                let rules = || {
                    site.config
                        .publish
                        .sitemap
                        .iter()
                        .rev()
                        .filter(|rule| rule.fits(path))
                };
                let lastmod = front
                    .date()
                    .map(|dated| dated.date.to_string())
                    .or_else(|| rules().find_map(|rule| rule.lastmod.clone()));
                let changefreq = rules().find_map(|rule| rule.changefreq.clone());
                let priority = rules().find_map(|rule| rule.priority.clone());
                for (name, value) in [
                    ("lastmod", lastmod),
                    ("changefreq", changefreq),
                    ("priority", priority),
                ] {
                    if let Some(value) = value {
                        writer
                            .create_element(name)
                            .write_text_content(BytesText::new(&value))?;
                    }
                }
                for alternate in alternates(site, id, base_url) {
                    let attributes = [
                        ("rel", "alternate"),
                        ("hreflang", alternate.lang.as_str()),
                        ("href", alternate.url.as_str()),
                    ];
                    writer
                        .create_element("xhtml:link")
                        .with_attributes(attributes)
                        .write_empty()?;
                }
                Ok(())
            })?;
        }
        Ok(())
    })
    .ok()?;
    let mut bytes = writer.into_inner();
    bytes.push(b'\n');
    String::from_utf8(bytes).ok()
}
