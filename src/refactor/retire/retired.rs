//! The page that goes and the one that replaces it, as an author types them -> their versions in all languages.

use crate::config::FallbackMode;
use crate::locale::LocaleId;
use crate::refactor::named_page::page;
use crate::refactor::refusal::Refusal;
use crate::site::pages::TranslationSetId;
use crate::site::{PageId, Site, Target};
use crate::source::{SitePath, SourceId};

use super::request::RetireRequest;

/// The page that goes.
pub(super) struct Retired {
    pub set: TranslationSetId,
    /// The files that go.
    pub versions: Vec<SourceId>,
    /// True if no language keeps it.
    pub is_complete: bool,
}

impl Retired {
    pub fn find(site: &Site, request: &RetireRequest) -> Result<Retired, Refusal> {
        let id = page(site, &request.page)?;
        let Some(set) = site.translation_set_of(id) else {
            return Err(no_page(&request.page));
        };
        let all = &site.translation_set(set).variants;
        let mut versions = Vec::new();
        for (locale, id) in all {
            if request.locales.is_empty() || request.locales.contains(locale) {
                versions.push(*id);
            }
        }
        let is_complete = versions.len() == all.len();
        for id in &versions {
            let path = site.path(*id);
            if site.source(*id).invalid.is_some() {
                return Err(Refusal::new(
                    format!("`{path}` has bytes that can't be decoded"),
                    "save it as UTF-8 first",
                ));
            }
            for (includer, _) in site.includers(*id) {
                if !versions.contains(includer) {
                    return Err(Refusal::new(
                        format!("`{}` includes `{path}`", site.path(*includer)),
                        "move the text into the page that includes it first",
                    ));
                }
            }
        }
        match versions.is_empty() {
            true => Err(no_page(&request.page)),
            false => Ok(Retired {
                set,
                versions,
                is_complete,
            }),
        }
    }

    /// The version that is shown at the page's address in `locale` once this one has gone there; nothing if readers get none.
    pub fn shown_instead(&self, site: &Site, locale: LocaleId) -> Option<SourceId> {
        let set = site.translation_set(self.set);
        if !set.localized || site.config.fallback_mode(&set.path) != FallbackMode::Page {
            return None;
        }
        for other in site.config.locales.fallback_chain(locale) {
            let version = set.variant(other).filter(|id| !self.contains(*id));
            if version.is_some() {
                return version;
            }
        }
        None
    }

    /// True if a reference with this target leads to what goes. A page that stays in some languages goes on having readers in all.
    pub fn is_target(&self, target: &Target) -> bool {
        self.is_complete && matches!(target, Target::Page { set, .. } if *set == self.set)
    }

    /// True for a file that goes.
    pub fn contains(&self, id: SourceId) -> bool {
        self.versions.contains(&id)
    }
}

fn no_page(path: &SitePath) -> Refusal {
    Refusal::new(
        format!("`{path}` is no page in these languages"),
        "name a page and languages that have it",
    )
}

/// The page that replaces it.
pub(super) struct Successor {
    pub set: TranslationSetId,
    pub anchor: Option<String>,
}

impl Successor {
    pub fn find(
        site: &Site,
        retired: &Retired,
        path: &SitePath,
        anchor: Option<&str>,
    ) -> Result<Successor, Refusal> {
        let id = page(site, path)?;
        let set = site
            .translation_set_of(id)
            .filter(|set| *set != retired.set);
        let Some(set) = set else {
            return Err(Refusal::new(
                format!("`{path}` is the page that goes"),
                "name another page after `--to`",
            ));
        };
        if let Some(anchor) = anchor
            && !site.anchors(id).iter().any(|known| known == anchor)
        {
            return Err(Refusal::new(
                format!("`{path}` has no anchor `#{anchor}`"),
                "name an anchor of the page, or the page alone",
            ));
        }
        Ok(Successor {
            set,
            anchor: anchor.map(str::to_owned),
        })
    }

    /// What readers of `locale` get.
    pub fn page(&self, site: &Site, locale: LocaleId) -> Option<PageId> {
        Some(site.version_for(self.set, locale)?.page())
    }

    /// The file of `locale`, or the path it would have there: a link to that leads readers to the version they get.
    pub fn path(&self, site: &Site, locale: Option<LocaleId>) -> Option<SitePath> {
        let set = site.translation_set(self.set);
        let locale = locale.unwrap_or(site.config.locales.default());
        if let Some(id) = set.variant(locale) {
            return Some(site.path(id).clone());
        }
        let (_, first) = set.variants.first()?;
        let path = site.path(*first);
        match site.config.localized_path(path) {
            Some(localized) => site.config.in_language(&localized, locale),
            None => Some(path.clone()),
        }
    }
}
