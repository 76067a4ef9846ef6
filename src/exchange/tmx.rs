//! A translation memory -> TMX 1.4, which translation tools read. Codes that span words are written as `<bpt>` and `<ept>`, so that tools
//! which don't know each other's codes can still place them. Knows nothing of the site.

use std::fmt::Write;

use super::translation_memory::{MemoryEntry, TranslationMemory};
use super::unit::{Inline, InlineCode, InlineCodeKind, closing, opening, words};
use super::xml::is_xml_char;
use crate::source::escape::xml_attribute;

const HEADER: &str = "creationtool=\"hjelp\" creationtoolversion=\"1\" segtype=\"block\" o-tmf=\"hjelp\" adminlang=\"en\" datatype=\"plaintext\"";

/// Writes the translations between two languages, which are BCP 47 tags.
pub fn write_tmx(
    memory: &TranslationMemory,
    source_language: &str,
    target_language: &str,
) -> String {
    let (from, to) = (
        xml_attribute(source_language),
        xml_attribute(target_language),
    );
    let mut out =
        String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<tmx version=\"1.4\">\n");
    // Writing into a string can't fail, here and below.
    let _ = writeln!(out, "<header {HEADER} srclang=\"{from}\"/>\n<body>");
    for entry in &memory.entries {
        if !is_xml(&words(&entry.original)) || !has_xml_codes(entry) {
            continue;
        }
        // TMX has one unit for each pair, so the original is repeated with each of its translations.
        let original = segment(&entry.original, &entry.codes);
        for translation in &entry.translations {
            if !is_xml(&words(&translation.content)) {
                continue;
            }
            let translated = segment(&translation.content, &entry.codes);
            out.push_str("<tu>");
            if !translation.is_certain {
                out.push_str("<prop type=\"x-hjelp-original\">unknown</prop>");
            }
            for (language, segment) in [(&from, &original), (&to, &translated)] {
                let _ = write!(
                    out,
                    "<tuv xml:lang=\"{language}\"><seg>{segment}</seg></tuv>"
                );
            }
            out.push_str("</tu>\n");
        }
    }
    out.push_str("</body>\n</tmx>\n");
    out
}

fn is_xml(text: &str) -> bool {
    text.chars().all(is_xml_char)
}

fn has_xml_codes(entry: &MemoryEntry) -> bool {
    entry
        .codes
        .iter()
        .all(|code| is_xml(&code.open) && is_xml(&code.close))
}

fn segment(content: &[Inline], codes: &[InlineCode]) -> String {
    let mut out = String::new();
    for inline in content {
        let _ = match inline {
            Inline::Text(words) => write!(out, "{}", xml_attribute(words)),
            Inline::StartCode(number) => write!(
                out,
                "<bpt i=\"{id}\" x=\"{id}\" type=\"{kind}\">{code}</bpt>",
                id = number + 1,
                kind = code_type(codes, *number),
                code = xml_attribute(opening(codes, *number))
            ),
            Inline::EndCode(number) => write!(
                out,
                "<ept i=\"{id}\">{code}</ept>",
                id = number + 1,
                code = xml_attribute(closing(codes, *number))
            ),
            Inline::Placeholder(number) => write!(
                out,
                "<ph x=\"{id}\" type=\"{kind}\">{code}</ph>",
                id = number + 1,
                kind = code_type(codes, *number),
                code = xml_attribute(opening(codes, *number))
            ),
        };
    }
    out
}

/// The recommended values of TMX 1.4 for `type`, and a value of our own where it has none.
fn code_type(codes: &[InlineCode], number: usize) -> &'static str {
    let Some(code) = codes.get(number) else {
        return "";
    };
    match code.kind {
        InlineCodeKind::Emphasis => "italic",
        InlineCodeKind::Strong => "bold",
        InlineCodeKind::Link | InlineCodeKind::Autolink => "link",
        InlineCodeKind::Image => "image",
        InlineCodeKind::LineBreak => "lb",
        InlineCodeKind::OtherFormat
        | InlineCodeKind::Code
        | InlineCodeKind::Include
        | InlineCodeKind::Html
        | InlineCodeKind::Label
        | InlineCodeKind::Other => "x-code",
    }
}
