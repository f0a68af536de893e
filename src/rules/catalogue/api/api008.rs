//! API008: an operation whose name misleads.

use crate::{
    model::{NamingLanguage, OperationKind, Status, Subject},
    rules::{
        Context, Findings, Meta, Principle, Rule, Severity,
        contracts::products,
        english::{
            ACTION_NOUNS, CHANGING, PREPOSITIONS, SAME_FORM, are_of_query, is_gerund, is_participle, is_verb, words,
        },
        finding::say,
    },
};

pub(super) struct BadlyNamedOperation;

static META: Meta = Meta {
    code: "API008",
    slug: "badly-named-operation",
    summary: "a command that is not named in the imperative, or a query that is named like a command",
    why: "\"Commands intend to change state\" and \"queries only read\" (docs/principles.md, interactions): the name is the \
          first thing that a caller reads of a contract, and often the last.",
    example: "`GetInvoice` issues a new invoice with each call; everybody had taken it for a query.",
    remedy: "Name a command for what it orders (`PlaceOrder`), a query for what it answers (`GetOrder`, `Orders`).",
    severity: Severity::Info,
    gap: None,
    principle: Principle::ExplicitContracts,
    star: false,
};

impl Rule for BadlyNamedOperation {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        if cx.model.policy.naming_language.is(&NamingLanguage::Other) {
            return;
        }
        for product in products(cx) {
            // The name of a deprecated operation is not worth a breaking change.
            let asked = product.is_asked(&["name"]) && !product.is(Status::Deprecated);
            for (about, name, operation) in product.operations() {
                let fault = match operation.kind {
                    OperationKind::Command => fault_of_command(&words(name.as_str())),
                    OperationKind::Query => fault_of_query(&words(name.as_str())),
                };
                match fault.filter(|_| asked) {
                    None if asked => out.met(&META, about),
                    None => out.exempt(&META, about),
                    Some(fault) => {
                        let kind = operation.kind.word();
                        let said = say![format!("the {kind} "), about.clone(), " of ", &product, fault];
                        out.defect(&META, about.clone(), said)
                            .with([Subject::from(&product)])
                            .because(about.clone(), "kind", kind)
                            .because(about, "name", name.as_str());
                    }
                }
            }
        }
    }
}

/// What is wrong with the words of a command's name; `None` where it may be an imperative.
fn fault_of_command(words: &[String]) -> Option<&'static str> {
    let (first, rest) = words.split_first()?;
    let last = words.last()?;
    if are_of_query(words) {
        return Some(" is named like a query");
    }
    let told = ACTION_NOUNS.contains(&last.as_str()) || is_participle(last);
    let noun = NOUNS_TOO.contains(&first.as_str()) && told;
    if is_verb(first) && !noun {
        return None;
    }
    let tells = |at: usize, word: &str| {
        is_participle(word) && rest.get(at + 1).is_none_or(|next| PREPOSITIONS.contains(&next.as_str()))
    };
    let past = rest.iter().enumerate().any(|(at, word)| tells(at, word) && !SAME_FORM.contains(&word.as_str()));
    if past || (!rest.is_empty() && is_participle(first)) {
        return Some(" is named like a fact");
    }
    let plural = rest.is_empty() && last.ends_with('s') && !last.ends_with("ss");
    let thing = plural || ACTION_NOUNS.contains(&last.as_str()) || is_gerund(first);
    // `orders.create` orders too, with the verb behind.
    (thing && !is_verb(last)).then_some(" is not named in the imperative")
}

/// What is wrong with the words of a query's name; `None` where it may be a noun or a reading verb.
fn fault_of_query(words: &[String]) -> Option<&'static str> {
    let (first, rest) = words.split_first()?;
    let last = rest.last()?;
    let changes = CHANGING.contains(&first.as_str());
    (changes && !ABOUT_CHANGES.contains(&last.as_str())).then_some(" is named like a command")
}

/// What there is to know about a change: `CancelReasons` is a noun.
const ABOUT_CHANGES: &[&str] = &[
    "code", "codes", "count", "date", "dates", "fee", "fees", "history", "limit", "limits", "list", "log", "ons",
    "option", "options", "policy", "price", "prices", "reason", "reasons", "result", "results", "rule", "rules",
    "settings", "state", "status", "stats",
];

/// Verbs that are nouns before a participle or the noun of an action: nobody orders a cancellation by
/// `OrderCancellation`.
const NOUNS_TOO: &[&str] = &["claim", "invoice", "order", "price", "stock"];

#[cfg(test)]
mod tests {
    use super::*;

    fn command(name: &str) -> Option<&'static str> {
        fault_of_command(&words(name))
    }

    #[test]
    fn commands_are_imperatives() {
        for name in [
            "PlaceOrder",
            "place_order",
            "orders.create",
            "OrderCancel",
            "MarkOrderPaid",
            "ReconcileLedger",
            "QuoteShipment",
            "CapturePayment",
            "RequestCancellation",
            "SetPassword",
            "ListProperty",
            "CountStock",
            "Rebook",
            "Process",
            "NormaliseAddress",
            "OrderGoods",
            "BestellungAnlegen",
            "Frobnicate",
            "Xyz",
            "",
            "注文",
        ] {
            assert_eq!(command(name), None, "{name}");
        }
        for (name, fault) in [
            ("OrderPlaced", " is named like a fact"),
            ("CreatedOrder", " is named like a fact"),
            ("PaymentSent", " is named like a fact"),
            ("GetOrder", " is named like a query"),
            ("ListOrders", " is named like a query"),
            ("OrderCreation", " is not named in the imperative"),
            ("CustomerCreation", " is not named in the imperative"),
            ("customer-registration", " is not named in the imperative"),
            ("ProcessingPayment", " is not named in the imperative"),
            ("Payments", " is not named in the imperative"),
        ] {
            assert_eq!(command(name), Some(fault), "{name}");
        }
    }

    #[test]
    fn queries_are_nouns_or_read() {
        for name in ["GetOrder", "Orders", "OrderHistory", "UpdateHistory", "CancelReasons", "AddOns", "Create", ""] {
            assert_eq!(fault_of_query(&words(name)), None, "{name}");
        }
        for name in ["CreateOrder", "delete-order", "SendInvoice"] {
            assert!(fault_of_query(&words(name)).is_some(), "{name}");
        }
    }
}
