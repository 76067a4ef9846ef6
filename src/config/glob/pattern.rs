//! The text of one pattern -> the parts that the segments of a path are matched with. Doesn't match paths itself.

use std::fmt;
use std::hash::{Hash, Hasher};

use super::matcher::{PathMatcher, fold};
use super::segment::{Options, Part, Token};

/// The folder of packages, which holds thousands of files that are no part of a site. Patterns with `**` don't mean them.
pub(super) const PACKAGES: &str = "node_modules";

/// A pattern that cannot match what its author meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadGlob {
    /// Its place in the list of patterns.
    pub index: usize,
    /// What is wrong, in lower case and without a full stop.
    pub message: &'static str,
    /// What to write instead.
    pub help: &'static str,
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
#[derive(Clone)]
pub struct Glob {
    text: Box<str>,
    negate: bool,
    options: Options,
    alternatives: Vec<Vec<Part>>,
}

impl Hash for Glob {
    /// The text and the options determine the rest.
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
        self.options.hash(state);
    }
}

impl Glob {
    /// Reads a pattern.
    pub fn new(pattern: &str, options: Options) -> Result<Self, BadGlob> {
        let bad = |message, help| {
            Err(BadGlob {
                index: 0,
                message,
                help,
            })
        };
        let (negate, rest) = if options.negate {
            negation(pattern)
        } else {
            (false, pattern)
        };
        let alternatives = if options.braces {
            expand_braces(rest)
        } else {
            vec![rest.into()]
        };
        if alternatives.is_empty() {
            return bad(
                "its braces do not match",
                "Write `{a,b}` for `a` or `b`, and `\\{` for the character itself.",
            );
        }
        if alternatives.len() > MAX_ALTERNATIVES {
            return bad(
                "its braces stand for too many alternatives",
                "Write several shorter patterns.",
            );
        }
        let alternatives: Vec<_> = alternatives
            .iter()
            .map(|text| parts(text, options))
            .collect();
        // DocFX warns about it and matches nothing (DocFX spec 13.3).
        if rest.split(['/', '\\']).any(|name| name == "..") {
            return bad(
                "`..` cannot lead upwards",
                "Begin the pattern at the folder it is about.",
            );
        }
        Ok(Glob {
            text: pattern.into(),
            negate,
            options,
            alternatives,
        })
    }

    /// True if the file (or the folder, if it ends with `/`) is meant.
    pub fn matches(&self, path: &str) -> bool {
        let matcher = PathMatcher {
            options: self.options,
            partial: false,
        };
        self.negate
            != self
                .alternatives
                .iter()
                .any(|parts| matcher.matches(parts, path))
    }

    /// True if something below the folder, which ends with `/`, could be meant.
    pub fn reaches_into(&self, folder: &str) -> bool {
        let matcher = PathMatcher {
            options: self.options,
            partial: true,
        };
        self.negate
            != self
                .alternatives
                .iter()
                .any(|parts| matcher.matches(parts, folder))
    }

    /// True if names can be meant that begin with a dot, or a folder of packages.
    pub(super) fn reaches_hidden(&self) -> bool {
        // What a negated pattern leaves over was not asked for.
        if self.negate {
            return false;
        }
        let mut parts = self.alternatives.iter().flatten();
        self.options.dot
            || parts.any(|part| matches!(part, Part::Name { dot: true, .. }))
            || self.names(PACKAGES)
    }

    /// True if the pattern has exactly this name in it.
    pub(super) fn names(&self, name: &str) -> bool {
        let mut parts = self.alternatives.iter().flatten();
        parts.any(|part| match part {
            Part::Name { tokens, .. } => {
                let mut typed = name.chars().map(Token::Char);
                tokens.len() == name.len()
                    && tokens
                        .iter()
                        .all(|token| typed.next().as_ref() == Some(token))
            }
            _ => false,
        })
    }

    /// True if the pattern matches what the rest of it does not.
    pub(super) fn is_negated(&self) -> bool {
        self.negate
    }

    /// True if a folder can be meant: by its pattern's last `/`, or because everything but something is.
    pub(super) fn concerns_folders(&self) -> bool {
        self.negate
            || self.alternatives.iter().any(|parts| {
                matches!(
                    parts.last(),
                    Some(Part::Folders | Part::Name { folder: true, .. })
                )
            })
    }

    /// True if the pattern means every file: `**`.
    pub(super) fn is_all(&self) -> bool {
        !self.negate
            && matches!(self.alternatives.as_slice(), [parts] if matches!(parts.as_slice(), [Part::Below]))
    }

    /// The name of the folder, if the pattern matches all files in folders of that name: `**/includes/**`.
    pub(super) fn folder(&self) -> Option<String> {
        let [parts] = self.alternatives.as_slice() else {
            return None;
        };
        let [
            Part::Folders,
            Part::Name {
                tokens,
                folder: true,
                ..
            },
            Part::Below,
        ] = parts.as_slice()
        else {
            return None;
        };
        let name = tokens.iter().map(|token| {
            if let Token::Char(char) = token {
                Some(*char)
            } else {
                None
            }
        });
        if self.negate || self.options.case {
            None
        } else {
            name.collect()
        }
    }

    /// The alternatives as globset writes them, if it reads all of them alike; it does so only for paths without dot names.
    pub(super) fn quick(&self) -> Option<Vec<String>> {
        if self.negate || self.options.case {
            return None;
        }
        self.alternatives.iter().map(|parts| spell(parts)).collect()
    }
}

impl fmt::Debug for Glob {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, out)
    }
}

/// Whether the pattern is negated, and the pattern after its `!`s, of which each undoes the one before.
pub fn negation(pattern: &str) -> (bool, &str) {
    let rest = pattern.trim_start_matches('!');
    ((pattern.len() - rest.len()) % 2 == 1, rest)
}

/// The patterns without braces that a pattern with braces means; none if the braces are unbalanced. Stops beyond `MAX_ALTERNATIVES`, because
/// nested braces multiply.
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
                let Some((outer_done, starts)) = open.pop() else {
                    // An unbalanced `}` matches nothing (DocFX spec 13.3), which is reported.
                    return Vec::new();
                };
                done.append(&mut current);
                let joined = starts
                    .iter()
                    .flat_map(|start| done.iter().map(move |end| format!("{start}{end}")));
                // Each further pair of braces multiplies their number: `{a,b}` twenty times is a million patterns.
                current = joined.take(MAX_ALTERNATIVES + 1).collect();
                done = outer_done;
            }
            '\\' => {
                let escaped = chars.next();
                current
                    .iter_mut()
                    .for_each(|text| text.extend([char].into_iter().chain(escaped)));
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
            // `**.md` means `**/*.md`, and `a**.md` means `a*.md` (DocFX spec 13.3).
            parts.push(Part::Folders);
            name = &name[name.len() - rest.len() - 1..];
        }
        parts.push(Part::Name {
            tokens: tokens(name, options),
            folder,
            dot: name.starts_with('.'),
        });
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
            // Two stars within a name are one star (DocFX spec 13.3).
            '*' if tokens.last() == Some(&Token::Any) => continue,
            '*' => Token::Any,
            '?' => Token::One,
            '[' => match class(rest) {
                Some((token, length)) => {
                    rest = &rest[length..];
                    token
                }
                // An unclosed `[` is literal (DocFX spec 13.3).
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

/// The characters after `[`, up to and including the `]` that closes it. As in POSIX, a `]` directly after `[` closes nothing.
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
