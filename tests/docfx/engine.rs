//! The markup of DocFX's Markdown engine by itself: HTML before links are resolved and raw HTML is tidied. DocFX's own tests of its engine
//! expect it; no site is published like that.

use hjelp::render::html::DocFx;
use hjelp::render::html::markup::{Markup, TypedAddress};
use hjelp::site::address::split_address;
use hjelp::source::{SitePath, percent};

/// The markup of DocFX's Markdown engine.
pub struct Engine {
    /// Links in included files are relative to the root of the site.
    pub rebase: bool,
    /// Elements have the file and line they come from.
    pub source_positions: bool,
}

macro_rules! as_docfx {
    ($($name:ident -> $kind:ty;)*) => {
        $(fn $name(&self) -> $kind {
            DocFx.$name()
        })*
    };
}

impl Markup for Engine {
    as_docfx! {
        drops_void_slashes -> bool;
        keeps_comments -> bool;
        isolates_fragments -> bool;
        shows_inlined_blocks_as_typed -> bool;
        leaves_protected_text_raw -> bool;
        marks_languages -> bool;
        localizes_quotes -> bool;
        keeps_short_code_together -> bool;
        alt_text_separator -> &'static str;
        enhances_images -> bool;
        icon_attribute -> (&'static str, &'static str);
        marks_up_descriptions -> bool;
        embeds_players -> bool;
        leaves_unknown_uids_raw -> bool;
        alert_class -> Option<&'static str>;
        alert_title_tags -> (&'static str, &'static str);
        colours_code -> bool;
        reports_missing_code -> bool;
        snippet_attributes -> [&'static str; 2];
        has_accessible_tables -> bool;
        uses_inline_styles -> bool;
        has_scriptless_tabs -> bool;
    }

    fn void_end(&self) -> &'static str {
        " />"
    }

    fn keeps_typed(&self) -> bool {
        true
    }

    fn typed_address(&self, address: &TypedAddress<'_>) -> String {
        let mut target = address.target.to_owned();
        if self.rebase
            && address.is_included
            && let Some(rebased) = rebase(address.file, &target)
        {
            target = rebased;
        }
        if address.in_directive {
            target
        } else {
            engine_url(&target)
        }
    }

    fn position_attributes(&self) -> Option<[&'static str; 2]> {
        self.source_positions
            .then_some(["sourceFile", "sourceStartLineNumber"])
    }
}

/// `target`, which stands in the file `from`, as a path from the root: `~/folder/file`.
fn rebase(from: &SitePath, target: &str) -> Option<String> {
    let (path, tail) = split_address(target);
    let relative =
        !path.is_empty() && !path.starts_with(['/', '\\', '~']) && !path.contains([':', '*']);
    let path = from.parent().join(path).ok().filter(|_| relative)?;
    Some(format!("~/{path}{tail}"))
}

/// An address with what may not stand in one percent-encoded, and a host that isn't ASCII in punycode (DocFX spec 2.4).
fn engine_url(address: &str) -> String {
    let mut out = String::with_capacity(address.len() + 8);
    let mut rest = std::borrow::Cow::Borrowed(address);
    if let Some((scheme, after)) = address.split_once("://") {
        let host = &after[..after.find(['/', '?', '#', ':']).unwrap_or(after.len())];
        if !host.is_ascii() && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            let labels: Vec<String> = host
                .split('.')
                .map(|label| match label.is_ascii() {
                    true => label.to_owned(),
                    false => format!("xn--{}", punycode(&label.to_lowercase())),
                })
                .collect();
            rest = format!("{scheme}://{}{}", labels.join("."), &after[host.len()..]).into();
        }
    }
    percent::push_encoded(&rest, percent::DOCFX_ADDRESS, &mut out);
    out
}

/// RFC 3492.
fn punycode(label: &str) -> String {
    const BASE: u32 = 36;
    const LOW: u32 = 1;
    const HIGH: u32 = 26;
    const SKEW: u32 = 38;
    const DAMP: u32 = 700;
    let mut out: String = label.chars().filter(char::is_ascii).collect();
    let basic = out.len() as u32;
    let (mut done, mut next, mut delta, mut bias) = (basic, 128_u32, 0_u32, 72_u32);
    if basic > 0 {
        out.push('-');
    }
    let count = label.chars().count() as u32;
    while done < count {
        let Some(smallest) = label
            .chars()
            .map(u32::from)
            .filter(|&code| code >= next)
            .min()
        else {
            break;
        };
        delta = delta.saturating_add((smallest - next).saturating_mul(done + 1));
        next = smallest;
        for code in label.chars().map(u32::from) {
            if code < next {
                delta = delta.saturating_add(1);
            }
            if code == next {
                let (mut rest, mut step) = (delta, BASE);
                loop {
                    let threshold = step.saturating_sub(bias).clamp(LOW, HIGH);
                    if rest < threshold {
                        break;
                    }
                    out.push(digit(threshold + (rest - threshold) % (BASE - threshold)));
                    rest = (rest - threshold) / (BASE - threshold);
                    step += BASE;
                }
                out.push(digit(rest));
                delta = if done == basic {
                    delta / DAMP
                } else {
                    delta / 2
                };
                delta += delta / (done + 1);
                let mut steps = 0;
                while delta > (BASE - LOW) * HIGH / 2 {
                    delta /= BASE - LOW;
                    steps += BASE;
                }
                bias = steps + (BASE - LOW + 1) * delta / (delta + SKEW);
                delta = 0;
                done += 1;
            }
        }
        delta = delta.saturating_add(1);
        next += 1;
    }
    out
}

fn digit(value: u32) -> char {
    char::from_digit(value, 36).map_or('a', |_| {
        char::from(if value < 26 {
            b'a' + value as u8
        } else {
            b'0' + (value as u8 - 26)
        })
    })
}
