//! The metadata that DocFX's own templates read (`_appTitle`, `_appLogoPath` ...) -> title, logo and footer of the site. Doesn't know what
//! else metadata can hold.

use super::localized_text::LocalizedText;
use super::mapping::{FileKind, Mapping};
use super::metadata::Metadata;
use super::theme::ThemeOptions;
use crate::source::escape::unescaped;
use crate::source::{SitePath, Sources};

/// Where the values come from.
pub(super) struct DocfxTheme<'a> {
    pub(super) metadata: &'a Metadata,
    pub(super) mappings: &'a [Mapping],
    pub(super) sources: &'a Sources,
    /// The path of the home page of each locale.
    pub(super) home_pages: &'a [SitePath],
}

impl DocfxTheme<'_> {
    /// The title of the site in each language: `_appTitle`, which ends the title of each page, or else `_appName`, which is next to the logo.
    pub(super) fn titles(&self) -> LocalizedText {
        let mut titles = Vec::new();
        for path in self.home_pages {
            let title = self
                .metadata
                .text(path, "_appTitle")
                .or(self.metadata.text(path, "_appName"));
            titles.push(title.map(str::to_owned));
        }
        LocalizedText(titles)
    }

    /// Logo and footer. The footer is the one of each language's home page.
    pub(super) fn options(&self) -> ThemeOptions {
        let mut footers = Vec::new();
        // DocFX has one text, but `fileMetadata` can give each language folder its own.
        for path in self.home_pages {
            let text = self.metadata.text(path, "_appFooter").map(text_of_html);
            footers.push(text.filter(|text| !text.is_empty()));
        }
        ThemeOptions {
            logo: self.logo(),
            footer: LocalizedText(footers),
            ..ThemeOptions::default()
        }
    }

    /// `_appLogoPath` is a path in the built site, so the logo is the source that is published there.
    fn logo(&self) -> Option<SitePath> {
        let output = SitePath::new(self.metadata.global_text("_appLogoPath")?).ok()?;
        let texts = self.sources.texts().iter().map(|source| &source.path);
        for path in self.sources.assets().keys().chain(texts) {
            // Comparing names first: resolving every file of a large site through all mappings takes much longer.
            if path.file_name() == output.file_name()
                && self.asset_output(path).as_ref() == Some(&output)
            {
                return Some(path.clone());
            }
        }
        None
    }

    fn asset_output(&self, path: &SitePath) -> Option<SitePath> {
        for mapping in self.mappings {
            if mapping.kind != FileKind::Assets {
                continue;
            }
            if let Some(rest) = mapping.select(path)
                && let Ok(output) = mapping.to.join(&rest)
            {
                return Some(output);
            }
        }
        None
    }
}

/// The words of HTML, without its tags and with single spaces.
fn text_of_html(html: &str) -> String {
    let mut text = String::new();
    // Tags are dropped: the footer is put into pages as text, so that a configuration cannot bring in scripts.
    for (number, part) in html.split('<').enumerate() {
        if number == 0 {
            text.push_str(part);
        } else if let Some((_, words)) = part.split_once('>') {
            text.push_str(words);
        }
    }
    let text = unescaped(&text.replace("&copy;", "©"));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
