//! The content of 2023 in its five translations.

use std::collections::BTreeMap;

use super::support::*;

#[test]
fn what_comes_back_unchanged_changes_nothing() {
    let Some(snapshot) = corpus() else { return };
    for folder in ["da", "de", "nl", "no", "sv"] {
        let export = everything(&snapshot, folder);
        for version in [XliffVersion::V21, XliffVersion::V12] {
            let text = write_xliff(&export.document, version);
            let import = import_text(&snapshot, folder, &text);
            let units: usize = export
                .document
                .files
                .iter()
                .map(|file| file.units.len())
                .sum();
            let translated = export
                .document
                .files
                .iter()
                .flat_map(|file| &file.units)
                .filter(|unit| unit.translation.is_some())
                .count();
            let left: usize = export.skipped.iter().map(|left| left.count).sum();
            println!(
                "{folder} {version:?}: {} files, {units} units, {translated} translated, {left} left, {} in memory, {} bytes",
                export.document.files.len(),
                export.memory.len(),
                text.len()
            );
            assert_eq!(import.rejected, []);
            assert_eq!(import.files, []);
            assert_eq!(
                (import.unchanged, import.untranslated),
                (translated, units - translated)
            );
        }
    }
}

#[test]
fn everything_can_be_translated_again() {
    let Some(snapshot) = corpus() else { return };
    let mut export = everything(&snapshot, "de");
    translate(&mut export.document, &|words| {
        words.replace('e', "é").replace('a', "å")
    });
    let import = import_text(
        &snapshot,
        "de",
        &write_xliff(&export.document, XliffVersion::V21),
    );
    let units: usize = export
        .document
        .files
        .iter()
        .map(|file| file.units.len())
        .sum();
    let taken: usize = import.files.iter().map(|file| file.translated).sum();
    println!(
        "{units} units, {taken} taken, {} refused, {} unchanged",
        import.rejected.len(),
        import.unchanged
    );
    assert_eq!(
        (
            taken + import.rejected.len() + import.unchanged,
            import.incomplete.len()
        ),
        (units, 0)
    );
    // Where paragraphs would run into lists, a block can't be added.
    assert!(import.rejected.len() <= 3, "{:#?}", import.rejected);
    let again = everything(&with(&snapshot, &import), "de");
    let said = |export: &Exported| -> BTreeMap<String, Vec<Option<InlineContent>>> {
        let said = |file: &ExportFile| {
            file.units
                .iter()
                .map(|unit| unit.translation.clone())
                .collect()
        };
        export
            .document
            .files
            .iter()
            .map(|file| (file.original.to_string(), said(file)))
            .collect()
    };
    let (one, other) = (said(&export), said(&again));
    let differ: Vec<&String> = one
        .iter()
        .filter(|(path, units)| other.get(*path) != Some(*units))
        .map(|(path, _)| path)
        .collect();
    println!(
        "{} files are paired otherwise than before: {differ:?}",
        differ.len()
    );
    assert!(differ.len() <= 8);
}
