//! `outputs` of `hjelp.yml` -> which files for search and machines are written next to the pages. Doesn't know what is in them.

use super::reader::ConfigReader;
use crate::source::yaml::YamlNode;

/// Which files are written next to the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct OutputOptions {
    /// The search, and the list of all pages from A to Z.
    pub search: bool,
    /// Every page as Markdown.
    pub markdown: bool,
    /// `llms.txt`, an overview for language models.
    pub llms: bool,
    /// Feeds of changes, as Atom.
    pub feeds: bool,
    /// `helpmap.json` and the page that finds a page by its uid.
    pub helpmap: bool,
}

impl Default for OutputOptions {
    fn default() -> Self {
        OutputOptions {
            search: true,
            markdown: true,
            llms: true,
            feeds: true,
            helpmap: true,
        }
    }
}

impl ConfigReader<'_> {
    /// Reads `outputs`. What is not turned off is written.
    pub(super) fn read_outputs(&mut self, node: &YamlNode) -> OutputOptions {
        let keys = ["search", "markdown", "llms", "feeds", "helpmap"];
        let [search, markdown, llms, feeds, helpmap] = self.table(node, "`outputs`", keys);
        OutputOptions {
            search: self.flag(search, "`search`").unwrap_or(true),
            markdown: self.flag(markdown, "`markdown`").unwrap_or(true),
            llms: self.flag(llms, "`llms`").unwrap_or(true),
            feeds: self.flag(feeds, "`feeds`").unwrap_or(true),
            helpmap: self.flag(helpmap, "`helpmap`").unwrap_or(true),
        }
    }
}
