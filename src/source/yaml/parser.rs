//! Any YAML text -> a tree, with the events of the YAML library. Positions are those of the library, put right where it is vague.

use granit_parser::{Event, Options, Parser, ScalarStyle as ParsedStyle};
use rustc_hash::FxHashMap;

use super::{Scalar, ScalarStyle, YamlEntry, YamlError, YamlNode, YamlValue};
use crate::source::Span;

/// Deeper nesting is an error. No content needs it, and recursion over a tree cannot overflow the stack.
const MAX_DEPTH: usize = 48;

/// Reads the first document of `text`, which starts `base` bytes into its source, with everything that YAML allows.
pub(super) fn parse_events(text: &str, base: usize) -> (Option<YamlNode>, Vec<YamlError>) {
    let mut options = Options::default();
    options.emit_comments = false;
    let mut builder = Builder {
        open: Vec::new(),
        root: None,
        problems: Vec::new(),
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
                let at = base + byte_of(text, &error);
                builder.problem(Span::at(at), error.info());
                return (None, builder.problems);
            }
        }
    }
    (builder.root, builder.problems)
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
}

struct Open {
    span: Span,
    kind: OpenKind,
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
    fn problem(&mut self, span: Span, message: impl Into<String>) {
        self.problems.push(YamlError {
            span,
            message: message.into(),
            earlier: None,
        });
    }

    /// False if nothing more should be read.
    fn take(&mut self, event: Event<'_>, span: Span) -> bool {
        match event {
            Event::Scalar(text, style, _, _) => self.add(YamlNode {
                span,
                value: YamlValue::Scalar(Scalar {
                    text: text.into(),
                    style: style_of(style),
                }),
            }),
            Event::SequenceStart(..) => return self.open(span, OpenKind::List(Vec::new())),
            Event::MappingStart(..) => {
                return self.open(span, OpenKind::Map(Vec::new(), None, FxHashMap::default()));
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            // Nine lines of aliases of aliases expand to gigabytes ("billion laughs"), and no content uses them.
            Event::Alias(_) => {
                self.problem(span, "references to earlier values (`*name`) are not supported; quote the text if it is meant literally");
                self.add(YamlNode {
                    span,
                    value: empty(),
                });
            }
            _ => {}
        }
        true
    }

    fn open(&mut self, span: Span, kind: OpenKind) -> bool {
        if self.open.len() >= MAX_DEPTH {
            self.problem(span, format!("nested more than {MAX_DEPTH} levels deep"));
            self.root = None;
            return false;
        }
        self.open.push(Open { span, kind });
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
        self.add(YamlNode {
            span: Span {
                start: open.span.start,
                end: end.max(open.span.start),
            },
            value,
        });
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
                Some((key, key_span)) => match find(entries, known, &key) {
                    Some(first) => {
                        let earlier = Some(first.key_span);
                        self.problems.push(YamlError {
                            span: key_span,
                            message: format!("`{key}` is given twice; the first one counts"),
                            earlier,
                        });
                    }
                    None => entries.push(YamlEntry {
                        key,
                        key_span,
                        value: node,
                    }),
                },
            },
        }
    }
}

/// The entry with this key. A few are looked through; of many, each is put into `known` once.
fn find<'e>(
    entries: &'e [YamlEntry],
    known: &mut FxHashMap<Box<str>, usize>,
    key: &str,
) -> Option<&'e YamlEntry> {
    // Comparing a few keys is faster than hashing them. Comparing thousands with each other would let one file stop a build.
    const FEW: usize = 16;
    if entries.len() <= FEW {
        return entries.iter().find(|entry| &*entry.key == key);
    }
    for (at, entry) in entries.iter().enumerate().skip(known.len()) {
        known.insert(entry.key.clone(), at);
    }
    known.get(key).map(|&at| &entries[at])
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
