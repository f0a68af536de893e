//! Who is called what: made once per revision, so that a keystroke need not look through the model.

use std::collections::{BTreeSet, HashMap};

use crate::model::{Contract, Id, Interaction, Key, Kind, Model, Record, Slug, System};

/// The kinds whose records have names that lines speak of.
pub(super) const NAMED: [Kind; 8] =
    [Kind::Team, Kind::Domain, Kind::Boundary, Kind::Profile, Kind::System, Kind::Store, Kind::Entity, Kind::Contract];

/// From where to where.
type Pair = (Id<System>, Id<System>);

/// The names of a model.
#[derive(Clone, Debug, Default)]
pub struct Index {
    by_name: HashMap<(Kind, String), Vec<Slug>>,
    known: Vec<Known>,
    pairs: HashMap<Pair, Vec<Id<Interaction>>>,
    carriers: HashMap<String, Vec<Id<Interaction>>>,
    holders: HashMap<String, Vec<Id<Contract>>>,
}

/// A name that is known.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) key: Key,
    pub(super) name: String,
    pub(super) folded: String,
    mask: u64,
}

impl Index {
    /// The names of a model.
    pub fn new(model: &Model) -> Self {
        let mut index = Self::default();
        for kind in NAMED {
            for key in model.keys_of(kind) {
                if let Some(entry) = model.entry(&key) {
                    index.insert(&key, &entry.record);
                }
            }
        }
        for (id, stored) in &model.interactions {
            index.insert_interaction(id, &stored.value);
        }
        index
    }

    /// Adds the names of a record. What it was called before stays.
    pub(super) fn insert(&mut self, key: &Key, record: &Record) {
        match record {
            Record::Interaction(interaction) => {
                return self.insert_interaction(&Id::from_slug(key.slug.clone()), interaction);
            }
            Record::Contract(contract) => {
                let id: Id<Contract> = Id::from_slug(key.slug.clone());
                for part in contract.operations.keys().chain(contract.messages.keys()) {
                    once(self.holders.entry(part.as_str().to_owned()).or_default(), &id);
                }
            }
            _ => {}
        }
        let Some(name) = name_of(record) else { return };
        let folded = fold(name);
        let slug = key.slug.as_str();
        if slug != folded {
            once(self.by_name.entry((key.kind, slug.to_owned())).or_default(), &key.slug);
        }
        once(self.by_name.entry((key.kind, folded.clone())).or_default(), &key.slug);
        self.known.push(Known { key: key.clone(), name: name.to_owned(), mask: mask(&folded), folded });
    }

    fn insert_interaction(&mut self, id: &Id<Interaction>, interaction: &Interaction) {
        let pair = (interaction.from.clone(), interaction.to.clone());
        once(self.pairs.entry(pair).or_default(), id);
        for part in [&interaction.operation, &interaction.message].into_iter().filter_map(|part| part.known()) {
            once(self.carriers.entry(part.as_str().to_owned()).or_default(), id);
        }
    }

    /// The records of a kind that a text may name.
    pub(super) fn named(&self, kind: Kind, text: &str) -> BTreeSet<Slug> {
        let of = |text: String| self.by_name.get(&(kind, text)).into_iter().flatten().cloned();
        let mut found: BTreeSet<Slug> = of(fold(text)).collect();
        if found.is_empty()
            && let Some(slug) = Slug::derive(text).filter(|slug| spells(text, slug))
        {
            found.extend(of(slug.as_str().to_owned()));
        }
        found
    }

    /// The interactions from a system to another.
    pub(super) fn between(&self, from: &Id<System>, to: &Id<System>) -> &[Id<Interaction>] {
        self.pairs.get(&(from.clone(), to.clone())).map(Vec::as_slice).unwrap_or_default()
    }

    /// The interactions that carry an operation or message.
    pub(super) fn carriers(&self, part: &str) -> &[Id<Interaction>] {
        self.carriers.get(part).map(Vec::as_slice).unwrap_or_default()
    }

    /// The contracts that have an operation or message.
    pub(super) fn holders(&self, part: &str) -> &[Id<Contract>] {
        self.holders.get(part).map(Vec::as_slice).unwrap_or_default()
    }

    /// The operations and messages that contracts have or interactions carry, in no order; some come twice.
    pub(super) fn parts(&self) -> impl Iterator<Item = &str> {
        self.holders.keys().chain(self.carriers.keys()).map(String::as_str)
    }

    /// The names that are known of some kinds.
    pub(super) fn known(&self, kinds: &[Kind]) -> impl Iterator<Item = &Known> {
        self.known.iter().filter(|known| kinds.contains(&known.key.kind))
    }

    /// The name nearest to one that is not known, if any is near that is still so called.
    pub(super) fn nearest(&self, kinds: &[Kind], wrong: &str, still: impl Fn(&Key, &str) -> bool) -> Option<&str> {
        let folded = fold(wrong);
        let length = folded.chars().count();
        let limit = (length / 4).max(1);
        let wanted = mask(&folded);
        let near = |known: &&Known| {
            let most = 2 * limit as u32;
            (known.mask ^ wanted).count_ones() <= most && known.folded.len().abs_diff(folded.len()) <= 4 * limit
        };
        let rated = self.known(kinds).filter(near).filter_map(|known| {
            let far = strsim::osa_distance(&known.folded, &folded);
            (far > 0 && far <= limit && far < length && still(&known.key, &known.name)).then_some((far, known))
        });
        let best = rated.min_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.name.cmp(&b.1.name)));
        best.map(|(_, known)| known.name.as_str())
    }
}

/// A name without what makes no difference between names: case, and which of space, dash and underscore parts words.
pub(super) fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_whitespace() || c == '-' || c == '_' {
            if !folded.is_empty() && !folded.ends_with('-') {
                folded.push('-');
            }
        } else {
            folded.push(c);
        }
    }
    folded.truncate(folded.trim_end_matches('-').len());
    folded
}

/// Whether an id says all that a name says: signs like `+` and `#` make another name.
fn spells(name: &str, slug: &Slug) -> bool {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    let signs = name.chars().any(|c| matches!(c, '+' | '#' | '*'));
    !signs && letters(name) == letters(slug.as_str())
}

fn name_of(record: &Record) -> Option<&str> {
    Some(match record {
        Record::Team(value) => &value.name,
        Record::Domain(value) => &value.name,
        Record::Boundary(value) => &value.name,
        Record::Profile(value) => &value.name,
        Record::System(value) => &value.name,
        Record::Store(value) => &value.name,
        Record::Entity(value) => &value.name,
        Record::Contract(value) => &value.name,
        _ => return None,
    })
}

/// Which characters a text has, more or less: those that share a bit are taken for the same.
fn mask(text: &str) -> u64 {
    text.chars().fold(0, |mask, c| mask | 1 << (u32::from(c) % 64))
}

/// What comes again comes at once. To look through all of them would take the square of what many carry.
fn once<T: Clone + PartialEq>(all: &mut Vec<T>, one: &T) {
    if all.last() != Some(one) {
        all.push(one.clone());
    }
}
