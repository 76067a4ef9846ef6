### Interface texts in Norwegian (Bokmål). Every file in this folder has the same messages with the same variables.

## Titles of the boxes that an author writes as `> [!NOTE]`, `> [!TIP]` and so on.

alert-note = Merk
alert-tip = Tips
alert-important = Viktig
alert-caution = Forsiktig
alert-warning = Advarsel

## Kinds of content on start pages: labels above a link or a list of links.

kind-architecture = Arkitektur
kind-concept = Konsept
kind-deploy = Utrulling
kind-download = Last ned
kind-get-started = Kom i gang
kind-how-to-guide = Slik gjør du
kind-learn = Lær
kind-overview = Oversikt
kind-quickstart = Hurtigstart
kind-reference = Referanse
kind-sample = Eksempel
kind-tutorial = Opplæring
kind-video = Video
kind-whats-new = Nyheter

## What a page is and whom it is for, by its front matter: `topic: howto`, `audience: admin`.

badge-topic-concept = Konsept
badge-topic-howto = Slik gjør du
badge-topic-reference = Referanse
badge-topic-tutorial = Opplæring
badge-audience-user = For brukere
badge-audience-admin = For administratorer
badge-audience-developer = For utviklere
badge-deployment-online = I skyen
badge-deployment-onsite = På egne servere
badge-version = Versjon { $number }

## Navigation. `navigation`, `sections`, `breadcrumbs` and `previous-next` name landmarks, for screen readers only.

skip-to-content = Hopp til innholdet
documentation = Dokumentasjon
home = Startside
menu = Meny
close = Lukk
navigation = Innhold
sections = Hovedområder
breadcrumbs = Brødsmulesti
on-this-page = På denne siden
previous-next = Forrige og neste side
previous = Forrige
next = Neste
filter = Filtrer innholdet
filter-none = Ingenting i innholdet passer.
filter-search = Søk etter det i stedet
branch-open = Vis det som er inni

## Below the article. { $date } is a whole date in this language, such as “22 September 2023”.

last-updated = Sist oppdatert { $date }
edit-page = Rediger denne siden
feedback = Gi tilbakemelding
print-section = Hele delen på én side

## Code, video, and the steps of a tutorial.

copy-page = Kopier som Markdown
copy-code = Kopier
copied = Kopiert
video-title = Videospiller
video-play = Spill av video fra { $host }
code-missing = Det ser ut til at eksempelet du leter etter, ikke finnes.
variant-only = Bare for { $variant }
variant-from = { $variant } eller nyere
variant-after = nyere enn { $variant }
variant-to = { $variant } eller eldre
variant-before = eldre enn { $variant }
step = Trinn { $number }
minutes = { $count ->
    [one] { $count } minutt
   *[other] { $count } minutter
}

## The dialog that lists the keys.

shortcuts = Hurtigtaster
shortcut-shortcuts = Vis denne listen
shortcut-close = Lukk det som er åpent
shortcuts-on = Bruk hurtigtaster

## The colour scheme.

theme = Utseende
theme-light = Lyst
theme-dark = Mørkt
theme-system = Systeminnstilling

## Search. `search-similar` is above results for other words than those that were typed. `search-keys` is for screen readers only.
## `all-pages` is the title of the page that lists all pages, and the link to it; `all-pages-letters` names the row of letters there, for screen readers.

search = Søk
search-count = Treff: { $count }
search-none = Ingen treff på «{ $query }».
search-similar = Viser treff for «{ $query }».
search-failed = Søket kan ikke brukes akkurat nå.
search-meant = Mente du «{ $query }»?
search-try = Se etter skrivefeil, eller prøv færre eller andre ord.
search-everywhere = Overalt
search-areas = Deler av nettstedet
search-results = Alle treff på én side
search-waiting = Søker …
search-noscript = Søket trenger et skript. Listen over alle sider virker uten.
search-more = Vis flere treff
search-recent = Siste søk
search-clear = Tøm
search-keys = Bruk piltastene for å gå til treffene.
all-pages = Alle sider fra A til Å
all-pages-letters = Bokstaver

## The page that opens help pages by their id.

go = Sider etter id
go-unknown = Ingen side har denne id-en. Her er alle som finnes.

## Pages that are missing or have moved.

not-found-title = Vi finner ikke siden
not-found-text = Siden kan være flyttet eller slettet, eller det kan være en feil i adressen.
not-found-home = Gå til startsiden
redirect-text = Denne siden er flyttet.
redirect-link = Gå til den nye siden
section-moved = Denne delen er flyttet til
gone-title = Denne siden finnes ikke lenger
gone-text = Siden som lå her, er fjernet.

## Choosing a language. `untranslated` follows a language’s name in the list if the page does not exist in that language.

language = Språk
choose-language = Velg språk
untranslated = ikke oversatt

## The notice on a page that is shown in the fallback language. { $language } is one of the names below.

fallback-notice = Denne siden er ikke oversatt ennå, og vises på { $language }.
fallback-original = Gå til originalen

## The notice on a page whose original has changed since it was translated; with the date, such as “22 September 2023”, if it is known.

stale-notice-dated = Denne siden kan være utdatert: Den ble endret på { $language } { $date }.
stale-notice = Denne siden kan være utdatert: Den er endret på { $language } siden den ble oversatt.

## The page about the progress of translations. What has changed in a section follows its heading: “Send an invoice: text changed”.

translations = Oversettelser
translations-done = Ferdig
translations-all-done = Ingenting å gjøre.
words-new = Nye ord
words-changed = Endrede ord
words = { $count ->
    [one] { $count } ord
   *[other] { $count } ord
}
amount = { $count }
percent = { $count } %
state-current = Oppdatert
state-stale = Utdatert
state-missing = Mangler
state-identical = Ikke oversatt
state-orphaned = Uten original
state-unknown = Ukjent
state-machine = Maskinoversatt
section-metadata = Metadata
section-start = Før første overskrift
change-added = nytt
change-removed = fjernet
change-heading = ny overskrift
change-wording = endret tekst
change-links = endrede lenker
change-formatting = endret formatering
change-metadata = endrede metadata
change-moved = flyttet

## The preview of `hjelp serve`. `preview-keys-list` has one key a line; the letters stay.

preview-title = Problemer på denne siden
preview-badge = Problemer på denne siden / på hele nettstedet
preview-none = Ingen problemer på denne siden.
preview-why = Hvorfor det er viktig, og hvordan du retter det
preview-fix = Rett
preview-open = Åpne
preview-touches = Det en endring her påvirker
preview-includes = Fragmenter på siden
preview-users = Sider som bruker det
preview-linked = Sider som lenker hit
preview-beside = Side om side med et annet språk
preview-keys = Taster og klikk
preview-keys-list =
    Alt + klikk: åpne linjen til en blokk i redigeringsprogrammet
    e: åpne denne siden i redigeringsprogrammet
    o: denne listen
    l: neste språk
    w: så smal som en telefon
    d: mørkt eller lyst
    p: som på papir
preview-count = { $page ->
    [one] Ett problem på denne siden, { $site } på hele nettstedet.
   *[other] { $page } problemer på denne siden, { $site } på hele nettstedet.
}
preview-only-here = Bare på dette språket
preview-no-page = Det er ingen side her
preview-no-anchor = ikke noe anker

## Names of languages, by language tag, in the form that `fallback-notice` needs: “vises på engelsk”.

language-ar = arabisk
language-bg = bulgarsk
language-cs = tsjekkisk
language-da = dansk
language-de = tysk
language-el = gresk
language-en = engelsk
language-es = spansk
language-et = estisk
language-fi = finsk
language-fo = færøysk
language-fr = fransk
language-he = hebraisk
language-hr = kroatisk
language-hu = ungarsk
language-is = islandsk
language-it = italiensk
language-ja = japansk
language-ko = koreansk
language-lt = litauisk
language-lv = latvisk
language-nb = norsk
language-nl = nederlandsk
language-nn = nynorsk
language-no = norsk
language-pl = polsk
language-pt = portugisisk
language-ro = rumensk
language-ru = russisk
language-se = nordsamisk
language-sk = slovakisk
language-sl = slovensk
language-sv = svensk
language-tr = tyrkisk
language-uk = ukrainsk
language-zh = kinesisk
