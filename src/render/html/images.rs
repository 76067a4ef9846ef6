//! Images -> `img` elements with what lets a browser make room for them before they have come, fetch them when they are needed, and show
//! them large.

use crate::site::Target;
use crate::source::{Dimensions, Span};
use crate::syntax::RefId;

use super::writer::ArticleWriter;

/// Images this early in an article, in bytes of HTML, are on the first screen.
const FIRST_SCREEN: usize = 4 << 10;
/// Images wider than this, in pixels, are scaled down to the width of the text.
const WIDE: u32 = 800;

/// Attributes with which the author decides on size or loading.
const SIZE_ATTRIBUTES: [&str; 3] = ["width", "height", "style"];
const LOADING_ATTRIBUTES: [&str; 2] = ["loading", "decoding"];

impl<'a> ArticleWriter<'a> {
    /// An image of Markdown, which may be a video or sound.
    pub(super) fn image(&mut self, at: usize, reference: RefId, title: Option<&str>) {
        if self.media(reference) {
            return;
        }
        let node = &self.text.tree.nodes[at];
        let address = self.address(reference);
        let alt = self.words(at, self.markup.alt_text_separator());
        let mut size = None;
        if self.markup.enhances_images() {
            size = self.dimensions(reference);
        }
        let opens_large = self.opens_large(size, &alt);
        if opens_large {
            self.out.push_str("<a class=\"lightbox\"");
            self.attribute("href", &address);
            self.out.push('>');
        }
        self.out.push_str("<img");
        self.attribute("src", &address);
        self.own_attributes(at, "");
        self.source_position(node.span);
        self.attribute("alt", &alt);
        if let Some(title) = title {
            self.attribute("title", title);
        }
        if self.markup.enhances_images() {
            self.loading(size);
        }
        self.out.push_str(self.markup.void_end());
        if opens_large {
            self.close("a");
        }
    }

    /// The size of the image behind a reference.
    pub(super) fn dimensions(&self, reference: RefId) -> Option<Dimensions> {
        match self.site.reference(self.text.id, reference)? {
            (_, Target::Asset(path)) => self.site.dimensions(path),
            _ => None,
        }
    }

    /// Writes the size of an image, unless it is unknown or given by the author, and when to load it.
    pub(super) fn loading(&mut self, size: Option<Dimensions>) {
        // With its size a browser leaves room for the image, and the text doesn't jump when it arrives.
        if let Some(size) = size {
            self.attribute("width", &size.width.to_string());
            self.attribute("height", &size.height.to_string());
        }
        // The first image on the first screen is often the largest thing on it. Loaded lazily it would come after the layout of the page.
        let is_at_once = self.images == 0 && self.out.len() < FIRST_SCREEN;
        self.images += 1;
        self.out.push_str(if is_at_once {
            " decoding=\"async\""
        } else {
            " loading=\"lazy\" decoding=\"async\""
        });
    }

    /// True if an image opens large: it is wide, it isn't part of a link, as no link can contain another, and it has an alternative text, which
    /// is all that a screen reader has to name the link.
    fn opens_large(&self, size: Option<Dimensions>, alt: &str) -> bool {
        let is_wide = matches!(size, Some(size) if size.width > WIDE);
        is_wide && !self.is_in_link() && !alt.trim().is_empty()
    }

    /// True inside of a link of Markdown or raw HTML.
    pub(super) fn is_in_link(&self) -> bool {
        self.links > 0 || self.raw_link
    }

    /// Where the size of an image can be inserted in raw HTML, and that size: behind the name of an `<img>` that has none. `address` is the
    /// position of its address.
    pub(super) fn missing_size(
        &self,
        html: Span,
        address: Span,
        reference: RefId,
    ) -> Option<(u32, Option<Dimensions>)> {
        let before = self.typed_between(html.start, address.start);
        let start = before.rfind('<')?;
        let end = start + "<img".len();
        if !before.get(start..end)?.eq_ignore_ascii_case("<img") {
            return None;
        }
        let after = self.typed_between(address.end, html.end);
        let after = after.split('>').next().unwrap_or(after);
        // Without the address, whose own words must not count as attributes.
        let attributes = [&before[start..], after].map(str::to_ascii_lowercase);
        if has_any(&attributes, &LOADING_ATTRIBUTES) {
            return None;
        }
        let mut size = None;
        if !has_any(&attributes, &SIZE_ATTRIBUTES) {
            size = self.dimensions(reference);
        }
        Some((html.start + end as u32, size))
    }
}

/// True if one of the `names` is in the text of a tag.
fn has_any(tag: &[String; 2], names: &[&str]) -> bool {
    for name in names {
        if tag[0].contains(name) || tag[1].contains(name) {
            return true;
        }
    }
    false
}
