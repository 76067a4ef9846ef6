//! Code + a grammar -> its parts, in one walk. Every byte is looked at a bounded number of times, whatever the code.

use super::grammar::{Grammar, Quote};
use super::{Marks, Part};

/// A text with code inside: which, and how many brackets are open in the code.
struct Open<'g> {
    quote: &'g Quote,
    end: &'g str,
    depth: usize,
}

struct Walk<'g, 'c, 'm> {
    grammar: &'g Grammar,
    code: &'c str,
    base: usize,
    at: usize,
    marks: &'m mut Marks,
    open: Vec<Open<'g>>,
    /// True where a value may begin: there `/` begins a pattern and `-` an option.
    value_next: bool,
    /// True where a command may stand.
    command_next: bool,
    /// True if nothing but blanks stands before on the line.
    line_start: bool,
    /// Up to here there is no end for a pattern.
    no_pattern: usize,
}

/// Nobody writes code in a text in code ... deeper than this.
const DEEPEST: usize = 16;

pub(super) fn read(grammar: &Grammar, code: &str, base: usize, marks: &mut Marks) {
    let mut walk = Walk {
        grammar,
        code,
        base,
        at: 0,
        marks,
        open: Vec::new(),
        value_next: true,
        command_next: true,
        line_start: true,
        no_pattern: 0,
    };
    while let Some(char) = walk.rest().chars().next() {
        walk.step(char);
    }
}

impl<'g> Walk<'g, '_, '_> {
    fn rest(&self) -> &str {
        &self.code[self.at..]
    }

    fn add(&mut self, part: Part, end: usize) {
        self.marks.add(part, self.base + self.at, self.base + end);
        self.at = end;
    }

    fn line_end(&self) -> usize {
        self.rest()
            .find('\n')
            .map_or(self.code.len(), |length| self.at + length)
    }

    fn step(&mut self, char: char) {
        if char == '\n' {
            self.at += 1;
            (self.line_start, self.command_next, self.value_next) = (true, true, true);
            return;
        }
        if char.is_whitespace() {
            self.at += char.len_utf8();
            return;
        }
        let first = std::mem::take(&mut self.line_start);
        if self.comment(first)
            || first && self.directive()
            || self.quote()
            || self.variable()
            || self.pattern(char)
        {
            return;
        }
        if char.is_ascii_digit() {
            return self.number();
        }
        if self.options(char) || self.word(char) {
            return;
        }
        self.sign(char);
    }

    fn comment(&mut self, first: bool) -> bool {
        let grammar = self.grammar;
        let before = self.code[..self.at].chars().next_back();
        for (begin, end) in &grammar.comments {
            if !starts(self.rest(), begin, grammar.ignore_case) {
                continue;
            }
            let after = self.at + begin.len();
            let is_word = begin.starts_with(char::is_alphabetic);
            if is_word
                && (!first || self.code[after..].starts_with(|char: char| char.is_alphanumeric()))
            {
                continue;
            }
            // `$#` and `a#b` are none.
            if begin == "#"
                && before.is_some_and(|before| !before.is_whitespace() && !";(){}".contains(before))
            {
                continue;
            }
            let end = match end.is_empty() {
                true => self.line_end(),
                false => self.code[after..]
                    .find(end.as_str())
                    .map_or(self.code.len(), |length| after + length + end.len()),
            };
            self.add(Part::Comment, end);
            return true;
        }
        false
    }

    /// A line that says something about the code.
    fn directive(&mut self) -> bool {
        let begins = self
            .grammar
            .meta
            .iter()
            .any(|begin| self.rest().starts_with(begin.as_str()));
        if begins {
            self.add(Part::Meta, self.line_end());
        }
        begins
    }

    fn quote(&mut self) -> bool {
        let Some(quote) = self
            .grammar
            .quotes
            .iter()
            .find(|quote| self.rest().starts_with(quote.begin.as_str()))
        else {
            return false;
        };
        let (start, outer) = (self.at, self.open.len());
        self.inside(quote, start + quote.begin.len());
        let is_key = self.grammar.keys && self.is_key();
        if let Some(last) = self
            .marks
            .0
            .last_mut()
            .filter(|last| is_key && last.start == self.base + start)
        {
            last.part = Part::Attribute;
        }
        // Inside the text there may be code now.
        if self.open.len() == outer {
            (self.value_next, self.command_next) = (false, false);
        }
        true
    }

    /// The text of a quote from `from` on, up to its end or to code inside it.
    fn inside(&mut self, quote: &'g Quote, from: usize) {
        let mut at = from;
        let bytes = self.code;
        while at < bytes.len() {
            let rest = &bytes[at..];
            let doubled = !quote.escape.is_empty() && quote.escape == quote.end;
            if doubled
                && rest.starts_with(quote.end.as_str())
                && rest[quote.end.len()..].starts_with(quote.end.as_str())
            {
                at += 2 * quote.end.len();
            } else if rest.starts_with(quote.end.as_str()) {
                return self.add(Part::Text, at + quote.end.len());
            } else if !quote.escape.is_empty() && rest.starts_with(quote.escape.as_str()) {
                at += quote.escape.len();
                at += bytes[at..]
                    .chars()
                    .next()
                    .filter(|char| *char != '\n')
                    .map_or(0, char::len_utf8);
            } else if let Some((begin, end)) = quote
                .code
                .as_ref()
                .filter(|(begin, _)| rest.starts_with(begin.as_str()))
            {
                // A doubled bracket stands for itself.
                if begin.len() == 1 && rest[1..].starts_with(begin.as_str()) {
                    at += 2;
                    continue;
                }
                if self.open.len() == DEEPEST {
                    at += begin.len();
                    continue;
                }
                self.add(Part::Text, at);
                self.at = at + begin.len();
                self.open.push(Open {
                    quote,
                    end,
                    depth: 0,
                });
                (self.value_next, self.command_next) = (true, true);
                return;
            } else if let Some(end) = quote.variables.then(|| self.variable_end(at)).flatten() {
                self.add(Part::Text, at);
                self.add(Part::Variable, end);
                at = end;
            } else if rest.starts_with('\n') && !quote.lines {
                return self.add(Part::Text, at);
            } else {
                at += rest.chars().next().map_or(1, char::len_utf8);
            }
        }
        self.add(Part::Text, bytes.len());
    }

    fn variable(&mut self) -> bool {
        let Some(end) = self.variable_end(self.at) else {
            return false;
        };
        let name = &self.code[self.at..end];
        let known = if self.grammar.ignore_case {
            self.grammar.words.get(&name.to_lowercase())
        } else {
            self.grammar.words.get(name)
        };
        self.add(known.copied().unwrap_or(Part::Variable), end);
        (self.value_next, self.command_next) = (false, false);
        true
    }

    /// The end of the variable at `at`, if there is one.
    fn variable_end(&self, at: usize) -> Option<usize> {
        let rest = &self.code[at..];
        self.grammar.variables.iter().find_map(|(begin, end)| {
            let name = rest.strip_prefix(begin.as_str())?;
            let length = name
                .find(|char: char| !char.is_alphanumeric() && !matches!(char, '_' | ':'))
                .unwrap_or(name.len());
            let length = name[..length].trim_end_matches(':').len();
            let closed = name[length..].starts_with(end.as_str());
            (length > 0 && closed).then(|| at + begin.len() + length + end.len())
        })
    }

    /// `/.../flags`, where a value may begin.
    fn pattern(&mut self, char: char) -> bool {
        if char != '/' || !self.grammar.patterns || !self.value_next || self.at < self.no_pattern {
            return false;
        }
        let (mut in_class, mut escaped, mut line_end) = (false, false, self.code.len());
        for (offset, char) in self.rest().char_indices().skip(1) {
            match char {
                '\n' => {
                    line_end = self.at + offset;
                    break;
                }
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '[' => in_class = true,
                ']' => in_class = false,
                '/' if !in_class => {
                    let flags = &self.code[self.at + offset + 1..];
                    let flags = flags
                        .find(|char: char| !char.is_ascii_lowercase())
                        .unwrap_or(flags.len());
                    self.add(Part::Text, self.at + offset + 1 + flags);
                    self.value_next = false;
                    return true;
                }
                _ => {}
            }
        }
        self.no_pattern = line_end;
        false
    }

    fn number(&mut self) {
        let bytes = self.code.as_bytes();
        let mut end = self.at + 1;
        while end < bytes.len() {
            let digit_after = bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
            match bytes[end] {
                byte if byte.is_ascii_alphanumeric() || byte == b'_' => end += 1,
                b'.' if digit_after => end += 1,
                b'+' | b'-'
                    if matches!(bytes[end - 1], b'e' | b'E')
                        && digit_after
                        && !self.code[self.at..end].starts_with("0x") =>
                {
                    end += 1
                }
                b'%' if self.grammar.keys => end += 1,
                _ => break,
            }
        }
        self.add(Part::Number, end);
        (self.value_next, self.command_next) = (false, false);
    }

    /// `-name`, after a blank.
    fn options(&mut self, char: char) -> bool {
        if char != '-'
            || !self.grammar.options
            || !self.code[..self.at].ends_with(|before: char| before.is_whitespace())
        {
            return false;
        }
        let rest = self.rest();
        let dashes = if rest.starts_with("--") { 2 } else { 1 };
        if !rest[dashes..].starts_with(char::is_alphabetic) {
            return false;
        }
        let name = &rest[dashes..];
        let length = name
            .find(|char: char| !char.is_alphanumeric() && !matches!(char, '-' | '_'))
            .unwrap_or(name.len());
        self.add(Part::Attribute, self.at + dashes + length);
        true
    }

    fn word(&mut self, char: char) -> bool {
        let grammar = self.grammar;
        let belongs =
            |char: char| char.is_alphanumeric() || char == '_' || grammar.letters.contains(&char);
        if !char.is_alphabetic() && char != '_' && !grammar.letters.contains(&char) {
            return false;
        }
        let length = self
            .rest()
            .find(|char: char| !belongs(char))
            .unwrap_or(self.rest().len());
        let (start, end) = (self.at, self.at + length);
        let word = &self.code[start..end];
        let member = self.code[..start].ends_with(['.', '>'])
            && !self.code[..start].ends_with("=>")
            && !self.code[..start].ends_with("..");
        let known = match grammar.ignore_case {
            true => grammar.words.get(&word.to_lowercase()),
            false => grammar.words.get(word),
        };
        let known = known.copied().filter(|_| !member);
        let after = self.code[end..].trim_start_matches([' ', '\t']);
        let next = after.chars().next().filter(|_| !after.starts_with("::"));
        let part = known
            .or_else(|| (grammar.keys && next == Some(':')).then_some(Part::Attribute))
            .or_else(|| (grammar.commands && self.command_next).then_some(Part::Function))
            .or_else(|| (grammar.calls && next == Some('(')).then_some(Part::Function))
            .or_else(|| (grammar.capitals && !member && char.is_uppercase()).then_some(Part::Type));
        match part {
            Some(part) => self.add(part, end),
            None => self.at = end,
        }
        // After `return` and the like a value may begin, after a name it can't; a command may follow `then` and the like.
        self.value_next = known == Some(Part::Keyword);
        self.command_next &= known == Some(Part::Keyword);
        true
    }

    fn sign(&mut self, char: char) {
        self.at += char.len_utf8();
        self.value_next = !matches!(char, ')' | ']' | '}');
        self.command_next =
            matches!(char, '|' | ';' | '&' | '(' | '{' | '`') || self.command_next && char == '@';
        let Some(open) = self.open.last_mut() else {
            return;
        };
        let before = self.at - char.len_utf8();
        if open.end.starts_with(char) && open.depth == 0 {
            let quote = open.quote;
            self.open.pop();
            self.inside(quote, before + char.len_utf8());
        } else if open.end.starts_with(char) {
            open.depth -= 1;
        } else if matches!((char, open.end), ('{', "}") | ('(', ")")) {
            open.depth += 1;
        }
    }

    fn is_key(&self) -> bool {
        self.rest().trim_start_matches([' ', '\t']).starts_with(':')
    }
}

fn starts(text: &str, with: &str, ignore_case: bool) -> bool {
    match ignore_case {
        true => text
            .get(..with.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(with)),
        false => text.starts_with(with),
    }
}
