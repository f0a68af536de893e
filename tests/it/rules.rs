//! Every rule against its cases on disk: what breaks it, what repairs it, and near misses.

use std::{collections::BTreeSet, fmt::Write, fs, path::PathBuf};

use spandrel::{
    model::Model,
    rules::{self, Class, Context, Finding, RULES},
    timeline::stuck,
};

use crate::{day, golden, model, project};

fn cases(code: &str) -> Vec<PathBuf> {
    let folder = project("tests/cases/rules").join(code.to_lowercase());
    let entries = fs::read_dir(&folder).unwrap_or_else(|_| panic!("{code} has no cases"));
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "ron"));
    files.sort();
    files
}

/// What one rule says of a model.
fn told(model: &Model, findings: &[&Finding]) -> String {
    let mut out = String::new();
    for finding in findings {
        let subjects: Vec<String> = finding.subjects.iter().map(ToString::to_string).collect();
        let waived = if finding.waived.is_some() { " waived" } else { "" };
        let (severity, class) = (finding.severity.word(), finding.class.word());
        writeln!(out, "{} {severity} {class}{waived} {}", finding.rule.code, finding.about).unwrap();
        writeln!(out, "  {}", rules::prose(model, &finding.message)).unwrap();
        writeln!(out, "  lights {}", subjects.join(" ")).unwrap();
        for e in &finding.evidence {
            let source = e.source(model);
            let source = if source.is_empty() { String::new() } else { format!(" ({source})") };
            writeln!(out, "  because {} {} = {}{source}", e.key, e.fact, e.value).unwrap();
        }
    }
    out
}

#[test]
fn cases_are_as_they_say() {
    for rule in RULES.iter() {
        let code = rule.meta().code;
        let mut kinds = BTreeSet::new();
        for path in cases(code) {
            let model = model(&fs::read_to_string(&path).unwrap());
            let cx = Context::new(&model, day()).knowing(stuck(&model));
            let report = rules::check(&cx);
            let mine: Vec<_> = report.findings.iter().filter(|finding| finding.rule.code == code).collect();
            let name = path.file_stem().unwrap().to_str().unwrap();
            let kind = name.split('-').next().unwrap().to_owned();
            let found = told(&model, &mine);
            match kind.as_str() {
                "broken" => assert!(
                    mine.iter().any(|f| f.class == Class::Defect && f.waived.is_none()),
                    "{code} {name}\n{found}"
                ),
                "gap" => {
                    assert!(!mine.is_empty() && mine.iter().all(|f| f.class == Class::Gap), "{code} {name}\n{found}");
                }
                "repaired" | "near" => assert!(mine.is_empty(), "{code} {name}\n{found}"),
                "waived" => {
                    assert!(!mine.is_empty() && mine.iter().all(|f| f.waived.is_some()), "{code} {name}\n{found}");
                }
                other => panic!("{code}: a case is called {other}"),
            }
            golden(&path.with_extension("txt"), &found);
            kinds.insert(kind);
        }
        for kind in ["broken", "repaired", "near"] {
            assert!(kinds.contains(kind), "{code} has no {kind} case");
        }
        assert_eq!(rule.meta().gap.is_some(), kinds.contains("gap"), "{code}: a gap case");
    }
}

#[test]
fn the_catalogue_is_whole() {
    let codes: BTreeSet<_> = RULES.iter().map(|rule| rule.meta().code).collect();
    let slugs: BTreeSet<_> = RULES.iter().map(|rule| rule.meta().slug).collect();
    assert_eq!((codes.len(), slugs.len()), (RULES.len(), RULES.len()));
    assert_eq!(RULES.iter().filter(|rule| rule.meta().star).count(), 5);
    for rule in RULES.iter() {
        let meta = rule.meta();
        for text in [meta.summary, meta.why, meta.example, meta.remedy] {
            assert!(text.len() > 20, "{}", meta.code);
        }
        for name in [meta.code, meta.slug, &meta.code.to_lowercase()] {
            assert_eq!(rules::find(name).unwrap().meta().code, meta.code);
        }
    }
}

#[test]
fn every_file_of_the_catalogue_is_in_the_list() {
    let mut files = Vec::new();
    for family in fs::read_dir(project("src/rules/catalogue")).unwrap().map(|entry| entry.unwrap().path()) {
        if family.is_dir() {
            files.extend(fs::read_dir(family).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()));
        }
    }
    let code = |file: &String| {
        let name = file.strip_suffix(".rs")?.to_uppercase();
        let number = name.get(3..)?;
        (name.len() == 6 && number.bytes().all(|b| b.is_ascii_digit())).then_some(name.clone())
    };
    let there: BTreeSet<String> = files.iter().filter_map(code).collect();
    let listed: BTreeSet<String> = RULES.iter().map(|rule| rule.meta().code.to_owned()).collect();
    assert_eq!(there, listed);
    // The whole catalogue but for the three rules that read contract files.
    assert_eq!(listed.len(), 113 - 3);
    let order: Vec<&str> = RULES.iter().map(|rule| rule.meta().code).collect();
    for pair in order.windows(2).filter(|pair| pair[0][..3] == pair[1][..3]) {
        assert!(pair[0] < pair[1], "{pair:?}");
    }
}

#[test]
fn findings_are_sorted_and_counted() {
    let model = crate::open("examples/retail-legacy.ron");
    let cx = Context::new(&model, day());
    let report = rules::check(&cx);
    let order: Vec<_> =
        report.findings.iter().map(|f| (f.severity, std::cmp::Reverse(cx.weight(&f.about)), f.rule.code)).collect();
    assert!(order.windows(2).all(|pair| pair[0] <= pair[1]));
    let sum = report.summary;
    assert_eq!(sum.error + sum.warning + sum.info + sum.gap + sum.waived, report.findings.len());
    let identity: BTreeSet<_> = report.findings.iter().map(|f| (f.rule.code, f.about.clone())).collect();
    assert_eq!(identity.len(), report.findings.len());
}
