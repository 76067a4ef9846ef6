//! A page -> where its readers can say what they think of it.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::site::{Page, Site};

use crate::site::href::absolute;

/// Where to say what one thinks of `page`: `pattern` with its holes filled.
pub(super) fn feedback(site: &Site, pattern: &str, page: &Page) -> String {
    let encode = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let address = absolute(site.config.base_url.as_deref().unwrap_or(""), &page.output);
    pattern
        .replace("{path}", &encode(site.source(page.source).path.as_str()))
        .replace("{url}", &encode(&address))
        .replace("{title}", &encode(site.title(page.source)))
        .replace("{lang}", &encode(&site.config.locales.get(page.locale).tag))
}
