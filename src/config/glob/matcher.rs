//! A path and the parts of a pattern -> whether they match. The slow way, for patterns that globset would read differently.

use super::segment::{Options, Part, Token};

/// How paths are compared with the parts of a pattern.
pub(super) struct PathMatcher {
    pub(super) options: Options,
    /// True if the path may end before the parts do: then it is a folder in which something could match.
    pub(super) partial: bool,
}

impl PathMatcher {
    /// Follows all ways through `parts` at once, so that no pattern takes exponential time.
    pub(super) fn matches(&self, parts: &[Part], path: &str) -> bool {
        let mut here = vec![false; parts.len() + 1];
        here[0] = true;
        skip(parts, &mut here);
        // Paths of `docfx.json` files written on Windows have either separator.
        let mut rest = path.trim_start_matches(['/', '\\']);
        while !rest.is_empty() {
            let end = rest.find(['/', '\\']).unwrap_or(rest.len());
            let (name, folder) = (&rest[..end], end < rest.len());
            rest = rest[end..].trim_start_matches(['/', '\\']);
            // `*` and `**` pass over names that begin with a dot (DocFX spec 13.3): `.git` and `.obsidian` never become pages.
            let hidden = !self.options.dot && name.starts_with('.');
            let mut next = vec![false; parts.len() + 1];
            for (at, part) in parts.iter().enumerate().filter(|(at, _)| here[*at]) {
                match part {
                    Part::Folders => next[at] |= folder && !hidden,
                    Part::Below => next[at + usize::from(!folder)] |= !hidden,
                    Part::Name {
                        tokens,
                        folder: wanted,
                        dot,
                    } => {
                        next[at + 1] |=
                            *wanted == folder && (*dot || !hidden) && self.fits(tokens, name)
                    }
                }
            }
            skip(parts, &mut next);
            here = next;
        }
        // A folder is entered if some way through the pattern is not at its end yet.
        if self.partial {
            here.contains(&true)
        } else {
            here[parts.len()]
        }
    }

    /// One name against its tokens; on a mismatch the last star takes one character more.
    fn fits(&self, tokens: &[Token], name: &str) -> bool {
        let name: Vec<char> = if self.options.case {
            name.chars().collect()
        } else {
            name.chars().map(fold).collect()
        };
        let (mut token, mut char) = (0, 0);
        // Only the last star is remembered. An earlier one need not take more once a later one is reached, so time is quadratic at worst.
        let mut star = None;
        while char < name.len() {
            match tokens.get(token) {
                Some(Token::Any) => {
                    star = Some((token, char));
                    token += 1;
                }
                Some(wanted) if self.is(wanted, name[char]) => {
                    (token, char) = (token + 1, char + 1)
                }
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

    fn is(&self, token: &Token, char: char) -> bool {
        match token {
            Token::Any | Token::One => true,
            Token::Char(wanted) => *wanted == char,
            Token::Class(negated, ranges) => {
                let within = |char: char| {
                    ranges
                        .iter()
                        .any(|&(first, last)| first <= char && char <= last)
                };
                let upper = || char.to_uppercase().next().unwrap_or(char);
                // The name is in lower case, but a range like `[A-C]` is as its author wrote it.
                *negated != (within(char) || (!self.options.case && within(upper())))
            }
        }
    }
}

/// `**/` also matches no folder at all.
fn skip(parts: &[Part], here: &mut [bool]) {
    for (at, part) in parts.iter().enumerate() {
        here[at + 1] |= here[at] && matches!(part, Part::Folders);
    }
}

/// Lower case, one character for one.
pub(super) fn fold(char: char) -> char {
    char.to_lowercase().next().unwrap_or(char)
}
