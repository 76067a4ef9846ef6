//! Configuration -> the Markdown dialect of a site, and what is wrong with the extensions the configuration asks for.

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};
use crate::message;
use crate::syntax::Dialect;
use crate::syntax::dialect::Feature;

/// The dialect that the Markdown of a site is read with. An extension that is not supported is reported, and its syntax stays text.
pub fn dialect(config: &Config) -> (Dialect, Vec<Diagnostic>) {
    let mut dialect = Dialect::DOCFX;
    if config.day_first_dates {
        dialect = dialect.with(Feature::DayFirstDates);
    }
    // Markdig shows the backslash, which is no part of what readers have to copy. The markup of DocFX is that of its pages, byte for byte.
    if !config.markdown.docfx_markup {
        dialect = dialect.with(Feature::CodePipes);
    }
    let mut problems = Vec::new();
    for extension in &config.markdown.extensions {
        let words: Vec<&str> = extension.words.iter().map(String::as_str).collect();
        // A site with an extension that only DocFX has still builds.
        match dialect.extended(&extension.name, &words) {
            Some(extended) => dialect = extended,
            None => {
                let message = message!(
                    "the Markdown extension `{name}` is not supported",
                    name = extension.name
                );
                problems.push(
                    Diagnostic::new(
                        Code::UnsupportedExtension,
                        &extension.file,
                        extension.span,
                        message,
                    )
                    .help("Its syntax is shown as it was typed."),
                );
            }
        }
    }
    (dialect, problems)
}
