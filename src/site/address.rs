//! What an author typed as an address -> its kind and its parts (DocFX spec 10.1).

use std::borrow::Cow;

/// An address, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address<'a> {
    /// Nothing but a query or fragment: this very page.
    Here,
    /// `https:`, `mailto:`, `//host/...`: not ours.
    External,
    /// `/x`: from the root of the published site.
    Rooted(Cow<'a, str>),
    /// `~/x`: from the root of the sources.
    Home(Cow<'a, str>),
    /// A path relative to the file that says it.
    Relative(Cow<'a, str>),
}

impl<'a> Address<'a> {
    /// Reads the path part of an address.
    pub fn of(path: &'a str) -> Address<'a> {
        if path.is_empty() {
            return Address::Here;
        }
        if path.starts_with("//") || path.contains(':') {
            return Address::External;
        }
        if let Some(rest) = path.strip_prefix(['/', '\\']) {
            return Address::Rooted(decode(rest));
        }
        match path.strip_prefix("~/").or_else(|| path.strip_prefix("%7E/")).or_else(|| path.strip_prefix("%7e/")) {
            Some(rest) => Address::Home(decode(rest)),
            None => Address::Relative(decode(path)),
        }
    }
}

/// Cuts an address into its path and the query and fragment behind it: `x.md?a#b` is `x.md` and `?a#b`.
pub fn split_address(address: &str) -> (&str, &str) {
    address.split_at(address.find(['#', '?']).unwrap_or(address.len()))
}

/// Undoes percent-encoding, except where that would make a separator out of a name's character.
fn decode(path: &str) -> Cow<'_, str> {
    if !path.contains('%') {
        return Cow::Borrowed(path);
    }
    let protected = path.split('%').enumerate().fold(String::with_capacity(path.len() + 8), |mut out, (number, part)| {
        if number > 0 {
            let kept = part.get(..2).is_some_and(|code| ["2f", "5c", "3f", "3a", "2a", "00"].contains(&code.to_ascii_lowercase().as_str()));
            out.push_str(if kept { "%25" } else { "%" });
        }
        out.push_str(part);
        out
    });
    Cow::Owned(percent_encoding::percent_decode_str(&protected).decode_utf8_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_by_kind() {
        let relative = |text: &'static str| Address::Relative(text.into());
        for (text, expected) in [
            ("", Address::Here),
            ("https://x.no/a.md", Address::External),
            ("//x.no/a", Address::External),
            ("mailto:a@b", Address::External),
            ("/media/a.png", Address::Rooted("media/a.png".into())),
            ("~/inc/a.md", Address::Home("inc/a.md".into())),
            ("../a%20b/%C3%A5.md", relative("../a b/å.md")),
            ("a%2Fb%5cc.md", relative("a%2Fb%5cc.md")),
            ("100%.md", relative("100%.md")),
        ] {
            assert_eq!(Address::of(text), expected);
        }
        assert_eq!(split_address("x.md?a=1#b?c"), ("x.md", "?a=1#b?c"));
        assert_eq!(split_address("#b"), ("", "#b"));
    }
}
