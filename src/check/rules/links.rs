//! Rules about where links and moved pages lead, beyond whether there is anything at all.

use super::{Rule, page};
use crate::diagnostic::Code;

pub(super) const RULES: &[Rule] = &[
    page(
        Code::CaseMismatch,
        [
            "A path has other upper or lower case letters than the file it names.",
            "Readers of this site get there all the same, but most servers, and other tools that read the files, do not.",
            "Write the path as the file is called; `hjelp check --fix` does.",
            "  ![Dialog](Media/Dialog.PNG)   wrong if the file is called media/dialog.png",
        ],
    ),
    page(
        Code::LinkLeavesLanguage,
        [
            "A link names the page in another language, although it has been translated.",
            "The reader is suddenly among pages in a language that he did not choose.",
            "Link to the translation. A link within the language also works where there is none yet: the page of the language that stands in is shown.",
            "content/no/a.md:\n\n  [Valg](../en/options.md)   wrong if there is content/no/options.md\n  [Valg](options.md)         right",
        ],
    ),
    page(
        Code::LinkToRedirect,
        [
            "A link leads to a page that has moved.",
            "The reader waits for two pages instead of one, and the link breaks when the redirect is cleaned away.",
            "Link to where it is now.",
            "",
        ],
    ),
    page(
        Code::RedirectChain,
        [
            "A moved page leads to one that has moved in turn.",
            "Readers are sent from one to the next, and search engines give up after a few.",
            "Lead to where it ends.",
            "old.md:    redirect_url: older.md   wrong if older.md has a redirect_url, too",
        ],
    ),
    page(
        Code::RedirectLoop,
        [
            "Moved pages send the reader in a circle.",
            "The browser shows an error instead of a page.",
            "Let one of them lead to a page that is there.",
            "",
        ],
    ),
    page(
        Code::RedirectLeavesLanguage,
        [
            "A moved page leads to a page in another language.",
            "Readers of the old address end up in a language that they did not choose.",
            "Write the path in the same language: where it is not translated, the page of the language that stands in is shown.",
            "",
        ],
    ),
    page(
        Code::ShadowedRedirect,
        [
            "`redirect_from` names an address where there is a page, or that leads elsewhere already.",
            "The redirect is not made: one address can hold one thing.",
            "Take the line away, or that page.",
            "  redirect_from:\n    - index.md   wrong if there is an index.md",
        ],
    ),
    page(
        Code::DeadExternalLink,
        [
            "There is nothing at an address outside the site. Only `hjelp check --external` finds out.",
            "A reader who follows it sees an error page of somebody else.",
            "Look for where it is now, or take the link away. Addresses that are never to be asked stand in `external` in `hjelp.yml`.",
            "",
        ],
    ),
    page(
        Code::MovedExternalLink,
        [
            "An address outside the site has moved for good. Only `hjelp check --external` finds out.",
            "It works as long as somebody over there looks after the redirect.",
            "Link to the new address; `hjelp check --external --fix --unsafe` does.",
            "",
        ],
    ),
    page(
        Code::UndefinedReference,
        [
            "`[text][label]` without a line `[label]: address`.",
            "The reader sees brackets instead of a link.",
            "Write the line, or the address in parentheses. If the brackets are meant, write `\\[`.",
            "  See [Tasks][1].\n\n  [1]: tasks.md",
        ],
    ),
    page(
        Code::UnusedReference,
        [
            "A line `[label]: address` that no link uses.",
            "Whoever comes next takes care of a link that is not there.",
            "Remove it; `hjelp check --fix` does.",
            "",
        ],
    ),
    page(
        Code::DuplicateReference,
        [
            "Two lines `[label]: address` with the same label. The first one counts.",
            "Links that were meant for the second lead to the first.",
            "Give one of them another label, or remove it.",
            "",
        ],
    ),
    page(
        Code::StructureDiffers,
        [
            "A translation has other steps, headings, tables, alerts, bold texts, pictures, includes, links, anchors, tabs or code than its original.",
            "Something may have been added to the original, or left out of the translation; readers of one language are told less.",
            "Follow the original; if the difference is meant, write `<!-- hjelp-disable-file structure-differs -->` into the translation.",
            "",
        ],
    ),
    page(
        Code::DamagedTranslation,
        [
            "A translation shows marks, or lacks numbers and names, that its original has right: what translation machines are known to break.",
            "Readers see stars instead of bold words, or miss what the sentence is about.",
            "Write it as the help of the message says.",
            "  **Save ** the page   wrong\n  **Save** the page",
        ],
    ),
    page(
        Code::InvalidLock,
        [
            "A file below `translations/` that says what translations follow can't be read.",
            "Nobody can tell which of the translations into this language are out of date.",
            "Take the file as it was in one of the branches that were merged, and run `hjelp translation accept` for the pages of the others.",
            "",
        ],
    ),
    page(
        Code::AmbiguousTranslation,
        [
            "A page says that it is a translation of a page that has one in its language already.",
            "Only one page can stand in for another in each language, so readers never get to see the other one.",
            "Change `translation_key` or `uid`, or move one of the pages.",
            "",
        ],
    ),
    page(
        Code::DuplicateAnchor,
        [
            "Two suggestions in a file have the same id.",
            "Links to the second lead to the first.",
            "Give one of them another id.",
            "  ## <a id=\"setup\"></a>Set up\n  ## <a id=\"setup\"></a>Set up again   wrong",
        ],
    ),
];
