//! All pages of a language by title, and their keywords, from A to Z: what the search field leads to without a script.

use std::collections::{BTreeMap, BTreeSet};

use crate::locale::{Catalog, LocaleId};
use crate::site::{PageId, PageVersion, Site};
use crate::source::SitePath;

use super::RenderContext;
use super::page::frame;
use super::view::{self, Letter, Link, Listed, View};
use crate::site::href::Base;

/// More pages for one keyword than this say nothing.
const MOST: usize = 12;

/// Where the list of a language is written; nothing for a language without pages.
pub(super) fn path(site: &Site, locale: LocaleId) -> Option<SitePath> {
    if !site.config.outputs.search {
        return None;
    }
    let folder = site.page(site.home(locale)?).output.parent();
    // A page of the site may already be called so.
    ["a-z.html", "hjelp-a-z.html"]
        .iter()
        .filter_map(|name| folder.join(name).ok())
        .find(|path| site.page_at(locale, path).is_none())
}

pub(super) fn view(
    site: &Site,
    context: &RenderContext,
    locale: LocaleId,
    output: &SitePath,
) -> View {
    let language = site.config.locales.get(locale);
    let base = Base::Folder(output.parent());
    let page = view::Page {
        kind: "a-z",
        title: context.catalog.text(locale, "all-pages", &[]).into_owned(),
        lang: language.tag.clone(),
        dir: language.direction.as_str(),
        noindex: true,
        letters: letters(site, &context.catalog, locale, &base),
        ..view::Page::default()
    };
    View {
        template: "a-z.html".into(),
        output: output.clone(),
        locale: locale.index(),
        frame: frame(site, locale, &base, None),
        page,
    }
}

fn letters(site: &Site, catalog: &Catalog, locale: LocaleId, base: &Base) -> Vec<Letter> {
    let mut titles: Vec<(String, Link)> = Vec::new();
    let mut keywords: BTreeMap<String, (String, BTreeSet<PageId>)> = BTreeMap::new();
    for id in site
        .page_ids()
        .filter(|id| site.page(*id).locale == locale && site.is_searchable(site.page(*id)))
    {
        let page = site.page(id);
        let link = link(site, locale, base, id);
        titles.push((link.text.clone(), link));
        let front = site
            .linked(page.source)
            .map(|linked| &linked.document.front_matter);
        for keyword in front.into_iter().flat_map(|front| front.keywords()) {
            keywords
                .entry(keyword.to_lowercase())
                .or_insert_with(|| (keyword.to_owned(), BTreeSet::new()))
                .1
                .insert(id);
        }
    }
    let mut entries: Vec<Listed> = titles
        .into_iter()
        .map(|(text, link)| Listed {
            text,
            keyword: false,
            links: vec![link],
        })
        .collect();
    for (text, pages) in keywords
        .into_values()
        .filter(|(_, pages)| pages.len() <= MOST)
    {
        let mut links: Vec<Link> = pages
            .into_iter()
            .map(|id| link(site, locale, base, id))
            .collect();
        // A keyword that is the title of its only page says nothing new.
        if let [only] = links.as_slice()
            && only.text.to_lowercase() == text.to_lowercase()
        {
            continue;
        }
        links.sort_by(|a, b| {
            catalog
                .compare(locale, &a.text, &b.text)
                .then_with(|| a.url.cmp(&b.url))
        });
        entries.push(Listed {
            text,
            keyword: true,
            links,
        });
    }
    let url = |entry: &Listed| entry.links.first().and_then(|link| link.url.clone());
    entries.sort_by(|a, b| {
        catalog
            .compare(locale, &a.text, &b.text)
            .then_with(|| (a.keyword, url(a)).cmp(&(b.keyword, url(b))))
    });
    let mut letters: Vec<Letter> = Vec::new();
    for entry in entries {
        let letter = catalog.letter(locale, &entry.text).to_string();
        match letters.iter_mut().find(|known| known.letter == letter) {
            Some(known) => known.entries.push(entry),
            None => letters.push(Letter {
                letter,
                entries: vec![entry],
            }),
        }
    }
    letters
}

fn link(site: &Site, locale: LocaleId, base: &Base, id: PageId) -> Link {
    let page = site.page(id);
    let lang = site.text_locale(page);
    let foreign = lang != locale
        || site
            .version_for(page.translation_set, locale)
            .is_some_and(|shown| matches!(shown, PageVersion::Original(_)));
    Link {
        text: site.title(page.source).to_owned(),
        url: Some(base.address(&page.output, "")),
        lang: foreign.then(|| site.config.locales.get(lang).tag.clone()),
        external: false,
    }
}
