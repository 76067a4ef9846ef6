//! The HTML of an article -> a list of tags and texts in which only what readers get counts: attributes in order of their names, white space folded,
//! sizes of pictures left out.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::source::percent;
use crate::syntax::html::elements::is_void;

/// Attributes that say how a picture is loaded and shown, not which one it is.
const IGNORED: [&str; 6] = [
    "width",
    "height",
    "loading",
    "decoding",
    "fetchpriority",
    "style",
];

/// Elements at whose edges white space is not shown.
const BLOCKS: [&str; 24] = [
    "p",
    "div",
    "ul",
    "ol",
    "li",
    "table",
    "thead",
    "tbody",
    "tr",
    "td",
    "th",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "pre",
    "section",
    "dl",
    "dt",
    "dd",
    "hr",
];

/// More of them.
const MORE_BLOCKS: [&str; 4] = ["details", "summary", "figure", "br"];

/// A tag or a text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Piece {
    /// A start tag.
    Start {
        /// Its element.
        element: String,
        /// Its attributes.
        attributes: BTreeMap<String, String>,
    },
    /// An end tag.
    End(String),
    /// Text.
    Text(String),
}

impl Piece {
    /// A start tag without attributes.
    pub(super) fn start(element: &str) -> Piece {
        Piece::Start {
            element: element.to_owned(),
            attributes: BTreeMap::new(),
        }
    }

    /// True for the start tag of `element` without attributes.
    pub(super) fn is_bare(&self, name: &str) -> bool {
        match self {
            Piece::Start {
                element,
                attributes,
            } => element == name && attributes.is_empty(),
            _ => false,
        }
    }

    pub(super) fn is_end(&self, name: &str) -> bool {
        matches!(self, Piece::End(element) if element == name)
    }

    /// The element of a tag.
    fn element(&self) -> Option<&str> {
        match self {
            Piece::Start { element, .. } | Piece::End(element) => Some(element),
            Piece::Text(_) => None,
        }
    }

    fn is_block(&self) -> bool {
        match self.element() {
            Some(name) => BLOCKS.contains(&name) || MORE_BLOCKS.contains(&name),
            None => false,
        }
    }

    /// The piece as HTML, with or without the values of its attributes and its words.
    pub fn shown(&self, with_values: bool) -> String {
        match self {
            Piece::Start {
                element,
                attributes,
            } => {
                let mut tag = format!("<{element}");
                for (name, value) in attributes {
                    let value = if with_values { value.as_str() } else { "" };
                    tag.push_str(&format!(" {name}=\"{value}\""));
                }
                tag + ">"
            }
            Piece::End(element) => format!("</{element}>"),
            Piece::Text(text) if with_values => text.clone(),
            Piece::Text(_) => "TEXT".to_owned(),
        }
    }
}

/// An article as a list of pieces.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Article {
    /// The pieces in order.
    pub pieces: Vec<Piece>,
}

impl Article {
    pub(super) fn start(
        &mut self,
        element: &str,
        attributes: &[(String, String)],
        closes_itself: bool,
    ) {
        let mut counted = BTreeMap::new();
        for (name, value) in attributes {
            // Attributes of the second kind are for the scripts of the theme; readers don't notice
            // them.
            if IGNORED.contains(&name.as_str()) || name.starts_with("data-hjelp") {
                continue;
            }
            counted.insert(name.clone(), value_of(name, value));
        }
        self.pieces.push(Piece::Start {
            element: element.to_owned(),
            attributes: counted,
        });
        if closes_itself {
            self.end(element);
        }
    }

    pub(super) fn end(&mut self, element: &str) {
        if !is_void(element) {
            self.pieces.push(Piece::End(element.to_owned()));
        }
    }

    pub(super) fn text(&mut self, text: &str) {
        match self.pieces.last_mut() {
            Some(Piece::Text(before)) => before.push_str(text),
            _ => self.pieces.push(Piece::Text(text.to_owned())),
        }
    }

    /// The article with white space as readers see it.
    pub(super) fn folded(self) -> Article {
        let mut pieces = Vec::with_capacity(self.pieces.len());
        for (at, piece) in self.pieces.iter().enumerate() {
            let Piece::Text(text) = piece else {
                pieces.push(piece.clone());
                continue;
            };
            let mut text = fold(text);
            let before = at.checked_sub(1).and_then(|before| self.pieces.get(before));
            if before.is_none_or(Piece::is_block) {
                text = text.trim_start_matches([' ', '\u{a0}']).to_owned();
            }
            if self.pieces.get(at + 1).is_none_or(Piece::is_block) {
                text = text.trim_end_matches([' ', '\u{a0}']).to_owned();
            }
            if !text.is_empty() {
                pieces.push(Piece::Text(text));
            }
        }
        Article { pieces }
    }
}

/// Addresses in the one of several spellings that is decoded, and classes in order.
fn value_of(name: &str, value: &str) -> String {
    match name {
        "href" | "src" => percent::decode(value).into_owned(),
        "class" => {
            let mut classes: Vec<&str> = value.split_whitespace().collect();
            classes.sort_unstable();
            classes.join(" ")
        }
        _ => value.to_owned(),
    }
}

fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut is_after_blank = false;
    for sign in text.chars() {
        let is_blank = matches!(sign, ' ' | '\t' | '\r' | '\n' | '\u{c}');
        match (is_blank, is_after_blank) {
            (true, false) => folded.push(' '),
            (true, true) => {}
            (false, _) => folded.push(sign),
        }
        is_after_blank = is_blank;
    }
    folded
}
