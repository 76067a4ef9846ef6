//! One rule: the code of a problem, its documentation, and the check that finds it. The documentation is Markdown with a fixed outline:
//! the code as title, what is wrong, "Why it matters", "How to fix it", and possibly an "Example". Doesn't know which rules there are.

use super::translated_docs::translated;
use crate::check::checker::Checker;
use crate::diagnostic::{Code, Level};
use crate::locale::problem_texts::MessageLanguage;

/// A kind of problem.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Its code.
    pub code: Code,
    /// Its documentation, as Markdown.
    pub docs: &'static str,
    /// The check that finds it. `None` if the check of another rule or another room reports it.
    pub(super) run: Option<fn(&mut Checker<'_>)>,
}

/// The headings of the outline.
const ENGLISH: [&str; 3] = ["Why it matters", "How to fix it", "Example"];
const BOKMAL: [&str; 3] = ["Hvorfor det er viktig", "Slik retter du det", "Eksempel"];

/// The documentation of a rule in one language.
#[derive(Debug, Clone, Copy)]
pub struct RuleDocs {
    text: &'static str,
    /// The headings of its sections: why, how to fix it, example.
    pub headings: [&'static str; 3],
}

impl RuleDocs {
    /// What is wrong, as one paragraph of Markdown.
    pub fn about(&self) -> &'static str {
        let text = self.text.split_once('\n').map_or("", |(_, text)| text);
        self.until_heading(text)
    }

    /// Why it matters, as one paragraph of Markdown.
    pub fn why(&self) -> &'static str {
        self.section(self.headings[0])
    }

    /// How to fix it, as one paragraph of Markdown.
    pub fn fix(&self) -> &'static str {
        self.section(self.headings[1])
    }

    /// An example without its fence; empty if there is none.
    pub fn example(&self) -> &'static str {
        self.section(self.headings[2])
            .trim_start_matches("```text\n")
            .trim_end_matches("\n```")
    }

    fn section(&self, heading: &str) -> &'static str {
        match self.text.split_once(&format!("\n## {heading}\n")) {
            Some((_, text)) => self.until_heading(text),
            None => "",
        }
    }

    /// The text up to the next heading of the outline. Examples may contain other lines with `##`.
    fn until_heading(&self, text: &'static str) -> &'static str {
        let mut end = text.len();
        for heading in self.headings {
            if let Some(at) = text.find(&format!("\n## {heading}\n")) {
                end = end.min(at);
            }
        }
        text[..end].trim_matches('\n')
    }
}

impl Rule {
    /// A rule whose problems are reported elsewhere.
    pub(super) const fn reported_elsewhere(code: Code, docs: &'static str) -> Rule {
        Rule {
            code,
            docs,
            run: None,
        }
    }

    /// The level of its problems unless the configuration sets another.
    pub fn level(&self) -> Level {
        self.code.level()
    }

    /// The documentation in this language, or in English if there is none.
    pub fn docs_in(&self, language: MessageLanguage) -> RuleDocs {
        match translated(self.code, language) {
            Some(text) => RuleDocs {
                text,
                headings: BOKMAL,
            },
            None => RuleDocs {
                text: self.docs,
                headings: ENGLISH,
            },
        }
    }

    /// What is wrong, in English.
    pub fn about(&self) -> &'static str {
        self.docs_in(MessageLanguage::English).about()
    }

    /// Why it matters, in English.
    pub fn why(&self) -> &'static str {
        self.docs_in(MessageLanguage::English).why()
    }

    /// How to fix it, in English.
    pub fn fix(&self) -> &'static str {
        self.docs_in(MessageLanguage::English).fix()
    }

    /// An example without its fence, in English; empty if there is none.
    pub fn example(&self) -> &'static str {
        self.docs_in(MessageLanguage::English).example()
    }
}

/// Markdown without links, for terminals: `[text](target)` becomes `text`.
pub fn without_links(markdown: &str) -> String {
    let mut text = String::new();
    let mut rest = markdown;
    while let Some((before, after)) = rest.split_once('[') {
        let Some((label, target)) = after.split_once("](") else {
            break;
        };
        // Brackets in code, such as `[text][label]`, are no link.
        let Some((_, next)) = target
            .split_once(')')
            .filter(|_| !label.contains([']', '[']) && !label.contains('…'))
        else {
            text.push_str(before);
            text.push('[');
            rest = after;
            continue;
        };
        text.push_str(before);
        text.push_str(label);
        rest = next;
    }
    text.push_str(rest);
    text
}
