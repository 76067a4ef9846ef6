//! Turns the values of single keys of `hjelp.yml` into what a [`super::Config`] holds. Doesn't know where they come from.

use super::locales;
use super::reader::{ConfigReader, nearest};
use super::{FallbackMode, FallbackRule, LocalizedText, ThemeOptions};
use crate::diagnostic::Code;
use crate::locale::Locales;
use crate::source::yaml::{YamlNode, YamlValue};
use crate::source::{SitePath, Sources};

/// One text for all languages, or one for each.
pub(super) fn titles(
    reader: &mut ConfigReader,
    node: &YamlNode,
    what: &str,
    locales: &Locales,
) -> LocalizedText {
    let YamlValue::Map(entries) = &node.value else {
        let text = reader.text(node, what, "Help").map(str::to_owned);
        return LocalizedText(vec![text; locales.len()]);
    };
    let folders = locales::folders(locales);
    let mut own = vec![None; locales.len()];
    for entry in entries {
        let locale = locales::find(reader, &folders, (&entry.key, entry.key_span));
        if let (Some(locale), Some(text)) = (locale, reader.text(&entry.value, what, "Help")) {
            own[locale.index()] = Some(text.to_owned());
        }
    }
    LocalizedText(
        locales
            .ids()
            .map(|id| {
                locales
                    .fallback_chain(id)
                    .into_iter()
                    .find_map(|id| own[id.index()].clone())
            })
            .collect(),
    )
}

/// What stands in for which missing pages.
pub(super) fn fallback(reader: &mut ConfigReader, node: &YamlNode) -> Vec<FallbackRule> {
    if !matches!(node.value, YamlValue::List(_)) {
        reader.misshapen(
            node,
            "`fallback`",
            "a list",
            "- {path: release-notes/**, show: link}",
        );
    }
    let mut rules = Vec::new();
    for item in node.items() {
        let [path, show] = reader.table(item, "`fallback`", ["path", "show"]);
        let (Some(path), Some(show)) = (path, show) else {
            reader.error(
                Code::MissingKey,
                item.span,
                "this entry needs `path` and `show`",
                "Write for example `{path: release-notes/**, show: link}`.",
            );
            continue;
        };
        let files = reader.globs(path, "`path`");
        let show = reader.choice(
            show,
            "`show`",
            [
                ("page", FallbackMode::Page),
                ("link", FallbackMode::Link),
                ("nothing", FallbackMode::Nothing),
            ],
        );
        rules.extend(show.map(|show| FallbackRule { files, show }));
    }
    rules
}

/// What of the theme is chosen.
pub(super) fn theme(
    reader: &mut ConfigReader,
    node: &YamlNode,
    sources: &Sources,
    locales: &Locales,
) -> ThemeOptions {
    let keys = ["accent", "logo", "footer", "mermaid", "feedback", "print"];
    let [accent, logo, footer, mermaid, feedback, print] = reader.table(node, "`theme`", keys);
    let accent = accent.and_then(|node| {
        let text = reader.text(node, "`accent`", "'#0a5'")?;
        // It ends up in a style sheet, where it must not end anything.
        let colour = text
            .chars()
            .all(|char| char.is_ascii_alphanumeric() || "#(),.%/- ".contains(char));
        if !colour {
            reader.error(
                Code::UnexpectedValue,
                node.span,
                format!("`{text}` is no colour"),
                "Write it as CSS does, like `'#0a5'` or `teal`.",
            );
        }
        colour.then(|| text.to_owned())
    });
    let logo = logo.and_then(|node| {
        file(
            reader,
            node,
            sources,
            ["`logo`", "content/logo.svg", "a picture"],
        )
    });
    let mermaid = mermaid.and_then(|node| {
        file(
            reader,
            node,
            sources,
            ["`mermaid`", "content/mermaid.min.js", "the script"],
        )
    });
    let feedback = feedback.and_then(|node| {
        reader
            .text(
                node,
                "`feedback`",
                "https://example.com/feedback?page={url}",
            )
            .map(str::to_owned)
    });
    let footer = footer
        .map(|node| titles(reader, node, "`footer`", locales))
        .unwrap_or_default();
    let print = print
        .and_then(|node| reader.choice(node, "`print`", [("true", true), ("false", false)]))
        .unwrap_or(false);
    ThemeOptions {
        accent,
        logo,
        footer,
        mermaid,
        feedback,
        print,
    }
}

/// A file of the site that the theme shows or runs.
fn file(
    reader: &mut ConfigReader,
    node: &YamlNode,
    sources: &Sources,
    [key, example, what]: [&str; 3],
) -> Option<SitePath> {
    let path = reader.path(node, key, example)?;
    if sources.contains(path.as_str()) {
        return Some(path);
    }
    let near = nearest(path.as_str(), sources.assets().keys().map(SitePath::as_str));
    let help = near.map_or(
        format!("Name {what} by its path from the root of the site."),
        |path| format!("Did you mean `{path}`?"),
    );
    reader.warning(
        Code::MissingFile,
        node.span,
        format!("there is no file `{path}`"),
        help,
    );
    None
}

/// Where the site is written to.
pub(super) fn output(reader: &mut ConfigReader, node: &YamlNode) -> Option<SitePath> {
    let path = reader.path(node, "`output`", "_site")?;
    if path.is_root() {
        reader.error(
            Code::UnexpectedValue,
            node.span,
            "the site cannot be written among its own sources",
            "Name a folder, like `_site`.",
        );
        return None;
    }
    Some(path)
}

/// The address of a page's source, with a hole for its path.
pub(super) fn edit_url(reader: &mut ConfigReader, node: &YamlNode) -> Option<String> {
    let example = "https://github.com/owner/repository/edit/main/{path}";
    let text = reader.text(node, "`edit-url`", example)?;
    if !text.contains("{path}") {
        reader.error(
            Code::UnexpectedValue,
            node.span,
            "`edit-url` does not say where the path goes",
            format!("Write `{{path}}` for it: `{example}`."),
        );
    }
    Some(text.to_owned())
}

/// How addresses begin that are left alone when others are asked whether anything is there.
pub(super) fn ignored_urls(reader: &mut ConfigReader, node: &YamlNode) -> Vec<String> {
    let [ignore] = reader.table(node, "`external`", ["ignore"]);
    let texts = ignore
        .map(|node| reader.texts(node, "`ignore`", "https://intranet.example.com/"))
        .unwrap_or_default();
    texts.into_iter().map(|(text, _)| text.to_owned()).collect()
}
