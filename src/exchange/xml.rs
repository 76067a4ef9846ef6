//! XML -> a tree of elements. Nothing outside the text is ever looked at: a document type definition, with all it could declare or fetch, is
//! refused, and so is every entity but the five that XML has itself.

use crate::source::escape;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Deeper nesting is refused: no exchange of texts needs it.
const DEEPEST: usize = 100;

/// An element.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Element {
    /// Its name without the prefix of its namespace.
    pub name: String,
    /// Its attributes, prefixes kept.
    pub attributes: Vec<(String, String)>,
    /// What is in it.
    pub children: Vec<Node>,
    /// The byte at which it begins.
    pub at: usize,
}

/// What is in an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    /// Another element.
    Element(Element),
    /// Characters.
    Text(String),
}

/// Why a text is not read, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Problem {
    pub at: usize,
    pub message: String,
}

impl Element {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(other, _)| other == name)
            .map(|(_, value)| value.as_str())
    }

    /// The elements directly inside it.
    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|child| match child {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The elements of this name directly inside it.
    pub fn named<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Element> {
        self.elements().filter(move |element| element.name == name)
    }
}

/// Reads a whole document.
pub(super) fn read(text: &str) -> Result<Element, Problem> {
    let mut reader = Reader::from_str(text);
    let mut open: Vec<Element> = Vec::new();
    let mut root: Option<Element> = None;
    loop {
        let at = usize::try_from(reader.buffer_position())
            .unwrap_or(usize::MAX)
            .min(text.len());
        let refuse = |message: &str| {
            Err(Problem {
                at,
                message: message.to_owned(),
            })
        };
        let event = reader.read_event().map_err(|error| Problem {
            at: place(&reader).min(text.len()),
            message: error.to_string(),
        })?;
        match event {
            Event::Eof => break,
            Event::DocType(_) => {
                return refuse("it has a document type definition, which is not accepted");
            }
            Event::Start(tag) => {
                if open.len() >= DEEPEST || root.is_some() {
                    return refuse(if root.is_some() {
                        "something stands behind its end"
                    } else {
                        "its elements are nested too deep"
                    });
                }
                open.push(element(&tag, at)?);
            }
            Event::Empty(tag) => {
                let element = element(&tag, at)?;
                match open.last_mut() {
                    Some(outer) => outer.children.push(Node::Element(element)),
                    None if root.is_none() => root = Some(element),
                    None => return refuse("something stands behind its end"),
                }
            }
            Event::End(_) => {
                let Some(element) = open.pop() else {
                    return refuse("an element ends that never began");
                };
                match open.last_mut() {
                    Some(outer) => outer.children.push(Node::Element(element)),
                    None => root = Some(element),
                }
            }
            Event::Text(text) => add(&mut open, &text, at)?,
            Event::CData(text) => add(&mut open, &text, at)?,
            Event::GeneralRef(name) => {
                let sign = entity(&name).ok_or_else(|| Problem {
                    at,
                    message: format!("it has the entity `&{};`", name.escape_debug()),
                })?;
                add(&mut open, sign.encode_utf8(&mut [0; 4]), at)?;
            }
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) => {}
        }
    }
    match (open.last(), root) {
        (Some(element), _) => Err(Problem {
            at: text.len(),
            message: format!("it ends within `<{}>`", element.name),
        }),
        (None, Some(root)) => Ok(root),
        (None, None) => Err(Problem {
            at: 0,
            message: "it is empty".to_owned(),
        }),
    }
}

fn place(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.error_position()).unwrap_or(usize::MAX)
}

fn add(open: &mut [Element], text: &str, at: usize) -> Result<(), Problem> {
    let Some(element) = open.last_mut() else {
        let blank = text.trim_start_matches('\u{feff}').trim().is_empty();
        return if blank {
            Ok(())
        } else {
            Err(Problem {
                at,
                message: "words stand outside of its elements".to_owned(),
            })
        };
    };
    match element.children.last_mut() {
        Some(Node::Text(known)) => known.push_str(text),
        _ => element.children.push(Node::Text(text.to_owned())),
    }
    Ok(())
}

fn element(tag: &BytesStart<'_>, at: usize) -> Result<Element, Problem> {
    let mut element = Element {
        name: tag.local_name().as_ref().to_owned(),
        at,
        ..Element::default()
    };
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|error| Problem {
            at,
            message: error.to_string(),
        })?;
        element.attributes.push((
            attribute.key.as_ref().to_owned(),
            resolved(&attribute.value, at)?,
        ));
    }
    Ok(element)
}

/// The value of an attribute with its references resolved.
fn resolved(typed: &str, at: usize) -> Result<String, Problem> {
    let mut out = String::with_capacity(typed.len());
    let mut rest = typed;
    while let Some((before, behind)) = rest.split_once('&') {
        out.push_str(before);
        let sign = behind
            .split_once(';')
            .and_then(|(name, rest)| Some((entity(name)?, rest)));
        let (sign, left) = sign.ok_or_else(|| Problem {
            at,
            message: "an attribute has an entity".to_owned(),
        })?;
        out.push(sign);
        rest = left;
    }
    Ok(out + rest)
}

/// The sign a reference stands for: by number, or one of the five that need no declaration.
fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix('x') {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|sign| is_allowed(*sign))
        }
    }
}

/// True for the signs that XML can hold.
pub(super) fn is_allowed(sign: char) -> bool {
    matches!(sign, '\t' | '\n' | '\r') || sign >= ' ' && !matches!(sign, '\u{FFFE}' | '\u{FFFF}')
}

/// `text` as it stands between tags or, in double quotes, as the value of an attribute.
pub(super) fn escaped(text: &str) -> String {
    escape::xml_attribute(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_text_and_references_are_read() {
        let root = read("\u{feff}<?xml version=\"1.0\"?>\n<a x=\"1 &lt; &#x32;\"><b:c/>d &amp; <![CDATA[<e>]]><!-- f --></a>\n").unwrap();
        assert_eq!(
            (root.name.as_str(), root.attribute("x")),
            ("a", Some("1 < 2"))
        );
        assert_eq!(root.elements().next().unwrap().name, "c");
        assert_eq!(root.children[1], Node::Text("d & <e>".into()));
        assert_eq!(escaped("a<b>&\"c\"\n"), "a&lt;b&gt;&amp;&quot;c&quot;&#10;");
    }

    #[test]
    fn nothing_that_is_damaged_or_dangerous_is_read() {
        for (text, part) in [
            ("", "empty"),
            ("<a>", "ends within"),
            ("<a></b>", ""),
            ("<a></a><b/>", "behind its end"),
            ("<a/>x", "outside"),
            ("<a x=1/>", ""),
            ("<a x=\"1\" x=\"2\"/>", ""),
            ("<a>&b;</a>", "entity"),
            ("<a x=\"&b;\"/>", "entity"),
            (
                "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>",
                "document type",
            ),
            (
                "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>",
                "document type",
            ),
            ("<a>&#0;</a>", "entity"),
        ] {
            let problem = read(text).expect_err(text);
            assert!(problem.message.contains(part), "{text}: {problem:?}");
        }
        assert!(read(&"<a>".repeat(100_000)).is_err());
    }
}
