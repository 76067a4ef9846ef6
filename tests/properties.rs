//! Properties that hold for every input, tested with generated inputs. `fuzz/` tests the same for longer.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods
)]

use proptest::prelude::*;

#[path = "../fuzz/properties.rs"]
mod properties;

/// The inputs that fuzzing begins with, by target.
fn seeds(target: &str) -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/corpus/");
    let mut seeds = Vec::new();
    for entry in std::fs::read_dir(format!("{folder}{target}")).unwrap() {
        seeds.push(std::fs::read_to_string(entry.unwrap().path()).unwrap());
    }
    assert!(!seeds.is_empty(), "{target}");
    seeds
}

/// What a fuzz target does with a text.
type FuzzTarget = fn(&str);

#[test]
fn the_seeds_of_fuzzing_have_all_properties() {
    let targets: [(&str, FuzzTarget); 12] = [
        ("document", |text| {
            properties::document("content/no/a.md", text)
        }),
        ("toc", |text| {
            properties::document("content/no/toc.yml", text)
        }),
        ("landing", |text| {
            properties::document("content/no/index.yml", text)
        }),
        ("configuration", |text| {
            properties::configuration("hjelp.yml", text)
        }),
        ("docfx", |text| {
            properties::configuration("docfx.json", text)
        }),
        ("messages", |text| {
            properties::configuration("locales/no.ftl", text)
        }),
        ("synonyms", |text| {
            properties::configuration("locales/synonyms.no.yml", text)
        }),
        ("lock", |text| {
            properties::configuration("translations/no.lock", text)
        }),
        ("glob", properties::glob),
        ("xrefmap", properties::xrefmap),
        ("xliff", properties::xliff),
        ("fixes", properties::fixes),
    ];
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/targets");
    let files = std::fs::read_dir(folder).unwrap().count();
    assert_eq!(files, targets.len(), "every target has seeds");
    for (target, run) in targets {
        for seed in seeds(target) {
            run(&seed);
            // Cut off anywhere, as a file is that is being written.
            for at in (0..seed.len())
                .step_by(7)
                .filter(|at| seed.is_char_boundary(*at))
            {
                run(&seed[..at]);
            }
        }
    }
}

/// Signs that mean something somewhere, letters, and the rest of what can be typed.
const TEXT: &str =
    "([\\[\\](){}<>!#*_`|:>@&\"'~^=+\\-. \n\r\taåø0\u{FEFF}\u{0}]|\\PC|---\n|: |\n  - ){0,60}";

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_a_page(text in TEXT) {
        properties::document("content/no/a.md", &text);
    }

    #[test]
    fn any_text_is_front_matter(text in TEXT) {
        properties::document("content/no/a.md", &format!("---\n{text}\n---\n# A\n"));
    }

    #[test]
    fn any_text_is_fixed(text in TEXT) {
        properties::fixes(&text);
        properties::fixes(&format!("# A\n\n[a](B.md) {text}\n\n[b](b.html)\n"));
    }

    #[test]
    fn any_text_is_a_file_of_settings(text in TEXT) {
        for path in ["locales/no.ftl", "locales/synonyms.no.yml", "translations/no.lock"] {
            properties::configuration(path, &text);
        }
    }

    #[test]
    fn any_text_is_a_toc(text in TEXT, inside in TEXT) {
        properties::document("content/no/toc.yml", &text);
        properties::document("content/no/toc.yml", &format!("- name: {inside}\n  href: {text}\n"));
    }

    #[test]
    fn any_text_is_a_landing_page(text in TEXT) {
        properties::document("content/no/index.yml", &format!("### YamlMime:Landing\n{text}"));
    }

    #[test]
    fn any_text_is_a_configuration(text in TEXT) {
        properties::configuration("hjelp.yml", &text);
        properties::configuration("docfx.json", &text);
        properties::configuration("docfx.json", &format!("{{ \"build\": {{ \"content\": [{{ \"files\": {text:?} }}] }} }}"));
    }

    #[test]
    fn any_text_is_a_map(text in TEXT) {
        properties::xrefmap(&format!("references:\n- uid: side\n  href: {text}\n"));
        properties::xrefmap(&text);
    }

    #[test]
    fn any_text_comes_back_from_translators(text in TEXT, inside in TEXT) {
        properties::xliff(&text);
        let escaped = inside.replace('&', "&amp;").replace('<', "&lt;").replace(|sign: char| sign < ' ', " ");
        let unit = format!("<unit id=\"u{text}\"><segment><source>A</source><target>{escaped}</target></segment></unit>");
        let file = format!("<file original=\"content/en/b.md\">{unit}</file>");
        properties::xliff(&format!("<xliff version=\"2.1\" srcLang=\"en\" trgLang=\"nb\">{file}</xliff>"));
    }

    #[test]
    fn any_pattern_is_matched_the_quick_way_as_the_exact_one(pattern in "[ab.*?/{},!\\[\\]\\\\å-]{0,12}", path in "[ab./å]{0,12}") {
        properties::glob(&format!("{pattern}\n{path}"));
    }
}
