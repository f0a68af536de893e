//! EVT001: an event named like an order.

use super::told;
use crate::{
    model::{InteractionKind, NamingLanguage},
    rules::{Context, Findings, Meta, Principle, Rule, Severity, finding::say},
};

pub(super) struct ImperativeEvent;

static META: Meta = Meta {
    code: "EVT001",
    slug: "imperative-event",
    summary: "an event that is not named as a fact",
    why: "\"Factual naming: 'OrderCreated' not 'CreateOrder'\" and \"immutable — facts, not instructions\" (docs/principles.md, \
          event design). A name that orders makes its consumers servants, and its publisher a caller in disguise.",
    example: "`CreateOrder` is published to all; every consumer believes it is told to create one.",
    remedy: "Name what happened, in the past tense (`OrderCreated`); if it really orders somebody, make it a command.",
    severity: Severity::Warning,
    gap: None,
    principle: Principle::ExplicitContracts,
    star: false,
};

impl Rule for ImperativeEvent {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        let english = !cx.model.policy.naming_language.is(&NamingLanguage::Other);
        told::each(cx, |event| {
            let subject = event.subject();
            let name = event.name.as_str();
            // A message that only commands carry is an order, and rightly named like one.
            let ordered = !event.hops.is_empty() && event.hops.iter().all(|hop| hop.kind == InteractionKind::Command);
            // How a vendor names its events, nobody here can change.
            let foreign = cx.is_foreign(event.contract.1.provider.known());
            if !english || ordered || foreign {
                return out.exempt(&META, subject);
            }
            if !is_imperative(name) {
                return out.met(&META, subject);
            }
            let said = say!["the event ", subject.clone(), " is named like an order, not like a fact"];
            out.defect(&META, subject.clone(), said).with(event.around()).because(subject, "name", name);
        });
    }
}

/// Whether an English name orders: it begins with a verb's base form, or ends with one that is no noun, and nothing
/// in it is a past participle.
fn is_imperative(name: &str) -> bool {
    let words = words(name);
    let Some((first, rest)) = words.split_first() else { return false };
    // A participle at the end, or before a preposition, says what happened; before a noun it only describes it, as in
    // `CreateSharedCart`.
    let tells = |at: usize, word: &str| {
        is_participle(word) && rest.get(at + 1).is_none_or(|next| PREPOSITIONS.contains(&next.as_str()))
    };
    let says_past = rest.iter().enumerate().any(|(at, word)| tells(at, word))
        || (is_participle(first) && !SAME_FORM.contains(&first.as_str()));
    if says_past {
        return false;
    }
    let ends_in_verb = rest.last().is_some_and(|word| VERBS_ONLY.contains(&word.as_str()));
    let begins =
        VERBS.contains(&first.as_str()) || VERBS_ONLY.contains(&first.as_str()) || SAME_FORM.contains(&first.as_str());
    (begins && !rest.is_empty()) || ends_in_verb
}

/// The words of a `CamelCase`, `snake_case`, kebab-case or dotted name, in lower case, without version marks.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before = ' ';
    let chars: Vec<char> = name.chars().collect();
    for (at, &c) in chars.iter().enumerate() {
        let next_lower = chars.get(at + 1).is_some_and(|c| c.is_lowercase());
        let starts = c.is_uppercase() && (!before.is_uppercase() || next_lower);
        if !c.is_alphanumeric() || starts || words.is_empty() {
            words.push(String::new());
        }
        if c.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(c.to_lowercase());
        }
        before = c;
    }
    let version = |word: &str| word.trim_start_matches('v').bytes().all(|b| b.is_ascii_digit());
    words.retain(|word| !word.is_empty() && !version(word) && word != "event");
    words
}

fn is_participle(word: &str) -> bool {
    IRREGULAR.contains(&word)
        || SAME_FORM.contains(&word)
        || (word.ends_with("ed") && word.len() > 3 && !NO_PARTICIPLE.contains(&word))
}

/// Words that may stand behind the participle of a fact: `OrderShippedToCustomer`.
const PREPOSITIONS: &[&str] = &[
    "to", "from", "in", "into", "by", "for", "with", "without", "at", "on", "onto", "as", "after", "before", "out",
    "off", "up", "down", "again", "back", "over", "through", "via",
];

/// Words in -ed that are no participles.
const NO_PARTICIPLE: &[&str] = &[
    "feed", "need", "seed", "speed", "breed", "bleed", "deed", "weed", "embed", "exceed", "proceed", "succeed", "shed",
    "newsfeed",
];

/// Participles that look like the base form: facts at the end of a name, orders at its beginning.
const SAME_FORM: &[&str] =
    &["set", "reset", "read", "put", "cut", "hit", "let", "shut", "split", "cast", "bid", "quit", "spread"];

/// Participles that do not end in -ed.
const IRREGULAR: &[&str] = &[
    "forgiven",
    "overrun",
    "stuck",
    "sent",
    "paid",
    "held",
    "sold",
    "bought",
    "made",
    "done",
    "gone",
    "lost",
    "won",
    "found",
    "built",
    "kept",
    "left",
    "met",
    "begun",
    "broken",
    "brought",
    "caught",
    "chosen",
    "drawn",
    "driven",
    "fallen",
    "forgotten",
    "frozen",
    "given",
    "grown",
    "hidden",
    "known",
    "laid",
    "lent",
    "run",
    "rung",
    "seen",
    "shown",
    "shrunk",
    "spent",
    "spoken",
    "spun",
    "stolen",
    "struck",
    "sworn",
    "taken",
    "taught",
    "thrown",
    "told",
    "torn",
    "understood",
    "undone",
    "unpaid",
    "withdrawn",
    "woken",
    "written",
    "overdrawn",
    "overridden",
    "rewritten",
    "resold",
    "rebuilt",
    "resent",
    "repaid",
    "prepaid",
    "undertaken",
    "mistaken",
    "upheld",
    "withheld",
    "shaken",
    "sunk",
    "fed",
    "fled",
    "led",
    "born",
    "come",
    "become",
];

/// Base forms that begin orders, and are nouns too at the end of a name.
const VERBS: &[&str] = &[
    "update", "change", "charge", "ship", "book", "place", "list", "load", "process", "release", "reserve", "return",
    "refund", "report", "schedule", "transfer", "debit", "credit", "check", "bill", "call", "close", "import",
    "export", "stop", "start", "track", "trigger", "sync", "upload", "download", "print", "move", "test", "queue",
    "block", "lock", "unlock", "route", "assign", "issue", "purchase", "archive", "approve", "use", "mark", "capture",
    "hold", "open",
];

/// Base forms that are never nouns.
const VERBS_ONLY: &[&str] = &[
    "create",
    "delete",
    "remove",
    "add",
    "send",
    "cancel",
    "confirm",
    "reject",
    "validate",
    "verify",
    "calculate",
    "compute",
    "generate",
    "publish",
    "notify",
    "register",
    "unregister",
    "subscribe",
    "unsubscribe",
    "activate",
    "deactivate",
    "enable",
    "disable",
    "insert",
    "modify",
    "execute",
    "submit",
    "fetch",
    "get",
    "retrieve",
    "pay",
    "sell",
    "buy",
    "make",
    "do",
    "give",
    "take",
    "write",
    "deliver",
    "dispatch",
    "fulfil",
    "fulfill",
    "allocate",
    "deallocate",
    "replenish",
    "restock",
    "authorize",
    "authorise",
    "authenticate",
    "accept",
    "decline",
    "prepare",
    "complete",
    "begin",
    "initiate",
    "invoke",
    "perform",
    "apply",
    "adjust",
    "merge",
    "convert",
    "translate",
    "store",
    "save",
    "persist",
    "clear",
    "expire",
    "suspend",
    "resume",
    "escalate",
    "enrol",
    "enroll",
    "onboard",
    "provision",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_are_told_from_facts() {
        for order in [
            "CreateOrder",
            "create_order",
            "create-order",
            "orders.create",
            "SendPayment",
            "SetSpeedLimit",
            "OrderCreate",
            "UpdateStock",
            "ReserveSeat",
            "CreateOrderV2",
            "create.order.v1",
            "CancelOrderEvent",
            "ReadFeed",
        ] {
            assert!(is_imperative(order), "{order}");
        }
        for fact in [
            "OrderCreated",
            "order_created",
            "order-created",
            "orders.order.created.v1",
            "PaymentSent",
            "OrderPaid",
            "SeatHeld",
            "SpeedLimitSet",
            "FeedRead",
            "OrderCreatedV2",
            "StockLevel",
            "PriceUpdate",
            "HTTPRequestFailed",
            "ChangeRequested",
            "orders",
            "BillPaid",
            "ShipmentLost",
            "UpdateReceived",
            "",
            "...",
            "注文",
        ] {
            assert!(!is_imperative(fact), "{fact}");
        }
    }
}
