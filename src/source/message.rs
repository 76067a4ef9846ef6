//! The words of a problem before their language is chosen: a template with its arguments. As a text it is English; `locale` finds the same
//! message of another language by its id. Doesn't know which languages there are.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

/// A sentence, or a part of one, about a problem.
// In one word of memory: every fallible function of the parsers may return several, and nearly none does.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Message(Box<MessageWords>);

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct MessageWords {
    /// First, so that messages are sorted by what is read, regardless of their parts.
    english: Cow<'static, str>,
    template: &'static str,
    args: Vec<(&'static str, MessageArg)>,
}

/// A value for a `{name}` of a message.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MessageArg {
    /// What an author typed, a path or a name: the same in every language.
    Text(String),
    /// Inserted as digits; chooses between singular and plural.
    Number(u64),
    /// Words that are translated themselves.
    Message(Message),
}

/// The longest id. Enough for the words that tell messages apart; a test makes sure that no two have the same.
const LONGEST_ID: usize = 64;

impl Message {
    /// The message that `template` becomes with `args`: `english`. Made by the macro `message!`, which knows both.
    pub fn new(
        english: String,
        template: &'static str,
        args: Vec<(&'static str, MessageArg)>,
    ) -> Message {
        Message(Box::new(MessageWords {
            english: Cow::Owned(english),
            template,
            args,
        }))
    }

    /// The id in the files of messages; nothing if it is in none, because it was written by another program.
    pub fn id(&self) -> Option<String> {
        (!self.0.template.is_empty()).then(|| message_id(self.0.template))
    }

    /// The values for the template.
    pub fn args(&self) -> &[(&'static str, MessageArg)] {
        &self.0.args
    }

    /// The words in English.
    pub fn english(&self) -> &str {
        &self.0.english
    }
}

/// The id of a template: its words with hyphens between them, without marks. `link to {path}` is `link-to-path`. Their case stays, as a
/// sentence may have the words of a phrase.
pub fn message_id(template: &str) -> String {
    let mut id = String::new();
    for word in template.split(|char: char| !char.is_ascii_alphanumeric()) {
        if word.is_empty() {
            continue;
        }
        // Fluent wants a letter at the start.
        if id.is_empty() && word.starts_with(|char: char| char.is_ascii_digit()) {
            id.push('n');
        }
        if !id.is_empty() {
            id.push('-');
        }
        id.push_str(word);
        if id.len() > LONGEST_ID {
            break;
        }
    }
    id
}

// So that whatever reads a message as text, such as formats for programs and baselines, reads English.
impl Deref for Message {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0.english
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0.english)
    }
}

impl fmt::Display for MessageArg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            MessageArg::Text(text) => f.pad(text),
            MessageArg::Number(number) => number.fmt(f),
            MessageArg::Message(message) => message.fmt(f),
        }
    }
}

impl PartialEq<str> for Message {
    fn eq(&self, other: &str) -> bool {
        self.0.english == other
    }
}

impl PartialEq<&str> for Message {
    fn eq(&self, other: &&str) -> bool {
        self.0.english == *other
    }
}

/// A message without arguments.
impl From<&'static str> for Message {
    fn from(template: &'static str) -> Message {
        Message(Box::new(MessageWords {
            english: Cow::Borrowed(template),
            template,
            args: Vec::new(),
        }))
    }
}

/// Words of another program, such as a system error, which nothing translates.
impl From<String> for Message {
    fn from(english: String) -> Message {
        Message::new(english, "", Vec::new())
    }
}

/// What can be the value of an argument.
pub trait ToMessageArg {
    /// The value.
    fn to_arg(&self) -> MessageArg;
}

impl ToMessageArg for Message {
    fn to_arg(&self) -> MessageArg {
        MessageArg::Message(self.clone())
    }
}

// Loops and patterns lend values, so that there may be any number of references.
impl<T: ToMessageArg + ?Sized> ToMessageArg for &T {
    fn to_arg(&self) -> MessageArg {
        (**self).to_arg()
    }
}

macro_rules! text_args {
    ($($kind:ty),*) => {
        $(impl ToMessageArg for $kind {
            fn to_arg(&self) -> MessageArg {
                MessageArg::Text(self.to_string())
            }
        })*
    };
}

macro_rules! number_args {
    ($($kind:ty),*) => {
        $(impl ToMessageArg for $kind {
            fn to_arg(&self) -> MessageArg {
                MessageArg::Number(*self as u64)
            }
        })*
    };
}

text_args!(
    str,
    String,
    Box<str>,
    std::sync::Arc<str>,
    Cow<'_, str>,
    char,
    super::SitePath
);
number_args!(usize, u64, u32, u8, i64);

/// A [`Message`], written like a text for `format!`: `message!("no page is called `{name}`", name)`. Each value has a name, alone or as
/// `name = value`. The names are those of the translations, so the template may use no others.
#[macro_export]
macro_rules! message {
    ($template:literal $(,)?) => {
        $crate::source::Message::from($template)
    };
    ($template:literal, $($name:ident $(= $value:expr)?),+ $(,)?) => {
        match ($($crate::source::ToMessageArg::to_arg(&$crate::message!(@value $name $(= $value)?)),)+) {
            ($($name,)+) => $crate::source::Message::new(
                format!($template),
                $template,
                vec![$((stringify!($name), $name)),+],
            ),
        }
    };
    (@value $name:ident) => { $name };
    (@value $name:ident = $value:expr) => { $value };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_english_with_an_id_and_arguments() {
        let count = 3_usize;
        let message = message!("`{path}` has {count} pages", path = "no/a.md", count);
        assert_eq!(message, "`no/a.md` has 3 pages");
        assert_eq!(message.id().as_deref(), Some("path-has-count-pages"));
        let [path, number] = message.args() else {
            panic!("two arguments");
        };
        assert_eq!(path.1, MessageArg::Text("no/a.md".into()));
        assert_eq!(number.1, MessageArg::Number(3));
        assert_eq!(
            Message::from("Remove it.").id().as_deref(),
            Some("Remove-it")
        );
        assert_eq!(Message::from(String::from("disk full")).id(), None);
    }

    #[test]
    fn words_in_a_message_are_translated_themselves() {
        let noun = Message::from("link target");
        let message = message!("{noun} not found", noun);
        assert_eq!(message, "link target not found");
        assert_eq!(message.args()[0].1, MessageArg::Message(noun));
    }
}
