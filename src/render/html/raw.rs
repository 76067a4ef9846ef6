//! Pieces of raw HTML as they are written -> whether the whole could hold an element that is not closed. Most raw HTML is an anchor, a
//! picture or a comment, and to see that is far quicker than to read the finished page once more.

/// Elements that may stand among words and end only by their own tag.
const PLAIN: [&str; 22] = [
    "a", "abbr", "b", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s",
    "samp", "small", "span", "strong", "sub", "sup", "u", "var",
];

/// Elements without an end that nothing ends at.
const EMPTY: [&str; 3] = ["br", "img", "wbr"];

#[derive(Debug, Default)]
pub(super) struct Raw {
    /// The elements that are open.
    open: Vec<&'static str>,
    doubtful: bool,
}

impl Raw {
    /// How much is open where something begins that must end with as much.
    pub fn level(&self) -> usize {
        self.open.len()
    }

    /// Something ends that began when so much was open.
    pub fn leave(&mut self, level: usize) {
        self.doubtful |= self.open.len() != level;
        self.open.truncate(level);
    }

    /// True if the elements have to be looked at more closely.
    pub fn is_doubtful(&self) -> bool {
        self.doubtful || !self.open.is_empty()
    }

    /// Takes a piece of raw HTML. `ends` are written where elements end with their own tags, as `></a>` for `/>`.
    pub fn read<'e>(&mut self, html: &str, ends: impl Iterator<Item = &'e str>) {
        if !self.doubtful {
            self.doubtful = self.pieces(html, ends).is_none();
        }
    }

    fn pieces<'e>(
        &mut self,
        mut html: &str,
        mut ends: impl Iterator<Item = &'e str>,
    ) -> Option<()> {
        while let Some(at) = html.find('<') {
            html = &html[at + 1..];
            html = if let Some(comment) = html.strip_prefix("!--") {
                let end = comment
                    .find("-->")
                    .filter(|_| !comment.starts_with(['>', '-']))?;
                &comment[end + 3..]
            } else if let Some(end) = html.strip_prefix('/') {
                let (name, rest) = end.split_at(end.find('>')?);
                (self.open.pop()? == known(name.trim_end(), &PLAIN)?).then_some(rest)?
            } else {
                let name = &html[..html.find(|sign: char| !sign.is_ascii_alphanumeric())?];
                let end = tag_end(&html[name.len()..])?;
                let inside = &html[name.len()..name.len() + end];
                match known(name, &PLAIN) {
                    Some(name) if inside.ends_with('/') => {
                        let end = ends.next()?.strip_prefix("></")?.strip_suffix('>')?;
                        end.eq_ignore_ascii_case(name).then_some(())?;
                    }
                    Some(name) => self.open.push(name),
                    None => _ = known(name, &EMPTY)?,
                }
                &html[name.len() + end..]
            };
        }
        Some(())
    }
}

fn known(name: &str, list: &[&'static str]) -> Option<&'static str> {
    list.iter()
        .find(|known| known.eq_ignore_ascii_case(name))
        .copied()
}

/// Where the `>` of a tag is, behind attributes that leave no doubt.
fn tag_end(attributes: &str) -> Option<usize> {
    let mut quote = None;
    let mut before = ' ';
    for (at, sign) in attributes.char_indices() {
        match (quote, sign) {
            (Some(open), _) => quote = (sign != open).then_some(open),
            (None, '>') => return Some(at),
            (None, '<' | '\0') => return None,
            (None, '"' | '\'') => quote = (before == '=').then_some(Some(sign))?,
            _ => {}
        }
        before = sign;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::html::balance::balanced;

    #[test]
    fn what_leaves_no_doubt_is_in_balance() {
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
            let mut raw = Raw::default();
            raw.read(html, std::iter::empty());
            assert!(!raw.is_doubtful(), "{html}");
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
            let mut raw = Raw::default();
            raw.read(html, std::iter::empty());
            assert!(raw.is_doubtful(), "{html}");
        }
        let mut raw = Raw::default();
        raw.read("<a id=\"x\" />y<b/>", ["></a>", "></b>"].into_iter());
        assert!(
            !raw.is_doubtful(),
            "what ends with its own tag is written with an end"
        );
        raw.read("<a/>", ["></b>"].into_iter());
        assert!(raw.is_doubtful(), "and with its own");
        let mut raw = Raw::default();
        raw.read("<b>", std::iter::empty());
        let level = raw.level();
        raw.read("</b>", std::iter::empty());
        raw.leave(level);
        assert!(
            raw.is_doubtful(),
            "what is opened outside is not closed inside"
        );
    }
}
