//! Straight quotes, dashes and dots -> typographic ones, where a site switches them on (Markdig's SmartyPants). Quotes that find no partner
//! in their paragraph stay as they were typed.

use crate::syntax::tree::{Node, NodeKind};

/// A sign that is replaced.
pub(super) struct Punctuation {
    /// The length of what was typed.
    pub len: usize,
    /// The name of the entity it becomes.
    pub entity: &'static str,
    /// True for a quote, which needs a partner.
    pub pending: bool,
}

/// The sign at the start of `rest`, which `before` is right before.
pub(super) fn punctuation(rest: &str, before: Option<char>) -> Option<Punctuation> {
    for (typed, entity) in [("---", "mdash"), ("--", "ndash"), ("...", "hellip")] {
        if rest.starts_with(typed) {
            return Some(Punctuation {
                len: typed.len(),
                entity,
                pending: false,
            });
        }
    }
    let (len, open, close) = match rest.as_bytes()[0] {
        b'"' => (1, "ldquo", "rdquo"),
        b'\'' => (1, "lsquo", "rsquo"),
        b'<' if rest.starts_with("<<") => (2, "laquo", "raquo"),
        b'>' if rest.starts_with(">>") => (2, "laquo", "raquo"),
        _ => return None,
    };
    // The rules for emphasis decide whether a quote can open or close (CommonMark 0.31, 6.2).
    let before = Side::of(before);
    let after = Side::of(rest[len..].chars().next());
    let opens = after.attracts(before);
    let closes = before.attracts(after);
    let entity = match (opens, closes) {
        (true, false) if !rest.starts_with(">>") => open,
        (false, true) if !rest.starts_with("<<") => close,
        _ => return None,
    };
    Some(Punctuation {
        len,
        entity,
        pending: true,
    })
}

/// What is on one side of a sign.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Space,
    Punctuation,
    Letter,
}

impl Side {
    fn of(character: Option<char>) -> Side {
        match character {
            None => Side::Space,
            Some(character) if character.is_whitespace() => Side::Space,
            Some(character) if character.is_ascii_punctuation() => Side::Punctuation,
            Some(_) => Side::Letter,
        }
    }

    /// True if a quote between this and `other` belongs to this side.
    fn attracts(self, other: Side) -> bool {
        match self {
            Side::Space => false,
            Side::Punctuation => other != Side::Letter,
            Side::Letter => true,
        }
    }
}

/// Finds the partners among the quotes of `nodes`, the text of one paragraph.
pub(super) fn pair(nodes: &mut [Node]) {
    let mut open: Vec<(usize, &'static str)> = Vec::new();
    for at in 0..nodes.len() {
        let NodeKind::SmartPunctuation {
            entity,
            pending: true,
        } = nodes[at].kind
        else {
            continue;
        };
        if entity.starts_with('l') {
            open.push((at, entity));
            continue;
        }
        let is_partner = |(_, opened): &(usize, &str)| opened[1..] == entity[1..];
        let Some(partner) = open.iter().rposition(is_partner) else {
            open.clear();
            continue;
        };
        let (opener, opened) = open[partner];
        // What was opened in between has no partner.
        open.truncate(partner);
        settle(&mut nodes[opener], opened);
        settle(&mut nodes[at], entity);
    }
    // Single quotes without a partner are mostly apostrophes.
    for node in nodes {
        if matches!(node.kind, NodeKind::SmartPunctuation { pending: true, .. }) {
            node.kind = NodeKind::Text(None);
        }
    }
}

fn settle(node: &mut Node, entity: &'static str) {
    node.kind = NodeKind::SmartPunctuation {
        entity,
        pending: false,
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entity(rest: &str, before: Option<char>) -> Option<&'static str> {
        Some(punctuation(rest, before)?.entity)
    }

    #[test]
    fn quotes_open_before_words_and_close_behind_them() {
        assert_eq!(entity("\"a", None), Some("ldquo"));
        assert_eq!(entity("\" b", Some('a')), Some("rdquo"));
        assert_eq!(entity("'s", Some('t')), None);
        assert_eq!(entity(">> b", Some('a')), Some("raquo"));
        assert_eq!(entity("---", Some('a')), Some("mdash"));
    }
}
