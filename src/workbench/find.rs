//! Finding by what somebody types: one measure of how well a name answers, for commands, the tree and searches; and an
//! index of everything in a model that has a name or words.

use crate::{
    model::{Key, Kind, Model, Record, Subject},
    rules,
};

/// How well a text answers what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fit {
    /// The more, the better.
    pub score: i32,
    /// Which of its characters answer.
    pub at: Vec<usize>,
    /// Whether each of them begins a word or follows on another: nobody wonders why it was found.
    pub close: bool,
}

const HIT: i32 = 16;
const WORD: i32 = 28;
const RUN: i32 = 26;
const WHOLE: i32 = 60;
const END: i32 = 8;
/// Skipping more than this costs no more.
const FAR: i32 = 12;

/// How well a text answers: all that was typed must be there in its order, better at the beginnings of words and in one
/// run. Spaces and the size of letters do not count. Nothing typed fits everything alike.
pub fn fit(wanted: &str, text: &str) -> Option<Fit> {
    if !is_within(wanted, text) {
        return None;
    }
    let wanted: Vec<char> = wanted.chars().filter(|c| !c.is_whitespace()).map(lower).collect();
    let shown: Vec<char> = text.chars().collect();
    let lower: Vec<char> = shown.iter().copied().map(lower).collect();
    if wanted.is_empty() {
        return Some(Fit { score: 0, at: Vec::new(), close: true });
    }
    if wanted.len() > lower.len() {
        return None;
    }
    let starts: Vec<bool> = (0..shown.len()).map(|at| begins_word(&shown, at)).collect();
    let line = Line { wanted: &wanted, lower: &lower, starts: &starts };
    let (close, found) = match line.best(true) {
        Some(found) => (true, found),
        None => (false, line.best(false)?),
    };
    let (mut score, at) = found;
    let first = at.first().copied().unwrap_or(0);
    score -= (first as i32).min(FAR);
    if at.len() == lower.iter().filter(|c| !c.is_whitespace()).count() {
        score += WHOLE;
    }
    score += if close { 2 * WHOLE } else { 0 };
    // Who typed all of a word means it rather than a longer one.
    let ends = at.last().is_some_and(|last| shown.get(last + 1).is_none_or(|next| !next.is_alphanumeric()));
    score += if ends { END } else { 0 };
    // Of two that fit alike, the shorter is meant.
    Some(Fit { score: score * 4 - (lower.len() as i32).min(200) / 4, at, close })
}

/// Whether all that is wanted stands in a text, in its order: most texts are ruled out by this.
fn is_within(wanted: &str, text: &str) -> bool {
    let mut left = text.chars().map(lower);
    wanted.chars().filter(|c| !c.is_whitespace()).map(lower).all(|wanted| left.any(|c| c == wanted))
}

/// A letter as a small one; the few that are two letters then stay as their first.
fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

/// Whether a word begins here: after what is no letter, or a capital after a small letter.
fn begins_word(text: &[char], at: usize) -> bool {
    let Some(here) = text.get(at).filter(|c| c.is_alphanumeric()) else { return false };
    let Some(before) = at.checked_sub(1).and_then(|at| text.get(at)) else { return true };
    !before.is_alphanumeric() || (before.is_lowercase() && here.is_uppercase())
}

struct Line<'a> {
    wanted: &'a [char],
    lower: &'a [char],
    starts: &'a [bool],
}

impl Line<'_> {
    /// The best way to find all that is wanted. A close way takes only beginnings of words and what follows on.
    fn best(&self, close: bool) -> Option<(i32, Vec<usize>)> {
        type Best = Option<(i32, usize)>;
        // For each wanted character and each place: the best score that ends there, and the place of the one before.
        let mut rows: Vec<Vec<Best>> = Vec::with_capacity(self.wanted.len());
        for (row, wanted) in self.wanted.iter().enumerate() {
            let mut here: Vec<Best> = vec![None; self.lower.len()];
            // The best of the row before that lies farther left than the neighbour.
            let mut farther: Best = None;
            for (at, slot) in here.iter_mut().enumerate() {
                let before = |at: usize| rows.last().and_then(|row| row.get(at).copied()).flatten();
                if let Some(at) = at.checked_sub(2)
                    && let Some((score, _)) = before(at)
                    && farther.is_none_or(|(best, _)| score >= best)
                {
                    farther = Some((score, at));
                }
                if self.lower.get(at) != Some(wanted) {
                    continue;
                }
                let starts = self.starts.get(at).copied().unwrap_or(false);
                let own = HIT + if starts { WORD } else { 0 };
                if row == 0 {
                    *slot = (starts || !close).then_some((own, at));
                    continue;
                }
                let follows = at.checked_sub(1).and_then(|at| before(at).map(|(score, _)| (score + own + RUN, at)));
                let jumps = farther
                    .filter(|_| starts || !close)
                    .map(|(score, from)| (score + own - ((at - from) as i32).min(FAR), from));
                *slot = [follows, jumps].into_iter().flatten().max_by_key(|(score, _)| *score);
            }
            rows.push(here);
        }
        let last = rows.last()?;
        let (mut at, score) = last
            .iter()
            .enumerate()
            .filter_map(|(at, best)| best.map(|(score, _)| (at, score)))
            .max_by_key(|(at, score)| (*score, std::cmp::Reverse(*at)))?;
        let mut places = Vec::with_capacity(rows.len());
        for row in rows.iter().rev() {
            places.push(at);
            at = row.get(at).copied().flatten()?.1;
        }
        places.reverse();
        Some((score, places))
    }
}

/// In what of a record something was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// What people call it.
    Name,
    /// Its id.
    Id,
    /// What is written about it.
    Description,
    /// An operation of a contract.
    Operation(String),
    /// A message of a contract.
    Message(String),
}

/// A record that answers a search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Which.
    pub key: Key,
    /// What people call it.
    pub name: String,
    /// In what of it.
    pub place: Place,
    /// The more, the better.
    pub score: i32,
}

/// Everything in a model that can be found.
#[derive(Debug, Default)]
pub struct Finder {
    items: Vec<Item>,
}

#[derive(Debug)]
struct Item {
    key: Key,
    name: String,
    /// In lower case.
    words: String,
    parts: Vec<Place>,
}

impl Finder {
    /// The index of a model.
    pub fn new(model: &Model) -> Self {
        let item = |key: Key| {
            let record = model.entry(&key)?.record;
            let name = rules::name(model, &Subject::from(key.clone()));
            Some(Item { name, words: description(&record), parts: parts(&record), key })
        };
        let kinds = Kind::ALL.into_iter().filter(|kind| !kind.is_single());
        Self { items: kinds.flat_map(|kind| model.keys_of(kind)).filter_map(item).collect() }
    }

    /// What answers, the best first.
    pub fn find(&self, wanted: &str) -> Vec<Hit> {
        let wanted = wanted.trim().to_lowercase();
        if wanted.is_empty() {
            return Vec::new();
        }
        let mut hits: Vec<Hit> = self.items.iter().filter_map(|item| item.answer(&wanted)).collect();
        hits.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.name.cmp(&b.name)).then_with(|| a.key.cmp(&b.key)));
        hits
    }
}

impl Item {
    fn answer(&self, wanted: &str) -> Option<Hit> {
        let close = |text: &str, less: i32| fit(wanted, text).filter(|fit| fit.close).map(|fit| fit.score - less);
        let own = [(close(&self.name, 0), Place::Name), (close(self.key.slug.as_str(), 40), Place::Id)];
        let parts = self.parts.iter().map(|place| match place {
            Place::Operation(name) | Place::Message(name) => (close(name, 40), place.clone()),
            other => (None, other.clone()),
        });
        let told = wanted.split_whitespace().all(|word| self.words.contains(word));
        let told = (told.then_some(-1000), Place::Description);
        let all = own.into_iter().chain(parts).chain([told]);
        let (score, place) =
            all.filter_map(|(score, place)| Some((score?, place))).reduce(|a, b| if b.0 > a.0 { b } else { a })?;
        Some(Hit { key: self.key.clone(), name: self.name.clone(), place, score })
    }
}

/// What is written about a record, in lower case.
fn description(record: &Record) -> String {
    use crate::model::Shown;
    let fields = record.fields();
    let told = fields.iter().filter(|(name, _)| matches!(*name, "description" | "why" | "reason" | "context"));
    let texts = told.filter_map(|(_, field)| match field.show() {
        Shown::Text(text) => Some(text.to_lowercase()),
        _ => None,
    });
    texts.collect::<Vec<_>>().join("\n")
}

fn parts(record: &Record) -> Vec<Place> {
    let Record::Contract(contract) = record else { return Vec::new() };
    let operations = contract.operations.keys().map(|name| Place::Operation(name.to_string()));
    operations.chain(contract.messages.keys().map(|name| Place::Message(name.to_string()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order<'a>(wanted: &str, texts: &[&'a str]) -> Vec<&'a str> {
        let mut fits: Vec<(i32, &str)> =
            texts.iter().filter_map(|text| Some((fit(wanted, text)?.score, *text))).collect();
        fits.sort_by_key(|(score, _)| -score);
        fits.into_iter().map(|(_, text)| text).collect()
    }

    #[test]
    fn beginnings_of_words_and_runs_come_first() {
        assert_eq!(
            order("sa", &["Pass away", "Save as…", "Select all", "Save"]),
            ["Save", "Save as…", "Select all", "Pass away"]
        );
        assert_eq!(order("zi", &["Horizon line", "Zoom in"]), ["Zoom in", "Horizon line"]);
        assert_eq!(order("ord", &["Old record", "Orders", "Order desk"]), ["Orders", "Order desk", "Old record"]);
        assert_eq!(fit("oapi", "Orders API").unwrap().at, [0, 7, 8, 9]);
        assert!(fit("po", "PlaceOrder").unwrap().close && !fit("le", "PlaceOrder").unwrap().close);
        assert_eq!(fit("xyz", "Orders"), None);
        assert_eq!(fit("orders orders", "Orders"), None);
        assert!(fit("", "Orders").is_some() && fit("größe", "GRÖSSE oder Größe").is_some());
    }

    #[test]
    fn all_of_what_is_wanted_stands_where_it_was_found() {
        for (wanted, text) in [("lclub", "Loyalty club"), ("loyalty cl", "Loyalty club"), ("aaa", "banana"), ("q", "q")]
        {
            let at = fit(wanted, text).unwrap().at;
            let found: String = at.iter().filter_map(|at| text.to_lowercase().chars().nth(*at)).collect();
            assert_eq!(found, wanted.replace(' ', ""));
            assert!(at.windows(2).all(|pair| pair[0] < pair[1]));
        }
    }
}
