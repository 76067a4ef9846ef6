//! `> [!Video https://...]`, and the address of the player for a video (DocFX spec 4.3).

use super::parsed::Directive;

/// Reads what is between `[!` and `]`: the keyword, exactly one space, an `http` or `https` address with its scheme in lower case.
pub(super) fn read(inside: &str) -> Option<Directive> {
    let (keyword, address) = inside.split_at_checked("Video ".len())?;
    if !keyword.eq_ignore_ascii_case("video ") {
        return None;
    }
    if !address.starts_with("https://") && !address.starts_with("http://") {
        return None;
    }
    Some(Directive::Video(address.trim_end().into()))
}

/// The address of the player for the address of a video: `https`, and for YouTube its cookie-free embedding host.
pub fn video_embed_url(address: &str) -> String {
    let mut rest = address;
    for scheme in ["https://", "http://"] {
        if let Some(after) = address.strip_prefix(scheme) {
            rest = after;
        }
    }
    let (before_fragment, fragment) = rest.split_at(rest.find('#').unwrap_or(rest.len()));
    let (host_and_path, query) = before_fragment
        .split_once('?')
        .unwrap_or((before_fragment, ""));
    let (host, path) = host_and_path.split_once('/').unwrap_or((host_and_path, ""));
    let mut keys: Vec<&str> = query.split('&').collect();
    keys.retain(|key| !key.is_empty());
    let (host, path) = match host.to_ascii_lowercase().as_str() {
        "channel9.msdn.com" => {
            keys.push("nocookie=true");
            (host, path.to_owned())
        }
        known @ ("youtube.com" | "www.youtube.com" | "youtu.be" | "www.youtube-nocookie.com") => (
            "www.youtube-nocookie.com",
            youtube_path(known, path, &mut keys),
        ),
        _ => (host, path.to_owned()),
    };
    let mut out = format!("https://{host}/{path}");
    if !keys.is_empty() {
        out.push('?');
        out.push_str(&keys.join("&"));
    }
    out.push_str(fragment);
    out
}

/// The path of YouTube's player, and the keys it is called with.
fn youtube_path(host: &str, path: &str, keys: &mut Vec<&str>) -> String {
    let path = if let Some(id) = youtube_id(host, path, keys) {
        // The id is in the path now.
        keys.retain(|key| !key.starts_with("v="));
        format!("embed/{id}")
    } else if value_of(keys, "list").is_some() {
        "embed/videoseries".to_owned()
    } else {
        // A channel or a user: DocFX changes the host and nothing else.
        return path.to_owned();
    };
    if value_of(keys, "rel").is_none() {
        keys.push("rel=0");
    }
    path
}

/// The id of a video: the path of a short address, else the key `v`, else what follows `embed/`.
fn youtube_id(host: &str, path: &str, keys: &[&str]) -> Option<String> {
    let id = if host == "youtu.be" {
        path
    } else if let Some(id) = value_of(keys, "v") {
        id
    } else {
        match path.strip_prefix("embed/")? {
            // The player of a list.
            "videoseries" => return None,
            id => id,
        }
    };
    (!id.is_empty()).then(|| id.to_owned())
}

/// The value of the first `name=value` among the keys of a query.
fn value_of<'a>(keys: &[&'a str], name: &str) -> Option<&'a str> {
    for key in keys {
        if let Some(value) = key.strip_prefix(name)
            && let Some(value) = value.strip_prefix('=')
        {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn players_leave_no_cookies() {
        for (address, expected) in [
            (
                "https://www.youtube.com/watch?v=abc&t=9",
                "https://www.youtube-nocookie.com/embed/abc?t=9&rel=0",
            ),
            (
                "http://youtu.be/abc",
                "https://www.youtube-nocookie.com/embed/abc?rel=0",
            ),
            (
                "https://www.youtube.com/embed/abc?rel=1",
                "https://www.youtube-nocookie.com/embed/abc?rel=1",
            ),
            (
                "https://www.youtube.com/embed/videoseries?list=L",
                "https://www.youtube-nocookie.com/embed/videoseries?list=L&rel=0",
            ),
            (
                "https://channel9.msdn.com/x",
                "https://channel9.msdn.com/x?nocookie=true",
            ),
            (
                "http://player.vimeo.com/video/1#t=3",
                "https://player.vimeo.com/video/1#t=3",
            ),
        ] {
            assert_eq!(video_embed_url(address), expected);
        }
    }
}
