//! A template -> the same template for one language, with everything filled in that is the same on every page: texts without arguments, icons,
//! and the templates that it includes. A page has dozens of them, and to evaluate them each time takes as long as all the rest of its template.
//! What depends on a page stays.

use tera::{Context, Tera};

/// Expressions that don't depend on the page: what is before their argument, and after it.
const CONSTANT: [(&str, &str); 2] = [("{{ t(key=\"", "\") }}"), ("{{ <icon name=\"", "\" /> }}")];

/// Includes are expanded no deeper than this. Those of the program are two deep.
const MAX_DEPTH: usize = 5;

/// Tags whose effect an include can't have on the template around it, or that have none inside of a block.
const NOT_INLINED: [&str; 4] = ["set ", "extends ", "block ", "component "];

/// False if a template of the site changes what an icon looks like or which language a text is in.
pub(super) fn is_possible<'a>(own: impl IntoIterator<Item = &'a str>) -> bool {
    own.into_iter()
        .all(|template| !template.contains("locale") && !template.contains("component icon"))
}

/// The template for the language with the number `locale`.
pub(super) fn specialized(tera: &Tera, locale: usize, template: &str) -> String {
    let mut context = Context::new();
    context.insert("locale", &locale);
    let mut out = String::with_capacity(2 * template.len());
    let mut rest = template;
    while let Some(at) = rest.find("{{") {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        // Anything else is copied up to the next `{{`, and evaluated on each page as before.
        let expression = constant(rest).unwrap_or("{{");
        // Escaping happens here already: the result is part of the template, which is not escaped again.
        match tera.render_str(expression, &context, true) {
            Ok(text) if is_plain(&text) => out.push_str(&text),
            _ => out.push_str(expression),
        }
        rest = &rest[expression.len()..];
    }
    out.push_str(rest);
    out
}

/// True if a text means itself in a template. White space around it could be trimmed by a tag next to it.
fn is_plain(text: &str) -> bool {
    !text.is_empty() && !text.contains(['{', '}']) && text.trim() == text
}

/// The template with the text of those that it includes, as far as `text` knows them by name. An include sees the variables of each template
/// around it, so nothing changes.
pub(super) fn joined<'t>(template: &str, text: &impl Fn(&str) -> Option<&'t str>) -> String {
    let mut out = String::with_capacity(4 * template.len());
    join(template, text, MAX_DEPTH, &mut out);
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
        if depth > 0
            && let Some(include) = included(rest)
            && let Some(inner) = text(include.name)
            && !NOT_INLINED.iter().any(|tag| inner.contains(tag))
        {
            // A condition keeps the trimming of white space that the tag of the include has.
            out.push_str(include.start);
            out.push_str(" if true %}");
            join(inner, text, depth - 1, out);
            out.push_str("{% endif ");
            out.push_str(include.end);
            rest = include.rest;
        } else {
            out.push_str("{%");
            rest = &rest[2..];
        }
    }
    out.push_str(rest);
}

/// `{% include "name" %}`
struct IncludeTag<'t> {
    name: &'t str,
    /// `{%` or `{%-`, and `%}` or `-%}`.
    start: &'t str,
    end: &'t str,
    /// The template after the tag.
    rest: &'t str,
}

/// The include that `template` begins with.
fn included(template: &str) -> Option<IncludeTag<'_>> {
    let (typed, rest) = template.split_once("%}")?;
    let (start, inside) = if typed.starts_with("{%-") {
        typed.split_at(3)
    } else {
        typed.split_at_checked(2)?
    };
    let (inside, end) = match inside.strip_suffix('-') {
        Some(inside) => (inside, "-%}"),
        None => (inside, "%}"),
    };
    let name = inside.trim().strip_prefix("include")?.trim_start();
    Some(IncludeTag {
        name: name.strip_prefix('"')?.strip_suffix('"')?,
        start,
        end,
        rest,
    })
}

/// The constant expression that `template` begins with.
fn constant(template: &str) -> Option<&str> {
    for (start, end) in CONSTANT {
        if let Some(name) = template.strip_prefix(start) {
            let length = name.find('"')?;
            if name[length..].starts_with(end) {
                return Some(&template[..start.len() + length + end.len()]);
            }
        }
    }
    None
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn includes_are_expanded() {
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
    fn only_constant_expressions_are_filled_in() {
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
            assert_eq!(specialized(&tera, 2, template), expected);
        }
    }
}
