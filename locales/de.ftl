### Interface texts in German. Every file in this folder has the same messages with the same variables.

## Titles of the boxes that an author writes as `> [!NOTE]`, `> [!TIP]` and so on.

alert-note = Hinweis
alert-tip = Tipp
alert-important = Wichtig
alert-caution = Vorsicht
alert-warning = Warnung

## Kinds of content on start pages: labels above a link or a list of links.

kind-architecture = Architektur
kind-concept = Konzept
kind-deploy = Bereitstellung
kind-download = Download
kind-get-started = Erste Schritte
kind-how-to-guide = Anleitung
kind-learn = Lernen
kind-overview = Übersicht
kind-quickstart = Schnellstart
kind-reference = Referenz
kind-sample = Beispiel
kind-tutorial = Tutorial
kind-video = Video
kind-whats-new = Neuerungen

## Was eine Seite ist und für wen, nach dem Kopf der Datei: `topic: howto`, `audience: admin`.

badge-topic-concept = Konzept
badge-topic-howto = Anleitung
badge-topic-reference = Referenz
badge-topic-tutorial = Tutorial
badge-audience-user = Für Benutzer
badge-audience-admin = Für Administratoren
badge-audience-developer = Für Entwickler
badge-deployment-online = In der Cloud
badge-deployment-onsite = Auf eigenen Servern
badge-version = Version { $number }

## Navigation. `navigation`, `sections`, `breadcrumbs` and `previous-next` name landmarks, for screen readers only.

skip-to-content = Zum Inhalt springen
documentation = Dokumentation
home = Startseite
menu = Menü
close = Schließen
navigation = Inhalt
sections = Hauptbereiche
breadcrumbs = Navigationspfad
on-this-page = Auf dieser Seite
previous-next = Vorherige und nächste Seite
previous = Zurück
next = Weiter
filter = Inhalt filtern
filter-none = Kein Eintrag des Inhalts passt.
filter-search = Stattdessen danach suchen
branch-open = Zeigen, was darin ist

## Below the article. { $date } is a whole date in this language, such as “22 September 2023”.

last-updated = Zuletzt aktualisiert am { $date }
edit-page = Diese Seite bearbeiten
feedback = Feedback geben
print-section = Der ganze Abschnitt auf einer Seite

## Code, video, and the steps of a tutorial.

copy-page = Als Markdown kopieren
copy-code = Kopieren
copied = Kopiert
video-title = Videoplayer
video-play = Video von { $host } abspielen
code-missing = Das gesuchte Beispiel ist anscheinend nicht vorhanden.
variant-only = Nur für { $variant }
variant-from = { $variant } oder höher
variant-after = höher als { $variant }
variant-to = { $variant } oder niedriger
variant-before = niedriger als { $variant }
step = Schritt { $number }
minutes = { $count ->
    [one] { $count } Minute
   *[other] { $count } Minuten
}

## The dialog that lists the keys.

shortcuts = Tastenkürzel
shortcut-shortcuts = Diese Liste anzeigen
shortcut-close = Geöffnetes schließen
shortcuts-on = Tastenkürzel verwenden

## The colour scheme.

theme = Darstellung
theme-light = Hell
theme-dark = Dunkel
theme-system = Systemeinstellung

## Search. `search-similar` is above results for other words than those that were typed. `search-keys` is for screen readers only.
## `all-pages` is the title of the page that lists all pages, and the link to it; `all-pages-letters` names the row of letters there, for screen readers.

search = Suchen
search-count = Treffer: { $count }
search-none = Keine Treffer für „{ $query }“.
search-similar = Treffer für „{ $query }“.
search-failed = Die Suche ist gerade nicht verfügbar.
search-meant = Meinten Sie „{ $query }“?
search-try = Prüfen Sie die Schreibweise, oder versuchen Sie es mit weniger oder anderen Wörtern.
search-everywhere = Überall
search-areas = Teile der Website
search-results = Alle Treffer auf einer Seite
search-waiting = Suche läuft …
search-noscript = Die Suche braucht ein Skript. Die Liste aller Seiten funktioniert ohne.
search-more = Weitere Treffer anzeigen
search-recent = Letzte Suchen
search-clear = Löschen
search-keys = Mit den Pfeiltasten gelangen Sie zu den Treffern.
all-pages = Alle Seiten von A bis Z
all-pages-letters = Buchstaben

## The page that opens help pages by their id.

go = Seiten nach ID
go-unknown = Keine Seite hat diese ID. Hier sind alle, die es gibt.

## Pages that are missing or have moved.

not-found-title = Seite nicht gefunden
not-found-text = Die Seite wurde möglicherweise verschoben oder gelöscht, oder die Adresse enthält einen Fehler.
not-found-home = Zur Startseite
redirect-text = Diese Seite wurde verschoben.
redirect-link = Zur neuen Seite
section-moved = Dieser Abschnitt befindet sich jetzt auf
gone-title = Diese Seite gibt es nicht mehr
gone-text = Die Seite, die hier war, wurde entfernt.

## Choosing a language. `untranslated` follows a language’s name in the list if the page does not exist in that language.

language = Sprache
choose-language = Sprache wählen
untranslated = nicht übersetzt

## The notice on a page that is shown in the fallback language. { $language } is one of the names below.

fallback-notice = Diese Seite ist noch nicht übersetzt und wird auf { $language } angezeigt.
fallback-original = Zum Original

## The notice on a page whose original has changed since it was translated; with the date, such as “22 September 2023”, if it is known.

stale-notice-dated = Diese Seite ist möglicherweise veraltet: Auf { $language } wurde sie am { $date } geändert.
stale-notice = Diese Seite ist möglicherweise veraltet: Auf { $language } wurde sie seit der Übersetzung geändert.

## The page about the progress of translations. What has changed in a section follows its heading: “Send an invoice: text changed”.

translations = Übersetzungen
translations-done = Fertig
translations-all-done = Nichts zu tun.
words-new = Neue Wörter
words-changed = Geänderte Wörter
words = { $count ->
    [one] { $count } Wort
   *[other] { $count } Wörter
}
amount = { $count }
percent = { $count } %
state-current = Aktuell
state-stale = Veraltet
state-missing = Fehlt
state-identical = Nicht übersetzt
state-orphaned = Ohne Original
state-unknown = Unbekannt
state-machine = Maschinell übersetzt
section-metadata = Metadaten
section-start = Vor der ersten Überschrift
change-added = neu
change-removed = entfernt
change-heading = neue Überschrift
change-wording = geänderter Text
change-links = geänderte Links
change-formatting = geänderte Formatierung
change-metadata = geänderte Metadaten
change-moved = verschoben

## The preview of `hjelp serve`. `preview-keys-list` has one key a line; the letters stay.

preview-title = Probleme auf dieser Seite
preview-badge = Probleme auf dieser Seite / auf der ganzen Website
preview-none = Keine Probleme auf dieser Seite.
preview-why = Warum es wichtig ist und wie Sie es beheben
preview-fix = Beheben
preview-open = Öffnen
preview-touches = Worauf sich eine Änderung hier auswirkt
preview-includes = Fragmente auf der Seite
preview-users = Seiten, die es verwenden
preview-linked = Seiten, die hierher verlinken
preview-beside = Neben einer anderen Sprache
preview-keys = Tasten und Klicks
preview-keys-list =
    Alt + Klick: die Zeile eines Blocks im Editor öffnen
    e: diese Seite im Editor öffnen
    o: diese Liste
    l: nächste Sprache
    w: so schmal wie ein Telefon
    d: dunkel oder hell
    p: wie gedruckt
preview-count = { $page ->
    [one] Ein Problem auf dieser Seite, { $site } auf der ganzen Website.
   *[other] { $page } Probleme auf dieser Seite, { $site } auf der ganzen Website.
}
preview-only-here = Nur in dieser Sprache
preview-no-page = Hier ist keine Seite
preview-no-anchor = kein Anker

## Names of languages, by language tag, in the form that `fallback-notice` needs: “wird auf Englisch angezeigt”.

language-ar = Arabisch
language-bg = Bulgarisch
language-cs = Tschechisch
language-da = Dänisch
language-de = Deutsch
language-el = Griechisch
language-en = Englisch
language-es = Spanisch
language-et = Estnisch
language-fi = Finnisch
language-fo = Färöisch
language-fr = Französisch
language-he = Hebräisch
language-hr = Kroatisch
language-hu = Ungarisch
language-is = Isländisch
language-it = Italienisch
language-ja = Japanisch
language-ko = Koreanisch
language-lt = Litauisch
language-lv = Lettisch
language-nb = Norwegisch
language-nl = Niederländisch
language-nn = Nynorsk
language-no = Norwegisch
language-pl = Polnisch
language-pt = Portugiesisch
language-ro = Rumänisch
language-ru = Russisch
language-se = Nordsamisch
language-sk = Slowakisch
language-sl = Slowenisch
language-sv = Schwedisch
language-tr = Türkisch
language-uk = Ukrainisch
language-zh = Chinesisch
