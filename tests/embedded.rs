//! A file added to `templates` or `locales` but not to the program would be missing from the installed program.

#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

use std::path::Path;

/// What belongs to the demonstration, as an example of a site's own.
const OF_THE_DEMONSTRATION: &[&str] = &["templates/highlight/crmscript.yml"];

#[test]
fn every_template_and_text_is_part_of_the_program() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let list = std::fs::read_to_string(root.join("src/render/theme/embedded.rs")).unwrap();
    let mut folders = vec!["templates".to_owned(), "locales".to_owned()];
    let mut missing = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(root.join(&folder)).unwrap() {
            let entry = entry.unwrap();
            let path = format!("{folder}/{}", entry.file_name().to_str().unwrap());
            // `locale` embeds the messages of problems, which no site replaces.
            if path == "locales/problems" {
                continue;
            }
            if entry.file_type().unwrap().is_dir() {
                folders.push(path);
            } else if !OF_THE_DEMONSTRATION.contains(&path.as_str())
                && !list.contains(&format!("text!(\"{path}\")"))
            {
                missing.push(path);
            }
        }
    }
    assert!(
        missing.is_empty(),
        "not in src/render/theme/embedded.rs: {missing:?}"
    );
}
