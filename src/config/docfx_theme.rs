//! The metadata that DocFX's own templates read (`_appTitle`, `_appLogoPath` ...) -> title, logo and footer of the site. Doesn't know what
//! else metadata can hold.

use super::localized_text::LocalizedText;
use super::mapping::{FileKind, Mapping};
use super::metadata::Metadata;
use super::theme::ThemeOptions;
use crate::source::escape::unescaped;
use crate::source::{SitePath, Sources};

/// The title of the site in each language: `_appTitle`, which ends the title of each page, or else `_appName`, which is next to the logo.
/// `home_pages` has the path of each language's home page.
pub(super) fn titles(metadata: &Metadata, home_pages: &[SitePath]) -> LocalizedText {
    let mut titles = Vec::new();
    for path in home_pages {
        let title = metadata
            .text(path, "_appTitle")
            .or(metadata.text(path, "_appName"));
        titles.push(title.map(str::to_owned));
    }
    LocalizedText(titles)
}

/// Logo and footer. The footer is the one of each language's home page.
pub(super) fn read(
    metadata: &Metadata,
    mappings: &[Mapping],
    sources: &Sources,
    home_pages: &[SitePath],
) -> ThemeOptions {
    let mut footers = Vec::new();
    // DocFX has one text, but `fileMetadata` can give each language folder its own.
    for path in home_pages {
        let text = metadata.text(path, "_appFooter").map(text_of_html);
        footers.push(text.filter(|text| !text.is_empty()));
    }
    ThemeOptions {
        logo: logo(metadata, mappings, sources),
        footer: LocalizedText(footers),
        ..ThemeOptions::default()
    }
}

/// `_appLogoPath` is a path in the built site, so the logo is the source that is published there.
fn logo(metadata: &Metadata, mappings: &[Mapping], sources: &Sources) -> Option<SitePath> {
    let output = SitePath::new(metadata.global_text("_appLogoPath")?).ok()?;
    let texts = sources.texts().iter().map(|source| &source.path);
    for path in sources.assets().keys().chain(texts) {
        // Comparing names first: resolving every file of a large site through all mappings takes much longer.
        if path.file_name() == output.file_name()
            && asset_output(mappings, path).as_ref() == Some(&output)
        {
            return Some(path.clone());
        }
    }
    None
}

fn asset_output(mappings: &[Mapping], path: &SitePath) -> Option<SitePath> {
    for mapping in mappings {
        if mapping.kind != FileKind::Assets {
            continue;
        }
        if let Some(rest) = mapping.select(path)
            && let Ok(output) = mapping.to.join(rest)
        {
            return Some(output);
        }
    }
    None
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
