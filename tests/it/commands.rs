//! The command line, as a shell sees it.

use std::{ffi::OsString, fs, path::Path};

use serde_json::Value;
use spandrel::cli::{self, Exit, Request, Streams};

use crate::project;

pub struct Done {
    pub exit: Exit,
    pub out: String,
    pub err: String,
}

pub fn run(arguments: &[&str]) -> Done {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let all = std::iter::once("spandrel").chain(arguments.iter().copied()).map(OsString::from);
    let request = cli::run(all, &mut Streams { out: &mut out, err: &mut err });
    let Request::Done(exit) = request else { panic!("a window was asked for") };
    Done { exit, out: String::from_utf8(out).unwrap(), err: String::from_utf8(err).unwrap() }
}

fn retail() -> String {
    project("examples/retail-legacy.ron").display().to_string()
}

fn scratch(folder: &Path, name: &str) -> String {
    folder.join(name).display().to_string()
}

#[test]
fn check_speaks_json() {
    let done = run(&["check", &retail(), "--as-of", "2026-11-22", "--format", "json"]);
    assert_eq!(done.exit, Exit::Findings);
    let report: Value = serde_json::from_str(&done.out).unwrap();
    let keys: Vec<&String> = report.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["as_of", "findings", "model", "scorecard", "stage", "summary"]);
    assert_eq!((report["stage"].as_str(), report["as_of"].as_str()), (Some("design"), Some("2026-11-22")));
    let finding = &report["findings"][0];
    for key in [
        "code",
        "slug",
        "severity",
        "class",
        "principle",
        "about",
        "subjects",
        "message",
        "evidence",
        "fixes",
        "waived",
        "planned",
    ] {
        assert!(finding.get(key).is_some(), "{key}");
    }
    assert_eq!(finding["severity"], "error");
    assert!(finding["evidence"][0]["key"]["kind"].is_string());
    let waived: Vec<&Value> =
        report["findings"].as_array().unwrap().iter().filter(|f| !f["waived"].is_null()).collect();
    assert_eq!(waived.len(), 1);
    assert!(waived[0]["waived"]["expires"].is_string());
}

#[test]
fn the_threshold_decides_the_exit_code() {
    let at = |level: &str| run(&["check", &retail(), "--as-of", "2026-11-22", "--fail-on", level]).exit;
    assert_eq!(
        [at("error"), at("warning"), at("info"), at("never")],
        [Exit::Findings, Exit::Findings, Exit::Findings, Exit::Clean]
    );
    let clean = project("tests/cases/rules/own001/repaired.ron").display().to_string();
    assert_eq!(run(&["check", &clean, "--as-of", "2026-11-22", "--fail-on", "info"]).exit, Exit::Clean);
}

#[test]
fn unusable_input_is_told_in_both_formats() {
    let bad = project("tests/cases/file/bad/dangling.ron").display().to_string();
    let text = run(&["check", &bad, "--as-of", "2026-11-22"]);
    assert_eq!(text.exit, Exit::Unusable);
    assert!(text.err.contains("unknown system \"ordrs\", did you mean \"orders\"?"), "{}", text.err);
    let json = run(&["check", &bad, "--format", "json"]);
    assert_eq!(json.exit, Exit::Unusable);
    let report: Value = serde_json::from_str(&json.out).unwrap();
    let problem = report["problems"].as_array().unwrap().iter().find(|p| p["suggestion"] == "orders").unwrap();
    assert!(problem["line"].as_u64().unwrap() > 1 && problem["column"].as_u64().unwrap() > 1);
    for command in [vec!["export", &bad, "--to", "x.pdf"], vec!["layout", &bad, "--format", "json"], vec!["fmt", &bad]]
    {
        assert_eq!(run(&command).exit, Exit::Unusable);
    }
    assert_eq!(run(&["check", "no/such.ron"]).exit, Exit::Unusable);
    assert_eq!(run(&["check", "--nonsense"]).exit, Exit::Unusable);
    assert_eq!(run(&["check", &bad, "--as-of", "tomorrow"]).exit, Exit::Unusable);
}

#[test]
fn every_format_is_exported_and_is_the_same_twice() {
    let folder = tempfile::tempdir().unwrap();
    let all = [("pdf", None), ("svg", None), ("md", None), ("html", None)];
    let roadmap = ["pdf", "md", "html"].map(|ending| (ending, Some("roadmap")));
    for (ending, document) in all.into_iter().chain(roadmap) {
        let name = document.unwrap_or("blueprint");
        // Figures lie in a folder that has the document's name: the same in two places.
        let files = ["one", "two"].map(|place| {
            fs::create_dir_all(folder.path().join(place)).unwrap();
            let to = scratch(&folder.path().join(place), &format!("{name}.{ending}"));
            let mut arguments = vec!["export", "MODEL", "--to", &to, "--as-of", "2026-11-22"];
            let model = retail();
            arguments[1] = &model;
            arguments.extend(document.into_iter().flat_map(|document| ["--document", document]));
            let done = run(&arguments);
            assert_eq!((done.exit, done.err.as_str()), (Exit::Clean, ""));
            fs::read(&to).unwrap()
        });
        assert!(files[0] == files[1], "{name}.{ending} differs between two exports");
        if ending != "pdf" {
            let text = String::from_utf8(files[0].clone()).unwrap();
            for name in ["ERP adapter", "Warehouse system"] {
                assert!(text.contains(name), "{name} is not in the {ending}");
            }
        }
    }
    assert_eq!(run(&["export", &retail(), "--to", &scratch(folder.path(), "x.docx")]).exit, Exit::Unusable);
    let svg = run(&["export", &retail(), "--document", "roadmap", "--to", &scratch(folder.path(), "x.svg")]);
    assert!(svg.exit == Exit::Unusable && svg.err.contains("a document is written as .pdf"), "{}", svg.err);
    let mut left: Vec<_> = fs::read_dir(folder.path().join("one")).unwrap().map(|e| e.unwrap().file_name()).collect();
    left.sort();
    let wanted = ["blueprint-figures", "blueprint.html", "blueprint.md", "blueprint.pdf", "blueprint.svg"];
    let more = ["roadmap-figures", "roadmap.html", "roadmap.md", "roadmap.pdf"];
    assert_eq!(left, wanted.into_iter().chain(more).collect::<Vec<_>>(), "nothing else is left behind");
    let drawing = folder.path().join("one/roadmap-figures/01-changes-what-they-wait-for-and-plateaus.svg");
    assert!(fs::read_to_string(drawing).unwrap().starts_with("<svg"));
}

#[test]
fn papers_differ() {
    let folder = tempfile::tempdir().unwrap();
    for (paper, box_of) in [("a4", "595.28"), ("letter", "612"), ("a3", "841.89")] {
        let to = scratch(folder.path(), &format!("{paper}.pdf"));
        assert_eq!(
            run(&["export", &retail(), "--to", &to, "--paper", paper, "--as-of", "2026-11-22"]).exit,
            Exit::Clean
        );
        let pdf = lopdf::Document::load(&to).unwrap();
        let first = *pdf.get_pages().values().next().unwrap();
        let media = format!("{:?}", pdf.get_dictionary(first).unwrap().get(b"MediaBox").unwrap());
        assert!(media.contains(box_of), "{paper}: {media}");
    }
}

#[test]
fn layout_is_told_in_whole_numbers() {
    let done =
        run(&["layout", &retail(), "--format", "json", "--metrics", "--group", "boundary", "--as-of", "2026-11-22"]);
    assert_eq!(done.exit, Exit::Clean);
    let layout: Value = serde_json::from_str(&done.out).unwrap();
    let area = layout["nodes"]["system:orders"].as_array().unwrap();
    assert!(area.len() == 4 && area.iter().all(Value::is_i64));
    assert!(layout["groups"].as_object().unwrap().keys().all(|key| key.starts_with("boundary:")));
    let edge = layout["edges"].as_object().unwrap().values().next().unwrap();
    assert!(edge["paths"][0][0][0].is_i64() && edge["members"][0].is_string());
    let metrics = layout["metrics"].as_object().unwrap();
    assert!(metrics.len() == 20 && metrics.values().all(Value::is_number));
    for none in ["node_overlaps", "edge_node_overlaps"] {
        assert_eq!(metrics[none], 0, "{none}");
    }
    assert_eq!(
        metrics["area"].as_i64(),
        Some(metrics["width"].as_i64().unwrap() * metrics["height"].as_i64().unwrap())
    );
    let branches = edge["branches"].as_array().unwrap();
    assert_eq!(branches.len(), edge["paths"].as_array().unwrap().len());
    let domain = "domain:finance".to_owned();
    let folded = run(&["layout", &retail(), "--format", "json", "--as-of", "2026-11-22", "--collapse", &domain]);
    let folded: Value = serde_json::from_str(&folded.out).unwrap();
    assert!(folded["nodes"][&domain].is_array() && folded["groups"].get(&domain).is_none());
    let unknown = run(&["layout", &retail(), "--format", "json", "--open", "domain:nowhere"]);
    assert_eq!(unknown.exit, Exit::Unusable);
    let again = run(&["layout", &retail(), "--format", "json", "--as-of", "2026-11-22"]);
    assert!(serde_json::from_str::<Value>(&again.out).unwrap().get("metrics").is_none());
}

#[test]
fn fmt_and_new() {
    let folder = tempfile::tempdir().unwrap();
    let shop = scratch(folder.path(), "web-shop.ron");
    assert_eq!(run(&["new", &shop]).exit, Exit::Clean);
    assert_eq!(run(&["new", &shop]).exit, Exit::Unusable);
    let shape = scratch(folder.path(), "shape.ron");
    assert_eq!(run(&["new", &shape, "--template", "gateway-and-backbone"]).exit, Exit::Clean);
    assert!(fs::read_to_string(&shape).unwrap().contains("\"gateway\": ("));
    let wrong = run(&["new", &scratch(folder.path(), "no.ron"), "--template", "gateway"]);
    assert_eq!(wrong.exit, Exit::Unusable);
    assert!(wrong.err.contains("gateway-and-backbone"), "{}", wrong.err);
    assert!(fs::read_to_string(&shop).unwrap().contains("name: \"web-shop\""));
    assert_eq!(run(&["fmt", &shop, "--check"]).exit, Exit::Clean);
    assert_eq!(run(&["check", &shop, "--as-of", "2026-11-22"]).exit, Exit::Clean);
    fs::write(&shop, "(model:(format:1,name:\"Shop\"))").unwrap();
    assert_eq!(run(&["fmt", &shop, "--check"]).exit, Exit::Findings);
    assert_eq!(fs::read_to_string(&shop).unwrap(), "(model:(format:1,name:\"Shop\"))");
    assert_eq!(run(&["fmt", &shop]).exit, Exit::Clean);
    assert_eq!(fs::read_to_string(&shop).unwrap(), "(\n    model: (format: 1, name: \"Shop\"),\n)\n");
}

#[test]
fn sarif_has_places_identities_and_suppressions() {
    let done = run(&["check", &retail(), "--as-of", "2026-11-22", "--format", "sarif"]);
    assert_eq!(done.exit, Exit::Findings);
    let log: Value = serde_json::from_str(&done.out).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let sarif = &log["runs"][0];
    assert_eq!(sarif["columnKind"], "unicodeCodePoints");
    assert_eq!(sarif["tool"]["driver"]["rules"].as_array().unwrap().len(), spandrel::rules::RULES.len());
    let results = sarif["results"].as_array().unwrap();
    let text = fs::read_to_string(retail()).unwrap();
    let shared = results.iter().find(|r| r["ruleId"] == "OWN003").unwrap();
    assert_eq!(shared["partialFingerprints"]["spandrelFinding/v1"], "OWN003 store:orders-db");
    let place = &shared["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "examples/retail-legacy.ron");
    let line = text.lines().nth(place["region"]["startLine"].as_u64().unwrap() as usize - 1).unwrap();
    let column = place["region"]["startColumn"].as_u64().unwrap() as usize;
    assert!(line.chars().skip(column - 1).collect::<String>().starts_with("\"orders-db\": ("), "{line}");
    let related: Vec<&str> =
        shared["relatedLocations"].as_array().unwrap().iter().filter_map(|r| r["message"]["text"].as_str()).collect();
    assert!(related.contains(&"Billing") && related.contains(&"Orders"), "{related:?}");
    let index = shared["ruleIndex"].as_u64().unwrap() as usize;
    assert_eq!(sarif["tool"]["driver"]["rules"][index]["id"], "OWN003");
    assert_eq!(results.iter().filter(|r| r.get("suppressions").is_some()).count(), 1);
    for result in results {
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
        assert!(result["locations"][0]["physicalLocation"]["region"]["startLine"].as_u64().unwrap() > 0);
    }
    // A clean model has a list of results, and it is empty; a bad file says where it is bad.
    let folder = tempfile::tempdir().unwrap();
    let blank = scratch(folder.path(), "blank.ron");
    run(&["new", &blank]);
    let log: Value = serde_json::from_str(&run(&["check", &blank, "--format", "sarif"]).out).unwrap();
    assert_eq!(log["runs"][0]["results"], serde_json::json!([]));
    fs::write(&blank, "(model: (format: 1, nam: \"Shop\"))").unwrap();
    let done = run(&["check", &blank, "--format", "sarif"]);
    assert_eq!(done.exit, Exit::Unusable);
    let log: Value = serde_json::from_str(&done.out).unwrap();
    let invocation = &log["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    let region =
        &invocation["toolConfigurationNotifications"][0]["locations"][0]["physicalLocation"]["region"]["startColumn"];
    assert!(region.as_u64().unwrap() > 1);
}

#[test]
fn a_baseline_leaves_what_is_new() {
    let folder = tempfile::tempdir().unwrap();
    let known = scratch(folder.path(), "known");
    let changed = scratch(folder.path(), "changed.ron");
    let text = fs::read_to_string(retail()).unwrap();
    for format in ["json", "sarif"] {
        let first = run(&["check", &retail(), "--as-of", "2026-11-22", "--format", format]);
        fs::write(&known, &first.out).unwrap();
        let again = run(&["check", &retail(), "--as-of", "2026-11-22", "--baseline", &known]);
        assert_eq!(again.exit, Exit::Clean, "{}", again.out);
        assert!(again.out.contains("0 errors, 0 warnings"), "{}", again.out);
        // A new temporary adapter is all that is told.
        let adapter = "    systems: {\n        \"aa\": (name: \"Aa\", kind: Adapter, owner: \"finance-it\", \
                       permanence: Temporary, lifecycle: (retires_on: None)),\n";
        fs::write(&changed, text.replacen("    systems: {\n", adapter, 1)).unwrap();
        let new = run(&["check", &changed, "--as-of", "2026-11-22", "--baseline", &known, "--fail-on", "error"]);
        assert_eq!(new.exit, Exit::Findings, "{} {}", new.out, new.err);
        assert!(new.out.contains("[system:aa]") && !new.out.contains("OWN003"), "{}", new.out);
    }
    for (bad, said) in [("{", "not JSON"), ("{}", "neither")] {
        fs::write(&known, bad).unwrap();
        let done = run(&["check", &retail(), "--baseline", &known]);
        assert!(done.exit == Exit::Unusable && done.err.contains(said), "{}", done.err);
    }
    assert_eq!(run(&["check", &retail(), "--baseline", "no-such-file"]).exit, Exit::Unusable);
}

#[test]
fn questions_and_scorecard_are_told() {
    let asked = run(&["check", &retail(), "--as-of", "2026-11-22", "--questions", "--stage", "governed"]);
    assert!(asked.out.contains("\nFinance IT\n  - ") || asked.out.contains("\nData team\n  - "), "{}", asked.out);
    let fewer = run(&["check", &retail(), "--as-of", "2026-11-22", "--questions"]);
    assert!(fewer.out.lines().count() < asked.out.lines().count());
    let told = run(&["check", &retail(), "--as-of", "2026-11-22", "--scorecard", "--evidence"]);
    for words in ["Scorecard", "Ownership before connectivity", "API as a product", "orders-db: owner orders"] {
        assert!(told.out.contains(words), "{words}: {}", told.out);
    }
    let json: Value =
        serde_json::from_str(&run(&["check", &retail(), "--as-of", "2026-11-22", "--format", "json"]).out).unwrap();
    let ownership = &json["scorecard"]["principles"]["ownership before connectivity"];
    // The same truth: what is not met is what was found.
    let found = json["findings"].as_array().unwrap().iter();
    let found = found.filter(|f| f["principle"] == "ownership before connectivity" && f["class"] == "defect").count();
    assert_eq!(ownership["not met"].as_u64().unwrap() as usize, found);
}

#[test]
fn the_page_of_rules_is_fresh() {
    let page = run(&["explain", "--markdown"]).out;
    crate::golden(&project("docs/rules.md"), &page);
}

#[test]
fn explain_knows_every_rule() {
    let list = run(&["explain"]);
    assert_eq!(list.out.lines().count(), spandrel::rules::RULES.len());
    for rule in spandrel::rules::RULES.iter() {
        let meta = rule.meta();
        let told = run(&["explain", meta.slug]).out;
        assert!(told.contains(meta.code) && told.contains(meta.remedy) && list.out.contains(meta.slug));
    }
    let wrong = run(&["explain", "OWN03"]);
    assert!(wrong.exit == Exit::Unusable && wrong.err.contains("did you mean \"OWN003\""), "{}", wrong.err);
}

#[test]
fn without_a_display_it_checks_and_says_so() {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let path = project("examples/retail-legacy.ron");
    let exit = cli::without_display(Some(&path), "no DISPLAY", &mut Streams { out: &mut out, err: &mut err });
    assert_eq!(exit, Exit::NoDisplay);
    assert!(String::from_utf8(err).unwrap().contains("no display"));
    assert!(String::from_utf8(out).unwrap().contains("OWN003 shared-database"));
}

#[test]
fn help_shows_examples() {
    let done = run(&["--help"]);
    assert_eq!(done.exit, Exit::Clean);
    assert!(done.out.contains("spandrel check shop.ron") && done.out.contains("Exit codes"));
}

#[test]
fn fixes_are_listed_shown_written_and_planned() {
    let folder = tempfile::tempdir().unwrap();
    let file = scratch(folder.path(), "case.ron");
    fs::copy(project("tests/cases/rules/res001/broken-own-none.ron"), &file).unwrap();
    let before = fs::read_to_string(&file).unwrap();
    let fix = |more: &[&str]| {
        let mut all = vec!["fix", &file, "no-timeout", "interaction:web-orders", "--as-of", "2026-11-22"];
        all.extend(more);
        run(&all)
    };
    let listed = fix(&[]);
    assert_eq!((listed.exit, listed.err.as_str()), (Exit::Clean, ""));
    for text in ["Web → Orders (PlaceOrder) has no timeout", "--remedy set-timeout\n", "--remedy set-timeout/2\n"] {
        assert!(listed.out.contains(text), "{}", listed.out);
    }
    let open = fix(&["--remedy", "set-timeout"]);
    assert_eq!(open.exit, Exit::Unusable);
    assert!(open.err.contains("timeout was not answered") && open.err.contains("duration"), "{}", open.err);
    for unfit in [
        &["--remedy", "set-timeout", "--answer", "timeout=soon"][..],
        &["--remedy", "set-timeout", "--answer", "owner=team"],
        &["--remedy", "set-timeout", "--answer", "timeout"],
        &["--remedy", "set-timeout/3"],
        &["--remedy", "wish"],
    ] {
        assert_eq!(fix(unfit).exit, Exit::Unusable, "{unfit:?}");
    }
    let shown = fix(&["--remedy", "set-timeout/2"]);
    assert_eq!((shown.exit, shown.err.as_str()), (Exit::Clean, ""));
    assert!(shown.out.contains("\n  - resilience: (timeout: None)\n"), "{}", shown.out);
    assert_eq!(fs::read_to_string(&file).unwrap(), before);

    let planned = fix(&["--remedy", "set-timeout/2", "--plan", "--answer", "end=2027-06-30", "--write"]);
    assert_eq!((planned.exit, planned.err.as_str()), (Exit::Clean, ""));
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains("end: \"2027-06-30\"") && text.starts_with("// An own none"), "{text}");
    let written = fix(&["--remedy", "set-timeout", "--answer", "timeout=800ms", "--write"]);
    assert_eq!((written.exit, written.err.as_str()), (Exit::Clean, ""));
    assert!(fs::read_to_string(&file).unwrap().contains("timeout: \"800ms\""));
    let gone = fix(&[]);
    assert_eq!(gone.exit, Exit::Unusable);
    assert!(gone.err.contains("RES001 has no finding about interaction:web-orders"), "{}", gone.err);
    assert_eq!(run(&["fix", &file, "XYZ001", "system:web"]).exit, Exit::Unusable);
    assert_eq!(run(&["fix", &file, "RES001", "web"]).exit, Exit::Unusable);
}

#[test]
fn check_tells_programs_what_can_be_done() {
    let case = project("tests/cases/rules/own003/broken-reader.ron").display().to_string();
    let done = run(&["check", &case, "--as-of", "2026-11-22", "--format", "json"]);
    let report: Value = serde_json::from_str(&done.out).unwrap();
    let fixes = report["findings"].as_array().unwrap().iter().find(|f| f["code"] == "OWN003").unwrap()["fixes"].clone();
    let remedies: Vec<&str> = fixes.as_array().unwrap().iter().map(|fix| fix["remedy"].as_str().unwrap()).collect();
    assert_eq!(remedies, ["query-of-owner", "event-fed-copy"]);
    assert_eq!(fixes[0]["title"], "Give Web a query of Orders");
    let ask = &fixes[0]["asks"][0];
    assert_eq!((&ask["name"], &ask["optional"], &ask["proposal"]), (&"query".into(), &false.into(), &"".into()));
}

fn shell(arguments: &[&str], input: &str, out: std::process::Stdio) -> std::process::Output {
    use std::{io::Write, process::Stdio};
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_spandrel"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(out)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn a_model_can_come_from_standard_input() {
    let text = fs::read_to_string(retail()).unwrap();
    let from_file = run(&["check", &retail(), "--as-of", "2026-11-22"]);
    let piped = shell(&["check", "-", "--as-of", "2026-11-22"], &text, std::process::Stdio::piped());
    assert_eq!(piped.status.code(), Some(from_file.exit as i32));
    assert_eq!(String::from_utf8(piped.stdout).unwrap(), from_file.out.replace(&retail(), "-"));
    let printed = shell(&["fmt", "-"], &text.replace("\n    ", "\n  "), std::process::Stdio::piped());
    assert_eq!(String::from_utf8(printed.stdout).unwrap(), text);
    let bad = shell(&["check", "-"], "(model: )", std::process::Stdio::piped());
    assert_eq!(bad.status.code(), Some(2));
    assert!(String::from_utf8(bad.stderr).unwrap().starts_with("standard input:1:"));
    let written = shell(&["edit", "-", "Zebra"], &text, std::process::Stdio::piped());
    assert_eq!(written.status.code(), Some(2));
    assert!(!Path::new("-").exists());
}

#[test]
fn results_that_cannot_be_written_are_no_results() {
    let full = Path::new("/dev/full");
    if !full.exists() {
        return;
    }
    for command in [&["check", &retail(), "--fail-on", "never", "--format", "json"][..], &["explain"], &["--help"]] {
        let full = fs::OpenOptions::new().write(true).open(full).unwrap();
        let done = shell(command, "", full.into());
        assert_eq!(done.status.code(), Some(2), "{command:?}");
        let told = String::from_utf8(done.stderr).unwrap();
        assert!(told.contains("the results cannot be written: "), "{told}");
    }
    // Who hangs up has read enough.
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let done = shell(&["explain"], "", writer.into());
    assert_eq!((done.status.code(), done.stderr), (Some(0), Vec::new()));
}

#[test]
fn a_baseline_knows_who_was_concerned() {
    let folder = tempfile::tempdir().unwrap();
    let (shop, known) = (scratch(folder.path(), "shop.ron"), scratch(folder.path(), "known"));
    fs::copy(retail(), &shop).unwrap();
    let found = |format: &str| {
        fs::copy(retail(), &shop).unwrap();
        fs::write(&known, run(&["check", &shop, "--as-of", "2026-11-22", "--format", format]).out).unwrap();
        assert_eq!(run(&["edit", &shop, "Pricing writes orders-db"]).exit, Exit::Clean);
        run(&["check", &shop, "--as-of", "2026-11-22", "--baseline", &known])
    };
    for format in ["json", "sarif"] {
        let new = found(format);
        assert_eq!(new.exit, Exit::Findings);
        assert!(new.out.contains("Pricing") && new.out.contains("OWN003"), "{}", new.out);
    }
}

#[test]
fn a_fix_of_a_later_day_is_planned_and_not_recorded() {
    let folder = tempfile::tempdir().unwrap();
    let shop = scratch(folder.path(), "shop.ron");
    fs::copy(retail(), &shop).unwrap();
    let fix = ["fix", &shop, "CON007", "contract:erp-adapter-api", "--as-of", "2098-03-30"];
    let done = run(&[&fix[..], &["--write"]].concat());
    assert_eq!(done.exit, Exit::Unusable, "{}", done.out);
    assert!(done.err.contains("plan it for that day"), "{}", done.err);
    assert_eq!(fs::read(&shop).unwrap(), fs::read(retail()).unwrap());
}

#[test]
fn an_edit_that_a_change_cannot_live_with_says_so() {
    let done = run(&["edit", &retail(), "remove Billing", "--dry-run"]);
    assert!(done.err.contains("can no longer take effect"), "{}{}", done.out, done.err);
}
