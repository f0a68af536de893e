//! Findings as SARIF 2.1.0 (OASIS), the format of code scanning.

use std::{collections::BTreeMap, path::Path};

use serde_json::{Value, json};

use super::{Told, baseline::identity};
use crate::{
    file::{Place, Problem, Region, places},
    model::{Stage, Subject},
    rules::{Class, Context, Finding, Meta, RULES, Severity, name, sentence},
    text::capital,
};

/// The name of the fingerprint that carries a finding's identity.
pub(super) const FINGERPRINT: &str = "spandrelFinding/v1";
const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

pub(super) fn told(told: &Told<'_>) -> Value {
    let places = places(told.source);
    let uri = uri(told.path);
    let results: Vec<Value> =
        told.report.findings.iter().map(|finding| result(told.cx, &places, &uri, finding)).collect();
    log(&uri, &json!({ "executionSuccessful": true }), &results)
}

/// A file that cannot be used: no results, and why.
pub(super) fn unusable(path: &Path, problems: &[Problem]) -> Value {
    let uri = uri(path);
    let notification = |problem: &Problem| {
        let region = problem.place.map(|start| Region { start, end: start });
        json!({ "level": "error", "message": { "text": problem.text() }, "locations": [location(&uri, region.as_ref())] })
    };
    let notifications: Vec<Value> = problems.iter().map(notification).collect();
    let failed = json!({
        "executionSuccessful": false,
        "exitCode": super::Exit::Unusable as i32,
        "toolConfigurationNotifications": notifications,
    });
    log(&uri, &failed, &[])
}

fn log(uri: &str, invocation: &Value, results: &[Value]) -> Value {
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "Spandrel",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": RULES.iter().map(|rule| descriptor(rule.meta())).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "artifacts": [{ "location": { "uri": uri } }],
            "invocations": [invocation],
            "results": results,
        }],
    })
}

fn descriptor(rule: &Meta) -> Value {
    let name: String = rule.slug.split('-').map(capital).collect();
    let star = if rule.star { " ★" } else { "" };
    let help = format!("{}\n\nExample: {}\n\nRemedy: {}", rule.why, rule.example, rule.remedy);
    let markdown = format!("{}\n\n**Example.** {}\n\n**Remedy.** {}", rule.why, rule.example, rule.remedy);
    json!({
        "id": rule.code,
        "name": name,
        "shortDescription": { "text": capital(rule.summary) },
        "fullDescription": { "text": format!("{}{star}: {}", rule.slug, rule.summary) },
        "help": { "text": help, "markdown": markdown },
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": { "tags": ["integration", rule.principle.word()] },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn result(cx: &Context<'_>, places: &BTreeMap<Subject, Region>, uri: &str, finding: &Finding) -> Value {
    let code = finding.rule.code;
    let index = RULES.iter().position(|rule| rule.meta().code == code);
    // What is not asked weighs as its rule does only where the stage is governed.
    let open = finding.class == Class::Gap && cx.stage(&finding.about) != Stage::Governed;
    let level = if open { level(Severity::Info) } else { level(finding.severity) };
    let others = finding.subjects.iter().filter(|subject| **subject != finding.about);
    let related = others.filter_map(|subject| Some((subject, places.get(subject)?)));
    let related = related.enumerate().map(|(at, (subject, region))| {
        let mut place = location(uri, Some(region));
        place["id"] = at.into();
        place["message"] = json!({ "text": name(cx.model, subject) });
        place
    });
    let evidence = finding.evidence.iter().map(|evidence| {
        json!({ "about": evidence.key.to_string(), "fact": evidence.fact, "value": evidence.value,
                "source": evidence.source(cx.model) })
    });
    let mut result = json!({
        "ruleId": code,
        "level": level,
        "message": { "text": format!("{}. {}", sentence(cx.model, &finding.message), finding.rule.remedy) },
        "locations": [located(places, uri, &finding.about)],
        "relatedLocations": related.collect::<Vec<_>>(),
        "partialFingerprints": { FINGERPRINT: identity(finding) },
        "properties": {
            "class": finding.class.word(),
            "subjects": finding.subjects.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "evidence": evidence.collect::<Vec<_>>(),
        },
    });
    if let Some(index) = index {
        result["ruleIndex"] = index.into();
    }
    if let Some(waived) = &finding.waived {
        let why = format!("{} (approved by {}, until {})", waived.reason, waived.by, waived.expires);
        result["suppressions"] = json!([{ "kind": "external", "status": "accepted", "justification": why }]);
    }
    result
}

/// Where a subject stands; a part where its contract stands, if it has no place of its own; else the file's beginning.
fn located(places: &BTreeMap<Subject, Region>, uri: &str, subject: &Subject) -> Value {
    let whole = Subject::from(subject.key.clone());
    let mut place = location(uri, places.get(subject).or_else(|| places.get(&whole)));
    place["logicalLocations"] = json!([{ "fullyQualifiedName": subject.to_string(), "kind": subject.kind_word() }]);
    place
}

fn location(uri: &str, region: Option<&Region>) -> Value {
    let first = Place { line: 1, column: 1 };
    let Region { start, end } = region.copied().unwrap_or(Region { start: first, end: first });
    json!({ "physicalLocation": {
        "artifactLocation": { "uri": uri },
        "region": {
            "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column,
        },
    } })
}

/// The path as a URI reference: relative to the working folder where it lies inside it.
fn uri(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    let inside = path.strip_prefix(&here).unwrap_or(path);
    let text = inside.to_string_lossy().replace('\\', "/");
    let text = text.strip_prefix("./").unwrap_or(&text);
    let mut uri = if inside.is_absolute() { "file://".to_owned() } else { String::new() };
    if inside.is_absolute() && !text.starts_with('/') {
        uri.push('/');
    }
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(byte as char),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_uri_references() {
        assert_eq!(uri(Path::new("models/shöp one.ron")), "models/sh%C3%B6p%20one.ron");
        assert_eq!(uri(Path::new("./shop.ron")), "shop.ron");
        assert_eq!(uri(Path::new("/models/a:b.ron")), "file:///models/a%3Ab.ron");
        let here = std::env::current_dir().unwrap();
        assert_eq!(uri(&here.join("shop.ron")), "shop.ron");
    }
}
