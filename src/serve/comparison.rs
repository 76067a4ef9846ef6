//! A page and two languages -> a page that shows both side by side, and which of their headings correspond.

use std::collections::BTreeSet;

use serde_json::json;

use super::page_info::url;
use super::preview;
use super::site_version::SiteVersion;
use crate::locale::LocaleId;
use crate::site::{PageId, PageVersion, Site};
use crate::source::escape::escaped;

/// The query of a comparison.
pub(super) struct Asked<'a> {
    /// The page.
    pub(super) page: PageId,
    /// The folders of two languages.
    pub(super) left: Option<&'a str>,
    pub(super) right: Option<&'a str>,
    /// One page alone, with this width in pixels.
    pub(super) width: Option<u16>,
}

/// The page with both versions; nothing if one of the languages doesn't have it.
pub(super) fn page(
    version: &SiteVersion,
    asked: &Asked<'_>,
    about: &serde_json::Value,
) -> Option<Vec<u8>> {
    let snapshot = version.snapshot.as_deref()?;
    let site = &snapshot.site;
    let own = site.page(asked.page).locale;
    let version = |folder: Option<&str>| -> Option<PageId> {
        let locale = folder.map_or(Some(own), |folder| by_name(site, folder))?;
        site.version_for(site.page(asked.page).translation_set, locale)
            .map(PageVersion::page)
    };
    let words = |key: &str| snapshot.context.catalog.text(own, key, &[]).into_owned();
    let left = version(asked.left)?;
    let frame = |page: PageId, side: &str| {
        let language = site.config.locales.get(site.page(page).locale);
        let title = escaped(&format!(
            "{} – {}",
            site.title(site.page(page).source),
            language.name
        ));
        let width = asked
            .width
            .map(|width| format!(" width=\"{width}\""))
            .unwrap_or_default();
        format!(
            "<iframe id=\"{side}\" title=\"{title}\" src=\"{}\"{width}></iframe>\n",
            url(site, page)
        )
    };
    let title = escaped(site.title(site.page(left).source));
    let (frames, facts) = match asked.width {
        Some(_) => (frame(left, "left"), json!(null)),
        None => {
            let right = version(asked.right)?;
            (
                frame(left, "left") + &frame(right, "right"),
                headings(site, left, right),
            )
        }
    };
    let facts = json!({ "headings": facts, "only": words("preview-only-here"), "run": about["run"], "version": about["version"] });
    let html = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<link rel=\"stylesheet\" href=\"/_hjelp/side.css\">\n<script src=\"/_hjelp/side.js\" defer></script>\n</head>\n\
         <body{}>\n{frames}<script type=\"application/json\" id=\"hjelp-side\">{}</script>\n</body>\n</html>\n",
        site.config.locales.get(own).tag,
        if asked.width.is_some() {
            " class=\"one\""
        } else {
            ""
        },
        preview::embedded(&facts),
    );
    Some(html.into_bytes())
}

fn by_name(site: &Site, name: &str) -> Option<LocaleId> {
    site.config.locales.by_folder(name).or_else(|| {
        site.config
            .locales
            .ids()
            .find(|id| site.config.locales.get(*id).tag == name)
    })
}

/// The ids of headings at the same place, and of those that only one side has.
fn headings(site: &Site, left: PageId, right: PageId) -> serde_json::Value {
    let (one, other) = (site.page(left).source, site.page(right).source);
    let (ones, others) = (site.headings(one), site.headings(other));
    let pairs = if one == other {
        (0..ones.len()).map(|at| (at, at)).collect()
    } else {
        site.aligned(one, other)
    };
    let (known, known_others): (BTreeSet<usize>, BTreeSet<usize>) = pairs.iter().copied().unzip();
    let rest =
        |all: &[crate::site::anchors::PageHeading], known: &BTreeSet<usize>| -> Vec<String> {
            all.iter()
                .enumerate()
                .filter(|(at, _)| !known.contains(at))
                .map(|(_, heading)| heading.id.clone())
                .collect()
        };
    let pairs: Vec<(&str, &str)> = pairs
        .iter()
        .map(|(a, b)| (ones[*a].id.as_str(), others[*b].id.as_str()))
        .collect();
    json!({ "pairs": pairs, "left": rest(&ones, &known), "right": rest(&others, &known_others) })
}
