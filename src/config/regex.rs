//! A regular expression of the configuration together with its text, so that configurations can be compared and hashed.

use std::hash::{Hash, Hasher};

use regex_automata::meta::{BuildError, Regex};
use regex_automata::util::captures::Captures;

/// A regular expression that has to match a whole text.
#[derive(Debug, Clone)]
pub struct RegexPattern {
    text: String,
    regex: Regex,
}

impl Hash for RegexPattern {
    /// The text determines the rest.
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl RegexPattern {
    /// Compiles `text`, in the syntax of the `regex` crate. It has no backtracking, so no pattern of an author can make a build hang.
    pub(super) fn new(text: &str) -> Result<Self, Box<BuildError>> {
        // Without the group, `a|b` would be anchored on one side each.
        let regex = Regex::new(&format!("^(?:{text})$"))?;
        Ok(RegexPattern {
            text: text.to_owned(),
            regex,
        })
    }

    /// The expression as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// True if it matches all of `text`.
    pub fn is_match(&self, text: &str) -> bool {
        self.regex.is_match(text)
    }

    /// What its groups match in `text`.
    pub(super) fn captures(&self, text: &str) -> Captures {
        let mut groups = self.regex.create_captures();
        self.regex.captures(text, &mut groups);
        groups
    }
}
