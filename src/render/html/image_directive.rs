//! `:::image:::` -> an image with a border, a link and a long description, if the author asked for them (DocFX spec 7.3).

use crate::source::escape::escape;
use crate::source::{LineIndex, Span};
use crate::syntax::tree::ImageDirective;

use super::writer::ArticleWriter;

impl<'a> ArticleWriter<'a> {
    pub(super) fn image_directive(&mut self, at: usize, image: &ImageDirective) {
        if image.complex {
            self.line();
        }
        let wrapper = self.image_wrapper(image);
        if let Some(tag) = wrapper {
            let class = if image.picture.border {
                " class=\"mx-imgBorder\""
            } else {
                ""
            };
            self.out.push_str(&format!("<{tag}{class}>\n"));
        }
        let is_linked = self.image_link(image);
        // Complex images alone need their line and column, for which the text up to them is counted through.
        let mut description = None;
        if image.complex {
            description = Some(self.description_id(at));
        }
        self.out.push_str("<img");
        let address = self.directive_address(image.source);
        self.attribute("src", &address);
        if image.picture.icon {
            let (name, value) = self.markup.icon_attribute();
            self.attribute(name, value);
        } else {
            self.attribute("alt", &image.picture.alt);
        }
        if let Some(id) = &description {
            self.attribute("aria-describedby", id);
        }
        if self.markup.enhances_images() {
            self.loading(self.dimensions(image.source));
        }
        self.out.push_str(">\n");
        if let Some(id) = &description {
            self.out.push_str("<div");
            self.attribute("id", id);
            self.out.push_str(" class=\"visually-hidden\">");
            self.description(at);
            self.out.push_str("</div>\n");
        }
        if is_linked {
            self.out.push_str("</a>\n");
        }
        if let Some(tag) = wrapper {
            self.close(tag);
            self.out.push('\n');
        }
    }

    /// The element around an image; `None` for an image in a line of text without a border.
    fn image_wrapper(&self, image: &ImageDirective) -> Option<&'static str> {
        match (image.complex, image.picture.border) {
            // A description has blocks in it. A paragraph cannot contain them: a browser would end it before the first.
            // DocFX writes one all the same; only what a program goes on with is left so.
            (true, _) if self.markup.keeps_typed() => Some("p"),
            (true, _) => Some("div"),
            (false, true) => Some("span"),
            (false, false) => None,
        }
    }

    /// Writes the start tag of the link around an image, which the author gave it or which opens it large. False if it has none.
    fn image_link(&mut self, image: &ImageDirective) -> bool {
        if let Some(link) = image.link {
            let address = self.directive_address(link);
            self.out.push_str("<a");
            self.attribute("href", &address);
        } else if let Some(lightbox) = image.lightbox {
            let address = self.directive_address(lightbox);
            let class = if self.markup.enhances_images() {
                " class=\"lightbox\""
            } else {
                ""
            };
            self.out.push_str("<a");
            self.out.push_str(class);
            // The script of DocFX's template knows links to large images by this fragment.
            self.attribute("href", &format!("{address}#lightbox"));
            self.attribute("data-linktype", "relative-path");
        } else {
            return false;
        }
        self.out.push_str(">\n");
        true
    }

    /// The id of a long description: the line and column of its image, counted from 0 (DocFX spec 7.3).
    fn description_id(&mut self, at: usize) -> String {
        let start = self.text.tree.nodes[at].span.start as usize;
        let position = LineIndex::new(self.text.source).position(self.text.source, start);
        // Two files of a page may each have an image at the same place, and one file may be included twice.
        self.generated_ids
            .take(format!("{}-{}", position.line - 1, position.column - 1))
    }

    /// Writes what an image shows, at length. DocFX gives it as it was typed.
    fn description(&mut self, at: usize) {
        if self.markup.marks_up_descriptions() {
            return self.inside(at);
        }
        let inside = &self.text.tree.nodes[at + 1..self.after(at)];
        let mut typed = Span::at(0);
        if let Some(first) = inside.first() {
            typed = Span::at(first.span.start as usize);
        }
        // The last node isn't always the one that ends last: it may be inside of a block that ends after it.
        for node in inside {
            typed.end = typed.end.max(node.span.end);
        }
        self.out.push_str("<p>\n");
        escape(typed.of(self.text.source).trim_end(), &mut self.out);
        self.out.push_str("</p>");
    }
}
