//! Includes -> the HTML of the included fragment, as a block or within a line of text.

use crate::locale::LocaleId;
use crate::site::Target;
use crate::source::escape::escape;
use crate::source::{SourceId, Span};
use crate::syntax::directive::{include_fallback_text, include_title};
use crate::syntax::tree::NodeKind;
use crate::syntax::{Body, RefId, Tree};

use super::step_count::{StepCount, has_only_steps};
use super::writer::ArticleWriter;

impl<'a> ArticleWriter<'a> {
    /// Writes the fragment of the include at `span`.
    pub(super) fn include(&mut self, reference: RefId, block: bool, span: Span) {
        let Some(fragment) = self.fragment(reference) else {
            let typed = span.of(self.text.source);
            // What cannot be included stays as it was typed (DocFX spec 3.5). What only another repository has is no mistake of the author's, and
            // readers get the words for it.
            let shown = match self.is_in_other_repository(reference) {
                true if !self.markup.isolates_fragments() => include_title(typed),
                _ => include_fallback_text(typed),
            };
            escape(&shown, &mut self.out);
            if block && !self.markup.keeps_typed() {
                self.out.push('\n');
            }
            return;
        };
        let Some(linked) = self.site.linked(fragment) else {
            return;
        };
        let Body::Article(tree) = &linked.document.body else {
            return;
        };
        let Some(locale) = self.foreign_language(linked.locale) else {
            return self.write_fragment(fragment, tree, !block);
        };
        // A list in an element of its own is another list to readers.
        self.steps = None;
        // Screen readers pronounce a text in the language that its element has (WCAG 3.1.2).
        let tag = if block { "div" } else { "span" };
        let language = self.site.config.locales.get(locale);
        let direction = language.direction.as_str();
        self.out.push_str(&format!(
            "<{tag} lang=\"{}\" dir=\"{direction}\">",
            language.tag
        ));
        let outer = std::mem::replace(&mut self.language, locale);
        self.write_fragment(fragment, tree, !block);
        self.language = outer;
        self.close(tag);
    }

    /// True for a file that would be in another repository.
    fn is_in_other_repository(&self, reference: RefId) -> bool {
        match self.site.reference(self.text.id, reference) {
            Some((_, Target::Broken(reason))) => reason
                .path()
                .is_some_and(|path| self.site.config.repository_of(path).is_some()),
            _ => false,
        }
    }

    /// The fragment of an include; `None` if there is none to write.
    fn fragment(&mut self, reference: RefId) -> Option<SourceId> {
        let (_, target) = self.site.reference(self.text.id, reference)?;
        match target {
            Target::Fragment(fragment) if !self.stack.contains(fragment) => Some(*fragment),
            // A circle was cut at one of its files when the site was linked. Seen from another page it begins elsewhere, and is cut where a
            // file comes a second time (DocFX spec 3.5).
            target if self.cut_fragments > 0 => {
                let fragment = self.site.cut_fragment(target)?;
                if self.stack.contains(&fragment) {
                    return None;
                }
                self.cut_fragments -= 1;
                Some(fragment)
            }
            _ => None,
        }
    }

    /// The language of a fragment, if the text that includes it is in another one.
    fn foreign_language(&self, locale: Option<LocaleId>) -> Option<LocaleId> {
        let locale = locale?;
        let including = self.site.folder_locale(self.text.id)?;
        // A text shown for lack of a translation is in a language of its own already, and so are its fragments.
        let is_foreign = locale != self.language && including == self.language;
        if is_foreign && self.markup.marks_languages() {
            return Some(locale);
        }
        None
    }

    /// Writes a fragment as a text of its own.
    fn write_fragment(&mut self, fragment: SourceId, tree: &'a Tree, inline: bool) {
        let before = self.steps.filter(|_| has_only_steps(tree));
        self.steps = before.map(|steps| StepCount {
            after_fragment: true,
            own: 1,
            ..steps
        });
        self.write_apart(fragment, tree, inline);
        self.steps = match (self.steps, before) {
            (Some(steps), Some(before)) => Some(StepCount {
                next: steps.next,
                own: before.own,
                after_fragment: true,
            }),
            _ => None,
        };
    }

    /// Writes a fragment with ids and tabs of its own, as far as the markup separates them.
    fn write_apart(&mut self, fragment: SourceId, tree: &'a Tree, inline: bool) {
        if self.markup.isolates_fragments() {
            // DocFX gives ids in a fragment again that the page has already (DocFX spec 3.2). Deep links count on it.
            let tabs = std::mem::take(&mut self.tabs);
            let ids = std::mem::take(&mut self.ids);
            let generated_ids = std::mem::take(&mut self.generated_ids);
            self.write(fragment, tree, inline);
            self.generated_ids = generated_ids;
            self.ids = ids;
            self.tabs = tabs;
        } else {
            let of_fragment = self.tabs.of_fragment();
            let tabs = std::mem::replace(&mut self.tabs, of_fragment);
            self.write(fragment, tree, inline);
            self.tabs.continue_after(tabs);
        }
    }

    /// Writes a block that is included into a line of text: its text, without its markers, which mean nothing to readers.
    pub(super) fn inlined_block(&mut self, at: usize) {
        let last = self.out.chars().next_back();
        // The text of one block must not run into that of the next.
        let is_separate = matches!(last, Some(last) if last.is_whitespace() || last == '>');
        if at > 0 && !is_separate {
            self.out.push(' ');
        }
        self.inside(at);
    }

    /// Writes a block that is included into a line of text as DocFX does: its markers are text, and its inlines are marked up (DocFX spec 3.2).
    pub(super) fn block_as_typed(&mut self, at: usize) {
        let node = &self.text.tree.nodes[at];
        let end = self.after(at);
        // Without a blank line between them, blocks are one paragraph.
        if at > 0 && self.lines_before(node.span) == 1 {
            self.out.push('\n');
        }
        let mut typed = node.span.start;
        let mut next = at + 1;
        while next < end {
            let inner = &self.text.tree.nodes[next];
            if !inner.kind.is_inline() && !matches!(inner.kind, NodeKind::Include { .. }) {
                next += 1;
                continue;
            }
            let mut between = self.typed_between(typed, inner.span.start);
            // The backslash of an escape is none of the markers that are shown.
            if matches!(inner.kind, NodeKind::Text(_)) {
                between = between.strip_suffix('\\').unwrap_or(between);
            }
            escape(between, &mut self.out);
            self.node(next);
            typed = inner.span.end.max(typed);
            next = self.after(next);
        }
        let rest = self.typed_between(typed, node.span.end);
        // The line break after a block belongs to the file, not to the line of text that the block is now in.
        escape(rest.trim_end(), &mut self.out);
    }

    /// How many line breaks there are between a block and the text before it.
    fn lines_before(&self, span: Span) -> usize {
        let before = &self.text.source[..span.start as usize];
        let text = before.trim_end_matches([' ', '\t', '\n', '\r', '>']);
        before[text.len()..].matches('\n').count()
    }

    /// What was typed between two positions; nothing if they are in the wrong order.
    pub(super) fn typed_between(&self, start: u32, end: u32) -> &'a str {
        let end = end.max(start);
        Span { start, end }.of(self.text.source)
    }
}
