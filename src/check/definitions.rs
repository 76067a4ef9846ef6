//! `undefined-reference`, `unused-reference` and `duplicate-reference`: `[text][9]` and the lines `[9]: address` it needs.

use std::borrow::Cow;
use std::iter::Peekable;

use crate::source::edit::Edit;
use rustc_hash::FxHashMap;

use crate::diagnostic::{Code, Diagnostic, Fix, Level};
use crate::site::Site;
use crate::source::{FileSpan, Source, Span};
use crate::syntax::tree::NodeKind;
use crate::syntax::{Body, Document, Tree};

use super::{Check, Suggestions};

pub(super) const CHECK: Check = Check {
    codes: &[
        Code::UndefinedReference,
        Code::UnusedReference,
        Code::DuplicateReference,
    ],
    about: "A link names a definition that is not there, or a definition is used by no link or given twice.",
    run,
};

fn run(site: &Site, suggestions: &Suggestions, problems: &mut Vec<Diagnostic>) {
    for (id, linked) in site.documents().filter(|(id, _)| site.is_used(*id)) {
        let source = site.source(id);
        if !source.text.contains("][") && !source.text.contains("]:") {
            continue;
        }
        let mut found = Vec::new();
        for (tree, stretch) in texts(source, &linked.document) {
            let definitions = definitions(source, stretch, tree);
            undefined(source, tree, &definitions, &mut found);
            idle(source, &linked.document, &definitions, &mut found);
        }
        problems.extend(
            found
                .into_iter()
                .map(|problem| suggestions.reached(id, problem)),
        );
    }
}

/// The Markdown texts of a document, each with the bytes it stands in: a label means something within one of them only.
fn texts<'a>(source: &Source, document: &'a Document) -> Vec<(&'a Tree, Span)> {
    match &document.body {
        Body::Article(tree) => vec![(
            tree,
            Span::new(document.front_matter.span.end as usize, source.text.len()),
        )],
        Body::Tutorial(tutorial) => tutorial
            .steps
            .iter()
            .map(|step| (&step.tree, step.span))
            .collect(),
        _ => Vec::new(),
    }
}

/// A line `[label]: address`.
struct Definition<'a> {
    label: &'a str,
    address: &'a str,
    /// From its first bracket to the end of its line.
    span: Span,
}

/// The lines that are definitions: they look like one, and no word of the text stands in them.
fn definitions<'a>(source: &'a Source, stretch: Span, tree: &Tree) -> Vec<Definition<'a>> {
    let mut content = Content::of(tree);
    let text = stretch.of(&source.text);
    let mut found = Vec::new();
    let mut from = 0;
    // Few lines have the sign of a definition, and it is found faster than all lines are.
    while let Some(sign) = text[from..].find("]:").map(|at| from + at) {
        let start = from
            + text[from..sign]
                .rfind(['\n', '\r'])
                .map_or(0, |before| before + 1);
        let end = sign + text[sign..].find(['\n', '\r']).unwrap_or(text.len() - sign);
        from = end;
        let line = text[start..end].trim_end();
        let inner = line.trim_start_matches(['>', ' ', '\t']);
        let Some((label, rest)) = inner
            .strip_prefix('[')
            .and_then(|rest| rest.split_once("]:"))
        else {
            continue;
        };
        let end = stretch.start as usize + start + line.len();
        let first = end - inner.len();
        if label.trim().is_empty()
            || label.contains(['[', ']'])
            || label.starts_with(['!', '^'])
            || content.holds(first)
        {
            continue;
        }
        found.push(Definition {
            label,
            address: rest.trim(),
            span: Span::new(first, end),
        });
    }
    found
}

/// Where something stands that is shown, or HTML. It is asked for suggestions in order, so that it is gone through once.
struct Content<'a> {
    spans: Peekable<Box<dyn Iterator<Item = Span> + 'a>>,
    /// The end of what was gone through.
    end: u32,
}

impl<'a> Content<'a> {
    fn of(tree: &'a Tree) -> Self {
        let holds = |kind: &NodeKind| {
            matches!(
                kind,
                NodeKind::Text(_)
                    | NodeKind::CodeBlock(_)
                    | NodeKind::Code
                    | NodeKind::Html(_)
                    | NodeKind::Link(..)
                    | NodeKind::MathBlock
            )
        };
        let spans = move || {
            tree.nodes
                .iter()
                .filter(move |node| holds(&node.kind))
                .map(|node| node.span)
        };
        let spans: Box<dyn Iterator<Item = Span>> = if spans().is_sorted_by_key(|span| span.start) {
            Box::new(spans())
        } else {
            let mut spans: Vec<Span> = spans().collect();
            spans.sort_unstable_by_key(|span| span.start);
            Box::new(spans.into_iter())
        };
        Content {
            spans: spans.peekable(),
            end: 0,
        }
    }

    /// True if byte `at` is in it; `at` is no less than the last time.
    fn holds(&mut self, at: usize) -> bool {
        while let Some(span) = self.spans.next_if(|span| span.start as usize <= at) {
            self.end = self.end.max(span.end);
        }
        self.end as usize > at
    }
}

/// Labels are compared without case and with single spaces.
fn plain(label: &str) -> Cow<'_, str> {
    if label
        .bytes()
        .all(|byte| byte.is_ascii_graphic() && !byte.is_ascii_uppercase())
    {
        return Cow::Borrowed(label);
    }
    let plain = label
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase();
    Cow::Owned(plain)
}

fn undefined(
    source: &Source,
    tree: &Tree,
    definitions: &[Definition<'_>],
    problems: &mut Vec<Diagnostic>,
) {
    // Few words have a bracket beside another one, and to look for them in the whole text is far quicker than in all its words.
    let middles: Vec<u32> = source
        .text
        .match_indices(']')
        .filter(|(at, _)| source.text[at + 1..].starts_with('['))
        .map(|(at, _)| at as u32)
        .collect();
    let has_middle = |words: Span| {
        middles
            .get(middles.partition_point(|at| *at < words.start))
            .is_some_and(|at| *at < words.end)
    };
    if middles.is_empty() {
        return;
    }
    let mut literal_until = 0;
    let mut code = 0_usize;
    for (at, node) in tree.nodes.iter().enumerate() {
        match &node.kind {
            NodeKind::Code
            | NodeKind::CodeBlock(_)
            | NodeKind::Math
            | NodeKind::MathBlock
            | NodeKind::Link(..)
            | NodeKind::Image(..) => literal_until = literal_until.max(at + 1 + node.len as usize),
            NodeKind::Paragraph
            | NodeKind::Heading(..)
            | NodeKind::ListItem
            | NodeKind::TableCell => code = 0,
            NodeKind::Html(_) => code = within_code(code, node.span.of(&source.text)),
            NodeKind::Text(None) if at >= literal_until && code == 0 && has_middle(node.span) => {
                for span in pairs(&source.text, node.span) {
                    report(source, span, definitions, problems);
                }
            }
            _ => {}
        }
    }
}

/// How many elements of code are open after this HTML.
fn within_code(open: usize, html: &str) -> usize {
    let is_code = |tag: &str| {
        let begins = |name: &str| {
            tag.get(..name.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(name))
        };
        ["code", "pre", "kbd", "samp"].into_iter().any(begins)
    };
    match (html.strip_prefix('<'), html.strip_prefix("</")) {
        (Some(tag), _) if is_code(tag) => open + 1,
        (_, Some(tag)) if is_code(tag) => open.saturating_sub(1),
        _ => open,
    }
}

/// All `[text][label]` whose middle stands in a stretch of words, each with its label; an empty one repeats the text. Before and behind it
/// there may be markup.
fn pairs(text: &str, words: Span) -> Vec<(Span, Span)> {
    let mut found = Vec::new();
    // There are very many stretches of words: looking for a single sign needs no preparation for each.
    for (at, _) in words.of(text).match_indices(']') {
        let close = words.start as usize + at;
        let Some(rest) = text[close + 1..words.end as usize]
            .strip_prefix('[')
            .map(|_| &text[close + 2..])
        else {
            continue;
        };
        let Some(len) = rest
            .find([']', '[', '\n'])
            .filter(|len| rest[*len..].starts_with(']'))
        else {
            continue;
        };
        let label = Span::new(close + 2, close + 2 + len);
        let Some(open) = opening(text, close) else {
            continue;
        };
        // `a[0][1]` and `string[][]` are code, and so is what follows an escaped bracket.
        let before = text[..open].chars().next_back();
        let inside = &text[open + 1..close];
        let index = before.is_some_and(|before| {
            before.is_alphanumeric() || matches!(before, '_' | ']' | ')' | '\\')
        });
        let follows = text[label.end as usize + 1..].chars().next();
        let more = matches!(follows, Some('['))
            || inside.trim().is_empty()
            || inside.ends_with('\\')
            || inside.starts_with('!');
        if !(index || more || label.is_empty() && inside.len() < 2) {
            found.push((
                Span::new(open, label.end as usize + 1),
                if label.is_empty() {
                    Span::new(open + 1, close)
                } else {
                    label
                },
            ));
        }
    }
    found
}

/// The bracket that the one at `close` closes, in the same paragraph.
fn opening(text: &str, close: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let bytes = text.as_bytes();
    for at in (close.saturating_sub(1000)..close).rev() {
        match bytes[at] {
            b']' => depth += 1,
            b'[' if depth == 0 => return Some(at),
            b'[' => depth -= 1,
            b'\n' if text[..at].ends_with(['\n']) || text[..at].ends_with("\n\r") => return None,
            _ => {}
        }
    }
    None
}

fn report(
    source: &Source,
    (whole, label): (Span, Span),
    definitions: &[Definition<'_>],
    problems: &mut Vec<Diagnostic>,
) {
    let name = label.of(&source.text);
    let wanted = plain(name);
    if wanted.is_empty()
        || name.starts_with('^')
        || definitions
            .iter()
            .any(|definition| plain(definition.label) == wanted)
    {
        return;
    }
    let message = format!("`[{name}]` is defined nowhere, so the brackets are shown");
    let near =
        crate::site::suggest::nearest(name, definitions.iter().map(|definition| definition.label));
    let problem = Diagnostic::new(Code::UndefinedReference, &source.path, label, message).label(
        &source.path,
        whole,
        "used here",
    );
    problems.push(match near {
        Some(meant) => problem.help(format!("Did you mean `[{meant}]`?")),
        None => problem.help(format!(
            "Add a line `[{name}]: page.md`, or write `\\[` if the brackets are meant."
        )),
    });
}

/// Definitions that say nothing: those no link uses, and those that come too late.
fn idle(
    source: &Source,
    document: &Document,
    definitions: &[Definition<'_>],
    problems: &mut Vec<Diagnostic>,
) {
    let mut first: FxHashMap<Cow<'_, str>, &Definition<'_>> = FxHashMap::default();
    let mut used: Vec<Span> = document
        .refs
        .iter()
        .map(|reference| reference.target_span)
        .collect();
    used.sort_unstable_by_key(|span| span.start);
    let is_used = |definition: &Definition<'_>| {
        let from = used.partition_point(|span| span.start < definition.span.start);
        used[from..]
            .iter()
            .take_while(|span| span.start <= definition.span.end)
            .any(|span| definition.span.contains(*span))
    };
    for definition in definitions {
        let label = definition.label;
        // `[//]: # (words)` is how Markdown writes a comment.
        let comment = label == "//"
            || label.eq_ignore_ascii_case("comment")
            || definition.address.starts_with("# (")
            || definition.address.starts_with("<>");
        if comment {
            continue;
        }
        if let Some(earlier) = first.get(&plain(label)) {
            let level = if earlier.address == definition.address {
                Level::Note
            } else {
                Level::Warning
            };
            let message = format!("`[{label}]` is defined above already, and the first one counts");
            let problem = Diagnostic::new(
                Code::DuplicateReference,
                &source.path,
                definition.span,
                message,
            )
            .with_level(level)
            .label(&source.path, earlier.span, "first defined here");
            problems.push(without(
                problem.help("Remove one of the two lines."),
                source,
                definition.span,
                level == Level::Note,
            ));
            continue;
        }
        first.insert(plain(label), definition);
        if !is_used(definition) {
            let message = format!("nothing uses the definition `[{label}]`");
            let problem = Diagnostic::new(
                Code::UnusedReference,
                &source.path,
                definition.span,
                message,
            );
            problems.push(without(
                problem.help("Remove the line."),
                source,
                definition.span,
                true,
            ));
        }
    }
}

/// `problem` with the repair that removes the line `span` stands in, if it stands there alone.
fn without(mut problem: Diagnostic, source: &Source, span: Span, safe: bool) -> Diagnostic {
    let (start, end) = (span.start as usize, span.end as usize);
    let rest = &source.text[end..];
    let newline = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let line_end = if rest[newline..].starts_with("\r\n") {
        2
    } else {
        usize::from(rest[newline..].starts_with(['\n', '\r']))
    };
    if start == 0 || source.text[..start].ends_with(['\n', '\r']) {
        let location = FileSpan {
            path: source.path.clone(),
            span: Span::new(start, end + newline + line_end),
        };
        problem.fix = Some(Fix {
            title: "remove the line".to_owned(),
            safe,
            edits: vec![Edit {
                location,
                replacement: String::new(),
            }],
        });
    }
    problem
}
