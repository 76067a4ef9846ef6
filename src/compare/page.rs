//! The HTML of a page -> its title, its article and the anchors that links can lead to.

use std::collections::BTreeSet;

use crate::syntax::html::elements::is_void;
use crate::syntax::html::tokenizer::{Token, tokenize_with_text};

use super::article::Article;

/// What of a page is compared.
#[derive(Debug, Default)]
pub(super) struct BuiltPage {
    /// The text of `<title>`.
    pub title: String,
    /// The `<article>`, or the `<main>` of a page that has none; nothing for a page with neither.
    pub article: Option<Article>,
    /// The anchors of the article.
    pub anchors: BTreeSet<String>,
    /// The id of its first `<h1>`.
    pub title_anchor: Option<String>,
    /// The anchors of the whole page.
    pub all_anchors: BTreeSet<String>,
    /// True for a page that only leads to another one.
    pub is_redirect: bool,
}

impl BuiltPage {
    pub fn read(html: &str) -> BuiltPage {
        let page = PageReader::read(html, "article");
        if page.article.is_some() {
            return page;
        }
        PageReader::read(html, "main")
    }
}

struct PageReader<'a> {
    /// The element that is compared.
    root: &'a str,
    depth: usize,
    /// How many elements around the text are not shown.
    skipped: usize,
    in_title: bool,
    attributes: Vec<(String, String)>,
    page: BuiltPage,
}

impl PageReader<'_> {
    fn read(html: &str, root: &str) -> BuiltPage {
        let mut reader = PageReader {
            root,
            depth: 0,
            skipped: 0,
            in_title: false,
            attributes: Vec::new(),
            page: BuiltPage::default(),
        };
        tokenize_with_text(html, |token, _| reader.token(&token));
        let PageReader { mut page, .. } = reader;
        page.article = page.article.map(Article::folded);
        page.title = page.title.split_whitespace().collect::<Vec<_>>().join(" ");
        page
    }

    fn token(&mut self, token: &Token<'_>) {
        match token {
            Token::Attribute { name, value, .. } => self
                .attributes
                .push(((*name).to_owned(), value.clone().into_owned())),
            Token::StartTag {
                element,
                self_closing,
            } => {
                let attributes = std::mem::take(&mut self.attributes);
                self.start(element, &attributes, *self_closing);
            }
            Token::EndTag { element } => {
                self.attributes.clear();
                self.end(element);
            }
            Token::Text(text) => self.text(text),
            Token::Comment => {}
        }
    }

    fn start(&mut self, element: &str, attributes: &[(String, String)], closes_itself: bool) {
        self.anchor(element, attributes);
        match element {
            "title" if self.page.title.is_empty() && self.depth == 0 => self.in_title = true,
            "meta" => self.note_redirect(attributes),
            _ => {}
        }
        if element == self.root {
            self.depth += 1;
            if self.depth == 1 {
                self.page.article.get_or_insert_default();
                return;
            }
        }
        if self.depth == 0 {
            return;
        }
        if is_skipped(element) {
            self.skipped += usize::from(!closes_itself);
            return;
        }
        if let Some(article) = &mut self.page.article {
            // `<br/>` and `<br>` are the same; only other elements, as those of SVG, end with their
            // slash.
            article.start(element, attributes, closes_itself && !is_void(element));
        }
    }

    fn anchor(&mut self, element: &str, attributes: &[(String, String)]) {
        for (name, value) in attributes {
            if value.is_empty() || !(name == "id" || name == "name" && element == "a") {
                continue;
            }
            self.page.all_anchors.insert(value.clone());
            if element == "h1" && self.page.title_anchor.is_none() {
                self.page.title_anchor = Some(value.clone());
            }
            if self.depth > 0 {
                self.page.anchors.insert(value.clone());
            }
        }
    }

    fn note_redirect(&mut self, attributes: &[(String, String)]) {
        for (name, value) in attributes {
            self.page.is_redirect |= name == "http-equiv" && value.eq_ignore_ascii_case("refresh");
        }
    }

    fn end(&mut self, element: &str) {
        if element == "title" {
            self.in_title = false;
        }
        if is_skipped(element) && self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        if element == self.root && self.depth > 0 {
            self.depth -= 1;
            if self.depth == 0 {
                return;
            }
        }
        if self.depth > 0
            && let Some(article) = &mut self.page.article
        {
            article.end(element);
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_title {
            self.page.title.push_str(text);
        }
        if self.depth > 0
            && self.skipped == 0
            && let Some(article) = &mut self.page.article
        {
            article.text(text);
        }
    }
}

/// Elements whose text is not shown.
fn is_skipped(element: &str) -> bool {
    matches!(element, "script" | "style")
}
