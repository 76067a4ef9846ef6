### Interface texts in Swedish. Every file in this folder has the same messages with the same variables.

## Titles of the boxes that an author writes as `> [!NOTE]`, `> [!TIP]` and so on.

alert-note = Observera
alert-tip = Tips
alert-important = Viktigt
alert-caution = Var försiktig
alert-warning = Varning

## Kinds of content on start pages: labels above a link or a list of links.

kind-architecture = Arkitektur
kind-concept = Begrepp
kind-deploy = Driftsättning
kind-download = Ladda ned
kind-get-started = Kom igång
kind-how-to-guide = Så här gör du
kind-learn = Lär dig
kind-overview = Översikt
kind-quickstart = Snabbstart
kind-reference = Referens
kind-sample = Exempel
kind-tutorial = Självstudiekurs
kind-video = Video
kind-whats-new = Nyheter

## Vad en sida är och vem den är till för, efter det som står överst i filen: `topic: howto`, `audience: admin`.

badge-topic-concept = Begrepp
badge-topic-howto = Så här gör du
badge-topic-reference = Referens
badge-topic-tutorial = Självstudiekurs
badge-audience-user = För användare
badge-audience-admin = För administratörer
badge-audience-developer = För utvecklare
badge-deployment-online = I molnet
badge-deployment-onsite = På egna servrar
badge-version = Version { $number }

## Navigation. `navigation`, `sections`, `breadcrumbs` and `previous-next` name landmarks, for screen readers only.

skip-to-content = Hoppa till innehållet
documentation = Dokumentation
home = Startsida
menu = Meny
close = Stäng
navigation = Innehåll
sections = Huvudområden
breadcrumbs = Länkstig
on-this-page = På den här sidan
previous-next = Föregående och nästa sida
previous = Föregående
next = Nästa
filter = Filtrera innehållet
filter-none = Inget i innehållet stämmer.
filter-search = Sök efter det i stället
branch-open = Visa vad som finns inuti

## Below the article. { $date } is a whole date in this language, such as “22 September 2023”.

last-updated = Senast uppdaterad { $date }
edit-page = Redigera den här sidan
feedback = Ge feedback
print-section = Hela avsnittet på en sida

## Code, video, and the steps of a tutorial.

copy-page = Kopiera som Markdown
copy-code = Kopiera
copied = Kopierat
video-title = Videospelare
video-play = Spela upp video från { $host }
code-missing = Det verkar som om exemplet du letar efter inte finns.
variant-only = Endast för { $variant }
variant-from = { $variant } eller senare
variant-after = senare än { $variant }
variant-to = { $variant } eller tidigare
variant-before = tidigare än { $variant }
step = Steg { $number }
minutes = { $count ->
    [one] { $count } minut
   *[other] { $count } minuter
}

## The dialog that lists the keys.

shortcuts = Kortkommandon
shortcut-shortcuts = Visa den här listan
shortcut-close = Stäng det som är öppet
shortcuts-on = Använd kortkommandon

## The colour scheme.

theme = Utseende
theme-light = Ljust
theme-dark = Mörkt
theme-system = Systeminställning

## Search. `search-similar` is above results for other words than those that were typed. `search-keys` is for screen readers only.
## `all-pages` is the title of the page that lists all pages, and the link to it; `all-pages-letters` names the row of letters there, for screen readers.

search = Sök
search-count = Träffar: { $count }
search-none = Inga träffar på ”{ $query }”.
search-similar = Visar träffar på ”{ $query }”.
search-failed = Sökningen kan inte användas just nu.
search-meant = Menade du ”{ $query }”?
search-try = Kontrollera stavningen, eller prova färre eller andra ord.
search-everywhere = Överallt
search-areas = Delar av webbplatsen
search-results = Alla träffar på en sida
search-waiting = Söker …
search-noscript = Sökningen kräver ett skript. Listan över alla sidor fungerar utan.
search-more = Visa fler träffar
search-recent = Senaste sökningar
search-clear = Rensa
search-keys = Använd piltangenterna för att gå till träffarna.
all-pages = Alla sidor från A till Ö
all-pages-letters = Bokstäver

## The page that opens help pages by their id.

go = Sidor efter id
go-unknown = Ingen sida har detta id. Här är alla som finns.

## Pages that are missing or have moved.

not-found-title = Sidan hittades inte
not-found-text = Sidan kan ha flyttats eller tagits bort, eller så är adressen felskriven.
not-found-home = Gå till startsidan
redirect-text = Den här sidan har flyttats.
redirect-link = Gå till den nya sidan
section-moved = Det här avsnittet har flyttats till
gone-title = Den här sidan finns inte längre
gone-text = Sidan som fanns här har tagits bort.

## Choosing a language. `untranslated` follows a language’s name in the list if the page does not exist in that language.

language = Språk
choose-language = Välj språk
untranslated = inte översatt

## The notice on a page that is shown in the fallback language. { $language } is one of the names below.

fallback-notice = Den här sidan är inte översatt ännu och visas på { $language }.
fallback-original = Gå till originalet

## The notice on a page whose original has changed since it was translated; with the date, such as “22 September 2023”, if it is known.

stale-notice-dated = Den här sidan kan vara inaktuell: den ändrades på { $language } den { $date }.
stale-notice = Den här sidan kan vara inaktuell: den har ändrats på { $language } sedan den översattes.

## The page about the progress of translations. What has changed in a section follows its heading: “Send an invoice: text changed”.

translations = Översättningar
translations-done = Klart
translations-all-done = Inget att göra.
words-new = Nya ord
words-changed = Ändrade ord
words = { $count ->
    [one] { $count } ord
   *[other] { $count } ord
}
amount = { $count }
percent = { $count } %
state-current = Aktuell
state-stale = Inaktuell
state-missing = Saknas
state-identical = Inte översatt
state-orphaned = Utan original
state-unknown = Okänd
state-machine = Maskinöversatt
section-metadata = Metadata
section-start = Före första rubriken
change-added = nytt
change-removed = borttaget
change-heading = ny rubrik
change-wording = ändrad text
change-links = ändrade länkar
change-formatting = ändrad formatering
change-metadata = ändrade metadata
change-moved = flyttat

## The preview of `hjelp serve`. `preview-keys-list` has one key a line; the letters stay.

preview-title = Problem på den här sidan
preview-badge = Problem på den här sidan / på hela webbplatsen
preview-none = Inga problem på den här sidan.
preview-why = Varför det är viktigt, och hur du rättar det
preview-fix = Rätta
preview-open = Öppna
preview-touches = Vad en ändring här påverkar
preview-includes = Fragment på sidan
preview-users = Sidor som använder det
preview-linked = Sidor som länkar hit
preview-beside = Sida vid sida med ett annat språk
preview-keys = Tangenter och klick
preview-keys-list =
    Alt + klick: öppna ett blocks rad i skrivprogrammet
    e: öppna sidan i skrivprogrammet
    o: den här listan
    l: nästa språk
    w: så smal som en telefon
    d: mörkt eller ljust
    p: som på papper
preview-count = { $page ->
    [one] Ett problem på den här sidan, { $site } på hela webbplatsen.
   *[other] { $page } problem på den här sidan, { $site } på hela webbplatsen.
}
preview-only-here = Bara på det här språket
preview-no-page = Det finns ingen sida här
preview-no-anchor = inget ankare

## Names of languages, by language tag, in the form that `fallback-notice` needs: “visas på engelska”.

language-ar = arabiska
language-bg = bulgariska
language-cs = tjeckiska
language-da = danska
language-de = tyska
language-el = grekiska
language-en = engelska
language-es = spanska
language-et = estniska
language-fi = finska
language-fo = färöiska
language-fr = franska
language-he = hebreiska
language-hr = kroatiska
language-hu = ungerska
language-is = isländska
language-it = italienska
language-ja = japanska
language-ko = koreanska
language-lt = litauiska
language-lv = lettiska
language-nb = norska
language-nl = nederländska
language-nn = nynorska
language-no = norska
language-pl = polska
language-pt = portugisiska
language-ro = rumänska
language-ru = ryska
language-se = nordsamiska
language-sk = slovakiska
language-sl = slovenska
language-sv = svenska
language-tr = turkiska
language-uk = ukrainska
language-zh = kinesiska
