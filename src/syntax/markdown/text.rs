//! What DocFX finds in text: bare addresses (spec 2.3), `@uid` (spec 9.1), emoji, and what further extensions of Markdig add.

use std::ops::Range;

use crate::syntax::dialect::{Dialect, Feature};
use crate::syntax::directive::{Abbreviations, is_escaped};
use crate::syntax::tree::NodeKind;

use super::emoji;
use super::smarty_pants::punctuation;

/// Something found in text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TextMatch {
    /// A bare address, and the target of a link to it.
    Address(String),
    /// `@uid`
    Uid(String),
    /// `:smile:` or `:)`
    Emoji(&'static str),
    /// `"`, `'`, `--` and their kin.
    Punctuation {
        /// The name of the entity it becomes.
        entity: &'static str,
        /// True if it needs a partner.
        pending: bool,
    },
    /// `[ ]` or `[x]`
    Task(bool),
    /// A word that is short for this.
    Abbreviation(Box<str>),
    /// `++x++` or `==x==`, and the bytes inside.
    Marked(NodeKind, Range<usize>),
}

/// The text to search.
pub(super) struct TextSearch<'a> {
    /// The whole source.
    pub text: &'a str,
    /// The bytes of the text node.
    pub range: Range<usize>,
    pub dialect: Dialect,
    /// True in an item of a list, which may be a task.
    pub in_item: bool,
    pub abbreviations: &'a Abbreviations,
}

/// Everything found in a text, in order, with its bytes.
pub(super) fn find(search: &TextSearch<'_>) -> Vec<(Range<usize>, TextMatch)> {
    let mut found = Vec::new();
    if !search.may_match() {
        return found;
    }
    let range = &search.range;
    let has_abbreviations = !search.abbreviations.is_empty();
    let is_slow = has_abbreviations || search.dialect.has(Feature::Smileys);
    let mut at = range.start;
    while at < range.end {
        if !is_slow {
            // Nothing else begins with any other byte. These are all ASCII, so none of them is within a character.
            let rest = search.text.as_bytes()[at..range.end].iter();
            at += rest.take_while(|byte| !BEGINNINGS[**byte as usize]).count();
            if at == range.end {
                break;
            }
        }
        // Emoji come before all else, as in Markdig.
        let mut hit = search.emoji_at(at);
        if hit.is_none() {
            hit = search.match_at(at);
        }
        if hit.is_none() && has_abbreviations {
            hit = search.abbreviation_at(at);
        }
        match hit {
            Some((len, hit)) => {
                found.push((at..at + len, hit));
                at += len;
            }
            None => at = search.text.ceil_char_boundary(at + 1),
        }
    }
    found
}

impl TextSearch<'_> {
    /// False if nothing can be found, which is so for most text nodes: this is asked of every one, so it looks at bytes alone.
    fn may_match(&self) -> bool {
        let words = &self.text[self.range.clone()];
        let dialect = self.dialect;
        let is_slow = dialect.has(Feature::SmartyPants) || dialect.has(Feature::Smileys);
        if is_slow || !self.abbreviations.is_empty() {
            return true;
        }
        if !words.bytes().any(|byte| SIGNS[byte as usize]) {
            return false;
        }
        // `~` and `^` within a word, where CommonMark's rules for emphasis do not reach.
        let signs = [
            (Feature::Inserted, "++"),
            (Feature::Marked, "=="),
            (Feature::Superscript, "^"),
            (Feature::Subscript, "~"),
            (Feature::Citations, "\"\""),
        ];
        for (feature, sign) in signs {
            if dialect.has(feature) && words.contains(sign) {
                return true;
            }
        }
        let has_task = self.in_item && dialect.has(Feature::TaskLists) && words.contains('[');
        has_task || may_have_address_or_emoji(words)
    }

    /// What begins at byte `at`, and its length.
    fn match_at(&self, at: usize) -> Option<(usize, TextMatch)> {
        let has = |feature| self.dialect.has(feature);
        let rest = &self.text[at..self.range.end];
        let before = self.text[self.range.start..at].chars().next_back();
        match rest.as_bytes()[0] {
            b'h' | b'f' | b'm' | b't' | b'w' if has(Feature::AutoLinks) => address(rest, before),
            b'@' if has(Feature::DocFx) && !self.text[..at].ends_with('\\') => uid(rest),
            b'[' if self.in_item && has(Feature::TaskLists) => task(rest),
            b'"' if has(Feature::Citations) && rest.starts_with("\"\"") => {
                marked(rest, "\"\"", at, NodeKind::Citation)
            }
            b'"' | b'\'' | b'-' | b'.' | b'<' | b'>' if has(Feature::SmartyPants) => {
                let found = punctuation(rest, self.source_before(at))?;
                let (entity, pending) = (found.entity, found.pending);
                Some((found.len, TextMatch::Punctuation { entity, pending }))
            }
            b'+' if has(Feature::Inserted) => marked(rest, "++", at, NodeKind::Inserted),
            b'^' if has(Feature::Superscript) => marked(rest, "^", at, NodeKind::Superscript),
            // `~~` is strikethrough, which CommonMark's reader has found already.
            b'~' if has(Feature::Subscript) && !rest.starts_with("~~") => {
                marked(rest, "~", at, NodeKind::Subscript)
            }
            b'=' if has(Feature::Marked) => marked(rest, "==", at, NodeKind::Marked),
            _ => None,
        }
    }

    /// The shortcode or smiley at byte `at`, and its length. Neither follows a letter, a digit or a backslash (DocFX spec 2.3).
    fn emoji_at(&self, at: usize) -> Option<(usize, TextMatch)> {
        let has_smileys = self.dialect.has(Feature::Smileys);
        let rest = &self.text[at..self.range.end];
        if !self.dialect.has(Feature::Emoji) || !has_smileys && !rest.starts_with(':') {
            return None;
        }
        let mut found = emoji::shortcode(rest);
        if found.is_none() && has_smileys {
            found = emoji::smiley(rest);
        }
        let (len, sign) = found?;
        let is_word = self.source_before(at).is_some_and(char::is_alphanumeric);
        if is_word || is_escaped(self.text, at) {
            return None;
        }
        Some((len, TextMatch::Emoji(sign)))
    }

    /// The character before byte `at`, be it in another node.
    fn source_before(&self, at: usize) -> Option<char> {
        self.text[..at].chars().next_back()
    }

    /// The abbreviation that the word at byte `at` begins with.
    fn abbreviation_at(&self, at: usize) -> Option<(usize, TextMatch)> {
        if let Some(before) = self.source_before(at)
            && !before.is_whitespace()
        {
            return None;
        }
        let rest = &self.text[at..self.range.end];
        let (len, meaning) = self.abbreviations.at(rest)?;
        Some((len, TextMatch::Abbreviation(meaning.into())))
    }
}

/// What anything but an abbreviation begins with.
const BEGINNINGS: [bool; 256] = among(b"hfmtw@:[\"'-.<>+^~=");

/// Without one of these a text holds nothing but signs of [`Feature::SmartyPants`] and abbreviations.
const SIGNS: [bool; 256] = among(b"@:.[\"+^~=");

const fn among(bytes: &[u8]) -> [bool; 256] {
    let mut table = [false; 256];
    let mut at = 0;
    while at < bytes.len() {
        table[bytes[at] as usize] = true;
        at += 1;
    }
    table
}

/// What an address with `:` begins with. Behind other letters `:` begins nothing.
const SCHEMES: [&[u8]; 5] = [b"http", b"https", b"ftp", b"mailto", b"tel"];

/// True if an address, a uid or an emoji may be in this text, which has no other sign. Decoding characters here made parsing measurably
/// slower: bytes are all that is looked at.
fn may_have_address_or_emoji(words: &str) -> bool {
    let bytes = words.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        let before = &bytes[..at];
        let may_match = match byte {
            b'@' => true,
            b':' => match before.last() {
                Some(last) if last.is_ascii_alphanumeric() => {
                    SCHEMES.iter().any(|scheme| before.ends_with(scheme))
                }
                _ => true,
            },
            b'.' => before.ends_with(b"www"),
            _ => false,
        };
        if may_match {
            return true;
        }
    }
    false
}

fn task(rest: &str) -> Option<(usize, TextMatch)> {
    let done = match rest.get(..3)? {
        "[ ]" => false,
        "[x]" | "[X]" => true,
        _ => return None,
    };
    Some((3, TextMatch::Task(done)))
}

/// `rest` starts with `sign`, which is at byte `at`.
fn marked(rest: &str, sign: &str, at: usize, kind: NodeKind) -> Option<(usize, TextMatch)> {
    let inner = rest.strip_prefix(sign)?;
    let len = inner[..inner.floor_char_boundary(LONGEST_ADDRESS)].find(sign)?;
    let words = &inner[..len];
    if words.is_empty()
        || words.starts_with(char::is_whitespace)
        || words.ends_with(char::is_whitespace)
    {
        return None;
    }
    let start = at + sign.len();
    let found = TextMatch::Marked(kind, start..start + len);
    Some((len + 2 * sign.len(), found))
}

/// No address is longer: a hostile word of a thousand half addresses is not searched to its end for each.
const LONGEST_ADDRESS: usize = 4096;

/// A bare address, in the way of GitHub's autolinks (DocFX spec 2.3).
fn address(rest: &str, before: Option<char>) -> Option<(usize, TextMatch)> {
    const STARTS: [&str; 6] = ["http://", "https://", "ftp://", "mailto:", "tel:", "www."];
    if let Some(before) = before
        && !before.is_whitespace()
        && !matches!(before, '*' | '_' | '~' | '(')
    {
        return None;
    }
    let start = *STARTS.iter().find(|start| rest.starts_with(**start))?;
    let rest = &rest[..rest.floor_char_boundary(LONGEST_ADDRESS)];
    let end = rest.find(ends_address).unwrap_or(rest.len());
    let len = trimmed_len(&rest[..end]);
    let shown = &rest[..len];
    let body = shown.get(start.len()..)?;
    // `http://localhost` is no link for DocFX: a domain has a dot.
    let is_address = match start {
        "tel:" => body.starts_with(|first: char| first.is_ascii_digit() || first == '+'),
        "mailto:" => match body.split_once('@') {
            Some((user, host)) => !user.is_empty() && is_domain(host),
            None => false,
        },
        "www." => is_domain(shown) && is_domain(body),
        _ => is_domain(body),
    };
    if !is_address {
        return None;
    }
    // A browser would take `www.` for a path.
    let target = match start {
        "www." => format!("http://{shown}"),
        _ => shown.to_owned(),
    };
    Some((len, TextMatch::Address(target)))
}

/// A `|` may end a cell of a table.
fn ends_address(character: char) -> bool {
    character.is_whitespace() || matches!(character, '<' | '|')
}

/// True if an address begins with a domain: at least two parts, none of them empty, without `_` in the last two, and of nothing but
/// letters, digits, `-`, `_` and signs that are not punctuation (the rules of GitHub's autolinks).
fn is_domain(address: &str) -> bool {
    let host = address.split(['/', '?', '#', ':']).next().unwrap_or("");
    let mut parts = 0;
    for part in host.rsplit('.') {
        parts += 1;
        if part.is_empty() || !part.chars().all(is_host_sign) {
            return false;
        }
        if parts <= 2 && part.contains('_') {
            return false;
        }
    }
    parts > 1
}

fn is_host_sign(character: char) -> bool {
    character.is_alphanumeric()
        || matches!(character, '-' | '_')
        // The per mille sign is the one sign beyond ASCII that Markdig takes for punctuation here.
        || !character.is_ascii() && character != '‰'
}

/// The length of an address without the punctuation of the sentence around it, as GFM has it; square brackets are treated like round ones.
fn trimmed_len(text: &str) -> usize {
    let mut rest = text;
    let mut brackets = [('(', ')'), ('[', ']')].map(|(open, close)| {
        let opened = text.matches(open).count();
        (close, text.matches(close).count(), opened)
    });
    loop {
        let before = rest.len();
        rest = rest.trim_end_matches(['?', '!', '.', ',', ':', '*', '_', '~', '\'', '"']);
        for (close, closed, opened) in &mut brackets {
            if closed > opened
                && let Some(inner) = rest.strip_suffix(*close)
            {
                rest = inner;
                *closed -= 1;
            }
        }
        rest = without_entity(rest);
        if rest.len() == before {
            return before;
        }
    }
}

/// `&amp;` at the end of an address is text, even if it means nothing.
fn without_entity(text: &str) -> &str {
    let Some(inner) = text.strip_suffix(';') else {
        return text;
    };
    match inner.rfind('&') {
        Some(at)
            if inner[at + 1..]
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric()) =>
        {
            &inner[..at]
        }
        _ => text,
    }
}

/// `rest` starts with `@`: a uid in quotes, or one that begins with a letter and ends before white space, quotes, brackets, or punctuation
/// behind which a word ends (DocFX spec 9.1).
fn uid(rest: &str) -> Option<(usize, TextMatch)> {
    let name = &rest[1..];
    let first = name.chars().next()?;
    if matches!(first, '"' | '\'') {
        let end = name[1..].find([first, '\n'])?;
        let quoted = &name[1..=end];
        if quoted.is_empty() || !name[1 + end..].starts_with(first) {
            return None;
        }
        return Some((end + 3, TextMatch::Uid(quoted.to_owned())));
    }
    if !first.is_ascii_alphabetic() {
        return None;
    }
    let end = uid_len(name);
    Some((end + 1, TextMatch::Uid(name[..end].to_owned())))
}

fn uid_len(name: &str) -> usize {
    let mut characters = name.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        if stops_uid(character) {
            return at;
        }
        let ends_word = match characters.peek() {
            Some((_, next)) => stops_uid(*next) || pauses_uid(*next),
            None => true,
        };
        if pauses_uid(character) && ends_word {
            return at;
        }
    }
    name.len()
}

fn stops_uid(character: char) -> bool {
    character.is_whitespace() || matches!(character, '"' | '\'' | '<' | '>' | '[' | ']' | '|')
}

/// True for punctuation that is part of a uid only if more of it follows.
fn pauses_uid(character: char) -> bool {
    matches!(character, '.' | ',' | ';' | ':' | '!' | '?' | '~')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hits(text: &str) -> Vec<(&str, TextMatch)> {
        let search = TextSearch {
            text,
            range: 0..text.len(),
            dialect: Dialect::DOCFX,
            in_item: false,
            abbreviations: &Abbreviations::default(),
        };
        let mut hits = Vec::new();
        for (range, found) in find(&search) {
            hits.push((&text[range], found));
        }
        hits
    }

    #[test]
    fn addresses_end_before_the_sentence_does() {
        let address = |text: &str| TextMatch::Address(text.to_owned());
        assert_eq!(
            hits("se (https://example.com/a_(b)), nå"),
            [(
                "https://example.com/a_(b)",
                address("https://example.com/a_(b)")
            )]
        );
        assert_eq!(
            hits("[se https://example.com/x[1]]"),
            [(
                "https://example.com/x[1]",
                address("https://example.com/x[1]")
            )]
        );
        assert_eq!(
            hits("på www.example.com."),
            [("www.example.com", address("http://www.example.com"))]
        );
        assert_eq!(
            hits("mailto:ola@example.com"),
            [("mailto:ola@example.com", address("mailto:ola@example.com"))]
        );
        for text in [
            "http://localhost:80",
            "xhttp://a.no",
            "www.",
            "https://",
            "tel:",
            "æhttp",
        ] {
            assert_eq!(hits(text), [], "{text}");
        }
    }

    #[test]
    fn uids_run_to_the_end_of_the_word() {
        let uid = |text: &str| TextMatch::Uid(text.to_owned());
        assert_eq!(hits("Se @help-no-x."), [("@help-no-x", uid("help-no-x"))]);
        assert_eq!(
            hits("@\"a b\" og @a.b, @1 @"),
            [("@\"a b\"", uid("a b")), ("@a.b", uid("a.b"))]
        );
        assert_eq!(
            hits("ola@example.com"),
            [("@example.com", uid("example.com"))]
        );
    }
}
