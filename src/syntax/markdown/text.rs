//! What DocFX finds in plain words: bare addresses (spec 2.3) and `@uid` (spec 9.1).

use std::ops::Range;

use crate::syntax::dialect::{Dialect, Feature};
use crate::syntax::directive::Abbreviations;
use crate::syntax::tree::NodeKind;

use super::smarty_pants;

/// Something found in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    /// A bare address, and what a link to it says.
    Address(String),
    /// `@uid`
    Uid(String),
    /// `:smile:` or `:)`
    Emoji(&'static str),
    /// `"`, `'`, `--` and their kin: the entity, and whether it needs a partner.
    Smart(&'static str, bool),
    /// `[ ]` or `[x]`
    Task(bool),
    /// A word that is short for this.
    Abbreviation(Box<str>),
    /// `++x++` or `==x==`, and the bytes inside.
    Marked(NodeKind, Range<usize>),
}

/// Everything found in the words `text[range]`, in order.
pub(super) fn find(
    text: &str,
    range: Range<usize>,
    dialect: Dialect,
    in_item: bool,
    abbreviations: &Abbreviations,
) -> Vec<(Range<usize>, Found)> {
    let words = &text[range.clone()];
    let mut found: Vec<(Range<usize>, Found)> = Vec::new();
    let smart = dialect.has(Feature::SmartyPants);
    let short = !abbreviations.is_empty();
    // Most words hold no sign at all.
    let is_plain = !words.bytes().any(|byte| SIGNS[byte as usize]);
    if is_plain && !smart && !short {
        return found;
    }
    let extras = dialect.has(Feature::Inserted) && words.contains("++")
        || dialect.has(Feature::Marked) && words.contains("==");
    // Within a word, where CommonMark's rules for emphasis do not reach.
    let extras = extras
        || dialect.has(Feature::Superscript) && words.contains('^')
        || dialect.has(Feature::Subscript) && words.contains('~');
    let tasks = in_item && dialect.has(Feature::TaskLists) && words.contains('[');
    let cites = dialect.has(Feature::Citations) && words.contains("\"\"");
    if !extras && !tasks && !smart && !short && !cites && !may_be_found(words) {
        return found;
    }
    let mut at = range.start;
    while at < range.end {
        if !short {
            // Nothing begins with any other byte. These are all ASCII, so none of them is within a character.
            at += text.as_bytes()[at..range.end]
                .iter()
                .take_while(|byte| !BEGINNINGS[**byte as usize])
                .count();
            if at == range.end {
                break;
            }
        }
        let rest = &text[at..range.end];
        let before = text[range.start..at].chars().next_back();
        let hit = match rest.as_bytes()[0] {
            b'h' | b'f' | b'm' | b't' | b'w' if dialect.has(Feature::AutoLinks) => {
                address(rest, before)
            }
            b'@' if !text[..at].ends_with('\\') && dialect.has(Feature::DocFx) => uid(rest),
            b':' if dialect.has(Feature::Emoji) => {
                emoji(rest, text[..at].chars().next_back(), dialect)
            }
            b'[' if tasks => task(rest),
            b'"' if cites && rest.starts_with("\"\"") => {
                marked(rest, "\"\"", at, NodeKind::Citation)
            }
            b'"' | b'\'' | b'-' | b'.' | b'<' | b'>' if smart => {
                let sign =
                    smarty_pants::sign(rest, text[..at].chars().next_back().filter(|_| at > 0));
                sign.map(|(len, entity, pending)| (len, Found::Smart(entity, pending)))
            }
            b'+' if dialect.has(Feature::Inserted) => marked(rest, "++", at, NodeKind::Inserted),
            b'^' if dialect.has(Feature::Superscript) => {
                marked(rest, "^", at, NodeKind::Superscript)
            }
            b'~' if dialect.has(Feature::Subscript) && !rest.starts_with("~~") => {
                marked(rest, "~", at, NodeKind::Subscript)
            }
            b'=' if dialect.has(Feature::Marked) => marked(rest, "==", at, NodeKind::Marked),
            _ => None,
        };
        let begins_word = short
            && text[..at]
                .chars()
                .next_back()
                .is_none_or(char::is_whitespace);
        let abbreviation = || {
            abbreviations
                .at(rest)
                .map(|(len, meaning)| (len, Found::Abbreviation(meaning.into())))
        };
        match hit.or_else(|| begins_word.then(abbreviation).flatten()) {
            Some((len, hit)) => {
                found.push((at..at + len, hit));
                at += len;
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    found
}

/// What anything but an abbreviation begins with.
const BEGINNINGS: [bool; 256] = among(b"hfmtw@:[\"'-.<>+^~=");

/// Without one of these, words hold nothing but signs of [`Feature::SmartyPants`] and abbreviations.
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

/// True if an address, a uid or an emoji may be among these words, which hold no other mark: asked of very many words, so bytes are all that
/// is looked at.
fn may_be_found(words: &str) -> bool {
    let bytes = words.as_bytes();
    bytes.iter().enumerate().any(|(at, byte)| match byte {
        b'@' => true,
        b':' => {
            let before = &bytes[..at];
            !before.last().is_some_and(u8::is_ascii_alphanumeric)
                || SCHEMES.iter().any(|scheme| before.ends_with(scheme))
        }
        b'.' => bytes[..at].ends_with(b"www"),
        _ => false,
    })
}

/// `rest` starts with `:`. A shortcode or smiley begins a word; what follows it doesn't matter.
fn emoji(rest: &str, before: Option<char>, dialect: Dialect) -> Option<(usize, Found)> {
    const SMILEYS: [(&str, &str); 8] = [
        (":)", "😃"),
        (":-)", "😃"),
        (":(", "😦"),
        (":-(", "😦"),
        (":D", "😄"),
        (":P", "😛"),
        (":|", "😐"),
        (":o", "😮"),
    ];
    if before.is_some_and(|before| {
        !(before.is_whitespace() || dialect.has(Feature::Smileys) && before == '(')
    }) {
        return None;
    }
    let name = &rest[1..];
    let len = name
        .bytes()
        .take(40)
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+'))
        .count();
    if let Some(sign) = name[len..]
        .starts_with(':')
        .then(|| emojis::get_by_shortcode(&name[..len]))
        .flatten()
    {
        return Some((len + 2, Found::Emoji(sign.as_str())));
    }
    let smiley = SMILEYS
        .into_iter()
        .find(|(typed, _)| dialect.has(Feature::Smileys) && rest.starts_with(typed));
    smiley.map(|(typed, sign)| (typed.len(), Found::Emoji(sign)))
}

fn task(rest: &str) -> Option<(usize, Found)> {
    let done = match rest.get(..3)? {
        "[ ]" => false,
        "[x]" | "[X]" => true,
        _ => return None,
    };
    Some((3, Found::Task(done)))
}

/// `rest` starts with `sign`, which stands at byte `at`.
fn marked(rest: &str, sign: &str, at: usize, kind: NodeKind) -> Option<(usize, Found)> {
    let inner = rest.strip_prefix(sign)?;
    let len = inner[..inner.floor_char_boundary(LONGEST)].find(sign)?;
    let words = &inner[..len];
    let sound = !words.is_empty()
        && !words.starts_with(char::is_whitespace)
        && !words.ends_with(char::is_whitespace);
    let start = at + sign.len();
    sound.then(|| {
        (
            len + 2 * sign.len(),
            Found::Marked(kind, start..start + len),
        )
    })
}

/// No address is longer: a hostile word of a thousand half addresses is not searched to its end for each.
const LONGEST: usize = 4096;

fn address(rest: &str, before: Option<char>) -> Option<(usize, Found)> {
    if before
        .is_some_and(|before| !before.is_whitespace() && !matches!(before, '*' | '_' | '~' | '('))
    {
        return None;
    }
    let scheme = ["http://", "https://", "ftp://", "mailto:", "tel:", "www."]
        .into_iter()
        .find(|scheme| rest.starts_with(scheme))?;
    let rest = &rest[..rest.floor_char_boundary(LONGEST)];
    let end = rest
        .find(|character: char| character.is_whitespace() || matches!(character, '<' | '|'))
        .unwrap_or(rest.len());
    let len = trimmed(&rest[..end]);
    let shown = &rest[..len];
    let body = shown.get(scheme.len()..)?;
    let sound = match scheme {
        "tel:" => {
            !body.is_empty()
                && body.starts_with(|first: char| first.is_ascii_digit() || first == '+')
        }
        "mailto:" => body
            .split_once('@')
            .is_some_and(|(user, host)| !user.is_empty() && dotted(host)),
        "www." => dotted(shown) && dotted(body),
        _ => dotted(body.split(['/', '?', '#', ':']).next().unwrap_or("")),
    };
    let target = if scheme == "www." {
        format!("http://{shown}")
    } else {
        shown.to_owned()
    };
    sound.then_some((len, Found::Address(target)))
}

/// True for a domain: at least two parts, none of them empty, without `_` in the last two, and of nothing but letters, digits, `-`, `_`
/// and signs that are no punctuation.
fn dotted(host: &str) -> bool {
    let host = host.split(['/', '?', '#', ':']).next().unwrap_or("");
    let parts: Vec<&str> = host.split('.').collect();
    let fits = |character: char| {
        character.is_alphanumeric()
            || matches!(character, '-' | '_')
            || !character.is_ascii() && character != '‰'
    };
    let sound = |part: &&str| !part.is_empty() && part.chars().all(fits);
    parts.len() > 1
        && parts.iter().all(sound)
        && !parts.iter().rev().take(2).any(|part| part.contains('_'))
}

/// The length of an address without the punctuation of the sentence around it, as GFM has it; square brackets are treated like round ones.
fn trimmed(text: &str) -> usize {
    let mut kept = text;
    let mut unopened = [('(', ')'), ('[', ']')].map(|(open, close)| {
        (
            close,
            text.matches(close).count(),
            text.matches(open).count(),
        )
    });
    loop {
        let mut shorter =
            kept.trim_end_matches(['?', '!', '.', ',', ':', '*', '_', '~', '\'', '"']);
        for (close, closed, opened) in &mut unopened {
            if let Some(inner) = shorter.strip_suffix(*close).filter(|_| *closed > *opened) {
                shorter = inner;
                *closed -= 1;
            }
        }
        let shorter = match shorter
            .strip_suffix(';')
            .and_then(|inner| Some((inner, inner.rfind('&')?)))
        {
            Some((inner, at))
                if inner[at + 1..]
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric()) =>
            {
                &inner[..at]
            }
            _ => shorter,
        };
        if shorter.len() == kept.len() {
            return kept.len();
        }
        kept = shorter;
    }
}

/// `rest` starts with `@`.
fn uid(rest: &str) -> Option<(usize, Found)> {
    let name = &rest[1..];
    let first = name.chars().next()?;
    if matches!(first, '"' | '\'') {
        let end = name[1..].find([first, '\n'])?;
        let quoted = &name[1..=end];
        return (name[1 + end..].starts_with(first) && !quoted.is_empty())
            .then(|| (end + 3, Found::Uid(quoted.to_owned())));
    }
    if !first.is_ascii_alphabetic() {
        return None;
    }
    let stops = |character: char| {
        character.is_whitespace() || matches!(character, '"' | '\'' | '<' | '>' | '[' | ']' | '|')
    };
    let pauses = |character: char| matches!(character, '.' | ',' | ';' | ':' | '!' | '?' | '~');
    let mut characters = name.char_indices().peekable();
    let mut end = name.len();
    while let Some((at, character)) = characters.next() {
        let next = characters.peek().map(|&(_, next)| next);
        if stops(character)
            || pauses(character) && next.is_none_or(|next| stops(next) || pauses(next))
        {
            end = at;
            break;
        }
    }
    Some((end + 1, Found::Uid(name[..end].to_owned())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hits(text: &str) -> Vec<(&str, Found)> {
        find(
            text,
            0..text.len(),
            Dialect::DOCFX,
            false,
            &Abbreviations::default(),
        )
        .into_iter()
        .map(|(range, found)| (&text[range], found))
        .collect()
    }

    #[test]
    fn addresses_end_before_the_sentence_does() {
        let address = |text: &str| Found::Address(text.to_owned());
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
        let uid = |text: &str| Found::Uid(text.to_owned());
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
