//! The languages of a site -> their folders, tags and fallbacks. Doesn't know which pages exist in which language.

use super::language::Direction;
use super::pseudo::PseudoLocale;

/// A language of the site: its index in [`Locales::ids`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocaleId(u8);

impl LocaleId {
    /// The most languages a site can have.
    pub const LIMIT: usize = u8::MAX as usize;

    /// The id of the locale at `index` of the list given to [`Locales::new`]; beyond [`LocaleId::LIMIT`] there is only the last one.
    pub fn new(index: usize) -> Self {
        LocaleId(u8::try_from(index).unwrap_or(u8::MAX))
    }

    /// For tables parallel to [`Locales::ids`].
    pub fn index(self) -> usize {
        self.0.into()
    }
}

/// One language of the site.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Locale {
    /// The name of its folder, for example `no`.
    pub folder: String,
    /// Its BCP 47 tag, for example `nb`.
    pub tag: String,
    /// The English name of the language in lower case, which selects the stemmer of the search: `norwegian`.
    pub search: String,
    /// Its name in the language itself: `Norsk`.
    pub name: String,
    /// Which way it is written.
    pub direction: Direction,
    /// The locales whose pages and messages replace missing ones, before the default locale's.
    pub fallback: Vec<LocaleId>,
}

impl Locale {
    /// Which pseudo locale it is, if it is one.
    pub fn pseudo(&self) -> Option<PseudoLocale> {
        PseudoLocale::of(&self.tag)
    }
}

/// All languages of a site; never empty.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Locales {
    list: Vec<Locale>,
    chains: Vec<Vec<LocaleId>>,
    default: LocaleId,
}

impl Locales {
    /// The locales in `list`; what is missing in one is taken from `default`. An empty list means English; an invalid default means the first
    /// locale, and invalid fallbacks are dropped.
    pub fn new(mut list: Vec<Locale>, default: LocaleId) -> Self {
        // The configuration reports longer lists. Ids beyond the limit would all be the last one.
        list.truncate(LocaleId::LIMIT);
        if list.is_empty() {
            list.push(Locale {
                folder: "en".into(),
                tag: "en".into(),
                search: "english".into(),
                name: "English".into(),
                direction: Direction::Ltr,
                fallback: Vec::new(),
            });
        }
        let count = list.len();
        let default = if default.index() < count {
            default
        } else {
            LocaleId(0)
        };
        for locale in &mut list {
            locale.fallback.retain(|id| id.index() < count);
        }
        let chains = (0..count)
            .map(|index| chain(&list, LocaleId::new(index), default))
            .collect();
        Locales {
            list,
            chains,
            default,
        }
    }

    /// These locales, and the pseudo locales made from the default one.
    pub fn with_pseudo(&self) -> Self {
        let original = self.get(self.default);
        let pseudo = PseudoLocale::ALL.map(|pseudo| Locale {
            fallback: vec![self.default],
            ..pseudo_locale(pseudo, original)
        });
        Locales::new(
            self.list.iter().cloned().chain(pseudo).collect(),
            self.default,
        )
    }

    /// The locale whose pages replace missing ones of all others.
    pub fn default(&self) -> LocaleId {
        self.default
    }

    /// The locale `id`, which is from these locales.
    pub fn get(&self, id: LocaleId) -> &Locale {
        &self.list[id.index()]
    }

    /// All locales in order.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = LocaleId> + ExactSizeIterator + use<> {
        (0..self.list.len()).map(LocaleId::new)
    }

    /// The locales that authors write: all but the pseudo locales.
    pub fn authored(&self) -> impl Iterator<Item = LocaleId> + '_ {
        self.ids()
            .filter(|locale| self.get(*locale).pseudo().is_none())
    }

    /// The locale whose folder has this name; as with every path, case counts.
    pub fn by_folder(&self, folder: &str) -> Option<LocaleId> {
        self.list
            .iter()
            .position(|locale| locale.folder == folder)
            .map(LocaleId::new)
    }

    /// The locale whose folder or tag this is; tags are the same in any case (BCP 47).
    pub fn by_name(&self, name: &str) -> Option<LocaleId> {
        if let Some(id) = self.by_folder(name) {
            return Some(id);
        }
        self.ids()
            .find(|id| self.get(*id).tag.eq_ignore_ascii_case(name))
    }

    /// How many locales there are: at least one.
    #[expect(clippy::len_without_is_empty, reason = "never empty")]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// The locales to look something up in, for a reader of `id`: itself, its fallbacks, theirs, and finally the default locale.
    pub fn fallback_chain(&self, id: LocaleId) -> Vec<LocaleId> {
        self.chains[id.index()].clone()
    }
}

/// The pseudo locale made from `original`, whose plurals and dates it has.
fn pseudo_locale(pseudo: PseudoLocale, original: &Locale) -> Locale {
    let language = original.tag.split('-').next().unwrap_or("en");
    let tag = format!("{language}-{}", pseudo.region());
    let direction = match pseudo {
        PseudoLocale::Mirrored => Direction::Rtl,
        PseudoLocale::Accented => original.direction,
    };
    Locale {
        // Like the folders of other languages; addresses are compared with case on most servers.
        folder: tag.to_ascii_lowercase(),
        search: original.search.clone(),
        name: pseudo.apply(&original.name).into_owned(),
        direction,
        fallback: Vec::new(),
        tag,
    }
}

/// Breadth first: what an author listed comes before what follows from it.
fn chain(list: &[Locale], id: LocaleId, default: LocaleId) -> Vec<LocaleId> {
    let mut chain = vec![id];
    let mut next = 0;
    while let Some(&id) = chain.get(next) {
        for &fallback in &list[id.index()].fallback {
            // Also ends circles: Bokmål and `no` may each be a fallback of the other.
            if !chain.contains(&fallback) {
                chain.push(fallback);
            }
        }
        next += 1;
    }
    if !chain.contains(&default) {
        chain.push(default);
    }
    chain
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::language::language_info;
    use super::*;

    fn locale(folder: &str, fallback: &[usize]) -> Locale {
        let known = language_info(folder).unwrap();
        Locale {
            folder: folder.into(),
            tag: known.tag,
            search: known.search.into(),
            name: known.name,
            direction: known.direction,
            fallback: fallback.iter().map(|&index| LocaleId::new(index)).collect(),
        }
    }

    fn folders(locales: &Locales, id: LocaleId) -> Vec<&str> {
        locales
            .fallback_chain(id)
            .into_iter()
            .map(|id| locales.get(id).folder.as_str())
            .collect()
    }

    #[test]
    fn a_chain_ends_with_the_default_and_repeats_nothing() {
        let locales = Locales::new(
            vec![
                locale("da", &[]),
                locale("en", &[0]),
                locale("nn", &[3, 4]),
                locale("no", &[0, 2]),
                locale("sv", &[]),
            ],
            LocaleId::new(1),
        );
        let chains: Vec<_> = locales
            .ids()
            .map(|id| folders(&locales, id).join(" "))
            .collect();
        assert_eq!(
            chains,
            [
                "da en",
                "en da",
                "nn no sv da en",
                "no da nn sv en",
                "sv en"
            ]
        );
    }

    #[test]
    fn a_default_inside_the_chain_stays_where_it_is() {
        let locales = Locales::new(
            vec![locale("en", &[]), locale("no", &[0, 2]), locale("sv", &[])],
            LocaleId::new(0),
        );
        assert_eq!(folders(&locales, LocaleId::new(1)), ["no", "en", "sv"]);
    }

    #[test]
    fn folders_are_found_and_nonsense_becomes_something() {
        let locales = Locales::new(vec![locale("no", &[9])], LocaleId::new(7));
        assert_eq!(locales.by_folder("no"), Some(locales.default()));
        assert_eq!((locales.by_folder("No"), locales.len()), (None, 1));
        let nothing = Locales::new(Vec::new(), LocaleId::new(0));
        assert_eq!(nothing.get(nothing.default()).tag, "en");
        assert_eq!(
            nothing.fallback_chain(nothing.default()),
            [nothing.default()]
        );
    }
}
