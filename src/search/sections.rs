//! A page -> its plain text, section by section, with what it includes. Images, snippets and tags have no text here. The ids of sections are
//! those of the headings on the page, so that a search result can link to them. Knows nothing of words or of the index.

use crate::locale::LocaleId;
use crate::site::uid_text::UidText;
use crate::site::uid_text::without_mentions;
use crate::site::words::{Words, typographic_sign};
use crate::site::xref::Xref;
use crate::site::{PageScope, Target};
use crate::source::SourceId;
use crate::source::escape::unescaped;
use crate::syntax::document::Tutorial;
use crate::syntax::landing::Landing;
use crate::syntax::reference::Anchor;
use crate::syntax::slug::UniqueIds;
use crate::syntax::tree::{Node, NodeKind};
use crate::syntax::{Body, Document, RefId, RefKind, Tree};

/// The text of a page between two headings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TextSection {
    /// The id of its heading; empty before the first heading.
    pub id: String,
    /// Its heading; the title of the page for the first.
    pub heading: String,
    /// Another heading of the page as a whole: its first one, if its front matter has another title. Part of the text, too.
    pub second_title: String,
    /// Its text. Blocks end with a line break.
    pub text: String,
}

/// The sections of a page; the first one begins with the page.
pub fn sections(scope: &PageScope<'_>) -> Vec<TextSection> {
    first_sections(scope, usize::MAX)
}

/// The headings of `source`, which is another version of the page.
pub(super) fn headings(scope: &PageScope<'_>, source: SourceId) -> Vec<String> {
    let mut reader = TextWriter {
        scope,
        locale: scope.subject().locale,
        docfx: scope.config.markdown.docfx_markup,
        sections: vec![TextSection::default()],
        enough: usize::MAX,
        headings_only: true,
        ids: UniqueIds::default(),
        inline: false,
    };
    reader.read(source);
    let found = reader.sections.into_iter();
    found.skip(1).map(|section| section.heading).collect()
}

/// The text of a page before its second section.
fn opening(scope: &PageScope<'_>) -> Option<TextSection> {
    first_sections(scope, 1).into_iter().next()
}

/// At least the first `enough` sections, if there are so many.
fn first_sections(scope: &PageScope<'_>, enough: usize) -> Vec<TextSection> {
    let page = scope.subject();
    let first = TextSection {
        heading: scope.title(page.source).to_owned(),
        ..TextSection::default()
    };
    let docfx = scope.config.markdown.docfx_markup;
    let mut reader = TextWriter {
        scope,
        locale: page.locale,
        docfx,
        sections: vec![first],
        enough,
        headings_only: false,
        ids: UniqueIds::default(),
        inline: false,
    };
    reader.read(page.source);
    for section in &mut reader.sections {
        section.text.truncate(section.text.trim_end().len());
    }
    reader.sections
}

/// What a page is about, in a sentence or two: its description, else the beginning of its text.
pub fn summary(scope: &PageScope<'_>) -> Option<String> {
    let stated = stated(scope).map(|text| {
        let readable = without_mentions(text);
        readable.split_whitespace().collect::<Vec<_>>().join(" ")
    });
    stated.or_else(|| excerpt(scope))
}

/// The description that a page states, or its summary.
fn stated<'s>(scope: &PageScope<'s>) -> Option<&'s str> {
    let document = &scope.linked(scope.subject().source)?.document;
    let own = match &document.body {
        Body::Landing(landing) => landing.summary.as_deref(),
        Body::Tutorial(tutorial) => tutorial.summary.as_deref(),
        _ => None,
    };
    document
        .front_matter
        .text("description")
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .or(own)
}

/// The beginning of the text of a page without a description, at most two hundred characters; `None` if there is one.
pub fn excerpt(scope: &PageScope<'_>) -> Option<String> {
    const MAX_CHARS: usize = 200;
    if stated(scope).is_some() {
        return None;
    }
    let opening = opening(scope)?;
    let line = opening
        .text
        .lines()
        .map(str::trim)
        // Shorter lines are captions, dates or labels of buttons.
        .find(|line| line.chars().count() > 20)?;
    // Characters, not bytes: cut within one, the text would not be UTF-8.
    match line.char_indices().nth(MAX_CHARS) {
        None => Some(line.to_owned()),
        Some((end, _)) => Some(format!(
            "{} …",
            line[..line[..end].rfind(' ').unwrap_or(end)].trim_end()
        )),
    }
}

struct TextWriter<'a> {
    scope: &'a PageScope<'a>,
    locale: LocaleId,
    docfx: bool,
    sections: Vec<TextSection>,
    /// No more sections than these are needed.
    enough: usize,
    /// True if the text between them isn't needed either.
    headings_only: bool,
    ids: UniqueIds,
    /// True inside a line of text: blocks end nothing there.
    inline: bool,
}

impl<'a> TextWriter<'a> {
    /// Reads the document of a source, which is in the scope.
    fn read(&mut self, source: SourceId) {
        let Some(linked) = self.scope.linked(source) else {
            return;
        };
        match &linked.document.body {
            Body::Article(tree) => self.tree(source, linked.document, tree),
            Body::Landing(landing) => self.landing(source, landing),
            Body::Tutorial(tutorial) => self.tutorial(source, linked.document, tutorial),
            Body::Toc(_) | Body::Data(_) | Body::Redirects(_) => {}
            Body::Structured(structured) => self.tree(source, linked.document, &structured.tree),
        }
    }

    fn say(&mut self, words: &str) {
        if self.headings_only {
            return;
        }
        if let Some(section) = self.sections.last_mut() {
            section.text.push_str(words);
        }
    }

    /// Text that is a block of its own.
    fn line(&mut self, words: Option<&str>) {
        if let Some(words) = words.filter(|words| !words.is_empty()) {
            self.end_block();
            self.say(words);
        }
    }

    fn end_block(&mut self) {
        let inline = self.inline;
        if let Some(section) = self.sections.last_mut() {
            if inline {
                if !section.text.ends_with(char::is_whitespace) {
                    section.text.push(' ');
                }
                return;
            }
            section.text.truncate(section.text.trim_end().len());
            if !section.text.is_empty() {
                section.text.push('\n');
            }
        }
    }

    fn tree(&mut self, id: SourceId, document: &'a Document, tree: &'a Tree) {
        let source = self.scope.text(id);
        let mut at = 0;
        // Overviews and feeds need the first lines of thousands of pages, not all of their text.
        while at < tree.nodes.len() && self.sections.len() <= self.enough {
            let node = &tree.nodes[at];
            let mut next = at + 1;
            match &node.kind {
                NodeKind::Text(Some(words)) | NodeKind::NoLoc(words) => self.say(words),
                NodeKind::Text(None) | NodeKind::Math => self.say(node.span.of(source)),
                NodeKind::SoftBreak | NodeKind::HardBreak => self.say(" "),
                NodeKind::SmartPunctuation { entity, .. } => self.say(typographic_sign(entity)),
                NodeKind::Heading(level, anchor) => {
                    next += node.len as usize;
                    let words = self.words(id, &tree.nodes[at + 1..next]);
                    if let Some(anchor) = document.anchors.get(*anchor as usize) {
                        self.heading(anchor, *level, words);
                    }
                }
                NodeKind::Image(..)
                | NodeKind::ImageDirective(_)
                | NodeKind::Snippet(..)
                | NodeKind::FootnoteRef(_) => next += node.len as usize,
                NodeKind::Html(_) => self.html(node.span.of(source)),
                NodeKind::Include { reference, block } => {
                    // A fragment within a line must not end the line, even if it has blocks.
                    let outer = self.inline;
                    self.inline |= !*block;
                    self.include(id, *reference);
                    self.inline = outer;
                }
                NodeKind::Link(reference, _) | NodeKind::Xref(reference) if node.len == 0 => {
                    self.title(id, *reference)
                }
                // All tabs are found, also those a reader has not chosen.
                NodeKind::Tab(_) if has_label(tree, at) => {}
                NodeKind::Tab(tab) => self.line(Some(&format!("{}\n", tab.label))),
                NodeKind::TabLabel => {
                    // The label is a line of its own: its words must not run into those of the panel.
                    next += node.len as usize;
                    let words = self.words(id, &tree.nodes[at + 1..next]);
                    self.line(Some(&format!("{words}\n")));
                }
                // Words of neighbouring cells would run into one.
                NodeKind::TableCell => self.say(" "),
                NodeKind::Code
                | NodeKind::Emphasis
                | NodeKind::Strong
                | NodeKind::Strikethrough
                | NodeKind::Inserted
                | NodeKind::Marked => {}
                NodeKind::Subscript
                | NodeKind::Superscript
                | NodeKind::Link(..)
                | NodeKind::Xref(_)
                | NodeKind::TaskMarker(_)
                | NodeKind::VideoDirective(_) => {}
                _ => self.end_block(),
            }
            at = next;
        }
        if !self.inline {
            self.end_block();
        }
    }

    /// The words of a heading.
    fn words(&self, id: SourceId, nodes: &[Node]) -> String {
        let words = Words {
            scope: self.scope,
            reader: self.locale,
            line_break: " ",
        };
        words.of(id, nodes).trim().to_owned()
    }

    /// The title of the page is the heading of the first section; every other heading with an id begins a section.
    fn heading(&mut self, anchor: &Anchor, level: u8, words: String) {
        let id = if self.docfx {
            anchor.id.to_string()
        } else {
            // Ids are made unique in the order of the page, fragments included, as the HTML writer does it: results link to them.
            self.ids.take(anchor.id.to_string())
        };
        let begins = self.sections.len() == 1 && self.sections[0].text.trim().is_empty();
        // The heading that is the title is the heading of the first section already, and would be found twice.
        if level == 1 && begins || id.is_empty() || words.is_empty() {
            if words != self.sections[0].heading {
                if level == 1 && begins {
                    self.sections[0].second_title.clone_from(&words);
                }
                self.line(Some(&words));
                self.end_block();
            }
            return;
        }
        self.sections.push(TextSection {
            id,
            heading: words,
            ..TextSection::default()
        });
    }

    fn include(&mut self, id: SourceId, reference: RefId) {
        let Some(fragment) = self.scope.included(id, reference) else {
            return;
        };
        // DocFX gives the headings of a fragment ids of their own.
        let outer = if self.docfx {
            Some(std::mem::take(&mut self.ids))
        } else {
            None
        };
        self.tree(fragment.source, fragment.document, fragment.tree);
        if let Some(outer) = outer {
            self.ids = outer;
        }
    }

    /// A link without a text of its own has the title of the page.
    fn title(&mut self, id: SourceId, reference: RefId) {
        let Some((found, target)) = self.scope.reference(id, reference) else {
            return;
        };
        let xref = Xref::of(&found.target);
        if matches!(target, Target::Broken(_)) && found.kind == RefKind::Uid {
            return self.say(&UidText::of(&xref).text);
        }
        if let Some(text) = xref.text {
            return self.say(&text);
        }
        if let Target::Page { set, locale } = target
            && let Some(shown) = self.scope.version_for(*set, locale.unwrap_or(self.locale))
        {
            self.say(self.scope.title(self.scope.page(shown.page()).source));
        }
    }

    /// The text of raw HTML, without scripts and styles.
    fn html(&mut self, html: &str) {
        let name = html
            .trim_start()
            .trim_start_matches('<')
            .to_ascii_lowercase();
        // Their content is code, which would be shown as an excerpt.
        if name.starts_with("script") || name.starts_with("style") || name.starts_with("!--") {
            return;
        }
        for (number, part) in html.split('<').enumerate() {
            let words = if number == 0 {
                Some(part)
            } else {
                part.split_once('>').map(|(_, words)| words)
            };
            let words = words
                .unwrap_or("")
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ");
            if !words.is_empty() {
                self.say(" ");
                self.say(&unescaped(&words));
            }
        }
        self.say(" ");
    }

    fn landing(&mut self, id: SourceId, landing: &'a Landing) {
        self.line(landing.summary.as_deref());
        for section in &landing.sections {
            self.line(section.title.as_deref());
            self.line(section.summary.as_deref());
            for card in &section.cards {
                self.line(card.title.as_deref());
                self.line(card.summary.as_deref());
                for list in &card.lists {
                    self.line(list.title.as_deref());
                    for link in &list.links {
                        self.line(link.text.as_deref());
                        if let (None, Some(url)) = (&link.text, link.url) {
                            self.end_block();
                            self.title(id, url);
                        }
                    }
                }
            }
        }
        self.end_block();
    }

    fn tutorial(&mut self, id: SourceId, document: &'a Document, tutorial: &'a Tutorial) {
        self.line(tutorial.summary.as_deref());
        self.end_block();
        for (number, step) in tutorial.steps.iter().enumerate() {
            self.sections.push(TextSection {
                id: format!("step-{}", number + 1),
                heading: step.title.to_string(),
                ..TextSection::default()
            });
            self.tree(id, document, &step.tree);
        }
    }
}
/// True if the tab `at` has a label with more in it than words.
fn has_label(tree: &Tree, at: usize) -> bool {
    let first = tree.nodes.get(at + 1);
    first.is_some_and(|node| node.kind == NodeKind::TabLabel)
}
