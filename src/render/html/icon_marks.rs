//! Marks of icon fonts in an article (`<i class="ph ph-user" aria-label="User"></i>`) -> pictures in the page, or else words: the font that draws
//! them elsewhere is not part of the site. Doesn't know where the pictures are from.

use std::fmt::Write as _;

use crate::source::escape::escape;
use crate::syntax::html::tokenizer::{Token, tokenize};

/// The pictures of one icon font.
pub struct IconSet<'a> {
    /// What the classes of its marks begin with: `ph` of `ph-user`.
    pub prefix: &'a str,
    /// The SVG text of a file of the set, by its path below the folder of the set, without `.svg`.
    pub file: &'a dyn Fn(&str) -> Option<&'a str>,
}

/// The prefixes of widely used icon fonts. An empty element with other classes may be anything.
const FAMILIES: [&str; 13] = [
    "ph",
    "fa",
    "fas",
    "far",
    "fab",
    "bi",
    "glyphicon",
    "mdi",
    "codicon",
    "docon",
    "la",
    "ri",
    "ms-Icon",
];

/// Classes of icon fonts that are about how a mark is drawn, not what it shows; the files of a weight are named after it.
const WEIGHTS: [&str; 9] = [
    "thin", "light", "bold", "fill", "duotone", "solid", "regular", "brands", "fw",
];

/// The elements of a picture that draw, and their attributes. Scripts, styles, links and anything else that an icon needs not are left out, as a
/// strict Content-Security-Policy would forbid them.
const SHAPES: [&str; 9] = [
    "svg", "g", "path", "circle", "ellipse", "rect", "line", "polyline", "polygon",
];
const SHAPE_ATTRIBUTES: [&str; 28] = [
    "viewbox",
    "d",
    "points",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "x",
    "y",
    "x1",
    "y1",
    "x2",
    "y2",
    "width",
    "height",
    "transform",
    "fill",
    "fill-rule",
    "clip-rule",
    "fill-opacity",
    "opacity",
    "stroke",
    "stroke-width",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-miterlimit",
    "stroke-opacity",
];

/// A mark, as its tag describes it.
#[derive(Default)]
struct IconMark {
    classes: String,
    label: Option<String>,
    is_hidden: bool,
}

/// Draws the marks in the HTML of an article.
pub fn draw_icons(html: String, icons: Option<&IconSet<'_>>) -> String {
    let mut out = String::new();
    let mut copied = 0;
    let mut at = 0;
    while let Some(found) = next_tag(&html, at) {
        at = found + 1;
        let Some((end_of_tag, end)) = empty_element(&html[found..]) else {
            continue;
        };
        let mark = mark(&html[found..found + end_of_tag]);
        if let Some(drawn) = mark.drawn(icons) {
            out.push_str(&html[copied..found]);
            out.push_str(&drawn);
            copied = found + end;
            at = copied;
        }
    }
    // Nearly all articles have no mark, and are not copied.
    if copied == 0 {
        return html;
    }
    out.push_str(&html[copied..]);
    out
}

/// The start of the next tag that may be a mark.
fn next_tag(html: &str, from: usize) -> Option<usize> {
    let mut at = from;
    while let Some(found) = html[at..].find('<') {
        at += found;
        let rest = &html[at + 1..];
        if rest.starts_with("i ") || rest.starts_with("span ") {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// The lengths of the tag and of the whole element at the beginning of `html`, if there is nothing in the element.
fn empty_element(html: &str) -> Option<(usize, usize)> {
    let name = if html.starts_with("<i ") { "i" } else { "span" };
    let mut quote = None;
    let mut end = None;
    for (at, char) in html.char_indices() {
        match (quote, char) {
            (None, '"' | '\'') => quote = Some(char),
            (Some(open), _) if open == char => quote = None,
            (None, '>') => {
                end = Some(at + 1);
                break;
            }
            _ => {}
        }
    }
    let end = end?;
    let rest = html[end..].trim_start();
    let after = rest
        .strip_prefix("</")?
        .strip_prefix(name)?
        .strip_prefix('>')?;
    Some((end, html.len() - after.len()))
}

fn mark(tag: &str) -> IconMark {
    let mut mark = IconMark::default();
    let mut title = None;
    tokenize(tag, |token, _| {
        let Token::Attribute { name, value, .. } = token else {
            return;
        };
        match name {
            "class" => mark.classes = value.into_owned(),
            "aria-label" if !value.trim().is_empty() => mark.label = Some(value.trim().to_owned()),
            "title" if !value.trim().is_empty() => title = Some(value.trim().to_owned()),
            "aria-hidden" => mark.is_hidden = value == "true",
            _ => {}
        }
    });
    mark.label = mark.label.or(title);
    mark
}

impl IconMark {
    /// What the mark becomes; `None` if it is none, or if there is nothing to show.
    fn drawn(&self, icons: Option<&IconSet<'_>>) -> Option<String> {
        if let Some(set) = icons
            && let Some(name) = self.name(set.prefix)
        {
            if let Some(svg) = self.file(set, name) {
                return Some(self.picture(svg, name));
            }
            return self.words(name);
        }
        for family in FAMILIES {
            if let Some(name) = self.name(family) {
                return self.words(name);
            }
        }
        None
    }

    /// What the mark shows, if it is one of the font with this prefix: `user` of `ph ph-user`.
    fn name(&self, prefix: &str) -> Option<&str> {
        let mut found = None;
        for class in self.classes.split_ascii_whitespace() {
            if let Some(name) = part(class, prefix)
                && !WEIGHTS.contains(&name)
            {
                found = found.or(Some(name));
            }
        }
        found
    }

    fn weight(&self, prefix: &str) -> Option<&str> {
        let mut classes = self.classes.split_ascii_whitespace();
        classes.find_map(|class| part(class, prefix).filter(|name| WEIGHTS.contains(name)))
    }

    /// The file of the mark, which sets name in one of a few ways: `user.svg`, `user-bold.svg`, `bold/user-bold.svg`.
    fn file<'s>(&self, set: &IconSet<'s>, name: &str) -> Option<&'s str> {
        // A name is a file of the folder, and can't be a path out of it.
        if name.contains(['/', '\\', '.']) {
            return None;
        }
        let mut paths = Vec::new();
        if let Some(weight) = self.weight(set.prefix) {
            paths.push(format!("{name}-{weight}"));
            paths.push(format!("{weight}/{name}-{weight}"));
            paths.push(format!("{weight}/{name}"));
        }
        paths.push(name.to_owned());
        paths.push(format!("regular/{name}"));
        paths.iter().find_map(|path| (set.file)(path))
    }

    /// The picture with a name for screen readers. A mark that is hidden from them stays so: the words next to it say the same.
    fn picture(&self, svg: &str, name: &str) -> String {
        let mut out = String::from("<svg class=\"icon-mark\"");
        if self.is_hidden && self.label.is_none() {
            out.push_str(" aria-hidden=\"true\"");
        } else {
            out.push_str(" role=\"img\" aria-label=\"");
            escape(&self.text(name), &mut out);
            out.push('"');
        }
        push_shapes(svg, &mut out);
        out
    }

    /// The same in words; `None` for a mark that only decorates.
    fn words(&self, name: &str) -> Option<String> {
        if self.is_hidden && self.label.is_none() {
            return None;
        }
        let mut out = String::from("<span class=\"icon-label\">");
        escape(&self.text(name), &mut out);
        out.push_str("</span>");
        Some(out)
    }

    fn text(&self, name: &str) -> String {
        match &self.label {
            Some(label) => label.clone(),
            None => name.replace(['-', '_'], " "),
        }
    }
}

/// What is behind the prefix and its hyphens: `ms-Icon--Mail` is `Mail`.
fn part<'c>(class: &'c str, prefix: &str) -> Option<&'c str> {
    let name = class.strip_prefix(prefix)?.strip_prefix('-')?;
    let name = name.strip_prefix('-').unwrap_or(name);
    if name.is_empty() { None } else { Some(name) }
}

/// Appends the attributes and shapes of a picture, and the end of its element, whose start tag is in `out` already.
fn push_shapes(svg: &str, out: &mut String) {
    let mut attributes = String::new();
    let mut has_colour = false;
    let mut has_view_box = false;
    // The elements that are open, from the picture on.
    let mut open: Vec<String> = Vec::new();
    let mut is_begun = false;
    tokenize(svg, |token, _| match token {
        Token::Attribute {
            element,
            name,
            value,
            ..
        } => {
            let is_root = element == "svg";
            let is_size = is_root && matches!(name, "width" | "height" | "x" | "y");
            // An address in a value would fetch something.
            let is_safe = SHAPE_ATTRIBUTES.contains(&name) && !value.contains("url(");
            if is_safe && !is_size && SHAPES.contains(&element) {
                has_colour |= is_root && matches!(name, "fill" | "stroke");
                has_view_box |= is_root && name == "viewbox";
                let name = if name == "viewbox" { "viewBox" } else { name };
                let _ = write!(attributes, " {name}=\"");
                escape(&value, &mut attributes);
                attributes.push('"');
            }
        }
        Token::StartTag {
            element,
            self_closing,
        } => {
            let attributes = std::mem::take(&mut attributes);
            if element == "svg" && !is_begun {
                is_begun = true;
                if !has_view_box {
                    out.push_str(" viewBox=\"0 0 24 24\"");
                }
                if !has_colour {
                    out.push_str(" fill=\"currentColor\"");
                }
                out.push_str(&attributes);
                out.push('>');
            } else if is_begun && element != "svg" && SHAPES.contains(&element) {
                let _ = write!(out, "<{element}{attributes}");
                out.push_str(if self_closing { "/>" } else { ">" });
                if !self_closing {
                    open.push(element.to_owned());
                }
            }
        }
        Token::EndTag { element } if open.last().is_some_and(|last| *last == element) => {
            let _ = write!(out, "</{element}>");
            open.pop();
        }
        _ => {}
    });
    if !is_begun {
        out.push('>');
    }
    while let Some(element) = open.pop() {
        let _ = write!(out, "</{element}>");
    }
    out.push_str("</svg>");
}

#[cfg(test)]
mod tests {
    use super::*;

    const USER: &str = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9' onload='x()'><script>alert(1)</script><style>a{}</style><g><path d='M1 1h2' style='x' fill='url(#a)'/></g></svg>";

    fn drawn(html: &str) -> String {
        let file = |path: &str| match path {
            "user" | "fill/user-fill" => Some(USER),
            _ => None,
        };
        let set = IconSet {
            prefix: "ph",
            file: &file,
        };
        draw_icons(html.to_owned(), Some(&set))
    }

    #[test]
    fn marks_are_drawn_without_anything_but_shapes() {
        assert_eq!(
            drawn("<p>Velg <i class=\"ph ph-user\" aria-label=\"Bruker\"></i>.</p>"),
            "<p>Velg <svg class=\"icon-mark\" role=\"img\" aria-label=\"Bruker\" fill=\"currentColor\" viewBox=\"0 0 9 9\"><g><path d=\"M1 1h2\"/></g></svg>.</p>"
        );
        assert!(drawn("<i class='ph-fill ph-user'></i>").contains("aria-label=\"user\""));
        assert!(
            drawn("<span class=\"ph ph-user\" aria-hidden=\"true\"> </span>")
                .starts_with("<svg class=\"icon-mark\" aria-hidden=\"true\"")
        );
    }

    #[test]
    fn what_cannot_be_drawn_is_said() {
        assert_eq!(
            drawn("<i class=\"ph ph-gear-six\" title=\"A &amp; B\"></i>"),
            "<span class=\"icon-label\">A &amp; B</span>"
        );
        let plain = draw_icons("<i class=\"fas fa-arrow-left\"></i>".into(), None);
        assert_eq!(plain, "<span class=\"icon-label\">arrow left</span>");
    }

    #[test]
    fn other_elements_stay() {
        for html in [
            "<i class=\"ph ph-user\">Bruker</i>",
            "<span class=\"badge badge-new\"></span>",
            "<i>ord</i> <span class=\"hl-k\">if</span>",
            "<i class=\"ph ph-x\" aria-hidden=\"true\"></i>",
            "<code>&lt;i class=\"ph ph-user\"&gt;&lt;/i&gt;</code>",
            "<i class=\"ph",
            "<i class=\"phone phone-user\"></i>",
        ] {
            assert_eq!(drawn(html), html);
        }
    }
}
