//! The files of a theme: those of the program, and those in the `templates/` and `locales/` of a site, which replace them one by one.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::embedded;
use crate::locale::MessageFile;
use crate::render::rendered_file::RenderedFile;
use crate::source::{SitePath, Sources};

/// The folder of a site's own templates.
pub(super) const TEMPLATES: &str = "templates";
/// The folder of a site's own interface texts.
pub(super) const MESSAGES: &str = "locales";
/// The folder of theme files in the output.
pub(in crate::render) const ASSETS: &str = "hjelp-assets";

/// The interface texts of a site: those of the program, then those in its own `locales/`.
pub fn messages(sources: &Sources) -> Vec<MessageFile> {
    let mut files = Vec::new();
    for (name, text) in embedded::MESSAGES {
        if let Ok(path) = SitePath::new(&format!("{MESSAGES}/{name}.ftl")) {
            files.push(MessageFile {
                name: (*name).to_owned(),
                path,
                text: (*text).into(),
            });
        }
    }
    for source in sources.texts() {
        // The site's files come last, so that of two messages with one key its own counts.
        if source.path.parent().as_str() == MESSAGES && source.path.has_extension("ftl") {
            files.push(MessageFile {
                name: source.path.stem().to_owned(),
                path: source.path.clone(),
                text: source.text.clone(),
            });
        }
    }
    files
}

/// The site's own templates: name and text.
pub(super) fn own_templates(sources: &Sources) -> Vec<(String, String)> {
    let mut templates = Vec::new();
    let Ok(folder) = SitePath::new(TEMPLATES) else {
        return templates;
    };
    for source in sources.texts() {
        if let Some(name) = source.path.strip_prefix(&folder)
            && (name.ends_with(".html") || is_style(name))
        {
            templates.push((name.to_owned(), source.text.to_string()));
        }
    }
    templates
}

/// The SVG files in the folder of templates.
pub(super) fn pictures(sources: &Sources) -> BTreeMap<SitePath, Arc<str>> {
    let mut pictures = BTreeMap::new();
    let Ok(folder) = SitePath::new(TEMPLATES) else {
        return pictures;
    };
    for source in sources.texts() {
        if source.path.starts_with(&folder) && source.path.has_extension("svg") {
            pictures.insert(source.path.clone(), source.text.as_ref().into());
        }
    }
    pictures
}

/// True for a part of the one style sheet, which is a template.
fn is_style(name: &str) -> bool {
    name.ends_with(".css") && embedded::TEMPLATES.iter().any(|(known, _)| *known == name)
}

fn own_assets_folder() -> Option<SitePath> {
    SitePath::new(TEMPLATES).ok()?.join("assets").ok()
}

fn asset_path(name: &str) -> Option<SitePath> {
    SitePath::new(ASSETS).ok()?.join(name).ok()
}

/// Theme files of the site that are not text: from the site root, to the output folder.
pub(in crate::render) fn binary_assets(sources: &Sources) -> Vec<(SitePath, SitePath)> {
    let mut copies = Vec::new();
    let Some(folder) = own_assets_folder() else {
        return copies;
    };
    for path in sources.assets().keys() {
        if let Some(name) = path.strip_prefix(&folder)
            && let Some(to) = asset_path(name)
        {
            copies.push((path.clone(), to));
        }
    }
    copies
}

/// Theme files that are text: style sheets, scripts, icons.
pub(super) fn assets(sources: &Sources) -> Vec<RenderedFile> {
    // Sorted, so that the files are in the same order in each build.
    let mut by_name: BTreeMap<&str, &[u8]> = BTreeMap::new();
    for (name, bytes) in embedded::ASSETS {
        by_name.insert(name, bytes);
    }
    if let Some(folder) = own_assets_folder() {
        for source in sources.texts() {
            if let Some(name) = source.path.strip_prefix(&folder)
                // A replaced part of the style sheet is a template: it is in the one style sheet already.
                && !is_style(&format!("assets/{name}"))
            {
                by_name.insert(name, source.text.as_bytes());
            }
        }
    }
    let mut files = Vec::with_capacity(by_name.len());
    for (name, bytes) in by_name {
        if let Some(path) = asset_path(name) {
            files.push(RenderedFile {
                path,
                bytes: bytes.to_vec(),
            });
        }
    }
    files
}
