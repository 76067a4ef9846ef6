//! The text of Fluent files -> parsed resources, grouped by the language in their names, and problems with their positions. Doesn't know any
//! message.

use std::collections::BTreeMap;
use std::sync::Arc;

use fluent::FluentResource;
use fluent::resolver::ResolverError;
use fluent::resolver::errors::ReferenceKind;
use fluent_syntax::ast::Entry;
use fluent_syntax::parser::{ErrorKind, ParserError};

use super::Locale;
use crate::diagnostic::{Code, Diagnostic};
use crate::message;
use crate::source::{Message, SitePath, Span};

/// A Fluent file.
#[derive(Debug, Clone)]
pub struct MessageFile {
    /// The stem of its name, which is the tag of its language: `nb`.
    pub name: String,
    /// Its path.
    pub path: SitePath,
    /// Its text.
    pub text: Arc<str>,
}

/// A file with the messages that are valid.
pub(super) struct File<'a> {
    pub(super) messages: &'a MessageFile,
    pub(super) resource: FluentResource,
}

/// The deepest nesting of braces. The parser recurses, so that a file with thousands of them would overflow the stack; real messages have two or three.
const MAX_DEPTH: usize = 50;

/// All files that can be read, by the tag in their name.
pub(super) fn by_name<'a>(
    files: &'a [MessageFile],
    problems: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Vec<File<'a>>> {
    let mut names: BTreeMap<String, Vec<File>> = BTreeMap::new();
    for messages in files {
        if let Some(resource) = messages.read(problems) {
            names
                .entry(normal(&messages.name))
                .or_default()
                .push(File { messages, resource });
        }
    }
    names
}

/// The names of files in the locale's language, best first: `nb-NO`, `nb`, and the name of its folder.
pub(super) fn names_of(locale: &Locale) -> Vec<String> {
    let mut names = Vec::new();
    let mut tag = normal(&locale.tag);
    loop {
        names.push(tag.clone());
        match tag.rfind('-') {
            Some(at) => tag.truncate(at),
            None => break,
        }
    }
    match tag.as_str() {
        // Sites call Bokmål by either tag, so each finds files of the other. Nynorsk (`nn`) has its own texts and finds them by its
        // fallbacks only.
        "nb" => names.push("no".into()),
        "no" => names.push("nb".into()),
        _ => {}
    }
    let folder = normal(&locale.folder);
    if !names.contains(&folder) {
        names.push(folder);
    }
    names
}

/// Tags are compared without regard to case.
fn normal(tag: &str) -> String {
    // Gettext and Java write `nb_NO`.
    tag.replace('_', "-").to_ascii_lowercase()
}

impl MessageFile {
    fn read(&self, problems: &mut Vec<Diagnostic>) -> Option<FluentResource> {
        if let Some(at) = too_deep(&self.text) {
            problems.push(self.problem(
                Code::InvalidMessage,
                Span::new(at, at + 1),
                message!(
                    "braces nested more than {max_depth} levels deep",
                    max_depth = MAX_DEPTH
                ),
            ));
            return None;
        }
        let (resource, errors) = match FluentResource::try_new(self.text.to_string()) {
            Ok(resource) => (resource, Vec::new()),
            Err((resource, errors)) => (resource, errors),
        };
        for error in errors {
            let (message, help) = explain(&error.kind);
            let mut problem = self.problem(Code::InvalidMessage, self.place_of(&error), message);
            problem.help.extend(help);
            problems.push(problem);
        }
        self.repetitions(&resource, problems);
        Some(resource)
    }

    fn repetitions(&self, resource: &FluentResource, problems: &mut Vec<Diagnostic>) {
        let mut seen = BTreeMap::new();
        for entry in resource.entries() {
            let name = match entry {
                Entry::Message(message) => message.id.name.to_string(),
                Entry::Term(term) => format!("-{}", term.id.name),
                _ => continue,
            };
            *seen.entry(name).or_insert(0) += 1;
        }
        for (name, count) in seen {
            if count < 2 {
                continue;
            }
            let spans = self.starts(&name);
            if let (Some(&first), Some(&last)) = (spans.first(), spans.last()) {
                let problem = self.problem(
                    Code::DuplicateMessage,
                    first,
                    message!("`{name}` is given twice; the last one counts", name),
                );
                problems.push(
                    problem
                        .label(&self.path, last, "this one counts")
                        .help(message!(
                            "Remove one of them from `{path}`.",
                            path = self.path
                        )),
                );
            }
        }
    }

    /// The problem that `key` cannot be formatted.
    pub(super) fn broken(&self, key: &str, error: &ResolverError) -> Diagnostic {
        let id = key.split('.').next().unwrap_or(key);
        let span = self.starts(id).last().copied().unwrap_or_default();
        let (reason, help) = match error {
            ResolverError::Reference(ReferenceKind::Function { id }) => (
                message!("unknown function `{id}`", id),
                "The only function is `NUMBER`.",
            ),
            ResolverError::Reference(ReferenceKind::Term { id, .. }) => (
                message!("unknown term `-{id}`", id),
                "Give the term in the same language.",
            ),
            ResolverError::Reference(ReferenceKind::Message {
                id,
                attribute: None,
            }) => (
                message!("unknown message `{id}`", id),
                "Give the message it uses in the same language.",
            ),
            ResolverError::Reference(ReferenceKind::Message {
                id,
                attribute: Some(attribute),
            }) => (
                message!("unknown attribute `.{attribute}` of `{id}`", attribute, id),
                "Give the message it uses in the same language.",
            ),
            ResolverError::Cyclic => ("it is part of itself".into(), "Write its text out."),
            other => (lower(&other.to_string()).into(), "Write its text out."),
        };
        self.problem(
            Code::BrokenMessage,
            span,
            message!("`{key}` has no value: {reason}", key, reason),
        )
        .help(help)
    }

    /// Where the entries called `name` begin; names start at the first byte of a line.
    fn starts(&self, name: &str) -> Vec<Span> {
        // The syntax tree of the library has no positions, so they are searched in the text.
        let mut at = 0;
        let mut spans = Vec::new();
        for line in self.text.split_inclusive('\n') {
            if let Some(rest) = line.strip_prefix(name)
                && rest.trim_start_matches(' ').starts_with('=')
            {
                spans.push(Span::new(at, at + name.len()));
            }
            at += line.len();
        }
        spans
    }

    fn problem(&self, code: Code, span: Span, message: impl Into<Message>) -> Diagnostic {
        Diagnostic::new(code, &self.path, span, message)
    }

    /// What the author has to change: the brace that is not closed, or the line that is not a message. The parser only knows the position where
    /// it could not go on.
    fn place_of(&self, error: &ParserError) -> Span {
        let span = self.span(error.pos.start, error.pos.end);
        let before = &self.text[..span.range().start];
        let start = match &error.kind {
            ErrorKind::ExpectedToken('}') => match self.open_brace(before, error) {
                Some(at) => return Span::new(at, at + 1),
                None => span.range().start,
            },
            ErrorKind::ExpectedToken('=') => before.rfind('\n').map_or(0, |at| at + 1),
            _ => span.range().start,
        };
        let line = self.text[start..].lines().next().unwrap_or("").trim_end();
        Span::new(start, start + line.len())
    }

    /// The last `{` before an error, if it belongs to the same message.
    fn open_brace(&self, before: &str, error: &ParserError) -> Option<usize> {
        let at = before.rfind('{')?;
        let message = error.slice.as_ref()?;
        if message.start > at {
            return None;
        }
        Some(at)
    }

    /// The parser counts bytes and may stop within a character or beyond the end.
    fn span(&self, start: usize, end: usize) -> Span {
        let start = self.text.floor_char_boundary(start.min(self.text.len()));
        let end = self.text.ceil_char_boundary(end.min(self.text.len()));
        Span::new(start, end)
    }
}

/// The first brace or parenthesis that is nested too deeply.
fn too_deep(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut quoted = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'"' if depth > 0 => quoted = !quoted,
            // A string literal ends with its line, so one forgotten quote does not hide all braces that follow.
            b'\n' => quoted = false,
            _ if quoted => {}
            b'{' => depth += 1,
            b'(' if depth > 0 => depth += 1,
            b'}' | b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Some(at);
        }
    }
    None
}

/// The message and the help for an error of the parser.
fn explain(kind: &ErrorKind) -> (Message, Option<Message>) {
    let (message, help) = match kind {
        ErrorKind::ExpectedToken('=') => (
            "a message begins with its key and `=`",
            "Write `key = text`, and indent the lines that continue a text.",
        ),
        ErrorKind::ExpectedToken('}') => (
            "this `{` is not closed",
            "Close it with `}`, or write `{ \"{\" }` for the character itself.",
        ),
        ErrorKind::ExpectedToken(token) => {
            return (message!("`{token}` is expected here", token), None);
        }
        ErrorKind::ExpectedMessageField { entry_id }
        | ErrorKind::ExpectedTermField { entry_id } => {
            return (
                message!("`{entry_id}` has no text", entry_id),
                Some(message!("Write `{entry_id} = text`.", entry_id)),
            );
        }
        ErrorKind::UnbalancedClosingBrace => (
            "this `}` closes nothing",
            "Write `{ \"}\" }` for the character itself.",
        ),
        ErrorKind::MissingDefaultVariant => (
            "none of the variants is the default",
            "Put `*` before one of them: `*[other] ...`.",
        ),
        other => return (lower(&other.to_string()).into(), None),
    };
    (message.into(), Some(help.into()))
}

/// With the first letter in lower case.
fn lower(message: &str) -> String {
    let mut chars = message.chars();
    match chars.next() {
        Some(first) => first.to_lowercase().chain(chars).collect(),
        None => String::new(),
    }
}
