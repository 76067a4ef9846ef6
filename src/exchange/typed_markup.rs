//! Words that came back -> markup that someone typed in them. Codes can't be typed: what looks like one is shown to readers as it is, so
//! the translator has to know. What the original has as well is an example of markup, not markup.

use super::unit::{Inline, InlineCode, InlineCodeKind};

/// Signs around words that mean something in Markdown.
const AROUND_WORDS: [&str; 6] = ["**", "__", "~~", "`", "*", "_"];

/// The first markup that is typed in the words of `target` and not in those of `original`.
pub(super) fn typed_markup(
    original: &[Inline],
    target: &[Inline],
    codes: &[InlineCode],
) -> Option<String> {
    let known = texts(original, codes).concat();
    for text in texts(target, codes) {
        for find in [entity, tag, link, heading, around_words] {
            if let Some(typed) = find(&text)
                && find(&known).is_none()
            {
                return Some(typed.to_owned());
            }
        }
    }
    None
}

/// The runs of words outside of labels, in which no markup has a meaning.
fn texts(content: &[Inline], codes: &[InlineCode]) -> Vec<String> {
    let mut texts = Vec::new();
    let mut labels = 0;
    for inline in content {
        match inline {
            Inline::Text(words) if labels == 0 => texts.push(words.clone()),
            Inline::StartCode(number) => labels += usize::from(is_label(codes, *number)),
            Inline::EndCode(number) => labels -= usize::from(is_label(codes, *number)).min(labels),
            Inline::Text(_) | Inline::Placeholder(_) => {}
        }
    }
    texts
}

fn is_label(codes: &[InlineCode], number: usize) -> bool {
    match codes.get(number) {
        Some(code) => code.kind == InlineCodeKind::Label,
        None => false,
    }
}

/// `&nbsp;`, `&#160;`
fn entity(text: &str) -> Option<&str> {
    for (at, _) in text.match_indices('&') {
        let name = &text[at + 1..];
        let length = name
            .find(|char: char| !char.is_ascii_alphanumeric() && char != '#')
            .unwrap_or(name.len());
        if length > 1 && name[length..].starts_with(';') {
            return Some(&text[at..at + length + 2]);
        }
    }
    None
}

/// `<b>`, `</b>`, `<br/>`
fn tag(text: &str) -> Option<&str> {
    for (at, _) in text.match_indices('<') {
        let inside = &text[at + 1..];
        let name = inside.strip_prefix('/').unwrap_or(inside);
        let Some(end) = inside.find('>') else {
            continue;
        };
        let length = name
            .find(|char: char| !char.is_ascii_alphanumeric())
            .unwrap_or(name.len());
        // `<ditt navn>` is something to fill in, and has no attribute.
        let is_tag = name.starts_with(|char: char| char.is_ascii_alphabetic())
            && (name[length..].starts_with(['>', '/']) || inside[..end].contains('='));
        if is_tag && is_element(&name[..length]) {
            return Some(&text[at..at + end + 2]);
        }
    }
    None
}

/// True for the elements that people and programs type in running text.
fn is_element(name: &str) -> bool {
    const ELEMENTS: [&str; 22] = [
        "a", "abbr", "b", "br", "code", "div", "em", "h2", "h3", "i", "img", "kbd", "li", "ol",
        "p", "pre", "span", "strong", "sub", "sup", "u", "ul",
    ];
    ELEMENTS.contains(&name.to_ascii_lowercase().as_str())
}

/// `[words](address)`
fn link(text: &str) -> Option<&str> {
    let middle = text.find("](")?;
    let start = text[..middle].rfind('[')?;
    let end = middle + text[middle..].find(')')?;
    let address = &text[middle + 2..end];
    if address.is_empty() || address.contains(' ') {
        return None;
    }
    Some(&text[start..=end])
}

/// `## words`
fn heading(text: &str) -> Option<&str> {
    let signs = text.bytes().take_while(|byte| *byte == b'#').count();
    if (1..=6).contains(&signs) && text[signs..].starts_with(' ') {
        return Some(&text[..signs]);
    }
    None
}

/// `**words**`, `` `words` ``: signs that begin and end at words.
fn around_words(text: &str) -> Option<&str> {
    for sign in AROUND_WORDS {
        for (open, _) in text.match_indices(sign) {
            let inside = &text[open + sign.len()..];
            let Some(length) = inside.find(sign) else {
                break;
            };
            let words = &inside[..length];
            let before = text[..open].chars().next_back();
            let after = inside[length + sign.len()..].chars().next();
            // `2 * 3 * 4`, `snake_case_name` and `«_»` are none.
            let is_inside_word = sign.starts_with('_') && (is_letter(before) || is_letter(after));
            let is_marked = words.contains(char::is_alphanumeric)
                && words.trim() == words
                && !is_inside_word
                && !is_same_sign(before, sign)
                && !is_same_sign(after, sign);
            if is_marked {
                return Some(&text[open..open + 2 * sign.len() + length]);
            }
        }
    }
    None
}

fn is_letter(char: Option<char>) -> bool {
    match char {
        Some(char) => char.is_alphanumeric(),
        None => false,
    }
}

fn is_same_sign(char: Option<char>, sign: &str) -> bool {
    match char {
        Some(char) => sign.starts_with(char),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(original: &str, target: &str) -> Option<String> {
        let content = |words: &str| vec![Inline::Text(words.to_owned())];
        typed_markup(&content(original), &content(target), &[])
    }

    #[test]
    fn typed_markup_is_found() {
        for (target, expected) in [
            ("Trykk **Lagre** nå", "**Lagre**"),
            ("Trykk *Lagre* nå", "*Lagre*"),
            ("Trykk _Lagre_ nå", "_Lagre_"),
            ("Skriv `lagre`", "`lagre`"),
            ("~~Lagre~~", "~~Lagre~~"),
            ("Se [listen](b.md) her", "[listen](b.md)"),
            ("Lagre&nbsp;nå", "&nbsp;"),
            ("Lagre&#160;nå", "&#160;"),
            ("Trykk <b>Lagre</b>", "<b>"),
            ("Linje<br/>to", "<br/>"),
            ("<a href='x'>Lagre", "<a href='x'>"),
            ("## Lagre", "##"),
        ] {
            assert_eq!(found("Press Save now", target).as_deref(), Some(expected));
        }
    }

    #[test]
    fn signs_of_the_language_and_of_the_original_are_words() {
        for target in [
            "2 * 3 * 4 = 24",
            "fil_med_navn og en_til",
            "Trykk * for hjelp",
            "A & B; C",
            "<ditt navn>",
            "<navn>",
            "# 5",
            "nr. #5",
            "liste [1] (to)",
            "Lagre (nå) [ny]",
        ] {
            let other = if target == "# 5" { "# 4" } else { "Press Save" };
            assert_eq!(found(other, target), None, "{target}");
        }
        assert_eq!(found("Write **bold**", "Skriv **fet**"), None);
        assert_eq!(found("Use &amp; here", "Bruk &lt; her"), None);
        assert_eq!(found("Use <b>", "Bruk <i>"), None);
    }
}
