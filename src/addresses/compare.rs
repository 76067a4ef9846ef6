//! The addresses of two revisions -> which of the earlier ones still show a page, redirect, or are not found. Doesn't know why.

use super::model::{Arrival, PublishedAddresses};

/// What became of the earlier addresses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AddressChanges {
    /// How many still show a page.
    pub kept: usize,
    /// Those that redirect now, and to where.
    pub moved: Vec<(String, String)>,
    /// How many say that their page was removed on purpose.
    pub gone: usize,
    /// Those that are not found now.
    pub lost: Vec<LostAddress>,
}

/// An earlier address that is not found now.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum LostAddress {
    /// A page.
    Page(String),
    /// The anchor of a page that still exists, or has moved: the earlier path, and the id.
    Anchor(String, String),
    /// A uid.
    Uid(String),
}

/// What became of the addresses of `before` in `after`.
pub fn compare(before: &PublishedAddresses, after: &PublishedAddresses) -> AddressChanges {
    let mut changes = AddressChanges::default();
    for (path, page) in &before.pages {
        match after.arrival(path) {
            None => changes.lost.push(LostAddress::Page(path.clone())),
            Some(Arrival::Elsewhere(to)) => changes.moved.push((path.clone(), to.to_owned())),
            Some(Arrival::Gone) => changes.gone += 1,
            Some(Arrival::Page(at, now)) => {
                if at == path {
                    changes.kept += 1;
                } else {
                    changes.moved.push((path.clone(), at.to_owned()));
                }
                for anchor in &page.anchors {
                    if !now.anchors.contains(anchor) && !now.shared_anchors.contains(anchor) {
                        let lost = LostAddress::Anchor(path.clone(), anchor.clone());
                        changes.lost.push(lost);
                    }
                }
            }
        }
    }
    for uid in &before.uids {
        if !after.uids.contains(uid) {
            changes.lost.push(LostAddress::Uid(uid.clone()));
        }
    }
    changes
}
