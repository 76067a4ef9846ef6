//! The markup that DocFX publishes, byte for byte (DocFX spec 11), so that the styles and scripts of a site go on working.

use super::markup::Markup;

/// The markup that DocFX publishes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DocFx;

impl Markup for DocFx {
    fn drops_void_slashes(&self) -> bool {
        true
    }

    fn keeps_comments(&self) -> bool {
        true
    }

    fn isolates_fragments(&self) -> bool {
        true
    }

    fn shows_inlined_blocks_as_typed(&self) -> bool {
        true
    }

    fn leaves_protected_text_raw(&self) -> bool {
        true
    }

    fn marks_languages(&self) -> bool {
        false
    }

    fn localizes_quotes(&self) -> bool {
        false
    }

    fn keeps_short_code_together(&self) -> bool {
        false
    }

    fn alt_text_separator(&self) -> &'static str {
        "\n"
    }

    fn enhances_images(&self) -> bool {
        false
    }

    fn icon_attribute(&self) -> (&'static str, &'static str) {
        ("role", "presentation")
    }

    fn marks_up_descriptions(&self) -> bool {
        false
    }

    fn embeds_players(&self) -> bool {
        true
    }

    fn marks_uid_links(&self) -> bool {
        true
    }

    fn leaves_unknown_uids_raw(&self) -> bool {
        true
    }

    fn alert_class(&self) -> Option<&'static str> {
        None
    }

    fn alert_title_tags(&self) -> (&'static str, &'static str) {
        ("<h5>", "</h5>\n")
    }

    fn colours_code(&self) -> bool {
        false
    }

    fn reports_missing_code(&self) -> bool {
        true
    }

    fn snippet_attributes(&self) -> [&'static str; 2] {
        ["name", "highlight-lines"]
    }

    fn has_accessible_tables(&self) -> bool {
        false
    }

    fn uses_inline_styles(&self) -> bool {
        true
    }

    fn has_scriptless_tabs(&self) -> bool {
        false
    }
}
