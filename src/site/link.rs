//! Documents + configuration -> [`Site`]: the one place where everything is joined.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::config::{Config, Kind};
use crate::source::{SitePath, SourceId, Sources};
use crate::syntax::{Document, RefId};

use super::foreign::Foreign;
use super::navigation::Navigation;
use super::pages::{Pages, html_path, titles};
use super::resolve::{Resolver, Target};
use super::{Linked, Site, includes, raw_html};

/// Links a site. `documents` is parallel to [`Sources::texts`]; files that are no documents have none.
pub fn link(sources: Arc<Sources>, documents: Vec<Option<Arc<Document>>>, config: Arc<Config>) -> Site {
    let locale_of = |id: SourceId| config.split(&sources.get(id).path).localized.map(|(_, locale, _)| locale);
    let mut linked: Vec<Option<Linked>> = documents
        .into_iter()
        .zip(sources.ids())
        .map(|(document, id)| document.map(|document| Linked { document, targets: Vec::new(), slips: Vec::new(), locale: locale_of(id) }))
        .collect();
    let pages = Pages::new(&sources, &config, &linked);
    let (uids, uid_repeats) = uids(&sources, &pages, &linked);
    let foreign = Foreign::read(&sources, &config);
    let targets = {
        let folders = folders(&sources);
        let by_output = by_output(&sources, &config, &linked);
        let by_letters = by_letters(&sources);
        let resolver = Resolver {
            sources: &sources,
            config: &config,
            pages: &pages,
            linked: &linked,
            uids: &uids,
            foreign: &foreign,
            folders: &folders,
            by_output: &by_output,
            by_letters: &by_letters,
        };
        let resolve = |id: SourceId| {
            let refs = linked[id.index()].as_ref().map(|linked| linked.document.refs.as_slice()).unwrap_or_default();
            let mut slips = Vec::new();
            let targets = refs.iter().enumerate().map(|(number, reference)| {
                let target = resolver.resolve(id, reference);
                let Some((target, real)) = resolver.in_other_letters(id, reference, &target) else { return target };
                slips.push((number as RefId, real));
                target
            });
            (targets.collect::<Vec<Target>>(), slips)
        };
        let found = sources.ids().collect::<Vec<_>>().into_par_iter().map(resolve);
        let (mut targets, slips): (Vec<_>, Vec<_>) = found.unzip();
        raw_html::read_from_pages(&sources, &pages, &resolver, &mut targets);
        targets.into_iter().zip(slips).collect::<Vec<_>>()
    };
    for (linked, (targets, slips)) in linked.iter_mut().zip(targets) {
        if let Some(linked) = linked {
            linked.targets = targets;
            linked.slips = slips;
        }
    }
    let includers = includes::settle(&sources, &mut linked);
    let titles = titles(&sources, &config, &linked);
    let navigation = Navigation::default();
    let mut site = Site { sources, config, linked, pages, uids, uid_repeats, foreign, titles, includers, navigation };
    site.navigation = Navigation::new(&site);
    site
}

type Uids = (BTreeMap<Box<str>, SourceId>, Vec<(SourceId, SourceId)>);

/// The smallest path wins a uid that is given twice (DocFX spec 9.3). Translations of one page may share one.
fn uids(sources: &Sources, pages: &Pages, linked: &[Option<Linked>]) -> Uids {
    let mut uids = BTreeMap::new();
    let mut repeats = Vec::new();
    for id in sources.ids().filter(|&id| pages.key_of(id).is_some()) {
        let uid = linked[id.index()].as_ref().and_then(|linked| linked.document.front_matter.text("uid"));
        let Some(uid) = uid.map(str::trim) else { continue };
        match uids.get(uid) {
            Some(&first) if pages.key_of(first) == pages.key_of(id) => {}
            Some(&first) => repeats.push((id, first)),
            None => {
                uids.insert(uid.into(), id);
            }
        }
    }
    (uids, repeats)
}

fn folders(sources: &Sources) -> BTreeSet<SitePath> {
    let mut folders = BTreeSet::new();
    let paths = sources.texts().iter().map(|source| &source.path).chain(sources.assets().keys());
    for path in paths {
        let mut folder = path.parent();
        while !folder.is_root() && folders.insert(folder.clone()) {
            folder = folder.parent();
        }
    }
    folders
}

/// Path in lower case -> the first file that has it in some letters.
fn by_letters(sources: &Sources) -> BTreeMap<String, SitePath> {
    let paths = sources.texts().iter().map(|source| &source.path).chain(sources.assets().keys());
    let mut map = BTreeMap::new();
    for path in paths {
        map.entry(path.as_str().to_lowercase()).or_insert_with(|| path.clone());
    }
    map
}

/// Published path -> source, for addresses that begin with `/`.
fn by_output(sources: &Sources, config: &Config, linked: &[Option<Linked>]) -> BTreeMap<SitePath, SitePath> {
    let paths = sources.texts().iter().map(|source| &source.path).chain(sources.assets().keys());
    let mut map = BTreeMap::new();
    for path in paths {
        if let Some(placed) = config.place(path) {
            let document = sources.find(path.as_str()).and_then(|id| linked[id.index()].as_ref());
            let output = match document.filter(|_| placed.kind == Kind::Pages) {
                Some(linked) => html_path(&placed.output, &linked.document),
                None => placed.output,
            };
            map.entry(output).or_insert_with(|| path.clone());
        }
    }
    map
}
