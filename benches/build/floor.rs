//! The baseline of every figure: what any generator must at least do with these files, and nothing else. It reads each Markdown file that
//! is not a fragment, cuts the front matter, renders the rest with pulldown-cmark, puts a constant frame of 6 kB around it and writes one
//! file, on all cores. No links, no navigation, no templates, no includes, no pictures: not a generator.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use pulldown_cmark::{Options, Parser, html};
use rayon::prelude::*;

/// Writes a page into `out` for every Markdown file below `root` that lies in no folder called `includes`.
pub fn build(root: &Path, out: &Path) -> io::Result<usize> {
    let pages = pages(root);
    let folders: BTreeSet<&Path> = pages.iter().filter_map(|page| page.parent()).collect();
    for folder in folders {
        fs::create_dir_all(out.join(folder))?;
    }
    let (head, foot) = frame();
    pages.par_iter().with_max_len(16).try_for_each(|page| {
        write(
            &root.join(page),
            &out.join(page).with_extension("html"),
            &head,
            &foot,
        )
    })?;
    Ok(pages.len())
}

fn pages(root: &Path) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(root).into_iter();
    let entries = entries
        .filter_entry(|entry| !(entry.file_type().is_dir() && entry.file_name() == "includes"))
        .flatten();
    let files = entries.filter(|entry| {
        entry.file_type().is_file() && entry.path().extension().is_some_and(|kind| kind == "md")
    });
    files
        .filter_map(|entry| entry.path().strip_prefix(root).ok().map(Path::to_path_buf))
        .collect()
}

thread_local! {
    /// What was read, and the page that is being made: as large as the largest page, and never given back.
    static ROOM: RefCell<(Vec<u8>, String)> = const { RefCell::new((Vec::new(), String::new())) };
}

fn write(from: &Path, to: &Path, head: &str, foot: &str) -> io::Result<()> {
    ROOM.with_borrow_mut(|(bytes, page)| {
        bytes.clear();
        fs::File::open(from)?.read_to_end(bytes)?;
        let text = String::from_utf8_lossy(bytes);
        page.clear();
        page.push_str(head);
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_FOOTNOTES;
        html::push_html(page, Parser::new_ext(body(&text), options));
        page.push_str(foot);
        fs::write(to, page.as_bytes())
    })
}

/// The text behind the front matter.
fn body(text: &str) -> &str {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let Some(inside) = text
        .strip_prefix("---\n")
        .or_else(|| text.strip_prefix("---\r\n"))
    else {
        return text;
    };
    let Some(end) = inside.find("\n---") else {
        return text;
    };
    inside[end + 4..].trim_start_matches(['-', ' ', '\r', '\n'])
}

/// What stands around a text: 6 kB, as much as a frame with a small navigation.
fn frame() -> (String, String) {
    let mut head =
        "<!doctype html>\n<html lang=\"no\">\n<head>\n<meta charset=\"utf-8\">\n<title>Side</title>\n</head>\n<body>\n<nav>\n<ul>\n"
            .to_owned();
    for number in 0.. {
        if head.len() > 5900 {
            break;
        }
        head.push_str(&format!(
            "<li><a href=\"/no/emne-{number}/index.html\">Emne nummer {number} i hjelpen</a></li>\n"
        ));
    }
    head.push_str("</ul>\n</nav>\n<main>\n");
    (head, "\n</main>\n</body>\n</html>\n".to_owned())
}
