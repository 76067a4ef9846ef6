//! The path of a request <-> a path of the site. Knows nothing of files and pages: what is at the path, others find out.

use crate::source::SitePath;
use crate::source::percent::{self, decode_path};

/// What a request asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RequestPath {
    /// Below the top of the site.
    pub(super) path: SitePath,
    /// True if the address ends in `/`.
    pub(super) is_folder: bool,
}

impl RequestPath {
    /// Reads the path of an address; nothing for one that no file can have.
    pub(super) fn parse(address: &str) -> Option<Self> {
        let text = decode_path(address);
        // Decoded names reach the file system. `%2e%2e` and control characters are how an attacker tries to leave the folder; a browser
        // resolves `.` and `..` itself, so no honest request has them. `%2f`, `%5c` and `%00` are not decoded: no file has such a name.
        if text.contains(is_forbidden) || text.split('/').any(|name| name == ".." || name == ".") {
            return None;
        }
        Some(RequestPath {
            path: SitePath::new(&text).ok()?,
            is_folder: address.ends_with('/'),
        })
    }

    /// The file that answers: a folder's is its index.
    pub(super) fn file(&self) -> SitePath {
        if !self.is_folder && !self.path.is_root() {
            return self.path.clone();
        }
        match self.path.join("index.html") {
            Ok(index) => index,
            Err(_) => self.path.clone(),
        }
    }
}

fn is_forbidden(char: char) -> bool {
    char.is_control() || char == '\\' || char == char::REPLACEMENT_CHARACTER
}

/// A path as an address has it, without the first `/`.
pub(super) fn encoded(path: &SitePath) -> String {
    let names: Vec<_> = path.segments().map(encode_name).collect();
    names.join("/")
}

/// One name of an address. `:` stays as it is, for `C:` in the address of an editor.
pub(super) fn encode_name(name: &str) -> std::borrow::Cow<'_, str> {
    percent::encode(name, percent::DRIVE_OR_NAME)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_leave_the_folder_are_refused() {
        for address in [
            "/../a",
            "/%2e%2e/a",
            "/a/%2E%2E/b",
            "/./a",
            "/a\\b",
            "/%01",
            "/%ff",
        ] {
            assert_eq!(RequestPath::parse(address), None, "{address}");
        }
    }

    #[test]
    fn encoded_separators_and_null_stay_encoded() {
        for (address, path) in [("/a%5Cb", "a%5Cb"), ("/a%2fb", "a%2fb"), ("/a%00", "a%00")] {
            let path_of = RequestPath::parse(address).map(|request| request.path.to_string());
            assert_eq!(path_of.as_deref(), Some(path), "{address}");
        }
    }

    #[test]
    fn a_folder_is_answered_with_its_index() {
        for (address, file) in [
            ("/", "index.html"),
            ("/no/", "no/index.html"),
            ("/a%20b/c.png", "a b/c.png"),
        ] {
            let file_of = RequestPath::parse(address).map(|request| request.file().to_string());
            assert_eq!(file_of.as_deref(), Some(file), "{address}");
        }
    }
}
