//! A document -> the HTML of its article, with its includes expanded and its addresses resolved for the page it is on, and its headings.
//! Class names and ids are DocFX's, so that a site's own styles and deep links go on working.

mod article;
mod blocks;
mod code;
mod containers;
mod directives;
pub mod docfx;
mod footnotes;
mod grid;
pub mod hjelp;
mod inlines;
pub mod markup;
mod media;
mod pictures;
mod table;
mod tabs;

use rustc_hash::FxHashMap;

use crate::highlight::Highlighter;
use crate::locale::{Catalog, LocaleId};
use crate::site::address::{AddressParts, merge_addresses, split_address};
use crate::site::anchors::PageHeading;
use crate::site::scope::TextScope;
use crate::site::xref::Xref;
use crate::site::{Graph, PageScope, PageVersion, Target};
use crate::source::percent::decode_path;
use crate::source::{LineIndex, SitePath, SourceId};
use crate::syntax::directive::include_fallback_text;
use crate::syntax::html::balance::balanced;
use crate::syntax::html::balance_check::BalanceCheck;
use crate::syntax::slug::UniqueIds;
use crate::syntax::tree::{NodeKind, plain_text};
use crate::syntax::{Document, RefId, RefKind, Reference, Tree};

use super::context::RenderContext;
use crate::site::href::{Base, sanitize};
use crate::source::escape::escape;
pub use article::{ArticleOptions, article, fragment};
pub use docfx::DocFx;
pub use hjelp::Hjelp;
pub use markup::Markup;

/// Nodes nest no deeper than this; deeper ones are plain text. A limit, so that no content can exhaust the stack.
const MAX_DEPTH: usize = 100;

/// A heading of an article, for "on this page".
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ArticleHeading {
    pub level: u8,
    pub id: String,
    pub text: String,
}

/// What the HTML of an article depends on besides its document.
#[derive(Clone)]
pub(super) struct ArticleContext<'a> {
    pub site: &'a TextScope<'a>,
    pub catalog: &'a Catalog,
    /// Colours code; `None` if it stays plain.
    highlighter: Option<&'a Highlighter>,
    /// Where the page is that the article is on.
    pub base: &'a Base,
    /// The language of the page: links lead to the version of a page in this language.
    pub reader: LocaleId,
    /// The language of the article: its alerts have titles in this language.
    pub language: LocaleId,
    /// True if elements carry the file and line they come from, for the preview.
    pub places: bool,
}

impl<'a> ArticleContext<'a> {
    /// The article of a page, with addresses from `base`.
    pub fn new(site: &'a PageScope<'a>, context: &'a RenderContext, base: &'a Base) -> Self {
        let page = site.subject();
        ArticleContext {
            site,
            catalog: &context.catalog,
            highlighter: highlighter(site, context),
            base,
            reader: page.locale,
            language: site.text_locale(page),
            places: context.places,
        }
    }
}

/// DocFX colours code with a script in the browser, so pages marked up as DocFX does leave it plain.
fn highlighter<'a>(site: &Graph, context: &'a RenderContext) -> Option<&'a Highlighter> {
    if site.config.markdown.docfx_markup {
        return None;
    }
    Some(context.theme.highlighter())
}

/// Writes the articles of one page.
pub(super) struct ArticleWriter<'a> {
    site: &'a TextScope<'a>,
    catalog: &'a Catalog,
    base: &'a Base,
    /// The language of the page: which version of a page its links lead to.
    reader: LocaleId,
    /// The language of the article: what its alerts are called.
    language: LocaleId,
    pub out: String,
    pub headings: Vec<ArticleHeading>,
    /// The headings as the site knows them, if they answer to ids of an original.
    pub shared: Vec<PageHeading>,
    /// The files being written, each included by the one before.
    stack: Vec<SourceId>,
    /// How many nodes the one being written is inside of.
    depth: usize,
    ids: UniqueIds,
    /// Hand-written `<xref>` elements that are open: their tag, where their content begins, and what they say if there is none.
    xrefs: Vec<(&'static str, usize, String)>,
    tabs: tabs::Choice,
    markup: &'a dyn Markup,
    footnotes: footnotes::Footnotes,
    /// Colours code; `None` if it stays plain.
    highlighter: Option<&'a Highlighter>,
    /// How many pictures have been written.
    pictures: usize,
    /// How many links are open, and whether hand-written HTML has opened one.
    links: usize,
    raw_link: bool,
    /// True once there is a diagram to draw.
    pub diagrams: bool,
    /// How many fragments may still be put in where a circle of includes was cut.
    cut: usize,
    /// True if an author wrote HTML that may have been left open.
    raw: BalanceCheck,
    /// True if elements say where they were typed, for a preview.
    places: bool,
    /// The lines of the files written so far, for that.
    lines: FxHashMap<SourceId, LineIndex>,
}

/// An address for `href`, and the language behind it if that isn't the reader's.
struct Href<'a> {
    address: std::borrow::Cow<'a, str>,
    language: Option<LocaleId>,
}

impl From<String> for Href<'_> {
    /// An address in the language of the page.
    fn from(address: String) -> Self {
        Href {
            address: address.into(),
            language: None,
        }
    }
}

/// How the file being written is read.
struct Text<'a> {
    id: SourceId,
    source: &'a str,
    document: &'a Document,
    tree: &'a Tree,
    /// True inside a paragraph: blocks leave only their words.
    inline: bool,
}

impl<'a> ArticleWriter<'a> {
    pub fn new(context: ArticleContext<'a>) -> Self {
        let ArticleContext {
            site,
            catalog,
            highlighter,
            base,
            reader,
            language,
            places,
        } = context;
        ArticleWriter {
            site,
            catalog,
            base,
            reader,
            language,
            out: String::with_capacity(8 * 1024),
            headings: Vec::new(),
            shared: Vec::new(),
            stack: Vec::new(),
            depth: 0,
            ids: UniqueIds::default(),
            xrefs: Vec::new(),
            tabs: tabs::Choice::default(),
            markup: if site.config.markdown.docfx_markup {
                &DocFx
            } else {
                &Hjelp
            },
            footnotes: footnotes::Footnotes::default(),
            highlighter,
            pictures: 0,
            links: 0,
            raw_link: false,
            diagrams: false,
            cut: 1000,
            raw: BalanceCheck::default(),
            places,
            lines: FxHashMap::default(),
        }
    }

    /// Writes a tree of the file `id`.
    pub fn tree(&mut self, id: SourceId, tree: &'a Tree) {
        self.write(id, tree, false);
    }

    /// True if the article begins with a heading of the first level, so that its page needs no other title.
    pub fn begins_with_title(&self) -> bool {
        matches!(self.headings.first(), Some(heading) if heading.level == 1)
    }

    /// Takes what was written so far, with all its elements closed.
    pub fn take(&mut self) -> String {
        let html = std::mem::take(&mut self.out);
        let raw = std::mem::take(&mut self.raw);
        if self.markup.keeps_typed() {
            return html;
        }
        let bare = self.markup.drops_void_slashes();
        let is_doubtful = !raw.is_surely_balanced() || bare && html.contains("/>");
        debug_assert!(is_doubtful || balanced(&html, bare).is_none(), "{html}");
        is_doubtful
            .then(|| balanced(&html, bare))
            .flatten()
            .unwrap_or(html)
    }

    fn write(&mut self, id: SourceId, tree: &'a Tree, inline: bool) {
        let Some(linked) = self.site.linked(id) else {
            return;
        };
        let text = Text {
            id,
            source: self.site.text(id),
            document: &linked.document,
            tree,
            inline,
        };
        self.stack.push(id);
        let outer = std::mem::take(&mut self.footnotes);
        let open = self.xrefs.len();
        self.range(&text, 0, tree.nodes.len());
        // An `<xref>` that is never closed must not take in the rest of the page.
        while self.xrefs.len() > open {
            self.xref_end();
        }
        self.footnotes(&text);
        self.footnotes = outer;
        self.stack.pop();
    }

    /// Writes the nodes `from..to` and what is inside them.
    fn range(&mut self, text: &Text<'a>, from: usize, to: usize) {
        let mut at = from;
        let level = self.raw.level();
        while at < to {
            self.node(text, at);
            at += 1 + text.tree.nodes[at].len as usize;
        }
        self.raw.leave(level);
    }

    fn inside(&mut self, text: &Text<'a>, at: usize) {
        let (from, to) = (at + 1, at + 1 + text.tree.nodes[at].len as usize);
        if self.depth == MAX_DEPTH {
            return escape(
                &plain_text(&text.tree.nodes[from..to], text.source, " "),
                &mut self.out,
            );
        }
        self.depth += 1;
        self.range(text, from, to);
        self.depth -= 1;
    }

    fn node(&mut self, text: &Text<'a>, at: usize) {
        let node = &text.tree.nodes[at];
        match &node.kind {
            NodeKind::Text(words) => {
                let words = words
                    .as_deref()
                    .unwrap_or_else(|| node.span.of(text.source));
                escape(words, &mut self.out);
            }
            NodeKind::SoftBreak
            | NodeKind::HardBreak
            | NodeKind::Code
            | NodeKind::Emphasis
            | NodeKind::Strong
            | NodeKind::Strikethrough => self.mark(text, at),
            NodeKind::Inserted
            | NodeKind::Marked
            | NodeKind::Citation
            | NodeKind::Subscript
            | NodeKind::Superscript => self.mark(text, at),
            NodeKind::Math => {
                self.inline_math(text, node.span);
            }
            // DocFX does not escape these words; a browser reads them the same.
            NodeKind::NoLoc(words) if self.markup.leaves_protected_text_raw() => {
                self.out.push_str(words)
            }
            NodeKind::NoLoc(words) => escape(words, &mut self.out),
            NodeKind::Abbreviation(meaning) => self.abbreviation(text, at, meaning),
            // Written with what they belong to.
            NodeKind::Attributes(_) => {}
            NodeKind::Link(..) | NodeKind::Image(..) | NodeKind::Xref(_) => {
                self.reference(text, at)
            }
            NodeKind::ImageDirective(picture) if !picture.complex => {
                self.picture(text, at, picture)
            }
            NodeKind::VideoDirective(film) => self.film(film),
            NodeKind::SmartPunctuation { entity, .. } => self.smart(entity),
            NodeKind::TaskMarker(done) => self.task_mark(*done),
            NodeKind::FootnoteRef(label) => self.footnote_ref(text, label),
            NodeKind::Html(edits) => self.html(text, node.span, edits),
            NodeKind::Include { reference, block } => {
                self.include(text, *reference, *block && !text.inline, node.span)
            }
            _ if text.inline && self.markup.shows_inlined_blocks_as_typed() => {
                self.as_typed(text, at)
            }
            _ if text.inline => {
                self.inlined_block(text, at);
            }
            _ => self.block(text, at),
        }
    }

    fn inline_math(&mut self, text: &Text<'a>, span: crate::source::Span) {
        self.out.push_str("<span class=\"math\"");
        self.place(text, span);
        self.out.push_str(">\\(");
        escape(span.of(text.source), &mut self.out);
        self.out.push_str("\\)</span>");
    }

    /// A block included into a line of text: its text, without its markers, which mean nothing to readers.
    fn inlined_block(&mut self, text: &Text<'a>, at: usize) {
        // The text of one block must not run into that of the next.
        let is_separate = self
            .out
            .ends_with(|last: char| last.is_whitespace() || last == '>');
        if at > 0 && !is_separate {
            self.out.push(' ');
        }
        self.inside(text, at);
    }

    fn include(
        &mut self,
        text: &Text<'a>,
        reference: RefId,
        block: bool,
        span: crate::source::Span,
    ) {
        let target = self
            .site
            .reference(text.id, reference)
            .map(|(_, target)| target);
        let fragment = match target {
            Some(Target::Fragment(fragment)) => Some(*fragment),
            // Where a circle is cut depends on where it is entered.
            target if self.cut > 0 => self.cut_fragment(target).inspect(|_| self.cut -= 1),
            _ => None,
        };
        let Some(fragment) = &fragment.filter(|fragment| !self.stack.contains(fragment)) else {
            // What cannot be included stays as it was typed (DocFX spec 3.5).
            escape(&include_fallback_text(span.of(text.source)), &mut self.out);
            if block && !self.markup.keeps_typed() {
                self.out.push('\n');
            }
            return;
        };
        let Some(linked) = self.site.linked(*fragment) else {
            return;
        };
        let crate::syntax::Body::Article(tree) = &linked.document.body else {
            return;
        };
        let foreign = linked.locale.filter(|locale| {
            *locale != self.language && self.site.folder_locale(text.id) == Some(self.language)
        });
        let foreign = foreign.filter(|_| self.markup.marks_languages());
        let (tag, outer) = (if block { "div" } else { "span" }, self.language);
        if let Some(locale) = foreign {
            let language = self.site.config.locales.get(locale);
            self.out.push_str(&format!(
                "<{tag} lang=\"{}\" dir=\"{}\">",
                language.tag,
                language.direction.as_str()
            ));
            self.language = locale;
        }
        // A fragment is a text of its own: its tabs and, as DocFX has it, its ids begin anew (DocFX spec 3.2).
        let tabs = std::mem::take(&mut self.tabs);
        let ids = self
            .markup
            .isolates_fragments()
            .then(|| std::mem::take(&mut self.ids));
        self.write(*fragment, tree, !block);
        if self.markup.isolates_fragments() {
            self.tabs = tabs;
        } else {
            self.tabs.before(tabs);
        }
        self.ids = ids.unwrap_or_else(|| std::mem::take(&mut self.ids));
        if foreign.is_some() {
            self.out.push_str(&format!("</{tag}>"));
            self.language = outer;
        }
    }

    /// A block among words: its signs are words, and what it says within is marked up (DocFX spec 3.2).
    fn as_typed(&mut self, text: &Text<'a>, at: usize) {
        let node = &text.tree.nodes[at];
        let end = at + 1 + node.len as usize;
        // Without a blank line between them, blocks are one paragraph.
        let before = &text.source[..node.span.start as usize];
        let breaks = before[before.trim_end_matches([' ', '\t', '\n', '\r', '>']).len()..]
            .matches('\n')
            .count();
        if at > 0 && breaks == 1 {
            self.out.push('\n');
        }
        let (mut typed, mut next) = (node.span.start, at + 1);
        while next < end {
            let inner = &text.tree.nodes[next];
            if !inner.kind.is_inline() && !matches!(inner.kind, NodeKind::Include { .. }) {
                next += 1;
                continue;
            }
            let gap = crate::source::Span {
                start: typed,
                end: inner.span.start.max(typed),
            };
            escape(gap.of(text.source), &mut self.out);
            self.node(text, next);
            typed = inner.span.end.max(typed);
            next += 1 + inner.len as usize;
        }
        let gap = crate::source::Span {
            start: typed,
            end: node.span.end.max(typed),
        };
        escape(gap.of(text.source).trim_end(), &mut self.out);
    }

    /// The address a reference has on this page. Broken references keep what the author typed.
    fn href(&self, id: SourceId, reference: RefId) -> Href<'a> {
        let Some((reference, target)) = self.site.reference(id, reference) else {
            return Href::from(String::new());
        };
        match target {
            Target::Page { set, locale } => {
                if let Some(version) = self.site.version_for(*set, locale.unwrap_or(self.reader)) {
                    return self.page_href(reference, version, *locale);
                }
            }
            Target::Asset(path) => {
                if let Some(output) = self.site.output_of(path) {
                    // The query or fragment of an image has no meaning (DocFX spec 10.1); that of a link may have one.
                    let tail = match reference.kind {
                        RefKind::Image | RefKind::HtmlSrc => "",
                        _ => split_address(&reference.target).1,
                    };
                    return Href::from(self.base.address(&output, tail));
                }
            }
            // A toc has no page of its own: the link is to the first page in it.
            Target::Toc(toc) => {
                if let Some(tree) = self.site.navigation_from(*toc, self.reader)
                    && let Some(page) = tree.first_page()
                {
                    return Href::from(self.base.address(&self.site.page(page).output, ""));
                }
            }
            Target::ExternalUid(uid) => {
                let tail = Xref::of(&reference.target).tail;
                return Href::from(self.foreign_address(uid, &tail));
            }
            // An unknown uid stays one (DocFX spec 9.2).
            _ if reference.kind == RefKind::Uid => {
                return Href::from(format!("xref:{}", sanitize(&reference.target)));
            }
            _ => {}
        }
        Href {
            address: sanitize(&reference.target),
            language: None,
        }
    }

    /// The address of a version of a page. `locale` is the language that the author asked for.
    fn page_href(
        &self,
        reference: &Reference,
        version: PageVersion,
        locale: Option<LocaleId>,
    ) -> Href<'a> {
        let page = self.site.page(version.page());
        let address = if is_uid(reference.kind) {
            self.base
                .address(&page.output, &Xref::of(&reference.target).tail)
        } else {
            self.base
                .address(&page.output, split_address(&reference.target).1)
        };
        let is_original = matches!(version, PageVersion::Original(_)) && page.locale != self.reader;
        let asks_for_other = matches!(locale, Some(locale) if locale != self.reader);
        Href {
            address: address.into(),
            language: (is_original || asks_for_other).then_some(page.locale),
        }
    }

    /// The address of another site's page. One that is not whole begins at the top of this site.
    fn foreign_address(&self, uid: &str, tail: &str) -> String {
        let Some(href) = self
            .site
            .external_page(uid)
            .and_then(|(_, page)| page.href.as_deref())
        else {
            return String::new();
        };
        let merged = merge_addresses(href, tail);
        let parts = AddressParts::of(&merged);
        match SitePath::new(&decode_path(parts.path)) {
            Ok(path) if !parts.path.contains(':') && !parts.path.starts_with('/') => self
                .base
                .address(&path, &format!("{}{}", parts.query, parts.fragment)),
            _ => sanitize(&merged).into_owned(),
        }
    }

    /// Begins the element of node `at`, with the attributes its author gave it.
    fn start(&mut self, text: &Text<'a>, at: usize, tag: &str) {
        self.out.push('<');
        self.out.push_str(tag);
        self.own_attributes(text, at, "");
        self.place(text, text.tree.nodes[at].span);
        self.out.push('>');
    }

    /// What an author wrote in braces for node `at`, besides the class it has anyway. A heading's id is written elsewhere.
    fn own_attributes(&mut self, text: &Text<'a>, at: usize, class: &str) {
        let own = text.tree.attributes(at);
        if let Some(id) = own
            .and_then(|own| own.id.as_deref())
            .filter(|_| !matches!(text.tree.nodes[at].kind, NodeKind::Heading(..)))
        {
            self.attribute("id", id);
        }
        let mut classes = class.to_owned();
        for more in own.iter().flat_map(|own| &own.classes) {
            if !classes.is_empty() {
                classes.push(' ');
            }
            classes.push_str(more);
        }
        if !classes.is_empty() {
            self.attribute("class", &classes);
        }
        for (name, value) in own.iter().flat_map(|own| &own.others) {
            self.attribute(name, value);
        }
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        escape(value, &mut self.out);
        self.out.push('"');
    }

    /// Begins a line, unless one has just begun.
    fn line(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }
}

fn is_uid(kind: RefKind) -> bool {
    matches!(kind, RefKind::Uid | RefKind::UidShorthand)
}
