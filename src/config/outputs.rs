//! Turns `outputs` of `hjelp.yml` into which files for search and machines are made beside the pages. Doesn't know what is in them.

use super::reader::ConfigReader;
use crate::source::yaml::YamlNode;

/// What is made beside the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct OutputOptions {
    /// The search, and the list of all pages from A to Z.
    pub search: bool,
    /// Every page as Markdown.
    pub markdown: bool,
    /// `llms.txt`, which tells machines what there is.
    pub llms: bool,
    /// What has changed, as Atom.
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

pub(super) fn read(reader: &mut ConfigReader, node: &YamlNode) -> OutputOptions {
    let keys = ["search", "markdown", "llms", "feeds", "helpmap"];
    let values = reader.table(node, "`outputs`", keys);
    let mut asked = [true; 5];
    for ((asked, node), key) in asked.iter_mut().zip(values).zip(keys) {
        if let Some(node) = node {
            *asked = reader
                .choice(
                    node,
                    &format!("`{key}`"),
                    [("true", true), ("false", false)],
                )
                .unwrap_or(true);
        }
    }
    let [search, markdown, llms, feeds, helpmap] = asked;
    OutputOptions {
        search,
        markdown,
        llms,
        feeds,
        helpmap,
    }
}
