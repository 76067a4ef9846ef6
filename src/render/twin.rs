//! A page -> the same page as Markdown, for machines that read text: what it includes is in place, links lead to other such pages, comments
//! and metadata are gone. Everything else stays as its author wrote it.

use crate::site::address::{AddressParts, split_address};
use crate::site::xref::Xref;
use crate::site::{Page, PageId, PageKind, PageVersion, Site, Target};
use crate::source::{SitePath, SourceId, Span};
use crate::syntax::directive::select_lines;
use crate::syntax::document::Tutorial;
use crate::syntax::landing::Landing;
use crate::syntax::tree::{HtmlReplacement, Node, NodeKind};
use crate::syntax::{Body, RefId, RefKind, Tree};

use crate::search::sections::sections;
use crate::site::href::Base;

/// Includes nest no deeper than this.
const DEEPEST: usize = 32;

/// Where a page is written as Markdown; nothing for pages without words of their own.
pub(super) fn path(site: &Site, page: &Page) -> Option<SitePath> {
    let is_text = matches!(
        page.kind,
        PageKind::Article | PageKind::Landing | PageKind::Tutorial
    );
    if !site.config.outputs.markdown || !is_text || !site.is_searchable(page) {
        return None;
    }
    page.output
        .parent()
        .join(&format!("{}.md", page.output.stem()))
        .ok()
}

/// The page as Markdown.
pub(super) fn text(site: &Site, id: PageId) -> String {
    let page = site.page(id);
    let writer = Writer {
        site,
        page,
        base: Base::Folder(page.output.parent()),
    };
    let Some(linked) = site.linked(page.source) else {
        return String::new();
    };
    let title = site.title(page.source);
    let body = match &linked.document.body {
        Body::Article(tree) => writer.tree(page.source, tree, &mut Vec::new()),
        Body::Tutorial(tutorial) => writer
            .tutorial(tutorial)
            .unwrap_or_else(|| plain(site, page)),
        Body::Landing(landing) => writer.landing(landing),
        _ => plain(site, page),
    };
    let body = body.trim();
    let headed = body.starts_with("# ") || body.starts_with("<h1");
    if headed {
        format!("{body}\n")
    } else {
        format!("# {title}\n\n{body}\n")
    }
}

/// What a page says, without its markup.
fn plain(site: &Site, page: &Page) -> String {
    let mut out = String::new();
    for section in sections(site, page) {
        if !section.id.is_empty() {
            out.push_str(&format!("## {}\n\n", section.heading));
        }
        section
            .text
            .lines()
            .for_each(|line| out.push_str(&format!("{line}\n\n")));
    }
    out
}

struct Writer<'a> {
    site: &'a Site,
    page: &'a Page,
    base: Base,
}

impl<'a> Writer<'a> {
    /// The steps of a tutorial, each below its title. Nothing if the text of one doesn't stand in the file as it is read.
    fn tutorial(&self, tutorial: &Tutorial) -> Option<String> {
        let id = self.page.source;
        let source = &*self.site.source(id).text;
        let mut out = String::new();
        for step in &tutorial.steps {
            out.push_str(&format!("## {}\n\n", step.title));
            let Some(first) = step.tree.nodes.first() else {
                continue;
            };
            // In YAML that is folded or quoted, all is said to stand where the whole value does.
            if step
                .tree
                .nodes
                .iter()
                .any(|node| matches!(node.kind, NodeKind::Text(Some(_))) && node.span == first.span)
            {
                return None;
            }
            let start = first.span.start;
            let end = step.tree.nodes.iter().map(|node| node.span.end).max()?;
            let before = &source[..start as usize];
            let margin = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
            if !margin.chars().all(|sign| sign == ' ') {
                return None;
            }
            let text = self.stretch(id, &step.tree, Span { start, end }, &mut Vec::new());
            out.push_str(text.replace(&format!("\n{margin}"), "\n").trim());
            out.push_str("\n\n");
        }
        Some(out)
    }

    /// The text of a file with what has to be changed changed.
    fn tree(&self, id: SourceId, tree: &Tree, stack: &mut Vec<SourceId>) -> String {
        let Some(linked) = self.site.linked(id) else {
            return String::new();
        };
        let end = self.site.source(id).text.len();
        self.stretch(
            id,
            tree,
            Span::new(linked.document.front_matter.span.end as usize, end),
            stack,
        )
    }

    /// The same for a stretch of it, which `tree` was read from.
    fn stretch(
        &self,
        id: SourceId,
        tree: &Tree,
        stretch: Span,
        stack: &mut Vec<SourceId>,
    ) -> String {
        let source = &*self.site.source(id).text;
        let Some(linked) = self.site.linked(id) else {
            return String::new();
        };
        stack.push(id);
        let mut edits: Vec<(Span, String)> = Vec::new();
        for node in &tree.nodes {
            match &node.kind {
                NodeKind::Include { reference, block } => {
                    edits.extend(self.include(id, node, *reference, *block, stack))
                }
                NodeKind::Snippet(reference, snippet) => {
                    if let Some((_, Target::Code(code))) = self.site.reference(id, *reference)
                        && let Ok(lines) = select_lines(&self.site.source(*code).text, snippet)
                    {
                        let longest = lines
                            .split(|sign| sign != '`')
                            .map(str::len)
                            .max()
                            .unwrap_or(0);
                        let fence = "`".repeat(longest.max(2) + 1);
                        let code = format!(
                            "{fence}{}\n{}\n{fence}",
                            snippet.language.as_deref().unwrap_or(""),
                            lines.trim_end()
                        );
                        edits.push((node.span, indented(&code, source, node.span)));
                    }
                }
                NodeKind::Xref(reference) => {
                    if let Some((words, address)) =
                        self.title(id, *reference).zip(self.address(id, *reference))
                    {
                        edits.push((node.span, format!("[{words}]({address})")));
                    }
                }
                NodeKind::Html(changes) => {
                    edits.extend(
                        changes
                            .iter()
                            .filter(|edit| matches!(edit.with, HtmlReplacement::Comment))
                            .map(|edit| (edit.span, String::new())),
                    );
                }
                _ => {}
            }
        }
        for (number, reference) in linked.document.refs.iter().enumerate() {
            let is_address = matches!(
                reference.kind,
                RefKind::Link
                    | RefKind::Image
                    | RefKind::HtmlHref
                    | RefKind::HtmlSrc
                    | RefKind::Uid
            );
            if is_address && let Some(address) = self.address(id, number as RefId) {
                edits.push((reference.target_span, address));
            }
        }
        stack.pop();
        apply(source, stretch, edits)
    }

    fn include(
        &self,
        id: SourceId,
        node: &Node,
        reference: RefId,
        block: bool,
        stack: &mut Vec<SourceId>,
    ) -> Option<(Span, String)> {
        let (_, Target::Fragment(fragment)) = self.site.reference(id, reference)? else {
            return None;
        };
        if stack.contains(fragment) || stack.len() > DEEPEST {
            return None;
        }
        let Body::Article(tree) = &self.site.linked(*fragment)?.document.body else {
            return None;
        };
        let text = self.tree(*fragment, tree, stack);
        let text = text.trim();
        let text = if block {
            indented(text, &self.site.source(id).text, node.span)
        } else {
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        Some((node.span, text))
    }

    /// Where a reference leads from this page: to the Markdown of a page that has it.
    fn address(&self, id: SourceId, reference: RefId) -> Option<String> {
        let (reference, target) = self.site.reference(id, reference)?;
        match target {
            Target::Page { set, locale } => {
                let shown = self.site.page(
                    self.site
                        .version_for(*set, locale.unwrap_or(self.page.locale))
                        .map(PageVersion::page)?,
                );
                let is_uid = matches!(reference.kind, RefKind::Uid | RefKind::UidShorthand);
                let tail = if is_uid {
                    Xref::of(&reference.target).tail
                } else {
                    split_address(&reference.target).1.to_owned()
                };
                Some(self.base.address(
                    &path(self.site, shown).unwrap_or_else(|| shown.output.clone()),
                    &tail,
                ))
            }
            Target::Asset(path) => Some(self.base.address(
                &self.site.output_of(path)?,
                AddressParts::of(&reference.target).fragment,
            )),
            _ => None,
        }
    }

    fn title(&self, id: SourceId, reference: RefId) -> Option<String> {
        let (found, Target::Page { set, locale }) = self.site.reference(id, reference)? else {
            return None;
        };
        let stated = Xref::of(&found.target).text;
        let shown = || {
            Some(
                self.site
                    .title(
                        self.site
                            .page(
                                self.site
                                    .version_for(*set, locale.unwrap_or(self.page.locale))?
                                    .page(),
                            )
                            .source,
                    )
                    .to_owned(),
            )
        };
        stated.or_else(shown)
    }

    fn landing(&self, landing: &Landing) -> String {
        let mut out = String::new();
        let id = self.page.source;
        let link = |text: Option<&str>, url: Option<RefId>| -> String {
            let address = url.and_then(|url| {
                let external = || {
                    self.site
                        .reference(id, url)
                        .map(|(reference, _)| reference.target.to_string())
                };
                self.address(id, url).or_else(external)
            });
            let words = text
                .map(str::to_owned)
                .or_else(|| self.title(id, url?))
                .or_else(|| address.clone())
                .unwrap_or_default();
            address.map_or_else(|| words.clone(), |address| format!("[{words}]({address})"))
        };
        out.extend(
            landing
                .summary
                .iter()
                .map(|summary| format!("{summary}\n\n")),
        );
        for section in &landing.sections {
            out.extend(section.title.iter().map(|title| format!("## {title}\n\n")));
            out.extend(
                section
                    .summary
                    .iter()
                    .map(|summary| format!("{summary}\n\n")),
            );
            for card in &section.cards {
                let title = link(card.title.as_deref(), card.url);
                let summary = card
                    .summary
                    .as_ref()
                    .map_or_else(String::new, |summary| format!(": {}", summary.trim()));
                out.push_str(&format!("- {title}{summary}\n"));
                for item in card.lists.iter().flat_map(|list| &list.links) {
                    out.push_str(&format!("  - {}\n", link(item.text.as_deref(), item.url)));
                }
            }
            out.push('\n');
        }
        out
    }
}

/// The text with the signs of lists and quotes before its first line before all others, too.
fn indented(text: &str, source: &str, span: Span) -> String {
    let before = &source[..span.start as usize];
    let line = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
    let is_sign = |sign: char| {
        sign == '>' || sign.is_whitespace() || "-*+.)".contains(sign) || sign.is_ascii_digit()
    };
    if line.is_empty() || !line.chars().all(is_sign) {
        return text.to_owned();
    }
    let prefix: String = line
        .chars()
        .map(|sign| {
            if sign == '>' || sign.is_whitespace() {
                sign
            } else {
                ' '
            }
        })
        .collect();
    text.replace('\n', &format!("\n{prefix}"))
}

/// The text of a stretch, with the edits inside it made. Of two that overlap, the one that begins first counts.
fn apply(source: &str, stretch: Span, mut edits: Vec<(Span, String)>) -> String {
    edits.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
    let mut out = String::with_capacity(source.len());
    let mut at = stretch.start;
    for (span, with) in edits {
        if span.start < at || span.end < span.start || span.end > stretch.end {
            continue;
        }
        out.push_str(
            Span {
                start: at,
                end: span.start,
            }
            .of(source),
        );
        out.push_str(&with);
        at = span.end;
    }
    out.push_str(
        Span {
            start: at,
            end: stretch.end.max(at),
        }
        .of(source),
    );
    out
}
