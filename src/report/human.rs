//! Turns problems into what people read in a terminal: the author's own lines, what is wrong underlined, and what to type instead.

use std::collections::{BTreeMap, BTreeSet};

use annotate_snippets::{
    AnnotationKind, Group, Level as Style, Origin, Renderer, Snippet, normalize_untrusted_str,
};
use rustc_hash::FxHashMap;

use super::excerpt::{Excerpt, Mark, Page};
use super::numbers::counted;
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::source::{FileSpan, SitePath, Sources};

/// Of more labels only the first are shown: a uid that is given a hundred times needs no hundred excerpts.
const MOST_LABELS: usize = 8;

/// How a report shall look.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct HumanOptions {
    /// With the escape codes that terminals turn into colours.
    pub color: bool,
    /// How many columns there are.
    pub width: usize,
    /// How many problems are shown in full.
    pub limit: usize,
    /// What stands before every path, so that it leads from where the reader is: empty, or ending in a separator.
    pub base: String,
}

impl Default for HumanOptions {
    fn default() -> Self {
        HumanOptions {
            color: false,
            width: 120,
            limit: 200,
            base: String::new(),
        }
    }
}

/// The report: each problem with its excerpt and a blank line. Of more problems than the limit the errors come first; the others are
/// counted.
pub fn human(problems: &[Diagnostic], sources: &Sources, look: &HumanOptions) -> String {
    let renderer = if look.color {
        Renderer::styled()
    } else {
        Renderer::plain()
    }
    .term_width(look.width);
    let mut desk = Desk {
        sources,
        look,
        renderer,
        pages: FxHashMap::default(),
    };
    let mut report = String::new();
    for problem in most_important(problems, look.limit) {
        report.push_str(&desk.problem(problem));
        report.push_str("\n\n");
    }
    if problems.len() > look.limit {
        report.push_str(&rest(problems, look.limit));
    }
    report
}

/// The first `limit` problems in the given order, errors before others.
fn most_important(problems: &[Diagnostic], limit: usize) -> Vec<&Diagnostic> {
    let mut chosen: Vec<(usize, &Diagnostic)> = problems.iter().enumerate().collect();
    if chosen.len() > limit {
        chosen.sort_by_key(|(at, problem)| (problem.level, *at));
        chosen.truncate(limit);
        chosen.sort_by_key(|(at, _)| *at);
    }
    chosen.into_iter().map(|(_, problem)| problem).collect()
}

/// What is not shown, and how many problems of each kind there are in all.
fn rest(problems: &[Diagnostic], limit: usize) -> String {
    let mut kinds: BTreeMap<(Level, Code), usize> = BTreeMap::new();
    for problem in problems {
        *kinds.entry((problem.level, problem.code)).or_default() += 1;
    }
    let mut rows: Vec<(Level, usize, Code)> = kinds
        .into_iter()
        .map(|((level, code), count)| (level, count, code))
        .collect();
    rows.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)).then(a.2.cmp(&b.2)));
    let rows: Vec<(String, Code)> = rows
        .into_iter()
        .map(|(level, count, code)| (counted(count, level.name()), code))
        .collect();
    let width = rows.iter().map(|(count, _)| count.len()).max().unwrap_or(0);
    let mut text = format!(
        "… and {} more; in all:\n",
        counted(problems.len() - limit, "problem")
    );
    for (count, code) in rows {
        text.push_str(&format!("  {count:>width$}  {code}\n"));
    }
    text.push('\n');
    text
}

fn style(level: Level) -> Style<'static> {
    match level {
        Level::Error => Style::ERROR,
        Level::Warning => Style::WARNING,
        Level::Note => Style::NOTE,
    }
}

/// What is needed to write down one problem after the other.
struct Desk<'a> {
    sources: &'a Sources,
    look: &'a HumanOptions,
    renderer: Renderer,
    /// The sources that were opened; none for what is no text.
    pages: FxHashMap<SitePath, Option<Page<'a>>>,
}

impl<'a> Desk<'a> {
    fn problem(&mut self, problem: &Diagnostic) -> String {
        let mut group = Group::with_title(
            style(problem.level)
                .primary_title(&*problem.message)
                .id(problem.code.name()),
        );
        let mut moved = Vec::new();
        let mut notes = Vec::new();
        for (path, marks) in marks(problem) {
            let shown = self.shown(path);
            let Some(page) = self.page(path) else {
                notes.extend(
                    marks
                        .iter()
                        .filter_map(|mark| Some(format!("`{shown}`: {}", mark.label?))),
                );
                if path == &problem.location.path {
                    group = group.element(Origin::path(shown));
                }
                continue;
            };
            for excerpt in page.excerpts(&marks) {
                if excerpt.seems != excerpt.stands {
                    moved.push(
                        [excerpt.seems, excerpt.stands]
                            .map(|at| format!("{shown}:{}:{}", at.line, at.column)),
                    );
                }
                group = group.element(snippet(excerpt, shown.clone()));
            }
        }
        // These texts may quote the author, and an author may have typed an escape code.
        let helps = problem
            .help
            .iter()
            .map(|help| Style::HELP.message(normalize_untrusted_str(help)));
        if problem.labels.len() > MOST_LABELS {
            notes.push(format!(
                "and {} more",
                counted(problem.labels.len() - MOST_LABELS, "place")
            ));
        }
        notes.extend(
            problem
                .includes
                .iter()
                .rev()
                .map(|place| format!("included from `{}`", self.position(place))),
        );
        notes.extend(also_in(problem));
        let notes = notes
            .iter()
            .map(|note| Style::NOTE.message(normalize_untrusted_str(note)));
        let mut text = self
            .renderer
            .render(&[group.elements(helps).elements(notes)]);
        for [seems, stands] in moved {
            text = text.replacen(&seems, &stands, 1);
        }
        text
    }

    fn page(&mut self, path: &SitePath) -> Option<&Page<'a>> {
        let sources = self.sources;
        let open = || {
            sources
                .find(path.as_str())
                .map(|id| Page::new(&sources.get(id).text))
        };
        self.pages.entry(path.clone()).or_insert_with(open).as_ref()
    }

    fn shown(&self, path: &SitePath) -> String {
        format!("{}{path}", self.look.base)
    }

    /// `file:line:column`, or the file alone if it is no text.
    fn position(&mut self, place: &FileSpan) -> String {
        let shown = self.shown(&place.path);
        match self.page(&place.path) {
            Some(page) => {
                let position = page.position(place.span);
                format!("{shown}:{}:{}", position.line, position.column)
            }
            None => shown,
        }
    }
}

/// The marks of a problem, file by file, its own file first.
fn marks(problem: &Diagnostic) -> Vec<(&SitePath, Vec<Mark<'_>>)> {
    let own = Mark {
        span: problem.location.span,
        label: None,
        is_primary: true,
    };
    let mut files = vec![(&problem.location.path, vec![own])];
    for label in problem.labels.iter().take(MOST_LABELS) {
        let mark = Mark {
            span: label.location.span,
            label: Some(&label.text),
            is_primary: false,
        };
        match files
            .iter_mut()
            .find(|(path, _)| *path == &label.location.path)
        {
            // A label on the problem's own place says what stands there.
            Some((_, marks)) if label.location == problem.location => marks[0].label = mark.label,
            Some((_, marks)) => marks.push(mark),
            None => files.push((&label.location.path, vec![mark])),
        }
    }
    files
}

/// The languages that repeat the mistake, by their folders: the part of each path in which it differs.
fn also_in(problem: &Diagnostic) -> Option<String> {
    let folder = |place: &FileSpan| {
        let pairs = place.path.segments().zip(problem.location.path.segments());
        pairs
            .into_iter()
            .find(|(own, other)| own != other)
            .map(|(own, _)| own.to_owned())
    };
    let folders: BTreeSet<String> = problem.also_in.iter().filter_map(folder).collect();
    let names = folders
        .iter()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(", ");
    (!names.is_empty()).then(|| format!("also in {}: {names}", counted(folders.len(), "language")))
}

fn snippet(excerpt: Excerpt<'_>, path: String) -> Snippet<'_, annotate_snippets::Annotation<'_>> {
    let annotations = excerpt.marks.into_iter().map(|(bytes, mark)| {
        let kind = if mark.is_primary {
            AnnotationKind::Primary
        } else {
            AnnotationKind::Context
        };
        kind.span(bytes).label(mark.label)
    });
    Snippet::source(excerpt.text)
        .path(path)
        .line_start(excerpt.first_line)
        .annotations(annotations)
}
