//! Code and a grammar -> tokens, in one pass. Every byte is looked at a bounded number of times.

use super::cursor::{Cursor, length_until};
use super::grammar::{Grammar, Quote};
use super::token::TokenKind;

/// Strings with code with strings ... nest no deeper than this. A limit, so that no code can exhaust memory; real code has two or three.
const MAX_NESTING: usize = 16;

/// A string that embedded code is inside of.
struct OpenString<'g> {
    quote: &'g Quote,
    /// What ends the embedded code.
    code_end: &'g str,
    /// How many brackets are open in that code.
    brackets: usize,
}

struct GrammarLexer<'g, 'x, 'c, 't> {
    grammar: &'g Grammar,
    cursor: &'x mut Cursor<'c, 't>,
    open_strings: Vec<OpenString<'g>>,
    /// True where a value may begin: there `/` begins a regular expression.
    expects_value: bool,
    /// True where a command may begin.
    expects_command: bool,
    /// True if there are only blanks before on the line.
    at_line_start: bool,
    /// Up to this byte no regular expression ends. Remembered so that a line of slashes is not searched once for each of them.
    no_pattern_before: usize,
}

/// Tokenizes everything the cursor has left.
pub(super) fn tokenize(grammar: &Grammar, cursor: &mut Cursor<'_, '_>) {
    let mut lexer = GrammarLexer {
        grammar,
        cursor,
        open_strings: Vec::new(),
        expects_value: true,
        expects_command: true,
        at_line_start: true,
        no_pattern_before: 0,
    };
    while let Some(char) = lexer.cursor.peek() {
        lexer.step(char);
    }
}

impl<'g, 'c> GrammarLexer<'g, '_, 'c, '_> {
    fn step(&mut self, char: char) {
        if char == '\n' {
            self.cursor.at += 1;
            self.at_line_start = true;
            (self.expects_command, self.expects_value) = (true, true);
            return;
        }
        if char.is_whitespace() {
            self.cursor.at += char.len_utf8();
            return;
        }
        let first_on_line = std::mem::take(&mut self.at_line_start);
        if self.comment(first_on_line)
            || first_on_line && self.directive()
            || self.string()
            || self.variable()
            || self.regular_expression(char)
        {
            return;
        }
        if char.is_ascii_digit() {
            return self.number();
        }
        if self.option(char) || self.word(char) {
            return;
        }
        self.punctuation(char);
    }

    fn comment(&mut self, first_on_line: bool) -> bool {
        let grammar = self.grammar;
        // Strings are consumed as a whole, so that no `//` within one gets here.
        for (begin, end) in &grammar.comments {
            if !self.begins_comment(begin, first_on_line) {
                continue;
            }
            if end.is_empty() {
                let line_end = self.cursor.line_end();
                self.cursor.token(TokenKind::Comment, line_end);
                return true;
            }
            let after = self.cursor.at + begin.len();
            let end = match self.cursor.code[after..].find(end.as_str()) {
                Some(length) => after + length + end.len(),
                None => self.cursor.code.len(),
            };
            self.cursor.token(TokenKind::Comment, end);
            return true;
        }
        false
    }

    fn begins_comment(&self, begin: &str, first_on_line: bool) -> bool {
        let code = self.cursor.code;
        if !starts_with(self.cursor.rest(), begin, self.grammar.ignore_case) {
            return false;
        }
        // `rem` in batch files is a command: it comments only at the start of a line, and `remove` is another word.
        if begin.starts_with(char::is_alphabetic) {
            let after = &code[self.cursor.at + begin.len()..];
            return first_on_line && !after.starts_with(|char: char| char.is_alphanumeric());
        }
        // In shells and PowerShell `$#` and `a#b` contain no comment.
        if begin == "#"
            && let Some(before) = code[..self.cursor.at].chars().next_back()
        {
            return before.is_whitespace() || ";(){}".contains(before);
        }
        true
    }

    /// A line about the code: `#include`, `#region`.
    fn directive(&mut self) -> bool {
        for begin in &self.grammar.directives {
            if self.cursor.rest().starts_with(begin.as_str()) {
                let line_end = self.cursor.line_end();
                self.cursor.token(TokenKind::Meta, line_end);
                return true;
            }
        }
        false
    }

    fn string(&mut self) -> bool {
        let grammar = self.grammar;
        for quote in &grammar.quotes {
            if self.cursor.rest().starts_with(quote.begin.as_str()) {
                self.quoted(quote);
                return true;
            }
        }
        false
    }

    fn quoted(&mut self, quote: &'g Quote) {
        let (start, nesting) = (self.cursor.at, self.open_strings.len());
        self.string_content(quote, start + quote.begin.len());
        let after = self.cursor.rest().trim_start_matches([' ', '\t']);
        if self.grammar.keys && after.starts_with(':') {
            let start = self.cursor.base + start;
            self.cursor
                .tokens
                .reclassify_last(start, TokenKind::Attribute);
        }
        // Unless embedded code has begun: that starts like a line of its own.
        if self.open_strings.len() == nesting {
            (self.expects_value, self.expects_command) = (false, false);
        }
    }

    /// The content of a string from `from` on, up to its end or to code embedded in it.
    fn string_content(&mut self, quote: &'g Quote, from: usize) {
        let code = self.cursor.code;
        let mut at = from;
        while at < code.len() {
            let rest = &code[at..];
            if is_doubled_end(quote, rest) {
                at += 2 * quote.end.len();
            } else if rest.starts_with(quote.end.as_str()) {
                return self.cursor.token(TokenKind::Text, at + quote.end.len());
            } else if !quote.escape.is_empty() && rest.starts_with(quote.escape.as_str()) {
                at += quote.escape.len();
                // An escaped line break still ends the line.
                match code[at..].chars().next() {
                    Some('\n') | None => {}
                    Some(escaped) => at += escaped.len_utf8(),
                }
            } else if let Some(begin) = embedded_code(quote, rest) {
                // A doubled bracket is the bracket itself: `{{` in C# and Python.
                if begin.len() == 1 && rest[1..].starts_with(begin) {
                    at += 2;
                // Deeper code is coloured as the text of its string.
                } else if self.open_strings.len() == MAX_NESTING {
                    at += begin.len();
                } else {
                    return self.enter_code(quote, at, begin.len());
                }
            } else if quote.variables
                && let Some(end) = self.variable_end(at)
            {
                self.cursor.token(TokenKind::Text, at);
                self.cursor.token(TokenKind::Variable, end);
                at = end;
            // Most strings end with their line. An apostrophe in a comment of an unknown kind must not colour the rest of the code.
            } else if rest.starts_with('\n') && !quote.lines {
                return self.cursor.token(TokenKind::Text, at);
            } else {
                at += rest.chars().next().map_or(1, char::len_utf8);
            }
        }
        self.cursor.token(TokenKind::Text, code.len());
    }

    /// Ends the string for now at `at`, where embedded code begins with a marker of `length` bytes.
    fn enter_code(&mut self, quote: &'g Quote, at: usize, length: usize) {
        let Some((_, code_end)) = &quote.code else {
            return;
        };
        self.cursor.token(TokenKind::Text, at);
        self.cursor.at = at + length;
        self.open_strings.push(OpenString {
            quote,
            code_end,
            brackets: 0,
        });
        (self.expects_value, self.expects_command) = (true, true);
    }

    fn variable(&mut self) -> bool {
        let Some(end) = self.variable_end(self.cursor.at) else {
            return false;
        };
        let name = &self.cursor.code[self.cursor.at..end];
        let kind = self.grammar.word(name).unwrap_or(TokenKind::Variable);
        self.cursor.token(kind, end);
        (self.expects_value, self.expects_command) = (false, false);
        true
    }

    /// The end of the variable at `at`, if there is one.
    fn variable_end(&self, at: usize) -> Option<usize> {
        let rest = &self.cursor.code[at..];
        for (begin, end) in &self.grammar.variables {
            let Some(name) = rest.strip_prefix(begin.as_str()) else {
                continue;
            };
            // `$env:PATH` is one name in PowerShell; a colon at its end is punctuation.
            let length = length_until(name, |char| {
                !char.is_alphanumeric() && !matches!(char, '_' | ':')
            });
            let length = name[..length].trim_end_matches(':').len();
            if length > 0 && name[length..].starts_with(end.as_str()) {
                return Some(at + begin.len() + length + end.len());
            }
        }
        None
    }

    /// `/.../flags`, where a value may begin: elsewhere `/` divides.
    fn regular_expression(&mut self, char: char) -> bool {
        let start = self.cursor.at;
        if char != '/'
            || !self.grammar.patterns
            || !self.expects_value
            || start < self.no_pattern_before
        {
            return false;
        }
        let Some(length) = pattern_length(self.cursor.rest()) else {
            self.no_pattern_before = self.cursor.line_end();
            return false;
        };
        let flags = &self.cursor.rest()[length..];
        let flags = length_until(flags, |char| !char.is_ascii_lowercase());
        self.cursor.token(TokenKind::Text, start + length + flags);
        self.expects_value = false;
        true
    }

    fn number(&mut self) {
        let bytes = self.cursor.code.as_bytes();
        let start = self.cursor.at;
        let is_hexadecimal = self.cursor.rest().starts_with("0x");
        let mut end = start + 1;
        while end < bytes.len() {
            // `1..5` is a range and `1.max()` a call: a point belongs to a number only before a digit.
            let before_digit = end + 1 < bytes.len() && bytes[end + 1].is_ascii_digit();
            match bytes[end] {
                byte if byte.is_ascii_alphanumeric() || byte == b'_' => end += 1,
                b'.' if before_digit => end += 1,
                // An exponent; in `0x1e+1` the `e` is a digit.
                b'+' | b'-'
                    if before_digit && !is_hexadecimal && matches!(bytes[end - 1], b'e' | b'E') =>
                {
                    end += 1;
                }
                // `100%` in style sheets.
                b'%' if self.grammar.keys => end += 1,
                _ => break,
            }
        }
        self.cursor.token(TokenKind::Number, end);
        (self.expects_value, self.expects_command) = (false, false);
    }

    /// `-name` after a blank.
    fn option(&mut self, char: char) -> bool {
        if char != '-' || !self.grammar.options {
            return false;
        }
        let before = &self.cursor.code[..self.cursor.at];
        if !before.ends_with(|before: char| before.is_whitespace()) {
            return false;
        }
        let name = self.cursor.rest().trim_start_matches('-');
        let dashes = self.cursor.rest().len() - name.len();
        // `-5` is a number, and a row of dashes a line in a table.
        if dashes > 2 || !name.starts_with(char::is_alphabetic) {
            return false;
        }
        let length = length_until(name, |char| {
            !char.is_alphanumeric() && !matches!(char, '-' | '_')
        });
        let end = self.cursor.at + dashes + length;
        self.cursor.token(TokenKind::Attribute, end);
        true
    }

    fn word(&mut self, first: char) -> bool {
        let grammar = self.grammar;
        if !first.is_alphabetic() && first != '_' && !grammar.letters.contains(&first) {
            return false;
        }
        let length = length_until(self.cursor.rest(), |char| {
            !char.is_alphanumeric() && char != '_' && !grammar.letters.contains(&char)
        });
        let (start, end) = (self.cursor.at, self.cursor.at + length);
        // `list.type` is a name, although `type` is a keyword.
        let is_member = is_member_access(&self.cursor.code[..start]);
        let known = if is_member {
            None
        } else {
            grammar.word(&self.cursor.code[start..end])
        };
        let kind = match known {
            Some(kind) => Some(kind),
            None => self.unknown_word(first, end, is_member),
        };
        match kind {
            Some(kind) => self.cursor.token(kind, end),
            None => self.cursor.at = end,
        }
        // A value may follow a keyword such as `return`, but not a name; a command may follow `then` and the like.
        self.expects_value = known == Some(TokenKind::Keyword);
        self.expects_command &= known == Some(TokenKind::Keyword);
        true
    }

    /// What a word without a meaning of its own is, by what is around it.
    fn unknown_word(&self, first: char, end: usize, is_member: bool) -> Option<TokenKind> {
        let after = self.cursor.code[end..].trim_start_matches([' ', '\t']);
        if self.grammar.keys && after.starts_with(':') && !after.starts_with("::") {
            Some(TokenKind::Attribute)
        } else if self.grammar.commands && self.expects_command
            || self.grammar.calls && after.starts_with('(')
        {
            Some(TokenKind::Function)
        } else if self.grammar.capitals && !is_member && first.is_uppercase() {
            Some(TokenKind::Type)
        } else {
            None
        }
    }

    fn punctuation(&mut self, char: char) {
        self.cursor.at += char.len_utf8();
        self.expects_value = !matches!(char, ')' | ']' | '}');
        // `@` in a batch file comes before a command.
        self.expects_command = matches!(char, '|' | ';' | '&' | '(' | '{' | '`')
            || self.expects_command && char == '@';
        let Some(open) = self.open_strings.last_mut() else {
            return;
        };
        if open.code_end.starts_with(char) {
            // A bracket that was opened in the code itself does not end it: `${ {a: 1}.a }`.
            if open.brackets > 0 {
                open.brackets -= 1;
                return;
            }
            let quote = open.quote;
            self.open_strings.pop();
            self.string_content(quote, self.cursor.at);
        } else if matches!((char, open.code_end), ('{', "}") | ('(', ")")) {
            open.brackets += 1;
        }
    }
}

fn starts_with(text: &str, with: &str, ignore_case: bool) -> bool {
    if !ignore_case {
        return text.starts_with(with);
    }
    match text.get(..with.len()) {
        Some(start) => start.eq_ignore_ascii_case(with),
        None => false,
    }
}

/// True if `text` begins with an end of the string that is doubled, and so no end.
fn is_doubled_end(quote: &Quote, text: &str) -> bool {
    if quote.escape.is_empty() || quote.escape != quote.end {
        return false;
    }
    match text.strip_prefix(quote.end.as_str()) {
        Some(after) => after.starts_with(quote.end.as_str()),
        None => false,
    }
}

/// What embedded code begins with, if `text` begins with it.
fn embedded_code<'q>(quote: &'q Quote, text: &str) -> Option<&'q str> {
    match &quote.code {
        Some((begin, _)) if text.starts_with(begin.as_str()) => Some(begin),
        _ => None,
    }
}

/// True after `a.` and `a->`, where words are names; `=>` and `..` are operators.
fn is_member_access(before: &str) -> bool {
    before.ends_with(['.', '>']) && !before.ends_with("=>") && !before.ends_with("..")
}

/// The length of the regular expression that `code` begins with, without its flags; it ends on its own line.
fn pattern_length(code: &str) -> Option<usize> {
    let (mut in_class, mut escaped) = (false, false);
    for (offset, char) in code.char_indices().skip(1) {
        match char {
            '\n' => return None,
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => in_class = true,
            ']' => in_class = false,
            '/' if !in_class => return Some(offset + 1),
            _ => {}
        }
    }
    None
}
