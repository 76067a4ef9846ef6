//! A folder with a `docfx.json` -> a `hjelp.yml` beside it, and a report of what hjelp takes over. Neither the `docfx.json` nor a page changes, so
//! that DocFX goes on working.

use std::collections::BTreeMap;

use crate::config::{self, Config, FileKind};
use crate::refactor::Refusal;
use crate::source::Sources;

use super::configuration::Configuration;
use super::plan::InitPlan;

/// Adds the configuration and the report. Fails if the `docfx.json` can't be read.
pub(super) fn plan(sources: &Sources, plan: &mut InitPlan) -> Result<(), Refusal> {
    let config = match config::read(sources) {
        Ok(config) => config,
        Err(problems) => {
            let first = problems.first().map_or("", |problem| &problem.message);
            return Err(Refusal::new(
                format!("`docfx.json` can't be used: {first}"),
                "`hjelp check` shows all its problems",
            ));
        }
    };
    let has_languages = config.locales.len() > 1;
    let default = config.locales.get(config.locales.default()).folder.clone();
    let configuration = Configuration {
        docfx: Some("docfx.json".to_owned()),
        default_locale: has_languages.then_some(default),
        more: vec![
            "# markup: docfx   # for style sheets and scripts that rely on the HTML of DocFX"
                .to_owned(),
        ],
        ..Configuration::default()
    };
    plan.files.push(configuration.file());
    plan.taken_over = taken_over(sources, &config);
    for key in &config.ignored {
        plan.left_out.push(format!("`{key}`"));
    }
    plan.decisions = decisions(&config);
    Ok(())
}

fn taken_over(sources: &Sources, config: &Config) -> Vec<String> {
    let (mut pages, mut others) = (BTreeMap::new(), 0);
    for source in sources.texts() {
        let Some(mapped) = config.map_file(&source.path) else {
            continue;
        };
        if mapped.kind != FileKind::Pages {
            others += 1;
            continue;
        }
        let folder = match mapped.locale {
            Some(locale) => config.locales.get(locale).folder.clone(),
            None => config.locales.get(config.locales.default()).folder.clone(),
        };
        *pages.entry(folder).or_insert(0) += 1;
    }
    for path in sources.assets().keys() {
        others += usize::from(config.map_file(path).is_some());
    }
    let mut lines = Vec::new();
    for (folder, count) in pages {
        lines.push(format!(
            "pages and tables of contents in `{folder}`: {count}"
        ));
    }
    lines.push(format!("other files: {others}"));
    lines.push(format!("output folder: `{}`", config.output));
    lines
}

fn decisions(config: &Config) -> Vec<String> {
    let mut decisions = Vec::new();
    if config.base_url.is_none() {
        decisions.push("`base-url`: the address the site is published at".to_owned());
    }
    if config.locales.len() > 1 {
        decisions.push(
            "`fallback`: which pages are shown in another language where a translation is missing"
                .to_owned(),
        );
    }
    decisions.push("`markup: docfx`: whether style sheets rely on the HTML of DocFX".to_owned());
    decisions
}
