//! `.openpublishing.redirection*.json` and the files that a publish configuration lists -> pages that send readers on, each as the text that an
//! author would write for it. Pages that exist are not replaced. Doesn't know what becomes of the pages.

use super::jsonc;
use super::names::REDIRECTIONS;
use super::reader::value_of_any_case;
use super::settings::Config;
use super::site_language::PUBLISH_CONFIG;
use crate::source::yaml::{self, YamlNode};
use crate::source::{SitePath, Source, Sources};

/// One page that has moved.
struct Redirection {
    /// The path it had.
    from: SitePath,
    /// What is stated as its new address.
    to: String,
}

/// The files with redirections that the publish configurations among `sources` list, whether or not they are there.
pub fn redirection_files(sources: &Sources) -> Vec<SitePath> {
    let mut files = Vec::new();
    for source in sources.texts() {
        if source.path.file_name() != PUBLISH_CONFIG {
            continue;
        }
        let (node, _) = yaml::parse(&jsonc::blank(&source.text), 0);
        let Some(listed) = node
            .as_ref()
            .and_then(|node| value_of_any_case(node, "redirection_files"))
        else {
            continue;
        };
        for name in listed.one_or_many().iter().filter_map(YamlNode::text) {
            let folder = source.path.parent();
            files.extend(sources.surroundings().join(&folder, name));
        }
    }
    files
}

/// The pages that stand for redirections among `sources`, as far as they are pages of the site and there is no file at their path.
pub fn redirected_pages(sources: &Sources, config: &Config) -> Vec<Source> {
    let listed = redirection_files(sources);
    let mut pages: Vec<Source> = Vec::new();
    for source in sources.texts() {
        let name = source.path.file_name();
        let is_named = name.starts_with(REDIRECTIONS) && name.ends_with(".json");
        if !is_named && !listed.contains(&source.path) {
            continue;
        }
        for Redirection { from, to } in redirections(sources, source) {
            let is_page = from.has_extension("md") || from.has_extension("yml");
            if !is_page || sources.contains(from.as_str()) || config.map_file(&from).is_none() {
                continue;
            }
            let to = typed_target(sources, config, &from, &to);
            // In YAML single quotes hold anything but themselves.
            let text = format!("---\nredirect_url: '{}'\n---\n", to.replace('\'', "''"));
            // A YAML file would need a type: the page is the same for Markdown.
            let path = from.parent().join(&format!("{}.md", from.stem()));
            if let Ok(path) = path
                && !sources.contains(path.as_str())
            {
                pages.push(Source::from_text(path, text));
            }
        }
    }
    pages.sort_by(|a, b| a.path.cmp(&b.path));
    // Of two for one page the first counts, as in the publishing service.
    pages.dedup_by(|a, b| a.path == b.path);
    pages
}

fn redirections(sources: &Sources, source: &Source) -> Vec<Redirection> {
    let mut found = Vec::new();
    // What is wrong with the file is for the publishing service to report.
    let (node, _) = yaml::parse(&jsonc::blank(&source.text), 0);
    let Some(node) = node else {
        return found;
    };
    let Some(list) = value_of_any_case(&node, "redirections") else {
        return found;
    };
    let folder = source.path.parent();
    for item in list.items() {
        let path = value_of_any_case(item, "source_path")
            .or_else(|| value_of_any_case(item, "source_path_from_root"))
            .and_then(YamlNode::text);
        let to = value_of_any_case(item, "redirect_url").and_then(YamlNode::text);
        if let (Some(path), Some(to)) = (path, to)
            && let Ok(from) = sources.surroundings().join(&folder, path)
        {
            found.push(Redirection {
                from,
                to: to.to_owned(),
            });
        }
    }
    // The short form: `{ "old.md": "/new" }`.
    for entry in list.entries() {
        if let Some(to) = entry.value.text()
            && let Ok(from) = sources.surroundings().join(&folder, &entry.key)
        {
            found.push(Redirection {
                from,
                to: to.to_owned(),
            });
        }
    }
    found
}

/// The new address as a page would type it: the file of a page of this site, else as it is stated.
fn typed_target(sources: &Sources, config: &Config, from: &SitePath, to: &str) -> String {
    let (path, tail) = to.split_at(to.find(['#', '?']).unwrap_or(to.len()));
    if path.contains(':') || path.starts_with("//") {
        return to.to_owned();
    }
    let home = config.home_of(from);
    let target = match path.strip_prefix('/') {
        // `/nuget/api/x`: the first name is where the docset is published, and there may be a language in front of it.
        Some(rooted) => rooted
            .match_indices('/')
            .take(2)
            .find_map(|(at, _)| page_at(sources, home, &rooted[at + 1..])),
        None => page_at(sources, &from.parent(), path),
    };
    match target {
        Some(page) => format!("{}{tail}", page.relative_to(&from.parent())),
        None => to.to_owned(),
    }
}

/// The file of the page whose address is `path` as seen from `folder`: addresses have no extension there.
fn page_at(sources: &Sources, folder: &SitePath, path: &str) -> Option<SitePath> {
    let path = sources.surroundings().join(folder, path).ok()?;
    for name in ["", ".md", ".yml", "/index.md", "/index.yml"] {
        let file = path
            .parent()
            .join(&format!("{}{name}", path.file_name()))
            .ok()?;
        if sources.find(file.as_str()).is_some() {
            return Some(file);
        }
    }
    None
}
