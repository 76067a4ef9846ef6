//! The stem of a verbal noun -> the stem of its verb: *sletting* and *slette* are one word to a reader, and Snowball's rules leave them apart.
//! The lexicon is the site: a noun joins a verb only if the site has that verb, so that *avdeling* stays what it is.

/// One way to make a noun of a verb.
struct Ending {
    noun: &'static str,
    /// What takes its place.
    verb: &'static str,
    /// How many letters must be left: *men* is no verb of *mening*, but *vis* is the one of *visning*.
    least: usize,
}

const fn ending(noun: &'static str, verb: &'static str, least: usize) -> Ending {
    Ending { noun, verb, least }
}

/// In the order in which they are tried; the shorter noun first, because *tegning* is of *tegn-* and not of *teg-*.
const SCANDINAVIAN: &[Ending] = &[
    ending("ing", "", 4),
    ending("ning", "", 3),
    // Snowball takes *-ere* off Danish verbs: *opdatering* is of *opdat-*.
    ending("ering", "", 3),
    // Both spellings are in use: *oppfølgning* and *oppfølging*.
    ending("ning", "ing", 4),
];
const GERMAN: &[Ending] = &[ending("ung", "", 4)];
const DUTCH: &[Ending] = &[ending("ing", "", 4)];
// Snowball keeps *creation*, which has too little before its ending.
const ENGLISH: &[Ending] = &[ending("ion", "", 4)];

/// The stem that the folded stem `noun` joins, if `is_known`.
pub(super) fn verb(noun: &str, language: &str, is_known: impl Fn(&str) -> bool) -> Option<String> {
    let endings = match language {
        "norwegian" | "danish" | "swedish" => SCANDINAVIAN,
        "german" => GERMAN,
        "dutch" => DUTCH,
        "english" => ENGLISH,
        _ => return None,
    };
    for ending in endings {
        let Some(rest) = noun.strip_suffix(ending.noun) else {
            continue;
        };
        if rest.chars().count() < ending.least {
            continue;
        }
        let verb = format!("{rest}{}", ending.verb);
        if is_known(&verb) {
            return Some(verb);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_join_verbs_the_site_has() {
        for (noun, language, stems, joined) in [
            ("sletting", "norwegian", "slett lagr", Some("slett")),
            ("lagring", "norwegian", "slett lagr", Some("lagr")),
            ("visning", "norwegian", "vis", Some("vis")),
            ("tegning", "norwegian", "tegn teg", Some("tegn")),
            ("oppfolgning", "norwegian", "oppfolging", Some("oppfolging")),
            ("radering", "swedish", "rader", Some("rader")),
            ("losning", "danish", "los", Some("los")),
            ("opdatering", "danish", "opdat", Some("opdat")),
            ("loschung", "german", "losch", Some("losch")),
            ("creation", "english", "creat", Some("creat")),
            ("avdeling", "norwegian", "del", None),
            ("mening", "norwegian", "men", None),
            ("ring", "norwegian", "r", None),
            ("thing", "english", "th", None),
            ("sletting", "polish", "slett", None),
        ] {
            let is_known = |stem: &str| stems.split(' ').any(|known| known == stem);
            assert_eq!(verb(noun, language, is_known).as_deref(), joined, "{noun}");
        }
    }
}
