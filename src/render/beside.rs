//! What is made beside the pages for machines: which files, and what is in each. Nothing here goes through a template.

use crate::locale::LocaleId;
use crate::site::{PageId, Site};
use crate::source::{SitePath, SourceId};

use super::view::{Frame, Page, View};
use super::{feed, go, helpmap, llms, sitemap, toc_json, twin, xrefmap};

/// A file that is no page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Beside {
    /// A page as Markdown.
    Markdown(PageId),
    /// The pages of a language, or the languages of the site, as `llms.txt`.
    Llms(Option<LocaleId>),
    /// What changed last in a language.
    Feed(LocaleId),
    /// All pages, for search engines.
    Sitemap,
    /// What search engines may look at.
    Robots,
    /// The uids of the pages in a language, for DocFX sites.
    XrefMap(LocaleId),
    /// A toc in a language, as DocFX writes it.
    Toc(SourceId, LocaleId),
    /// Where the page of each uid is.
    HelpMap,
    /// The same, as the page that opens uids reads it: one of several files.
    Ids(go::Ids),
}

/// Files at addresses where others look for them, whatever the content has there; with where they are written.
pub(super) fn expected(site: &Site) -> Vec<(Beside, SitePath)> {
    let mut all = sitemap::paths(site);
    all.extend(
        xrefmap::paths(site)
            .into_iter()
            .map(|(locale, path)| (Beside::XrefMap(locale), path)),
    );
    all.extend(
        toc_json::paths(site)
            .into_iter()
            .map(|(toc, locale, path)| (Beside::Toc(toc, locale), path)),
    );
    all
}

/// Every other such file, with where it is written.
pub(super) fn all(site: &Site) -> Vec<(Beside, SitePath)> {
    let mut all = Vec::new();
    all.extend(
        llms::paths(site)
            .into_iter()
            .map(|(locale, path)| (Beside::Llms(locale), path)),
    );
    all.extend(
        site.config
            .locales
            .ids()
            .filter_map(|locale| Some((Beside::Feed(locale), feed::path(site, locale)?))),
    );
    if go::path(site).is_some() {
        all.extend(
            SitePath::new("helpmap.json")
                .ok()
                .map(|path| (Beside::HelpMap, path)),
        );
        let ids = go::shared(site).into_iter().enumerate();
        all.extend(ids.filter_map(|(number, ids)| Some((Beside::Ids(ids), go::ids_path(number)?))));
    }
    all.extend(
        site.page_ids()
            .filter_map(|id| Some((Beside::Markdown(id), twin::path(site, site.page(id))?))),
    );
    all
}

/// The view of such a file: its text alone.
pub(super) fn view(site: &Site, beside: &Beside, output: &SitePath) -> View {
    let body = match beside {
        Beside::Markdown(id) => twin::text(site, *id),
        Beside::Llms(Some(locale)) => llms::list(site, *locale).unwrap_or_default(),
        Beside::Llms(None) => llms::top(site),
        Beside::Feed(locale) => feed::text(site, *locale).unwrap_or_default(),
        Beside::Sitemap => sitemap::text(site).unwrap_or_default(),
        Beside::Robots => sitemap::robots(site),
        Beside::XrefMap(locale) => xrefmap::map(site, *locale, &output.parent()),
        Beside::Toc(toc, locale) => toc_json::json(site, *toc, *locale).unwrap_or_default(),
        Beside::HelpMap => helpmap::json(&helpmap::helpmap(site)),
        Beside::Ids(ids) => go::ids(site, ids),
    };
    let page = Page {
        body,
        ..Page::default()
    };
    View {
        template: "".into(),
        output: output.clone(),
        locale: site.config.locales.default().index(),
        frame: Frame::default(),
        page,
    }
}
