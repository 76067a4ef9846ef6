//! Documents + configuration -> [`Site`]: the one place where everything is joined.
//!
//! A site that follows another one, of which little has changed, is joined by the same steps. Each step takes over what the earlier site
//! has, if nothing that the step reads is different:
//!
//! | step | reads | is taken over |
//! |---|---|---|
//! | [`Layout`] | paths, configuration | if they are the same |
//! | [`Index`] | the layout, the words of each document that say what it is called | if they are the same |
//! | [`XrefMaps`] | maps of uids | if they are the same |
//! | targets of a document | all of these, the document | if they are the same |
//! | includes, titles | small facts about each document | never; titles of what didn't change |
//! | [`Navigation`] | index, titles, tocs | if they are the same |
//!
//! Nobody has to know what depends on a change, so nothing can be forgotten: what isn't the same is made anew.

use std::sync::Arc;

use rayon::prelude::*;

use crate::config::Config;
use crate::source::{SitePath, SourceId, Sources};
use crate::syntax::{Body, Document, RefId};

use super::index::{Index, LinkInput};
use super::layout::Layout;
use super::navigation::Navigation;
use super::resolve::{Resolver, Target};
use super::titles::{Titles, title, titles};
use super::xref_maps::XrefMaps;
use super::{LinkedDocument, Site, html_addresses, includes};

/// Links a site. `documents` is parallel to [`Sources::texts`]; files that are no documents have none.
pub fn link(
    sources: Arc<Sources>,
    documents: Vec<Option<Arc<Document>>>,
    config: Arc<Config>,
) -> Site {
    join(sources, documents, config, None)
}

/// Links the site that comes after this one: the same as [`link`] makes, and much sooner if little is different.
pub fn relink(
    before: &Site,
    sources: Arc<Sources>,
    documents: Vec<Option<Arc<Document>>>,
    config: Arc<Config>,
) -> Site {
    join(sources, documents, config, Some(before))
}

fn join(
    sources: Arc<Sources>,
    documents: Vec<Option<Arc<Document>>>,
    config: Arc<Config>,
    before: Option<&Site>,
) -> Site {
    let before = before.filter(|before| {
        Arc::ptr_eq(&before.config, &config) && Layout::is_same(&before.sources, &sources)
    });
    let layout = before.map_or_else(
        || Arc::new(Layout::new(&sources, &config)),
        |before| before.layout.clone(),
    );
    let parts = LinkInput {
        sources: &sources,
        config: &config,
        layout: &layout,
        documents: &documents,
    };
    let changed = before.map(|before| changed(before, parts));
    let earlier = before.zip(changed.as_deref());

    let same_index = |(before, changed): &(&Site, &[SourceId])| {
        changed.iter().all(|id| {
            before.index.is_same(
                before.linked(*id).map(|linked| &*linked.document),
                parts.document(*id),
            )
        })
    };
    let with_index = earlier.filter(same_index);
    let index = with_index.map_or_else(
        || Arc::new(Index::new(parts)),
        |(before, _)| before.index.clone(),
    );
    let same_maps =
        |(before, _): &(&Site, _)| before.foreign.is_same(&before.sources, &sources, &config);
    let with_maps = earlier.filter(same_maps);
    let foreign = with_maps.map_or_else(
        || Arc::new(XrefMaps::read(&sources, &config)),
        |(before, _)| before.foreign.clone(),
    );

    let resolver = Resolver {
        parts,
        index: &index,
        foreign: &foreign,
    };
    let with_targets = with_index.filter(|_| with_maps.is_some());
    let mut linked = match with_targets {
        Some((before, changed)) => {
            let mut linked = before.linked.clone();
            for id in changed {
                linked[id.index()] = resolver.linked(*id);
            }
            linked
        }
        None => sources
            .ids()
            .collect::<Vec<_>>()
            .into_par_iter()
            .map(|id| resolver.linked(id))
            .collect(),
    };
    let mut relinked = html_addresses::read_from_pages(&resolver, &mut linked);
    let (includers, cut) = includes::settle(&sources, &mut linked);
    relinked.extend(cut);

    let news = with_targets.map(|(before, changed)| {
        (
            before,
            changed
                .iter()
                .copied()
                .chain(relinked)
                .collect::<Vec<SourceId>>(),
        )
    });
    let titles = match &news {
        Some((before, news)) => retitled(parts, &linked, &includers, before, news),
        None => Arc::new(titles(parts, &linked)),
    };
    let same_ways = |(before, news): &(&Site, Vec<SourceId>)| {
        let is_toc = |linked: &Option<Arc<LinkedDocument>>| {
            linked
                .as_ref()
                .is_some_and(|linked| matches!(linked.document.body, Body::Toc(_)))
        };
        !news
            .iter()
            .any(|id| is_toc(&before.linked[id.index()]) || is_toc(&linked[id.index()]))
            && before.titles == titles
    };
    let navigation = news
        .filter(same_ways)
        .map(|(before, _)| before.navigation.clone());
    let mut site = Site {
        sources,
        config,
        layout,
        linked,
        index,
        foreign,
        titles,
        includers,
        navigation: Arc::default(),
    };
    site.navigation = navigation.unwrap_or_else(|| Arc::new(Navigation::new(&site)));
    site
}

/// The files that say something else than they did.
fn changed(before: &Site, parts: LinkInput<'_>) -> Vec<SourceId> {
    let same = |id: SourceId| match (&before.linked[id.index()], &parts.documents[id.index()]) {
        (Some(before), Some(now)) => Arc::ptr_eq(&before.document, now),
        (before, now) => before.is_none() && now.is_none(),
    };
    parts.sources.ids().filter(|id| !same(*id)).collect()
}

/// The titles after the files in `news` changed: theirs, and those of the files that show them.
fn retitled(
    parts: LinkInput<'_>,
    linked: &[Option<Arc<LinkedDocument>>],
    includers: &[Vec<(SourceId, RefId)>],
    before: &Site,
    news: &[SourceId],
) -> Arc<Titles> {
    let (mut open, mut seen) = (news.to_vec(), vec![false; linked.len()]);
    let mut titles = before.titles.clone();
    while let Some(id) = open.pop() {
        if std::mem::replace(&mut seen[id.index()], true) {
            continue;
        }
        let title = title(parts, linked, id);
        if titles[id.index()] != title {
            Arc::make_mut(&mut titles)[id.index()] = title;
        }
        open.extend(includers[id.index()].iter().map(|(includer, _)| *includer));
    }
    titles
}

impl Resolver<'_> {
    /// A document with where its references lead, each by itself.
    fn linked(&self, id: SourceId) -> Option<Arc<LinkedDocument>> {
        let document = self.parts.documents[id.index()].clone()?;
        let mut case_mismatches = Vec::new();
        let targets = document.refs.iter().enumerate().map(|(number, reference)| {
            let target = self.resolve(id, reference);
            let Some((target, real)) = self.in_other_letters(id, reference, &target) else {
                return target;
            };
            case_mismatches.push((number as RefId, real));
            target
        });
        let targets: Vec<Target> = targets.collect();
        let case_mismatches: Vec<(RefId, SitePath)> = case_mismatches;
        let (shown, lost) = (
            includes::shown(&document.refs, &targets),
            html_addresses::lost(&document.refs, &targets),
        );
        Some(Arc::new(LinkedDocument {
            document,
            targets,
            case_mismatches,
            locale: self.parts.layout.locale(id),
            shown,
            lost,
        }))
    }
}
