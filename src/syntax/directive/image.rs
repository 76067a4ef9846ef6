//! `:::image source="" alt-text="":::`: an image with a border, a larger version or a long description (DocFX spec 7.3).

use super::container::{Container, ImageAttributes};
use super::parsed::{SyntaxProblem, TripleColon};
use super::triple_colon_line::{Position, Terminator, TripleColonDirective, TripleColonLine};

pub(super) const DIRECTIVE: TripleColonDirective = TripleColonDirective {
    name: "image",
    position: Position::Any,
    terminator: Terminator::ColonsOrLine,
    parse,
};

const ATTRIBUTES: [&str; 7] = [
    "alt-text",
    "type",
    "loc-scope",
    "source",
    "border",
    "lightbox",
    "link",
];

fn parse(line: &TripleColonLine<'_>) -> Result<TripleColon, SyntaxProblem> {
    line.expect_only(&ATTRIBUTES)?;
    let kind = line.value("type").unwrap_or_default();
    // Icons decorate: they are hidden from screen readers, and need no text.
    let icon = &*kind == "icon";
    line.required("source")?;
    if !icon {
        line.required("alt-text")?;
    }
    let stated_border = match line.value("border") {
        Some(text) => text.to_ascii_lowercase().parse().ok(),
        None => None,
    };
    let image = Box::new(ImageAttributes {
        source: line.target("source").unwrap_or_default(),
        alt: line.value("alt-text").unwrap_or_default(),
        icon,
        border: stated_border.unwrap_or(!icon),
        lightbox: line.target("lightbox"),
        link: line.target("link"),
    });
    // A long description is a block of its own, which within text would have no end.
    if &*kind == "complex" && line.alone {
        return Ok(TripleColon::Open(Container::Image(image)));
    }
    Ok(TripleColon::Image(image))
}
