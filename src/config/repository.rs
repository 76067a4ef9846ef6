//! The repository that a site is part of -> the files in it that say something about the site, before the site is read. Doesn't know which
//! repository that is.

use super::jsonc;
use super::names::{HJELP, REDIRECTIONS};
use super::reader::{value_of, value_of_any_case};
use super::site_language::{PUBLISH_CONFIG, publish_config};
use crate::source::yaml::{self, YamlNode};
use crate::source::{SitePath, Sources, Span, Surroundings};

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

/// A repository that the publishing service takes files of the site from.
#[derive(Debug, Clone, Hash)]
pub struct OtherRepository {
    /// The folder that its files are expected in.
    pub folder: SitePath,
    /// Its address.
    pub url: String,
    /// True if this repository has translations only, and that one their originals.
    pub has_originals: bool,
    /// The file that names it.
    pub stated_in: SitePath,
    /// Where its address is written.
    pub span: Span,
}

/// The repositories that the publish configuration of the docset in `folder` names. Those of the theme have no content.
pub(super) fn other_repositories(sources: &Sources, folder: &SitePath) -> Vec<OtherRepository> {
    let mut others = Vec::new();
    let Some(source) = publish_config(sources, folder) else {
        return others;
    };
    let (node, _) = yaml::parse(&jsonc::blank(&source.text), 0);
    let Some(listed) = node
        .as_ref()
        .and_then(|node| value_of_any_case(node, "dependent_repositories"))
    else {
        return others;
    };
    for item in listed.items() {
        let (Some(path), Some(url)) = (
            value_of_any_case(item, "path_to_root").and_then(YamlNode::text),
            value_of_any_case(item, "url"),
        ) else {
            continue;
        };
        let around = sources.surroundings();
        if let Ok(folder) = around.join(&source.path.parent(), path)
            && let Some(address) = url.text()
            // The templates of the publishing service are no content.
            && !path.starts_with("_themes")
        {
            others.push(OtherRepository {
                folder,
                url: address.to_owned(),
                // The publishing service names the folder so: `_repo.en-us`.
                has_originals: path.starts_with("_repo."),
                stated_in: source.path.clone(),
                span: url.span,
            });
        }
    }
    others
}
