//! One line of Markdown as MkDocs reads it -> the same line for hjelp: keys, marks, icons, lists of attributes. Code in the line stays as it is.

use super::settings::Settings;

/// What hjelp has nothing for.
pub(super) const ICONS: &str = "icons (`:material-...:`)";
pub(super) const ATTRIBUTES: &str = "lists of attributes (`{ ... }`)";

/// Sets of icons; other names between colons are emoji, which hjelp shows.
const ICON_SETS: [&str; 4] = ["material-", "octicons-", "fontawesome-", "simple-"];

pub(super) struct InlineConverter<'a> {
    pub settings: &'a Settings,
    /// What was left out.
    pub losses: Vec<&'static str>,
}

impl InlineConverter<'_> {
    /// A line without its indentation.
    pub(super) fn line(&mut self, line: &str) -> String {
        // First, because the list of a heading would be taken for one of its last link.
        let line = self.heading(line);
        let mut out = String::new();
        let mut rest = &*line;
        while let Some(start) = rest.find('`') {
            let ticks = rest[start..].len() - rest[start..].trim_start_matches('`').len();
            let fence = &rest[start..start + ticks];
            let inside = start + ticks;
            // Ticks without an end are text (CommonMark 6.1), and so is what follows.
            let Some(end) = closing(&rest[inside..], fence) else {
                break;
            };
            out.push_str(&self.text(&rest[..start]));
            out.push_str(&rest[start..inside + end + ticks]);
            rest = &rest[inside + end + ticks..];
        }
        out.push_str(&self.text(rest));
        out
    }

    /// `## Title {#id}` -> `## <a id="id"></a>Title`
    fn heading(&mut self, line: &str) -> String {
        let marks = line.len() - line.trim_start_matches('#').len();
        let is_heading = (1..=6).contains(&marks) && line[marks..].starts_with(' ');
        if !is_heading || !line.trim_end().ends_with('}') {
            return line.to_owned();
        }
        let Some((title, list)) = line[marks..].trim().rsplit_once('{') else {
            return line.to_owned();
        };
        let names = list.trim_end_matches('}').trim_start_matches(':');
        let mut id = None;
        for name in names.split_whitespace() {
            match name.strip_prefix('#') {
                Some(name) => id = Some(name),
                None => self.losses.push(ATTRIBUTES),
            }
        }
        let hashes = &line[..marks];
        match id {
            // Python-Markdown takes any sign for an id; these would end the attribute.
            Some(id) if !id.contains(['"', '<', '>', '&']) => {
                format!("{hashes} <a id=\"{id}\"></a>{}", title.trim_end())
            }
            _ => format!("{hashes} {}", title.trim_end()),
        }
    }

    fn text(&mut self, text: &str) -> String {
        let mut text = self.without_attributes(text);
        text = self.without_icons(&text);
        text = keys(&text);
        if self.settings.marks {
            text = paired(&text, "==", "mark");
        }
        if self.settings.insertions {
            text = paired(&text, "^^", "ins");
        }
        // MkDocs publishes the `README.md` of a folder as its index page.
        // Where the file is called `index.md` now; a link to another `README.md` is reported by `check`.
        text.replace("](README.md", "](index.md")
            .replace("/README.md", "/index.md")
    }

    /// `[x](y){ .button target=_blank }` -> `[x](y)`
    fn without_attributes(&mut self, text: &str) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some(at) = rest.find('{') {
            let before = rest[..at].trim_end_matches(' ');
            let list = &rest[at + 1..];
            let end = list.find('}').unwrap_or(list.len());
            let inside = list[..end].trim_start_matches(':').trim();
            let is_list = end < list.len()
                // Behind a word, braces are text, such as a placeholder.
                && (before.ends_with([')', ']', '*', '_']) || before.is_empty() && at == 0)
                && !inside.is_empty()
                && inside.split_whitespace().all(is_attribute);
            if !is_list {
                out.push_str(&rest[..at + 1]);
                rest = list;
                continue;
            }
            self.losses.push(ATTRIBUTES);
            out.push_str(before);
            rest = &list[end + 1..];
        }
        out.push_str(rest);
        out
    }

    fn without_icons(&mut self, text: &str) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some(at) = rest.find(':') {
            let name = &rest[at + 1..];
            let end = name
                .find(|char: char| !(char.is_ascii_alphanumeric() || matches!(char, '-' | '_')))
                .unwrap_or(name.len());
            let is_icon = name[end..].starts_with(':')
                && ICON_SETS.iter().any(|set| name[..end].starts_with(set));
            if !is_icon {
                out.push_str(&rest[..at + 1]);
                rest = name;
                continue;
            }
            self.losses.push(ICONS);
            out.push_str(&rest[..at]);
            rest = &name[end + 1..];
            // The blank after the icon went with it, unless it stood between two words.
            if out.is_empty() || out.ends_with([' ', '[', '(']) {
                rest = rest.strip_prefix(' ').unwrap_or(rest);
            }
        }
        out.push_str(rest);
        out
    }
}

/// Where the code that `fence` opened ends.
fn closing(text: &str, fence: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(found) = text[from..].find('`') {
        let at = from + found;
        let run = text[at..].len() - text[at..].trim_start_matches('`').len();
        if run == fence.len() {
            return Some(at);
        }
        from = at + run;
    }
    None
}

/// `.class`, `#id`, `key=value`, `key="value"`
fn is_attribute(word: &str) -> bool {
    word.starts_with(['.', '#']) && word.len() > 1 || word.contains('=') || word == "download"
}

/// `++ctrl+alt+del++` -> `<kbd>Ctrl</kbd>+<kbd>Alt</kbd>+<kbd>Del</kbd>`
fn keys(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find("++") {
        let inside = &rest[start + 2..];
        let keys = inside.find("++").map(|end| &inside[..end]);
        let Some(keys) = keys.filter(|keys| is_keys(keys)) else {
            out.push_str(&rest[..start + 2]);
            rest = inside;
            continue;
        };
        out.push_str(&rest[..start]);
        let mut written = Vec::new();
        for key in keys.split('+') {
            written.push(format!("<kbd>{}</kbd>", capitalized(key)));
        }
        out.push_str(&written.join("+"));
        rest = &inside[keys.len() + 2..];
    }
    out.push_str(rest);
    out
}

fn is_keys(keys: &str) -> bool {
    keys.split('+').all(|key| {
        !key.is_empty()
            && key
                .chars()
                .all(|char| char.is_alphanumeric() || matches!(char, '-' | '_'))
    })
}

/// `page-up` -> `Page up`: the words of a name in which they are joined.
pub(super) fn capitalized(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => words,
    }
}

/// `==x==` -> `<mark>x</mark>`
fn paired(text: &str, sign: &str, tag: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(sign) {
        let inside = &rest[start + sign.len()..];
        let end = inside.find(sign).filter(|end| {
            let words = &inside[..*end];
            !words.is_empty() && words.trim() == words
        });
        let Some(end) = end else {
            out.push_str(&rest[..start + sign.len()]);
            rest = inside;
            continue;
        };
        out.push_str(&rest[..start]);
        out.push_str(&format!("<{tag}>{}</{tag}>", &inside[..end]));
        rest = &inside[end + sign.len()..];
    }
    out.push_str(rest);
    out
}
