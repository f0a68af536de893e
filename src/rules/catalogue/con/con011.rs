//! CON011: what is called a query changes something, or the other way round.

use crate::{
    model::{InteractionKind, Operation, OperationKind, PartKind, Style, Subject},
    rules::{
        Context, Findings, Hop, Meta, Principle, Rule, Severity,
        contracts::products,
        finding::{names, say},
    },
};

pub(super) struct OperationKindMismatch;

static META: Meta = Meta {
    code: "CON011",
    slug: "operation-kind-mismatch",
    summary: "command, query or event: the interaction, the operation and its method disagree",
    why: "\"Commands intend to change state\" and \"queries only read\" (docs/principles.md, interactions). Queries are cached, \
          repeated and prefetched; HTTP promises that GET is safe (RFC 9110, section 9.2.1).",
    example: "`GET /orders/17/cancel`: a crawler that followed the links cancelled the day's orders.",
    remedy: "Say what it is: make the operation a command with a method that may change state, or take the change out of it.",
    severity: Severity::Error,
    gap: None,
    principle: Principle::ExplicitContracts,
    star: false,
};

impl Rule for OperationKindMismatch {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        cx.hops().iter().for_each(|hop| interaction(cx, out, hop));
        for product in products(cx) {
            let asked = product.is_asked(&["kind"]);
            for (about, _, operation) in product.operations() {
                if !asked {
                    out.exempt(&META, about);
                } else if operation.kind == OperationKind::Query && !operation.writes.is_empty() {
                    let mut said = say!["the query ", about.clone(), " of ", &product, " writes "];
                    said.extend(names(operation.writes.iter().map(Subject::from)));
                    let written: Vec<_> = operation.writes.iter().map(ToString::to_string).collect();
                    out.defect(&META, about.clone(), said)
                        .with([Subject::from(&product)])
                        .with(operation.writes.iter().map(Subject::from))
                        .because(about.clone(), "kind", operation.kind.word())
                        .because(about, "writes", written.join(", "));
                } else if let Some(endpoint) = safe_endpoint(product.style.known(), operation)
                    && operation.kind == OperationKind::Command
                {
                    let said =
                        say!["the command ", about.clone(), " of ", &product, format!(" is called by {endpoint}")];
                    out.defect(&META, about.clone(), said)
                        .with([Subject::from(&product)])
                        .because(about.clone(), "kind", operation.kind.word())
                        .because(about, "endpoint", endpoint);
                } else {
                    out.met(&META, about);
                }
            }
        }
    }
}

/// The endpoint of an operation, where HTTP promises that it changes nothing.
fn safe_endpoint<'a>(style: Option<&Style>, operation: &'a Operation) -> Option<&'a str> {
    let http = style.is_none_or(|style| *style == Style::Rest);
    let endpoint: &str = operation.endpoint.known().filter(|_| http)?;
    let (method, path) = endpoint.split_once(' ')?;
    let safe = ["GET", "HEAD"].iter().any(|safe| method.eq_ignore_ascii_case(safe));
    let place = path.trim_start().starts_with(['/', '{']) || path.contains("://");
    (safe && place).then_some(endpoint)
}

fn interaction(cx: &Context<'_>, out: &mut Findings<'_>, hop: &Hop<'_>) {
    let (Some((contract, _)), Some(operation)) = (hop.contract, hop.operation) else { return };
    let wrong = match hop.kind {
        InteractionKind::Command => operation.kind == OperationKind::Query,
        InteractionKind::Query => operation.kind == OperationKind::Command,
        InteractionKind::Event => true,
        InteractionKind::Unclassified => false,
    };
    if hop.has_person() || hop.kind == InteractionKind::Unclassified || (wrong && repeats(cx, hop)) {
        out.exempt(&META, hop);
    } else if wrong {
        let kind = if hop.kind == InteractionKind::Event { "an event" } else { article(hop.kind) };
        let said = say![hop, format!(" is {kind} and names an operation that is a {}", operation.kind.word())];
        let name = hop.interaction.operation.known().map_or("", |name| name.as_str());
        let finding = out.defect(&META, hop, said);
        finding.with(hop.ends()).with(part(hop)).because(hop, "kind", hop.kind.word()).because(hop, "operation", name);
        finding.because(part(hop).unwrap_or_else(|| contract.into()), "kind", operation.kind.word());
    } else {
        out.met(&META, hop);
    }
}

fn article(kind: InteractionKind) -> &'static str {
    if kind == InteractionKind::Query { "a query" } else { "a command" }
}

fn part(hop: &Hop<'_>) -> Option<Subject> {
    hop.interaction.part().map(|part| Subject::part(PartKind::Operation, &part))
}

/// Whether it only passes on what the hop before it called by the same kind.
fn repeats(cx: &Context<'_>, hop: &Hop<'_>) -> bool {
    let before = || cx.topology.origins(hop.at).into_iter().filter(|at| *at != hop.at);
    hop.from.passes_on() && before().any(|at| cx.hop(at).kind == hop.kind)
}
