//! `invalid-tab`: links that were meant as tabs, and groups of tabs that nothing ends, so that the rest of the page is in the last tab.

use crate::diagnostic::{Code, Diagnostic};
use crate::message;
use crate::source::Span;
use crate::syntax::tree::NodeKind;

use super::shown_text::ShownText;

pub(super) fn check(text: &ShownText<'_>, problems: &mut Vec<Diagnostic>) {
    let mut tabs: Vec<u32> = Vec::new();
    for node in text.nodes {
        if let NodeKind::Tab(_) = node.kind {
            tabs.push(node.span.start);
        }
    }
    for reference in &text.document.refs {
        if reference.target.starts_with('#') && !is_tab(text, &tabs, reference.span) {
            let span = reference.target_span;
            problems.extend(link_problem(text, span, &reference.target, reference.span));
        }
    }
    for (at, node) in text.nodes.iter().enumerate() {
        if node.kind == NodeKind::Tabs {
            problems.extend(unclosed(text, at));
        }
    }
}

/// True if the link is the heading of a tab.
fn is_tab(text: &ShownText<'_>, tabs: &[u32], link: Span) -> bool {
    let before = tabs.partition_point(|start| *start <= link.start);
    match tabs[..before].last() {
        Some(start) => text.line_end(*start as usize) >= link.end as usize,
        None => false,
    }
}

/// A link to `#tab/...` that is no tab.
fn link_problem(text: &ShownText<'_>, span: Span, target: &str, link: Span) -> Option<Diagnostic> {
    let rest = &target[1..];
    let word_end = rest.find(|char: char| !char.is_ascii_alphabetic())?;
    let (word, id) = rest.split_at(word_end);
    let is_tab = matches!(
        word.to_ascii_lowercase().as_str(),
        // What people type instead: the plural, a neighbouring key, the Norwegian word.
        "tab" | "tabs" | "tap" | "fane" | "faner"
    );
    if !is_tab || !id.starts_with('/') {
        return None;
    }
    let right = format!("#tab{id}");
    let line = text.text()[..link.start as usize]
        .lines()
        .next_back()
        .unwrap_or("");
    let in_heading = line.trim_start().starts_with('#');
    if target != right {
        let message = message!("`{target}` makes no tab", target);
        let fix = text.fix(
            message!("write `{right}`", right),
            in_heading,
            &[(span, &right)],
        );
        let problem = text.problem(Code::InvalidTab, span, message);
        return Some(Diagnostic {
            fix,
            ..problem.help(message!("Write `{right}`.", right))
        });
    }
    let message = match in_heading {
        true => "this link makes no tab: a tab is a heading with nothing but one link in it",
        false => "this link makes no tab: it is not in a heading",
    };
    let problem = text.problem(Code::InvalidTab, span, message);
    Some(problem.help(message!(
        "Write `# [Name]({right})` on a line of its own.",
        right
    )))
}

/// The group at `at`, if nothing ends it although something follows.
fn unclosed(text: &ShownText<'_>, at: usize) -> Option<Diagnostic> {
    // The group's own span may end before the fence of its last block of code.
    let inside = &text.nodes[at..=at + text.nodes[at].len as usize];
    let end = inside.iter().map(|node| node.span.end).max()?;
    let rest = text.text().get(end as usize..).unwrap_or("");
    // What follows the group shows that something ends it.
    if !rest.trim().is_empty() {
        return None;
    }
    let tabs: Vec<usize> = text.tree.children(Some(at)).collect();
    let (last, others) = tabs.split_last()?;
    let most = others.iter().map(|tab| panel(text, *tab).count()).max()?;
    let first = first_line(text, *last);
    let own = &text.text()[first.range()];
    let level = own.bytes().take_while(|byte| *byte == b'#').count();
    let follows = panel(text, *last).find(|child| {
        matches!(text.nodes[*child].kind, NodeKind::Heading(found, _) if usize::from(found) <= level)
    });
    // The tabs of a group are alike, so what the last one has more than any other belongs to the
    // page.
    let outside = match follows {
        Some(heading) => heading,
        None => panel(text, *last).nth(most)?,
    };
    let message = "nothing ends this group of tabs: the rest of the page is in the last tab";
    let problem = text.problem(Code::InvalidTab, first, message);
    let place = &text.nodes[outside].span;
    let start = place.start as usize;
    let line = Span::new(start, text.line_end(start).min(place.end as usize));
    Some(
        problem
            .label(&text.source.path, line, "this is in it, too")
            .help("Write `***` on a line of its own where the last tab ends."),
    )
}

/// The blocks in the panel of a tab.
fn panel(text: &ShownText<'_>, tab: usize) -> impl Iterator<Item = usize> {
    let children = text.tree.children(Some(tab));
    children.filter(|child| text.nodes[*child].kind != NodeKind::TabLabel)
}

fn first_line(text: &ShownText<'_>, at: usize) -> Span {
    let start = text.nodes[at].span.start as usize;
    Span::new(start, text.line_end(start))
}
