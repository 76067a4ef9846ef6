//! XLIFF -> what came back. Of what tools add, only the translations matter; texts that a tool has cut into segments are put together again.

use crate::source::LineIndex;

use super::super::document::{ReturnedDocument, ReturnedFile, ReturnedUnit};
use super::super::unit::{Inline, InlineContent, even};
use super::super::xml::{self, Element, Node};
use super::XliffVersion;

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

/// Reads a whole file.
pub fn read(text: &str) -> Result<ReturnedDocument, XliffError> {
    let lines = LineIndex::new(text);
    let line = |at: usize| lines.position(text, at).line;
    let error = |at: usize, message: String, help: &str| XliffError {
        line: line(at),
        message,
        help: help.to_owned(),
    };
    let root = xml::read(text).map_err(|problem| {
        let help = "Ask for the file again as the translation tool saves it; entities and document type definitions are never read.";
        error(problem.at, format!("the file is no sound XML: {}", problem.message), help)
    })?;
    let version = root.attribute("version").unwrap_or("").to_owned();
    let reader = match (root.name.as_str(), version.as_str()) {
        ("xliff", "1.2") => XliffReader {
            version: XliffVersion::V12,
            line: &line,
        },
        ("xliff", version) if version.starts_with("2.") => XliffReader {
            version: XliffVersion::V21,
            line: &line,
        },
        ("xliff", _) => {
            let help = "Save it as XLIFF 2.1, or as 1.2.";
            return Err(error(
                root.at,
                format!(
                    "XLIFF of version `{}` is not supported",
                    version.escape_debug()
                ),
                help,
            ));
        }
        (name, _) => {
            let help =
                "Give the file that `hjelp translation export` made, with the translations in it.";
            return Err(error(
                root.at,
                format!(
                    "the file is no XLIFF: it begins with `<{}>`",
                    name.escape_debug()
                ),
                help,
            ));
        }
    };
    let files: Vec<&Element> = root.named("file").collect();
    let language = |names: [&str; 2]| {
        let holder = if reader.version == XliffVersion::V21 {
            Some(&root)
        } else {
            files.first().copied()
        };
        let name = if reader.version == XliffVersion::V21 {
            names[0]
        } else {
            names[1]
        };
        holder
            .and_then(|holder| holder.attribute(name))
            .unwrap_or("")
            .to_owned()
    };
    let (from, to) = (
        language(["srcLang", "source-language"]),
        language(["trgLang", "target-language"]),
    );
    if reader.version == XliffVersion::V12
        && let Some(other) = files
            .iter()
            .find(|file| file.attribute("target-language") != Some(&to))
    {
        let help = "Give the translations of each language in a file of its own.";
        return Err(error(
            other.at,
            "the file holds translations into several languages".to_owned(),
            help,
        ));
    }
    let files = files.into_iter().map(|file| reader.file(file)).collect();
    Ok(ReturnedDocument { from, to, files })
}

struct XliffReader<'a> {
    version: XliffVersion,
    line: &'a dyn Fn(usize) -> usize,
}

impl XliffReader<'_> {
    fn file(&self, file: &Element) -> ReturnedFile {
        let mut units = Vec::new();
        self.units(file, &mut units);
        ReturnedFile {
            original: file.attribute("original").unwrap_or("").to_owned(),
            line: (self.line)(file.at),
            units,
        }
    }

    /// The units in an element, and in the groups in it.
    fn units(&self, element: &Element, units: &mut Vec<ReturnedUnit>) {
        for child in element.elements() {
            match (child.name.as_str(), self.version) {
                ("group" | "body", _) => self.units(child, units),
                ("unit", XliffVersion::V21) | ("trans-unit", XliffVersion::V12) => {
                    let contents = if self.version == XliffVersion::V21 {
                        new_unit(child)
                    } else {
                        old_unit(child)
                    };
                    units.push(ReturnedUnit {
                        id: child.attribute("id").unwrap_or("").to_owned(),
                        line: (self.line)(child.at),
                        contents,
                    });
                }
                _ => {}
            }
        }
    }
}

type Contents = Result<(InlineContent, Option<InlineContent>), String>;

fn new_unit(unit: &Element) -> Contents {
    let (mut source, mut targets, mut translated) = (Vec::new(), Vec::new(), true);
    for (number, part) in unit
        .elements()
        .filter(|part| matches!(part.name.as_str(), "segment" | "ignorable"))
        .enumerate()
    {
        let original = part.named("source").next().ok_or("it has no `<source>`")?;
        let mut pieces = Vec::new();
        inlines(original, &mut pieces)?;
        let target = part.named("target").next();
        match target {
            Some(target) => {
                let order = target
                    .attribute("order")
                    .and_then(|order| order.parse().ok())
                    .unwrap_or(number + 1);
                let mut pieces = Vec::new();
                inlines(target, &mut pieces)?;
                targets.push((order, pieces));
            }
            // What is between segments is taken as it is.
            None if part.name == "ignorable" => targets.push((number + 1, pieces.clone())),
            None => translated = false,
        }
        source.extend(pieces);
    }
    targets.sort_by_key(|(order, _)| *order);
    finished(
        source,
        translated.then(|| targets.into_iter().flat_map(|(_, pieces)| pieces).collect()),
    )
}

fn old_unit(unit: &Element) -> Contents {
    let source = unit.named("source").next().ok_or("it has no `<source>`")?;
    let (mut original, mut translation) = (Vec::new(), None);
    inlines(source, &mut original)?;
    if let Some(target) = unit.named("target").next() {
        let mut pieces = Vec::new();
        inlines(target, &mut pieces)?;
        translation = Some(pieces);
    }
    finished(original, translation)
}

fn finished(source: Vec<Inline>, target: Option<Vec<Inline>>) -> Contents {
    if source.is_empty() {
        return Err("its `<source>` is empty".to_owned());
    }
    let target = target.map(even).filter(|target| !target.is_empty());
    for content in [Some(&source), target.as_ref()].into_iter().flatten() {
        nested(content)?;
    }
    Ok((even(source), target))
}

/// Reads the words and codes in an element of either version.
fn inlines(element: &Element, pieces: &mut Vec<Inline>) -> Result<(), String> {
    for child in &element.children {
        let child = match child {
            Node::Text(text) => {
                pieces.push(Inline::Text(text.clone()));
                continue;
            }
            Node::Element(child) => child,
        };
        match child.name.as_str() {
            "pc" | "g" => {
                let number = number(child, &["id"])?;
                pieces.push(Inline::StartCode(number));
                inlines(child, pieces)?;
                pieces.push(Inline::EndCode(number));
            }
            "ph" | "x" => pieces.push(Inline::Placeholder(number(child, &["id"])?)),
            "sc" | "bx" | "bpt" => pieces.push(Inline::StartCode(number(child, &["rid", "id"])?)),
            "ec" | "ex" | "ept" => {
                pieces.push(Inline::EndCode(number(child, &["startRef", "rid", "id"])?))
            }
            "cp" => {
                let code = child
                    .attribute("hex")
                    .and_then(|hex| u32::from_str_radix(hex, 16).ok());
                let sign = code
                    .and_then(char::from_u32)
                    .filter(|sign| xml::is_allowed(*sign));
                pieces.push(Inline::Text(
                    sign.ok_or("it has a sign that no text can hold")?
                        .to_string(),
                ));
            }
            // Marks of tools around words.
            "mrk" => inlines(child, pieces)?,
            "sm" | "em" => {}
            other => {
                return Err(format!(
                    "it has the element `<{}>`, which is none of its codes",
                    other.escape_debug()
                ));
            }
        }
    }
    Ok(())
}

/// The number of a code; in the file they count from one.
fn number(element: &Element, names: &[&str]) -> Result<usize, String> {
    let id = names
        .iter()
        .find_map(|name| element.attribute(name))
        .unwrap_or("");
    let number = id
        .parse::<usize>()
        .ok()
        .and_then(|number| number.checked_sub(1));
    number.filter(|number| *number < 100_000).ok_or_else(|| {
        format!(
            "it has a code with the id `{}`, which none of its codes has",
            id.escape_debug()
        )
    })
}

/// Codes with two ends must stand in each other or beside each other.
fn nested(content: &[Inline]) -> Result<(), String> {
    let mut open = Vec::new();
    for piece in content {
        match piece {
            Inline::StartCode(number) => open.push(*number),
            Inline::EndCode(number) if open.pop() != Some(*number) => {
                return Err(format!("the code {} ends where it can't", number + 1));
            }
            _ => {}
        }
    }
    open.first().map_or(Ok(()), |number| {
        Err(format!("the code {} has no end", number + 1))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Inline {
        Inline::Text(text.to_owned())
    }

    fn unit(version: &str, inside: &str) -> Contents {
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
    fn segments_are_put_together_and_marks_of_tools_are_overlooked() {
        let inside = "<segment><source>A. </source><target order=\"3\">X </target></segment><ignorable><source> </source></ignorable>\
            <segment><source>B<ph id=\"1\"/></source><target order=\"1\"><mrk id=\"m\">Y<ph id=\"1\"/></mrk></target></segment>";
        let expected = (
            vec![words("A. B"), Inline::Placeholder(0)],
            Some(vec![words("Y"), Inline::Placeholder(0), words(" X")]),
        );
        assert_eq!(unit("2.1", inside), Ok(expected));
        let inside = "<source>A <g id=\"1\">b</g></source><target>\n <mrk mtype=\"seg\"><bx id=\"1\"/>B<ex id=\"1\"/></mrk> A</target>";
        let expected = vec![
            Inline::StartCode(0),
            words("B"),
            Inline::EndCode(0),
            words(" A"),
        ];
        assert_eq!(
            unit("1.2", inside).map(|contents| contents.1),
            Ok(Some(expected))
        );
    }

    #[test]
    fn what_has_no_translation_yet_has_none() {
        for inside in [
            "<segment><source>a</source></segment>",
            "<segment><source>a</source><target> </target></segment>",
        ] {
            assert_eq!(unit("2.0", inside), Ok((vec![words("a")], None)));
        }
    }

    #[test]
    fn other_files_are_refused() {
        for (text, part) in [
            ("<html/>", "no XLIFF"),
            ("<xliff version=\"1.0\"/>", "version `1.0`"),
            ("<xliff version=\"2.1\">", "no sound XML"),
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
}
