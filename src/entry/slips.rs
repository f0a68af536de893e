//! Names that hold what was meant as grammar: "Billing read Order" is no system.
//!
//! A new name of several words, written without quotation marks, is looked at word by word. Where what stands before or
//! behind the word is known, the line is refused; else the name is made, and what it may mean is said.

use super::{
    Problem,
    ast::Name,
    draft::Draft,
    summary::Note,
    words::{HEADS, INTERACTION_KINDS, KEYWORDS, SYSTEM_KINDS, TRANSPORTS},
};
use crate::model::Kind;

/// What a word of a name may have been meant for.
struct Slip<'n> {
    word: &'n str,
    before: String,
    behind: String,
    /// What to write instead.
    instead: String,
    when: When,
}

/// When a word is a slip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum When {
    /// Always.
    Surely,
    /// Where what stands before it or behind it is known; else it may be, and that is said.
    Likely,
    /// Where what stands before it or behind it is known.
    Beside,
    /// Where a known system stands before it; else it may be.
    Behind,
}

const KNOWN: [Kind; 5] = [Kind::System, Kind::Team, Kind::Entity, Kind::Store, Kind::Contract];

/// Looks at a name that is about to be made.
///
/// # Errors
/// Where it is no name for certain.
pub(super) fn look(draft: &mut Draft<'_>, kind: Kind, name: &Name) -> Result<(), Problem> {
    if draft.is_quoted(name) {
        return Ok(());
    }
    let words: Vec<&str> = name.value.split(' ').collect();
    between(draft, name, &words)?;
    let Some(slip) = (0..words.len()).find_map(|at| slip(kind, &words, at)) else { return Ok(()) };
    let known = |text: &str| !text.is_empty() && draft.knows(&KNOWN, text);
    let refused = match slip.when {
        When::Surely => true,
        When::Likely | When::Beside => known(&slip.before) || known(&slip.behind),
        When::Behind => draft.knows(&[Kind::System], &slip.before),
    };
    if refused {
        let message =
            format!("“{}” is no part of a name: {}, or put the name in quotation marks", slip.word, slip.instead);
        return Err(Problem::new(place(name, slip.word), message));
    }
    if slip.when == When::Beside {
        return Ok(());
    }
    let text = format!("“{}” became a part of the name “{}”: {}", slip.word, name.value, slip.instead);
    draft.notes.push(Note::doubt(text));
    Ok(())
}

/// Whether words stand between two names that are known, as in "Billing refunds Payments".
fn between(draft: &Draft<'_>, name: &Name, words: &[&str]) -> Result<(), Problem> {
    let join = |words: Option<&[&str]>| words.unwrap_or_default().join(" ");
    let known = |words: Option<&[&str]>| draft.knows(&[Kind::System], &join(words));
    let part = |from: usize, to: usize| known(words.get(..from)) && known(words.get(to..));
    let verbs = (1..words.len()).flat_map(|from| (from + 1..words.len()).map(move |to| (from, to)));
    // What the grammar has words for is told as that.
    let told = |at: usize| slip(Kind::System, words, at).is_some();
    let Some((from, to)) = verbs.filter(|(from, to)| !(*from..*to).any(told)).find(|(from, to)| part(*from, *to))
    else {
        return Ok(());
    };
    let (before, behind, verb) = (join(words.get(..from)), join(words.get(to..)), join(words.get(from..to)));
    let message = format!(
        "“{verb}” stands between two systems: draw an arrow, `{before} -> {behind}`, or put the name in quotation marks"
    );
    Err(Problem::new(place(name, &verb), message))
}

/// Whether a name holds a word that might be taken for something else: it is written in quotation marks.
pub(super) fn is_odd(words: &[&str]) -> bool {
    let odd = |kind: Kind, at: usize| slip(kind, words, at).is_some();
    words.len() > 1 && (0..words.len()).any(|at| odd(Kind::System, at) || odd(Kind::Entity, at))
}

/// Where a word of a name stands in the line. Spaces between words may be wider than one.
fn place(name: &Name, word: &str) -> std::ops::Range<usize> {
    let exact = name.value.len() == name.at.len();
    let found = name.value.match_indices(word).map(|(at, _)| at).find(|at| {
        let before = name.value.get(..*at).is_none_or(|text| text.is_empty() || text.ends_with(' '));
        let behind = name.value.get(at + word.len()..).is_none_or(|text| text.is_empty() || text.starts_with(' '));
        before && behind
    });
    match found.filter(|_| exact) {
        Some(at) => name.at.start + at..name.at.start + at + word.len(),
        None => name.at.clone(),
    }
}

fn slip<'n>(kind: Kind, words: &[&'n str], at: usize) -> Option<Slip<'n>> {
    let word = *words.get(at)?;
    let join = |words: Option<&[&str]>| words.unwrap_or_default().join(" ");
    let (before, behind) = (join(words.get(..at)), join(words.get(at + 1..)));
    let made = |instead: String, when: When| {
        Some(Slip { word, before: before.clone(), behind: behind.clone(), instead, when })
    };
    let (b, e) = (before.as_str(), behind.as_str());
    if word.len() > 1 && word.ends_with([';', '|']) {
        return made(format!("part names by commas: `{}, {e}`", word.trim_end_matches([';', '|'])), When::Surely);
    }
    if at == 0 {
        return first_word(kind, word, &behind).and_then(|(instead, when)| made(instead, when));
    }
    if kind != Kind::System && kind != Kind::Entity && kind != Kind::Store {
        return None;
    }
    if behind.is_empty() {
        return None;
    }
    if let Some(instead) = connecting(word, b, e) {
        let common = ["and", "or", "plus", "&", "to", "from", "is", "are", "at", "has", "have", "use", "call", "send"];
        return made(instead, if common.contains(&word) { When::Beside } else { When::Likely });
    }
    let carried = INTERACTION_KINDS.iter().map(|(word, _)| *word).chain(TRANSPORTS.iter().map(|(word, _)| *word));
    if kind == Kind::System && carried.into_iter().any(|known| known == word) && !behind.contains(' ') {
        return made(format!("write it behind a colon: `{b} : {word} {e}`"), When::Behind);
    }
    near_keyword(word).and_then(|keyword| made(format!("write `{keyword}`"), When::Likely))
}

/// A keyword that a word is nearly.
fn near_keyword(word: &str) -> Option<&'static str> {
    let near = |keyword: &&&str| keyword.len() > 3 && strsim::osa_distance(keyword, &word.to_lowercase()) <= 1;
    KEYWORDS.iter().find(near).copied()
}

/// What a line begins with that is no name.
fn first_word(kind: Kind, word: &str, name: &str) -> Option<(String, When)> {
    if name.is_empty() {
        return None;
    }
    let lower = word.to_lowercase();
    let singular = match lower.as_str() {
        "entities" => "entity",
        "boundaries" => "boundary",
        other => other.strip_suffix('s').unwrap_or(other),
    };
    let (instead, when) = match lower.as_str() {
        "from" | "to" | "into" | "the" | "of" if kind != Kind::System => {
            (format!("leave it out and write `{name}`"), When::Beside)
        }
        "remove" | "delete" | "drop" => (format!("write `remove {name}`"), When::Surely),
        "rename" => (format!("write `rename {name}` in lower case"), When::Surely),
        "add" | "create" => (format!("write `{name}` alone to add it"), When::Surely),
        "new" => (format!("write `{name}` alone to add it"), When::Beside),
        _ if word == lower && singular != lower && HEADS.iter().any(|(head, _)| *head == singular) => {
            (format!("write `{singular} {name}`"), When::Likely)
        }
        _ if word == lower && SYSTEM_KINDS.iter().any(|(known, _)| *known == word) => {
            (format!("say what it is behind a colon: `{name} : {word}`"), When::Likely)
        }
        _ => return None,
    };
    Some((instead, when))
}

/// Words of speech between two names, and how the grammar says it.
fn connecting(word: &str, before: &str, behind: &str) -> Option<String> {
    Some(match word {
        "and" | "or" | "plus" | "&" => format!("part names by commas: `{before}, {behind}`"),
        "is" | "are" => {
            let what = behind.trim_start_matches("a ").trim_start_matches("an ").trim_start_matches("the ");
            format!("say what it is behind a colon: `{before} : {what}`")
        }
        "at" | "belongs" | "within" | "inside" => format!("say its domain behind `@`: `{before} @ Sales`"),
        "calls" | "call" | "asks" | "ask" | "uses" | "use" | "queries" | "invokes" | "needs" | "sends" | "send"
        | "talks" | "posts" | "pulls" | "pushes" | "fetches" | "gets" | "requests" | "to" | "from" => {
            format!("draw an arrow: `{before} -> {behind}`")
        }
        "publishes" | "publish" | "emits" | "fires" | "raises" | "tells" => {
            format!("write the event behind `=>`: `{before} => {behind}`")
        }
        "subscribes" | "listens" | "consumes" => {
            format!("write who is told behind the event: `Orders => OrderPlaced => {before}`")
        }
        "has" | "have" | "holds" | "stores" | "manages" => format!("write `{before} owns {behind}`"),
        "replaces" => format!("write `{behind} replaced by {before}`"),
        _ => return None,
    })
}
