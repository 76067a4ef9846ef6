//! A memory -> TMX 1.4, which translation tools read. Codes with two ends are said as where they begin and end, so that tools which know
//! nothing of each other's codes can still place them.

use std::fmt::Write;

use super::translation_memory::TranslationMemory;
use super::unit::{Inline, InlineCode, InlineCodeKind, words};
use super::xml::{escaped, is_allowed};

/// Writes what is remembered of translations between two languages, which are named by their BCP 47 tags.
pub fn write_tmx(memory: &TranslationMemory, from: &str, to: &str) -> String {
    let (from, to) = (escaped(from), escaped(to));
    let mut out =
        String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<tmx version=\"1.4\">\n");
    let kind = "creationtool=\"hjelp\" creationtoolversion=\"1\" segtype=\"block\" o-tmf=\"hjelp\" adminlang=\"en\" datatype=\"plaintext\"";
    // Writing into a string cannot fail.
    let _ = writeln!(out, "<header {kind} srclang=\"{from}\"/>\n<body>");
    for entry in &memory.all {
        let codes = entry
            .codes
            .iter()
            .all(|code| code.open.chars().chain(code.close.chars()).all(is_allowed));
        for (translation, _) in entry.translations.iter().filter(|_| codes) {
            if !words(&entry.original)
                .chars()
                .chain(words(translation).chars())
                .all(is_allowed)
            {
                continue;
            }
            out.push_str("<tu>");
            for (language, content) in [(&from, &entry.original), (&to, translation)] {
                let _ = write!(
                    out,
                    "<tuv xml:lang=\"{language}\"><seg>{}</seg></tuv>",
                    segment(content, &entry.codes)
                );
            }
            out.push_str("</tu>\n");
        }
    }
    out + "</body>\n</tmx>\n"
}

fn segment(content: &[Inline], codes: &[InlineCode]) -> String {
    let mut out = String::new();
    for piece in content {
        let code = |number: &usize| (number + 1, codes.get(*number));
        let _ = match piece {
            Inline::Text(words) => write!(out, "{}", escaped(words)),
            Inline::StartCode(number) => {
                let (id, code) = code(number);
                let (kind, typed) = code.map_or(("", ""), |code| (name(code.kind), &code.open));
                write!(
                    out,
                    "<bpt i=\"{id}\" x=\"{id}\" type=\"{kind}\">{}</bpt>",
                    escaped(typed)
                )
            }
            Inline::EndCode(number) => {
                let (id, code) = code(number);
                write!(
                    out,
                    "<ept i=\"{id}\">{}</ept>",
                    escaped(code.map_or("", |code| &code.close))
                )
            }
            Inline::Placeholder(number) => {
                let (id, code) = code(number);
                let (kind, typed) = code.map_or(("", ""), |code| (name(code.kind), &code.open));
                write!(
                    out,
                    "<ph x=\"{id}\" type=\"{kind}\">{}</ph>",
                    escaped(typed)
                )
            }
        };
    }
    out
}

/// The names TMX recommends, as far as it has some.
fn name(kind: InlineCodeKind) -> &'static str {
    match kind {
        InlineCodeKind::Emphasis => "italic",
        InlineCodeKind::Strong => "bold",
        InlineCodeKind::Link | InlineCodeKind::Address => "link",
        InlineCodeKind::Image => "image",
        InlineCodeKind::Break => "lb",
        InlineCodeKind::Signs
        | InlineCodeKind::Code
        | InlineCodeKind::Include
        | InlineCodeKind::Html
        | InlineCodeKind::Other => "x-code",
    }
}
