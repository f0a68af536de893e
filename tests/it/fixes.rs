//! Every fix that is offered for every case on disk: it silences its finding, breaks nothing, and can be planned and
//! taken back.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

use spandrel::{
    file,
    model::{Edit, Effect, Model, Path as Place, Said, Shown, Subject, System, SystemKind, Team},
    rules::{
        self, Class, Context, Finding, RULES, Report, Severity,
        fixes::{self, Answers, Ask, AskKind, END, Fix, OWNER, REMEDIES},
    },
    timeline::{as_of, stuck},
    workbench::{patch_lines, preview},
};

use crate::{day, golden, model, project};

type Identity = (&'static str, Subject);

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "ron"));
    files.sort();
    files
}

/// The cases in which a rule finds something, with the code of the rule; a case of a remedy begins with one.
fn cases() -> Vec<(String, PathBuf)> {
    let mut cases = Vec::new();
    for rule in RULES.iter() {
        let code = rule.meta().code;
        let found = files(&project("tests/cases/rules").join(code.to_lowercase()));
        let speaks = |path: &PathBuf| {
            let name = path.file_stem().unwrap().to_str().unwrap();
            name.starts_with("broken") || name.starts_with("gap")
        };
        cases.extend(found.into_iter().filter(speaks).map(|path| (code.to_owned(), path)));
    }
    for path in files(&project("tests/cases/fixes")) {
        let code = path.file_stem().unwrap().to_str().unwrap().split('-').next().unwrap().to_uppercase();
        if rules::find(&code).is_some() {
            cases.push((code, path));
        }
    }
    cases
}

/// A case with a team and a system that can be named as answers.
fn open(path: &Path) -> Model {
    let mut model = model(&fs::read_to_string(path).unwrap());
    let mut system = System::new("Test system", SystemKind::Service);
    system.owner = "test-team".parse::<spandrel::model::Id<Team>>().unwrap().into();
    let edits = [
        Edit::put(&"test-team".parse().unwrap(), Team::new("Test team")),
        Edit::put(&"test-system".parse().unwrap(), system),
    ];
    model.apply(&edits).unwrap();
    model
}

/// An answer to any question, where the proposal does not answer it. Who owns what is answered as proposed: another
/// owner would be contradicted by those who write, and rightly so.
fn answer(ask: &Ask, proposals: bool) -> String {
    if (proposals || ask.kind == AskKind::System) && !ask.proposal.is_empty() {
        return ask.proposal.clone();
    }
    match &ask.kind {
        AskKind::Team => "test-team".to_owned(),
        AskKind::System => "test-system".to_owned(),
        AskKind::Date => "2027-05-31".to_owned(),
        AskKind::Duration => "1s".to_owned(),
        AskKind::Text => "as the team says".to_owned(),
        AskKind::Name => format!("Thing{}Named", ask.name.replace(' ', "")),
        AskKind::Choice(choices) => choices.last().unwrap().0.clone(),
    }
}

fn answers(asks: &[Ask], proposals: bool) -> Answers {
    Answers(asks.iter().map(|ask| (ask.name, answer(ask, proposals))).collect())
}

fn check(model: &Model) -> Report {
    let then = as_of(model, day());
    assert!(then.failed.is_empty(), "{:?}", then.failed);
    rules::check(&Context::new(&then.model, day()).knowing(stuck(model)))
}

fn identity(finding: &Finding) -> Identity {
    (finding.rule.code, finding.about.clone())
}

fn defects(report: &Report) -> BTreeSet<Identity> {
    let counts = |f: &&Finding| f.class == Class::Defect && f.severity != Severity::Info && f.waived.is_none();
    report.findings.iter().filter(counts).map(identity).collect()
}

/// What a fix leaves for another fix, or brings to light.
const LEFT_OVER: [(&str, &str); 7] = [
    // The copy that was written into is not fed, which the writing hid.
    ("command-to-owner", "OWN008"),
    // Where there is neither a backbone nor an adapter, none is invented; an owner that calls back is told of.
    ("event-fed-copy", "PAT004"),
    ("command-to-owner", "PAT003"),
    ("query-of-owner", "PAT003"),
    ("command-to-owner", "CPL001"),
    // What a person answers may contradict what is known elsewhere.
    ("set-timeout", "RES009"),
    ("state-requirements", "SEC004"),
];

/// Records a fix: its finding is gone, no error and no warning is new, the file reads back, and undo restores the model.
fn record(model: &Model, finding: &Finding, fix: &Fix, answers: &Answers) -> Result<Vec<Edit>, String> {
    let edits = fix.edits(model, answers).map_err(|why| why.to_string())?;
    let mut fixed = model.clone();
    let patch = fixed.apply(&edits).unwrap();
    let told = || patch_lines(&patch).iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    if patch.is_empty() {
        return Err("changes nothing".to_owned());
    }
    let after = check(&fixed);
    if let Some(left) = after.findings.iter().find(|other| other.is_same(finding)) {
        return Err(format!("leaves: {}\n{}", rules::prose(&fixed, &left.message), told()));
    }
    let mut new: Vec<_> = defects(&after).difference(&defects(&check(model))).cloned().collect();
    new.retain(|(code, _)| !LEFT_OVER.contains(&(fix.remedy, *code)));
    if !new.is_empty() {
        return Err(format!("makes {new:?}\n{}", told()));
    }
    for key in fixed.keys() {
        let entry = fixed.entry(&key).unwrap();
        assert_eq!(fixed.dangling(&key, &entry.record), [], "{key}\n{}", told());
        if let Some(before) = model.entry(&key) {
            assert_eq!(before.comment, entry.comment, "the comment of {key}\n{}", told());
        }
    }
    assert_eq!(crate::model(&file::write(&fixed)), fixed, "it reads back as something else\n{}", told());
    fixed.replay(&patch.inverse());
    assert_eq!(fixed, *model, "it cannot be taken back\n{}", told());
    Ok(edits)
}

/// Plans a fix: its finding stays, says until when, and is gone as of that day.
fn plan(model: &Model, finding: &Finding, fix: &Fix, edits: &[Edit]) -> Result<(), String> {
    let asks = fixes::planning(&fix.title);
    let mut answers = answers(&asks, true);
    answers.0.insert(END, "2027-06-30".to_owned());
    answers.0.insert(OWNER, "test-team".to_owned());
    let edits = fixes::planned(model, finding, edits, &answers).map_err(|why| why.to_string())?;
    let mut planned = model.clone();
    planned.apply(&edits).unwrap();
    let mut report = check(&planned);
    rules::plan(&planned, day(), &mut report);
    let end = "2027-06-30".parse().unwrap();
    match report.findings.iter().find(|other| other.is_same(finding)) {
        None => return Err("planned, it changes something today".to_owned()),
        Some(still) if still.planned.as_ref().map(|planned| planned.by) != Some(end) => {
            return Err(format!("planned, the finding says {:?}", still.planned));
        }
        Some(_) => {}
    }
    let then = as_of(&planned, end);
    assert!(then.failed.is_empty(), "{:?}", then.failed);
    // What is said otherwise of the same records in the meantime stays said.
    let change = planned.changes.values().next_back().unwrap();
    for effect in &change.effects {
        let Effect::Alter { id, to, .. } = effect else { continue };
        let key = effect.key();
        let mut meanwhile = planned.clone();
        let mut record = planned.entry(&key).unwrap().record;
        let told = Place::from("description");
        if record.set(&told, &Said::Value("told later".to_owned())).is_err() || to.at(&told) != Some(Shown::NotAsked) {
            continue;
        }
        meanwhile.apply(&[Edit::Put { key: key.clone(), record }]).unwrap();
        let after = as_of(&meanwhile, end).model.entry(&key).unwrap().record;
        assert_eq!(after.at(&told), Some(Shown::Text("told later".to_owned())), "{id}");
    }
    let then = rules::check(&Context::new(&then.model, end));
    assert!(!then.findings.iter().any(|other| other.is_same(finding)), "there as of the end of its plan");
    assert_eq!(crate::model(&file::write(&planned)), planned, "planned it reads back as something else");
    Ok(())
}

#[test]
fn every_fix_silences_its_finding_and_breaks_nothing() {
    let mut exercised: BTreeMap<&str, usize> = BTreeMap::new();
    let mut failures = Vec::new();
    for (code, path) in cases() {
        let model = open(&path);
        let case = path.strip_prefix(project("tests/cases")).unwrap().display().to_string();
        for finding in check(&model).findings.iter().filter(|finding| finding.rule.code == code) {
            for (nth, fix) in fixes::fixes(&model, finding).iter().enumerate() {
                for proposals in [true, false] {
                    let answers = answers(&fix.asks, proposals);
                    let done = record(&model, finding, fix, &answers)
                        .and_then(|edits| if fix.on_roadmap { Ok(()) } else { plan(&model, finding, fix, &edits) });
                    if let Err(why) = done {
                        failures.push(format!("{case} {} {nth} “{}” {why}", fix.remedy, fix.title));
                    }
                }
                *exercised.entry(fix.remedy).or_default() += 1;
            }
        }
    }
    assert!(failures.is_empty(), "{} fixes do not do what they say:\n{}", failures.len(), failures.join("\n\n"));
    for remedy in REMEDIES {
        let known: Vec<&&str> = remedy.rules().iter().filter(|code| rules::find(code).is_some()).collect();
        let tried = exercised.contains_key(remedy.slug());
        assert!(tried || known.is_empty(), "{} is offered for no case of {known:?}", remedy.slug());
    }
}

/// The same in whole architectures, where one record has to do with many others.
#[test]
fn fixes_hold_in_whole_architectures() {
    let mut failures = Vec::new();
    for path in ["examples", "tests/cases/real"].iter().flat_map(|folder| files(&project(folder))) {
        let model = open(&path);
        let today = as_of(&model, day()).model;
        for finding in &check(&model).findings {
            for fix in fixes::fixes(&today, finding) {
                if let Err(why) = record(&model, finding, &fix, &answers(&fix.asks, true)) {
                    failures.push(format!("{} {} “{}” {why}", path.display(), fix.remedy, fix.title));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{} fixes do not do what they say:\n{}", failures.len(), failures.join("\n\n"));
}

/// What only a person knows is asked: without an answer nothing happens.
#[test]
fn nothing_is_invented() {
    for (code, path) in cases() {
        let model = open(&path);
        for finding in check(&model).findings.iter().filter(|finding| finding.rule.code == code) {
            for fix in fixes::fixes(&model, finding) {
                for ask in &fix.asks {
                    let known = matches!(ask.kind, AskKind::Duration | AskKind::Text) && !ask.proposal.is_empty();
                    assert!(!known, "{}: {} is proposed", path.display(), ask.name);
                    let mut answers = answers(&fix.asks, true);
                    answers.0.remove(ask.name);
                    assert_eq!(fix.edits(&model, &answers).is_ok(), ask.optional, "{}: {}", path.display(), ask.name);
                    answers.0.insert(ask.name, "no such thing, ever!".to_owned());
                    let free = matches!(ask.kind, AskKind::Text | AskKind::Name);
                    assert!(free || fix.edits(&model, &answers).is_err(), "{}: {}", path.display(), ask.name);
                }
            }
        }
    }
}

#[test]
fn remedies_have_names_of_their_own() {
    let slugs: BTreeSet<&str> = REMEDIES.iter().map(|remedy| remedy.slug()).collect();
    assert_eq!(slugs.len(), REMEDIES.len());
    for remedy in REMEDIES {
        assert!(!remedy.rules().is_empty());
        assert!(spandrel::model::Slug::new(remedy.slug()).is_ok());
    }
}

/// What each remedy makes of the shop, as people read it: the code of a rule, what the finding is about, and what it
/// lights up. Findings are made by hand, so that a remedy is tried for itself.
const SHOP: &[(&str, &str, &str, &[&str])] = &[
    ("name-owner", "OWN004", "system:shipping", &[]),
    ("classify", "CON015", "interaction:shipping-warehouse", &[]),
    ("command-to-owner", "OWN003", "store:orders-db", &["system:billing", "system:mail", "system:orders"]),
    ("query-of-owner", "OWN003", "store:orders-db", &["system:mail", "system:orders"]),
    ("event-fed-copy", "OWN003", "store:orders-db", &["system:mail", "system:shipping", "system:orders"]),
    ("pin-version", "VER002", "interaction:web-orders", &["contract:orders-api"]),
    ("version-contract", "VER001", "contract:billing-api", &[]),
    ("state-status", "CON010", "contract:orders-api", &[]),
    ("sunset", "VER005", "version:orders-api/v1", &[]),
    ("document-consumer", "CON007", "contract:orders-api", &["system:web"]),
    ("name-the-fact", "EVT001", "message:orders-events/CreateOrder", &["contract:orders-events"]),
    ("one-event", "CPL003", "interaction:orders-billing", &["interaction:orders-mail", "system:orders"]),
    ("insert-gateway", "PAT001", "interaction:web-orders", &["system:web", "system:orders"]),
    ("lead-through-adapter", "PAT003", "system:warehouse", &["interaction:shipping-warehouse"]),
    ("insert-adapter", "PAT003", "system:mainframe", &["interaction:orders-mainframe"]),
    ("insert-backbone", "PAT004", "interaction:orders-shipping", &["system:orders", "system:shipping"]),
    ("set-timeout", "RES001", "interaction:orders-mail", &["system:orders", "system:mail"]),
    ("isolate", "RES002", "interaction:web-orders", &["interaction:orders-billing", "interaction:orders-mail"]),
    ("dead-letter", "RES004", "interaction:orders-shipping", &[]),
    ("replay", "RES005", "message:orders-events/CreateOrder", &[]),
    ("outbox", "RES013", "operation:orders-api/PlaceOrder", &[]),
    ("watch", "RES006", "interaction:orders-bus", &["system:orders", "system:bus"]),
    ("reconcile", "RES016", "interaction:orders-mainframe", &[]),
    ("idempotency", "API001", "operation:orders-api/PlaceOrder", &[]),
    ("retire-adapter", "EVO001", "system:bridge", &[]),
    ("plan-retirement", "EVO003", "system:old-web", &[]),
    ("authenticate", "SEC002", "interaction:web-orders", &["system:web", "system:orders", "boundary:inner"]),
    ("state-requirements", "SEC001", "boundary:inner", &[]),
];

/// A finding by hand.
fn finding(code: &'static str, about: &str, lights: &[&str]) -> Finding {
    let meta = rules::Meta {
        code,
        slug: "by-hand",
        summary: "",
        why: "",
        example: "",
        remedy: "",
        severity: Severity::Warning,
        gap: None,
        principle: rules::Principle::Ownership,
        star: false,
    };
    let about: Subject = about.parse().unwrap();
    let mut subjects = vec![about.clone()];
    subjects.extend(lights.iter().map(|subject| subject.parse().unwrap()));
    Finding {
        rule: Box::leak(Box::new(meta)),
        severity: Severity::Warning,
        class: Class::Defect,
        about,
        subjects,
        message: Vec::new(),
        evidence: Vec::new(),
        waived: None,
        planned: None,
        as_of: day(),
    }
}

#[test]
fn previews_read_like_the_file() {
    let model = crate::open("tests/cases/fixes/shop.ron");
    let slugs: Vec<&str> = REMEDIES.iter().map(|remedy| remedy.slug()).collect();
    assert_eq!(SHOP.iter().map(|(slug, ..)| *slug).collect::<Vec<_>>(), slugs);
    for (slug, code, about, lights) in SHOP {
        let finding = finding(code, about, lights);
        let offers = fixes::fixes(&model, &finding);
        let mut told = String::new();
        for fix in offers.iter().filter(|fix| fix.remedy == *slug) {
            writeln!(told, "{}", fix.title).unwrap();
            let mut answers = Answers::default();
            for ask in &fix.asks {
                let known = |text: &str| text.replace("test-team", "sales").replace("test-system", "orders");
                answers.0.insert(ask.name, known(&answer(ask, true)));
                let optional = if ask.optional { " (optional)" } else { "" };
                let proposed = if ask.proposal.is_empty() { "is asked" } else { "proposed" };
                writeln!(told, "? {}{optional}: {}, {proposed}", ask.label, answers.0[ask.name]).unwrap();
            }
            let edits = fix.edits(&model, &answers).unwrap_or_else(|why| panic!("{slug} {}: {why}", fix.title));
            for line in preview(&model, &edits).unwrap() {
                writeln!(told, "{line}").unwrap();
            }
            told.push('\n');
        }
        assert!(!told.is_empty(), "{slug} offers nothing for {code} {about}");
        golden(&project("tests/cases/fixes").join(format!("{slug}.txt")), told.trim_end());
    }
}
