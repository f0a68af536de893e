//! The laws of saying something of a fact: what is shown can be said, and saying it again changes nothing.

use proptest::prelude::*;
use spandrel::{
    file::{read, write},
    model::{Kind, Misfit, Model, Parts, Path, Record, Said, Shape, Shown, Slug},
    workbench::{fact_step, set_fact},
};

use crate::{model, open};

const EXAMPLES: [&str; 3] =
    ["examples/retail-legacy.ron", "examples/astronomy-shop.ron", "tests/cases/facts/every.ron"];

/// Every place of a record, with its shape, outer places first.
fn places(record: &Record) -> Vec<(Path, Shape)> {
    let mut found = Vec::new();
    for slot in Record::shape_of(record.kind()) {
        walk(record, &Path::default().then(slot.name), &slot.shape, &mut found);
    }
    found
}

fn walk(record: &Record, path: &Path, shape: &Shape, found: &mut Vec<(Path, Shape)>) {
    let shown = record.at(path).unwrap_or_else(|| panic!("{path} of {record:?}"));
    found.push((path.clone(), shape.clone()));
    match shape.inner() {
        Shape::List(item) => {
            let Shown::List(items) = shown else { return };
            for at in 0..items.len() {
                walk(record, &path.then(at), item, found);
            }
        }
        Shape::Map(key, value) => {
            let Shown::Group(entries) = shown else { return };
            for (name, _) in entries {
                let any = matches!(**key, Shape::Reference([]));
                let names = Kind::ALL.map(|kind| format!("{}:{name}", kind.word()));
                let known = names.into_iter().find(|name| any && record.at(&path.then(name)).is_some());
                walk(record, &path.then(known.unwrap_or(name)), value, found);
            }
        }
        Shape::Group(slots) => {
            for slot in slots() {
                walk(record, &path.then(slot.name), &slot.shape, found);
            }
        }
        Shape::OneOf(variants) => {
            for variant in variants() {
                if let Some(inner) = variant.inner
                    && record.at(&path.then(variant.word)).is_some_and(|shown| shown != Shown::NotAsked)
                {
                    walk(record, &path.then(variant.word), &inner, found);
                }
            }
        }
        _ => {}
    }
}

/// What is said where this is shown.
fn said(shape: &Shape, shown: &Shown) -> Option<Said> {
    Some(match shown {
        Shown::NotAsked => Said::NotAsked,
        Shown::None => Said::None,
        Shown::Text(text) => Said::Value(text.clone()),
        Shown::Ref(key) if matches!(shape.inner(), Shape::Reference([_])) => Said::Value(key.slug.to_string()),
        Shown::Ref(key) => Said::Value(key.to_string()),
        Shown::List(items) => {
            let Shape::List(item) = shape.inner() else { return None };
            let items: Option<Vec<String>> = items
                .iter()
                .map(|shown| match said(item, shown)? {
                    Said::Value(text) => Some(text),
                    _ => None,
                })
                .collect();
            Said::Value(items?.join("\n"))
        }
        Shown::Group(_) => return None,
    })
}

/// Whether one text tells what stands there: in lists, texts with what stands between items cannot be told apart.
fn tellable(shape: &Shape, shown: &Shown) -> bool {
    let one_line =
        |shown: &Shown| !matches!(shown, Shown::Text(text) if text.contains(['\n', ';']) || text.trim() != text);
    match (shape.inner(), shown) {
        (Shape::OneOf(_) | Shape::Group(_) | Shape::Map(..) | Shape::Record, _) => {
            matches!(shown, Shown::NotAsked | Shown::None)
        }
        (Shape::List(item), Shown::List(items)) => {
            items.iter().all(|shown| tellable(item, shown) && one_line(shown)) && !items.contains(&Shown::NotAsked)
        }
        _ => true,
    }
}

fn law(record: &Record) {
    for (path, shape) in places(record) {
        let shown = record.at(&path).unwrap();
        assert!(record.shape_at(&path).is_some(), "{path}");
        if tellable(&shape, &shown) {
            let mut same = record.clone();
            let said = said(&shape, &shown).unwrap();
            match same.set(&path, &said) {
                // What must be there cannot be taken away, and is not.
                Err(_) if said == Said::NotAsked && !shape.is_fact() => {}
                done => done.unwrap_or_else(|misfit| panic!("{path}: {misfit}")),
            }
            assert_eq!(&same, record, "{path}");
        }
        if shape.is_fact() && tellable(&shape, &shown) {
            let mut other = record.clone();
            other.set(&path, &Said::NotAsked).unwrap();
            assert_eq!(other.at(&path).unwrap_or(Shown::NotAsked), Shown::NotAsked, "{path}");
            other.set(&path, &said(&shape, &shown).unwrap()).unwrap();
            assert_eq!(&other, record, "{path}");
            // A part of what is not there can be none only where the rest need not be said first.
            if other.set(&path, &Said::None).is_ok() {
                assert_eq!(other.at(&path), Some(Shown::None), "{path}");
            }
        }
    }
}

fn records(model: &Model) -> Vec<Record> {
    model.keys().iter().map(|key| model.entry(key).unwrap().record).collect()
}

#[test]
fn what_is_shown_can_be_said_and_changes_nothing() {
    for example in EXAMPLES {
        records(&open(example)).iter().for_each(law);
    }
}

#[test]
fn nothing_that_is_said_panics_or_spoils_the_file() {
    let texts = ["", "none", "yes", "no", "5", "5s", "2026-11-22", "orders", "a, b", "注文", "system:orders", "a/B"];
    let mut model = open(EXAMPLES[2]);
    let mut turn = 0;
    for key in model.keys() {
        let record = model.entry(&key).unwrap().record;
        for (path, shape) in places(&record) {
            let told = texts
                .iter()
                .flat_map(|text| [Said::Value((*text).to_owned()), Said::typed(text, &shape), Said::add(*text)]);
            for said in
                told.chain([Said::NotAsked, Said::None, Said::Remove, Said::Move(0), Said::Add(Parts::default())])
            {
                let mut other = record.clone();
                if other.set(&path, &said).is_err() {
                    assert_eq!(other, record, "{path} {said:?}");
                    continue;
                }
                // Writing and reading take their time: every eighth does.
                turn += 1;
                if turn % 8 != 0 {
                    continue;
                }
                model.apply(&[spandrel::model::Edit::Put { key: key.clone(), record: other.clone() }]).ok();
                let text = write(&model);
                let reading = read(&text);
                assert!(reading.problems.is_empty(), "{path} {said:?}: {:#?}", reading.problems);
                assert!(reading.model.unwrap() == model, "{path} {said:?}");
                model.apply(&[spandrel::model::Edit::Put { key: key.clone(), record: record.clone() }]).unwrap();
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn no_text_panics(text in "[ -~äß→注\n]{0,14}", which in any::<proptest::sample::Index>(), add in any::<bool>()) {
        let model = open(EXAMPLES[2]);
        for record in records(&model) {
            let places = places(&record);
            let (path, shape) = &places[which.index(places.len())];
            let mut other = record.clone();
            let said = if add { Said::add(text.clone()) } else { Said::typed(&text, shape) };
            if other.set(path, &said).is_err() {
                prop_assert_eq!(&other, &record);
            } else {
                law(&other);
            }
        }
    }
}

fn shop() -> Model {
    model(
        "(model: (format: 1, name: \"Shop\"), teams: {\"sales\": (name: \"Sales crew\")}, \
         systems: {\"web\": (name: \"Web\", kind: Service), \"erp\": (name: \"ERP\", kind: Legacy)}, \
         contracts: {\"api\": (name: \"Orders API\", operations: {\"Get\": (kind: Query)})}, \
         interactions: {\"web-erp\": (from: \"web\", to: \"erp\", kind: Query, contract: \"api\", operation: \"Get\")})",
    )
}

fn say(model: &mut Model, keys: &[&str], path: &str, said: &Said) -> Result<(), String> {
    let keys: Vec<_> = keys.iter().map(|key| key.parse().unwrap()).collect();
    let edits = set_fact(model, &keys, &path.into(), said).map_err(|refusal| refusal.to_string())?;
    model.apply(&edits).map(|_| ()).map_err(|error| error.to_string())
}

fn value(text: &str) -> Said {
    Said::Value(text.to_owned())
}

#[test]
fn references_are_told_by_name_and_several_records_at_once() {
    let mut model = shop();
    say(&mut model, &["system:web", "system:erp"], "owner", &value("sales CREW")).unwrap();
    assert!(model.systems.values().all(|system| system.owner.is(&"sales".parse().unwrap())));
    let told = say(&mut model, &["system:web"], "owner", &value("Nobody")).unwrap_err();
    assert!(told.contains("the name of a team that is there, such as Sales crew"), "{told}");
    say(&mut model, &["system:web"], "released_with", &Said::add("ERP")).unwrap();
    say(&mut model, &["system:web"], "lifecycle/retires_on", &value("2027-06-30")).unwrap();
    say(&mut model, &["interaction:web-erp"], "triggered_by", &Said::Add(Parts::of("operation", "Orders API/Get")))
        .unwrap();
    say(&mut model, &["interaction:web-erp"], "resilience/retries/count", &value("3")).unwrap();
    say(&mut model, &["interaction:web-erp"], "resilience/retries/backoff", &value("Fixed")).unwrap();
    let told = say(&mut model, &["interaction:web-erp"], "resilience/timeout", &value("5")).unwrap_err();
    assert_eq!(told, "“5” does not fit: expected a duration such as 800ms, 5s, 15min, 8h or 90d");
    say(&mut model, &["interaction:web-erp"], "sources/timeout/by", &value("A. Meier")).unwrap();
    // Parts that are not of the new contract go with the old one.
    say(&mut model, &["interaction:web-erp"], "contract", &Said::NotAsked).unwrap();
    let interaction = model.interactions.values().next().unwrap();
    assert!(interaction.operation.is_not_asked());
    assert!(interaction.resilience.retries.known().is_some_and(|retry| retry.count == 3));
    assert_eq!(interaction.sources.len(), 1);
    let keys = ["interaction:web-erp".parse().unwrap()];
    assert_eq!(fact_step(&model, &keys, &"resilience/timeout".into(), &value("5s")), "Set timeout of Web → ERP");
    // A name that is set is given as every name is: the id follows.
    say(&mut model, &["system:web"], "name", &value("Web shop")).unwrap();
    assert!(model.systems.contains_key(&"web-shop".parse().unwrap()));
}

#[test]
fn whatever_names_a_part_follows_its_new_name() {
    let mut model = open(EXAMPLES[2]);
    let said = |name: &str| Said::Rename(name.to_owned());
    say(&mut model, &["contract:events"], "messages/OrderPlaced", &said("OrderTaken")).unwrap();
    say(&mut model, &["contract:api"], "versions/v1", &said("v1.1")).unwrap();
    say(&mut model, &["contract:api"], "operations/GetOrder", &said("FindOrder")).unwrap();
    let text = write(&model);
    for old in ["OrderPlaced", "\"v1\"", "GetOrder"] {
        assert!(!text.contains(old), "{old} in {text}");
    }
    assert!(read(&text).problems.is_empty());
    assert!(say(&mut model, &["contract:api"], "versions/v1.1", &said("v2")).is_err(), "there is a v2");
}

#[test]
fn items_and_entries_come_go_and_move() {
    let mut contract = Record::from(spandrel::model::Contract::new("Orders"));
    let at = |path: &str| Path::from(path);
    contract.set(&at("operations"), &Said::Add(Parts::one("PlaceOrder").with("kind", "command"))).unwrap();
    assert_eq!(contract.set(&at("operations"), &Said::add("PlaceOrder")), Err(Misfit::Twice("PlaceOrder".into())));
    contract.set(&at("operations/PlaceOrder/reads"), &value("order, customer")).unwrap();
    contract.set(&at("operations/PlaceOrder/reads/1"), &Said::Move(0)).unwrap();
    let shown = |slug: &str| Shown::Ref(spandrel::model::Key { kind: Kind::Entity, slug: Slug::new(slug).unwrap() });
    assert_eq!(contract.at(&at("operations/PlaceOrder/reads/0")), Some(shown("customer")));
    contract.set(&at("operations/PlaceOrder"), &Said::Remove).unwrap();
    assert_eq!(contract.at(&at("operations")), Some(Shown::NotAsked));
    let mut entity = Record::from(spandrel::model::Entity::new("Order"));
    let access = Parts::of("system", "erp").with("rights", "create, update");
    entity.set(&at("accesses"), &Said::Add(access)).unwrap();
    entity.set(&at("accesses/0/through/copy in"), &value("orders-db")).unwrap();
    assert!(entity.set(&at("accesses/0/rights"), &Said::NotAsked).is_err(), "an access that allows nothing");
    assert_eq!(entity.set(&at("accesses"), &Said::Add(Parts::default())), Err(Misfit::Needed("system")));
}

/// A record in which the owner has a source and the fallback does not apply.
const ANSWERED: &str = r#"(
    model: (format: 1, name: "Shop"),
    teams: {"finance": (name: "Finance"), "sales": (name: "Sales")},
    systems: {
        "billing": (
            name: "Billing",
            kind: Service,
            owner: "sales",
            technology: "Rust",
            sources: {"owner": (by: "A. Meier", from: "workshop 2"), "technology": (by: "A. Meier")},
        ),
        "orders": (name: "Orders", kind: Service),
    },
    interactions: {
        "billing-orders": (
            from: "billing",
            to: "orders",
            kind: Query,
            resilience: (timeout: "1s"),
            not_applicable: {"fallback": "the breaker suffices"},
        ),
    },
)"#;

#[test]
fn a_new_answer_ends_the_source_of_the_old_one() {
    let mut model = model(ANSWERED);
    let source =
        |model: &Model, fact: &str| model.entry(&"system:billing".parse().unwrap()).unwrap().record.source_of(fact);
    answer(&mut model, "system:billing", "owner", &Said::Value("finance".to_owned())).unwrap();
    assert_eq!((source(&model, "owner"), source(&model, "technology")), (String::new(), "A. Meier".to_owned()));
    answer(&mut model, "system:billing", "sources/owner/by", &Said::Value("B. Roth".to_owned())).unwrap();
    answer(&mut model, "system:billing", "technology", &Said::Value("Rust".to_owned())).unwrap();
    assert_eq!((source(&model, "owner"), source(&model, "technology")), ("B. Roth".to_owned(), "A. Meier".to_owned()));
}

#[test]
fn a_value_ends_the_exemption_and_an_exemption_the_value() {
    let mut model = model(ANSWERED);
    let key = "interaction:billing-orders".parse().unwrap();
    let at = |model: &Model, path: &str| model.entry(&key).unwrap().record.at(&path_of(path));
    answer(&mut model, "interaction:billing-orders", "resilience/fallback", &Said::Value("cached price".to_owned()))
        .unwrap();
    assert_eq!(at(&model, "resilience/fallback"), Some(Shown::Text("cached price".to_owned())));
    assert_eq!(at(&model, "not_applicable/fallback"), None);
    answer(&mut model, "interaction:billing-orders", "not_applicable/timeout", &Said::Value("it waits".to_owned()))
        .unwrap();
    assert_eq!(at(&model, "resilience/timeout"), Some(Shown::NotAsked));
    assert!(model.entry(&key).unwrap().record.said_and_excused().is_empty());
}

fn path_of(text: &str) -> Path {
    Path(text.split('/').map(str::to_owned).collect())
}

fn answer(model: &mut Model, key: &str, path: &str, said: &Said) -> Result<(), String> {
    let edits =
        set_fact(model, &[key.parse().unwrap()], &path_of(path), said).map_err(|refusal| refusal.to_string())?;
    model.apply(&edits).map(|_| ()).map_err(|error| error.to_string())
}
