//! The options of the theme, as values.

use super::localized_text::LocalizedText;
use crate::source::SitePath;

/// What the configuration can change about the theme.
#[derive(Debug, Clone, Default, Hash)]
pub struct ThemeOptions {
    /// The colour of links and highlights, as CSS writes it.
    pub accent: Option<String>,
    /// The picture next to the title.
    pub logo: Option<SitePath>,
    /// The text below every page.
    pub footer: LocalizedText,
    /// The script that draws diagrams.
    pub mermaid: Option<SitePath>,
    /// The address where readers comment on a page, with placeholders for the page.
    pub feedback: Option<String>,
    /// The pictures of an icon font whose marks are in the content.
    pub icons: Option<IconOptions>,
    /// True if every section is available as one page for printing.
    pub print: bool,
}

/// The pictures of an icon font.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct IconOptions {
    /// What the classes of its marks begin with: `ph` of `ph-user`.
    pub prefix: String,
    /// The folder of the SVG files, below `templates`.
    pub from: SitePath,
}

impl ThemeOptions {
    /// These options with the logo and the footer of `others` where they have none.
    pub(super) fn or(self, others: ThemeOptions) -> ThemeOptions {
        ThemeOptions {
            logo: self.logo.or(others.logo),
            footer: self.footer.or(others.footer),
            ..self
        }
    }
}
