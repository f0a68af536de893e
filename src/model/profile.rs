//! The bundles of facts that interactions, profiles, meshes, gateways and backbones share.

use std::collections::BTreeMap;

use super::{
    Duration, Fact, Many, Shown, Source, Text, Yes,
    fact::Field,
    macros::{choice, facts, fields, forms},
};

choice! {
    /// What a consumer does with what it cannot process.
    OnFailure {
        /// It goes to a dead-letter queue.
        DeadLetter = "dead letter",
        /// It is parked and taken up later.
        Park = "park",
        /// Everything behind it waits.
        Block = "block",
        /// It is left out.
        Skip = "skip",
    }
}

choice! {
    /// How the wait between retries grows.
    Backoff {
        /// It does not.
        Fixed = "fixed",
        /// It doubles.
        Exponential = "exponential",
        /// It doubles, with a random part.
        Jittered = "exponential with jitter",
    }
}

fields! {
    /// How often and how patiently a call is tried again.
    Retry {
        required {
            /// Retries after the first attempt.
            count: u32,
        }
        facts {
            /// How the wait grows.
            backoff: Fact<Backoff>,
            /// The first wait.
            wait: Fact<Duration>,
        }
    }
}

facts! {
    /// How a bulk transfer is known to be whole.
    Reconciliation {
        /// How completeness is checked.
        check: Fact<Text>,
        /// How it is restarted.
        restart: Fact<Text>,
        /// Who answers for differences.
        owner: Fact<Text>,
    }
}

facts! {
    /// What happens when the other side fails.
    Resilience {
        /// Longest wait for an answer, all attempts together.
        timeout: Fact<Duration>,
        /// Longest wait for one attempt.
        try_timeout: Fact<Duration>,
        /// The caller's deadline travels with the call.
        deadline_propagated: Fact<Yes>,
        /// Retries.
        retries: Fact<Retry>,
        /// The circuit breaker, in words.
        circuit_breaker: Fact<Text>,
        /// What keeps one slow peer from taking all threads or connections.
        bulkhead: Fact<Text>,
        /// What is answered instead: a cache, a default, a queue.
        fallback: Fact<Text>,
        /// What a consumer does with what it cannot process.
        on_failure: Fact<OnFailure>,
        /// How lost messages are had again.
        replay: Fact<Text>,
        /// How bulk transfers are reconciled.
        reconciliation: Fact<Reconciliation>,
    }
}

/// How a caller proves who it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Authentication {
    /// Certificates on both sides.
    MutualTls,
    /// OAuth 2 access tokens.
    OAuth2,
    /// `OpenID` Connect.
    OpenIdConnect,
    /// Signed tokens outside OAuth.
    SignedToken,
    /// Signed messages or webhooks.
    SignedMessage,
    /// A session of a signed-in person.
    Session,
    /// SASL, Kerberos or a database account of its own.
    Account,
    /// SSH keys.
    SshKey,
    /// A static key.
    ApiKey,
    /// User name and password with each call.
    Basic,
    /// Nobody has to prove anything, by design, because.
    Anonymous(Text),
}

impl Authentication {
    /// How hard it is to pretend: 0 nothing to prove, 1 a static secret with each call, 2 an account,
    /// key pair or signature, 3 short-lived tokens or certificates on both sides.
    pub fn strength(&self) -> u8 {
        match self {
            Self::Anonymous(_) => 0,
            Self::ApiKey | Self::Basic => 1,
            Self::SignedMessage | Self::Session | Self::Account | Self::SshKey => 2,
            Self::MutualTls | Self::OAuth2 | Self::OpenIdConnect | Self::SignedToken => 3,
        }
    }

    /// The mechanism in words.
    pub fn word(&self) -> String {
        match self {
            Self::MutualTls => "mutual TLS".to_owned(),
            Self::OAuth2 => "OAuth 2".to_owned(),
            Self::OpenIdConnect => "OpenID Connect".to_owned(),
            Self::SignedToken => "signed token".to_owned(),
            Self::SignedMessage => "signed message".to_owned(),
            Self::Session => "signed-in session".to_owned(),
            Self::Account => "account".to_owned(),
            Self::SshKey => "SSH key".to_owned(),
            Self::ApiKey => "API key".to_owned(),
            Self::Basic => "basic authentication".to_owned(),
            Self::Anonymous(reason) => format!("anonymous by design ({reason})"),
        }
    }
}

impl Field for Authentication {
    fn show(&self) -> Shown {
        Shown::Text(self.word())
    }

    forms! {
        words {
            MutualTls = "mutual TLS" "Certificates on both sides.",
            OAuth2 = "OAuth 2" "OAuth 2 access tokens.",
            OpenIdConnect = "OpenID Connect" "OpenID Connect.",
            SignedToken = "signed token" "Signed tokens outside OAuth.",
            SignedMessage = "signed message" "Signed messages or webhooks.",
            Session = "signed-in session" "A session of a signed-in person.",
            Account = "account" "SASL, Kerberos or a database account of its own.",
            SshKey = "SSH key" "SSH keys.",
            ApiKey = "API key" "A static key.",
            Basic = "basic authentication" "User name and password with each call.",
        }
        held {
            Anonymous(Text) = "anonymous by design" "Nobody has to prove anything, by design, because.",
        }
        plain |_| None
    }
}

choice! {
    /// In whose name a call is made.
    CallerIdentity {
        /// The user's.
        User = "user",
        /// The calling service's own.
        Service = "service",
        /// A technical account that several share.
        Shared = "shared account",
    }
}

choice! {
    /// How a user's identity travels on.
    IdentityHandling {
        /// The same token goes on.
        Propagated = "propagated",
        /// It is exchanged for one of the next audience.
        Exchanged = "exchanged",
    }
}

choice! {
    /// What keeps others from reading along.
    Encryption {
        /// TLS.
        Tls = "TLS",
        /// TLS with certificates on both sides.
        MutualTls = "mutual TLS",
        /// SSH, as SFTP uses it.
        Ssh = "SSH",
        /// A private line or tunnel.
        Tunnel = "tunnel",
        /// The payload itself is encrypted.
        Payload = "payload encryption",
    }
}

facts! {
    /// Who may call, and how that is proved.
    Security {
        /// How the caller proves who it is.
        authentication: Fact<Authentication>,
        /// In whose name.
        caller_identity: Fact<CallerIdentity>,
        /// How a user's identity travels on.
        identity_handling: Fact<IdentityHandling>,
        /// What the caller may do.
        scopes: Fact<Many<Text>>,
        /// Lifetime of its token.
        token_lifetime: Fact<Duration>,
        /// How its credentials are rotated.
        rotation: Fact<Text>,
        /// Encryption in transit.
        encryption: Fact<Encryption>,
        /// What is logged of each access.
        audit: Fact<Text>,
    }
}

facts! {
    /// How it is seen that it works.
    Observability {
        /// Structured logs with correlation ids.
        correlation_logs: Fact<Yes>,
        /// Latency percentiles.
        latency_percentiles: Fact<Yes>,
        /// Error rate, or loss and lag.
        error_rate: Fact<Yes>,
        /// Retry and circuit-breaker events.
        resilience_events: Fact<Yes>,
        /// What wakes somebody, and at which threshold.
        alerts: Fact<Many<Text>>,
    }
}

facts! {
    /// Resilience, security and observability together.
    Bundle {
        /// What happens when the other side fails.
        resilience: Resilience,
        /// Who may call.
        security: Security,
        /// How it is seen that it works.
        observability: Observability,
    }
}

fields! {
    /// A named bundle that interactions can take.
    Profile {
        required {
            /// Display name.
            name: String,
        }
        facts {
            /// What happens when the other side fails.
            resilience: Resilience,
            /// Who may call.
            security: Security,
            /// How it is seen that it works.
            observability: Observability,
            /// What it is for.
            description: String,
            /// Facts that do not apply, and why.
            not_applicable: BTreeMap<String, String>,
            /// Where facts come from.
            sources: BTreeMap<String, Source>,
        }
    }
}
