//! The way to a page -> the same for search engines: a schema.org `BreadcrumbList` with whole addresses, as JSON to stand in a page.

use serde::Serialize;

use super::view::Crumb;

#[derive(Serialize)]
struct List<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "itemListElement")]
    steps: Vec<Step<'a>>,
}

#[derive(Serialize)]
struct Step<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    item: &'a str,
    name: &'a str,
    /// Counted from 1.
    position: usize,
}

/// The steps of `way` that lead somewhere, in order.
pub(super) fn breadcrumbs(way: &[Crumb]) -> String {
    let steps = way
        .iter()
        .filter_map(|crumb| Some((crumb.url.as_deref()?, &*crumb.title)))
        .enumerate();
    let steps = steps
        .map(|(at, (item, name))| Step {
            kind: "ListItem",
            item,
            name,
            position: at + 1,
        })
        .collect();
    let list = List {
        context: "https://schema.org",
        kind: "BreadcrumbList",
        steps,
    };
    // Nothing in it may end the element it stands in. Texts and numbers can always be written.
    serde_json::to_string(&list)
        .unwrap_or_default()
        .replace('<', "\\u003c")
}
