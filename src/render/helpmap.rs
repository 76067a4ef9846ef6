//! Uids -> the pages a program can open for its F1 key, in every language. Pages of one kind in different languages share one id: their uid
//! without the language in it (`help-no-follow-ups` is `help-follow-ups`). Where a page went on to another, the id goes along.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;

use crate::locale::LocaleId;
use crate::site::suggest::nearest;
use crate::site::{PageId, PageKind, Site};
use crate::source::escape;
use crate::source::{SitePath, SourceId};

use crate::search::sections::summary;
use crate::site::href::{Base, absolute};

/// Redirects lead no further than this.
const FARTHEST: usize = 10;

/// All ids of a site.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct HelpMap {
    /// By id, then by language tag.
    pub pages: BTreeMap<String, BTreeMap<String, HelpPage>>,
    /// Whole uids and the ids they are known by.
    pub uids: BTreeMap<String, String>,
}

/// A page in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HelpPage {
    /// Its address: whole if the site knows its own, else from the top of the site.
    pub url: String,
    /// What it is called.
    pub title: String,
    /// What it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// The language of its text, if it isn't the one asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
}

/// All ids of a site, with their pages.
pub fn helpmap(site: &Site) -> HelpMap {
    let mut map = HelpMap::default();
    let mut summaries: BTreeMap<SourceId, Option<String>> = BTreeMap::new();
    for (uid, source) in site.uids() {
        let id = stem(site, uid, source).into_owned();
        if uid != id {
            map.uids.insert(uid.to_owned(), id.clone());
        }
        let Some(set) = site
            .translation_set_of(source)
            .filter(|_| !map.pages.contains_key(&id))
        else {
            continue;
        };
        let one = |locale: LocaleId| {
            let target = followed(site, site.version_for(set, locale)?.page())?;
            Some((
                site.config.locales.get(locale).tag.clone(),
                page(site, target, locale, &mut summaries),
            ))
        };
        let pages: BTreeMap<String, HelpPage> =
            site.config.locales.authored().filter_map(one).collect();
        if !pages.is_empty() {
            map.pages.insert(id, pages);
        }
    }
    map.uids.retain(|_, id| map.pages.contains_key(id));
    map
}

impl HelpMap {
    /// True if a program may ask for this id.
    pub fn knows(&self, id: &str) -> bool {
        self.pages.contains_key(id) || self.uids.contains_key(id)
    }

    /// The id that was probably meant.
    pub fn nearest(&self, id: &str) -> Option<&str> {
        nearest(
            id,
            self.pages
                .keys()
                .chain(self.uids.keys())
                .map(String::as_str),
        )
    }
}

/// The id of a page: its uid without its language: a part of it, between signs, that is the name or the tag of the language of the page.
pub(super) fn stem<'u>(site: &Site, uid: &'u str, source: SourceId) -> Cow<'u, str> {
    let Some(locale) = site.linked(source).and_then(|linked| linked.locale) else {
        return Cow::Borrowed(uid);
    };
    let locale = site.config.locales.get(locale);
    let is_sign = |sign: char| matches!(sign, '-' | '.' | '_' | ':' | '/');
    let mut at = 0;
    for part in uid.split_inclusive(is_sign) {
        let name = part.trim_end_matches(is_sign);
        if name.eq_ignore_ascii_case(&locale.folder) || name.eq_ignore_ascii_case(&locale.tag) {
            let rest = format!("{}{}", &uid[..at], &uid[at + part.len()..]);
            let rest = rest.trim_end_matches(is_sign);
            return if rest.is_empty() {
                Cow::Borrowed(uid)
            } else {
                Cow::Owned(rest.to_owned())
            };
        }
        at += part.len();
    }
    Cow::Borrowed(uid)
}

/// The page that readers end up at.
pub(super) fn followed(site: &Site, mut id: PageId) -> Option<PageId> {
    for _ in 0..FARTHEST {
        if site.page(id).kind != PageKind::Redirect {
            return Some(id);
        }
        id = site.redirect_target(id)?.1;
    }
    None
}

fn page(
    site: &Site,
    id: PageId,
    reader: LocaleId,
    summaries: &mut BTreeMap<SourceId, Option<String>>,
) -> HelpPage {
    let page = site.page(id);
    let base = Base::Folder(SitePath::root());
    let language = site.text_locale(page);
    HelpPage {
        url: site.config.base_url.as_ref().map_or_else(
            || base.address(&page.output, ""),
            |base_url| absolute(base_url, &page.output),
        ),
        title: site.title(page.source).to_owned(),
        summary: summaries
            .entry(page.source)
            .or_insert_with(|| summary(site, page))
            .clone(),
        lang: (language != reader).then(|| site.config.locales.get(language).tag.clone()),
    }
}

/// The map as JSON: what `helpmap.json` says.
pub fn json(map: &HelpMap) -> String {
    // As much as a page takes, in most languages.
    let mut bytes = Vec::with_capacity(600 * map.pages.values().map(BTreeMap::len).sum::<usize>());
    // Texts can be written to memory.
    let _ = serde_json::to_writer_pretty(&mut bytes, map);
    bytes.push(b'\n');
    String::from_utf8(bytes).unwrap_or_default()
}

/// The ids as a TypeScript object.
pub fn typescript(map: &HelpMap) -> String {
    let mut out = "/** The ids of help pages. Made by `hjelp helpmap --format ts`. */\nexport const HelpId = {\n".to_owned();
    for (name, id, title) in constants(map, |first, letter| {
        if first {
            letter.to_ascii_lowercase()
        } else {
            letter.to_ascii_uppercase()
        }
    }) {
        out.push_str(&format!(
            "  /** {} */\n  {name}: {},\n",
            title.replace("*/", "* /"),
            quoted(id)
        ));
    }
    out + "} as const;\n\nexport type HelpId = (typeof HelpId)[keyof typeof HelpId];\n"
}

/// The ids as a C# class.
pub fn csharp(map: &HelpMap) -> String {
    let mut out =
        "/// <summary>The ids of help pages. Made by <c>hjelp helpmap --format cs</c>.</summary>\npublic static class HelpId\n{\n"
            .to_owned();
    for (name, id, title) in constants(map, |_, letter| letter.to_ascii_uppercase()) {
        let title = escape::xml_text(&title);
        out.push_str(&format!(
            "    /// <summary>{title}</summary>\n    public const string {name} = {};\n",
            quoted(id)
        ));
    }
    out + "}\n"
}

/// A text in double quotes, as both languages read it.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

/// A name for each id, all different, the id, and the title of its page.
fn constants(map: &HelpMap, letter: fn(bool, char) -> char) -> Vec<(String, &str, String)> {
    let mut taken = std::collections::BTreeSet::new();
    let mut all = Vec::new();
    for (id, pages) in &map.pages {
        let mut name = String::new();
        for (number, part) in id
            .split(|sign: char| !sign.is_alphanumeric())
            .filter(|part| !part.is_empty())
            .enumerate()
        {
            let mut signs = part.chars();
            name.extend(signs.next().map(|first| letter(number == 0, first)));
            name.extend(signs);
        }
        if !name.starts_with(char::is_alphabetic) {
            name.insert(0, '_');
        }
        let mut own = name.clone();
        let mut number = 2;
        while !taken.insert(own.clone()) {
            own = format!("{name}{number}");
            number += 1;
        }
        let title = pages
            .get("en")
            .or_else(|| pages.values().next())
            .map(|page| page.title.replace(['\n', '\r'], " "))
            .unwrap_or_default();
        all.push((own, id.as_str(), title));
    }
    all
}
