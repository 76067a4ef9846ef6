//! `_redirects`: a line for each redirect, as Netlify, Cloudflare Pages and GitLab Pages read it, each with limits of its own.

use super::rules::ServerRules;
use crate::addresses::redirects::{Redirect, encoded};

/// One reader of the file.
pub(super) struct UnderscoreFile {
    /// What follows the addresses. Cloudflare's default is 302; Netlify needs `!` to redirect where there is a file, as hjelp's own redirecting page.
    status: &'static str,
    most_rules: usize,
    most_bytes: usize,
    most_bytes_of_a_line: usize,
    limit: &'static str,
}

pub(super) static NETLIFY: UnderscoreFile = UnderscoreFile {
    status: "301!",
    most_rules: 10_000,
    most_bytes: usize::MAX,
    most_bytes_of_a_line: usize::MAX,
    limit: "Netlify recommends at most 10,000 rules",
};

pub(super) static CLOUDFLARE: UnderscoreFile = UnderscoreFile {
    status: "301",
    most_rules: 2_000,
    most_bytes: usize::MAX,
    most_bytes_of_a_line: 1_000,
    limit: "Cloudflare reads at most 2,000 rules of 1,000 characters",
};

pub(super) static GITLAB: UnderscoreFile = UnderscoreFile {
    status: "301",
    most_rules: 1_000,
    most_bytes: 64 * 1024,
    most_bytes_of_a_line: usize::MAX,
    limit: "GitLab Pages reads at most 1,000 rules and 64 KB",
};

impl UnderscoreFile {
    pub fn rules(&self, redirects: &[Redirect]) -> ServerRules {
        let (mut text, mut count, mut moved) = (String::new(), 0, 0);
        for redirect in redirects {
            // The page at its address says that it is gone: none of these hosts answers with 410.
            let Some(to) = &redirect.to else {
                continue;
            };
            moved += 1;
            // A blank would begin the next column.
            let line = format!("{} {to} {}\n", encoded(&redirect.from), self.status);
            let fits = count < self.most_rules
                && text.len() + line.len() <= self.most_bytes
                && line.len() <= self.most_bytes_of_a_line;
            if fits {
                text.push_str(&line);
                count += 1;
            }
        }
        ServerRules {
            left_out: moved - count,
            limit: self.limit,
            ..ServerRules::file("_redirects", text)
        }
    }
}
