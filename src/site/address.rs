//! What an author typed as an address -> its kind and its parts (DocFX spec 10.1).

use std::borrow::Cow;

use crate::source::percent::decode_path;

/// An address, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address<'a> {
    /// Nothing but a query or fragment: this very page.
    SamePage,
    /// `https:`, `mailto:`, `//host/...`: outside of the site.
    External,
    /// `/x`: from the root of the published site.
    Rooted(Cow<'a, str>),
    /// `~/x`: from the folder of `docfx.json`, or from the root of the sources if there is none.
    SourceRooted(Cow<'a, str>),
    /// A path relative to the file it is typed in.
    Relative(Cow<'a, str>),
}

impl<'a> Address<'a> {
    /// Reads the path part of an address.
    pub fn of(path: &'a str) -> Address<'a> {
        if path.is_empty() {
            return Address::SamePage;
        }
        // A path with a colon is a scheme for browsers, whatever comes before it; on Windows it could be no file anyway.
        if path.starts_with("//") || path.contains(':') {
            return Address::External;
        }
        if let Some(rest) = path.strip_prefix(['/', '\\']) {
            return Address::Rooted(decode_path(rest));
        }
        // Markdig writes a tilde as `%7E` (DocFX spec 2.4), so DocFX reads both.
        for home in ["~/", "%7E/", "%7e/"] {
            if let Some(rest) = path.strip_prefix(home) {
                return Address::SourceRooted(decode_path(rest));
            }
        }
        Address::Relative(decode_path(path))
    }
}

/// Cuts an address into its path and the query and fragment behind it: `x.md?a#b` is `x.md` and `?a#b`.
pub fn split_address(address: &str) -> (&str, &str) {
    address.split_at(address.find(['#', '?']).unwrap_or(address.len()))
}

/// An address in its three parts, each with the sign it begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AddressParts<'a> {
    /// What names the file.
    pub path: &'a str,
    /// `?a=1`, or nothing.
    pub query: &'a str,
    /// `#x`, or nothing.
    pub fragment: &'a str,
}

impl<'a> AddressParts<'a> {
    /// Takes an address apart.
    pub fn of(address: &'a str) -> Self {
        let (before, fragment) = address.split_at(address.find('#').unwrap_or(address.len()));
        let (path, query) = before.split_at(before.find('?').unwrap_or(before.len()));
        AddressParts {
            path,
            query,
            fragment,
        }
    }

    /// The keys and values of the query, as typed.
    pub fn pairs(&self) -> impl Iterator<Item = (&'a str, Option<&'a str>)> + use<'a> {
        let pairs = self.query.trim_start_matches('?').split('&');
        pairs.flat_map(|pair| match pair.split_once('=') {
            _ if pair.is_empty() => None,
            Some((key, value)) => Some((key, Some(value))),
            None => Some((pair, None)),
        })
    }
}

/// `target` with `source` laid over it: the source's path and fragment if it has them, and the keys of both queries, of which the
/// source's values count.
pub fn merge_addresses(target: &str, source: &str) -> String {
    let (target, source) = (AddressParts::of(target), AddressParts::of(source));
    let mut pairs: Vec<(&str, Option<&str>)> = target.pairs().collect();
    // In the order of the target's keys, with new ones at the end, as DocFX writes them.
    for (key, value) in source.pairs() {
        match pairs.iter_mut().find(|(known, _)| *known == key) {
            Some(known) => known.1 = value,
            None => pairs.push((key, value)),
        }
    }
    let mut out = first_given(source.path, target.path).to_owned();
    for (number, (key, value)) in pairs.into_iter().enumerate() {
        out.push(if number == 0 { '?' } else { '&' });
        out.push_str(key);
        if let Some(value) = value {
            out.push('=');
            out.push_str(value);
        }
    }
    out + first_given(source.fragment, target.fragment)
}

fn first_given<'a>(one: &'a str, other: &'a str) -> &'a str {
    if one.is_empty() { other } else { one }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_by_kind() {
        let relative = |text: &'static str| Address::Relative(text.into());
        for (text, expected) in [
            ("", Address::SamePage),
            ("https://x.no/a.md", Address::External),
            ("//x.no/a", Address::External),
            ("mailto:a@b", Address::External),
            ("/media/a.png", Address::Rooted("media/a.png".into())),
            ("~/inc/a.md", Address::SourceRooted("inc/a.md".into())),
            ("../a%20b/%C3%A5.md", relative("../a b/å.md")),
            ("a%2Fb%5cc.md", relative("a%2Fb%5cc.md")),
            ("100%.md", relative("100%.md")),
        ] {
            assert_eq!(Address::of(text), expected);
        }
        assert_eq!(split_address("x.md?a=1#b?c"), ("x.md", "?a=1#b?c"));
        assert_eq!(split_address("#b"), ("", "#b"));
    }

    #[test]
    fn addresses_are_laid_over_each_other() {
        for (target, source, expected) in [
            ("a.html?a=1&c=11#x", "?b=2&c=22#y", "a.html?a=1&c=22&b=2#y"),
            ("a.html", "", "a.html"),
            ("a.html#x", "?q", "a.html?q#x"),
            ("a.html?q=1", "b.html", "b.html?q=1"),
        ] {
            assert_eq!(merge_addresses(target, source), expected);
        }
        assert_eq!(
            AddressParts::of("a?b#c?d"),
            AddressParts {
                path: "a",
                query: "?b",
                fragment: "#c?d"
            }
        );
    }
}
