//! A page and its new title -> the edits of its front matter, of its first heading, of tables of contents and of link texts that repeated the old
//! one. Translations have titles of their own: they are listed.

use crate::refactor::change_plan::ChangePlan;
use crate::refactor::named_page::page;
use crate::refactor::refusal::Refusal;
use crate::refactor::typed_text::{TitleChange, replace_scalar};
use crate::site::Site;
use crate::source::edit::Edit;
use crate::source::{SitePath, SourceId, yaml};
use crate::syntax::Body;

use super::heading::{Links, RenamedHeading};
use super::repeats::{RepeatedWords, Repeats};
use super::request::RenameRequest;

/// Plans a new title for the page at `path`.
pub(super) fn plan(
    site: &Site,
    request: &RenameRequest,
    path: &SitePath,
) -> Result<ChangePlan, Refusal> {
    let id = page(site, path)?;
    let old = site.title(id).to_owned();
    let mut notes = Vec::new();
    let mut edits = Vec::new();
    let mut typed = old.clone();
    let mut plain = request.to.trim().to_owned();
    if let Some(heading) = first_heading(site, id) {
        let in_front = in_front_matter(site, id).is_some();
        if heading.text == old || !in_front {
            typed = heading.typed.to_owned();
            let new = heading.renamed(request)?;
            let links = Links {
                site,
                request,
                page: id,
                old: heading.id(),
            };
            links.add_edits(&new.id, &mut edits, &mut notes);
            plain = new.text;
            edits.push(Edit::new(path, heading.content, new.written));
        } else {
            notes.push(format!("{path}: its heading is still `{}`", heading.text));
        }
    }
    if let Some(node) = in_front_matter(site, id) {
        match replace_scalar(site.source(id), &node, &plain) {
            Some(edit) => edits.push(edit),
            None => notes.push(format!("{path}: write `title: {plain}`")),
        }
    }
    if edits.is_empty() {
        return Err(Refusal::new(
            format!("`{path}` has neither `title` nor a heading of the first level in Markdown"),
            "write the new title where the old one comes from",
        ));
    }
    let change = TitleChange {
        old: [typed.trim(), &old],
        new: [request.to.trim(), &plain],
    };
    let repeats = Repeats {
        site,
        request,
        page: id,
        anchor: None,
    };
    repeats.add(change, RepeatedWords::Follow, &mut edits, &mut notes);
    let own = edits
        .iter()
        .filter(|edit| edit.location.path == *path)
        .count();
    let references = edits.len() - own;
    notes.extend(other_titles(site, id));
    Ok(ChangePlan {
        references,
        notes,
        ..ChangePlan::of_edits(site, edits)?
    })
}

/// The heading that is the page's title.
fn first_heading(site: &Site, id: SourceId) -> Option<RenamedHeading<'_>> {
    let document = site.linked(id)?.document;
    let mut anchors = document.anchors.iter();
    let number = anchors.position(|anchor| {
        let heading = anchor.heading.as_ref();
        heading.is_some_and(|heading| heading.level == 1)
    })?;
    RenamedHeading::at(site, id, document, number)
}

/// The value of `title`, in the front matter or in the file's own YAML.
fn in_front_matter(site: &Site, id: SourceId) -> Option<yaml::YamlNode> {
    let document = site.linked(id)?.document;
    if let Body::Article(_) = document.body {
        return document.front_matter.get("title").cloned();
    }
    let (root, _) = yaml::parse(&site.source(id).text, 0);
    root?.get("title").cloned()
}

/// What the page is called in other languages: only a translator can say whether that is still right.
fn other_titles(site: &Site, id: SourceId) -> Vec<String> {
    let mut notes = Vec::new();
    let Some(set) = site.translation_set_of(id) else {
        return notes;
    };
    for (_, other) in &site.translation_set(set).variants {
        if *other != id {
            let (path, title) = (site.path(*other), site.title(*other));
            notes.push(format!("{path}: its title is still `{title}`"));
        }
    }
    notes
}
