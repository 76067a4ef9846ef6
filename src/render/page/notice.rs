//! The notice above the text of a page that is shown in place of a translation, or whose original has changed since.

use crate::locale::LocaleId;
use crate::render::context::RenderContext;
use crate::render::view::{Notice, Updated};
use crate::site::href::Base;
use crate::site::pages::Origin;
use crate::site::{Page, PageId, PageScope};
use crate::source::SourceId;

/// The notice of a page. `lang` is the language tag of its text.
pub(super) fn notice(scope: &PageScope<'_>, context: &RenderContext, lang: &str) -> Option<Notice> {
    let page = scope.subject();
    let writer = NoticeWriter {
        scope,
        context,
        page,
    };
    match page.origin {
        Origin::Fallback(locale) => Some(writer.fallback(locale, lang)),
        Origin::Translated => writer.stale(),
    }
}

/// What the notice of a page depends on.
struct NoticeWriter<'a> {
    scope: &'a PageScope<'a>,
    context: &'a RenderContext,
    page: &'a Page,
}

impl NoticeWriter<'_> {
    /// The page is shown in another language than its own.
    fn fallback(&self, locale: LocaleId, lang: &str) -> Notice {
        let original = self.scope.version_for(self.page.translation_set, locale);
        Notice {
            kind: "fallback",
            language: self.context.catalog.language(self.page.locale, locale),
            original_url: match original {
                Some(original) => self.address(original.page()),
                None => String::new(),
            },
            original_lang: lang.to_owned(),
            changed: None,
        }
    }

    /// The original of the page has changed since it was translated.
    fn stale(&self) -> Option<Notice> {
        // A page that has moved has no text that could be out of date.
        if !self.page.kind.has_content() || !self.scope.config.translations.stale_notice {
            return None;
        }
        let original = self.context.progress.stale(self.scope)?;
        let locale = self.scope.linked(original)?.locale?;
        let version = self.scope.version_for(self.page.translation_set, locale)?;
        Some(Notice {
            kind: "stale",
            language: self.context.catalog.language(self.page.locale, locale),
            original_url: self.address(version.page()),
            original_lang: self.scope.config.locales.get(locale).tag.clone(),
            changed: self.changed(original),
        })
    }

    /// The date of the original; `None` if it is unknown or misleading.
    fn changed(&self, original: SourceId) -> Option<Updated> {
        let changed = self.stated_date(original)?;
        // An original that claims to be older than its translation has an author who forgets to update dates.
        if let Some(own) = self.stated_date(self.page.source)
            && own > changed
        {
            return None;
        }
        Some(Updated {
            iso: changed.to_string(),
            text: self.context.catalog.date(self.page.locale, changed),
        })
    }

    fn stated_date(&self, source: SourceId) -> Option<jiff::civil::Date> {
        let linked = self.scope.linked(source)?;
        Some(linked.document.front_matter.date()?.date)
    }

    fn address(&self, to: PageId) -> String {
        let base = Base::Folder(self.page.output.parent());
        base.address(&self.scope.page(to).output, "")
    }
}
