//! Code and the names of its parts -> HTML. The text of the HTML is the code, byte for byte.

use super::super::escape;
use super::{Marks, Part};

impl Part {
    /// The opening tag of a part.
    fn tag(self) -> &'static str {
        match self {
            Part::Attribute => "<span class=\"hl-a\">",
            Part::Comment => "<span class=\"hl-c\">",
            Part::Function => "<span class=\"hl-f\">",
            Part::Keyword => "<span class=\"hl-k\">",
            Part::Literal => "<span class=\"hl-l\">",
            Part::Meta => "<span class=\"hl-m\">",
            Part::Number => "<span class=\"hl-n\">",
            Part::Text => "<span class=\"hl-s\">",
            Part::Type => "<span class=\"hl-t\">",
            Part::Variable => "<span class=\"hl-v\">",
        }
    }
}

/// Lines to make stand out, as authors write them: `1-3,5,7-`. Both ends count, an open end runs to the last line.
pub(in crate::render::html) fn lines_of(ranges: &str) -> Vec<(usize, usize)> {
    let line = |text: &str| {
        text.trim()
            .trim_start_matches(['L', 'l'])
            .parse::<usize>()
            .ok()
    };
    let range = |part: &str| match part.split_once('-') {
        Some((from, "")) => Some((line(from)?, usize::MAX)),
        Some((from, to)) => Some((line(from)?, line(to)?)),
        None => line(part).map(|only| (only, only)),
    };
    ranges
        .split([',', ' '])
        .filter(|part| !part.trim().is_empty())
        .filter_map(|part| range(part.trim()))
        .collect()
}

/// Appends `code`. Lines in `standing_out` are marked, each by itself, so that a part that runs over several lines is cut at their ends.
pub(in crate::render::html) fn write(
    code: &str,
    marks: Option<&Marks>,
    standing_out: &[(usize, usize)],
    out: &mut String,
) {
    let parts = marks.map_or(&[][..], |marks| &marks.0);
    if standing_out.is_empty() {
        return piece(
            code,
            0,
            code.len(),
            &mut parts.iter().copied().peekable(),
            out,
        );
    }
    let mut parts = parts.iter().copied().peekable();
    let mut start = 0;
    for (number, line) in code.split_inclusive('\n').enumerate() {
        let stands_out = standing_out
            .iter()
            .any(|(from, to)| (*from..=*to).contains(&(number + 1)));
        out.push_str(if stands_out {
            "<mark class=\"hl-line\">"
        } else {
            ""
        });
        piece(code, start, start + line.len(), &mut parts, out);
        out.push_str(if stands_out { "</mark>" } else { "" });
        start += line.len();
    }
}

/// Appends the bytes `start..end`. A part that goes on after them stays the next.
fn piece(
    code: &str,
    start: usize,
    end: usize,
    parts: &mut std::iter::Peekable<impl Iterator<Item = super::Painted>>,
    out: &mut String,
) {
    let mut at = start;
    while let Some(part) = parts.peek().copied().filter(|part| part.start < end) {
        let (from, to) = (part.start.max(at), part.end.min(end));
        escape(&code[at..from], out);
        out.push_str(part.part.tag());
        escape(&code[from..to], out);
        out.push_str("</span>");
        at = to;
        if part.end > end {
            break;
        }
        parts.next();
    }
    escape(&code[at..end], out);
}
