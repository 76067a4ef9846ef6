//! What DocFX finds in plain words: bare addresses (spec 2.3) and `@uid` (spec 9.1).

use std::ops::Range;

/// Something found in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    /// A bare address, and what a link to it says.
    Address(String),
    /// `@uid`
    Uid(String),
}

/// Everything found in the words `text[range]`, in order.
pub(super) fn find(text: &str, range: Range<usize>) -> Vec<(Range<usize>, Found)> {
    let words = &text[range.clone()];
    let mut found: Vec<(Range<usize>, Found)> = Vec::new();
    if !words.contains([':', '@']) && !words.contains("www.") {
        return found;
    }
    let mut at = range.start;
    while at < range.end {
        let rest = &text[at..range.end];
        let before = text[range.start..at].chars().next_back();
        let hit = match rest.as_bytes()[0] {
            b'h' | b'f' | b'm' | b't' | b'w' => address(rest, before),
            b'@' if !text[..at].ends_with('\\') => uid(rest),
            _ => None,
        };
        match hit {
            Some((len, hit)) => {
                found.push((at..at + len, hit));
                at += len;
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    found
}

/// No address is longer: a hostile word of a thousand half addresses is not searched to its end for each.
const LONGEST: usize = 4096;

fn address(rest: &str, before: Option<char>) -> Option<(usize, Found)> {
    if before.is_some_and(|before| !before.is_whitespace() && !matches!(before, '*' | '_' | '~' | '(')) {
        return None;
    }
    let scheme = ["http://", "https://", "ftp://", "mailto:", "tel:", "www."].into_iter().find(|scheme| rest.starts_with(scheme))?;
    let rest = &rest[..rest.floor_char_boundary(LONGEST)];
    let end = rest.find(|character: char| character.is_whitespace() || character == '<').unwrap_or(rest.len());
    let len = trimmed(&rest[..end]);
    let shown = &rest[..len];
    let body = shown.get(scheme.len()..)?;
    let sound = match scheme {
        "tel:" => !body.is_empty() && body.starts_with(|first: char| first.is_ascii_digit() || first == '+'),
        "mailto:" => body.split_once('@').is_some_and(|(user, host)| !user.is_empty() && dotted(host)),
        "www." => dotted(shown),
        _ => dotted(body.split(['/', '?', '#', ':']).next().unwrap_or("")),
    };
    let target = if scheme == "www." { format!("http://{shown}") } else { shown.to_owned() };
    sound.then_some((len, Found::Address(target)))
}

fn dotted(host: &str) -> bool {
    host.split(['/', '?', '#']).next().is_some_and(|host| {
        let parts: Vec<&str> = host.split('.').collect();
        parts.len() > 1 && parts.iter().all(|part| !part.is_empty())
    })
}

/// The length of an address without the punctuation of the sentence around it, as GFM has it; square brackets are treated like round ones.
fn trimmed(text: &str) -> usize {
    let mut kept = text;
    let mut unopened = [('(', ')'), ('[', ']')].map(|(open, close)| (close, text.matches(close).count(), text.matches(open).count()));
    loop {
        let mut shorter = kept.trim_end_matches(['?', '!', '.', ',', ':', '*', '_', '~', '\'', '"']);
        for (close, closed, opened) in &mut unopened {
            if let Some(inner) = shorter.strip_suffix(*close).filter(|_| *closed > *opened) {
                shorter = inner;
                *closed -= 1;
            }
        }
        let shorter = match shorter.strip_suffix(';').and_then(|inner| Some((inner, inner.rfind('&')?))) {
            Some((inner, at)) if inner[at + 1..].bytes().all(|byte| byte.is_ascii_alphanumeric()) => &inner[..at],
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
        return (name[1 + end..].starts_with(first) && !quoted.is_empty()).then(|| (end + 3, Found::Uid(quoted.to_owned())));
    }
    if !first.is_ascii_alphabetic() {
        return None;
    }
    let stops = |character: char| character.is_whitespace() || matches!(character, '"' | '\'' | '<' | '>' | '[' | ']' | '|');
    let pauses = |character: char| matches!(character, '.' | ',' | ';' | ':' | '!' | '?' | '~');
    let mut characters = name.char_indices().peekable();
    let mut end = name.len();
    while let Some((at, character)) = characters.next() {
        let next = characters.peek().map(|&(_, next)| next);
        if stops(character) || pauses(character) && next.is_none_or(|next| stops(next) || pauses(next)) {
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
        find(text, 0..text.len()).into_iter().map(|(range, found)| (&text[range], found)).collect()
    }

    #[test]
    fn addresses_end_before_the_sentence_does() {
        let address = |text: &str| Found::Address(text.to_owned());
        assert_eq!(hits("se (https://example.com/a_(b)), nå"), [("https://example.com/a_(b)", address("https://example.com/a_(b)"))]);
        assert_eq!(hits("[se https://example.com/x[1]]"), [("https://example.com/x[1]", address("https://example.com/x[1]"))]);
        assert_eq!(hits("på www.example.com."), [("www.example.com", address("http://www.example.com"))]);
        assert_eq!(hits("mailto:ola@example.com"), [("mailto:ola@example.com", address("mailto:ola@example.com"))]);
        for text in ["http://localhost:80", "xhttp://a.no", "www.", "https://", "tel:", "æhttp"] {
            assert_eq!(hits(text), [], "{text}");
        }
    }

    #[test]
    fn uids_run_to_the_end_of_the_word() {
        let uid = |text: &str| Found::Uid(text.to_owned());
        assert_eq!(hits("Se @help-no-x."), [("@help-no-x", uid("help-no-x"))]);
        assert_eq!(hits("@\"a b\" og @a.b, @1 @"), [("@\"a b\"", uid("a b")), ("@a.b", uid("a.b"))]);
        assert_eq!(hits("ola@example.com"), [("@example.com", uid("example.com"))]);
    }
}
