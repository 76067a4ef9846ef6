//! XML and HTML -> tokens. Scripts and styles inside are tokenized in their own languages.

use super::cursor::{Cursor, Languages, leading_blanks, length_until};
use super::token::TokenKind;

/// Tokenizes everything the cursor has left.
pub(super) fn tokenize(languages: &impl Languages, cursor: &mut Cursor<'_, '_>) {
    while let Some(length) = cursor.rest().find(['<', '&']) {
        cursor.at += length;
        let rest = cursor.rest();
        // The longest beginnings first: comments and CDATA begin with `<!` too.
        if rest.starts_with("<!--") {
            cursor.token_through(TokenKind::Comment, "-->");
        } else if rest.starts_with("<![CDATA[") {
            cursor.token_through(TokenKind::Text, "]]>");
        } else if rest.starts_with("<!") {
            cursor.token_through(TokenKind::Meta, ">");
        } else if rest.starts_with("<?") {
            cursor.token_through(TokenKind::Meta, "?>");
        } else if rest.starts_with('&') {
            entity(cursor);
        } else if let Some(name) = tag(cursor) {
            embedded(languages, cursor, name);
        }
    }
}

/// The content of a `<script>` or `<style>`, which ends at the first closing tag of its name (HTML standard, 13.2.5.4).
fn embedded(languages: &impl Languages, cursor: &mut Cursor<'_, '_>, name: &str) {
    let language = if name.eq_ignore_ascii_case("script") {
        "javascript"
    } else if name.eq_ignore_ascii_case("style") {
        "css"
    } else {
        return;
    };
    let end = cursor.at + closing_tag(cursor.rest(), name);
    languages.tokenize_embedded(language, cursor, end);
}

/// `&amp;`
fn entity(cursor: &mut Cursor<'_, '_>) {
    let name = &cursor.rest()[1..];
    let length = length_until(name, |char| !char.is_ascii_alphanumeric() && char != '#');
    // `&` alone is common in addresses and in text that is not quite HTML.
    if length > 0 && name[length..].starts_with(';') {
        cursor.token(TokenKind::Literal, cursor.at + length + 2);
    } else {
        cursor.at += 1;
    }
}

/// A tag with its attributes. Returns the name of the element it opens; `None` for a closing or self-closing tag.
fn tag<'c>(cursor: &mut Cursor<'c, '_>) -> Option<&'c str> {
    let rest = &cursor.rest()[1..];
    let closes = rest.starts_with('/');
    let name = rest.strip_prefix('/').unwrap_or(rest);
    if !name.starts_with(|char: char| char.is_alphabetic() || matches!(char, '_' | ':')) {
        cursor.at += 1;
        return None;
    }
    let name = &name[..length_until(name, |char| !is_name(char))];
    cursor.at += 1 + usize::from(closes);
    cursor.token(TokenKind::Type, cursor.at + name.len());
    loop {
        cursor.at += leading_blanks(cursor.rest());
        let char = cursor.peek()?;
        match char {
            '>' => {
                cursor.at += 1;
                return if closes { None } else { Some(name) };
            }
            '/' if cursor.rest().starts_with("/>") => {
                cursor.at += 2;
                return None;
            }
            // The tag was never closed: what follows is another one.
            '<' => return None,
            '"' | '\'' => quoted_value(cursor, char),
            '=' => unquoted_value(cursor),
            _ if is_name(char) || matches!(char, '@' | '*' | '#' | '(' | '[') => {
                let length = length_until(cursor.rest(), ends_attribute);
                // At least one character, or the loop would not end.
                let length = length.max(char.len_utf8());
                cursor.token(TokenKind::Attribute, cursor.at + length);
            }
            _ => cursor.at += char.len_utf8(),
        }
    }
}

fn ends_attribute(char: char) -> bool {
    char.is_whitespace() || "=>/\"'<".contains(char)
}

/// A value in quotes. Without a closing quote it ends with the line, so that one typo doesn't turn the rest of the code into a string.
fn quoted_value(cursor: &mut Cursor<'_, '_>, quote: char) {
    let value = &cursor.rest()[1..];
    let length = match (value.find(quote), value.find('\n')) {
        (Some(end), _) => end + 1,
        (None, Some(line_end)) => line_end,
        (None, None) => value.len(),
    };
    cursor.token(TokenKind::Text, cursor.at + 1 + length);
}

/// `=` and the value after it, unless that is in quotes.
fn unquoted_value(cursor: &mut Cursor<'_, '_>) {
    cursor.at += 1;
    let value = cursor.rest();
    let length = length_until(value, |char| char.is_whitespace() || char == '>');
    if length > 0 && !value.starts_with(['"', '\'']) {
        cursor.token(TokenKind::Text, cursor.at + length);
    }
}

/// Where the element `name` is closed, in bytes from the start of `text`.
fn closing_tag(text: &str, name: &str) -> usize {
    for (at, _) in text.match_indices("</") {
        if let Some(typed) = text.get(at + 2..at + 2 + name.len())
            && typed.eq_ignore_ascii_case(name)
        {
            return at;
        }
    }
    text.len()
}

fn is_name(char: char) -> bool {
    char.is_alphanumeric() || matches!(char, '_' | ':' | '-' | '.')
}
