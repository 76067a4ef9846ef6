//! Decides from its path whether a file is text that the site reads, or an asset that it only copies. Never opens a file.

use crate::source::SitePath;
use crate::translation::lock_file::LOCK_FOLDER;

/// True for the name of a file or folder that is no content unless a pattern names it.
pub(crate) fn is_hidden_name(name: &[u8]) -> bool {
    // Learn's repositories state their language and their redirections there.
    let is_of_publishing_service = name == b".openpublishing.publish.config.json"
        || name.starts_with(b".openpublishing.redirection") && name.ends_with(b".json");
    name.starts_with(b".") && !is_of_publishing_service
}

/// What a file is, according to its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileKind {
    /// Content: always read as text.
    Content,
    /// Something a page can quote (`[!code[](a.cs)]`): read unless it is large or binary.
    Quotable,
    /// A file whose name doesn't say what it is (`Dockerfile`, `glow.hlsl`): read if it is small and no binary file, as a page may quote it.
    Unknown,
    /// Images, archives and so on: only path and length are read.
    Asset,
}

impl FileKind {
    /// The length in bytes up to which a file of this kind is read; `None` if its length doesn't matter.
    pub(crate) fn quotable_limit(self) -> Option<u64> {
        match self {
            FileKind::Quotable => Some(QUOTABLE_LIMIT),
            FileKind::Unknown => Some(UNKNOWN_LIMIT),
            FileKind::Content | FileKind::Asset => None,
        }
    }
}

/// Larger quotable files are assets: no page quotes them, and they would only use memory.
const QUOTABLE_LIMIT: u64 = 8 << 20;

/// The same for files whose names say nothing. Code that someone types is shorter.
const UNKNOWN_LIMIT: u64 = 256 << 10;

/// Longer texts are not read. No page is that long, and the tree of a text takes many times its length.
pub(crate) const CONTENT_LIMIT: u64 = 32 << 20;

const CONTENT: &[&str] = &["md", "yml", "yaml", "ftl"];

/// In alphabetical order.
#[rustfmt::skip]
const QUOTABLE: &[&str] = &[
    "ascx", "ashx", "asp", "aspx", "bas", "bash", "bat", "bicep", "c", "cc", "cfg", "cmd", "conf", "config", "cpp", "crmscript", "cs",
    "cshtml", "csproj", "css", "csv", "cxx", "dart", "diff", "ejscript", "fs", "fsx", "go", "gql", "gradle", "graphql", "groovy", "h",
    "hpp", "htm", "html", "http", "ini", "ipynb", "java", "js", "json", "jsx", "kt", "kts", "less", "log", "lua", "m", "master",
    "mermaid", "mjs", "mmd", "patch", "php", "pl", "properties", "props", "proto", "ps1", "psd1", "psm1", "py", "r", "razor", "rb", "rs",
    "sass", "scala", "scss", "sh", "sql", "svelte", "swift", "targets", "tf", "toml", "ts", "tsv", "tsx", "txt", "vb", "vbs", "vue",
    "wsdl", "xaml", "xhtml", "xml", "xsd", "xsl", "xslt",
];

/// What no page quotes, in alphabetical order.
#[rustfmt::skip]
const BINARY: &[&str] = &[
    "7z", "ai", "apng", "avi", "avif", "bin", "bmp", "cab", "class", "cur", "dat", "db", "dll", "dmg", "doc", "docx", "dylib", "eot", "eps",
    "exe", "flac", "gif", "gz", "heic", "ico", "iso", "jar", "jfif", "jpeg", "jpg", "lib", "lock", "m4a", "m4v", "map", "mov", "mp3", "mp4", "msi",
    "nupkg", "o", "obj", "odp", "ods", "odt", "ogg", "ogv", "otf", "pdb", "pdf", "pickle", "png", "ppt", "pptx", "psd", "pyc", "rar", "so",
    "sqlite", "svg", "swf", "tar", "tgz", "tif", "tiff", "ttf", "vsd", "vsdx", "vsix", "wasm", "wav", "webm", "webp", "wmv", "woff", "woff2",
    "xls", "xlsx", "xz", "zip",
];

/// What the file at `path` is, according to its name.
pub(crate) fn file_kind(path: &SitePath) -> FileKind {
    let extension = path.extension().to_ascii_lowercase();
    let extension = extension.as_str();
    // Templates insert the icons of a theme into pages.
    let themed = extension == "svg" && path.segments().next() == Some("templates");
    // Other `.lock` files, like Cargo's, are nothing a site reads.
    let lock = extension == "lock" && path.segments().next() == Some(LOCK_FOLDER);
    if lock || CONTENT.contains(&extension) {
        FileKind::Content
    } else if themed || QUOTABLE.binary_search(&extension).is_ok() {
        FileKind::Quotable
    } else if BINARY.binary_search(&extension).is_ok() {
        FileKind::Asset
    } else {
        FileKind::Unknown
    }
}

/// True if `bytes` can't be text, because there is a NUL in them.
pub(crate) fn is_binary(bytes: &[u8]) -> bool {
    // UTF-16 has a zero in almost every character, but begins with a byte order mark.
    !matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]) && bytes.contains(&0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_names_decide() {
        assert!(QUOTABLE.is_sorted() && BINARY.is_sorted());
        for (path, expected) in [
            ("a/b.MD", FileKind::Content),
            ("toc.yml", FileKind::Content),
            ("a.CS", FileKind::Quotable),
            ("media/a.svg", FileKind::Asset),
            ("templates/icons/a.svg", FileKind::Quotable),
            ("translations/no.lock", FileKind::Content),
            ("a/Cargo.lock", FileKind::Asset),
            ("LICENSE", FileKind::Unknown),
            (".md", FileKind::Unknown),
            ("glow.hlsl", FileKind::Unknown),
            ("a.PNG", FileKind::Asset),
        ] {
            assert_eq!(file_kind(&SitePath::new(path).unwrap()), expected, "{path}");
        }
        assert!(is_binary(b"a\0b") && !is_binary(b"\xFF\xFEa\0") && !is_binary("å".as_bytes()));
    }
}
