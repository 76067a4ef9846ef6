//! The markup that DocFX publishes, byte for byte (DocFX spec 11), so that the styles and scripts of a site go on working.

use super::markup::Markup;

/// The markup that DocFX publishes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DocFx;

impl Markup for DocFx {
    fn drops_void_slashes(&self) -> bool {
        // Every page goes through an HTML reader that writes `<br />` as `<br>` (DocFX spec 11.1).
        true
    }

    fn keeps_comments(&self) -> bool {
        // That reader keeps comments (DocFX spec 11.1).
        true
    }

    fn isolates_fragments(&self) -> bool {
        // Each include is parsed as a document of its own: ids and the numbers of tab groups restart in it (DocFX spec 3.2).
        true
    }

    fn shows_inlined_blocks_as_typed(&self) -> bool {
        // Within a line of text an include is parsed by a pipeline that knows paragraphs only (DocFX spec 3.2).
        true
    }

    fn leaves_protected_text_raw(&self) -> bool {
        // `:::no-loc:::` is the one directive whose text is not escaped (DocFX spec 7.3).
        true
    }

    fn marks_languages(&self) -> bool {
        // A build of DocFX has one language, so it has no reason to name another.
        false
    }

    fn localizes_quotes(&self) -> bool {
        // Markdig's SmartyPants writes English quotation marks only (DocFX spec 2.2).
        false
    }

    fn keeps_short_code_together(&self) -> bool {
        // A class that is none of DocFX's could meet a rule in the style sheets of a site.
        false
    }

    fn alt_text_separator(&self) -> &'static str {
        // Markdig writes the inlines of an image as text, and a soft line break as a line break.
        "\n"
    }

    fn enhances_images(&self) -> bool {
        // DocFX gives images no dimensions (DocFX spec 15); the `modern` template opens them large with a script (DocFX spec 11.4).
        false
    }

    fn icon_attribute(&self) -> (&'static str, &'static str) {
        // An icon has no `alt` at all (DocFX spec 7.3), which leaves it to the role to hide it from screen readers.
        ("role", "presentation")
    }

    fn labels_variants(&self) -> bool {
        // The element is DocFX's (DocFX spec 7.2), with nothing in it but what the author wrote.
        false
    }

    fn marks_up_descriptions(&self) -> bool {
        // The description is in a paragraph of its own (DocFX spec 7.3), as the author typed it.
        false
    }

    fn embeds_players(&self) -> bool {
        // `> [!Video]` and media links are frames from the start (DocFX spec 2.3 and 4.3).
        true
    }

    fn marks_uid_links(&self) -> bool {
        // Resolved uids have `class="xref"` (DocFX spec 9.2), which style sheets of sites refer to.
        true
    }

    fn leaves_unknown_uids_raw(&self) -> bool {
        // Unresolved, the link is left in the page as it was before resolution: decoded (DocFX spec 9.2).
        true
    }

    fn alert_class(&self) -> Option<&'static str> {
        // The class is the value of the map `alerts` and nothing else (DocFX spec 4.1).
        None
    }

    fn alert_title_tags(&self) -> (&'static str, &'static str) {
        // Titles are in `h5`, which the template may wrap in its texts already (DocFX spec 4.1).
        ("<h5>", "</h5>\n")
    }

    fn colours_code(&self) -> bool {
        // A script in the browser colours code and expects it plain (DocFX spec 11.4).
        false
    }

    fn reports_missing_code(&self) -> bool {
        // The reader gets a warning in place of the code (DocFX spec 5.1).
        true
    }

    fn snippet_attributes(&self) -> [&'static str; 2] {
        // Names that HTML does not know, without `data-` (DocFX spec 5.1).
        ["name", "highlight-lines"]
    }

    fn has_accessible_tables(&self) -> bool {
        // Tables have no class; a script wraps them in the browser (DocFX spec 2.3 and 11.4).
        false
    }

    fn uses_inline_styles(&self) -> bool {
        // Markdig aligns cells with `style="text-align: left;"` (DocFX spec 2.3).
        true
    }

    fn has_scriptless_tabs(&self) -> bool {
        // Inactive panels are hidden in the HTML, and a script shows them (DocFX spec 6).
        false
    }
}
