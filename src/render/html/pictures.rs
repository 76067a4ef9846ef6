//! What lets a browser make room for a picture before it has come, fetch it when it is needed, and show it large.

use crate::site::Target;
use crate::source::{Dimensions, Span};
use crate::syntax::RefId;

use super::{ArticleWriter, Text};

/// Images this early in an article, in bytes of HTML, are on the first screen.
const FIRST_SCREEN: usize = 4 << 10;
/// Images wider than this, in pixels, are scaled down to the width of the text.
const WIDE: u32 = 800;

impl<'a> ArticleWriter<'a> {
    /// The size of the picture behind a reference.
    pub(super) fn dimensions(&self, text: &Text<'a>, reference: RefId) -> Option<Dimensions> {
        match self.site.reference(text.id, reference)? {
            (_, Target::Asset(path)) => self.site.dimensions(path),
            _ => None,
        }
    }

    /// Attributes of a picture: its size, unless the author has given one, and when to fetch it. The first on the first screen is fetched
    /// at once.
    pub(super) fn loading(&mut self, size: Option<Dimensions>) {
        if let Some(size) = size {
            self.attribute("width", &size.width.to_string());
            self.attribute("height", &size.height.to_string());
        }
        let at_once = self.pictures == 0 && self.out.len() < FIRST_SCREEN;
        self.pictures += 1;
        self.out.push_str(if at_once {
            " decoding=\"async\""
        } else {
            " loading=\"lazy\" decoding=\"async\""
        });
    }

    /// True if an image should open large: it is wide, has an alternative text, and isn't part of a link.
    pub(super) fn opens(&self, size: Option<Dimensions>, has_words: bool) -> bool {
        has_words && self.links == 0 && !self.raw_link && size.is_some_and(|size| size.width > WIDE)
    }

    /// Where in hand-written HTML the size of a picture can be put in, and that size: behind the name of an `<img>` that has none. `place`
    /// is its address.
    pub(super) fn missing_size(
        &self,
        text: &Text<'a>,
        html: Span,
        place: Span,
        reference: RefId,
    ) -> Option<(u32, Option<Dimensions>)> {
        let before = Span {
            start: html.start,
            end: place.start,
        }
        .of(text.source);
        let start = before.rfind('<')?;
        let name = before
            .get(start..start + "<img".len())
            .filter(|name| name.eq_ignore_ascii_case("<img"))?;
        let after = Span {
            start: place.end,
            end: html.end.max(place.end),
        }
        .of(text.source);
        let attributes = [
            &before[start..],
            &after[..after.find('>').unwrap_or(after.len())],
        ]
        .map(str::to_ascii_lowercase);
        let has = |name: &str| attributes.iter().any(|part| part.contains(name));
        if has("loading") || has("decoding") {
            return None;
        }
        let size = self
            .dimensions(text, reference)
            .filter(|_| !["width", "height", "style"].into_iter().any(has));
        Some((html.start + (start + name.len()) as u32, size))
    }

    /// Remembers whether hand-written HTML has opened a link that is not closed yet.
    pub(super) fn raw_links(&mut self, html: &str) {
        let bytes = html.as_bytes();
        for (at, _) in html.match_indices('<') {
            match &bytes[at + 1..] {
                [b'a' | b'A', b'>' | b' ' | b'\n' | b'\t' | b'\r', ..] => self.raw_link = true,
                [b'/', b'a' | b'A', b'>' | b' ', ..] => self.raw_link = false,
                _ => {}
            }
        }
    }
}
