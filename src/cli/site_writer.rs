//! The plan of a site -> its files in the output folder, rendered and written by all threads. Doesn't know which problems the content has, or
//! what is printed about the build.

use rayon::prelude::*;

use super::progress::Progress;
use super::timings::{Task, Timings};
use crate::diagnostic::Diagnostic;
use crate::disk::{ContentFiles, OutputWriter, WriteError};
use crate::render::{CacheKeys, Output, Plan};
use crate::workspace::Snapshot;

/// What all threads need to render and write the files of a site.
pub(super) struct SiteWriter<'a> {
    /// The files of the content, of which assets are copied.
    pub(super) files: &'a ContentFiles,
    pub(super) snapshot: &'a Snapshot,
    pub(super) plan: &'a Plan,
    pub(super) writer: &'a OutputWriter,
    pub(super) keys: CacheKeys<'a>,
    pub(super) progress: Progress,
    pub(super) timings: &'a Timings,
}

impl SiteWriter<'_> {
    /// Writes all files. Returns the problems of pages that could not be rendered; the other files are written all the same.
    pub(super) fn write_all(&self) -> Result<Vec<Diagnostic>, WriteError> {
        // The search index of a language is one long task: begun first, it overlaps with the pages.
        let (search, pages) = rayon::join(|| self.write_search(), || self.write_files());
        search?;
        pages
    }

    fn write_search(&self) -> Result<(), WriteError> {
        self.plan
            .searches
            .par_iter()
            .try_for_each(|(locale, folder)| {
                let key = self.keys.of_search(*locale);
                // All files of an index or none: they refer to each other.
                if self.writer.reuse_folder(folder, key) {
                    return Ok(());
                }
                let files = self.snapshot.search(*locale);
                files
                    .par_iter()
                    .try_for_each(|file| self.writer.put_with_key(&file.path, &file.bytes, key))
            })
    }

    /// Writes all files but those of the search.
    fn write_files(&self) -> Result<Vec<Diagnostic>, WriteError> {
        let rendered: Result<Vec<Option<Diagnostic>>, WriteError> = self
            .plan
            .outputs
            .par_iter()
            .map(|output| self.write_output(output))
            .collect();
        let failed = rendered?;
        self.plan.ready.par_iter().try_for_each(|file| {
            self.progress.step();
            self.timings
                .busy(Task::Write, || self.writer.put(&file.path, &file.bytes))
        })?;
        self.plan.copies.par_iter().try_for_each(|(from, to)| {
            self.progress.step();
            self.timings
                .busy(Task::Copy, || self.writer.copy(to, self.files, from))
        })?;
        Ok(failed.into_iter().flatten().collect())
    }

    /// Renders and writes one file, unless the last build did so from the same inputs. Returns the problem if it can't be rendered.
    fn write_output(&self, output: &Output) -> Result<Option<Diagnostic>, WriteError> {
        self.progress.step();
        let key = self.keys.of(output);
        if let Some(key) = key
            && self.writer.reuse(&output.path, key)
        {
            return Ok(None);
        }
        let content = self
            .timings
            .busy(Task::View, || self.snapshot.content(output));
        let rendered = self
            .timings
            .busy(Task::Render, || self.snapshot.fill(output, content));
        let file = match rendered {
            Ok(file) => file,
            Err(problem) => return Ok(Some(*problem)),
        };
        self.timings.busy(Task::Write, || match key {
            Some(key) => self.writer.put_with_key(&file.path, &file.bytes, key),
            None => self.writer.put(&file.path, &file.bytes),
        })?;
        Ok(None)
    }
}
