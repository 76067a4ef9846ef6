//! `--lang` and the environment -> the language of what is printed for people.

use std::env;

use crate::locale::problem_texts::MessageLanguage;

/// The variables of the environment, the first one that names a language counts: the program's own, then those of POSIX in their order
/// ("Environment Variables", 8.2).
const VARIABLES: [&str; 4] = ["HJELP_LANG", "LC_ALL", "LC_MESSAGES", "LANG"];

/// The language that was asked for, else that of the environment, else English.
pub(super) fn chosen(asked: Option<&str>) -> MessageLanguage {
    let mut tags: Vec<String> = asked.map(str::to_owned).into_iter().collect();
    for name in VARIABLES {
        tags.extend(env::var(name));
    }
    first_of(&tags)
}

fn first_of(tags: &[String]) -> MessageLanguage {
    for tag in tags {
        // An empty variable counts as not set, and `C` names no language.
        if let Some(language) = MessageLanguage::from_tag(tag.trim()) {
            return language;
        }
    }
    MessageLanguage::English
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_that_names_a_language_counts() {
        let first = |tags: &[&str]| {
            let tags: Vec<String> = tags.iter().map(|tag| tag.to_string()).collect();
            first_of(&tags)
        };
        assert_eq!(first(&["no", "en_GB.UTF-8"]), MessageLanguage::Bokmal);
        assert_eq!(first(&["en", "nb_NO.UTF-8"]), MessageLanguage::English);
        assert_eq!(first(&["", "C.UTF-8", "nb_NO"]), MessageLanguage::Bokmal);
        assert_eq!(first(&["C"]), MessageLanguage::English);
        assert_eq!(first(&[]), MessageLanguage::English);
    }
}
