//! A site -> questions with known answers, made of its own content: titles, keywords, titles in other inflected forms, and titles whose
//! compound words are taken apart. Every question's answers are the pages that have the title or keyword it was made of.

use std::collections::{BTreeMap, BTreeSet};

use frostem::{Algorithm, Stemmer};
use hjelp::locale::LocaleId;
use hjelp::site::pages::Origin;
use hjelp::site::{PageKind, Site};
use serde::Serialize;

/// No more questions of one kind than this; they are taken evenly from all.
const MOST: usize = 200;

#[derive(Debug, Serialize)]
pub struct Question {
    pub query: String,
    pub answers: Vec<String>,
}

pub type Questions = BTreeMap<&'static str, Vec<Question>>;

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|sign: char| !sign.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

fn stemmer(language: &str) -> Option<Stemmer> {
    let algorithm = match language {
        "norwegian" => Algorithm::Norwegian,
        "danish" => Algorithm::Danish,
        "swedish" => Algorithm::Swedish,
        "german" => Algorithm::German,
        "dutch" => Algorithm::Dutch,
        "english" => Algorithm::English,
        _ => return None,
    };
    Some(Stemmer::new(algorithm))
}

fn sample(all: BTreeMap<String, BTreeSet<String>>) -> Vec<Question> {
    let step = all.len().div_ceil(MOST).max(1);
    let question = |(query, answers): (String, BTreeSet<String>)| Question {
        query,
        answers: answers.into_iter().collect(),
    };
    all.into_iter().step_by(step).map(question).collect()
}

/// The questions for one language.
pub fn of(site: &Site, locale: LocaleId) -> Questions {
    let mut titles: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut keywords: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut often: BTreeMap<String, usize> = BTreeMap::new();
    for page in site
        .pages()
        .iter()
        .filter(|page| page.locale == locale && page.origin == Origin::Translated)
    {
        let front = &site.linked(page.source).unwrap().document.front_matter;
        if page.kind == PageKind::Redirect || front.flag("index") == Some(false) {
            continue;
        }
        let url = hjelp::source::relative_path::RelativePath::new(page.output.as_str())
            .unwrap()
            .encoded()
            .to_string();
        titles
            .entry(site.title(page.source).to_owned())
            .or_default()
            .insert(url.clone());
        for keyword in front.keywords() {
            keywords
                .entry(keyword.to_lowercase())
                .or_default()
                .insert(url.clone());
        }
        for word in words(&site.source(page.source).text) {
            *often.entry(word.to_lowercase()).or_default() += 1;
        }
    }
    titles.retain(|title, _| words(title).any(|word| word.chars().count() > 1));
    keywords.retain(|keyword, _| words(keyword).any(|word| word.chars().count() > 1));
    let (mut inflected, mut parted) = (BTreeMap::new(), BTreeMap::new());
    if let Some(stemmer) = stemmer(&site.config.locales.get(locale).search) {
        let mut forms: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for word in often
            .keys()
            .filter(|word| word.chars().all(char::is_alphabetic))
        {
            forms
                .entry(stemmer.stem(word).into_owned())
                .or_default()
                .push(word);
        }
        for (title, answers) in &titles {
            let bend = |word: &str| {
                let small = word.to_lowercase();
                let others = forms
                    .get(&*stemmer.stem(&small))
                    .filter(|_| small.chars().count() > 4)?;
                others
                    .iter()
                    .filter(|other| ***other != *small && other.chars().count() > 3)
                    .min_by_key(|other| other.len())
                    .map(|other| (*other).to_owned())
            };
            let bent: Vec<String> = words(title)
                .map(|word| bend(word).unwrap_or_else(|| word.to_lowercase()))
                .collect();
            if bent != words(title).map(str::to_lowercase).collect::<Vec<_>>() {
                inflected
                    .entry(bent.join(" "))
                    .or_insert_with(BTreeSet::new)
                    .extend(answers.iter().cloned());
            }
            let parted_title: Vec<String> = words(title)
                .map(|word| apart(&word.to_lowercase(), &often))
                .collect();
            if parted_title != words(title).map(str::to_lowercase).collect::<Vec<_>>() {
                parted
                    .entry(parted_title.join(" "))
                    .or_insert_with(BTreeSet::new)
                    .extend(answers.iter().cloned());
            }
        }
    }
    [
        ("title", titles),
        ("keyword", keywords),
        ("inflected", inflected),
        ("compound", parted),
    ]
    .map(|(kind, all)| (kind, sample(all)))
    .into()
}

/// A compound as two words, if the content has both of them more than a few times.
fn apart(word: &str, often: &BTreeMap<String, usize>) -> String {
    let known =
        |part: &str| part.chars().count() > 3 && often.get(part).is_some_and(|count| *count > 5);
    for at in (4..word.len().saturating_sub(3)).filter(|at| word.is_char_boundary(*at)) {
        let (first, last) = word.split_at(at);
        let bare = first.strip_suffix('s').filter(|bare| known(bare));
        if let Some(first) = bare.or(Some(first).filter(|first| known(first)))
            && known(last)
        {
            return format!("{first} {last}");
        }
    }
    word.to_owned()
}
