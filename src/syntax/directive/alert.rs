//! `> [!NOTE]`: the five alerts of DocFX, and `> [!div ...]` (DocFX spec 4.1, 4.2).

/// Which alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AlertKind {
    /// `[!NOTE]`
    Note,
    /// `[!TIP]`
    Tip,
    /// `[!IMPORTANT]`
    Important,
    /// `[!CAUTION]`
    Caution,
    /// `[!WARNING]`
    Warning,
}

impl AlertKind {
    /// All of them.
    pub const ALL: [AlertKind; 5] = [AlertKind::Note, AlertKind::Tip, AlertKind::Important, AlertKind::Caution, AlertKind::Warning];

    /// The keyword in upper case, which is also the class name DocFX gives the alert.
    pub fn keyword(self) -> &'static str {
        match self {
            AlertKind::Note => "NOTE",
            AlertKind::Tip => "TIP",
            AlertKind::Important => "IMPORTANT",
            AlertKind::Caution => "CAUTION",
            AlertKind::Warning => "WARNING",
        }
    }
}

/// Reads what stands between `[!` and `]`.
pub(super) fn read(inside: &str) -> Option<AlertKind> {
    AlertKind::ALL.into_iter().find(|kind| kind.keyword().eq_ignore_ascii_case(inside))
}

/// Reads `div attributes`; backticks around the attributes are dropped, a single backtick drops the attributes.
pub(super) fn read_div(inside: &str) -> Option<Box<str>> {
    let (keyword, attributes) = inside.split_at_checked(3)?;
    if !keyword.eq_ignore_ascii_case("div") || !(attributes.is_empty() || attributes.starts_with([' ', '\t'])) {
        return None;
    }
    let attributes = attributes.trim();
    let kept = match (attributes.strip_prefix('`'), attributes.strip_suffix('`')) {
        (Some(inner), Some(_)) => inner.strip_suffix('`').unwrap_or(""),
        (None, None) => attributes,
        _ => "",
    };
    Some(kept.into())
}
