//! Text -> HTML text.

/// Appends `text` with `&`, `<`, `>` and `"` as references, which is right in text and in double-quoted attributes alike.
pub(in crate::render) fn escape(text: &str, out: &mut String) {
    // Words rarely need it, and to see that takes one look at each byte, several at a time.
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
