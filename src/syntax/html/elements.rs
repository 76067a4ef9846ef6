//! Facts about HTML elements by name. Names are compared in lower case, as the tokenizer gives them.

/// Elements that have neither content nor an end tag (HTML standard, 13.1.2).
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// True for an element that has neither content nor an end tag, so that a `/` before its `>` means nothing.
pub fn is_void(name: &str) -> bool {
    // A list of fourteen short names is searched faster than a map is hashed.
    VOID.contains(&name)
}
