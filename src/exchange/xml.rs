//! The characters that XML 1.0 can contain.

/// True for the characters that an XML document can contain, even as a reference: section 2.2, `Char`.
pub(super) fn is_xml_char(char: char) -> bool {
    matches!(char, '\t' | '\n' | '\r') || char >= ' ' && !matches!(char, '\u{FFFE}' | '\u{FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_not_xml() {
        assert!(is_xml_char('å') && is_xml_char('\t') && !is_xml_char('\u{8}'));
    }
}
