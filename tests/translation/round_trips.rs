//! An author and a translator work at the same time: what was not translated stays out of date, and nothing that was translated is lost.

use super::workshop::Workshop;

const ENGLISH: &str = "# Invoices\n\nInvoices are stored for nine years.\n\nOnly managers can remove them.\n\n## Remove\n\nOpen the invoice and press Delete.\n";
const NORWEGIAN: &str = "# Fakturaer\n\nFakturaer lagres i ni år.\n\nBare ledere kan fjerne dem.\n\n## Fjerne\n\nÅpne fakturaen og trykk Slett.\n";

fn invoices() -> Workshop {
    Workshop::accepted(&[("content/en/a.md", ENGLISH), ("content/no/a.md", NORWEGIAN)])
}

#[test]
fn what_changes_while_the_translator_works_stays_out_of_date() {
    let export = |workshop: &Workshop| {
        workshop.edit(
            "content/en/a.md",
            &[
                ("nine years", "five years"),
                ("press Delete", "press Remove"),
            ],
        );
        workshop.commit();
        let exported = workshop.export(&["--stale"]);
        assert_eq!(exported.len(), 2, "{exported:?}");
        workshop.translate(&[
            (
                "Invoices are stored for five years.",
                "Fakturaer lagres i fem år.",
            ),
            (
                "Open the invoice and press Remove.",
                "Åpne fakturaen og trykk Fjern.",
            ),
        ]);
    };
    let five = ("five years", "six years");
    // What the author does meanwhile, and what is out of date after the import.
    for (edits, expected) in [
        (vec![], "a.md current"),
        (
            vec![("Only managers", "Only owners")],
            "a.md stale (Invoices)",
        ),
        (
            vec![("press Remove.", "press Remove.\n\nThis is final.")],
            "a.md stale (Remove)",
        ),
        (vec![five], "a.md stale (Invoices)"),
        (
            vec![five, ("## Remove", "## Take away")],
            "a.md stale (Invoices, Take away)",
        ),
        (
            vec![("\n## Remove", "\n```text\nkeep = 9\n```\n\n## Remove")],
            "a.md stale (Invoices)",
        ),
        // A paragraph that is gone is still in the translation.
        (
            vec![("Only managers can remove them.\n\n", "")],
            "a.md stale (Invoices)",
        ),
    ] {
        let workshop = invoices();
        export(&workshop);
        for edit in &edits {
            workshop.edit("content/en/a.md", &[*edit]);
        }
        workshop.commit();
        let printed = workshop.import(&[]);
        assert_eq!(workshop.status(), [expected], "{edits:?} {printed:?}");
        if !edits.is_empty() {
            let told = format!(
                "content/no/a.md: “{}” is still out of date",
                title(expected)
            );
            assert!(
                printed.out.contains(&told) || edits.contains(&five),
                "{printed:?}"
            );
        }
        assert!(workshop.read("content/no/a.md").contains("trykk Fjern"));
        // What is handed out next is exactly what is left.
        let rest = workshop.export(&["--stale"]);
        assert!(rest.len() <= edits.len(), "{rest:?}");
    }
}

/// The first section that is out of date.
fn title(status: &str) -> &str {
    status.split(['(', ',', ')']).nth(1).unwrap_or_default()
}

#[test]
fn a_part_of_a_delivery_settles_that_part() {
    let changed = || {
        let workshop = invoices();
        workshop.edit(
            "content/en/a.md",
            &[
                ("nine years", "five years"),
                ("Only managers", "Only owners"),
            ],
        );
        workshop.commit();
        workshop.export(&["--stale"]);
        workshop
    };
    let five = (
        "Invoices are stored for five years.",
        "Fakturaer lagres i fem år.",
    );
    let owners = ("Only owners can remove them.", "Bare eiere kan fjerne dem.");
    let kept = (
        "Only owners can remove them.",
        "Bare ledere kan fjerne dem.",
    );
    // Untouched, unfinished, confirmed in several ways.
    for (first, state, arguments, expected) in [
        (vec![five], "", &[][..], "a.md stale (Invoices)"),
        (vec![five, kept], "", &[], "a.md stale (Invoices)"),
        (vec![five, kept], "translated", &[], "a.md current"),
        (vec![five, kept], "final", &[], "a.md current"),
        (
            vec![five, kept],
            "",
            &["--accept-unchanged"],
            "a.md current",
        ),
        (
            vec![five, owners],
            "initial\" subState=\"x:needs-review",
            &[],
            "a.md stale (Invoices)",
        ),
        (vec![five, owners], "", &[], "a.md current"),
    ] {
        let workshop = changed();
        workshop.rewrite(&first, state);
        let printed = workshop.import(arguments);
        assert_eq!(
            workshop.status(),
            [expected],
            "{first:?} {state} {printed:?}"
        );
        if first.len() == 1 {
            assert!(
                printed.out.contains("1 text returned unchanged"),
                "{printed:?}"
            );
            // The second half comes later.
            workshop.translate(&[owners]);
            workshop.import(&[]);
            assert_eq!(workshop.status(), ["a.md current"]);
        }
    }
    // Everything is confirmed as it is: no file changes, and the lock file does.
    let workshop = changed();
    let same = (
        "Invoices are stored for five years.",
        "Fakturaer lagres i ni år.",
    );
    workshop.rewrite(&[same, kept], "reviewed");
    workshop.import(&[]);
    assert_eq!(workshop.status(), ["a.md current"]);
    assert_eq!(workshop.read("content/no/a.md"), NORWEGIAN);
}

#[test]
fn the_states_of_older_xliff_are_read() {
    for (attributes, state, expected) in [
        (
            "",
            " state=\"needs-review-translation\"",
            "a.md stale (Invoices)",
        ),
        ("", "", "a.md stale (Invoices)"),
        (" approved=\"no\"", " state=\"translated\"", "a.md current"),
        (" approved=\"yes\"", "", "a.md current"),
        ("", " state=\"signed-off\"", "a.md current"),
        ("", " state=\"needs-l10n\"", "a.md stale (Invoices)"),
    ] {
        let workshop = invoices();
        workshop.edit("content/en/a.md", &[("nine years", "9 years")]);
        workshop.commit();
        workshop.export(&["--stale", "--xliff", "1.2"]);
        workshop.edit(
            "x.xlf",
            &[
                ("<trans-unit ", &format!("<trans-unit{attributes} ")),
                (
                    "<target state=\"needs-review-translation\">",
                    &format!("<target{state}>"),
                ),
            ],
        );
        let printed = workshop.import(&[]);
        assert_eq!(
            workshop.status(),
            [expected],
            "{attributes} {state} {printed:?}"
        );
    }
}

#[test]
fn a_copy_of_the_original_is_no_translation() {
    let workshop = invoices();
    workshop.edit(
        "content/en/a.md",
        &[("nine years", "five years"), ("# Invoices", "# Invoice")],
    );
    workshop.commit();
    workshop.export(&["--stale"]);
    let copy = (
        "Invoices are stored for five years.",
        "Invoices are stored for five years.",
    );
    // A word or two can be the same in two languages.
    workshop.translate(&[copy, ("Invoice", "Invoice")]);
    let printed = workshop.import(&[]);
    assert_eq!(printed.code, 1, "{printed:?}");
    assert!(
        printed
            .out
            .contains("it is the original, not a translation"),
        "{printed:?}"
    );
    assert!(
        workshop
            .read("content/no/a.md")
            .starts_with("# Invoice\n\nFakturaer lagres")
    );
    assert_eq!(workshop.status(), ["a.md stale (Invoice)"]);
    let printed = workshop.import(&["--accept-source"]);
    assert_eq!(
        (printed.code, workshop.status()),
        (0, vec!["a.md current".to_owned()])
    );
    // And what is a copy already is handed out again.
    let exported = workshop.export(&[]);
    assert_eq!(exported.len(), 5);
    let document = workshop.read("x.xlf");
    let copied = document.find("<source>Invoices are stored").unwrap();
    assert!(
        document[..copied]
            .trim_end()
            .ends_with("state=\"initial\">"),
        "{document}"
    );
}

#[test]
fn what_the_original_no_longer_says_is_not_taken_for_something_else() {
    let english = "# Invoices\n\nInvoices are stored for nine years in the archive.\n\nOnly managers can remove them, and nobody can restore what is gone.\n";
    let norwegian = "# Fakturaer\n\nFakturaer lagres i ni år i arkivet.\n\nBare ledere kan fjerne dem, og ingen kan gjenopprette det som er borte.\n";
    let nine = "Invoices are stored for nine years in the archive.";
    let eleven = "Invoices are stored for eleven years in the archive of the firm.";
    for (is_committed, changed, expected) in [
        (
            true,
            vec![eleven],
            vec![format!("{eleven} -> Fakturaer lagres i ni år i arkivet.")],
        ),
        // Which of two paragraphs was reworded, hashes alone can't tell.
        (false, vec![eleven], vec![format!("{eleven} -> ?")]),
        (true, vec![nine], vec![]),
        (false, vec![nine], vec![]),
        (true, vec![], vec![]),
    ] {
        let files = [("content/en/a.md", english), ("content/no/a.md", norwegian)];
        let workshop = if is_committed {
            Workshop::accepted(&files)
        } else {
            let workshop = Workshop::new(&files);
            workshop.hjelp(&["accept"]);
            workshop
        };
        let text = format!("# Invoices\n\n{}\n", changed.join("\n\n"));
        workshop.write("content/en/a.md", &text);
        assert_eq!(
            workshop.export(&["--stale"]),
            expected,
            "{is_committed} {changed:?}"
        );
        assert_eq!(workshop.status(), ["a.md stale (Invoices)"]);
        if !is_committed || expected.is_empty() {
            continue;
        }
        workshop.translate(&[(eleven, "Fakturaer lagres i elleve år i firmaets arkiv.")]);
        let printed = workshop.import(&[]);
        assert!(
            printed.out.contains("“Bare ledere kan fjerne dem, og ingen kan gjenopprette det s…” has no original any more"),
            "{printed:?}"
        );
        assert_eq!(workshop.status(), ["a.md stale (Invoices)"]);
        workshop.write(
            "content/no/a.md",
            "# Fakturaer\n\nFakturaer lagres i elleve år i firmaets arkiv.\n",
        );
        workshop.hjelp(&["accept"]);
        assert_eq!(workshop.status(), ["a.md current"]);
    }
}

#[test]
fn what_is_put_first_is_new_and_everything_else_keeps_its_translation() {
    let english = "# Trips\n\nFirst words here.\n\n## <a id=\"bus\"></a>By bus\n\nBuses leave often.\n\n1. Find the stop.\n1. Wait for the bus.\n\n| Day | Runs |\n|---|---|\n| Monday | Yes |\n| Sunday | No |\n\n> [!NOTE]\n> Bring cash.\n";
    let norwegian = "# Turer\n\nFørste ord her.\n\n## <a id=\"bus\"></a>Med buss\n\nBusser går ofte.\n\n1. Finn holdeplassen.\n1. Vent på bussen.\n\n| Dag | Går |\n|---|---|\n| Mandag | Ja |\n| Søndag | Nei |\n\n> [!NOTE]\n> Ta med kontanter.\n";
    for (before, inserted, new) in [
        (
            "First words",
            "Zero words here.\n\n",
            vec!["Zero words here."],
        ),
        (
            "## <a id",
            "## By train\n\nTrains are fast.\n\n",
            vec!["By train", "Trains are fast."],
        ),
        ("1. Find", "1. Buy a ticket.\n", vec!["Buy a ticket."]),
        ("1. Wait", "1. Buy a ticket.\n", vec!["Buy a ticket."]),
        ("| Monday", "| Friday | Yes |\n", vec!["Friday", "Yes"]),
        ("| Sunday", "| Friday | No |\n", vec!["Friday", "No"]),
        ("> Bring", "> Be early.\n>\n", vec!["Be early."]),
    ] {
        for is_committed in [true, false] {
            let files = [("content/en/a.md", english), ("content/no/a.md", norwegian)];
            let workshop = Workshop::new(&files);
            workshop.hjelp(&["accept"]);
            if is_committed {
                workshop.git(&["init", "--quiet", "-b", "main"]);
                workshop.commit();
            }
            let all = workshop.export(&[]);
            let with_inserted = format!("{inserted}{before}");
            workshop.edit("content/en/a.md", &[(before, &with_inserted)]);
            let expected: Vec<String> = new.iter().map(|words| format!("{words} -> ?")).collect();
            assert_eq!(workshop.export(&["--stale"]), expected, "{before}");
            let mut kept = workshop.export(&[]);
            for line in &expected {
                let at = kept.iter().position(|other| other == line).unwrap();
                kept.remove(at);
            }
            assert_eq!(kept, all, "{before}");
            workshop.export(&["--stale"]);
            let mut translations = Vec::new();
            for words in &new {
                translations.push((*words, format!("Ny {words}")));
            }
            let pairs: Vec<(&str, &str)> = translations
                .iter()
                .map(|(words, translation)| (*words, translation.as_str()))
                .collect();
            workshop.translate(&pairs);
            workshop.import(&[]);
            assert_eq!(workshop.status(), ["a.md current"], "{before}");
            let text = workshop.read("content/no/a.md");
            for (_, translation) in &pairs {
                assert_eq!(text.matches(translation).count(), 1, "{text}");
            }
            for line in norwegian.lines() {
                assert!(text.contains(line), "{line} is lost:\n{text}");
            }
        }
    }
}

#[test]
fn without_a_record_a_text_gets_no_translation_that_could_be_another_one_s() {
    let english = "# Change a card\n\n1. Open the menu in the corner of the card.\n1. Make the changes you need.\n1. Choose the fields to show.\n1. Press **Save**.\n";
    let norwegian = "# Endre et kort\n\n1. Åpne menyen i hjørnet av kortet.\n1. Velg feltene som skal vises.\n1. Trykk **Lagre**.\n";
    let workshop = Workshop::new(&[("content/en/a.md", english), ("content/no/a.md", norwegian)]);
    let exported = workshop.export(&[]);
    for wrong in [
        "need. -> Velg",
        "card. -> Velg",
        "show. -> Trykk",
        "show. -> Åpne",
        "need. -> Åpne",
        "need. -> Trykk",
    ] {
        assert!(
            !exported.iter().any(|line| line.contains(wrong)),
            "{exported:?}"
        );
    }
    // What isn't known can be translated anew all the same: all of it takes the place of what is there.
    workshop.translate(&[
        (
            "Open the menu in the corner of the card.",
            "Åpne menyen i hjørnet av kortet.",
        ),
        ("Make the changes you need.", "Gjør endringene du trenger."),
        ("Choose the fields to show.", "Velg feltene som skal vises."),
        ("Press Save.", "Trykk <pc id=\"c1\">Lagre</pc>."),
    ]);
    workshop.import(&[]);
    assert_eq!(
        workshop.read("content/no/a.md"),
        "# Endre et kort\n\n1. Åpne menyen i hjørnet av kortet.\n1. Gjør endringene du trenger.\n1. Velg feltene som skal vises.\n1. Trykk **Lagre**.\n"
    );
}

#[test]
fn white_space_beside_codes_means_nothing() {
    let english =
        "# Hours\n\nMonday to Friday  \nand Saturday.\n\nRead [the guide](b.md) and rest.\n";
    let norwegian =
        "# Tider\n\nMandag til fredag  \nog lørdag.\n\nLes [veiledningen](b.md) og hvil.\n";
    let files = [
        ("content/en/a.md", english),
        ("content/no/a.md", norwegian),
        ("content/en/b.md", "# B\n"),
        ("content/no/b.md", "# B\n"),
    ];
    for around in ["{} ", " {}", " {} ", "\n      {}\n      ", "{}    "] {
        let workshop = Workshop::new(&files);
        workshop.export(&[]);
        let document = workshop.read("x.xlf");
        let target = &document[document.find("<target>Mandag").unwrap()..];
        let code = &target[target.find("<ph").unwrap()..target.find("og").unwrap()];
        let spaced = around.replace("{}", code);
        workshop.edit(
            "x.xlf",
            &[(&format!("fredag{code}og"), &format!("torsdag{spaced}samt"))],
        );
        let printed = workshop.import(&[]);
        assert_eq!(printed.code, 0, "{around:?} {printed:?}");
        let text = workshop.read("content/no/a.md");
        assert!(
            text.contains("Mandag til torsdag  \nsamt lørdag."),
            "{around:?} {text}"
        );
    }
    let workshop = Workshop::new(&files);
    workshop.export(&[]);
    workshop.edit("x.xlf", &[(">veiledningen</pc> og hvil", "></pc> og sov")]);
    workshop.import(&[]);
    assert!(
        workshop
            .read("content/no/a.md")
            .contains("Les [](b.md) og sov.")
    );
}
