//! The notice above the text of a page that is shown in place of a translation, or whose original has changed since.

use crate::locale::LocaleId;
use crate::render::context::RenderContext;
use crate::render::view::{Notice, Updated};
use crate::site::href::Base;
use crate::site::pages::Origin;
use crate::site::{Page, PageId, PageKind, PageVersion, Site};
use crate::source::SourceId;

/// The notice of a page. `lang` is the language tag of its text.
pub(super) fn notice(
    site: &Site,
    context: &RenderContext,
    id: PageId,
    lang: &str,
) -> Option<Notice> {
    let page = site.page(id);
    match page.origin {
        Origin::Fallback(locale) => Some(fallback(site, context, page, locale, lang)),
        Origin::Translated => stale(site, context, page),
    }
}

/// The page is shown in another language than its own.
fn fallback(
    site: &Site,
    context: &RenderContext,
    page: &Page,
    locale: LocaleId,
    lang: &str,
) -> Notice {
    let original = site.version_for(page.translation_set, locale);
    Notice {
        kind: "fallback",
        language: context.catalog.language(page.locale, locale),
        original_url: match original {
            Some(original) => address(site, page, original.page()),
            None => String::new(),
        },
        original_lang: lang.to_owned(),
        changed: None,
    }
}

/// The original of the page has changed since it was translated.
fn stale(site: &Site, context: &RenderContext, page: &Page) -> Option<Notice> {
    if page.kind == PageKind::Redirect || !site.config.translations.stale_notice {
        return None;
    }
    let original = context.progress.stale(site, page.source)?;
    let locale = site.linked(original)?.locale?;
    let shown = site
        .version_for(page.translation_set, locale)
        .map(PageVersion::page)?;
    Some(Notice {
        kind: "stale",
        language: context.catalog.language(page.locale, locale),
        original_url: address(site, page, shown),
        original_lang: site.config.locales.get(locale).tag.clone(),
        changed: changed(site, context, page, original),
    })
}

/// The date of the original; `None` if it claims to be older than its translation, because then its author forgets to update dates.
fn changed(
    site: &Site,
    context: &RenderContext,
    page: &Page,
    original: SourceId,
) -> Option<Updated> {
    let changed = stated_date(site, original)?;
    if let Some(own) = stated_date(site, page.source)
        && own > changed
    {
        return None;
    }
    Some(Updated {
        iso: changed.to_string(),
        text: context.catalog.date(page.locale, changed),
    })
}

fn stated_date(site: &Site, source: SourceId) -> Option<jiff::civil::Date> {
    Some(site.linked(source)?.document.front_matter.date()?.date)
}

fn address(site: &Site, from: &Page, to: PageId) -> String {
    Base::Folder(from.output.parent()).address(&site.page(to).output, "")
}
