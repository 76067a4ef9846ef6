//! One line `:::name attribute="value":::` -> its attributes, checked (DocFX spec 7.1). What the attributes mean is up to the file of each
//! directive.

use crate::diagnostic::Code;
use crate::message;
use crate::source::{Message, Span};

use super::container::{BlockContainer, Container, SpannedTarget};
use super::parsed::{SyntaxProblem, TripleColon};

/// A `:::` directive: what the table in `triple_colon` lists.
pub(super) struct TripleColonDirective {
    /// The name behind `:::`, in lower case.
    pub name: &'static str,
    /// Where it may be.
    pub position: Position,
    /// Where its line ends.
    pub terminator: Terminator,
    /// The directive with these attributes.
    pub parse: fn(&TripleColonLine<'_>) -> Result<TripleColon, SyntaxProblem>,
}

/// Where a directive may be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Position {
    /// Alone on its line only.
    Block,
    /// Alone on its line or within text.
    Any,
    /// Within text only.
    Inline,
}

/// How a directive ends.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Terminator {
    /// With `:::`.
    Colons,
    /// With `:::`; alone on its line also with the line.
    ColonsOrLine,
    /// With its line; `:::` before is allowed.
    EndOfLine,
}

/// An attribute as typed; a name alone has the empty value.
struct TypedAttribute {
    name: String,
    name_span: Span,
    value: Box<str>,
    value_span: Span,
}

/// The line of one directive.
pub(super) struct TripleColonLine<'a> {
    /// True if nothing but markers of lists and quotes is before it.
    pub alone: bool,
    name: &'static str,
    text: &'a str,
    /// The byte of the source at which `text` begins.
    base: usize,
    /// The byte of `text` behind what was read.
    at: usize,
    attributes: Vec<TypedAttribute>,
}

impl<'a> TripleColonLine<'a> {
    /// The line `text`, whose directive is called `name`; its attributes begin at byte `at`.
    pub fn new(text: &'a str, base: usize, name: &'static str, at: usize) -> Self {
        TripleColonLine {
            alone: true,
            name,
            text,
            base,
            at,
            attributes: Vec::new(),
        }
    }

    /// The byte behind the directive.
    pub fn end(&self) -> usize {
        self.at
    }

    /// A problem with this directive: `:::name has {what}`.
    pub fn problem(
        &self,
        span: Span,
        what: impl Into<Message>,
        help: impl Into<Message>,
    ) -> SyntaxProblem {
        SyntaxProblem {
            code: Code::InvalidDirective,
            span,
            message: message!(
                "`:::{name}` has {what}",
                name = self.name,
                what = what.into()
            ),
            help: help.into(),
        }
    }

    /// The bytes of the whole line.
    pub fn span(&self) -> Span {
        Span::new(self.base, self.base + self.text.trim_end().len())
    }

    /// A problem if text follows the directive on its line.
    pub fn expect_end_of_line(&self) -> Result<(), SyntaxProblem> {
        let whole = self.span();
        if self.text[self.at..].trim().is_empty() {
            return Ok(());
        }
        let after = Span::new(self.base + self.at, whole.end as usize);
        Err(self.problem(after, "text after it", "Put it on a line of its own."))
    }

    /// Reads the attributes up to `:::`, or to the end of the line for a directive that needs no `:::`.
    pub fn read_attributes(&mut self, terminator: Terminator) -> Result<(), SyntaxProblem> {
        loop {
            let rest = self.text[self.at..].trim_start_matches([' ', '\t']);
            self.at = self.text.len() - rest.len();
            if rest.is_empty() {
                let ends_with_line = match terminator {
                    Terminator::Colons => false,
                    Terminator::ColonsOrLine => self.alone,
                    Terminator::EndOfLine => true,
                };
                if ends_with_line {
                    self.at = self.text.trim_end().len();
                    return Ok(());
                }
                let help = "End the line with `:::`.";
                return Err(self.problem(self.span(), "no `:::` at its end", help));
            }
            // `::: zone pivot="a" :::` is allowed, while `:::` in the middle of such a line is
            // an attribute that isn't one.
            let after = rest.trim_start_matches(':');
            let is_last = terminator != Terminator::EndOfLine || after.trim().is_empty();
            if rest.starts_with(":::") && is_last {
                // `::::row::::`, in rows that are in a row. In a line of text what is behind three colons is text.
                let colons = rest.len() - after.len();
                self.at += if self.alone { colons } else { ":::".len() };
                return Ok(());
            }
            self.read_attribute(rest)?;
        }
    }

    /// Reads the attribute that `rest`, which begins at `self.at`, starts with.
    fn read_attribute(&mut self, rest: &'a str) -> Result<(), SyntaxProblem> {
        let start = self.base + self.at;
        let word = rest.split([' ', '\t']).next().unwrap_or("");
        let word_span = Span::new(start, start + word.len());
        let len = name_len(rest);
        if len == 0 || !rest.starts_with(|first: char| first.is_ascii_alphabetic()) {
            let what = message!("`{word}` where an attribute is expected", word);
            return Err(self.problem(word_span, what, "Write `name=\"value\"`."));
        }
        // DocFX lowers the names of attributes before it looks them up: `submitText` and
        // `submittext` are one.
        let name = rest[..len].to_ascii_lowercase();
        let name_span = Span::new(start, start + len);
        // DocFX reports it as an error, too: which of the two values counts can't be seen by
        // reading.
        if self.attributes.iter().any(|known| known.name == name) {
            let what = message!("`{name}` twice", name);
            return Err(self.problem(name_span, what, "Remove one of them."));
        }
        let Some(after) = rest[len..]
            .trim_start_matches([' ', '\t'])
            .strip_prefix('=')
        else {
            self.at += len;
            self.attributes.push(TypedAttribute {
                name,
                name_span,
                value: "".into(),
                value_span: name_span,
            });
            return Ok(());
        };
        let Some((value, next)) = quoted(after.trim_start_matches([' ', '\t'])) else {
            let what = message!("no value in quotes for `{name}`", name);
            let help = message!("Write `{attribute}=\"value\"`.", attribute = name);
            return Err(self.problem(word_span, what, help));
        };
        self.at = self.text.len() - next.len();
        let value_end = self.base + self.at - 1;
        self.attributes.push(TypedAttribute {
            name,
            name_span,
            value: value.into(),
            value_span: Span::new(value_end - value.len(), value_end),
        });
        Ok(())
    }

    /// A problem if there is an attribute that is not `known`.
    pub fn expect_only(&self, known: &[&str]) -> Result<(), SyntaxProblem> {
        for attribute in &self.attributes {
            if !known.contains(&attribute.name.as_str()) {
                let what = message!("no attribute `{name}`", name = attribute.name);
                let help = help_for_unknown(&attribute.name, known);
                return Err(self.problem(attribute.name_span, what, help));
            }
        }
        Ok(())
    }

    /// The value of an attribute with its bytes, unless it is missing or empty.
    pub fn target(&self, name: &str) -> Option<SpannedTarget> {
        for attribute in &self.attributes {
            if attribute.name == name && !attribute.value.is_empty() {
                return Some(SpannedTarget {
                    target: attribute.value.clone(),
                    span: attribute.value_span,
                });
            }
        }
        None
    }

    /// The value of an attribute, unless it is missing or empty.
    pub fn value(&self, name: &str) -> Option<Box<str>> {
        self.target(name).map(|found| found.target)
    }

    /// The value of an attribute that must be there.
    pub fn required(&self, name: &str) -> Result<Box<str>, SyntaxProblem> {
        let Some(value) = self.value(name) else {
            let help = message!("Add `{name}=\"...\"`.", name);
            return Err(self.problem(self.span(), message!("no `{name}`", name), help));
        };
        Ok(value)
    }

    /// Opens a block with these attributes.
    pub fn open(&self, attributes: Vec<(&'static str, Box<str>)>) -> TripleColon {
        TripleColon::Open(Container::Block(BlockContainer {
            name: self.name,
            attributes,
        }))
    }
}

/// The length of the name that `text` begins with.
pub(super) fn name_len(text: &str) -> usize {
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
    text.bytes().take_while(is_name).count()
}

/// What is in the double quotes that `text` begins with, and what follows them.
fn quoted(text: &str) -> Option<(&str, &str)> {
    text.strip_prefix('"')?.split_once('"')
}

fn help_for_unknown(name: &str, known: &[&str]) -> Message {
    let mut names = Vec::new();
    // Two typing errors at most: with three, short names such as `link` and `alt` are near each
    // other.
    for known in known {
        if strsim::damerau_levenshtein(known, name) <= 2 {
            return message!("Did you mean `{known}`?", known);
        }
        names.push(format!("`{known}`"));
    }
    message!("Its attributes are {names}.", names = names.join(", "))
}
