//! HTTP requests and responses -> tokens. A body is tokenized as what it looks like: JSON or XML.

use super::cursor::{Cursor, Languages, leading_blanks};
use super::token::TokenKind;

const METHODS: [&str; 9] = [
    "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "MERGE",
];

/// Tokenizes everything the cursor has left.
pub(super) fn tokenize(languages: &impl Languages, cursor: &mut Cursor<'_, '_>) {
    let mut in_head = true;
    while cursor.at < cursor.code.len() {
        let line = next_line(cursor.rest());
        let next = cursor.at + line.len();
        let text = line.trim_end();
        // `###` separates requests in the `.http` files of editors.
        if text.starts_with("###") {
            cursor.token(TokenKind::Comment, cursor.at + text.len());
            in_head = true;
        } else if begins_message(text) {
            start_line(cursor, text);
            in_head = true;
        } else if in_head && text.is_empty() {
            in_head = false;
        } else if in_head && let Some(name) = header_name(text) {
            cursor.token(TokenKind::Attribute, cursor.at + name.len());
        } else if !text.is_empty() {
            body(languages, cursor, next);
            continue;
        }
        cursor.at = next;
    }
}

fn next_line(text: &str) -> &str {
    text.split_inclusive('\n').next().unwrap_or("")
}

fn first_word(text: &str) -> &str {
    text.split_whitespace().next().unwrap_or("")
}

/// True for the first line of a request or response.
fn begins_message(line: &str) -> bool {
    let first = first_word(line);
    METHODS.contains(&first) || first.starts_with("HTTP/")
}

fn header_name(line: &str) -> Option<&str> {
    let (name, _) = line.split_once(':')?;
    for byte in name.bytes() {
        if !byte.is_ascii_alphanumeric() && byte != b'-' && byte != b'_' {
            return None;
        }
    }
    if name.is_empty() { None } else { Some(name) }
}

/// The body from the line that ends at `end` to the next request.
fn body(languages: &impl Languages, cursor: &mut Cursor<'_, '_>, mut end: usize) {
    while end < cursor.code.len() {
        let line = next_line(&cursor.code[end..]);
        if line.starts_with("###") || begins_message(line) {
            break;
        }
        end += line.len();
    }
    // Not by `Content-Type`: examples mostly leave it out.
    let language = match cursor.rest().trim_start().chars().next() {
        Some('{' | '[') => "json",
        Some('<') => "xml",
        _ => "",
    };
    languages.tokenize_embedded(language, cursor, end);
}

/// `GET /path HTTP/1.1` or `HTTP/1.1 200 OK`
fn start_line(cursor: &mut Cursor<'_, '_>, line: &str) {
    let start = cursor.at;
    let first = first_word(line);
    let (first_kind, second_kind) = if first.starts_with("HTTP/") {
        (TokenKind::Meta, TokenKind::Number)
    } else {
        (TokenKind::Keyword, TokenKind::Text)
    };
    cursor.at += leading_blanks(line);
    cursor.token(first_kind, cursor.at + first.len());
    let rest = &line[cursor.at - start..];
    cursor.at += leading_blanks(rest);
    cursor.token(second_kind, cursor.at + first_word(rest).len());
    if second_kind == TokenKind::Text
        && let Some(version) = line.rfind(" HTTP/")
        && start + version >= cursor.at
    {
        cursor.at = start + version + 1;
        cursor.token(TokenKind::Meta, start + line.len());
    }
}
