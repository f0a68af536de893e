//! The records about the whole: the model itself, the organisation's policy, and what documents say beside the model.

use std::collections::BTreeMap;

use super::{
    Date, Domain, Duration, Fact, Id, Rate, Text,
    macros::{choice, facts, fields},
};

choice! {
    /// How far the work has come: it says which gaps are reported.
    Stage {
        /// A first sketch in a workshop.
        Sketch = "sketch",
        /// A design under way.
        Design = "design",
        /// A governed architecture.
        Governed = "governed",
    }
}

fields! {
    /// The one record about the whole.
    About {
        required {
            /// The format of the file.
            format: u32,
            /// The architecture's name.
            name: String,
        }
        facts {
            /// Whose architecture it is.
            organisation: Fact<Text>,
            /// What it is about.
            description: String,
            /// How far the work has come; a sketch where it is not said.
            stage: Fact<Stage>,
        }
    }
}

choice! {
    /// How bad a broken rule is, or that nobody wants to hear of it.
    Weight {
        /// An error.
        Error = "error",
        /// A warning.
        Warning = "warning",
        /// Information.
        Info = "info",
        /// The rule is off.
        Off = "off",
    }
}

choice! {
    /// The language in which operations and events are named.
    NamingLanguage {
        /// English: the naming rules apply.
        English = "English",
        /// Another language: they cannot.
        Other = "another language",
    }
}

facts! {
    /// The organisation's settings.
    Policy {
        /// Severity of rules, by code or slug.
        severities: BTreeMap<String, Weight>,
        /// The same for single domains.
        domains: BTreeMap<Id<Domain>, DomainPolicy>,
        /// Least time from deprecation to sunset.
        notice_period: Fact<Duration>,
        /// Longest lifetime of a token.
        longest_token_lifetime: Fact<Duration>,
        /// Process hops allowed in one synchronous flow.
        synchronous_depth: Fact<u32>,
        /// Systems that one trigger may command about one entity.
        fan_out: Fact<u32>,
        /// Foreign domains in which a system may have synchronous peers.
        hub_domains: Fact<u32>,
        /// Calls per trigger between one pair.
        calls_per_trigger: Fact<u32>,
        /// By how much attempts may multiply along a flow.
        retry_factor: Fact<u32>,
        /// Active versions of one contract side by side.
        versions_side_by_side: Fact<u32>,
        /// Systems that one adapter may front.
        adapter_fronts: Fact<u32>,
        /// Language of names.
        naming_language: Fact<NamingLanguage>,
        /// Highest rate an outer boundary may send without a limit being asked for.
        unlimited_rate: Fact<Rate>,
    }
}

facts! {
    /// What a domain does differently.
    DomainPolicy {
        /// Severity of rules, by code or slug.
        severities: BTreeMap<String, Weight>,
    }
}

facts! {
    /// What documents say beside the model.
    Report {
        /// The organisation on the title page, where it differs from the model's.
        organisation: Fact<Text>,
        /// Document number.
        number: Fact<Text>,
        /// Version of the document.
        version: Fact<Text>,
        /// Status: draft, for review, released.
        status: Fact<Text>,
        /// Who wrote it.
        authors: Vec<String>,
        /// Date on the title page, where it is not the day of export.
        date: Fact<Date>,
        /// What each chapter says before its tables, by the chapter's name.
        narrative: BTreeMap<String, String>,
        /// Chapters left out, by name.
        without: Vec<String>,
        /// Findings put first, by rule and element: `OWN003 store:orders-db`.
        featured: Vec<String>,
    }
}
