//! A landing page: `page.landing` in a template.

use serde::Serialize;

#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub(in crate::render) struct Landing {
    pub summary: Option<String>,
    pub highlights: Vec<Card>,
    pub concept: Option<CardGroup>,
    pub cards: Vec<Card>,
    pub more: Option<CardGroup>,
}

/// Cards below a heading.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub(in crate::render) struct CardGroup {
    pub title: Option<String>,
    pub summary: Option<String>,
    pub items: Vec<Card>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub(in crate::render) struct Card {
    pub title: Option<String>,
    pub summary: Option<String>,
    pub url: Option<String>,
    pub icon_url: Option<String>,
    pub kind: Option<&'static str>,
    pub label: Option<String>,
    pub lang: Option<String>,
    pub external: bool,
    pub lists: Vec<CardList>,
}

/// Links on a card.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::render) struct CardList {
    pub kind: Option<&'static str>,
    pub label: Option<String>,
    pub title: Option<String>,
    pub links: Vec<Link>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::render) struct Link {
    pub text: String,
    pub url: Option<String>,
    /// The language of the target, if it is another one than the page's.
    pub lang: Option<String>,
    pub external: bool,
}
