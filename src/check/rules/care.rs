//! Rules about care for readers and for the content itself.

use super::{Rule, page};
use crate::diagnostic::Code;

pub(super) const RULES: &[Rule] = &[
    page(
        Code::HeadingSkip,
        [
            "A heading is more than one level below the one above.",
            "Those who listen to a page move by its levels, and look for what is missing.",
            "Take the level between.",
            "  # Tasks\n  ### Create   wrong\n  ## Create    right",
        ],
    ),
    page(
        Code::MissingAltText,
        [
            "A picture has no words for those who cannot see it.",
            "A screen reader says nothing, or spells the name of the file.",
            "Write what it shows. In HTML, an empty `alt` says that it shows nothing.",
            "  ![](dialog.png)                        wrong\n  ![The dialog for new tasks](dialog.png)   right",
        ],
    ),
    page(
        Code::OrphanPage,
        [
            "A page is in no table of contents, though there is one for its folder.",
            "Only a search or a link in a text leads there.",
            "Add it to the table of contents, or remove it.",
            "",
        ],
    ),
    page(
        Code::UnusedInclude,
        [
            "A file to be included is included nowhere.",
            "It is translated and looked after for nobody.",
            "Remove it, or include it somewhere.",
            "",
        ],
    ),
    page(
        Code::UnusedImage,
        [
            "A picture is shown by no page.",
            "It makes the site larger, and is looked after for nobody.",
            "Remove it, or show it somewhere.",
            "",
        ],
    ),
    page(
        Code::FrontMatter,
        [
            "The front matter of a page breaks one of the rules in `hjelp.yml`.",
            "What the site promises of all its pages, this one does not keep.",
            "Do what the help says, or change `front-matter` in `hjelp.yml`.",
            "front-matter:\n  - required: [title, description]",
        ],
    ),
    page(
        Code::UnclosedHtml,
        [
            "A comment, `<script>`, `<style>` or `<textarea>` is not closed, or a `<div>` has no partner, which is a warning.",
            "All that follows is swallowed, or stands in a box that it does not belong to.",
            "Write the end.",
            "<!-- To be done --   wrong\n<!-- To be done -->   right",
        ],
    ),
];
