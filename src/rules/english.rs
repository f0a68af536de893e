//! English names: their words, and which of them are verbs.
//!
//! Lists, not grammar: what is in none of them is no verb for certain, so that a rule can stay silent.

/// The words of a `CamelCase`, `snake_case`, kebab-case or dotted name, in lower case, without version marks.
pub(super) fn words(name: &str) -> Vec<String> {
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

pub(super) fn is_participle(word: &str) -> bool {
    IRREGULAR.contains(&word)
        || SAME_FORM.contains(&word)
        || (word.ends_with("ed") && word.len() > 3 && !NO_PARTICIPLE.contains(&word))
}

/// Words that may stand behind the participle of a fact: `OrderShippedToCustomer`.
pub(super) const PREPOSITIONS: &[&str] = &[
    "to", "from", "in", "into", "by", "for", "with", "without", "at", "on", "onto", "as", "after", "before", "out",
    "off", "up", "down", "again", "back", "over", "through", "via",
];

/// Words in -ed that are no participles.
const NO_PARTICIPLE: &[&str] = &[
    "feed", "need", "seed", "speed", "breed", "bleed", "deed", "weed", "embed", "exceed", "proceed", "succeed", "shed",
    "newsfeed",
];

/// Participles that look like the base form: facts at the end of a name, orders at its beginning.
pub(super) const SAME_FORM: &[&str] =
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
pub(super) const VERBS: &[&str] = &[
    "update", "change", "charge", "ship", "book", "place", "list", "load", "process", "release", "reserve", "return",
    "refund", "report", "schedule", "transfer", "debit", "credit", "check", "bill", "call", "close", "import",
    "export", "stop", "start", "track", "trigger", "sync", "upload", "download", "print", "move", "test", "queue",
    "block", "lock", "unlock", "route", "assign", "issue", "purchase", "archive", "approve", "use", "mark", "capture",
    "hold", "open",
];

/// Base forms that are never nouns.
pub(super) const VERBS_ONLY: &[&str] = &[
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

/// Whether a word is the base form of a verb, as far as the lists and the usual endings tell.
pub(super) fn is_verb(word: &str) -> bool {
    let listed =
        |word: &str| [VERBS, VERBS_ONLY, SAME_FORM, OTHER_VERBS, LONG_VERBS].iter().any(|list| list.contains(&word));
    let again = ["re", "un", "pre", "de", "dis"].iter().find_map(|prefix| word.strip_prefix(prefix));
    let ending = ["ise", "ize", "ify", "ate"].iter().any(|ending| word.len() > 5 && word.ends_with(ending));
    listed(word) || ending || again.is_some_and(listed)
}

/// Whether a word is the gerund of a verb: `processing`, `creating`, `shipping`.
pub(super) fn is_gerund(word: &str) -> bool {
    let Some(stem) = word.strip_suffix("ing") else { return false };
    let single = || {
        let mut chars = stem.chars();
        let last = chars.next_back()?;
        chars.as_str().ends_with(last).then(|| is_verb(chars.as_str()))
    };
    is_verb(stem) || is_verb(&format!("{stem}e")) || single() == Some(true)
}

/// Other base forms that begin orders; many are nouns too.
const OTHER_VERBS: &[&str] = &[
    "abort", "adapt", "advise", "agree", "alert", "align", "amend", "answer", "append", "arrange", "arm", "ask",
    "assert", "assess", "attach", "audit", "backup", "ban", "batch", "bind", "build", "bundle", "cache", "claim",
    "clean", "clone", "collect", "combine", "commit", "compare", "connect", "consume", "contact", "copy", "correct",
    "count", "cross", "define", "defer", "delay", "deploy", "deposit", "design", "detach", "discard", "divide",
    "donate", "draft", "draw", "drop", "edit", "emit", "empty", "end", "enqueue", "ensure", "enter", "erase", "extend",
    "extract", "file", "fill", "filter", "find", "finish", "fire", "fix", "flag", "flush", "follow", "force", "forget",
    "forward", "freeze", "grant", "group", "handle", "halt", "hide", "ignore", "include", "inform", "ingest",
    "inspect", "install", "invite", "invoice", "join", "keep", "kill", "label", "launch", "leave", "lend", "like",
    "link", "listen", "log", "login", "logout", "look", "lookup", "lower", "map", "match", "measure", "mint", "note",
    "offer", "order", "pack", "park", "parse", "patch", "pause", "pick", "pin", "plan", "play", "poll", "post",
    "price", "promote", "propose", "provide", "prune", "pull", "purge", "push", "quote", "raise", "rate", "rebook",
    "receive", "record", "recover", "redeem", "reduce", "refer", "refresh", "refuse", "relay", "remind", "rename",
    "render", "renew", "rent", "repair", "repeat", "replace", "replay", "reply", "request", "require", "resolve",
    "restart", "restore", "retire", "retry", "reverse", "revert", "review", "revoke", "reward", "roll", "rotate",
    "run", "scan", "scrap", "seal", "search", "select", "settle", "share", "show", "sign", "signal", "skip", "sort",
    "stage", "stamp", "stock", "supply", "support", "swap", "switch", "tag", "tell", "top", "touch", "trade", "train",
    "treat", "trim", "try", "turn", "undo", "unpin", "upgrade", "upsert", "value", "view", "visit", "void", "wait",
    "warn", "watch", "weigh", "wipe", "work", "wrap", "quit", "query", "describe", "browse", "peek",
];

/// The same, the long ones.
const LONG_VERBS: &[&str] = &[
    "acknowledge",
    "announce",
    "broadcast",
    "configure",
    "contribute",
    "decommission",
    "discontinue",
    "distribute",
    "exchange",
    "forecast",
    "interrupt",
    "maintain",
    "postpone",
    "reconcile",
    "schedule",
    "transform",
    "withdraw",
];

/// Nouns that say that something is done: a name that ends in one speaks of an order and gives none.
pub(super) const ACTION_NOUNS: &[&str] = &[
    "activation",
    "allocation",
    "approval",
    "authorisation",
    "authorization",
    "cancellation",
    "completion",
    "confirmation",
    "creation",
    "deactivation",
    "deletion",
    "execution",
    "fulfilment",
    "fulfillment",
    "handling",
    "initiation",
    "modification",
    "placement",
    "processing",
    "publication",
    "registration",
    "rejection",
    "removal",
    "renewal",
    "submission",
    "synchronisation",
    "synchronization",
    "validation",
    "verification",
];

/// Whether a name is that of a query: `GetOrder`. To list a flat is a command, to list flats a query.
pub fn reads(name: &str) -> bool {
    are_of_query(&words(name))
}

/// Whether the words of a name are those of a query.
pub(super) fn are_of_query(words: &[String]) -> bool {
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
    words.len() > 1 && (READING.contains(&first.as_str()) || (first == "list" && last.ends_with('s')))
}

/// Verbs that only read, and can hardly be meant otherwise.
const READING: &[&str] = &["get", "find", "search", "lookup"];

/// Verbs that change something, and are no nouns at the beginning of a name either.
pub(super) const CHANGING: &[&str] = &[
    "create",
    "delete",
    "remove",
    "add",
    "send",
    "cancel",
    "reject",
    "unregister",
    "unsubscribe",
    "activate",
    "deactivate",
    "enable",
    "disable",
    "insert",
    "modify",
    "submit",
    "write",
    "publish",
    "notify",
    "deliver",
    "replenish",
    "authorise",
    "authorize",
    "initiate",
    "suspend",
    "enrol",
    "enroll",
];
