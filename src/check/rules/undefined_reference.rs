//! `undefined-reference`, `unused-reference` and `duplicate-reference`: `[text][label]` and the definitions `[label]: address` it needs
//! (CommonMark 4.7 and 6.3). The parser resolves definitions silently, so both are found in the text; one reading of it serves all three.

use std::borrow::Cow;
use std::iter::Peekable;
use std::vec;

use rustc_hash::FxHashMap;

use crate::check::checker::Checker;
use crate::check::content::code_depth;
use crate::check::rule::Rule;
use crate::check::typed_address::is_address;
use crate::diagnostic::{Code, Diagnostic, Fix, Level};
use crate::message;
use crate::site::suggest::nearest;
use crate::source::edit::Edit;
use crate::source::{FileSpan, Source, Span};
use crate::syntax::tree::NodeKind;
use crate::syntax::{Body, Document, Tree};

pub(super) const RULE: Rule = Rule {
    code: Code::UndefinedReference,
    docs: include_str!("../docs/undefined-reference.md"),
    run: Some(run),
};

pub(super) const UNUSED_REFERENCE: Rule = Rule::reported_elsewhere(
    Code::UnusedReference,
    include_str!("../docs/unused-reference.md"),
);

pub(super) const DUPLICATE_REFERENCE: Rule = Rule::reported_elsewhere(
    Code::DuplicateReference,
    include_str!("../docs/duplicate-reference.md"),
);

fn run(checker: &mut Checker<'_>) {
    for (id, linked) in checker.used_documents() {
        let source = checker.site.source(id);
        // Most files have neither.
        if !source.text.contains("][") && !source.text.contains("]:") {
            continue;
        }
        let mut used_addresses: Vec<Span> = Vec::new();
        for reference in &linked.document.refs {
            used_addresses.push(reference.target_span);
        }
        used_addresses.sort_unstable_by_key(|span| span.start);
        // Not per page: an included file is a document of its own, and shares no definitions with the page (DocFX spec 3.2).
        for text in markdown_texts(source, linked.document) {
            let mut references = ReferenceCheck {
                source,
                definitions: text.definitions(source),
                used_addresses: &used_addresses,
                problems: Vec::new(),
            };
            references.check_links(text.tree);
            references.check_definitions();
            for problem in references.problems {
                checker.report_in(id, problem);
            }
        }
    }
}

/// A Markdown text of a document and its bytes. Labels are known within one text only.
struct MarkdownText<'a> {
    tree: &'a Tree,
    span: Span,
}

fn markdown_texts<'a>(source: &Source, document: &'a Document) -> Vec<MarkdownText<'a>> {
    match &document.body {
        Body::Article(tree) => {
            let start = document.front_matter.span.end as usize;
            let span = Span::new(start, source.text.len());
            vec![MarkdownText { tree, span }]
        }
        Body::Tutorial(tutorial) => {
            let mut texts = Vec::new();
            for step in &tutorial.steps {
                let (tree, span) = (&step.tree, step.span);
                texts.push(MarkdownText { tree, span });
            }
            texts
        }
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

impl Definition<'_> {
    /// `[//]: # (text)` is a common way to write a comment in Markdown.
    fn is_comment(&self) -> bool {
        self.label == "//"
            || self.label.eq_ignore_ascii_case("comment")
            || self.address.starts_with("# (")
            || self.address.starts_with("<>")
    }
}

impl MarkdownText<'_> {
    /// The lines that look like a definition and are not part of the content.
    fn definitions<'s>(&self, source: &'s Source) -> Vec<Definition<'s>> {
        let text = self.span.of(&source.text);
        let mut found = Vec::new();
        if !text.contains("]:") {
            return found;
        }
        let mut content = ContentSpans::of(self.tree);
        let mut from = 0;
        // Few lines contain `]:`, and searching for it is faster than splitting the text into lines.
        while let Some(offset) = text[from..].find("]:") {
            let middle = from + offset;
            let before = text[from..middle].rfind(['\n', '\r']);
            let start = from + before.map_or(0, |newline| newline + 1);
            let rest = &text[middle..];
            from = middle + rest.find(['\n', '\r']).unwrap_or(rest.len());
            let line = text[start..from].trim_end();
            let inner = line.trim_start_matches(['>', ' ', '\t']);
            let Some((label, address)) = label_and_address(inner) else {
                continue;
            };
            let end = self.span.start as usize + start + line.len();
            let span = Span::new(end - inner.len(), end);
            if !content.contains(span.start) {
                found.push(Definition {
                    label,
                    address,
                    span,
                });
            }
        }
        found
    }
}

fn label_and_address(line: &str) -> Option<(&str, &str)> {
    let (label, rest) = line.strip_prefix('[')?.split_once("]:")?;
    // `[!` starts a directive, `[^` a footnote.
    let is_other = label.contains(['[', ']']) || label.starts_with(['!', '^']);
    if label.trim().is_empty() || is_other {
        return None;
    }
    Some((label, rest.trim()))
}

/// The spans of visible content and HTML. Positions are asked for in ascending order, so that the spans are read once.
struct ContentSpans {
    spans: Peekable<vec::IntoIter<Span>>,
    /// The greatest end of the spans read so far.
    end: u32,
}

impl ContentSpans {
    fn of(tree: &Tree) -> Self {
        let mut spans: Vec<Span> = Vec::new();
        for node in &tree.nodes {
            if is_content(&node.kind) {
                spans.push(node.span);
            }
        }
        // Nodes are in reading order but for footnotes and tables, whose text is parsed later.
        if !spans.is_sorted_by_key(|span| span.start) {
            spans.sort_unstable_by_key(|span| span.start);
        }
        ContentSpans {
            spans: spans.into_iter().peekable(),
            end: 0,
        }
    }

    /// True if byte `at` is in one of the spans; `at` is never less than before.
    fn contains(&mut self, at: u32) -> bool {
        while let Some(span) = self.spans.next_if(|span| span.start <= at) {
            self.end = self.end.max(span.end);
        }
        self.end > at
    }
}

fn is_content(kind: &NodeKind) -> bool {
    matches!(
        kind,
        NodeKind::Text(_)
            | NodeKind::CodeBlock(_)
            | NodeKind::Code
            | NodeKind::Html(_)
            | NodeKind::Link(..)
            | NodeKind::MathBlock
    )
}

/// The form of a label that is compared: lower case, with single spaces (CommonMark 6.3).
fn normalized(label: &str) -> Cow<'_, str> {
    let is_normal = |byte: u8| byte.is_ascii_graphic() && !byte.is_ascii_uppercase();
    if label.bytes().all(is_normal) {
        return Cow::Borrowed(label);
    }
    let words: Vec<&str> = label.split_whitespace().collect();
    Cow::Owned(words.join(" ").to_lowercase())
}

struct ReferenceCheck<'a> {
    source: &'a Source,
    definitions: Vec<Definition<'a>>,
    /// The addresses of all references of the document, by position.
    used_addresses: &'a [Span],
    problems: Vec<Diagnostic>,
}

impl ReferenceCheck<'_> {
    /// Reports `[text][label]` without a definition.
    fn check_links(&mut self, tree: &Tree) {
        let text = &self.source.text;
        // There are very many text nodes and few `][`: searching the whole text once is far faster than searching each node.
        let mut middles: Vec<u32> = Vec::new();
        for (at, _) in text.match_indices("][") {
            middles.push(at as u32);
        }
        if middles.is_empty() {
            return;
        }
        let mut literal_until = 0;
        let mut open_code_elements = 0_usize;
        for (at, node) in tree.nodes.iter().enumerate() {
            match &node.kind {
                NodeKind::Code
                | NodeKind::CodeBlock(_)
                | NodeKind::Math
                | NodeKind::MathBlock
                | NodeKind::Link(..)
                | NodeKind::Image(..) => {
                    literal_until = literal_until.max(at + 1 + node.len as usize);
                }
                NodeKind::Paragraph
                | NodeKind::Heading(..)
                | NodeKind::ListItem
                // A `<code>` without an end must not hide the links of the rest of the page.
                | NodeKind::TableCell => open_code_elements = 0,
                NodeKind::Html(_) => {
                    open_code_elements = code_depth(open_code_elements, node.span.of(text));
                }
                NodeKind::Text(None) if at >= literal_until && open_code_elements == 0 => {
                    self.check_text(&middles, node.span);
                }
                _ => {}
            }
        }
    }

    /// Checks the `][` in one text node.
    fn check_text(&mut self, middles: &[u32], span: Span) {
        let first = middles.partition_point(|at| *at < span.start);
        for at in &middles[first..] {
            // The second bracket has to be in the same node: otherwise there is markup between them.
            if at + 1 >= span.end {
                break;
            }
            if let Some(link) = link_around(&self.source.text, *at as usize) {
                self.check_link(&link);
            }
        }
    }

    fn check_link(&mut self, link: &ReferenceLink) {
        let name = link.label.of(&self.source.text);
        let wanted = normalized(name);
        if wanted.is_empty() || name.starts_with('^') {
            return;
        }
        let mut definitions = self.definitions.iter();
        if definitions.any(|definition| normalized(definition.label) == wanted) {
            return;
        }
        let labels = self.definitions.iter().map(|definition| definition.label);
        let suggestion = nearest(name, labels);
        if suggestion.is_none() && !self.is_meant_as_link(name) {
            return;
        }
        let help = match suggestion {
            None if is_address(name) => {
                message!("Write `]({name})`: an address is in parentheses.", name)
            }
            Some(suggestion) => message!("Did you mean `[{label}]`?", label = suggestion),
            None => message!(
                "Add a line `[{name}]: page.md`, or write `\\[` if the brackets are intended.",
                name
            ),
        };
        let path = &self.source.path;
        let message = message!(
            "reference `[{name}]` is not defined; the brackets are shown",
            name
        );
        let problem = Diagnostic::new(Code::UndefinedReference, path, link.label, message)
            .label(path, link.span, "used here")
            .help(help);
        self.problems.push(problem);
    }

    /// True if brackets next to others are meant as a link: `[Bug Bash][Unstable]` and `mon[,][yy]` are just text. Of 59 such places without a
    /// definition of a similar name in 31 repositories, 38 were text.
    fn is_meant_as_link(&self, label: &str) -> bool {
        if !label.starts_with(char::is_alphanumeric) {
            return false;
        }
        // Its author writes links so.
        if self
            .definitions
            .iter()
            .any(|definition| !definition.is_comment())
        {
            return true;
        }
        // Nobody puts an address, or a name made for the purpose, in brackets for its own sake.
        let is_made = label.contains(['-', '.', '/', ':', '#'])
            || label.bytes().all(|byte| byte.is_ascii_digit());
        is_made || label.chars().all(char::is_lowercase)
    }

    /// Reports definitions that no link uses, and those with a label that is already defined.
    fn check_definitions(&mut self) {
        let mut problems = Vec::new();
        let mut first: FxHashMap<Cow<'_, str>, &Definition<'_>> = FxHashMap::default();
        for definition in &self.definitions {
            if definition.is_comment() {
                continue;
            }
            let label = normalized(definition.label);
            if let Some(earlier) = first.get(&label) {
                problems.push(self.duplicate(definition, earlier));
                continue;
            }
            first.insert(label, definition);
            if !self.is_used(definition) {
                problems.push(self.unused(definition));
            }
        }
        self.problems.append(&mut problems);
    }

    fn is_used(&self, definition: &Definition<'_>) -> bool {
        let addresses = self.used_addresses;
        let first = addresses.partition_point(|span| span.start < definition.span.start);
        for span in &addresses[first..] {
            if span.start > definition.span.end {
                break;
            }
            if definition.span.contains(*span) {
                return true;
            }
        }
        false
    }

    fn duplicate(&self, definition: &Definition<'_>, earlier: &Definition<'_>) -> Diagnostic {
        let is_same = earlier.address == definition.address;
        let path = &self.source.path;
        let message = message!(
            "`[{label}]` is already defined above; the first definition applies",
            label = definition.label
        );
        let problem = Diagnostic::new(Code::DuplicateReference, path, definition.span, message)
            .label(path, earlier.span, "first defined here")
            .help("Remove one of the lines.");
        // With the same address no link opens the wrong page, and removing the line changes nothing.
        let level = if is_same { Level::Note } else { Level::Warning };
        removing_line(problem.with_level(level), self.source).with_safe_fix(is_same)
    }

    fn unused(&self, definition: &Definition<'_>) -> Diagnostic {
        let path = &self.source.path;
        let message = message!(
            "definition `[{label}]` is not used",
            label = definition.label
        );
        let problem = Diagnostic::new(Code::UnusedReference, path, definition.span, message);
        removing_line(problem.help("Remove the line."), self.source).with_safe_fix(true)
    }
}

/// `[text][label]`, or `[label][]`.
struct ReferenceLink {
    span: Span,
    label: Span,
}

/// The link whose `][` is at `middle`. There may be markup before and after the text node it is in.
fn link_around(text: &str, middle: usize) -> Option<ReferenceLink> {
    let label_start = middle + "][".len();
    let rest = &text[label_start..];
    let len = rest.find([']', '[', '\n'])?;
    if !rest[len..].starts_with(']') {
        return None;
    }
    let label_end = label_start + len;
    let open = opening_bracket(text, middle)?;
    let inside = &text[open + 1..middle];
    let before = text[..open].chars().next_back();
    let after = text[label_end + 1..].chars().next();
    // `a[0][1]` and `string[][]` are code, and so is what follows an escaped bracket.
    let is_index = before.is_some_and(is_before_index);
    let is_other = after == Some('[')
        || inside.trim().is_empty()
        || inside.ends_with('\\')
        || inside.starts_with('!');
    // `[x][]` is more often a checkbox than a link.
    let is_checkbox = len == 0 && inside.len() < 2;
    if is_index || is_other || is_checkbox {
        return None;
    }
    let label = if len == 0 {
        Span::new(open + 1, middle)
    } else {
        Span::new(label_start, label_end)
    };
    Some(ReferenceLink {
        span: Span::new(open, label_end + 1),
        label,
    })
}

fn is_before_index(char: char) -> bool {
    char.is_alphanumeric() || matches!(char, '_' | ']' | ')' | '\\')
}

/// The bracket that the one at `close` closes, in the same paragraph. The distance is limited, so that a text of nothing but brackets is
/// not searched again for each of them.
fn opening_bracket(text: &str, close: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut depth = 0_usize;
    for at in (close.saturating_sub(1000)..close).rev() {
        match bytes[at] {
            b']' => depth += 1,
            b'[' if depth == 0 => return Some(at),
            b'[' => depth -= 1,
            b'\n' if text[..at].ends_with('\n') || text[..at].ends_with("\n\r") => return None,
            _ => {}
        }
    }
    None
}

/// `problem` with a fix that removes its line, if there is nothing else in the line.
fn removing_line(problem: Diagnostic, source: &Source) -> Diagnostic {
    let span = problem.location.span;
    let (start, end) = (span.start as usize, span.end as usize);
    if start > 0 && !source.text[..start].ends_with(['\n', '\r']) {
        return problem;
    }
    let rest = &source.text[end..];
    let spaces = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let newline = match &rest.as_bytes()[spaces..] {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => 0,
    };
    let location = FileSpan {
        path: source.path.clone(),
        span: Span::new(start, end + spaces + newline),
    };
    let fix = Fix {
        title: "remove the line".into(),
        safe: false,
        edits: vec![Edit {
            location,
            replacement: String::new(),
        }],
    };
    Diagnostic {
        fix: Some(fix),
        ..problem
    }
}
