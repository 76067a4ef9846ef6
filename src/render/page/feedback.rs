//! A page -> the address where its readers can say what they think of it.

use crate::site::href::absolute;
use crate::site::{Graph, Page};
use crate::source::percent;

/// The configured address, with `{path}`, `{url}`, `{title}` and `{lang}` replaced by those of `page`. They are encoded as a part of a query.
pub(super) fn feedback_url(graph: &Graph, pattern: &str, page: &Page) -> String {
    let base_url = graph.config.base_url.as_deref().unwrap_or("");
    let url = absolute(base_url, &page.output);
    let language = &graph.config.locales.get(page.locale).tag;
    let path = graph.path(page.source).as_str();
    pattern
        // Encoded: a `&` in a title would begin another parameter.
        .replace("{path}", &encode(path))
        .replace("{url}", &encode(&url))
        .replace("{title}", &encode(graph.title(page.source)))
        .replace("{lang}", &encode(language))
}

fn encode(text: &str) -> String {
    percent::encode(text, percent::QUERY_VALUE).into_owned()
}
