//! Numbers that people write as words -> those words, in the languages of the interface and their neighbours.

/// Numbers of two and more digits with the words for them. Words of three letters must be whole words; longer ones may begin a compound.
const WORDS: [(&str, &[&str]); 18] = [
    (
        "10",
        &[
            "ten", "ti", "tio", "zehn", "tien", "dix", "diez", "dieci", "dez", "kymmenen",
        ],
    ),
    (
        "11",
        &["eleven", "elleve", "elva", "elf", "onze", "once", "undici"],
    ),
    (
        "12",
        &[
            "twelve", "tolv", "zwölf", "twaalf", "douze", "doce", "dodici", "dozen", "dusin",
        ],
    ),
    (
        "13",
        &["thirteen", "tretten", "tretton", "dreizehn", "dertien"],
    ),
    (
        "14",
        &["fourteen", "fjorten", "fjorton", "vierzehn", "veertien"],
    ),
    (
        "15",
        &["fifteen", "femten", "femton", "fünfzehn", "vijftien"],
    ),
    (
        "16",
        &["sixteen", "seksten", "sexton", "sechzehn", "zestien"],
    ),
    (
        "18",
        &["eighteen", "atten", "arton", "achtzehn", "achttien"],
    ),
    (
        "20",
        &[
            "twenty", "tjue", "tyve", "tjugo", "zwanzig", "twintig", "vingt", "veinte", "venti",
        ],
    ),
    // What 24 hours are called in the Nordic languages.
    ("24", &["døgn", "dygnet"]),
    (
        "30",
        &[
            "thirty", "tretti", "tredve", "trettio", "dreißig", "dertig", "trente", "treinta",
        ],
    ),
    (
        "40",
        &[
            "forty", "førti", "fyrre", "fyrtio", "vierzig", "veertig", "quarante",
        ],
    ),
    (
        "50",
        &[
            "fifty",
            "femti",
            "halvtreds",
            "femtio",
            "fünfzig",
            "vijftig",
            "cinquante",
        ],
    ),
    (
        "60",
        &[
            "sixty", "seksti", "tres", "sextio", "sechzig", "zestig", "soixante",
        ],
    ),
    (
        "90",
        &[
            "ninety", "nitti", "halvfems", "nittio", "neunzig", "negentig",
        ],
    ),
    (
        "100",
        &[
            "hundred", "hundre", "hundra", "hundert", "honderd", "cent", "cien", "cento",
        ],
    ),
    ("365", &["year", "år", "jahr", "jaar"]),
    (
        "1000",
        &[
            "thousand", "tusen", "tusind", "tausend", "duizend", "mille", "tuhat",
        ],
    ),
];

/// The longest word that must be whole, in bytes.
const WHOLE_WORD: usize = 4;

/// True if a text has a word for a number of two or more digits.
pub(super) fn is_written_out(number: &str, text: &str) -> bool {
    let Some((_, names)) = WORDS.iter().find(|(digits, _)| *digits == number) else {
        return false;
    };
    let text = text.to_lowercase();
    for word in text.split(|char: char| !char.is_alphabetic()) {
        for name in *names {
            if word == *name || name.len() > WHOLE_WORD && word.starts_with(name) {
                return true;
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_as_words() {
        for (number, text, expected) in [
            ("10", "ti stykker", true),
            ("10", "tid", false),
            ("10", "Zehn Stück", true),
            ("12", "Den bruker tolv minutter.", true),
            ("100", "hundrevis", true),
            ("30", "10", false),
            ("37", "trettisju", false),
        ] {
            assert_eq!(is_written_out(number, text), expected, "{number} {text}");
        }
    }
}
