//! `llms.txt`: what there is, for machines that read text. One for each language lists its pages with a sentence about each; the one at the top
//! lists the languages. Links lead to the Markdown of a page.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::locale::LocaleId;
use crate::site::pages::Origin;
use crate::site::{Page, Site};
use crate::source::SitePath;

use super::page::site_title;
use super::twin;
use crate::search::sections::summary;
use crate::site::href::{Base, absolute};

const NAME: &str = "llms.txt";

/// Where the lists are written: one for each language, and one of the languages at the top.
pub(super) fn paths(site: &Site) -> Vec<(Option<LocaleId>, SitePath)> {
    if !site.config.outputs.llms {
        return Vec::new();
    }
    let lists = site
        .config
        .locales
        .authored()
        .filter_map(|locale| Some((Some(locale), path(site, locale)?)));
    let mut all: Vec<(Option<LocaleId>, SitePath)> = lists.collect();
    let root = SitePath::new(NAME)
        .ok()
        .filter(|root| !all.is_empty() && all.iter().all(|(_, path)| path != root));
    all.extend(root.map(|root| (None, root)));
    all
}

fn path(site: &Site, locale: LocaleId) -> Option<SitePath> {
    site.page(site.home(locale)?)
        .output
        .parent()
        .join(NAME)
        .ok()
}

fn address(site: &Site, from: &SitePath, to: &SitePath) -> String {
    match &site.config.base_url {
        Some(base_url) => absolute(base_url, to),
        None => Base::Folder(from.parent()).address(to, ""),
    }
}

/// The languages there are.
pub(super) fn top(site: &Site) -> String {
    let mut out = format!(
        "# {}\n\n## Languages\n\n",
        site_title(site, site.config.locales.default())
    );
    let path = SitePath::new(NAME).unwrap_or_else(|_| SitePath::root());
    for (locale, list) in paths(site) {
        let Some(locale) = locale else { continue };
        let language = site.config.locales.get(locale);
        let address = address(site, &path, &list);
        out.push_str(&format!(
            "- [{}]({address}): {} ({})\n",
            site_title(site, locale),
            language.name,
            language.tag
        ));
    }
    out
}

/// The pages of a language, by the folder below its own; pages of other languages are in their own list.
pub(super) fn list(site: &Site, locale: LocaleId) -> Option<String> {
    let home = site.page(site.home(locale)?);
    let folder = home.output.parent();
    let path = path(site, locale)?;
    let own: Vec<&Page> = site
        .pages()
        .iter()
        .filter(|page| {
            page.locale == locale && page.origin == Origin::Translated && site.is_searchable(page)
        })
        .collect();
    let line = |page: &&Page| {
        let to = twin::path(site, page).unwrap_or_else(|| page.output.clone());
        let about = summary(site, page).map_or_else(String::new, |summary| format!(": {summary}"));
        let title = site.title(page.source).replace(['[', ']'], "");
        let section = page
            .output
            .strip_prefix(&folder)
            .and_then(|rest| rest.split_once('/'))
            .map_or("", |(first, _)| first)
            .to_owned();
        (
            section,
            format!("- [{title}]({}){about}\n", address(site, &path, &to)),
        )
    };
    let lines: Vec<(String, String)> = own.par_iter().map(line).collect();
    let mut sections: BTreeMap<&str, String> = BTreeMap::new();
    for (section, line) in &lines {
        sections.entry(section).or_default().push_str(line);
    }
    let mut out = format!("# {}\n\n", site_title(site, locale));
    if let Some(summary) = summary(site, home) {
        out.push_str(&format!("> {summary}\n\n"));
    }
    for (section, lines) in sections {
        let index = folder
            .join(section)
            .and_then(|folder| folder.join("index.html"))
            .ok()
            .filter(|_| !section.is_empty());
        let index = index.and_then(|index| site.page_at(locale, &index));
        let heading = index.map_or(section, |index| site.title(site.page(index).source));
        if !section.is_empty() {
            out.push_str(&format!("## {heading}\n\n"));
        }
        out.push_str(&lines);
        out.push('\n');
    }
    Some(format!("{}\n", out.trim_end()))
}
