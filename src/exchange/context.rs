//! What an export and an import work on: a site and a language. Knows nothing of formats.

use crate::locale::LocaleId;
use crate::site::Site;
use crate::source::{Source, SourceId};
use crate::syntax::Dialect;

/// A site, and the language its texts are translated into.
#[derive(Clone, Copy)]
pub struct ExchangeContext<'a> {
    /// The site, whose default language is that of the originals.
    pub site: &'a Site,
    /// How the Markdown of the site is parsed.
    pub dialect: Dialect,
    /// The language of the translations.
    pub locale: LocaleId,
}

impl<'a> ExchangeContext<'a> {
    pub(super) fn source(self, id: SourceId) -> &'a Source {
        self.site.source(id)
    }
}
