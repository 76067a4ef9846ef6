//! `> [!div class="x"]`: a `div` around the rest of a quote (DocFX spec 4.2).

use super::parsed::Directive;

/// Reads `div attributes`. One pair of backticks around the attributes is dropped; a backtick at one end only drops the attributes.
pub(super) fn read(inside: &str) -> Option<Directive> {
    let (keyword, attributes) = inside.split_at_checked("div".len())?;
    if !keyword.eq_ignore_ascii_case("div") {
        return None;
    }
    if !attributes.is_empty() && !attributes.starts_with([' ', '\t']) {
        return None;
    }
    let attributes = attributes.trim();
    let unquoted = match (attributes.strip_prefix('`'), attributes.ends_with('`')) {
        (Some(inner), true) => inner.strip_suffix('`').unwrap_or(""),
        (None, false) => attributes,
        _ => "",
    };
    Some(Directive::Div(unquoted.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn backticks_around_attributes_are_dropped() {
        for (inside, attributes) in [
            ("div", ""),
            ("div class=\"x\"", "class=\"x\""),
            ("DIV `class=\"x\"`", "class=\"x\""),
            ("div `class=\"x\"", ""),
            ("div `", ""),
        ] {
            let expected = Some(Directive::Div(attributes.into()));
            assert_eq!(read(inside), expected, "{inside}");
        }
        assert_eq!(read("divider"), None);
    }
}
