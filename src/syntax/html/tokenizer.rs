//! HTML text -> [`Token`]s with their bytes. Everything that reads tags goes through here, so that all of it agrees on where a tag, a
//! comment or a script ends.

use std::borrow::Cow;
use std::convert::Infallible;
use std::ops::Range;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

/// A token that carries markup, or text; doctypes are passed over. Names are in lower case.
#[derive(Debug, PartialEq, Eq)]
pub enum Token<'a> {
    /// An attribute of the start tag that is being read; its bytes are those of the value without quotes.
    Attribute {
        /// The element whose tag it is in.
        element: &'a str,
        /// Its name.
        name: &'a str,
        /// The first byte of its name.
        name_start: usize,
        /// Its value, with character references resolved; empty for a name alone.
        value: Cow<'a, str>,
    },
    /// A whole start tag, from `<` to `>`; comes after its attributes.
    StartTag {
        /// The element.
        element: &'a str,
        /// True if it ends with `/>`.
        self_closing: bool,
    },
    /// A whole end tag, from `<` to `>`.
    EndTag {
        /// The element.
        element: Cow<'a, str>,
    },
    /// A comment with its signs.
    Comment,
    /// Text, with character references resolved. Only [`tokenize_with_text`] has these.
    Text(Cow<'a, str>),
}

/// Hands every token of `html` but text to `handle`, in order, with the bytes it was read from.
pub fn tokenize(html: &str, handle: impl FnMut(Token<'_>, Range<usize>)) {
    run(html, false, handle);
}

/// Hands every token of `html` to `handle`, in order, with the bytes it was read from.
pub fn tokenize_with_text(html: &str, handle: impl FnMut(Token<'_>, Range<usize>)) {
    run(html, true, handle);
}

fn run(html: &str, with_text: bool, handle: impl FnMut(Token<'_>, Range<usize>)) {
    let mut state = TagState {
        html,
        handle,
        with_text,
        element: String::new(),
        tag_start: 0,
        attribute: String::new(),
        attribute_start: 0,
    };
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, span: Span| {
        state.event(event, span);
        None::<Infallible>
    });
    // The content of `script`, `style` and `textarea` is text.
    emitter.naively_switch_states(true);
    let Ok(()) = Tokenizer::new_with_emitter(html, emitter).finish();
}

/// The tag that is being read. The buffers are reused from tag to tag: a page has hundreds.
struct TagState<'h, F> {
    html: &'h str,
    handle: F,
    with_text: bool,
    element: String,
    tag_start: usize,
    attribute: String,
    attribute_start: usize,
}

impl<F: FnMut(Token<'_>, Range<usize>)> TagState<'_, F> {
    fn event(&mut self, event: CallbackEvent<'_>, span: Span) {
        // At the end of the text the tokenizer counts one byte too many.
        let end = span.end.min(self.html.len());
        match event {
            CallbackEvent::OpenStartTag { name } => {
                // Text that isn't UTF-8 can't come here: the source was decoded. The lossy
                // conversion costs nothing then.
                replace(&mut self.element, name);
                self.tag_start = self.tag_start(span);
            }
            CallbackEvent::AttributeName { name } => {
                replace(&mut self.attribute, name);
                self.attribute_start = span.start;
            }
            CallbackEvent::AttributeValue { value } => {
                let token = Token::Attribute {
                    element: &self.element,
                    name: &self.attribute,
                    name_start: self.attribute_start,
                    value: String::from_utf8_lossy(value),
                };
                (self.handle)(token, span.start.min(end)..end);
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                let token = Token::StartTag {
                    element: &self.element,
                    self_closing,
                };
                (self.handle)(token, self.tag_start..end);
            }
            CallbackEvent::EndTag { name } => {
                let token = Token::EndTag {
                    element: String::from_utf8_lossy(name),
                };
                let start = self.tag_start(span);
                (self.handle)(token, start..end);
            }
            CallbackEvent::Comment { .. } => {
                (self.handle)(Token::Comment, span.start.min(end)..end);
            }
            CallbackEvent::String { value } if self.with_text => {
                let text = Token::Text(String::from_utf8_lossy(value));
                (self.handle)(text, span.start.min(end)..end);
            }
            CallbackEvent::String { .. }
            | CallbackEvent::Doctype { .. }
            | CallbackEvent::Error(_) => {}
        }
    }

    /// The `<` of the tag at `span`: the tokenizer counts some tags from their `<` and some from their name.
    fn tag_start(&self, span: Span) -> usize {
        let before = &self.html[..(span.start + 1).min(self.html.len())];
        before.rfind('<').unwrap_or(span.start)
    }
}

fn replace(buffer: &mut String, name: &[u8]) {
    buffer.clear();
    buffer.push_str(&String::from_utf8_lossy(name));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(html: &str) -> Vec<String> {
        let mut found = Vec::new();
        tokenize(html, |token, range| {
            let kind = match token {
                Token::Attribute {
                    element,
                    name,
                    value,
                    ..
                } => format!("{element}.{name}={value}"),
                Token::StartTag {
                    element,
                    self_closing,
                } => format!("start {element} {self_closing}"),
                Token::EndTag { element } => format!("end {element}"),
                Token::Comment => "comment".to_owned(),
                Token::Text(text) => format!("text {text}"),
            };
            found.push(format!("{kind} {}", &html[range]));
        });
        found
    }

    #[test]
    fn tokens_have_the_bytes_they_were_read_from() {
        assert_eq!(
            tokens("på <A href='x&amp;y'>b</A ><br/><!-- c -->"),
            [
                "a.href=x&y x&amp;y",
                "start a false <A href='x&amp;y'>",
                "end a </A >",
                "start br true <br/>",
                "comment <!-- c -->",
            ]
        );
    }

    #[test]
    fn tags_in_scripts_are_text() {
        assert_eq!(
            tokens("<script>'<i id=x>'</script>"),
            ["start script false <script>", "end script </script>"]
        );
    }

    #[test]
    fn what_is_not_closed_ends_with_the_text() {
        assert_eq!(tokens("<!-- open"), ["comment <!-- open"]);
        assert_eq!(tokens("<a href='x"), Vec::<String>::new());
    }
}
