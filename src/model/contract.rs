//! Contracts as products: versions, operations, messages.

use std::{collections::BTreeMap, fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{
    BadSlug, Date, Duration, Entity, Fact, Id, Key, Misfit, Parts, Rate, Said, Shape, Share, Shown, Slug, Source,
    System, Team, Text, Yes,
    fact::Field,
    macros::{choice, facts, fields, forms},
    merge::Merging,
    shape::{parse, parse_from, set_text},
};

/// The name of a version, operation or message within its contract; case is kept.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct PartName(String);

/// Why a text is no name of a part.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a name: use letters, digits, `-`, `_` and `.`")]
pub struct BadPartName(String);

impl PartName {
    /// Takes a name of letters, digits, `-`, `_` and `.`.
    pub fn new(text: &str) -> Result<Self, BadPartName> {
        let fine = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
        if text.is_empty() || !text.chars().all(fine) {
            return Err(BadPartName(text.to_owned()));
        }
        Ok(Self(text.to_owned()))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PartName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl<'de> Deserialize<'de> for PartName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(&String::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

impl Field for PartName {
    fn show(&self) -> Shown {
        Shown::Text(self.0.clone())
    }

    fn shape() -> Shape {
        Shape::Name
    }

    fn make(parts: &Parts) -> Result<Self, Misfit> {
        parse(parts, |text| Self::new(text.trim()).ok())
    }

    fn set(&mut self, path: &[String], said: &Said) -> Result<(), Misfit> {
        set_text(self, path, said)
    }
}

/// A version, operation or message of a named contract: `orders-api/PlaceOrder`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Part {
    /// The contract.
    pub contract: Id<Contract>,
    /// The name within it.
    pub name: PartName,
}

/// Why a text names no part of a contract.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadPart {
    /// There is no slash.
    #[error("`{0}` does not name a part of a contract: write it like `orders-api/PlaceOrder`")]
    Slash(String),
    /// What stands before it is no slug.
    #[error(transparent)]
    Slug(#[from] BadSlug),
    /// What stands behind it is no name.
    #[error(transparent)]
    Name(#[from] BadPartName),
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.contract, self.name)
    }
}

impl FromStr for Part {
    type Err = BadPart;

    fn from_str(text: &str) -> Result<Self, BadPart> {
        let (contract, name) = text.split_once('/').ok_or_else(|| BadPart::Slash(text.to_owned()))?;
        Ok(Self { contract: contract.parse()?, name: PartName::new(name)? })
    }
}

impl Serialize for Part {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Part {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl Field for Part {
    fn show(&self) -> Shown {
        Shown::Text(self.to_string())
    }

    fn shape() -> Shape {
        Shape::Part
    }

    fn make(parts: &Parts) -> Result<Self, Misfit> {
        parse_from(parts)
    }

    fn set(&mut self, path: &[String], said: &Said) -> Result<(), Misfit> {
        set_text(self, path, said)
    }

    fn references(&self, visit: &mut dyn FnMut(Key)) {
        self.contract.references(visit);
    }

    fn rename(&mut self, from: &Key, to: &Slug) {
        self.contract.rename(from, to);
    }
}

choice! {
    /// The style of a contract.
    Style {
        /// Resources over HTTP.
        Rest = "REST",
        /// gRPC.
        Grpc = "gRPC",
        /// GraphQL.
        GraphQl = "GraphQL",
        /// SOAP.
        Soap = "SOAP",
        /// Messages: events, or commands over a broker.
        Messages = "messages",
        /// Files.
        File = "file",
        /// A view of a database.
        DatabaseView = "database view",
        /// A protocol of its own.
        Proprietary = "proprietary",
    }
}

choice! {
    /// Where a contract or version stands in its life.
    Status {
        /// Not yet promised.
        Draft = "draft",
        /// In force.
        Active = "active",
        /// In force, and discouraged.
        Deprecated = "deprecated",
        /// No longer in force.
        Retired = "retired",
    }
}

/// Who is known to use a contract.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Consumers {
    /// Anybody may.
    Open,
    /// These.
    Documented(Vec<Id<System>>),
}

impl Consumers {
    /// That a list was begun, and is empty, in words.
    pub const NOBODY: &'static str = "nobody yet";
}

impl Field for Consumers {
    fn show(&self) -> Shown {
        match self {
            Self::Open => Shown::Text("open to anybody".to_owned()),
            Self::Documented(systems) if systems.is_empty() => Shown::Text(Self::NOBODY.to_owned()),
            Self::Documented(systems) => systems.show(),
        }
    }

    forms! {
        words {
            Open = "open to anybody" "Anybody may use it.",
        }
        held {
            Documented(Vec<Id<System>>) = "documented" "These systems use it.",
        }
        plain |text| match text {
            Self::NOBODY => Some(Self::Documented(Vec::new())),
            _ => Vec::make(&Parts::one(text)).ok().map(Self::Documented),
        }
    }

    fn references(&self, visit: &mut dyn FnMut(Key)) {
        if let Self::Documented(systems) = self {
            systems.references(visit);
        }
    }

    fn rename(&mut self, from: &Key, to: &Slug) {
        if let Self::Documented(systems) = self {
            systems.rename(from, to);
        }
    }

    fn merge(&mut self, base: &Self, theirs: &Self, merging: &mut Merging<'_>) {
        match (&mut *self, base, theirs) {
            (Self::Documented(ours), Self::Documented(base), Self::Documented(theirs)) => {
                ours.merge(base, theirs, merging);
            }
            _ => merging.whole(self, base, theirs),
        }
    }
}

choice! {
    /// How far a contract is exposed.
    Exposure {
        /// Inside the organisation.
        Internal = "internal",
        /// To partners.
        Partner = "partner",
        /// To everybody.
        Public = "public",
    }
}

choice! {
    /// How versions are told apart.
    Versioning {
        /// In the URI.
        Uri = "URI",
        /// In a header.
        Header = "header",
        /// In the media type.
        MediaType = "media type",
        /// By a schema registry.
        SchemaRegistry = "schema registry",
        /// By evolution without versions, as GraphQL and protocol buffers have it.
        Evolution = "compatible evolution",
        /// "We'll coordinate the consumers."
        Informal = "informal",
    }
}

choice! {
    /// The form of error bodies.
    ErrorFormat {
        /// RFC 9457.
        ProblemJson = "problem+json",
        /// A structure of our own.
        Structured = "own structure",
        /// The status details of gRPC.
        GrpcStatus = "gRPC status",
        /// SOAP faults.
        SoapFault = "SOAP fault",
        /// The errors of GraphQL.
        GraphQlErrors = "GraphQL errors",
        /// Text for people.
        PlainText = "plain text",
    }
}

choice! {
    /// What error bodies give away.
    ErrorExposure {
        /// Nothing of the inside.
        Nothing = "nothing internal",
        /// Stack traces, queries, host names.
        Internals = "internals",
    }
}

choice! {
    /// Where the review of a contract stands.
    ReviewState {
        /// Not yet in review.
        Draft = "draft",
        /// In review.
        InReview = "in review",
        /// Approved.
        Approved = "approved",
    }
}

fields! {
    /// A review.
    Review {
        required {
            /// Where it stands.
            state: ReviewState,
        }
        facts {
            /// By whom.
            by: Fact<Text>,
            /// When.
            on: Fact<Date>,
        }
    }
}

facts! {
    /// What consumers may expect of the provider.
    Performance {
        /// Median latency.
        p50: Fact<Duration>,
        /// 95th percentile of latency.
        p95: Fact<Duration>,
        /// 99th percentile of latency.
        p99: Fact<Duration>,
        /// What it can take.
        throughput: Fact<Rate>,
        /// What one consumer may send.
        rate_limit: Fact<Rate>,
        /// Availability.
        availability: Fact<Share>,
    }
}

facts! {
    /// Contract tests.
    ContractTests {
        /// The provider proves that it keeps the contract.
        provider: Fact<Text>,
        /// Consumers prove what they rely on.
        consumer: Fact<Text>,
    }
}

choice! {
    /// Which changes a version admits.
    Compatibility {
        /// New readers read old data.
        Backward = "backward",
        /// Old readers read new data.
        Forward = "forward",
        /// Both.
        Full = "full",
    }
}

fields! {
    /// A revision of a version.
    Revision {
        required {
            /// When.
            on: Date,
        }
        facts {
            /// The schema file, relative to the model.
            schema: Fact<Text>,
            /// Fingerprint of the schema file.
            fingerprint: Fact<Text>,
            /// Consumers were told.
            announced: Fact<Yes>,
        }
    }
}

facts! {
    /// One version of a contract.
    Version {
        /// Where it stands in its life.
        status: Fact<Status>,
        /// Published on.
        published: Fact<Date>,
        /// Deprecated on.
        deprecated_on: Fact<Date>,
        /// Promised until.
        sunset_on: Fact<Date>,
        /// Retired on.
        retired_on: Fact<Date>,
        /// The version that follows it; `None` where it is dropped.
        successor: Fact<PartName>,
        /// Which changes it admits.
        compatibility: Fact<Compatibility>,
        /// Its revisions.
        revisions: Vec<Revision>,
        /// What is in it.
        description: String,
    }
}

choice! {
    /// Command or query.
    OperationKind {
        /// It changes state.
        Command = "command",
        /// It reads.
        Query = "query",
    }
}

choice! {
    /// How a command comes to be idempotent.
    Idempotency {
        /// Doing it twice is the same by nature.
        Natural = "natural",
        /// An idempotency key.
        Key = "idempotency key",
    }
}

choice! {
    /// How an event comes out of a change.
    Publishing {
        /// Through an outbox.
        Outbox = "outbox",
        /// From the feed of changes.
        ChangeFeed = "change feed",
        /// Written and sent, one after the other.
        DualWrite = "dual write",
    }
}

/// That an answer may be cached, and for how long: a duration, or `"yes"` where nobody has said how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Caching {
    /// It may; for how long is not said.
    Unlimited,
    /// For so long.
    For(Duration),
}

impl fmt::Display for Caching {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unlimited => f.pad("yes"),
            Self::For(duration) => duration.fmt(f),
        }
    }
}

impl FromStr for Caching {
    type Err = super::BadValue;

    fn from_str(text: &str) -> Result<Self, super::BadValue> {
        if text == "yes" { Ok(Self::Unlimited) } else { text.parse().map(Self::For) }
    }
}

impl Serialize for Caching {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Caching {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl Field for Caching {
    fn show(&self) -> Shown {
        Shown::Text(self.to_string())
    }

    fn shape() -> Shape {
        Shape::Written("yes, or a duration such as 60s")
    }

    fn make(parts: &Parts) -> Result<Self, Misfit> {
        parse_from(parts)
    }

    fn set(&mut self, path: &[String], said: &Said) -> Result<(), Misfit> {
        set_text(self, path, said)
    }
}

fields! {
    /// A message that an operation publishes.
    Published {
        required {
            /// The message.
            message: Part,
        }
        facts {
            /// How.
            how: Fact<Publishing>,
        }
    }
}

facts! {
    /// A field that consumers may rely on.
    PublicField {
        /// The version that brought it.
        since: Fact<PartName>,
        /// The first version without it.
        until: Fact<PartName>,
    }
}

fields! {
    /// A command or a query of a contract.
    Operation {
        required {
            /// Command or query.
            kind: OperationKind,
        }
        facts {
            /// Method and path, or the procedure's name.
            endpoint: Fact<Text>,
            /// How it is idempotent.
            idempotency: Fact<Idempotency>,
            /// Changes are on record.
            audited: Fact<Yes>,
            /// Entities that it reads.
            reads: Vec<Id<Entity>>,
            /// Entities that it writes.
            writes: Vec<Id<Entity>>,
            /// Messages that it publishes.
            publishes: Vec<Published>,
            /// Whether its answer may be cached, and for how long.
            cacheable: Fact<Caching>,
            /// Schema of the request.
            request_schema: Fact<Text>,
            /// Schema of the response.
            response_schema: Fact<Text>,
            /// Fields that consumers may rely on; not asked if empty.
            fields: BTreeMap<String, PublicField>,
            /// What it does.
            description: String,
        }
    }
}

facts! {
    /// An event of a contract.
    Message {
        /// The entity it is a fact about.
        subject: Fact<Id<Entity>>,
        /// Entities that it mentions.
        mentions: Vec<Id<Entity>>,
        /// It is never changed.
        immutable: Fact<Yes>,
        /// Schema of the payload.
        schema: Fact<Text>,
        /// By what messages are kept in order.
        key: Fact<Text>,
        /// Their order matters.
        ordered: Fact<Yes>,
        /// Fields that consumers may rely on; not asked if empty.
        fields: BTreeMap<String, PublicField>,
        /// How much depends on it.
        criticality: Fact<super::Criticality>,
        /// How long it is kept.
        retention: Fact<Duration>,
        /// How it is had again.
        replay: Fact<Text>,
        /// How personal data in it are erased.
        erasure: Fact<Text>,
        /// What happened.
        description: String,
    }
}

fields! {
    /// An API or an event, message or file contract: a product.
    Contract {
        required {
            /// Display name.
            name: String,
        }
        facts {
            /// The system that provides it.
            provider: Fact<Id<System>>,
            /// The team whose product it is.
            owner: Fact<Id<Team>>,
            /// Its style.
            style: Fact<Style>,
            /// Where it stands in its life.
            status: Fact<Status>,
            /// Who is known to use it.
            consumers: Fact<Consumers>,
            /// How far it is exposed.
            exposure: Fact<Exposure>,
            /// Exposed since.
            exposed_since: Fact<Date>,
            /// The security review.
            security_review: Fact<Review>,
            /// How versions are told apart.
            versioning: Fact<Versioning>,
            /// Its versions.
            versions: BTreeMap<PartName, Version>,
            /// Its operations.
            operations: BTreeMap<PartName, Operation>,
            /// Its messages.
            messages: BTreeMap<PartName, Message>,
            /// The form of error bodies.
            error_format: Fact<ErrorFormat>,
            /// Status codes mean the same everywhere.
            consistent_status_codes: Fact<Yes>,
            /// What error bodies give away.
            error_exposure: Fact<ErrorExposure>,
            /// Errors for users are told apart from internal ones.
            user_errors_apart: Fact<Yes>,
            /// What consumers may expect.
            performance: Performance,
            /// The review of the contract.
            review: Fact<Review>,
            /// Contract tests.
            tests: ContractTests,
            /// The provider's own model is translated for consumers.
            translated: Fact<Yes>,
            /// The specification file, relative to the model.
            specification: Fact<Text>,
            /// What it is for.
            description: String,
            /// Facts that do not apply, and why.
            not_applicable: BTreeMap<String, String>,
            /// Where facts come from.
            sources: BTreeMap<String, Source>,
        }
    }
}

impl Contract {
    /// Whether it has this version, operation or message.
    pub fn has(&self, part: PartKind, name: &PartName) -> bool {
        match part {
            PartKind::Version => self.versions.contains_key(name),
            PartKind::Operation => self.operations.contains_key(name),
            PartKind::Message => self.messages.contains_key(name),
        }
    }

    /// The names of its parts of one kind.
    pub fn part_names(&self, part: PartKind) -> Vec<&str> {
        match part {
            PartKind::Version => self.versions.keys().map(PartName::as_str).collect(),
            PartKind::Operation => self.operations.keys().map(PartName::as_str).collect(),
            PartKind::Message => self.messages.keys().map(PartName::as_str).collect(),
        }
    }

    /// The messages that its operations publish.
    pub fn published(&self) -> impl Iterator<Item = &Part> {
        let published = self.operations.values().flat_map(|operation| &operation.publishes);
        published.map(|published| &published.message)
    }

    /// The versions that its own parts name: successors, and the versions of public fields.
    pub fn named_versions(&self) -> Vec<&PartName> {
        let successors = self.versions.values().filter_map(|version| version.successor.known());
        let fields = self.operations.values().flat_map(|o| o.fields.values());
        let fields = fields.chain(self.messages.values().flat_map(|m| m.fields.values()));
        successors.chain(fields.flat_map(|f| f.since.known().into_iter().chain(f.until.known()))).collect()
    }
}

choice! {
    /// What kind of part of a contract a name names.
    PartKind {
        /// A version.
        Version = "version",
        /// An operation.
        Operation = "operation",
        /// A message.
        Message = "message",
    }
}
