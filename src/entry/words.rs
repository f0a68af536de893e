//! The words of the grammar: keywords, kinds, and what a name must be quoted for.

use crate::model::{
    Classification, Criticality, InteractionKind, Kind, Permanence, Right, Stage, StoreKind, SystemKind, SystemRole,
    Transport, Trust,
};

/// Words that end a name wherever they stand; a name that holds one is quoted. Only in lower case.
pub(super) const KEYWORDS: [&str; 30] = [
    "owns",
    "reads",
    "writes",
    "creates",
    "updates",
    "deletes",
    "follows",
    "provides",
    "runs",
    "profile",
    "in",
    "via",
    "tech",
    "fronts",
    "temporary",
    "permanent",
    "planned",
    "active",
    "deprecated",
    "retires",
    "replaced",
    "by",
    "version",
    "hourly",
    "daily",
    "nightly",
    "weekly",
    "monthly",
    "yearly",
    "every",
];

/// Schedules of one word.
pub(super) const SCHEDULES: [&str; 6] = ["hourly", "daily", "nightly", "weekly", "monthly", "yearly"];

/// Words at the beginning of a line that say what is to be done with what is named behind them.
pub(super) const DEEDS: [&str; 2] = ["remove", "rename"];

/// Words that say what kind of record the name behind them names.
pub(super) const HEADS: [(&str, Head); 11] = [
    ("system", Head::Record(Kind::System)),
    ("team", Head::Record(Kind::Team)),
    ("domain", Head::Record(Kind::Domain)),
    ("boundary", Head::Record(Kind::Boundary)),
    ("store", Head::Record(Kind::Store)),
    ("entity", Head::Record(Kind::Entity)),
    ("contract", Head::Record(Kind::Contract)),
    ("profile", Head::Record(Kind::Profile)),
    ("gateway", Head::System(SystemKind::Gateway)),
    ("backbone", Head::System(SystemKind::Backbone)),
    ("adapter", Head::System(SystemKind::Adapter)),
];

/// What a word before a name says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Head {
    /// A record of a kind.
    Record(Kind),
    /// A system of a kind, to lead through.
    System(SystemKind),
}

impl Head {
    /// Its word.
    pub fn word(self) -> &'static str {
        HEADS.iter().find(|(_, head)| *head == self).map_or("system", |(word, _)| word)
    }

    /// The kind of record.
    pub fn kind(self) -> Kind {
        match self {
            Self::Record(kind) => kind,
            Self::System(_) => Kind::System,
        }
    }
}

/// A choice of the model, by the word that the grammar has for it.
pub(super) type Choices<T> = [(&'static str, T)];

pub(super) const SYSTEM_KINDS: [(&str, SystemKind); 8] = [
    ("service", SystemKind::Service),
    ("application", SystemKind::Application),
    ("legacy", SystemKind::Legacy),
    ("external", SystemKind::External),
    ("gateway", SystemKind::Gateway),
    ("backbone", SystemKind::Backbone),
    ("adapter", SystemKind::Adapter),
    ("person", SystemKind::Person),
];

/// Where there are two words for one role, the first is written.
pub(super) const SYSTEM_ROLES: [(&str, SystemRole); 12] = [
    ("bff", SystemRole::Bff),
    ("backend for frontend", SystemRole::Bff),
    ("orchestrator", SystemRole::Orchestrator),
    ("read model", SystemRole::ReadModel),
    ("analytics", SystemRole::Analytics),
    ("mdm hub", SystemRole::MdmHub),
    ("master data hub", SystemRole::MdmHub),
    ("identity provider", SystemRole::IdentityProvider),
    ("platform", SystemRole::Platform),
    ("integration platform", SystemRole::IntegrationPlatform),
    ("file transfer", SystemRole::FileTransfer),
    ("change data capture", SystemRole::ChangeDataCapture),
];

pub(super) const CRITICALITIES: [(&str, Criticality); 4] = [
    ("critical", Criticality::Critical),
    ("high criticality", Criticality::High),
    ("medium criticality", Criticality::Medium),
    ("low criticality", Criticality::Low),
];

pub(super) const STAGES: [(&str, Stage); 3] =
    [("sketch", Stage::Sketch), ("design", Stage::Design), ("governed", Stage::Governed)];

pub(super) const PERMANENCES: [(&str, Permanence); 2] =
    [("temporary", Permanence::Temporary), ("permanent", Permanence::Permanent)];

pub(super) const INTERACTION_KINDS: [(&str, InteractionKind); 3] =
    [("command", InteractionKind::Command), ("query", InteractionKind::Query), ("event", InteractionKind::Event)];

pub(super) const TRANSPORTS: [(&str, Transport); 4] = [
    ("file", Transport::File),
    ("feed", Transport::ChangeFeed),
    ("sync", Transport::Synchronous),
    ("async", Transport::Asynchronous),
];

pub(super) const STORE_KINDS: [(&str, StoreKind); 6] = [
    ("database", StoreKind::Database),
    ("schema", StoreKind::Schema),
    ("cache", StoreKind::Cache),
    ("file share", StoreKind::FileShare),
    ("bucket", StoreKind::Bucket),
    ("landing zone", StoreKind::LandingZone),
];

pub(super) const CLASSIFICATIONS: [(&str, Classification); 5] = [
    ("public", Classification::Public),
    ("internal", Classification::Internal),
    ("confidential", Classification::Confidential),
    ("personal", Classification::Personal),
    ("special category", Classification::SpecialCategory),
];

pub(super) const TRUSTS: [(&str, Trust); 5] = [
    ("public", Trust::Public),
    ("partner", Trust::Partner),
    ("edge", Trust::Edge),
    ("internal", Trust::Internal),
    ("restricted", Trust::Restricted),
];

/// Boundaries whose name says how far what is inside is trusted: they can be made in passing.
pub(super) const WELL_KNOWN: [(&str, Trust); 9] = [
    ("internet", Trust::Public),
    ("public", Trust::Public),
    ("partner", Trust::Partner),
    ("partners", Trust::Partner),
    ("edge", Trust::Edge),
    ("dmz", Trust::Edge),
    ("internal", Trust::Internal),
    ("intranet", Trust::Internal),
    ("restricted", Trust::Restricted),
];

/// What a system does to data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// It reads.
    Reads,
    /// It writes: it creates and updates.
    Writes,
    /// One right of an entity.
    Does(Right),
    /// It reads the feed of a store's changes.
    Follows,
}

pub(super) const VERBS: [(&str, Verb); 6] = [
    ("reads", Verb::Reads),
    ("writes", Verb::Writes),
    ("creates", Verb::Does(Right::Create)),
    ("updates", Verb::Does(Right::Update)),
    ("deletes", Verb::Does(Right::Delete)),
    ("follows", Verb::Follows),
];

/// What one does who has a right: "creates".
pub(super) fn verb_of(right: Right) -> &'static str {
    match right {
        Right::Read => "reads",
        other => word_of(&VERBS, &Verb::Does(other)),
    }
}

/// The word of a choice.
pub(super) fn word_of<T: PartialEq>(choices: &Choices<T>, value: &T) -> &'static str {
    choices.iter().find(|(_, other)| other == value).map_or("", |(word, _)| word)
}

/// What people call things for which the grammar has another word.
const ALIKE: [(&str, &str); 44] = [
    ("broker", "backbone"),
    ("event broker", "backbone"),
    ("message broker", "backbone"),
    ("bus", "backbone"),
    ("event bus", "backbone"),
    ("esb", "integration platform"),
    ("queue", "backbone"),
    ("topic", "backbone"),
    ("mainframe", "legacy"),
    ("monolith", "legacy"),
    ("legacy system", "legacy"),
    ("saas", "external"),
    ("partner", "external"),
    ("vendor", "external"),
    ("third party", "external"),
    ("external system", "external"),
    ("user", "person"),
    ("actor", "person"),
    ("customer", "person"),
    ("app", "application"),
    ("web app", "application"),
    ("mobile app", "application"),
    ("frontend", "application"),
    ("ui", "application"),
    ("portal", "application"),
    ("api", "service"),
    ("microservice", "service"),
    ("backend", "service"),
    ("system", "service"),
    ("proxy", "gateway"),
    ("api gateway", "gateway"),
    ("event backbone", "backbone"),
    ("high", "high criticality"),
    ("medium", "medium criticality"),
    ("low", "low criticality"),
    ("cdc", "change data capture"),
    ("data warehouse", "analytics"),
    ("postgres", "database"),
    ("oracle", "database"),
    ("sql", "database"),
    ("s3", "bucket"),
    ("folder", "file share"),
    ("secret", "confidential"),
    ("pii", "personal"),
];

/// The word of the grammar, among those that can stand there, for what somebody called otherwise.
pub(super) fn meant(wrong: &str, words: impl IntoIterator<Item = &'static str>) -> Option<String> {
    let (_, word) = ALIKE.iter().find(|(alike, _)| *alike == wrong)?;
    words.into_iter().any(|known| known == *word).then(|| (*word).to_owned())
}

/// Whether a word behind a contract's name is taken for a version: `v2`, `2.1`, `2026-01`.
pub(super) fn is_version(word: &str) -> bool {
    let digits = word.strip_prefix(['v', 'V']).unwrap_or(word);
    digits.starts_with(|c: char| c.is_ascii_digit()) && crate::model::PartName::new(word).is_ok()
}
