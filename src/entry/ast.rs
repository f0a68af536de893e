//! What a line says, before anybody has looked at a model. Where it stands in the line is kept for messages, and makes
//! no difference: two lines that say the same are equal.

use std::ops::Range;

use super::words::{Head, Verb};
use crate::model::{
    Classification, Criticality, Date, InteractionKind, Kind, Permanence, Stage, StoreKind, SystemKind, SystemRole,
    Transport, Trust,
};

/// Something and the bytes of the line that say it.
#[derive(Clone, Debug)]
pub struct Said<T> {
    /// What is said.
    pub value: T,
    /// Where.
    pub at: Range<usize>,
}

impl<T: PartialEq> PartialEq for Said<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Said<T> {}

/// A name as it was written, without quotation marks.
pub type Name = Said<String>;

/// A name, and the kind of record that it names where that is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ref {
    /// `entity`, `store`, `contract`, `gateway`…
    pub head: Option<Said<Head>>,
    /// The name.
    pub name: Name,
}

/// What is led through, or kept to: a contract, perhaps of a version, a gateway or a backbone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Via {
    /// Which.
    pub what: Ref,
    /// The version of a contract.
    pub version: Option<Name>,
}

/// A line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Statement {
    /// `Orders, Billing : service @ Sales`
    Systems(Box<Systems>),
    /// `domain Sales`, `entity Order : personal`
    Records(Records),
    /// `Checkout -> Orders : command PlaceOrder via orders-api v2`
    Connect(Connect),
    /// `Orders => OrderPlaced => Billing, Shipping via kafka`
    Publish(Publish),
    /// `Orders owns Order in orders-db`
    Own(Own),
    /// `Billing reads Order via orders-api`
    Access(Access),
    /// `Orders provides orders-api v2`
    Provide(Provide),
    /// `Storefront runs Orders, Checkout`
    Run(Run),
    /// `PlaceOrder profile internal-rest`
    Profile(TakeProfile),
    /// `remove Orders`, `remove Checkout -> Orders : command PlaceOrder`
    Remove(Remove),
    /// `rename Orders to Order service`
    Rename(Rename),
}

/// Systems, and what is said of each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Systems {
    /// Their names.
    pub names: Vec<Name>,
    /// What they are.
    pub kind: Option<Said<SystemKind>>,
    /// The rules of their own that they have.
    pub role: Option<Said<SystemRole>>,
    /// How much depends on them.
    pub criticality: Option<Said<Criticality>>,
    /// How far they are thought through.
    pub stage: Option<Said<Stage>>,
    /// How long adapters are meant to stay.
    pub permanence: Option<Said<Permanence>>,
    /// What adapters stand before.
    pub fronts: Vec<Name>,
    /// The domain they belong to.
    pub domain: Option<Name>,
    /// The boundary they stand in.
    pub boundary: Option<Name>,
    /// Language, product, platform.
    pub technology: Option<Name>,
    /// Planned since, in use since, discouraged since, gone on.
    pub dates: Dates,
    /// What takes over.
    pub replaced_by: Option<Name>,
}

impl Systems {
    /// Systems of which nothing is said but their names.
    pub fn of(names: Vec<Name>) -> Self {
        Self {
            names,
            kind: None,
            role: None,
            criticality: None,
            stage: None,
            permanence: None,
            fronts: Vec::new(),
            domain: None,
            boundary: None,
            technology: None,
            dates: Dates::default(),
            replaced_by: None,
        }
    }
}

/// The dates of a life.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dates {
    /// Planned since.
    pub planned: Option<Said<Date>>,
    /// In use since.
    pub active: Option<Said<Date>>,
    /// Discouraged since.
    pub deprecated: Option<Said<Date>>,
    /// Gone on.
    pub retires: Option<Said<Date>>,
}

/// Records of a kind other than systems.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Records {
    /// Which kind.
    pub kind: Kind,
    /// Their names.
    pub names: Vec<Name>,
    /// What they are.
    pub trait_: Option<Said<Trait>>,
    /// What they are part of: the domain of a domain, the boundary of a boundary.
    pub parent: Option<Name>,
}

/// What a record of a kind is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trait {
    /// Of a domain.
    Stage(Stage),
    /// Of a boundary.
    Trust(Trust),
    /// Of a store.
    Store(StoreKind),
    /// Of an entity.
    Classification(Classification),
}

/// Interactions from each of some systems to each of others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connect {
    /// Where they start.
    pub from: Vec<Name>,
    /// Where they end.
    pub to: Vec<Name>,
    /// What they mean.
    pub kind: Option<Said<InteractionKind>>,
    /// How they travel.
    pub transport: Option<Said<Transport>>,
    /// The operation or message.
    pub part: Option<Name>,
    /// How.
    pub tail: Tail,
}

/// An event from one system to many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publish {
    /// Who publishes.
    pub from: Name,
    /// What happened.
    pub message: Name,
    /// Who is told; nobody need be.
    pub to: Vec<Name>,
    /// How.
    pub tail: Tail,
}

/// How something travels.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tail {
    /// When it runs.
    pub schedule: Option<Said<Schedule>>,
    /// What it keeps to and is led through, in order.
    pub via: Vec<Via>,
    /// The bundle of facts it takes.
    pub profile: Option<Name>,
}

/// When something runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Schedule {
    /// `nightly`
    Word(&'static str),
    /// `every 10 minutes`
    Every(String),
}

/// A system of record, or the system whose a store is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Own {
    /// Who owns.
    pub system: Name,
    /// What: entities, or stores.
    pub data: Vec<Ref>,
    /// The store that holds the entities as the truth.
    pub store: Option<Name>,
}

/// What systems do to data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    /// Who.
    pub systems: Vec<Name>,
    /// What they do.
    pub verb: Verb,
    /// To what: entities, or stores.
    pub data: Vec<Ref>,
    /// By which way.
    pub through: Option<Through>,
}

/// By which way a system reaches an entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Through {
    /// `via orders-api`
    Contract(Name),
    /// `in orders-db`
    Store(Name),
}

/// The contracts of a system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provide {
    /// Who provides them.
    pub system: Name,
    /// Which, perhaps in a version.
    pub contracts: Vec<(Name, Option<Name>)>,
}

/// What a team answers for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The team; that it is one may be said.
    pub team: Ref,
    /// Systems, domains, contracts.
    pub what: Vec<Ref>,
}

/// Interactions that take a profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakeProfile {
    /// Operations, messages, or interactions by their ids.
    pub names: Vec<Name>,
    /// The profile.
    pub profile: Name,
}

/// What is taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remove {
    /// Records, with all that cannot be without them.
    Records(Vec<Ref>),
    /// Interactions, by their ends and by what they carry; nothing stands behind that.
    Connect(Connect),
    /// That systems are told of an event; nothing stands behind them.
    Publish(Publish),
    /// What systems do to data.
    Access(Access),
}

/// Another name for a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rename {
    /// Which record.
    pub what: Ref,
    /// What it is to be called.
    pub to: Name,
}
