//! The values of single keys of `hjelp.yml` -> parts of a [`super::Config`]. Doesn't know under which key of another key they are.

use super::locales;
use super::localized_text::LocalizedText;
use super::reader::{ConfigReader, nearest};
use super::settings::Elsewhere;
use super::theme::{IconOptions, ThemeOptions};
use crate::diagnostic::Code;
use crate::locale::Locales;
use crate::message;
use crate::source::SitePath;
use crate::source::yaml::{YamlNode, YamlValue};

impl ConfigReader<'_> {
    /// One text for all languages, or a map with one for each. A language without a text of its own has the one of its nearest fallback.
    pub(super) fn localized_text(
        &mut self,
        node: &YamlNode,
        what: &str,
        locales: &Locales,
    ) -> LocalizedText {
        let YamlValue::Map(entries) = &node.value else {
            let text = self.text(node, what, "Help").map(str::to_owned);
            return LocalizedText(vec![text; locales.len()]);
        };
        let folders = locales::folders(locales);
        // Own texts first, because a fallback may be listed after the language that needs it.
        let mut own = vec![None; locales.len()];
        for entry in entries {
            let locale = self.find_locale(&folders, (&entry.key, entry.key_span));
            let text = self.text(&entry.value, what, "Help");
            if let (Some(locale), Some(text)) = (locale, text) {
                own[locale.index()] = Some(text.to_owned());
            }
        }
        let mut texts = Vec::new();
        for id in locales.ids() {
            let mut chain = locales.fallback_chain(id).into_iter();
            texts.push(chain.find_map(|id| own[id.index()].clone()));
        }
        LocalizedText(texts)
    }

    /// Reads `theme`.
    pub(super) fn read_theme(&mut self, node: &YamlNode, locales: &Locales) -> ThemeOptions {
        let keys = [
            "accent", "logo", "footer", "mermaid", "feedback", "print", "icons",
        ];
        let [accent, logo, footer, mermaid, feedback, print, icons] =
            self.table(node, "`theme`", keys);
        let mut theme = ThemeOptions::default();
        if let Some(node) = accent {
            theme.accent = self.read_colour(node);
        }
        if let Some(node) = logo {
            theme.logo = ThemeFile {
                key: "`logo`",
                example: "content/logo.svg",
                what: "a picture",
            }
            .read(self, node);
        }
        if let Some(node) = mermaid {
            theme.mermaid = ThemeFile {
                key: "`mermaid`",
                example: "content/mermaid.min.js",
                what: "the script",
            }
            .read(self, node);
        }
        if let Some(node) = feedback {
            let example = "https://example.com/feedback?page={url}";
            theme.feedback = self.text(node, "`feedback`", example).map(str::to_owned);
        }
        if let Some(node) = footer {
            theme.footer = self.localized_text(node, "`footer`", locales);
        }
        theme.icons = icons.and_then(|node| self.read_icons(node));
        theme.print = self.flag(print, "`print`").unwrap_or(false);
        theme
    }

    /// Reads `icons` of `theme`: an icon font, and the folder with the pictures of its marks.
    fn read_icons(&mut self, node: &YamlNode) -> Option<IconOptions> {
        let [prefix, from] = self.table(node, "`icons`", ["prefix", "from"]);
        let (Some(prefix), Some(from)) = (prefix, from) else {
            self.error(
                Code::MissingKey,
                node.span,
                "`icons` needs a prefix and a folder",
                "Write for example `icons: {prefix: ph, from: templates/icons}`.",
            );
            return None;
        };
        let prefix = self.text(prefix, "`prefix`", "ph")?.to_owned();
        let span = from.span;
        let from = self.path(from, "`from`", "templates/icons")?;
        // Only there are pictures read as text, which they are put into pages as.
        if from.segments().next() != Some("templates") {
            self.error(
                Code::UnexpectedValue,
                span,
                format!("the icons in `{from}` can't be read"),
                "Put the SVG files into a folder below `templates`, like `templates/icons`.",
            );
            return None;
        }
        Some(IconOptions { prefix, from })
    }

    fn read_colour(&mut self, node: &YamlNode) -> Option<String> {
        let text = self.text(node, "`accent`", "'#0a5'")?;
        // The value is written into a style sheet as it is, so it must not be able to end the declaration.
        let is_colour = text
            .chars()
            .all(|char| char.is_ascii_alphanumeric() || "#(),.%/- ".contains(char));
        if is_colour {
            return Some(text.to_owned());
        }
        self.error(
            Code::UnexpectedValue,
            node.span,
            message!("`{text}` is not a colour", text),
            "Write it as CSS does, like `'#0a5'` or `teal`.",
        );
        None
    }

    /// Reads `output`, the folder the site is written to.
    pub(super) fn read_output(&mut self, node: &YamlNode) -> Option<SitePath> {
        let path = self.path(node, "`output`", "_site")?;
        // Files of an earlier build are removed from the output folder, and here these would be the sources.
        if path.is_root() {
            self.error(
                Code::UnexpectedValue,
                node.span,
                "the site cannot be written among its own sources",
                "Name a folder, like `_site`.",
            );
            return None;
        }
        Some(path)
    }

    /// Reads `edit-url`, the address of a page's source with a placeholder for its path.
    pub(super) fn read_edit_url(&mut self, node: &YamlNode) -> Option<String> {
        let example = "https://github.com/owner/repository/edit/main/{path}";
        let text = self.text(node, "`edit-url`", example)?;
        // Without it every page would have the same link.
        if !text.contains("{path}") {
            self.error(
                Code::UnexpectedValue,
                node.span,
                "`edit-url` has no `{path}` for the path of a page",
                message!("Write for example `{example}`.", example),
            );
        }
        Some(text.to_owned())
    }

    /// `elsewhere: { /azure: https://learn.microsoft.com/azure, /api: }`
    pub(super) fn read_elsewhere(&mut self, node: &YamlNode) -> Vec<Elsewhere> {
        let mut all = Vec::new();
        if !matches!(node.value, YamlValue::Map(_)) {
            self.misshapen(
                node,
                "`elsewhere`",
                "a map",
                "/api: https://example.com/api",
            );
        }
        for entry in node.entries() {
            if !entry.key.starts_with('/') || entry.key.len() < 2 {
                self.error(
                    Code::UnexpectedValue,
                    entry.key_span,
                    message!("`{key}` is no path on the server", key = entry.key),
                    "Begin it with `/`, as the links to it do.",
                );
                continue;
            }
            let address = match entry.value.is_null() {
                true => None,
                false => self.address(&entry.value, "a place elsewhere"),
            };
            all.push(Elsewhere {
                prefix: entry.key.to_string(),
                address,
            });
        }
        all
    }

    /// Reads `external`: the prefixes of addresses that are not checked.
    pub(super) fn read_external(&mut self, node: &YamlNode) -> Vec<String> {
        let [ignore] = self.table(node, "`external`", ["ignore"]);
        let Some(node) = ignore else {
            return Vec::new();
        };
        let texts = self.texts(node, "`ignore`", "https://intranet.example.com/");
        texts.into_iter().map(|(text, _)| text.to_owned()).collect()
    }

    /// Reads `inbound`: lists of the addresses of this site that other sites use.
    pub(super) fn read_inbound(&mut self, node: &YamlNode) -> Vec<SitePath> {
        let mut files = Vec::new();
        for item in node.one_or_many() {
            let Some(path) = self.path(item, "`inbound`", "used-by-portal.json") else {
                continue;
            };
            if !self.sources.contains(path.as_str()) {
                self.warning(
                    Code::MissingFile,
                    item.span,
                    format!("file not found: `{path}`"),
                    "Write it with `hjelp urls list --used` in the other site.",
                );
            }
            files.push(path);
        }
        files
    }
}

/// A key of `theme` that names a file of the site.
struct ThemeFile {
    key: &'static str,
    example: &'static str,
    what: &'static str,
}

impl ThemeFile {
    fn read(&self, reader: &mut ConfigReader, node: &YamlNode) -> Option<SitePath> {
        let path = reader.path(node, self.key, self.example)?;
        // A missing file is a warning: the site can be built without a logo.
        if reader.sources.contains(path.as_str()) {
            return Some(path);
        }
        let assets = reader.sources.assets().keys().map(SitePath::as_str);
        let help = match nearest(path.as_str(), assets) {
            Some(path) => message!("Did you mean `{path}`?", path),
            None => message!(
                "Name {what} by its path from the root of the site.",
                what = self.what
            ),
        };
        reader.warning(
            Code::MissingFile,
            node.span,
            message!("file not found: `{path}`", path),
            help,
        );
        None
    }
}
