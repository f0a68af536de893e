//! Findings: boxes and lines by the worst that was found about them.

use super::{BAD, Dress, Dressing, Entry, LineDress, WEAK, Wearer, counted};
use crate::{
    layout::{Bundle, Look},
    scene::{Badge, Role, Worst, diagram::badge_of},
};

/// What is open, and nothing else.
const OPEN: (Role, Role) = (Role::BoxFill, Role::Faint);
/// What nothing was found about.
const CLEAN: (Role, Role) = (Role::BoxFill, Role::ContainerLine);

pub(super) fn dress(wearer: &Wearer<'_>) -> Dressing {
    let Wearer { plan, badges, .. } = *wearer;
    let mut dressing = Dressing::default();
    for node in &plan.nodes {
        let dress = match badge_of(node, badges) {
            Some(badge) => Dress::new(colours(badge.worst), words(badge)).heavy(badge.worst == Worst::Error),
            None => Dress::new(CLEAN, ""),
        };
        dressing.boxes.insert(node.key.clone(), dress);
    }
    let line = |bundle: &Bundle| {
        // The owner's way to its own store is not what is wrong with the store.
        if bundle.look == Look::Access {
            return None;
        }
        let found = bundle.members().filter_map(|key| badges.get(key)).copied();
        let badge = found.reduce(Badge::with)?;
        let mut dress = LineDress::new(colours(badge.worst), sign(badge.worst), words(badge));
        dress.label = (bundle.look == Look::Aggregate).then(|| format!("{} {}", dress.sign, badge.count));
        Some(dress)
    };
    dressing.lines = Some(plan.bundles.iter().map(line).collect());
    let worst = [(Worst::Error, "error"), (Worst::Warning, "warning"), (Worst::Gap, "open question")];
    dressing.entries = worst
        .into_iter()
        .flat_map(|(worst, words)| {
            let (fill, line) = colours(worst);
            let boxed = Entry::Box(fill, line, worst == Worst::Error, words.to_owned());
            [boxed, Entry::Line(line, sign(worst), words.to_owned())]
        })
        .chain([Entry::boxed(CLEAN, "nothing found")])
        .collect();
    dressing
}

fn colours(worst: Worst) -> (Role, Role) {
    match worst {
        Worst::Error => BAD,
        Worst::Warning => WEAK,
        Worst::Gap => OPEN,
    }
}

fn sign(worst: Worst) -> char {
    match worst {
        Worst::Error => '×',
        Worst::Warning => '!',
        Worst::Gap => '?',
    }
}

fn words(badge: Badge) -> String {
    match badge.worst {
        Worst::Error => counted(badge.count, "error", "errors"),
        Worst::Warning => counted(badge.count, "warning", "warnings"),
        Worst::Gap => counted(badge.count, "open question", "open questions"),
    }
}
