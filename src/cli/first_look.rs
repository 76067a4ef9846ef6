//! A folder that is no site yet -> what is there instead, and the command to type. Looks at names only; doesn't know how a site is read.

use std::fs;
use std::path::{Component, Path, PathBuf};

use super::exit_status::CommandError;
use crate::config::guess::content_folder;
use crate::report::counted;
use crate::source::Sources;

/// The files that make a folder a site.
const CONFIGURATIONS: [&str; 2] = ["hjelp.yml", "docfx.json"];

/// Commands that are sometimes typed after another one, where the folder is expected.
const COMMANDS: [&str; 6] = ["build", "check", "clean", "init", "new", "serve"];

/// How many docsets a message names.
const MOST_NAMED: usize = 5;

/// What is in the folder `root`, which has no content that hjelp finds by itself; `None` if it has a configuration, which then is the place to
/// report the problem at.
pub(super) fn explain(root: &Path, sources: &Sources) -> Option<CommandError> {
    let content = root.join("content");
    // A link out of the site: the problem itself says so.
    if CONFIGURATIONS.iter().any(|name| sources.contains(name)) || is_unread(sources) {
        return None;
    }
    if let Some(found) = elsewhere(root, sources) {
        return Some(found);
    }
    if content.is_dir() {
        return Some(CommandError {
            message: format!("`{}` holds no pages yet", display(&content)),
            help: format!(
                "write one, for example with `hjelp new no/index --title Velkommen{}`",
                directory_option(root)
            ),
        });
    }
    Some(CommandError {
        message: format!("there are no pages in {}", named(root)),
        help: format!(
            "`hjelp init{}` starts a site here; `hjelp build -C DIR` builds one elsewhere",
            directory_option(root)
        ),
    })
}

/// What says that the site is in another folder, or that another program made this one.
pub(super) fn elsewhere(root: &Path, sources: &Sources) -> Option<CommandError> {
    if CONFIGURATIONS.iter().any(|name| sources.contains(name)) {
        return None;
    }
    site_above(root)
        .map(|folder| in_folder_above(&folder))
        .or_else(|| docsets_below(root, sources))
        .or_else(|| pages_elsewhere(root, sources))
}

/// True if there is a configuration, or something in the folder `content`.
pub(super) fn may_be_site(root: &Path) -> bool {
    if CONFIGURATIONS.iter().any(|name| root.join(name).exists()) {
        return true;
    }
    match fs::read_dir(root.join("content")) {
        Ok(mut entries) => entries.next().is_some(),
        Err(_) => false,
    }
}

/// True if `content` is there but can't be read.
fn is_unread(sources: &Sources) -> bool {
    sources
        .unreadable()
        .keys()
        .any(|path| path.as_str() == "content")
}

/// The nearest folder above with a configuration, as a path from the working directory.
fn site_above(root: &Path) -> Option<PathBuf> {
    let real = root.canonicalize().ok()?;
    let mut typed = root.to_path_buf();
    for folder in real.ancestors().skip(1) {
        typed = above(&typed);
        if CONFIGURATIONS
            .iter()
            .any(|name| folder.join(name).is_file())
        {
            return Some(typed);
        }
        // What lies above a repository belongs to something else.
        if folder.join(".git").exists() {
            return None;
        }
    }
    None
}

/// The folder above, without going down and up again: `articles` is in `.`, `..` is in `../..`.
fn above(typed: &Path) -> PathBuf {
    match typed.components().next_back() {
        Some(Component::Normal(_)) => match typed.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder.to_path_buf(),
            _ => PathBuf::from("."),
        },
        Some(Component::CurDir) | None => PathBuf::from(".."),
        Some(_) => typed.join(".."),
    }
}

fn in_folder_above(folder: &Path) -> CommandError {
    let name = CONFIGURATIONS
        .into_iter()
        .find(|name| folder.join(name).is_file())
        .unwrap_or("hjelp.yml");
    CommandError {
        message: format!(
            "there is no configuration here; `{}` is in a folder above",
            display(&folder.join(name))
        ),
        help: format!(
            "run hjelp in that folder: `hjelp build{}`",
            directory_option(folder)
        ),
    }
}

/// Configurations in folders below.
fn docsets_below(root: &Path, sources: &Sources) -> Option<CommandError> {
    let mut docsets = Vec::new();
    for source in sources.texts() {
        if CONFIGURATIONS.contains(&source.path.file_name()) {
            docsets.push(source.path.as_str());
        }
    }
    let first = root.join(docsets.first()?);
    let folder = first.parent().unwrap_or(root);
    let mut names: Vec<String> = Vec::new();
    for docset in docsets.iter().take(MOST_NAMED) {
        names.push(format!("`{docset}`"));
    }
    if docsets.len() > MOST_NAMED {
        names.push("...".to_owned());
    }
    let message = match docsets.len() {
        1 => format!("the configuration is not here but in {}", names.join(", ")),
        count => format!("there are {count} docsets here: {}", names.join(", ")),
    };
    let command = format!("hjelp build -C {}", display(folder));
    Some(CommandError {
        message,
        help: match docsets.len() {
            1 => format!("build it with `{command}`"),
            _ => format!("build one at a time, for example with `{command}`"),
        },
    })
}

/// Pages in a folder with another name than `content`.
fn pages_elsewhere(root: &Path, sources: &Sources) -> Option<CommandError> {
    let folder = content_folder(sources)?;
    let mut pages = 0;
    for source in sources.texts() {
        pages += usize::from(source.path.has_extension("md") && source.path.starts_with(&folder));
    }
    let folder = match folder.is_root() {
        true => ".".to_owned(),
        false => folder.to_string(),
    };
    let here = match root.join("content").is_dir() {
        true => "there is no `hjelp.yml` here, and `content` holds no pages",
        false => "there is neither a `hjelp.yml` nor a folder `content` here",
    };
    Some(CommandError {
        message: format!(
            "{here}, but `{folder}` holds {}",
            counted(pages, "Markdown file")
        ),
        help: format!(
            "`hjelp init{}` writes a `hjelp.yml` with `content: {folder}`",
            directory_option(root)
        ),
    })
}

/// Why `root`, which is given on the command line, is no folder of a site; `None` if it is a folder.
pub(super) fn not_a_folder(root: &Path) -> Option<CommandError> {
    if root.is_dir() {
        return None;
    }
    let typed = root.display().to_string();
    if root.is_file() {
        let folder = match root.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let help = match root.extension().is_some_and(|extension| extension == "yml") {
            true => format!(
                "give its folder, `{}`, or the file after `--config`",
                folder.display()
            ),
            false => {
                "give the folder that holds `hjelp.yml`; hjelp always reads a whole site".into()
            }
        };
        return Some(CommandError {
            message: format!("`{typed}` is a file, not the folder of a site"),
            help,
        });
    }
    if COMMANDS.contains(&typed.as_str()) {
        return Some(CommandError {
            message: format!("folder not found: `{typed}`"),
            help: format!("`hjelp {typed}` is a command of its own; give one command at a time"),
        });
    }
    // A broken link is reported by its name, not as missing.
    if fs::symlink_metadata(root).is_ok() {
        return Some(CommandError {
            message: format!("`{typed}` is a link to a missing folder"),
            help: "correct the link, or give the folder itself".into(),
        });
    }
    None
}

fn named(root: &Path) -> String {
    match root == Path::new(".") {
        true => "this folder".to_owned(),
        false => format!("`{}`", root.display()),
    }
}

/// The option that runs a command in `root`, with a space in front; empty for the working directory.
pub(super) fn directory_option(root: &Path) -> String {
    match root == Path::new(".") {
        true => String::new(),
        false => format!(" -C {}", root.display()),
    }
}

/// A path without `./` at its beginning.
pub(super) fn display(path: &Path) -> String {
    let text = path.display().to_string();
    match text.strip_prefix("./") {
        Some(rest) => rest.to_owned(),
        None => text,
    }
}
