//! Landing pages (`YamlMime:Category`, `SubCategory`, `Landing`, `Hub`) -> sections of cards with links. The four schemas differ in the
//! names of their keys, not in what they say, so they become one shape here.

use crate::source::Span;
use crate::source::yaml::{YamlNode, YamlValue};

use super::document::{RefId, RefKind, Reference};

/// A landing page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Landing {
    /// What the page is about.
    pub summary: Option<Box<str>>,
    /// The groups of cards in page order.
    pub sections: Vec<LandingSection>,
}

/// A group of cards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LandingSection {
    /// How it is shown.
    pub role: LandingRole,
    /// Its heading.
    pub title: Option<Box<str>>,
    /// A sentence below the heading.
    pub summary: Option<Box<str>>,
    /// The cards in order.
    pub cards: Vec<LandingCard>,
}

/// What a group of cards is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LandingRole {
    /// `highlightedContent`: a few big links.
    Highlights,
    /// `conceptualContent`: cards with links of many kinds.
    Concepts,
    /// `landingContent`: cards with lists of links, each list of one kind.
    Topics,
    /// `additionalContent`: plain cards below the rest.
    More,
}

/// A card.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LandingCard {
    /// Its heading.
    pub title: Option<Box<str>>,
    /// A sentence below it.
    pub summary: Option<Box<str>>,
    /// Where the whole card leads.
    pub url: Option<RefId>,
    /// Its picture.
    pub image: Option<RefId>,
    /// What lies behind it.
    pub kind: Option<LandingLinkKind>,
    /// Its links.
    pub lists: Vec<LandingLinkList>,
}

/// Links of one kind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LandingLinkList {
    /// What lies behind the links.
    pub kind: Option<LandingLinkKind>,
    /// A heading.
    pub title: Option<Box<str>>,
    /// The links in order.
    pub links: Vec<LandingLink>,
}

/// A link on a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LandingLink {
    /// What it says; if missing, the title of the page.
    pub text: Option<Box<str>>,
    /// Where it leads.
    pub url: Option<RefId>,
}

/// What lies behind a link. Icon and label derive from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LandingLinkKind {
    /// How something is built.
    Architecture,
    /// What something is.
    Concept,
    /// How to put it into use.
    Deploy,
    /// Something to download.
    Download,
    /// First steps.
    GetStarted,
    /// How to do one thing.
    HowToGuide,
    /// Learning material.
    Learn,
    /// The whole at a glance.
    Overview,
    /// The short way in.
    Quickstart,
    /// Facts to look up.
    Reference,
    /// A lesson.
    Tutorial,
    /// A film.
    Video,
    /// What changed.
    WhatsNew,
}

/// The kind, its `typeDesc`, and the `itemType` (an icon name) that says the same.
const KINDS: [(LandingLinkKind, &str, &str); 13] = [
    (
        LandingLinkKind::Architecture,
        "architecture",
        "architecture",
    ),
    (LandingLinkKind::Concept, "concept", "explore"),
    (LandingLinkKind::Deploy, "deploy", "cloud_upload"),
    (LandingLinkKind::Download, "download", "file_download"),
    (
        LandingLinkKind::GetStarted,
        "get-started",
        "power_settings_new",
    ),
    (LandingLinkKind::HowToGuide, "how-to-guide", "list"),
    (LandingLinkKind::Learn, "learn", "school"),
    (LandingLinkKind::Overview, "overview", "map"),
    (LandingLinkKind::Quickstart, "quickstart", "place"),
    (LandingLinkKind::Reference, "reference", "library_books"),
    (LandingLinkKind::Tutorial, "tutorial", "dvr"),
    (LandingLinkKind::Video, "video", "video_library"),
    (LandingLinkKind::WhatsNew, "whats-new", "new_releases"),
];

impl LandingLinkKind {
    /// The name authors write in `typeDesc`, for example `how-to-guide`.
    pub fn name(self) -> &'static str {
        KINDS
            .iter()
            .find(|(kind, ..)| *kind == self)
            .map_or("", |(_, name, _)| name)
    }

    fn named(name: &str) -> Option<LandingLinkKind> {
        KINDS
            .iter()
            .find(|(_, known, _)| known.eq_ignore_ascii_case(name))
            .map(|(kind, ..)| *kind)
    }

    fn with_icon(icon: &str) -> Option<LandingLinkKind> {
        KINDS
            .iter()
            .find(|(.., known)| known.eq_ignore_ascii_case(icon))
            .map(|(kind, ..)| *kind)
    }
}

/// True if pages of this `YamlMime` are landing pages.
pub(super) fn is_landing(mime: &str) -> bool {
    matches!(mime, "Category" | "SubCategory" | "Landing" | "Hub")
}

/// Reads a landing page. Problems come with what to type instead.
pub(super) struct Reader<'a> {
    pub refs: &'a mut Vec<Reference>,
    pub problem: &'a mut dyn FnMut(Span, String, String),
}

impl Reader<'_> {
    pub fn read(&mut self, root: &YamlNode) -> Landing {
        let mut sections = Vec::new();
        for entry in root.entries() {
            let role = match &*entry.key {
                "highlightedContent" => LandingRole::Highlights,
                "conceptualContent" | "productDirectory" | "tools" => LandingRole::Concepts,
                "landingContent" => LandingRole::Topics,
                "additionalContent" => LandingRole::More,
                _ => continue,
            };
            let value = &entry.value;
            match (value.get("sections"), &value.value) {
                (Some(parts), _) => sections.extend(
                    parts
                        .items()
                        .iter()
                        .map(|part| self.section(role, part, part.get("items"))),
                ),
                (None, YamlValue::List(_)) => sections.push(self.section(role, value, Some(value))),
                (None, _) => sections.push(self.section(role, value, value.get("items"))),
            }
        }
        Landing {
            summary: words(root, "summary"),
            sections,
        }
    }

    fn section(
        &mut self,
        role: LandingRole,
        node: &YamlNode,
        cards: Option<&YamlNode>,
    ) -> LandingSection {
        let cards = cards
            .map(YamlNode::items)
            .unwrap_or_default()
            .iter()
            .map(|card| self.card(card))
            .collect();
        LandingSection {
            role,
            title: words(node, "title"),
            summary: words(node, "summary"),
            cards,
        }
    }

    fn card(&mut self, node: &YamlNode) -> LandingCard {
        let mut lists: Vec<LandingLinkList> = Vec::new();
        for link in node.get("links").map(YamlNode::items).unwrap_or_default() {
            let kind = self.kind(link);
            let link = self.link(link);
            match lists.last_mut() {
                Some(list) if list.kind == kind => list.links.push(link),
                _ => lists.push(LandingLinkList {
                    kind,
                    title: None,
                    links: vec![link],
                }),
            }
        }
        for list in node
            .get("linkLists")
            .map(YamlNode::items)
            .unwrap_or_default()
        {
            let links = list
                .get("links")
                .map(YamlNode::items)
                .unwrap_or_default()
                .iter()
                .map(|link| self.link(link))
                .collect();
            lists.push(LandingLinkList {
                kind: self.kind(list),
                title: words(list, "title"),
                links,
            });
        }
        let is_image = node
            .get("isImage")
            .and_then(YamlNode::text)
            .is_some_and(|text| text.eq_ignore_ascii_case("true"));
        let image = match (node.get("imageSrc"), node.get("itemType")) {
            (Some(image), _) => Some(image),
            (None, Some(icon)) if is_image => Some(icon),
            _ => None,
        };
        LandingCard {
            title: words(node, "title"),
            summary: words(node, "summary"),
            url: self.refer(node, RefKind::Landing),
            image: image.and_then(|image| self.refer_to(image, RefKind::LandingImage)),
            kind: if is_image { None } else { self.kind(node) },
            lists,
        }
    }

    fn link(&mut self, node: &YamlNode) -> LandingLink {
        LandingLink {
            text: words(node, "text").or_else(|| words(node, "title")),
            url: self.refer(node, RefKind::Landing),
        }
    }

    fn refer(&mut self, node: &YamlNode, kind: RefKind) -> Option<RefId> {
        self.refer_to(node.get("url").or_else(|| node.get("href"))?, kind)
    }

    fn refer_to(&mut self, value: &YamlNode, kind: RefKind) -> Option<RefId> {
        let target = value
            .text()
            .map(str::trim)
            .filter(|text| !text.is_empty())?;
        self.refs.push(Reference {
            kind,
            target: target.into(),
            span: value.span,
            target_span: value.words_span(),
        });
        Some((self.refs.len() - 1) as RefId)
    }

    fn kind(&mut self, node: &YamlNode) -> Option<LandingLinkKind> {
        let stated = ["typeDesc", "linkListType"]
            .iter()
            .find_map(|key| node.get(key))
            .and_then(|value| Some((value.span, value.text()?.trim())));
        let (span, name) = match stated {
            Some((_, "")) | None => {
                return node
                    .get("itemType")
                    .and_then(YamlNode::text)
                    .and_then(|icon| LandingLinkKind::with_icon(icon.trim()));
            }
            Some(stated) => stated,
        };
        let kind = LandingLinkKind::named(name);
        if kind.is_none() {
            let names: Vec<String> = KINDS
                .iter()
                .map(|(_, name, _)| format!("`{name}`"))
                .collect();
            (self.problem)(
                span,
                format!("`{name}` is no kind of link"),
                format!("Write one of {}.", names.join(", ")),
            );
        }
        kind
    }
}

fn words(node: &YamlNode, key: &str) -> Option<Box<str>> {
    node.get(key)
        .and_then(YamlNode::text)
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .map(Into::into)
}
