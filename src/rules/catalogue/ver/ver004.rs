//! VER004: a consumer on a version that is on its way out, or gone.

use super::life::{began_late, consumer, deprecated, on, retired, subject};
use crate::{
    model::{Date, Status, Subject},
    rules::{Context, Findings, Hop, Meta, Piece, Principle, Rule, Severity, finding::say},
};

pub(super) struct DeprecatedInUse;

static META: Meta = Meta {
    code: "VER004",
    slug: "deprecated-version-in-use",
    summary: "a consumer on a deprecated version; an error past its sunset, or once it is retired",
    why: "\"Backward compatibility is a business requirement\" (docs/principles.md), and a promise with an end. Zalando's API \
          guidelines have usage of deprecated APIs monitored until the sunset, so that none breaks a consumer.",
    example: "Orders API v1 was promised until June; in July the warehouse still books through it.",
    remedy: "Move the consumer to the successor before the sunset; say until when it uses the old version, or put the move on \
             the roadmap.",
    severity: Severity::Warning,
    gap: None,
    principle: Principle::Compatibility,
    star: false,
};

impl Rule for DeprecatedInUse {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, out: &mut Findings<'_>) {
        for hop in cx.hops() {
            let Some((id, _)) = hop.contract else { continue };
            let Some(consumer) = consumer(cx, hop) else {
                out.exempt(&META, hop);
                continue;
            };
            let Some(state) = state(hop, cx.as_of) else {
                // Which version it is on is VER002's question.
                if hop.version.is_some() {
                    out.met(&META, hop);
                } else {
                    out.exempt(&META, hop);
                }
                continue;
            };
            if state.severity == Severity::Warning && leaves_in_time(hop) {
                out.met(&META, hop);
                continue;
            }
            if state.severity == Severity::Warning && began_late(hop).is_some() {
                out.exempt(&META, hop);
                continue;
            }
            let mut said = say![consumer, " uses "];
            said.extend(state.what);
            said.extend(say![on(hop), state.words]);
            let finding = out.defect(&META, hop, said).severity(state.severity).with([consumer.into(), id.into()]);
            if let Some(version) = hop.interaction.version.known() {
                finding.because(hop, "version", version.to_string());
            }
            for (fact, value) in state.facts {
                finding.because(state.about.clone(), fact, value);
            }
        }
    }
}

/// How far gone is what a hop uses.
struct State {
    severity: Severity,
    about: Subject,
    what: Vec<Piece>,
    words: String,
    facts: Vec<(&'static str, String)>,
}

/// What the pinned version says of itself, or else the contract as a whole.
fn state(hop: &Hop<'_>, day: Date) -> Option<State> {
    let (id, contract) = hop.contract?;
    let whole = |severity, word: &str| State {
        severity,
        about: id.into(),
        what: say![id],
        words: format!(", which is {word} as a whole"),
        facts: vec![("status", word.to_owned())],
    };
    if contract.status.is(&Status::Retired) {
        return Some(whole(Severity::Error, "retired"));
    }
    of_version(hop, day)
        .or_else(|| contract.status.is(&Status::Deprecated).then(|| whole(Severity::Warning, "deprecated")))
}

fn of_version(hop: &Hop<'_>, day: Date) -> Option<State> {
    let ((id, _), version, name) = (hop.contract?, hop.version?, hop.interaction.version.known()?);
    let state = |severity, words, facts| {
        let about = subject(id, name);
        Some(State { severity, what: say![about.clone(), " of ", id], about, words, facts })
    };
    if let Some(told) = retired(version, day) {
        let words = match told.0 {
            "status" => ", which is retired".to_owned(),
            _ => format!(", which was retired on {}", told.1),
        };
        return state(Severity::Error, words, vec![told]);
    }
    let sunset = version.sunset_on.known();
    if let Some(sunset) = sunset.filter(|sunset| **sunset < day) {
        let words = format!(", which was promised only until {sunset}");
        return state(Severity::Error, words, vec![("sunset_on", sunset.to_string())]);
    }
    let told = deprecated(version, day)?;
    let since = match told.0 {
        "status" => "is deprecated".to_owned(),
        _ => format!("has been deprecated since {}", told.1),
    };
    let until = sunset.map_or_else(String::new, |sunset| format!(" and is promised until {sunset}"));
    let words = format!(", which {since}{until}");
    let sunset = sunset.map(|sunset| ("sunset_on", sunset.to_string()));
    state(Severity::Warning, words, [told].into_iter().chain(sunset).collect())
}

/// Whether it is said that the consumer goes before the version does.
fn leaves_in_time(hop: &Hop<'_>) -> bool {
    let sunset = hop.version.and_then(|version| version.sunset_on.known());
    hop.active_until.known().is_some_and(|until| sunset.is_none_or(|sunset| until <= sunset))
}
