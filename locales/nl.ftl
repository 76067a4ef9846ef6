### Interface texts in Dutch. Every file in this folder has the same messages with the same variables.

## Titles of the boxes that an author writes as `> [!NOTE]`, `> [!TIP]` and so on.

alert-note = Opmerking
alert-tip = Tip
alert-important = Belangrijk
alert-caution = Let op
alert-warning = Waarschuwing

## Kinds of content on start pages: labels above a link or a list of links.

kind-architecture = Architectuur
kind-concept = Concept
kind-deploy = Implementatie
kind-download = Downloaden
kind-get-started = Aan de slag
kind-how-to-guide = Handleiding
kind-learn = Leren
kind-overview = Overzicht
kind-quickstart = Snel starten
kind-reference = Naslaginformatie
kind-sample = Voorbeeld
kind-tutorial = Zelfstudie
kind-video = Video
kind-whats-new = Nieuw

## Wat een pagina is en voor wie, volgens de kop van het bestand: `topic: howto`, `audience: admin`.

badge-topic-concept = Concept
badge-topic-howto = Handleiding
badge-topic-reference = Naslaginformatie
badge-topic-tutorial = Zelfstudie
badge-audience-user = Voor gebruikers
badge-audience-admin = Voor beheerders
badge-audience-developer = Voor ontwikkelaars
badge-deployment-online = In de cloud
badge-deployment-onsite = Op eigen servers
badge-version = Versie { $number }

## Navigation. `navigation`, `sections`, `breadcrumbs` and `previous-next` name landmarks, for screen readers only.

skip-to-content = Naar de inhoud
documentation = Documentatie
home = Startpagina
menu = Menu
close = Sluiten
navigation = Inhoud
sections = Hoofdonderdelen
breadcrumbs = Kruimelpad
on-this-page = Op deze pagina
previous-next = Vorige en volgende pagina
previous = Vorige
next = Volgende
filter = Inhoud filteren
filter-none = Geen onderdeel van de inhoud komt overeen.
filter-search = Zoek er in plaats daarvan naar
branch-open = Tonen wat erin zit

## Below the article. { $date } is a whole date in this language, such as “22 September 2023”.

last-updated = Laatst bijgewerkt op { $date }
edit-page = Deze pagina bewerken
feedback = Feedback geven
print-section = Het hele onderdeel op één pagina

## Code, video, and the steps of a tutorial.

copy-page = Kopiëren als Markdown
copy-code = Kopiëren
copied = Gekopieerd
video-title = Videospeler
video-play = Video van { $host } afspelen
code-missing = Het voorbeeld dat u zoekt, bestaat blijkbaar niet.
variant-only = Alleen voor { $variant }
variant-from = { $variant } of later
variant-after = later dan { $variant }
variant-to = { $variant } of eerder
variant-before = eerder dan { $variant }
step = Stap { $number }
minutes = { $count ->
    [one] { $count } minuut
   *[other] { $count } minuten
}

## The dialog that lists the keys.

shortcuts = Sneltoetsen
shortcut-shortcuts = Deze lijst tonen
shortcut-close = Sluiten wat open is
shortcuts-on = Sneltoetsen gebruiken

## The colour scheme.

theme = Weergave
theme-light = Licht
theme-dark = Donker
theme-system = Systeeminstelling

## Search. `search-similar` is above results for other words than those that were typed. `search-keys` is for screen readers only.
## `all-pages` is the title of the page that lists all pages, and the link to it; `all-pages-letters` names the row of letters there, for screen readers.

search = Zoeken
search-count = Resultaten: { $count }
search-none = Geen resultaten voor ‘{ $query }’.
search-similar = Resultaten voor ‘{ $query }’.
search-failed = De zoekfunctie is nu niet beschikbaar.
search-meant = Bedoelde u ‘{ $query }’?
search-try = Controleer de spelling, of probeer minder of andere woorden.
search-everywhere = Overal
search-areas = Delen van de site
search-results = Alle resultaten op één pagina
search-waiting = Zoeken …
search-noscript = Zoeken vereist een script. De lijst met alle pagina’s werkt zonder.
search-more = Meer resultaten tonen
search-recent = Laatste zoekopdrachten
search-clear = Wissen
search-keys = Gebruik de pijltoetsen om naar de resultaten te gaan.
all-pages = Alle pagina’s van A tot Z
all-pages-letters = Letters

## The page that opens help pages by their id.

go = Pagina’s op id
go-unknown = Geen pagina heeft deze id. Dit zijn ze allemaal.

## Pages that are missing or have moved.

not-found-title = Pagina niet gevonden
not-found-text = De pagina is misschien verplaatst of verwijderd, of er staat een fout in het adres.
not-found-home = Naar de startpagina
redirect-text = Deze pagina is verplaatst.
redirect-link = Naar de nieuwe pagina
section-moved = Dit gedeelte is verplaatst naar
gone-title = Deze pagina bestaat niet meer
gone-text = De pagina die hier stond, is verwijderd.

## Choosing a language. `untranslated` follows a language’s name in the list if the page does not exist in that language.

language = Taal
choose-language = Taal kiezen
untranslated = niet vertaald

## The notice on a page that is shown in the fallback language. { $language } is one of the names below.

fallback-notice = Deze pagina is nog niet vertaald en wordt in het { $language } weergegeven.
fallback-original = Naar het origineel

## The notice on a page whose original has changed since it was translated; with the date, such as “22 September 2023”, if it is known.

stale-notice-dated = Deze pagina is mogelijk verouderd: in het { $language } is ze op { $date } gewijzigd.
stale-notice = Deze pagina is mogelijk verouderd: in het { $language } is ze gewijzigd sinds ze is vertaald.

## The page about the progress of translations. What has changed in a section follows its heading: “Send an invoice: text changed”.

translations = Vertalingen
translations-done = Klaar
translations-all-done = Niets te doen.
words-new = Nieuwe woorden
words-changed = Gewijzigde woorden
words = { $count ->
    [one] { $count } woord
   *[other] { $count } woorden
}
amount = { $count }
percent = { $count }%
state-current = Actueel
state-stale = Verouderd
state-missing = Ontbreekt
state-identical = Niet vertaald
state-orphaned = Zonder origineel
state-unknown = Onbekend
state-machine = Machinaal vertaald
section-metadata = Metagegevens
section-start = Voor de eerste kop
change-added = nieuw
change-removed = verwijderd
change-heading = nieuwe kop
change-wording = gewijzigde tekst
change-links = gewijzigde links
change-formatting = gewijzigde opmaak
change-metadata = gewijzigde metagegevens
change-moved = verplaatst

## The preview of `hjelp serve`. `preview-keys-list` has one key a line; the letters stay.

preview-title = Problemen op deze pagina
preview-badge = Problemen op deze pagina / op de hele site
preview-none = Geen problemen op deze pagina.
preview-why = Waarom het belangrijk is en hoe u het herstelt
preview-fix = Herstellen
preview-open = Openen
preview-touches = Wat een wijziging hier beïnvloedt
preview-includes = Fragmenten op de pagina
preview-users = Pagina’s die het gebruiken
preview-linked = Pagina’s die hiernaar linken
preview-beside = Naast een andere taal
preview-keys = Toetsen en klikken
preview-keys-list =
    Alt + klik: de regel van een blok in de editor openen
    e: deze pagina in de editor openen
    o: deze lijst
    l: volgende taal
    w: zo smal als een telefoon
    d: donker of licht
    p: zoals afgedrukt
preview-count = { $page ->
    [one] Eén probleem op deze pagina, { $site } op de hele site.
   *[other] { $page } problemen op deze pagina, { $site } op de hele site.
}
preview-only-here = Alleen in deze taal
preview-no-page = Hier is geen pagina
preview-no-anchor = geen anker

## Names of languages, by language tag, in the form that `fallback-notice` needs: “wordt in het Engels weergegeven”.

language-ar = Arabisch
language-bg = Bulgaars
language-cs = Tsjechisch
language-da = Deens
language-de = Duits
language-el = Grieks
language-en = Engels
language-es = Spaans
language-et = Estisch
language-fi = Fins
language-fo = Faeröers
language-fr = Frans
language-he = Hebreeuws
language-hr = Kroatisch
language-hu = Hongaars
language-is = IJslands
language-it = Italiaans
language-ja = Japans
language-ko = Koreaans
language-lt = Litouws
language-lv = Lets
language-nb = Noors
language-nl = Nederlands
language-nn = Nynorsk
language-no = Noors
language-pl = Pools
language-pt = Portugees
language-ro = Roemeens
language-ru = Russisch
language-se = Noord-Samisch
language-sk = Slowaaks
language-sl = Sloveens
language-sv = Zweeds
language-tr = Turks
language-uk = Oekraïens
language-zh = Chinees
