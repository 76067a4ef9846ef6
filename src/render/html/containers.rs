//! Blocks between `:::name` and `:::name-end` -> their elements. A block that isn't in the table is a `div` with the name as its class and
//! its attributes as data, so that a theme can style it.

use crate::locale::Arg;
use crate::source::escape::escape;
use crate::syntax::directive::{BlockContainer, Container, CustomContainer};

use super::writer::ArticleWriter;

/// The start tag of a block: its element and its attributes.
type StartTag = (&'static str, Vec<(String, String)>);

/// The start tag of a block with these attributes.
type WriteStartTag = fn(&BlockContainer) -> StartTag;

/// How each block begins.
const BLOCKS: [(&str, WriteStartTag); 4] = [
    ("row", row),
    ("column", column),
    ("zone", zone),
    ("moniker", moniker),
];

fn row(_: &BlockContainer) -> StartTag {
    ("section", vec![class("row")])
}

fn column(block: &BlockContainer) -> StartTag {
    match block.attribute("span") {
        // A span of one is the normal width, which has no class (DocFX spec 7.2).
        None | Some("1") => ("div", vec![class("column")]),
        Some(span) => ("div", vec![class(&format!("column span{span}"))]),
    }
}

fn zone(block: &BlockContainer) -> StartTag {
    let mut classes = String::from("zone");
    let mut data = Vec::new();
    for name in ["target", "pivot"] {
        if let Some(value) = block.attribute(name) {
            classes.push_str(&format!(" has-{name}"));
            data.push((format!("data-{name}"), value.to_owned()));
        }
    }
    let mut attributes = vec![class(&classes)];
    attributes.extend(data);
    ("div", attributes)
}

fn moniker(block: &BlockContainer) -> StartTag {
    let range = block.attribute("range").unwrap_or_default();
    ("div", vec![("range".to_owned(), range.to_owned())])
}

fn other(block: &BlockContainer) -> StartTag {
    let mut attributes = vec![class(block.name)];
    for (name, value) in &block.attributes {
        attributes.push((format!("data-{name}"), value.to_string()));
    }
    ("div", attributes)
}

fn class(classes: &str) -> (String, String) {
    ("class".to_owned(), classes.to_owned())
}

/// A block of the site's own: its name is its class, and what is in braces its attributes, as Markdig writes them.
fn custom(container: &CustomContainer) -> StartTag {
    let own = &container.attributes;
    let mut attributes = Vec::new();
    if let Some(id) = &own.id {
        attributes.push(("id".to_owned(), id.to_string()));
    }
    let mut classes = Vec::new();
    for one in own.classes.iter().chain([&container.name]) {
        if !one.is_empty() && !classes.contains(&&**one) {
            classes.push(&**one);
        }
    }
    if !classes.is_empty() {
        attributes.push(class(&classes.join(" ")));
    }
    for (name, value) in &own.others {
        attributes.push((name.to_string(), value.to_string()));
    }
    ("div", attributes)
}

fn start_tag(container: &Container) -> StartTag {
    let block = match container {
        Container::Block(block) => block,
        Container::Custom(container) => return custom(container),
        _ => return ("div", Vec::new()),
    };
    for (name, start) in BLOCKS {
        if name == block.name {
            return start(block);
        }
    }
    other(block)
}

impl<'a> ArticleWriter<'a> {
    /// The container `at` with its content.
    pub(super) fn container(&mut self, at: usize, container: &Container) {
        let (tag, attributes) = start_tag(container);
        self.line();
        self.out.push('<');
        self.out.push_str(tag);
        for (name, value) in attributes {
            self.attribute(&name, &value);
        }
        let variant = self.variant_label(container);
        // In DocFX's markup an attribute that a style sheet shows, as its elements are DocFX's own.
        let is_shown = self.markup.labels_variants();
        if let Some(label) = &variant
            && !is_shown
            && !self.markup.keeps_typed()
        {
            self.attribute("data-hjelp-variant", label);
        }
        self.source_position(self.text.tree.nodes[at].span);
        self.out.push_str(">\n");
        if let Some(label) = &variant
            && is_shown
        {
            self.out.push_str("<p class=\"variant-label\">");
            escape(label, &mut self.out);
            self.out.push_str("</p>\n");
        }
        if let Container::Video(video) = container {
            self.video_directive(video);
        }
        self.inside(at);
        self.line();
        self.close(tag);
        self.out.push('\n');
    }

    /// Who a moniker or a zone is for, in words: all variants are on the page, one below the other.
    fn variant_label(&self, container: &Container) -> Option<String> {
        let Container::Block(block) = container else {
            return None;
        };
        let names = match block.name {
            "moniker" => self.moniker_names(block.attribute("range")?),
            "zone" => block.attribute("pivot")?.replace(' ', ", "),
            _ => return None,
        };
        if names.is_empty() {
            return None;
        }
        let names = [("variant", Arg::Text(&names))];
        Some(
            self.catalog
                .text(self.language, "variant-only", &names)
                .into_owned(),
        )
    }

    /// `>=app-2.0 || app-1.5` -> `app-2.0 or later, app-1.5`
    fn moniker_names(&self, range: &str) -> String {
        let mut names = Vec::new();
        for part in range.split("||") {
            let part = part.trim();
            let name = part.trim_start_matches(['<', '>', '=']);
            let message = match &part[..part.len() - name.len()] {
                ">=" => "variant-from",
                ">" => "variant-after",
                "<=" => "variant-to",
                "<" => "variant-before",
                _ => {
                    names.push(name.trim().to_owned());
                    continue;
                }
            };
            let name = [("variant", Arg::Text(name.trim()))];
            names.push(
                self.catalog
                    .text(self.language, message, &name)
                    .into_owned(),
            );
        }
        names.join(", ")
    }

    /// `> [!div class="x"]`, with its attributes as typed (DocFX spec 4.2).
    pub(super) fn div(&mut self, at: usize, attributes: &str) {
        self.line();
        self.out.push_str("<div");
        if !attributes.is_empty() {
            self.out.push(' ');
            // Unescaped, as they consist of whole attributes.
            self.out.push_str(attributes);
        }
        self.source_position(self.text.tree.nodes[at].span);
        self.out.push_str(">\n");
        self.inside(at);
        self.line();
        self.out.push_str("</div>\n");
    }
}
