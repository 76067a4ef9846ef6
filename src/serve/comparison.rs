//! A page and two languages -> a page that shows both side by side, and which of their headings correspond. Or one page alone, with the width
//! of a phone. Doesn't know what the pages contain: each is in a frame.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::page_links::PageLinks;
use super::preview::embedded;
use crate::locale::LocaleId;
use crate::site::anchors::PageHeading;
use crate::site::{PageId, Site};
use crate::source::escape::escaped;
use crate::workspace::Snapshot;

/// The query of a comparison.
pub(super) struct Comparison<'a> {
    pub(super) snapshot: &'a Snapshot,
    /// The page.
    pub(super) page: PageId,
    /// The folders of two languages; the page's own where there is none.
    pub(super) left: Option<&'a str>,
    pub(super) right: Option<&'a str>,
    /// One page alone, with this width in pixels.
    pub(super) width: Option<u16>,
}

impl Comparison<'_> {
    /// The page with both versions, and `about` the preview; nothing if one of the languages doesn't have it.
    pub(super) fn html(&self, about: &Value) -> Option<Vec<u8>> {
        let site = &self.snapshot.site;
        let own = site.page(self.page).locale;
        let left = self.version(self.left)?;
        let title = escaped(site.title(site.page(left).source));
        let mut frames = self.frame(left, "left");
        let mut class = " class=\"one\"";
        let mut pairs = json!(null);
        if self.width.is_none() {
            let right = self.version(self.right)?;
            frames.push_str(&self.frame(right, "right"));
            pairs = headings(site, left, right);
            class = "";
        }
        let only = self
            .snapshot
            .context
            .catalog
            .text(own, "preview-only-here", &[]);
        let facts = json!({ "headings": pairs, "only": only, "run": about["run"], "version": about["version"] });
        let html = format!(
            "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{title}</title>\n<link rel=\"stylesheet\" href=\"/_hjelp/side.css\">\n<script src=\"/_hjelp/side.js\" defer></script>\n</head>\n\
             <body{class}>\n{frames}<script type=\"application/json\" id=\"hjelp-side\">{}</script>\n</body>\n</html>\n",
            site.config.locales.get(own).tag,
            embedded(&facts),
        );
        Some(html.into_bytes())
    }

    /// The page in the language with this name.
    fn version(&self, name: Option<&str>) -> Option<PageId> {
        let site = &self.snapshot.site;
        let page = site.page(self.page);
        let locale = match name {
            Some(name) => locale_by_name(site, name)?,
            None => page.locale,
        };
        Some(site.version_for(page.translation_set, locale)?.page())
    }

    fn frame(&self, page: PageId, side: &str) -> String {
        let site = &self.snapshot.site;
        let language = site.config.locales.get(site.page(page).locale);
        let title = format!("{} – {}", site.title(site.page(page).source), language.name);
        let width = match self.width {
            Some(width) => format!(" width=\"{width}\""),
            None => String::new(),
        };
        format!(
            "<iframe id=\"{side}\" title=\"{}\" src=\"{}\"{width}></iframe>\n",
            escaped(&title),
            PageLinks { site }.url(page)
        )
    }
}

/// The language with a folder or a tag. A site may have a language without a folder, at its top, which only the tag names.
fn locale_by_name(site: &Site, name: &str) -> Option<LocaleId> {
    let locales = &site.config.locales;
    if let Some(locale) = locales.by_folder(name) {
        return Some(locale);
    }
    locales.ids().find(|id| locales.get(*id).tag == name)
}

/// The ids of headings at the same place, and of those that only one side has.
fn headings(site: &Site, left: PageId, right: PageId) -> Value {
    let (left, right) = (site.page(left).source, site.page(right).source);
    let (lefts, rights) = (site.headings(left), site.headings(right));
    // A fallback is the same file on both sides: nothing has to be aligned.
    let aligned = if left == right {
        (0..lefts.len()).map(|at| (at, at)).collect()
    } else {
        site.aligned(left, right)
    };
    let mut pairs = Vec::with_capacity(aligned.len());
    let (mut paired_lefts, mut paired_rights) = (BTreeSet::new(), BTreeSet::new());
    for (one, other) in aligned {
        pairs.push((lefts[one].id.as_str(), rights[other].id.as_str()));
        paired_lefts.insert(one);
        paired_rights.insert(other);
    }
    json!({
        "pairs": pairs,
        "left": unpaired(&lefts, &paired_lefts),
        "right": unpaired(&rights, &paired_rights),
    })
}

fn unpaired<'h>(headings: &'h [PageHeading], paired: &BTreeSet<usize>) -> Vec<&'h str> {
    let mut ids = Vec::new();
    for (at, heading) in headings.iter().enumerate() {
        if !paired.contains(&at) {
            ids.push(heading.id.as_str());
        }
    }
    ids
}
