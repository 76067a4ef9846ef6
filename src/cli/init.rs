//! `hjelp init`: a folder and a few answers -> a site in it. Knows the command line and asks the questions; `refactor` decides which files are
//! made, and `disk` writes them.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::exit_status::{CommandError, ExitStatus};
use super::first_look::{directory_option, display};
use super::schema;
use super::terminal::Terminal;
use crate::disk::{self, Folder};
use crate::refactor::init::{CiHost, InitPlan, NewSite, init};
use crate::report::diff;
use crate::source::edit::{FileChange, FileEdit};
use crate::source::{SitePath, Sources};

/// The longest `.gitignore` that is added to, in bytes.
const MOST_IGNORED: u64 = 1 << 20;

/// The longest file that is copied, in bytes.
const MOST_COPIED: u64 = 1 << 28;

/// What must not be committed: the finished site and what hjelp remembers between runs.
const IGNORED: [&str; 4] = [
    "/_site/",
    // Not the folder itself: Git doesn't look into a folder that is ignored, so the schemas in it
    // could not be an exception.
    "/.hjelp/*",
    "!/.hjelp/schemas/",
    "/.hjelp-external",
];

/// The languages of a new site if no others are asked for.
const LANGUAGES: &str = "no,en";

/// Start a site: configuration, first pages, table of contents
///
/// In a folder with pages or a `docfx.json` it writes the configuration only. In one with a `mkdocs.yml` it converts the pages once, into
/// `content`. Files that exist stay as they are.
#[derive(Debug, Args)]
pub(super) struct Init {
    /// The folder of the site; it is created if it doesn't exist
    #[arg(default_value = ".")]
    root: PathBuf,

    /// The languages, by their folders; the first is the default language [default: no,en]
    #[arg(long, value_name = "FOLDERS", value_delimiter = ',')]
    languages: Vec<String>,

    /// The title of the site [default: the name of the folder]
    #[arg(long)]
    title: Option<String>,

    /// The program the folder was made for [default: DocFX if there is a `docfx.json`, MkDocs if there is a `mkdocs.yml`]
    #[arg(long, value_name = "PROGRAM")]
    from: Option<Program>,

    /// Also write what makes this service check and build the site after each change
    #[arg(long, value_name = "SERVICE")]
    ci: Option<Service>,

    /// Print the changes as a diff, and write nothing
    #[arg(long, alias = "diff")]
    dry_run: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Program {
    Docfx,
    Mkdocs,
}

impl Program {
    /// The file by which its folders are known.
    fn configuration(self) -> &'static str {
        match self {
            Program::Docfx => "docfx.json",
            Program::Mkdocs => "mkdocs.yml",
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Service {
    Github,
    Gitlab,
    Azure,
}

impl Init {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<ExitStatus, CommandError> {
        let sources = self.sources()?;
        if let Some(program) = self.from
            && !sources.contains(program.configuration())
        {
            return Err(CommandError {
                message: format!(
                    "there is no `{}` in `{}`",
                    program.configuration(),
                    self.root.display()
                ),
                help: "run `hjelp init` in the folder that holds it".into(),
            });
        }
        let wanted = self.wanted(&sources)?;
        let plan = init(&sources, &wanted).map_err(|refusal| CommandError {
            message: refusal.message,
            help: refusal.help,
        })?;
        let mut changes = self.changes(&plan)?;
        if self.dry_run {
            terminal.print_output(&diff(&changes));
            return Ok(ExitStatus::default());
        }
        // Not in the diff, which they would fill: `hjelp schema` prints them.
        changes.extend(self.schemas());
        fs::create_dir_all(&self.root).map_err(|error| CommandError {
            message: format!("`{}` can't be created: {error}", self.root.display()),
            help: "check that you may write there".into(),
        })?;
        disk::apply(&self.root, &changes)?;
        terminal.print_status(&self.report(&plan));
        Ok(ExitStatus::default())
    }

    /// The files there are; none in a folder that doesn't exist yet.
    fn sources(&self) -> Result<Sources, CommandError> {
        if !self.root.exists() {
            return Ok(Sources::default());
        }
        Ok(disk::scan(&self.root, &[])?)
    }

    /// What is wanted, from the flags, or without any flag from three questions on a terminal.
    fn wanted(&self, sources: &Sources) -> Result<NewSite, CommandError> {
        let has_flags = !self.languages.is_empty()
            || self.title.is_some()
            || self.from.is_some()
            || self.ci.is_some()
            || self.dry_run;
        // Both ends have to be a terminal: a question that goes to a file would wait for an answer
        // for ever.
        let asks = !has_flags
            && !sources.contains("hjelp.yml")
            && !sources.contains("docfx.json")
            && !sources.contains("mkdocs.yml")
            && io::stdin().is_terminal()
            && io::stderr().is_terminal();
        let mut languages = self.languages.clone();
        let mut title = self.title.clone().unwrap_or_else(|| self.folder_name());
        let mut ci = self.ci;
        if asks {
            let answer = ask("Languages, with commas between them", LANGUAGES)?;
            languages = answer
                .split(',')
                .map(|code| code.trim().to_owned())
                .collect();
            title = ask("Title of the site", &title)?;
            let answer = ask("Build it with github, gitlab or azure", "none")?;
            ci = Service::from_str(&answer, true).ok();
        }
        if languages.is_empty() {
            languages = LANGUAGES.split(',').map(str::to_owned).collect();
        }
        Ok(NewSite {
            title: title.trim().to_owned(),
            languages,
            ci: ci.map(CiHost::from),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        })
    }

    /// The name of the folder, as the title of a site.
    fn folder_name(&self) -> String {
        let folder = match self.root.canonicalize() {
            Ok(folder) => folder,
            Err(_) => self.root.clone(),
        };
        match folder.file_name() {
            Some(name) => name.to_string_lossy().into_owned(),
            None => "Hjelp".to_owned(),
        }
    }

    fn changes(&self, plan: &InitPlan) -> Result<Vec<FileChange>, CommandError> {
        let mut changes = Vec::new();
        for file in &plan.files {
            changes.push(FileChange::Create {
                path: file.path.clone(),
                bytes: file.text.clone().into_bytes(),
            });
        }
        changes.extend(self.copies(plan)?);
        changes.extend(self.ignore_outputs()?);
        Ok(changes)
    }

    fn copies(&self, plan: &InitPlan) -> Result<Vec<FileChange>, CommandError> {
        let mut changes = Vec::new();
        if plan.copies.is_empty() {
            return Ok(changes);
        }
        let folder = Folder::open(&self.root);
        for copy in &plan.copies {
            let read = match &folder {
                Ok(folder) => folder.read(Path::new(copy.from.as_str()), MOST_COPIED),
                Err(error) => Err(io::Error::from(error.kind())),
            };
            let bytes = read.map_err(|error| CommandError {
                message: format!("`{}` can't be read: {error}", copy.from),
                help: "check that you may read it, or move it away".into(),
            })?;
            changes.push(FileChange::Create {
                path: copy.to.clone(),
                bytes,
            });
        }
        Ok(changes)
    }

    /// The schemas that are not there yet.
    fn schemas(&self) -> Vec<FileChange> {
        let mut changes = Vec::new();
        for (path, text) in schema::files() {
            if !self.root.join(path.as_str()).exists() {
                changes.push(FileChange::Create {
                    path,
                    bytes: text.into(),
                });
            }
        }
        changes
    }

    /// Adds what must not be committed to `.gitignore`, without what is there already.
    fn ignore_outputs(&self) -> Result<Option<FileChange>, CommandError> {
        let Ok(path) = SitePath::new(".gitignore") else {
            return Ok(None);
        };
        let file = self.root.join(path.as_str());
        // It may come with a clone, as a link to anything.
        let read = Folder::open(&self.root)
            .and_then(|folder| folder.read(Path::new(path.as_str()), MOST_IGNORED));
        let before = match read {
            Ok(bytes) => Some(bytes),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => {
                return Err(CommandError {
                    message: format!("`{}` can't be read: {error}", file.display()),
                    help: "check that you may read it".into(),
                });
            }
        };
        // Only to look for lines; what is written back are the bytes as they were.
        let old = String::from_utf8_lossy(before.as_deref().unwrap_or_default()).into_owned();
        let mut after = before.clone().unwrap_or_default();
        if !old.is_empty() && !old.ends_with('\n') {
            after.push(b'\n');
        }
        let length = after.len();
        for line in IGNORED {
            if !old
                .lines()
                .any(|known| known.trim().trim_matches('/') == line.trim_matches('/'))
            {
                after.extend_from_slice(format!("{line}\n").as_bytes());
            }
        }
        Ok(match before {
            _ if after.len() == length => None,
            Some(before) => Some(FileChange::Edit(FileEdit {
                path,
                before,
                after,
                edits: Vec::new(),
            })),
            None => Some(FileChange::Create { path, bytes: after }),
        })
    }

    /// What was made, what was found, and what to type next.
    fn report(&self, plan: &InitPlan) -> String {
        let mut text = String::new();
        for file in &plan.files {
            text.push_str(&format!(
                "Created {}\n",
                display(&self.root.join(file.path.as_str()))
            ));
        }
        let parts = [
            ("Taken over", &plan.taken_over),
            ("Not used by hjelp", &plan.left_out),
            ("For you to decide, in `hjelp.yml`", &plan.decisions),
        ];
        for (heading, lines) in parts {
            if lines.is_empty() {
                continue;
            }
            text.push_str(&format!("\n{heading}:\n"));
            for line in lines {
                text.push_str(&format!("  {line}\n"));
            }
        }
        let option = directory_option(&self.root);
        text.push_str(&format!(
            "\nNext:\n  hjelp serve --open{option}   shows the site, and every change you save\n  hjelp check{option}          reports problems\n  hjelp build{option}          writes the site\n"
        ));
        text
    }
}

impl From<Service> for CiHost {
    fn from(service: Service) -> CiHost {
        match service {
            Service::Github => CiHost::GitHub,
            Service::Gitlab => CiHost::GitLab,
            Service::Azure => CiHost::Azure,
        }
    }
}

/// Asks on the terminal. An empty answer is the default.
fn ask(question: &str, default: &str) -> Result<String, CommandError> {
    let asked =
        write!(io::stderr(), "{question} [{default}]: ").and_then(|()| io::stderr().flush());
    let mut answer = String::new();
    match asked.and_then(|()| io::stdin().read_line(&mut answer)) {
        Ok(_) if answer.trim().is_empty() => Ok(default.to_owned()),
        Ok(_) => Ok(answer.trim().to_owned()),
        Err(error) => Err(CommandError {
            message: format!("the answer can't be read: {error}"),
            help: "give the answers as flags: `hjelp init --languages no,en --title TITLE`".into(),
        }),
    }
}
