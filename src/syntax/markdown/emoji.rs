//! `:smile:` and `:)` -> emoji: the 1,603 names and 65 smileys that Markdig knows, which are those of GitHub as of Emoji 5.0 with a few older ones.
//! What may be before a name is decided in `text`.

use emojis::EmojiVersion;

/// No shortcode is longer.
const LONGEST_SHORTCODE: usize = 40;

/// Names whose emoji are newer than the rest of Markdig's.
const NEWER: [&str; 4] = [
    "chess_pawn",
    "infinity",
    "people_holding_hands",
    "pirate_flag",
];

/// Names of old emoji that Markdig doesn't have: second names, mostly.
const UNKNOWN: [&str; 18] = [
    "basketball_man",
    "basketball_woman",
    "blonde_woman",
    "england",
    "european_union",
    "fu",
    "lady_beetle",
    "mandarin",
    "ng_man",
    "ng_woman",
    "orange",
    "person_in_tuxedo",
    "person_with_veil",
    "pout",
    "sassy_man",
    "sassy_woman",
    "scotland",
    "wales",
];

/// Names with another emoji than GitHub gives them today, and those that GitHub doesn't have.
const OWN: [(&str, &str); 16] = [
    ("beetle", "🐞"),
    ("bride_with_veil", "👰"),
    ("custom_arrow_left", "←"),
    ("custom_arrow_left_right", "↔"),
    ("custom_arrow_left_right_strong", "⇔"),
    ("custom_arrow_left_strong", "⇐"),
    ("custom_arrow_right", "→"),
    ("custom_arrow_right_strong", "⇒"),
    ("email", "✉️"),
    ("guardsman", "💂"),
    ("man_in_tuxedo", "🤵"),
    ("man_with_turban", "👳"),
    ("ok_woman", "🙆"),
    ("person_frowning", "🙍"),
    ("person_with_blond_hair", "👱"),
    ("person_with_pouting_face", "🙎"),
];

/// Each emoji with the smileys that are typed for it.
const SMILEYS: [(&str, &[&str]); 27] = [
    ("😠", &[">:(", ">:-("]),
    ("😊", &[":\")", ":-\")"]),
    ("💔", &["</3", "<\\3"]),
    ("😕", &[":/", ":-/"]),
    ("😢", &[":'(", ":'-(", ":,(", ":,-("]),
    ("😦", &[":(", ":-("]),
    ("❤️", &["<3"]),
    ("👿", &["]:(", "]:-("]),
    ("😇", &["o:)", "O:)", "o:-)", "O:-)", "0:)", "0:-)"]),
    (
        "😂",
        &[":')", ":'-)", ":,)", ":,-)", ":'D", ":'-D", ":,D", ":,-D"],
    ),
    // The space belongs to these.
    ("😗", &[":*", ":-* "]),
    ("😆", &["x-)", "X-) "]),
    ("😐", &[":|", ":-| "]),
    ("😮", &[":o", ":-o", ":O", ":-O"]),
    ("😡", &[":@", ":-@"]),
    ("😄", &[":D", ":-D"]),
    ("😃", &[":)", ":-)"]),
    ("😈", &["]:)", "]:-)"]),
    ("😭", &[":,'(", ":,'-(", ";(", ";-("]),
    ("😛", &[":P", ":-P"]),
    ("😎", &["8-)", "B-)"]),
    ("😒", &[":s", ":-S", ":z", ":-Z", ":$", ":-$"]),
    ("😉", &[";)", ";-)"]),
    ("←", &["<-"]),
    ("→", &["->"]),
    ("⇐", &["<="]),
    ("⇒", &["=>"]),
];

/// Smileys that begin with another one.
const LONGER_SMILEYS: [(&str, &[&str]); 2] = [("↔", &["<->"]), ("⇔", &["<=>"])];

/// The emoji whose shortcode `rest` begins with, and the length of the shortcode.
pub(super) fn shortcode(rest: &str) -> Option<(usize, &'static str)> {
    let name = rest.strip_prefix(':')?;
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+');
    let len = name
        .bytes()
        .take(LONGEST_SHORTCODE)
        .take_while(is_name)
        .count();
    if len == 0 || !name[len..].starts_with(':') {
        return None;
    }
    Some((len + 2, named(&name[..len])?))
}

fn named(name: &str) -> Option<&'static str> {
    for (known, emoji) in OWN {
        if known == name {
            return Some(emoji);
        }
    }
    let emoji = emojis::get_by_shortcode(name)?;
    let is_old = emoji.emoji_version() <= EmojiVersion::new(5, 0);
    if !is_old && !NEWER.contains(&name) || UNKNOWN.contains(&name) {
        return None;
    }
    Some(emoji.as_str())
}

/// The emoji of the longest smiley that `rest` begins with, and the length of the smiley.
pub(super) fn smiley(rest: &str) -> Option<(usize, &'static str)> {
    let mut longest: Option<(usize, &'static str)> = None;
    for (emoji, smileys) in SMILEYS.iter().chain(&LONGER_SMILEYS) {
        for smiley in *smileys {
            let is_longer = longest.is_none_or(|(len, _)| smiley.len() > len);
            if is_longer && rest.starts_with(smiley) {
                longest = Some((smiley.len(), emoji));
            }
        }
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_markdig() {
        let mut names = OWN.map(|(name, _)| name).to_vec();
        for emoji in emojis::iter() {
            for name in emoji.shortcodes() {
                if named(name).is_some() && !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        assert_eq!(names.len(), 1603);
        for (typed, expected) in [
            (":smile:x", Some((7, "😄"))),
            (":+1:", Some((4, "👍"))),
            (":t-rex:", Some((7, "🦖"))),
            (":beetle:", Some((8, "🐞"))),
            (":norway:", Some((8, "🇳🇴"))),
            (":lobster:", None),
            (":orange:", None),
            (":SMILE:", None),
            ("::", None),
        ] {
            assert_eq!(shortcode(typed), expected, "{typed}");
        }
    }

    #[test]
    fn the_longest_smiley_counts() {
        for (typed, expected) in [
            (":)", Some((2, "😃"))),
            (":-( x", Some((3, "😦"))),
            ("<-> y", Some((3, "↔"))),
            ("<-y", Some((2, "←"))),
            (":-|", None),
            (":-| ", Some((4, "😐"))),
            ("o:-)", Some((4, "😇"))),
            (": )", None),
        ] {
            assert_eq!(smiley(typed), expected, "{typed}");
        }
    }
}
