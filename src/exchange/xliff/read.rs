//! XLIFF -> the translations in it. Of what tools add, only the translations matter; texts that a tool has cut into segments are joined
//! again. The file comes from outside: nothing in it is fetched, expanded without limit or trusted.

use roxmltree::{Document, Node};

use crate::source::LineIndex;

use super::super::document::{
    ReturnedContents, ReturnedDocument, ReturnedFile, ReturnedUnit, Review,
};
use super::super::unit::{Inline, normalize};
use super::super::xml::is_xml_char;
use super::repair;
use super::version::XliffVersion;

/// Deeper nesting in a text is refused, before it fills the stack.
const MAX_DEPTH: usize = 100;

/// Higher numbers of codes are refused, before they fill the memory.
const MAX_CODES: usize = 100_000;

/// Why a file can't be read as XLIFF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct XliffError {
    /// The line, counted from one.
    pub line: usize,
    /// What is wrong, in lower case and without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

/// Reads a whole file. Units that can't be read are part of the document; only a file that isn't XLIFF at all is an error.
pub fn read(text: &str) -> Result<ReturnedDocument, XliffError> {
    // A document type definition, with all it could declare or fetch, is refused by default.
    let error = match Document::parse(text) {
        Ok(document) => return read_document(text, &document),
        Err(error) => error,
    };
    let (repaired, repairs) = repair::repaired(text);
    let mut error = error;
    if !repairs.is_empty() {
        match Document::parse(&repaired) {
            Ok(document) => {
                let mut returned = read_document(&repaired, &document)?;
                returned.repairs = repairs;
                return Ok(returned);
            }
            // What is left is what nobody but the sender can put right.
            Err(left) => error = left,
        }
    }
    let place = repair::place(text, &error);
    Err(XliffError {
        line: place.line,
        message: format!("the file is not well-formed XML: {}{}", place.reason, place.unit),
        help: "Ask for the file again as the translation tool saves it; entities and document type definitions are never read.".to_owned(),
    })
}

fn read_document(text: &str, document: &Document<'_>) -> Result<ReturnedDocument, XliffError> {
    let root = document.root_element();
    let reader = XliffReader {
        text,
        // The parser's own line numbers are counted from the start each time, which is quadratic in a document of many units.
        lines: LineIndex::new(text),
        version: version(root)?,
    };
    reader.document(root)
}

fn version(root: Node<'_, '_>) -> Result<XliffVersion, XliffError> {
    let name = root.tag_name().name();
    let version = root.attribute("version").unwrap_or("");
    match (name, version) {
        ("xliff", "1.2") => Ok(XliffVersion::V12),
        ("xliff", version) if version.starts_with("2.") => Ok(XliffVersion::V21),
        ("xliff", version) => Err(XliffError {
            line: 1,
            message: format!(
                "XLIFF version `{}` is not supported",
                version.escape_debug()
            ),
            help: "Save it as XLIFF 2.1, or as 1.2.".to_owned(),
        }),
        _ => Err(XliffError {
            line: 1,
            message: format!(
                "the file is not XLIFF: its root element is `<{}>`",
                name.escape_debug()
            ),
            help:
                "Give the file that `hjelp translation export` made, with the translations in it."
                    .to_owned(),
        }),
    }
}

struct XliffReader<'a> {
    text: &'a str,
    lines: LineIndex,
    version: XliffVersion,
}

impl XliffReader<'_> {
    fn document(&self, root: Node<'_, '_>) -> Result<ReturnedDocument, XliffError> {
        let files: Vec<Node<'_, '_>> = elements(root, "file").collect();
        let (source_language, target_language) = match self.version {
            XliffVersion::V21 => (attribute(root, "srcLang"), attribute(root, "trgLang")),
            XliffVersion::V12 => self.languages_of_files(&files)?,
        };
        Ok(ReturnedDocument {
            source_language,
            target_language,
            files: files.into_iter().map(|file| self.file(file)).collect(),
            ..ReturnedDocument::default()
        })
    }

    /// In version 1.2 each file names its languages, which are the same in all that is imported at once.
    fn languages_of_files(&self, files: &[Node<'_, '_>]) -> Result<(String, String), XliffError> {
        let Some(first) = files.first() else {
            return Ok((String::new(), String::new()));
        };
        let target_language = attribute(*first, "target-language");
        for file in files {
            if file.attribute("target-language") != Some(&target_language) {
                return Err(XliffError {
                    line: self.line(*file),
                    message: "the file holds translations into several languages".to_owned(),
                    help: "Give the translations of each language in a file of its own.".to_owned(),
                });
            }
        }
        Ok((attribute(*first, "source-language"), target_language))
    }

    fn file(&self, file: Node<'_, '_>) -> ReturnedFile {
        let unit_name = match self.version {
            XliffVersion::V21 => "unit",
            XliffVersion::V12 => "trans-unit",
        };
        let mut units = Vec::new();
        // Tools put units into groups, which may be in groups.
        for unit in file.descendants() {
            if unit.tag_name().name() != unit_name {
                continue;
            }
            units.push(ReturnedUnit {
                id: attribute(unit, "id"),
                line: self.line(unit),
                contents: match self.version {
                    XliffVersion::V21 => unit_of_v21(unit),
                    XliffVersion::V12 => unit_of_v12(unit),
                },
            });
        }
        ReturnedFile {
            original: attribute(file, "original"),
            line: self.line(file),
            units,
        }
    }

    fn line(&self, node: Node<'_, '_>) -> usize {
        self.lines.position(self.text, node.range().start).line
    }
}

/// The value of an attribute, empty if there is none.
fn attribute(element: Node<'_, '_>, name: &str) -> String {
    element.attribute(name).unwrap_or("").to_owned()
}

/// The child elements of this name, in any namespace.
fn elements<'a, 'input>(
    parent: Node<'a, 'input>,
    name: &'a str,
) -> impl Iterator<Item = Node<'a, 'input>> {
    parent
        .children()
        .filter(move |child| child.tag_name().name() == name)
}

fn unit_of_v21(unit: Node<'_, '_>) -> Result<ReturnedContents, String> {
    let mut source = Vec::new();
    let mut targets = Vec::new();
    let mut is_translated = true;
    // The worst state of a segment is that of the unit, so it begins with the best.
    let mut review = Review::Approved;
    let mut number = 0;
    for segment in unit.children() {
        let is_ignorable = segment.tag_name().name() == "ignorable";
        if !is_ignorable && segment.tag_name().name() != "segment" {
            continue;
        }
        number += 1;
        if !is_ignorable {
            review = review.min(review_v21(segment));
        }
        let original = elements(segment, "source").next();
        let content = inlines_of(original.ok_or("it has no `<source>`")?)?;
        match elements(segment, "target").next() {
            Some(target) => {
                // Segments may come in another order in the translation.
                let order = match target.attribute("order") {
                    Some(order) => order.parse().unwrap_or(number),
                    None => number,
                };
                targets.push((order, inlines_of(target)?));
            }
            // Text between segments, mostly spaces, needs no translation.
            None if is_ignorable => targets.push((number, content.clone())),
            None => is_translated = false,
        }
        source.extend(content);
    }
    targets.sort_by_key(|(order, _)| *order);
    let target = targets.into_iter().flat_map(|(_, content)| content);
    let mut contents = checked(
        source,
        if is_translated {
            Some(target.collect())
        } else {
            None
        },
    )?;
    contents.review = review;
    Ok(contents)
}

/// What the state of a segment says. Out-of-date translations are exported as `initial`, and many tools leave states alone.
fn review_v21(segment: Node<'_, '_>) -> Review {
    // Tools note in a state of their own what they have no state for, like `x:needs-review`.
    let own = attribute(segment, "subState").to_ascii_lowercase();
    if ["need", "fuzzy", "draft", "reject"]
        .iter()
        .any(|word| own.contains(word))
    {
        return Review::NeedsWork;
    }
    match segment.attribute("state") {
        Some("translated") => Review::Translated,
        Some("reviewed" | "final") => Review::Approved,
        _ => Review::Unstated,
    }
}

fn unit_of_v12(unit: Node<'_, '_>) -> Result<ReturnedContents, String> {
    let source = elements(unit, "source").next();
    let source = inlines_of(source.ok_or("it has no `<source>`")?)?;
    let target = elements(unit, "target").next();
    let content = match target {
        Some(target) => Some(inlines_of(target)?),
        None => None,
    };
    let mut contents = checked(source, content)?;
    contents.review = review_v12(unit, target);
    Ok(contents)
}

/// What `approved` and the state of a target say. Out-of-date translations are exported as `needs-review-translation`, and many tools leave
/// states alone.
fn review_v12(unit: Node<'_, '_>, target: Option<Node<'_, '_>>) -> Review {
    let approved = unit.attribute("approved");
    if approved == Some("yes") {
        return Review::Approved;
    }
    let state = target.and_then(|target| target.attribute("state"));
    match state {
        Some("final" | "signed-off") => Review::Approved,
        Some("translated") => Review::Translated,
        Some("needs-review-translation") | None if approved != Some("no") => Review::Unstated,
        _ => Review::NeedsWork,
    }
}

/// The contents, if their codes are nested correctly. Tools write `<target/>` for what isn't translated yet.
pub(in crate::exchange) fn checked(
    source: Vec<Inline>,
    target: Option<Vec<Inline>>,
) -> Result<ReturnedContents, String> {
    if source.is_empty() {
        return Err("its `<source>` is empty".to_owned());
    }
    check_nesting(&source)?;
    // Tools write spaces or an empty element for what isn't translated yet.
    let target = normalize(target.unwrap_or_default());
    check_nesting(&target)?;
    Ok(ReturnedContents {
        source: normalize(source),
        target: if target.is_empty() {
            None
        } else {
            Some(target)
        },
        review: Review::Unstated,
    })
}

fn inlines_of(element: Node<'_, '_>) -> Result<Vec<Inline>, String> {
    let mut content = Vec::new();
    add_inlines(element, 0, &mut content)?;
    Ok(content)
}

/// Adds the words and codes in an element of either version.
fn add_inlines(
    element: Node<'_, '_>,
    depth: usize,
    content: &mut Vec<Inline>,
) -> Result<(), String> {
    if depth > MAX_DEPTH {
        return Err("its codes are nested too deep".to_owned());
    }
    for child in element.children() {
        if child.is_text() {
            content.push(Inline::Text(child.text().unwrap_or("").to_owned()));
        }
        if !child.is_element() {
            continue;
        }
        match child.tag_name().name() {
            "pc" | "g" => {
                let number = code_number(child, &["id"])?;
                content.push(Inline::StartCode(number));
                add_inlines(child, depth + 1, content)?;
                content.push(Inline::EndCode(number));
            }
            "ph" | "x" => content.push(Inline::Placeholder(code_number(child, &["id"])?)),
            "sc" | "bx" | "bpt" => {
                content.push(Inline::StartCode(code_number(child, &["rid", "id"])?));
            }
            "ec" | "ex" | "ept" => {
                // Versions and tools name the start of a code differently.
                let number = code_number(child, &["startRef", "rid", "id"])?;
                content.push(Inline::EndCode(number));
            }
            "cp" => content.push(Inline::Text(code_point(child)?.to_string())),
            // Annotations of tools around words.
            "mrk" => add_inlines(child, depth + 1, content)?,
            // The same annotations as `<mrk>`, as two empty elements.
            "sm" | "em" => {}
            other => {
                return Err(format!(
                    "it has the element `<{}>`, which is not one of its codes",
                    other.escape_debug()
                ));
            }
        }
    }
    Ok(())
}

/// The number of a code. Ids count from one.
fn code_number(element: Node<'_, '_>, attributes: &[&str]) -> Result<usize, String> {
    let mut id = "";
    for name in attributes {
        if let Some(value) = element.attribute(*name) {
            id = value;
            break;
        }
    }
    // Tools expect a letter before the number, and some remove it.
    let number = id.strip_prefix('c').unwrap_or(id);
    match number.parse::<usize>() {
        Ok(number) if (1..=MAX_CODES).contains(&number) => Ok(number - 1),
        _ => Err(format!(
            "it has a code with the id `{}`, which none of its codes has",
            id.escape_debug()
        )),
    }
}

/// The character of `<cp hex="..."/>`, by which XLIFF 2 writes what XML can't hold.
fn code_point(element: Node<'_, '_>) -> Result<char, String> {
    let hex = element.attribute("hex").unwrap_or("");
    // Text that no XML can contain was never exported, so it can't be part of a translation.
    let code = u32::from_str_radix(hex, 16).map_err(|_| "it has an invalid `<cp>`")?;
    match char::from_u32(code) {
        Some(char) if is_xml_char(char) => Ok(char),
        _ => Err("it has a character that a text can't contain".to_owned()),
    }
}

/// Codes that span words may contain each other or follow each other, not overlap.
fn check_nesting(content: &[Inline]) -> Result<(), String> {
    let mut open = Vec::new();
    for inline in content {
        match inline {
            Inline::StartCode(number) => open.push(*number),
            Inline::EndCode(number) if open.pop() != Some(*number) => {
                return Err(format!("the code {} ends where it can't", number + 1));
            }
            _ => {}
        }
    }
    match open.first() {
        Some(number) => Err(format!("the code {} has no end", number + 1)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Inline {
        Inline::Text(text.to_owned())
    }

    fn unit(version: &str, inside: &str) -> Result<ReturnedContents, String> {
        let (open, close) = match version {
            "1.2" => (
                "<file original=\"a\" target-language=\"nb\"><body><trans-unit id=\"u\">",
                "</trans-unit></body></file>",
            ),
            _ => ("<file original=\"a\"><unit id=\"u\">", "</unit></file>"),
        };
        let read = read(&format!(
            "<xliff version=\"{version}\">{open}{inside}{close}</xliff>"
        ))
        .unwrap();
        read.files[0].units[0].contents.clone()
    }

    #[test]
    fn segments_are_joined_and_annotations_of_tools_ignored() {
        let inside = "<segment><source>A. </source><target order=\"3\">X </target></segment><ignorable><source> </source></ignorable>\
            <segment><source>B<ph id=\"1\"/></source><target order=\"1\"><mrk id=\"m\">Y<ph id=\"1\"/></mrk></target></segment>";
        let expected = ReturnedContents {
            source: vec![words("A. B"), Inline::Placeholder(0)],
            target: Some(vec![words("Y"), Inline::Placeholder(0), words(" X")]),
            review: Review::Unstated,
        };
        assert_eq!(unit("2.1", inside), Ok(expected));
        let inside = "<source>A <g id=\"1\">b</g></source><target>\n <mrk mtype=\"seg\"><bx id=\"1\"/>B<ex id=\"1\"/></mrk> A</target>";
        let expected = vec![
            Inline::StartCode(0),
            words("B"),
            Inline::EndCode(0),
            words(" A"),
        ];
        assert_eq!(
            unit("1.2", inside).map(|contents| contents.target),
            Ok(Some(expected))
        );
    }

    #[test]
    fn texts_without_translation_have_no_target() {
        for inside in [
            "<segment><source>a</source></segment>",
            "<segment><source>a</source><target> </target></segment>",
        ] {
            assert_eq!(
                unit("2.0", inside),
                Ok(ReturnedContents {
                    source: vec![words("a")],
                    target: None,
                    review: Review::Unstated,
                })
            );
        }
    }

    #[test]
    fn other_files_are_refused() {
        for (text, part) in [
            ("<html/>", "not XLIFF"),
            ("<xliff version=\"1.0\"/>", "version `1.0`"),
            ("<xliff version=\"2.1\">", "not well-formed XML"),
            (
                "<xliff version=\"1.2\"><file target-language=\"nb\"/><file target-language=\"da\"/></xliff>",
                "several languages",
            ),
        ] {
            assert!(read(text).unwrap_err().message.contains(part), "{text}");
        }
        for inside in [
            "<source>a</source><target><g id=\"x\">b</g></target>",
            "<target/>",
            "<source/>",
            "<source><b>a</b></source>",
        ] {
            assert!(unit("1.2", inside).is_err(), "{inside}");
        }
    }

    #[test]
    fn signs_that_are_missing_for_certain_are_put_in() {
        let document = |target: &str| {
            format!(
                "<xliff version=\"2.1\">\n<file>\n<unit id=\"u\"><segment><source>a</source>\n<target>{target}</target></segment></unit></file></xliff>"
            )
        };
        for (target, expected) in [
            ("Navn & adresse", "Navn & adresse"),
            ("A&B", "A&B"),
            ("3 < 4", "3 < 4"),
            ("3&nbsp;kr", "3\u{a0}kr"),
            ("a &amp; b & c", "a & b & c"),
            ("bl&aring;b&aelig;r", "blåbær"),
        ] {
            let text = document(target);
            let returned = read(&text).unwrap();
            let contents = returned.files[0].units[0].contents.clone().unwrap();
            assert_eq!(contents.target, Some(vec![words(expected)]), "{target}");
            assert_eq!(returned.repairs[0].line, 4, "{target}");
            // And before the declaration.
            let text = format!("\n<?xml version=\"1.0\"?>{}", document("b"));
            assert_eq!(read(&text).unwrap().repairs[0].line, 2);
        }
        // Nothing is repaired where nothing is wrong.
        let returned = read(&document("<![CDATA[a & b]]> <!-- & -->")).unwrap();
        assert_eq!(returned.repairs, []);
    }

    #[test]
    fn broken_xml_is_refused_with_its_reason_and_place() {
        let head = "<xliff version=\"2.1\">\n<file>\n<unit id=\"u7\">\n<segment><source>Press it</source>\n";
        for (tail, line, reason) in [
            ("<target>Trykk", 5, "it ends in the middle"),
            ("<target>Trykk</source>", 5, "`</source>`"),
            ("<target>Trykk &lagre; nå</target>", 5, "`&lagre;`"),
            ("<target>Trykk \u{1} nå</target>", 5, "U+0001"),
            ("<target a=\"1\" a=\"2\">", 5, "`a`"),
        ] {
            let error = read(&format!("{head}{tail}")).expect_err(tail);
            assert_eq!(error.line, line, "{error:?}");
            assert!(error.message.contains(reason), "{error:?}");
            assert!(error.message.contains("“Press it”"), "{error:?}");
        }
    }

    #[test]
    fn damaged_and_dangerous_xml_is_refused() {
        for text in [
            "",
            "<xliff>",
            "<xliff></b>",
            "<xliff/><b/>",
            "<xliff/>x",
            "<xliff x=1/>",
            "<xliff x=\"1\" x=\"2\"/>",
            "<xliff>&b;</xliff>",
            "<xliff x=\"&b;\"/>",
            "<xliff>&#0;</xliff>",
            "<!DOCTYPE xliff [<!ENTITY b \"c\">]><xliff>&b;</xliff>",
            "<!DOCTYPE xliff SYSTEM \"file:///etc/passwd\"><xliff/>",
        ] {
            let error = read(text).expect_err(text);
            assert!(
                error.message.contains("not well-formed XML"),
                "{text}: {error:?}"
            );
        }
        let deep = format!(
            "<source>{}a{}</source>",
            "<mrk>".repeat(100_000),
            "</mrk>".repeat(100_000)
        );
        assert_eq!(
            unit("1.2", &deep),
            Err("its codes are nested too deep".to_owned())
        );
        assert!(read(&"<xliff>".repeat(100_000)).is_err());
    }

    #[test]
    fn references_and_character_data_are_words() {
        let inside = "<source x=\"1 &lt; &#x32;\">d &amp; <![CDATA[<e>]]><!-- f --></source>";
        let expected = ReturnedContents {
            source: vec![words("d & <e>")],
            target: None,
            review: Review::Unstated,
        };
        assert_eq!(unit("1.2", inside), Ok(expected));
    }
}
