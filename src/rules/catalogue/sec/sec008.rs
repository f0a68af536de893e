//! SEC008: what everybody on the way can read.

use std::collections::BTreeMap;

use super::{
    crossing::{is_theirs, lacking_at_crossing, mechanism},
    sensitive::leaving,
};
use crate::{
    facts::Origin,
    model::{Authentication, Id, Stage, System, SystemKind},
    rules::{Context, Findings, Hop, Meta, Principle, Rule, Severity, lacking::Lack},
};

pub(super) struct Cleartext;

static META: Meta = Meta {
    code: "SEC008",
    slug: "cleartext",
    summary: "a crossing between trust boundaries without encryption in transit",
    why: "\"Security bolted on after exposure\" (docs/principles.md, problems). Between two boundaries lies a way that neither controls; \
          credentials and payload can be read and changed on it (OWASP Top 10, 2021, A02: cryptographic failures).",
    example: "The branch office sends its orders to the internal network by plain FTP.",
    remedy: "Encrypt the way: TLS, SSH, a tunnel, or the payload itself; say which.",
    severity: Severity::Error,
    gap: Some(Stage::Design),
    principle: Principle::Security,
    star: false,
};

impl Rule for Cleartext {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        let lack = |hop: &Hop<'_>| {
            // Where sensitive data leave by it, SEC007 asks.
            if hop.crosses().is_none() || is_theirs(hop) || leaving(cx, hop).is_some() {
                return Lack::Exempt;
            }
            encryption(hop, mechanism(hop))
        };
        // Where several ways lead to one gateway, it can say for all of them what it admits.
        let mut open: BTreeMap<&Id<System>, usize> = BTreeMap::new();
        for hop in cx.hops().iter().filter(|hop| is_for_gateway(hop) && matches!(lack(hop), Lack::NotAsked)) {
            *open.entry(hop.to.id).or_default() += 1;
        }
        lacking_at_crossing(cx, out, &META, ("encryption", "encryption in transit"), |hop| match lack(hop) {
            Lack::NotAsked if is_for_gateway(hop) && open.get(hop.to.id).is_some_and(|ways| *ways > 1) => {
                Lack::Unsaid(Origin::Gateway(hop.to.id.clone()))
            }
            lack => lack,
        });
    }
}

/// Whether the gateway that it leads to can answer, and no profile comes first.
fn is_for_gateway(hop: &Hop<'_>) -> bool {
    hop.to.is(SystemKind::Gateway) && !hop.profile.is_known()
}

/// Protocols that encrypt.
const ENCRYPTED: [&str; 12] =
    ["https", "tls", "ssl", "ssh", "sftp", "ftps", "wss", "amqps", "mqtts", "ldaps", "smtps", "as2"];

/// Whether it is encrypted: as it says, else as its protocol or its proof of identity implies.
pub(super) fn encryption(hop: &Hop<'_>, mechanism: Option<&Authentication>) -> Lack {
    let implied = || {
        let by_proof = matches!(mechanism, Some(Authentication::MutualTls | Authentication::SshKey));
        by_proof || hop.protocol.known().is_some_and(|protocol| is_encrypted(protocol))
    };
    match Lack::of(&hop.facts.get("encryption", |layer| &layer.security.encryption)) {
        Lack::NotAsked if implied() => Lack::Met,
        lack => lack,
    }
}

fn is_encrypted(protocol: &str) -> bool {
    let mut words = protocol.split(|c: char| !c.is_alphanumeric());
    words.any(|word| ENCRYPTED.iter().any(|known| word.eq_ignore_ascii_case(known)))
}
