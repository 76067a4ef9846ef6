//! A language -> its quotation marks. Doesn't know which quotes are where.

/// Opening and closing double marks, then single ones, of the language with this BCP 47 tag (CLDR, delimiters); English ones if it
/// isn't known here.
pub fn quotation_marks(tag: &str) -> [&'static str; 4] {
    let language = tag.split('-').next().unwrap_or(tag).to_ascii_lowercase();
    match language.as_str() {
        "no" | "nb" | "nn" => ["«", "»", "‘", "’"],
        "sv" | "fi" => ["”", "”", "’", "’"],
        "da" | "is" | "cs" | "sk" | "sl" | "de" | "bg" | "et" | "lt" => ["„", "“", "‚", "‘"],
        "fr" | "it" | "es" | "pt" | "el" | "ru" | "uk" => ["«", "»", "“", "”"],
        "pl" | "hu" | "ro" => ["„", "”", "‚", "’"],
        _ => ["“", "”", "‘", "’"],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn norwegian_in_all_its_names_quotes_alike() {
        assert!(
            ["no", "nb", "nn", "nb-NO", "NN"]
                .iter()
                .all(|tag| quotation_marks(tag)[..2] == ["«", "»"])
        );
        assert_eq!(quotation_marks("en-GB"), ["“", "”", "‘", "’"]);
        assert_eq!(quotation_marks("de")[..2], ["„", "“"]);
    }
}
