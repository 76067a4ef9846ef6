//! `encoding`: line ends of several kinds in one file, and letters that were once read in the wrong encoding (`Ã¸` for `ø`).

use crate::diagnostic::{Code, Diagnostic, Level};
use crate::site::Site;
use crate::source::{Source, Span};
use crate::syntax::Tree;
use crate::syntax::tree::NodeKind;

use super::{Check, Suggestions, trees};

pub(super) const CHECK: Check = Check {
    codes: &[Code::Encoding],
    about: "A file has bytes that are no text, letters read in the wrong encoding, or mixed line ends.",
    run,
};

fn run(site: &Site, suggestions: &Suggestions, problems: &mut Vec<Diagnostic>) {
    for (id, linked) in site.documents().filter(|(id, _)| site.is_used(*id)) {
        let source = site.source(id);
        // To look for one letter after the other is far quicker than to look at each byte, and most files have none of them.
        let is_sound = !SUSPECTS.iter().any(|letter| source.text.contains(*letter));
        let trees: Vec<&Tree> = trees(&linked.document.body).collect();
        let garbled = garbled(if is_sound { "" } else { &source.text })
            .filter(|(span, _)| !is_code(&trees, *span))
            .map(|(span, meant)| {
                let message = format!("`{}` was read in the wrong encoding", span.of(&source.text));
                Diagnostic::new(Code::Encoding, &source.path, span, message)
                    .with_level(Level::Warning)
                    .help(format!("It was meant as `{meant}`."))
            });
        problems.extend(
            garbled
                .chain(mixed(source))
                .map(|problem| suggestions.reached(id, problem)),
        );
    }
}

/// Line ends that are not like most of the file.
fn mixed(source: &Source) -> Option<Diagnostic> {
    let text = &*source.text;
    // Most files have no such sign at all.
    if !text.as_bytes().contains(&b'\r') {
        return None;
    }
    let windows = text.matches("\r\n").count();
    let others = text.bytes().filter(|&byte| byte == b'\n').count() - windows;
    if windows == 0 || others == 0 {
        return None;
    }
    let odd = if windows < others {
        text.find("\r\n")?
    } else {
        bare_newline(text)?
    };
    let start = text[..odd].rfind('\n').map_or(0, |newline| newline + 1);
    let (few, most) = if windows < others {
        ("CRLF", "LF")
    } else {
        ("LF", "CRLF")
    };
    let lines = windows.min(others);
    let message = format!("{lines} of the lines end with {few}, the others with {most}");
    let problem = Diagnostic::new(Code::Encoding, &source.path, Span::new(start, odd), message)
        .with_level(Level::Note);
    Some(problem.help("Save the file with line ends of one kind."))
}

fn bare_newline(text: &str) -> Option<usize> {
    text.match_indices('\n')
        .map(|(at, _)| at)
        .find(|&at| at == 0 || text.as_bytes()[at - 1] != b'\r')
}

/// Letters of UTF-8 that were read as Windows-1252, with what they were meant as.
fn garbled(text: &str) -> impl Iterator<Item = (Span, String)> + '_ {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let at = from + suspect(&text.as_bytes()[from..])?;
            let mut bytes = Vec::new();
            let mut end = at;
            for sign in text[at..].chars().take(4) {
                let Some(byte) = windows_1252(sign).filter(|byte| *byte >= 0x80) else {
                    break;
                };
                bytes.push(byte);
                end += sign.len_utf8();
                if let Some(meant) = one_letter(&bytes) {
                    from = end;
                    return Some((Span::new(at, end), meant));
                }
            }
            from = at + text[at..].chars().next().map_or(1, char::len_utf8);
        }
    })
}

/// What the first letter becomes of one that is read in the wrong encoding.
const SUSPECTS: [char; 4] = ['Ã', 'Â', 'â', 'ð'];

/// Where the first of [`SUSPECTS`] is.
fn suspect(text: &[u8]) -> Option<usize> {
    let is_suspect = |at: usize| matches!(text.get(at + 1), Some(0x83 | 0x82 | 0xA2 | 0xB0));
    text.iter()
        .enumerate()
        .filter(|(_, byte)| **byte == 0xC3)
        .map(|(at, _)| at)
        .find(|&at| is_suspect(at))
}

/// The letter these bytes are in UTF-8, if they are exactly one.
fn one_letter(bytes: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(bytes).ok()?;
    (text.chars().count() == 1 && !text.chars().any(char::is_control)).then(|| text.to_owned())
}

/// The byte that Windows-1252 writes a character with.
fn windows_1252(sign: char) -> Option<u8> {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž',
        '\u{8F}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}',
        'ž', 'Ÿ',
    ];
    match sign as u32 {
        code @ (0..0x80 | 0xA0..=0xFF) => Some(code as u8),
        code @ 0x80..=0x9F => Some(code as u8),
        _ => HIGH
            .iter()
            .position(|&known| known == sign)
            .map(|at| 0x80 + at as u8),
    }
}

fn is_code(trees: &[&Tree], span: Span) -> bool {
    let code = |kind: &NodeKind| matches!(kind, NodeKind::Code | NodeKind::CodeBlock(_));
    trees.iter().any(|tree| {
        tree.nodes
            .iter()
            .any(|node| code(&node.kind) && node.span.contains(span))
    })
}
