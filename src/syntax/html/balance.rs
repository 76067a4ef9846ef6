//! HTML with raw HTML in it -> the same with every element closed and no end tag without a start tag, as DocFX's pages have it (DocFX spec
//! 11.1): what an author left open ends with the element around it, so that it can't take in the rest of the page. Everything else
//! stays byte for byte. Knows when elements end, not what they mean.

use std::ops::Range;

use super::elements::is_void;
use super::tokenizer::{Token, tokenize};

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

/// An element, the open elements it ends when it begins, and the elements whose outside it can't reach (HTML standard, 13.1.2.4): a `td`
/// ends the `td` before it, but not one of a table around its own.
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

/// Bytes of the text to replace.
struct TagEdit {
    range: Range<usize>,
    with: String,
}

#[derive(Default)]
struct Balancer {
    /// The names of elements whose end tag hasn't come yet, outermost first.
    open: Vec<String>,
    /// In text order.
    edits: Vec<TagEdit>,
}

/// Closes every element of `html` and drops end tags without a start tag; if `bare`, also the slash of void elements, which DocFX drops
/// when it writes a page. `None` if nothing has to be changed.
pub fn balanced(html: &str, bare: bool) -> Option<String> {
    let mut balancer = Balancer::default();
    tokenize(html, |token, range| match token {
        Token::StartTag {
            element,
            self_closing,
        } => {
            if !is_void(element) {
                balancer.start(element, range.start, self_closing);
            } else if self_closing && bare {
                balancer.drop_slash(html, range);
            }
        }
        Token::EndTag { element } => balancer.end(&element, range),
        Token::Attribute { .. } | Token::Comment | Token::Text(_) => {}
    });
    // What is still open ends with the text: on a page the frame of the theme follows.
    balancer.close(0, html.len());
    balancer.apply(html)
}

impl Balancer {
    fn start(&mut self, name: &str, at: usize, self_closing: bool) {
        // In foreign content an element may end with its own tag (HTML standard, 13.2.6.5).
        if self_closing && (is_foreign(name) || self.open.iter().any(|open| is_foreign(open))) {
            return;
        }
        if BLOCKS.contains(&name) {
            // A paragraph ends by itself where a block begins. Before a `div` DocFX writes its end tag all the same.
            let implied: &[&str] = if name == "div" { &[] } else { &["p"] };
            while self.open.last().is_some_and(|open| open == "p") {
                self.close_except(self.open.len() - 1, implied, at);
            }
        }
        for (element, ended, limits) in SIBLINGS {
            if element == name {
                self.end_sibling(ended, limits, at);
            }
        }
        self.open.push(name.to_owned());
    }

    /// Ends the outermost of the `ended` elements that isn't outside of a limit.
    fn end_sibling(&mut self, ended: &[&str], limits: &[&str], at: usize) {
        let mut reach = 0;
        for (number, open) in self.open.iter().enumerate() {
            if limits.contains(&open.as_str()) {
                reach = number + 1;
            }
        }
        for number in reach..self.open.len() {
            if ended.contains(&self.open[number].as_str()) {
                self.close_except(number, ended, at);
                return;
            }
        }
    }

    fn end(&mut self, name: &str, range: Range<usize>) {
        // An end tag ends the innermost element of its name, and all that is open in it (HTML
        // standard, 13.2.6.4.7).
        match self.open.iter().rposition(|open| open == name) {
            Some(open) => {
                self.close(open + 1, range.start);
                self.open.truncate(open);
            }
            None => self.edits.push(TagEdit {
                range,
                with: String::new(),
            }),
        }
    }

    /// `<br />` -> `<br>`
    fn drop_slash(&mut self, html: &str, tag: Range<usize>) {
        let slash = match html[tag.clone()].rfind('/') {
            Some(at) => tag.start + at,
            None => tag.end,
        };
        let attributes_end = html[..slash].trim_end().len();
        self.edits.push(TagEdit {
            range: attributes_end..slash + 1,
            with: String::new(),
        });
    }

    /// Ends at byte `at` what is open from number `from` on, innermost first.
    fn close(&mut self, from: usize, at: usize) {
        self.close_except(from, &[], at);
    }

    /// The same, but elements in `implied` end without an end tag.
    fn close_except(&mut self, from: usize, implied: &[&str], at: usize) {
        let mut end_tags = String::new();
        for open in self.open.drain(from.min(self.open.len())..).rev() {
            if !implied.contains(&open.as_str()) {
                end_tags.push_str(&format!("</{open}>"));
            }
        }
        if !end_tags.is_empty() {
            self.edits.push(TagEdit {
                range: at..at,
                with: end_tags,
            });
        }
    }

    fn apply(self, html: &str) -> Option<String> {
        if self.edits.is_empty() {
            return None;
        }
        let mut out = String::with_capacity(html.len() + 64);
        let mut done = 0;
        for TagEdit { range, with } in self.edits {
            // A slash before a broken character has no range that can be cut out.
            let Some(before) = html.get(done..range.start) else {
                continue;
            };
            if !html.is_char_boundary(range.end) {
                continue;
            }
            out.push_str(before);
            out.push_str(&with);
            done = range.end.max(range.start);
        }
        out.push_str(html.get(done..).unwrap_or(""));
        Some(out)
    }
}

/// True for the roots of drawings and formulas.
fn is_foreign(name: &str) -> bool {
    name == "svg" || name == "math"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_open_ends_with_the_element_around_it() {
        for (html, expected) in [
            ("<div><b>x</div>y", "<div><b>x</b></div>y"),
            ("<ul><li>a<li>b</ul>", "<ul><li>a<li>b</li></ul>"),
            ("<p>a<div>b</div>", "<p>a</p><div>b</div>"),
            ("a</span>b", "ab"),
            ("<i>", "<i></i>"),
        ] {
            assert_eq!(balanced(html, false).as_deref(), Some(expected), "{html}");
        }
    }

    #[test]
    fn balanced_html_is_left_alone() {
        for html in [
            "<p>a</p>",
            "<br/>",
            "<svg><path d=''/></svg>",
            "<!-- <b> -->",
            "<p>a<p>b</p>",
        ] {
            assert_eq!(balanced(html, false), None, "{html}");
        }
        assert_eq!(balanced("<br />x", true).as_deref(), Some("<br>x"));
    }
}
