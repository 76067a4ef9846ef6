//! The words next to an address (the text of a link, the name of an entry in YAML) -> the edit that replaces them where they are exactly the old
//! title. Changes nothing else of the construct: its signs, quotes and indentation stay. Doesn't know what addresses mean.

use crate::source::edit::Edit;
use crate::source::escape::escaped;
use crate::source::yaml::scalar::scalar;
use crate::source::yaml::{self, YamlNode};
use crate::source::{Source, Span};
use crate::syntax::Reference;

/// The keys of YAML that hold the words of the address next to them.
const NAME_KEYS: [&str; 3] = ["name", "text", "title"];

/// A title, and the one it gets.
#[derive(Debug, Clone, Copy)]
pub(super) struct TitleChange<'t> {
    /// As typed in Markdown, and without its markup.
    pub old: [&'t str; 2],
    pub new: [&'t str; 2],
}

/// The edit of the words of `reference`; nothing if they are others than the old title.
pub(super) fn replace_words(
    source: &Source,
    reference: &Reference,
    change: TitleChange<'_>,
) -> Option<Edit> {
    if source.path.has_extension("md") {
        return in_markdown(source, reference, change);
    }
    let (root, _) = yaml::parse(&source.text, 0);
    let name = name_beside(&root?, reference.target_span)?;
    if name.text()?.trim() != change.old[1] {
        return None;
    }
    replace_scalar(source, &name, change.new[1])
}

/// The edit that gives a value of YAML another text, in the quotes it has.
pub(super) fn replace_scalar(source: &Source, node: &YamlNode, text: &str) -> Option<Edit> {
    let typed = source.text.get(node.span.range())?;
    // A block has an indentation and an end that a new text would have to fit.
    if typed.contains('\n') || typed.starts_with(['|', '>', '&', '*', '!']) {
        return None;
    }
    let written = if typed.starts_with('"') {
        format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
    } else if typed.starts_with('\'') {
        format!("'{}'", text.replace('\'', "''"))
    } else if text.contains([',', '[', ']', '{', '}']) {
        // In a list between brackets, these end a plain text.
        format!("'{}'", text.replace('\'', "''"))
    } else {
        scalar(text)
    };
    Some(Edit::new(&source.path, node.span, written))
}

fn in_markdown(source: &Source, reference: &Reference, change: TitleChange<'_>) -> Option<Edit> {
    let text = &*source.text;
    let start = reference.span.start as usize;
    let typed = text.get(reference.span.range())?;
    if let Some(inside) = typed.strip_prefix('[') {
        for old in change.old {
            let rest = inside.strip_prefix(old);
            if rest.is_some_and(|rest| rest.starts_with("](") || rest.starts_with("][")) {
                let span = Span::new(start + 1, start + 1 + old.len());
                // A sign of tables or links would end the text early.
                let is_safe = !change.new[0].contains(['|', '[', ']', '\n']);
                return is_safe.then(|| Edit::new(&source.path, span, change.new[0]));
            }
        }
        return None;
    }
    // A table of contents in Markdown: its references are their addresses alone.
    let before = text.get(..start)?;
    if let Some(before) = before.trim_end_matches('<').strip_suffix("](") {
        for old in change.old {
            if before
                .strip_suffix(old)
                .is_some_and(|before| before.ends_with('['))
            {
                let span = Span::new(before.len() - old.len(), before.len());
                return Some(Edit::new(&source.path, span, change.new[1]));
            }
        }
        return None;
    }
    // Raw HTML: the words between this tag and its end.
    let begin = reference.target_span.end as usize;
    let open = begin + text.get(begin..)?.find('>')? + 1;
    let old = escaped(change.old[1]);
    let rest = text.get(open..)?.strip_prefix(&*old)?;
    let is_link = typed.starts_with('<') || text.get(start..begin)?.contains("href");
    if !is_link || !rest.to_ascii_lowercase().starts_with("</a") {
        return None;
    }
    let span = Span::new(open, open + old.len());
    Some(Edit::new(&source.path, span, escaped(change.new[1])))
}

/// The value of the name next to the address at `address`.
fn name_beside(node: &YamlNode, address: Span) -> Option<YamlNode> {
    for item in node.items() {
        if let Some(found) = name_beside(item, address) {
            return Some(found);
        }
    }
    for entry in node.entries() {
        let span = entry.value.span;
        let is_here = span.start <= address.start && address.end <= span.end;
        if is_here && entry.value.text().is_some() {
            for key in NAME_KEYS {
                if let Some(name) = node.get(key) {
                    return Some(name.clone());
                }
            }
        }
        if let Some(found) = name_beside(&entry.value, address) {
            return Some(found);
        }
    }
    None
}
