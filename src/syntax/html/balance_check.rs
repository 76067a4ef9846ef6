//! Pieces of raw HTML as they are written -> whether all of it is surely balanced. Most raw HTML is an anchor, a picture or a comment, and to
//! see that is far quicker than to tokenize the finished page once more: only pages that are in doubt are balanced.
//!
//! A wrong doubt costs time, a wrong certainty breaks a page: everything unusual is in doubt.

/// Elements that may be in a paragraph and end only by their own end tag.
const INLINE: [&str; 22] = [
    "a", "abbr", "b", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s",
    "samp", "small", "span", "strong", "sub", "sup", "u", "var",
];

/// Void elements that end no other element when they begin.
const INLINE_VOID: [&str; 3] = ["br", "img", "wbr"];

/// What is known of the raw HTML so far.
#[derive(Debug, Default)]
pub struct BalanceCheck {
    /// The elements that are open.
    open: Vec<&'static str>,
    in_doubt: bool,
}

impl BalanceCheck {
    /// How many elements are open, to be given to [`Self::leave`] at the end of the element that begins here.
    pub fn level(&self) -> usize {
        self.open.len()
    }

    /// Ends an element that began at `level`. HTML may not close inside what was opened outside, nor leave open what it opened.
    pub fn leave(&mut self, level: usize) {
        // `<b>` before an alert and `</b>` in it would be balanced as text, but not as a tree.
        self.in_doubt |= self.open.len() != level;
        self.open.truncate(level);
    }

    /// True if [`balanced`](super::balance::balanced) has nothing to do.
    pub fn is_surely_balanced(&self) -> bool {
        !self.in_doubt && self.open.is_empty()
    }

    /// Takes a piece of raw HTML. `end_tags` are the texts written where elements end with their own tags, as `></a>` for `/>`.
    pub fn read<'e>(&mut self, html: &str, end_tags: impl Iterator<Item = &'e str>) {
        if !self.in_doubt {
            self.in_doubt = self.tags(html, end_tags).is_none();
        }
    }

    /// Nothing if the HTML is in doubt.
    fn tags<'e>(
        &mut self,
        mut html: &str,
        mut end_tags: impl Iterator<Item = &'e str>,
    ) -> Option<()> {
        while let Some(at) = html.find('<') {
            html = &html[at + 1..];
            if let Some(comment) = html.strip_prefix("!--") {
                // `<!-->` is a whole comment (HTML standard, 13.2.5.44), whatever comes behind.
                if comment.starts_with(['>', '-']) {
                    return None;
                }
                html = &comment[comment.find("-->")? + 3..];
            } else if let Some(end_tag) = html.strip_prefix('/') {
                let (name, rest) = end_tag.split_at(end_tag.find('>')?);
                if self.open.pop()? != known(name.trim_end(), &INLINE)? {
                    return None;
                }
                html = rest;
            } else {
                let name_len = html.find(|sign: char| !sign.is_ascii_alphanumeric())?;
                let (name, rest) = html.split_at(name_len);
                let attributes = &rest[..attributes_len(rest)?];
                match known(name, &INLINE) {
                    Some(name) if attributes.ends_with('/') => {
                        let written = end_tags.next()?;
                        let ended = written.strip_prefix("></")?.strip_suffix('>')?;
                        if !ended.eq_ignore_ascii_case(name) {
                            return None;
                        }
                    }
                    Some(name) => self.open.push(name),
                    None => {
                        known(name, &INLINE_VOID)?;
                    }
                }
                html = &rest[attributes.len()..];
            }
        }
        Some(())
    }
}

fn known(name: &str, elements: &[&'static str]) -> Option<&'static str> {
    let known = |element: &&&str| element.eq_ignore_ascii_case(name);
    elements.iter().find(known).copied()
}

/// The length of `attributes` up to the `>` of their tag; nothing if a quote or a sign is where it can be read in two ways.
fn attributes_len(attributes: &str) -> Option<usize> {
    let mut quote = None;
    let mut before = ' ';
    for (at, sign) in attributes.char_indices() {
        match (quote, sign) {
            (Some(open), _) if sign == open => quote = None,
            (Some(_), _) => {}
            (None, '>') => return Some(at),
            (None, '<' | '\0') => return None,
            (None, '"' | '\'') if before == '=' => quote = Some(sign),
            (None, '"' | '\'') => return None,
            _ => {}
        }
        before = sign;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::html::balance::balanced;

    #[test]
    fn what_is_surely_balanced_is_balanced() {
        for html in [
            "",
            "a",
            "<a id=\"x\"></a>",
            "<A NAME=x>b</a >",
            "<b><i>x</i></b>",
            "<img src=\"a>b.png\"/><br><wbr />",
            "<!-- <div> -->x",
            "<span class='a' title=\"'<\">x</span>",
        ] {
            let mut check = BalanceCheck::default();
            check.read(html, std::iter::empty());
            assert!(check.is_surely_balanced(), "{html}");
            assert_eq!(balanced(html, false), None, "{html}");
        }
        for html in [
            "<a>",
            "</a>",
            "<b><i></b></i>",
            "<div></div>",
            "<a/>",
            "<!-- ",
            "<!--> x -->",
            "<p>",
            "a < b",
            "<a href=\"x>",
            "<a <b>",
            "<a b\"c>",
            "<script></script>",
            "</br>",
            "<",
            "<svg/>",
        ] {
            let mut check = BalanceCheck::default();
            check.read(html, std::iter::empty());
            assert!(!check.is_surely_balanced(), "{html}");
        }
        let mut check = BalanceCheck::default();
        check.read("<a id=\"x\" />y<b/>", ["></a>", "></b>"].into_iter());
        assert!(
            check.is_surely_balanced(),
            "what ends with its own tag is written with an end"
        );
        check.read("<a/>", ["></b>"].into_iter());
        assert!(!check.is_surely_balanced(), "and with its own");
        let mut check = BalanceCheck::default();
        check.read("<b>", std::iter::empty());
        let level = check.level();
        check.read("</b>", std::iter::empty());
        check.leave(level);
        assert!(
            !check.is_surely_balanced(),
            "what is opened outside is not closed inside"
        );
    }
}
