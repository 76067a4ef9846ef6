//! Any YAML text -> a tree, with the events of the YAML library. Positions are those of the library, put right where it is vague.

use granit_parser::{Event, Options, Parser, ScalarStyle as ParsedStyle};
use rustc_hash::FxHashMap;

use super::explain::explain;
use super::{Scalar, ScalarStyle, YamlEntry, YamlError, YamlNode, YamlValue};
use crate::message;
use crate::source::{Message, Span};

/// Deeper nesting is an error. No content needs it, and recursion over a tree cannot overflow the stack.
const MAX_DEPTH: usize = 48;

/// What all aliases of a text may expand to, in bytes. Nine lines of aliases of aliases would be gigabytes ("billion laughs"); a toc that uses its
/// entries twice stays far below.
const MAX_EXPANDED: usize = 1 << 20;

/// What a value counts besides its text: about the size of a node.
const NODE_SIZE: usize = 64;

/// Reads the first document of `text`, which starts `base` bytes into its source, with everything that YAML allows.
pub(super) fn parse_events(text: &str, base: usize) -> (Option<YamlNode>, Vec<YamlError>) {
    let mut options = Options::default();
    options.emit_comments = false;
    let mut builder = Builder {
        open: Vec::new(),
        root: None,
        problems: Vec::new(),
        anchors: FxHashMap::default(),
        expanded: 0,
    };
    for event in Parser::new_from_str_with_options(text, options) {
        match event {
            // What follows is another document, for example the text after front matter.
            Ok((Event::DocumentEnd, _)) => break,
            Ok((event, span)) => {
                let range = span.byte_range().unwrap_or(0..0);
                if !builder.take(event, Span::new(range.start + base, range.end + base)) {
                    break;
                }
            }
            Err(error) => {
                builder.problems.push(syntax_error(text, base, &error));
                return (None, builder.problems);
            }
        }
    }
    (builder.root, builder.problems)
}

/// The error in the author's words, if it is a usual mistake, and in those of the library otherwise.
fn syntax_error(text: &str, base: usize, error: &granit_parser::ScanError) -> YamlError {
    let at = byte_of(text, error);
    match explain(text, at) {
        Some(found) => YamlError {
            span: Span::new(
                base + found.span.range().start,
                base + found.span.range().end,
            ),
            message: found.message,
            help: Some(found.help),
            earlier: None,
        },
        None => YamlError {
            span: Span::at(base + at),
            message: error.info().to_owned().into(),
            help: None,
            earlier: None,
        },
    }
}

fn byte_of(text: &str, error: &granit_parser::ScanError) -> usize {
    let marker = error.marker();
    let at = marker
        .byte_offset()
        .or_else(|| text.char_indices().nth(marker.index()).map(|(at, _)| at))
        .unwrap_or(text.len());
    let mut at = at.min(text.len());
    // The library counts bytes, but may stop within a character.
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

struct Builder {
    open: Vec<Open>,
    root: Option<YamlNode>,
    problems: Vec<YamlError>,
    /// The values that can be referred to, by the number the library gives their anchor.
    anchors: FxHashMap<usize, AnchoredValue>,
    /// The size of all values that were referred to so far.
    expanded: usize,
}

struct Open {
    span: Span,
    kind: OpenKind,
    /// The number of its anchor; 0 if it has none.
    anchor: usize,
}

/// A value with an anchor.
struct AnchoredValue {
    node: YamlNode,
    size: usize,
    depth: usize,
}

enum OpenKind {
    List(Vec<YamlNode>),
    /// The entries, the key that has no value yet, and which entry each key is once there are many of them.
    Map(
        Vec<YamlEntry>,
        Option<(Box<str>, Span)>,
        FxHashMap<Box<str>, usize>,
    ),
}

impl Builder {
    fn problem(&mut self, span: Span, message: impl Into<Message>) {
        self.problems.push(YamlError {
            span,
            message: message.into(),
            help: None,
            earlier: None,
        });
    }

    /// False if nothing more should be read.
    fn take(&mut self, event: Event<'_>, span: Span) -> bool {
        match event {
            Event::Scalar(text, style, anchor, _) => {
                let node = YamlNode {
                    span,
                    value: YamlValue::Scalar(Scalar {
                        text: text.into(),
                        style: style_of(style),
                    }),
                };
                self.remember(anchor, &node);
                self.add(node);
            }
            Event::SequenceStart(_, anchor, _) => {
                return self.open(span, anchor, OpenKind::List(Vec::new()));
            }
            Event::MappingStart(_, anchor, _) => {
                let map = OpenKind::Map(Vec::new(), None, FxHashMap::default());
                return self.open(span, anchor, map);
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            Event::Alias(anchor) => {
                let node = match self.referred(anchor) {
                    Ok(node) => node,
                    Err(message) => {
                        self.problem(span, message);
                        YamlNode {
                            span,
                            // An empty value in its place, so that what follows is still read.
                            value: empty(),
                        }
                    }
                };
                self.add(node);
            }
            _ => {}
        }
        true
    }

    /// The value that `*name` refers to, with the positions it was written at.
    fn referred(&mut self, anchor: usize) -> Result<YamlNode, &'static str> {
        // The anchor of a value around the reference is not finished, so it isn't known yet.
        let Some(value) = self.anchors.get(&anchor) else {
            return Err("`*name` refers to the value it is part of");
        };
        if self.open.len() + value.depth > MAX_DEPTH {
            return Err("`*name` nests values too deep");
        }
        self.expanded += value.size;
        if self.expanded > MAX_EXPANDED {
            return Err("the values that `*name` refers to are too large together");
        }
        Ok(value.node.clone())
    }

    fn remember(&mut self, anchor: usize, node: &YamlNode) {
        if anchor == 0 {
            return;
        }
        let (size, depth) = measure(node);
        let node = node.clone();
        self.anchors
            .insert(anchor, AnchoredValue { node, size, depth });
    }

    fn open(&mut self, span: Span, anchor: usize, kind: OpenKind) -> bool {
        if self.open.len() >= MAX_DEPTH {
            self.problem(
                span,
                message!(
                    "nested more than {max_depth} levels deep",
                    max_depth = MAX_DEPTH
                ),
            );
            self.root = None;
            return false;
        }
        self.open.push(Open { span, kind, anchor });
        true
    }

    fn close(&mut self, end: Span) {
        let Some(open) = self.open.pop() else { return };
        let value = match open.kind {
            OpenKind::List(items) => YamlValue::List(items),
            OpenKind::Map(entries, ..) => YamlValue::Map(entries),
        };
        let last = match &value {
            YamlValue::List(items) => items.last().map(|node| node.span.end),
            YamlValue::Map(entries) => entries
                .last()
                .map(|entry| entry.value.span.end.max(entry.key_span.end)),
            YamlValue::Scalar(_) => None,
        };
        // A block collection ends with its last value; a flow collection with its bracket.
        let end = if end.is_empty() {
            last.unwrap_or(end.end)
        } else {
            end.end
        };
        let node = YamlNode {
            span: Span {
                start: open.span.start,
                end: end.max(open.span.start),
            },
            value,
        };
        self.remember(open.anchor, &node);
        self.add(node);
    }

    fn add(&mut self, node: YamlNode) {
        match self.open.last_mut() {
            None => self.root = self.root.take().or(Some(node)),
            Some(Open {
                kind: OpenKind::List(items),
                ..
            }) => items.push(node),
            Some(Open {
                kind: OpenKind::Map(entries, pending, known),
                ..
            }) => match pending.take() {
                None => {
                    let key = node.text().unwrap_or("").into();
                    *pending = Some((key, node.span));
                }
                Some((key, key_span)) => {
                    let entry = YamlEntry {
                        key,
                        key_span,
                        value: node,
                    };
                    let Some(known) = find(entries, known, &entry.key) else {
                        entries.push(entry);
                        return;
                    };
                    self.problems.push(YamlError {
                        span: entry.key_span,
                        message: message!(
                            "`{key}` is given twice; the last one counts",
                            key = entry.key
                        ),
                        help: None,
                        earlier: Some(known.key_span),
                    });
                    // As DocFX and JSON parsers do, so that a site keeps the addresses and uids it has been published with.
                    *known = entry;
                }
            },
        }
    }
}

/// The entry with this key. A few are looked through; of many, each is put into `known` once.
fn find<'e>(
    entries: &'e mut [YamlEntry],
    known: &mut FxHashMap<Box<str>, usize>,
    key: &str,
) -> Option<&'e mut YamlEntry> {
    // Comparing a few keys is faster than hashing them. Comparing thousands with each other would let one file stop a build.
    const FEW: usize = 16;
    if entries.len() <= FEW {
        return entries.iter_mut().find(|entry| &*entry.key == key);
    }
    for (at, entry) in entries.iter().enumerate().skip(known.len()) {
        known.insert(entry.key.clone(), at);
    }
    known.get(key).map(|&at| &mut entries[at])
}

/// The size of a value in bytes, and how many levels are in it.
fn measure(node: &YamlNode) -> (usize, usize) {
    let (mut size, mut depth) = (NODE_SIZE, 0);
    match &node.value {
        YamlValue::Scalar(scalar) => size += scalar.text.len(),
        YamlValue::List(items) => {
            for item in items {
                let (item_size, item_depth) = measure(item);
                size += item_size;
                depth = depth.max(item_depth + 1);
            }
        }
        YamlValue::Map(entries) => {
            for entry in entries {
                let (value_size, value_depth) = measure(&entry.value);
                size += entry.key.len() + value_size;
                depth = depth.max(value_depth + 1);
            }
        }
    }
    (size, depth)
}

fn empty() -> YamlValue {
    YamlValue::Scalar(Scalar {
        text: "".into(),
        style: ScalarStyle::Plain,
    })
}

fn style_of(style: ParsedStyle) -> ScalarStyle {
    match style {
        ParsedStyle::Plain => ScalarStyle::Plain,
        ParsedStyle::SingleQuoted | ParsedStyle::DoubleQuoted => ScalarStyle::Quoted,
        ParsedStyle::Literal => ScalarStyle::Literal,
        ParsedStyle::Folded => ScalarStyle::Folded,
    }
}
