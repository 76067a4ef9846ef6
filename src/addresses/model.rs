//! A site -> every address it publishes: pages with their anchors, redirects, and the uids by which programs open pages. Doesn't know what was
//! published before.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::site::former::{FormerAddress, Successor};
use crate::site::pages::Origin;
use crate::site::{PageId, PageKind, Site, Target};
use crate::source::SourceId;

/// All addresses of one revision of a site, by their paths below the address of the site: `no/salg/avtaler.html`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedAddresses {
    /// Pages and redirects.
    pub pages: BTreeMap<String, PublishedPage>,
    /// The uids that programs and other sites use, with the languages that have them.
    #[serde(default)]
    pub uids: BTreeSet<String>,
}

/// What is at one address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedPage {
    /// The tag of its language.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub locale: String,
    /// The file it is made of, below the root of the sources; empty if that is not known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// True if it is shown in place of a missing translation.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub fallback: bool,
    /// Where it redirects to: a path like its own, or an address of another site. None for a page with something to read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redirect: Option<String>,
    /// True if it redirects to a file that is no page.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub file: bool,
    /// True if it was removed on purpose, which is what readers read there.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub gone: bool,
    /// The ids that links can name.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub anchors: BTreeSet<String>,
    /// Ids of the original that its translations have, too: good for links that come from there, but no promise.
    #[serde(skip)]
    pub shared_anchors: BTreeSet<String>,
}

impl PublishedAddresses {
    /// Everything that `site` publishes.
    pub fn of(site: &Site) -> PublishedAddresses {
        let anchors = anchors(site);
        let mut all = PublishedAddresses::default();
        for id in site.page_ids() {
            let page = site.page(id);
            all.pages
                .insert(page.output.to_string(), published(site, id, &anchors));
        }
        // After the pages: an address that a page has is not that of a redirect.
        for former in site.former_addresses().stated() {
            // Otherwise a page that was left in parts would count as moved, whatever became of the rest of it.
            if former.is_implied {
                continue;
            }
            let page = former_page(site, former);
            all.pages.entry(former.path.to_string()).or_insert(page);
        }
        for (uid, _) in site.uids() {
            all.uids.insert(uid.to_owned());
        }
        all
    }

    /// What a reader gets at `path`, after all redirects: `None` if they end at no page or in a circle.
    pub fn arrival<'a>(&'a self, path: &'a str) -> Option<Arrival<'a>> {
        let mut at = path;
        // No honest chain is longer, and a circle must end.
        for _ in 0..MOST_REDIRECTS {
            let Some(page) = self.pages.get(at) else {
                // The other site's matter.
                return at.contains(':').then_some(Arrival::Elsewhere(at));
            };
            match &page.redirect {
                None if page.gone => return Some(Arrival::Gone),
                None => return Some(Arrival::Page(at, page)),
                Some(file) if page.file => return Some(Arrival::Elsewhere(file)),
                // The name of a file may have a `#`; only otherwise a fragment begins there.
                Some(next) if self.pages.contains_key(next) => at = next,
                Some(next) => at = next.split(['#', '?']).next().unwrap_or(next),
            }
        }
        None
    }
}

/// The longest chain of redirects that is followed.
const MOST_REDIRECTS: usize = 10;

/// Where a reader ends.
#[derive(Debug, Clone, Copy)]
pub enum Arrival<'a> {
    /// At this page, which is at this address.
    Page(&'a str, &'a PublishedPage),
    /// On another site, or at a file that is no page.
    Elsewhere(&'a str),
    /// Where it is said that the page was removed.
    Gone,
}

/// The anchors of all files that are pages. Most pages of a language without translations share those of one file.
fn anchors(site: &Site) -> BTreeMap<SourceId, PageAnchors> {
    let mut sources = BTreeSet::new();
    for page in site.pages() {
        sources.insert(page.source);
    }
    let sources: Vec<SourceId> = sources.into_iter().collect();
    let found: Vec<(SourceId, PageAnchors)> = sources
        .into_par_iter()
        .map(|id| (id, PageAnchors::of(site, id)))
        .collect();
    found.into_iter().collect()
}

/// The ids of one page.
#[derive(Clone, Default)]
struct PageAnchors {
    own: BTreeSet<String>,
    shared: BTreeSet<String>,
}

impl PageAnchors {
    /// The ids of a page but for that of its title: without it, a link comes to the same place.
    fn of(site: &Site, id: SourceId) -> PageAnchors {
        let mut anchors = PageAnchors {
            own: site.anchors(id).into_iter().collect(),
            shared: BTreeSet::new(),
        };
        for heading in site.headings(id) {
            if heading.level == 1 {
                // An older list may have it, and it is there.
                anchors.own.remove(&heading.id);
                anchors.shared.insert(heading.id);
            }
            for shared in heading.shared {
                anchors.own.remove(&shared);
                anchors.shared.insert(shared);
            }
        }
        anchors
    }
}

fn published(site: &Site, id: PageId, anchors: &BTreeMap<SourceId, PageAnchors>) -> PublishedPage {
    let page = site.page(id);
    let redirect = match page.kind {
        PageKind::Redirect => Some(redirect(site, id)),
        _ => None,
    };
    let file = match site.redirect_url(page.source) {
        Some((_, _, Target::Asset(_))) => redirect.is_some(),
        _ => false,
    };
    let anchors = match anchors.get(&page.source) {
        Some(anchors) if page.kind.has_content() => anchors.clone(),
        _ => PageAnchors::default(),
    };
    let mut own = anchors.own;
    // The page leads on from these.
    for moved in site.former_addresses().moved_on(id) {
        own.insert(moved.id.to_string());
    }
    PublishedPage {
        gone: page.kind == PageKind::Gone,
        file,
        locale: site.config.locales.get(page.locale).tag.to_string(),
        source: site.path(page.source).to_string(),
        fallback: page.origin != Origin::Translated,
        anchors: own,
        shared_anchors: anchors.shared,
        redirect,
    }
}

/// What is at an address that is no page's any more.
fn former_page(site: &Site, former: &FormerAddress) -> PublishedPage {
    let mut page = PublishedPage {
        locale: site.config.locales.get(former.locale).tag.to_string(),
        source: site.path(former.source).to_string(),
        gone: former.to == Successor::Gone,
        ..PublishedPage::default()
    };
    page.redirect = match &former.to {
        Successor::Page(id, anchor) => {
            let to = site.page(*id);
            page.source = site.path(to.source).to_string();
            page.fallback = to.origin != Origin::Translated;
            Some(match anchor {
                Some(anchor) => format!("{}#{anchor}", to.output),
                None => to.output.to_string(),
            })
        }
        Successor::Asset(path) => {
            page.file = true;
            Some(path.to_string())
        }
        Successor::Url(url) => Some(url.to_string()),
        Successor::Gone => None,
    };
    page
}

/// Where a redirect leads. What the site doesn't know is as typed.
fn redirect(site: &Site, id: PageId) -> String {
    let page = site.page(id);
    if let Some((_, target)) = site.redirect_target(id) {
        return site.page(target).output.to_string();
    }
    match site.redirect_url(page.source) {
        Some((_, reference, Target::Asset(path))) => match site.output_of(path) {
            Some(output) => output.to_string(),
            None => reference.target.to_string(),
        },
        Some((_, reference, _)) => reference.target.to_string(),
        None => String::new(),
    }
}
