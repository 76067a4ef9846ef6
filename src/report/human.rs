//! Problems -> what people read in a terminal: the lines of the source with the problem underlined, and what to type instead. Doesn't know
//! how excerpts are cut or drawn.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use annotate_snippets::{
    AnnotationKind, Group, Level as Style, Origin, Renderer, Snippet, normalize_untrusted_str,
};
use rustc_hash::FxHashMap;

use super::excerpt::{Excerpt, ExcerptSource, Mark};
use super::format::{Report, ReportFormat, ReportOptions};
use super::numbers::{grouped, number_of};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::locale::problem_texts::MessageLanguage;
use crate::message;
use crate::source::{FileSpan, SitePath, Sources};

/// Excerpts with underlines, and counts of what is beyond the limit.
pub static HUMAN: ReportFormat = ReportFormat {
    name: "human",
    about: "With excerpts, for people",
    is_for_terminals: true,
    write: human,
};

/// How many labels of a problem are shown. A uid that a hundred pages have needs no hundred excerpts.
const MAX_LABELS: usize = 8;

/// Each problem with its excerpt and a blank line. Beyond the limit, errors take precedence, and the others are counted.
fn human(report: &Report<'_>) -> String {
    let options = report.options;
    let renderer = if options.color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut writer = ProblemWriter {
        sources: report.sources,
        options,
        renderer: renderer.term_width(options.width),
        opened: FxHashMap::default(),
    };
    let mut text = String::new();
    for problem in most_important(report.problems, options.limit) {
        text.push_str(&writer.problem(problem));
        text.push_str("\n\n");
    }
    if report.problems.len() > options.limit {
        text.push_str(&counts(report.problems, options));
    }
    text
}

/// The first `limit` problems in the given order, errors before others.
fn most_important(problems: &[Diagnostic], limit: usize) -> Vec<&Diagnostic> {
    if problems.len() <= limit {
        return problems.iter().collect();
    }
    let mut indexes: Vec<usize> = (0..problems.len()).collect();
    // A stable sort: within a level the first ones are chosen.
    indexes.sort_by_key(|at| problems[*at].level);
    indexes.truncate(limit);
    indexes.sort_unstable();
    indexes.into_iter().map(|at| &problems[at]).collect()
}

/// How many problems are not shown, and how many there are of each kind in all: by level, the most frequent first.
fn counts(problems: &[Diagnostic], options: &ReportOptions) -> String {
    let mut by_kind: BTreeMap<(Level, Code), usize> = BTreeMap::new();
    for problem in problems {
        *by_kind.entry((problem.level, problem.code)).or_default() += 1;
    }
    let mut kinds: Vec<((Level, Code), usize)> = by_kind.into_iter().collect();
    kinds.sort_by_key(|((level, code), count)| (*level, usize::MAX - count, *code));
    let mut rows = Vec::with_capacity(kinds.len());
    let mut width = 0;
    for ((level, code), count) in kinds {
        let count = number_of(options.language, level, count);
        width = width.max(count.chars().count());
        rows.push((count, code));
    }
    let rest = problems.len() - options.limit;
    let rest = match rest {
        1 => message!("… and 1 problem more; in all:"),
        _ => message!("… and {rest} problems more; in all:", rest = grouped(rest)),
    };
    let mut text = format!("{}\n", options.language.words(&rest));
    for (count, code) in rows {
        text.push_str(&format!("  {count:>width$}  {code}\n"));
    }
    text.push('\n');
    text
}

fn style(level: Level, language: MessageLanguage) -> Style<'static> {
    let style = match level {
        Level::Error => Style::ERROR,
        Level::Warning => Style::WARNING,
        Level::Note => Style::NOTE,
    };
    named(style, level.name(), language)
}

/// The style with its name in the language of the reader.
fn named(style: Style<'static>, name: &'static str, language: MessageLanguage) -> Style<'static> {
    match language.translation(&name.into()) {
        Some(name) => style.with_name(name),
        None => style,
    }
}

/// Prints one problem after the other.
struct ProblemWriter<'a> {
    sources: &'a Sources,
    options: &'a ReportOptions,
    renderer: Renderer,
    /// The sources that were needed so far; `None` for files without text.
    opened: FxHashMap<SitePath, Option<ExcerptSource<'a>>>,
}

/// What the parts of a problem have in common while it is printed.
#[derive(Default)]
struct Notes {
    texts: Vec<String>,
    /// Positions as the renderer prints them, and as they should be.
    corrections: Vec<[String; 2]>,
}

impl<'a> ProblemWriter<'a> {
    fn problem(&mut self, problem: &Diagnostic) -> String {
        let language = self.options.language;
        let message = language.words(&problem.message);
        let title = style(problem.level, language).primary_title(message);
        let mut group = Group::with_title(title.id(problem.code.name()));
        let mut notes = Notes::default();
        let labels = label_words(problem, language);
        for (path, marks) in marks(problem, &labels) {
            let shown = self.shown_path(path);
            let Some(source) = self.open(path) else {
                for label in marks.iter().filter_map(|mark| mark.label) {
                    notes.texts.push(format!("`{shown}`: {label}"));
                }
                if path == &problem.location.path {
                    group = group.element(Origin::path(shown));
                }
                continue;
            };
            for excerpt in source.excerpts(&marks) {
                notes.correct(&shown, &excerpt);
                group = group.element(snippet(excerpt, shown.clone()));
            }
        }
        self.add_notes(problem, &mut notes.texts);
        // Help and notes quote the author, who could have typed escape codes that rewrite the terminal. The renderer replaces them in titles
        // and sources only.
        for help in &problem.help {
            let help = language.words(help);
            let style = named(Style::HELP, "help", language);
            group = group.element(style.message(normalize_untrusted_str(&help)));
        }
        for note in &notes.texts {
            let style = named(Style::NOTE, "note", language);
            group = group.element(style.message(normalize_untrusted_str(note)));
        }
        // Some terminals take these for the beginning of an escape code; the renderer replaces only those of ASCII.
        let mut text = self
            .renderer
            .render(&[group])
            .replace(|char| matches!(char, '\u{80}'..='\u{9f}'), "\u{FFFD}");
        for [wrong, right] in notes.corrections {
            text = text.replacen(&wrong, &right, 1);
        }
        text
    }

    /// Adds the notes that follow the excerpts: labels beyond the limit, includes from the innermost outwards, other languages.
    fn add_notes(&mut self, problem: &Diagnostic, notes: &mut Vec<String>) {
        if problem.labels.len() > MAX_LABELS {
            let rest = problem.labels.len() - MAX_LABELS;
            let rest = match rest {
                1 => message!("and 1 place more"),
                _ => message!("and {rest} places more", rest = grouped(rest)),
            };
            notes.push(self.options.language.words(&rest).into_owned());
        }
        for place in problem.includes.iter().rev() {
            let place = message!(
                "included from `{position}`",
                position = self.position(place)
            );
            notes.push(self.options.language.words(&place).into_owned());
        }
        let folders = other_languages(problem);
        if !folders.is_empty() {
            let count = folders.len();
            let folders: Vec<&str> = folders.into_iter().collect();
            let folders = folders.join(", ");
            let text = match count {
                1 => message!("also in 1 language: {folders}", folders),
                _ => message!("also in {count} languages: {folders}", count, folders),
            };
            notes.push(self.options.language.words(&text).into_owned());
        }
    }

    fn open(&mut self, path: &SitePath) -> Option<&ExcerptSource<'a>> {
        if !self.opened.contains_key(path) {
            let id = self.sources.find(path.as_str());
            let source = id.map(|id| ExcerptSource::new(&self.sources.get(id).text));
            self.opened.insert(path.clone(), source);
        }
        self.opened.get(path)?.as_ref()
    }

    fn shown_path(&self, path: &SitePath) -> String {
        format!("{}{path}", self.options.base)
    }

    /// `file:line:column`, or the file alone if it has no text.
    fn position(&mut self, place: &FileSpan) -> String {
        let shown = self.shown_path(&place.path);
        let Some(source) = self.open(&place.path) else {
            return shown;
        };
        let position = source.position(place.span);
        format!("{shown}:{}:{}", position.line, position.column)
    }
}

impl Notes {
    /// Notes if the renderer will print a wrong column, because it sees a line that was cut.
    fn correct(&mut self, path: &str, excerpt: &Excerpt<'_>) {
        let positions = [excerpt.position_in_excerpt, excerpt.position_in_source];
        if positions[0] != positions[1] {
            let texts = positions.map(|at| format!("{path}:{}:{}", at.line, at.column));
            self.corrections.push(texts);
        }
    }
}

/// The words of the labels that are shown.
fn label_words(problem: &Diagnostic, language: MessageLanguage) -> Vec<Cow<'_, str>> {
    let mut all = Vec::new();
    for label in problem.labels.iter().take(MAX_LABELS) {
        all.push(language.words(&label.text));
    }
    all
}

/// The marks of a problem by file, its own file first.
fn marks<'p>(
    problem: &'p Diagnostic,
    labels: &'p [Cow<'p, str>],
) -> Vec<(&'p SitePath, Vec<Mark<'p>>)> {
    let own = Mark {
        span: problem.location.span,
        label: None,
        is_primary: true,
    };
    let mut files = vec![(&problem.location.path, vec![own])];
    for (label, words) in problem.labels.iter().zip(labels) {
        let mark = Mark {
            span: label.location.span,
            label: Some(words),
            is_primary: false,
        };
        let path = &label.location.path;
        match files.iter_mut().find(|(other, _)| *other == path) {
            // Two marks of one span would be drawn as two underlines.
            Some((_, marks)) if label.location == problem.location => marks[0].label = mark.label,
            Some((_, marks)) => marks.push(mark),
            None => files.push((path, vec![mark])),
        }
    }
    files
}

/// The folders of the other languages with the same problem: the first segment in which each path differs.
fn other_languages(problem: &Diagnostic) -> BTreeSet<&str> {
    let mut folders = BTreeSet::new();
    for place in &problem.also_in {
        let mut own = problem.location.path.segments();
        for segment in place.path.segments() {
            if own.next() != Some(segment) {
                folders.insert(segment);
                break;
            }
        }
    }
    folders
}

fn snippet(excerpt: Excerpt<'_>, path: String) -> Snippet<'_, annotate_snippets::Annotation<'_>> {
    let mut snippet = Snippet::source(excerpt.text)
        .path(path)
        .line_start(excerpt.first_line);
    for (bytes, mark) in excerpt.marks {
        let kind = if mark.is_primary {
            AnnotationKind::Primary
        } else {
            AnnotationKind::Context
        };
        snippet = snippet.annotation(kind.span(bytes).label(mark.label));
    }
    snippet
}
