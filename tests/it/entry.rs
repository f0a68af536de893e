//! Quick entry: lines on disk with what becomes of them, printing back, completion, and the headless command.

use std::{fmt::Write, fs};

use proptest::prelude::*;
use spandrel::{
    cli::Exit,
    entry::{
        self, Head, Index, NoteKind, Verb,
        ast::{
            Access, Connect, Dates, Name, Own, Provide, Publish, Records, Ref, Remove, Rename, Run, Said, Schedule,
            Statement, Systems, Tail, TakeProfile, Through, Trait, Via,
        },
        complete, parse, plan,
    },
    file,
    model::{
        Classification, Criticality, InteractionKind, Kind, Model, Permanence, Right, Stage, StoreKind, SystemKind,
        SystemRole, Transport, Trust,
    },
    workbench::preview,
};

use crate::{commands::run, golden, open, project};

/// What lines make of a model, or why they make nothing.
fn told(model: &Model, index: &Index, text: &str) -> String {
    let mut told = String::new();
    match plan(model, index, text) {
        Ok(plan) => {
            let mark = |kind| match kind {
                NoteKind::Adds | NoteKind::Changes | NoteKind::Removes => "",
                NoteKind::Exists => "= ",
                NoteKind::Doubt => "? ",
            };
            writeln!(told, "{}", plan.title).unwrap();
            for note in &plan.notes {
                writeln!(told, "{}{}", mark(note.kind), note.text).unwrap();
            }
            for line in preview(model, &plan.edits).unwrap() {
                writeln!(told, "    {line}").unwrap();
            }
            // What was just said is so: saying it again adds nothing, and what has gone is no longer known.
            let mut after = model.clone();
            after.apply(&plan.edits).unwrap();
            let goes = text.lines().any(|line| line.starts_with("remove ") || line.starts_with("rename "));
            match entry::plan(&after, &Index::new(&after), text) {
                Ok(again) => assert!(goes || again.edits.is_empty(), "{text} twice: {:?}", again.edits),
                Err(troubles) => assert!(goes, "{text} twice: {troubles:?}"),
            }
        }
        Err(troubles) => troubles.iter().for_each(|trouble| writeln!(told, "{trouble}").unwrap()),
    }
    told
}

fn plan_of(model: &Model, text: &str) -> spandrel::entry::Plan {
    plan(model, &Index::new(model), text).unwrap_or_else(|troubles| panic!("{text}: {troubles:#?}"))
}

/// In a file of a theme consecutive lines behind `>` are entered together where a blank line parts the groups, else each
/// by itself; a file says at its head which model stood before.
#[test]
fn lines_do_what_the_cases_say() {
    let mut paths: Vec<_> =
        fs::read_dir(project("tests/cases/entry")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    paths.sort();
    assert!(paths.len() >= 7);
    for path in paths {
        let text = fs::read_to_string(&path).unwrap();
        let before = text.lines().next().and_then(|line| line.strip_prefix("before: "));
        let model = before.map_or(Model::new("Empty"), |name| open(&format!("tests/cases/entry/{name}")));
        let index = Index::new(&model);
        let together = path.file_stem().is_some_and(|stem| stem == "several");
        let mut cases: Vec<String> = vec![String::new()];
        for line in text.lines() {
            match line.strip_prefix('>') {
                Some(said) => {
                    let said = said.strip_prefix(' ').unwrap_or(said);
                    cases.last_mut().unwrap().push_str(&format!("{said}\n"));
                    if !together {
                        cases.push(String::new());
                    }
                }
                None if together && !cases.last().unwrap().is_empty() => cases.push(String::new()),
                None => {}
            }
        }
        cases.retain(|case| !case.is_empty());
        let mut found = before.map_or(String::new(), |name| format!("before: {name}\n"));
        for case in cases {
            let lines = case.lines().map(|line| if line.is_empty() { ">\n".to_owned() } else { format!("> {line}\n") });
            let sep = if found.is_empty() { "" } else { "\n" };
            write!(found, "{sep}{}{}", lines.collect::<String>(), told(&model, &index, &case)).unwrap();
        }
        golden(&path, &found);
    }
}

fn at<T>(value: T) -> Said<T> {
    Said { value, at: 0..0 }
}

const WORDS: &[&str] = &[
    "Orders",
    "owns",
    "in",
    "store",
    "v2",
    "Größe",
    "注文",
    "a->b",
    "\"q\"",
    "x,y",
    "#1",
    "by",
    "command",
    "file",
    "nightly",
    "back\\slash",
    "@",
    ":",
    "A B",
    "gateway",
    "ERP",
    "2.0",
    "via",
    "to",
    "remove",
    "rename",
    "Checkout",
    "critical",
    "->",
    "reads",
];

/// Names: words of the grammar, signs, quotation marks, other scripts.
fn text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        proptest::sample::select(WORDS).prop_map(str::to_owned),
        proptest::string::string_regex("[!-~äß→⇒注]{1,6}").unwrap(),
    ];
    proptest::collection::vec(word, 1..4).prop_map(|words| words.join(" "))
}

fn name() -> impl Strategy<Value = Name> {
    text().prop_map(at)
}

fn names() -> impl Strategy<Value = Vec<Name>> {
    proptest::collection::vec(name(), 1..4)
}

fn part() -> impl Strategy<Value = Name> {
    let known =
        proptest::sample::select(&["PlaceOrder", "command", "file", "nightly", "in", "v2", "a.b_c", "store"][..]);
    prop_oneof![
        known.prop_map(|text| at(text.to_owned())),
        proptest::string::string_regex("[A-Za-z0-9._-]{1,6}").unwrap().prop_map(at),
    ]
}

fn one_of<T: Copy + std::fmt::Debug + 'static>(values: &'static [T]) -> impl Strategy<Value = T> {
    proptest::sample::select(values)
}

fn maybe<T: std::fmt::Debug + Clone>(value: impl Strategy<Value = T>) -> impl Strategy<Value = Option<T>> {
    proptest::option::of(value)
}

fn reference(heads: &'static [Kind]) -> impl Strategy<Value = Ref> {
    (maybe(one_of(heads)), name()).prop_map(|(head, name)| Ref { head: head.map(|kind| at(Head::Record(kind))), name })
}

fn via() -> impl Strategy<Value = Via> {
    let heads = [
        Head::Record(Kind::Contract),
        Head::System(SystemKind::Gateway),
        Head::System(SystemKind::Backbone),
        Head::System(SystemKind::Adapter),
    ];
    (maybe(proptest::sample::select(heads.to_vec())), name(), maybe(part()))
        .prop_map(|(head, name, version)| Via { what: Ref { head: head.map(at), name }, version })
}

fn tail() -> impl Strategy<Value = Tail> {
    let schedule = prop_oneof![
        one_of(&["hourly", "daily", "nightly", "weekly", "monthly", "yearly"]).prop_map(Schedule::Word),
        text().prop_map(Schedule::Every),
    ];
    (maybe(schedule), proptest::collection::vec(via(), 0..3), maybe(name())).prop_map(|(schedule, via, profile)| Tail {
        schedule: schedule.map(at),
        via,
        profile,
    })
}

fn systems() -> impl Strategy<Value = Systems> {
    let traits = (
        maybe(one_of(SystemKind::ALL)),
        maybe(one_of(SystemRole::ALL)),
        maybe(one_of(Criticality::ALL)),
        maybe(one_of(Stage::ALL)),
    );
    let date = || maybe(one_of(&["2026-12-01", "2027-06-30"]).prop_map(|text| at(text.parse().unwrap())));
    let dates = (date(), date(), date(), date()).prop_map(|(planned, active, deprecated, retires)| Dates {
        planned,
        active,
        deprecated,
        retires,
    });
    let permanence = maybe(one_of(Permanence::ALL));
    let fronts = prop_oneof![Just(Vec::new()), names()];
    (names(), traits, permanence, fronts, maybe(name()), maybe(name()), maybe(name()), dates, maybe(name())).prop_map(
        |(
            names,
            (kind, role, criticality, stage),
            permanence,
            fronts,
            domain,
            boundary,
            technology,
            dates,
            replaced_by,
        )| Systems {
            names,
            kind: kind.map(at),
            role: role.map(at),
            criticality: criticality.map(at),
            stage: stage.map(at),
            permanence: permanence.map(at),
            fronts,
            domain,
            boundary,
            technology,
            dates,
            replaced_by,
        },
    )
}

fn records() -> impl Strategy<Value = Records> {
    let plain = (one_of(&[Kind::Team, Kind::Contract, Kind::Profile]), names()).prop_map(|(kind, names)| Records {
        kind,
        names,
        trait_: None,
        parent: None,
    });
    let domain = (names(), maybe(one_of(Stage::ALL)), maybe(name())).prop_map(|(names, stage, parent)| Records {
        kind: Kind::Domain,
        names,
        trait_: stage.map(|stage| at(Trait::Stage(stage))),
        parent,
    });
    let boundary = (names(), maybe(one_of(Trust::ALL)), maybe(name())).prop_map(|(names, trust, parent)| Records {
        kind: Kind::Boundary,
        names,
        trait_: trust.map(|trust| at(Trait::Trust(trust))),
        parent,
    });
    let store = (names(), maybe(one_of(StoreKind::ALL))).prop_map(|(names, kind)| Records {
        kind: Kind::Store,
        names,
        trait_: kind.map(|kind| at(Trait::Store(kind))),
        parent: None,
    });
    let entity = (names(), maybe(one_of(Classification::ALL))).prop_map(|(names, class)| Records {
        kind: Kind::Entity,
        names,
        trait_: class.map(|class| at(Trait::Classification(class))),
        parent: None,
    });
    prop_oneof![plain, domain, boundary, store, entity]
}

fn connect() -> impl Strategy<Value = Connect> {
    let kind = maybe(one_of(&[InteractionKind::Command, InteractionKind::Query, InteractionKind::Event]));
    (names(), names(), kind, maybe(one_of(Transport::ALL)), maybe(part()), tail()).prop_map(
        |(from, to, kind, transport, part, tail)| Connect {
            from,
            to,
            kind: kind.map(at),
            transport: transport.map(at),
            part,
            tail,
        },
    )
}

const DATA: &[Kind] = &[Kind::Entity, Kind::Store];
const RUN: &[Kind] = &[Kind::System, Kind::Domain, Kind::Contract];
const ANY: &[Kind] =
    &[Kind::System, Kind::Team, Kind::Domain, Kind::Boundary, Kind::Store, Kind::Entity, Kind::Contract, Kind::Profile];

fn refs(heads: &'static [Kind]) -> impl Strategy<Value = Vec<Ref>> {
    proptest::collection::vec(reference(heads), 1..3)
}

fn access() -> impl Strategy<Value = Access> {
    let verbs = [Verb::Reads, Verb::Writes, Verb::Follows, Verb::Does(Right::Create), Verb::Does(Right::Delete)];
    let through = maybe(prop_oneof![name().prop_map(Through::Contract), name().prop_map(Through::Store)]);
    (names(), proptest::sample::select(verbs.to_vec()), refs(DATA), through)
        .prop_map(|(systems, verb, data, through)| Access { systems, verb, data, through })
}

fn publish() -> impl Strategy<Value = Publish> {
    (name(), part(), prop_oneof![Just(Vec::new()), names()], tail()).prop_map(|(from, message, to, tail)| Publish {
        from,
        message,
        to,
        tail,
    })
}

/// What is taken back is said without how it travels.
fn remove() -> impl Strategy<Value = Remove> {
    prop_oneof![
        refs(ANY).prop_map(Remove::Records),
        connect().prop_map(|connect| Remove::Connect(Connect { tail: Tail::default(), ..connect })),
        (name(), part(), names()).prop_map(|(from, message, to)| Remove::Publish(Publish {
            from,
            message,
            to,
            tail: Tail::default()
        })),
        access().prop_map(Remove::Access),
    ]
}

fn statement() -> impl Strategy<Value = Statement> {
    prop_oneof![
        systems().prop_map(|said| Statement::Systems(Box::new(said))),
        records().prop_map(Statement::Records),
        connect().prop_map(Statement::Connect),
        publish().prop_map(Statement::Publish),
        (name(), refs(DATA), maybe(name())).prop_map(|(system, data, store)| Statement::Own(Own {
            system,
            data,
            store
        })),
        access().prop_map(Statement::Access),
        (name(), proptest::collection::vec((name(), maybe(part())), 1..3))
            .prop_map(|(system, contracts)| Statement::Provide(Provide { system, contracts })),
        (reference(&[Kind::Team]), refs(RUN)).prop_map(|(team, what)| Statement::Run(Run { team, what })),
        (names(), name()).prop_map(|(names, profile)| Statement::Profile(TakeProfile { names, profile })),
        remove().prop_map(Statement::Remove),
        (reference(ANY), name()).prop_map(|(what, to)| Statement::Rename(Rename { what, to })),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_can_be_said_can_be_printed_and_read_again(statement in statement()) {
        let line = statement.to_string();
        let read = parse(&line);
        prop_assert_eq!(read.as_ref(), Ok(&statement), "{}", line);
    }

    #[test]
    fn what_can_be_read_can_be_printed(words in proptest::collection::vec(text(), 0..8)) {
        let line = words.join(" ");
        if let Ok(statement) = parse(&line) {
            let printed = statement.to_string();
            let again = parse(&printed);
            prop_assert_eq!(again.as_ref(), Ok(&statement), "{} printed as {}", line, printed);
        }
    }

    /// Whatever is typed: no panic, places within the line, and what can be done can be applied.
    #[test]
    fn any_line_is_read_or_told(line in "[ -~äß→⇒注\t\"\\\\]{0,40}", words in proptest::collection::vec(text(), 0..8), cut in 0_usize..60) {
        let model = open("tests/cases/entry/shop.ron");
        let index = Index::new(&model);
        for line in [line.clone(), words.join(" "), format!("Checkout -> Orders : {line}")] {
            match plan(&model, &index, &line) {
                Ok(plan) => {
                    let mut after = model.clone();
                    prop_assert!(after.apply(&plan.edits).is_ok(), "{line}");
                }
                Err(troubles) => for trouble in troubles {
                    prop_assert!(trouble.source.get(trouble.problem.at.clone()).is_some(), "{line}: {trouble:?}");
                    let _ = trouble.to_string();
                },
            }
            let mut cursor = cut.min(line.len());
            while !line.is_char_boundary(cursor) {
                cursor -= 1;
            }
            for offer in complete(&model, &index, &line, cursor) {
                prop_assert!(line.get(offer.range.clone()).is_some() && offer.range.end == cursor, "{line}: {offer:?}");
            }
        }
    }
}

/// What is offered at the end of a line, with what it is.
fn offered(line: &str) -> Vec<String> {
    let model = open("tests/cases/entry/shop.ron");
    let offers = complete(&model, &Index::new(&model), line, line.len());
    offers.into_iter().map(|offer| format!("{} {}", offer.label, offer.detail).trim().to_owned()).collect()
}

#[test]
fn completion_knows_what_may_stand_where() {
    let first = |line: &str| offered(line).into_iter().next().unwrap_or_default();
    assert_eq!(first("Check"), "Checkout system");
    assert_eq!(first("Checkout -> Or"), "Orders system");
    assert_eq!(first("Checkout -> Orders : comm"), "command");
    assert_eq!(first("Checkout -> Orders : command Pl"), "PlaceOrder command of Orders API");
    assert_eq!(first("Checkout -> Orders : command PlaceOrder vi"), "via");
    assert_eq!(first("Checkout -> Orders : command PlaceOrder via ord"), "Orders API contract");
    assert!(offered("Checkout -> Orders : command PlaceOrder via Orders API ").contains(&"v2 active".to_owned()));
    assert!(offered("Checkout -> Orders : command PlaceOrder via ").contains(&"Kafka event backbone".to_owned()));
    assert_eq!(first("Orders @ "), "Sales domain");
    assert_eq!(first("Orders ow"), "owns");
    assert_eq!(first("Orders owns Ord"), "Order entity");
    assert_eq!(first("Orders => "), "OrderPlaced event of Orders events");
    assert_eq!(first("Orders : leg"), "legacy");
    assert_eq!(first("Orders : read mo"), "read model");
    assert_eq!(first("Orders : service crit"), "critical");
    assert_eq!(first("Orders : critical te"), "tech");
    assert_eq!(first("rem"), "remove");
    assert_eq!(first("remove Kaf"), "Kafka system");
    assert_eq!(first("remove store ord"), "orders-db store");
    assert_eq!(first("remove Checkout -> Or"), "Orders system");
    assert_eq!(first("rename Orders t"), "to");
    assert_eq!(first("rename PlaceO"), "PlaceOrder operation or message");
    assert_eq!(first("boundary Vault : res"), "restricted");
    assert_eq!(first("Checkout in "), "DMZ boundary");
    assert_eq!(first("GetOrder profile int"), "Internal REST profile");
    assert_eq!(first("\"ERP ad"), "ERP adapter system");
    assert!(offered("Orders ").contains(&"->".to_owned()));
    assert!(offered("Orders owns").is_empty());
}

#[test]
fn what_is_removed_or_renamed_is_offered_whatever_it_is() {
    let known = [
        ("Storefront", "team"),
        ("Sales", "domain"),
        ("DMZ", "boundary"),
        ("Internal REST", "profile"),
        ("Checkout", "system"),
        ("orders-db", "store"),
        ("Order", "entity"),
        ("Orders events", "contract"),
    ];
    for (name, kind) in known {
        let begun: String = name.chars().take(2).collect();
        for line in ["remove ", "rename ", "remove Kafka, "] {
            for head in [String::new(), format!("{kind} ")] {
                let line = format!("{line}{head}{begun}");
                assert!(offered(&line).contains(&format!("{name} {kind}")), "{line}: {:?}", offered(&line));
            }
        }
    }
}

/// The first code blocks of a page that are lines of quick entry, in order.
fn examples(page: &str) -> Vec<String> {
    page.split("```entry\n").skip(1).filter_map(|part| part.split("```").next()).map(str::to_owned).collect()
}

#[test]
fn the_page_of_the_grammar_tells_the_truth() {
    let page = fs::read_to_string(project("docs/quick-entry.md")).unwrap();
    let blocks = examples(&page);
    assert!(blocks.len() >= 5);
    let mut model = Model::new("Shop");
    for block in blocks {
        for line in spandrel::entry::lines(&block).map(|line| line.text) {
            let plan = plan_of(&model, line);
            assert!(plan.notes.iter().all(|note| note.kind != NoteKind::Doubt), "{line}: {:?}", plan.notes);
            assert!(!plan.edits.is_empty(), "{line} says nothing new");
            model.apply(&plan.edits).unwrap();
            assert_eq!(parse(&parse(line).unwrap().to_string()), parse(line), "{line}");
        }
    }
    for wrong in page.split("```text\n").skip(1).filter_map(|part| part.split("```").next()) {
        let line = wrong.lines().find_map(|line| line.split_once(" | ")).unwrap().1;
        let troubles = plan(&model, &Index::new(&model), line).unwrap_err();
        assert_eq!(troubles[0].to_string(), wrong.trim_end());
    }
    assert!(file::read(&file::write(&model)).problems.is_empty());
}

/// A copy of the shop to work on.
fn shop() -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.ron");
    fs::write(&path, file::write(&open("tests/cases/entry/shop.ron"))).unwrap();
    let path = path.display().to_string();
    (folder, path)
}

#[test]
fn edit_takes_all_lines_or_none() {
    let (_folder, path) = shop();
    let before = fs::read_to_string(&path).unwrap();
    let done = run(&["edit", &path, "Refunds @ Sales", "Checkout -> Refunds : comand Refund", "Ledger in DMZ"]);
    assert_eq!(done.exit, Exit::Unusable);
    assert!(done.err.contains("line 2: “comand”"), "{}", done.err);
    assert!(
        done.err.contains("  2 | Checkout -> Refunds : comand Refund\n    |                       ^^^^^^"),
        "{}",
        done.err
    );
    assert!(done.err.contains("line 3: several systems are called “Ledger”"), "{}", done.err);
    assert_eq!(fs::read_to_string(&path).unwrap(), before);
    let done = run(&["edit", &path, "Refunds @ Sales", "--dry-run"]);
    assert_eq!((done.exit, fs::read_to_string(&path).unwrap()), (Exit::Clean, before.clone()));
    assert!(done.out.contains("system \"refunds\" (new)\n  + name: \"Refunds\""), "{}", done.out);
    let done = run(&["edit", &path, "Refunds @ Sales", "Checkout -> Refunds : command Refund", "Ordrs"]);
    assert_eq!(done.exit, Exit::Clean, "{}", done.err);
    assert!(done.out.contains("adds Checkout → Refunds (command Refund)"), "{}", done.out);
    assert!(done.err.contains("note: new system “Ordrs”, did you mean “Orders”?"), "{}", done.err);
    let model = crate::model(&fs::read_to_string(&path).unwrap());
    assert!(model.systems.keys().any(|id| id.as_str() == "refunds"));
    let after = fs::read_to_string(&path).unwrap();
    let done = run(&["edit", &path, "Refunds @ Sales"]);
    assert!(done.out.contains("nothing changes"), "{}", done.out);
    assert_eq!(fs::read_to_string(&path).unwrap(), after);
    assert_eq!(run(&["edit", &path, "# nothing"]).exit, Exit::Unusable);
    assert_eq!(run(&["edit", &path]).exit, Exit::Unusable);
    assert_eq!(run(&["edit", "nowhere.ron", "Orders"]).exit, Exit::Unusable);
}

#[test]
fn edit_reads_lines_from_standard_input() {
    use std::{io::Write as _, process::Stdio};
    let (_folder, path) = shop();
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_spandrel"))
        .args(["edit", &path, "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all("# the workshop\n\nRefunds @ Sales\r\nRefunds owns Refund\n".as_bytes())
        .unwrap();
    let done = child.wait_with_output().unwrap();
    assert!(done.status.success());
    assert!(String::from_utf8(done.stdout).unwrap().contains("adds entity Refund"));
    let model = crate::model(&fs::read_to_string(&path).unwrap());
    assert!(model.entities.values().any(|entity| entity.name == "Refund"));
}
