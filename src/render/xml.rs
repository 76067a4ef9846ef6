//! Text elements of XML files, and the bytes of a finished one.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

/// Writes XML to memory, which cannot fail.
pub(super) type XmlWriter = Writer<Vec<u8>>;

/// Begins an XML file that will have about `capacity` bytes.
pub(super) fn begin(capacity: usize) -> io::Result<XmlWriter> {
    let mut xml = Writer::new_with_indent(Vec::with_capacity(capacity), b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    Ok(xml)
}

/// Writes `<name>text</name>`, with the text escaped.
pub(super) fn text_element(xml: &mut XmlWriter, name: &str, text: &str) -> io::Result<()> {
    xml.create_element(name)
        .write_text_content(BytesText::new(text))?;
    Ok(())
}

/// The text of a file, which ends with a line break.
pub(super) fn finish(xml: XmlWriter) -> String {
    let mut bytes = xml.into_inner();
    bytes.push(b'\n');
    // The writer gets strings only, so it is always UTF-8.
    String::from_utf8(bytes).unwrap_or_default()
}
