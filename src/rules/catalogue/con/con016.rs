//! CON016: somebody else's model, handed on as it is.

use std::collections::BTreeSet;

use crate::{
    model::{Fact, Id, Status, Subject, System, SystemKind},
    rules::{
        Context, End, Findings, Hop, Meta, Principle, Rule, Severity,
        contracts::{Product, products},
        finding::{names, say},
    },
};

use super::consumers::consumers;

pub(super) struct LeakedProviderModel;

static META: Meta = Meta {
    code: "CON016",
    slug: "leaked-provider-model",
    summary: "a legacy or external schema passed on untranslated to other domains or partners",
    why: "\"Adapters that isolate legacy systems\" (docs/principles.md, patterns) isolate their model too. Evans's \
          Domain-Driven Design names it the anticorruption layer: without it every consumer learns the old model by heart.",
    example: "Five services know that `KUNNR` is the customer and `X` in `LOEVM` means deleted; the ERP cannot be replaced.",
    remedy: "Translate at the adapter: publish a contract in the words of the domain, and keep the provider's behind it.",
    severity: Severity::Warning,
    gap: None,
    principle: Principle::ExplicitContracts,
    star: false,
};

impl Rule for LeakedProviderModel {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        for product in products(cx) {
            let Some((provider, source)) = source(cx, &product) else { continue };
            if product.is(Status::Retired) || product.excuses("translated") {
                out.exempt(&META, &product);
                continue;
            }
            match product.contract.translated {
                Fact::Known(_) => out.met(&META, &product),
                Fact::NotAsked => _ = out.gap_where(&META, &product, Vec::new(), false),
                Fact::None => {
                    let abroad = abroad(cx, &product, provider, source);
                    if abroad.is_empty() {
                        out.met(&META, &product);
                        continue;
                    }
                    let mut said = say![&product, " hands the model of ", source, " untranslated to "];
                    said.extend(names(abroad.iter().map(|(user, _)| Subject::from(*user))));
                    let finding = out.defect(&META, &product, said);
                    finding.with([provider.into(), source.into()]).because(&product, "translated", "none");
                    finding.because(source, "kind", source.kind.word());
                    for (user, hops) in abroad {
                        finding.with([user.into()]).with(hops.iter().map(|hop| Subject::from(*hop)));
                        finding.because(user, "domain", domain(cx, user));
                    }
                }
            }
        }
    }
}

/// The provider of a contract, and the legacy or external system whose model it may hand on: itself, or what it fronts.
fn source<'a>(cx: &Context<'a>, product: &Product<'a>) -> Option<(End<'a>, End<'a>)> {
    let provider = product.provider?;
    let old = |end: &End<'_>| matches!(end.kind, SystemKind::Legacy | SystemKind::External);
    if old(&provider) {
        return Some((provider, provider));
    }
    let fronts = provider.system.fronts.known().filter(|_| provider.is(SystemKind::Adapter))?;
    let source = fronts.iter().filter_map(|id| cx.end(id)).find(old)?;
    Some((provider, source))
}

/// The consumers that should not have to know the provider's model: partners, and systems of other domains than its own.
/// The model of a system without a domain is at home in one domain of its consumers; it is abroad where there are more.
fn abroad<'c, 'a>(
    cx: &'c Context<'a>,
    product: &Product<'a>,
    provider: End<'a>,
    source: End<'a>,
) -> Vec<(&'a Id<System>, Vec<&'c Hop<'a>>)> {
    let fronted = |end: &End<'_>| end.fronts.known().is_some_and(|fronts| fronts.contains(source.id));
    let mut users: Vec<_> = consumers(cx, product)
        .into_iter()
        .filter_map(|(id, hops)| Some((cx.end(id)?, hops)))
        .filter(|(end, _)| !fronted(end) && end.id != source.id && !cx.same_deployable(end.id, source.id))
        .collect();
    let homes: BTreeSet<_> = [provider.domain, source.domain].into_iter().flatten().collect();
    let domains: BTreeSet<_> = users.iter().filter_map(|(end, _)| end.domain).collect();
    let spread = homes.is_empty() && domains.len() > 1;
    users.retain(|(end, _)| match end.domain {
        _ if end.is_external() => true,
        Some(domain) if !homes.is_empty() => !homes.contains(domain),
        domain => spread && domain.is_some(),
    });
    users.into_iter().map(|(end, hops)| (end.id, hops)).collect()
}

fn domain(cx: &Context<'_>, user: &Id<System>) -> String {
    let end = cx.end(user);
    match end.and_then(|end| end.domain) {
        Some(domain) => domain.to_string(),
        None if end.is_some_and(|end| end.is_external()) => "none of ours".to_owned(),
        None => "not asked".to_owned(),
    }
}
