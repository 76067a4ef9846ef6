//! Raw HTML in a Markdown text -> its addresses, its anchors, and the edits it needs when it is rendered: a self-closed element that HTML
//! doesn't know as void gets an end tag (a browser would let `<a id="x" />` take in the rest of the page), comments can be left out, and
//! `<xref>` becomes a link.

use std::ops::Range;

use crate::source::Span;
use crate::source::percent;
use crate::syntax::reference::{Anchor, RefId, RefKind, Reference, after_xref};
use crate::syntax::tree::{HtmlEdit, HtmlReplacement};

use super::elements::is_void;
use super::joined::JoinedHtml;
use super::tokenizer::{Token, tokenize};

/// What was found in raw HTML.
#[derive(Debug, Default)]
pub(in crate::syntax) struct ExtractedHtml {
    pub edits: Vec<HtmlEdit>,
    pub anchors: Vec<Anchor>,
    pub refs: Vec<Reference>,
}

/// Reads `html`; the first reference in it gets the number `next_ref`.
pub(in crate::syntax) fn extract(html: &JoinedHtml, next_ref: RefId) -> ExtractedHtml {
    let mut extractor = Extractor {
        html,
        next_ref,
        out: ExtractedHtml::default(),
        xref: XrefTag::default(),
    };
    tokenize(html.text(), |token, range| extractor.token(token, range));
    extractor.out
}

/// Attributes for the build itself, which DocFX takes out of every element (`RemoveDebugInfo`, DocFX spec 11.3), in lower case.
const UNPUBLISHED: [&str; 6] = [
    "data-raw-source",
    "sourcefile",
    "sourcestartlinenumber",
    "sourceendlinenumber",
    "jsonpath",
    "nocheck",
];

struct Extractor<'a> {
    html: &'a JoinedHtml,
    next_ref: RefId,
    out: ExtractedHtml,
    /// The attributes of the `<xref>` that is being read.
    xref: XrefTag,
}

impl Extractor<'_> {
    fn token(&mut self, token: Token<'_>, range: Range<usize>) {
        match token {
            Token::Attribute {
                element,
                name,
                name_start,
                value,
            } => {
                if UNPUBLISHED.contains(&name) {
                    self.drop_attribute(name_start, name.len());
                    return;
                }
                if element == "xref" {
                    self.xref
                        .attribute(name, &value, self.html.span(range.clone()));
                }
                match name {
                    "href" | "src" if element != "xref" => self.address(name, value.trim(), range),
                    // `<a name="x">` is HTML 4, and still what many authors type.
                    "id" | "name" if !value.is_empty() => self.out.anchors.push(Anchor {
                        id: value.into(),
                        span: self.html.span(range),
                        heading: None,
                    }),
                    _ => {}
                }
            }
            Token::StartTag {
                element,
                self_closing,
            } => self.start_tag(element, self_closing, range),
            Token::EndTag { element } => {
                // An end tag may have attributes, too. They mean nothing.
                self.xref = XrefTag::default();
                match &*element {
                    "xref" => self.edit(range, HtmlReplacement::XrefEnd),
                    // A line break for browsers (HTML standard, 13.2.6.4.7) and for DocFX.
                    "br" => self.edit(
                        range.start + 1..range.end,
                        HtmlReplacement::Text("br>".into()),
                    ),
                    _ => {}
                }
            }
            // A comment may run over several pieces; each piece of it is dropped.
            Token::Text(_) => {}
            Token::Comment => {
                for span in self.html.spans(range) {
                    let with = HtmlReplacement::Comment;
                    self.out.edits.push(HtmlEdit { span, with });
                }
            }
        }
    }

    /// Leaves out an attribute, whose name begins at byte `name_start`, with the white space before it.
    fn drop_attribute(&mut self, name_start: usize, name_len: usize) {
        let text = self.html.text();
        let start = text[..name_start].trim_end().len();
        let after_name = name_start + name_len;
        let rest = text.get(after_name..).unwrap_or_default();
        let end = after_name + value_len(rest);
        // A value may run over several lines, between which the markers of a quote may be.
        for span in self.html.spans(start..end) {
            let with = HtmlReplacement::Text("".into());
            self.out.edits.push(HtmlEdit { span, with });
        }
    }

    fn address(&mut self, attribute: &str, value: &str, range: Range<usize>) {
        if value.is_empty() {
            return;
        }
        let uid = after_xref(value);
        // Only `href` can name a page by its uid: an image has none (DocFX spec 9.1).
        let (kind, target) = match (attribute, uid) {
            ("href", Some(uid)) => (RefKind::Uid, uid),
            ("href", None) => (RefKind::HtmlHref, value),
            _ => (RefKind::HtmlSrc, value),
        };
        // A resolved address may hold signs that an attribute without quotes cannot.
        let sign_before = self.html.text().as_bytes().get(range.start.wrapping_sub(1));
        let quote = match sign_before {
            Some(b'"' | b'\'') => None,
            _ => Some('"'),
        };
        let span = self.html.span(range.clone());
        self.edit(range, HtmlReplacement::Address(self.next_id(), quote));
        self.out.refs.push(Reference {
            kind,
            target: target.into(),
            span,
            target_span: span,
        });
    }

    fn start_tag(&mut self, element: &str, self_closing: bool, range: Range<usize>) {
        let xref = std::mem::take(&mut self.xref);
        if element == "xref"
            && let Some(reference) = xref.reference(self.html.span(range.clone()))
        {
            self.edit(range, HtmlReplacement::Xref(self.next_id(), self_closing));
            self.out.refs.push(reference);
            return;
        }
        if !self_closing || is_void(element) {
            return;
        }
        let text = self.html.text();
        let slash = match text[range.clone()].rfind('/') {
            Some(at) => range.start + at,
            None => range.end,
        };
        // `<a id="x" />` and `<a id="x"/>` give the same: the space before the slash is dropped
        // with it.
        let attributes_end = text[..slash].trim_end().len();
        let end_tag = format!("></{element}>");
        self.edit(
            attributes_end..range.end,
            HtmlReplacement::Text(end_tag.into()),
        );
    }

    fn edit(&mut self, range: Range<usize>, with: HtmlReplacement) {
        let span = self.html.span(range);
        self.out.edits.push(HtmlEdit { span, with });
    }

    fn next_id(&self) -> RefId {
        self.next_ref + self.out.refs.len() as RefId
    }
}

/// The length of `= "value"`, which follows the name of an attribute; none if it has no value.
fn value_len(rest: &str) -> usize {
    let Some(after) = rest.trim_start().strip_prefix('=') else {
        return 0;
    };
    let value = after.trim_start();
    let start = rest.len() - value.len();
    let end = match value.bytes().next() {
        Some(quote @ (b'"' | b'\'')) => value[1..].find(quote as char).map(|at| at + 2),
        _ => value.find(|sign: char| sign.is_whitespace() || sign == '>'),
    };
    start + end.unwrap_or(value.len())
}

/// The attributes of a hand-written `<xref>` (DocFX spec 9.1).
#[derive(Debug, Default)]
struct XrefTag {
    uid: Option<(String, Span)>,
    /// `key=value&` for each attribute that a query behind the uid could have instead.
    keys: String,
    /// True if an unknown uid is no mistake: the tag has its own text for it.
    is_optional: bool,
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
                self.is_optional |= value.eq_ignore_ascii_case("false");
                return;
            }
            _ => return,
        };
        self.is_optional |= key == "alt";
        let value = percent::encode(value, percent::QUERY_VALUE);
        self.keys.push_str(&format!("{key}={value}&"));
    }

    /// The same reference as `xref:uid?key=value` gives, so that both are resolved in one way. The keys of attributes come before those
    /// of the query.
    fn reference(self, span: Span) -> Option<Reference> {
        let (uid, target_span) = self.uid?;
        let (before, fragment) = uid.split_at(uid.find('#').unwrap_or(uid.len()));
        let (path, query) = before.split_once('?').unwrap_or((before, ""));
        let has_alt = query.split('&').any(|pair| pair.starts_with("alt="));
        let kind = if self.is_optional || has_alt {
            RefKind::UidShorthand
        } else {
            RefKind::Uid
        };
        let keys = format!("{}{query}", self.keys);
        let separator = if keys.is_empty() { "" } else { "?" };
        let keys = keys.trim_end_matches('&');
        Some(Reference {
            kind,
            target: format!("{path}{separator}{keys}{fragment}").into(),
            span,
            target_span,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edited(text: &str) -> String {
        let mut html = JoinedHtml::default();
        html.push(text, Span::new(0, text.len()));
        let read = extract(&html, 0);
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
