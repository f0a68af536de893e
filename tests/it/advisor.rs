//! The API-or-event advisor: every combination of answers, and what the model knows.

use spandrel::{
    advisor::{Criterion, Pull, advise, decision, reasons},
    cli::Exit,
    model::{Advice, Answer, Criteria, Fact},
};

use crate::{commands::run, day, model};

/// All 729 combinations of yes, no and not asked.
fn all() -> impl Iterator<Item = Criteria> {
    (0..3_usize.pow(6)).map(|number| {
        let mut criteria = Criteria::default();
        for (at, criterion) in Criterion::ASKED.into_iter().enumerate() {
            let answer = [Fact::NotAsked, Fact::Known(Answer::Yes), Fact::Known(Answer::No)];
            criterion.put(&mut criteria, answer[number / 3_usize.pow(at as u32) % 3].clone());
        }
        criteria
    })
}

#[test]
fn every_combination_of_answers_gives_what_the_table_says() {
    // The seed's table: immediate response, user-driven action, transactional consistency → API; loose coupling, high
    // fan-out, audit trail → event. The four reasons for asynchronous integration pull towards an event.
    let api = ["immediate_response", "user_driven", "transactional"];
    let mut seen = [0; 4];
    for criteria in all() {
        for known in 0..16_u32 {
            let read: Vec<Criterion> = Criterion::READ
                .into_iter()
                .enumerate()
                .filter(|(at, _)| known >> at & 1 == 1)
                .map(|(_, c)| c)
                .collect();
            let yes = |wanted: bool| {
                let fits = |c: &Criterion| api.contains(&c.field().unwrap()) == wanted;
                Criterion::ASKED.iter().filter(|c| fits(c) && c.answer(&criteria) == Some(Answer::Yes)).count()
            };
            let found = advise(&criteria, &read);
            let (for_api, for_event) = (yes(true), yes(false) + read.len());
            let answered = Criterion::ASKED.iter().any(|c| c.answer(&criteria).is_some());
            let wanted = match (for_api > 0, for_event > 0) {
                _ if !answered => None,
                (false, false) => None,
                (true, false) => Some(Advice::Api),
                (false, true) => Some(Advice::Event),
                (true, true) => Some(Advice::Both),
            };
            assert_eq!(found.advice, wanted);
            assert_eq!((found.api.len(), found.event.len()), (for_api, for_event));
            let open = Criterion::ASKED.iter().filter(|c| c.answer(&criteria).is_none()).count();
            assert_eq!(found.open.len(), open);
            // Where both pull, or a transaction is asked for, the advisor says what follows.
            let careful = criteria.transactional == Fact::Known(Answer::Yes);
            assert_eq!(found.tension().is_some(), wanted == Some(Advice::Both) || careful);
            seen[wanted.map_or(3, |advice| advice as usize)] += 1;
        }
    }
    assert!(seen.iter().all(|count| *count > 0) && seen.iter().sum::<i32>() == 729 * 16);
    assert!(Criterion::READ.iter().all(|criterion| criterion.pull() == Pull::Event));
}

const SHOP: &str = r#"(
    model: (format: 1, name: "Shop"),
    domains: {"sales": (name: "Sales"), "shipping": (name: "Shipping")},
    systems: {
        "carrier": (name: "Carrier", kind: External),
        "orders": (name: "Orders", kind: Service, domain: "sales"),
        "parcels": (name: "Parcels", kind: Service, domain: "shipping", capacity: "5/s"),
    },
    contracts: {"events": (name: "Events", provider: "orders", messages: {"OrderPlaced": (replay: "from the log")})},
    interactions: {
        "orders-parcels": (from: "orders", to: "parcels", kind: Event, contract: "events", message: "OrderPlaced", peak_rate: "40/s"),
        "parcels-carrier": (from: "parcels", to: "carrier", kind: Command),
    },
)"#;

#[test]
fn reasons_are_read_off_the_model() {
    let model = model(SHOP);
    let of = |id: &str| reasons(&model, &model.interactions[&id.parse().unwrap()]);
    assert_eq!(of("orders-parcels"), [Criterion::AcrossDomains, Criterion::VaryingSpeed, Criterion::Reconstruction]);
    assert_eq!(of("parcels-carrier"), [Criterion::AcrossOrganisations]);
}

#[test]
fn a_decision_is_recorded_with_its_answers() {
    let mut model = model(SHOP);
    let id = "parcels-carrier".parse().unwrap();
    let mut criteria = Criteria::default();
    Criterion::UserDriven.put(&mut criteria, Fact::Known(Answer::Yes));
    let edits = decision(&model, &id, &criteria, Advice::Api, "Booking a parcel", day()).unwrap();
    model.apply(&edits).unwrap();
    let (_, record) = model.decisions.iter().next().unwrap();
    assert_eq!((record.advice.known(), record.choice.known().unwrap().as_ref()), (Some(&Advice::Both), "API"));
    assert_eq!(record.about, [id.key()]);
    assert_eq!(model.interactions[&id].decision, criteria);
    let again = decision(&model, &id, &criteria, Advice::Api, "Booking a parcel", day()).unwrap();
    model.apply(&again).unwrap();
    assert_eq!(model.decisions.len(), 2, "a second decision does not overwrite the first");
}

#[test]
fn the_command_advises_with_and_without_a_model() {
    let told = run(&["advise", "--immediate-response", "yes", "--high-fan-out", "yes"]);
    assert!(told.out.contains("recommended: both") && told.out.contains("Is an audit trail required?"), "{}", told.out);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.ron");
    std::fs::write(&path, SHOP).unwrap();
    let path = path.to_str().unwrap();
    let told = run(&["advise", path, "orders-parcels"]);
    assert!(told.out.contains("recommended: undecided"), "reasons alone recommend nothing: {}", told.out);
    let told = run(&["advise", path, "orders-parcels", "--loose-coupling", "yes"]);
    assert!(told.out.contains("recommended: an event"), "{}", told.out);
    let told = run(&["advise", path, "orders-parcel"]);
    assert!(told.exit == Exit::Unusable && told.err.contains("did you mean \"orders-parcels\""), "{}", told.err);
    let told =
        run(&["advise", path, "parcels-carrier", "--user-driven", "yes", "--record", "api", "--as-of", "2026-11-22"]);
    assert!(told.exit == Exit::Clean, "{}", told.err);
    let text = std::fs::read_to_string(path).unwrap();
    assert!(text.contains("decisions: {") && text.contains("user_driven: Yes"), "{text}");
}
