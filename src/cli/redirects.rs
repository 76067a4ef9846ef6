//! `hjelp redirects list`: every redirect and removed page of the site with the day it was written, and those that no line of an access log asks
//! for. Knows the command line and the log; `addresses` knows the redirects, `git` the days.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use serde::Serialize;

use super::exit_status::{CommandError, ExitStatus};
use super::site_args::SiteArgs;
use super::terminal::Terminal;
use crate::addresses::redirects;
use crate::addresses::servers::server_prefix;
use crate::git;
use crate::site::{PageKind, Site};
use crate::source::{SitePath, percent};

/// The redirects of the site
#[derive(Debug, Args)]
pub(super) struct Redirects {
    #[command(subcommand)]
    command: RedirectsCommand,
}

#[derive(Debug, Subcommand)]
enum RedirectsCommand {
    List(ListRedirects),
}

/// List all redirects and removed pages, with the day on which Git first has them
#[derive(Debug, Args)]
struct ListRedirects {
    #[command(flatten)]
    root: SiteArgs,

    /// List only those that LOG, an access log of the web server, has no request for
    #[arg(long, value_name = "LOG")]
    unused: Vec<PathBuf>,

    /// The output format
    #[arg(short, long, default_value = "text")]
    format: RedirectsFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum RedirectsFormat {
    /// One a line, with tabs between the columns
    Text,
    /// JSON
    Json,
}

/// A redirect as it is listed.
#[derive(Debug, Serialize)]
struct ListedRedirect {
    from: String,
    /// None for a removed page.
    to: Option<String>,
    /// The file in which it is written.
    source: String,
    /// The day on which Git first has it, if it is committed: `2026-03-14`.
    since: Option<String>,
}

impl Redirects {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<ExitStatus, CommandError> {
        match &self.command {
            RedirectsCommand::List(list) => list.run(terminal),
        }
    }
}

impl ListRedirects {
    fn run(&self, terminal: &Terminal) -> Result<ExitStatus, CommandError> {
        let snapshot = self.root.open(&[], terminal)?;
        let requested = self.requested()?;
        let mut listed = Vec::new();
        let sources = stated_in(&snapshot.site);
        let mut days = Days::new(&self.root.root);
        for redirect in redirects(&snapshot.site) {
            // A server may be asked for the folder of an index page.
            let folder = redirect.from.strip_suffix("index.html");
            let is_asked = requested.contains(&redirect.from)
                || folder.is_some_and(|folder| requested.contains(folder));
            if !self.unused.is_empty() && is_asked {
                continue;
            }
            let place = sources.get(&redirect.from);
            listed.push(ListedRedirect {
                since: place.and_then(|(path, typed)| days.of(path, typed.as_deref())),
                source: place.map_or_else(String::new, |(path, _)| path.to_string()),
                from: redirect.from,
                to: redirect.to,
            });
        }
        terminal.print_output(&self.text(&listed));
        Ok(ExitStatus::default())
    }

    fn text(&self, listed: &[ListedRedirect]) -> String {
        if self.format == RedirectsFormat::Json {
            // A list of plain records can always be written.
            return serde_json::to_string_pretty(listed).unwrap_or_default() + "\n";
        }
        let mut text = String::new();
        for redirect in listed {
            let to = redirect.to.as_deref().unwrap_or("(gone)");
            let since = redirect.since.as_deref().unwrap_or("-");
            let ListedRedirect { from, source, .. } = redirect;
            text.push_str(&format!("{since}\t{from}\t{to}\t{source}\n"));
        }
        text
    }

    /// The decoded paths that the logs have requests for.
    fn requested(&self) -> Result<BTreeSet<String>, CommandError> {
        let mut paths = BTreeSet::new();
        for file in &self.unused {
            let log = fs::read(file).map_err(|error| CommandError {
                message: format!("`{}` can't be read: {error}", file.display()),
                help: "give an access log of the web server, unpacked".into(),
            })?;
            for line in String::from_utf8_lossy(&log).lines() {
                paths.extend(requested_path(line));
            }
        }
        Ok(paths)
    }
}

/// The path of a line of a log: in the Common and Combined Log Format of nginx and Apache the request is in quotes, `"GET /a?b HTTP/1.1"`; in
/// other formats, as that of IIS, the first word that begins with `/` is taken.
fn requested_path(line: &str) -> Option<String> {
    let request = match line.split_once('"') {
        Some((_, rest)) => rest.split('"').next().unwrap_or(rest),
        None => line,
    };
    let mut words = request.split_ascii_whitespace();
    let target = words.find(|word| word.starts_with('/') || word.starts_with("http"))?;
    let path = match target.split_once("://") {
        Some((_, rest)) => &rest[rest.find('/')?..],
        None => target,
    };
    let path = path.split(['?', '#']).next().unwrap_or(path);
    Some(percent::decode(path).into_owned())
}

/// For each old address, as a server sees it, the file that has it, and what is typed there; nothing if the whole file is the redirect.
fn stated_in(site: &Site) -> BTreeMap<String, (SitePath, Option<String>)> {
    let prefix = server_prefix(site);
    let mut places = BTreeMap::new();
    for page in site.pages() {
        if matches!(page.kind, PageKind::Redirect | PageKind::Gone) {
            let path = site.path(page.source).clone();
            places.insert(format!("{prefix}/{}", page.output), (path, None));
        }
    }
    for former in site.former_addresses().effective(site) {
        let reference = site.reference(former.source, former.reference);
        let typed = reference.map(|(reference, _)| reference.target.to_string());
        let path = site.path(former.source).clone();
        places
            .entry(format!("{prefix}/{}", former.path))
            .or_insert((path, typed));
    }
    places
}

/// When lines were written. Each file is asked for once.
struct Days<'a> {
    root: &'a std::path::Path,
    files: BTreeMap<SitePath, Vec<git::BlamedLine>>,
}

impl<'a> Days<'a> {
    fn new(root: &'a std::path::Path) -> Self {
        Days {
            root,
            files: BTreeMap::new(),
        }
    }

    /// The day of the line of a file that has `typed`; without it, that of the oldest line. None if it is not committed.
    fn of(&mut self, path: &SitePath, typed: Option<&str>) -> Option<String> {
        let root = self.root;
        let lines = self
            .files
            .entry(path.clone())
            .or_insert_with(|| git::blame(root, path));
        let mut oldest: Option<&str> = None;
        for line in lines.iter() {
            let fits = typed.is_none_or(|typed| line.text.contains(typed));
            let day = line.day.as_deref()?;
            if fits && oldest.is_none_or(|known| day < known) {
                oldest = Some(day);
            }
        }
        oldest.map(str::to_owned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_of_logs() {
        for (line, expected) in [
            (
                "203.0.113.7 - - [30/Nov/2026:14:02:36 +0100] \"GET /no/m%C3%B8te.html?x=1 HTTP/1.1\" 301 162 \"-\" \"-\"",
                Some("/no/møte.html"),
            ),
            (
                "2026-11-30 14:02:36 W3SVC1 GET /no/a.html - 443 - 203.0.113.7",
                Some("/no/a.html"),
            ),
            (
                "1 - - [x] \"GET https://help.example/no/b.html HTTP/1.1\" 200 1",
                Some("/no/b.html"),
            ),
            ("#Fields: date time", None),
            ("", None),
        ] {
            assert_eq!(requested_path(line).as_deref(), expected, "{line}");
        }
    }
}
