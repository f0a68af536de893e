//! The model: its tables, and any record of them.

use std::{collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::DeserializeSeed};

use super::{
    About, Boundary, Contract, ContractTests, Criteria, Decision, Domain, Entity, FORMAT, Fact, Field, Flow, Id,
    Interaction, Key, Lifecycle, Mesh, Message, Misfit, Observability, Operation, PartKind, PartName, Parts, Path,
    Performance, Plateau, Policy, Profile, Report, Requirements, Resilience, RoadmapChange, Said, Security, Shape,
    Shown, Slot, Slug, Store, Subject, System, Tabled, Team, View, Waiver, merge::Merging,
};

/// A record with the comment above it in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored<T> {
    /// The lines of the comment as they stand, with their slashes.
    pub comment: Option<Arc<str>>,
    /// The record.
    pub value: Arc<T>,
}

impl<T> Stored<T> {
    /// A record without a comment.
    pub fn new(value: T) -> Self {
        Self { comment: None, value: Arc::new(value) }
    }
}

impl<T> std::ops::Deref for Stored<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// The records of one kind, in the order of their ids. A clone copies pointers.
pub type Table<T> = BTreeMap<Id<T>, Stored<T>>;

/// Any record with its comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The lines of the comment as they stand, with their slashes.
    pub comment: Option<Arc<str>>,
    /// The record.
    pub record: Record,
}

/// A record as it stands in its table, without the name of its kind.
#[derive(Clone, Copy, Debug)]
pub struct Bare<'a>(pub &'a Record);

macro_rules! kinds {
    (
        single { $( $single:ident $stype:ident $sfield:ident = $sword:literal, )* }
        tables { $( $kind:ident $type:ident $table:ident = $word:literal $phrase:literal, )* }
    ) => {
        /// A kind of record, in the order of the file.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $( #[doc = concat!("The singleton `", $sword, "`.")] $single, )*
            $( #[doc = concat!("Records of `", stringify!($table), "`.")] $kind, )*
        }

        impl Kind {
            /// Every kind, in the order of the file.
            pub const ALL: [Self; 19] = [$( Self::$single, )* $( Self::$kind, )*];

            /// Its word in keys: `system`.
            pub fn word(self) -> &'static str {
                match self { $( Self::$single => $sword, )* $( Self::$kind => $word, )* }
            }

            /// Its name in the file: `systems`.
            pub fn table(self) -> &'static str {
                match self { $( Self::$single => $sword, )* $( Self::$kind => stringify!($table), )* }
            }

            /// What one of it is called in a sentence.
            pub fn phrase(self) -> &'static str {
                match self { $( Self::$single => $sword, )* $( Self::$kind => $phrase, )* }
            }

            /// Whether there is exactly one of it.
            pub fn is_single(self) -> bool {
                match self { $( Self::$single => true, )* $( Self::$kind => false, )* }
            }
        }

        $( impl Tabled for $stype { const KIND: Kind = Kind::$single; } )*
        $( impl Tabled for $type { const KIND: Kind = Kind::$kind; } )*

        /// Any record.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub enum Record {
            $( #[doc = concat!("The singleton `", $sword, "`.")] $single(Arc<$stype>), )*
            $( #[doc = concat!("One of `", stringify!($table), "`.")] $kind(Arc<$type>), )*
        }

        /// Reads a record of this kind without the name of its kind, as it stands in its table.
        impl<'de> DeserializeSeed<'de> for Kind {
            type Value = Record;

            fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Record, D::Error> {
                match self {
                    $( Self::$single => $stype::deserialize(deserializer).map(Record::from), )*
                    $( Self::$kind => $type::deserialize(deserializer).map(Record::from), )*
                }
            }
        }

        /// Writes a record without the name of its kind.
        impl Serialize for Bare<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self.0 {
                    $( Record::$single(value) => value.serialize(serializer), )*
                    $( Record::$kind(value) => value.serialize(serializer), )*
                }
            }
        }

        $( impl From<$stype> for Record { fn from(value: $stype) -> Self { Self::$single(Arc::new(value)) } } )*
        $( impl From<$type> for Record { fn from(value: $type) -> Self { Self::$kind(Arc::new(value)) } } )*

        impl Record {
            /// Its kind.
            pub fn kind(&self) -> Kind {
                match self { $( Self::$single(_) => Kind::$single, )* $( Self::$kind(_) => Kind::$kind, )* }
            }

            /// Its fields by name, in the order of the file.
            pub fn fields(&self) -> Vec<(&'static str, &dyn Field)> {
                match self { $( Self::$single(value) => value.fields(), )* $( Self::$kind(value) => value.fields(), )* }
            }

            /// What the fields of its kind can hold, in the order of the file.
            pub fn shape_of(kind: Kind) -> Vec<Slot> {
                match kind { $( Kind::$single => $stype::slots(), )* $( Kind::$kind => $type::slots(), )* }
            }

            /// Makes one of a kind, from what it must have.
            ///
            /// # Errors
            /// What is missing or does not fit.
            pub fn make(kind: Kind, parts: &Parts) -> Result<Self, Misfit> {
                match kind {
                    $( Kind::$single => $stype::make(parts).map(Self::from), )*
                    $( Kind::$kind => $type::make(parts).map(Self::from), )*
                }
            }

            /// What stands at a path, to be shown; `None` where there is no such place.
            pub fn at(&self, path: &Path) -> Option<Shown> {
                match self { $( Self::$single(value) => value.at(&path.0), )* $( Self::$kind(value) => value.at(&path.0), )* }
            }

            /// Says something of what stands at a path. Nothing has changed where that does not fit.
            ///
            /// # Errors
            /// What would fit.
            pub fn set(&mut self, path: &Path, said: &Said) -> Result<(), Misfit> {
                if self.kind() == Kind::Model && path.last() == "format" {
                    return Self::keep_format(said);
                }
                self.check_fact_name(path, said)?;
                match self {
                    $( Self::$single(value) => Arc::make_mut(value).set(&path.0, said), )*
                    $( Self::$kind(value) => Arc::make_mut(value).set(&path.0, said), )*
                }
            }

            fn visit(&self, visit: &mut dyn FnMut(Key)) {
                match self { $( Self::$single(value) => value.references(visit), )* $( Self::$kind(value) => value.references(visit), )* }
            }

            /// Renames each reference to `from`.
            pub fn rename(&mut self, from: &Key, to: &Slug) {
                match self {
                    $( Self::$single(value) => Arc::make_mut(value).rename(from, to), )*
                    $( Self::$kind(value) => Arc::make_mut(value).rename(from, to), )*
                }
            }

            /// What it must have, and nothing asked yet.
            pub(super) fn bare(&self) -> Self {
                match self { $( Self::$single(value) => value.bare().into(), )* $( Self::$kind(value) => value.bare().into(), )* }
            }

            /// Adds what they made of a record to what we made of it. Under one key all are of one kind.
            pub(super) fn merge(&mut self, base: &Self, theirs: &Self, merging: &mut Merging<'_>) {
                match (self, base, theirs) {
                    $( (Self::$single(ours), Self::$single(base), Self::$single(theirs)) => {
                        Field::merge(Arc::make_mut(ours), base, theirs, merging);
                    } )*
                    $( (Self::$kind(ours), Self::$kind(base), Self::$kind(theirs)) => {
                        Field::merge(Arc::make_mut(ours), base, theirs, merging);
                    } )*
                    _ => {}
                }
            }

            /// Leaves of two records of one kind only that in which they differ, and what they cannot be without.
            pub(super) fn narrow(&mut self, other: &mut Self) {
                match (self, other) {
                    $( (Self::$single(a), Self::$single(b)) => Field::narrow(Arc::make_mut(a), Arc::make_mut(b)), )*
                    $( (Self::$kind(a), Self::$kind(b)) => Field::narrow(Arc::make_mut(a), Arc::make_mut(b)), )*
                    _ => {}
                }
            }

            /// Whether it is the very same value in memory.
            pub(super) fn is_same(&self, other: &Self) -> bool {
                match (self, other) {
                    $( (Self::$single(a), Self::$single(b)) => Arc::ptr_eq(a, b), )*
                    $( (Self::$kind(a), Self::$kind(b)) => Arc::ptr_eq(a, b), )*
                    _ => false,
                }
            }
        }

        /// An architecture.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct Model {
            /// The comment at the head of the file.
            pub head: Option<Arc<str>>,
            $( #[doc = concat!("The singleton `", $sword, "`.")] pub $sfield: Stored<$stype>, )*
            $( #[doc = concat!("The table `", stringify!($table), "`.")] pub $table: Table<$type>, )*
        }

        impl Model {
            /// An architecture of which only the name is known.
            pub fn new(name: impl Into<String>) -> Self {
                Self {
                    head: None,
                    about: Stored::new(About::new(FORMAT, name)),
                    policy: Stored::new(Policy::default()),
                    report: Stored::new(Report::default()),
                    $( $table: Table::new(), )*
                }
            }

            /// A record with its comment.
            pub fn entry(&self, key: &Key) -> Option<Entry> {
                match key.kind {
                    $( Kind::$single => Some(Entry {
                        comment: self.$sfield.comment.clone(),
                        record: Record::$single(self.$sfield.value.clone()),
                    }), )*
                    $( Kind::$kind => self.$table.get(&Id::from_slug(key.slug.clone())).map(|stored| Entry {
                        comment: stored.comment.clone(),
                        record: Record::$kind(stored.value.clone()),
                    }), )*
                }
            }

            /// Whether there is such a record.
            pub fn contains(&self, key: &Key) -> bool {
                match key.kind {
                    $( Kind::$single => true, )*
                    $( Kind::$kind => self.$table.contains_key(&Id::from_slug(key.slug.clone())), )*
                }
            }

            /// Puts a record, or removes it, without a look at references. Singletons cannot be removed.
            pub(crate) fn set(&mut self, key: &Key, entry: Option<Entry>) {
                match (key.kind, entry) {
                    $( (Kind::$single, Some(Entry { comment, record: Record::$single(value) })) => {
                        self.$sfield = Stored { comment, value };
                    } )*
                    $( (Kind::$kind, Some(Entry { comment, record: Record::$kind(value) })) => {
                        self.$table.insert(Id::from_slug(key.slug.clone()), Stored { comment, value });
                    } )*
                    $( (Kind::$kind, None) => {
                        self.$table.remove(&Id::from_slug(key.slug.clone()));
                    } )*
                    _ => {}
                }
            }

            /// The keys of one kind, in order.
            pub fn keys_of(&self, kind: Kind) -> Vec<Key> {
                match kind {
                    $( Kind::$single => vec![Key::single(kind)], )*
                    $( Kind::$kind => self.$table.keys().map(Id::key).collect(), )*
                }
            }

            /// The name that people read, of any record.
            pub fn name(&self, key: &Key) -> String {
                let named = match self.entry(key) {
                    None => None,
                    Some(entry) => entry.record.display_name(),
                };
                named.unwrap_or_else(|| key.slug.to_string())
            }
        }
    };
}

kinds! {
    single {
        Model About about = "model",
        Policy Policy policy = "policy",
        Report Report report = "report",
    }
    tables {
        Team Team teams = "team" "team",
        Domain Domain domains = "domain" "domain",
        Boundary Boundary boundaries = "boundary" "boundary",
        Profile Profile profiles = "profile" "profile",
        Mesh Mesh meshes = "mesh" "service mesh",
        System System systems = "system" "system",
        Store Store stores = "store" "store",
        Entity Entity entities = "entity" "entity",
        Contract Contract contracts = "contract" "contract",
        Interaction Interaction interactions = "interaction" "interaction",
        Flow Flow flows = "flow" "flow",
        Change RoadmapChange changes = "change" "change",
        Plateau Plateau plateaus = "plateau" "plateau",
        Decision Decision decisions = "decision" "decision",
        Waiver Waiver waivers = "waiver" "waiver",
        View View views = "view" "view",
    }
}

impl Key {
    /// The key of a singleton.
    pub fn single(kind: Kind) -> Self {
        // The words of kinds are slugs: a test below holds it.
        let slug = Slug::derive(kind.word()).unwrap_or_else(|| unreachable!("the words of kinds are slugs"));
        Self { kind, slug }
    }
}

impl Record {
    /// What it refers to, parts of contracts included, in the order of the fields.
    pub fn references(&self) -> Vec<Subject> {
        let mut references = Vec::new();
        self.visit(&mut |key| references.push(Subject { key, part: None }));
        let of = |id: &Id<Contract>, kind, name: &PartName| Subject { key: id.key(), part: Some((kind, name.clone())) };
        match self {
            Self::Interaction(interaction) => {
                references.extend(interaction.parts().iter().map(|(id, kind, name)| of(id, *kind, name)));
            }
            Self::Contract(contract) => {
                references.extend(contract.published().map(|part| Subject::part(PartKind::Message, part)));
            }
            Self::Waiver(waiver) if waiver.about.part.is_some() => references.push(waiver.about.clone()),
            _ => {}
        }
        references
    }

    /// It as an effect leaves it that tells what it changes, before and after.
    ///
    /// # Errors
    /// The fact of which that what is to change is not there.
    pub fn altered(&self, key: &Key, from: &Self, to: &Self) -> Result<Self, String> {
        super::merge::alter(key, self, from, to)
    }

    /// The format is the file's own: another cannot be said.
    fn keep_format(said: &Said) -> Result<(), Misfit> {
        match said {
            Said::Value(text) if *text == FORMAT.to_string() => Ok(()),
            _ => Err(Misfit::Unfit(FORMAT.to_string())),
        }
    }

    /// Reasons and sources speak of facts: a name that none has would say nothing.
    fn check_fact_name(&self, path: &Path, said: &Said) -> Result<(), Misfit> {
        let named = match (path.0.as_slice(), said) {
            ([field], Said::Add(parts)) if is_about_facts(field) => parts.text().unwrap_or_default(),
            ([field, _], Said::Rename(to)) if is_about_facts(field) => to,
            ([field, name, ..], said) if is_about_facts(field) && *said != Said::Remove => name,
            _ => return Ok(()),
        };
        if self.fact_names().contains(&named) { Ok(()) } else { Err(Misfit::Nowhere(format!("fact “{named}”"))) }
    }

    /// What can stand at a path of it.
    pub fn shape_at(&self, path: &Path) -> Option<Shape> {
        if let (Self::Change(change), [effects, at, _, rest @ ..]) = (self, path.0.as_slice())
            && effects == "effects"
            && !rest.is_empty()
        {
            let record = change.effects.get(at.parse::<usize>().ok()?)?.record()?;
            return record.shape_at(&Path(rest.to_vec()));
        }
        let (name, rest) = path.0.split_first()?;
        Self::shape_of(self.kind()).into_iter().find(|slot| slot.name == name)?.shape.at(rest)
    }

    /// The names under which `not_applicable` and `sources` may speak of its facts.
    pub fn fact_names(&self) -> Vec<&'static str> {
        let mut names: Vec<_> = self.fields().into_iter().map(|(name, _)| name).collect();
        let inner: &[&[&str]] = match self {
            Self::System(_) => &[Lifecycle::FIELDS, Resilience::FIELDS, Security::FIELDS, Observability::FIELDS],
            Self::Interaction(_) => &[Resilience::FIELDS, Security::FIELDS, Observability::FIELDS, Criteria::FIELDS],
            Self::Profile(_) | Self::Mesh(_) => &[Resilience::FIELDS, Security::FIELDS, Observability::FIELDS],
            Self::Boundary(_) => &[Requirements::FIELDS],
            Self::Contract(_) => &[Performance::FIELDS, ContractTests::FIELDS, Operation::FIELDS, Message::FIELDS],
            Self::Decision(_) => &[Criteria::FIELDS],
            _ => &[],
        };
        names.extend(inner.iter().copied().flatten().copied());
        names
    }

    /// Who said a fact of it, when and where: "A. Meier, 2026-11-20, workshop 3". Empty where nobody is named.
    pub fn source_of(&self, fact: &str) -> String {
        let sources = self.fields().into_iter().find(|(name, _)| *name == "sources").map(|(_, field)| field.show());
        let Some(Shown::Group(entries)) = sources else { return String::new() };
        let Some((_, Shown::Group(parts))) = entries.into_iter().find(|(name, _)| name == fact) else {
            return String::new();
        };
        let text = |(_, shown)| match shown {
            Shown::Text(text) => Some(text),
            _ => None,
        };
        parts.into_iter().filter_map(text).collect::<Vec<_>>().join(", ")
    }

    /// Gives it another display name or title; whether it has one to give.
    pub fn set_display_name(&mut self, name: &str) -> bool {
        let slot = match self {
            Self::Model(value) => &mut Arc::make_mut(value).name,
            Self::Team(value) => &mut Arc::make_mut(value).name,
            Self::Domain(value) => &mut Arc::make_mut(value).name,
            Self::Boundary(value) => &mut Arc::make_mut(value).name,
            Self::Profile(value) => &mut Arc::make_mut(value).name,
            Self::Mesh(value) => &mut Arc::make_mut(value).name,
            Self::System(value) => &mut Arc::make_mut(value).name,
            Self::Store(value) => &mut Arc::make_mut(value).name,
            Self::Entity(value) => &mut Arc::make_mut(value).name,
            Self::Contract(value) => &mut Arc::make_mut(value).name,
            Self::Flow(value) => &mut Arc::make_mut(value).name,
            Self::Change(value) => &mut Arc::make_mut(value).name,
            Self::Plateau(value) => &mut Arc::make_mut(value).name,
            Self::Decision(value) => &mut Arc::make_mut(value).name,
            Self::View(value) => &mut Arc::make_mut(value).title,
            Self::Policy(_) | Self::Report(_) | Self::Interaction(_) | Self::Waiver(_) => return false,
        };
        name.clone_into(slot);
        true
    }

    /// The owner that it names, whatever that is called on its kind: a team, or for data a system. `None` where records
    /// of this kind have no owner.
    pub fn owner(&self) -> Option<Fact<Key>> {
        fn key<T: Tabled>(fact: &Fact<Id<T>>) -> Fact<Key> {
            match fact {
                Fact::NotAsked => Fact::NotAsked,
                Fact::None => Fact::None,
                Fact::Known(id) => Fact::Known(id.key()),
            }
        }
        Some(match self {
            Self::Domain(value) => key(&value.owner),
            Self::System(value) => key(&value.owner),
            Self::Contract(value) => key(&value.owner),
            Self::Change(value) => key(&value.owner),
            Self::Store(value) => key(&value.owner),
            Self::Entity(value) => key(&value.owner),
            _ => return None,
        })
    }

    /// Names another owner; whether it can have one of that kind.
    pub fn set_owner(&mut self, owner: &Fact<Key>) -> bool {
        fn put<T: Tabled>(slot: &mut Fact<Id<T>>, owner: &Fact<Key>) -> bool {
            *slot = match owner {
                Fact::NotAsked => Fact::NotAsked,
                Fact::None => Fact::None,
                Fact::Known(key) if key.kind == T::KIND => Fact::Known(Id::from_slug(key.slug.clone())),
                Fact::Known(_) => return false,
            };
            true
        }
        match self {
            Self::Domain(value) => put(&mut Arc::make_mut(value).owner, owner),
            Self::System(value) => put(&mut Arc::make_mut(value).owner, owner),
            Self::Contract(value) => put(&mut Arc::make_mut(value).owner, owner),
            Self::Change(value) => put(&mut Arc::make_mut(value).owner, owner),
            Self::Store(value) => put(&mut Arc::make_mut(value).owner, owner),
            Self::Entity(value) => put(&mut Arc::make_mut(value).owner, owner),
            _ => false,
        }
    }

    /// The display name or title that the record holds.
    pub fn display_name(&self) -> Option<String> {
        let fields = self.fields();
        let named = fields.iter().find(|(name, _)| matches!(*name, "name" | "title"));
        match named.map(|(_, field)| field.show()) {
            Some(Shown::Text(text)) => Some(text),
            _ => None,
        }
    }
}

fn is_about_facts(field: &str) -> bool {
    matches!(field, "not_applicable" | "sources")
}

impl Model {
    /// Every key, in the order of the file.
    pub fn keys(&self) -> Vec<Key> {
        Kind::ALL.into_iter().flat_map(|kind| self.keys_of(kind)).collect()
    }

    /// Whether what a record refers to is there.
    pub fn resolves(&self, reference: &Subject) -> bool {
        match &reference.part {
            None => self.contains(&reference.key),
            Some((kind, name)) => {
                let contract = self.contracts.get(&Id::from_slug(reference.key.slug.clone()));
                // A missing contract is one dangling reference, not two.
                contract.is_none_or(|contract| contract.has(*kind, name))
            }
        }
    }

    /// The references of the record under a key that lead nowhere, versions that a contract names of itself included.
    pub fn dangling(&self, key: &Key, record: &Record) -> Vec<Subject> {
        let mut references = record.references();
        if let Record::Contract(contract) = record {
            let own = |name: &&PartName| Subject { key: key.clone(), part: Some((PartKind::Version, (*name).clone())) };
            references.extend(contract.named_versions().iter().map(own));
        }
        references.into_iter().filter(|reference| !self.resolves(reference)).collect()
    }

    /// A system, by id.
    pub fn system(&self, id: &Id<System>) -> Option<&System> {
        self.systems.get(id).map(|stored| &*stored.value)
    }

    /// A shown value in words, records by their display names.
    pub fn words(&self, shown: &Shown) -> String {
        match shown {
            Shown::NotAsked => "not asked".to_owned(),
            Shown::None => "none".to_owned(),
            Shown::Text(text) => text.clone(),
            Shown::Ref(key) => self.name(key),
            Shown::List(items) => items.iter().map(|item| self.words(item)).collect::<Vec<_>>().join(", "),
            Shown::Group(entries) => {
                let entry =
                    |(name, value): &(String, Shown)| format!("{} {}", name.replace('_', " "), self.words(value));
                entries.iter().map(entry).collect::<Vec<_>>().join(", ")
            }
        }
    }

    /// The display name of a record by typed id.
    pub fn name_of<T: Tabled>(&self, id: &Id<T>) -> String {
        self.name(&id.key())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_kinds_are_slugs() {
        for kind in Kind::ALL {
            assert_eq!(Slug::new(kind.word()).unwrap().as_str(), kind.word());
        }
    }
}
