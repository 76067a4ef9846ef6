//! A uid and a new one -> the edits of the pages that have it, in every language, and of everything that refers to them by it.

use crate::refactor::change_plan::ChangePlan;
use crate::refactor::refusal::Refusal;
use crate::refactor::typed_address::replace_uid;
use crate::refactor::typed_text::replace_scalar;
use crate::site::Site;
use crate::site::address::split_address;
use crate::source::edit::Edit;
use crate::source::{SourceId, percent, yaml};
use crate::syntax::{Body, RefKind, Reference};

use super::request::RenameRequest;

/// The key of a page's uid.
const KEY: &str = "uid";

/// Plans another uid for the pages that have `uid`.
pub(super) fn plan(site: &Site, request: &RenameRequest, uid: &str) -> Result<ChangePlan, Refusal> {
    let new = request.to.trim();
    if let Some(taken) = site.uid(new) {
        return Err(Refusal::new(
            format!("`{}` has the uid `{new}` already", site.path(taken)),
            "choose another uid",
        ));
    }
    // Each of these would end a uid in one of the places where it can be typed.
    if new.contains(|char: char| char.is_whitespace() || "<>()[]{}\"'`#?&,:".contains(char)) {
        return Err(Refusal::new(
            format!("`{new}` can't be typed as a uid everywhere"),
            "use letters, digits, `.`, `-` and `_`",
        ));
    }
    let mut edits = Vec::new();
    let mut notes = Vec::new();
    for id in holders(site, uid) {
        match holder_edit(site, id, uid, new) {
            _ if !request.includes(site.folder_locale(id)) => {}
            Some(edit) => edits.push(edit),
            None => notes.push(format!("{}: write `uid: {new}`", site.path(id))),
        }
    }
    if edits.is_empty() {
        return Err(Refusal::new(
            format!("no page has the uid `{uid}` in its front matter"),
            "`hjelp list uids` lists those there are",
        ));
    }
    let pages = edits.len();
    for (from, linked) in site.documents() {
        if !request.includes(linked.locale) {
            continue;
        }
        for reference in &linked.document.refs {
            if !names(reference, uid) {
                continue;
            }
            match replace_uid(site.source(from), reference, uid, new) {
                Some(edit) => edits.push(edit),
                None => notes.push(format!(
                    "{}: write `{new}` instead of `{uid}` in `{}`",
                    site.path(from),
                    reference.target
                )),
            }
        }
    }
    let references = edits.len() - pages;
    notes.push(format!(
        "programs and other sites that open pages by `{uid}` need `{new}`"
    ));
    Ok(ChangePlan {
        references,
        notes,
        ..ChangePlan::of_edits(site, edits)?
    })
}

/// The pages that have the uid: translations may share one.
fn holders(site: &Site, uid: &str) -> Vec<SourceId> {
    let mut all = Vec::new();
    let Some(first) = site.uid(uid) else {
        return all;
    };
    let Some(set) = site.translation_set_of(first) else {
        return vec![first];
    };
    for (_, id) in &site.translation_set(set).variants {
        all.push(*id);
    }
    all
}

/// The edit of the page's own uid; nothing for a translation that has none, or another.
fn holder_edit(site: &Site, id: SourceId, uid: &str, new: &str) -> Option<Edit> {
    let document = site.linked(id)?.document;
    let node = match document.body {
        Body::Article(_) => document.front_matter.get(KEY).cloned(),
        _ => yaml::parse(&site.source(id).text, 0).0?.get(KEY).cloned(),
    }?;
    if node.text()? != uid {
        return None;
    }
    replace_scalar(site.source(id), &node, new)
}

fn names(reference: &Reference, uid: &str) -> bool {
    let is_uid = matches!(
        reference.kind,
        RefKind::Uid | RefKind::UidShorthand | RefKind::TocUid
    );
    let typed = split_address(&reference.target).0;
    is_uid && (typed == uid || percent::decode(typed) == uid)
}
