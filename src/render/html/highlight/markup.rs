//! XML and HTML -> their parts. Scripts and styles inside are read as what they are.

use super::{Highlighter, Marks, Part};

pub(super) fn read(highlighter: &Highlighter, code: &str, base: usize, marks: &mut Marks) {
    let mut walk = Walk {
        code,
        base,
        at: 0,
        marks,
    };
    while walk.at < code.len() {
        let Some(length) = code[walk.at..].find(['<', '&']) else {
            break;
        };
        walk.at += length;
        let rest = &code[walk.at..];
        if rest.starts_with("<!--") {
            walk.until(Part::Comment, "-->");
        } else if rest.starts_with("<![CDATA[") {
            walk.until(Part::Text, "]]>");
        } else if rest.starts_with("<!") {
            walk.until(Part::Meta, ">");
        } else if rest.starts_with("<?") {
            walk.until(Part::Meta, "?>");
        } else if rest.starts_with('&') {
            walk.entity();
        } else if let Some(name) = walk.tag() {
            let language = match name.to_ascii_lowercase().as_str() {
                "script" => "javascript",
                "style" => "css",
                _ => continue,
            };
            let end = end_of(&code[walk.at..], name) + walk.at;
            highlighter.read_inner(language, &code[walk.at..end], base + walk.at, walk.marks);
            walk.at = end;
        }
    }
}

struct Walk<'c, 'm> {
    code: &'c str,
    base: usize,
    at: usize,
    marks: &'m mut Marks,
}

impl<'c> Walk<'c, '_> {
    fn add(&mut self, part: Part, end: usize) {
        self.marks.add(part, self.base + self.at, self.base + end);
        self.at = end;
    }

    fn until(&mut self, part: Part, end: &str) {
        let end = self.code[self.at..]
            .find(end)
            .map_or(self.code.len(), |length| self.at + length + end.len());
        self.add(part, end);
    }

    /// `&amp;`
    fn entity(&mut self) {
        let name = &self.code[self.at + 1..];
        let length = name
            .find(|char: char| !char.is_ascii_alphanumeric() && char != '#')
            .unwrap_or(name.len());
        match length > 0 && name[length..].starts_with(';') {
            true => self.add(Part::Literal, self.at + length + 2),
            false => self.at += 1,
        }
    }

    /// A tag with its attributes. The name of what it opens, unless it closes it at once.
    fn tag(&mut self) -> Option<&'c str> {
        let rest = &self.code[self.at + 1..];
        let name = rest.strip_prefix('/').unwrap_or(rest);
        if !name.starts_with(|char: char| char.is_alphabetic() || matches!(char, '_' | ':')) {
            self.at += 1;
            return None;
        }
        let closes = rest.starts_with('/');
        let name = &name[..name.find(|char: char| !is_name(char)).unwrap_or(name.len())];
        self.at += 1 + usize::from(closes);
        self.add(Part::Type, self.at + name.len());
        loop {
            let rest = &self.code[self.at..];
            self.at += rest.len() - rest.trim_start().len();
            let rest = &self.code[self.at..];
            let char = rest.chars().next()?;
            match char {
                '>' => {
                    self.at += 1;
                    return (!closes).then_some(name);
                }
                '/' if rest.starts_with("/>") => {
                    self.at += 2;
                    return None;
                }
                // Somebody left out the end of the tag.
                '<' => return None,
                '"' | '\'' => self.value(char),
                '=' => {
                    self.at += 1;
                    let rest = &self.code[self.at..];
                    let length = rest
                        .find(|char: char| char.is_whitespace() || char == '>')
                        .unwrap_or(rest.len());
                    if length > 0 && !rest.starts_with(['"', '\'']) {
                        self.add(Part::Text, self.at + length);
                    }
                }
                _ if is_name(char) || matches!(char, '@' | '*' | '#' | '(' | '[') => {
                    let length = rest
                        .find(|char: char| char.is_whitespace() || "=>/\"'<".contains(char))
                        .unwrap_or(rest.len());
                    self.add(Part::Attribute, self.at + length.max(char.len_utf8()));
                }
                _ => self.at += char.len_utf8(),
            }
        }
    }

    /// A value in quotes. Without its end, it ends with the line.
    fn value(&mut self, quote: char) {
        let rest = &self.code[self.at + 1..];
        let end = rest
            .find(quote)
            .map(|length| length + 1)
            .or_else(|| rest.find('\n'))
            .unwrap_or(rest.len());
        self.add(Part::Text, self.at + 1 + end);
    }
}

/// Where the element `name` is closed.
fn end_of(text: &str, name: &str) -> usize {
    let closes = |at: &usize| {
        text.get(at + 2..at + 2 + name.len())
            .is_some_and(|typed| typed.eq_ignore_ascii_case(name))
    };
    text.match_indices("</")
        .map(|(at, _)| at)
        .find(closes)
        .unwrap_or(text.len())
}

fn is_name(char: char) -> bool {
    char.is_alphanumeric() || matches!(char, '_' | ':' | '-' | '.')
}
