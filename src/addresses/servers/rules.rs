//! What a server gets: files with redirects, and what had no room in them.

/// A file with redirects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedirectFile {
    /// Its path below the top of the site.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// What a server gets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ServerRules {
    /// The files.
    pub files: Vec<RedirectFile>,
    /// How many redirects didn't fit in.
    pub left_out: usize,
    /// The limit that was reached, in words.
    pub limit: &'static str,
}

impl ServerRules {
    pub(super) fn file(name: &str, text: String) -> ServerRules {
        ServerRules {
            files: vec![RedirectFile {
                name: name.to_owned(),
                text,
            }],
            ..ServerRules::default()
        }
    }
}
