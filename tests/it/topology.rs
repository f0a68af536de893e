//! Flows through brokers and gateways, and where they are cut.

use spandrel::topology::{Join, Topology};

use crate::model;

const SHOP: &str = r#"(
    model: (format: 1, name: "Shop"),
    systems: {
        "billing": (name: "Billing", kind: Service),
        "edge": (name: "Edge", kind: Gateway),
        "kafka": (name: "Kafka", kind: Backbone),
        "mail": (name: "Mail", kind: Service),
        "orders": (name: "Orders", kind: Service),
        "web": (name: "Web", kind: Application),
    },
    contracts: {
        "api": (name: "API", operations: {"Get": (kind: Query), "Place": (kind: Command), "Send": (kind: Command)}),
        "events": (name: "Events", messages: {"Placed": (), "Sent": ()}),
    },
    interactions: {
        "billing-mail": (from: "billing", to: "mail", kind: Command, contract: "api", operation: "Send", triggered_by: [Schedule("nightly")]),
        "edge-get": (from: "edge", to: "orders", kind: Query, contract: "api", operation: "Get"),
        "edge-place": (from: "edge", to: "orders", kind: Command, contract: "api", operation: "Place"),
        "kafka-billing": (from: "kafka", to: "billing", kind: Event, contract: "events", message: "Placed"),
        "kafka-mail": (from: "kafka", to: "mail", kind: Event, contract: "events", message: "Sent"),
        "orders-kafka": (from: "orders", to: "kafka", kind: Event, contract: "events", message: "Placed", triggered_by: [Operation("api/Place")]),
        "web-place": (from: "web", to: "edge", kind: Command, contract: "api", operation: "Place"),
    },
)"#;

#[test]
fn flows_run_through_gateways_and_brokers_by_what_they_carry() {
    let model = model(SHOP);
    let topology = Topology::new(&model);
    let flow: Vec<String> =
        topology.flow_from(&"web-place".parse().unwrap()).into_iter().map(ToString::to_string).collect();
    // Not `edge-get` (another operation), not `kafka-mail` (another message), not `billing-mail` (a clock starts it).
    assert_eq!(flow, ["web-place", "edge-place", "orders-kafka", "kafka-billing"]);
}

#[test]
fn neighbours_and_dependants() {
    let model = model(SHOP);
    let topology = Topology::new(&model);
    let names = |ids: std::collections::BTreeSet<&spandrel::model::Id<_>>| {
        ids.into_iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(names(topology.neighbours(&"kafka".parse().unwrap())), ["billing", "mail", "orders"]);
    assert_eq!(names(topology.dependants(&"orders".parse().unwrap())), ["edge", "web"]);
    assert!(names(topology.neighbours(&"nobody".parse().unwrap())).is_empty());
}

#[test]
fn the_longest_chain_of_an_entry_is_found_once() {
    let model = model(SHOP);
    let topology = Topology::new(&model);
    let chains = topology.longest_chains(&|_| true, &|_| true, 2);
    let hops = |chain: &spandrel::topology::Chain| {
        chain.hops.iter().map(|hop| topology.hops()[*hop].0.to_string()).collect::<Vec<_>>()
    };
    let longest = chains.iter().find(|chain| hops(chain)[0] == "web-place").unwrap();
    assert_eq!(hops(longest), ["web-place", "edge-place", "orders-kafka", "kafka-billing"]);
    assert_eq!(longest.join, Join::Certain);
    assert_eq!(chains.iter().filter(|chain| hops(chain)[0] == "web-place").count(), 1);
}

#[test]
fn calls_are_what_is_waited_for_and_circles_count_once() {
    let model = model(
        r#"(
    model: (format: 1, name: "Calls"),
    systems: {
        "a": (name: "A", kind: Service),
        "b": (name: "B", kind: Service),
        "c": (name: "C", kind: Service),
        "d": (name: "D", kind: Service, released_with: ["c"]),
        "e": (name: "E", kind: Service, released_with: ["d"]),
    },
    contracts: {"x": (name: "X", operations: {"B": (kind: Query), "C": (kind: Query), "D": (kind: Command), "E": (kind: Query)})},
    interactions: {
        "a-b": (from: "a", to: "b", kind: Query, contract: "x", operation: "B", triggered_by: [User]),
        "b-c": (from: "b", to: "c", kind: Query, contract: "x", operation: "C", triggered_by: [Operation("x/B")]),
        "c-b": (from: "c", to: "b", kind: Query, contract: "x", operation: "B", triggered_by: [Operation("x/C")]),
        "c-d": (from: "c", to: "d", kind: Command, contract: "x", operation: "D", transport: Asynchronous, triggered_by: [Operation("x/C")]),
        "c-e": (from: "c", to: "e", kind: Query, contract: "x", operation: "E", triggered_by: [Operation("x/C")]),
        "e-a": (from: "e", to: "a", kind: Query),
    },
)"#,
    );
    let topology = Topology::new(&model);
    let calls = topology.calls();
    let at = |id: &str| topology.at(&id.parse().unwrap()).unwrap();
    let ids = |hops: Vec<usize>| hops.into_iter().map(|hop| topology.hops()[hop].0.to_string()).collect::<Vec<_>>();
    // `c-d` is told, `e-a` is only possibly brought about.
    assert_eq!(ids(calls.under(at("a-b"), |_| true)), ["a-b", "b-c", "c-b", "c-e"]);
    assert_eq!(ids(calls.under(at("a-b"), |hop| hop != at("c-e"))), ["a-b", "b-c", "c-b"]);
    assert_eq!((calls.set_of(at("b-c")), calls.set_of(at("c-d"))), (calls.set_of(at("c-b")), None));
    // Three deep: the circle is one.
    let depths = calls.fold(|_, next: &[&usize]| 1 + next.iter().copied().max().copied().unwrap_or(0));
    let depth = |id: &str| depths[calls.set_of(at(id)).unwrap()];
    assert_eq!((depth("a-b"), depth("c-b"), depth("c-e"), depth("e-a")), (3, 2, 1, 1));
    let order: Vec<usize> = calls.sets().collect();
    let place = |id: &str| order.iter().position(|set| Some(*set) == calls.set_of(at(id)));
    assert!(place("a-b") < place("b-c") && place("b-c") < place("c-e"));
    let together = topology.released_together();
    assert_eq!(together.iter().flatten().map(ToString::to_string).collect::<Vec<_>>(), ["c", "d", "e"]);
}
