//! Two articles -> the same without what hjelp has otherwise than DocFX on purpose, and which of these there were. The manual lists the reasons.

use serde::Serialize;

use super::article::Piece;

/// What hjelp does otherwise on purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// The label of an alert is in the language of the page.
    AlertLabel,
    /// A heading has no id if an anchor in it has the same one.
    HeadingAnchor,
    /// A link to a source file, which leads nowhere, leads to the page made from it.
    SourceLink,
    /// An address is spelled as the file is, and written as seen from the page.
    Spelling,
    /// A paragraph without text is left out.
    EmptyParagraph,
    /// A page without a heading has its title as one.
    TitleAsHeading,
    /// DocFX's templates have no page for landing pages, tutorials and other YAML files.
    PageType,
    /// The entry of a page that is not in the site is a text.
    LeadsNowhere,
    /// The address of a folder is that of its index page.
    IndexPage,
    /// The file belongs to DocFX's template.
    Template,
}

impl Reason {
    /// The reason in a few words.
    pub fn words(self) -> &'static str {
        match self {
            Reason::AlertLabel => "labels of alerts in the language of the page",
            Reason::HeadingAnchor => "headings whose id an anchor in them has",
            Reason::SourceLink => "links to source files that lead to their pages",
            Reason::Spelling => "addresses in the spelling of the file, as seen from the page",
            Reason::EmptyParagraph => "empty paragraphs",
            Reason::TitleAsHeading => "titles as headings of pages without one",
            Reason::PageType => {
                "landing pages, tutorials and other YAML pages, which DocFX's templates leave out"
            }
            Reason::LeadsNowhere => "entries of tables of contents whose page is missing",
            Reason::IndexPage => "addresses of folders as those of their index pages",
            Reason::Template => "files of DocFX's template",
        }
    }
}

/// The classes of alerts.
const ALERTS: [&str; 5] = ["NOTE", "TIP", "WARNING", "IMPORTANT", "CAUTION"];

/// The extensions of source files that become pages.
const SOURCES: [&str; 3] = [".md", ".yml", ".yaml"];

/// What hjelp does otherwise on purpose, undone in the pieces of the article at a path.
type Step = fn(&[Piece], &str) -> Vec<Piece>;

/// Takes out of both articles of the page at `path` what differs on purpose. The reasons are those that made a difference in either.
pub(super) fn without_design(
    old: &[Piece],
    new: &[Piece],
    path: &str,
) -> (Vec<Piece>, Vec<Piece>, Vec<Reason>) {
    let (mut old, mut new) = (old.to_vec(), new.to_vec());
    let mut reasons = Vec::new();
    // In this order: links are resolved only after those to sources have become links to pages.
    let steps: [(Reason, Step); 5] = [
        (Reason::AlertLabel, same_alert_labels),
        (Reason::HeadingAnchor, without_doubled_ids),
        (Reason::SourceLink, published_links),
        (Reason::Spelling, resolved_links),
        (Reason::EmptyParagraph, without_empty_paragraphs),
    ];
    for (reason, step) in steps {
        let (old_after, new_after) = (step(&old, path), step(&new, path));
        // A step that changes both is a reason only if it brings them nearer: both may have the same link to a source.
        let changes_one = (old_after != old) != (new_after != new);
        if changes_one || differing(&old_after, &new_after) < differing(&old, &new) {
            reasons.push(reason);
        }
        (old, new) = (old_after, new_after);
    }
    // Last, because it looks at the first heading of both as the other steps leave them.
    if let Some(rest) = without_title(&old, &new) {
        new = rest;
        reasons.push(Reason::TitleAsHeading);
    }
    (old, new, reasons)
}

/// A rough measure of how different two articles are.
fn differing(old: &[Piece], new: &[Piece]) -> usize {
    let mut count = old.len().abs_diff(new.len());
    for (one, other) in old.iter().zip(new) {
        count += usize::from(one != other);
    }
    count
}

fn alert_class(piece: &Piece) -> Option<&str> {
    let Piece::Start {
        element,
        attributes,
    } = piece
    else {
        return None;
    };
    let class = attributes.get("class")?;
    // With more attributes it is an element that the author wrote.
    let is_alert = element == "div" && attributes.len() == 1 && ALERTS.contains(&class.as_str());
    is_alert.then_some(class)
}

fn same_alert_labels(pieces: &[Piece], _: &str) -> Vec<Piece> {
    let mut out = Vec::with_capacity(pieces.len());
    let mut at = 0;
    while at < pieces.len() {
        let piece = &pieces[at];
        out.push(piece.clone());
        at += 1;
        let Some(class) = alert_class(piece) else {
            continue;
        };
        let label = [
            Piece::start("h5"),
            Piece::Text(class.to_owned()),
            Piece::End("h5".to_owned()),
        ];
        match pieces.get(at) {
            // The text after the heading is left out: it is the label in some language.
            Some(heading) if heading.is_bare("h5") => {
                out.extend_from_slice(&label[..2]);
                at += 2;
            }
            // DocFX's `[!WARNING]` in some places has no heading.
            Some(Piece::Text(text)) if text == "Warning" => {
                out.extend(label);
                at += 1;
            }
            _ => {}
        }
    }
    out
}

fn heading_id(piece: &Piece) -> Option<(&str, &str)> {
    let Piece::Start {
        element,
        attributes,
    } = piece
    else {
        return None;
    };
    // A heading with other attributes is HTML of the author, whose ids stay as they are.
    let is_heading = matches!(element.as_bytes(), [b'h', b'1'..=b'6']);
    if !is_heading || attributes.len() != 1 {
        return None;
    }
    Some((element, attributes.get("id")?))
}

fn without_doubled_ids(pieces: &[Piece], _: &str) -> Vec<Piece> {
    let mut out = pieces.to_vec();
    for at in 0..pieces.len() {
        let Some((element, id)) = heading_id(&pieces[at]) else {
            continue;
        };
        for inside in &pieces[at + 1..] {
            if inside.is_end(element) {
                break;
            }
            if is_anchor(inside, id) {
                out[at] = Piece::start(element);
                break;
            }
        }
    }
    out
}

fn is_anchor(piece: &Piece, id: &str) -> bool {
    match piece {
        Piece::Start {
            element,
            attributes,
        } if element == "a" => ["id", "name"]
            .iter()
            .any(|name| attributes.get(*name).is_some_and(|value| value == id)),
        _ => false,
    }
}

/// The address with its path changed by `change`; nothing for one of another site or of the same page.
fn with_path(address: &str, change: impl FnOnce(&str) -> Option<String>) -> Option<String> {
    let end = address.find(['?', '#']).unwrap_or(address.len());
    let (path, tail) = address.split_at(end);
    // Addresses of other sites are never changed by a build.
    if path.is_empty() || has_scheme(path) {
        return None;
    }
    Some(change(path)? + tail)
}

pub(super) fn has_scheme(path: &str) -> bool {
    let Some((scheme, _)) = path.split_once(':') else {
        return false;
    };
    let mut signs = scheme.chars();
    signs
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic())
        && signs.all(|sign| sign.is_ascii_alphanumeric() || matches!(sign, '+' | '.' | '-'))
}

fn with_addresses(pieces: &[Piece], change: impl Fn(&str) -> Option<String>) -> Vec<Piece> {
    let mut out = pieces.to_vec();
    for piece in &mut out {
        let Piece::Start { attributes, .. } = piece else {
            continue;
        };
        for name in ["href", "src"] {
            if let Some(address) = attributes.get_mut(name)
                && let Some(changed) = change(address)
            {
                *address = changed;
            }
        }
    }
    out
}

fn published_links(pieces: &[Piece], _: &str) -> Vec<Piece> {
    with_addresses(pieces, |address| {
        with_path(address, |path| {
            let extension = SOURCES.iter().find(|extension| {
                let start = path.len().saturating_sub(extension.len());
                path.is_char_boundary(start) && path[start..].eq_ignore_ascii_case(extension)
            })?;
            Some(format!("{}.html", &path[..path.len() - extension.len()]))
        })
    })
}

fn resolved_links(pieces: &[Piece], page: &str) -> Vec<Piece> {
    with_addresses(pieces, |address| {
        with_path(address, |path| Some(place(path, page)))
    })
}

/// Where an address leads on a page, from the top of the site: how many `../` it takes is a matter of style.
fn place(address: &str, page: &str) -> String {
    let address = address.replace('\\', "/").to_lowercase();
    let page = page.to_lowercase();
    let mut parts: Vec<&str> = Vec::new();
    if !address.starts_with('/') {
        parts.extend(page.split('/'));
        parts.pop();
    }
    for part in address.split('/') {
        match part {
            "" | "." => {}
            ".." => _ = parts.pop(),
            part => parts.push(part),
        }
    }
    let end = if address.ends_with('/') { "/" } else { "" };
    format!("/{}{end}", parts.join("/"))
}

/// DocFX moves blocks out of tables and leaves the paragraph they were in.
fn without_empty_paragraphs(pieces: &[Piece], _: &str) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut at = 0;
    while at < pieces.len() {
        if let Some(next) = pieces.get(at + 1)
            && pieces[at].is_bare("p")
            && next.is_end("p")
        {
            at += 2;
            continue;
        }
        out.push(pieces[at].clone());
        at += 1;
    }
    out
}

/// The new article without the heading it begins with, if the old one has no `h1` at all.
fn without_title(old: &[Piece], new: &[Piece]) -> Option<Vec<Piece>> {
    if !new.first()?.is_bare("h1") {
        return None;
    }
    for piece in old {
        if matches!(piece, Piece::Start { element, .. } if element == "h1") {
            return None;
        }
    }
    let end = new.iter().position(|piece| piece.is_end("h1"))?;
    Some(new[end + 1..].to_vec())
}
