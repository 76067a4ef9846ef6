//! Deliveries of tools and programs: JSON lines, typed markup, texts without letters, labels in HTML, marks of machines, and tags with regions.

use super::workshop::Workshop;

/// Exports JSON lines, lets `say` translate each source, and imports them.
fn by_lines(
    workshop: &Workshop,
    say: &dyn Fn(&str) -> String,
    arguments: &[&str],
) -> (String, i32) {
    let printed = workshop.hjelp(&["export", "--to", "no", "--format", "jsonl", "-o", "x.jsonl"]);
    assert_eq!(printed.code, 0, "{printed:?}");
    let mut lines = Vec::new();
    for (at, line) in workshop.read("x.jsonl").lines().enumerate() {
        let mut value: serde_json::Value = serde_json::from_str(line).unwrap();
        if at > 0 {
            let source = value["source"].as_str().unwrap().to_owned();
            value["target"] = say(&source).into();
        }
        lines.push(value.to_string());
    }
    workshop.write("x.jsonl", &(lines.join("\n") + "\n"));
    let mut all = vec!["import", "x.jsonl"];
    all.extend(arguments);
    let printed = workshop.hjelp(&all);
    (printed.out, printed.code)
}

#[test]
fn lines_go_to_a_program_and_come_back() {
    let workshop = Workshop::new(&[
        (
            "content/en/a.md",
            "# Lamps\n\nPress **On** to see `it`.\n\nAll lamps shine.\n",
        ),
        ("content/no/b.md", "# B\n"),
        ("content/en/b.md", "# B\n"),
    ]);
    let say = |source: &str| source.replace("Press", "Trykk").replace("shine", "skinner");
    let (report, code) = by_lines(&workshop, &say, &["--mark-machine", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    assert_eq!((code, &report["imported"]), (0, &3.into()), "{report}");
    assert_eq!(
        workshop.read("content/no/a.md"),
        "---\ntranslation_type: MT\n---\n\n# Lamps\n\nTrykk **On** to see `it`.\n\nAll lamps skinner.\n"
    );
    // A code that is lost is refused, by its line and id, and the others are taken.
    let say = |source: &str| match source {
        "Lamps" => "Lamper".to_owned(),
        source => source.replace("<2/>", ""),
    };
    let (report, code) = by_lines(&workshop, &say, &["--format", "json", "--accept-source"]);
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    assert_eq!(code, 1, "{report}");
    let rejected = &report["rejected"][0];
    assert_eq!(rejected["line"], 3, "{report}");
    assert!(rejected["id"].as_str().unwrap().starts_with('u'));
    assert!(rejected["reason"].as_str().unwrap().contains("`it`"));
    assert!(workshop.read("content/no/a.md").contains("# Lamper\n"));
}

#[test]
fn typed_markup_is_told_or_refused() {
    let files = [
        ("content/en/a.md", "# Save\n\nPress the button.\n"),
        ("content/no/a.md", "# Lagre\n\nTrykk på knappen.\n"),
    ];
    for (typed, sign) in [
        ("Trykk på **knappen**.", "`**knappen**`"),
        ("Trykk [her](b.md).", "`[her](b.md)`"),
        ("Trykk&nbsp;nå.", "`&nbsp;`"),
    ] {
        let say = |source: &str| match source {
            "Save" => "Lagre".to_owned(),
            _ => typed.to_owned(),
        };
        let workshop = Workshop::new(&files);
        let (out, code) = by_lines(&workshop, &say, &["--reject-markup"]);
        assert_eq!((code, out.contains(sign)), (1, true), "{out}");
        assert_eq!(workshop.read("content/no/a.md"), files[1].1);
        let (out, code) = by_lines(&workshop, &say, &[]);
        assert_eq!((code, out.contains(sign)), (0, true), "{out}");
        assert!(out.contains("1 with typed markup"), "{out}");
        if typed.contains("](") || typed.contains("**") {
            let checked = workshop.run(&["check"]);
            assert!(checked.out.contains("damaged-translation"), "{checked:?}");
        }
    }
}

#[test]
fn a_translation_may_have_no_letters() {
    let workshop = Workshop::new(&[
        (
            "content/en/a.md",
            "# Rates\n\n| Done | Rate |\n|---|---|\n| Yes | One hundred per cent |\n",
        ),
        (
            "content/no/a.md",
            "# Grader\n\n| Ferdig | Grad |\n|---|---|\n| Ja | Hundre prosent |\n",
        ),
    ]);
    for (yes, rate) in [("✓", "100 %"), ("2", "–"), ("Ja", "Hundre prosent")] {
        let say = |source: &str| match source {
            "Yes" => yes.to_owned(),
            "One hundred per cent" => rate.to_owned(),
            "Rates" => "Grader".to_owned(),
            "Done" => "Ferdig".to_owned(),
            _ => "Grad".to_owned(),
        };
        let (out, code) = by_lines(&workshop, &say, &[]);
        assert_eq!(code, 0, "{out}");
        let row = format!("| {yes} | {rate} |");
        assert!(workshop.read("content/no/a.md").contains(&row), "{out}");
    }
}

#[test]
fn words_in_attributes_and_titles_are_translated() {
    let english = "# Save\n\nPress <i class=\"x\" aria-label=\"Gear\"></i> or <a title=\"The list\" href=\"a.md\">this</a>.\n\n![Map](a.png \"Oslo at night\")\n\n<img alt=\"Sun\" src=\"a.png\" title=\"Moon\">\n";
    let norwegian = "# Lagre\n\nTrykk <i class=\"x\" aria-label=\"Tannhjul\"></i> eller <a title=\"Lista &amp; mer\" href=\"a.md\">dette</a>.\n\n![Kart](a.png \"Oslo om natta\")\n\n<img alt=\"Sol\" src=\"a.png\" title=\"Måne\">\n";
    let workshop = Workshop::new(&[
        ("content/en/a.md", english),
        ("content/no/b.md", "# B\n"),
        ("content/en/b.md", "# B\n"),
    ]);
    let say = |source: &str| {
        let mut said = source.to_owned();
        for (from, to) in [
            ("Save", "Lagre"),
            ("Press", "Trykk"),
            ("Gear", "Tannhjul"),
            ("or", "eller"),
            ("The list", "Lista & mer"),
            ("this", "dette"),
            ("Map", "Kart"),
            ("at night", "om natta"),
            ("Sun", "Sol"),
            ("Moon", "Måne"),
        ] {
            said = said.replace(from, to);
        }
        said
    };
    let (out, code) = by_lines(&workshop, &say, &[]);
    assert_eq!(code, 0, "{out}");
    assert_eq!(workshop.read("content/no/a.md"), norwegian);
}

#[test]
fn bold_words_next_to_brackets_stay_bold() {
    let files = [
        ("content/en/a.md", "# Save\n\nClick **Save** now.\n"),
        ("content/no/a.md", "# Lagre\n\nKlikk **Lagre** nå.\n"),
    ];
    for (target, expected) in [
        (
            "今すぐ<1>「保存」</1>をクリック。",
            "今すぐ<strong>「保存」</strong>をクリック。",
        ),
        ("Neu:<1>Neu:</1>Text", "Neu:<strong>Neu:</strong>Text"),
        ("a<1>“b”</1>c", "a<strong>“b”</strong>c"),
        ("<1>保存</1>をクリック。", "**保存**をクリック。"),
        ("Klikk <1>«Lagre»</1> nå.", "Klikk **«Lagre»** nå."),
    ] {
        let workshop = Workshop::new(&files);
        let say = |source: &str| match source {
            "Save" => "Lagre".to_owned(),
            _ => target.to_owned(),
        };
        let (out, code) = by_lines(&workshop, &say, &[]);
        assert_eq!(code, 0, "{out}");
        assert_eq!(
            workshop.read("content/no/a.md"),
            format!("# Lagre\n\n{expected}\n")
        );
        // And it is the same text the next time.
        let (out, _) = by_lines(&workshop, &say, &[]);
        assert!(out.contains("2 unchanged"), "{out}");
    }
}

#[test]
fn one_text_that_cannot_be_read_blames_no_others() {
    let workshop = Workshop::new(&[
        (
            "content/en/a.md",
            "# Lamps\n\nAll lamps shine.\n\nSee [it](b.md) *there*.\n",
        ),
        ("content/en/b.md", "# B\n"),
        ("content/no/b.md", "# B\n"),
    ]);
    let say = |source: &str| match source {
        "B" => "B".to_owned(),
        // The link ends inside the emphasis of nothing: its words are gone.
        source if source.contains("<1>") => "Se <1></1> <2></2>".to_owned(),
        source => format!("Norsk {source}"),
    };
    let (report, _) = by_lines(&workshop, &say, &["--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    for unit in report["rejected"].as_array().unwrap() {
        assert!(
            unit["words"].as_str().unwrap().contains("See it"),
            "{report}"
        );
    }
    assert!(
        report["rejected"].as_array().unwrap().len() <= 1,
        "{report}"
    );
}

#[test]
fn tags_with_regions_mean_the_language_of_the_site() {
    let files = [
        ("content/en/a.md", "# Lamps\n"),
        ("content/no/a.md", "# Lampe\n"),
    ];
    for (tag, is_taken) in [
        ("nb-NO", true),
        ("nb_NO", true),
        ("no-NO", true),
        ("nn-NO", false),
        ("nn", false),
        ("sv-SE", false),
    ] {
        let workshop = Workshop::new(&files);
        workshop.export(&[]);
        workshop.translate(&[("Lamps", "Lamper")]);
        let target = format!("trgLang=\"{tag}\"");
        workshop.edit(
            "x.xlf",
            &[
                ("trgLang=\"nb\"", &target),
                ("srcLang=\"en\"", "srcLang=\"en-US\""),
            ],
        );
        let printed = workshop.import(&[]);
        let expected = if is_taken { "# Lamper\n" } else { "# Lampe\n" };
        assert_eq!(
            workshop.read("content/no/a.md"),
            expected,
            "{tag} {printed:?}"
        );
    }
}

#[test]
fn what_has_become_out_of_date_since_a_revision_fails_the_build() {
    let workshop = Workshop::accepted(&[
        (
            "content/en/a.md",
            "# Lamps\n\nAll lamps shine.\n\n## Old\n\nOld words.\n",
        ),
        (
            "content/no/a.md",
            "# Lamper\n\nAlle lamper lyser.\n\n## Gammelt\n\nGamle ord.\n",
        ),
    ]);
    workshop.edit("content/en/a.md", &[("Old words", "Older words")]);
    workshop.commit();
    workshop.git(&["branch", "start"]);
    let arguments = ["status", "--since", "start", "--fail-on", "new-stale"];
    let printed = workshop.hjelp(&arguments);
    assert_eq!(printed.code, 0, "{printed:?}");
    workshop.edit("content/en/a.md", &[("All lamps", "Most lamps")]);
    let printed = workshop.hjelp(&arguments);
    assert_eq!(printed.code, 1, "{printed:?}");
    assert!(
        printed
            .out
            .contains("content/no/a.md: out of date since start: “Lamps”"),
        "{printed:?}"
    );
    assert!(!printed.out.contains("since start: “Old”"), "{printed:?}");
    let printed = workshop.hjelp(&["status", "--languages", "de"]);
    assert_eq!(printed.code, 2, "{printed:?}");
}

#[test]
fn what_is_left_of_merged_paragraphs_keeps_a_section_out_of_date() {
    for (merged, delivered) in [
        (
            "Lamps shine at night and chairs stand still.",
            "Lamper lyser om natta og stoler står stille.",
        ),
        (
            "Chairs stand still, and lamps shine.",
            "Stoler står stille, og lamper lyser.",
        ),
        ("Lamps shine at night.", "Lamper lyser om natta."),
    ] {
        for is_committed in [true, false] {
            let files = [
                (
                    "content/en/a.md",
                    "# Room\n\nLamps shine at night.\n\nChairs stand still.\n",
                ),
                (
                    "content/no/a.md",
                    "# Rom\n\nLamper lyser om natta.\n\nStoler står stille.\n",
                ),
            ];
            let workshop = Workshop::new(&files);
            workshop.hjelp(&["accept"]);
            if is_committed {
                workshop.git(&["init", "--quiet", "-b", "main"]);
                workshop.commit();
            }
            workshop.write("content/en/a.md", &format!("# Room\n\n{merged}\n"));
            let say = |source: &str| match source {
                "Room" => "Rom".to_owned(),
                _ => delivered.to_owned(),
            };
            by_lines(&workshop, &say, &[]);
            let text = workshop.read("content/no/a.md");
            let is_left = text.trim_end().matches("\n\n").count() > 1;
            let expected = if is_left {
                "a.md stale (Room)"
            } else {
                "a.md current"
            };
            assert_eq!(
                workshop.status(),
                [expected],
                "{merged} {is_committed}\n{text}"
            );
        }
    }
}
