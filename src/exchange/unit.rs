//! A stretch of text that is translated as a whole, as words and protected codes. Knows which bytes of its file it stands for; doesn't know
//! how such a file is read or written.

use xxhash_rust::xxh3::Xxh3;

use crate::source::Span;
use crate::source::yaml::ScalarStyle;

/// What is translated as a whole: the text of one block, or one value of a YAML file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TranslationUnit {
    /// The bytes of the file it stands for.
    pub span: Span,
    /// What it is, for those who translate it: `heading`, `list item`.
    pub role: String,
    /// Words and codes in reading order.
    pub content: InlineContent,
    /// What the codes in the content stand for, by their numbers.
    pub codes: Vec<InlineCode>,
    /// How it is written in its file.
    pub form: Notation,
}

/// Words and codes in reading order. White space is one space wherever it is some, and none at either end.
pub type InlineContent = Vec<Inline>;

/// A part of a text. The numbers are those of codes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Inline {
    /// Words, without any escapes.
    Text(String),
    /// Where a code with two ends begins.
    StartCode(usize),
    /// Where it ends.
    EndCode(usize),
    /// A code that stands for itself.
    Placeholder(usize),
}

/// A piece of markup that stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InlineCode {
    /// What it does.
    pub kind: InlineCodeKind,
    /// What is typed for it, or for its beginning.
    pub open: String,
    /// What is typed for its end.
    pub close: String,
    /// What it leads to or shows, in a form that translations share; empty if that is nothing.
    pub name: String,
    /// For a link by label: what is typed for its end where the label has to be said, and where the label leads.
    pub label: Option<LinkLabel>,
}

/// A link or picture whose address stands elsewhere in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkLabel {
    /// The name of the definition.
    pub name: String,
    /// The address in it.
    pub target: String,
}

/// What a code does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InlineCodeKind {
    /// `*text*`
    Emphasis,
    /// `**text**`
    Strong,
    /// Other signs around words: struck, inserted, marked, quoted, raised, lowered.
    Signs,
    /// `[text](address)`
    Link,
    /// `![text](address)`
    Image,
    /// `` `code` `` and formulas.
    Code,
    /// An address or a uid that is shown as it is.
    Address,
    /// An included text.
    Include,
    /// A line break that shows.
    Break,
    /// Raw HTML.
    Html,
    /// Everything else.
    Other,
}

impl InlineCodeKind {
    /// True if the code has words between its ends.
    pub fn is_paired(self) -> bool {
        matches!(
            self,
            InlineCodeKind::Emphasis
                | InlineCodeKind::Strong
                | InlineCodeKind::Signs
                | InlineCodeKind::Link
                | InlineCodeKind::Image
        )
    }
}

/// How a text is written in its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notation {
    /// As Markdown.
    Markdown {
        /// True in a cell of a table, where `|` ends the text.
        cell: bool,
        /// What stands at the beginning of each further line of the block.
        margin: String,
        /// True if the text stands in a single line of its file and can't go on in the next one.
        single: bool,
    },
    /// As a value of a YAML file.
    Yaml {
        /// How the value is written.
        style: ScalarStyle,
        /// What stands before each further line of the value.
        margin: String,
    },
}

impl TranslationUnit {
    /// The words alone.
    pub fn words(&self) -> String {
        words(&self.content)
    }

    /// A number that is another one if the words, the codes or their order are others.
    pub fn hash(&self) -> u64 {
        hash(&self.content, &self.codes)
    }
}

/// The words of a content alone.
pub fn words(content: &[Inline]) -> String {
    content
        .iter()
        .map(|piece| match piece {
            Inline::Text(words) => words.as_str(),
            _ => "",
        })
        .collect()
}

/// A number that is another one if the words, the codes or their order are others.
pub fn hash(content: &[Inline], codes: &[InlineCode]) -> u64 {
    let mut hash = Xxh3::new();
    let mut take = |sign: u8, text: &str| {
        hash.update(&[0xFF, sign]);
        hash.update(text.as_bytes());
    };
    for piece in content {
        let code = |number: &usize| codes.get(*number);
        match piece {
            Inline::Text(words) => take(0, words),
            Inline::StartCode(number) => take(1, code(number).map_or("", |code| &code.open)),
            Inline::EndCode(number) => take(2, code(number).map_or("", |code| &code.close)),
            Inline::Placeholder(number) => take(3, code(number).map_or("", |code| &code.open)),
        }
    }
    hash.digest()
}

/// The content with words joined and white space made even, as [`InlineContent`] has it. Spaces at the edges within codes go outside.
pub fn even(content: InlineContent) -> InlineContent {
    let mut out: InlineContent = Vec::with_capacity(content.len());
    for piece in content {
        match (piece, out.last_mut()) {
            (Inline::Text(words), Some(Inline::Text(last))) => last.push_str(&words),
            (Inline::Text(words), _) if words.is_empty() => {}
            (piece, _) => out.push(piece),
        }
    }
    // A space that begins or ends what is in a code stands beside it: `** x**` would not be bold.
    let mut at = 0;
    while at + 1 < out.len() {
        let moved = match (&out[at], &out[at + 1]) {
            (Inline::StartCode(_), Inline::Text(words)) => {
                words.starts_with(is_space).then_some(true)
            }
            (Inline::Text(words), Inline::EndCode(_)) => words.ends_with(is_space).then_some(false),
            _ => None,
        };
        match moved {
            Some(true) => {
                let space = Inline::Text(" ".to_owned());
                trim(&mut out[at + 1], true);
                out.insert(at, space);
                at = at.saturating_sub(1);
            }
            Some(false) => {
                let space = Inline::Text(" ".to_owned());
                trim(&mut out[at], false);
                out.insert(at + 2, space);
                at += 1;
            }
            None => at += 1,
        }
    }
    let mut joined: InlineContent = Vec::with_capacity(out.len());
    let mut ends_in_space = true;
    for piece in out {
        let Inline::Text(words) = piece else {
            ends_in_space &= !matches!(piece, Inline::Placeholder(_));
            joined.push(piece);
            continue;
        };
        let mut kept = String::with_capacity(words.len());
        for sign in words.chars() {
            let space = is_space(sign);
            if !(space && ends_in_space) {
                kept.push(if space { ' ' } else { sign });
            }
            ends_in_space = space;
        }
        match joined.last_mut() {
            Some(Inline::Text(last)) => last.push_str(&kept),
            _ if kept.is_empty() => {}
            _ => joined.push(Inline::Text(kept)),
        }
    }
    trim_end(&mut joined);
    joined
}

/// White space of Markdown; a space that doesn't break is a sign like others.
fn is_space(sign: char) -> bool {
    matches!(sign, ' ' | '\t' | '\r' | '\n')
}

fn trim(piece: &mut Inline, start: bool) {
    if let Inline::Text(words) = piece {
        *words = if start {
            words.trim_start_matches(is_space)
        } else {
            words.trim_end_matches(is_space)
        }
        .to_owned();
    }
}

/// Takes the space at the end away, which may stand before the ends of codes.
fn trim_end(content: &mut InlineContent) {
    let last = content
        .iter()
        .rposition(|piece| !matches!(piece, Inline::EndCode(_)));
    if let Some(at) = last.filter(|at| matches!(content[*at], Inline::Text(_))) {
        trim(&mut content[at], false);
        if content[at] == Inline::Text(String::new()) {
            content.remove(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Inline {
        Inline::Text(text.to_owned())
    }

    #[test]
    fn white_space_is_even_and_stands_outside_of_codes() {
        let (open, close) = (Inline::StartCode(0), Inline::EndCode(0));
        let content = vec![
            words(" a \n b"),
            open.clone(),
            words(" c "),
            close.clone(),
            words(""),
            words(" d\u{a0} "),
        ];
        assert_eq!(
            even(content),
            [
                words("a b "),
                open.clone(),
                words("c"),
                close.clone(),
                words(" d\u{a0}")
            ]
        );
        assert_eq!(
            even(vec![open.clone(), words(" "), close.clone()]),
            [open.clone(), close.clone()]
        );
        assert_eq!(
            even(vec![
                words("a"),
                open.clone(),
                words(" "),
                Inline::Placeholder(1),
                words(" "),
                close.clone()
            ]),
            [words("a "), open, Inline::Placeholder(1), close]
        );
    }

    #[test]
    fn equal_words_with_other_codes_are_another_text() {
        let code = |open: &str| InlineCode {
            kind: InlineCodeKind::Code,
            open: open.into(),
            close: String::new(),
            name: String::new(),
            label: None,
        };
        let content = [words("a"), Inline::Placeholder(0)];
        assert_ne!(
            hash(&content, &[code("`x`")]),
            hash(&content, &[code("`y`")])
        );
        assert_eq!(
            hash(&content, &[code("`x`")]),
            hash(&content, &[code("`x`")])
        );
        assert_ne!(
            hash(&[words("ab")], &[]),
            hash(&[words("a"), words("b")], &[])
        );
    }
}
