//! `> [!Video https://...]`, and the address a player for it has (DocFX spec 4.3).

/// Reads what stands between `[!` and `]`: the keyword, exactly one space, an `http` or `https` address.
pub(super) fn read(inside: &str) -> Option<Box<str>> {
    let (keyword, address) = inside.split_at_checked("Video ".len())?;
    let known = keyword.eq_ignore_ascii_case("video ")
        && (address.starts_with("https://") || address.starts_with("http://"));
    known.then(|| address.trim_end().into())
}

/// The address of the player for a video's address: `https`, and for YouTube its cookie-free embedding host.
pub fn video_embed_url(address: &str) -> String {
    let rest = address
        .strip_prefix("https://")
        .or_else(|| address.strip_prefix("http://"))
        .unwrap_or(address);
    let (before_fragment, fragment) = rest
        .split_once('#')
        .map_or((rest, None), |(before, fragment)| (before, Some(fragment)));
    let (host_and_path, query) = before_fragment
        .split_once('?')
        .map_or((before_fragment, ""), |(path, query)| (path, query));
    let (host, path) = host_and_path.split_once('/').unwrap_or((host_and_path, ""));
    let mut keys: Vec<&str> = query.split('&').filter(|key| !key.is_empty()).collect();
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
    if let Some(fragment) = fragment {
        out.push('#');
        out.push_str(fragment);
    }
    out
}

fn youtube_path(host: &str, path: &str, keys: &mut Vec<&str>) -> String {
    let value = |keys: &[&str], name: &str| {
        keys.iter()
            .find_map(|key| Some(key.strip_prefix(name)?.strip_prefix('=')?.to_owned()))
    };
    let embedded = path
        .strip_prefix("embed/")
        .filter(|id| !id.is_empty() && *id != "videoseries");
    let id = if host == "youtu.be" {
        Some(path.to_owned())
    } else {
        value(keys, "v").or_else(|| embedded.map(str::to_owned))
    };
    let path = match id.filter(|id| !id.is_empty()) {
        Some(id) => {
            keys.retain(|key| !key.starts_with("v="));
            format!("embed/{id}")
        }
        None if value(keys, "list").is_some() => "embed/videoseries".to_owned(),
        None => return path.to_owned(),
    };
    if value(keys, "rel").is_none() {
        keys.push("rel=0");
    }
    path
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
