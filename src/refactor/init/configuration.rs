//! What is known of a new site -> the text of its `hjelp.yml`.

use crate::refactor::new::NewFile;
use crate::source::yaml::scalar::scalar;

use super::plan::new_file;

/// What a new `hjelp.yml` says.
#[derive(Debug, Default)]
pub(super) struct Configuration {
    pub(super) docfx: Option<String>,
    /// The folder of the pages, if it isn't `content`.
    pub(super) content: Option<String>,
    pub(super) title: Option<String>,
    pub(super) base_url: Option<String>,
    pub(super) default_locale: Option<String>,
    /// Lines that are written as they are.
    pub(super) more: Vec<String>,
}

impl Configuration {
    pub(super) fn file(&self) -> NewFile {
        let mut text = String::from(
            "# yaml-language-server: $schema=.hjelp/schemas/hjelp.json\n# Every key: `hjelp schema hjelp`, and the page *Configuration* of the manual.\n",
        );
        let pairs = [
            ("docfx", &self.docfx),
            ("content", &self.content),
            ("title", &self.title),
            ("default-locale", &self.default_locale),
        ];
        for (key, value) in pairs {
            if let Some(value) = value {
                text.push_str(&format!("{key}: {}\n", scalar(value)));
            }
        }
        match &self.base_url {
            Some(address) => text.push_str(&format!("base-url: {address}\n")),
            // Not as a value: the sitemap and the feeds would have addresses of a site that doesn't
            // exist.
            None => text.push_str("# base-url: https://help.example.com/\n"),
        }
        for line in &self.more {
            text.push_str(line);
            text.push('\n');
        }
        new_file("hjelp.yml", text)
    }
}
