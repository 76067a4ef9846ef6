//! `hjelp rename`: a heading, a title, a uid or a file, and its new name -> the change in every place that has the old one. Knows the command
//! line; `refactor` decides what changes.

use clap::Args;

use super::exit_status::{CommandError, ExitStatus};
use super::language_args::LanguageArgs;
use super::mv::plan_of_move;
use super::plan_args::{PlanArgs, Proof, site_path};
use super::terminal::Terminal;
use crate::refactor::rename::{RenameRequest, Renamed, plan_rename};
use crate::workspace::Snapshot;

/// Give a heading, page, uid or file another name, with everything that refers to it
#[derive(Debug, Args)]
pub(super) struct Rename {
    #[command(flatten)]
    what: What,

    /// The new name
    new: String,

    /// Let link texts and names in tables of contents that are the old heading follow
    #[arg(long, requires = "heading")]
    texts: bool,

    #[command(flatten)]
    languages: LanguageArgs,

    #[command(flatten)]
    options: PlanArgs,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct What {
    /// A heading: its page as seen from the folder with `hjelp.yml`, and its anchor
    #[arg(long, value_name = "PAGE#ANCHOR")]
    heading: Option<String>,

    /// The title of a page
    #[arg(long, value_name = "PAGE")]
    title: Option<String>,

    /// A uid, in all languages
    #[arg(long)]
    uid: Option<String>,

    /// A file or folder, as `hjelp mv` does
    #[arg(long, value_name = "PATH")]
    file: Option<String>,
}

impl Rename {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<ExitStatus, CommandError> {
        let snapshot = self.options.root().open(&[], terminal)?;
        if let Some(file) = &self.what.file {
            let moved = plan_of_move(&snapshot, [file, &self.new], &self.languages, &self.options)?;
            self.options
                .carry_out(&snapshot, &moved, Proof::Links, terminal)?;
            return Ok(ExitStatus::default());
        }
        let plan = plan_rename(&snapshot.site, &self.request(&snapshot)?)?;
        self.options
            .carry_out(&snapshot, &plan, Proof::Problems, terminal)?;
        Ok(ExitStatus::default())
    }

    fn request(&self, snapshot: &Snapshot) -> Result<RenameRequest, CommandError> {
        Ok(RenameRequest {
            what: self.what.renamed()?,
            to: self.new.clone(),
            locales: self.languages.locales(&snapshot.site.config.locales)?,
            redirects: self.options.redirects(),
            texts: self.texts,
            dialect: snapshot.dialect,
        })
    }
}

impl What {
    fn renamed(&self) -> Result<Renamed, CommandError> {
        if let Some(uid) = &self.uid {
            return Ok(Renamed::Uid(uid.clone()));
        }
        if let Some(page) = &self.title {
            return Ok(Renamed::Title(site_path(page)?));
        }
        let typed = self.heading.as_deref().unwrap_or_default();
        match typed.rsplit_once('#') {
            Some((page, anchor)) if !anchor.is_empty() => {
                Ok(Renamed::Heading(site_path(page)?, anchor.to_owned()))
            }
            _ => Err(CommandError {
                message: format!("`{typed}` names no heading"),
                help: "give the page and the anchor of the heading, like `no/page.md#anchor`"
                    .into(),
            }),
        }
    }
}
