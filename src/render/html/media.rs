//! The address of a picture -> the film or sound it really is (DocFX spec 2.3).

use crate::source::escape::escape;

/// A film or sound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Media {
    /// A page of a site that has a player to put in: the player's address, and the class of its frame.
    Player(String, &'static str),
    /// A file with this type.
    File(&'static str),
}

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

/// What the picture at `address` is, if it is none.
pub(super) fn of(address: &str) -> Option<Media> {
    if let Some(rest) = address
        .strip_prefix("https://")
        .or_else(|| address.strip_prefix("http://"))
        .or_else(|| address.strip_prefix("//"))
    {
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        if let Some(player) = player(host, path) {
            return Some(player);
        }
    }
    // Of an address with a host only the path counts, of any other all of it.
    let path = if address.contains("//") {
        address.split(['?', '#']).next().unwrap_or(address)
    } else {
        address
    };
    let (_, extension) = path.rsplit_once('.')?;
    TYPES
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(extension))
        .map(|(_, kind)| Media::File(kind))
}

fn player(host: &str, path: &str) -> Option<Media> {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let value = |key: &str| {
        query
            .split(['&', '#'])
            .find_map(|pair| pair.strip_prefix(key)?.strip_prefix('='))
            .filter(|value| !value.is_empty())
    };
    let start = value("t").map_or_else(String::new, |start| format!("?start={start}"));
    let youtube =
        |id: &str| Media::Player(format!("https://www.youtube.com/embed/{id}"), "youtube");
    match host {
        "youtube.com" | "www.youtube.com" if path == "watch" => {
            value("v").map(|id| youtube(&format!("{id}{start}")))
        }
        "youtube.com" | "www.youtube.com" if path.starts_with("embed") => {
            let query = if query.is_empty() {
                String::new()
            } else {
                format!("?{query}")
            };
            Some(Media::Player(
                format!("https://www.youtube.com/{path}{query}"),
                "youtube",
            ))
        }
        "youtube.com" | "www.youtube.com" if path.starts_with("shorts/") => {
            Some(youtube(&format!("{}{start}", &path["shorts/".len()..])))
        }
        "youtu.be" if !path.is_empty() => Some(youtube(&format!("{path}{start}"))),
        "vimeo.com" | "www.vimeo.com" => {
            let id = path
                .rsplit('/')
                .next()
                .filter(|id| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit()))?;
            Some(Media::Player(
                format!("https://player.vimeo.com/video/{id}"),
                "vimeo",
            ))
        }
        "music.yandex.ru" => {
            let mut parts = path.split('/');
            let (album, track) = (parts.nth(1)?, parts.nth(1)?);
            Some(Media::Player(
                format!("https://music.yandex.ru/iframe/#track/{track}/{album}/"),
                "yandex",
            ))
        }
        "ok.ru" => {
            let id = path.strip_prefix("video/")?;
            Some(Media::Player(
                format!("https://ok.ru/videoembed/{id}"),
                "odnoklassniki",
            ))
        }
        _ => None,
    }
}

impl Media {
    /// The element for it. `option` has what the configuration states: `width`, `height`, `class`, `addControlsProperty`.
    pub fn html<'o>(&self, address: &str, option: impl Fn(&str) -> Option<&'o str>) -> String {
        let width = option("width").unwrap_or("500");
        let height = option("height").unwrap_or("281");
        let controls = if option("addControlsProperty") == Some("false") {
            ""
        } else {
            " controls=\"\""
        };
        let mut class = String::new();
        if let Some(own) = option("class") {
            class.push_str(" class=\"");
            escape(own, &mut class);
            class.push('"');
        }
        let mut source = String::new();
        match self {
            Media::Player(player, kind) => {
                escape(player, &mut source);
                let kind = if class.is_empty() {
                    (*kind).to_owned()
                } else {
                    format!("{} {kind}", option("class").unwrap_or(""))
                };
                let full = if kind.ends_with("yandex") {
                    ""
                } else {
                    " allowfullscreen=\"\""
                };
                format!(
                    "<iframe src=\"{source}\" class=\"{kind}\" width=\"{width}\" height=\"{height}\" frameborder=\"0\"{full}></iframe>"
                )
            }
            Media::File(kind) => {
                escape(address, &mut source);
                let (tag, size) = match kind.starts_with("video") {
                    true => ("video", format!(" width=\"{width}\" height=\"{height}\"")),
                    false => ("audio", format!(" width=\"{width}\"")),
                };
                format!(
                    "<{tag}{class}{size}{controls}><source type=\"{kind}\" src=\"{source}\"></source></{tag}>"
                )
            }
        }
    }
}
