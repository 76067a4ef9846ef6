### Interface texts in Norwegian (Nynorsk). Every file in this folder has the same messages with the same variables.

## Titles of the boxes that an author writes as `> [!NOTE]`, `> [!TIP]` and so on.

alert-note = Merk
alert-tip = Tips
alert-important = Viktig
alert-caution = Ver forsiktig
alert-warning = Åtvaring

## Kinds of content on start pages: labels above a link or a list of links.

kind-architecture = Arkitektur
kind-concept = Omgrep
kind-deploy = Utrulling
kind-download = Last ned
kind-get-started = Kom i gang
kind-how-to-guide = Slik gjer du
kind-learn = Lær
kind-overview = Oversikt
kind-quickstart = Snøggstart
kind-reference = Referanse
kind-sample = Døme
kind-tutorial = Opplæring
kind-video = Video
kind-whats-new = Nytt

## What a page is and whom it is for, by its front matter: `topic: howto`, `audience: admin`.

badge-topic-concept = Omgrep
badge-topic-howto = Slik gjer du
badge-topic-reference = Referanse
badge-topic-tutorial = Opplæring
badge-audience-user = For brukarar
badge-audience-admin = For administratorar
badge-audience-developer = For utviklarar
badge-deployment-online = I skyen
badge-deployment-onsite = På eigne tenarar
badge-version = Versjon { $number }

## Navigation. `navigation`, `sections`, `breadcrumbs` and `previous-next` name landmarks, for screen readers only.

skip-to-content = Hopp til innhaldet
documentation = Dokumentasjon
home = Startside
menu = Meny
close = Lukk
navigation = Innhald
sections = Hovudområde
breadcrumbs = Brødsmulesti
on-this-page = På denne sida
previous-next = Førre og neste side
previous = Førre
next = Neste
filter = Filtrer innhaldet
filter-none = Ingenting i innhaldet passar.
filter-search = Søk etter det i staden
branch-open = Vis det som er inni

## Below the article. { $date } is a whole date in this language, such as “22 September 2023”.

last-updated = Sist oppdatert { $date }
edit-page = Rediger denne sida
feedback = Gi tilbakemelding
print-section = Heile delen på éi side

## Code, video, and the steps of a tutorial.

copy-page = Kopier som Markdown
copy-code = Kopier
copied = Kopiert
video-title = Videospelar
video-play = Spel av video frå { $host }
code-missing = Det ser ut til at dømet du leitar etter, ikkje finst.
variant-only = Berre for { $variant }
variant-from = { $variant } eller nyare
variant-after = nyare enn { $variant }
variant-to = { $variant } eller eldre
variant-before = eldre enn { $variant }
step = Steg { $number }
minutes = { $count ->
    [one] { $count } minutt
   *[other] { $count } minutt
}

## The dialog that lists the keys.

shortcuts = Snøggtastar
shortcut-shortcuts = Vis denne lista
shortcut-close = Lukk det som er ope
shortcuts-on = Bruk snøggtastar

## The colour scheme.

theme = Utsjånad
theme-light = Lyst
theme-dark = Mørkt
theme-system = Systeminnstilling

## Search. `search-similar` is above results for other words than those that were typed. `search-keys` is for screen readers only.
## `all-pages` is the title of the page that lists all pages, and the link to it; `all-pages-letters` names the row of letters there, for screen readers.

search = Søk
search-count = Treff: { $count }
search-none = Ingen treff på «{ $query }».
search-similar = Viser treff for «{ $query }».
search-failed = Søket kan ikkje brukast akkurat no.
search-meant = Meinte du «{ $query }»?
search-try = Sjå etter skrivefeil, eller prøv færre eller andre ord.
search-everywhere = Overalt
search-areas = Delar av nettstaden
search-results = Alle treff på éi side
search-waiting = Søkjer …
search-noscript = Søket treng eit skript. Lista over alle sider verkar utan.
search-more = Vis fleire treff
search-recent = Siste søk
search-clear = Tøm
search-keys = Bruk piltastane for å gå til treffa.
all-pages = Alle sider frå A til Å
all-pages-letters = Bokstavar

## The page that opens help pages by their id.

go = Sider etter id
go-unknown = Inga side har denne id-en. Her er alle som finst.

## Pages that are missing or have moved.

not-found-title = Vi finn ikkje sida
not-found-text = Sida kan vere flytt eller sletta, eller det kan vere ein feil i adressa.
not-found-home = Gå til startsida
redirect-text = Denne sida er flytt.
redirect-link = Gå til den nye sida
section-moved = Denne delen er flytt til
gone-title = Denne sida finst ikkje lenger
gone-text = Sida som låg her, er fjerna.

## Choosing a language. `untranslated` follows a language’s name in the list if the page does not exist in that language.

language = Språk
choose-language = Vel språk
untranslated = ikkje omsett

## The notice on a page that is shown in the fallback language. { $language } is one of the names below.

fallback-notice = Denne sida er ikkje omsett enno, og blir vist på { $language }.
fallback-original = Gå til originalen

## The notice on a page whose original has changed since it was translated; with the date, such as “22 September 2023”, if it is known.

stale-notice-dated = Denne sida kan vere utdatert: Ho vart endra på { $language } { $date }.
stale-notice = Denne sida kan vere utdatert: Ho er endra på { $language } sidan ho vart omsett.

## The page about the progress of translations. What has changed in a section follows its heading: “Send an invoice: text changed”.

translations = Omsetjingar
translations-done = Ferdig
translations-all-done = Ingenting å gjere.
words-new = Nye ord
words-changed = Endra ord
words = { $count ->
    [one] { $count } ord
   *[other] { $count } ord
}
amount = { $count }
percent = { $count } %
state-current = Oppdatert
state-stale = Utdatert
state-missing = Manglar
state-identical = Ikkje omsett
state-orphaned = Uten original
state-unknown = Ukjend
state-machine = Maskinomsett
section-metadata = Metadata
section-start = Før første overskrift
change-added = nytt
change-removed = fjerna
change-heading = ny overskrift
change-wording = endra tekst
change-links = endra lenkjer
change-formatting = endra formatering
change-metadata = endra metadata
change-moved = flytt

## The preview of `hjelp serve`. `preview-keys-list` has one key a line; the letters stay.

preview-title = Problem på denne sida
preview-badge = Problem på denne sida / på heile nettstaden
preview-none = Ingen problem på denne sida.
preview-why = Kvifor det er viktig, og korleis du rettar det
preview-fix = Rett
preview-open = Opne
preview-touches = Det ei endring her påverkar
preview-includes = Fragment på sida
preview-users = Sider som bruker det
preview-linked = Sider som lenkjer hit
preview-beside = Side om side med eit anna språk
preview-keys = Tastar og klikk
preview-keys-list =
    Alt + klikk: opne linja til ei blokk i redigeringsprogrammet
    e: opne denne sida i redigeringsprogrammet
    o: denne lista
    l: neste språk
    w: så smal som ein telefon
    d: mørkt eller lyst
    p: som på papir
preview-count = { $page ->
    [one] Eitt problem på denne sida, { $site } på heile nettstaden.
   *[other] { $page } problem på denne sida, { $site } på heile nettstaden.
}
preview-only-here = Berre på dette språket
preview-no-page = Det er inga side her
preview-no-anchor = ikkje noko anker

## Names of languages, by language tag, in the form that `fallback-notice` needs: “blir vist på engelsk”.

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
language-nb = bokmål
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
