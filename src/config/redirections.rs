//! `.openpublishing.redirection*.json` and the files that a publish configuration lists -> pages that send readers on, each as the text that an
//! author would write for it, and what is wrong with the files. Pages that exist are not replaced. Doesn't know what becomes of the pages.

use std::collections::{BTreeMap, BTreeSet};

use super::jsonc;
use super::names::REDIRECTIONS;
use super::reader::value_of_any_case;
use super::settings::Config;
use super::site_language::PUBLISH_CONFIG;
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::source::yaml::{self, YamlNode};
use crate::source::{FileSpan, Message, SitePath, Source, Sources, Span};

/// One page that has moved.
struct Redirection {
    /// The path it had.
    from: SitePath,
    from_span: Span,
    /// What is stated as its new address.
    to: String,
    to_span: Span,
}

/// One file with redirections.
struct RedirectionFile<'s> {
    source: &'s Source,
    redirections: Vec<Redirection>,
    problems: Vec<Diagnostic>,
}

/// The files with redirections that the publish configurations among `sources` list, whether or not they are there.
pub fn redirection_files(sources: &Sources) -> Vec<SitePath> {
    let mut files = Vec::new();
    for listed in listed_files(sources) {
        files.push(listed.path);
    }
    files
}

/// A file that a publish configuration lists.
struct ListedFile<'s> {
    path: SitePath,
    configuration: &'s SitePath,
    span: Span,
}

fn listed_files(sources: &Sources) -> Vec<ListedFile<'_>> {
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
        for name in listed.one_or_many() {
            let folder = source.path.parent();
            if let Some(typed) = name.text()
                && let Ok(path) = sources.surroundings().join(&folder, typed)
            {
                files.push(ListedFile {
                    path,
                    configuration: &source.path,
                    span: name.span,
                });
            }
        }
    }
    files
}

/// The pages that represent redirections among `sources`, as far as they are pages of the site and there is no file at their path.
pub fn redirected_pages(sources: &Sources, config: &Config) -> Vec<Source> {
    let mut pages: Vec<Source> = Vec::new();
    let files = files(sources);
    let mut moved = BTreeSet::new();
    for file in &files {
        moved.extend(file.redirections.iter().map(|one| one.from.clone()));
    }
    let targets = Targets {
        sources,
        config,
        moved,
    };
    for file in files {
        for Redirection {
            from, to, to_span, ..
        } in file.redirections
        {
            let is_page = from.has_extension("md") || from.has_extension("yml");
            if !is_page || sources.contains(from.as_str()) || config.map_file(&from).is_none() {
                continue;
            }
            let to = targets.typed(&from, &to);
            // In YAML single quotes hold anything but themselves.
            let text = format!("---\nredirect_url: '{}'\n---\n", to.replace('\'', "''"));
            // A YAML file would need a type: the page is the same for Markdown.
            let path = from.parent().join(&format!("{}.md", from.stem()));
            if let Ok(path) = path
                && !sources.contains(path.as_str())
            {
                let origin = FileSpan::new(&file.source.path, to_span);
                pages.push(Source::from_text(path, text).with_origin(origin));
            }
        }
    }
    // Stable: of two for one page the first counts, as in the publishing service.
    pages.sort_by(|a, b| a.path.cmp(&b.path));
    pages.dedup_by(|a, b| a.path == b.path);
    pages
}

/// What is wrong with the files themselves, by the rules of the publishing service. Circles and chains are those of the pages.
pub fn redirection_problems(sources: &Sources) -> Vec<Diagnostic> {
    let mut problems = problems_of_lists(sources);
    let mut seen: BTreeMap<SitePath, FileSpan> = BTreeMap::new();
    for file in files(sources) {
        let path = &file.source.path;
        problems.extend(file.problems);
        for redirection in file.redirections {
            let Redirection {
                from, from_span, ..
            } = redirection;
            let typed = from_span.of(&file.source.text).trim_matches('"');
            if !["md", "yml", "json"].contains(&from.extension()) {
                let message = format!("`{typed}` is no page");
                let problem = Diagnostic::new(Code::InvalidRedirect, path, from_span, message);
                problems.push(problem.help("Only `.md`, `.yml` and `.json` files are pages."));
            }
            let own = FileSpan::new(path, from_span);
            if let Some(first) = seen.get(&from) {
                let message = format!("`{typed}` is redirected twice");
                let problem = Diagnostic::new(Code::ShadowedRedirect, path, from_span, message)
                    .label(&first.path, first.span, "first given here");
                problems.push(problem.help("Remove one of them: the first counts."));
                continue;
            }
            if let Some(id) = sources.find(from.as_str())
                && sources.get(id).origin.is_none()
            {
                let message =
                    format!("the redirection of `{typed}` is not used: `{from}` is there");
                let problem = Diagnostic::new(Code::ShadowedRedirect, path, from_span, message);
                problems.push(problem.help("Remove the file, or the redirection."));
            }
            seen.insert(from, own);
        }
    }
    problems
}

/// Files that are listed and not there, and those that are there and not listed.
fn problems_of_lists(sources: &Sources) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let listed = listed_files(sources);
    for ListedFile {
        path,
        configuration,
        span,
    } in &listed
    {
        if !sources.contains(path.as_str()) {
            let message = format!("file with redirections not found: `{path}`");
            let problem = Diagnostic::new(Code::MissingFile, configuration, *span, message);
            problems.push(problem.help("Correct the name, or remove the line."));
        }
    }
    for source in sources.texts() {
        let is_listed = listed.iter().any(|file| file.path == source.path);
        // Without any list the service reads the file at the top of the repository.
        if is_named(&source.path) && !is_listed && !listed.is_empty() {
            let message = "no publish configuration lists this file with redirections";
            let problem =
                Diagnostic::new(Code::InvalidRedirect, &source.path, Span::at(0), message);
            let help = format!("Add it to `redirection_files` in `{PUBLISH_CONFIG}`.");
            problems.push(problem.with_level(Level::Note).help(help));
        }
    }
    problems
}

fn is_named(path: &SitePath) -> bool {
    let name = path.file_name();
    name.starts_with(REDIRECTIONS) && name.ends_with(".json")
}

/// The files with redirections among `sources`, in the order of their paths.
fn files(sources: &Sources) -> Vec<RedirectionFile<'_>> {
    let listed = redirection_files(sources);
    let mut files = Vec::new();
    for source in sources.texts() {
        if is_named(&source.path) || listed.contains(&source.path) {
            files.push(RedirectionFile::read(sources, source));
        }
    }
    files
}

impl<'s> RedirectionFile<'s> {
    fn read(sources: &Sources, source: &'s Source) -> Self {
        let mut file = RedirectionFile {
            source,
            redirections: Vec::new(),
            problems: Vec::new(),
        };
        let (node, errors) = yaml::parse(&jsonc::blank(&source.text), 0);
        for error in errors {
            file.problem(Code::InvalidJson, error.span, error.message, "");
        }
        let Some(node) = node else {
            return file;
        };
        let Some(list) = value_of_any_case(&node, "redirections") else {
            return file;
        };
        for item in list.items() {
            let redirection = file.item(sources, item);
            file.redirections.extend(redirection);
        }
        // The short form: `{ "old.md": "/new" }`.
        for entry in list.entries() {
            if let Some(to) = entry.value.text()
                && let Ok(from) = sources
                    .surroundings()
                    .join(&source.path.parent(), &entry.key)
            {
                file.redirections.push(Redirection {
                    from,
                    from_span: entry.key_span,
                    to: to.to_owned(),
                    to_span: entry.value.words_span(),
                });
            }
        }
        file
    }

    fn item(&mut self, sources: &Sources, item: &YamlNode) -> Option<Redirection> {
        const CODE: Code = Code::InvalidRedirect;
        let relative = value_of_any_case(item, "source_path");
        let from_root = value_of_any_case(item, "source_path_from_root");
        let path = match (relative, from_root) {
            (Some(_), Some(second)) => {
                let message = "the redirection has two sources";
                let help = "Write either `source_path` or `source_path_from_root`.";
                self.problem(CODE, second.span, message, help);
                relative?
            }
            (None, None) => {
                let message = "the redirection has no source";
                self.problem(CODE, item.span, message, "Write `source_path`.");
                return None;
            }
            (one, other) => one.or(other)?,
        };
        let typed = path.text()?;
        let is_rooted = typed.starts_with(['/', '\\']);
        if is_rooted != relative.is_none() {
            let (message, help) = match is_rooted {
                true => (
                    "`source_path` begins with `/`",
                    "Write it relative to this file, or write `source_path_from_root`.",
                ),
                false => (
                    "`source_path_from_root` does not begin with `/`",
                    "Write `/` in front of it.",
                ),
            };
            self.problem(CODE, path.words_span(), message, help);
        }
        let Some(to) = value_of_any_case(item, "redirect_url") else {
            let message = "the redirection leads nowhere";
            self.problem(CODE, item.span, message, "Write `redirect_url`.");
            return None;
        };
        let around = sources.surroundings();
        let from = match relative {
            Some(_) => around.join(&self.source.path.parent(), typed.trim_start_matches('/')),
            None => {
                let up = around.way_up();
                let below = typed.trim_start_matches(['/', '\\']);
                around.join(&SitePath::root(), &format!("{up}/{below}"))
            }
        };
        Some(Redirection {
            from: from.ok()?,
            from_span: path.words_span(),
            to: to.text()?.to_owned(),
            to_span: to.words_span(),
        })
    }

    fn problem(&mut self, code: Code, span: Span, message: impl Into<Message>, help: &'static str) {
        let problem = Diagnostic::new(code, &self.source.path, span, message);
        self.problems.push(match help {
            "" => problem,
            help => problem.help(help),
        });
    }
}

/// What redirections can lead to.
struct Targets<'a> {
    sources: &'a Sources,
    config: &'a Config,
    /// Pages that have moved themselves, so that circles and chains are seen.
    moved: BTreeSet<SitePath>,
}

impl Targets<'_> {
    /// The new address as a page would type it: the file of a page of this site, else as it is stated.
    fn typed(&self, from: &SitePath, to: &str) -> String {
        let (path, tail) = to.split_at(to.find(['#', '?']).unwrap_or(to.len()));
        if path.contains(':') || path.starts_with("//") {
            return to.to_owned();
        }
        let home = self.config.home_of(from);
        let target = match path.strip_prefix('/') {
            // `/nuget/api/x`: the first name is where the docset is published, and there may be a language in front of it.
            Some(rooted) => rooted
                .match_indices('/')
                .take(2)
                .find_map(|(at, _)| self.page_at(from, home, &rooted[at + 1..])),
            None => self.page_at(from, &from.parent(), path),
        };
        match target {
            Some(page) => format!("{}{tail}", page.relative_to(&from.parent())),
            None => to.to_owned(),
        }
    }

    /// The file of the page that `from` leads to, whose address is `path` as seen from `folder`: addresses have no extension there.
    fn page_at(&self, from: &SitePath, folder: &SitePath, path: &str) -> Option<SitePath> {
        let path = self.sources.surroundings().join(folder, path).ok()?;
        for name in ["", ".md", ".yml", "/index.md", "/index.yml"] {
            let file = path
                .parent()
                .join(&format!("{}{name}", path.file_name()))
                .ok()?;
            // `/other/old` is the page `old` of another docset, not this very page.
            let has_moved = file != *from && self.moved.contains(&file);
            if self.sources.find(file.as_str()).is_some() || has_moved {
                return Some(file);
            }
        }
        None
    }
}
