//! English names: the fact behind an order, `OrderCreated` for `CreateOrder`.

use crate::rules::{
    catalogue::is_imperative,
    english::{PREPOSITIONS, SAME_FORM},
};

/// The name of the fact that an event named like an order is about, in the same way of writing. `None` where the name
/// is no order, or no fact can be made of it.
pub(super) fn fact_name(name: &str) -> Option<String> {
    if !is_imperative(name) {
        return None;
    }
    let mut words = split(name);
    let tail = words.iter().rposition(|word| !is_mark(&word.text)).map_or(0, |last| last + 1);
    let marks = words.split_off(tail);
    let separators: Vec<String> = words.iter().map(|word| word.before.clone()).collect();
    let mut texts: Vec<String> = words.into_iter().map(|word| word.text).collect();
    let first = texts.first()?;
    let begins = is_imperative(&format!("{}_thing", first.to_lowercase()));
    let verb = if begins && texts.len() > 1 { texts.remove(0) } else { texts.pop()? };
    let place =
        if begins { texts.iter().position(|word| is_preposition(word)).unwrap_or(texts.len()) } else { texts.len() };
    let initial_lower = begins && verb.starts_with(char::is_lowercase);
    texts.insert(place, recased(&verb, &participle(&verb.to_lowercase())));
    let camel = separators.iter().skip(1).all(String::is_empty);
    if camel && place > 0 {
        if let Some(word) = texts.get_mut(place) {
            *word = capitalised(word);
        }
        if let Some(word) = texts.first_mut().filter(|_| initial_lower) {
            *word = uncapitalised(word);
        }
    }
    let core = separators.iter().zip(&texts).flat_map(|(before, word)| [before.as_str(), word.as_str()]);
    let mut fact: String = core.collect();
    fact.extend(marks.into_iter().map(|mark| mark.before + &mark.text));
    (!is_imperative(&fact)).then_some(fact)
}

/// The past participle of an English verb in lower case.
pub(super) fn participle(verb: &str) -> String {
    if SAME_FORM.contains(&verb) {
        return verb.to_owned();
    }
    let whole = |verb: &str| IRREGULAR.iter().find(|(base, _)| *base == verb).map(|(_, participle)| *participle);
    if let Some(participle) = whole(verb) {
        return participle.to_owned();
    }
    let composed = PREFIXES.iter().find_map(|prefix| Some(format!("{prefix}{}", whole(verb.strip_prefix(prefix)?)?)));
    composed.unwrap_or_else(|| regular(verb))
}

fn regular(verb: &str) -> String {
    let letters: Vec<char> = verb.chars().collect();
    match letters.as_slice() {
        [.., 'e'] => format!("{verb}d"),
        [stem @ .., before, 'y'] if !is_vowel(*before) => {
            format!("{}{before}ied", stem.iter().collect::<String>())
        }
        [.., last] if doubles(&letters) || DOUBLING.contains(&verb) => format!("{verb}{last}ed"),
        _ => format!("{verb}ed"),
    }
}

/// Whether a verb of one syllable doubles its last letter: `ship`, `stop`, but neither `book` nor `fix`.
fn doubles(letters: &[char]) -> bool {
    let [start @ .., vowel, last] = letters else { return false };
    let short = is_vowel(*vowel) && !is_vowel(*last) && !matches!(last, 'w' | 'x' | 'y');
    // The u of `queue` and `quit` belongs to its q.
    let before = match start {
        [rest @ .., 'q', 'u'] => rest,
        _ => start,
    };
    short && !before.iter().any(|letter| is_vowel(*letter) || *letter == 'y')
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u')
}

/// A word of a name, and what stands before it.
struct Word {
    before: String,
    text: String,
}

/// The words of a `CamelCase`, `snake_case`, kebab-case or dotted name; together they are the name.
fn split(name: &str) -> Vec<Word> {
    let chars: Vec<char> = name.chars().collect();
    let mut words: Vec<Word> = Vec::new();
    let (mut separator, mut before) = (String::new(), ' ');
    for (at, &c) in chars.iter().enumerate() {
        let next_lower = chars.get(at + 1).is_some_and(|c| c.is_lowercase());
        let starts = c.is_uppercase() && (!before.is_uppercase() || next_lower);
        if !c.is_alphanumeric() {
            separator.push(c);
        } else if starts || !separator.is_empty() || words.is_empty() {
            words.push(Word { before: std::mem::take(&mut separator), text: c.to_string() });
        } else if let Some(word) = words.last_mut() {
            word.text.push(c);
        }
        before = c;
    }
    words
}

/// Whether a word at the end of a name marks a version, or says that it is an event.
fn is_mark(word: &str) -> bool {
    let word = word.to_lowercase();
    word == "event" || word.trim_start_matches('v').bytes().all(|b| b.is_ascii_digit())
}

fn is_preposition(word: &str) -> bool {
    PREPOSITIONS.contains(&word.to_lowercase().as_str())
}

/// A word written as another is.
fn recased(like: &str, word: &str) -> String {
    let shouted = like.chars().count() > 1 && !like.chars().any(char::is_lowercase);
    match (shouted, like.starts_with(char::is_uppercase)) {
        (true, _) => word.to_uppercase(),
        (_, true) => capitalised(word),
        _ => word.to_owned(),
    }
}

/// A word with a capital at its beginning.
pub(super) fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

fn uncapitalised(word: &str) -> String {
    let shouted = word.chars().count() > 1 && !word.chars().any(char::is_lowercase);
    let mut chars = word.chars();
    match chars.next() {
        Some(first) if !shouted => first.to_lowercase().chain(chars).collect(),
        _ => word.to_owned(),
    }
}

/// What may stand before an irregular verb.
const PREFIXES: &[&str] = &["re", "un", "over", "under", "out", "pre", "mis", "with", "up", "off"];

/// Verbs of several syllables that double their last letter.
const DOUBLING: &[&str] = &[
    "admit",
    "allot",
    "cancel",
    "channel",
    "commit",
    "compel",
    "control",
    "defer",
    "deter",
    "embed",
    "emit",
    "enrol",
    "equip",
    "expel",
    "fuel",
    "fulfil",
    "infer",
    "label",
    "level",
    "model",
    "occur",
    "omit",
    "permit",
    "prefer",
    "rebut",
    "recur",
    "refer",
    "remit",
    "resubmit",
    "signal",
    "submit",
    "total",
    "transfer",
    "transmit",
    "travel",
    "tunnel",
    "unsubmit",
    "uncancel",
    "retransmit",
];

/// Verbs whose participle does not end in -ed.
const IRREGULAR: &[(&str, &str)] = &[
    ("become", "become"),
    ("begin", "begun"),
    ("bear", "born"),
    ("break", "broken"),
    ("bring", "brought"),
    ("build", "built"),
    ("buy", "bought"),
    ("catch", "caught"),
    ("choose", "chosen"),
    ("come", "come"),
    ("do", "done"),
    ("draw", "drawn"),
    ("drive", "driven"),
    ("fall", "fallen"),
    ("feed", "fed"),
    ("find", "found"),
    ("flee", "fled"),
    ("forget", "forgotten"),
    ("forgive", "forgiven"),
    ("freeze", "frozen"),
    ("give", "given"),
    ("go", "gone"),
    ("grow", "grown"),
    ("hide", "hidden"),
    ("hold", "held"),
    ("keep", "kept"),
    ("know", "known"),
    ("lay", "laid"),
    ("lead", "led"),
    ("leave", "left"),
    ("lend", "lent"),
    ("lose", "lost"),
    ("make", "made"),
    ("meet", "met"),
    ("pay", "paid"),
    ("ride", "ridden"),
    ("ring", "rung"),
    ("run", "run"),
    ("see", "seen"),
    ("sell", "sold"),
    ("send", "sent"),
    ("shake", "shaken"),
    ("show", "shown"),
    ("shrink", "shrunk"),
    ("sink", "sunk"),
    ("speak", "spoken"),
    ("spend", "spent"),
    ("spin", "spun"),
    ("stand", "stood"),
    ("steal", "stolen"),
    ("stick", "stuck"),
    ("strike", "struck"),
    ("swear", "sworn"),
    ("take", "taken"),
    ("teach", "taught"),
    ("tear", "torn"),
    ("tell", "told"),
    ("throw", "thrown"),
    ("wake", "woken"),
    ("win", "won"),
    ("write", "written"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_become_facts_in_the_same_way_of_writing() {
        for (order, fact) in [
            ("CreateOrder", "OrderCreated"),
            ("createOrder", "orderCreated"),
            ("create_order", "order_created"),
            ("CREATE_ORDER", "ORDER_CREATED"),
            ("create-order.v1", "order-created.v1"),
            ("orders.create", "orders.created"),
            ("order.cancel.v1", "order.cancelled.v1"),
            ("OrderCreate", "OrderCreated"),
            ("CreateOrderV2", "OrderCreatedV2"),
            ("CancelOrderEvent", "OrderCancelledEvent"),
            ("SendPayment", "PaymentSent"),
            ("SendPaymentToCustomer", "PaymentSentToCustomer"),
            ("SetSpeedLimit", "SpeedLimitSet"),
            ("ReadFeed", "FeedRead"),
            ("HoldSeat", "SeatHeld"),
            ("PayOrder", "OrderPaid"),
            ("CreateSharedCart", "SharedCartCreated"),
            ("UpdateHTTPRoute", "HTTPRouteUpdated"),
            ("PlaceOrder", "OrderPlaced"),
        ] {
            assert_eq!(fact_name(order).as_deref(), Some(fact), "{order}");
        }
        for none in ["", "...", "Order", "注文"] {
            assert_eq!(fact_name(none), None, "{none}");
        }
    }

    #[test]
    fn participles_are_spelt_as_they_are() {
        for (verb, wanted) in [
            ("ship", "shipped"),
            ("stop", "stopped"),
            ("book", "booked"),
            ("fix", "fixed"),
            ("queue", "queued"),
            ("notify", "notified"),
            ("deploy", "deployed"),
            ("submit", "submitted"),
            ("credit", "credited"),
            ("bill", "billed"),
            ("resend", "resent"),
            ("rebuild", "rebuilt"),
            ("withdraw", "withdrawn"),
            ("understand", "understood"),
            ("upload", "uploaded"),
            ("equip", "equipped"),
            ("reset", "reset"),
            ("sync", "synced"),
        ] {
            assert_eq!(participle(verb), wanted, "{verb}");
        }
    }
}
