//! Text <-> text of HTML and XML, where some characters have to be written as references. Knows neither tags nor entities beyond these.

/// Appends `text` with `&`, `<`, `>` and `"` as references, which is right in text and in double-quoted attributes alike.
pub fn escape(text: &str, out: &mut String) {
    // Most texts have nothing to escape. Without a branch per byte the compiler looks at several bytes at once.
    if !text.bytes().fold(false, |found, byte| {
        found | matches!(byte, b'&' | b'<' | b'>' | b'"')
    }) {
        return out.push_str(text);
    }
    let mut plain = 0;
    for (at, byte) in text.bytes().enumerate() {
        let reference = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => continue,
        };
        out.push_str(&text[plain..at]);
        out.push_str(reference);
        plain = at + 1;
    }
    out.push_str(&text[plain..]);
}

/// `text` with `&`, `<`, `>` and `"` as references.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape(text, &mut out);
    out
}

/// `text` between the tags of XML: only `&` and `<` have to be references there.
pub fn xml_text(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// `text` as the value of an attribute in XML. Tabs and line ends are references too, because a parser turns them into spaces otherwise
/// (XML 1.0, section 3.3.3).
pub fn xml_attribute(text: &str) -> String {
    escaped(text)
        .replace('\n', "&#10;")
        .replace('\r', "&#13;")
        .replace('\t', "&#9;")
}

/// The references that people type in short HTML texts, as characters; others stay as they are.
pub fn unescaped(html: &str) -> String {
    // `&amp;` comes last, so that `&amp;lt;` stays the text `&lt;`.
    html.replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_characters_with_a_meaning_are_escaped() {
        assert_eq!(escaped("på 'a'"), "på 'a'");
        assert_eq!(escaped("a<b>&\"c\"\n"), "a&lt;b&gt;&amp;&quot;c&quot;\n");
        assert_eq!(xml_text("a<b>&\"c\""), "a&lt;b>&amp;\"c\"");
        assert_eq!(xml_attribute("<\t\"\r\n"), "&lt;&#9;&quot;&#13;&#10;");
        assert_eq!(unescaped("&amp;lt;&nbsp;&copy;&gt;"), "&lt; &copy;>");
    }
}
