//! A template -> the same template for one language, with what it says alike on every page said already: texts without arguments, and icons;
//! and with the templates that it includes in place. A page has dozens of them, and to work them out each time takes as long as all the
//! rest of its template. What depends on a page stays.

use tera::{Context, Tera};

/// How such a thing is written: what stands before its name and behind.
const ALIKE: [(&str, &str); 2] = [("{{ t(key=\"", "\") }}"), ("{{ <icon name=\"", "\" /> }}")];

/// True if nothing in these templates, which a site has of its own, changes what an icon looks like or which language a text is in.
pub(super) fn is_possible<'a>(own: impl IntoIterator<Item = &'a str>) -> bool {
    own.into_iter()
        .all(|template| !template.contains("locale") && !template.contains("component icon"))
}

/// The template for the language with the number `locale`.
pub(super) fn settled(tera: &Tera, locale: usize, template: &str) -> String {
    let mut context = Context::new();
    context.insert("locale", &locale);
    let mut out = String::with_capacity(2 * template.len());
    let mut rest = template;
    while let Some(at) = rest.find("{{") {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let typed = alike(rest).unwrap_or("{{");
        // What is put in must be read as text, and blanks beside it must stay as they are.
        let is_text =
            |said: &String| !said.is_empty() && !said.contains(['{', '}']) && said.trim() == said;
        match tera.render_str(typed, &context, true).ok().filter(is_text) {
            Some(said) => out.push_str(&said),
            None => out.push_str(typed),
        }
        rest = &rest[typed.len()..];
    }
    out.push_str(rest);
    out
}

/// Includes nest no deeper than this.
const DEEPEST: usize = 5;

/// The template with those that it includes in place, as far as `text` knows them by their names: what an include looks up is looked up in
/// each template around it, too.
pub(super) fn joined<'t>(template: &str, text: &impl Fn(&str) -> Option<&'t str>) -> String {
    let mut out = String::with_capacity(4 * template.len());
    join(template, text, DEEPEST, &mut out);
    out
}

fn join<'t>(
    template: &str,
    text: &impl Fn(&str) -> Option<&'t str>,
    depth: usize,
    out: &mut String,
) {
    let mut rest = template;
    while let Some(at) = rest.find("{%") {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        // What an include sets is unknown behind it, and a component is no part of a block.
        let can_stand = |text: &&str| {
            depth > 0
                && !["set ", "extends ", "block ", "component "]
                    .iter()
                    .any(|word| text.contains(word))
        };
        let found = included(rest)
            .and_then(|include| Some((text(include.name).filter(can_stand)?, include)));
        rest = match found {
            // Blanks beside it are trimmed as beside the include.
            Some((inner, include)) => {
                out.push_str(include.start);
                out.push_str(" if true %}");
                join(inner, text, depth - 1, out);
                out.push_str("{% endif ");
                out.push_str(include.end);
                include.rest
            }
            None => {
                out.push_str("{%");
                &rest[2..]
            }
        };
    }
    out.push_str(rest);
}

/// `{% include "name" %}`
struct Include<'t> {
    name: &'t str,
    /// `{%` or `{%-`, and `%}` or `-%}`.
    start: &'t str,
    end: &'t str,
    rest: &'t str,
}

/// The include that `template` begins with.
fn included(template: &str) -> Option<Include<'_>> {
    let (typed, rest) = template.split_once("%}")?;
    let (start, inside) = if typed.starts_with("{%-") {
        typed.split_at(3)
    } else {
        typed.split_at_checked(2)?
    };
    let (inside, end) = inside
        .strip_suffix('-')
        .map_or((inside, "%}"), |inside| (inside, "-%}"));
    let name = inside
        .trim()
        .strip_prefix("include")?
        .trim_start()
        .strip_prefix('"')?
        .strip_suffix('"')?;
    Some(Include {
        name,
        start,
        end,
        rest,
    })
}

/// What `template` begins with, if that says the same on every page.
fn alike(template: &str) -> Option<&str> {
    ALIKE.iter().find_map(|(start, end)| {
        let name = template.strip_prefix(start)?;
        let length = name.find('"')?;
        name[length..]
            .starts_with(end)
            .then(|| &template[..start.len() + length + end.len()])
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn what_is_included_stands_in_place() {
        let text = |name: &str| match name {
            "a" => Some("<a>{% include \"b\" %}</a>\n"),
            "b" => Some("{{ x }}"),
            "itself" => Some("{% include \"itself\" %}"),
            "setting" => Some("{% set y = 1 %}{{ y }}"),
            _ => None,
        };
        for template in [
            "1 {% include \"a\" %} 2",
            "1 {%- include \"a\" -%} 2",
            "{% if x %} {%- include \"b\" %} {% endif %}",
            "{% include \"setting\" %}{% for x in [1, 2] %}{% include \"b\" -%} {% endfor %}",
        ] {
            let mut tera = Tera::new();
            let joined = joined(template, &text);
            let known = ["a", "b", "setting"].map(|name| (name, text(name).unwrap_or_default()));
            tera.add_raw_templates(
                known
                    .into_iter()
                    .chain([("plain", template), ("joined", &joined)]),
            )
            .unwrap();
            let mut context = Context::new();
            context.insert("x", &7);
            assert_eq!(
                tera.render("plain", &context).unwrap(),
                tera.render("joined", &context).unwrap(),
                "{joined}"
            );
            assert!(!joined.contains("include \"b\""), "{joined}");
        }
        assert!(
            joined(
                "{% include \"itself\" %} {% include \"own\" %} {% if",
                &text
            )
            .ends_with(" {% include \"own\" %} {% if")
        );
    }

    #[test]
    fn only_what_is_alike_on_every_page_is_said() {
        let mut tera = Tera::new();
        tera.register_function(
            "t",
            |_: tera::Kwargs, state: &tera::State| -> tera::TeraResult<String> {
                Ok(format!(
                    "a & {}",
                    state.get::<u64>("locale")?.unwrap_or_default()
                ))
            },
        );
        for (template, expected) in [
            ("x{{ t(key=\"menu\") }}{% if y %}", "xa &amp; 2{% if y %}"),
            (
                "{{ t(key=\"menu\", n=page.n) }}{{- t(key=\"menu\") }}",
                "{{ t(key=\"menu\", n=page.n) }}{{- t(key=\"menu\") }}",
            ),
            (
                "{{ page.title }}{{ t(key=name) }}{{",
                "{{ page.title }}{{ t(key=name) }}{{",
            ),
            // There is no such component here.
            (
                "{{ <icon name=\"menu\" /> }}",
                "{{ <icon name=\"menu\" /> }}",
            ),
        ] {
            assert_eq!(settled(&tera, 2, template), expected);
        }
    }
}
