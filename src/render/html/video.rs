//! `> [!Video]` and `:::video:::` -> a player, or a placeholder that becomes one when a reader asks for it (DocFX spec 4.3 and 7.3).

use crate::locale::Arg;
use crate::site::href::sanitize;
use crate::source::escape::escape;
use crate::syntax::directive::{VideoDirective, video_embed_url};

use super::writer::ArticleWriter;

/// A placeholder for a video player.
pub(super) struct VideoPlaceholder<'v> {
    /// Its element: a block or an inline.
    pub tag: &'static str,
    /// The address of the player.
    pub address: &'v str,
    pub title: Option<&'v str>,
    pub style: Option<&'v str>,
}

impl<'a> ArticleWriter<'a> {
    /// `> [!Video address]`
    pub(super) fn video_quote(&mut self, address: &str) {
        let address = video_embed_url(address);
        self.line();
        if self.markup.embeds_players() {
            self.out
                .push_str("<div class=\"embeddedvideo\"><iframe src=\"");
            // DocFX leaves `&` alone here (DocFX spec 4.3). A quote would end the attribute, so that an address could bring attributes of its own.
            self.out.push_str(&address.replace('"', "%22"));
            self.out
                .push_str("\" frameborder=\"0\" allowfullscreen=\"true\"></iframe></div>\n");
            return;
        }
        self.video_placeholder(&VideoPlaceholder {
            tag: "div",
            address: &address,
            title: None,
            style: None,
        });
        self.out.push('\n');
    }

    /// `:::video:::`
    pub(super) fn video_directive(&mut self, video: &VideoDirective) {
        let address = match video.file {
            Some(file) => self.directive_address(file),
            None => video_embed_url(&video.source.target),
        };
        if video.file.is_some() && !self.markup.embeds_players() {
            return self.video_file(video, &address);
        }
        if !self.markup.embeds_players() {
            // The directive may be within a paragraph, which a `div` would end.
            return self.video_placeholder(&VideoPlaceholder {
                tag: "span",
                address: &address,
                title: attribute_of(video, "title"),
                style: attribute_of(video, "style"),
            });
        }
        self.has_player_in_text = true;
        self.out.push_str("<div class=\"embeddedvideo\">\n<iframe");
        self.attribute("src", &address);
        self.out
            // In the spelling of DocFX (DocFX spec 7.3); HTML ignores the case of attribute names.
            .push_str(" allowFullScreen=\"true\" frameBorder=\"0\"");
        for (name, value) in &video.attributes {
            self.attribute(name, value);
        }
        self.out.push_str("></iframe>\n</div>\n");
    }

    /// Writes the player of the browser for a video of the site: no one else learns of it.
    fn video_file(&mut self, video: &VideoDirective, address: &str) {
        self.out
            .push_str("<video class=\"embeddedvideo\" controls preload=\"metadata\"");
        self.attribute("src", address);
        if let Some(title) = attribute_of(video, "title") {
            self.attribute("title", title);
        }
        self.out.push_str("></video>");
    }

    /// Writes a placeholder. The provider of a video learns of every reader of a page with its player, so the player is loaded only when a
    /// reader starts it. A script does that; without one the placeholder is a link to the player.
    pub(super) fn video_placeholder(&mut self, video: &VideoPlaceholder<'_>) {
        let host = [("host", Arg::Text(host_of(video.address)))];
        let words = self.catalog.text(self.language, "video-play", &host);
        // No link can be in a link.
        if self.is_in_link() {
            return escape(&words, &mut self.out);
        }
        self.out.push('<');
        self.out.push_str(video.tag);
        self.attribute("class", "embeddedvideo");
        if let Some(style) = video.style {
            self.attribute("style", style);
        }
        self.out.push_str("><a class=\"video\"");
        self.attribute("href", &sanitize(video.address));
        let player = self.catalog.text(self.language, "video-title", &[]);
        self.attribute("data-title", video.title.unwrap_or(&player));
        self.out.push('>');
        if let Some(title) = video.title {
            self.out.push_str("<strong>");
            escape(title, &mut self.out);
            self.out.push_str("</strong> ");
        }
        self.out.push_str("<span>");
        escape(&words, &mut self.out);
        self.out.push_str("</span></a>");
        self.close(video.tag);
    }
}

fn attribute_of<'v>(video: &'v VideoDirective, key: &str) -> Option<&'v str> {
    for (name, value) in &video.attributes {
        if *name == key {
            return Some(value);
        }
    }
    None
}

/// The host of an address.
fn host_of(address: &str) -> &str {
    let rest = address.split("//").nth(1).unwrap_or(address);
    rest.split(['/', '?', '#']).next().unwrap_or("")
}
