//! The first bytes of a picture -> how large it is. Knows no colours and decodes nothing.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::source::{Dimensions, SitePath};

/// Kinds of pictures, and how many bytes at the beginning tell the size of most of them; a photograph can carry more before it.
const KINDS: [(&str, usize); 9] = [
    ("avif", 4 << 10),
    ("bmp", 64),
    ("gif", 64),
    ("ico", 64),
    ("jpeg", 4 << 10),
    ("jpg", 4 << 10),
    ("png", 64),
    ("svg", 4 << 10),
    ("webp", 64),
];

/// How many bytes at the beginning of a file to look at for its size; nothing if its name is no picture's.
pub(super) fn head_of(path: &SitePath) -> Option<usize> {
    KINDS
        .iter()
        .find(|(kind, _)| path.extension().eq_ignore_ascii_case(kind))
        .map(|(_, head)| *head)
}

/// The size of the image `path`, which is open as `open` and is at `file`; `None` if it isn't an image or doesn't have a size.
pub(super) fn dimensions(
    path: &SitePath,
    file: &Path,
    open: File,
    head: usize,
) -> Option<Dimensions> {
    let mut bytes = Vec::with_capacity(head);
    open.take(head as u64).read_to_end(&mut bytes).ok()?;
    if path.has_extension("svg") {
        return drawing(&String::from_utf8_lossy(&bytes));
    }
    let size = imagesize::blob_size(&bytes)
        .or_else(|_| imagesize::size(file))
        .ok()?;
    Dimensions::new(size.width, size.height)
}

/// The size an SVG gives itself, or the one of its coordinates.
fn drawing(text: &str) -> Option<Dimensions> {
    let tag = &text[text.find("<svg")?..];
    let tag = &tag[..tag.find('>').unwrap_or(tag.len())];
    let length = |name: &str| {
        let value = attribute(tag, name)?;
        let number = value.strip_suffix("px").unwrap_or(value).trim();
        number.parse::<f64>().ok()
    };
    let stated = length("width").zip(length("height"));
    let by_coordinates = || {
        let mut numbers = attribute(tag, "viewBox")?
            .split([' ', ','])
            .filter(|text| !text.is_empty())
            .skip(2);
        Some((
            numbers.next()?.parse::<f64>().ok()?,
            numbers.next()?.parse::<f64>().ok()?,
        ))
    };
    let (width, height) = stated.or_else(by_coordinates)?;
    // A cast keeps within bounds: what is no number becomes zero, which no picture is.
    Dimensions::new(width.round() as usize, height.round() as usize)
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let mut rest = tag;
    while let Some(at) = rest.find(name) {
        let (before, after) = (&rest[..at], rest[at + name.len()..].trim_start());
        rest = &rest[at + name.len()..];
        let Some(value) = after
            .strip_prefix('=')
            .map(str::trim_start)
            .filter(|_| before.ends_with(char::is_whitespace))
        else {
            continue;
        };
        let quote = value
            .chars()
            .next()
            .filter(|char| matches!(char, '"' | '\''))?;
        return value[1..].split(quote).next();
    }
    None
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn drawings_say_how_large_they_are() {
        let size = |text: &str| drawing(text).map(|size| (size.width, size.height));
        for (text, expected) in [
            (
                "<?xml version='1.0'?><svg width='24' height=\"16px\" viewBox='0 0 1 1'>",
                Some((24, 16)),
            ),
            (
                "<svg viewBox=\"0 0 800.4 600\" stroke-width=\"2\">",
                Some((800, 600)),
            ),
            (
                "<svg width='100%' height='100%' viewBox='0,0,30,20'>",
                Some((30, 20)),
            ),
            ("<svg stroke-width='2' height='4'>", None),
            ("<svg width='0' height='10'>", None),
            ("<svg width='-5' height='NaN'>", None),
            ("<svg width=", None),
            ("hello", None),
        ] {
            assert_eq!(size(text), expected, "{text}");
        }
    }
}
