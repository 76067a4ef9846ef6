//! A uid that no page has -> whether it may be one of another site, whose xref map is not here. Reports nothing.

use crate::check::suggestions::Suggestions;
use crate::site::uid_text::api_namespace;

/// Where the page of an unknown uid may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Elsewhere {
    /// In an xref map that the configuration names and that was not downloaded.
    MissingMap,
    /// In the reference of an API that the configuration names no map of, by its outermost namespace.
    Api(String),
}

/// Nothing for a uid that can only be a mistake: one that is nearly the uid of a page, or that names no API while all maps are here.
pub(super) fn elsewhere(suggestions: &Suggestions<'_>, uid: &str) -> Option<Elsewhere> {
    if suggestions.uid(uid).is_some() {
        return None;
    }
    let site = suggestions.site;
    let maps = &site.config.publish.remote_maps;
    if maps.iter().any(|map| !map.is_here) {
        return Some(Elsewhere::MissingMap);
    }
    let namespace = api_namespace(uid)?;
    // A page of the site is about the namespace, so the site itself should have the uid.
    if site.has_uid_in(&namespace) {
        return None;
    }
    Some(Elsewhere::Api(namespace))
}
