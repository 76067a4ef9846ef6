//! `hjelp build --offline`: a snapshot -> one folder and one zip archive per language that work without a web server.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use rayon::prelude::*;

use super::exit_status::CommandError;
use crate::diagnostic::Diagnostic;
use crate::disk::{OutputWriter, WriteError, WriteSummary, zip_archive};
use crate::locale::LocaleId;
use crate::render::offline::OfflinePage;
use crate::source::SitePath;
use crate::workspace::Snapshot;

/// Renders and writes the folders and archives. The problems are those of pages that could not be rendered; with any, nothing is finished.
pub(super) fn write(
    snapshot: &Snapshot,
    root: &Path,
    writer: OutputWriter,
) -> Result<(Option<WriteSummary>, Vec<Diagnostic>), CommandError> {
    let mut problems = Vec::new();
    for locale in snapshot
        .site
        .config
        .locales
        .ids()
        .filter(|locale| snapshot.site.home(*locale).is_some())
    {
        let folder = &snapshot.site.config.locales.get(locale).folder;
        let files = files(snapshot, root, locale, &mut problems)?;
        let archive = zip_archive(&files).map_err(|error| CommandError {
            message: format!("the archive of `{folder}` can't be made: {error}"),
            help: "build without `--offline`".into(),
        })?;
        let at = |name: &str| SitePath::new(name).unwrap_or_else(|_| SitePath::root());
        let own = at(folder);
        files
            .par_iter()
            .try_for_each(|(path, bytes)| match own.join(path.as_str()) {
                Ok(path) => writer.put(&path, bytes),
                Err(_) => Err(WriteError::BadName(path.clone())),
            })?;
        writer.put(&at(&format!("{folder}.zip")), &archive)?;
    }
    let summary = if problems.is_empty() {
        Some(writer.finish()?.0)
    } else {
        None
    };
    Ok((summary, problems))
}

fn files(
    snapshot: &Snapshot,
    root: &Path,
    locale: LocaleId,
    problems: &mut Vec<Diagnostic>,
) -> Result<BTreeMap<SitePath, Vec<u8>>, CommandError> {
    let plan = snapshot.offline(locale);
    let (mut made, mut failed) = (Vec::new(), Vec::new());
    for result in plan
        .outputs
        .par_iter()
        .map(|output| snapshot.render(output))
        .collect::<Vec<_>>()
    {
        match result {
            Ok(file) => made.push(file),
            Err(problem) => failed.push(*problem),
        }
    }
    problems.append(&mut failed);
    made.extend(plan.ready);
    made.par_extend(
        plan.searches
            .par_iter()
            .flat_map(|(locale, _)| snapshot.search(*locale)),
    );
    let copies: BTreeMap<&SitePath, &SitePath> =
        plan.copies.iter().map(|(from, to)| (to, from)).collect();
    let own: BTreeSet<SitePath> = made.iter().map(|file| file.path.clone()).collect();
    let has = |path: &SitePath| own.contains(path) || copies.contains_key(path);
    let pages: Vec<_> = made
        .into_par_iter()
        .map(|file| OfflinePage::new(&snapshot.site, file, has))
        .collect();
    let mut files = BTreeMap::new();
    let mut used = BTreeSet::new();
    for page in pages {
        files.insert(page.file.path, page.file.bytes);
        used.extend(page.uses);
    }
    // Style sheets may name files of the theme.
    used.extend(
        copies
            .keys()
            .filter(|path| path.as_str().starts_with("hjelp-assets/"))
            .map(|path| (*path).clone()),
    );
    for path in used
        .into_iter()
        .filter(|path| !files.contains_key(path))
        .collect::<Vec<_>>()
    {
        let Some(from) = copies.get(&path) else {
            continue;
        };
        let place = root.join(from.as_str());
        let bytes = fs::read(&place).map_err(|error| CommandError {
            message: format!("`{}` can't be read: {error}", place.display()),
            help: "see to it that the file is there and may be read".into(),
        })?;
        files.insert(path, bytes);
    }
    Ok(files)
}
