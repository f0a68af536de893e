//! CON014: nobody would notice that the contract is broken.

use std::collections::BTreeMap;

use crate::{
    model::{Consumers, Fact, Stage, Status, Text},
    rules::{
        Context, Findings, Meta, Principle, Rule, Severity,
        contracts::{Product, products},
        finding::{listed, say},
    },
};

use super::consumers::consumers;

pub(super) struct UntestedContract;

static META: Meta = Meta {
    code: "CON014",
    slug: "untested-contract",
    summary: "a contract that is not tested on the provider's side, or not on its consumers'",
    why: "Explicit contracts over implicit behaviour (docs/principles.md): a contract holds as far as it is checked. The \
          provider proves that it keeps it, consumers prove what they rely on (Fowler, ContractTest).",
    example: "Orders dropped a field that \"nobody used\"; the first to notice was the warehouse, on Monday.",
    remedy: "Run the contract as a test in both builds: the provider's against its specification, and what each consumer relies on.",
    severity: Severity::Info,
    gap: Some(Stage::Governed),
    principle: Principle::ExplicitContracts,
    star: false,
};

impl Rule for UntestedContract {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        for product in products(cx) {
            if product.is(Status::Deprecated) || !product.is_asked(&["tests"]) {
                out.exempt(&META, &product);
                continue;
            }
            let sides = sides(cx, &product);
            let lacking = |wanted: fn(&Fact<Text>) -> bool| -> Vec<&(&str, &str, &Fact<Text>)> {
                sides.iter().filter(|(_, _, test)| wanted(test)).collect()
            };
            let (none, open) = (lacking(Fact::is_none), lacking(Fact::is_not_asked));
            if !none.is_empty() {
                let by: Vec<&str> = none.iter().map(|(_, words, _)| *words).collect();
                let said = match by.as_slice() {
                    [one] => format!(" is not tested {one}"),
                    more => format!(" is tested neither {}", more.join(" nor ")),
                };
                let said = say![&product, said];
                let finding = out.defect(&META, &product, said).with(product.lit());
                for (fact, _, _) in none {
                    finding.because(&product, fact, "none");
                }
            } else if open.is_empty() {
                out.met(&META, &product);
            } else {
                let said = say!["whether ", &product, format!(" is tested {} was not asked", where_of(&open))];
                if let Some(gap) = product.gap(cx, out, &META, &product, said) {
                    gap.with(product.lit());
                    for (fact, _, _) in open {
                        gap.because(&product, fact, "not asked");
                    }
                }
            }
        }
    }
}

/// The sides that must test: fact, words and value. Consumers where there are some, they are known, and no
/// interaction of theirs says how it is tested.
fn sides<'a>(cx: &Context<'a>, product: &Product<'a>) -> Vec<(&'static str, &'static str, &'a Fact<Text>)> {
    let tests = &product.contract.tests;
    let mut sides = vec![("tests.provider", "by its provider", &tests.provider)];
    let open = product.consumers.is(&Consumers::Open);
    let users = if tests.consumer.is_known() || open { BTreeMap::new() } else { consumers(cx, product) };
    let tested = users.values().flatten().any(|hop| hop.tests.is_known());
    if !users.is_empty() && !tested {
        sides.push(("tests.consumer", "by its consumers", &tests.consumer));
    }
    sides.retain(|(fact, _, _)| !product.excuses(fact.trim_start_matches("tests.")));
    sides
}

fn where_of(sides: &[&(&'static str, &'static str, &Fact<Text>)]) -> String {
    let words: Vec<String> = sides.iter().map(|(_, words, _)| (*words).to_owned()).collect();
    listed(&words)
}
