//! What an earlier run found.

use std::{collections::BTreeMap, path::Path};

use serde_json::Value;

use super::sarif::FINGERPRINT;
use crate::{
    file,
    rules::{Class, Finding},
};

/// The findings of an earlier run: by rule and element, and whether something was known to be wrong.
pub(super) struct Baseline(BTreeMap<String, Option<bool>>);

impl Baseline {
    /// Reads what `check --format json` or `--format sarif` wrote.
    pub(super) fn load(path: &Path) -> Result<Self, String> {
        let name = path.display().to_string();
        let text = file::load(path).map_err(|problem| problem.report(&name))?;
        let value: Value = serde_json::from_str(&text)
            .map_err(|error| format!("{name}:{}:{}: this is not JSON: {error}", error.line(), error.column().max(1)))?;
        let known = of_json(&value).or_else(|| of_sarif(&value));
        known.map(Self).ok_or_else(|| {
            format!("{name}: this is neither what `check --format json` writes nor what `check --format sarif` writes")
        })
    }

    /// Whether an earlier run found the same. What was only not asked then and is known to be wrong now is new.
    pub(super) fn knows(&self, finding: &Finding) -> bool {
        match self.0.get(&identity(finding)) {
            None => false,
            Some(Some(false)) => finding.class == Class::Gap,
            Some(_) => true,
        }
    }
}

/// What makes a finding the same from one run to the next.
pub(super) fn identity(finding: &Finding) -> String {
    format!("{} {}", finding.rule.code, finding.about)
}

fn of_json(value: &Value) -> Option<BTreeMap<String, Option<bool>>> {
    let entry = |finding: &Value| {
        let about = &finding["about"];
        let identity = format!("{} {}:{}", finding["code"].as_str()?, about["kind"].as_str()?, about["id"].as_str()?);
        Some((identity, finding["class"].as_str().map(|class| class == Class::Defect.word())))
    };
    value.get("findings")?.as_array()?.iter().map(entry).collect()
}

fn of_sarif(value: &Value) -> Option<BTreeMap<String, Option<bool>>> {
    let results = value.get("runs")?.as_array()?.iter().filter_map(|run| run.get("results")?.as_array()).flatten();
    let entry = |result: &Value| {
        let identity = result["partialFingerprints"][FINGERPRINT].as_str()?.to_owned();
        Some((identity, result["properties"]["class"].as_str().map(|class| class == Class::Defect.word())))
    };
    results.map(entry).collect()
}
