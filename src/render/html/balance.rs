//! HTML with raw HTML in it -> the same with every element closed and no end without a beginning, as DocFX's pages have it (DocFX spec
//! 11.1): what an author left open ends with the element around it, so that it cannot take in the rest of the page. Everything else
//! stays byte for byte. Knows elements, not what they mean.

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

/// Elements that have no content and no end (HTML standard, 13.1.2).
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// Elements that end a paragraph when they begin (HTML standard, 13.1.2.4).
const BLOCKS: [&str; 29] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "details",
    "dialog",
    "div",
    "dl",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "ul",
];

/// Elements that end one of their kind when they begin, and what such a one cannot reach out of.
const SIBLINGS: [(&str, &[&str], &[&str]); 9] = [
    ("li", &["li"], &["ul", "ol", "menu"]),
    ("dt", &["dt", "dd"], &["dl"]),
    ("dd", &["dt", "dd"], &["dl"]),
    ("option", &["option"], &["select", "datalist"]),
    ("tr", &["tr", "td", "th"], &["table"]),
    ("td", &["td", "th"], &["tr", "table"]),
    ("th", &["td", "th"], &["tr", "table"]),
    ("tbody", &["thead", "tbody", "tr", "td", "th"], &["table"]),
    ("tfoot", &["thead", "tbody", "tr", "td", "th"], &["table"]),
];

/// What is to be changed at a byte of the text: bytes that go, and what comes instead.
struct Change {
    at: usize,
    until: usize,
    with: String,
}

#[derive(Default)]
struct Balance {
    /// The names of elements whose end hasn't come yet.
    open: Vec<String>,
    changes: Vec<Change>,
}

/// Closes what is open in `html`, and drops ends of nothing; if `bare`, also the slash of elements that have no end anyway. `None` if
/// nothing has to be changed.
pub(super) fn balanced(html: &str, bare: bool) -> Option<String> {
    let mut balance = Balance::default();
    let mut name = String::new();
    let mut start = 0;
    let tag_start = |span: Span| {
        html[..(span.start + 1).min(html.len())]
            .rfind('<')
            .unwrap_or(span.start)
    };
    let mut emitter = CallbackEmitter::new(
        |event: CallbackEvent<'_>, span: Span| -> Option<std::convert::Infallible> {
            match event {
                CallbackEvent::OpenStartTag { name: found } => {
                    name = String::from_utf8_lossy(found).into_owned();
                    start = tag_start(span);
                }
                CallbackEvent::CloseStartTag { self_closing } if !VOID.contains(&name.as_str()) => {
                    balance.begin(&name, start, self_closing)
                }
                CallbackEvent::CloseStartTag { self_closing: true } if bare => {
                    let end = span.end.min(html.len());
                    let slash = html[start..end].rfind('/').map_or(end, |at| start + at);
                    let at = html[..slash].trim_end().len();
                    balance.changes.push(Change {
                        at,
                        until: slash + 1,
                        with: String::new(),
                    });
                }
                CallbackEvent::EndTag { name: found } => {
                    balance.end(
                        &String::from_utf8_lossy(found),
                        tag_start(span),
                        span.end.min(html.len()),
                    );
                }
                _ => {}
            }
            None
        },
    );
    emitter.naively_switch_states(true);
    let Ok(()) = Tokenizer::new_with_emitter(html, emitter).finish();
    balance.close(0, html.len());
    balance.apply(html)
}

impl Balance {
    fn begin(&mut self, name: &str, at: usize, self_closing: bool) {
        // In a drawing or a formula an element may end with its own tag.
        let is_drawn = |name: &str| name == "svg" || name == "math";
        if self_closing && (is_drawn(name) || self.open.iter().any(|open| is_drawn(open))) {
            return;
        }
        if BLOCKS.contains(&name) {
            // A paragraph ends by itself where a block begins; before a `div` DocFX says so.
            while self.open.last().is_some_and(|open| open == "p") {
                let implied: &[&str] = if name == "div" { &[] } else { &["p"] };
                self.close_all_but(self.open.len() - 1, implied, at);
            }
        }
        if let Some((_, ended, limits)) = SIBLINGS.iter().find(|(known, ..)| *known == name) {
            let reach = self
                .open
                .iter()
                .rposition(|open| limits.contains(&open.as_str()))
                .map_or(0, |limit| limit + 1);
            if let Some(sibling) = self.open[reach..]
                .iter()
                .position(|open| ended.contains(&open.as_str()))
                .map(|at| reach + at)
            {
                self.close_all_but(sibling, ended, at);
            }
        }
        self.open.push(name.to_owned());
    }

    fn end(&mut self, name: &str, at: usize, until: usize) {
        match self.open.iter().rposition(|open| open == name) {
            Some(open) => {
                self.close(open + 1, at);
                self.open.truncate(open);
            }
            None => self.changes.push(Change {
                at,
                until,
                with: String::new(),
            }),
        }
    }

    /// Ends what is open from `from` on, innermost first.
    fn close(&mut self, from: usize, at: usize) {
        self.close_all_but(from, &[], at);
    }

    /// The same, but elements in `implied` end by themselves.
    fn close_all_but(&mut self, from: usize, implied: &[&str], at: usize) {
        let ends: String = self.open[from.min(self.open.len())..]
            .iter()
            .rev()
            .filter(|open| !implied.contains(&open.as_str()))
            .map(|open| format!("</{}>", open))
            .collect();
        self.open.truncate(from);
        if !ends.is_empty() {
            self.changes.push(Change {
                at,
                until: at,
                with: ends,
            });
        }
    }

    fn apply(self, html: &str) -> Option<String> {
        if self.changes.is_empty() {
            return None;
        }
        let mut out = String::with_capacity(html.len() + 64);
        let mut done = 0;
        for change in self.changes {
            let (Some(before), true) = (
                html.get(done..change.at),
                html.is_char_boundary(change.until),
            ) else {
                continue;
            };
            out.push_str(before);
            out.push_str(&change.with);
            done = change.until.max(change.at);
        }
        out.push_str(html.get(done..).unwrap_or(""));
        Some(out)
    }
}
