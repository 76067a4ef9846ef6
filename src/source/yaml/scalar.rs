//! Text -> a scalar of YAML, with quotes only where YAML needs them.

/// True for a character that begins a plain scalar and nothing else: all indicators of YAML 1.2, section 5.3, are left out, and rather too many.
fn is_plain_start(char: char) -> bool {
    char.is_alphanumeric() || "(«“./".contains(char)
}

/// A text as a YAML scalar, with quotes only where YAML needs them.
pub fn scalar(text: &str) -> String {
    let begins = text.starts_with(is_plain_start);
    let ends = !text.ends_with([':', ' ']);
    // `: ` would end a key, and ` #` would begin a comment (YAML 1.2.2, 7.3.3).
    let inside =
        !text.contains(": ") && !text.contains(" #") && !text.chars().any(char::is_control);
    // In YAML 1.1, which other tools read, `no` is false, also as a language.
    let word = matches!(
        text.to_ascii_lowercase().as_str(),
        "true" | "false" | "yes" | "no" | "on" | "off" | "null" | "y" | "n"
    );
    // Other tools would read the version `12.10` as the number 12.1.
    let number = text.parse::<f64>().is_ok();
    if begins && ends && inside && !word && !number {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "''"))
}
