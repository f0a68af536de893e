//! API007: anybody may call as often as they like.

use std::collections::BTreeSet;

use crate::{
    model::{Consumers, Contract, Exposure, Fact, Id, Interaction, Performance, Stage, Subject, SystemKind, Trust},
    rules::{
        Context, Findings, Hop, Meta, Principle, Rule, Severity,
        contracts::{Product, products},
        finding::say,
    },
};

pub(super) struct UnlimitedPublicApi;

static META: Meta = Meta {
    code: "API007",
    slug: "unlimited-public-api",
    summary: "an API reachable from an outer boundary with no rate limit",
    why: "OWASP API Security Top 10 (2023), API4: unrestricted resource consumption. From outside comes what nobody planned for; \
          without a limit one caller is enough to take the service from all others.",
    example: "A partner's script asked for every price every second, and the checkout stood still on a Saturday.",
    remedy: "State a rate limit or quota in the contract and enforce it at the gateway.",
    severity: Severity::Warning,
    gap: Some(Stage::Design),
    principle: Principle::ExplicitContracts,
    star: false,
};

impl Rule for UnlimitedPublicApi {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        let limiting = limiting_gateways(cx);
        for product in products(cx) {
            if !product.is_api() || !product.is_asked(&["rate_limit", "performance"]) {
                out.exempt(&META, &product);
                continue;
            }
            let limit = product.contract.performance.rate_limit.clone();
            let entries: Vec<_> = cx.users(product.id).filter(|hop| is_from_outside(hop)).collect();
            let open: Vec<_> = entries.iter().copied().filter(|hop| !is_limited(cx, &limiting, hop)).collect();
            let through = cx.users(product.id).any(|hop| limiting.contains(hop.from.id));
            let exposed = if entries.is_empty() && !through { exposure(cx, &product) } else { None };
            if open.is_empty() && exposed.is_none() {
                if entries.is_empty() {
                    out.exempt(&META, &product);
                } else {
                    out.met(&META, &product);
                }
                continue;
            }
            let finding = match limit {
                Fact::Known(_) => {
                    out.met(&META, &product);
                    continue;
                }
                Fact::None => {
                    let mut said = say![&product, " can be called from "];
                    said.extend(whence(&open));
                    said.push(" without a rate limit".into());
                    Some(out.defect(&META, &product, said).because(&product, "performance.rate_limit", "none"))
                }
                Fact::NotAsked => {
                    let mut said = say![&product, " can be called from "];
                    said.extend(whence(&open));
                    said.push("; its rate limit was not asked".into());
                    let gap = product.gap(cx, out, &META, &product, said);
                    gap.map(|gap| gap.because(&product, "performance.rate_limit", "not asked"))
                }
            };
            let Some(finding) = finding else { continue };
            finding.with(product.lit());
            if let Some(exposure) = exposed {
                finding.because(&product, "exposure", exposure.word());
            }
            for hop in open {
                light(cx, finding, hop);
            }
        }
    }
}

/// "Internet", "Partner networks and others".
fn whence(open: &[&Hop<'_>]) -> Vec<crate::rules::Piece> {
    let boundaries: BTreeSet<_> = open.iter().filter_map(|hop| Some(hop.from.boundary?.0)).collect();
    if boundaries.is_empty() {
        return say!["outside"];
    }
    crate::rules::finding::names(boundaries.into_iter().map(Subject::from))
}

/// Lights up a way in and where it leads, with the facts that make it one.
fn light(cx: &Context<'_>, finding: &mut crate::rules::Finding, hop: &Hop<'_>) {
    finding.with([Subject::from(hop)]).with(hop.ends());
    for at in cx.topology.arrivals(hop.at) {
        finding.with([Subject::from(cx.hop(at))]).with(cx.hop(at).ends());
    }
    if let Some((id, boundary)) = hop.from.boundary {
        finding.with([id.into()]).because(hop, "from", hop.from.id.to_string());
        finding.because(id, "trust", boundary.trust.word());
    }
}

/// Whether an interaction comes from the internet or a partner into something that is trusted more.
fn is_from_outside(hop: &Hop<'_>) -> bool {
    let outer = hop.from.boundary.filter(|(_, boundary)| matches!(boundary.trust, Trust::Public | Trust::Partner));
    outer.is_some_and(|(_, from)| hop.to.boundary.is_none_or(|(_, to)| to.trust > from.trust))
}

/// Whether something else limits a way in: the gateway that it leads through, or that it never sends more than the
/// policy lets in unasked.
fn is_limited(cx: &Context<'_>, limiting: &BTreeSet<&Id<crate::model::System>>, hop: &Hop<'_>) -> bool {
    let low = |interaction: &Interaction| {
        let (rate, allowed) = (interaction.peak_rate.known()?, cx.model.policy.unlimited_rate.known()?);
        Some(rate.per_day() <= allowed.per_day())
    };
    limiting.contains(hop.to.id)
        || low(hop.interaction) == Some(true)
        || (hop.to.passes_on() && cx.topology.arrivals(hop.at).iter().all(|at| limiting.contains(cx.hop(*at).from.id)))
}

/// The gateways that state a rate limit in a contract of their own.
fn limiting_gateways<'a>(cx: &Context<'a>) -> BTreeSet<&'a Id<crate::model::System>> {
    let limits = |contract: &Contract| matches!(contract.performance, Performance { rate_limit: Fact::Known(_), .. });
    let products = products(cx).filter(|product| limits(product.contract));
    let providers = products.filter_map(|product| product.provider);
    providers.filter(|provider| provider.is(SystemKind::Gateway)).map(|provider| provider.id).collect()
}

/// How far a contract says that it is exposed, where that is outside and today.
fn exposure(cx: &Context<'_>, product: &Product<'_>) -> Option<Exposure> {
    let later = product.exposed_since.known().is_some_and(|since| *since > cx.as_of);
    let exposure = product.contract.exposure.known().copied();
    let exposure = exposure.filter(|exposure| *exposure != Exposure::Internal && !later);
    // Where the consumers are listed and the model shows their ways, no other partner gets in.
    let listed = matches!(&product.consumers, Fact::Known(Consumers::Documented(who)) if !who.is_empty());
    let shown = || cx.users(product.id).next().is_some();
    exposure.filter(|exposure| *exposure == Exposure::Public || !listed || !shown())
}
