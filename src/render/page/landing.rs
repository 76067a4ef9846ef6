//! A landing page -> groups of cards, as its template shows them.

use crate::locale::{Catalog, LocaleId};
use crate::render::view::{Card, CardGroup, CardList, Landing, Link};
use crate::site::address::split_address;
use crate::site::href::{Base, sanitize};
use crate::site::uid_text::without_mentions;
use crate::site::{PageId, PageScope, PageVersion, Target};
use crate::source::SourceId;
use crate::syntax::RefId;
use crate::syntax::landing::{self, LandingLink, LandingLinkKind, LandingLinkList, LandingRole};

/// What the addresses and labels of a landing page depend on.
pub(super) struct LandingWriter<'a> {
    pub scope: &'a PageScope<'a>,
    pub catalog: &'a Catalog,
    pub base: &'a Base,
    /// The language of the page.
    pub locale: LocaleId,
    /// The file of the landing page.
    pub source: SourceId,
}

/// Where a card or link leads.
#[derive(Default)]
struct CardTarget {
    url: Option<String>,
    /// The title of the page there.
    title: Option<String>,
    /// The language of the page there, if it is another one than the page's.
    lang: Option<String>,
    external: bool,
}

impl LandingWriter<'_> {
    pub fn landing(&self, landing: &landing::Landing) -> Landing {
        let mut out = Landing {
            summary: readable(&landing.summary),
            ..Landing::default()
        };
        for section in &landing.sections {
            let mut cards = Vec::with_capacity(section.cards.len());
            for card in &section.cards {
                cards.push(self.card(card));
            }
            match section.role {
                LandingRole::Highlights => out.highlights.append(&mut cards),
                LandingRole::Topics => out.cards.append(&mut cards),
                LandingRole::Concepts => add_group(&mut out.concept, section, cards),
                LandingRole::More => add_group(&mut out.more, section, cards),
            }
        }
        out
    }

    fn card(&self, card: &landing::LandingCard) -> Card {
        let target = self.target(card.url);
        let icon = self.target(card.image);
        let mut lists = Vec::with_capacity(card.lists.len());
        for list in &card.lists {
            lists.push(self.list(list));
        }
        Card {
            title: owned(&card.title).or(target.title),
            summary: readable(&card.summary),
            url: target.url,
            icon_url: icon.url,
            kind: card.kind.map(LandingLinkKind::name),
            label: card.kind.map(|kind| self.label(kind)),
            lang: target.lang,
            external: target.external,
            lists,
        }
    }

    fn list(&self, list: &LandingLinkList) -> CardList {
        let mut links = Vec::with_capacity(list.links.len());
        for link in &list.links {
            links.push(self.link(link));
        }
        CardList {
            kind: list.kind.map(LandingLinkKind::name),
            label: list.kind.map(|kind| self.label(kind)),
            title: owned(&list.title),
            links,
        }
    }

    fn link(&self, link: &LandingLink) -> Link {
        let target = self.target(link.url);
        let text = owned(&link.text).or(target.title);
        Link {
            text: match text {
                Some(text) => text,
                // A link without any text could not be clicked.
                None => target.url.clone().unwrap_or_default(),
            },
            url: target.url,
            lang: target.lang,
            external: target.external,
        }
    }

    fn label(&self, kind: LandingLinkKind) -> String {
        let key = format!("kind-{}", kind.name());
        self.catalog.text(self.locale, &key, &[]).into_owned()
    }

    fn target(&self, reference: Option<RefId>) -> CardTarget {
        let Some(reference) = reference else {
            return CardTarget::default();
        };
        let Some((typed, target)) = self.scope.reference(self.source, reference) else {
            return CardTarget::default();
        };
        if let Some(page) = self.page(target) {
            return self.page_target(page, split_address(&typed.target).1);
        }
        if let Target::Asset(path) = target {
            let output = self.scope.output_of(path);
            return CardTarget {
                url: output.map(|output| self.base.address(&output, "")),
                ..CardTarget::default()
            };
        }
        let elsewhere = self.scope.config.address_elsewhere(&typed.target);
        let address = elsewhere.as_deref().unwrap_or(&typed.target);
        CardTarget {
            url: Some(sanitize(address).into_owned()),
            // `mailto:` and `tel:` leave no site.
            external: *target == Target::External && address.contains("://"),
            ..CardTarget::default()
        }
    }

    fn page(&self, target: &Target) -> Option<PageId> {
        let Target::Page { set, locale } = target else {
            return None;
        };
        let locale = locale.unwrap_or(self.locale);
        self.scope.version_for(*set, locale).map(PageVersion::page)
    }

    fn page_target(&self, id: PageId, tail: &str) -> CardTarget {
        let page = self.scope.page(id);
        CardTarget {
            url: Some(self.base.address(&page.output, tail)),
            title: Some(self.scope.title(page.source).to_owned()),
            lang: if page.locale == self.locale {
                None
            } else {
                Some(self.scope.config.locales.get(page.locale).tag.clone())
            },
            external: false,
        }
    }
}

/// Adds cards to a group. Sections of one role are shown as one, below the heading of the first.
fn add_group(
    group: &mut Option<CardGroup>,
    section: &landing::LandingSection,
    mut cards: Vec<Card>,
) {
    match group {
        Some(group) => group.items.append(&mut cards),
        None => {
            *group = Some(CardGroup {
                title: owned(&section.title),
                summary: readable(&section.summary),
                items: cards,
            });
        }
    }
}

/// A text of the author without the markup of uids, which means nothing to readers.
fn readable(text: &Option<Box<str>>) -> Option<String> {
    Some(without_mentions(text.as_deref()?).into_owned())
}

fn owned(text: &Option<Box<str>>) -> Option<String> {
    text.as_deref().map(str::to_owned)
}
