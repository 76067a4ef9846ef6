//! HTTP requests and answers -> their parts. A body is read as what it looks like.

use super::{Highlighter, Marks, Part};

const METHODS: [&str; 9] = [
    "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "MERGE",
];

pub(super) fn read(highlighter: &Highlighter, code: &str, base: usize, marks: &mut Marks) {
    let (mut start, mut in_head) = (0, true);
    let mut lines = code.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        let text = line.trim_end();
        let from = base + start;
        let first = text.split_whitespace().next().unwrap_or("");
        if text.starts_with("###") {
            marks.add(Part::Comment, from, from + text.len());
            in_head = true;
        } else if METHODS.contains(&first) || first.starts_with("HTTP/") {
            start_line(text, first, from, marks);
            in_head = true;
        } else if in_head && text.is_empty() {
            in_head = false;
        } else if in_head
            && let Some((name, _)) = text.split_once(':').filter(|(name, _)| is_name(name))
        {
            marks.add(Part::Attribute, from, from + name.len());
        } else if !text.is_empty() {
            // The body runs to the next request.
            let mut end = start + line.len();
            while let Some(next) = lines.next_if(|next| !begins(next)) {
                end += next.len();
            }
            let body = &code[start..end];
            let language = match body.trim_start().chars().next() {
                Some('{' | '[') => "json",
                Some('<') => "xml",
                _ => "",
            };
            highlighter.read_inner(language, body, from, marks);
            start = end;
            continue;
        }
        start += line.len();
    }
}

fn begins(line: &str) -> bool {
    let first = line.split_whitespace().next().unwrap_or("");
    line.starts_with("###") || METHODS.contains(&first) || first.starts_with("HTTP/")
}

/// `GET /path HTTP/1.1` or `HTTP/1.1 200 OK`
fn start_line(text: &str, first: &str, from: usize, marks: &mut Marks) {
    let lead = text.len() - text.trim_start().len();
    let answer = first.starts_with("HTTP/");
    let begin = from + lead;
    marks.add(
        if answer { Part::Meta } else { Part::Keyword },
        begin,
        begin + first.len(),
    );
    let rest = &text[lead + first.len()..];
    let blank = rest.len() - rest.trim_start().len();
    let word = rest.split_whitespace().next().unwrap_or("");
    let start = begin + first.len() + blank;
    marks.add(
        if answer { Part::Number } else { Part::Text },
        start,
        start + word.len(),
    );
    if let Some(at) = text
        .rfind(" HTTP/")
        .filter(|at| !answer && from + at >= start + word.len())
    {
        marks.add(Part::Meta, from + at + 1, from + text.len());
    }
}

fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}
