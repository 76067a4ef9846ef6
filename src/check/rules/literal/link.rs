//! `literal-link`: what was meant as a link or an image but is shown as text: a space in the address or before it, brackets the wrong way
//! round, a bracket that is missing, a size behind the address of an image.

use crate::diagnostic::{Code, Diagnostic, Fix};
use crate::message;
use crate::source::{Message, Span};
use crate::syntax::tree::NodeKind;

use super::link_text::opening;
use super::shown_text::{ShownBlock, ShownText};
use crate::check::typed_address::{closing_parenthesis, encoded, is_address};

pub(super) fn check(text: &ShownText<'_>, problems: &mut Vec<Diagnostic>) {
    let bytes = text.text().as_bytes();
    for block in &text.blocks {
        // A second bracket of the same link is no second problem.
        let mut reported_until = 0;
        for piece in text.pieces_of(block) {
            if piece.in_link {
                continue;
            }
            for at in piece.span.range() {
                if !matches!(bytes[at], b']' | b')' | b'[') || at < reported_until {
                    continue;
                }
                if let Some(problem) = problem_at(text, block, at) {
                    reported_until = problem.location.span.end as usize;
                    problems.push(problem);
                }
            }
        }
    }
    image_after_a_gap(text, problems);
}

/// The problem with the bracket at byte `at`.
fn problem_at(text: &ShownText<'_>, block: &ShownBlock, at: usize) -> Option<Diagnostic> {
    if text.is_escaped(at) {
        return None;
    }
    let rest = &text.text()[at + 1..text.near_line_end(at + 1)];
    if text.text().as_bytes()[at] == b'[' {
        return missing_bracket(text, at, rest);
    }
    if text.text().as_bytes()[at] == b')' {
        let inside = rest.strip_prefix('[')?;
        return reversed(text, block, at, inside);
    }
    let trimmed = rest.trim_start_matches([' ', '\t', '\u{A0}']);
    if let Some(inside) = rest.strip_prefix('{') {
        return braces(text, block, at, inside);
    }
    let inside = trimmed.strip_prefix('(')?;
    let link = LinkLike {
        text,
        span: Span::new(open_of(text, block, at)?, at + 1),
        address: at + 1 + rest.len() - inside.len(),
        inside,
    };
    if rest.len() == trimmed.len() {
        link.broken_address()
    } else {
        link.gap(at, rest.len() - trimmed.len())
    }
}

/// Where the link whose text ends at byte `close` begins; nothing if its bracket means something else.
fn open_of(text: &ShownText<'_>, block: &ShownBlock, close: usize) -> Option<usize> {
    let open = opening(text, block, close, [b'[', b']'])?;
    let label = text.text()[open + 1..close].trim();
    if text.text()[..open].ends_with('!') {
        return Some(open - 1);
    }
    // `a[0](x)` is code, `[x] (y)` a task, `[1] (y)` a note.
    let is_index = text
        .char_before(open)
        .is_some_and(|before| before.is_alphanumeric() || matches!(before, '_' | ')' | ']'));
    let is_mark = label.chars().count() < 2 || label.bytes().all(|byte| byte.is_ascii_digit());
    (!is_index && !is_mark).then_some(open)
}

/// `[text](address` or `[text] (address`, as far as it was found.
struct LinkLike<'a> {
    text: &'a ShownText<'a>,
    /// From its first sign to the bracket behind its text.
    span: Span,
    /// The first byte of the address.
    address: usize,
    /// From the address to the end of the line.
    inside: &'a str,
}

impl LinkLike<'_> {
    fn noun(&self) -> &'static str {
        match self.span.of(self.text.text()).starts_with('!') {
            true => "image",
            false => "link",
        }
    }

    fn problem(&self, end: usize, why: &str, help: Message, fix: Option<Fix>) -> Diagnostic {
        let span = Span::new(self.span.start as usize, end);
        let message = message!(
            "this {noun} is shown as text: {why}",
            noun = self.noun(),
            why
        );
        let problem = self.text.problem(Code::LiteralLink, span, message);
        Diagnostic {
            fix,
            ..problem.help(help)
        }
    }

    /// `](` with an address that is none.
    fn broken_address(&self) -> Option<Diagnostic> {
        let Some(len) = closing_parenthesis(self.inside) else {
            return self.unclosed();
        };
        let (inner, end) = (&self.inside[..len], self.address + len + 1);
        let typed = inner.trim();
        // Before spaces are looked for: the size begins with one, and encoding that would make it
        // part of the address.
        if let Some(problem) = self.sized(typed, end) {
            return Some(problem);
        }
        let path = typed.split(['"', '\'']).next().unwrap_or(typed).trim_end();
        if !is_address(path.trim_start_matches('<')) {
            return None;
        }
        // Links don't contain links, at any depth: the inner one wins (CommonMark 6.3).
        if self.has_link_inside() {
            let why = "a link cannot be in the text of a link";
            let help = "Take one of the two links out.".into();
            return Some(self.problem(end, why, help, None));
        }
        if path.len() < typed.len() && !path.contains([' ', '\t']) {
            let why = "what follows the address is no title";
            let help = message!("Write `({path} \"title\")`, or only `({path})`.", path);
            return Some(self.problem(end, why, help, None));
        }
        if let Some(bare) = typed.strip_prefix('<').filter(|_| !typed.contains('>')) {
            let span = Span::new(self.address, self.address + len);
            let whole = format!("<{bare}>");
            let fix = self
                .text
                .fix(message!("write `{whole}`", whole), true, &[(span, &whole)]);
            let help = message!("Write `({whole})`.", whole);
            return Some(self.problem(end, "the `>` of the address is missing", help, fix));
        }
        if !typed.contains([' ', '\t']) || typed.contains('<') {
            return None;
        }
        let address = encoded(typed);
        let span = Span::new(self.address, self.address + len);
        let fix = self.text.fix(
            message!("write `{address}`", address),
            true,
            &[(span, &address)],
        );
        let help = match typed.contains(": ") {
            true => message!("Write `({address})`.", address),
            false => message!("Write `({address})`, or `(<{typed}>)`.", address, typed),
        };
        Some(self.problem(end, "a space ends the address", help, fix))
    }

    /// `![x](picture.png =200x100)`
    fn sized(&self, typed: &str, end: usize) -> Option<Diagnostic> {
        let (path, size) = typed.split_once(" =")?;
        let is_size = !size.is_empty()
            && size
                .bytes()
                .all(|byte| byte.is_ascii_digit() || matches!(byte, b'x' | b'*' | b'%'));
        if !is_size || path.contains(' ') {
            return None;
        }
        let (width, _) = size.split_once(['x', '*']).unwrap_or((size, ""));
        let help = match width.is_empty() {
            true => message!("Write `({path})`, without the size.", path),
            false => message!(
                "Write `({path})`, or `<img src=\"{path}\" alt=\"...\" width=\"{width}\">` to set the size.",
                path,
                width
            ),
        };
        let start = self.address + self.inside.find(path)?;
        let span = Span::new(start + path.len(), end - 1);
        let fix = self
            .text
            .fix("remove the size".into(), false, &[(span, "")]);
        Some(self.problem(end, "Markdown has no size behind an address", help, fix))
    }

    fn unclosed(&self) -> Option<Diagnostic> {
        let word = self.inside.split_whitespace().next()?;
        let address = word.trim_end_matches(['.', ',', ';', ':', '*', '_']);
        if !is_address(address) || self.inside.starts_with(' ') {
            return None;
        }
        let end = self.address + address.len();
        let help = message!("Write `({address})`.", address);
        // Only at the end of a line it is certain where the address ends.
        let is_last = self.inside.trim_end().len() == word.len();
        let fix = self.text.fix(
            "add the parenthesis `)`".into(),
            is_last,
            &[(Span::at(end), ")")],
        );
        Some(self.problem(end, "the `)` is missing", help, fix))
    }

    /// `[text] (address)`: `gap` bytes of white space are behind the bracket at `close`.
    fn gap(&self, close: usize, gap: usize) -> Option<Diagnostic> {
        let len = closing_parenthesis(self.inside)?;
        let address = self.inside[..len].trim();
        if address.contains([' ', '\t']) || !is_address(address) {
            return None;
        }
        let end = self.address + len + 1;
        let span = Span::new(close + 1, close + 1 + gap);
        let fix = self
            .text
            .fix("remove the space".into(), true, &[(span, "")]);
        let help = message!(
            "Write `]({address})`, without a space between the brackets.",
            address
        );
        Some(self.problem(end, "there is a space between `]` and `(`", help, fix))
    }

    fn has_link_inside(&self) -> bool {
        let inside = |span: Span| self.span.start < span.start && span.end < self.span.end;
        let mut nodes = self.text.nodes.iter();
        nodes.any(|node| matches!(node.kind, NodeKind::Link(..)) && inside(node.span))
    }
}

/// `(text)[address]`: the `)` is at byte `close`, and `inside` follows the bracket.
fn reversed(
    text: &ShownText<'_>,
    block: &ShownBlock,
    close: usize,
    inside: &str,
) -> Option<Diagnostic> {
    let address = address_before(inside, ']')?;
    let open = opening(text, block, close, [b'(', b')'])?;
    let words = &text.text()[open + 1..close];
    if !words.contains(char::is_alphabetic) {
        return None;
    }
    let end = close + 2 + address.len() + 1;
    let right = format!("[{words}]({address})");
    let span = Span::new(open, end);
    let message = "this link is shown as text: its brackets are the wrong way round";
    let fix = text.fix(message!("write `{right}`", right), true, &[(span, &right)]);
    let problem = text.problem(Code::LiteralLink, span, message);
    Some(Diagnostic {
        fix,
        ..problem.help(message!("Write `{right}`.", right))
    })
}

/// `[text]{address}`
fn braces(
    text: &ShownText<'_>,
    block: &ShownBlock,
    close: usize,
    inside: &str,
) -> Option<Diagnostic> {
    let address = address_before(inside, '}')?;
    let open = open_of(text, block, close)?;
    let end = close + 2 + address.len() + 1;
    let span = Span::new(open, end);
    let message = "this link is shown as text: its address is in braces";
    let right = format!("({address})");
    let fix = text.fix(
        message!("write `{right}`", right),
        true,
        &[(Span::new(close + 1, end), &right)],
    );
    let problem = text.problem(Code::LiteralLink, span, message);
    Some(Diagnostic {
        fix,
        ..problem.help(message!("Write `]{typed_address}`.", typed_address = right))
    })
}

/// The address between the start of `inside` and the sign that closes its brackets.
fn address_before(inside: &str, close: char) -> Option<&str> {
    let (address, _) = inside.split_once(close)?;
    (is_address(address) && !address.contains(' ')).then_some(address)
}

/// `[text(address)`: the bracket is at byte `open`, and `rest` follows it.
fn missing_bracket(text: &ShownText<'_>, open: usize, rest: &str) -> Option<Diagnostic> {
    let (words, inside) = rest.split_once('(')?;
    let len = closing_parenthesis(inside)?;
    let address = inside[..len].trim();
    let is_text = words.contains(char::is_alphabetic) && !words.contains(['[', ']', '`', '<']);
    if !is_text || !is_address(address) || address.contains(' ') || rest.contains(']') {
        return None;
    }
    let middle = open + 1 + words.trim_end().len();
    let start = if text.text()[..open].ends_with('!') {
        open - 1
    } else {
        open
    };
    let span = Span::new(start, open + 1 + words.len() + 1 + len + 1);
    let message = "this link is shown as text: the `]` behind its text is missing";
    let gap = Span::new(middle, open + 1 + words.len());
    let fix = text.fix("add the bracket `]`".into(), true, &[(gap, "]")]);
    let problem = text.problem(Code::LiteralLink, span, message);
    Some(Diagnostic {
        fix,
        ..problem.help(message!(
            "Write `[{words}]({address})`.",
            words = words.trim_end(),
            address
        ))
    })
}

/// `! [text](picture.png)`: a link with a `!` before it.
fn image_after_a_gap(text: &ShownText<'_>, problems: &mut Vec<Diagnostic>) {
    const PICTURES: [&str; 7] = ["png", "jpg", "jpeg", "gif", "svg", "webp", "bmp"];
    for node in text.nodes {
        let NodeKind::Link(reference, _) = node.kind else {
            continue;
        };
        let start = node.span.start as usize;
        let before = &text.text()[..start];
        let Some(rest) = before.strip_suffix("! ") else {
            continue;
        };
        let target = text.document.refs.get(reference as usize);
        let extension = target.and_then(|reference| reference.target.rsplit_once('.'));
        let is_picture = extension.is_some_and(|(_, extension)| {
            PICTURES
                .iter()
                .any(|known| known.eq_ignore_ascii_case(extension))
        });
        // `Se her! [x](y.png)` ends a sentence.
        if !is_picture || !(rest.is_empty() || rest.ends_with(char::is_whitespace)) {
            continue;
        }
        let span = Span::new(rest.len(), node.span.end as usize);
        let message = "this image is shown as a link: there is a space behind `!`";
        let gap = Span::new(start - 1, start);
        let fix = text.fix("remove the space".into(), true, &[(gap, "")]);
        let problem = text.problem(Code::LiteralLink, span, message);
        problems.push(Diagnostic {
            fix,
            ..problem.help("Write `![`, without a space between the two signs.")
        });
    }
}
