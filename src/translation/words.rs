//! A document -> how many words a translator would have to translate. Knows nothing of prices, and counts included files nowhere but in
//! themselves.

use crate::syntax::{Body, Document, Kind, Tree, plain_text};

/// The words of the text: without front matter, code blocks, addresses and markup. Pages made of YAML data count as none.
pub(super) fn count(document: &Document, source: &str) -> usize {
    match &document.body {
        Body::Article(tree) => in_tree(tree, source),
        Body::Tutorial(tutorial) => tutorial.steps.iter().map(|step| in_tree(&step.tree, source)).sum(),
        _ => 0,
    }
}

fn in_tree(tree: &Tree, source: &str) -> usize {
    let (mut text, mut at) = (String::new(), 0);
    while let Some(node) = tree.nodes.get(at) {
        if matches!(node.kind, Kind::CodeBlock(_) | Kind::MathBlock) {
            at += node.len as usize;
        } else if node.kind.is_inline() {
            text.push_str(&plain_text(std::slice::from_ref(node), source, " "));
        } else {
            text.push(' ');
        }
        at += 1;
    }
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}
