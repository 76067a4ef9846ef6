//! Rules about what a site looks like and says of itself: templates and interface texts.

use super::{Rule, page};
use crate::diagnostic::Code;

pub(super) const RULES: &[Rule] = &[
    page(
        Code::TemplateError,
        [
            "A template cannot be read, or a value it prints isn't there.",
            "The pages it is used for are missing from the site.",
            "Look at the line. Ask with `if` before you print what not every page has.",
            "{% if page.description %}<p>{{ page.description }}</p>{% endif %}",
        ],
    ),
    page(
        Code::GrammarError,
        [
            "A grammar in `templates/highlight` says something that no grammar can say. The rest of it counts.",
            "Code in that language is coloured wrongly, or not at all.",
            "Look at the line, and at the keys of grammars in the manual.",
            "templates/highlight/crmscript.yml:\n\n  comments: [\"//\", \"/* */\"]\n  strings: ['\"']\n  keywords: if else while\n  calls: true",
        ],
    ),
    page(
        Code::InvalidMessage,
        [
            "A line in a file of interface texts is no message. The others count.",
            "The text appears in another language, or not at all.",
            "Write `key = text`.",
            "search = Search",
        ],
    ),
    page(
        Code::DuplicateMessage,
        [
            "An interface text is given twice. The last one counts.",
            "Whoever changes the first one wonders why nothing happens.",
            "Remove one.",
            "",
        ],
    ),
    page(
        Code::BrokenMessage,
        [
            "An interface text uses another that isn't there, or itself.",
            "The reader sees the name of the text instead.",
            "Write its text out.",
            "",
        ],
    ),
    page(
        Code::UntranslatedInterfaceString,
        [
            "The interface texts of a language of the site lack messages that another language has.",
            "Readers see words of another language around their pages.",
            "Write the messages into the file of that language in `locales`.",
            "locales/fi.ftl:\n\n  alert-note = Huomautus",
        ],
    ),
];
