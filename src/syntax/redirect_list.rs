//! `redirects.yml`, at the top of a site -> its entries: old addresses, and where each leads or that it is gone. Addresses are references of the
//! document, as in every file, and resolved by `site`.

use crate::diagnostic::Code;
use crate::message;
use crate::source::yaml::{YamlNode, YamlValue};
use crate::source::{Message, SitePath, Span};

use super::markdown::DocumentContext;
use super::reference::{RefId, RefKind};

/// The name of the file.
pub const REDIRECTS_FILE: &str = "redirects.yml";

/// The entries of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RedirectList {
    /// In the order of the file.
    pub entries: Vec<RedirectEntry>,
}

/// Old addresses that share a destination.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedirectEntry {
    /// The old addresses.
    pub from: Vec<RefId>,
    /// Where they lead; none if they are gone.
    pub to: Option<RefId>,
    /// The languages it is for.
    pub languages: EntryLanguages,
}

/// The languages that an entry is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntryLanguages {
    /// That of the old address.
    Own,
    /// All of the site.
    All,
    /// Folders or tags of languages, with their places.
    Listed(Vec<(Box<str>, Span)>),
}

/// The keys of an entry.
const KEYS: [&str; 4] = ["from", "to", "gone", "languages"];

/// True for the path at which a site has its redirects.
pub(super) fn is_redirect_list(path: &SitePath, root: &YamlNode) -> bool {
    // A file with this name may be another tool's, or a page of a type that a template knows: those are maps with other keys.
    path.as_str() == REDIRECTS_FILE && (root.is_null() || list_of(root).is_some())
}

fn list_of(root: &YamlNode) -> Option<&YamlNode> {
    let list = root.get("redirects").unwrap_or(root);
    matches!(list.value, YamlValue::List(_)).then_some(list)
}

/// Reads the entries of a file that is [`is_redirect_list`].
pub(super) fn redirect_list(root: &YamlNode, context: &mut DocumentContext) -> RedirectList {
    let mut list = RedirectList::default();
    for item in list_of(root).map_or(&[][..], YamlNode::items) {
        list.entries.extend(entry(item, context));
    }
    list
}

fn entry(item: &YamlNode, context: &mut DocumentContext) -> Option<RedirectEntry> {
    let mut problems = EntryProblems { context };
    let mut has_unknown_key = false;
    for entry in item.entries() {
        if !KEYS.contains(&&*entry.key) {
            let message = message!("unknown key `{key}` of a redirect", key = entry.key);
            let help =
                "Write `from`, and `to` or `gone: true`; `languages` says for which languages.";
            problems.add(entry.key_span, message, help);
            has_unknown_key = true;
        }
    }
    let (to, gone) = (item.get("to"), item.get("gone"));
    let is_gone = match gone {
        None => false,
        Some(gone) => match gone.text().and_then(super::front_matter::parse_flag) {
            Some(flag) => flag,
            None => {
                problems.add(
                    gone.span,
                    "`gone` is not `true`",
                    "Write `gone: true`, or `to`.",
                );
                return None;
            }
        },
    };
    let to = to.filter(|to| to.text().is_some_and(|text| !text.trim().is_empty()));
    match (to, is_gone) {
        (Some(to), true) => {
            let message = "the address leads on, and is gone";
            problems.add(to.span, message, "Write either `to` or `gone: true`.");
        }
        // The misspelt key was to say it.
        (None, false) if has_unknown_key => return None,
        (None, false) => {
            let message = "the redirect leads nowhere";
            problems.add(
                item.span,
                message,
                "Write `to: no/new.md`, or `gone: true`.",
            );
            return None;
        }
        _ => {}
    }
    let languages = languages(item.get("languages"), &mut problems);
    let mut from = Vec::new();
    for value in item.get("from").map_or(&[][..], YamlNode::one_or_many) {
        from.extend(context.refer_to_value(RefKind::RedirectFrom, value));
    }
    if from.is_empty() && has_unknown_key {
        return None;
    }
    if from.is_empty() {
        let mut problems = EntryProblems { context };
        let message = "the redirect has no old address";
        problems.add(item.span, message, "Write `from: no/old.md`.");
        return None;
    }
    Some(RedirectEntry {
        from,
        to: to.and_then(|to| context.refer_to_value(RefKind::RedirectTo, to)),
        languages,
    })
}

fn languages(value: Option<&YamlNode>, problems: &mut EntryProblems<'_>) -> EntryLanguages {
    let Some(value) = value else {
        return EntryLanguages::Own;
    };
    if value.text() == Some("all") {
        return EntryLanguages::All;
    }
    let mut listed = Vec::new();
    for item in value.one_or_many() {
        match item.text() {
            Some(name) => listed.push((name.trim().into(), item.span)),
            None => {
                let help = "Write `languages: all`, or a list like `[no, en]`.";
                problems.add(item.span, "not the name of a language", help);
            }
        }
    }
    EntryLanguages::Listed(listed)
}

struct EntryProblems<'c> {
    context: &'c mut DocumentContext,
}

impl EntryProblems<'_> {
    fn add(&mut self, span: Span, message: impl Into<Message>, help: impl Into<Message>) {
        self.context
            .problem(Code::InvalidRedirect, span, message, help);
    }
}
