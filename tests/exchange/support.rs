//! Sites to exchange texts of, and translators.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use hjelp::disk;
pub use hjelp::exchange::context::ExchangeContext;
pub use hjelp::exchange::document::*;
pub use hjelp::exchange::export::*;
pub use hjelp::exchange::import::*;
pub use hjelp::exchange::unit::*;
pub use hjelp::exchange::*;
use hjelp::locale::LocaleId;
use hjelp::source::encoding::decode;
use hjelp::source::{SitePath, Source, Sources};
use hjelp::translation::followed::FollowedOriginals;
use hjelp::workspace::{Snapshot, dialect};

/// A site of these files.
pub fn site(files: &[(&str, &str)]) -> Snapshot {
    let source =
        |(path, text): &(&str, &str)| Source::from_text(SitePath::new(path).unwrap(), *text);
    snapshot(Sources::new(files.iter().map(source).collect(), [], []))
}

pub fn snapshot(sources: Sources) -> Snapshot {
    Snapshot::new(sources)
        .map_err(|(_, problems)| problems)
        .unwrap()
}

/// The content of 2023, if it is at hand.
pub fn corpus() -> Option<Snapshot> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    // A second checkout may lie one folder deeper than the first.
    let beside = [
        "../shared/corpus/superoffice-2023",
        "../../shared/corpus/superoffice-2023",
    ]
    .map(|place| root.join(place));
    let places = std::env::var_os("HJELP_CORPUS")
        .map_or_else(|| beside.to_vec(), |named| vec![PathBuf::from(named)]);
    let Some(folder) = places.iter().find(|place| place.join("docs").is_dir()) else {
        // Past the test harness, which keeps quiet about tests that pass.
        let _ = writeln!(
            std::io::stderr(),
            "\nSKIPPED: there is no content of 2023 in {places:?}; name its folder in HJELP_CORPUS"
        );
        return None;
    };
    let config = std::fs::read(root.join("benches/superoffice.yml")).unwrap();
    let sources = disk::scan(folder, &[])
        .unwrap()
        .with_text(Source::from_bytes(
            SitePath::new("hjelp.yml").unwrap(),
            config,
        ));
    Some(snapshot(sources))
}

pub fn locale(snapshot: &Snapshot, folder: &str) -> LocaleId {
    snapshot.site.config.locales.by_folder(folder).unwrap()
}

/// Of no translation it is known what it follows.
static NOTHING: FollowedOriginals = FollowedOriginals::new();

/// The site, to be translated into the language of this folder.
pub fn context<'a>(snapshot: &'a Snapshot, folder: &str) -> ExchangeContext<'a> {
    ExchangeContext {
        site: &snapshot.site,
        dialect: dialect(&snapshot.site.config).0,
        locale: locale(snapshot, folder),
        followed: &NOTHING,
    }
}

/// Everything there is to translate.
pub fn everything(snapshot: &Snapshot, folder: &str) -> Exported {
    export(context(snapshot, folder), &ExportSelection::default())
}

/// What importing a text in XLIFF would do.
pub fn import_text(snapshot: &Snapshot, folder: &str, text: &str) -> Imported {
    let returned = read_xliff(text).unwrap();
    import(
        context(snapshot, folder),
        &returned,
        ImportOptions::default(),
    )
}

/// The site with the imported files.
pub fn with(snapshot: &Snapshot, import: &Imported) -> Snapshot {
    let mut texts: Vec<Source> = snapshot.site.sources.texts().to_vec();
    for file in &import.files {
        texts.retain(|source| source.path != file.path);
        texts.push(Source::from_bytes(file.path.clone(), file.bytes().to_vec()));
        assert!(decode(file.bytes().to_vec()).invalid.is_none());
    }
    let assets: Vec<(SitePath, u64)> = snapshot
        .site
        .sources
        .assets()
        .iter()
        .map(|(path, size)| (path.clone(), *size))
        .collect();
    self::snapshot(Sources::new(texts, assets, []))
}

/// A translator whose language is English with accents, and who turns everything around the codes: `say` is asked for all words.
pub fn translate(package: &mut ExportDocument, say: &dyn Fn(&str) -> String) {
    for unit in package.files.iter_mut().flat_map(|file| &mut file.units) {
        let said = unit.original.iter().map(|piece| match piece {
            Inline::Text(words) => Inline::Text(say(words)),
            code => code.clone(),
        });
        unit.translation = Some(said.collect());
        unit.stale = false;
    }
}
