//! Images whose address is that of a video or sound -> the element that plays it (DocFX spec 2.3).

use crate::config::Config;
use crate::source::escape::escape;
use crate::syntax::RefId;
use crate::syntax::directive::video_embed_url;

use super::video::VideoPlaceholder;
use super::writer::ArticleWriter;

/// A video or sound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Media {
    /// A page of a site that has a player to embed: the player's address, and the class of its frame.
    Player(String, &'static str),
    /// A file with this media type.
    File(&'static str),
}

/// The media types of file name extensions, as Markdig has them (DocFX spec 2.3).
const TYPES: [(&str, &str); 24] = [
    ("mp4", "video/mp4"),
    ("webm", "video/webm"),
    ("ogv", "video/ogg"),
    ("mov", "video/quicktime"),
    ("qt", "video/quicktime"),
    ("avi", "video/x-msvideo"),
    ("wmv", "video/x-ms-wmv"),
    ("flv", "video/x-flv"),
    ("m4v", "video/x-m4v"),
    ("mpg", "video/mpeg"),
    ("mpeg", "video/mpeg"),
    ("3gp", "video/3gpp"),
    ("3g2", "video/3gpp2"),
    ("h264", "video/h264"),
    ("mp3", "audio/mpeg"),
    ("mpga", "audio/mpeg"),
    ("wav", "audio/x-wav"),
    ("ogg", "audio/ogg"),
    ("oga", "audio/ogg"),
    ("aac", "audio/x-aac"),
    ("wma", "audio/x-ms-wma"),
    ("weba", "audio/webm"),
    ("mid", "audio/midi"),
    ("m4a", "audio/mp4"),
];

/// What the configuration determines about the elements of videos and sounds (`markdigExtensions`, DocFX spec 2.2).
struct MediaOptions<'o> {
    width: &'o str,
    height: &'o str,
    class: Option<&'o str>,
    has_controls: bool,
}

impl<'o> MediaOptions<'o> {
    fn of(config: &'o Config) -> MediaOptions<'o> {
        let markdown = &config.markdown;
        MediaOptions {
            width: markdown.option("medialinks", "width").unwrap_or("500"),
            height: markdown.option("medialinks", "height").unwrap_or("281"),
            class: markdown.option("medialinks", "class"),
            has_controls: markdown.option("medialinks", "addControlsProperty") != Some("false"),
        }
    }
}

impl<'a> ArticleWriter<'a> {
    /// Writes an image that is a video or sound. False if it is an image, and nothing is written.
    pub(super) fn media(&mut self, reference: RefId) -> bool {
        let Some((found, _)) = self.site.reference(self.text.id, reference) else {
            return false;
        };
        let Some(media) = Media::of(&found.target) else {
            return false;
        };
        if let Media::Player(player, _) = &media
            && !self.markup.embeds_players()
        {
            self.video_placeholder(&VideoPlaceholder {
                tag: "span",
                address: &video_embed_url(player),
                title: None,
                style: None,
            });
            return true;
        }
        let address = self.address(reference);
        let options = MediaOptions::of(&self.site.config);
        let html = media.html(&address, &options);
        if self.markup.keeps_typed() {
            self.out.push_str(&html);
        } else {
            // Markdig ends an element that has no end; the HTML reader of DocFX drops it again.
            self.out.push_str(&html.replace("</source>", ""));
        }
        true
    }
}

impl Media {
    /// What an image with this address is, if it is a video or sound.
    fn of(address: &str) -> Option<Media> {
        for scheme in ["https://", "http://", "//"] {
            let Some(rest) = address.strip_prefix(scheme) else {
                continue;
            };
            let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
            if let Some(player) = player(host, path) {
                return Some(player);
            }
            break;
        }
        // Of an address with a host only the path counts, of any other all of it (DocFX spec 2.3).
        let mut path = address;
        if address.contains("//") {
            path = address.split(['?', '#']).next().unwrap_or(address);
        }
        let (_, extension) = path.rsplit_once('.')?;
        for (known, kind) in TYPES {
            if known.eq_ignore_ascii_case(extension) {
                return Some(Media::File(kind));
            }
        }
        None
    }

    /// The element, with the address of a file.
    fn html(&self, address: &str, options: &MediaOptions<'_>) -> String {
        match self {
            Media::Player(player, class) => frame(player, class, options),
            Media::File(kind) => file(address, kind, options),
        }
    }
}

/// A frame for a player.
fn frame(player: &str, class: &str, options: &MediaOptions<'_>) -> String {
    let mut source = String::new();
    escape(player, &mut source);
    // A player for music has no full screen (DocFX spec 2.3).
    let full = if class == "yandex" {
        ""
    } else {
        " allowfullscreen=\"\""
    };
    let classes = match options.class {
        Some(own) => format!("{own} {class}"),
        None => class.to_owned(),
    };
    let (width, height) = (options.width, options.height);
    format!(
        "<iframe src=\"{source}\" class=\"{classes}\" width=\"{width}\" height=\"{height}\" frameborder=\"0\"{full}></iframe>"
    )
}

/// An element that plays a file.
fn file(address: &str, kind: &str, options: &MediaOptions<'_>) -> String {
    let mut source = String::new();
    escape(address, &mut source);
    let mut class = String::new();
    if let Some(own) = options.class {
        class.push_str(" class=\"");
        escape(own, &mut class);
        class.push('"');
    }
    let controls = if options.has_controls {
        " controls=\"\""
    } else {
        ""
    };
    let (width, height) = (options.width, options.height);
    let (tag, size) = if kind.starts_with("video") {
        ("video", format!(" width=\"{width}\" height=\"{height}\""))
    } else {
        ("audio", format!(" width=\"{width}\""))
    };
    format!(
        "<{tag}{class}{size}{controls}><source type=\"{kind}\" src=\"{source}\"></source></{tag}>"
    )
}

/// The player for a page of one of the sites that Markdig knows (DocFX spec 2.3).
fn player(host: &str, path: &str) -> Option<Media> {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    match host {
        "youtube.com" | "www.youtube.com" => youtube_player(path, query),
        "youtu.be" if !path.is_empty() => Some(youtube(path, &start_of(query))),
        "vimeo.com" | "www.vimeo.com" => {
            let id = path.rsplit('/').next()?;
            if id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_digit()) {
                return None;
            }
            let address = format!("https://player.vimeo.com/video/{id}");
            Some(Media::Player(address, "vimeo"))
        }
        "music.yandex.ru" => {
            // `album/ID/track/ID`
            let mut segments = path.split('/');
            let (album, track) = (segments.nth(1)?, segments.nth(1)?);
            let address = format!("https://music.yandex.ru/iframe/#track/{track}/{album}/");
            Some(Media::Player(address, "yandex"))
        }
        "ok.ru" => {
            let id = path.strip_prefix("video/")?;
            let address = format!("https://ok.ru/videoembed/{id}");
            Some(Media::Player(address, "odnoklassniki"))
        }
        _ => None,
    }
}

fn youtube_player(path: &str, query: &str) -> Option<Media> {
    if path == "watch" {
        return Some(youtube(query_value(query, "v")?, &start_of(query)));
    }
    if let Some(id) = path.strip_prefix("shorts/") {
        return Some(youtube(id, &start_of(query)));
    }
    if !path.starts_with("embed") {
        return None;
    }
    // The address of a player already, with all its options.
    let mut address = format!("https://www.youtube.com/{path}");
    if !query.is_empty() {
        address.push('?');
        address.push_str(query);
    }
    Some(Media::Player(address, "youtube"))
}

fn youtube(id: &str, start: &str) -> Media {
    let address = format!("https://www.youtube.com/embed/{id}{start}");
    Media::Player(address, "youtube")
}

/// The query of a player that starts where the page does: `t=90`.
fn start_of(query: &str) -> String {
    match query_value(query, "t") {
        Some(start) => format!("?start={start}"),
        None => String::new(),
    }
}

/// The value of `key` in a query, unless it is empty.
fn query_value<'q>(query: &'q str, key: &str) -> Option<&'q str> {
    for pair in query.split(['&', '#']) {
        let Some(value) = pair.strip_prefix(key) else {
            continue;
        };
        if let Some(value) = value.strip_prefix('=') {
            return if value.is_empty() { None } else { Some(value) };
        }
    }
    None
}
