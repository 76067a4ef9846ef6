//! `:::video source="":::`: a player with a title and a size (DocFX spec 7.3).

use super::container::{Container, VideoDirective};
use super::parsed::{SyntaxProblem, TripleColon};
use super::triple_colon_line::{Position, Terminator, TripleColonDirective, TripleColonLine};

pub(super) const DIRECTIVE: TripleColonDirective = TripleColonDirective {
    name: "video",
    position: Position::Any,
    terminator: Terminator::ColonsOrLine,
    parse,
};

/// What an author types, and what the player's attribute is called, in the order DocFX writes them in.
const PLAYER_ATTRIBUTES: [(&str, &str); 5] = [
    ("title", "title"),
    ("max-width", "style"),
    ("thumbnail", "thumbnail"),
    ("upload-date", "upload-date"),
    ("duration", "duration"),
];

const ATTRIBUTES: [&str; 7] = [
    "title",
    "max-width",
    "source",
    "thumbnail",
    "upload-date",
    "duration",
    "type",
];

fn parse(line: &TripleColonLine<'_>) -> Result<TripleColon, SyntaxProblem> {
    line.expect_only(&ATTRIBUTES)?;
    line.required("source")?;
    let mut video = VideoDirective {
        source: line.target("source").unwrap_or_default(),
        file: None,
        attributes: Vec::new(),
    };
    // Missing `thumbnail` and `upload-date` are errors for DocFX, which renders the video all
    // the same; here they aren't reported.
    for (typed, attribute) in PLAYER_ATTRIBUTES {
        let Some(value) = line.target(typed) else {
            continue;
        };
        let mut text = value.target;
        if typed == "max-width" {
            if text.parse::<i32>().is_err() {
                return Err(line.problem(
                    value.span,
                    "a `max-width` that is not a number",
                    "Write a number of pixels.",
                ));
            }
            text = format!("max-width:{text}px;").into();
        }
        video.attributes.push((attribute, text));
    }
    let video = Box::new(video);
    if line.value("type").as_deref() == Some("complex") && line.alone {
        return Ok(TripleColon::Open(Container::Video(video)));
    }
    Ok(TripleColon::Video(video))
}
