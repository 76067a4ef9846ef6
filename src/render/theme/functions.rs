//! The functions and filters that templates have besides Tera's own.

use std::sync::Arc;

use tera::{Kwargs, State, Tera, TeraResult, Value};

use crate::locale::{Arg, Catalog, LocaleId};

/// A Tera without templates. `locales` has the languages by the number in the variable `locale`.
pub(super) fn tera(catalog: &Arc<Catalog>, locales: &[LocaleId]) -> Tera {
    let mut tera = Tera::new();
    // `.css` templates are escaped too: an accent colour must not be able to close its rule.
    tera.autoescape_on(vec![".html", ".css", ".xml"]);
    let texts = Arc::new(Texts {
        catalog: catalog.clone(),
        locales: locales.to_vec(),
    });
    tera.register_filter("safe", safe);
    // Filters and functions must be `'static`, so the catalog is shared and not borrowed.
    let collating = texts.clone();
    tera.register_filter(
        "collate",
        move |list: Vec<Value>, arguments: Kwargs, state: &State| {
            collating.collate(list, &arguments, state)
        },
    );
    tera.register_function("t", move |arguments: Kwargs, state: &State| {
        texts.text(&arguments, state)
    });
    tera
}

/// The same as Tera's filter of this name, without a copy of every article and menu.
fn safe(value: &Value, _: Kwargs, _: &State) -> Value {
    if value.is_string() {
        value.clone().mark_safe()
    } else {
        Value::safe_string(&value.to_string())
    }
}

/// Interface texts in the language of the page that is rendered.
struct Texts {
    catalog: Arc<Catalog>,
    locales: Vec<LocaleId>,
}

impl Texts {
    fn locale(&self, state: &State) -> TeraResult<Option<LocaleId>> {
        match state.get::<u64>("locale")? {
            Some(number) => Ok(self.locales.get(number as usize).copied()),
            None => Ok(None),
        }
    }

    /// `t(key="last-updated", date=page.updated.text)`: a text in the language of the frame.
    fn text(&self, arguments: &Kwargs, state: &State) -> TeraResult<Value> {
        let key = arguments.must_get::<&str>("key")?;
        let Some(locale) = self.locale(state)?.or(self.locales.first().copied()) else {
            // Only a site without any language gets here.
            return Ok(Value::from(""));
        };
        // Most texts need no arguments, and a page has dozens of them: nothing is copied but the text itself.
        let mut given: Vec<(&str, String, Option<i64>)> = Vec::new();
        for (name, value) in arguments.iter() {
            match name.as_str() {
                Some("key") | None => {}
                Some(name) => given.push((name, value.to_string(), value.as_i64())),
            }
        }
        let mut args: Vec<(&str, Arg)> = Vec::with_capacity(given.len());
        for (name, text, number) in &given {
            match number {
                Some(number) => args.push((name, Arg::Number(*number))),
                None => args.push((name, Arg::Text(text))),
            }
        }
        Ok(Value::from(self.catalog.text(locale, key, &args)))
    }

    /// `list | collate(attribute="text")`: a list in the order of the alphabet of the page's language, by the items or by one of their
    /// properties.
    fn collate(
        &self,
        mut list: Vec<Value>,
        arguments: &Kwargs,
        state: &State,
    ) -> TeraResult<Vec<Value>> {
        let locale = self.locale(state)?;
        let attribute: Option<String> = arguments.get("attribute")?;
        let attribute = attribute.as_deref();
        // Tera's own `sort` compares code points, which puts `Ä` after `Z`; in German it is sorted with `A`.
        list.sort_by(|one, other| {
            let (one, other) = (sort_text(one, attribute), sort_text(other, attribute));
            match locale {
                Some(locale) => self.catalog.compare(locale, &one, &other),
                None => one.cmp(&other),
            }
        });
        Ok(list)
    }
}

fn sort_text(value: &Value, attribute: Option<&str>) -> String {
    match attribute {
        None => value.to_string(),
        Some(attribute) => match value.get_from_path(attribute) {
            Some(value) => value.to_string(),
            None => String::new(),
        },
    }
}
