//! References -> the addresses they have on the page that is written.

use std::borrow::Cow;

use crate::locale::LocaleId;
use crate::site::address::{AddressParts, merge_addresses, split_address};
use crate::site::href::sanitize;
use crate::site::xref::Xref;
use crate::site::{PageVersion, Target};
use crate::source::SitePath;
use crate::source::percent::{self, decode_path};
use crate::syntax::{RefId, RefKind, Reference};

use super::markup::TypedAddress;
use super::writer::ArticleWriter;

/// An address for `href`, and the language behind it if that isn't the reader's.
pub(super) struct Href<'a> {
    pub address: Cow<'a, str>,
    pub language: Option<LocaleId>,
}

impl From<String> for Href<'_> {
    /// An address in the language of the page.
    fn from(address: String) -> Self {
        Href {
            address: address.into(),
            language: None,
        }
    }
}

impl<'a> ArticleWriter<'a> {
    /// The address of a reference on this page, or as typed if DocFX's engine would leave it so.
    pub(super) fn address(&self, reference: RefId) -> String {
        match self.site.reference(self.text.id, reference) {
            Some((reference, _)) if self.markup.keeps_typed() => {
                self.typed_address(&typed(reference), false)
            }
            _ => self.href(reference).address.into_owned(),
        }
    }

    /// The address of an image or link in a `:::` directive, which DocFX's engine does not encode.
    pub(super) fn directive_address(&self, reference: RefId) -> String {
        match self.site.reference(self.text.id, reference) {
            Some((found, _)) if self.markup.keeps_typed() => {
                self.typed_address(&found.target, true)
            }
            _ => self.address(reference),
        }
    }

    /// An address that stays as it was typed.
    pub(super) fn typed_address(&self, target: &str, in_directive: bool) -> String {
        self.markup.typed_address(&TypedAddress {
            target,
            file: self.site.path(self.text.id),
            is_included: self.stack.len() > 1,
            in_directive,
        })
    }

    /// The address of a reference on this page. Broken references have what the author typed.
    pub(super) fn href(&self, reference: RefId) -> Href<'a> {
        let Some((reference, target)) = self.site.reference(self.text.id, reference) else {
            return Href::from(String::new());
        };
        match target {
            Target::Page { set, locale } => {
                if let Some(version) = self.site.version_for(*set, locale.unwrap_or(self.reader)) {
                    return self.page_href(reference, version, *locale);
                }
            }
            Target::Asset(path) => {
                if let Some(output) = self.site.output_of(path) {
                    // The query or fragment of an image has no meaning (DocFX spec 10.1); that of a link may have one.
                    let tail = match reference.kind {
                        RefKind::Image | RefKind::HtmlSrc => "",
                        _ => split_address(&reference.target).1,
                    };
                    return Href::from(self.base.address(&output, tail));
                }
            }
            // A toc has no page of its own: the link is to the first page in it.
            Target::Toc(toc) => {
                if let Some(tree) = self.site.navigation_from(*toc, self.reader)
                    && let Some(page) = tree.first_page()
                {
                    return Href::from(self.base.address(&self.site.page(page).output, ""));
                }
            }
            Target::ExternalUid(uid) => {
                let tail = Xref::of(&reference.target).tail;
                return Href::from(self.foreign_address(uid, &tail));
            }
            // An unknown uid stays one (DocFX spec 9.2).
            _ if reference.kind == RefKind::Uid => {
                return Href::from(format!("xref:{}", sanitize(&reference.target)));
            }
            Target::Broken(reason) => {
                if let Some(path) = reason.path()
                    && self.moves_with_page(reference)
                {
                    return Href::from(self.missing_address(path, &reference.target));
                }
            }
            _ => {}
        }
        if let Some(address) = self.site.config.address_elsewhere(&reference.target) {
            return Href::from(address);
        }
        // A `javascript:` address must not get onto a page, wherever it comes from.
        Href {
            address: sanitize(&reference.target),
            language: None,
        }
    }

    /// True for an address that is right as typed only in the file it is typed in, or in none: from an include, and after `~/`. Raw HTML in an
    /// include counts from the page already (DocFX spec 3.4).
    fn moves_with_page(&self, reference: &Reference) -> bool {
        let is_html = matches!(reference.kind, RefKind::HtmlHref | RefKind::HtmlSrc);
        let is_included = self.stack.len() > 1 && !is_html;
        is_included || reference.target.starts_with(['~'])
    }

    /// The address that a file at `path` would have on this page: it may be generated, or added to the site later.
    fn missing_address(&self, path: &SitePath, typed: &str) -> String {
        let tail = split_address(typed).1;
        let is_folder = split_address(typed).0.ends_with(['/', '\\']);
        // As DocFX does, a page that isn't there keeps the name of its source.
        let placed = match self.site.placed(path) {
            Some(placed) => placed.output.parent().join(path.file_name()).ok(),
            None => None,
        };
        if let Some(output) = placed {
            return self.base.address(&output, tail);
        }
        let Some(page) = self.stack.first() else {
            return sanitize(typed).into_owned();
        };
        let mut address = path.relative_to(&self.site.path(*page).parent());
        if is_folder && !address.is_empty() {
            address.push('/');
        }
        let mut out = String::new();
        percent::push_encoded(&address, percent::LINK_PATH, &mut out);
        out.push_str(&sanitize(tail));
        out
    }

    /// The address of a version of a page. `locale` is the language that the author asked for.
    fn page_href(
        &self,
        reference: &Reference,
        version: PageVersion,
        locale: Option<LocaleId>,
    ) -> Href<'a> {
        let page = self.site.page(version.page());
        let address = if is_uid(reference.kind) {
            let tail = Xref::of(&reference.target).tail;
            self.base.address(&page.output, &tail)
        } else {
            let tail = split_address(&reference.target).1;
            self.base.address(&page.output, tail)
        };
        let is_original = matches!(version, PageVersion::Original(_)) && page.locale != self.reader;
        let asks_for_other = matches!(locale, Some(locale) if locale != self.reader);
        let is_foreign = is_original || asks_for_other;
        Href {
            address: address.into(),
            language: if is_foreign { Some(page.locale) } else { None },
        }
    }

    /// The address of another site's page. One that is not whole begins at the top of this site.
    fn foreign_address(&self, uid: &str, tail: &str) -> String {
        let Some((_, page)) = self.site.external_page(uid) else {
            return String::new();
        };
        let Some(href) = page.href.as_deref() else {
            return String::new();
        };
        let merged = merge_addresses(href, tail);
        let parts = AddressParts::of(&merged);
        match SitePath::new(&decode_path(parts.path)) {
            Ok(path) if !parts.path.contains(':') && !parts.path.starts_with('/') => self
                .base
                .address(&path, &format!("{}{}", parts.query, parts.fragment)),
            _ => sanitize(&merged).into_owned(),
        }
    }
}

/// True for references that name a page by its uid.
pub(super) fn is_uid(kind: RefKind) -> bool {
    matches!(kind, RefKind::Uid | RefKind::UidShorthand)
}

/// The target of a reference as it was typed, with the scheme of uids.
pub(super) fn typed(reference: &Reference) -> String {
    if reference.kind == RefKind::Uid {
        format!("xref:{}", reference.target)
    } else {
        reference.target.to_string()
    }
}
