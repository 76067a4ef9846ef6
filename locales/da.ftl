### Interface texts in Danish. Every file in this folder has the same messages with the same variables.

## Titles of the boxes that an author writes as `> [!NOTE]`, `> [!TIP]` and so on.

alert-note = Bemærk
alert-tip = Tip
alert-important = Vigtigt
alert-caution = Forsigtig
alert-warning = Advarsel

## Kinds of content on start pages: labels above a link or a list of links.

kind-architecture = Arkitektur
kind-concept = Koncept
kind-deploy = Udrulning
kind-download = Hent
kind-get-started = Kom i gang
kind-how-to-guide = Sådan gør du
kind-learn = Lær
kind-overview = Oversigt
kind-quickstart = Hurtigstart
kind-reference = Reference
kind-sample = Eksempel
kind-tutorial = Selvstudium
kind-video = Video
kind-whats-new = Nyheder

## Hvad en side er, og hvem den er til, efter det der står øverst i filen: `topic: howto`, `audience: admin`.

badge-topic-concept = Koncept
badge-topic-howto = Sådan gør du
badge-topic-reference = Reference
badge-topic-tutorial = Selvstudium
badge-audience-user = Til brugere
badge-audience-admin = Til administratorer
badge-audience-developer = Til udviklere
badge-deployment-online = I skyen
badge-deployment-onsite = På egne servere
badge-version = Version { $number }

## Navigation. `navigation`, `sections`, `breadcrumbs` and `previous-next` name landmarks, for screen readers only.

skip-to-content = Gå til indholdet
documentation = Dokumentation
home = Startside
menu = Menu
close = Luk
navigation = Indhold
sections = Hovedområder
breadcrumbs = Brødkrummesti
on-this-page = På denne side
previous-next = Forrige og næste side
previous = Forrige
next = Næste
filter = Filtrer indholdet
filter-none = Intet i indholdet passer.
filter-search = Søg efter det i stedet
branch-open = Vis, hvad der er indeni

## Below the article. { $date } is a whole date in this language, such as “22 September 2023”.

last-updated = Senest opdateret { $date }
edit-page = Rediger denne side
feedback = Giv feedback
print-section = Hele afsnittet på én side

## Code, video, and the steps of a tutorial.

copy-page = Kopiér som Markdown
copy-code = Kopiér
copied = Kopieret
video-title = Videoafspiller
video-play = Afspil video fra { $host }
code-missing = Det ser ud til, at det eksempel, du leder efter, ikke findes.
variant-only = Kun for { $variant }
variant-from = { $variant } eller nyere
variant-after = nyere end { $variant }
variant-to = { $variant } eller ældre
variant-before = ældre end { $variant }
step = Trin { $number }
minutes = { $count ->
    [one] { $count } minut
   *[other] { $count } minutter
}

## The dialog that lists the keys.

shortcuts = Tastaturgenveje
shortcut-shortcuts = Vis denne liste
shortcut-close = Luk det, der er åbent
shortcuts-on = Brug tastaturgenveje

## The colour scheme.

theme = Udseende
theme-light = Lyst
theme-dark = Mørkt
theme-system = Systemindstilling

## Search. `search-similar` is above results for other words than those that were typed. `search-keys` is for screen readers only.
## `all-pages` is the title of the page that lists all pages, and the link to it; `all-pages-letters` names the row of letters there, for screen readers.

search = Søg
search-count = Resultater: { $count }
search-none = Ingen resultater for “{ $query }”.
search-similar = Viser resultater for “{ $query }”.
search-failed = Søgningen kan ikke bruges lige nu.
search-meant = Mente du “{ $query }”?
search-try = Se efter stavefejl, eller prøv færre eller andre ord.
search-everywhere = Overalt
search-areas = Dele af webstedet
search-results = Alle resultater på én side
search-waiting = Søger …
search-noscript = Søgningen kræver et script. Listen over alle sider virker uden.
search-more = Vis flere resultater
search-recent = Seneste søgninger
search-clear = Ryd
search-keys = Brug piletasterne for at gå til resultaterne.
all-pages = Alle sider fra A til Å
all-pages-letters = Bogstaver

## The page that opens help pages by their id.

go = Sider efter id
go-unknown = Ingen side har dette id. Her er alle, der findes.

## Pages that are missing or have moved.

not-found-title = Siden blev ikke fundet
not-found-text = Siden kan være flyttet eller slettet, eller der kan være en fejl i adressen.
not-found-home = Gå til startsiden
redirect-text = Denne side er flyttet.
redirect-link = Gå til den nye side
section-moved = Dette afsnit er flyttet til
gone-title = Denne side findes ikke længere
gone-text = Siden, der lå her, er fjernet.

## Choosing a language. `untranslated` follows a language’s name in the list if the page does not exist in that language.

language = Sprog
choose-language = Vælg sprog
untranslated = ikke oversat

## The notice on a page that is shown in the fallback language. { $language } is one of the names below.

fallback-notice = Denne side er ikke oversat endnu og vises på { $language }.
fallback-original = Gå til originalen

## The notice on a page whose original has changed since it was translated; with the date, such as “22 September 2023”, if it is known.

stale-notice-dated = Denne side kan være forældet: Den blev ændret på { $language } den { $date }.
stale-notice = Denne side kan være forældet: Den er ændret på { $language }, siden den blev oversat.

## The page about the progress of translations. What has changed in a section follows its heading: “Send an invoice: text changed”.

translations = Oversættelser
translations-done = Færdig
translations-all-done = Intet at gøre.
words-new = Nye ord
words-changed = Ændrede ord
words = { $count ->
    [one] { $count } ord
   *[other] { $count } ord
}
amount = { $count }
percent = { $count } %
state-current = Opdateret
state-stale = Forældet
state-missing = Mangler
state-identical = Ikke oversat
state-orphaned = Uden original
state-unknown = Ukendt
state-machine = Maskinoversat
section-metadata = Metadata
section-start = Før første overskrift
change-added = nyt
change-removed = fjernet
change-heading = ny overskrift
change-wording = ændret tekst
change-links = ændrede links
change-formatting = ændret formatering
change-metadata = ændrede metadata
change-moved = flyttet

## The preview of `hjelp serve`. `preview-keys-list` has one key a line; the letters stay.

preview-title = Problemer på denne side
preview-badge = Problemer på denne side / på hele webstedet
preview-none = Ingen problemer på denne side.
preview-why = Hvorfor det er vigtigt, og hvordan du retter det
preview-fix = Ret
preview-open = Åbn
preview-touches = Det en ændring her påvirker
preview-includes = Fragmenter på siden
preview-users = Sider der bruger det
preview-linked = Sider der linker hertil
preview-beside = Side om side med et andet sprog
preview-keys = Taster og klik
preview-keys-list =
    Alt + klik: åbn linjen til en blok i skriveprogrammet
    e: åbn denne side i skriveprogrammet
    o: denne liste
    l: næste sprog
    w: så smal som en telefon
    d: mørkt eller lyst
    p: som på papir
preview-count = { $page ->
    [one] Ét problem på denne side, { $site } på hele webstedet.
   *[other] { $page } problemer på denne side, { $site } på hele webstedet.
}
preview-only-here = Kun på dette sprog
preview-no-page = Der er ingen side her
preview-no-anchor = intet anker

## Names of languages, by language tag, in the form that `fallback-notice` needs: “vises på engelsk”.

language-ar = arabisk
language-bg = bulgarsk
language-cs = tjekkisk
language-da = dansk
language-de = tysk
language-el = græsk
language-en = engelsk
language-es = spansk
language-et = estisk
language-fi = finsk
language-fo = færøsk
language-fr = fransk
language-he = hebraisk
language-hr = kroatisk
language-hu = ungarsk
language-is = islandsk
language-it = italiensk
language-ja = japansk
language-ko = koreansk
language-lt = litauisk
language-lv = lettisk
language-nb = norsk
language-nl = nederlandsk
language-nn = nynorsk
language-no = norsk
language-pl = polsk
language-pt = portugisisk
language-ro = rumænsk
language-ru = russisk
language-se = nordsamisk
language-sk = slovakisk
language-sl = slovensk
language-sv = svensk
language-tr = tyrkisk
language-uk = ukrainsk
language-zh = kinesisk
