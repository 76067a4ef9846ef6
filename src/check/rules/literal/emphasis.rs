//! `literal-emphasis`: stars and underscores that were meant to make something bold or italic and are shown instead. CommonMark 6.2: next
//! to white space, or between letters and punctuation, they are text.

use crate::diagnostic::{Code, Diagnostic};
use crate::message;
use crate::source::Span;
use crate::syntax::tree::NodeKind;

use super::shown_text::{BlockKind, ShownBlock, ShownText};

/// Longer text is not meant to be emphasized, in bytes.
const MAX_LEN: usize = 200;

pub(super) fn check(text: &ShownText<'_>, problems: &mut Vec<Diagnostic>) {
    for block in &text.blocks {
        let runs = runs_of(text, block);
        if !runs.is_empty() {
            problems.extend(problem_of(text, block, &runs));
        }
    }
}

/// Equal signs that follow each other.
#[derive(Debug, Clone, Copy)]
struct Run {
    sign: u8,
    start: usize,
    len: usize,
    before: Option<char>,
    after: Option<char>,
}

impl Run {
    fn end(self) -> usize {
        self.start + self.len
    }

    /// True if white space or nothing is before it.
    fn begins_word(self) -> bool {
        self.before.is_none_or(|char| {
            char.is_whitespace() || matches!(char, '(' | '"' | '«' | '“' | '>' | '|')
        })
    }

    /// True if a neighbouring character is one of glob patterns and formulas (`src/**`, `a=b*c`), whose stars are text.
    fn is_code(self) -> bool {
        let is_code = |char: char| matches!(char, '/' | '\\' | '=' | '$');
        self.before.is_some_and(is_code)
            || self.after.is_some_and(is_code)
            || self.before.is_some_and(char::is_alphanumeric)
                && self.after.is_some_and(char::is_alphanumeric)
                && self.sign == b'_'
    }
}

/// The stars and double underscores in the text of a block.
fn runs_of(text: &ShownText<'_>, block: &ShownBlock) -> Vec<Run> {
    let bytes = text.text().as_bytes();
    let mut runs: Vec<Run> = Vec::new();
    for piece in text.pieces_of(block) {
        let mut at = piece.span.start as usize;
        let end = piece.span.end as usize;
        while at < end {
            let sign = bytes[at];
            if !matches!(sign, b'*' | b'_') {
                at += 1;
                continue;
            }
            let len = bytes[at..end]
                .iter()
                .take_while(|byte| **byte == sign)
                .count();
            let is_typed_as_text = text.is_escaped(at) || sign == b'_' && len != 2;
            if !is_typed_as_text {
                runs.push(Run {
                    sign,
                    start: at,
                    len,
                    before: text.char_before(at),
                    after: text.char_at(at + len),
                });
            }
            at += len;
        }
    }
    runs
}

fn problem_of(text: &ShownText<'_>, block: &ShownBlock, runs: &[Run]) -> Option<Diagnostic> {
    if runs.iter().any(|run| run.is_code() || run.len > 3) {
        return None;
    }
    // One problem for a block: behind a run that is shown, the signs are paired otherwise than
    // their author thought, too.
    for pair in runs.windows(2) {
        let [open, close] = [pair[0], pair[1]];
        if open.sign == close.sign
            && open.len == close.len
            && let Some(problem) = pair_problem(text, open, close, runs.len())
        {
            return Some(problem);
        }
    }
    match runs {
        [run] => single_problem(text, block, *run),
        _ => None,
    }
}

/// Two runs of the same length that are shown.
fn pair_problem(text: &ShownText<'_>, open: Run, close: Run, count: usize) -> Option<Diagnostic> {
    let inner = &text.text()[open.end()..close.start];
    let words = inner.trim();
    if words.is_empty()
        || inner.len() > MAX_LEN
        || inner.contains("\n\n")
        || !words.contains(char::is_alphabetic)
    {
        return None;
    }
    let has_space = words.len() < inner.len();
    if open.len == 1 {
        // A single star is a sign for multiplication and for notes, too: only `*word *` is certain.
        let is_certain = count == 2
            && has_space
            && open.begins_word()
            && !inner.starts_with(char::is_whitespace)
            && inner.len() < 60
            && !inner.contains('\n')
            && close.after.is_none_or(|after| !after.is_alphanumeric());
        if !is_certain
            || open.sign == b'_'
            // At the start of a line or a cell a star marks a note.
            || text.source.text[..open.start]
                .trim_end_matches(' ')
                .ends_with(['\n', '|'])
        {
            return None;
        }
    } else if !has_space && open.before.is_none() && close.after.is_none() {
        return None;
    }
    let span = Span::new(open.start, close.end());
    let typed = span.of(text.text()).replace(['\n', '\r'], " ");
    let signs = &text.text()[open.start..open.end()];
    if !has_space {
        // `a**b**`, or punctuation inside and a letter outside.
        let message = message!(
            "the `{signs}` around `{first_line}` are shown as they are",
            signs,
            first_line = first_line(words)
        );
        let problem = text.problem(Code::LiteralEmphasis, span, message);
        return Some(problem.help(message!(
            "Put a space or a stop outside of `{signs}`, or move the punctuation outside.",
            signs
        )));
    }
    let right = format!("{signs}{words}{signs}");
    let message = message!(
        "a space keeps `{typed}` from being {look}",
        typed,
        look = look(open.len)
    );
    // The space moves outside where a word is there, so that the repair doesn't join two words.
    let left_gap = open.before.is_some_and(char::is_alphanumeric) && inner.starts_with(' ');
    let right_gap = close.after.is_some_and(char::is_alphanumeric) && inner.ends_with(' ');
    let replacement = format!(
        "{}{right}{}",
        if left_gap { " " } else { "" },
        if right_gap { " " } else { "" }
    );
    let is_certain = count == 2 && !inner.contains('\n');
    let fix = text.fix(
        message!("write `{first_line}`", first_line = first_line(&right)),
        is_certain,
        &[(span, &replacement)],
    );
    let problem = text.problem(Code::LiteralEmphasis, span, message);
    Some(Diagnostic {
        fix,
        ..problem.help(message!(
            "Write `{first_line}`.",
            first_line = first_line(&right)
        ))
    })
}

fn look(len: usize) -> &'static str {
    match len {
        1 => "italic",
        2 => "bold",
        _ => "bold and italic",
    }
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or(text)
}

/// The only run of a block.
fn single_problem(text: &ShownText<'_>, block: &ShownBlock, run: Run) -> Option<Diagnostic> {
    let span = Span::new(run.start, run.end());
    let typed = span.of(text.text());
    if run.sign == b'*'
        && let Some(other) = emphasis_beside(text, run)
    {
        let message = message!(
            "the sign `{typed}` beside `{first_line}` is shown",
            typed,
            first_line = first_line(other)
        );
        let problem = text.problem(Code::LiteralEmphasis, span, message);
        return Some(problem.help("Write as many stars behind the words as before them."));
    }
    // In a cell, and behind a word, stars lead to a note.
    let is_opening = run.begins_word() && run.after.is_some_and(char::is_alphanumeric);
    if run.len != 2 || block.kind == BlockKind::Cell || !is_opening {
        return None;
    }
    let message = message!("`{typed}` is shown: nothing closes it", typed);
    let problem = text.problem(Code::LiteralEmphasis, span, message);
    Some(problem.help(message!(
        "Write `{typed}` behind the words, too, or remove it.",
        typed
    )))
}

/// The emphasized words that the run touches.
fn emphasis_beside<'a>(text: &ShownText<'a>, run: Run) -> Option<&'a str> {
    for node in text.nodes {
        let is_emphasis = matches!(node.kind, NodeKind::Emphasis | NodeKind::Strong);
        let is_beside =
            node.span.end as usize == run.start || node.span.start as usize == run.end();
        if is_emphasis && is_beside {
            return Some(node.span.of(text.text()));
        }
    }
    None
}
