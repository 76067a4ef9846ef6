//! A page -> where its readers can say what they think of it.

use crate::site::{Page, Site};
use crate::source::percent;

use crate::site::href::absolute;

/// Where to say what one thinks of `page`: `pattern` with its holes filled.
pub(super) fn feedback(site: &Site, pattern: &str, page: &Page) -> String {
    let address = absolute(site.config.base_url.as_deref().unwrap_or(""), &page.output);
    pattern
        .replace(
            "{path}",
            &percent::encode(site.source(page.source).path.as_str(), percent::QUERY_VALUE),
        )
        .replace("{url}", &percent::encode(&address, percent::QUERY_VALUE))
        .replace(
            "{title}",
            &percent::encode(site.title(page.source), percent::QUERY_VALUE),
        )
        .replace(
            "{lang}",
            &percent::encode(
                &site.config.locales.get(page.locale).tag,
                percent::QUERY_VALUE,
            ),
        )
}
