//! The first bytes of an image -> its dimensions in pixels. Doesn't decode images.

use std::fs::File;
use std::io::{BufReader, Read, Seek};

use crate::source::{Dimensions, SitePath};

/// Extensions of images, and the number of bytes that contain the dimensions of most of them; a photograph can have more metadata before them.
const FORMATS: [(&str, usize); 9] = [
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

/// The number of bytes to read from the beginning of an image; `None` if the path isn't that of an image.
pub(super) fn head_length(path: &SitePath) -> Option<usize> {
    for (extension, length) in FORMATS {
        if path.has_extension(extension) {
            return Some(length);
        }
    }
    None
}

/// The dimensions of the image at `path`, which is open as `file`, from its first `head` bytes or, if these don't suffice, from the file.
/// `None` if the file isn't an image or doesn't have dimensions.
pub(super) fn dimensions(path: &SitePath, mut file: File, head: usize) -> Option<Dimensions> {
    let mut bytes = Vec::with_capacity(head);
    Read::by_ref(&mut file)
        .take(head as u64)
        .read_to_end(&mut bytes)
        .ok()?;
    if path.has_extension("svg") {
        return svg_dimensions(&String::from_utf8_lossy(&bytes));
    }
    let size = match imagesize::blob_size(&bytes) {
        Ok(size) => size,
        Err(_) => {
            file.rewind().ok()?;
            imagesize::reader_size(BufReader::new(file)).ok()?
        }
    };
    Dimensions::new(size.width, size.height)
}

/// The dimensions in the attributes of an SVG, or those of its coordinate system.
fn svg_dimensions(text: &str) -> Option<Dimensions> {
    let tag = root_tag(text)?;
    let (width, height) = match (length(tag, "width"), length(tag, "height")) {
        (Some(width), Some(height)) => (width, height),
        // The other side follows from the ratio of the coordinates (SVG 2, 8.2).
        (Some(width), None) => (width, width * ratio(view_box(tag)?)),
        (None, Some(height)) => (height / ratio(view_box(tag)?), height),
        // A percentage is relative to the page, but the ratio of the coordinates still reserves the right space.
        (None, None) => view_box(tag)?,
    };
    // A saturating cast: NaN and negative numbers become zero, which no image has.
    Dimensions::new(width.round() as usize, height.round() as usize)
}

/// The height for each unit of width.
fn ratio((width, height): (f64, f64)) -> f64 {
    height / width
}

/// The text of the first `<svg` tag outside of comments.
fn root_tag(text: &str) -> Option<&str> {
    let mut rest = text;
    loop {
        let svg = rest.find("<svg")?;
        match rest.find("<!--") {
            Some(comment) if comment < svg => {
                let end = rest[comment..].find("-->")?;
                rest = &rest[comment + end + 3..];
            }
            _ => {
                let tag = &rest[svg..];
                return Some(&tag[..tag.find('>').unwrap_or(tag.len())]);
            }
        }
    }
}

/// Units with their size in pixels (CSS Values 4, 5.2 and 6.1); those of fonts are what browsers have for pictures: 16 pixels, and half of it for `ex`.
const UNITS: [(&str, f64); 9] = [
    ("px", 1.0),
    ("rem", 16.0),
    ("em", 16.0),
    ("ex", 8.0),
    ("mm", 96.0 / 25.4),
    ("cm", 96.0 / 2.54),
    ("in", 96.0),
    ("pt", 96.0 / 72.0),
    ("pc", 16.0),
];

/// An attribute in pixels; nothing for percentages and for what isn't a length.
fn length(tag: &str, name: &str) -> Option<f64> {
    let value = attribute(tag, name)?.trim();
    for (unit, pixels) in UNITS {
        if let Some(number) = value.strip_suffix(unit) {
            return Some(number.trim().parse::<f64>().ok()? * pixels);
        }
    }
    value.parse().ok()
}

/// The width and height in `viewBox`: four numbers, separated by spaces or commas.
fn view_box(tag: &str) -> Option<(f64, f64)> {
    let mut numbers = Vec::new();
    for text in attribute(tag, "viewBox")?.split([' ', ',']) {
        if !text.is_empty() {
            numbers.push(text);
        }
    }
    let width = numbers.get(2)?.parse().ok()?;
    let height = numbers.get(3)?.parse().ok()?;
    Some((width, height))
}

/// The value of an attribute in a tag. No full parser: entities and `>` in values don't occur in dimensions.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let mut rest = tag;
    while let Some(at) = rest.find(name) {
        let (before, after) = (&rest[..at], rest[at + name.len()..].trim_start());
        rest = &rest[at + name.len()..];
        // `width` is also the end of `stroke-width`.
        if !before.ends_with(char::is_whitespace) {
            continue;
        }
        let Some(value) = after.strip_prefix('=') else {
            continue;
        };
        let value = value.trim_start();
        let quote = match value.chars().next()? {
            quote @ ('"' | '\'') => quote,
            _ => return None,
        };
        return value[1..].split(quote).next();
    }
    None
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn drawings_have_the_size_of_their_attributes() {
        let size = |text: &str| svg_dimensions(text).map(|size| (size.width, size.height));
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
            (
                "<svg width='1em' height='1em' viewBox='0 0 512 512'>",
                Some((16, 16)),
            ),
            ("<svg width='60' viewBox='0 0 120 80'>", Some((60, 40))),
            (
                "<svg viewBox='0 0 120 80' height='40' width='100%'>",
                Some((60, 40)),
            ),
            ("<svg width='25.4mm' height='0.5in'>", Some((96, 48))),
            ("<svg width='3cm' height='72pt'>", Some((113, 96))),
            (
                "<!-- <svg width='1' height='2'> --><svg width='120' height='80'>",
                Some((120, 80)),
            ),
            ("<!-- <svg width='1' height='2'>", None),
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
