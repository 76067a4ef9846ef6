//! The site of one language -> a folder that opens from disk, alone: its pages, its search, and the files those use. What leads out of it
//! leads to the published site, or nowhere if that has no address.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::locale::LocaleId;
use crate::site::Site;
use crate::site::address::AddressParts;
use crate::source::SitePath;
use crate::source::percent::decode_path;
use crate::syntax::html::tokenizer::{Token, tokenize};

use super::theme::ASSETS;
use super::{Output, Plan, RenderedFile, Theme, plan};
use crate::site::href::absolute;
use crate::source::escape::escape;

/// What the folder of a language holds. Not all of its copies need be used.
pub fn offline(site: &Site, theme: &Theme, locale: LocaleId) -> Plan {
    let whole = plan(site, theme);
    let is_own = |output: &Output| match output {
        Output::Page(id) | Output::Moved(id, _) => site.page(*id).locale == locale,
        Output::AtoZ(of, _) => *of == locale,
        Output::SiteStyle => true,
        _ => false,
    };
    let mut outputs: Vec<Output> = whole.outputs.into_iter().filter(is_own).collect();
    let index = SitePath::new("index.html").ok();
    let taken = |path: &SitePath| site.page_at(locale, path).is_some();
    if let (Some(home), false) = (site.home(locale), index.as_ref().is_none_or(taken)) {
        outputs.retain(
            |output| !matches!(output, Output::Moved(_, old) if Some(old) == index.as_ref()),
        );
        outputs.push(Output::Entrance(home));
    }
    let assets = SitePath::new(ASSETS).unwrap_or_else(|_| SitePath::root());
    let ready = whole
        .ready
        .into_iter()
        .filter(|file| file.path.starts_with(&assets))
        .collect();
    let searches = whole
        .searches
        .into_iter()
        .filter(|(of, _)| *of == locale)
        .collect();
    Plan {
        outputs,
        ready,
        copies: whole.copies,
        searches,
    }
}

/// A page for the folder, and every file of the site that it uses. `has` says what the folder can have.
pub fn taken_along(
    site: &Site,
    page: RenderedFile,
    has: impl Fn(&SitePath) -> bool,
) -> (RenderedFile, BTreeSet<SitePath>) {
    let (Ok(text), true) = (
        std::str::from_utf8(&page.bytes),
        page.path.has_extension("html"),
    ) else {
        return (page, BTreeSet::new());
    };
    let folder = page.path.parent();
    let mut used = BTreeSet::new();
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    for address in addresses(text) {
        let parts = AddressParts::of(&address.value);
        let Some(path) = Some(parts.path)
            .filter(|path| is_inside(path))
            .and_then(|path| folder.join(&decode_path(path)).ok())
        else {
            continue;
        };
        if has(&path) {
            used.insert(path);
            continue;
        }
        let tail = format!("{}{}", parts.query, parts.fragment);
        match &site.config.base_url {
            Some(base_url) => {
                let mut value = String::new();
                escape(&format!("{}{tail}", absolute(base_url, &path)), &mut value);
                edits.push((address.span, value));
            }
            // The words stay, the link goes. What only machines follow does no harm.
            None if address.is_link_element => {}
            None => edits.push((address.attribute, String::new())),
        }
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (span, with) in edits {
        out.push_str(text.get(at..span.start).unwrap_or(""));
        out.push_str(&with);
        at = span.end;
    }
    out.push_str(text.get(at..).unwrap_or(""));
    (
        RenderedFile {
            path: page.path,
            bytes: out.into_bytes(),
        },
        used,
    )
}

struct Address {
    value: String,
    is_link_element: bool,
    /// The value without its quotes.
    span: Range<usize>,
    /// The name, the quotes and the space before.
    attribute: Range<usize>,
}

/// True for a path that is neither empty nor begins elsewhere.
fn is_inside(path: &str) -> bool {
    let scheme = path
        .split_once(':')
        .is_some_and(|(scheme, _)| !scheme.contains('/'));
    !path.is_empty() && !path.starts_with('/') && !scheme
}

/// Every address in a page, in order.
fn addresses(text: &str) -> Vec<Address> {
    let mut found = Vec::new();
    tokenize(text, |token, span| {
        let Token::Attribute {
            element,
            name: "href" | "src" | "poster",
            name_start,
            value,
        } = token
        else {
            return;
        };
        let sign_after = text.as_bytes().get(span.end);
        let quoted = matches!(sign_after, Some(b'"' | b'\''));
        let before = match text.get(..name_start) {
            Some(before) => before.trim_end().len(),
            None => name_start,
        };
        found.push(Address {
            value: value.into_owned(),
            is_link_element: element == "link",
            attribute: before..span.end + usize::from(quoted),
            span,
        });
    });
    found
}
