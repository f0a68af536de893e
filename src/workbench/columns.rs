//! The tables that can be worked in, and their columns.

use crate::model::{Kind, PartKind};

/// A table: records of one kind, a column for each thing that is known of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GridKind {
    /// Every interaction.
    Interactions,
    /// Every contract.
    Contracts,
    /// Every trust boundary.
    Boundaries,
}

/// A column.
#[derive(Clone, Copy, Debug)]
pub struct GridColumn {
    /// What settings know it by.
    pub id: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// Its width to begin with, in points.
    pub width: f32,
    /// Whether it is shown where nobody has chosen columns.
    pub usual: bool,
    /// What stands in it.
    pub holds: Holds,
}

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// A fact of the record, by its path.
    Fact(&'static str),
    /// The display name of the record.
    Name,
    /// What an interaction carries: an operation or a message of its contract.
    Carries,
    /// The versions, operations or messages of a contract, with commas between.
    Parts(PartKind),
    /// How often an interaction is tried again.
    Retries,
    /// A fact of the operation that an interaction carries, by its name: it is written there.
    OfOperation(&'static str),
    /// The record's id.
    Id,
    /// What is worked out from others, and cannot be written.
    Derived,
}

impl GridKind {
    /// Every table.
    pub const ALL: [Self; 3] = [Self::Interactions, Self::Contracts, Self::Boundaries];

    /// What its rows are called.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Interactions => "interactions",
            Self::Contracts => "contracts",
            Self::Boundaries => "boundaries",
        }
    }

    /// So many of its rows: "1 contract", "2 contracts".
    pub fn count(self, number: usize) -> String {
        let one = self.kind().phrase();
        if number == 1 { format!("1 {one}") } else { format!("{number} {}", self.noun()) }
    }

    /// The records in it.
    pub fn kind(self) -> Kind {
        match self {
            Self::Interactions => Kind::Interaction,
            Self::Contracts => Kind::Contract,
            Self::Boundaries => Kind::Boundary,
        }
    }

    /// All its columns, in order.
    pub fn columns(self) -> &'static [GridColumn] {
        match self {
            Self::Interactions => INTERACTIONS,
            Self::Contracts => CONTRACTS,
            Self::Boundaries => BOUNDARIES,
        }
    }

    /// The place of a column.
    pub fn column(self, id: &str) -> Option<usize> {
        self.columns().iter().position(|column| column.id == id)
    }

    /// The columns that are meant by a word before a colon: one whose heading it is, else those that begin with it.
    pub fn named(self, word: &str) -> Option<usize> {
        let wanted = plain(word);
        let titles = || self.columns().iter().enumerate().map(|(at, column)| (at, plain(column.title)));
        if wanted.is_empty() {
            return None;
        }
        let exact = titles().find(|(_, title)| *title == wanted);
        exact.or_else(|| titles().find(|(_, title)| title.starts_with(&wanted))).map(|(at, _)| at)
    }

    /// The places of the columns to show, as chosen, or the usual ones. The first is always among them.
    pub fn shown(self, chosen: Option<&[String]>) -> Vec<usize> {
        let columns = self.columns().iter().enumerate();
        let is_shown = |id: &str, usual| chosen.map_or(usual, |chosen| chosen.iter().any(|other| other == id));
        let shown: Vec<usize> =
            columns.filter(|(_, column)| is_shown(column.id, column.usual)).map(|(at, _)| at).collect();
        if shown.is_empty() { self.shown(None) } else { shown }
    }
}

impl GridColumn {
    /// What is written before a colon to look in it alone.
    pub fn tag(&self) -> String {
        self.title.to_lowercase().replace(' ', "-")
    }

    /// Whether it can be written.
    pub fn is_written(&self) -> bool {
        !matches!(self.holds, Holds::Derived | Holds::Id)
    }

    /// Whether what stands in it is each row's own: names, and lists of them, are not written into several rows at once.
    pub fn is_own(&self) -> bool {
        matches!(self.holds, Holds::Name | Holds::Parts(_))
    }
}

fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

const fn usual(id: &'static str, title: &'static str, width: f32, holds: Holds) -> GridColumn {
    GridColumn { id, title, width, usual: true, holds }
}

const fn more(id: &'static str, title: &'static str, width: f32, holds: Holds) -> GridColumn {
    GridColumn { id, title, width, usual: false, holds }
}

const INTERACTIONS: &[GridColumn] = &[
    usual("from", "From", 152.0, Holds::Fact("from")),
    usual("to", "To", 130.0, Holds::Fact("to")),
    usual("kind", "Kind", 116.0, Holds::Fact("kind")),
    usual("contract", "Contract", 150.0, Holds::Fact("contract")),
    usual("carries", "Carries", 140.0, Holds::Carries),
    usual("version", "Version", 72.0, Holds::Fact("version")),
    usual("transport", "Travels", 112.0, Holds::Fact("transport")),
    usual("timeout", "Timeout", 150.0, Holds::Fact("resilience/timeout")),
    usual("authentication", "Authentication", 170.0, Holds::Fact("security/authentication")),
    usual("triggered_by", "Triggered by", 150.0, Holds::Fact("triggered_by")),
    more("profile", "Profile", 130.0, Holds::Fact("profile")),
    more("protocol", "Protocol", 100.0, Holds::Fact("protocol")),
    more("schedule", "Schedule", 120.0, Holds::Fact("schedule")),
    more("peak_rate", "Peak rate", 90.0, Holds::Fact("peak_rate")),
    more("calls_per_trigger", "Calls per trigger", 120.0, Holds::Fact("calls_per_trigger")),
    more("delivery", "Delivery", 130.0, Holds::Fact("delivery")),
    more("tolerates_duplicates", "Duplicates", 150.0, Holds::Fact("tolerates_duplicates")),
    more("idempotency", "Idempotency", 130.0, Holds::OfOperation("idempotency")),
    more("fields_read", "Fields read", 170.0, Holds::Fact("fields_read")),
    more("classification", "Classification", 120.0, Holds::Fact("classification")),
    more("retries", "Retries", 150.0, Holds::Retries),
    more("circuit_breaker", "Circuit breaker", 140.0, Holds::Fact("resilience/circuit_breaker")),
    more("bulkhead", "Bulkhead", 140.0, Holds::Fact("resilience/bulkhead")),
    more("fallback", "Fallback", 140.0, Holds::Fact("resilience/fallback")),
    more("on_failure", "On failure", 110.0, Holds::Fact("resilience/on_failure")),
    more("replay", "Replay", 140.0, Holds::Fact("resilience/replay")),
    more("caller_identity", "Caller identity", 120.0, Holds::Fact("security/caller_identity")),
    more("scopes", "Scopes", 150.0, Holds::Fact("security/scopes")),
    more("token_lifetime", "Token lifetime", 110.0, Holds::Fact("security/token_lifetime")),
    more("rotation", "Rotation", 120.0, Holds::Fact("security/rotation")),
    more("encryption", "Encryption", 110.0, Holds::Fact("security/encryption")),
    more("audit", "Audit log", 140.0, Holds::Fact("security/audit")),
    more("correlation_logs", "Correlated logs", 120.0, Holds::Fact("observability/correlation_logs")),
    more("latency_percentiles", "Latency percentiles", 130.0, Holds::Fact("observability/latency_percentiles")),
    more("error_rate", "Error rate", 90.0, Holds::Fact("observability/error_rate")),
    more("active_from", "Active from", 100.0, Holds::Fact("active_from")),
    more("active_until", "Active until", 100.0, Holds::Fact("active_until")),
    more("compensation", "Compensation", 140.0, Holds::Fact("compensation")),
    more("tests", "Tests", 140.0, Holds::Fact("tests")),
    more("description", "Description", 220.0, Holds::Fact("description")),
    more("id", "Id", 150.0, Holds::Id),
];

const CONTRACTS: &[GridColumn] = &[
    usual("name", "Contract", 170.0, Holds::Name),
    usual("provider", "Provider", 130.0, Holds::Fact("provider")),
    usual("owner", "Product owner", 130.0, Holds::Fact("owner")),
    usual("style", "Style", 96.0, Holds::Fact("style")),
    usual("exposure", "Exposure", 90.0, Holds::Fact("exposure")),
    usual("versioning", "Versioning", 120.0, Holds::Fact("versioning")),
    usual("versions", "Versions", 180.0, Holds::Parts(PartKind::Version)),
    usual("consumers", "Documented consumers", 170.0, Holds::Fact("consumers")),
    usual("used_by", "Used by", 66.0, Holds::Derived),
    more("status", "Status", 96.0, Holds::Fact("status")),
    more("operations", "Operations", 180.0, Holds::Parts(PartKind::Operation)),
    more("messages", "Messages", 180.0, Holds::Parts(PartKind::Message)),
    more("error_format", "Error format", 120.0, Holds::Fact("error_format")),
    more("consistent_status_codes", "Consistent status codes", 160.0, Holds::Fact("consistent_status_codes")),
    more("error_exposure", "Error exposure", 120.0, Holds::Fact("error_exposure")),
    more("user_errors_apart", "User errors apart", 130.0, Holds::Fact("user_errors_apart")),
    more("p50", "p50", 70.0, Holds::Fact("performance/p50")),
    more("p95", "p95", 70.0, Holds::Fact("performance/p95")),
    more("p99", "p99", 70.0, Holds::Fact("performance/p99")),
    more("throughput", "Throughput", 100.0, Holds::Fact("performance/throughput")),
    more("rate_limit", "Rate limit", 96.0, Holds::Fact("performance/rate_limit")),
    more("availability", "Availability", 96.0, Holds::Fact("performance/availability")),
    more("exposed_since", "Exposed since", 110.0, Holds::Fact("exposed_since")),
    more("provider_tests", "Provider tests", 140.0, Holds::Fact("tests/provider")),
    more("consumer_tests", "Consumer tests", 140.0, Holds::Fact("tests/consumer")),
    more("translated", "Translated", 90.0, Holds::Fact("translated")),
    more("specification", "Specification", 160.0, Holds::Fact("specification")),
    more("description", "Description", 220.0, Holds::Fact("description")),
    more("id", "Id", 150.0, Holds::Id),
];

const BOUNDARIES: &[GridColumn] = &[
    usual("name", "Boundary", 170.0, Holds::Name),
    usual("trust", "Trust", 84.0, Holds::Fact("trust")),
    usual("systems", "Systems", 66.0, Holds::Derived),
    usual("authentication", "Authentication", 130.0, Holds::Fact("requires/authentication")),
    usual("scopes", "Authorisation scopes", 140.0, Holds::Fact("requires/scopes")),
    usual("token_lifetime", "Token lifetime", 104.0, Holds::Fact("requires/token_lifetime")),
    usual("rotation", "Rotation", 110.0, Holds::Fact("requires/rotation")),
    usual("service_trust", "Service-to-service trust", 150.0, Holds::Fact("requires/service_trust")),
    usual("audit", "Audit log", 120.0, Holds::Fact("requires/audit")),
    usual("crossings", "Crossings", 120.0, Holds::Derived),
    more("parent", "Inside", 120.0, Holds::Fact("parent")),
    more("description", "Description", 220.0, Holds::Fact("description")),
    more("id", "Id", 150.0, Holds::Id),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_told_apart_by_their_ids_and_headings() {
        for sheet in GridKind::ALL {
            for (at, column) in sheet.columns().iter().enumerate() {
                assert_eq!(sheet.column(column.id), Some(at), "{}", column.id);
                assert_eq!(sheet.named(&column.tag()), Some(at), "{}", column.title);
            }
        }
        assert_eq!(GridKind::Interactions.named("PEAK"), GridKind::Interactions.column("peak_rate"));
        assert_eq!(GridKind::Interactions.named("nothing"), None);
    }

    #[test]
    fn chosen_columns_are_shown_in_their_order_and_foreign_ones_do_no_harm() {
        let chosen = ["kind".to_owned(), "from".to_owned(), "gone".to_owned()];
        assert_eq!(GridKind::Interactions.shown(Some(&chosen)), [0, 2]);
        assert_eq!(GridKind::Contracts.shown(Some(&["gone".to_owned()])), GridKind::Contracts.shown(None));
    }
}
