//! The examples: each reads, is formatted, and shows what it is there to show.

use std::collections::BTreeSet;

use spandrel::{
    file::write,
    rules::{self, Class, Context},
    timeline::as_of,
};

use crate::{day, open, project};

const EXAMPLES: [&str; 3] = ["examples/astronomy-shop.ron", "examples/retail-legacy.ron", "examples/retail-target.ron"];

#[test]
fn examples_are_as_the_program_writes_them() {
    for path in EXAMPLES {
        let text = std::fs::read_to_string(project(path)).unwrap();
        assert_eq!(write(&crate::model(&text)), text, "{path}");
    }
}

#[test]
fn samples_are_files_of_the_project_and_clean_where_they_should_be() {
    use spandrel::workbench::{EXAMPLES as SAMPLES, TEMPLATES, sample};
    for template in TEMPLATES {
        let model = crate::model(template.text);
        assert_eq!(write(&model), template.text, "{}", template.slug);
        let report = rules::check(&Context::new(&model, day()));
        assert_eq!(report.findings.len(), 0, "{}", template.slug);
    }
    let texts = SAMPLES.iter().map(|sample| (format!("examples/{}.ron", sample.slug), sample.text));
    for ((path, text), known) in texts.zip(EXAMPLES) {
        assert_eq!(path, known);
        assert_eq!(text, std::fs::read_to_string(project(&path)).unwrap());
    }
    assert!(sample(TEMPLATES, "blank").is_some() && sample(TEMPLATES, "blanc").is_none());
}

#[test]
fn the_repaired_retailer_is_governed_and_clean_all_the_way() {
    let model = open("examples/retail-target.ron");
    assert_eq!(model.about.stage.known(), Some(&spandrel::model::Stage::Governed));
    for date in ["2026-11-22", "2027-06-30", "2027-12-31", "2028-12-31"] {
        let date = date.parse().unwrap();
        let then = as_of(&model, date);
        assert!(then.failed.is_empty(), "{:?}", then.failed);
        let report = rules::check(&Context::new(&then.model, date));
        let left: Vec<_> = report.findings.iter().filter(|finding| finding.waived.is_none()).collect();
        assert!(left.is_empty(), "{date}: {left:#?}");
    }
}

#[test]
fn the_retailer_shows_the_five_and_multiple_writers() {
    let model = open("examples/retail-legacy.ron");
    let cx = Context::new(&model, day());
    let report = rules::check(&cx);
    let defects: BTreeSet<String> = report
        .findings
        .iter()
        .filter(|f| f.class == Class::Defect && f.waived.is_none())
        .map(|f| format!("{} {}", f.rule.code, f.about))
        .collect();
    let wanted = [
        "CON001 interaction:loyalty-dw-extract",
        "CON008 interaction:kafka-loyalty-order",
        "EVO001 system:erp-adapter",
        "EVO004 system:erp",
        "OWN002 entity:customer",
        "OWN002 entity:order",
        "OWN003 store:orders-db",
        "OWN004 system:batch-hub",
        "PAT003 system:erp",
        "RES001 interaction:erp-adapter-conditions",
        "RES002 interaction:orders-pricing",
        "RES006 interaction:batch-hub-store-stock",
        "RES009 interaction:gateway-get-price",
        "RES015 message:catalogue-events/ProductChanged",
        "VER001 contract:pricing-api",
    ];
    assert_eq!(defects, wanted.map(str::to_owned).into());
    assert!(model.systems.len() >= 20);
}

#[test]
fn the_astronomy_shop_has_its_topic_and_who_listens() {
    let model = open("examples/astronomy-shop.ron");
    let topology = spandrel::topology::Topology::new(&model);
    let message = "orders-topic/OrderResult".parse().unwrap();
    let names = |ids: BTreeSet<&spandrel::model::Id<_>>| ids.into_iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(names(topology.publishers(&message)), ["checkout"]);
    assert_eq!(names(topology.consumers(&message)), ["accounting", "fraud-detection"]);
}

#[test]
fn the_roadmap_takes_effect() {
    let model = open("examples/retail-legacy.ron");
    let later = as_of(&model, "2028-12-31".parse().unwrap());
    assert!(later.failed.is_empty(), "{:?}", later.failed);
    let erp = "erp".parse().unwrap();
    assert!(model.systems.contains_key(&erp) && !later.model.systems.contains_key(&erp));
}

/// The first block of the README in a language.
fn block<'a>(readme: &'a str, language: &str, holding: &str) -> &'a str {
    let fence = format!("```{language}\n");
    let blocks = readme.split(&fence).skip(1).filter_map(|part| part.split("```").next());
    blocks.into_iter().find(|block| block.contains(holding)).unwrap()
}

#[test]
fn the_readme_tells_the_truth() {
    let readme = std::fs::read_to_string(project("README.md")).unwrap();
    let example = block(&readme, "ron", "orders-db");
    assert_eq!(write(&crate::model(example)), example);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.ron");
    std::fs::write(&path, example).unwrap();
    let told = crate::commands::run(&["check", path.to_str().unwrap(), "--as-of", "2026-11-22"]);
    assert!(told.out.contains(block(&readme, "text", "versionless-api").trim_end()), "{}", told.out);
    let wrong = example.replace("            to: \"orders\"", "            to: \"ordrs\"");
    std::fs::write(&path, &wrong).unwrap();
    let told = crate::commands::run(&["check", path.to_str().unwrap()]);
    let shown = block(&readme, "text", "did you mean").replace("shop.ron", path.to_str().unwrap());
    assert!(told.err.contains(shown.trim_end()), "{}", told.err);
    for (command, _) in
        block(&readme, "text", "the window").lines().filter_map(|line| line.strip_prefix("spandrel ")?.split_once(' '))
    {
        assert!(
            command.starts_with('[') || crate::commands::run(&[command, "--help"]).out.contains(command),
            "{command}"
        );
    }
}
