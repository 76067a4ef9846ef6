//! The names that people and other programs give to alerts -> the five alerts there are. Knows no Markdown.

use crate::syntax::directive::AlertKind;

/// Names of alerts in other programs and other languages, in lower case.
const OTHER_NAMES: [(&str, AlertKind); 58] = [
    ("abstract", AlertKind::Note),
    ("advarsel", AlertKind::Warning),
    ("anmerkung", AlertKind::Note),
    ("attention", AlertKind::Caution),
    ("achtung", AlertKind::Warning),
    ("belangrijk", AlertKind::Important),
    ("bemerk", AlertKind::Note),
    ("bemærk", AlertKind::Note),
    ("danger", AlertKind::Warning),
    ("error", AlertKind::Warning),
    ("example", AlertKind::Note),
    ("fare", AlertKind::Warning),
    ("forsiktig", AlertKind::Caution),
    ("forsigtig", AlertKind::Caution),
    ("försiktigt", AlertKind::Caution),
    ("failure", AlertKind::Warning),
    ("faq", AlertKind::Note),
    ("gefahr", AlertKind::Warning),
    ("help", AlertKind::Tip),
    ("hint", AlertKind::Tip),
    ("hinweis", AlertKind::Note),
    ("hjelp", AlertKind::Tip),
    ("husk", AlertKind::Note),
    ("info", AlertKind::Note),
    ("informasjon", AlertKind::Note),
    ("information", AlertKind::Note),
    ("let-op", AlertKind::Caution),
    ("merk", AlertKind::Note),
    ("merknad", AlertKind::Note),
    ("notat", AlertKind::Note),
    ("notera", AlertKind::Note),
    ("notis", AlertKind::Note),
    ("nb", AlertKind::Note),
    ("observera", AlertKind::Note),
    ("obs", AlertKind::Caution),
    ("opmerking", AlertKind::Note),
    ("pass-på", AlertKind::Caution),
    ("question", AlertKind::Note),
    ("råd", AlertKind::Tip),
    ("seealso", AlertKind::Note),
    ("success", AlertKind::Tip),
    ("summary", AlertKind::Note),
    ("tips", AlertKind::Tip),
    ("tipp", AlertKind::Tip),
    ("tldr", AlertKind::Note),
    ("todo", AlertKind::Note),
    ("varning", AlertKind::Warning),
    ("varsel", AlertKind::Warning),
    ("viktig", AlertKind::Important),
    ("viktigt", AlertKind::Important),
    ("vigtig", AlertKind::Important),
    ("vigtigt", AlertKind::Important),
    ("voorzichtig", AlertKind::Caution),
    ("vorsicht", AlertKind::Caution),
    ("waarschuwing", AlertKind::Warning),
    ("warn", AlertKind::Warning),
    ("warnung", AlertKind::Warning),
    ("wichtig", AlertKind::Important),
];

/// The alert that is called `name`, here or elsewhere, in any case.
pub(super) fn alert_for(name: &str) -> Option<AlertKind> {
    if let Some(kind) = AlertKind::of(name) {
        return Some(kind);
    }
    let lower = name.to_lowercase();
    let (_, kind) = OTHER_NAMES.iter().find(|(known, _)| *known == lower)?;
    Some(*kind)
}
