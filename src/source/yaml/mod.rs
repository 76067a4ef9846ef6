//! YAML text -> a tree of [`YamlNode`]s with their positions and their spelling. No value is resolved to a type: `no` stays the text `no`, and
//! `12.10` does not become a number. Configuration, front matter, tables of contents and landing pages are all read by this module, which
//! doesn't know any key.

mod plain;

use granit_parser::{Event, Options, Parser, ScalarStyle as ParsedStyle};
use rustc_hash::FxHashMap;

use super::Span;

/// Deeper nesting is an error. No content needs it, and recursion over a tree cannot overflow the stack.
const MAX_DEPTH: usize = 48;

/// A value and its position.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct YamlNode {
    /// The bytes of the value, without its key.
    pub span: Span,
    /// The value.
    pub value: YamlValue,
}

/// The three shapes of YAML.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum YamlValue {
    /// A text, number, date ... exactly as written, quotes and escapes undone.
    Scalar(Scalar),
    /// `- a` or `[a]`
    List(Vec<YamlNode>),
    /// `a: b` or `{a: b}`, in source order, keys unique.
    Map(Vec<YamlEntry>),
}

/// A value without parts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Scalar {
    /// The text.
    pub text: Box<str>,
    /// How it was written.
    pub style: ScalarStyle,
}

/// How a scalar was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ScalarStyle {
    /// Without quotes.
    Plain,
    /// In single or double quotes.
    Quoted,
    /// After `|`: line breaks are part of the text.
    Literal,
    /// After `>`: line breaks are folded into spaces.
    Folded,
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct YamlEntry {
    /// The key's text.
    pub key: Box<str>,
    /// The key's bytes.
    pub key_span: Span,
    /// The value.
    pub value: YamlNode,
}

/// Something the YAML rules forbid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YamlError {
    /// Where.
    pub span: Span,
    /// What, in lower case and without a full stop.
    pub message: String,
    /// An earlier place that matters too: the first of two equal keys.
    pub earlier: Option<Span>,
}

impl YamlNode {
    /// The text, unless this is a list, a map or nothing.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            YamlValue::Scalar(scalar) if !self.is_null() => Some(&scalar.text),
            _ => None,
        }
    }

    /// True for an empty value, `~` and `null`.
    pub fn is_null(&self) -> bool {
        matches!(&self.value, YamlValue::Scalar(Scalar { text, style: ScalarStyle::Plain }) if matches!(&**text, "" | "~" | "null" | "Null" | "NULL"))
    }

    /// The bytes of a value without the quotes around it.
    pub fn words_span(&self) -> Span {
        match &self.value {
            YamlValue::Scalar(Scalar {
                style: ScalarStyle::Quoted,
                ..
            }) if self.span.len() >= 2 => Span {
                start: self.span.start + 1,
                end: self.span.end - 1,
            },
            _ => self.span,
        }
    }

    /// The text of `key` in a map without white space around it, unless it is missing or blank.
    pub fn trimmed_text(&self, key: &str) -> Option<&str> {
        let text = self.get(key)?.text()?.trim();
        (!text.is_empty()).then_some(text)
    }

    /// The items of a list; empty for anything else.
    pub fn items(&self) -> &[YamlNode] {
        match &self.value {
            YamlValue::List(items) => items,
            _ => &[],
        }
    }

    /// The items of a list; anything else is its own only item.
    pub fn one_or_many(&self) -> &[YamlNode] {
        match &self.value {
            YamlValue::List(items) => items,
            _ => std::slice::from_ref(self),
        }
    }

    /// The entries of a map; empty for anything else.
    pub fn entries(&self) -> &[YamlEntry] {
        match &self.value {
            YamlValue::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The value of `key` in a map.
    pub fn get(&self, key: &str) -> Option<&YamlNode> {
        self.entries()
            .iter()
            .find(|entry| &*entry.key == key)
            .map(|entry| &entry.value)
    }
}

/// Reads the first document of `text`, which starts `base` bytes into its source. The tree is missing if the text is empty or too
/// damaged; the problems say why.
pub fn parse(text: &str, base: usize) -> (Option<YamlNode>, Vec<YamlError>) {
    plain::read(text, base).map_or_else(|| whole(text, base), |node| (Some(node), Vec::new()))
}

/// The same for anything that YAML can say.
fn whole(text: &str, base: usize) -> (Option<YamlNode>, Vec<YamlError>) {
    let mut options = Options::default();
    options.emit_comments = false;
    let mut builder = Builder {
        open: Vec::new(),
        root: None,
        problems: Vec::new(),
    };
    for event in Parser::new_from_str_with_options(text, options) {
        match event {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> YamlNode {
        let (node, problems) = parse(text, 0);
        assert_eq!(problems, []);
        node.unwrap()
    }

    #[test]
    fn values_keep_their_spelling_and_their_place() {
        let text = "language: no\nversion: 12.10\nso.date: 09.22.2023\nlist: [yes, 'på']\nempty:\nnot: ~\n";
        let node = read(text);
        for (key, expected) in [
            ("language", "no"),
            ("version", "12.10"),
            ("so.date", "09.22.2023"),
        ] {
            let value = node.get(key).unwrap();
            assert_eq!(value.text(), Some(expected));
            assert_eq!(value.span.of(text), expected);
        }
        let list = node.get("list").unwrap();
        assert_eq!(list.span.of(text), "[yes, 'på']");
        assert_eq!(list.items()[1].text(), Some("på"));
        assert_eq!(list.items()[1].span.of(text), "'på'");
        assert!(node.get("empty").unwrap().is_null() && node.get("not").unwrap().is_null());
        assert_eq!(node.entries()[2].key_span.of(text), "so.date");
    }

    #[test]
    fn block_scalars_and_nested_maps() {
        let text = "items:\n- title: A\n  content: |\n    one\n\n    two\n- title: B\n";
        let node = read(text);
        let items = node.get("items").unwrap();
        assert_eq!(
            items.items()[0].get("content").unwrap().text(),
            Some("one\n\ntwo\n")
        );
        let span = items.items()[0].get("content").unwrap().span;
        assert!(
            span.of(text).contains("one\n\n    two"),
            "{:?}",
            span.of(text)
        );
        assert_eq!(items.items()[1].span.of(text), "title: B");
    }

    #[test]
    fn what_yaml_forbids_is_a_problem_with_a_place() {
        let (node, problems) = parse("a: 1\nb: 2\na: 3\n", 10);
        assert_eq!(node.unwrap().get("a").unwrap().text(), Some("1"));
        assert_eq!(
            (problems[0].span, problems[0].earlier),
            (Span::new(20, 21), Some(Span::new(10, 11)))
        );
        let (node, problems) = parse("title: Slik: gjør du\n", 0);
        assert!(node.is_none());
        assert_eq!(problems.len(), 1);
        assert!(
            problems[0].span.start > 0 && !problems[0].message.is_empty(),
            "{problems:?}"
        );
        for bomb in [
            "[".repeat(100_000),
            "- ".repeat(10_000),
            "{a: ".repeat(5_000),
            "a: &x [1]\nb: *x\n".into(),
        ] {
            assert!(!parse(&bomb, 0).1.is_empty());
        }
    }
}
