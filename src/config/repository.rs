//! The repository that a site is part of -> the files in it that say something about the site, before the site is read. Doesn't know which
//! repository that is.

use super::reader::value_of;
use super::redirections::REDIRECTIONS;
use super::settings::HJELP;
use super::site_language::PUBLISH_CONFIG;
use crate::source::yaml::{self, YamlNode};
use crate::source::{SitePath, Sources, Surroundings};

/// The folders around the site that `hjelp.yml` names.
#[derive(Debug, Default)]
pub struct FoldersNamed {
    /// `root`: the folder above the site that it may read.
    pub root: Option<String>,
    /// `from` of `content` in one language.
    pub languages: Vec<String>,
}

/// The folders around the site that `hjelp.yml` names, as seen from the site.
pub fn folders_named(sources: &Sources) -> FoldersNamed {
    let mut named = FoldersNamed::default();
    // Problems of the file are reported when all of it is read.
    let Some(id) = sources.find(HJELP) else {
        return named;
    };
    let Some(node) = yaml::parse(&sources.get(id).text, 0).0 else {
        return named;
    };
    named.root = value_of(&node, "root")
        .and_then(YamlNode::text)
        .map(str::to_owned);
    for entry in value_of(&node, "content").map_or(&[][..], YamlNode::one_or_many) {
        if let Some(from) = value_of(entry, "from").and_then(YamlNode::text)
            && value_of(entry, "locale").is_some()
        {
            named.languages.push(from.to_owned());
        }
    }
    named
}

/// The files above a site that belong to its configuration, whether or not there are any.
pub fn files_above(surroundings: &Surroundings, folder: &SitePath) -> Vec<SitePath> {
    let mut files = Vec::new();
    let mut folder = folder.clone();
    while let Ok(above) = surroundings.join(&folder, "..") {
        files.extend(above.join(PUBLISH_CONFIG));
        files.extend(above.join(&format!("{REDIRECTIONS}.json")));
        folder = above;
    }
    files
}
