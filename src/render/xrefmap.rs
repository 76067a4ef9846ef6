//! `xrefmap.yml`: the uids of the site's pages and their addresses, so that DocFX sites can refer to them (DocFX spec 9.4). One for the
//! whole site, in the default language, and one for each language that has a folder of its own.

use std::fmt::Write;

use crate::locale::LocaleId;
use crate::site::{PageVersion, Site};
use crate::source::SitePath;
use crate::source::relative_path::RelativePath;

/// Where the maps are written, with the language of their pages.
pub(super) fn paths(site: &Site) -> Vec<(LocaleId, SitePath)> {
    if site.uids().next().is_none() {
        return Vec::new();
    }
    let own = site
        .config
        .locales
        .ids()
        .filter_map(|locale| Some((locale, site.page(site.home(locale)?).output.parent())));
    let own = own.filter(|(_, folder)| !folder.is_root());
    let whole = (site.config.locales.default(), SitePath::root());
    std::iter::once(whole)
        .chain(own)
        .filter_map(|(locale, folder)| Some((locale, folder.join("xrefmap.yml").ok()?)))
        .collect()
}

/// The map in `folder`.
pub(super) fn map(site: &Site, locale: LocaleId, folder: &SitePath) -> String {
    let mut out = "### YamlMime:XRefMap\nsorted: true\nreferences:\n".to_owned();
    for (uid, source) in site.uids() {
        let Some(page) = site
            .translation_set_of(source)
            .and_then(|set| site.version_for(set, locale))
            .map(PageVersion::page)
        else {
            continue;
        };
        let page = site.page(page);
        let href = encoded(page.output.relative_to(folder));
        let (uid, name) = (quoted(uid), quoted(site.title(page.source)));
        // Writing to a string cannot fail.
        let _ = write!(out, "- uid: {uid}\n  name: {name}\n  href: {href}\n");
    }
    out
}

/// A path as DocFX writes it into a map. Most have nothing to encode, and there is one for every page in every language.
fn encoded(path: String) -> String {
    let is_plain =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'/');
    if path.bytes().all(is_plain) {
        return path;
    }
    RelativePath::new(&path).map_or_else(String::new, |path| path.encoded().to_string())
}

/// A text as YAML can't mistake it.
fn quoted(text: &str) -> String {
    if !text.contains(|sign: char| matches!(sign, '"' | '\\') || sign.is_control()) {
        return format!("\"{text}\"");
    }
    let mut out = String::from("\"");
    for sign in text.chars() {
        match sign {
            '"' | '\\' => out.extend(['\\', sign]),
            '\n' => out.push_str("\\n"),
            sign if sign.is_control() => out.push(' '),
            sign => out.push(sign),
        }
    }
    out + "\""
}
