//! One interface -> whether it is a page, of which kind, and the name of its file in the site.

use crate::source::SitePath;
use crate::syntax::Interface;
use crate::syntax::front_matter::parse_flag;
use crate::syntax::interface::DocumentKind;

use super::layout::Layout;

/// The kinds of pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageKind {
    /// Markdown.
    Article,
    /// Cards with links.
    Landing,
    /// Steps.
    Tutorial,
    /// A YAML file of a type that only the site's own template knows.
    Data,
    /// Nothing to read: sends the reader on.
    Redirect,
    /// Removed on purpose: says so.
    Gone,
}

impl PageKind {
    /// True for pages with content of their own. Those that moved or are gone are not listed anywhere.
    pub fn has_content(self) -> bool {
        !matches!(self, PageKind::Redirect | PageKind::Gone)
    }
}

/// The kind of page a document is; nothing if it is none.
pub(super) fn kind_of(interface: Interface<'_>, layout: &Layout) -> Option<PageKind> {
    let kind = match interface.kind() {
        DocumentKind::Article => PageKind::Article,
        DocumentKind::Landing => PageKind::Landing,
        DocumentKind::Tutorial => PageKind::Tutorial,
        // A template of the site for this type gets the page as data, as before hjelp knew the type.
        DocumentKind::Structured if own_template(interface, layout).is_some() => PageKind::Data,
        DocumentKind::Structured => PageKind::Article,
        DocumentKind::Data => {
            own_template(interface, layout)?;
            PageKind::Data
        }
        DocumentKind::Toc | DocumentKind::Redirects => return None,
    };
    // For DocFX, too, a page with this key is nothing but a redirection, whatever else is in it.
    if interface.metadata("redirect_url").is_some() {
        Some(PageKind::Redirect)
    } else if interface.metadata("gone").and_then(parse_flag) == Some(true) {
        Some(PageKind::Gone)
    } else {
        Some(kind)
    }
}

/// The template a site has for a type of page that only it knows: `templates/Type.html`.
pub(super) fn own_template(interface: Interface<'_>, layout: &Layout) -> Option<String> {
    let name = format!("{}.html", interface.mime()?);
    // Letter by letter: a type such as `../x` must not reach other files.
    layout.find_str(&format!("templates/{name}"))?;
    Some(name)
}

/// `x.md` is written to `x.html`, or under the name of its `outputFileName`: that of a file in the same folder.
pub(super) fn html_path(path: &SitePath, interface: Interface<'_>) -> SitePath {
    let mut stem = path.stem();
    if let Some(stated) = interface.metadata("outputFileName") {
        let name = stated.trim();
        // A name that leaves the folder is reported by a check, and has no effect.
        if !name.contains(['/', '\\']) && name != ".." {
            stem = match name.rsplit_once('.') {
                Some((stem, _)) => stem,
                None => name,
            };
        }
    }
    path.parent()
        .join(&format!("{stem}.html"))
        .unwrap_or_else(|_| path.clone())
}
