//! A language -> its first pages: a start page, a table of contents, and an article with an include and a picture. Knows no words itself: they are
//! in `words.rs`.

use crate::refactor::new::{NewFile, heading_text};
use crate::source::yaml::scalar::scalar;

use super::picture;
use super::plan::new_file;
use super::words::{Words, words_of};

const SCHEMA: &str = "# yaml-language-server: $schema=../../.hjelp/schemas/toc.json\n";

/// The first pages in the folder `language` below `content`. In a language without words here, only a start page: a text in another language
/// would be worse than none.
pub(super) fn pages(language: &str, title: &str) -> Vec<NewFile> {
    let folder = format!("content/{language}");
    let heading = heading_text(title);
    let Some(words) = words_of(language) else {
        let toc = format!("{SCHEMA}- name: {}\n  href: index.md\n", scalar(title));
        return vec![
            new_file(&format!("{folder}/index.md"), format!("# {heading}\n")),
            new_file(&format!("{folder}/toc.yml"), toc),
        ];
    };
    let Words {
        home,
        welcome,
        article,
        picture,
        from,
        to,
        include,
        tip,
        ..
    } = words;
    let index = format!("# {heading}\n\n{welcome}\n\n* [{article}](first-steps.md)\n");
    let toc = format!(
        "{SCHEMA}- name: {home}\n  href: index.md\n- name: {article}\n  href: first-steps.md\n"
    );
    let mut text = format!("# {article}\n\n{}\n\n", words.intro);
    for (number, step) in words.steps.iter().enumerate() {
        text.push_str(&format!(
            "{}. {}\n",
            number + 1,
            step.replace("@FOLDER@", language)
        ));
    }
    text.push_str(&format!(
        "\n![{picture}](media/save-and-see.svg)\n\n[!include[{include}](includes/more-help.md)]\n"
    ));
    vec![
        new_file(&format!("{folder}/index.md"), index),
        new_file(&format!("{folder}/toc.yml"), toc),
        new_file(&format!("{folder}/first-steps.md"), text),
        new_file(
            &format!("{folder}/includes/more-help.md"),
            format!("> [!TIP]\n> {tip}\n"),
        ),
        new_file(
            &format!("{folder}/media/save-and-see.svg"),
            picture::svg(from, to),
        ),
    ]
}
