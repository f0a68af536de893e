//! Cells of tables as text: what is written is read again, whatever stands in them.

use std::{collections::BTreeMap, sync::Arc};

use proptest::prelude::*;
use spandrel::{
    model::{
        Authentication, Backoff, Consumers, Contract, Edit, Fact, Id, Interaction, InteractionKind, Key, Lens, Many,
        Message, Model, Operation, OperationKind, PartKind, PartName, Retry, Status, System, Text, Trigger, Version,
    },
    workbench::{
        Cell, Grid, GridKind, Look, PasteAt, SurveyOptions, cell_text, concerned, copied, paste, pasted_sheet,
        set_cells, survey,
    },
};

use crate::{day, open};

/// The table's own columns, as cells of one record are written.
fn wrote(model: &mut Model, key: &str, column: &str, text: &str) -> Result<String, String> {
    let key: Key = key.parse().unwrap();
    let sheet = GridKind::ALL.into_iter().find(|sheet| sheet.kind() == key.kind).unwrap();
    let column = &sheet.columns()[sheet.column(column).unwrap()];
    let edits = set_cells(model, std::slice::from_ref(&key), column, text).map_err(|refusal| refusal.to_string())?;
    model.apply(&edits).map_err(|error| error.to_string())?;
    Ok(cell_text(model, &key, column))
}

#[test]
fn parts_of_a_contract_are_written_by_name_and_keep_what_a_cell_does_not_say() {
    let mut model = open("examples/retail-legacy.ron");
    let api = "contract:carrier-api";
    assert_eq!(
        wrote(&mut model, api, "operations", "BookParcel command, GetLabel"),
        Ok("BookParcel command, GetLabel query".into())
    );
    let contract = &model.contracts[&"carrier-api".parse::<Id<_>>().unwrap()];
    let endpoint = contract.operations.values().next().unwrap().endpoint.known().unwrap().to_string();
    assert_eq!(endpoint, "POST /v4/shipments", "another name for an operation keeps its facts");
    let carries = |model: &Model| {
        model.interactions.values().filter(|i| i.operation.known().is_some_and(|o| o.as_str() == "BookParcel")).count()
    };
    assert_eq!(carries(&model), 1, "who carries it names it so");
    // What is used stays, and it is said by whom.
    let stays = wrote(&mut model, api, "operations", "GetLabel query").unwrap_err();
    assert!(stays.starts_with("“BookParcel” stays: it is used by Hare Parcels → API gateway"), "{stays}");
    let stays = wrote(&mut model, api, "versions", "").unwrap_err();
    assert!(stays.starts_with("“v4” stays: it is used by "), "{stays}");
    assert_eq!(wrote(&mut model, api, "versions", "v4 deprecated; v5"), Ok("v4 deprecated, v5".into()));
    assert_eq!(wrote(&mut model, api, "versions", "v4 deprecated, v5 active"), Ok("v4 deprecated, v5 active".into()));
    assert_eq!(
        wrote(&mut model, api, "messages", "ParcelLost, DeliveryStatusChanged"),
        Ok("DeliveryStatusChanged, ParcelLost".into())
    );
    for (column, wrong) in
        [("versions", "v1 soon"), ("operations", "A, A"), ("messages", "Parcel lost"), ("messages", "none")]
    {
        assert!(wrote(&mut model, api, column, wrong).is_err(), "{wrong}");
    }
}

#[test]
fn idempotency_is_written_where_the_operation_is() {
    let mut model = open("examples/retail-legacy.ron");
    let carrier =
        model.interactions.iter().find(|(_, i)| i.operation.known().is_some_and(|o| o.as_str() == "BookShipment"));
    let key = carrier.unwrap().0.key().to_string();
    assert_eq!(wrote(&mut model, &key, "idempotency", "natural"), Ok("natural".into()));
    assert_eq!(wrote(&mut model, &key, "idempotency", "none"), Ok("none".into()));
    let none =
        &model.contracts[&"carrier-api".parse::<Id<_>>().unwrap()].operations.values().next().unwrap().idempotency;
    assert!(none.is_none());
    assert_eq!(
        wrote(&mut model, &key, "retries", "5, exponential, after 1s"),
        Ok("5, exponential, first after 1s".into())
    );
    assert!(wrote(&mut model, &key, "carries", "").is_ok());
    assert!(wrote(&mut model, &key, "idempotency", "natural").unwrap_err().contains("carries no operation"));
}

#[test]
fn consumers_are_a_list_of_names_and_what_triggers_is_named_alone() {
    let mut model = open("examples/retail-legacy.ron");
    let api = "contract:carrier-api";
    assert_eq!(wrote(&mut model, api, "consumers", "web shop, Orders;billing"), Ok("Web shop, Orders, Billing".into()));
    let consumers = |model: &Model| model.contracts[&"carrier-api".parse::<Id<_>>().unwrap()].consumers.clone();
    let ids = ["web-shop", "orders", "billing"].map(|id| id.parse::<Id<System>>().unwrap());
    assert_eq!(consumers(&model), Fact::Known(Consumers::Documented(ids.to_vec())));
    assert_eq!(wrote(&mut model, api, "consumers", "documented Orders"), Ok("Orders".into()));
    let wrong = wrote(&mut model, api, "consumers", "Orders, Nobody at all").unwrap_err();
    assert!(wrong.starts_with("“Nobody at all” does not fit: expected the name of a system"), "{wrong}");
    for (said, then) in [("open to anybody", Consumers::Open), ("nobody yet", Consumers::Documented(vec![]))] {
        assert_eq!(wrote(&mut model, api, "consumers", said), Ok(said.into()));
        assert_eq!(consumers(&model), Fact::Known(then));
    }
    assert_eq!(wrote(&mut model, api, "consumers", "none"), Ok("none".into()));
    assert_eq!(consumers(&model), Fact::None);
    // A part is known by its name, whatever it is; and by its contract where several have one of that name.
    let key = model.interactions.keys().next().unwrap().key().to_string();
    let part = |model: &Model, kind: PartKind| {
        let all = model.contracts.iter().flat_map(|(id, c)| c.part_names(kind).into_iter().map(move |n| (id, n)));
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for kind in [PartKind::Operation, PartKind::Message] {
            model.contracts.values().flat_map(|c| c.part_names(kind)).for_each(|n| *counts.entry(n).or_default() += 1);
        }
        all.into_iter().find(|(_, name)| counts[name] == 1).map(|(id, name)| (id.to_string(), name.to_owned())).unwrap()
    };
    let (of, event) = part(&model, PartKind::Message);
    assert_eq!(wrote(&mut model, &key, "triggered_by", &event), Ok(format!("message {of}/{event}")));
    let (from, query) = part(&model, PartKind::Operation);
    let said = format!("user, {query}, {of}/{event}");
    let told = format!("user, operation {from}/{query}, message {of}/{event}");
    assert_eq!(wrote(&mut model, &key, "triggered_by", &said), Ok(told));
}

#[test]
fn a_wrong_status_is_told_with_those_that_there_are() {
    let mut model = open("examples/retail-legacy.ron");
    let wrong = wrote(&mut model, "contract:carrier-api", "versions", "v4 soon").unwrap_err();
    assert_eq!(wrong, "“soon” does not fit: expected draft, active, deprecated or retired behind v4, such as v4 draft");
}

#[test]
fn what_does_not_arise_for_a_row_is_not_written_there() {
    let mut model = open("examples/retail-legacy.ron");
    let first = |kind| model.interactions.iter().find(|(_, i)| i.kind == kind && i.transport.is_not_asked()).unwrap();
    let (event, query) = (first(InteractionKind::Event).0.key(), first(InteractionKind::Query).0.key());
    let why = wrote(&mut model.clone(), &event.to_string(), "timeout", "2s").unwrap_err();
    assert!(why.ends_with(" takes no timeout: it is an event"), "{why}");
    let sheet = GridKind::Interactions;
    let timeout = &sheet.columns()[sheet.column("timeout").unwrap()];
    let (fits, said) = concerned(&model, &[event.clone(), query.clone()], timeout, "2s");
    assert_eq!((fits, said.as_deref()), (vec![query.clone()], Some("1 of 2 rows takes no timeout: it is an event")));
    assert_eq!(concerned(&model, &[event.clone(), query.clone()], timeout, "").0.len(), 2);
    let text = format!("Id\tTimeout\n{}\t2s\n{}\t2s\n", event.slug, query.slug);
    let pasting = paste(&model, sheet, &text, nowhere());
    assert_eq!((pasting.changes.len(), pasting.absent.len(), pasting.edits.len()), (1, 1, 1));
    assert_eq!((pasting.absent[0].line, pasting.absent[0].why.as_str()), (2, "takes no timeout: it is an event"));
    // What stood there before it became an event can go.
    assert!(wrote(&mut model, &query.to_string(), "timeout", "2s").is_ok());
    assert!(wrote(&mut model, &query.to_string(), "kind", "event").is_ok());
    assert_eq!(wrote(&mut model, &query.to_string(), "timeout", ""), Ok(String::new()));
}

#[test]
fn rows_of_a_table_are_known_by_their_headings() {
    let model = open("examples/retail-legacy.ron");
    for sheet in GridKind::ALL {
        assert_eq!(pasted_sheet(&whole(&model, sheet)), Some(sheet));
    }
    for text in ["Orders\nBilling\n", "Orders\tSales\n", "Name\tOwner\nOrders\tSales\n", "From\tTo\n"] {
        assert_eq!(pasted_sheet(text), None, "{text}");
    }
}

#[test]
fn lines_that_differ_about_one_operation_are_told_apart() {
    let model = open("examples/retail-legacy.ron");
    let mut by: BTreeMap<_, Vec<String>> = BTreeMap::new();
    for (id, i) in &model.interactions {
        if let (Fact::Known(contract), Fact::Known(operation)) = (&i.contract, &i.operation) {
            by.entry((contract.clone(), operation.clone())).or_default().push(id.to_string());
        }
    }
    let twice = by.into_values().find(|ids| ids.len() > 1).unwrap();
    let lines = |said: [&str; 2]| format!("Id\tIdempotency\n{}\t{}\n{}\t{}\n", twice[0], said[0], twice[1], said[1]);
    let pasting = paste(&model, GridKind::Interactions, &lines(["natural", "idempotency key"]), nowhere());
    let now = cell_of(&model, &twice[0]);
    // One of them may be what stands there already: that says nothing.
    if now != "natural" && now != "idempotency key" {
        assert_eq!(pasting.troubles[0].why, "line 2 says otherwise of the same operation");
    }
    let other = if now == "natural" { "idempotency key" } else { "natural" };
    let one = paste(&model, GridKind::Interactions, &lines([other, &now]), nowhere());
    assert_eq!((one.troubles.len(), one.changes.len(), one.edits.len()), (0, 1, 1));
}

fn cell_of(model: &Model, id: &str) -> String {
    let sheet = GridKind::Interactions;
    cell_text(
        model,
        &format!("interaction:{id}").parse().unwrap(),
        &sheet.columns()[sheet.column("idempotency").unwrap()],
    )
}

fn options() -> SurveyOptions {
    SurveyOptions { as_of: day(), grouping: None, lens: Lens::Kinds }
}

/// All rows and all columns of a table as text.
fn whole(model: &Model, sheet: GridKind) -> String {
    let grid = Grid::new(&Arc::new(survey(model, 0, options())), sheet);
    let rows: Vec<usize> = (0..grid.rows.len()).collect();
    let columns: Vec<usize> = (0..sheet.columns().len()).collect();
    copied(model, &grid, &rows, &columns)
}

fn nowhere<'a>() -> PasteAt<'a> {
    PasteAt { rows: &[], columns: &[] }
}

/// A model without its interactions and what hangs on them.
fn without_interactions(model: &Model) -> Model {
    let mut bare = model.clone();
    let gone: Vec<_> = model.interactions.keys().map(Id::key).collect();
    bare.apply(&spandrel::model::cascade(model, &gone)).unwrap();
    bare
}

/// A model without its contracts and all that names them.
fn without_contracts(model: &Model) -> Model {
    let mut bare = without_interactions(model);
    let gone: Vec<_> = model.contracts.keys().map(Id::key).collect();
    bare.apply(&spandrel::model::cascade(&bare, &gone)).unwrap();
    bare
}

fn there_and_back(model: &Model) {
    for sheet in GridKind::ALL {
        let again = paste(model, sheet, &whole(model, sheet), nowhere());
        assert_eq!((&again.troubles, &again.changes, &again.edits), (&vec![], &vec![], &vec![]), "{sheet:?}");
    }
    let text = whole(model, GridKind::Interactions);
    let mut bare = without_interactions(model);
    let pasting = paste(&bare, GridKind::Interactions, &text, nowhere());
    assert_eq!(pasting.troubles, []);
    bare.apply(&pasting.edits).unwrap();
    assert_eq!(whole(&bare, GridKind::Interactions), text);
    let text = whole(&without_interactions(model), GridKind::Contracts);
    let mut bare = without_contracts(model);
    let pasting = paste(&bare, GridKind::Contracts, &text, nowhere());
    assert_eq!(pasting.troubles, []);
    bare.apply(&pasting.edits).unwrap();
    assert_eq!(whole(&bare, GridKind::Contracts), text);
}

#[test]
fn the_examples_are_copied_and_pasted_without_a_change() {
    for example in ["retail-legacy", "retail-target", "astronomy-shop"] {
        there_and_back(&open(&format!("examples/{example}.ron")));
    }
}

fn fact<T: std::fmt::Debug + Clone>(value: impl Strategy<Value = T>) -> impl Strategy<Value = Fact<T>> {
    prop_oneof![Just(Fact::NotAsked), Just(Fact::None), value.prop_map(Fact::Known)]
}

fn text() -> impl Strategy<Value = Text> {
    let odd = prop_oneof![Just("none".to_owned()), Just("Not asked".to_owned()), "[a-z'\";:,/ \tß→]{1,9}"];
    odd.prop_filter_map("blank", |text| Text::new(text.trim()))
}

fn trigger() -> impl Strategy<Value = Trigger> {
    let part = |name: &str| format!("api/{name}").parse().unwrap();
    prop_oneof![
        Just(Trigger::User),
        Just(Trigger::Operation(part("Put"))),
        Just(Trigger::Message(part("Gone"))),
        "[a-z ]{0,6}[a-z]".prop_map(|text| Trigger::Schedule(Text::new(text.trim()).unwrap())),
    ]
}

fn interaction() -> impl Strategy<Value = Interaction> {
    let kind = proptest::sample::select(InteractionKind::ALL);
    let name = |name: &'static str| Just(PartName::new(name).unwrap());
    let what = (kind, fact(name("Put")), fact(name("Gone")), fact(name("v1")), any::<bool>());
    let said = (fact(text()), fact(text()), fact(text()), fact("[1-9]{1,4}(ms|s|min|h|d)"), fact(any::<u32>()));
    let lists = (
        fact(prop::collection::vec(text(), 1..3)),
        fact(prop::collection::vec(trigger(), 1..3)),
        fact(prop_oneof![Just(Authentication::OAuth2), text().prop_map(Authentication::Anonymous)]),
        fact(retry()),
    );
    (what, said, lists).prop_map(|(what, said, lists)| {
        let id = |slug: &str| slug.parse::<Id<_>>().unwrap();
        let mut made = Interaction::new(id("a"), id("b"), what.0);
        if what.4 {
            made.contract = "api".parse::<Id<_>>().unwrap().into();
            (made.operation, made.message, made.version) = (what.1, what.2, what.3);
        }
        (made.protocol, made.schedule, made.resilience.fallback) = (said.0, said.1, said.2);
        // Of what does not wait no table is asked for a timeout.
        if made.is_synchronous() {
            made.resilience.timeout = map(said.3, |text| text.parse().unwrap());
        }
        made.calls_per_trigger = said.4;
        made.fields_read = map(lists.0, |items| Many::new(items).unwrap());
        made.triggered_by = map(lists.1, |items| Many::new(items).unwrap());
        made.security.authentication = lists.2;
        made.resilience.retries = lists.3;
        made
    })
}

fn contract() -> impl Strategy<Value = Contract> {
    let name = || "[A-Z][a-z]{1,3}(-[0-9])?".prop_map(|text: String| PartName::new(&text).unwrap());
    let status = fact(proptest::sample::select(Status::ALL));
    let versions = prop::collection::btree_map(name(), status, 0..3);
    let operations = prop::collection::btree_map(name(), proptest::sample::select(OperationKind::ALL), 0..4);
    let messages = prop::collection::btree_set(name(), 0..3);
    (text(), versions, operations, messages, fact(text()), fact("[1-9]{1,3}ms")).prop_map(|said| {
        let mut made = Contract::new(said.0.to_string());
        let version = |(name, status)| (name, Version { status, ..Version::default() });
        made.versions = said.1.into_iter().map(version).collect();
        made.operations = said.2.into_iter().map(|(name, kind)| (name, Operation::new(kind))).collect();
        made.messages = said.3.into_iter().map(|name| (name, Message::default())).collect();
        made.tests.provider = said.4;
        made.performance.p95 = map(said.5, |text| text.parse().unwrap());
        made
    })
}

fn retry() -> impl Strategy<Value = Retry> {
    let wait = fact("[1-9]{1,3}(ms|s)");
    (any::<u32>(), fact(proptest::sample::select(Backoff::ALL)), wait).prop_map(|(count, backoff, wait)| {
        let mut retry = Retry::new(count);
        (retry.backoff, retry.wait) = (backoff, map(wait, |text| text.parse().unwrap()));
        retry
    })
}

fn map<A, B>(fact: Fact<A>, to: impl Fn(A) -> B) -> Fact<B> {
    match fact {
        Fact::NotAsked => Fact::NotAsked,
        Fact::None => Fact::None,
        Fact::Known(value) => Fact::Known(to(value)),
    }
}

/// All that a table shows: its cells, what a filter leaves of it, and its order by each column.
fn looked_at(grid: &Grid) -> (Vec<Vec<Cell>>, Vec<Vec<usize>>) {
    let all: Vec<usize> = (0..grid.sheet.columns().len()).collect();
    let cells = all.iter().map(|at| grid.column(*at).to_vec()).collect();
    let look = |sort, filter: &str| Look { sort, filter: filter.to_owned() }.rows(grid, &all);
    let filters = ["e", "order", "kind:event", "none", "rest api"].map(|filter| look(None, filter));
    let orders = all.iter().flat_map(|at| [look(Some((*at, false)), ""), look(Some((*at, true)), "e")]);
    (cells, filters.into_iter().chain(orders).collect())
}

#[test]
fn what_passes_on_to_the_next_table_is_what_would_be_made() {
    let mut model = open("examples/retail-legacy.ron");
    let mut old = Arc::new(survey(&model, 0, options()));
    let gone = model.interactions.keys().nth(7).unwrap().key();
    let changed = model.interactions.keys().nth(3).unwrap().key().to_string();
    let steps: [&dyn Fn(&mut Model); 6] = [
        &|_| {},
        &|model| _ = wrote(model, &changed, "protocol", "SFTP").unwrap(),
        &|model| _ = wrote(model, "contract:orders-api", "name", "Order desk API").unwrap(),
        &|model| {
            // The id stays, so that no interaction changes.
            let id: Id<System> = "orders".parse().unwrap();
            let mut system = (*model.systems[&id].value).clone();
            system.name = "Order desk".to_owned();
            model.apply(&[Edit::put(&id, system)]).unwrap();
        },
        &|model| _ = model.apply(&spandrel::model::cascade(model, std::slice::from_ref(&gone))).unwrap(),
        &|model| {
            let text = "From\tTo\tKind\nBilling\tPricing\tquery\n";
            let pasting = paste(model, GridKind::Interactions, text, nowhere());
            model.apply(&pasting.edits).unwrap();
        },
    ];
    for (at, step) in steps.iter().enumerate() {
        let before = GridKind::ALL.map(|sheet| Grid::new(&old, sheet));
        before.iter().for_each(|grid| _ = looked_at(grid));
        step(&mut model);
        let new = Arc::new(survey(&model, at as u64 + 1, options()));
        for grid in before {
            let sheet = grid.sheet;
            let passed = Grid::after(&new, sheet, grid.into_kept());
            assert!(looked_at(&passed) == looked_at(&Grid::new(&new, sheet)), "{sheet:?} after step {at}");
        }
        old = new;
    }
}

#[test]
fn what_is_looked_through_is_the_same_though_made_bit_by_bit() {
    let model = open("examples/retail-legacy.ron");
    let survey = Arc::new(survey(&model, 0, options()));
    for sheet in GridKind::ALL {
        let grid = Grid::new(&survey, sheet);
        let all: Vec<usize> = (0..sheet.columns().len()).collect();
        // One column is there already, and another is made meanwhile.
        grid.column(1);
        let mut steps = 1;
        while !grid.prepare(&all, 3) {
            steps += 1;
            grid.column(2);
        }
        assert_eq!(steps, grid.rows.len().div_ceil(3), "{sheet:?}");
        assert!(looked_at(&grid) == looked_at(&Grid::new(&survey, sheet)), "{sheet:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn what_is_copied_is_pasted_as_it_was(
        interactions in prop::collection::vec(interaction(), 1..6),
        contracts in prop::collection::vec(contract(), 0..4),
    ) {
        let mut model = crate::model(
            "(model: (format: 1, name: \"Shop\"), systems: {\"a\": (name: \"Web, shop\", kind: Service), \"b\": (name: \"none\", \
             kind: Service)}, contracts: {\"api\": (name: \"API\", versions: {\"v1\": ()}, operations: {\"Put\": (kind: \
             Command)}, messages: {\"Gone\": ()})})",
        );
        for (at, interaction) in interactions.into_iter().enumerate() {
            model.apply(&[Edit::put(&format!("i{at}").parse().unwrap(), interaction)]).unwrap();
        }
        for (at, contract) in contracts.into_iter().enumerate() {
            model.apply(&[Edit::put(&format!("c{at}").parse().unwrap(), contract)]).unwrap();
        }
        there_and_back(&model);
    }

    #[test]
    fn no_text_that_is_pasted_makes_trouble_of_its_own(text in "[a-zFT \"\t\n'/:→]{0,60}") {
        let model = open("examples/retail-legacy.ron");
        let rows: Vec<_> = model.interactions.keys().take(2).map(Id::key).collect();
        for sheet in GridKind::ALL {
            for line in ["", "From\tTo\tKind\n", "Contract\tProvider\n"] {
                let pasting = paste(&model, sheet, &format!("{line}{text}"), PasteAt { rows: &rows, columns: &[0, 3] });
                if pasting.troubles.is_empty() {
                    model.clone().apply(&pasting.edits).unwrap();
                }
            }
        }
    }
}
