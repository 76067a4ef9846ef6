//! `:::name attribute="value":::`: rows and columns, zones, monikers, pictures, films, code, forms, and words that aren't translated
//! (DocFX spec 7). Reads one line; which lines belong together is found out later, among siblings.

use super::snippet::language_of_file;
use super::snippet::{Snippet, SnippetSelector, ranges_of};
use crate::diagnostic::Code;
use crate::source::Span;

/// A block that is opened by one line and closed by another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Container {
    /// `:::row:::`
    Row,
    /// `:::column span="2":::`
    Column(Box<str>),
    /// `::: zone target="docs" pivot="a,b"`
    Zone {
        /// Where it is shown.
        target: Box<str>,
        /// For whom, separated by spaces.
        pivot: Box<str>,
    },
    /// `::: moniker range=">= x"`
    Moniker(Box<str>),
    /// `:::image type="complex":::`, whose description follows.
    Image(Box<ImageAttributes>),
    /// `:::video type="complex":::`, whose description follows.
    Video(Box<VideoDirective>),
}

impl Container {
    /// The word before `-end`.
    pub fn name(&self) -> &'static str {
        match self {
            Container::Row => "row",
            Container::Column(_) => "column",
            Container::Zone { .. } => "zone",
            Container::Moniker(_) => "moniker",
            Container::Image(_) => "image",
            Container::Video(_) => "video",
        }
    }
}

/// `:::image source="" alt-text="":::`
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImageAttributes {
    /// The picture.
    pub source: Address,
    /// What it shows, in words.
    pub alt: Box<str>,
    /// True if it only decorates.
    pub icon: bool,
    /// Whether it has a border.
    pub border: bool,
    /// A larger picture.
    pub lightbox: Option<Address>,
    /// Where it leads.
    pub link: Option<Address>,
}

/// `:::video source="":::`
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct VideoDirective {
    /// The address of the player.
    pub source: Box<str>,
    /// Further attributes of the player, in order.
    pub attributes: Vec<(&'static str, Box<str>)>,
}

/// Something a directive points at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Address {
    /// As typed.
    pub target: Box<str>,
    /// Its bytes.
    pub span: Span,
}

/// What one line says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Colon {
    /// Opens a block.
    Open(Container),
    /// `:::row-end:::`: closes the block of this name.
    Close(&'static str),
    /// `:::code source="":::`
    Code(Box<Snippet>),
    /// `:::form action="" submitText="":::`: model, action, text of the button.
    Form([Box<str>; 3]),
    /// `:::image source="":::` among words.
    Image(Box<ImageAttributes>),
    /// `:::video source="":::` among words.
    Video(Box<VideoDirective>),
    /// `:::no-loc text="":::`
    NoLoc(Box<str>),
}

/// Why a line is no directive although it looks like one, and which bytes are to blame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// What kind of problem it is.
    pub code: Code,
    /// Where.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// What to type instead.
    pub help: String,
}

/// The names a line can begin with.
const NAMES: [&str; 9] = [
    "row", "column", "zone", "moniker", "image", "video", "code", "form", "no-loc",
];

/// What was found at a `:::`, and how many bytes it takes.
pub(super) type Read = Result<Option<(usize, Colon)>, Slip>;

/// Reads `text`, which begins with `:::` at byte `base` of its source and runs to the end of its line. `alone`: nothing stands before it.
pub(super) fn read(text: &str, base: usize, alone: bool) -> Read {
    let colons = text.bytes().take_while(|&byte| byte == b':').count();
    let after = &text[colons..];
    let spaced = after.trim_start_matches([' ', '\t']);
    let name_len = spaced
        .bytes()
        .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
        .count();
    let name = spaced[..name_len].to_ascii_lowercase();
    let start = text.len() - spaced.len() + name_len;
    if let Some(closed) = name.strip_suffix("-end").filter(|_| alone) {
        let known = NAMES.into_iter().find(|known| *known == closed);
        let rest = spaced[name_len..].trim();
        let self_closing = matches!(closed, "row" | "column");
        return Ok(known
            .filter(|_| !self_closing || rest.starts_with(":::"))
            .map(|name| (text.trim_end().len(), Colon::Close(name))));
    }
    let Some(name) = NAMES.into_iter().find(|known| *known == name) else {
        let looks = alone && name_len > 2 && (after.starts_with(' ') || after == spaced);
        let meant = NAMES
            .into_iter()
            .find(|known| looks && strsim::damerau_levenshtein(known, &name) <= 2);
        return match meant {
            Some(meant) => Err(Slip {
                code: Code::UnknownDirective,
                span: Span::new(base + start - name_len, base + start),
                message: format!("there is no directive `:::{name}`"),
                help: format!("Did you mean `:::{meant}`?"),
            }),
            None => Ok(None),
        };
    };
    let spaces = spaced.len() != after.len();
    match name {
        "no-loc" if spaces || !after.starts_with("no-loc") => return Ok(None),
        "row" | "column" | "zone" | "moniker" | "code" | "form" if !alone => return Ok(None),
        "image" | "video" if spaces && !alone => return Ok(None),
        _ => {}
    }
    let mut line = Line {
        text,
        base,
        at: start,
        attributes: Vec::new(),
        names: Vec::new(),
        name,
    };
    line.attributes(name != "zone" && name != "moniker")?;
    let whole = if name == "moniker" {
        text.trim_end().len()
    } else {
        line.at
    };
    if matches!(name, "row" | "column" | "code" | "form" | "zone")
        && !text[whole..].trim().is_empty()
    {
        return Err(line.slip(
            Span::new(base + whole, base + text.trim_end().len()),
            "text after it",
            "Put it on a line of its own.",
        ));
    }
    let colon = match name {
        "row" => Colon::Open(Container::Row),
        "column" => Colon::Open(Container::Column(
            line.only(&["span"])?
                .take("span")
                .unwrap_or_else(|| "1".into()),
        )),
        "zone" => Colon::Open(line.zone()?),
        "moniker" => Colon::Open(Container::Moniker(line.only(&["range"])?.need("range")?)),
        "image" => line.picture(alone)?,
        "video" => line.film(alone)?,
        "code" => Colon::Code(Box::new(line.code()?)),
        "form" => {
            line.only(&["model", "action", "submittext"])?;
            Colon::Form([
                line.take("model").unwrap_or_default(),
                line.need("action")?,
                line.need("submittext")?,
            ])
        }
        _ => Colon::NoLoc(line.only(&["text"])?.need("text")?),
    };
    Ok(Some((whole, colon)))
}

struct Line<'a> {
    text: &'a str,
    base: usize,
    at: usize,
    name: &'static str,
    attributes: Vec<(String, Box<str>, Span)>,
    /// Where the names of the attributes stand.
    names: Vec<Span>,
}

impl Line<'_> {
    fn slip(&self, span: Span, what: &str, help: impl Into<String>) -> Slip {
        Slip {
            code: Code::InvalidDirective,
            span,
            message: format!("`:::{}` has {what}", self.name),
            help: help.into(),
        }
    }

    fn here(&self) -> Span {
        Span::new(self.base, self.base + self.text.trim_end().len())
    }

    /// Reads attributes up to `:::`, or up to the end of the line for a directive that has no `:::` of its own.
    fn attributes(&mut self, self_closing: bool) -> Result<(), Slip> {
        loop {
            let rest = self.text[self.at..].trim_start_matches([' ', '\t']);
            self.at = self.text.len() - rest.len();
            if rest.is_empty() {
                return match self_closing {
                    true => Err(self.slip(
                        self.here(),
                        "no `:::` at its end",
                        "End the line with `:::`.",
                    )),
                    false => Ok(()),
                };
            }
            if rest.starts_with(":::") {
                let trailing = self_closing || rest.trim_end() == ":::";
                if trailing {
                    self.at += 3;
                    return Ok(());
                }
            }
            let len = rest
                .bytes()
                .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
                .count();
            let start = self.base + self.at;
            let word = || rest.split([' ', '\t']).next().unwrap_or("");
            if len == 0 || !rest.starts_with(|first: char| first.is_ascii_alphabetic()) {
                let span = Span::new(start, start + word().len());
                return Err(self.slip(
                    span,
                    &format!("`{}` where an attribute should stand", word()),
                    "Write `name=\"value\"`.",
                ));
            }
            let key = rest[..len].to_ascii_lowercase();
            let key_span = Span::new(start, start + len);
            if self.attributes.iter().any(|(known, ..)| *known == key) {
                return Err(self.slip(
                    key_span,
                    &format!("`{key}` twice"),
                    "Take one of them away.",
                ));
            }
            self.names.push(key_span);
            let after = rest[len..].trim_start_matches([' ', '\t']);
            let Some(value) = after.strip_prefix('=') else {
                self.at += len;
                self.attributes.push((key, "".into(), key_span));
                continue;
            };
            let value = value.trim_start_matches([' ', '\t']);
            let Some((value, next)) = value
                .strip_prefix('"')
                .and_then(|value| value.split_once('"'))
            else {
                let span = Span::new(start, start + word().len());
                return Err(self.slip(
                    span,
                    &format!("no value in quotes for `{key}`"),
                    format!("Write `{key}=\"value\"`."),
                ));
            };
            let value_start = self.base + self.text.len() - next.len() - 1 - value.len();
            self.attributes.push((
                key,
                value.into(),
                Span::new(value_start, value_start + value.len()),
            ));
            self.at = self.text.len() - next.len();
        }
    }

    fn only(&mut self, known: &[&str]) -> Result<&mut Self, Slip> {
        let unknown = self
            .attributes
            .iter()
            .zip(&self.names)
            .find(|((key, ..), _)| !known.contains(&key.as_str()));
        let Some(((key, ..), span)) = unknown else {
            return Ok(self);
        };
        let help = match known
            .iter()
            .find(|name| strsim::damerau_levenshtein(name, key) <= 2)
        {
            Some(name) => format!("Did you mean `{name}`?"),
            None => format!(
                "It knows {}.",
                known
                    .iter()
                    .map(|name| format!("`{name}`"))
                    .collect::<Vec<_>>()
                    .join(", ")
            ),
        };
        Err(self.slip(*span, &format!("no attribute `{key}`"), help))
    }

    fn address(&self, key: &str) -> Option<Address> {
        let (_, value, span) = self
            .attributes
            .iter()
            .find(|(known, value, _)| known == key && !value.is_empty())?;
        Some(Address {
            target: value.clone(),
            span: *span,
        })
    }

    fn take(&self, key: &str) -> Option<Box<str>> {
        self.address(key).map(|found| found.target)
    }

    fn need(&self, key: &str) -> Result<Box<str>, Slip> {
        self.take(key).ok_or_else(|| {
            self.slip(
                self.here(),
                &format!("no `{key}`"),
                format!("Add `{key}=\"...\"`."),
            )
        })
    }

    fn zone(&mut self) -> Result<Container, Slip> {
        self.only(&["target", "pivot"])?;
        let [target, pivot] = ["target", "pivot"].map(|key| self.address(key).unwrap_or_default());
        if !matches!(&*target.target, "" | "docs" | "chromeless" | "pdf") {
            return Err(self.slip(
                target.span,
                &format!("no target `{}`", target.target),
                "Write `docs`, `chromeless` or `pdf`.",
            ));
        }
        let sound = |name: &str| {
            !name.is_empty()
                && name
                    .bytes()
                    .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
        };
        let names: Vec<&str> = pivot.target.split(',').map(str::trim).collect();
        if !pivot.target.is_empty() && !names.iter().all(|name| sound(name)) {
            return Err(self.slip(
                pivot.span,
                &format!("no pivot `{}`", pivot.target),
                "Names of pivots have small letters, digits and `-`.",
            ));
        }
        if target.target.is_empty() && pivot.target.is_empty() {
            return Err(self.slip(
                self.here(),
                "neither `target` nor `pivot`",
                "Add `target=\"docs\"`, `chromeless` or `pdf`, or `pivot`.",
            ));
        }
        if &*target.target == "pdf" && !pivot.target.is_empty() {
            return Err(self.slip(
                pivot.span,
                "a `pivot` besides `target=\"pdf\"`",
                "Take one of them away.",
            ));
        }
        let pivot = if pivot.target.is_empty() {
            "".into()
        } else {
            names.join(" ").into()
        };
        Ok(Container::Zone {
            target: target.target,
            pivot,
        })
    }

    fn picture(&mut self, alone: bool) -> Result<Colon, Slip> {
        self.only(&[
            "alt-text",
            "type",
            "loc-scope",
            "source",
            "border",
            "lightbox",
            "link",
        ])?;
        let kind = self.take("type").unwrap_or_default();
        let icon = &*kind == "icon";
        self.need("source")?;
        if !icon {
            self.need("alt-text")?;
        }
        let border = self
            .take("border")
            .and_then(|text| text.to_ascii_lowercase().parse().ok())
            .unwrap_or(!icon);
        let picture = Box::new(ImageAttributes {
            source: self.address("source").unwrap_or_default(),
            alt: self.take("alt-text").unwrap_or_default(),
            icon,
            border,
            lightbox: self.address("lightbox"),
            link: self.address("link"),
        });
        let complex = &*kind == "complex" && alone;
        Ok(if complex {
            Colon::Open(Container::Image(picture))
        } else {
            Colon::Image(picture)
        })
    }

    fn film(&mut self, alone: bool) -> Result<Colon, Slip> {
        const SHOWN: [(&str, &str); 5] = [
            ("title", "title"),
            ("max-width", "style"),
            ("thumbnail", "thumbnail"),
            ("upload-date", "upload-date"),
            ("duration", "duration"),
        ];
        self.only(&[
            "title",
            "max-width",
            "source",
            "thumbnail",
            "upload-date",
            "duration",
            "type",
        ])?;
        let mut film = VideoDirective {
            source: self.need("source")?,
            attributes: Vec::new(),
        };
        for (key, attribute) in SHOWN {
            let Some(value) = self.address(key) else {
                continue;
            };
            let text = match key {
                "max-width" if value.target.parse::<i32>().is_err() => {
                    return Err(self.slip(
                        value.span,
                        "a `max-width` that is no number",
                        "Write a number of pixels.",
                    ));
                }
                "max-width" => format!("max-width:{}px;", value.target).into(),
                _ => value.target,
            };
            film.attributes.push((attribute, text));
        }
        let complex = self.take("type").as_deref() == Some("complex") && alone;
        Ok(if complex {
            Colon::Open(Container::Video(Box::new(film)))
        } else {
            Colon::Video(Box::new(film))
        })
    }

    fn code(&mut self) -> Result<Snippet, Slip> {
        self.only(&[
            "source",
            "range",
            "id",
            "highlight",
            "language",
            "interactive",
        ])?;
        let path: Box<str> = self.need("source")?;
        let source = self.address("source").unwrap_or_default();
        let language = match self
            .take("language")
            .or_else(|| language_of_file(&path).map(Into::into))
        {
            Some(language) => language,
            None => {
                return Err(self.slip(
                    self.here(),
                    "no `language`, and its file doesn't tell",
                    "Add `language=\"...\"`.",
                ));
            }
        };
        let lines = self.take("range").and_then(|range| ranges_of(&range));
        let selector = match (self.take("id"), lines) {
            (Some(id), _) => SnippetSelector::Region(id),
            (None, Some(lines)) => SnippetSelector::Lines(lines),
            (None, None) => SnippetSelector::Whole,
        };
        Ok(Snippet {
            path_span: source.span,
            path,
            language: Some(language),
            selector,
            highlight: self.take("highlight"),
            mode: self.take("interactive"),
            triple: true,
            ..Snippet::default()
        })
    }
}
