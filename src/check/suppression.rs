//! Settles which problems are told and how loudly: what `checks` in `hjelp.yml` says of their level, and what `hjelp-disable` comments say
//! about a stretch of a file.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::site::Site;
use crate::source::{LineIndex, SitePath, Span};
use crate::syntax::tree::{HtmlReplacement, NodeKind};
use crate::syntax::{Body, Document, Tree};

use super::rules::nearest_code;
use super::{Check, external};

pub(super) const CHECK: Check = Check {
    codes: &[Code::UnknownCode, Code::UnusedDisable],
    about: "A code is configured or disabled that does not exist, or a disabling comment has nothing to disable.",
    run: |site, _, problems| problems.extend(unknown_in_configuration(site)),
};

/// The problems as the configuration wants them.
pub fn with_levels(site: &Site, problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let config = &site.config;
    let level = |problem: &Diagnostic| {
        config
            .levels
            .of(problem.code.name(), &problem.location.path)
            .or_else(|| config.publish.level(problem.code))
    };
    let settle = |problem: Diagnostic| match level(&problem) {
        Some(level) => Some(Diagnostic {
            level: level?,
            ..problem
        }),
        None => Some(problem),
    };
    problems.into_iter().filter_map(settle).collect()
}

/// The problems without those that comments disable, and with what is wrong with these comments.
pub(super) fn without_disabled(site: &Site, problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut files: BTreeMap<&SitePath, Vec<Suppression>> = BTreeMap::new();
    let mut more = Vec::new();
    for (id, linked) in site.documents().filter(|(id, _)| site.is_used(*id)) {
        let source = site.source(id);
        if source.text.contains("hjelp-disable") {
            let stretches = stretches(&source.path, &source.text, &linked.document, &mut more);
            files.insert(&source.path, stretches);
        }
    }
    if files.is_empty() {
        return problems;
    }
    let is_told = |problem: &Diagnostic| match files.get_mut(&problem.location.path) {
        Some(stretches) => {
            // Every comment that fits has been of use.
            let mut disabled = false;
            for suppression in stretches
                .iter_mut()
                .filter(|suppression| suppression.covers(problem))
            {
                suppression.used = true;
                disabled = true;
            }
            !disabled
        }
        None => true,
    };
    let mut told = problems;
    told.retain(is_told);
    told.append(&mut more);
    for (path, stretches) in files {
        // Most runs don't ask other sites anything.
        let only_asking_tells = |suppression: &&Suppression| {
            suppression
                .code
                .is_some_and(|code| external::CODES.contains(&code))
        };
        for suppression in stretches
            .iter()
            .filter(|suppression| !suppression.used && !only_asking_tells(suppression))
        {
            let what = suppression
                .code
                .as_ref()
                .map_or_else(|| "anything".to_owned(), |code| format!("`{code}`"));
            let message = format!("this comment disables {what} where there is nothing to disable");
            told.push(
                Diagnostic::new(Code::UnusedDisable, path, suppression.comment, message)
                    .help("Remove it."),
            );
        }
    }
    told
}

/// A stretch of a file in which a code, or all of them, is disabled.
struct Suppression {
    comment: Span,
    code: Option<Code>,
    bytes: Span,
    /// An `enable` below can end it.
    open: bool,
    used: bool,
}

impl Suppression {
    fn covers(&self, problem: &Diagnostic) -> bool {
        let at = problem.location.span.start;
        self.bytes.start <= at
            && at < self.bytes.end
            && self.code.is_none_or(|code| code == problem.code)
    }
}

/// What the comments of a file disable.
fn stretches(
    path: &SitePath,
    text: &str,
    document: &Document,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Suppression> {
    let lines = LineIndex::new(text);
    let mut found: Vec<Suppression> = Vec::new();
    for comment in comments(document) {
        let typed = comment.of(text);
        let Some(words) = typed
            .strip_prefix("<!--")
            .and_then(|rest| rest.strip_suffix("-->"))
        else {
            continue;
        };
        let mut words = words
            .split([' ', '\t', '\n', '\r', ','])
            .filter(|word| !word.is_empty());
        let Some(verb) = words.next().and_then(|word| word.strip_prefix("hjelp-")) else {
            continue;
        };
        let line = lines.position(text, comment.start as usize).line;
        let line_after = lines.position(text, comment.end as usize).line + 1;
        let of_line = |line: usize| {
            let bytes = lines.line(text, line);
            Span::new(bytes.start, bytes.end + 1)
        };
        let bytes = match verb {
            "disable" => Span::new(comment.end as usize, text.len() + 1),
            "disable-line" => of_line(line),
            "disable-next-line" => of_line(line_after),
            "disable-file" => Span::new(0, text.len() + 1),
            "enable" => {
                let codes: Vec<&str> = words.collect();
                let fits = |code: &Option<Code>| {
                    codes.is_empty()
                        || code
                            .as_ref()
                            .is_some_and(|code| codes.contains(&code.name()))
                };
                for suppression in found
                    .iter_mut()
                    .filter(|suppression| suppression.open && fits(&suppression.code))
                {
                    suppression.open = false;
                    suppression.bytes.end = comment.start;
                }
                continue;
            }
            _ => continue,
        };
        let codes: Vec<String> = words.map(str::to_owned).collect();
        for code in codes.iter().filter(|code| Code::from_name(code).is_none()) {
            let at = typed.find(code.as_str()).map_or(comment, |at| {
                Span::new(
                    comment.start as usize + at,
                    comment.start as usize + at + code.len(),
                )
            });
            problems.push(unknown(path, at, code));
        }
        let known = codes
            .iter()
            .filter_map(|code| Code::from_name(code))
            .map(Some);
        let all = codes.is_empty().then_some(None);
        found.extend(known.chain(all).map(|code| Suppression {
            comment,
            code,
            bytes,
            open: verb == "disable",
            used: false,
        }));
    }
    found
}

/// The comments of a document, in order: those in its Markdown that are no code.
fn comments(document: &Document) -> Vec<Span> {
    let trees: Vec<&Tree> = match &document.body {
        Body::Article(tree) => vec![tree],
        Body::Tutorial(tutorial) => tutorial.steps.iter().map(|step| &step.tree).collect(),
        _ => Vec::new(),
    };
    let nodes = trees.into_iter().flat_map(|tree| &tree.nodes);
    let edits = nodes
        .filter_map(|node| {
            if let NodeKind::Html(edits) = &node.kind {
                Some(edits)
            } else {
                None
            }
        })
        .flatten();
    edits
        .filter(|edit| edit.with == HtmlReplacement::Comment)
        .map(|edit| edit.span)
        .collect()
}

fn unknown_in_configuration(site: &Site) -> Vec<Diagnostic> {
    let Ok(path) = SitePath::new("hjelp.yml") else {
        return Vec::new();
    };
    let unknown_codes = site
        .config
        .levels
        .0
        .iter()
        .filter(|level| Code::from_name(&level.code).is_none());
    unknown_codes
        .map(|level| unknown(&path, level.span, &level.code))
        .collect()
}

fn unknown(path: &SitePath, span: Span, code: &str) -> Diagnostic {
    let problem = Diagnostic::new(
        Code::UnknownCode,
        path,
        span,
        format!("there is no problem with the code `{code}`"),
    );
    match nearest_code(code) {
        Some(meant) => problem.help(format!("Did you mean `{meant}`?")),
        None => problem.help("`hjelp explain` lists all codes."),
    }
}
