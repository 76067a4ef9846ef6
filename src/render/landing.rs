//! A landing page -> groups of cards, as its template shows them.

use crate::locale::{Catalog, LocaleId};
use crate::site::address::split_address;
use crate::site::{PageVersion, Site, Target};
use crate::source::SourceId;
use crate::syntax::landing::{LandingLinkKind, LandingRole};
use crate::syntax::{self, RefId};

use super::view::{Card, Group, Landing, Link, List};
use crate::site::href::{Base, sanitize};

pub(super) struct Cards<'a> {
    pub site: &'a Site,
    pub catalog: &'a Catalog,
    pub base: &'a Base,
    pub reader: LocaleId,
    pub source: SourceId,
}

impl Cards<'_> {
    pub fn landing(&self, landing: &syntax::landing::Landing) -> Landing {
        let mut out = Landing {
            summary: text(&landing.summary),
            ..Landing::default()
        };
        for section in &landing.sections {
            let cards = section.cards.iter().map(|card| self.card(card));
            match section.role {
                LandingRole::Highlights => out.highlights.extend(cards),
                LandingRole::Topics => out.cards.extend(cards),
                LandingRole::Concepts => add(&mut out.concept, section, cards.collect()),
                LandingRole::More => add(&mut out.more, section, cards.collect()),
            }
        }
        out
    }

    fn card(&self, card: &syntax::landing::LandingCard) -> Card {
        let (url, external) = card.url.map_or((None, false), |url| self.address(url));
        Card {
            title: text(&card.title).or_else(|| card.url.and_then(|url| self.title(url))),
            summary: text(&card.summary),
            url,
            icon_url: card.image.and_then(|image| self.address(image).0),
            kind: card.kind.map(LandingLinkKind::name),
            label: card.kind.map(|kind| self.label(kind)),
            lang: card.url.and_then(|url| self.foreign(url)),
            external,
            lists: card.lists.iter().map(|list| self.list(list)).collect(),
        }
    }

    fn list(&self, list: &syntax::landing::LandingLinkList) -> List {
        let link = |link: &syntax::landing::LandingLink| {
            let (url, external) = link.url.map_or((None, false), |url| self.address(url));
            let title = text(&link.text).or_else(|| link.url.and_then(|url| self.title(url)));
            Link {
                text: title.or_else(|| url.clone()).unwrap_or_default(),
                url,
                lang: link.url.and_then(|url| self.foreign(url)),
                external,
            }
        };
        List {
            kind: list.kind.map(LandingLinkKind::name),
            label: list.kind.map(|kind| self.label(kind)),
            title: text(&list.title),
            links: list.links.iter().map(link).collect(),
        }
    }

    fn label(&self, kind: LandingLinkKind) -> String {
        self.catalog
            .text(self.reader, &format!("kind-{}", kind.name()), &[])
            .to_string()
    }

    fn title(&self, reference: RefId) -> Option<String> {
        Some(
            self.site
                .title(self.site.page(self.page(reference)?.page()).source)
                .to_owned(),
        )
    }

    fn page(&self, reference: RefId) -> Option<PageVersion> {
        match self.site.reference(self.source, reference)?.1 {
            Target::Page { set, locale } => {
                self.site.version_for(*set, locale.unwrap_or(self.reader))
            }
            _ => None,
        }
    }

    /// The language behind a link, if it isn't the reader's.
    fn foreign(&self, reference: RefId) -> Option<String> {
        let page = self.site.page(self.page(reference)?.page());
        (page.locale != self.reader).then(|| self.site.config.locales.get(page.locale).tag.clone())
    }

    fn address(&self, reference: RefId) -> (Option<String>, bool) {
        let Some((typed, target)) = self.site.reference(self.source, reference) else {
            return (None, false);
        };
        let tail = split_address(&typed.target).1;
        match (target, self.page(reference)) {
            (_, Some(shown)) => (
                Some(
                    self.base
                        .address(&self.site.page(shown.page()).output, tail),
                ),
                false,
            ),
            (Target::Asset(path), _) => (
                self.site
                    .output_of(path)
                    .map(|output| self.base.address(&output, "")),
                false,
            ),
            (target, _) => (
                Some(sanitize(&typed.target).into_owned()),
                *target == Target::External && typed.target.contains("://"),
            ),
        }
    }
}

/// Sections of one role without headings of their own follow one another as one.
fn add(group: &mut Option<Group>, section: &syntax::landing::LandingSection, cards: Vec<Card>) {
    let group = group.get_or_insert_with(|| Group {
        title: text(&section.title),
        summary: text(&section.summary),
        items: Vec::new(),
    });
    group.items.extend(cards);
}

fn text(words: &Option<Box<str>>) -> Option<String> {
    words.as_deref().map(str::to_owned)
}
