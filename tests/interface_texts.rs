//! The interface texts of each language, and the problems reported for broken messages.
#![allow(clippy::unwrap_used)]

use hjelp::locale::{Arg, Catalog, Locale, LocaleId, Locales, MessageFile, language_info};
use hjelp::source::SitePath;

fn locales(folders: &[&str]) -> Locales {
    let list = folders.iter().map(|folder| {
        let known = language_info(folder).unwrap();
        let (tag, search, name, direction) = (
            known.tag,
            known.search.to_owned(),
            known.name,
            known.direction,
        );
        Locale {
            folder: (*folder).to_owned(),
            tag,
            search,
            name,
            direction,
            fallback: Vec::new(),
        }
    });
    Locales::new(list.collect(), LocaleId::new(0))
}

fn messages(name: &str, text: &str) -> MessageFile {
    MessageFile {
        name: name.into(),
        path: SitePath::new(&format!("locales/{name}.ftl")).unwrap(),
        text: text.into(),
    }
}

/// A catalog without problems.
fn catalog(locales: &Locales, files: &[(&str, &str)]) -> Catalog {
    let files: Vec<_> = files
        .iter()
        .map(|(name, text)| messages(name, text))
        .collect();
    let (catalog, problems) = Catalog::load(locales, &files);
    assert_eq!(problems, []);
    catalog
}

#[test]
fn texts_come_from_the_nearest_language() {
    let mut list: Vec<Locale> = Vec::new();
    for (folder, fallback) in [
        ("sv", vec![]),
        ("nn", vec![2]),
        ("no", vec![3]),
        ("da", vec![]),
        ("nb-NO", vec![]),
    ] {
        let base = locales(&[folder]);
        list.push(Locale {
            fallback: fallback.into_iter().map(LocaleId::new).collect(),
            ..base.get(base.default()).clone()
        });
    }
    let locales = Locales::new(list, LocaleId::new(0));
    let files = [
        ("nn", "a = a nn"),
        ("nb", "a = a nb\nb = b nb"),
        ("nb-no", "a = a nb-NO"),
        ("da", "a = a da\nc = c da"),
        ("sv", "a = a sv\nd = d sv"),
        ("en", "a = a en\nd = d en\ne = e en"),
        ("fi", "f = f fi"),
    ];
    let catalog = catalog(&locales, &files);
    let text = |folder: &str| {
        let locale = locales.by_folder(folder).unwrap();
        ["a", "b", "c", "d", "e", "f"]
            .map(|key| catalog.text(locale, key, &[]).to_string())
            .join(", ")
    };
    assert_eq!(text("nn"), "a nn, b nb, c da, d sv, e en, ⟦f⟧");
    assert_eq!(text("no"), "a nb, b nb, c da, d sv, e en, ⟦f⟧");
    assert_eq!(text("nb-NO"), "a nb-NO, b nb, ⟦c⟧, d sv, e en, ⟦f⟧");
    assert_eq!(text("sv"), "a sv, ⟦b⟧, ⟦c⟧, d sv, e en, ⟦f⟧");
    assert!(catalog.has(locales.default(), "e") && !catalog.has(locales.default(), "f"));
}

#[test]
fn a_site_replaces_messages_one_by_one() {
    let locales = locales(&["no", "nn"]);
    let files = [
        (
            "nb",
            "a = old\nb = kept\nc = with { a }\n    .hint = old hint",
        ),
        ("no", "b = by folder"),
        ("NB", "a = new\nd = { -brand }\n-brand = hjelp"),
    ];
    let catalog = catalog(&locales, &files);
    let text = |key: &str| catalog.text(locales.default(), key, &[]).to_string();
    assert_eq!(
        ["a", "b", "c", "c.hint", "d"].map(text),
        ["new", "kept", "with new", "old hint", "hjelp"]
    );
    assert!(!catalog.has(locales.default(), "brand") && !catalog.has(locales.default(), "c.other"));
}

#[test]
fn arguments_and_plurals() {
    let locales = locales(&["no", "pl"]);
    let nb = "hits = { $count ->
    [0] Ingen treff
    [one] { $count } treff på «{ $query }»
   *[other] { $count } treff
}
also = Også på { $language }.
    .title = { $language }
";
    let pl = "hits = { NUMBER($count) ->
    [one] { $count } wynik
    [few] { $count } wyniki
   *[many] { $count } wyników
}
";
    let catalog = catalog(&locales, &[("nb", nb), ("pl", pl)]);
    let hits = |locale: usize, count| {
        catalog
            .text(
                LocaleId::new(locale),
                "hits",
                &[("count", Arg::Number(count)), ("query", Arg::Text("sal"))],
            )
            .to_string()
    };
    assert_eq!(
        [0, 1, 2, 1000].map(|count| hits(0, count)),
        [
            "Ingen treff",
            "1 treff på «sal»",
            "2 treff",
            "1\u{a0}000 treff"
        ]
    );
    assert_eq!(
        [1, 3, 5].map(|count| hits(1, count)),
        ["1 wynik", "3 wyniki", "5 wyników"]
    );
    let text = |key| {
        catalog
            .text(
                locales.default(),
                key,
                &[("language", Arg::Text("engelsk"))],
            )
            .to_string()
    };
    assert_eq!(
        (text("also"), text("also.title")),
        ("Også på engelsk.".into(), "engelsk".into())
    );
}

#[test]
fn languages_have_names_in_each_other() {
    let locales = locales(&["no", "en", "pt-br", "de"]);
    let catalog = catalog(
        &locales,
        &[
            ("nb", "language-en = engelsk\nlanguage-pt = portugisisk"),
            ("en", "language-nb = Norwegian"),
        ],
    );
    let names = |shown_in: usize| {
        locales
            .ids()
            .map(|of| catalog.language(LocaleId::new(shown_in), of))
            .collect::<Vec<_>>()
    };
    assert_eq!(names(0), ["Norwegian", "engelsk", "portugisisk", "Deutsch"]);
    assert_eq!(names(1), ["Norwegian", "engelsk", "portugisisk", "Deutsch"]);
}

#[test]
fn dates_are_written_as_readers_write_them() {
    let date = jiff::civil::date(2023, 9, 2);
    for (folder, expected) in [
        ("no", "2. september 2023"),
        ("nb-NO", "2. september 2023"),
        ("nn", "2. september 2023"),
        ("da", "2. september 2023"),
        ("sv", "2 september 2023"),
        ("nl", "2 september 2023"),
        ("de", "2. September 2023"),
        ("en", "2 September 2023"),
        ("en-gb", "2 September 2023"),
        ("en-us", "September 2, 2023"),
        ("fi", "2. syyskuuta 2023"),
        ("fr", "2 septembre 2023"),
        ("ja", "2023年9月2日"),
        ("th", "2 กันยายน 2566"),
    ] {
        let locales = locales(&[folder]);
        assert_eq!(
            catalog(&locales, &[]).date(locales.default(), date),
            expected,
            "{folder}"
        );
    }
    let locales = locales(&["no"]);
    assert_eq!(
        catalog(&locales, &[]).date(locales.default(), jiff::civil::date(-44, 3, 15)),
        "15. mars 45 f.Kr."
    );
}

#[test]
fn numbers_are_written_as_readers_write_them() {
    let text = "n = { $n }\nplain = { NUMBER($n, useGrouping: \"false\") }\nhalf = { NUMBER($n, minimumFractionDigits: 1) }\n";
    for (folder, expected) in [
        ("no", "1\u{a0}234\u{a0}567 1234567 1\u{a0}234\u{a0}567,0"),
        ("sv", "1\u{a0}234\u{a0}567 1234567 1\u{a0}234\u{a0}567,0"),
        ("de", "1.234.567 1234567 1.234.567,0"),
        ("en", "1,234,567 1234567 1,234,567.0"),
    ] {
        let locales = locales(&[folder]);
        let name = locales.get(locales.default()).tag.clone();
        let catalog = catalog(&locales, &[(&name, text)]);
        let say = |key| {
            catalog
                .text(locales.default(), key, &[("n", Arg::Number(1_234_567))])
                .to_string()
        };
        assert_eq!(
            ["n", "plain", "half"].map(say).join(" "),
            expected,
            "{folder}"
        );
    }
}

#[test]
fn every_alphabet_has_its_own_end() {
    for (folder, expected) in [
        (
            "no",
            "apple zebra äpple Ærfugl ærlig Øl öl østers Aa åpen aapen Åse",
        ),
        (
            "nn",
            "apple zebra äpple Ærfugl ærlig Øl öl østers Aa åpen aapen Åse",
        ),
        (
            "da",
            "apple zebra äpple Ærfugl ærlig Øl öl østers Aa åpen aapen Åse",
        ),
        (
            "sv",
            "Aa aapen apple zebra åpen Åse äpple Ærfugl ærlig öl Øl østers",
        ),
        (
            "de",
            "Aa aapen Ærfugl ærlig åpen apple äpple Åse öl Øl østers zebra",
        ),
    ] {
        let locales = locales(&[folder]);
        let catalog = catalog(&locales, &[]);
        let mut words: Vec<&str> = "zebra Øl äpple Åse öl apple aapen Ærfugl østers ærlig Aa åpen"
            .split(' ')
            .collect();
        words.sort_by(|one, other| catalog.compare(locales.default(), one, other));
        assert_eq!(words.join(" "), expected, "{folder}");
    }
}

#[test]
fn pseudo_locales_change_every_text() {
    let locales = locales(&["no", "en"]).with_pseudo();
    let catalog = catalog(
        &locales,
        &[
            (
                "nb",
                "a = Hjem { $n ->\n    [one] én\n   *[other] { $n } sider\n}",
            ),
            ("en", "b = Next"),
        ],
    );
    let say = |folder, key| {
        catalog
            .text(
                locales.by_folder(folder).unwrap(),
                key,
                &[("n", Arg::Number(2))],
            )
            .to_string()
    };
    assert_eq!(
        (say("nb-xa", "a"), say("nb-xa", "b")),
        ("Ĥĵééɱ 2 šîîđééŕ".into(), "Ñééẋţ".replace('ţ', "ť"))
    );
    assert!(say("nb-xb", "a").starts_with('\u{202e}'));
    assert_eq!(
        (
            say("no", "a"),
            locales
                .get(locales.by_folder("nb-xb").unwrap())
                .direction
                .as_str()
        ),
        ("Hjem 2 sider".into(), "rtl")
    );
    assert_eq!(
        catalog
            .fallback_keys(locales.by_folder("nb-xa").unwrap())
            .count(),
        0
    );
}

#[test]
fn what_is_broken_is_pointed_at_and_the_rest_works() {
    let locales = locales(&["no"]);
    for (text, place, message) in [
        (
            "good = ja\nbad = { oops\nfine = ja\n",
            "{",
            "this `{` is not closed",
        ),
        (
            "good = ja\nbad = { {x}  \nfine = ja\n",
            "{",
            "this `{` is not closed",
        ),
        (
            "good = ja\nbad\nfine = ja\n",
            "bad",
            "a message begins with its key and `=`",
        ),
        (
            "good = ja\nblå = x\nfine = ja\n",
            "blå = x",
            "a message begins with its key and `=`",
        ),
        (
            "good = ja\nbad =\nfine = ja\n",
            "bad =",
            "`bad` has no text",
        ),
        (
            "good = ja\nbad = a } b\nfine = ja\n",
            "} b",
            "this `}` closes nothing",
        ),
        (
            "good = ja\nbad = { $x ->\n  [a] b\n}\nfine = ja\n",
            "}",
            "none of the variants is the default",
        ),
        (
            "good = ja\nbad = { nowhere }\nfine = ja\n",
            "bad",
            "`bad` has no value: unknown message `nowhere`",
        ),
        (
            "good = ja\nbad = { -brand }\nfine = ja\n",
            "bad",
            "`bad` has no value: unknown term `-brand`",
        ),
        (
            "good = ja\nbad = { good.hint }\nfine = ja\n",
            "bad",
            "`bad` has no value: unknown attribute `.hint` of `good`",
        ),
        (
            "good = ja\nbad = { bad }\nfine = ja\n",
            "bad",
            "`bad` has no value: it is part of itself",
        ),
        (
            "good = ja\nbad = { DATETIME($x) }\nfine = ja\n",
            "bad",
            "`bad` has no value: unknown function `DATETIME`",
        ),
        (
            "good = nei\nfine = ja\ngood = ja\n",
            "good",
            "`good` is given twice; the last one counts",
        ),
    ] {
        let (catalog, problems) = Catalog::load(&locales, &[messages("nb", text)]);
        assert_eq!(
            ["good", "fine"].map(|key| catalog.text(locales.default(), key, &[]).to_string()),
            ["ja", "ja"],
            "{text}"
        );
        assert_eq!(
            (
                problems.len(),
                problems[0].location.span.of(text),
                problems[0].message.english()
            ),
            (1, place, message),
            "{text}"
        );
    }
}

#[test]
fn nothing_makes_it_panic() {
    let locales = locales(&["no"]);
    for text in [
        "{".repeat(100_000),
        "a = ".to_owned() + &"{ ".repeat(50_000),
        "a = ".to_owned() + &"{\nF({\n".repeat(50_000),
        "a = {".to_owned() + &"F(".repeat(50_000),
        "a = { F(".to_owned() + &"\"(\", ".repeat(50_000),
        "a = ".to_owned() + &"{ a }".repeat(1_000),
        "a = {\"\\u00".into(),
        "å".into(),
        "a = { -a }\n-a = { -a }".into(),
        "a = \u{0}".into(),
        "a = \r\n  å\r\n".into(),
    ] {
        let (catalog, _) = Catalog::load(
            &locales,
            &[
                messages("nb", &text),
                messages("", &text),
                messages("å å", "b = x"),
            ],
        );
        catalog.text(locales.default(), "a", &[]);
    }
    let (catalog, _) = Catalog::load(&locales, &[]);
    assert_eq!(catalog.text(LocaleId::new(200), "a", &[]), "⟦a⟧");
    assert_eq!(
        catalog.date(LocaleId::new(200), jiff::civil::date(2023, 9, 22)),
        "2023-09-22"
    );
    assert_eq!(catalog.language(LocaleId::new(200), LocaleId::new(200)), "");
}

/// Cuts, repeats and swaps pieces of a text, differently for every seed.
fn damage(text: &str, seed: usize) -> String {
    let chars: Vec<char> = text.chars().collect();
    let at =
        |step: usize| (seed + 1).wrapping_mul(0x9E37_79B9).wrapping_mul(step + 3) / 7 % chars.len();
    let (from, to) = (at(1).min(at(2)), at(1).max(at(2)));
    let pieces = match seed % 4 {
        0 => [&chars[..from], &chars[to..], &[]],
        1 => [&chars[..to], &chars[from..], &[]],
        2 => [&chars[..from], &['{', '"'][seed / 4 % 2..], &chars[from..]],
        _ => [&chars[to..], &chars[..from], &chars[from..to]],
    };
    pieces.concat().into_iter().collect()
}

#[test]
fn damaged_messages_cost_only_themselves() {
    let locales = locales(&["no"]);
    let text = "a = på { $x ->\n    [one] { $x } treff\n   *[other] { NUMBER($x) } treff\n}\n-b = { \"{\" } ø\nc = { -b } { a }\n    .d = e\n# f\n";
    for seed in 0..2_000 {
        let damaged = damage(text, seed);
        let (catalog, problems) =
            Catalog::load(&locales, &[messages("en", text), messages("nb", &damaged)]);
        assert!(
            !catalog
                .text(locales.default(), "a", &[("x", Arg::Number(2))])
                .is_empty(),
            "{damaged}"
        );
        assert!(
            problems
                .iter()
                .all(|problem| damaged.get(problem.location.span.range()).is_some()),
            "{damaged}"
        );
    }
}

#[test]
fn many_threads_can_ask_at_once() {
    fn shared<T: Send + Sync>(_: &T) {}
    let locales = locales(&["no"]);
    let catalog = catalog(
        &locales,
        &[("nb", "a = x\nb = { $n ->\n  [one] en\n *[other] { $n }\n}")],
    );
    shared(&catalog);
    std::thread::scope(|scope| {
        for number in 0..4 {
            let (catalog, locale) = (&catalog, locales.default());
            scope.spawn(move || {
                for _ in 0..100 {
                    assert_eq!(catalog.text(locale, "a", &[]), "x");
                    let expected = if number == 1 {
                        "en".to_owned()
                    } else {
                        number.to_string()
                    };
                    assert_eq!(
                        catalog.text(locale, "b", &[("n", Arg::Number(number))]),
                        expected
                    );
                    assert_eq!(
                        catalog.date(locale, jiff::civil::date(2023, 9, 22)),
                        "22. september 2023"
                    );
                }
            });
        }
    });
}
