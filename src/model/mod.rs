//! What an architecture is: ids, records, edits, patches.
//!
//! One file per kind of record. No I/O, no clock, no graph library, no window: a [`Model`] is a value,
//! it changes only through [`Model::apply`], and everything else in the program is derived from it.

mod anew;
mod apply;
mod boundary;
mod change;
mod contract;
mod decision;
mod diff;
mod domain;
mod entity;
mod fact;
mod flow;
mod ids;
mod interaction;
mod macros;
mod merge;
mod mesh;
mod naming;
mod parts;
mod profile;
mod record;
mod referrers;
mod renames;
mod settings;
mod several;
mod shape;
mod store;
mod subject;
mod system;
mod team;
mod values;
mod view;

pub(crate) use apply::cascade_among;
pub use apply::{Edit, EditError, cascade};
pub use boundary::{Boundary, Requirements, Trust};
pub use change::{Change as RoadmapChange, ChangeKind, ChangeStatus, Effect, Plateau};
pub use contract::{
    Caching, Compatibility, Consumers, Contract, ContractTests, ErrorExposure, ErrorFormat, Exposure, Idempotency,
    Message, Operation, OperationKind, Part, PartKind, PartName, Performance, PublicField, Published, Publishing,
    Review, ReviewState, Revision, Status, Style, Version, Versioning,
};
pub use decision::{Advice, Decision, DecisionStatus, Waiver};
pub use diff::{Change, Patch, diff};
pub use domain::Domain;
pub use entity::{
    Classification, Entity, EntityAccess, Feed, Holding, HoldingKind, Partition, PartitionBy, Right, Way,
};
pub use fact::{Fact, Field, Many, Shown, Text};
pub use flow::{Flow, Step};
pub use ids::{BadKey, BadSlug, Id, Key, Slug, Tabled};
pub use interaction::{Answer, Criteria, Delivery, Interaction, InteractionKind, Transport, Trigger};
pub use merge::{Conflict, Merge, Merging, Side, merge};
pub use mesh::Mesh;
pub use naming::{Unnameable, rename};
pub(crate) use naming::{called, was_made_from};
pub(crate) use parts::Renamed;
pub use parts::follow_part;
pub use profile::{
    Authentication, Backoff, Bundle, CallerIdentity, Encryption, IdentityHandling, Observability, OnFailure, Profile,
    Reconciliation, Resilience, Retry, Security,
};
pub use record::{Bare, Entry, Kind, Model, Record, Stored, Table};
pub(crate) use referrers::Referrers;
pub use renames::renames;
pub use settings::{About, DomainPolicy, NamingLanguage, Policy, Report, Stage, Weight};
pub use shape::{Misfit, Parts, Path, Said, Shape, Slot, Variant, Word};
pub use store::{AccessMode, Purpose, Store, StoreAccess, StoreKind};
pub use subject::Subject;
pub use system::{Criticality, Disposition, Lifecycle, Permanence, System, SystemKind, SystemRole};
pub use team::Team;
pub use values::{BadValue, Date, Duration, Rate, Share};
pub use view::{Filter, Found, Grouping, Lens, View};

macros::choice! {
    /// It is so. (That it is not so is the fact's own `None`.)
    Yes {
        /// It is so.
        Yes = "yes",
    }
}

macros::facts! {
    /// Where a fact comes from.
    Source {
        /// Who said it.
        by: Fact<Text>,
        /// When.
        on: Fact<Date>,
        /// On what occasion, or in which file.
        from: Fact<Text>,
    }
}

/// The format number that this program writes.
pub const FORMAT: u32 = 1;
