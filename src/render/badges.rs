//! What a page's front matter says by a keyword -> the words readers see for it: `audience: admin` is “For administrators” in every language.
//! Which keywords mean something, the messages decide: `badge-audience-admin`, with `.title` for a sentence about it. Words typed by hand are
//! never shown.

use crate::locale::{Arg, Catalog, LocaleId};
use crate::source::yaml::YamlNode;

use super::view::{Badge, Meta};

/// The badges of a page for readers of `locale`, in the order of its metadata.
pub(super) fn badges(catalog: &Catalog, locale: LocaleId, meta: &Meta) -> Vec<Badge> {
    let mut badges: Vec<Badge> = Vec::new();
    // Most values are no badge, and need no text of their own to be asked for.
    let mut message = String::new();
    for (key, node) in &meta.0 {
        let kind = key.rsplit('.').next().unwrap_or(key);
        let listed = node.items().iter().filter_map(YamlNode::text);
        for value in node
            .text()
            .into_iter()
            .flat_map(|text| text.split(','))
            .chain(listed)
            .map(str::trim)
        {
            message.clear();
            message.push_str("badge-");
            message.extend(keyword(kind).chain(['-']).chain(keyword(value)));
            // A version is a word of its own: “Version 10.2”.
            let version = (kind == "version" && !value.is_empty())
                .then(|| catalog.text(locale, "badge-version", &[("number", Arg::Text(value))]));
            if version.is_none() && !catalog.has(locale, &message)
                || badges
                    .iter()
                    .any(|badge| badge.kind == kind && badge.value == value)
            {
                continue;
            }
            let title = format!("{message}.title");
            badges.push(Badge {
                kind: kind.to_owned(),
                value: value.to_owned(),
                label: version
                    .unwrap_or_else(|| catalog.text(locale, &message, &[]))
                    .into_owned(),
                title: catalog
                    .has(locale, &title)
                    .then(|| catalog.text(locale, &title, &[]).into_owned()),
            });
        }
    }
    badges
}

/// As a message key spells it.
fn keyword(text: &str) -> impl Iterator<Item = char> {
    text.chars().map(|sign| {
        if sign.is_ascii_alphanumeric() {
            sign.to_ascii_lowercase()
        } else {
            '-'
        }
    })
}
