//! What is removed with what a person deletes, and what the step is called: nothing goes, and nothing is left, in silence.

use std::collections::BTreeSet;

use crate::{
    layout::containers_of,
    model::{Edit, Effect, Grouping, Key, Kind, Model, cascade},
    rules,
};

/// Removes records with all that cannot be without them; a frame that is collapsed with all that stands in it, since that
/// is what its box shows, and one that stands open alone. What the step is called says so.
pub fn remove(model: &Model, keys: &[Key], grouping: Grouping, collapsed: &BTreeSet<Key>) -> (String, Vec<Edit>) {
    let meant: BTreeSet<Key> = keys.iter().filter(|key| !key.kind.is_single()).cloned().collect();
    let (mut inside, mut stay) = (BTreeSet::new(), 0_usize);
    for key in model.keys().into_iter().filter(|key| !meant.contains(key) && can_stand_in(key.kind)) {
        let around = containers_of(model, grouping, &key);
        if around.iter().any(|frame| meant.contains(frame) && collapsed.contains(frame)) {
            inside.insert(key);
        } else if key.kind == Kind::System && around.iter().any(|frame| meant.contains(frame)) {
            stay += 1;
        }
    }
    let counted = |count: usize, what: &str| if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") };
    let several = counted(meant.len(), "element");
    let mut name = match meant.first().filter(|_| meant.len() == 1) {
        Some(one) => format!("Delete {}", rules::name(model, &one.clone().into())),
        None => format!("Delete {several}"),
    };
    if !inside.is_empty() {
        let them = if meant.len() == 1 { "it" } else { "them" };
        name += &format!(" and {} in {them}", counted(inside.len(), "element"));
    }
    if stay > 0 {
        name += &format!("; {} {}", counted(stay, "system"), if stay == 1 { "stays" } else { "stay" });
    }
    let gone: Vec<Key> = meant.into_iter().chain(inside).collect();
    (name, cascade(model, &gone))
}

/// Whether records of a kind can stand in a frame.
fn can_stand_in(kind: Kind) -> bool {
    matches!(kind, Kind::System | Kind::Store | Kind::Domain | Kind::Boundary | Kind::Team)
}

/// The change of the roadmap that a record comes with, where it is not written of today.
pub fn comes_with(model: &Model, key: &Key) -> Option<Key> {
    let puts = |effect: &Effect| matches!(effect, Effect::Put(..)) && effect.key() == *key;
    let found = model.changes.iter().find(|(_, change)| change.effects.iter().any(puts));
    found.filter(|_| !model.contains(key)).map(|(id, _)| id.key())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHOP: &str = r#"(
        model: (format: 1, name: "Shop"),
        systems: {
            "billing": (name: "Billing", kind: Service),
            "checkout": (name: "Checkout", kind: Application, domain: "counter"),
            "orders": (name: "Orders", kind: Service, domain: "sales"),
        },
        domains: {"counter": (name: "Counter", parent: "sales"), "sales": (name: "Sales")},
        stores: {"orders-db": (name: "Orders DB", owner: "orders")},
    )"#;

    #[test]
    fn a_collapsed_frame_goes_with_what_it_shows_and_an_open_one_alone() {
        let model = crate::file::read(SHOP).model.unwrap();
        let keys = |keys: &[&str]| keys.iter().map(|key| key.parse().unwrap()).collect::<Vec<Key>>();
        let left = |meant: &[&str], collapsed: &[&str]| {
            let collapsed = keys(collapsed).into_iter().collect();
            let (name, edits) = remove(&model, &keys(meant), Grouping::Domain, &collapsed);
            let mut model = model.clone();
            model.apply(&edits).unwrap();
            (name, model.systems.len(), model.domains.len(), model.stores.len())
        };
        let told = |name: &str, systems, domains, stores| (name.to_owned(), systems, domains, stores);
        assert_eq!(left(&["system:orders"], &[]), told("Delete Orders", 2, 2, 1));
        assert_eq!(left(&["domain:sales"], &[]), told("Delete Sales; 2 systems stay", 3, 1, 1));
        assert_eq!(left(&["domain:sales"], &["domain:sales"]), told("Delete Sales and 4 elements in it", 1, 0, 0));
        let all = ["domain:counter", "system:billing"];
        assert_eq!(left(&all, &["domain:counter"]), told("Delete 2 elements and 1 element in them", 1, 1, 1));
    }
}
