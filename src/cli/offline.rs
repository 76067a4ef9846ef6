//! `hjelp build --offline`: a snapshot -> one folder and one zip archive per language that work without a web server.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::exit_status::CommandError;
use crate::diagnostic::Diagnostic;
use crate::disk::{ContentFiles, OutputWriter, WriteError, WriteSummary, zip_archive};
use crate::render::offline::OfflinePage;
use crate::render::{Plan, RenderedFile};
use crate::source::SitePath;
use crate::workspace::Snapshot;

/// The files of one language, by their paths in its folder.
type Files = BTreeMap<SitePath, Vec<u8>>;

/// Renders and writes the folders and archives. The problems are those of pages that could not be rendered; with any, the output folder is not
/// finished and there is no summary.
pub(super) fn write(
    snapshot: &Snapshot,
    content: &ContentFiles,
    writer: OutputWriter,
) -> Result<(Option<WriteSummary>, Vec<Diagnostic>), CommandError> {
    let mut problems = Vec::new();
    let site = &snapshot.site;
    for locale in site.config.locales.ids() {
        // A language without pages has nothing to open.
        if site.home_path(locale).is_none() {
            continue;
        }
        let plan = snapshot.offline(locale);
        let (rendered, mut failed) = render_all(snapshot, &plan);
        problems.append(&mut failed);
        let files = link_offline(snapshot, content, &plan, rendered)?;
        write_language(&site.config.locales.get(locale).folder, &files, &writer)?;
    }
    if !problems.is_empty() {
        writer.leave()?;
        return Ok((None, problems));
    }
    let (summary, _) = writer.finish()?;
    Ok((Some(summary), problems))
}

/// Writes the files of one language as a folder and as an archive.
fn write_language(folder: &str, files: &Files, writer: &OutputWriter) -> Result<(), CommandError> {
    let archive = match zip_archive(files) {
        Ok(archive) => archive,
        Err(error) => {
            return Err(CommandError {
                message: format!("the archive of `{folder}` can't be created: {error}"),
                help: "build without `--offline`".into(),
            });
        }
    };
    files.par_iter().try_for_each(|(path, bytes)| {
        match SitePath::new(&format!("{folder}/{path}")) {
            Ok(path) => writer.put(&path, bytes),
            Err(_) => Err(WriteError::BadName(path.clone())),
        }
    })?;
    match SitePath::new(&format!("{folder}.zip")) {
        Ok(path) => Ok(writer.put(&path, &archive)?),
        // Can't happen: the folder of a language is a single name.
        Err(_) => Err(WriteError::BadName(SitePath::root()).into()),
    }
}

/// Renders all files of one language. The problems are those of pages that could not be rendered.
fn render_all(snapshot: &Snapshot, plan: &Plan) -> (Vec<RenderedFile>, Vec<Diagnostic>) {
    let results: Vec<Result<RenderedFile, Box<Diagnostic>>> = plan
        .outputs
        .par_iter()
        .map(|output| snapshot.render(output))
        .collect();
    let (mut files, mut failed) = (Vec::new(), Vec::new());
    for result in results {
        match result {
            Ok(file) => files.push(file),
            Err(problem) => failed.push(*problem),
        }
    }
    files.extend(plan.ready.iter().cloned());
    for (locale, _) in &plan.searches {
        files.extend(snapshot.search(*locale));
    }
    (files, failed)
}

/// Adapts the links of the pages to a folder without a server, and adds the assets that are used.
fn link_offline(
    snapshot: &Snapshot,
    content: &ContentFiles,
    plan: &Plan,
    rendered: Vec<RenderedFile>,
) -> Result<Files, CommandError> {
    let mut sources: BTreeMap<&SitePath, &SitePath> = BTreeMap::new();
    for (from, to) in &plan.copies {
        sources.insert(to, from);
    }
    let own: BTreeSet<SitePath> = rendered.iter().map(|file| file.path.clone()).collect();
    let pages: Vec<OfflinePage> = rendered
        .into_par_iter()
        .map(|file| {
            // A link to anything else leads to the site on the web.
            OfflinePage::new(&snapshot.site, file, |path| {
                own.contains(path) || sources.contains_key(path)
            })
        })
        .collect();
    let mut files = Files::new();
    let mut used = BTreeSet::new();
    for page in pages {
        files.insert(page.file.path, page.file.bytes);
        used.extend(page.uses);
    }
    for (path, from) in sources {
        // Style sheets may refer to files of the theme, and they aren't searched for links.
        let is_theme = path.as_str().starts_with("hjelp-assets/");
        if (is_theme || used.contains(path)) && !files.contains_key(path) {
            files.insert(path.clone(), read_asset(content, from)?);
        }
    }
    Ok(files)
}

/// Longer files don't fit into an archive of this kind, nor into the memory of many machines.
const LONGEST_ASSET: u64 = u32::MAX as u64;

fn read_asset(content: &ContentFiles, file: &SitePath) -> Result<Vec<u8>, CommandError> {
    match content.read(file, LONGEST_ASSET) {
        Ok(bytes) => Ok(bytes),
        Err(error) => Err(CommandError {
            message: format!("`{file}` can't be read: {error}"),
            help: "check that the file exists and that you may read it".into(),
        }),
    }
}
