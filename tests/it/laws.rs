//! The laws of editing: any history undoes to the byte, redoes, and survives a write and a read.

use proptest::prelude::*;
use spandrel::{
    file::{read, write},
    model::{
        Contract, Criticality, Domain, Edit, Entity, Fact, Flow, Id, Interaction, InteractionKind, Key, Kind, Many,
        Merge, Model, Operation, OperationKind, PartName, Record, Side, Slug, Step, Store, StoreAccess, System,
        SystemKind, Text, View, cascade, diff, merge, renames,
    },
    workbench::Workbench,
};

const SLUGS: [&str; 6] = ["a", "b", "c", "d-1", "größe", "注文"];

fn slug() -> impl Strategy<Value = Slug> {
    proptest::sample::select(&SLUGS[..]).prop_map(|text| Slug::new(text).unwrap())
}

fn id<T>() -> impl Strategy<Value = Id<T>> {
    slug().prop_map(Id::from_slug)
}

fn fact<T: std::fmt::Debug + Clone>(value: impl Strategy<Value = T>) -> impl Strategy<Value = Fact<T>> {
    prop_oneof![Just(Fact::NotAsked), Just(Fact::None), value.prop_map(Fact::Known)]
}

fn text() -> impl Strategy<Value = String> {
    proptest::string::string_regex("[ -~äß→注\n\t\"\\\\]{0,12}").unwrap()
}

fn part_name() -> impl Strategy<Value = PartName> {
    proptest::sample::select(&["Get", "Put", "v1"][..]).prop_map(|name| PartName::new(name).unwrap())
}

fn record() -> impl Strategy<Value = Record> {
    prop_oneof![
        (text(), fact(id()), fact(id()), fact(text()), fact(Just(Criticality::High))).prop_map(
            |(name, domain, owner, technology, criticality)| {
                let mut system = System::new(name, SystemKind::Adapter);
                (system.domain, system.owner, system.criticality) = (domain, owner, criticality);
                system.technology =
                    technology.known().and_then(|text| Text::new(text.clone())).map_or(Fact::None, Fact::Known);
                system.lifecycle.replaced_by = Fact::NotAsked;
                system.into()
            }
        ),
        (text(), fact(id())).prop_map(|(name, parent)| {
            let mut domain = Domain::new(name);
            domain.parent = parent;
            domain.into()
        }),
        (id(), id(), fact(id()), fact(part_name())).prop_map(|(from, to, contract, operation)| {
            let mut interaction = Interaction::new(from, to, InteractionKind::Query);
            (interaction.contract, interaction.operation) = (contract, operation);
            interaction.into()
        }),
        (text(), fact(id()), proptest::collection::vec(part_name(), 0..3)).prop_map(|(name, provider, operations)| {
            let mut contract = Contract::new(name);
            contract.provider = provider;
            contract.operations =
                operations.into_iter().map(|name| (name, Operation::new(OperationKind::Query))).collect();
            contract.into()
        }),
        (text(), fact(id()), proptest::collection::vec(id(), 0..3)).prop_map(|(name, owner, readers)| {
            let mut store = Store::new(name);
            store.owner = owner;
            store.accesses = readers
                .into_iter()
                .map(|reader: Id<System>| StoreAccess::new(reader, spandrel::model::AccessMode::Read))
                .collect();
            store.into()
        }),
        (text(), fact(id())).prop_map(|(name, owner)| {
            let mut entity = Entity::new(name);
            entity.owner = owner;
            entity.into()
        }),
        (text(), proptest::collection::vec(id(), 0..3)).prop_map(|(name, steps)| {
            let mut flow = Flow::new(name);
            flow.steps = steps.into_iter().map(Step::One).collect();
            flow.into()
        }),
        (text(), proptest::collection::btree_map(slug(), (any::<i16>(), any::<i16>()), 0..3)).prop_map(
            |(title, pins)| {
                let mut view = View::new(title);
                let key = |slug| Key { kind: Kind::System, slug };
                view.pins = pins.into_iter().map(|(slug, (x, y))| (key(slug), (i32::from(x), i32::from(y)))).collect();
                view.into()
            }
        ),
    ]
}

fn key() -> impl Strategy<Value = Key> {
    let kinds = [
        Kind::System,
        Kind::Domain,
        Kind::Interaction,
        Kind::Contract,
        Kind::Store,
        Kind::Entity,
        Kind::Flow,
        Kind::View,
        Kind::Model,
    ];
    (proptest::sample::select(kinds.to_vec()), slug())
        .prop_map(|(kind, slug)| if kind.is_single() { Key::single(kind) } else { Key { kind, slug } })
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        6 => (slug(), record()).prop_map(|(slug, record)| Edit::Put { key: Key { kind: record.kind(), slug }, record }),
        1 => key().prop_map(|key| Edit::Remove { key }),
        2 => (key(), slug()).prop_map(|(key, to)| Edit::Rename { key, to }),
        1 => (key(), proptest::option::of("// [a-z]{1,8}")).prop_map(|(key, comment)| Edit::Comment { key, comment: comment.map(Into::into) }),
    ]
}

fn dangling(model: &Model) -> Vec<String> {
    let entries = model.keys().into_iter().filter_map(|key| Some((key.clone(), model.entry(&key)?)));
    entries.flat_map(|(key, entry)| model.dangling(&key, &entry.record)).map(|subject| subject.to_string()).collect()
}

fn edited(model: &Model, edits: &[Edit]) -> Model {
    let mut model = model.clone();
    for edit in edits {
        let _ = model.apply(std::slice::from_ref(edit));
    }
    model
}

fn ours_first(base: &Model, ours: &Model, theirs: &Model) -> Merge {
    merge(base, ours, theirs, &|_, _| Side::Ours)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn any_history_undoes_to_the_byte_and_redoes(edits in proptest::collection::vec(edit(), 1..60)) {
        let start = Model::new("Laws");
        let mut bench = Workbench::new(start, None, Vec::new());
        let mut texts = vec![write(bench.model())];
        for edit in &edits {
            let before = write(bench.model());
            if bench.apply("Edit", None, std::slice::from_ref(edit)).is_err() {
                prop_assert_eq!(write(bench.model()), before, "a refused edit changed something");
            }
            prop_assert!(dangling(bench.model()).is_empty(), "{:?} after {:?}", dangling(bench.model()), edit);
            let text = write(bench.model());
            if text != *texts.last().unwrap() {
                texts.push(text);
            }
        }
        let last = write(bench.model());
        let reading = read(&last);
        prop_assert!(reading.problems.is_empty(), "{:#?}\n{}", reading.problems, last);
        prop_assert_eq!(&reading.model.unwrap(), &**bench.model());
        while bench.undo().is_some() {}
        prop_assert_eq!(&write(bench.model()), &texts[0]);
        prop_assert!(!bench.is_dirty());
        while bench.redo().is_some() {}
        prop_assert_eq!(write(bench.model()), last);
    }

    #[test]
    fn several_edits_are_all_or_nothing(edits in proptest::collection::vec(edit(), 1..12), more in proptest::collection::vec(edit(), 1..6)) {
        let mut model = Model::new("Laws");
        for edit in &edits {
            let _ = model.apply(std::slice::from_ref(edit));
        }
        let before = model.clone();
        match model.apply(&more) {
            Err(_) => prop_assert_eq!(&model, &before),
            Ok(patch) => {
                prop_assert!(dangling(&model).is_empty());
                prop_assert_eq!(&diff(&before, &model), &patch);
                let mut back = model.clone();
                back.replay(&patch.inverse());
                prop_assert_eq!(&back, &before);
            }
        }
    }

    #[test]
    fn deleting_with_its_consequences_always_works(edits in proptest::collection::vec(edit(), 1..60), which in any::<proptest::sample::Index>()) {
        let mut model = Model::new("Laws");
        for edit in &edits {
            let _ = model.apply(std::slice::from_ref(edit));
        }
        let keys: Vec<Key> = model.keys().into_iter().filter(|key| !key.kind.is_single()).collect();
        prop_assume!(!keys.is_empty());
        let key = keys[which.index(keys.len())].clone();
        let edits = cascade(&model, std::slice::from_ref(&key));
        model.apply(&edits).unwrap();
        prop_assert!(!model.contains(&key) && dangling(&model).is_empty());
    }

    #[test]
    fn merging_with_who_changed_nothing_gives_the_other(
        edits in proptest::collection::vec(edit(), 0..30), more in proptest::collection::vec(edit(), 0..20)
    ) {
        let base = edited(&Model::new("Laws"), &edits);
        let ours = edited(&base, &more);
        for merged in [ours_first(&base, &ours, &base), ours_first(&base, &base, &ours), ours_first(&base, &ours, &ours)] {
            prop_assert_eq!(&merged.model, &ours);
            prop_assert!(merged.conflicts.is_empty() && merged.kept.is_empty());
        }
    }

    #[test]
    fn merging_loses_nothing_and_dangles_nothing(
        edits in proptest::collection::vec(edit(), 0..40),
        more in proptest::collection::vec(edit(), 0..12), other in proptest::collection::vec(edit(), 0..12)
    ) {
        let base = edited(&Model::new("Laws"), &edits);
        let (ours, theirs) = (edited(&base, &more), edited(&base, &other));
        let merged = ours_first(&base, &ours, &theirs);
        prop_assert!(dangling(&merged.model).is_empty(), "{:?}", dangling(&merged.model));
        let reading = read(&write(&merged.model));
        prop_assert!(reading.problems.is_empty(), "{:#?}", reading.problems);
        // Where only one has touched a record it is as they left it; nothing is lost but what one of them removed. What
        // one of them renamed goes on under its new id.
        prop_assume!(renames(&base, &ours).is_empty() && renames(&base, &theirs).is_empty());
        for key in base.keys().into_iter().chain(ours.keys()).chain(theirs.keys()) {
            let (was, a, b) = (base.entry(&key), ours.entry(&key), theirs.entry(&key));
            let is = merged.model.entry(&key);
            let touched = merged.conflicts.iter().any(|conflict| conflict.key == key) || merged.kept.iter().any(|kept| kept.key == key);
            if !touched && a == was {
                prop_assert_eq!(&is, &b);
            } else if !touched && b == was {
                prop_assert_eq!(&is, &a);
            }
            prop_assert!(is.is_some() || a.is_none() || b.is_none());
        }
        // From the other side it is the same, where nobody has to be asked; and where somebody has, the answer counts.
        let turned = merge(&base, &theirs, &ours, &|_, _| Side::Theirs);
        prop_assert_eq!(&turned.model, &merged.model);
        prop_assert_eq!(turned.conflicts.len(), merged.conflicts.len());
        prop_assert_eq!(&turned.kept, &merged.kept);
    }

    #[test]
    fn disjoint_changes_commute(
        edits in proptest::collection::vec(edit(), 0..30),
        more in proptest::collection::vec(edit(), 0..12), other in proptest::collection::vec(edit(), 0..12)
    ) {
        let base = edited(&Model::new("Laws"), &edits);
        let ours = edited(&base, &more);
        let mine: std::collections::BTreeSet<Key> = diff(&base, &ours).changes.into_iter().map(|change| change.key).collect();
        let mut theirs = base.clone();
        for edit in &other {
            let mut next = theirs.clone();
            let fits = next.apply(std::slice::from_ref(edit)).is_ok_and(|patch| patch.changes.iter().all(|change| !mine.contains(&change.key)));
            if fits {
                theirs = next;
            }
        }
        let (merged, turned) = (ours_first(&base, &ours, &theirs), ours_first(&base, &theirs, &ours));
        prop_assert!(merged.conflicts.is_empty());
        prop_assert_eq!(&merged.model, &turned.model);
        let changes = diff(&base, &merged.model).changes;
        prop_assert!(!merged.kept.is_empty() || changes.len() == mine.len() + diff(&base, &theirs).changes.len());
    }

    #[test]
    fn reading_never_panics(text in "[(){}\\[\\]:,\"'a-z0-9 \n/*#!r.-]{0,80}") {
        let reading = read(&text);
        prop_assert!(reading.model.is_some() || !reading.problems.is_empty());
    }
}

#[test]
fn a_mutilated_file_is_told_and_never_panics() {
    let text = std::fs::read_to_string(crate::project("tests/cases/file/bad/dangling.ron")).unwrap();
    for at in (0..text.len()).filter(|at| text.is_char_boundary(*at)) {
        for with in ["", "\"", ")", "{", ",", "x", "/*"] {
            let mut mutant = text.clone();
            let end = (at + 1..=text.len()).find(|end| text.is_char_boundary(*end)).unwrap();
            mutant.replace_range(at..end, with);
            let reading = read(&mutant);
            assert!(reading.model.is_some() || !reading.problems.is_empty(), "{mutant}");
        }
    }
}

#[test]
fn many_of_nothing_is_not_a_fact() {
    assert!(Many::<Text>::new(Vec::new()).is_none());
    assert!(Text::new(" \n").is_none());
}

#[test]
fn what_one_has_renamed_the_other_goes_on_with() {
    let base = crate::model(
        "(model: (format: 1, name: \"Shop\"), teams: {\"a\": (name: \"A\")}, \
         systems: {\"orders\": (name: \"Orders\", kind: Service), \"web\": (name: \"Web\", kind: Service)}, \
         contracts: {\"orders-api\": (name: \"Orders API\", provider: \"orders\", style: Rest)}, \
         interactions: {\"ask\": (from: \"web\", to: \"orders\", kind: Query)})",
    );
    let text = write(&base);
    let renamed = {
        let mut model = base.clone();
        let (_, edits) = spandrel::model::rename(&model, &"system:orders".parse().unwrap(), "Order desk").unwrap();
        model.apply(&edits).unwrap();
        model
    };
    let theirs = crate::model(
        &text
            .replace(
                "\"orders\": (name: \"Orders\", kind: Service)",
                "\"orders\": (name: \"Orders\", kind: Service, owner: \"a\", technology: \"Go\")",
            )
            .replace("interactions: {", "interactions: {\"tell\": (from: \"orders\", to: \"web\", kind: Command), "),
    );
    assert_ne!(theirs, base);
    assert_eq!(renames(&base, &renamed).len(), 1);
    for (one, other) in [(&renamed, &theirs), (&theirs, &renamed)] {
        let merged = ours_first(&base, one, other);
        assert!(merged.conflicts.is_empty(), "{:?}", merged.conflicts);
        let desk = &merged.model.systems[&"order-desk".parse().unwrap()];
        assert_eq!((merged.model.systems.len(), desk.name.as_str()), (2, "Order desk"));
        assert!(desk.owner.is_known() && desk.technology.is_known());
        assert_eq!(merged.model.interactions[&"tell".parse().unwrap()].from.as_str(), "order-desk");
        assert_eq!(merged.model.interactions[&"ask".parse().unwrap()].to.as_str(), "order-desk");
    }
    // One that went and another that came are two.
    let other =
        crate::model("(model: (format: 1, name: \"Shop\"), systems: {\"web\": (name: \"Web\", kind: Service)})");
    let came =
        crate::model("(model: (format: 1, name: \"Shop\"), systems: {\"mail\": (name: \"Mail\", kind: Service)})");
    assert!(renames(&other, &came).is_empty());
}

#[test]
fn two_hands_in_one_record_meet_fact_by_fact() {
    let base = crate::model(
        "(model: (format: 1, name: \"Shop\"), teams: {\"a\": (name: \"A\"), \"b\": (name: \"B\")}, \
         systems: {\"web\": (name: \"Web\", kind: Service), \"old\": (name: \"Old\", kind: Legacy)}, \
         views: {\"all\": (title: \"All\", pins: {\"system:web\": (1, 1), \"system:old\": (2, 2)})})",
    );
    let text = write(&base);
    let change = |pairs: &[(&str, &str)]| {
        let mut text = text.clone();
        for (from, to) in pairs {
            assert!(text.contains(from), "{from} in {text}");
            text = text.replace(from, to);
        }
        crate::model(&text)
    };
    let web = "\"web\": (name: \"Web\", kind: Service)";
    let ours = change(&[
        (web, "\"web\": (name: \"Web\", kind: Service, owner: \"a\", technology: \"Rust\")"),
        ("\"system:web\": (1, 1)", "\"system:web\": (9, 9)"),
    ]);
    let theirs = change(&[
        (web, "// The front\n\"web\": (name: \"Website\", kind: Service, owner: \"b\")"),
        ("\"system:old\": (2, 2)", "\"system:old\": (5, 5)"),
    ]);
    let merged = ours_first(&base, &ours, &theirs);
    let fields: Vec<&str> = merged.conflicts.iter().map(|conflict| conflict.field.as_str()).collect();
    assert_eq!(fields, ["owner"]);
    let stored = &merged.model.systems[&"web".parse().unwrap()];
    assert_eq!((stored.name.as_str(), stored.comment.as_deref()), ("Website", Some("// The front")));
    assert_eq!(stored.owner.known().unwrap().as_str(), "a");
    assert!(stored.technology.is_known());
    let pins: Vec<(i32, i32)> = merged.model.views[&"all".parse().unwrap()].pins.values().copied().collect();
    assert_eq!(pins, [(5, 5), (9, 9)]);
    let other = merge(&base, &ours, &theirs, &|_, field| if field == "owner" { Side::Theirs } else { Side::Ours });
    assert_eq!(other.model.systems[&"web".parse().unwrap()].owner.known().unwrap().as_str(), "b");
    // What one has removed and the other refers to stays; removed here and changed there is asked about.
    let removed = {
        let mut model = base.clone();
        model.apply(&cascade(&base, &["team:b".parse().unwrap(), "system:web".parse().unwrap()])).unwrap();
        model
    };
    let merged = ours_first(&base, &removed, &theirs);
    assert_eq!(merged.conflicts.len(), 1);
    assert!(merged.conflicts[0].ours.is_none() && merged.conflicts[0].field.is_empty());
    let merged = merge(&base, &removed, &theirs, &|_, _| Side::Theirs);
    assert_eq!(merged.kept.iter().map(ToString::to_string).collect::<Vec<_>>(), ["team:b"]);
    assert!(dangling(&merged.model).is_empty());
}
