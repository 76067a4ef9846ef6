//! What differs between the ways an article can be marked up. The methods have the behaviour of hjelp's own markup; [`DocFx`](super::docfx::DocFx)
//! overrides nearly all of them. A markup knows nothing of documents: it answers questions of the writer.

use crate::source::SitePath;

/// How an article is marked up.
pub trait Markup: Sync {
    /// How a void element ends.
    fn void_end(&self) -> &'static str {
        ">"
    }

    /// True if void elements that authors wrote lose their slash.
    fn drops_void_slashes(&self) -> bool {
        false
    }

    /// True if comments in raw HTML are part of the page.
    fn keeps_comments(&self) -> bool {
        // A comment is for other authors; on a public page it would be for everyone.
        false
    }

    /// True if an included fragment is a document of its own: its ids and tab groups don't depend on what is before it.
    fn isolates_fragments(&self) -> bool {
        // Two elements of a page with one id are invalid HTML, and a deep link finds the first only.
        false
    }

    /// True if blocks included into a line of text keep their markers: a list begins with `-`.
    fn shows_inlined_blocks_as_typed(&self) -> bool {
        // The marker of a list item means nothing within a sentence.
        false
    }

    /// True if text that must not be translated is written without escaping.
    fn leaves_protected_text_raw(&self) -> bool {
        // Text that must not be translated is still text: markup in it could open an element that nothing closes.
        false
    }

    /// True if links and fragments in another language say so (`hreflang`, `lang`).
    fn marks_languages(&self) -> bool {
        // Screen readers change their pronunciation with `lang` (WCAG 3.1.2).
        true
    }

    /// True if quotation marks are those of the language of the article.
    fn localizes_quotes(&self) -> bool {
        true
    }

    /// True if short code with hyphens is not broken into lines.
    fn keeps_short_code_together(&self) -> bool {
        true
    }

    /// What is between the lines of the alternative text of an image.
    fn alt_text_separator(&self) -> &'static str {
        " "
    }

    /// True if images have their size, are loaded when they are needed, and open large.
    fn enhances_images(&self) -> bool {
        // Without a size the text jumps when an image arrives.
        true
    }

    /// The attribute of an image without meaning.
    fn icon_attribute(&self) -> (&'static str, &'static str) {
        // An empty alternative text is what hides an image from screen readers (HTML Living Standard, "A purely decorative image").
        ("alt", "")
    }

    /// True if a moniker or a zone begins with a paragraph that says who it is for.
    fn labels_variants(&self) -> bool {
        true
    }

    /// True if the long description of an image is marked up. It has blocks in it then, which no paragraph can contain.
    fn marks_up_descriptions(&self) -> bool {
        true
    }

    /// True if video players are part of the page at once, so that their provider learns of every reader.
    fn embeds_players(&self) -> bool {
        // A provider's player sets cookies before a reader has agreed to anything.
        false
    }

    /// True if links to uids have a class.
    fn marks_uid_links(&self) -> bool {
        false
    }

    /// True if links to unknown uids are not percent-encoded.
    fn leaves_unknown_uids_raw(&self) -> bool {
        false
    }

    /// The class that all alerts have besides their own.
    fn alert_class(&self) -> Option<&'static str> {
        Some("alert")
    }

    /// What is around the title of an alert.
    fn alert_title_tags(&self) -> (&'static str, &'static str) {
        // A heading here would be part of the page's outline, between headings of other levels. It is a label, so a paragraph.
        ("<p class=\"alert-title\">", "</p>\n")
    }

    /// True if code is coloured, and its lines are highlighted, in the HTML and not by a script.
    fn colours_code(&self) -> bool {
        // No script has to be loaded, and a printed page is coloured as well.
        true
    }

    /// True if readers see that the file of a snippet is missing.
    fn reports_missing_code(&self) -> bool {
        // The author gets the problem; a reader cannot do anything about it.
        false
    }

    /// The attributes with the name and the highlighted lines of a snippet.
    fn snippet_attributes(&self) -> [&'static str; 2] {
        ["data-name", "data-highlight-lines"]
    }

    /// True if wide tables scroll by themselves, and header cells say what they are for.
    fn has_accessible_tables(&self) -> bool {
        true
    }

    /// True if widths and alignments are in `style` attributes, which a strict content security policy forbids.
    fn uses_inline_styles(&self) -> bool {
        // A policy without `unsafe-inline` ignores `style` attributes, and a site should be able to have one.
        false
    }

    /// True if tabs are complete without a script: all panels are visible and have labels.
    fn has_scriptless_tabs(&self) -> bool {
        // Text that is hidden until a script runs is lost where none does: in print, in readers, in other search engines.
        true
    }

    /// True if addresses, uids and raw HTML stay as they were typed, for another program to process.
    fn keeps_typed(&self) -> bool {
        // Published pages need addresses that work.
        false
    }

    /// An address that stays as it was typed. Only called if [`keeps_typed`](Markup::keeps_typed).
    fn typed_address(&self, address: &TypedAddress<'_>) -> String {
        address.target.to_owned()
    }

    /// The attributes of an element from a line of a file, counted from 1; `None` if elements have none.
    fn position_attributes(&self) -> Option<[&'static str; 2]> {
        None
    }
}

/// An address in the content.
#[derive(Debug, Clone, Copy)]
pub struct TypedAddress<'a> {
    /// What the author typed.
    pub target: &'a str,
    /// The file it is in.
    pub file: &'a SitePath,
    /// True if the file is included into another one.
    pub is_included: bool,
    /// True in an `:::image:::` directive.
    pub in_directive: bool,
}
