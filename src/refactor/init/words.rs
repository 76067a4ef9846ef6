//! The words of the first pages, in the languages of the interface. `@FOLDER@` is the folder of the language.

use crate::locale::language_info;

/// The words of one language.
pub(super) struct Words {
    /// The language tag, without a region.
    tag: &'static str,
    pub(super) home: &'static str,
    pub(super) welcome: &'static str,
    /// The title of the article.
    pub(super) article: &'static str,
    pub(super) intro: &'static str,
    pub(super) steps: [&'static str; 3],
    /// What the picture shows.
    pub(super) picture: &'static str,
    /// The labels in the picture.
    pub(super) from: &'static str,
    pub(super) to: &'static str,
    /// The name of the include.
    pub(super) include: &'static str,
    pub(super) tip: &'static str,
}

/// The words of the language that `folder` is named by.
pub(super) fn words_of(folder: &str) -> Option<&'static Words> {
    let language = language_info(folder)?;
    // `zh-Hant` and the like have none; a region has those of its language.
    let tag = language.tag.split('-').next()?;
    WORDS.iter().find(|words| words.tag == tag)
}

const WORDS: [Words; 7] = [
    Words {
        tag: "nb",
        home: "Hjem",
        welcome: "Velkommen! Dette er startsiden på norsk.",
        article: "De første stegene",
        intro: "Slik legger du til en side:",
        steps: [
            "Kjør `hjelp serve --open`. Nettstedet åpnes i nettleseren.",
            "Kjør `hjelp new @FOLDER@/ny-side --title \"Ny side\"` i et annet vindu.",
            "Åpne `content/@FOLDER@/ny-side.md`, skriv noe og lagre. Nettleseren viser endringen med en gang.",
        ],
        picture: "En fil blir lagret, og siden vises i nettleseren",
        from: "Lagre filen",
        to: "Se siden",
        include: "Mer hjelp",
        tip: "Denne teksten ligger i `includes/more-help.md` og kan settes inn på mange sider.",
    },
    Words {
        tag: "nn",
        home: "Heim",
        welcome: "Velkomen! Dette er startsida på nynorsk.",
        article: "Dei første stega",
        intro: "Slik legg du til ei side:",
        steps: [
            "Køyr `hjelp serve --open`. Nettstaden blir opna i nettlesaren.",
            "Køyr `hjelp new @FOLDER@/ny-side --title \"Ny side\"` i eit anna vindauge.",
            "Opne `content/@FOLDER@/ny-side.md`, skriv noko og lagre. Nettlesaren viser endringa med ein gong.",
        ],
        picture: "Ei fil blir lagra, og sida blir vist i nettlesaren",
        from: "Lagre fila",
        to: "Sjå sida",
        include: "Meir hjelp",
        tip: "Denne teksten ligg i `includes/more-help.md` og kan setjast inn på mange sider.",
    },
    Words {
        tag: "en",
        home: "Home",
        welcome: "Welcome! This is the start page in English.",
        article: "First steps",
        intro: "To add a page:",
        steps: [
            "Run `hjelp serve --open`. The site opens in the browser.",
            "Run `hjelp new @FOLDER@/new-page --title \"New page\"` in another window.",
            "Open `content/@FOLDER@/new-page.md`, write something and save. The browser shows the change at once.",
        ],
        picture: "A file is saved, and the page is shown in the browser",
        from: "Save the file",
        to: "See the page",
        include: "More help",
        tip: "This text is in `includes/more-help.md` and can be used in many pages.",
    },
    Words {
        tag: "sv",
        home: "Hem",
        welcome: "Välkommen! Det här är startsidan på svenska.",
        article: "De första stegen",
        intro: "Så här lägger du till en sida:",
        steps: [
            "Kör `hjelp serve --open`. Webbplatsen öppnas i webbläsaren.",
            "Kör `hjelp new @FOLDER@/ny-sida --title \"Ny sida\"` i ett annat fönster.",
            "Öppna `content/@FOLDER@/ny-sida.md`, skriv något och spara. Webbläsaren visar ändringen direkt.",
        ],
        picture: "En fil sparas, och sidan visas i webbläsaren",
        from: "Spara filen",
        to: "Se sidan",
        include: "Mer hjälp",
        tip: "Den här texten finns i `includes/more-help.md` och kan användas på många sidor.",
    },
    Words {
        tag: "da",
        home: "Hjem",
        welcome: "Velkommen! Dette er startsiden på dansk.",
        article: "De første trin",
        intro: "Sådan tilføjer du en side:",
        steps: [
            "Kør `hjelp serve --open`. Webstedet åbnes i browseren.",
            "Kør `hjelp new @FOLDER@/ny-side --title \"Ny side\"` i et andet vindue.",
            "Åbn `content/@FOLDER@/ny-side.md`, skriv noget og gem. Browseren viser ændringen med det samme.",
        ],
        picture: "En fil gemmes, og siden vises i browseren",
        from: "Gem filen",
        to: "Se siden",
        include: "Mere hjælp",
        tip: "Denne tekst ligger i `includes/more-help.md` og kan bruges på mange sider.",
    },
    Words {
        tag: "de",
        home: "Startseite",
        welcome: "Willkommen! Das ist die Startseite auf Deutsch.",
        article: "Erste Schritte",
        intro: "So fügen Sie eine Seite hinzu:",
        steps: [
            "Führen Sie `hjelp serve --open` aus. Die Website öffnet sich im Browser.",
            "Führen Sie in einem anderen Fenster `hjelp new @FOLDER@/neue-seite --title \"Neue Seite\"` aus.",
            "Öffnen Sie `content/@FOLDER@/neue-seite.md`, schreiben Sie etwas und speichern Sie. Der Browser zeigt die Änderung sofort.",
        ],
        picture: "Eine Datei wird gespeichert, und die Seite erscheint im Browser",
        from: "Datei speichern",
        to: "Seite sehen",
        include: "Weitere Hilfe",
        tip: "Dieser Text steht in `includes/more-help.md` und kann auf vielen Seiten verwendet werden.",
    },
    Words {
        tag: "nl",
        home: "Startpagina",
        welcome: "Welkom! Dit is de startpagina in het Nederlands.",
        article: "Eerste stappen",
        intro: "Zo voegt u een pagina toe:",
        steps: [
            "Voer `hjelp serve --open` uit. De site wordt in de browser geopend.",
            "Voer in een ander venster `hjelp new @FOLDER@/nieuwe-pagina --title \"Nieuwe pagina\"` uit.",
            "Open `content/@FOLDER@/nieuwe-pagina.md`, schrijf iets en sla op. De browser toont de wijziging meteen.",
        ],
        picture: "Een bestand wordt opgeslagen en de pagina verschijnt in de browser",
        from: "Bestand opslaan",
        to: "Pagina bekijken",
        include: "Meer hulp",
        tip: "Deze tekst staat in `includes/more-help.md` en kan op veel pagina's worden gebruikt.",
    },
];
