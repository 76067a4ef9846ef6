//! Raw HTML in a Markdown text -> its addresses, its anchors, and the edits it needs on its way out: a self-closed element that HTML does
//! not know as empty gets an end tag (a browser would let `<a id="x" />` swallow the rest of the page), comments can be left out.

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span as RawSpan, Tokenizer};

use crate::source::Span;

use super::document::{Anchor, RefId, RefKind, Reference};
use super::tree::{HtmlEdit, HtmlReplacement};

/// Elements that never have content, so a `/` before their `>` means nothing (HTML standard, 13.1.2).
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// A stretch of HTML that may be broken up by the markers of quotes and lists around it.
#[derive(Debug, Default)]
pub(super) struct Joined {
    text: String,
    parts: Vec<(usize, Span)>,
}

impl Joined {
    /// Adds the bytes `span` of `source`.
    pub fn push(&mut self, source: &str, span: Span) {
        self.parts.push((self.text.len(), span));
        self.text.push_str(span.of(source));
    }

    /// The bytes of the source that these bytes of the joined text came from, cut at the end of a part.
    fn span(&self, range: RawSpan) -> Span {
        let at = self
            .parts
            .partition_point(|(start, _)| *start <= range.start)
            .max(1)
            - 1;
        let Some(&(start, part)) = self.parts.get(at) else {
            return Span::default();
        };
        let first = part.start as usize + (range.start - start);
        let last = (first + range.end.saturating_sub(range.start)).min(part.end as usize);
        Span::new(first, last)
    }

    /// The whole, from the first to the last byte.
    pub fn parts(&self) -> impl Iterator<Item = Span> + '_ {
        self.parts.iter().map(|(_, span)| *span)
    }
}

/// What raw HTML says.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub edits: Vec<HtmlEdit>,
    pub anchors: Vec<Anchor>,
    pub refs: Vec<Reference>,
}

/// Reads `html`; the first reference it finds gets the number `next_ref`.
pub(super) fn read(html: &Joined, next_ref: RefId) -> Read {
    let mut out = Read::default();
    let mut name = String::new();
    let mut attribute = String::new();
    let mut tag_start = 0;
    let mut xref = XrefTag::default();
    let mut emitter = CallbackEmitter::new(
        |event: CallbackEvent<'_>, span: RawSpan| -> Option<std::convert::Infallible> {
            match event {
                CallbackEvent::OpenStartTag { name: found } => {
                    name = String::from_utf8_lossy(found).into_owned();
                    tag_start = span.start;
                    xref = XrefTag::default();
                }
                CallbackEvent::AttributeName { name: found } => {
                    attribute = String::from_utf8_lossy(found).into_owned()
                }
                CallbackEvent::AttributeValue { value } => {
                    let value = String::from_utf8_lossy(value);
                    if name == "xref" {
                        xref.attribute(&attribute, &value, html.span(span));
                    }
                    match attribute.as_str() {
                        "href" | "src" if name != "xref" && !value.trim().is_empty() => {
                            let value = value.trim();
                            let (kind, target) = match (attribute.as_str(), value.get(..5)) {
                                ("href", Some(scheme)) if scheme.eq_ignore_ascii_case("xref:") => {
                                    (RefKind::Uid, &value[5..])
                                }
                                ("href", _) => (RefKind::HtmlHref, value),
                                _ => (RefKind::HtmlSrc, value),
                            };
                            let target_span = html.span(span);
                            let quote = match html.text.as_bytes().get(span.start.wrapping_sub(1)) {
                                Some(b'"' | b'\'') => None,
                                _ => Some('"'),
                            };
                            out.edits.push(HtmlEdit {
                                span: target_span,
                                with: HtmlReplacement::Address(
                                    next_ref + out.refs.len() as RefId,
                                    quote,
                                ),
                            });
                            out.refs.push(Reference {
                                kind,
                                target: target.into(),
                                span: target_span,
                                target_span,
                            });
                        }
                        "id" | "name" if !value.is_empty() => out.anchors.push(Anchor {
                            id: value.into(),
                            span: html.span(span),
                            heading: None,
                        }),
                        _ => {}
                    }
                }
                CallbackEvent::CloseStartTag { self_closing }
                    if name == "xref" && xref.uid.is_some() =>
                {
                    let start = html.text[..(tag_start + 1).min(html.text.len())]
                        .rfind('<')
                        .unwrap_or(tag_start);
                    let whole = html.span(RawSpan {
                        start,
                        end: span.end,
                    });
                    out.edits.push(HtmlEdit {
                        span: whole,
                        with: HtmlReplacement::Xref(
                            next_ref + out.refs.len() as RefId,
                            self_closing,
                        ),
                    });
                    out.refs.extend(std::mem::take(&mut xref).reference(whole));
                }
                CallbackEvent::EndTag { name: found } if found == b"xref" => {
                    let start = html.text[..(span.start + 1).min(html.text.len())]
                        .rfind('<')
                        .unwrap_or(span.start);
                    out.edits.push(HtmlEdit {
                        span: html.span(RawSpan {
                            start,
                            end: span.end,
                        }),
                        with: HtmlReplacement::XrefEnd,
                    });
                }
                CallbackEvent::CloseStartTag { self_closing: true }
                    if !VOID.contains(&name.as_str()) =>
                {
                    let slash = html.text[tag_start..span.end]
                        .rfind('/')
                        .map_or(span.end, |at| tag_start + at);
                    let slash = html.text[..slash].trim_end().len();
                    out.edits.push(HtmlEdit {
                        span: html.span(RawSpan {
                            start: slash,
                            end: span.end,
                        }),
                        with: HtmlReplacement::Text(format!("></{name}>").into()),
                    });
                }
                CallbackEvent::Comment { .. } => comment_edits(html, span, &mut out.edits),
                _ => {}
            }
            None
        },
    );
    emitter.naively_switch_states(true);
    let Ok(()) = Tokenizer::new_with_emitter(html.text.as_str(), emitter).finish();
    out
}

/// What a hand-written `<xref>` says (DocFX spec 9.1).
#[derive(Debug, Default)]
struct XrefTag {
    uid: Option<(String, Span)>,
    keys: String,
    /// True if it says what to show for an unknown uid.
    excused: bool,
}

impl XrefTag {
    fn attribute(&mut self, name: &str, value: &str, span: Span) {
        let key = match name {
            "href" | "uid" if !value.trim().is_empty() => {
                self.uid = Some((value.trim().to_owned(), span));
                return;
            }
            "text" | "name" => "text",
            "alt" | "fullname" => "alt",
            "title" => "title",
            "displayproperty" => "displayProperty",
            "data-throw-if-not-resolved" => {
                self.excused |= value.eq_ignore_ascii_case("false");
                return;
            }
            _ => return,
        };
        self.excused |= key == "alt";
        let value =
            percent_encoding::utf8_percent_encode(value, percent_encoding::NON_ALPHANUMERIC);
        self.keys.push_str(&format!("{key}={value}&"));
    }

    /// The same as it would be typed behind `xref:`, attributes before the keys of the query.
    fn reference(self, span: Span) -> Option<Reference> {
        let (uid, target_span) = self.uid?;
        let (before, fragment) = uid.split_at(uid.find('#').unwrap_or(uid.len()));
        let (path, query) = before.split_once('?').unwrap_or((before, ""));
        let excused = self.excused || query.split('&').any(|pair| pair.starts_with("alt="));
        let kind = if excused {
            RefKind::UidShorthand
        } else {
            RefKind::Uid
        };
        let keys = format!("{}{query}", self.keys);
        let target = format!(
            "{path}{}{}{fragment}",
            if keys.is_empty() { "" } else { "?" },
            keys.trim_end_matches('&')
        );
        Some(Reference {
            kind,
            target: target.into(),
            span,
            target_span,
        })
    }
}

/// A comment may run over several parts; each part of it goes.
fn comment_edits(html: &Joined, span: RawSpan, edits: &mut Vec<HtmlEdit>) {
    let first = html
        .parts
        .partition_point(|(start, part)| start + part.len() <= span.start);
    for (start, part) in html.parts[first..]
        .iter()
        .take_while(|(start, _)| *start < span.end)
    {
        let from = span.start.max(*start);
        let to = span.end.min(start + part.len());
        edits.push(HtmlEdit {
            span: html.span(RawSpan {
                start: from,
                end: to,
            }),
            with: HtmlReplacement::Comment,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edited(text: &str) -> String {
        let mut html = Joined::default();
        html.push(text, Span::new(0, text.len()));
        let read = read(&html, 0);
        let mut out = String::new();
        let mut at = 0;
        for edit in &read.edits {
            out.push_str(&text[at..edit.span.start as usize]);
            match &edit.with {
                HtmlReplacement::Text(with) => out.push_str(with),
                HtmlReplacement::Address(id, quote) => {
                    out.push_str(&format!("{quote:?}{}", read.refs[*id as usize].target))
                }
                HtmlReplacement::Comment | HtmlReplacement::Xref(..) | HtmlReplacement::XrefEnd => {
                    out.push('#')
                }
            }
            at = edit.span.end as usize;
        }
        out + &text[at..]
    }

    #[test]
    fn self_closed_elements_end_and_comments_and_addresses_are_found() {
        for (text, expected) in [
            (r#"<a id="apt" />"#, r#"<a id="apt"></a>"#),
            (r#"<a id='x'/>"#, r#"<a id='x'></a>"#),
            ("<br/>", "<br/>"),
            (
                r#"<img src="a&amp;b.png" alt="/>" />"#,
                r#"<img src="Nonea&b.png" alt="/>" />"#,
            ),
            (r#"<a href=b.md>på</a>"#, r#"<a href=Some('"')b.md>på</a>"#),
            ("<p>a<!-- note\n -->b</p>", "<p>a#b</p>"),
            ("<!-- open", "#"),
            (r#"<a/href="/x/">y</a>"#, r#"<a/href="None/x/">y</a>"#),
            (
                "<script>if (a</b/>c) '<i id=no />'</script>",
                "<script>if (a</b/>c) '<i id=no />'</script>",
            ),
        ] {
            assert_eq!(edited(text), expected);
        }
    }
}
