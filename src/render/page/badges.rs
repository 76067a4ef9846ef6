//! Keywords in the metadata of a page -> badges for readers: `audience: admin` is “For administrators” in every language. Which keywords have
//! a badge, the interface texts decide: `badge-audience-admin`, with `.title` for a sentence about it. Text that an author typed is never
//! shown.

use crate::locale::{Arg, Catalog, LocaleId};
use crate::render::view::{Badge, Metadata};
use crate::source::yaml::YamlNode;

/// The badges of a page for readers of `locale`, in the order of its metadata.
pub(super) fn badges(catalog: &Catalog, locale: LocaleId, metadata: &Metadata) -> Vec<Badge> {
    let mut writer = BadgeWriter {
        catalog,
        locale,
        badges: Vec::new(),
        message: String::new(),
    };
    for (key, node) in &metadata.0 {
        // `so.audience` is `audience` with a prefix of the organization.
        let kind = key.rsplit('.').next().unwrap_or(key);
        if let Some(text) = node.text() {
            for value in text.split(',') {
                writer.add(kind, value.trim());
            }
        }
        for value in node.items().iter().filter_map(YamlNode::text) {
            writer.add(kind, value.trim());
        }
    }
    writer.badges
}

struct BadgeWriter<'a> {
    catalog: &'a Catalog,
    locale: LocaleId,
    badges: Vec<Badge>,
    /// Reused for every value: most metadata is no badge, and pages have much of it.
    message: String,
}

impl BadgeWriter<'_> {
    fn add(&mut self, kind: &str, value: &str) {
        self.message.clear();
        self.message.push_str("badge-");
        push_keyword(kind, &mut self.message);
        self.message.push('-');
        push_keyword(value, &mut self.message);
        let Some(label) = self.label(kind, value) else {
            return;
        };
        // `audience` and `so.audience` can say the same.
        for badge in &self.badges {
            if badge.kind == kind && badge.value == value {
                return;
            }
        }
        let title = format!("{}.title", self.message);
        self.badges.push(Badge {
            kind: kind.to_owned(),
            value: value.to_owned(),
            label,
            title: self.text(&title),
        });
    }

    fn label(&self, kind: &str, value: &str) -> Option<String> {
        // Versions are too many for a message each: “Version 10.2”.
        if kind == "version" && !value.is_empty() {
            let args = [("number", Arg::Text(value))];
            let text = self.catalog.text(self.locale, "badge-version", &args);
            return Some(text.into_owned());
        }
        self.text(&self.message)
    }

    fn text(&self, key: &str) -> Option<String> {
        if !self.catalog.has(self.locale, key) {
            return None;
        }
        Some(self.catalog.text(self.locale, key, &[]).into_owned())
    }
}

/// Appends `text` in the alphabet of message keys.
fn push_keyword(text: &str, out: &mut String) {
    for sign in text.chars() {
        if sign.is_ascii_alphanumeric() {
            out.push(sign.to_ascii_lowercase());
        } else {
            out.push('-');
        }
    }
}
