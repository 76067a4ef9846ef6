//! Rules about what wears with time: addresses that moved, definitions, headings, pictures, files that nobody shows.

use super::{Rule, error, note, warning};

pub(super) const RULES: &[Rule] = &[
    warning(
        "case-mismatch",
        [
            "A path differs from the file's own in large and small letters only.",
            "It works on some computers and leads nowhere on most servers.",
            "Write the path as the file is named; `--fix` does so.",
            "[Tasks](tasks.md)",
        ],
    ),
    warning(
        "link-to-redirect",
        [
            "A link leads to a page that only sends readers on.",
            "They wait for two pages, and the link dies with the redirect.",
            "Link to where the redirect leads.",
            "",
        ],
    ),
    error(
        "redirect-loop",
        ["Redirects lead back to where they began.", "Readers never arrive.", "Let one of them lead to a page.", "redirect_url: tasks.md"],
    ),
    warning(
        "redirect-chain",
        [
            "A redirect leads to another redirect.",
            "Readers wait longer, and one more file can break.",
            "Let the first lead to where the last does.",
            "redirect_url: tasks.md",
        ],
    ),
    warning(
        "shadowed-redirect",
        [
            "A former address of a page is the address of another page.",
            "The redirect is never made; readers of the old address see the other page.",
            "Remove the entry from `redirect_from`, or the page.",
            "",
        ],
    ),
    warning(
        "redirect-leaves-language",
        [
            "A redirect leads to another language, although the page has been translated.",
            "Readers suddenly read another language than they chose.",
            "Let it lead to the page of its own language.",
            "",
        ],
    ),
    warning(
        "link-leaves-language",
        [
            "A link insists on another language, although the page has been translated.",
            "Readers suddenly read another language than they chose.",
            "Link to the page of your own language: by its path below the language folder.",
            "[Tasks](../tasks.md)",
        ],
    ),
    error(
        "undefined-reference",
        [
            "A link or picture names a definition that isn't there.",
            "Readers see the brackets, and no link.",
            "Write the definition, or correct the name.",
            "[the list][1]\n\n[1]: list.md",
        ],
    ),
    note(
        "unused-reference",
        ["A definition is used by nothing.", "It keeps a link alive that no reader sees.", "Remove it.", "[1]: list.md"],
    ),
    warning(
        "duplicate-reference",
        [
            "Two definitions in a file have the same name; the first counts.",
            "Links may lead elsewhere than you meant.",
            "Give one of them another name.",
            "[1]: list.md\n[2]: other.md",
        ],
    ),
    warning(
        "duplicate-anchor",
        [
            "Two places in a file have the same id.",
            "Links lead to the first only.",
            "Give each place an id of its own.",
            "## <a id=\"web\"></a>On the web",
        ],
    ),
    note(
        "heading-skip",
        [
            "A heading is more than one level below the one above it.",
            "Screen readers announce a gap.",
            "Use the next level.",
            "## Tasks\n### Repeat a task",
        ],
    ),
    warning(
        "missing-alt-text",
        [
            "A picture has no alternative text.",
            "Readers who can't see it learn nothing of it.",
            "Say in the brackets what the picture shows.",
            "![The dialog with the date filled in](dialog.png)",
        ],
    ),
    warning(
        "front-matter",
        [
            "The front matter of a page breaks one of the rules in `hjelp.yml`.",
            "What is made of metadata, such as lists and search, becomes wrong.",
            "Do what the message says, or change the rule.",
            "front-matter:\n  - required: [title, date]",
        ],
    ),
    note(
        "orphan-page",
        [
            "A page is in no table of contents, though there is one for its folder.",
            "Readers only find it by chance.",
            "Add it to the toc, or remove the page.",
            "- href: tasks.md",
        ],
    ),
    note("unused-include", ["No page includes this file.", "It is kept up for nobody.", "Remove it.", ""]),
    note("unused-image", ["No page shows this picture.", "It makes the site larger for nobody.", "Remove it.", ""]),
    error(
        "unclosed-html",
        [
            "Raw HTML is opened and not closed.",
            "It swallows what follows, up to the whole rest of the page.",
            "Write the end.",
            "<details>\n<summary>More</summary>\n</details>",
        ],
    ),
];
