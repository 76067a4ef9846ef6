//! Turns patterns of DocFX's glob dialect into something paths can be held against.
//!
//! What is particular to the dialect: case doesn't matter; `**.md` means `**/*.md`; a name that begins with a dot is matched only by a
//! pattern that does too; a pattern after `!` matches whatever the rest of it doesn't, alone, without taking anything away from its
//! neighbours; `[...]` negates with `^` only. Doesn't know files: paths are text, and a folder is a path that ends with `/`.

use std::borrow::Cow;
use std::fmt;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// Which parts of the dialect hold; all six can be switched per mapping of a `docfx.json`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// `Readme` and `README` differ.
    pub case: bool,
    /// `*` matches names that begin with a dot.
    pub dot: bool,
    /// `!` at the beginning negates.
    pub negate: bool,
    /// `{a,b}` stands for `a` and `b`.
    pub braces: bool,
    /// `\*` is a star.
    pub escape: bool,
    /// `**` crosses folders.
    pub deep: bool,
}

impl Default for Options {
    fn default() -> Self {
        Options { case: false, dot: false, negate: true, braces: true, escape: true, deep: true }
    }
}

/// A pattern that cannot match what its author meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadGlob {
    /// Its place in the list of patterns.
    pub index: usize,
    /// What is wrong, in lower case and without a full stop.
    pub message: &'static str,
}

impl fmt::Display for BadGlob {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.message)
    }
}

impl std::error::Error for BadGlob {}

/// More alternatives than this are not a pattern but an accident.
const MAX_ALTERNATIVES: usize = 4096;

/// One pattern.
#[derive(Debug, Clone)]
pub struct Glob {
    negate: bool,
    options: Options,
    alternatives: Vec<Vec<Part>>,
}

/// What one segment of a path has to be.
#[derive(Debug, Clone)]
enum Part {
    /// `**/`: any number of folders.
    Folders,
    /// `**` at the end: any file below.
    Below,
    /// A name; a folder if it is not the last segment.
    Name { tokens: Vec<Token>, folder: bool, dot: bool },
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Char(char),
    /// `?`
    One,
    /// `*`
    Any,
    /// `[a-c]`, `[^x]`
    Class(bool, Vec<(char, char)>),
}

impl Glob {
    /// Reads a pattern.
    pub fn new(pattern: &str, options: Options) -> Result<Self, BadGlob> {
        let bad = |message| BadGlob { index: 0, message };
        let (negate, rest) = if options.negate { negation(pattern) } else { (false, pattern) };
        let alternatives = if options.braces { expand_braces(rest) } else { vec![rest.into()] };
        if alternatives.is_empty() {
            return Err(bad("the braces of this pattern do not match"));
        }
        if alternatives.len() > MAX_ALTERNATIVES {
            return Err(bad("the braces of this pattern stand for too many alternatives"));
        }
        let alternatives: Vec<_> = alternatives.iter().map(|text| parts(text, options)).collect();
        if rest.split(['/', '\\']).any(|name| name == "..") {
            return Err(bad("a pattern cannot lead upwards with `..`"));
        }
        Ok(Glob { negate, options, alternatives })
    }

    /// True if the file (or the folder, if it ends with `/`) is meant.
    pub fn matches(&self, path: &str) -> bool {
        self.negate ^ self.alternatives.iter().any(|parts| walk(parts, path, self.options, false))
    }

    /// True if something below the folder, which ends with `/`, could be meant.
    pub fn reaches_into(&self, folder: &str) -> bool {
        self.negate ^ self.alternatives.iter().any(|parts| walk(parts, folder, self.options, true))
    }

    /// True if a folder can be meant: by its pattern's last `/`, or because everything but something is.
    fn concerns_folders(&self) -> bool {
        self.negate || self.alternatives.iter().any(|parts| matches!(parts.last(), Some(Part::Folders | Part::Name { folder: true, .. })))
    }

    /// The alternatives that globset understands alike, for paths without dot names.
    fn quick(&self) -> Option<Vec<String>> {
        if self.negate || self.options.case {
            return None;
        }
        self.alternatives.iter().map(|parts| spell(parts)).collect()
    }
}

/// Several patterns: what any of them matches.
#[derive(Debug, Clone)]
pub struct Globs {
    all: Vec<Glob>,
    /// The patterns that only this module understands.
    special: Vec<usize>,
    /// The others, in lower case.
    quick: GlobSet,
    /// The patterns that can match a folder.
    folders: Vec<usize>,
}

impl Default for Globs {
    fn default() -> Self {
        Globs { all: Vec::new(), special: Vec::new(), quick: GlobSet::empty(), folders: Vec::new() }
    }
}

impl Globs {
    /// Reads patterns of the dialect as it is by default.
    pub fn new<S: AsRef<str>>(patterns: &[S]) -> Result<Self, BadGlob> {
        Self::with(patterns, Options::default())
    }

    /// Reads patterns.
    pub fn with<S: AsRef<str>>(patterns: &[S], options: Options) -> Result<Self, BadGlob> {
        let mut all = Vec::new();
        let mut special = Vec::new();
        let mut quick = GlobSetBuilder::new();
        for (index, pattern) in patterns.iter().enumerate() {
            let glob = Glob::new(pattern.as_ref(), options).map_err(|bad| BadGlob { index, ..bad })?;
            let compiled: Option<Vec<_>> = glob.quick().and_then(|texts| {
                texts.iter().map(|text| GlobBuilder::new(text).literal_separator(true).backslash_escape(true).build().ok()).collect()
            });
            match compiled {
                Some(globs) => {
                    for glob in globs {
                        quick.add(glob);
                    }
                }
                None => special.push(index),
            }
            all.push(glob);
        }
        let folders = (0..all.len()).filter(|&index| all[index].concerns_folders()).collect();
        // A set too big to compile is merely slower.
        let quick = quick.build().unwrap_or_else(|_| {
            special = (0..all.len()).collect();
            GlobSet::empty()
        });
        Ok(Globs { all, special, quick, folders })
    }

    /// True if there is no pattern.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// True if any pattern matches the path.
    pub fn matches(&self, path: &str) -> bool {
        let ordinary = |name: &str| !name.is_empty() && !name.starts_with('.') && !name.contains('\\');
        if !path.split('/').all(ordinary) {
            return self.all.iter().any(|glob| glob.matches(path));
        }
        self.quick.is_match(&*fold_text(path)) || self.special.iter().any(|&index| self.all[index].matches(path))
    }

    /// True if these patterns, as a list of files to take, take the file: it matches, and the way to it isn't barred by patterns
    /// that could match nothing in a folder above it.
    pub fn take(&self, file: &str) -> bool {
        let barred = |folder: &str| !self.all.iter().any(|glob| glob.reaches_into(folder));
        self.matches(file) && (self.all.iter().all(|glob| !glob.negate) || !folders_above(file).any(barred))
    }

    /// True if these patterns, as a list of files to leave out, leave out the file or a folder above it.
    pub fn leave_out(&self, file: &str) -> bool {
        let left_out = |folder: &str| self.folders.iter().any(|&index| self.all[index].matches(folder));
        self.matches(file) || (!self.folders.is_empty() && folders_above(file).any(left_out))
    }
}

/// `a/`, `a/b/` for `a/b/c`.
fn folders_above(file: &str) -> impl Iterator<Item = &str> {
    file.match_indices('/').map(|(at, _)| &file[..=at])
}

/// Whether the pattern is negated, and the pattern after its `!`s, of which each undoes the one before.
pub fn negation(pattern: &str) -> (bool, &str) {
    let rest = pattern.trim_start_matches('!');
    ((pattern.len() - rest.len()) % 2 == 1, rest)
}

/// The patterns without braces that a pattern with braces stands for; none if the braces do not match. Stops some way beyond the
/// number anybody can have meant.
pub fn expand_braces(pattern: &str) -> Vec<String> {
    let mut chars = pattern.chars();
    // The alternatives of every open group: those already complete, and the one being read, which inner groups multiply.
    let mut open: Vec<(Vec<String>, Vec<String>)> = Vec::new();
    let (mut done, mut current) = (Vec::new(), vec![String::new()]);
    while let Some(char) = chars.next() {
        match char {
            '{' => {
                open.push((done, current));
                (done, current) = (Vec::new(), vec![String::new()]);
            }
            ',' if !open.is_empty() => {
                done.append(&mut current);
                current.push(String::new());
            }
            '}' => {
                let Some((outer_done, starts)) = open.pop() else { return Vec::new() };
                done.append(&mut current);
                let joined = starts.iter().flat_map(|start| done.iter().map(move |end| format!("{start}{end}")));
                current = joined.take(MAX_ALTERNATIVES + 1).collect();
                done = outer_done;
            }
            '\\' => {
                let escaped = chars.next();
                current.iter_mut().for_each(|text| text.extend([char].into_iter().chain(escaped)));
            }
            _ => current.iter_mut().for_each(|text| text.push(char)),
        }
    }
    if open.is_empty() { current } else { Vec::new() }
}

fn parts(pattern: &str, options: Options) -> Vec<Part> {
    let names: Vec<&str> = pattern.split('/').filter(|name| !name.is_empty()).collect();
    let mut parts = Vec::new();
    for (at, name) in names.iter().enumerate() {
        let folder = at + 1 < names.len() || pattern.ends_with('/');
        let rest = name.trim_start_matches('*');
        let mut name = *name;
        if options.deep && name.len() - rest.len() >= 2 {
            if rest.is_empty() {
                parts.push(if folder { Part::Folders } else { Part::Below });
                continue;
            }
            parts.push(Part::Folders);
            name = &name[name.len() - rest.len() - 1..];
        }
        parts.push(Part::Name { tokens: tokens(name, options), folder, dot: name.starts_with('.') });
    }
    parts
}

fn tokens(name: &str, options: Options) -> Vec<Token> {
    let fold = |char| if options.case { char } else { fold(char) };
    let mut tokens = Vec::new();
    let mut rest = name;
    while let Some(char) = rest.chars().next() {
        rest = &rest[char.len_utf8()..];
        let token = match char {
            '*' if tokens.last() == Some(&Token::Any) => continue,
            '*' => Token::Any,
            '?' => Token::One,
            '[' => match class(rest) {
                Some((token, length)) => {
                    rest = &rest[length..];
                    token
                }
                None => Token::Char('['),
            },
            '\\' if options.escape => match rest.chars().next() {
                Some(escaped) => {
                    rest = &rest[escaped.len_utf8()..];
                    Token::Char(fold(escaped))
                }
                None => Token::Char('\\'),
            },
            char => Token::Char(fold(char)),
        };
        tokens.push(token);
    }
    tokens
}

/// What stands after `[`, up to and with the `]` that closes it. A `]` in the first place closes nothing.
fn class(text: &str) -> Option<(Token, usize)> {
    let negated = text.starts_with('^');
    let mut chars = text.char_indices().skip(usize::from(negated)).peekable();
    let mut ranges: Vec<(char, char)> = Vec::new();
    let mut dash = false;
    let mut first = true;
    while let Some((at, mut char)) = chars.next() {
        match char {
            ']' if !first => {
                if dash {
                    ranges.push(('-', '-'));
                }
                return Some((Token::Class(negated, ranges), at + 1));
            }
            '-' if !first && !dash => {
                dash = true;
                continue;
            }
            '\\' => char = chars.next()?.1,
            _ => {}
        }
        match ranges.last_mut() {
            Some(range) if dash => range.1 = char,
            _ => ranges.push((char, char)),
        }
        (dash, first) = (false, false);
    }
    None
}

/// Follows all ways through `parts` at once. With `partial`, the path may end before the parts do.
fn walk(parts: &[Part], path: &str, options: Options, partial: bool) -> bool {
    let mut here = vec![false; parts.len() + 1];
    here[0] = true;
    skip(parts, &mut here);
    let mut rest = path.trim_start_matches(['/', '\\']);
    while !rest.is_empty() {
        let end = rest.find(['/', '\\']).unwrap_or(rest.len());
        let (name, folder) = (&rest[..end], end < rest.len());
        rest = rest[end..].trim_start_matches(['/', '\\']);
        let hidden = !options.dot && name.starts_with('.');
        let mut next = vec![false; parts.len() + 1];
        for (at, part) in parts.iter().enumerate().filter(|(at, _)| here[*at]) {
            match part {
                Part::Folders => next[at] |= folder && !hidden,
                Part::Below => next[at + usize::from(!folder)] |= !hidden,
                Part::Name { tokens, folder: wanted, dot } => {
                    next[at + 1] |= *wanted == folder && (*dot || !hidden) && fits(tokens, name, options)
                }
            }
        }
        skip(parts, &mut next);
        here = next;
    }
    if partial { here.contains(&true) } else { here[parts.len()] }
}

/// `**/` may stand for no folder at all.
fn skip(parts: &[Part], here: &mut [bool]) {
    for (at, part) in parts.iter().enumerate() {
        here[at + 1] |= here[at] && matches!(part, Part::Folders);
    }
}

/// One name against its tokens; on a mismatch the last star takes one character more.
fn fits(tokens: &[Token], name: &str, options: Options) -> bool {
    let name: Vec<char> = if options.case { name.chars().collect() } else { name.chars().map(fold).collect() };
    let (mut token, mut char) = (0, 0);
    let mut star = None;
    while char < name.len() {
        match tokens.get(token) {
            Some(Token::Any) => {
                star = Some((token, char));
                token += 1;
            }
            Some(wanted) if is(wanted, name[char], options) => (token, char) = (token + 1, char + 1),
            _ => match star {
                Some((at, from)) => {
                    star = Some((at, from + 1));
                    (token, char) = (at + 1, from + 1);
                }
                None => return false,
            },
        }
    }
    tokens[token..].iter().all(|token| *token == Token::Any)
}

fn is(token: &Token, char: char, options: Options) -> bool {
    match token {
        Token::Any | Token::One => true,
        Token::Char(wanted) => *wanted == char,
        Token::Class(negated, ranges) => {
            let within = |char: char| ranges.iter().any(|&(first, last)| first <= char && char <= last);
            let upper = || char.to_uppercase().next().unwrap_or(char);
            *negated != (within(char) || (!options.case && within(upper())))
        }
    }
}

fn fold(char: char) -> char {
    char.to_lowercase().next().unwrap_or(char)
}

fn fold_text(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        Cow::Borrowed(text)
    } else {
        text.chars().map(fold).collect()
    }
}

/// The parts as globset writes them; nothing if it reads one of them differently: its `?` is a byte, its classes are its own.
fn spell(parts: &[Part]) -> Option<String> {
    let mut text = String::new();
    for part in parts {
        match part {
            Part::Folders => text.push_str("**/"),
            Part::Below => text.push_str("**"),
            Part::Name { tokens, folder, .. } => {
                for token in tokens {
                    match token {
                        Token::Any => text.push('*'),
                        Token::Char(char) => {
                            if char.is_ascii_punctuation() {
                                text.push('\\');
                            }
                            text.push(*char);
                        }
                        Token::One | Token::Class(..) => return None,
                    }
                }
                if *folder {
                    text.push('/');
                }
            }
        }
    }
    // Patterns of folders match no file, and the empty pattern only the empty path.
    (!text.is_empty() && !text.ends_with('/')).then_some(text)
}
