//! `hjelp doctor`: a folder -> what hjelp sees in it, what it doesn't understand, what is slow and what a newcomer would miss. Reports facts and
//! the command or key that changes them; checks no content.

use std::fmt::Write;
use std::process::Command;
use std::time::Instant;

use clap::Args;

use super::exit_status::{CommandError, ExitStatus};
use super::site_args::SiteArgs;
use super::terminal::Terminal;
use super::timings::Timings;
use super::version;
use crate::report::{counted, grouped};
use crate::site::Site;
use crate::site::pages::Origin;

/// Say what hjelp sees in this folder, and what is missing
#[derive(Debug, Args)]
// It reports facts, not problems, so there is nothing to be strict about.
#[command(mut_arg("strict", |argument| argument.hide(true)))]
pub(super) struct Doctor {
    #[command(flatten)]
    root: SiteArgs,
}

/// Print the figures of the site: pages, translations, words, files
#[derive(Debug, Args)]
#[command(mut_arg("strict", |argument| argument.hide(true)))]
pub(super) struct Stats {
    #[command(flatten)]
    root: SiteArgs,
}

impl Stats {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<ExitStatus, CommandError> {
        let snapshot = self.root.open(&[], terminal)?;
        let site = &snapshot.site;
        let mut text = languages(site);
        let (mut used, mut words) = (0, 0);
        for id in site.sources.ids() {
            used += usize::from(!site.includers(id).is_empty());
            let source = site.source(id);
            if source.path.has_extension("md") {
                words += source.text.split_whitespace().count();
            }
        }
        let tocs = site.navigations().count();
        let _ = writeln!(text, "includes in use      {}", grouped(used));
        let _ = writeln!(text, "navigation trees     {}", grouped(tocs));
        let _ = writeln!(
            text,
            "uids                 {}",
            grouped(site.uids().count())
        );
        let _ = writeln!(text, "words in Markdown    {}", grouped(words));
        let _ = writeln!(
            text,
            "text files           {}",
            grouped(site.sources.texts().len())
        );
        let _ = writeln!(
            text,
            "other files          {}",
            grouped(site.sources.assets().len())
        );
        terminal.print_output(&text);
        Ok(ExitStatus::default())
    }
}

impl Doctor {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<ExitStatus, CommandError> {
        let started = Instant::now();
        // In two steps instead of one, because each of them is timed.
        let configured = self.root.sources(&[], terminal)?;
        let read = started.elapsed();
        let unread = configured.sources.unreadable().clone();
        let snapshot = self
            .root
            .snapshot(configured, terminal, &Timings::new(false))?;
        let linked = started.elapsed();
        let site = &snapshot.site;
        let mut text = format!("{}\n\n", version::short());
        for file in &site.config.files {
            let state = match site.sources.contains(file.as_str()) {
                true => "read",
                false => "not there",
            };
            let _ = writeln!(text, "configuration  {file} ({state})");
        }
        let _ = writeln!(
            text,
            "output         {}",
            self.root.join(site.config.output.as_str()).display()
        );
        let _ = writeln!(text, "Git            {}", self.git());
        let _ = writeln!(
            text,
            "time           {} ms to read, {} ms to link\n",
            read.as_millis(),
            (linked - read).as_millis()
        );
        text.push_str(&languages(site));
        let mut list = Vec::new();
        for key in &site.config.ignored {
            list.push(format!("`{key}` of docfx.json is not used"));
        }
        for (path, reason) in &unread {
            list.push(format!("`{path}` is not read: {reason}"));
        }
        list.extend(missing(site));
        if !list.is_empty() {
            text.push_str("\nWorth a look:\n");
        }
        for line in list {
            let _ = writeln!(text, "  {line}");
        }
        terminal.print_output(&text);
        Ok(ExitStatus::default())
    }

    /// What Git can tell about the folder.
    fn git(&self) -> &'static str {
        let output = Command::new("git")
            // One question for two answers: it fails outside of a repository.
            .args(["rev-parse", "--is-shallow-repository"])
            .current_dir(&self.root.root)
            .output();
        match output {
            Err(_) => "not installed: no `--since`, no history of translations",
            Ok(output) if !output.status.success() => {
                "the folder is in no repository: no `--since`, no history of translations"
            }
            Ok(output) if output.stdout.starts_with(b"true") => {
                "a shallow clone: fetch the whole history for `--since` and translations"
            }
            Ok(_) => "a repository with its history",
        }
    }
}

/// Each language with its pages and fallbacks.
fn languages(site: &Site) -> String {
    let locales = &site.config.locales;
    let mut text = String::new();
    for id in locales.ids() {
        let (mut own, mut fallbacks) = (0, 0);
        for page in site.pages() {
            if page.locale != id || !page.kind.has_content() {
                continue;
            }
            match page.origin {
                Origin::Translated => own += 1,
                Origin::Fallback(_) => fallbacks += 1,
            }
        }
        let locale = locales.get(id);
        let default = if id == locales.default() {
            ", the default"
        } else {
            ""
        };
        let _ = writeln!(
            text,
            "{} ({}{default}): {}, {} from another language",
            locale.folder,
            locale.tag,
            counted(own, "page"),
            grouped(fallbacks)
        );
    }
    text
}

/// What a site without it works without, but its readers or authors would miss.
fn missing(site: &Site) -> Vec<String> {
    let config = &site.config;
    let mut list = Vec::new();
    if config.base_url.is_none() {
        list.push("no `base-url`: no sitemap, no canonical addresses".to_owned());
    }
    for id in config.locales.ids() {
        let folder = &config.locales.get(id).folder;
        if site.home(id).is_none() {
            list.push(format!(
                "no start page in `{folder}`: `hjelp new {folder}/index --title TITLE` creates one"
            ));
        } else if site.root_navigation(id).is_none() {
            list.push(format!(
                "no table of contents in `{folder}`: write a `toc.yml`"
            ));
        }
    }
    if config.edit_url.is_none() {
        list.push("no `edit-url`: readers can't suggest changes".to_owned());
    }
    list
}
