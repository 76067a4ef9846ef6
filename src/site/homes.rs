//! Pages -> where each language begins: its home page, or the address at which one is to be made. Doesn't know how one is made, nor what is on
//! a page.

use std::collections::BTreeMap;

use crate::locale::LocaleId;
use crate::source::SitePath;

use super::input::LinkInput;
use super::pages::{Origin, Page, PageId};

const INDEX: &str = "index.html";

/// Where a language begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Home {
    /// The page of the content there, if there is one.
    pub page: Option<PageId>,
    /// Its path below the output folder.
    pub path: SitePath,
}

/// The home of each language that has pages.
pub(super) fn homes(pages: &[Page], input: LinkInput<'_>) -> BTreeMap<LocaleId, Home> {
    let mut homes = BTreeMap::new();
    for locale in input.config.locales.ids() {
        let own: Vec<(PageId, &Page)> = PageId::all(pages.len())
            .zip(pages)
            .filter(|(_, page)| page.locale == locale)
            .collect();
        if !own.is_empty()
            && let Some(home) = home(&own, input)
        {
            homes.insert(locale, home);
        }
    }
    homes
}

fn home(pages: &[(PageId, &Page)], input: LinkInput<'_>) -> Option<Home> {
    let (outermost, innermost) = match language_folder(pages, input) {
        Some(folder) => (folder.clone(), folder),
        // Without language folders a site begins at the top, or at an index page that all its pages are below. An index page next to
        // others is the home page of its own folder only.
        None => (SitePath::root(), common_folder(pages)),
    };
    if let Some((id, page)) = index_between(pages, &outermost, &innermost) {
        return Some(Home {
            page: Some(id),
            path: page.output.clone(),
        });
    }
    Some(Home {
        page: None,
        path: outermost.join(INDEX).ok()?,
    })
}

/// The index page with the shortest path from `outermost` to `innermost`. One that redirects is a home page, too: it is how authors let a
/// language begin at another page.
fn index_between<'p>(
    pages: &[(PageId, &'p Page)],
    outermost: &SitePath,
    innermost: &SitePath,
) -> Option<(PageId, &'p Page)> {
    let mut best: Option<(usize, PageId, &Page)> = None;
    for (id, page) in pages {
        if page.output.file_name() != INDEX {
            continue;
        }
        let folder = page.output.parent();
        if !folder.starts_with(outermost) || !innermost.starts_with(&folder) {
            continue;
        }
        let length = page.output.segments().count();
        if best.is_none_or(|(shortest, ..)| length < shortest) {
            best = Some((length, *id, page));
        }
    }
    best.map(|(_, id, page)| (id, page))
}

/// The folder that the language folders of `pages` are published as; of several the outermost, then the one with the most pages.
fn language_folder(pages: &[(PageId, &Page)], input: LinkInput<'_>) -> Option<SitePath> {
    let mut counts: BTreeMap<SitePath, usize> = BTreeMap::new();
    for (_, page) in pages {
        if let Some(folder) = folder_of_language(page, input) {
            *counts.entry(folder).or_default() += 1;
        }
    }
    let mut best: Option<(usize, usize, SitePath)> = None;
    for (folder, count) in counts {
        let depth = folder.segments().count();
        let is_better = match &best {
            Some((least, most, _)) => depth < *least || (depth == *least && count > *most),
            None => true,
        };
        if is_better {
            best = Some((depth, count, folder));
        }
    }
    best.map(|(.., folder)| folder)
}

/// The published folder of a page, without the folders that the page is in below its language folder.
fn folder_of_language(page: &Page, input: LinkInput<'_>) -> Option<SitePath> {
    let localized = input.layout.localized(page.source)?;
    let folder = page.output.parent();
    // A page with an address of its own says nothing about where the others are.
    let Some((inner, _)) = localized.rest.rsplit_once('/') else {
        return Some(folder);
    };
    let outer = folder.as_str().strip_suffix(inner)?;
    match outer.strip_suffix('/') {
        Some(outer) => SitePath::new(outer).ok(),
        None if outer.is_empty() => Some(SitePath::root()),
        None => None,
    }
}

/// The innermost folder that all of `pages` are in. Pages in place of a missing translation are where the others are.
fn common_folder(pages: &[(PageId, &Page)]) -> SitePath {
    let mut common: Option<SitePath> = None;
    for (_, page) in pages {
        if page.origin != Origin::Translated {
            continue;
        }
        let mut folder = page.output.parent();
        if let Some(common) = &common {
            while !common.starts_with(&folder) {
                folder = folder.parent();
            }
        }
        common = Some(folder);
    }
    common.unwrap_or_else(SitePath::root)
}
