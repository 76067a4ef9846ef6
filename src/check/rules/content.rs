//! Rules about pages: their links, includes, front matter and bytes.

use super::{Rule, page};
use crate::diagnostic::Code;

pub(super) const RULES: &[Rule] = &[
    page(
        Code::BrokenLink,
        [
            "A link leads to a file that does not exist, is no part of the site, or lies outside it; or to a folder without an index page.",
            "A reader who follows it sees an error page instead of an answer.",
            "Correct the path: it is seen from the file it stands in, also in an included file. If the page is gone, link to what took its place.",
            "content/en/tasks/create.md:\n\n  [Options](options.md)            wrong: there is no content/en/tasks/options.md\n  [Options](../admin/options.md)   right",
        ],
    ),
    page(
        Code::BrokenAnchor,
        [
            "A link leads to a place within a page (`#place`) that the page does not have.",
            "The reader lands at the top of the page and has to search for what was promised.",
            "Write the id of a heading, or of an `<a id>` in the page or in what it includes. A heading's id is its text in lower case with hyphens for spaces, so it changes when the heading does.",
            "## Create a task\n\n  [here](#creating-a-task)   wrong\n  [here](#create-a-task)     right",
        ],
    ),
    page(
        Code::MissingImage,
        [
            "A picture, also in HTML or on a landing page, does not exist or is not published.",
            "The reader sees an empty frame where the explanation should be.",
            "Correct the path, or add the picture.",
            "  ![Dialog](media/Dialog.png)   wrong if the file is called dialog.png\n  ![Dialog](media/dialog.png)   right",
        ],
    ),
    page(
        Code::BrokenLandingLink,
        [
            "A link on a landing page leads to a file that does not exist or is not published.",
            "Landing pages are where readers begin; a dead card there ends their visit.",
            "Correct `url`.",
            "  - text: Tasks\n    url: task.md    wrong: the file is called tasks.md",
        ],
    ),
    page(
        Code::BrokenRedirect,
        [
            "`redirect_url` leads to a page that does not exist.",
            "Old links and bookmarks that should be saved by the redirect are sent to an error page.",
            "Correct the path, or name the page that took over.",
            "  redirect_url: ../tasks/index.md",
        ],
    ),
    page(
        Code::BrokenXref,
        [
            "A uid is mentioned that no page has.",
            "The reference has neither a title nor an address, so the reader sees the bare uid.",
            "Write the `uid` that stands in the front matter of the page you mean.",
            "  <xref:tasks-create>   needs a page with `uid: tasks-create`",
        ],
    ),
    page(
        Code::DuplicateUid,
        [
            "Two pages that are no translations of each other have the same uid. References lead to the first.",
            "Half of the references lead to the wrong page, and which half depends on the order of the files.",
            "Give each page a uid of its own.",
            "",
        ],
    ),
    page(
        Code::BrokenInclude,
        [
            "An included file or code file does not exist, or is no Markdown (no text). The directive is shown as it was typed; code is left out.",
            "A part of the text is missing, often a step or a warning.",
            "Correct the path: it is seen from the file it stands in.",
            "  [!include[Rights](includes/rights.md)]",
        ],
    ),
    page(
        Code::IncludeCycle,
        [
            "A file includes itself, by way of others.",
            "Such a text would never end, so the include is left out.",
            "Take one of the includes away.",
            "a.md includes b.md, and b.md includes a.md",
        ],
    ),
    page(
        Code::IncludeTooLarge,
        [
            "What is included would make the page larger than 16 MB, or includes are nested more than 100 deep.",
            "Nobody reads such a page, and few browsers can show it.",
            "Split it.",
            "",
        ],
    ),
    page(
        Code::MissingSnippetRegion,
        [
            "A code directive asks for a region or for lines that its file does not have.",
            "The example is missing from the page.",
            "Correct the name or the numbers, or put the region back into the code file.",
            "  [!code-csharp[Create](create.cs#region-name)]\n\nin create.cs:\n\n  #region region-name\n  #endregion",
        ],
    ),
    page(
        Code::InvalidFrontMatter,
        [
            "What was meant as front matter is none: it doesn't begin in the first line, isn't closed, or has no keys.",
            "The page loses its title and uid, and readers see the keys as text.",
            "Write `---` in the first line, a line for each key, and `---` after the last.",
            "---\nuid: tasks-create\ntitle: Create a task\n---",
        ],
    ),
    page(
        Code::InvalidDate,
        [
            "A date is no date.",
            "Readers and search engines can't tell how old the page is.",
            "Write year, month and day as `2026-03-14`, or month, day and year as `03.14.2026`.",
            "  date: 22.09.2023   wrong: there is no month 22\n  date: 2023-09-22   right",
        ],
    ),
    page(
        Code::InvalidYaml,
        [
            "The front matter or a YAML file cannot be read.",
            "Everything it says is lost: title, uid, entries.",
            "Look at the line. A value with `: ` or ` #` in it, or one that begins with a sign like `@` or `[`, has to be quoted.",
            "  title: Tasks: an overview     wrong\n  title: \"Tasks: an overview\"   right",
        ],
    ),
    page(
        Code::DuplicateKey,
        [
            "A key is given twice. The first one counts; in a `docfx.json` this is a warning.",
            "Whoever changes the second one wonders why nothing happens.",
            "Remove one.",
            "",
        ],
    ),
    page(
        Code::Encoding,
        [
            "The file has bytes that are no text. They are shown as `\u{FFFD}`.",
            "Readers see broken words, most often where there should be letters like æ, ø and å.",
            "Save the file as UTF-8.",
            "",
        ],
    ),
    page(
        Code::UnreadableFile,
        [
            "A file cannot be read, or its name holds characters that no link can write.",
            "It is missing from the site.",
            "Check rights, links and the name.",
            "",
        ],
    ),
    page(
        Code::OutputCollision,
        [
            "Two files would become the same page; only the first is published.",
            "The other page has vanished without anybody having removed it.",
            "Rename one of the two.",
            "tasks.md and tasks.yml would both become tasks.html",
        ],
    ),
    page(
        Code::InvalidOutputName,
        [
            "`outputFileName` is a path. The page keeps its name.",
            "The page is not where its author meant it to be.",
            "Write only a file name.",
            "  outputFileName: start.html",
        ],
    ),
    page(
        Code::UnportableName,
        [
            "A file name of the finished site is none on Windows or macOS, or differs from another one only in case.",
            "The site cannot be built or unpacked there, or one of two files takes the place of the other.",
            "Give the file or folder another name.",
            "con.md, a:b.md and two pages Start.md and start.md",
        ],
    ),
    page(
        Code::UnknownCode,
        [
            "`checks` in `hjelp.yml` or an `hjelp-disable` comment names a problem that does not exist.",
            "What should be suppression is loud, or the other way round.",
            "Correct the spelling; the nearest code is suggested, and `hjelp explain` lists all.",
            "checks:\n  broken-anchor: error",
        ],
    ),
    page(
        Code::UnusedDisable,
        [
            "An `hjelp-disable` comment disables what isn't there.",
            "What it once hid is mended, and it would hide the next mistake.",
            "Remove the comment.",
            "<!-- hjelp-disable-next-line broken-link -->",
        ],
    ),
    page(
        Code::UnknownAlert,
        [
            "A quote begins with `[!…]`, but there is no alert of that name. It is shown as a quote.",
            "A warning that looks like any other text is not seen.",
            "Correct the name: `NOTE`, `TIP`, `IMPORTANT`, `CAUTION` or `WARNING`.",
            "> [!NOTES]   wrong\n> [!NOTE]    right\n> The text.",
        ],
    ),
    page(
        Code::TextAfterAlert,
        [
            "There is text after `[!NOTE]` on its line, which makes the alert a quote.",
            "A warning that looks like any other text is not seen.",
            "Move the text to the next line.",
            "> [!NOTE]\n> The text.",
        ],
    ),
    page(
        Code::UnknownDirective,
        [
            "A directive (`[!…[…](…)]` or `:::…`) has a name that is almost that of another. It is shown as it was typed.",
            "Readers see what was typed, signs and all.",
            "Write the name that is suggested.",
            "",
        ],
    ),
    page(
        Code::InvalidDirective,
        [
            "A directive is not complete, or has attributes it does not know. It is shown as it was typed.",
            "What it should show is missing from the page.",
            "Write what the help says.",
            "",
        ],
    ),
    page(
        Code::UnclosedBlock,
        [
            "A `:::` block is not closed; it ends with what it stands in.",
            "The rest of the page may be taken into it.",
            "Write `:::name-end:::` where it ends.",
            "",
        ],
    ),
    page(
        Code::DuplicateTab,
        [
            "Two tabs of one group have the same id.",
            "One of them can't be chosen.",
            "Give each tab an id of its own.",
            "# [Web](#tab/web)\n# [Mobile](#tab/mobile)",
        ],
    ),
    page(
        Code::DifferentTabs,
        [
            "Two groups of tabs of one text have some of their ids in common, but not all.",
            "Groups with the same tabs change together. A reader who chooses a tab that only one of these groups has leaves the other behind.",
            "Give both groups the same ids, or none in common.",
            "# [Web](#tab/web)\n# [Mobile](#tab/mobile)",
        ],
    ),
    page(
        Code::HiddenTabs,
        [
            "Every tab of a group has a condition, and none of them is met when the page opens.",
            "Readers see an empty group.",
            "Give one tab no condition, or take the first tab of a group before as its condition.",
            "# [On the web](#tab/day/web)",
        ],
    ),
    page(
        Code::UndrawnDiagram,
        [
            "A PlantUML diagram is shown as code.",
            "Readers see code instead of a picture.",
            "Include a picture of it.",
            "",
        ],
    ),
];
