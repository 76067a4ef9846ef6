//! The repository that a site is part of -> the files in it that say something about the site, before the site is read. Doesn't know which
//! repository that is.

use super::reader::value_of;
use super::settings::HJELP;
use super::site_language::PUBLISH_CONFIG;
use crate::source::yaml::{self, YamlNode};
use crate::source::{SitePath, Sources, Surroundings};

/// `root` of `hjelp.yml`: the folder above the site that it may read, as seen from the site.
pub fn repository_folder(sources: &Sources) -> Option<String> {
    let id = sources.find(HJELP)?;
    // Problems of the file are reported when all of it is read.
    let (node, _) = yaml::parse(&sources.get(id).text, 0);
    let folder = value_of(&node?, "root")
        .and_then(YamlNode::text)?
        .to_owned();
    Some(folder)
}

/// The files above a site that belong to its configuration, whether or not there are any.
pub fn files_above(surroundings: &Surroundings) -> Vec<SitePath> {
    let mut files = Vec::new();
    for folder in surroundings.folders_above() {
        files.extend(folder.join(PUBLISH_CONFIG));
    }
    files
}
