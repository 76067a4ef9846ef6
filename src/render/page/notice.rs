//! The notice above the text of a page that is shown in place of a translation, or whose original has changed since.

use crate::locale::LocaleId;
use crate::render::context::RenderContext;
use crate::render::view::{Notice, Updated};
use crate::site::href::Base;
use crate::site::pages::Origin;
use crate::site::{Page, PageId, PageKind, PageScope, PageVersion};
use crate::source::SourceId;

/// The notice of a page. `lang` is the language tag of its text.
pub(super) fn notice(scope: &PageScope<'_>, context: &RenderContext, lang: &str) -> Option<Notice> {
    let page = scope.subject();
    match page.origin {
        Origin::Fallback(locale) => Some(fallback(scope, context, page, locale, lang)),
        Origin::Translated => stale(scope, context, page),
    }
}

/// The page is shown in another language than its own.
fn fallback(
    scope: &PageScope<'_>,
    context: &RenderContext,
    page: &Page,
    locale: LocaleId,
    lang: &str,
) -> Notice {
    let original = scope.version_for(page.translation_set, locale);
    Notice {
        kind: "fallback",
        language: context.catalog.language(page.locale, locale),
        original_url: match original {
            Some(original) => address(scope, page, original.page()),
            None => String::new(),
        },
        original_lang: lang.to_owned(),
        changed: None,
    }
}

/// The original of the page has changed since it was translated.
fn stale(scope: &PageScope<'_>, context: &RenderContext, page: &Page) -> Option<Notice> {
    if page.kind == PageKind::Redirect || !scope.config.translations.stale_notice {
        return None;
    }
    let original = context.progress.stale(scope)?;
    let locale = scope.linked(original)?.locale?;
    let shown = scope
        .version_for(page.translation_set, locale)
        .map(PageVersion::page)?;
    Some(Notice {
        kind: "stale",
        language: context.catalog.language(page.locale, locale),
        original_url: address(scope, page, shown),
        original_lang: scope.config.locales.get(locale).tag.clone(),
        changed: changed(scope, context, page, original),
    })
}

/// The date of the original; `None` if it claims to be older than its translation, because then its author forgets to update dates.
fn changed(
    scope: &PageScope<'_>,
    context: &RenderContext,
    page: &Page,
    original: SourceId,
) -> Option<Updated> {
    let changed = stated_date(scope, original)?;
    if let Some(own) = stated_date(scope, page.source)
        && own > changed
    {
        return None;
    }
    Some(Updated {
        iso: changed.to_string(),
        text: context.catalog.date(page.locale, changed),
    })
}

fn stated_date(scope: &PageScope<'_>, source: SourceId) -> Option<jiff::civil::Date> {
    Some(scope.linked(source)?.document.front_matter.date()?.date)
}

fn address(scope: &PageScope<'_>, from: &Page, to: PageId) -> String {
    Base::Folder(from.output.parent()).address(&scope.page(to).output, "")
}
