//! EVT001: an event named like an order.

use super::told;
use crate::{
    model::{InteractionKind, NamingLanguage},
    rules::{
        Context, Findings, Meta, Principle, Rule, Severity,
        english::{PREPOSITIONS, SAME_FORM, VERBS, VERBS_ONLY, is_participle, words},
        finding::say,
    },
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
pub(in crate::rules) fn is_imperative(name: &str) -> bool {
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
