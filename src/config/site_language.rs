//! What DocFX and Learn state about the language of a docset in one language -> that language. Knows nothing of language folders: a docset that
//! has some doesn't ask.

use super::docfx_json::Docfx;
use super::jsonc;
use super::reader::{ConfigReader, value_of, value_of_any_case};
use crate::locale::language_info;
use crate::source::yaml::{self, YamlNode};
use crate::source::{SitePath, Source, Sources};

/// The settings of Microsoft's publishing service, which OPS reads in the root of a repository.
pub(super) const PUBLISH_CONFIG: &str = ".openpublishing.publish.config.json";

/// The language of a docset, as it is stated: the publish configuration's `locale`, else `_lang` of the metadata for all files, else the end of
/// the name of the folder that `docfx.json` is in. The publish configuration is added to the files that the configuration is read from.
pub(super) fn stated_language(
    reader: &ConfigReader,
    root: &YamlNode,
    docfx: Option<&mut Docfx>,
) -> Option<String> {
    let Some(docfx) = docfx else {
        return global_language(root);
    };
    let folder = match docfx.files.first() {
        Some(path) => path.parent(),
        None => SitePath::root(),
    };
    if let Some(source) = publish_config(reader.sources, &folder) {
        docfx.files.push(source.path.clone());
        if let Some(locale) = published_locale(reader.sources, source, &folder) {
            return Some(locale);
        }
    }
    global_language(root)
        .or_else(|| Some(docfx.metadata.global_text("_lang")?.to_owned()))
        .or_else(|| folder_language(&folder))
}

/// `_lang` under `metadata` of `hjelp.yml`.
fn global_language(root: &YamlNode) -> Option<String> {
    let global = value_of(value_of(root, "metadata")?, "global")?;
    Some(value_of(global, "_lang")?.text()?.to_owned())
}

/// The publish configuration in `folder`, or in the nearest folder above it.
pub(super) fn publish_config<'s>(sources: &'s Sources, folder: &SitePath) -> Option<&'s Source> {
    let mut folder = folder.clone();
    loop {
        if let Ok(path) = folder.join(PUBLISH_CONFIG)
            && let Some(id) = sources.find(path.as_str())
        {
            return Some(sources.get(id));
        }
        folder = sources.surroundings().join(&folder, "..").ok()?;
    }
}

/// The locale of the docset in `folder`. What is wrong with the file is for OPS to report.
fn published_locale(sources: &Sources, source: &Source, folder: &SitePath) -> Option<String> {
    let around = sources.surroundings();
    let (node, _) = yaml::parse(&jsonc::blank(&source.text), 0);
    let node = node?;
    let docsets = value_of_any_case(&node, "docsets_to_publish")?;
    for docset in docsets.items() {
        let below = value_of_any_case(docset, "build_source_folder")
            .and_then(YamlNode::text)
            .unwrap_or(".");
        if around.join(&source.path.parent(), below).as_ref() == Ok(folder) {
            let locale = value_of_any_case(docset, "locale")?.text()?;
            return language_info(locale).is_some().then(|| locale.to_owned());
        }
    }
    None
}

/// The language in the name of `docs.nb-no`. A language without a region is no language there: `Firma.No` is the name of a project.
fn folder_language(folder: &SitePath) -> Option<String> {
    let (_, tag) = folder.file_name().rsplit_once('.')?;
    (tag.contains('-') && language_info(tag).is_some()).then(|| tag.to_owned())
}
