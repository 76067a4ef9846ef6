//! An export document -> XLIFF. Written as text, one element to a line, so that documents can be compared; reading is left to a parser.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::super::document::{ExportDocument, ExportFile, ExportUnit, UnitId};
use super::super::unit::{Inline, InlineCode, InlineCodeKind, code_numbers};
use super::version::XliffVersion;
use crate::source::escape::xml_attribute;

/// Writes a document.
pub fn write(document: &ExportDocument, version: XliffVersion) -> String {
    let mut writer = XliffWriter {
        out: String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"),
        source_language: xml_attribute(&document.source_language),
        target_language: xml_attribute(&document.target_language),
        written: BTreeMap::new(),
        units: 0,
    };
    match version {
        XliffVersion::V21 => writer.document_v21(document),
        XliffVersion::V12 => writer.document_v12(document),
    }
    writer.out
}

struct XliffWriter {
    out: String,
    source_language: String,
    target_language: String,
    /// How often each id was written: equal texts in several files have the same one.
    written: BTreeMap<UnitId, usize>,
    /// How many units were written.
    units: usize,
}

/// How the inline elements of a content of XLIFF 2.1 are written.
struct CodeStyle<'a> {
    codes: &'a [InlineCode],
    /// What their ids begin with. Ids are unique in a unit, and a match is a part of it; tools expect a letter first.
    id_prefix: String,
    /// The numbers of those that may not be deleted.
    required: Vec<usize>,
    /// True if they refer to the `<data>` of the unit.
    has_data: bool,
}

impl<'a> CodeStyle<'a> {
    /// For the segment of a unit. What its translation lacks already can be missing; what it alone has can be deleted.
    fn of_segment(unit: &'a ExportUnit) -> CodeStyle<'a> {
        let mut required = code_numbers(&unit.original);
        if let Some(translation) = &unit.translation {
            let present = code_numbers(translation);
            required.retain(|number| present.contains(number));
        }
        CodeStyle {
            codes: &unit.codes,
            id_prefix: "c".to_owned(),
            required,
            has_data: true,
        }
    }

    /// For the match with this number.
    fn of_match(unit: &'a ExportUnit, number: usize) -> CodeStyle<'a> {
        CodeStyle {
            codes: &unit.codes,
            id_prefix: format!("m{number}-"),
            required: Vec::new(),
            // The `<data>` of a unit is not that of its matches, which do without.
            has_data: false,
        }
    }

    fn deletion(&self, number: usize) -> &'static str {
        if self.required.contains(&number) {
            " canDelete=\"no\""
        } else {
            ""
        }
    }
}

impl XliffWriter {
    fn put(&mut self, text: std::fmt::Arguments<'_>) {
        // Writing into a string can't fail.
        let _ = self.out.write_fmt(text);
    }

    /// The id of a unit, which no other one in the document has: some tools keep the texts of all files in one table.
    fn unit_id(&mut self, id: UnitId) -> String {
        let count = self.written.entry(id).or_default();
        *count += 1;
        match *count {
            1 => id.to_string(),
            count => format!("{id}.{count}"),
        }
    }

    fn document_v21(&mut self, document: &ExportDocument) {
        const NAMESPACES: &str = "xmlns=\"urn:oasis:names:tc:xliff:document:2.0\" xmlns:mtc=\"urn:oasis:names:tc:xliff:matches:2.0\"";
        let languages = format!(
            "srcLang=\"{}\" trgLang=\"{}\"",
            self.source_language, self.target_language
        );
        self.put(format_args!(
            "<xliff {NAMESPACES} version=\"2.1\" {languages} xml:space=\"preserve\">\n"
        ));
        for (number, file) in document.files.iter().enumerate() {
            self.put(format_args!(
                "<file id=\"f{}\" original=\"{}\">\n",
                number + 1,
                xml_attribute(file.original.as_str())
            ));
            self.put(format_args!(
                "<notes><note category=\"title\">{}</note></notes>\n",
                xml_attribute(&file.title)
            ));
            for unit in &file.units {
                self.unit_v21(unit);
            }
            self.out.push_str("</file>\n");
        }
        self.out.push_str("</xliff>\n");
    }

    fn unit_v21(&mut self, unit: &ExportUnit) {
        self.units += 1;
        let id = self.unit_id(unit.id);
        self.put(format_args!("<unit id=\"{id}\">\n"));
        self.matches_v21(unit);
        self.out.push_str("<notes>");
        for note in &unit.context.notes() {
            self.put(format_args!(
                "<note category=\"context\">{}</note>",
                xml_attribute(note)
            ));
        }
        self.out.push_str("</notes>\n");
        self.original_data(&unit.codes);
        // Tools skip what is `translated`, so a stale translation has to be `initial` again.
        let state = if unit.translation.is_some() && !unit.stale {
            "translated"
        } else {
            "initial"
        };
        let number = self.units;
        self.put(format_args!(
            "<segment id=\"s{number}\" state=\"{state}\">\n<source>"
        ));
        let style = CodeStyle::of_segment(unit);
        self.content_v21(&unit.original, &style);
        self.out.push_str("</source>\n");
        if let Some(translation) = &unit.translation {
            self.out.push_str("<target>");
            self.content_v21(translation, &style);
            self.out.push_str("</target>\n");
        }
        self.out.push_str("</segment>\n</unit>\n");
    }

    /// The suggestions, by the Translation Candidates module.
    fn matches_v21(&mut self, unit: &ExportUnit) {
        if unit.suggestions.is_empty() {
            return;
        }
        self.out.push_str("<mtc:matches>\n");
        for (number, suggestion) in unit.suggestions.iter().enumerate() {
            let style = CodeStyle::of_match(unit, number + 1);
            let segment = self.units;
            self.put(format_args!(
                "<mtc:match ref=\"#s{segment}\" type=\"tm\" similarity=\"{}\"><source>",
                suggestion.similarity
            ));
            let source = suggestion.source.as_ref().unwrap_or(&unit.original);
            self.content_v21(source, &style);
            self.out.push_str("</source><target>");
            self.content_v21(&suggestion.target, &style);
            self.out.push_str("</target></mtc:match>\n");
        }
        self.out.push_str("</mtc:matches>\n");
    }

    /// The source text of the codes: `d1` of the first one, `e1` of its end.
    fn original_data(&mut self, codes: &[InlineCode]) {
        if codes.is_empty() {
            return;
        }
        self.out.push_str("<originalData>");
        for (number, code) in codes.iter().enumerate() {
            let (id, open) = (number + 1, xml_attribute(&code.open));
            self.put(format_args!("<data id=\"d{id}\">{open}</data>"));
            if !code.close.is_empty() {
                let close = xml_attribute(&code.close);
                self.put(format_args!("<data id=\"e{id}\">{close}</data>"));
            }
        }
        self.out.push_str("</originalData>\n");
    }

    fn content_v21(&mut self, content: &[Inline], style: &CodeStyle<'_>) {
        let prefix = &style.id_prefix;
        for inline in content {
            match inline {
                Inline::Text(words) => self.out.push_str(&xml_attribute(words)),
                Inline::StartCode(number) => {
                    let id = number + 1;
                    self.put(format_args!(
                        // Tools that know these attributes keep translators from losing codes, which the import would reject.
                        "<pc id=\"{prefix}{id}\" canCopy=\"no\"{}",
                        style.deletion(*number)
                    ));
                    if style.has_data {
                        self.put(format_args!(" dataRefStart=\"d{id}\" dataRefEnd=\"e{id}\""));
                    }
                    if let Some(code) = style.codes.get(*number) {
                        self.out.push_str(type_v21(code.kind));
                    }
                    self.out.push('>');
                }
                Inline::EndCode(_) => self.out.push_str("</pc>"),
                Inline::Placeholder(number) => {
                    let id = number + 1;
                    self.put(format_args!(
                        "<ph id=\"{prefix}{id}\" canCopy=\"no\"{}",
                        style.deletion(*number)
                    ));
                    if let Some(code) = style.codes.get(*number) {
                        if style.has_data {
                            self.put(format_args!(" dataRef=\"d{id}\""));
                        }
                        self.out.push_str(type_v21(code.kind));
                        self.put(format_args!(" disp=\"{}\"", xml_attribute(&code.open)));
                    }
                    self.out.push_str("/>");
                }
            }
        }
    }

    fn document_v12(&mut self, document: &ExportDocument) {
        self.out
            .push_str("<xliff xmlns=\"urn:oasis:names:tc:xliff:document:1.2\" version=\"1.2\">\n");
        for file in &document.files {
            self.file_v12(file);
        }
        self.out.push_str("</xliff>\n");
    }

    fn file_v12(&mut self, file: &ExportFile) {
        let languages = format!(
            "source-language=\"{}\" target-language=\"{}\"",
            self.source_language, self.target_language
        );
        self.put(format_args!(
            "<file original=\"{}\" {languages} datatype=\"plaintext\">\n",
            xml_attribute(file.original.as_str())
        ));
        self.put(format_args!(
            "<header><note>{}</note></header>\n<body>\n",
            xml_attribute(&file.title)
        ));
        for unit in &file.units {
            self.unit_v12(unit);
        }
        self.out.push_str("</body>\n</file>\n");
    }

    fn unit_v12(&mut self, unit: &ExportUnit) {
        let id = self.unit_id(unit.id);
        self.put(format_args!(
            "<trans-unit id=\"{id}\" xml:space=\"preserve\">\n<source>"
        ));
        self.content_v12(&unit.original, &unit.codes);
        self.out.push_str("</source>\n");
        if let Some(translation) = &unit.translation {
            let state = if unit.stale {
                "needs-review-translation"
            } else {
                "translated"
            };
            self.put(format_args!("<target state=\"{state}\">"));
            self.content_v12(translation, &unit.codes);
            self.out.push_str("</target>\n");
        }
        for suggestion in &unit.suggestions {
            let kind = if suggestion.source.is_some() {
                " alttranstype=\"previous-version\""
            } else {
                ""
            };
            self.put(format_args!(
                "<alt-trans match-quality=\"{}\"{kind}>",
                suggestion.similarity
            ));
            if let Some(source) = &suggestion.source {
                self.out.push_str("<source>");
                self.content_v12(source, &unit.codes);
                self.out.push_str("</source>");
            }
            self.out.push_str("<target>");
            self.content_v12(&suggestion.target, &unit.codes);
            self.out.push_str("</target></alt-trans>\n");
        }
        for note in &unit.context.notes() {
            self.put(format_args!("<note>{}</note>\n", xml_attribute(note)));
        }
        self.out.push_str("</trans-unit>\n");
    }

    fn content_v12(&mut self, content: &[Inline], codes: &[InlineCode]) {
        for inline in content {
            match inline {
                Inline::Text(words) => self.out.push_str(&xml_attribute(words)),
                Inline::StartCode(number) => {
                    let (mut kind, _) = code_v12(codes, *number);
                    // The schemas know `image` as a placeholder only.
                    if kind == "image" {
                        kind = "x-image";
                    }
                    self.put(format_args!("<g id=\"{}\" ctype=\"{kind}\">", number + 1));
                }
                Inline::EndCode(_) => self.out.push_str("</g>"),
                Inline::Placeholder(number) => {
                    let (kind, text) = code_v12(codes, *number);
                    self.put(format_args!(
                        "<x id=\"{}\" ctype=\"{kind}\" equiv-text=\"{}\"/>",
                        number + 1,
                        xml_attribute(text)
                    ));
                }
            }
        }
    }
}

/// The `ctype` and the source text of a code.
fn code_v12(codes: &[InlineCode], number: usize) -> (&'static str, &str) {
    match codes.get(number) {
        Some(code) => (type_v12(code.kind), &code.open),
        None => ("", ""),
    }
}

/// The attributes `type` and `subType`, by the values XLIFF 2.1 defines.
fn type_v21(kind: InlineCodeKind) -> &'static str {
    match kind {
        InlineCodeKind::Emphasis => " type=\"fmt\" subType=\"xlf:i\"",
        InlineCodeKind::Strong => " type=\"fmt\" subType=\"xlf:b\"",
        InlineCodeKind::OtherFormat => " type=\"fmt\"",
        InlineCodeKind::Link | InlineCodeKind::Autolink => " type=\"link\"",
        InlineCodeKind::Image => " type=\"image\"",
        InlineCodeKind::LineBreak => " type=\"fmt\" subType=\"xlf:lb\"",
        InlineCodeKind::Code
        | InlineCodeKind::Include
        | InlineCodeKind::Html
        | InlineCodeKind::Label
        | InlineCodeKind::Other => " type=\"other\"",
    }
}

/// The attribute `ctype`: XLIFF 1.2 wants `x-` before values it doesn't define.
fn type_v12(kind: InlineCodeKind) -> &'static str {
    match kind {
        InlineCodeKind::Emphasis => "italic",
        InlineCodeKind::Strong => "bold",
        InlineCodeKind::OtherFormat => "x-format",
        InlineCodeKind::Link => "link",
        InlineCodeKind::Autolink => "x-address",
        InlineCodeKind::Image => "image",
        InlineCodeKind::LineBreak => "lb",
        InlineCodeKind::Code => "x-code",
        InlineCodeKind::Include => "x-include",
        InlineCodeKind::Html => "x-html",
        InlineCodeKind::Label => "x-label",
        InlineCodeKind::Other => "x-other",
    }
}
