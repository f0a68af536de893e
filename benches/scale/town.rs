//! A made-up landscape of any size, always the same for a size: domains of some twelve systems with teams, boundaries,
//! stores, entities and contracts, and three interactions a system, most within a domain, with a dozen facts each.

use std::fmt::Write as _;

/// A generator of numbers, always the same for a seed (`SplitMix64`).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % sides.max(1) as u64).unwrap_or(0)
    }
}

const DOMAIN: usize = 12;

/// The text of a model with so many systems.
pub(crate) fn text(systems: usize) -> String {
    let mut dice = Dice(2026);
    let domains = systems.div_ceil(DOMAIN);
    let mut out = format!("(\n    model: (format: 1, name: \"Town of {systems}\", stage: Design),\n");
    table(&mut out, "teams", domains, |out, at| {
        let _ = write!(out, "\"team-{at}\": (name: \"Team {at}\", contact: \"team-{at}@example.org\")");
    });
    table(&mut out, "domains", domains, |out, at| {
        let _ = write!(out, "\"domain-{at}\": (name: \"Domain {at}\", owner: \"team-{at}\")");
    });
    table(&mut out, "boundaries", 2, |out, at| {
        let (name, trust) = [("Internet", "Public"), ("Inside", "Internal")][at];
        let _ = write!(out, "\"{}\": (name: \"{name}\", trust: {trust})", name.to_lowercase());
    });
    out.push_str("    profiles: {\"internal\": (name: \"Internal\", resilience: (timeout: \"800ms\"), ");
    out.push_str("security: (authentication: MutualTls, encryption: MutualTls))},\n");
    table(&mut out, "systems", systems, |out, at| system(out, at, &mut dice));
    table(&mut out, "stores", systems / 2, |out, at| {
        let _ = write!(
            out,
            "\"store-{at}\": (name: \"store-{at}\", kind: Database, technology: \"PostgreSQL\", owner: \"system-{}\")",
            at * 2
        );
    });
    table(&mut out, "entities", systems / 2, |out, at| {
        let _ = write!(
            out,
            "\"entity-{at}\": (name: \"Entity {at}\", owner: \"system-{owner}\", classification: Internal, \
             holdings: [(store: \"store-{at}\", kind: Master)])",
            owner = at * 2
        );
    });
    table(&mut out, "contracts", systems, |out, at| {
        let _ = write!(
            out,
            "\"api-{at}\": (name: \"API {at}\", provider: \"system-{at}\", style: Rest, consumers: Open, \
             exposure: Internal, versioning: Uri, versions: {{\"v1\": (status: Active, published: \"2025-03-01\")}}, \
             operations: {{\"Change\": (kind: Command, endpoint: \"POST /change\"), \
             \"Look\": (kind: Query, endpoint: \"GET /look\")}})"
        );
    });
    table(&mut out, "interactions", systems * 3, |out, at| interaction(out, at, systems, &mut dice));
    out.push_str(")\n");
    out
}

fn table(out: &mut String, name: &str, count: usize, mut row: impl FnMut(&mut String, usize)) {
    if count == 0 {
        return;
    }
    let _ = writeln!(out, "    {name}: {{");
    for at in 0..count {
        out.push_str("        ");
        row(out, at);
        out.push_str(",\n");
    }
    out.push_str("    },\n");
}

fn system(out: &mut String, at: usize, dice: &mut Dice) {
    let domain = at / DOMAIN;
    let kind = ["Service", "Service", "Service", "Application", "Service", "Legacy"][dice.roll(6)];
    let technology = ["Kotlin", "Rust", "Java", "TypeScript", "Go"][dice.roll(5)];
    let criticality = ["Low", "Medium", "High"][dice.roll(3)];
    let _ = write!(
        out,
        "\"system-{at}\": (name: \"System {at}\", kind: {kind}, domain: \"domain-{domain}\", boundary: \"inside\", \
         owner: \"team-{domain}\", criticality: {criticality}, availability: \"99.9%\", redundancy: \"two zones\", \
         latency: \"{}ms\", capacity: \"{}/s\", lifecycle: (active_from: \"202{}-03-01\"), technology: \"{technology}\", \
         description: \"Does what the {at}th system of this town is for.\")",
        20 + dice.roll(80),
        50 + dice.roll(400),
        dice.roll(6),
    );
}

fn interaction(out: &mut String, at: usize, systems: usize, dice: &mut Dice) {
    let from = at / 3;
    let home = from / DOMAIN * DOMAIN;
    let near = home + dice.roll(DOMAIN.min(systems - home));
    let to = if dice.roll(4) == 0 { dice.roll(systems) } else { near };
    let to = if to == from { (to + 1) % systems } else { to };
    let (kind, operation) = if dice.roll(2) == 0 { ("Command", "Change") } else { ("Query", "Look") };
    let _ = write!(
        out,
        "\"from-{from}-{at}\": (from: \"system-{from}\", to: \"system-{to}\", kind: {kind}, contract: \"api-{to}\", \
         operation: \"{operation}\", version: \"v1\", protocol: \"HTTPS\", peak_rate: \"{}/s\", \
         classification: Internal, profile: \"internal\", calls_per_trigger: 1, fields_read: [\"id\", \"name\"])",
        1 + dice.roll(200)
    );
}
