//! A package -> XLIFF.

use std::fmt::Write;

use super::super::package::{Package, PackageFile, PackageUnit};
use super::super::unit::{Code, CodeKind, Piece};
use super::super::xml::escaped;
use super::Version;

/// Writes a package.
pub fn write(package: &Package, version: Version) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let (from, to) = (escaped(&package.from), escaped(&package.to));
    match version {
        Version::New => {
            let namespaces = "xmlns=\"urn:oasis:names:tc:xliff:document:2.0\" xmlns:mtc=\"urn:oasis:names:tc:xliff:matches:2.0\"";
            put(
                &mut out,
                format_args!(
                    "<xliff {namespaces} version=\"2.1\" srcLang=\"{from}\" trgLang=\"{to}\" xml:space=\"preserve\">\n"
                ),
            );
        }
        Version::Old => out
            .push_str("<xliff xmlns=\"urn:oasis:names:tc:xliff:document:1.2\" version=\"1.2\">\n"),
    }
    for (number, file) in package.files.iter().enumerate() {
        match version {
            Version::New => {
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
            Version::Old => old_file(&mut out, file, &from, &to),
        }
    }
    out.push_str("</xliff>\n");
    out
}

fn put(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing into a string cannot fail.
    let _ = out.write_fmt(text);
}

fn new_unit(out: &mut String, unit: &PackageUnit) {
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

fn new_content(out: &mut String, content: &[Piece], codes: &[Code], with_data: bool) {
    for piece in content {
        match piece {
            Piece::Words(words) => out.push_str(&escaped(words)),
            Piece::Open(number) => {
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
            Piece::Close(_) => out.push_str("</pc>"),
            Piece::Mark(number) => {
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

fn new_type(kind: CodeKind) -> &'static str {
    match kind {
        CodeKind::Emphasis => " type=\"fmt\" subType=\"xlf:i\"",
        CodeKind::Strong => " type=\"fmt\" subType=\"xlf:b\"",
        CodeKind::Signs => " type=\"fmt\"",
        CodeKind::Link | CodeKind::Address => " type=\"link\"",
        CodeKind::Image => " type=\"image\"",
        CodeKind::Break => " type=\"fmt\" subType=\"xlf:lb\"",
        CodeKind::Code | CodeKind::Include | CodeKind::Html | CodeKind::Other => " type=\"other\"",
    }
}

fn old_file(out: &mut String, file: &PackageFile, from: &str, to: &str) {
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

fn old_content(out: &mut String, content: &[Piece], codes: &[Code]) {
    for piece in content {
        match piece {
            Piece::Words(words) => out.push_str(&escaped(words)),
            Piece::Open(number) => {
                let kind = codes.get(*number).map_or("", |code| old_type(code.kind));
                put(
                    out,
                    format_args!("<g id=\"{}\" ctype=\"{kind}\">", number + 1),
                );
            }
            Piece::Close(_) => out.push_str("</g>"),
            Piece::Mark(number) => {
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

fn old_type(kind: CodeKind) -> &'static str {
    match kind {
        CodeKind::Emphasis => "italic",
        CodeKind::Strong => "bold",
        CodeKind::Signs => "x-format",
        CodeKind::Link => "link",
        CodeKind::Address => "x-address",
        CodeKind::Image => "image",
        CodeKind::Break => "lb",
        CodeKind::Code => "x-code",
        CodeKind::Include => "x-include",
        CodeKind::Html => "x-html",
        CodeKind::Other => "x-other",
    }
}
