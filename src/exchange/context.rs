//! What an export and an import work on: a site, a language, and what its translations follow. Knows nothing of formats.

use crate::locale::LocaleId;
use crate::site::Site;
use crate::source::{Source, SourceId};
use crate::syntax::Dialect;
use crate::translation::followed::{FollowedOriginal, FollowedOriginals};

use super::extract::Reading;

/// A site, and the language its texts are translated into.
#[derive(Clone, Copy)]
pub struct ExchangeContext<'a> {
    /// The site, whose default language is that of the originals.
    pub site: &'a Site,
    /// How the Markdown of the site is parsed.
    pub dialect: Dialect,
    /// The language of the translations.
    pub locale: LocaleId,
    /// The versions of the originals that translations follow, as far as they are known.
    pub followed: &'a FollowedOriginals,
}

impl<'a> ExchangeContext<'a> {
    pub(super) fn reading(self) -> Reading<'a> {
        Reading {
            dialect: self.dialect,
            keys: &self.site.config.translations.front_matter,
        }
    }

    pub(super) fn source(self, id: SourceId) -> &'a Source {
        self.site.source(id)
    }

    /// What a translation follows, if it is known.
    pub(super) fn followed_by(self, translation: Option<SourceId>) -> Option<&'a FollowedOriginal> {
        self.followed.get(&translation?)
    }
}
