//! What is drawn: trunks, joined lines, collapsed containers, views.

use std::collections::BTreeMap;

use spandrel::{
    layout::{CROWD, Drawing, Folds, Insides, Plan, arrange, rearrange},
    model::{Filter, Grouping, Model},
};

use crate::model;

/// Sales and Finance with a backbone, a warehouse in no domain, and a nested domain.
pub(crate) const SHOP: &str = r#"(
    model: (format: 1, name: "Shop"),
    domains: {
        "finance": (name: "Finance"),
        "sales": (name: "Sales"),
        "web": (name: "Web", parent: "sales"),
    },
    systems: {
        "billing": (name: "Billing", kind: Service, domain: "finance"),
        "kafka": (name: "Kafka", kind: Backbone),
        "ledger": (name: "Ledger", kind: Service, domain: "finance"),
        "mail": (name: "Mail", kind: Service),
        "orders": (name: "Orders", kind: Service, domain: "sales"),
        "portal": (name: "Portal", kind: Application, domain: "web"),
        "warehouse": (name: "Warehouse", kind: Service),
    },
    stores: {
        "orders-db": (name: "orders-db", owner: "orders", accesses: [(system: "billing", mode: Write)]),
    },
    contracts: {
        "events": (name: "Order events", provider: "orders", style: Messages, messages: {
            "OrderCancelled": (), "OrderPaid": (), "OrderPlaced": (),
        }),
        "orders-api": (name: "Orders API", provider: "orders", style: Rest, operations: {
            "CancelOrder": (kind: Command), "GetOrder": (kind: Query), "PlaceOrder": (kind: Command),
        }),
    },
    interactions: {
        "cancel": (from: "portal", to: "orders", kind: Command, contract: "orders-api", operation: "CancelOrder"),
        "cancelled-billing": (from: "orders", to: "billing", kind: Event, contract: "events", message: "OrderCancelled"),
        "cancelled-mail": (from: "orders", to: "mail", kind: Event, contract: "events", message: "OrderCancelled"),
        "get": (from: "portal", to: "orders", kind: Query, contract: "orders-api", operation: "GetOrder"),
        "paid-billing": (from: "orders", to: "billing", kind: Event, contract: "events", message: "OrderPaid"),
        "place": (from: "portal", to: "orders", kind: Command, contract: "orders-api", operation: "PlaceOrder"),
        "placed": (from: "orders", to: "kafka", kind: Event, contract: "events", message: "OrderPlaced"),
        "placed-billing": (from: "kafka", to: "billing", kind: Event, contract: "events", message: "OrderPlaced"),
        "placed-warehouse": (from: "kafka", to: "warehouse", kind: Event, contract: "events", message: "OrderPlaced"),
        "post": (from: "billing", to: "ledger", kind: Command),
        "ship": (from: "warehouse", to: "mail", kind: Unclassified),
    },
)"#;

/// A plan as text: frames, boxes, lines with what lies in them.
fn told(plan: &Plan) -> Vec<String> {
    let drawing = arrange(&plan.graph);
    assert_eq!(drawing.edges.len(), plan.bundles.len());
    let mut lines: Vec<String> = plan.frames.iter().map(|frame| format!("[{}]", frame.key.slug)).collect();
    lines.extend(plan.nodes.iter().map(|node| node.name.clone()));
    for (bundle, edge) in plan.bundles.iter().zip(&plan.graph.edges) {
        assert_eq!(bundle.branches.len(), edge.to.len());
        let branches: Vec<String> = bundle
            .branches
            .iter()
            .map(|branch| branch.members.iter().map(|key| key.slug.to_string()).collect::<Vec<_>>().join(" "))
            .collect();
        lines.push(format!("{} ({}) = {}", bundle.name, bundle.label, branches.join(" | ")));
    }
    lines
}

fn planned(model: &Model, filter: &Filter, folds: &Folds) -> Vec<String> {
    told(&Plan::new(model, Grouping::Domain, filter, &BTreeMap::new(), folds))
}

fn around(key: &str, hops: u32) -> Filter {
    Filter { around: key.parse::<spandrel::model::Key>().unwrap().into(), hops: hops.into(), ..Filter::default() }
}

#[test]
fn an_event_to_several_is_one_trunk_and_other_lines_are_joined_by_kind() {
    let found = planned(&model(SHOP), &Filter::default(), &Folds::default());
    assert_eq!(
        found,
        [
            "[finance]",
            "[sales]",
            "[web]",
            "Billing, Service",
            "Kafka, Event backbone",
            "Ledger, Service",
            "Mail, Service",
            "Orders, Service",
            "Portal, Application",
            "Warehouse, Service",
            "orders-db",
            "Billing to Ledger: command () = post",
            "Kafka to Billing, Warehouse: event OrderPlaced (OrderPlaced) = placed-billing | placed-warehouse",
            "Orders to Billing: event OrderPaid (OrderPaid) = paid-billing",
            "Orders to Billing, Mail: event OrderCancelled (OrderCancelled) = cancelled-billing | cancelled-mail",
            "Orders to Kafka: event OrderPlaced (OrderPlaced) = placed",
            "Portal to Orders: command CancelOrder, PlaceOrder (CancelOrder +1) = cancel place",
            "Portal to Orders: query GetOrder (GetOrder) = get",
            "Warehouse to Mail: unclassified () = ship",
            "Billing writes directly orders-db (direct write) = orders-db",
            "Orders reaches orders-db () = orders-db",
        ]
    );
}

#[test]
fn a_collapsed_container_is_one_box_and_what_crosses_its_edge_is_counted() {
    let shop = model(SHOP);
    let found = planned(&shop, &Filter::default(), &Folds::all(true));
    assert_eq!(
        found,
        [
            "Finance, collapsed, 2 systems",
            "Sales, collapsed, 2 systems",
            "Kafka, Event backbone",
            "Mail, Service",
            "Warehouse, Service",
            "Sales to Finance: 2 events (E 2) = cancelled-billing paid-billing",
            "Sales to Kafka: 1 event (E 1) = placed",
            "Sales to Mail: 1 event (E 1) = cancelled-mail",
            "Kafka to Finance: 1 event (E 1) = placed-billing",
            "Kafka to Warehouse: event OrderPlaced (OrderPlaced) = placed-warehouse",
            "Warehouse to Mail: unclassified () = ship",
            "Finance writes directly orders-db (direct write) = orders-db",
        ]
    );
    // One that was opened stands open, and what is nested in it is still collapsed.
    let mut folds = Folds::all(true);
    folds.open("domain:sales".parse().unwrap());
    let plan = Plan::new(&shop, Grouping::Domain, &Filter::default(), &BTreeMap::new(), &folds);
    let names = told(&plan);
    assert!(
        names.contains(&"[sales]".to_owned()) && names.contains(&"Web, collapsed, 1 system".to_owned()),
        "{names:?}"
    );
    assert!(names.contains(&"Web to Orders: 2 commands, 1 query (C 2 · Q 1) = cancel get place".to_owned()));
    let web = plan.places[&"system:portal".parse().unwrap()];
    assert_eq!(plan.nodes[web].holds.len(), 1);
}

#[test]
fn more_systems_than_can_be_read_open_as_collapsed_containers() {
    let town = |count: usize| {
        let system = |at| format!("\"s{at}\": (name: \"S{at}\", kind: Service, domain: \"d{}\")", at % 5);
        let systems = (0..count).map(system).collect::<Vec<_>>().join(",\n");
        let domains = (0..5).map(|at| format!("\"d{at}\": (name: \"D{at}\")")).collect::<Vec<_>>().join(",");
        model(&format!("(model: (format: 1, name: \"Town\"), domains: {{{domains}}}, systems: {{{systems}}})"))
    };
    assert_eq!(Plan::landscape(&town(CROWD), Grouping::Domain).nodes.len(), CROWD);
    let many = town(CROWD + 5);
    assert_eq!(Plan::landscape(&many, Grouping::Domain).nodes.len(), 5);
    assert_eq!(Plan::landscape(&many, Grouping::None).nodes.len(), CROWD + 5);
    let mut folds = Folds::default();
    folds.open("domain:d2".parse().unwrap());
    let plan = Plan::new(&many, Grouping::Domain, &Filter::default(), &BTreeMap::new(), &folds);
    assert_eq!(plan.nodes.len(), 4 + (CROWD + 5) / 5);
    assert_eq!(plan.frames.len(), 1);
}

#[test]
fn a_domain_is_shown_with_its_neighbours_and_without_their_own_affairs() {
    let found = planned(&model(SHOP), &around("domain:finance", 1), &Folds::default());
    assert_eq!(
        found,
        [
            "[finance]",
            "[sales]",
            "Billing, Service",
            "Kafka, Event backbone",
            "Ledger, Service",
            "Orders, Service",
            "orders-db",
            "Billing to Ledger: command () = post",
            "Kafka to Billing: event OrderPlaced (OrderPlaced) = placed-billing",
            "Orders to Billing: event OrderCancelled, OrderPaid (OrderCancelled +1) = cancelled-billing paid-billing",
            "Orders to Kafka: event OrderPlaced (OrderPlaced) = placed",
            "Billing writes directly orders-db (direct write) = orders-db",
            "Orders reaches orders-db () = orders-db",
        ]
    );
}

#[test]
fn hops_around_a_system_draw_the_lines_that_lead_nearer() {
    let shop = model(SHOP);
    let one = planned(&shop, &around("system:mail", 1), &Folds::default());
    assert_eq!(
        one,
        [
            "[sales]",
            "Mail, Service",
            "Orders, Service",
            "Warehouse, Service",
            "Orders to Mail: event OrderCancelled (OrderCancelled) = cancelled-mail",
            "Warehouse to Mail: unclassified () = ship",
        ]
    );
    // Orders and Warehouse are equally far from Mail: what they tell each other through Kafka is not drawn.
    let two = planned(&shop, &around("system:mail", 2), &Folds::default());
    assert!(two.iter().any(|line| line.starts_with("Portal to Orders: command")), "{two:?}");
    assert!(!two.iter().any(|line| line.contains("placed-warehouse")), "{two:?}");
}

#[test]
fn an_event_is_shown_to_all_its_consumers_and_a_request_down_its_chain() {
    let shop = model(SHOP);
    let event = planned(&shop, &around("interaction:placed-billing", 1), &Folds::default());
    assert_eq!(
        event,
        [
            "[finance]",
            "[sales]",
            "Billing, Service",
            "Kafka, Event backbone",
            "Orders, Service",
            "Warehouse, Service",
            "Kafka to Billing, Warehouse: event OrderPlaced (OrderPlaced) = placed-billing | placed-warehouse",
            "Orders to Kafka: event OrderPlaced (OrderPlaced) = placed",
        ]
    );
    // Nobody has asked what follows the command: what may follow is shown.
    let request = planned(&shop, &around("interaction:place", 1), &Folds::default());
    assert!(request.iter().any(|line| line.contains("= placed-billing | placed-warehouse")), "{request:?}");
    assert!(!request.iter().any(|line| line.contains("GetOrder")), "{request:?}");
}

#[test]
fn what_stood_is_found_again_by_its_key() {
    let shop = model(SHOP);
    let open = Plan::landscape(&shop, Grouping::Domain);
    let drawing = arrange(&open.graph);
    let mut folds = Folds::default();
    folds.collapse("domain:finance".parse().unwrap());
    let folded = Plan::new(&shop, Grouping::Domain, &Filter::default(), &BTreeMap::new(), &folds);
    let mut insides = Insides::default();
    insides.remember(&open, &drawing, &folded);
    let before = folded.before(&open, &drawing, &insides);
    // A container that was collapsed stands where its frame stood, and takes the room of a box.
    let frame = open.frames.iter().position(|frame| frame.key.to_string() == "domain:finance").unwrap();
    let group = folded.nodes.iter().position(|node| node.key.to_string() == "domain:finance").unwrap();
    let stood = before.nodes[group].unwrap();
    assert_eq!((stood.x, stood.y), (drawing.containers[frame].x, drawing.containers[frame].y));
    assert_eq!((stood.w, stood.h), folded.graph.nodes[group].size);
    for (node, area) in folded.nodes.iter().zip(&before.nodes).filter(|(node, _)| node.holds.is_empty()) {
        assert_eq!(*area, Some(drawing.nodes[open.places[&node.key]]));
    }
    // Opened again, the frame stands where the box stood, and what is in it stands in it as it did.
    let closed = arrange(&folded.graph);
    let before = open.before(&folded, &closed, &insides);
    assert_eq!(before.containers[frame], Some(closed.nodes[group]));
    let ledger = open.places[&"system:ledger".parse().unwrap()];
    assert_eq!(before.nodes[ledger], None);
    let again = rearrange(&open.graph, &before, &|| false);
    let within = |drawing: &Drawing| {
        let (frame, area) = (drawing.containers[frame], drawing.nodes[ledger]);
        (area.x - frame.x, area.y - frame.y)
    };
    assert_eq!(within(&again), within(&drawing));
}
