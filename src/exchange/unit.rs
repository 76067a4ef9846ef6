//! A translation unit: a stretch of text that is translated as a whole, as words and inline codes, with its bytes in its file. Doesn't know
//! how a file is read into units, nor how a unit is written back.

use xxhash_rust::xxh3::Xxh3;

use crate::source::Span;
use crate::source::yaml::ScalarStyle;

/// What is translated as a whole: the text of one block, or one value of a YAML file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TranslationUnit {
    /// Its bytes in the file.
    pub span: Span,
    /// What it is, as a note for translators: `heading of level 2`, `list item`.
    pub role: String,
    /// Words and codes in reading order.
    pub content: InlineContent,
    /// The codes that the numbers in the content refer to.
    pub codes: Vec<InlineCode>,
    /// The syntax it is written in.
    pub notation: Notation,
}

/// Words and codes in reading order, as [`normalize`] leaves them.
pub type InlineContent = Vec<Inline>;

/// A run of words, or a reference to a code by its number.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Inline {
    /// Words, without any escapes.
    Text(String),
    /// The beginning of a code that spans words: XLIFF's `<pc>`, `<sc>`.
    StartCode(usize),
    /// Its end.
    EndCode(usize),
    /// A code without words in it: XLIFF's `<ph>`.
    Placeholder(usize),
}

/// Markup inside a text. Translators may move it, and can't change it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InlineCode {
    /// What it does.
    pub kind: InlineCodeKind,
    /// Its source text, or that of its beginning.
    pub open: String,
    /// The source text of its end; empty for a placeholder.
    pub close: String,
    /// The target of a link or image, in a form that translations share; empty if there is none.
    pub name: String,
    /// For a reference link: its definition.
    pub label: Option<LinkLabel>,
}

/// The definition of a reference link or image: `[name]: target`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkLabel {
    /// The label.
    pub name: String,
    /// The address.
    pub target: String,
}

/// What a code does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InlineCodeKind {
    /// `*text*`
    Emphasis,
    /// `**text**`
    Strong,
    /// Strikethrough, inserted, marked, cited, superscript and subscript text.
    OtherFormat,
    /// `[text](address)`
    Link,
    /// `![text](address)`
    Image,
    /// `` `code` `` and formulas.
    Code,
    /// An address or a uid without words of its own.
    Autolink,
    /// An included text.
    Include,
    /// A hard line break.
    LineBreak,
    /// Raw HTML.
    Html,
    /// Markup around words in an attribute of a tag, or in the title of a link or an image: what screen readers say, and tooltips show.
    Label,
    /// Everything else.
    Other,
}

/// The syntax a unit is written in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notation {
    /// Markdown.
    Markdown {
        /// True in a table cell, where `|` ends the text.
        cell: bool,
        /// What each further line of the block begins with: spaces of a list, `>` of a quote.
        line_prefix: String,
        /// True if the text can't continue on a second line: headings, cells, terms.
        single_line: bool,
    },
    /// A scalar of a YAML file.
    Yaml {
        /// How the scalar is quoted.
        style: ScalarStyle,
        /// The indentation of each further line of the scalar.
        line_prefix: String,
    },
}

impl TranslationUnit {
    /// The words alone.
    pub fn words(&self) -> String {
        words(&self.content)
    }

    /// A hash of the words, the codes and their order.
    pub fn hash(&self) -> u64 {
        hash(&self.content, &self.codes)
    }
}

/// The words of a content, without its codes.
pub fn words(content: &[Inline]) -> String {
    let mut words = String::new();
    for inline in content {
        if let Inline::Text(text) = inline {
            words.push_str(text);
        }
    }
    words
}

/// The first words of a text, in characters.
const MAX_SHORTENED: usize = 60;

/// The beginning of a text, for messages.
pub fn shortened(words: &str) -> String {
    if words.chars().count() <= MAX_SHORTENED {
        return words.to_owned();
    }
    let mut shortened: String = words.chars().take(MAX_SHORTENED - 1).collect();
    shortened.push('…');
    shortened
}

/// The source text of the code `number`, or of its beginning; empty if there is no such code.
pub fn opening(codes: &[InlineCode], number: usize) -> &str {
    match codes.get(number) {
        Some(code) => &code.open,
        None => "",
    }
}

/// The source text of the end of the code `number`; empty if there is no such code.
pub fn closing(codes: &[InlineCode], number: usize) -> &str {
    match codes.get(number) {
        Some(code) => &code.close,
        None => "",
    }
}

/// The numbers of the codes in a content, in ascending order; one that is there twice is listed twice.
pub fn code_numbers(content: &[Inline]) -> Vec<usize> {
    let mut numbers = Vec::new();
    for inline in content {
        if let Inline::StartCode(number) | Inline::Placeholder(number) = inline {
            numbers.push(*number);
        }
    }
    numbers.sort_unstable();
    numbers
}

/// A hash of the words, the codes and their order. Documents at translators hold it as part of [`UnitId`](super::document::UnitId): what goes
/// into it must not change.
pub fn hash(content: &[Inline], codes: &[InlineCode]) -> u64 {
    let mut hash = Xxh3::new();
    for inline in content {
        let (tag, text) = match inline {
            Inline::Text(words) => (0, words.as_str()),
            Inline::StartCode(number) => (1, opening(codes, *number)),
            Inline::EndCode(number) => (2, closing(codes, *number)),
            Inline::Placeholder(number) => (3, opening(codes, *number)),
        };
        // UTF-8 never contains 0xFF, so no text can imitate the border between two inlines.
        hash.update(&[0xFF, tag]);
        hash.update(text.as_bytes());
    }
    hash.digest()
}

/// The hash of several texts, by their hashes.
pub fn combined_hash(hashes: impl Iterator<Item = u64>) -> u64 {
    let mut combined = Xxh3::new();
    for hash in hashes {
        combined.update(&hash.to_le_bytes());
    }
    combined.digest()
}

/// The content with adjacent words joined and runs of white space collapsed to one space; none is left at either end, and those at the edges
/// inside codes move outside.
pub fn normalize(content: InlineContent) -> InlineContent {
    let mut content = join_words(content);
    move_spaces_out_of_codes(&mut content);
    let mut content = collapse_spaces(content);
    trim_end(&mut content);
    content
}

/// The content without white space around hard line breaks: at the beginning and the end of a line it means nothing (CommonMark 6.7), and
/// translators and tools put it there.
pub fn without_spaces_at_breaks(content: InlineContent, codes: &[InlineCode]) -> InlineContent {
    let is_break = |inline: Option<&Inline>| match inline {
        Some(Inline::Placeholder(number)) => codes
            .get(*number)
            .is_some_and(|code| code.kind == InlineCodeKind::LineBreak),
        _ => false,
    };
    let mut trimmed = Vec::with_capacity(content.len());
    for (at, inline) in content.iter().enumerate() {
        let Inline::Text(words) = inline else {
            trimmed.push(inline.clone());
            continue;
        };
        let mut words = words.as_str();
        if is_break(at.checked_sub(1).and_then(|before| content.get(before))) {
            words = words.trim_start_matches(is_space);
        }
        if is_break(content.get(at + 1)) {
            words = words.trim_end_matches(is_space);
        }
        trimmed.push(Inline::Text(words.to_owned()));
    }
    trimmed
}

fn join_words(content: InlineContent) -> InlineContent {
    let mut joined: InlineContent = Vec::with_capacity(content.len());
    for inline in content {
        match (inline, joined.last_mut()) {
            (Inline::Text(words), Some(Inline::Text(last))) => last.push_str(&words),
            (Inline::Text(words), _) if words.is_empty() => {}
            (inline, _) => joined.push(inline),
        }
    }
    joined
}

/// CommonMark 6.2: `** x**` is not bold, as a delimiter run followed by white space can't open. So spaces belong outside of codes.
fn move_spaces_out_of_codes(content: &mut InlineContent) {
    // The content grows while it is read, so indices are used instead of an iterator.
    let mut at = 0;
    while at + 1 < content.len() {
        let [first, second] = &mut content[at..at + 2] else {
            return;
        };
        match (first, second) {
            (Inline::StartCode(_), Inline::Text(words)) if words.starts_with(is_space) => {
                *words = words.trim_start_matches(is_space).to_owned();
                content.insert(at, Inline::Text(" ".to_owned()));
                // The code before this one may now begin with the space.
                at = at.saturating_sub(1);
            }
            (Inline::Text(words), Inline::EndCode(_)) if words.ends_with(is_space) => {
                *words = words.trim_end_matches(is_space).to_owned();
                content.insert(at + 2, Inline::Text(" ".to_owned()));
                at += 1;
            }
            _ => at += 1,
        }
    }
}

fn collapse_spaces(content: InlineContent) -> InlineContent {
    let mut collapsed: InlineContent = Vec::with_capacity(content.len());
    // As if a space were before the content, so that none is left at its beginning.
    let mut after_space = true;
    for inline in content {
        let Inline::Text(words) = inline else {
            // The ends of a code show nothing: a space before and one after them are two in a row. A code without words is something.
            let is_empty_code = match (&inline, collapsed.last()) {
                (Inline::EndCode(end), Some(Inline::StartCode(start))) => end == start,
                _ => false,
            };
            after_space &= !is_empty_code && !matches!(inline, Inline::Placeholder(_));
            collapsed.push(inline);
            continue;
        };
        let mut text = String::with_capacity(words.len());
        for char in words.chars() {
            let space = is_space(char);
            if !(space && after_space) {
                text.push(if space { ' ' } else { char });
            }
            after_space = space;
        }
        match collapsed.last_mut() {
            Some(Inline::Text(last)) => last.push_str(&text),
            // Only spaces, after a space: nothing is left of it.
            _ if text.is_empty() => {}
            _ => collapsed.push(Inline::Text(text)),
        }
    }
    collapsed
}

/// Removes the space at the end, which may be before the ends of codes.
fn trim_end(content: &mut InlineContent) {
    let last = content
        .iter()
        .rposition(|inline| !matches!(inline, Inline::EndCode(_)));
    let Some(at) = last else {
        return;
    };
    if let Inline::Text(words) = &mut content[at] {
        words.truncate(words.trim_end_matches(is_space).len());
        if words.is_empty() {
            content.remove(at);
        }
    }
}

/// White space of Markdown. A non-breaking space is a character like others.
fn is_space(char: char) -> bool {
    matches!(char, ' ' | '\t' | '\r' | '\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Inline {
        Inline::Text(text.to_owned())
    }

    #[test]
    fn white_space_is_collapsed_and_moved_out_of_codes() {
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
            normalize(content),
            [
                words("a b "),
                open.clone(),
                words("c"),
                close.clone(),
                words(" d\u{a0}")
            ]
        );
        assert_eq!(
            normalize(vec![open.clone(), words(" "), close.clone()]),
            [open.clone(), close.clone()]
        );
        assert_eq!(
            normalize(vec![
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
    fn other_codes_give_another_hash() {
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
