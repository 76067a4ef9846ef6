//! A folder without a `hjelp.yml` -> the files that make it a site: a configuration, and if there are no pages yet, a few in each language. In
//! come the files there are and what the author wants; out come new files and a report. Changes no file that exists.

mod ci;
mod configuration;
mod docfx;
mod mkdocs;
mod picture;
mod plan;
mod starter;
mod words;

use crate::config::guess::content_folder;
use crate::locale::language_info;
use crate::source::{SitePath, Sources};

pub use ci::CiHost;
pub use plan::{FileCopy, InitPlan, NewSite};

use super::refusal::Refusal;
use configuration::Configuration;
use mkdocs::MKDOCS_FILE;
use plan::new_file;

/// Plans a site in the folder with these files. Fails if it has a configuration, or if a language can't be used.
pub fn init(sources: &Sources, wanted: &NewSite) -> Result<InitPlan, Refusal> {
    if sources.contains("hjelp.yml") {
        return Err(Refusal::new(
            "there is a `hjelp.yml` already",
            "`hjelp serve --open` shows the site; `hjelp new` adds a page",
        ));
    }
    for (number, language) in wanted.languages.iter().enumerate() {
        check_language(language)?;
        if wanted.languages[..number].contains(language) {
            return Err(Refusal::new(
                format!("`{language}` is given twice"),
                "give each language once, the default language first",
            ));
        }
    }
    let mut plan = InitPlan::default();
    // Before Markdown is looked for, because the folder of a `docfx.json` has that, too.
    if sources.contains("docfx.json") {
        docfx::plan(sources, &mut plan)?;
    } else if sources.contains(MKDOCS_FILE) {
        mkdocs::plan(sources, &mut plan)?;
    } else if let Some(folder) = content_folder(sources) {
        take_over(sources, wanted, &folder, &mut plan);
    } else {
        start(wanted, &mut plan);
    }
    if let Some(host) = wanted.ci {
        let (path, text) = host.file(&wanted.version);
        plan.files.push(new_file(path, text));
    }
    Ok(plan)
}

fn check_language(language: &str) -> Result<(), Refusal> {
    let is_folder = !language.contains(['/', '\\']);
    if is_folder && language_info(language).is_some() {
        return Ok(());
    }
    Err(Refusal::new(
        format!("`{language}` is not a language"),
        "write codes like `no`, `en` or `pt-br`, with commas between them",
    ))
}

/// A configuration for pages that are there already.
fn take_over(sources: &Sources, wanted: &NewSite, folder: &SitePath, plan: &mut InitPlan) {
    let mut pages = 0;
    for source in sources.texts() {
        pages += usize::from(source.path.has_extension("md") && source.path.starts_with(folder));
    }
    let name = match folder.is_root() {
        true => ".",
        false => folder.as_str(),
    };
    plan.taken_over
        .push(format!("Markdown files in `{name}`: {pages}"));
    let configuration = Configuration {
        // The default needs no line.
        content: (name != "content").then(|| name.to_owned()),
        title: Some(wanted.title.clone()),
        ..Configuration::default()
    };
    plan.files.push(configuration.file());
    plan.decisions
        .push("`base-url`: the address the site is published at".to_owned());
}

/// A configuration and a few pages.
fn start(wanted: &NewSite, plan: &mut InitPlan) {
    let configuration = Configuration {
        title: Some(wanted.title.clone()),
        default_locale: wanted.languages.first().cloned(),
        ..Configuration::default()
    };
    plan.files.push(configuration.file());
    for language in &wanted.languages {
        plan.files.extend(starter::pages(language, &wanted.title));
    }
}
