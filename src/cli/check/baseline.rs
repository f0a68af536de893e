//! What an earlier run found.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use serde_json::Value;

use super::sarif::FINGERPRINT;
use crate::{
    file,
    rules::{Class, Finding},
};

/// The findings of an earlier run, by rule and element.
pub(super) struct Baseline(BTreeMap<String, Known>);

/// What an earlier run said of a finding; older versions of this program said less.
struct Known {
    /// Whether something was known to be wrong.
    defect: Option<bool>,
    /// All who were concerned.
    subjects: Option<BTreeSet<String>>,
}

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

    /// Whether an earlier run found the same. What was only not asked then and is known to be wrong now is new, and so is
    /// what somebody else does wrong now as well.
    pub(super) fn knows(&self, finding: &Finding) -> bool {
        let Some(known) = self.0.get(&identity(finding)) else { return false };
        if finding.class == Class::Gap {
            return true;
        }
        let were_concerned = |subjects: &BTreeSet<String>| {
            finding.subjects.iter().all(|subject| subjects.contains(&subject.to_string()))
        };
        known.defect != Some(false) && known.subjects.as_ref().is_none_or(were_concerned)
    }
}

/// What makes a finding the same from one run to the next.
pub(super) fn identity(finding: &Finding) -> String {
    format!("{} {}", finding.rule.code, finding.about)
}

fn of_json(value: &Value) -> Option<BTreeMap<String, Known>> {
    let subject = |value: &Value| Some(format!("{}:{}", value["kind"].as_str()?, value["id"].as_str()?));
    let entry = |finding: &Value| {
        let identity = format!("{} {}", finding["code"].as_str()?, subject(&finding["about"])?);
        let subjects = finding["subjects"].as_array().map(|all| all.iter().filter_map(subject).collect());
        Some((identity, Known { defect: is_defect(&finding["class"]), subjects }))
    };
    value.get("findings")?.as_array()?.iter().map(entry).collect()
}

fn is_defect(class: &Value) -> Option<bool> {
    class.as_str().map(|class| class == Class::Defect.word())
}

fn of_sarif(value: &Value) -> Option<BTreeMap<String, Known>> {
    let results = value.get("runs")?.as_array()?.iter().filter_map(|run| run.get("results")?.as_array()).flatten();
    let entry = |result: &Value| {
        let identity = result["partialFingerprints"][FINGERPRINT].as_str()?.to_owned();
        let properties = &result["properties"];
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let subjects = properties["subjects"].as_array().map(|all| all.iter().filter_map(text).collect());
        Some((identity, Known { defect: is_defect(&properties["class"]), subjects }))
    };
    results.map(entry).collect()
}
