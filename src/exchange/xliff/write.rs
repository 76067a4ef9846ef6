//! A package -> XLIFF.

use std::fmt::Write;

use super::super::document::{ExportDocument, ExportFile, ExportUnit};
use super::super::unit::{Inline, InlineCode, InlineCodeKind};
use super::super::xml::escaped;
use super::XliffVersion;

/// Writes a package.
pub fn write(package: &ExportDocument, version: XliffVersion) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let (from, to) = (escaped(&package.from), escaped(&package.to));
    match version {
        XliffVersion::V21 => {
            let namespaces = "xmlns=\"urn:oasis:names:tc:xliff:document:2.0\" xmlns:mtc=\"urn:oasis:names:tc:xliff:matches:2.0\"";
            put(
                &mut out,
                format_args!(
                    "<xliff {namespaces} version=\"2.1\" srcLang=\"{from}\" trgLang=\"{to}\" xml:space=\"preserve\">\n"
                ),
            );
        }
        XliffVersion::V12 => out
            .push_str("<xliff xmlns=\"urn:oasis:names:tc:xliff:document:1.2\" version=\"1.2\">\n"),
    }
    for (number, file) in package.files.iter().enumerate() {
        match version {
            XliffVersion::V21 => {
                put(
                    &mut out,
                    format_args!(
                        "<file id=\"f{}\" original=\"{}\">\n",
                        number + 1,
                        escaped(file.original.as_str())
                    ),
                );
                put(
                    &mut out,
                    format_args!(
                        "<notes><note category=\"title\">{}</note></notes>\n",
                        escaped(&file.title)
                    ),
                );
                file.units.iter().for_each(|unit| new_unit(&mut out, unit));
                out.push_str("</file>\n");
            }
            XliffVersion::V12 => old_file(&mut out, file, &from, &to),
        }
    }
    out.push_str("</xliff>\n");
    out
}

fn put(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing into a string cannot fail.
    let _ = out.write_fmt(text);
}

fn new_unit(out: &mut String, unit: &ExportUnit) {
    put(out, format_args!("<unit id=\"{}\">\n", unit.id));
    if !unit.proposals.is_empty() {
        out.push_str("<mtc:matches>\n");
        for proposal in &unit.proposals {
            out.push_str("<mtc:match ref=\"#s1\" type=\"tm\" similarity=\"100\"><source>");
            new_content(out, &unit.original, &unit.codes, false);
            out.push_str("</source><target>");
            new_content(out, proposal, &unit.codes, false);
            out.push_str("</target></mtc:match>\n");
        }
        out.push_str("</mtc:matches>\n");
    }
    out.push_str("<notes>");
    unit.notes.iter().for_each(|note| {
        put(
            out,
            format_args!("<note category=\"context\">{}</note>", escaped(note)),
        )
    });
    out.push_str("</notes>\n");
    if !unit.codes.is_empty() {
        out.push_str("<originalData>");
        for (number, code) in unit.codes.iter().enumerate() {
            put(
                out,
                format_args!(
                    "<data id=\"d{}\">{}</data>",
                    number + 1,
                    escaped(&code.open)
                ),
            );
            if !code.close.is_empty() {
                put(
                    out,
                    format_args!(
                        "<data id=\"e{}\">{}</data>",
                        number + 1,
                        escaped(&code.close)
                    ),
                );
            }
        }
        out.push_str("</originalData>\n");
    }
    let state = if unit.translation.is_some() && !unit.stale {
        "translated"
    } else {
        "initial"
    };
    put(
        out,
        format_args!("<segment id=\"s1\" state=\"{state}\">\n<source>"),
    );
    new_content(out, &unit.original, &unit.codes, true);
    out.push_str("</source>\n");
    if let Some(translation) = &unit.translation {
        out.push_str("<target>");
        new_content(out, translation, &unit.codes, true);
        out.push_str("</target>\n");
    }
    out.push_str("</segment>\n</unit>\n");
}

fn new_content(out: &mut String, content: &[Inline], codes: &[InlineCode], with_data: bool) {
    for piece in content {
        match piece {
            Inline::Text(words) => out.push_str(&escaped(words)),
            Inline::StartCode(number) => {
                put(
                    out,
                    format_args!("<pc id=\"{}\" canCopy=\"no\" canDelete=\"no\"", number + 1),
                );
                if with_data {
                    put(
                        out,
                        format_args!(" dataRefStart=\"d{0}\" dataRefEnd=\"e{0}\"", number + 1),
                    );
                }
                out.push_str(codes.get(*number).map_or("", |code| new_type(code.kind)));
                out.push('>');
            }
            Inline::EndCode(_) => out.push_str("</pc>"),
            Inline::Placeholder(number) => {
                put(
                    out,
                    format_args!("<ph id=\"{}\" canCopy=\"no\" canDelete=\"no\"", number + 1),
                );
                if let Some(code) = codes.get(*number) {
                    if with_data {
                        put(out, format_args!(" dataRef=\"d{}\"", number + 1));
                    }
                    out.push_str(new_type(code.kind));
                    put(out, format_args!(" disp=\"{}\"", escaped(&code.open)));
                }
                out.push_str("/>");
            }
        }
    }
}

fn new_type(kind: InlineCodeKind) -> &'static str {
    match kind {
        InlineCodeKind::Emphasis => " type=\"fmt\" subType=\"xlf:i\"",
        InlineCodeKind::Strong => " type=\"fmt\" subType=\"xlf:b\"",
        InlineCodeKind::Signs => " type=\"fmt\"",
        InlineCodeKind::Link | InlineCodeKind::Address => " type=\"link\"",
        InlineCodeKind::Image => " type=\"image\"",
        InlineCodeKind::Break => " type=\"fmt\" subType=\"xlf:lb\"",
        InlineCodeKind::Code
        | InlineCodeKind::Include
        | InlineCodeKind::Html
        | InlineCodeKind::Other => " type=\"other\"",
    }
}

fn old_file(out: &mut String, file: &ExportFile, from: &str, to: &str) {
    let original = escaped(file.original.as_str());
    put(
        out,
        format_args!(
            "<file original=\"{original}\" source-language=\"{from}\" target-language=\"{to}\" datatype=\"plaintext\">\n"
        ),
    );
    put(
        out,
        format_args!(
            "<header><note>{}</note></header>\n<body>\n",
            escaped(&file.title)
        ),
    );
    for unit in &file.units {
        put(
            out,
            format_args!(
                "<trans-unit id=\"{}\" xml:space=\"preserve\">\n<source>",
                unit.id
            ),
        );
        old_content(out, &unit.original, &unit.codes);
        out.push_str("</source>\n");
        if let Some(translation) = &unit.translation {
            let state = if unit.stale {
                "needs-review-translation"
            } else {
                "translated"
            };
            put(out, format_args!("<target state=\"{state}\">"));
            old_content(out, translation, &unit.codes);
            out.push_str("</target>\n");
        }
        for proposal in &unit.proposals {
            out.push_str("<alt-trans match-quality=\"100\"><target>");
            old_content(out, proposal, &unit.codes);
            out.push_str("</target></alt-trans>\n");
        }
        unit.notes
            .iter()
            .for_each(|note| put(out, format_args!("<note>{}</note>\n", escaped(note))));
        out.push_str("</trans-unit>\n");
    }
    out.push_str("</body>\n</file>\n");
}

fn old_content(out: &mut String, content: &[Inline], codes: &[InlineCode]) {
    for piece in content {
        match piece {
            Inline::Text(words) => out.push_str(&escaped(words)),
            Inline::StartCode(number) => {
                let kind = codes.get(*number).map_or("", |code| old_type(code.kind));
                put(
                    out,
                    format_args!("<g id=\"{}\" ctype=\"{kind}\">", number + 1),
                );
            }
            Inline::EndCode(_) => out.push_str("</g>"),
            Inline::Placeholder(number) => {
                let (kind, shown) = codes
                    .get(*number)
                    .map_or(("", ""), |code| (old_type(code.kind), code.open.as_str()));
                put(
                    out,
                    format_args!(
                        "<x id=\"{}\" ctype=\"{kind}\" equiv-text=\"{}\"/>",
                        number + 1,
                        escaped(shown)
                    ),
                );
            }
        }
    }
}

fn old_type(kind: InlineCodeKind) -> &'static str {
    match kind {
        InlineCodeKind::Emphasis => "italic",
        InlineCodeKind::Strong => "bold",
        InlineCodeKind::Signs => "x-format",
        InlineCodeKind::Link => "link",
        InlineCodeKind::Address => "x-address",
        InlineCodeKind::Image => "image",
        InlineCodeKind::Break => "lb",
        InlineCodeKind::Code => "x-code",
        InlineCodeKind::Include => "x-include",
        InlineCodeKind::Html => "x-html",
        InlineCodeKind::Other => "x-other",
    }
}
