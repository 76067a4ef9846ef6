//! A template -> the same template for one language, with what it says alike on every page said already: texts without arguments, and icons.
//! A page has dozens of them, and to work them out each time takes as long as all the rest of its template. What depends on a page stays.

use tera::{Context, Tera};

/// How such a thing is written: what stands before its name and behind.
const ALIKE: [(&str, &str); 2] = [("{{ t(key=\"", "\") }}"), ("{{ <icon name=\"", "\" /> }}")];

/// True if nothing in these templates, which a site has of its own, changes what an icon looks like or which language a text is in.
pub(super) fn is_possible<'a>(own: impl IntoIterator<Item = &'a str>) -> bool {
    own.into_iter().all(|template| !template.contains("locale") && !template.contains("component icon"))
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
        let is_text = |said: &String| !said.is_empty() && !said.contains(['{', '}']) && said.trim() == said;
        match tera.render_str(typed, &context, true).ok().filter(is_text) {
            Some(said) => out.push_str(&said),
            None => out.push_str(typed),
        }
        rest = &rest[typed.len()..];
    }
    out.push_str(rest);
    out
}

/// What `template` begins with, if that says the same on every page.
fn alike(template: &str) -> Option<&str> {
    ALIKE.iter().find_map(|(start, end)| {
        let name = template.strip_prefix(start)?;
        let length = name.find('"')?;
        name[length..].starts_with(end).then(|| &template[..start.len() + length + end.len()])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_alike_on_every_page_is_said() {
        let mut tera = Tera::new();
        tera.register_function("t", |_: tera::Kwargs, state: &tera::State| -> tera::TeraResult<String> {
            Ok(format!("a & {}", state.get::<u64>("locale")?.unwrap_or_default()))
        });
        for (template, expected) in [
            ("x{{ t(key=\"menu\") }}{% if y %}", "xa &amp; 2{% if y %}"),
            ("{{ t(key=\"menu\", n=page.n) }}{{- t(key=\"menu\") }}", "{{ t(key=\"menu\", n=page.n) }}{{- t(key=\"menu\") }}"),
            ("{{ page.title }}{{ t(key=name) }}{{", "{{ page.title }}{{ t(key=name) }}{{"),
            // There is no such component here.
            ("{{ <icon name=\"menu\" /> }}", "{{ <icon name=\"menu\" /> }}"),
        ] {
            assert_eq!(settled(&tera, 2, template), expected);
        }
    }
}
