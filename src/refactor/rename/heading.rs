//! A heading and its new text -> the edits of the heading, which keeps its old id, and of all links that name it. Headings of translations have
//! texts of their own and stay as they are.

use crate::refactor::change_plan::ChangePlan;
use crate::refactor::named_page::page;
use crate::refactor::refusal::Refusal;
use crate::refactor::typed_address::replace_fragment;
use crate::refactor::typed_text::TitleChange;
use crate::site::address::AddressParts;
use crate::site::{LinkedDocument, Site, Target};
use crate::source::edit::{Edit, TextEdit, apply_edits};
use crate::source::{SitePath, Source, SourceId, Span, percent};
use crate::syntax::tree::{Node, NodeKind, Tree};
use crate::syntax::{Body, Document, parse_as};

use super::repeats::{RepeatedWords, Repeats};
use super::request::RenameRequest;

/// Plans a new text for the heading `anchor` of the page at `path`.
pub(super) fn plan(
    site: &Site,
    request: &RenameRequest,
    path: &SitePath,
    anchor: &str,
) -> Result<ChangePlan, Refusal> {
    let id = page(site, path)?;
    // Before anything is planned: without the heading nothing else can be right.
    let heading = RenamedHeading::find(site, id, anchor)?;
    let new = heading.renamed(request)?;
    let mut edits = vec![Edit::new(path, heading.content, new.written.clone())];
    let links = Links {
        site,
        request,
        page: id,
        old: anchor,
    };
    let mut notes = Vec::new();
    let references = links.add_edits(&new.id, &mut edits, &mut notes);
    let change = TitleChange {
        // As typed and as read: entries of tables of contents repeat the words without their markup.
        old: [heading.typed.trim(), &heading.text],
        new: [request.to.trim(), &new.text],
    };
    let repeats = Repeats {
        site,
        request,
        page: id,
        anchor: Some(anchor),
    };
    repeats.add(
        change,
        RepeatedWords::of(request.texts),
        &mut edits,
        &mut notes,
    );
    let plan = ChangePlan::of_edits(site, edits)?;
    Ok(ChangePlan {
        references,
        redirects: usize::from(new.keeps_old),
        notes,
        ..plan
    })
}

/// A heading as it is.
pub(super) struct RenamedHeading<'a> {
    source: &'a Source,
    document: &'a Document,
    /// Its number among the anchors of the document.
    number: usize,
    /// The bytes of its text, without tags that only give it ids.
    pub content: Span,
    pub typed: &'a str,
    pub text: String,
}

/// A heading as it will be.
pub(super) struct NewHeading {
    pub written: String,
    pub id: String,
    /// Without markup.
    pub text: String,
    /// True if a tag gives it its old id, too.
    pub keeps_old: bool,
}

impl<'a> RenamedHeading<'a> {
    pub fn find(site: &'a Site, id: SourceId, anchor: &str) -> Result<Self, Refusal> {
        let path = site.path(id);
        let found = site.linked(id).and_then(|linked| {
            let mut anchors = linked.document.anchors.iter();
            let number =
                // An anchor between paragraphs has an id, too, but no text to change.
                anchors.position(|known| known.heading.is_some() && &*known.id == anchor)?;
            Self::at(site, id, linked.document, number)
        });
        if let Some(heading) = found {
            return Ok(heading);
        }
        let mut ids = Vec::new();
        for heading in site.headings(id) {
            ids.push(heading.id);
        }
        // Headings of included files are among those of the page, but their text is shared with other pages.
        if ids.iter().any(|id| id == anchor) {
            return Err(Refusal::new(
                format!(
                    "the heading `#{anchor}` of `{path}` is in a file that it includes, or is no Markdown"
                ),
                "change it there",
            ));
        }
        Err(Refusal::new(
            format!("`{path}` has no heading `#{anchor}`"),
            format!("its headings are {}", listed(&ids)),
        ))
    }

    /// The heading whose anchor has this number.
    pub fn at(
        site: &'a Site,
        id: SourceId,
        document: &'a Document,
        number: usize,
    ) -> Option<RenamedHeading<'a>> {
        let Body::Article(tree) = &document.body else {
            return None;
        };
        let source = site.source(id);
        let content = content(tree, number, source)?;
        Some(RenamedHeading {
            source,
            document,
            number,
            content,
            typed: source.text.get(content.range())?,
            text: document
                .anchors
                .get(number)?
                .heading
                .as_ref()?
                .text
                .to_string(),
        })
    }

    /// Its id.
    pub fn id(&self) -> &'a str {
        &self.document.anchors[self.number].id
    }

    /// The heading with its new text. Fails if its id, or that of another heading, would not be certain.
    pub fn renamed(&self, request: &RenameRequest) -> Result<NewHeading, Refusal> {
        let to = request.to.trim();
        let old = self.id();
        let level = self.document.anchors[self.number]
            .heading
            .as_ref()
            .map(|heading| heading.level);
        let plain = self.with_text(to, request)?;
        // A title's id is that of the page, so a link to it comes to the same place without one.
        if plain.id == old || !request.redirects || level == Some(1) {
            return Ok(plain);
        }
        // Behind the text: in front of it the tag would be the heading's only id.
        let kept = self.with_text(&format!("{to}<a id=\"{old}\"></a>"), request)?;
        Ok(NewHeading {
            keeps_old: true,
            text: plain.text,
            ..kept
        })
    }

    fn with_text(&self, written: &str, request: &RenameRequest) -> Result<NewHeading, Refusal> {
        let edit = TextEdit {
            span: self.content,
            replacement: written.to_owned(),
        };
        let text = apply_edits(&self.source.text, &[edit]).unwrap_or_default();
        // Parsed, not guessed: ids depend on markup, entities and on the other headings.
        let after = parse_as(
            &Source::from_text(self.source.path.clone(), &text),
            request.dialect,
        );
        let (old, new) = (headings(self.document), headings(&after));
        let at = old.iter().position(|(number, _)| *number == self.number);
        // A text like `# x` or with a line break would make another heading, or none.
        let (Some(at), true) = (at, old.len() == new.len()) else {
            return Err(Refusal::new(
                format!("`{written}` is no text of a heading"),
                "give a line of Markdown without the signs `#` in front",
            ));
        };
        for (number, ((_, before), (_, after))) in old.iter().zip(&new).enumerate() {
            // The numbers behind equal ids depend on the headings above.
            if number != at && before != after {
                return Err(Refusal::new(
                    format!("the heading `#{before}` would be `#{after}`"),
                    "choose another text, or give that heading a text of its own first",
                ));
            }
        }
        let (number, id) = new[at];
        let taken = old
            .iter()
            .enumerate()
            .any(|(other, (_, known))| other != at && id == *known);
        // `frist-2` is what a second heading `Frist` gets, and would change with the order of the headings.
        let is_numbered = id.rsplit_once('-').is_some_and(|(base, end)| {
            end.parse::<u32>().is_ok() && new.iter().any(|(_, known)| *known == base)
        });
        if taken || is_numbered {
            return Err(Refusal::new(
                format!(
                    "another heading of `{}` has the anchor of this text already",
                    self.source.path
                ),
                "choose another text: an anchor belongs to one heading",
            ));
        }
        let heading = after.anchors[number].heading.as_ref();
        Ok(NewHeading {
            written: written.to_owned(),
            id: id.to_owned(),
            text: heading
                .map(|heading| heading.text.to_string())
                .unwrap_or_default(),
            keeps_old: false,
        })
    }
}

/// The headings of a document with the numbers of their anchors.
fn headings(document: &Document) -> Vec<(usize, &str)> {
    let mut all = Vec::new();
    for (number, anchor) in document.anchors.iter().enumerate() {
        if anchor.heading.is_some() {
            all.push((number, &*anchor.id));
        }
    }
    all
}

/// The bytes of a heading's text, without the tags around it that give it ids.
fn content(tree: &Tree, number: usize, source: &Source) -> Option<Span> {
    let mut nodes = tree.nodes.iter().enumerate();
    let (at, _) = nodes.find(
        |(_, node)| matches!(node.kind, NodeKind::Heading(_, anchor) if anchor as usize == number),
    )?;
    let mut inside: Vec<&Node> = Vec::new();
    for child in tree.children(Some(at)) {
        inside.push(&tree.nodes[child]);
    }
    // Ids that authors gave to the heading by hand are published addresses as well.
    let is_text = |node: &&Node| !is_anchor(node, source);
    let first = inside.iter().position(is_text)?;
    let last = inside.iter().rposition(is_text)?;
    Some(Span {
        start: inside[first].span.start,
        end: inside[last].span.end,
    })
}

/// True for a tag of `<a id="x"></a>`.
fn is_anchor(node: &Node, source: &Source) -> bool {
    let typed = node.span.of(&source.text).trim();
    let begins = typed.starts_with("<a id=") || typed.starts_with("<a name=");
    matches!(node.kind, NodeKind::Html(_)) && (begins || typed == "</a>")
}

fn listed(ids: &[String]) -> String {
    let mut shown = Vec::new();
    for id in ids {
        shown.push(format!("`#{id}`"));
    }
    shown.join(", ")
}

/// The links to an anchor.
pub(super) struct Links<'a> {
    pub site: &'a Site,
    pub request: &'a RenameRequest,
    pub page: SourceId,
    pub old: &'a str,
}

impl Links<'_> {
    /// Adds the edits that make links name `new`, and notes which can't. Returns how many there are.
    pub fn add_edits(&self, new: &str, edits: &mut Vec<Edit>, notes: &mut Vec<String>) -> usize {
        let mut count = 0;
        if new == self.old {
            return count;
        }
        for (from, linked) in self.site.documents() {
            if !self.request.includes(linked.locale) {
                continue;
            }
            for (reference, target) in linked.document.refs.iter().zip(linked.targets) {
                let fragment = AddressParts::of(&reference.target).fragment;
                // Browsers encode what they copy, so `#f%C3%B8r` and `#før` are the same id.
                let names_it = percent::decode(fragment.trim_start_matches('#')) == self.old;
                if fragment.is_empty() || !names_it || !self.leads_here(from, linked, target) {
                    continue;
                }
                match replace_fragment(self.site.source(from), reference, new) {
                    Some(edit) => {
                        edits.push(edit);
                        count += 1;
                    }
                    // Folded YAML and the like have no bytes that could be replaced for certain.
                    None => notes.push(format!(
                        "{}: write `#{new}` in `{}`",
                        self.site.path(from),
                        reference.target
                    )),
                }
            }
        }
        count
    }

    /// True if readers of the link come to the page, or to a version of it whose own headings don't have the anchor.
    fn leads_here(&self, from: SourceId, linked: LinkedDocument<'_>, target: &Target) -> bool {
        let (set, locale) = match target {
            Target::SamePage => return from == self.page,
            // Without a language of its own, a link leads to the version of its reader.
            Target::Page { set, locale } => (*set, locale.or(linked.locale)),
            _ => return false,
        };
        if self.site.translation_set_of(self.page) != Some(set) {
            return false;
        }
        let default = self.site.config.locales.default();
        let variants = self.site.translation_set(set);
        let shown = variants
            .variant(locale.unwrap_or(default))
            .or_else(|| self.site.original_of(self.page))
            .unwrap_or(self.page);
        if shown == self.page {
            return true;
        }
        let Some(shown) = self.site.linked(shown) else {
            return false;
        };
        // A translation has the ids of its original, too, and those of its own headings mean these.
        let mut anchors = shown.document.anchors.iter();
        self.site.original_of(self.page).is_none() && !anchors.any(|anchor| &*anchor.id == self.old)
    }
}
