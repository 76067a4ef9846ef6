//! Straight quotes, dashes and dots -> typographic ones, where a site switches them on. Quotes that find no partner in their paragraph stay
//! as they were typed.

use crate::syntax::tree::{Node, NodeKind};

/// The sign at the start of `rest`: its length and the entity it becomes, and whether a quote opens, closes, or needs no partner.
pub(super) fn sign(rest: &str, before: Option<char>) -> Option<(usize, &'static str, bool)> {
    let pairs = [("---", "mdash"), ("--", "ndash"), ("...", "hellip")];
    if let Some((typed, entity)) = pairs.into_iter().find(|(typed, _)| rest.starts_with(typed)) {
        return Some((typed.len(), entity, false));
    }
    let (len, open, close) = match rest.as_bytes()[0] {
        b'"' => (1, "ldquo", "rdquo"),
        b'\'' => (1, "lsquo", "rsquo"),
        b'<' if rest.starts_with("<<") => (2, "laquo", "raquo"),
        b'>' if rest.starts_with(">>") => (2, "laquo", "raquo"),
        _ => return None,
    };
    let after = rest[len..].chars().next();
    let space = |character: Option<char>| character.is_none_or(char::is_whitespace);
    let punctuation = |character: Option<char>| {
        character.is_some_and(|character| character.is_ascii_punctuation())
    };
    let opens = !space(after) && (!punctuation(after) || space(before) || punctuation(before));
    let closes = !space(before) && (!punctuation(before) || space(after) || punctuation(after));
    match (opens, closes) {
        (true, false) if !rest.starts_with(">>") => Some((len, open, true)),
        (false, true) if !rest.starts_with("<<") => Some((len, close, true)),
        _ => None,
    }
}

/// Finds the partners among the quotes of `nodes`, the words of one paragraph.
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
        // What was opened in between has no partner.
        let partner = open
            .iter()
            .rposition(|(_, opened)| opened[1..] == entity[1..])
            .map(|inner| open.drain(inner..).next());
        match partner.flatten() {
            Some((opener, opened)) => {
                nodes[opener].kind = NodeKind::SmartPunctuation {
                    entity: opened,
                    pending: false,
                };
                nodes[at].kind = NodeKind::SmartPunctuation {
                    entity,
                    pending: false,
                };
            }
            None => open.clear(),
        }
    }
    for node in nodes {
        if matches!(node.kind, NodeKind::SmartPunctuation { pending: true, .. }) {
            node.kind = NodeKind::Text(None);
        }
    }
}
