//! A version and an address -> information about the page there for a writer: its problems, where they were typed, the pages that an edit
//! changes, the other languages. Everything is data for the preview's script; doesn't know requests.

use std::collections::BTreeSet;
use std::hash::Hash;
use std::path::Path;

use serde_json::{Value, json};
use xxhash_rust::xxh3::Xxh3;

use super::page_links::{FRAGMENTS, PageLinks, Subject};
use super::request_path::{RequestPath, encode_name, encoded};
use super::site_version::SiteVersion;
use crate::check::{rule, without_links};
use crate::diagnostic::Diagnostic;
use crate::locale::{Arg, LocaleId};
use crate::report::{HUMAN, Report, ReportOptions};
use crate::site::Site;
use crate::site::pages::{Origin, Page};
use crate::source::{FileSpan, LineIndex, Position, SitePath, SourceId};
use crate::workspace::Snapshot;

/// Columns of an excerpt: as many as fit into the panel.
const WIDTH: usize = 88;

/// How to open a file: an address with `{path}`, `{line}` and `{column}`.
#[derive(Debug, Clone)]
pub(super) struct Editor {
    pub(super) pattern: String,
}

impl Editor {
    /// The address that opens a file of the content, with `{line}` and `{column}` still to be filled in.
    fn pattern_for(&self, root: &Path, file: &str) -> String {
        // A canonical path of Windows begins with `\\\\?\\C:\\`; editors expect `/C:/`.
        let root = root.to_string_lossy().replace('\\', "/");
        let root = root.trim_start_matches("//?/").trim_start_matches('/');
        let names: Vec<_> = root.split('/').map(encode_name).collect();
        let path = format!("/{}/{file}", names.join("/"));
        self.pattern.replace("{path}", &path)
    }
}

/// What a browser may see of a version.
pub(super) struct PageInspector<'a> {
    pub(super) version: &'a SiteVersion,
    pub(super) editor: &'a Editor,
    /// True for a browser on this machine: only there an editor can open, and only from there content is fixed.
    pub(super) is_near: bool,
}

impl PageInspector<'_> {
    /// Everything about the page at `address`.
    pub(super) fn about(&self, address: &str) -> Value {
        let Some(snapshot) = self.version.snapshot.as_deref() else {
            return json!({ "problems": [], "total": 0, "ready": true, "count": "", "trouble": self.trouble(None), "includes": [], "users": [],
                "linked": [], "languages": [] });
        };
        let subject = self.subject(snapshot, address);
        let mut about = self.problem_list(snapshot, subject);
        about["trouble"] = self.trouble(subject).into();
        if self.is_near {
            let pattern = self.editor.pattern_for(self.version.root(), "{file}");
            about["editor"] = pattern.into();
        }
        for key in ["includes", "users", "linked", "languages"] {
            about[key] = json!([]);
        }
        let Some(subject) = subject else {
            return about;
        };
        let path = &snapshot.site.source(subject.source).path;
        let links = PageLinks {
            site: &snapshot.site,
        };
        about["source"] = path.as_str().into();
        about["open"] = self.open(path, START).into();
        about["includes"] = links.fragments(subject.source).into();
        about["users"] = links.users(subject.source).into();
        about["linked"] = links.linking(subject).into();
        if let Some(page) = subject.page {
            about["languages"] = links.languages(page).into();
        }
        about
    }

    /// The problems of a subject, as far as they are known: errors first.
    fn problem_list(&self, snapshot: &Snapshot, subject: Option<Subject>) -> Value {
        // To wait for a check would keep the script from showing the rest; it asks again when the problems are known.
        let is_ready = self.version.has_problems();
        let all = if is_ready {
            self.version.problems()
        } else {
            Default::default()
        };
        let mut listed: Vec<&Diagnostic> = match subject {
            Some(subject) => problems_of(&snapshot.site, subject, &all),
            None => Vec::new(),
        };
        listed.sort_by_key(|problem| problem.level);
        let counts = [("page", number(listed.len())), ("site", number(all.len()))];
        let locale = locale_of(&snapshot.site, subject);
        let catalog = &snapshot.context.catalog;
        let problems: Vec<Value> = listed.iter().map(|one| self.problem(one)).collect();
        json!({
            "ready": is_ready,
            "total": all.len(),
            "count": catalog.text(locale, "preview-count", &counts),
            "problems": problems,
        })
    }

    /// The target of a link.
    pub(super) fn target(&self, address: &str, anchor: &str) -> Value {
        let Some(snapshot) = self.version.snapshot.as_deref() else {
            return json!(null);
        };
        let (site, catalog) = (&snapshot.site, &snapshot.context.catalog);
        let Some(subject) = self.subject(snapshot, address) else {
            let title = catalog.text(site.config.locales.default(), "preview-no-page", &[]);
            return json!({ "found": false, "title": title, "facts": [address] });
        };
        let Some(page) = subject.page else {
            return json!(null);
        };
        let page = site.page(page);
        let mut facts = page_facts(site, page);
        let found = anchor.is_empty() || has_anchor(site, page, anchor);
        if !found {
            let text = catalog.text(page.locale, "preview-no-anchor", &[]);
            facts.push(format!("{text} #{anchor}"));
        }
        json!({ "found": found, "title": site.title(page.source), "facts": facts })
    }

    /// The source of a page or of a fragment's own page.
    fn subject(&self, snapshot: &Snapshot, address: &str) -> Option<Subject> {
        if let Some(fragment) = address.strip_prefix(FRAGMENTS) {
            let path = RequestPath::parse(fragment)?.path;
            let source = snapshot.site.sources.find(path.as_str())?;
            return Some(Subject { source, page: None });
        }
        let page = self.version.page_of(&RequestPath::parse(address)?)?;
        Some(Subject {
            source: snapshot.site.page(page).source,
            page: Some(page),
        })
    }

    fn problem(&self, problem: &Diagnostic) -> Value {
        let rule = rule(problem.code);
        let position = self.position(&problem.location);
        let excerpt = self.excerpts(std::slice::from_ref(problem));
        let mut chain = Vec::new();
        for place in &problem.includes {
            chain.push(format!("{}:{}", place.path, self.position(place).line));
        }
        let fix = match &problem.fix {
            Some(fix) if self.is_near => Some(fix.title.english()),
            _ => None,
        };
        json!({
            "id": id_of(problem),
            "level": problem.level.name(),
            "code": problem.code.name(),
            "message": problem.message.english(),
            "excerpt": excerpt.trim_end(),
            "about": rule.map(|rule| without_links(rule.about())),
            "why": rule.map(|rule| without_links(rule.why())),
            "help": rule.map(|rule| without_links(rule.fix())),
            "place": { "path": problem.location.path.as_str(), "line": position.line, "column": position.column },
            "open": self.open(&problem.location.path, position),
            "fix": fix,
            "chain": chain,
        })
    }

    /// The address that opens a file at a position in an editor.
    fn open(&self, path: &SitePath, at: Position) -> Option<String> {
        // On another machine the same path would open another file, or none.
        if !self.is_near {
            return None;
        }
        let pattern = self.editor.pattern_for(self.version.root(), &encoded(path));
        let address = pattern
            .replace("{line}", &at.line.to_string())
            .replace("{column}", &at.column.to_string());
        Some(address)
    }

    /// What prevents the preview of the current content of a subject.
    fn trouble(&self, subject: Option<Subject>) -> Vec<String> {
        let mut trouble: Vec<Diagnostic> = self.version.setup_problems.clone();
        if let Some(Subject {
            page: Some(page), ..
        }) = subject
            && let Some(problem) = self.version.failure(page)
        {
            trouble.push(*problem);
        }
        let mut texts = Vec::new();
        let excerpts = self.excerpts(&trouble);
        if !excerpts.is_empty() {
            texts.push(excerpts.trim_end().to_owned());
        }
        if let Some(error) = &self.version.read_error {
            // Where the files are is nobody's business on another machine.
            let far = "the content can't be read";
            texts.push(if self.is_near { error.as_str() } else { far }.to_owned());
        }
        texts
    }

    /// Problems as a terminal shows them.
    fn excerpts(&self, problems: &[Diagnostic]) -> String {
        let options = ReportOptions {
            width: WIDTH,
            ..ReportOptions::default()
        };
        HUMAN.write(&Report {
            problems,
            sources: &self.version.sources,
            options: &options,
        })
    }

    fn position(&self, place: &FileSpan) -> Position {
        let sources = &self.version.sources;
        // A problem may be about a file that isn't there.
        let Some(id) = sources.find(place.path.as_str()) else {
            return START;
        };
        let text = &sources.get(id).text;
        LineIndex::new(text).position(text, place.span.start as usize)
    }
}

/// The beginning of a file.
const START: Position = Position { line: 1, column: 1 };

/// An id of a problem that no other problem of a version has. The same in the next version if nothing about the problem has changed.
pub(super) fn id_of(problem: &Diagnostic) -> String {
    let mut hash = Xxh3::new();
    (problem.code, &problem.location, &problem.message).hash(&mut hash);
    format!("p{:016x}", hash.digest())
}

/// The problems of a file and of everything it includes: a writer sees them all in the page.
fn problems_of<'p>(site: &Site, subject: Subject, all: &'p [Diagnostic]) -> Vec<&'p Diagnostic> {
    let files: BTreeSet<SourceId> = PageLinks { site }.included(subject.source);
    let mut problems = Vec::new();
    for problem in all {
        if let Some(id) = site.sources.find(problem.location.path.as_str())
            && files.contains(&id)
        {
            problems.push(problem);
        }
    }
    problems
}

/// The language to speak to the readers of a subject.
fn locale_of(site: &Site, subject: Option<Subject>) -> LocaleId {
    match subject {
        Some(Subject {
            page: Some(page), ..
        }) => site.page(page).locale,
        _ => site.config.locales.default(),
    }
}

/// What a writer wants to know about the page a link leads to: language, status, source.
fn page_facts(site: &Site, page: &Page) -> Vec<String> {
    let locales = &site.config.locales;
    let mut facts = vec![locales.get(page.locale).name.clone()];
    if let Origin::Fallback(language) = page.origin {
        facts.push(format!("→ {}", locales.get(language).name));
    }
    if let Some(linked) = site.linked(page.source)
        && let Some(status) = linked.document.front_matter.text("status")
    {
        facts.push(status.to_owned());
    }
    facts.push(site.source(page.source).path.to_string());
    facts
}

fn has_anchor(site: &Site, page: &Page, anchor: &str) -> bool {
    site.anchors(page.source)
        .iter()
        .any(|known| known == anchor)
}

fn number(count: usize) -> Arg<'static> {
    Arg::Number(i64::try_from(count).unwrap_or(i64::MAX))
}
