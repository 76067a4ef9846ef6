//! An output folder -> the same without what hjelp wrote. Files of others stay, and so do the folders they are in.

use std::fs;

use super::WriteError;
use super::output_path::RESERVED;
use super::output_place::OutputPlace;
use super::output_writer::OutputWriter;

/// Removes the files of all builds into `place`, and the folder if it is empty then. Returns the number of files.
pub(crate) fn remove_output(place: &OutputPlace) -> Result<usize, WriteError> {
    // A build without any file removes those of the builds before it, with all their checks.
    let (summary, _) = OutputWriter::open(place, false)?.finish()?;
    let out = &place.path();
    let entries = fs::read_dir(out).map_err(|error| WriteError::Io(out.into(), error))?;
    for entry in entries.flatten() {
        let name = entry.file_name();
        if name.as_encoded_bytes().starts_with(RESERVED.as_bytes()) {
            // What can't be removed is found by the next build.
            let _ = fs::remove_file(entry.path());
        }
    }
    // Fails if there is something of others in it, as it should.
    let _ = fs::remove_dir(out);
    Ok(summary.removed)
}
