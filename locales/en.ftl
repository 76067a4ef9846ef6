### Interface texts in English. Every file in this folder has the same messages with the same variables.

## Titles of the boxes that an author writes as `> [!NOTE]`, `> [!TIP]` and so on.

alert-note = Note
alert-tip = Tip
alert-important = Important
alert-caution = Caution
alert-warning = Warning

## Kinds of content on start pages: labels above a link or a list of links.

kind-architecture = Architecture
kind-concept = Concept
kind-deploy = Deploy
kind-download = Download
kind-get-started = Get started
kind-how-to-guide = How-to guide
kind-learn = Learn
kind-overview = Overview
kind-quickstart = Quickstart
kind-reference = Reference
kind-sample = Sample
kind-tutorial = Tutorial
kind-video = Video
kind-whats-new = What’s new

## What a page is and whom it is for, by its front matter: `topic: howto`, `audience: admin`.

badge-topic-concept = Concept
badge-topic-howto = How-to guide
badge-topic-reference = Reference
badge-topic-tutorial = Tutorial
badge-audience-user = For users
badge-audience-admin = For administrators
badge-audience-developer = For developers
badge-deployment-online = Cloud
badge-deployment-onsite = On your own servers
badge-version = Version { $number }

## Navigation. `navigation`, `sections`, `breadcrumbs` and `previous-next` name landmarks, for screen readers only.
## `documentation` is the title of a site that has none of its own.

skip-to-content = Skip to content
documentation = Documentation
home = Home
menu = Menu
close = Close
navigation = Contents
sections = Main sections
breadcrumbs = Breadcrumbs
on-this-page = On this page
previous-next = Previous and next page
previous = Previous
next = Next
filter = Filter the contents
filter-none = No entry of the contents matches.
filter-search = Search for it instead
branch-open = Show what is inside

## Below the article. { $date } is a whole date in this language, such as “22 September 2023”.

last-updated = Last updated { $date }
edit-page = Edit this page
feedback = Give feedback
print-section = The whole section on one page

## Code, video, and the steps of a tutorial.

copy-page = Copy as Markdown
copy-code = Copy
copied = Copied
video-title = Video player
video-play = Play video from { $host }
code-missing = It looks like the sample you are looking for does not exist.
variant-only = Only for { $variant }
variant-from = { $variant } or later
variant-after = later than { $variant }
variant-to = { $variant } or earlier
variant-before = earlier than { $variant }
step = Step { $number }
minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}

## The dialog that lists the keys.

shortcuts = Keyboard shortcuts
shortcut-shortcuts = Show this list
shortcut-close = Close what is open
shortcuts-on = Use keyboard shortcuts

## The colour scheme.

theme = Appearance
theme-light = Light
theme-dark = Dark
theme-system = System setting

## Search. `search-similar` is above results for other words than those that were typed. `search-keys` is for screen readers only.
## `all-pages` is the title of the page that lists all pages, and the link to it; `all-pages-letters` names the row of letters there, for screen readers.

search = Search
search-count = Results: { $count }
search-none = No results for “{ $query }”.
search-similar = Showing results for “{ $query }”.
search-failed = Search is not available right now.
search-meant = Did you mean “{ $query }”?
search-try = Check the spelling, or try fewer or other words.
search-everywhere = Everywhere
search-areas = Parts of the site
search-results = All results on one page
search-waiting = Searching …
search-noscript = The search needs a script. The list of all pages works without one.
search-more = Show more results
search-recent = Recent searches
search-clear = Clear
search-keys = Use the arrow keys to go to the results.
all-pages = All pages from A to Z
all-pages-letters = Letters

## The page that opens help pages by their id.

go = Pages by id
go-unknown = No page has this id. These are all there are.

## Pages that are missing or have moved.

not-found-title = Page not found
not-found-text = The page may have been moved or deleted, or the address may be mistyped.
not-found-home = Go to the home page
redirect-text = This page has moved.
redirect-link = Go to the new page
section-moved = This section has moved to
gone-title = This page is gone
gone-text = The page that was here has been removed.

## Choosing a language. `untranslated` follows a language’s name in the list if the page does not exist in that language.

language = Language
choose-language = Choose language
untranslated = not translated

## The notice on a page that is shown in the fallback language. { $language } is one of the names below.

fallback-notice = This page has not been translated yet and is shown in { $language }.
fallback-original = Go to the original

## The notice on a page whose original has changed since it was translated; with the date, such as “22 September 2023”, if it is known.

stale-notice-dated = This page may be out of date: it was changed in { $language } on { $date }.
stale-notice = This page may be out of date: it has changed in { $language } since it was translated.

## The page about the progress of translations. What has changed in a section follows its heading: “Send an invoice: text changed”.

translations = Translations
translations-done = Done
translations-all-done = Nothing to do.
words-new = New words
words-changed = Changed words
words = { $count ->
    [one] { $count } word
   *[other] { $count } words
}
amount = { $count }
percent = { $count }%
state-current = Up to date
state-stale = Out of date
state-missing = Missing
state-identical = Not translated
state-orphaned = No original
state-unknown = Unknown
state-machine = Machine-translated
section-metadata = Metadata
section-start = Before the first heading
change-added = new
change-removed = removed
change-heading = heading renamed
change-wording = text changed
change-links = links changed
change-formatting = formatting changed
change-metadata = metadata changed
change-moved = moved

## The preview of `hjelp serve`. `preview-keys-list` has one key a line; the letters stay.

preview-title = Problems on this page
preview-badge = Problems on this page / in the whole site
preview-none = No problems on this page.
preview-why = Why it matters, and how to fix it
preview-fix = Fix
preview-open = Open
preview-touches = What an edit here affects
preview-includes = Fragments it includes
preview-users = Pages that include it
preview-linked = Pages that link here
preview-beside = Side by side with another language
preview-keys = Keys and clicks
preview-keys-list =
    Alt + click: open the line of a block in your editor
    e: open this page in your editor
    o: this list
    l: next language
    w: as wide as a phone
    d: dark or light
    p: as printed
preview-count = { $page ->
    [one] One problem on this page, { $site } in the whole site.
   *[other] { $page } problems on this page, { $site } in the whole site.
}
preview-only-here = Only in this language
preview-no-page = There is no page here
preview-no-anchor = no anchor

## Names of languages, by language tag, in the form that `fallback-notice` needs: “is shown in English”.

language-ar = Arabic
language-bg = Bulgarian
language-cs = Czech
language-da = Danish
language-de = German
language-el = Greek
language-en = English
language-es = Spanish
language-et = Estonian
language-fi = Finnish
language-fo = Faroese
language-fr = French
language-he = Hebrew
language-hr = Croatian
language-hu = Hungarian
language-is = Icelandic
language-it = Italian
language-ja = Japanese
language-ko = Korean
language-lt = Lithuanian
language-lv = Latvian
language-nb = Norwegian
language-nl = Dutch
language-nn = Norwegian Nynorsk
language-no = Norwegian
language-pl = Polish
language-pt = Portuguese
language-ro = Romanian
language-ru = Russian
language-se = Northern Sami
language-sk = Slovak
language-sl = Slovenian
language-sv = Swedish
language-tr = Turkish
language-uk = Ukrainian
language-zh = Chinese
