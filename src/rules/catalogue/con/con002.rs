//! CON002: a contract without schemas.

use crate::{
    model::{Fact, OperationKind, PartName, Stage, Style, Text},
    rules::{
        Context, Findings, Meta, Principle, Rule, Severity,
        contracts::{Product, events, products},
        finding::{listed, say},
    },
};

pub(super) struct ContractWithoutSchema;

static META: Meta = Meta {
    code: "CON002",
    slug: "contract-without-schema",
    summary: "a contract that lacks the schema of a request, response or payload",
    why: "\"Schemas before code\" (docs/principles.md, APIs as products). Without a schema the first implementation \
          is the contract, with all its accidents.",
    example: "PlaceOrder takes \"the order as JSON\"; each caller has learned by trial which fields must be there.",
    remedy: "Write the schemas down before building, or name the specification file that holds them.",
    severity: Severity::Warning,
    gap: Some(Stage::Design),
    principle: Principle::ExplicitContracts,
    star: false,
};

impl Rule for ContractWithoutSchema {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        for product in products(cx) {
            let events = events(cx, product.id, product.contract);
            let only_events =
                !events.is_empty() && events.len() == product.messages.len() && product.operations.is_empty();
            if only_events || !product.is_asked(&["schema"]) {
                out.exempt(&META, &product);
                continue;
            }
            let schemas = schemas(&product, &events);
            let lacking = |wanted: fn(&Fact<Text>) -> bool| -> Vec<&(String, &str, &Fact<Text>)> {
                schemas.iter().filter(|(_, _, schema)| wanted(schema)).collect()
            };
            let (none, open) = (lacking(Fact::is_none), lacking(Fact::is_not_asked));
            if !none.is_empty() {
                let said = say![&product, format!(" has no schema for {}", things(&none))];
                let finding = out.defect(&META, &product, said).with(product.lit());
                for (part, fact, _) in none {
                    finding.because(&product, &format!("{part}.{fact}"), "none");
                }
            } else if product.is_specified() {
                out.met(&META, &product);
            } else if schemas.is_empty() {
                let said = say!["what ", &product, " consists of, and in which schemas, was not asked"];
                if let Some(gap) = out.gap(&META, &product, said) {
                    let parts = if product.is_api() { "operations" } else { "messages" };
                    gap.with(product.lit()).because(&product, parts, "not asked");
                }
            } else if open.is_empty() {
                out.met(&META, &product);
            } else {
                let (schemas, were) = if open.len() == 1 { ("schema", "was") } else { ("schemas", "were") };
                let said =
                    say![format!("the {schemas} of {} in ", things(&open)), &product, format!(" {were} not asked")];
                if let Some(gap) = out.gap(&META, &product, said) {
                    gap.with(product.lit());
                    for (part, fact, _) in open {
                        gap.because(&product, &format!("{part}.{fact}"), "not asked");
                    }
                }
            }
        }
    }
}

/// The schemas that a contract must have: part, fact and value. A query needs no body, and neither does an HTTP DELETE;
/// for what events carry EVT003 asks.
fn schemas<'a>(product: &Product<'a>, events: &[&PartName]) -> Vec<(String, &'static str, &'a Fact<Text>)> {
    let mut schemas = Vec::new();
    for (name, operation) in &product.contract.operations {
        let deletes = operation.endpoint.known().is_some_and(|endpoint| endpoint.starts_with("DELETE "));
        if operation.kind == OperationKind::Command && !deletes {
            schemas.push((name.to_string(), "request_schema", &operation.request_schema));
        }
        // Nobody answers a command that comes as a message; where somebody does, that is a message of its own.
        let answered = !(operation.kind == OperationKind::Command && product.style.is(&Style::Messages));
        if answered {
            schemas.push((name.to_string(), "response_schema", &operation.response_schema));
        }
    }
    let messages = product.contract.messages.iter().filter(|(name, _)| !events.contains(name));
    schemas.extend(messages.map(|(name, message)| (name.to_string(), "schema", &message.schema)));
    schemas.retain(|(_, fact, _)| !product.excuses(fact));
    schemas
}

/// "the request and response of `PlaceOrder`, the payload of `OrderPlaced` and 3 others".
fn things(schemas: &[&(String, &str, &Fact<Text>)]) -> String {
    let mut things: Vec<(&str, Vec<&str>)> = Vec::new();
    for (part, fact, _) in schemas {
        let what = match *fact {
            "request_schema" => "request",
            "response_schema" => "response",
            _ => "payload",
        };
        match things.last_mut().filter(|(last, _)| last == part) {
            Some((_, whats)) => whats.push(what),
            None => things.push((part, vec![what])),
        }
    }
    let others = things.len().saturating_sub(3);
    let mut words: Vec<String> =
        things.iter().take(3).map(|(part, whats)| format!("the {} of {part}", whats.join(" and "))).collect();
    if others > 0 {
        words.push(if others == 1 { "one other".to_owned() } else { format!("{others} others") });
    }
    listed(&words)
}
