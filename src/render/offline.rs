//! The site of one language -> a folder that works from disk: its pages, its search, and the files those use. Links out of it lead to the
//! published site; if that has no address, they become text.

use std::collections::BTreeSet;
use std::ops::Range;

use super::context::RenderContext;
use super::format::{FormatKind, Output, Subject};
use super::formats::HOME_REDIRECT;
use super::paths;
use super::plan::{Plan, plan};
use super::rendered_file::RenderedFile;
use crate::locale::LocaleId;
use crate::site::Site;
use crate::site::address::AddressParts;
use crate::site::href::absolute;
use crate::source::SitePath;
use crate::source::escape::escape;
use crate::source::percent::decode_path;
use crate::syntax::html::tokenizer::{Token, tokenize};

/// The files of the folder of a language. Not all of the copies need be used: see [`OfflinePage::new`].
pub fn plan_offline(site: &Site, context: &RenderContext, locale: LocaleId) -> Plan {
    let mut folder = plan(site, &context.theme);
    folder
        .outputs
        .retain(|output| is_offline(site, output, locale));
    if let Some(index) = paths::top("index.html")
        && let Some(home) = site.home_path(locale)
        && *home != index
    {
        folder
            .outputs
            // The start page of the whole site chooses among languages, of which this folder has one.
            .retain(|output| output.format.kind != FormatKind::Redirect || output.path != index);
        let home = Output::new(&HOME_REDIRECT, index, Subject::Locale(locale));
        folder.outputs.push(home);
    }
    let theme = paths::theme_folder().unwrap_or_else(SitePath::root);
    folder.ready.retain(|file| file.path.starts_with(&theme));
    folder.searches.retain(|(of, _)| *of == locale);
    folder
}

fn is_offline(site: &Site, output: &Output, locale: LocaleId) -> bool {
    if !output.format.offline {
        return false;
    }
    match output.locale(site) {
        Some(of) => of == locale,
        None => true,
    }
}

/// A file of the folder.
pub struct OfflinePage {
    /// The file, with its links adapted.
    pub file: RenderedFile,
    /// The files of the site that it uses.
    pub uses: BTreeSet<SitePath>,
}

impl OfflinePage {
    /// Adapts the links of a page. `has` tells which files the folder can have. Files that are no pages stay as they are.
    pub fn new(site: &Site, file: RenderedFile, has: impl Fn(&SitePath) -> bool) -> Self {
        let mut uses = BTreeSet::new();
        let text = match std::str::from_utf8(&file.bytes) {
            Ok(text) if file.path.has_extension("html") => text,
            _ => return OfflinePage { file, uses },
        };
        let folder = file.path.parent();
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        for address in addresses(text) {
            let Some(path) = address.path(&folder) else {
                continue;
            };
            if has(&path) {
                uses.insert(path);
            } else if let Some((span, replacement)) = address.outside(site, &path) {
                out.push_str(text.get(at..span.start).unwrap_or(""));
                out.push_str(&replacement);
                at = span.end;
            }
        }
        out.push_str(text.get(at..).unwrap_or(""));
        let file = RenderedFile {
            path: file.path,
            bytes: out.into_bytes(),
        };
        OfflinePage { file, uses }
    }
}

/// An address in a page.
struct PageAddress {
    value: String,
    is_link_element: bool,
    /// The value without its quotes.
    span: Range<usize>,
    /// The name, the quotes and the space before.
    attribute: Range<usize>,
}

impl PageAddress {
    /// The path that the address of a page in `folder` leads to; `None` for an address of another site.
    fn path(&self, folder: &SitePath) -> Option<SitePath> {
        let path = AddressParts::of(&self.value).path;
        // A fragment stays on the page; a rooted address is outside of any folder.
        if path.is_empty() || path.starts_with('/') {
            return None;
        }
        if let Some((scheme, _)) = path.split_once(':')
            // A colon behind a slash is part of a name: `a/b:c.html`.
            && !scheme.contains('/')
        {
            return None;
        }
        folder.join(&decode_path(path)).ok()
    }

    /// What to replace if the address points out of the folder, to `path` of the site.
    fn outside(&self, site: &Site, path: &SitePath) -> Option<(Range<usize>, String)> {
        let Some(base_url) = &site.config.base_url else {
            // `<link>` elements are for programs: an address that isn't there does no harm.
            if self.is_link_element {
                return None;
            }
            return Some((self.attribute.clone(), String::new()));
        };
        let parts = AddressParts::of(&self.value);
        let address = absolute(base_url, path);
        let mut value = String::new();
        escape(
            &format!("{address}{}{}", parts.query, parts.fragment),
            &mut value,
        );
        Some((self.span.clone(), value))
    }
}

/// Every address in a page, in order.
fn addresses(text: &str) -> Vec<PageAddress> {
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
        // A value without quotes ends at white space or `>`, which stays.
        let sign_after = text.as_bytes().get(span.end);
        let quoted = matches!(sign_after, Some(b'"' | b'\''));
        let before = match text.get(..name_start) {
            Some(before) => before.trim_end().len(),
            None => name_start,
        };
        found.push(PageAddress {
            value: value.into_owned(),
            is_link_element: element == "link",
            // Without its `href` an `<a>` is text, which is what remains of a link to nothing.
            attribute: before..span.end + usize::from(quoted),
            span,
        });
    });
    found
}
