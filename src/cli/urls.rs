//! `hjelp urls`: a site -> the list of its published addresses; or what became of those of an earlier list or of what is live. Knows the command
//! line and the files; what an address is, and whether it is lost, `addresses` knows.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum};

use super::exit_status::{CommandError, ExitStatus, expect_tls};
use super::site_args::SiteArgs;
use super::terminal::Terminal;
use crate::addresses::inbound::used_addresses;
use crate::addresses::{
    AddressChanges, LostAddress, PublishedAddresses, PublishedPage, compare, read_addresses,
    text_list, written_address,
};
use crate::disk;
use crate::web::download;

/// How many addresses of each kind are printed.
const MOST_LINES: usize = 50;

/// List the published addresses, or compare them with an earlier list
#[derive(Debug, Args)]
pub(super) struct Urls {
    #[command(subcommand)]
    command: UrlsCommand,
}

#[derive(Debug, Subcommand)]
enum UrlsCommand {
    List(ListUrls),
    Diff(Diff),
}

/// List every page, anchor and redirect that the site publishes
#[derive(Debug, Args)]
struct ListUrls {
    #[command(flatten)]
    root: SiteArgs,

    /// The output format
    #[arg(short, long, default_value = "txt")]
    format: UrlsFormat,

    /// List what this site uses of the site at ADDRESS instead: the pages, anchors and uids that it links to
    #[arg(long, value_name = "ADDRESS")]
    used: Option<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum UrlsFormat {
    /// Addresses, one a line
    Txt,
    /// With language, source, redirect and anchors: the input of `hjelp urls diff`
    Json,
}

/// Say what became of the addresses in a list: kept, moved, lost
#[derive(Debug, Args)]
struct Diff {
    /// An earlier `hjelp urls list`, a `sitemap.xml`, or the folder of an earlier build
    #[arg(required_unless_present = "fetch")]
    file: Option<PathBuf>,

    /// Download the list from URL, for example the `sitemap.xml` of the live site
    #[arg(long, value_name = "URL", conflicts_with = "file")]
    fetch: Option<String>,

    #[command(flatten)]
    root: SiteArgs,
}

impl Urls {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<ExitStatus, CommandError> {
        match &self.command {
            UrlsCommand::List(list) => list.run(terminal),
            UrlsCommand::Diff(diff) => diff.run(terminal),
        }
    }
}

impl ListUrls {
    fn run(&self, terminal: &Terminal) -> Result<ExitStatus, CommandError> {
        let snapshot = self.root.open(&[], terminal)?;
        let addresses = match &self.used {
            Some(base) => used_addresses(&snapshot.site, base),
            None => PublishedAddresses::of(&snapshot.site),
        };
        terminal.print_output(&match self.format {
            UrlsFormat::Txt => text_list(&addresses),
            // A map of plain records can always be written.
            UrlsFormat::Json => serde_json::to_string_pretty(&addresses).unwrap_or_default() + "\n",
        });
        Ok(ExitStatus::default())
    }
}

impl Diff {
    fn run(&self, terminal: &Terminal) -> Result<ExitStatus, CommandError> {
        let snapshot = self.root.open(&[], terminal)?;
        let base = snapshot.site.config.base_url.as_deref().unwrap_or("");
        let before = self.before(base)?;
        let mut after = PublishedAddresses::of(&snapshot.site);
        // Pages that are made of others are live, too: lists by letters, pages to print, the start page of all languages.
        for output in snapshot.plan().outputs {
            let path = output.path.as_str();
            if path.ends_with(".html") && !after.pages.contains_key(path) {
                // What is on them is made again by every build: no address of a part of it is meant to last.
                let anchors = match before.pages.get(path) {
                    Some(page) => page.anchors.clone(),
                    None => BTreeSet::new(),
                };
                let page = PublishedPage {
                    anchors,
                    ..PublishedPage::default()
                };
                after.pages.insert(path.to_owned(), page);
            }
        }
        let changes = compare(&before, &after);
        terminal.print_output(&report(&changes));
        Ok(ExitStatus {
            // Addresses that moved still lead to their page, so they don't fail the command.
            errors: changes.lost.len(),
            ..ExitStatus::default()
        })
    }
}

impl Diff {
    /// The earlier addresses, of a site at `base`.
    fn before(&self, base: &str) -> Result<PublishedAddresses, CommandError> {
        let (name, text) = match (&self.file, &self.fetch) {
            (Some(folder), _) if folder.is_dir() => return built_addresses(folder),
            (Some(file), _) => {
                let name = file.display().to_string();
                let text = fs::read_to_string(file).map_err(|error| error.to_string());
                (name, text)
            }
            (None, Some(url)) => {
                expect_tls([url])?;
                (url.clone(), download(url))
            }
            (None, None) => (String::new(), Ok(String::new())),
        };
        let help =
            "give a file of `hjelp urls list`, a `sitemap.xml`, or a folder with a built site";
        let text = text.map_err(|error| CommandError {
            message: format!("`{name}` can't be read: {error}"),
            help: help.into(),
        })?;
        read_addresses(&text, base).map_err(|message| CommandError {
            message: format!("`{name}` is no list of addresses: {message}"),
            help: help.into(),
        })
    }
}

/// The addresses in a folder that a site was built into.
fn built_addresses(folder: &Path) -> Result<PublishedAddresses, CommandError> {
    let built = disk::read_built_site(folder).map_err(|error| CommandError {
        message: format!("`{}` can't be read: {error}", folder.display()),
        help: "give a folder with a built site".into(),
    })?;
    let mut addresses = PublishedAddresses::default();
    for (path, anchors) in built.page_anchors() {
        // It is shown at addresses without a page, and is none itself.
        if path.rsplit('/').next() == Some("404.html") {
            continue;
        }
        let mut page = PublishedPage::default();
        for anchor in anchors {
            // Footnotes are numbered anew with every build.
            if !anchor.starts_with("fn") {
                page.anchors.insert(anchor);
            }
        }
        addresses.pages.insert(path.to_owned(), page);
    }
    Ok(addresses)
}

fn report(changes: &AddressChanges) -> String {
    let mut out = String::new();
    for (from, to) in changes.moved.iter().take(MOST_LINES) {
        out.push_str(&format!("moved  /{from} -> {}\n", written_address(to)));
    }
    out.push_str(&more(changes.moved.len()));
    for lost in changes.lost.iter().take(MOST_LINES) {
        out.push_str(&match lost {
            LostAddress::Page(path) => format!("lost   /{path}\n"),
            LostAddress::Anchor(path, id) => format!("lost   /{path}#{id}\n"),
            LostAddress::Uid(uid) => format!("lost   uid {uid}\n"),
        });
    }
    out.push_str(&more(changes.lost.len()));
    let (kept, moved, lost) = (changes.kept, changes.moved.len(), changes.lost.len());
    let gone = match changes.gone {
        0 => String::new(),
        gone => format!("{gone} gone, "),
    };
    out + &format!("{kept} kept, {moved} moved, {gone}{lost} lost\n")
}

fn more(count: usize) -> String {
    match count.checked_sub(MOST_LINES) {
        Some(rest) if rest > 0 => format!("       and {rest} more\n"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_moved_are_listed_with_where_they_lead() {
        let before = read_addresses("/no/a.html\n/no/b.html\n/no/c.html\n/no/d.html\n", "");
        let after = read_addresses(
            "/no/a.html\n/no/b.html -> /no/a.html\n/no/c.html -> https://andre.example/c?x=1#y\n",
            "",
        );
        let changes = compare(&before.unwrap(), &after.unwrap());
        assert_eq!(
            report(&changes),
            "moved  /no/b.html -> /no/a.html\nmoved  /no/c.html -> https://andre.example/c\nlost   /no/d.html\n1 kept, 2 moved, 1 lost\n"
        );
    }
}
