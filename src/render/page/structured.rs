//! Breadcrumbs -> the same for search engines: a schema.org `BreadcrumbList` with absolute addresses, as JSON that can be put into HTML.

use serde::Serialize;

use crate::render::view::Crumb;

#[derive(Serialize)]
struct BreadcrumbList<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "itemListElement")]
    items: Vec<ListItem<'a>>,
}

#[derive(Serialize)]
struct ListItem<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    item: &'a str,
    name: &'a str,
    /// Counted from 1.
    position: usize,
}

/// The crumbs that have an address, in order.
pub(super) fn breadcrumb_list(crumbs: &[Crumb]) -> String {
    let mut items = Vec::with_capacity(crumbs.len());
    for crumb in crumbs {
        if let Some(url) = &crumb.url {
            items.push(ListItem {
                kind: "ListItem",
                item: url,
                name: &crumb.title,
                position: items.len() + 1,
            });
        }
    }
    let list = BreadcrumbList {
        context: "https://schema.org",
        kind: "BreadcrumbList",
        items,
    };
    // Texts and numbers can always be written. A title with `</script>` in it must not end the element that the JSON is in.
    serde_json::to_string(&list)
        .unwrap_or_default()
        .replace('<', "\\u003c")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_cannot_end_the_script() {
        let crumb = |title: &str, url: Option<&str>| Crumb {
            title: title.to_owned(),
            lang: None,
            url: url.map(str::to_owned),
        };
        let json = breadcrumb_list(&[crumb("A", None), crumb("</script>", Some("x"))]);
        assert!(
            json.contains("\"name\":\"\\u003c/script>\",\"position\":1"),
            "{json}"
        );
    }
}
