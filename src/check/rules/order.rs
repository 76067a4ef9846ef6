//! Rules about the files that put pages in order: tables of contents, landing pages, tutorials.

use super::{Rule, page};
use crate::diagnostic::Code;

pub(super) const RULES: &[Rule] = &[
    page(
        Code::BrokenTocEntry,
        [
            "An entry of a table of contents leads to a page, a toc or a uid that does not exist.",
            "The menu stands beside every page, so the dead entry does too.",
            "Correct `href`, `topicHref` or `uid`; remove the entry if the page is gone.",
            "- name: Tasks\n  href: tasks.md",
        ],
    ),
    page(
        Code::TocCycle,
        [
            "A table of contents unfolds itself, by way of others.",
            "Such a menu would never end, so the entry is left out.",
            "Link to a page of that toc, or to its folder with a `/` at the end.",
            "  href: ../tasks/toc.yml   unfolds that toc here\n  href: ../tasks/          links to it",
        ],
    ),
    page(
        Code::InvalidToc,
        [
            "A table of contents is empty, or one of its entries is no entry.",
            "A part of the menu is missing.",
            "Write `- name: Title` for each entry and `href: page.md` below it.",
            "- name: Tasks\n  href: tasks.md\n  items:\n  - name: Create a task\n    href: create.md",
        ],
    ),
    page(
        Code::UnnamedTocEntry,
        [
            "An entry has no name, and no page to take one from.",
            "The menu has a line that says nothing.",
            "Add `name`.",
            "- name: Price list\n  href: prices.pdf",
        ],
    ),
    page(
        Code::NeedlessFragment,
        [
            "An entry of a toc leads to another toc with `?` or `#` behind it.",
            "A toc is no page, so what stands behind it leads nowhere.",
            "Take it away.",
            "  href: ../tasks/toc.yml#top   wrong\n  href: ../tasks/toc.yml       right",
        ],
    ),
    page(
        Code::UnknownPageType,
        [
            "A YAML file among the pages names a type in its first line that has no page. The file is left out.",
            "Readers never see what it says.",
            "Write one of the types there are: `Category`, `SubCategory`, `Landing`, `Hub`, `Tutorial`.",
            "### YamlMime:Landing",
        ],
    ),
    page(
        Code::UnknownLinkKind,
        [
            "`typeDesc` of a link on a landing page is none of the kinds there are.",
            "The card shows no icon and no kind.",
            "Write one of the kinds the help names.",
            "",
        ],
    ),
];
