//! Every fix that is offered for every case on disk: it silences its finding, breaks nothing, and can be planned and
//! taken back.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use spandrel::{
    file,
    model::{Edit, Model, Subject, System, SystemKind, Team},
    rules::{
        self, Class, Context, Finding, RULES, Report, Severity,
        fixes::{self, Answers, Ask, AskKind, END, Fix, OWNER, REMEDIES},
    },
    timeline::as_of,
};

use crate::{day, model, project};

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

/// An answer to any question, where the proposal does not answer it.
fn answer(ask: &Ask, proposals: bool) -> String {
    if proposals && !ask.proposal.is_empty() {
        return ask.proposal.clone();
    }
    match &ask.kind {
        AskKind::Team => "test-team".to_owned(),
        AskKind::System => "test-system".to_owned(),
        AskKind::Date => "2027-05-31".to_owned(),
        AskKind::Duration => "1s".to_owned(),
        AskKind::Text => "as the team says".to_owned(),
        AskKind::Name => "TestThingNamed".to_owned(),
        AskKind::Choice(choices) => choices.last().unwrap().0.clone(),
    }
}

fn answers(asks: &[Ask], proposals: bool) -> Answers {
    Answers(asks.iter().map(|ask| (ask.name, answer(ask, proposals))).collect())
}

fn check(model: &Model) -> Report {
    let then = as_of(model, day());
    assert!(then.failed.is_empty(), "{:?}", then.failed);
    rules::check(&Context::new(&then.model, day()))
}

fn identity(finding: &Finding) -> Identity {
    (finding.rule.code, finding.about.clone())
}

fn errors(report: &Report) -> BTreeSet<Identity> {
    let counts = |f: &&Finding| f.class == Class::Defect && f.severity == Severity::Error && f.waived.is_none();
    report.findings.iter().filter(counts).map(identity).collect()
}

/// Records a fix: its finding is gone, no error is new, the file reads back, and undo restores the model.
fn record(name: &str, model: &Model, finding: &Finding, fix: &Fix, answers: &Answers) -> Vec<Edit> {
    let edits = fix.edits(model, answers).unwrap_or_else(|why| panic!("{name}: {why}"));
    let mut fixed = model.clone();
    let patch = fixed.apply(&edits).unwrap();
    assert!(!patch.is_empty(), "{name} changes nothing");
    let told = patch.changes.iter().map(|change| change.key.to_string()).collect::<Vec<_>>().join(" ");
    let after = check(&fixed);
    let left = after.findings.iter().find(|other| other.is_same(finding));
    assert!(
        left.is_none(),
        "{name} leaves {:?}\n{}",
        left.map(|left| rules::prose(&fixed, &left.message)),
        file::write(&fixed)
    );
    let new: Vec<_> = errors(&after).difference(&errors(&check(model))).cloned().collect();
    assert!(new.is_empty(), "{name} ({told}) makes {new:?}\n{}", file::write(&fixed));
    for key in fixed.keys() {
        let entry = fixed.entry(&key).unwrap();
        assert_eq!(fixed.dangling(&key, &entry.record), [], "{name}: {key}");
        if let Some(before) = model.entry(&key) {
            assert_eq!(before.comment, entry.comment, "{name}: the comment of {key}");
        }
    }
    assert_eq!(crate::model(&file::write(&fixed)), fixed, "{name} reads back as something else");
    fixed.replay(&patch.inverse());
    assert_eq!(fixed, *model, "{name} cannot be taken back");
    edits
}

/// Plans a fix: its finding stays, says until when, and is gone as of that day.
fn plan(name: &str, model: &Model, finding: &Finding, fix: &Fix, edits: &[Edit]) {
    let asks = fixes::planning(&fix.title);
    let mut answers = answers(&asks, true);
    answers.0.insert(END, "2027-06-30".to_owned());
    answers.0.insert(OWNER, "test-team".to_owned());
    let edits = fixes::planned(model, finding, edits, &answers).unwrap_or_else(|why| panic!("{name}: {why}"));
    let mut planned = model.clone();
    planned.apply(&edits).unwrap();
    let mut report = check(&planned);
    rules::plan(&planned, day(), &mut report);
    let still = report.findings.iter().find(|other| other.is_same(finding));
    let by = still.unwrap_or_else(|| panic!("{name}: a plan changes nothing today")).planned.clone();
    let end = "2027-06-30".parse().unwrap();
    assert_eq!(by.map(|planned| planned.by), Some(end), "{name} is not planned");
    let then = as_of(&planned, end);
    assert!(then.failed.is_empty(), "{name}: {:?}", then.failed);
    let then = rules::check(&Context::new(&then.model, end));
    assert!(!then.findings.iter().any(|other| other.is_same(finding)), "{name} is there as of its end");
    assert_eq!(crate::model(&file::write(&planned)), planned, "{name} planned reads back as something else");
}

#[test]
fn every_fix_silences_its_finding_and_breaks_nothing() {
    let mut exercised: BTreeMap<&str, usize> = BTreeMap::new();
    for (code, path) in cases() {
        let model = open(&path);
        let case = path.strip_prefix(project("tests/cases")).unwrap().display().to_string();
        for finding in check(&model).findings.iter().filter(|finding| finding.rule.code == code) {
            for (nth, fix) in fixes::fixes(&model, finding).iter().enumerate() {
                for proposals in [true, false] {
                    let name = format!("{case} {} {} ({} {nth})", finding.about, fix.title, fix.remedy);
                    let answers = answers(&fix.asks, proposals);
                    let edits = record(&name, &model, finding, fix, &answers);
                    if !fix.on_roadmap {
                        plan(&name, &model, finding, fix, &edits);
                    }
                }
                *exercised.entry(fix.remedy).or_default() += 1;
            }
        }
    }
    for remedy in REMEDIES {
        let known: Vec<&&str> = remedy.rules().iter().filter(|code| rules::find(code).is_some()).collect();
        let tried = exercised.contains_key(remedy.slug());
        assert!(tried || known.is_empty(), "{} is offered for no case of {known:?}", remedy.slug());
    }
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
