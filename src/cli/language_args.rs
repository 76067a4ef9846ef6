//! `--languages no,de` -> the languages of the site. Knows the command line only.

use clap::Args;

use super::exit_status::CommandError;
use crate::locale::{LocaleId, Locales};

/// The arguments that select languages.
#[derive(Debug, Args)]
pub(super) struct LanguageArgs {
    /// The languages it concerns, by their folders, for example `no,de` [default: all]
    #[arg(long, value_name = "FOLDERS", value_delimiter = ',')]
    languages: Vec<String>,
}

impl LanguageArgs {
    /// The languages that were typed; none if all are meant.
    pub(super) fn locales(&self, locales: &Locales) -> Result<Vec<LocaleId>, CommandError> {
        by_folders(&self.languages, locales)
    }
}

/// The languages with these folders.
pub(super) fn by_folders(
    folders: &[String],
    locales: &Locales,
) -> Result<Vec<LocaleId>, CommandError> {
    let mut wanted = Vec::new();
    for folder in folders {
        match locales.by_folder(folder) {
            Some(locale) => wanted.push(locale),
            None => return Err(unknown_language(folder, locales)),
        }
    }
    Ok(wanted)
}

fn unknown_language(folder: &str, locales: &Locales) -> CommandError {
    let mut folders = Vec::new();
    for id in locales.ids() {
        folders.push(format!("`{}`", locales.get(id).folder));
    }
    CommandError {
        message: format!("language folder not found: `{folder}`"),
        help: format!("the languages are {}", folders.join(", ")),
    }
}
