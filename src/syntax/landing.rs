//! Landing pages (`YamlMime:Category`, `SubCategory`, `Landing`, `Hub`) -> sections of cards with links. The four schemas differ in the
//! names of their keys, not in their content, so they become one shape here.

use crate::diagnostic::Code;
use crate::message;
use crate::source::yaml::{YamlNode, YamlValue};

use super::markdown::DocumentContext;
use super::reference::{RefId, RefKind};

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
    /// How it is rendered.
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
    /// Where a click on the card leads.
    pub url: Option<RefId>,
    /// Its picture.
    pub image: Option<RefId>,
    /// The kind of page it leads to.
    pub kind: Option<LandingLinkKind>,
    /// Its links.
    pub lists: Vec<LandingLinkList>,
}

/// Links of one kind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LandingLinkList {
    /// The kind of page the links lead to.
    pub kind: Option<LandingLinkKind>,
    /// A heading.
    pub title: Option<Box<str>>,
    /// The links in order.
    pub links: Vec<LandingLink>,
}

/// A link on a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LandingLink {
    /// Its text; if missing, the title of the page.
    pub text: Option<Box<str>>,
    /// Its target.
    pub url: Option<RefId>,
}

/// The kind of page a link leads to. Icon and label derive from it.
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
    /// Something to try or to copy.
    Sample,
    /// A lesson.
    Tutorial,
    /// A video.
    Video,
    /// What changed.
    WhatsNew,
}

/// The kind, its `typeDesc`, and the `itemType` (an icon name) that means the same.
const KINDS: [(LandingLinkKind, &str, &str); 14] = [
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
    (LandingLinkKind::Sample, "sample", "code"),
    (LandingLinkKind::Tutorial, "tutorial", "dvr"),
    (LandingLinkKind::Video, "video", "video_library"),
    (LandingLinkKind::WhatsNew, "whats-new", "new_releases"),
];

impl LandingLinkKind {
    /// The name authors write in `typeDesc`, for example `how-to-guide`.
    pub fn name(self) -> &'static str {
        for (kind, name, _) in KINDS {
            if kind == self {
                return name;
            }
        }
        ""
    }

    fn named(name: &str) -> Option<LandingLinkKind> {
        for (kind, known, _) in KINDS {
            if known.eq_ignore_ascii_case(name) {
                return Some(kind);
            }
        }
        None
    }

    fn with_icon(icon: &str) -> Option<LandingLinkKind> {
        for (kind, _, known) in KINDS {
            if known.eq_ignore_ascii_case(icon) {
                return Some(kind);
            }
        }
        None
    }
}

/// True if pages of this `YamlMime` are landing pages.
pub(super) fn is_landing(mime: &str) -> bool {
    matches!(mime, "Category" | "SubCategory" | "Landing" | "Hub")
}

/// Parses a landing page.
pub(super) struct LandingParser<'a> {
    pub context: &'a mut DocumentContext,
}

impl LandingParser<'_> {
    /// The page with this root.
    pub fn parse(&mut self, root: &YamlNode) -> Landing {
        let mut sections = Vec::new();
        for entry in root.entries() {
            // All other keys are metadata, or are of no use without the scripts of Microsoft's
            // own site.
            let role = match &*entry.key {
                "highlightedContent" => LandingRole::Highlights,
                "conceptualContent" | "productDirectory" | "tools" => LandingRole::Concepts,
                "landingContent" => LandingRole::Topics,
                "additionalContent" => LandingRole::More,
                _ => continue,
            };
            // The schemas have one section, a list of sections, or a list of cards at this place.
            let value = &entry.value;
            if let Some(parts) = value.get("sections") {
                for part in parts.items() {
                    sections.push(self.section(role, part, part.get("items")));
                }
            } else if matches!(value.value, YamlValue::List(_)) {
                sections.push(self.section(role, value, Some(value)));
            } else {
                sections.push(self.section(role, value, value.get("items")));
            }
        }
        Landing {
            summary: text(root, "summary"),
            sections,
        }
    }

    fn section(
        &mut self,
        role: LandingRole,
        node: &YamlNode,
        items: Option<&YamlNode>,
    ) -> LandingSection {
        let mut cards = Vec::new();
        if let Some(items) = items {
            for item in items.items() {
                cards.push(self.card(item));
            }
        }
        LandingSection {
            role,
            title: text(node, "title"),
            summary: text(node, "summary"),
            cards,
        }
    }

    fn card(&mut self, node: &YamlNode) -> LandingCard {
        let mut lists = Vec::new();
        if let Some(links) = node.get("links") {
            self.links(links, &mut lists);
        }
        if let Some(link_lists) = node.get("linkLists") {
            for list in link_lists.items() {
                lists.push(self.link_list(list));
            }
        }
        let is_image = match node.trimmed_text("isImage") {
            Some(text) => text.eq_ignore_ascii_case("true"),
            None => false,
        };
        // In one of the schemas `itemType` is an image if `isImage` is set, and the name of an icon if not.
        let image = match node.get("imageSrc") {
            Some(image) => Some(image),
            None if is_image => node.get("itemType"),
            None => None,
        };
        LandingCard {
            title: text(node, "title"),
            summary: text(node, "summary"),
            url: self.refer(node),
            image: image
                .and_then(|image| self.context.refer_to_value(RefKind::LandingImage, image)),
            kind: if is_image { None } else { self.kind(node) },
            lists,
        }
    }

    /// Links that state their kind each by itself: those of one kind behind each other become a list.
    fn links(&mut self, links: &YamlNode, lists: &mut Vec<LandingLinkList>) {
        for link in links.items() {
            let kind = self.kind(link);
            let link = self.link(link);
            // Order is what the author sees: links of one kind that are apart stay apart.
            match lists.last_mut() {
                Some(list) if list.kind == kind => list.links.push(link),
                _ => lists.push(LandingLinkList {
                    kind,
                    title: None,
                    links: vec![link],
                }),
            }
        }
    }

    fn link_list(&mut self, list: &YamlNode) -> LandingLinkList {
        let mut links = Vec::new();
        if let Some(items) = list.get("links") {
            for link in items.items() {
                links.push(self.link(link));
            }
        }
        LandingLinkList {
            kind: self.kind(list),
            title: text(list, "title"),
            links,
        }
    }

    fn link(&mut self, node: &YamlNode) -> LandingLink {
        let stated = match text(node, "text") {
            Some(text) => Some(text),
            None => text(node, "title"),
        };
        LandingLink {
            text: stated,
            url: self.refer(node),
        }
    }

    fn refer(&mut self, node: &YamlNode) -> Option<RefId> {
        let value = match node.get("url") {
            Some(url) => url,
            None => node.get("href")?,
        };
        self.context.refer_to_value(RefKind::Landing, value)
    }

    fn kind(&mut self, node: &YamlNode) -> Option<LandingLinkKind> {
        let stated = match node.get("typeDesc") {
            Some(kind) => Some(kind),
            None => node.get("linkListType"),
        };
        let name = stated.and_then(YamlNode::text).unwrap_or("").trim();
        let (Some(stated), false) = (stated, name.is_empty()) else {
            return LandingLinkKind::with_icon(node.trimmed_text("itemType")?);
        };
        let kind = LandingLinkKind::named(name);
        if kind.is_none() {
            self.report_unknown_kind(stated, name);
        }
        kind
    }

    fn report_unknown_kind(&mut self, stated: &YamlNode, name: &str) {
        let names: Vec<String> = KINDS
            .iter()
            .map(|(_, name, _)| format!("`{name}`"))
            .collect();
        self.context.problem(
            Code::UnknownLinkKind,
            stated.span,
            message!("unknown kind of link: `{name}`", name),
            message!("Write one of {names}.", names = names.join(", ")),
        );
    }
}

fn text(node: &YamlNode, key: &str) -> Option<Box<str>> {
    node.trimmed_text(key).map(Into::into)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::yaml;

    fn landing(text: &str) -> (Landing, DocumentContext) {
        let root = yaml::parse(text, 0).0.unwrap();
        let mut context = DocumentContext::default();
        let landing = LandingParser {
            context: &mut context,
        }
        .parse(&root);
        (landing, context)
    }

    #[test]
    fn links_of_one_kind_become_a_list() {
        let (landing, context) = landing(
            "landingContent:\n- title: A\n  links:\n  - {text: a, url: a.md, typeDesc: concept}\n  - {text: b, url: b.md, typeDesc: concept}\n  - {text: c, url: c.md, itemType: dvr}\n",
        );
        let lists = &landing.sections[0].cards[0].lists;
        assert_eq!(lists.len(), 2);
        assert_eq!(lists[0].links.len(), 2);
        assert_eq!(lists[1].kind, Some(LandingLinkKind::Tutorial));
        assert_eq!(context.refs.len(), 3);
    }

    #[test]
    fn unknown_kinds_are_reported() {
        let (_, context) = landing("landingContent:\n- {title: A, url: a.md, typeDesc: x}\n");
        assert_eq!(context.problems[0].code, Code::UnknownLinkKind);
    }

    #[test]
    fn an_item_type_is_an_icon_or_an_image() {
        let (landing, context) = landing(
            "highlightedContent:\n  items:\n  - {title: A, itemType: map}\n  - {title: B, itemType: b.png, isImage: true}\n",
        );
        let cards = &landing.sections[0].cards;
        assert_eq!(cards[0].kind, Some(LandingLinkKind::Overview));
        assert_eq!(cards[1].image, Some(0));
        assert_eq!(&*context.refs[0].target, "b.png");
    }
}
