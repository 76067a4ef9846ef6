//! Breadcrumbs, questions and answers -> the same for search engines: a schema.org `BreadcrumbList` with absolute addresses and a `FAQPage`, as
//! JSON that can be put into HTML.

use serde::Serialize;

use crate::render::view::Crumb;
use crate::search::sections::sections;
use crate::site::PageScope;

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
    json(&list)
}

#[derive(Serialize)]
struct FaqPage {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "mainEntity")]
    questions: Vec<Question>,
}

#[derive(Serialize)]
struct Question {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: String,
    #[serde(rename = "acceptedAnswer")]
    answer: Answer,
}

#[derive(Serialize)]
struct Answer {
    #[serde(rename = "@type")]
    kind: &'static str,
    text: String,
}

/// The questions of a page whose headings have these ids, with their answers as words; `None` if there is no question with an answer.
pub(super) fn faq_page(scope: &PageScope<'_>, ids: &[Box<str>]) -> Option<String> {
    let mut questions = Vec::new();
    for section in sections(scope) {
        let text = section.text.trim();
        // Search engines refuse a list with a question that has no answer.
        if text.is_empty() || !ids.iter().any(|id| **id == *section.id) {
            continue;
        }
        questions.push(Question {
            kind: "Question",
            name: section.heading.trim().to_owned(),
            answer: Answer {
                kind: "Answer",
                text: text.to_owned(),
            },
        });
    }
    if questions.is_empty() {
        return None;
    }
    Some(json(&FaqPage {
        context: "https://schema.org",
        kind: "FAQPage",
        questions,
    }))
}

/// Texts and numbers can always be written. A title with `</script>` in it must not end the element that the JSON is in.
fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value)
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
