//! A version and an address -> information about the page there for a writer: its problems, where they were typed, the pages that an edit
//! changes, the other languages. Everything is data for the preview's script.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value, json};
use xxhash_rust::xxh3::Xxh3;

use super::http::encoded;
use super::site_version::SiteVersion;
use crate::check::{rule, without_links};
use crate::diagnostic::Diagnostic;
use crate::locale::{Arg, LocaleId};
use crate::report::{self, HumanOptions};
use crate::site::pages::Origin;
use crate::site::{PageId, PageVersion, Site, Target};
use crate::source::percent;
use crate::source::{FileSpan, LineIndex, SitePath, SourceId, Sources};
use crate::workspace::Snapshot;
use std::hash::Hash;

/// The addresses of fragments' own pages begin so.
pub(super) const FRAGMENTS: &str = "/_hjelp/fragment/";

/// Columns of an excerpt.
const WIDTH: usize = 88;

/// How to open a file: an address with `{path}`, `{line}` and `{column}`.
#[derive(Debug, Clone)]
pub(super) struct Editor {
    pub(super) pattern: String,
}

impl Editor {
    /// The address that opens a file of the content, with `{line}` and `{column}` still to be filled in.
    fn pattern_for(&self, root: &Path, file: &str) -> String {
        let root = root.to_string_lossy().replace('\\', "/");
        let root = root.trim_start_matches("//?/").trim_start_matches('/');
        let encode = |name| percent::encode(name, percent::DRIVE_OR_NAME);
        let encoded_root = root.split('/').map(encode).collect::<Vec<_>>().join("/");
        self.pattern
            .replace("{path}", &format!("/{encoded_root}/{file}"))
    }

    fn at(&self, root: &Path, path: &SitePath, line: usize, column: usize) -> String {
        let pattern = self.pattern_for(root, &encoded(path));
        pattern
            .replace("{line}", &line.to_string())
            .replace("{column}", &column.to_string())
    }
}

/// What an address names.
#[derive(Clone, Copy)]
struct Subject {
    source: SourceId,
    page: Option<PageId>,
}

/// The browser that asks.
pub(super) struct PageInspector<'a> {
    pub(super) version: &'a SiteVersion,
    pub(super) editor: &'a Editor,
    /// True for a browser on this machine: only there an editor can open, and only from there content is fixed.
    pub(super) is_near: bool,
}

impl PageInspector<'_> {
    /// Everything about the page at `address`.
    pub(super) fn about(&self, address: &str) -> Value {
        let version = self.version;
        let Some(snapshot) = version.snapshot.as_deref() else {
            return json!({ "problems": [], "total": 0, "ready": true, "count": "", "trouble": self.trouble(None), "includes": [], "users": [],
                "linked": [], "languages": [] });
        };
        let site = &snapshot.site;
        let subject = self.subject(snapshot, address);
        let locale = subject
            .and_then(|subject| subject.page)
            .map_or(site.config.locales.default(), |page| site.page(page).locale);
        let own: BTreeSet<SourceId> = subject
            .map(|subject| included(site, subject.source))
            .unwrap_or_default();
        let ready = version.has_problems();
        let all = if ready {
            version.problems()
        } else {
            Default::default()
        };
        let of_page: Vec<&Diagnostic> = all
            .iter()
            .filter(|problem| {
                site.sources
                    .find(problem.location.path.as_str())
                    .is_some_and(|id| own.contains(&id))
            })
            .collect();
        let mut listed: Vec<&Diagnostic> = of_page.clone();
        listed.sort_by_key(|problem| problem.level);
        let number = |count: usize| Arg::Number(i64::try_from(count).unwrap_or(i64::MAX));
        let count = snapshot.context.catalog.text(
            locale,
            "preview-count",
            &[("page", number(listed.len())), ("site", number(all.len()))],
        );
        json!({
            "ready": ready,
            "total": all.len(),
            "count": count,
            "problems": listed.iter().map(|problem| self.problem(problem)).collect::<Vec<_>>(),
            "trouble": self.trouble(subject.and_then(|subject| subject.page)),
            "source": subject.map(|subject| site.source(subject.source).path.to_string()),
            "open": subject.and_then(|subject| self.open(&site.source(subject.source).path, 1, 1)),
            "editor": self.is_near.then(|| self.editor.pattern_for(version.root(), "{file}")),
            "includes": own.iter().filter(|id| subject.is_none_or(|subject| subject.source != **id)).map(|id| fragment_link(site, *id)).collect::<Vec<_>>(),
            "users": subject.map(|subject| users(site, subject.source)).unwrap_or_default(),
            "linked": subject.map(|subject| linking(site, subject)).unwrap_or_default(),
            "languages": subject.and_then(|subject| subject.page).map(|page| languages(site, page)).unwrap_or_default(),
        })
    }

    /// The target of a link.
    pub(super) fn target(&self, address: &str, anchor: &str) -> Value {
        let Some(snapshot) = self.version.snapshot.as_deref() else {
            return json!(null);
        };
        let (site, catalog) = (&snapshot.site, &snapshot.context.catalog);
        let Some(subject) = self.subject(snapshot, address) else {
            return json!({ "found": false, "title": catalog.text(site.config.locales.default(), "preview-no-page", &[]), "facts": [address] });
        };
        let Some(page) = subject.page.map(|page| site.page(page)) else {
            return json!(null);
        };
        let mut facts = vec![site.config.locales.get(page.locale).name.clone()];
        if let Origin::Fallback(language) = page.origin {
            facts.push(format!("→ {}", site.config.locales.get(language).name));
        }
        let front = site
            .linked(page.source)
            .map(|linked| &linked.document.front_matter);
        facts.extend(
            front
                .and_then(|front| front.text("status"))
                .map(str::to_owned),
        );
        facts.push(site.source(page.source).path.to_string());
        let found = anchor.is_empty()
            || site
                .anchors(page.source)
                .iter()
                .any(|known| known == anchor);
        if !found {
            facts.push(format!(
                "{} #{anchor}",
                catalog.text(page.locale, "preview-no-anchor", &[])
            ));
        }
        json!({ "found": found, "title": site.title(page.source), "facts": facts })
    }

    /// The source of a page or of a fragment's own page.
    fn subject(&self, snapshot: &Snapshot, address: &str) -> Option<Subject> {
        if let Some(fragment) = address.strip_prefix(FRAGMENTS) {
            let source = snapshot
                .site
                .sources
                .find(super::http::path_of(fragment)?.as_str())?;
            return Some(Subject { source, page: None });
        }
        let page = self
            .version
            .page_of(&super::http::path_of(address)?, address.ends_with('/'))?;
        Some(Subject {
            source: snapshot.site.page(page).source,
            page: Some(page),
        })
    }

    fn problem(&self, problem: &Diagnostic) -> Value {
        let sources = &self.version.sources;
        let (line, column) = position(sources, &problem.location);
        let rule = rule(problem.code);
        let chain: Vec<String> = problem
            .includes
            .iter()
            .map(|place| format!("{}:{}", place.path, position(sources, place).0))
            .collect();
        json!({
            "id": id_of(problem),
            "level": problem.level.name(),
            "code": problem.code.name(),
            "message": problem.message,
            "excerpt": report::human(std::slice::from_ref(problem), sources, &look()).trim_end(),
            "about": rule.map(|rule| without_links(rule.about())),
            "why": rule.map(|rule| without_links(rule.why())),
            "mend": rule.map(|rule| without_links(rule.fix())),
            "place": { "path": problem.location.path.as_str(), "line": line, "column": column },
            "open": self.open(&problem.location.path, line, column),
            "fix": problem.fix.as_ref().filter(|_| self.is_near).map(|fix| &fix.title),
            "chain": chain,
        })
    }

    fn open(&self, path: &SitePath, line: usize, column: usize) -> Option<String> {
        self.is_near
            .then(|| self.editor.at(self.version.root(), path, line, column))
    }

    /// What prevents the preview of the current content.
    fn trouble(&self, page: Option<PageId>) -> Vec<String> {
        let version = self.version;
        let mut trouble: Vec<Diagnostic> = version.setup_problems.clone();
        trouble.extend(
            page.and_then(|page| version.failure(page))
                .map(|problem| *problem),
        );
        let told = report::human(&trouble, &version.sources, &look());
        let told = Some(told)
            .filter(|told| !told.is_empty())
            .map(|told| told.trim_end().to_owned());
        told.into_iter().chain(version.read_error.clone()).collect()
    }
}

/// An id of a problem that no other problem of a version has.
pub(super) fn id_of(problem: &Diagnostic) -> String {
    let mut hash = Xxh3::new();
    (problem.code, &problem.location, &problem.message).hash(&mut hash);
    format!("p{:016x}", hash.digest())
}

fn look() -> HumanOptions {
    HumanOptions {
        width: WIDTH,
        ..HumanOptions::default()
    }
}

fn position(sources: &Sources, place: &FileSpan) -> (usize, usize) {
    let Some(id) = sources.find(place.path.as_str()) else {
        return (1, 1);
    };
    let text = &sources.get(id).text;
    let position = LineIndex::new(text).position(text, place.span.start as usize);
    (position.line, position.column)
}

/// A file and what it includes, however deep.
fn included(site: &Site, id: SourceId) -> BTreeSet<SourceId> {
    let mut found = BTreeSet::from([id]);
    let mut open = vec![id];
    while let Some(id) = open.pop() {
        for target in site
            .linked(id)
            .map(|linked| linked.targets)
            .unwrap_or_default()
        {
            if let Target::Fragment(fragment) = target
                && found.insert(*fragment)
            {
                open.push(*fragment);
            }
        }
    }
    found
}

/// The files that include a file, however deep, in path order.
pub(super) fn including(site: &Site, id: SourceId) -> BTreeSet<SourceId> {
    let mut found = BTreeSet::new();
    let mut open = vec![id];
    while let Some(id) = open.pop() {
        for (user, _) in site.includers(id) {
            if found.insert(*user) {
                open.push(*user);
            }
        }
    }
    found
}

/// The page that a file is the source of, in its own language.
fn page_of(site: &Site, id: SourceId) -> Option<PageId> {
    let set = site.translation_set_of(id)?;
    let locale = site
        .linked(id)?
        .locale
        .unwrap_or_else(|| site.config.locales.default());
    site.version_for(set, locale).map(PageVersion::page)
}

pub(super) fn url(site: &Site, page: PageId) -> String {
    format!("/{}", encoded(&site.page(page).output))
}

fn page_link(site: &Site, id: SourceId) -> Option<Value> {
    let page = page_of(site, id)?;
    let locale = site.config.locales.get(site.page(page).locale);
    Some(
        json!({ "title": site.title(id), "url": url(site, page), "lang": locale.tag, "note": locale.name }),
    )
}

fn fragment_link(site: &Site, id: SourceId) -> Value {
    let path = &site.source(id).path;
    json!({ "title": path.as_str(), "url": format!("{FRAGMENTS}{}", encoded(path)) })
}

/// Every page that shows a fragment, in every language.
fn users(site: &Site, id: SourceId) -> Vec<Value> {
    including(site, id)
        .into_iter()
        .filter_map(|user| page_link(site, user))
        .collect()
}

/// The pages and fragments that link to a page.
fn linking(site: &Site, subject: Subject) -> Vec<Value> {
    let Some(set) = site
        .translation_set_of(subject.source)
        .or_else(|| subject.page.map(|page| site.page(page).translation_set))
    else {
        return Vec::new();
    };
    let leads = |targets: &[Target]| {
        targets
            .iter()
            .any(|target| matches!(target, Target::Page { set: to, .. } if *to == set))
    };
    let from = site
        .documents()
        .filter(|(id, linked)| *id != subject.source && leads(linked.targets));
    from.map(|(id, _)| page_link(site, id).unwrap_or_else(|| fragment_link(site, id)))
        .collect()
}

/// The versions of a page.
fn languages(site: &Site, id: PageId) -> Vec<Value> {
    let page = site.page(id);
    if !site.translation_set(page.translation_set).localized {
        return Vec::new();
    }
    let own = &site.config.locales.get(page.locale).folder;
    let one = |locale: LocaleId| {
        let Some(PageVersion::Localized(other)) = site.version_for(page.translation_set, locale)
        else {
            return None;
        };
        let language = site.config.locales.get(locale);
        let address = percent::encode(&url(site, id), percent::QUERY_VALUE).into_owned();
        let side = format!(
            "/_hjelp/side?page={address}&left={own}&right={}",
            language.folder
        );
        Some(
            json!({ "title": language.name, "lang": language.tag, "url": url(site, other), "current": other == id, "side": side }),
        )
    };
    site.config.locales.ids().filter_map(one).collect()
}
