//! Lists of addresses as files: those that hjelp writes, and the sitemaps of any site (sitemaps.org protocol 0.9). Doesn't know where the files are.

use crate::source::escape::unescaped;
use crate::source::percent;

use super::model::{PublishedAddresses, PublishedPage};

/// What follows an address whose page was removed on purpose.
const GONE: &str = " (gone)";

/// The addresses as text: one a line, with anchors behind their pages, and ` -> ` in front of where a redirect leads.
pub fn text_list(addresses: &PublishedAddresses) -> String {
    let mut out = String::new();
    for (path, page) in &addresses.pages {
        match &page.redirect {
            None if page.gone => out.push_str(&format!("/{path}{GONE}\n")),
            Some(to) => out.push_str(&format!("/{path} -> {}\n", written_address(to))),
            None => out.push_str(&format!("/{path}\n")),
        }
        for anchor in &page.anchors {
            out.push_str(&format!("/{path}#{anchor}\n"));
        }
    }
    out
}

/// Where something leads, as lists write it: a path from the top of the site, or an address of another site as it is.
pub fn written_address(to: &str) -> String {
    match to.contains(':') {
        true => to.to_owned(),
        false => format!("/{to}"),
    }
}

/// Reads a list: JSON or text as hjelp writes it, or a sitemap. `base` is the address of the site, which absolute addresses begin with.
/// Fails with the reason if it is none of these.
pub fn read_addresses(text: &str, base: &str) -> Result<PublishedAddresses, String> {
    // Editors on Windows write a byte order mark, which would hide the first sign.
    let trimmed = text.trim_start_matches('\u{feff}').trim_start();
    if trimmed.starts_with('{') {
        return serde_json::from_str(trimmed).map_err(|error| error.to_string());
    }
    if trimmed.starts_with('<') {
        return sitemap(trimmed, base);
    }
    let mut all = PublishedAddresses::default();
    for line in trimmed.lines() {
        let line = line.trim();
        if !line.is_empty() && !line.starts_with('#') {
            let (line, gone) = match line.strip_suffix(GONE) {
                Some(line) => (line, true),
                None => (line, false),
            };
            let (address, redirect) = match line.split_once(" -> ") {
                Some((address, to)) => (address, Some(destination(to, base))),
                None => (line, None),
            };
            let page = add(&mut all, &path_of(address, base), redirect);
            page.gone |= gone;
        }
    }
    Ok(all)
}

/// Where a redirect leads: a path of this site, or an address of another one as it is.
fn destination(address: &str, base: &str) -> String {
    let is_own = !base.is_empty() && address.starts_with(base);
    if address.contains(':') && !is_own {
        return address.to_owned();
    }
    path_of(address, base)
}

pub(super) fn add<'a>(
    all: &'a mut PublishedAddresses,
    address: &str,
    redirect: Option<String>,
) -> &'a mut PublishedPage {
    let (path, anchor) = match address.split_once('#') {
        Some((path, anchor)) => (path, Some(anchor)),
        None => (address, None),
    };
    let page = all.pages.entry(path.to_owned()).or_default();
    if redirect.is_some() {
        page.redirect = redirect;
    }
    page.anchors.extend(anchor.map(str::to_owned));
    page
}

/// The `<loc>` elements of a sitemap. They contain nothing but an address with XML's escapes, so their text is all that has to be read.
fn sitemap(text: &str, base: &str) -> Result<PublishedAddresses, String> {
    let mut all = PublishedAddresses::default();
    for part in text.split("<loc>").skip(1) {
        let address = part.split("</loc>").next().unwrap_or(part);
        add(&mut all, &path_of(&unescaped(address.trim()), base), None);
    }
    match all.pages.is_empty() {
        true => Err("there is no `<loc>` in it".to_owned()),
        false => Ok(all),
    }
}

/// The path below the address of the site. An address that ends in `/` is that of the index page there.
pub(super) fn path_of(address: &str, base: &str) -> String {
    let base = base.trim_end_matches('/');
    let below = match address.strip_prefix(base) {
        Some(rest) if !base.is_empty() => rest,
        _ => without_host(address),
    };
    let decoded = percent::decode(below.trim_start_matches('/'));
    let (path, anchor) = match decoded.split_once('#') {
        Some((path, anchor)) => (path, Some(anchor)),
        None => (&*decoded, None),
    };
    let path = path.split('?').next().unwrap_or(path);
    let mut out = path.to_owned();
    if path.is_empty() || path.ends_with('/') {
        out.push_str("index.html");
    }
    if let Some(anchor) = anchor {
        out.push('#');
        out.push_str(anchor);
    }
    out
}

/// The path of an absolute address of any site: the same content may be compared under another host.
fn without_host(address: &str) -> &str {
    match address.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("", |at| &rest[at..]),
        None => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(text: &str, base: &str) -> Vec<String> {
        let all = read_addresses(text, base).unwrap();
        text_list(&all).lines().map(str::to_owned).collect()
    }

    #[test]
    fn lists_are_read_as_they_are_written() {
        let text = "/no/a.html\n/no/a.html#send\n/no/b.html -> /no/a.html\n/no/c.html -> https://x.example/c\n/no/d.html (gone)\n";
        let all = read_addresses(text, "").unwrap();
        assert_eq!(text_list(&all), text);
        let json = serde_json::to_string(&all).unwrap();
        assert_eq!(read_addresses(&json, ""), Ok(all));
    }

    #[test]
    fn addresses_of_sitemaps_are_below_the_site() {
        let xml = "<?xml version=\"1.0\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"><url><loc>https://h.example/hjelp/no/m%C3%B8te.html</loc></url><url><loc>https://h.example/hjelp/</loc></url></urlset>";
        let expected = ["/index.html", "/no/møte.html"];
        assert_eq!(paths(xml, "https://h.example/hjelp"), expected);
        assert_eq!(paths(xml, "https://h.example/hjelp/"), expected);
        assert_eq!(
            paths("https://x.example/a.html?b#c\n", ""),
            ["/a.html", "/a.html#c"]
        );
        for wrong in ["{", "<a>", "<urlset/>"] {
            assert!(read_addresses(wrong, "").is_err(), "{wrong}");
        }
    }
}
