//! Messages of problems -> their words in the language of the reader, by the files in `locales/problems`. English needs no file, as the
//! messages are English themselves. Doesn't know where a message is shown, and nothing of the languages of a site.

use std::borrow::Cow;
use std::sync::OnceLock;

use fluent::concurrent::FluentBundle;
use fluent::{FluentArgs, FluentResource, FluentValue};

use crate::source::{Message, MessageArg, message_id};

/// A language that problems are written in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum MessageLanguage {
    /// English, and whatever has no messages of its own.
    #[default]
    English,
    /// Norwegian Bokmål.
    Bokmal,
}

/// The messages in Bokmål.
const BOKMAL: &str = include_str!("../../locales/problems/nb.ftl");

/// The arguments whose values may be words of the program instead of what an author typed: `{noun} not found`.
const WORDS: [&str; 11] = [
    "direction",
    "format",
    "found_shape",
    "look",
    "noun",
    "reason",
    "shape",
    "space",
    "verb",
    "what",
    "why",
];

impl MessageLanguage {
    /// The language that a tag such as `nb`, `no` or `nb_NO.UTF-8` names; nothing for the locales of systems that name none, such as `C`.
    pub fn from_tag(tag: &str) -> Option<MessageLanguage> {
        let language = tag.split(['_', '-', '.', '@']).next().unwrap_or(tag);
        match language.to_ascii_lowercase().as_str() {
            "" | "c" | "posix" => None,
            // Readers of Nynorsk have no messages of their own, and Bokmål is nearer than English.
            "nb" | "no" | "nn" => Some(MessageLanguage::Bokmal),
            _ => Some(MessageLanguage::English),
        }
    }

    /// The tag of the language (BCP 47).
    pub fn tag(self) -> &'static str {
        match self {
            MessageLanguage::English => "en",
            MessageLanguage::Bokmal => "nb",
        }
    }

    /// The words of a message; in English if this language has none for it.
    pub fn words(self, message: &Message) -> Cow<'_, str> {
        match self.translation(message) {
            Some(words) => Cow::Owned(words),
            None => Cow::Borrowed(message.english()),
        }
    }

    /// The words of a message, if the language has some for it.
    pub fn translation(self, message: &Message) -> Option<String> {
        let bundle = self.bundle()?;
        let pattern = bundle.get_message(&message.id()?)?.value()?;
        let mut args = FluentArgs::with_capacity(message.args().len());
        for (name, arg) in message.args() {
            args.set(*name, self.value(name, arg));
        }
        let mut errors = Vec::new();
        let words = bundle.format_pattern(pattern, Some(&args), &mut errors);
        // A translation with a mistake is worse than none.
        errors.is_empty().then(|| words.into_owned())
    }

    fn value(self, name: &str, arg: &MessageArg) -> FluentValue<'static> {
        match arg {
            MessageArg::Number(number) => FluentValue::from(*number as f64),
            MessageArg::Message(message) => FluentValue::from(self.words(message).into_owned()),
            MessageArg::Text(text) => {
                FluentValue::from(self.word(name, text).unwrap_or_else(|| text.clone()))
            }
        }
    }

    /// A word of the program in this language.
    fn word(self, name: &str, text: &str) -> Option<String> {
        if !WORDS.contains(&name) {
            return None;
        }
        let bundle = self.bundle()?;
        let pattern = bundle
            .get_message(&format!("word-{}", message_id(text)))?
            .value()?;
        Some(
            bundle
                .format_pattern(pattern, None, &mut Vec::new())
                .into_owned(),
        )
    }

    fn bundle(self) -> Option<&'static FluentBundle<FluentResource>> {
        static BUNDLE: OnceLock<FluentBundle<FluentResource>> = OnceLock::new();
        match self {
            MessageLanguage::English => None,
            // Read once, and only by those who read it.
            MessageLanguage::Bokmal => Some(BUNDLE.get_or_init(|| bundle_of("nb", BOKMAL))),
        }
    }
}

fn bundle_of(tag: &str, text: &str) -> FluentBundle<FluentResource> {
    let tags = tag.parse().into_iter().collect();
    let mut bundle = FluentBundle::new_concurrent(tags);
    // Its marks around values would be shown as signs by many terminals.
    bundle.set_use_isolating(false);
    let resource = match FluentResource::try_new(text.to_owned()) {
        Ok(resource) | Err((resource, _)) => resource,
    };
    bundle.add_resource_overriding(resource);
    bundle
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn norwegian_is_never_taken_for_another_language() {
        for (tag, language) in [
            ("nb_NO.UTF-8", Some(MessageLanguage::Bokmal)),
            ("no", Some(MessageLanguage::Bokmal)),
            ("nn-NO", Some(MessageLanguage::Bokmal)),
            ("NB", Some(MessageLanguage::Bokmal)),
            ("en_GB", Some(MessageLanguage::English)),
            ("de", Some(MessageLanguage::English)),
            ("nov", Some(MessageLanguage::English)),
            ("C.UTF-8", None),
            ("POSIX", None),
            ("", None),
        ] {
            assert_eq!(MessageLanguage::from_tag(tag), language, "{tag}");
        }
    }

    #[test]
    fn messages_without_a_translation_stay_english() {
        let foreign = Message::from(String::from("No space left on device"));
        assert_eq!(
            MessageLanguage::Bokmal.words(&foreign),
            "No space left on device"
        );
        let message = Message::from("Remove it.");
        assert_eq!(MessageLanguage::Bokmal.words(&message), "Fjern det.");
        assert_eq!(MessageLanguage::English.words(&message), "Remove it.");
    }

    #[test]
    fn values_are_inserted_as_they_were_typed() {
        let message = crate::message!("Did you mean `{suggestion}`?", suggestion = "{ $x }");
        assert_eq!(
            MessageLanguage::Bokmal.words(&message),
            "Mente du `{ $x }`?"
        );
    }
}
