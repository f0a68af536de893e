//! Lenses: what each says of the examples, and that nothing is said by colour alone.

use std::{collections::BTreeSet, fmt::Write};

use spandrel::{
    model::Lens,
    scene::{Dressing, Entry, LENSES, Palette, Role},
    workbench::{self, ExportFormat, Survey, SurveyOptions, survey},
};

use crate::{day, golden, model, open, project};

fn through(path: &str, lens: Lens) -> Survey {
    survey(&open(path), 0, SurveyOptions { as_of: day(), grouping: None, lens })
}

/// A dressing as text: the legend, the boxes, and the lines that are dressed.
fn told(survey: &Survey) -> String {
    let Dressing { title, boxes, lines, entries } = &*survey.dressing;
    let mut text = format!("# {title}\n");
    for entry in entries {
        writeln!(text, "legend {entry:?}").unwrap();
    }
    for (key, dress) in boxes {
        let heavy = if dress.heavy { " heavy" } else { "" };
        writeln!(text, "{key}: {:?}{heavy}, {}", dress.fill, dress.caption).unwrap();
    }
    for (bundle, dress) in survey.plan.bundles.iter().zip(lines.iter().flatten()) {
        let Some(dress) = dress else { continue };
        let heavy = if dress.heavy { " heavy" } else { "" };
        let label = dress.label.as_deref().unwrap_or_default();
        writeln!(text, "{}: {} {:?}{heavy}, {} {label}", bundle.id, dress.sign, dress.role, dress.words).unwrap();
    }
    text + "\n"
}

#[test]
fn each_lens_says_of_the_examples_what_it_said() {
    for name in ["retail-legacy", "astronomy-shop"] {
        let path = format!("examples/{name}.ron");
        let plain = through(&path, Lens::Kinds);
        let all: String = LENSES.into_iter().skip(1).map(|lens| told(&plain.through(lens))).collect();
        golden(&project("tests/cases/lenses").join(format!("{name}.txt")), &all);
    }
}

#[test]
fn a_survey_through_a_lens_is_one_taken_through_it() {
    let path = "examples/retail-legacy.ron";
    let plain = through(path, Lens::Kinds);
    for lens in [Lens::Findings, Lens::Coupling] {
        assert_eq!(plain.through(lens).dressing, through(path, lens).dressing, "{lens}");
    }
}

/// What says nothing.
const NEUTRAL: [Role; 3] = [Role::BoxFill, Role::BoxLine, Role::ContainerLine];

#[test]
fn nothing_is_said_by_colour_alone_and_the_legend_says_all() {
    for path in ["examples/retail-legacy.ron", "examples/astronomy-shop.ron"] {
        let plain = through(path, Lens::Kinds);
        for lens in LENSES.into_iter().skip(1) {
            let survey = plain.through(lens);
            let dressing = &survey.dressing;
            assert!(!dressing.title.is_empty());
            for (key, dress) in &dressing.boxes {
                let coloured = !NEUTRAL.contains(&dress.fill) || !NEUTRAL.contains(&dress.line);
                assert!(!coloured || !dress.caption.is_empty(), "{lens}: {key} says nothing in words");
                let known = |entry: &Entry| matches!(entry, Entry::Box(fill, line, heavy, _) if (fill, line, heavy) == (&dress.fill, &dress.line, &dress.heavy));
                assert!(!coloured || dressing.entries.iter().any(known), "{lens}: the legend lacks {key}, {dress:?}");
            }
            let mut signs: BTreeSet<(char, Role)> = BTreeSet::new();
            for dress in dressing.lines.iter().flatten().flatten() {
                signs.insert((dress.sign, dress.role));
                let known = |entry: &Entry| matches!(entry, Entry::Line(role, sign, _) if (role, sign) == (&dress.role, &dress.sign));
                assert!(dressing.entries.iter().any(known), "{lens}: the legend lacks {dress:?}");
                let weighs = |entry: &Entry| matches!(entry, Entry::Heavy(_));
                let weighty = dress.heavy && !matches!(lens, Lens::Coupling);
                assert!(!weighty || dressing.entries.iter().any(weighs), "{lens}: the legend lacks the weight");
            }
            // Two colours never share a sign.
            let distinct: BTreeSet<char> = signs.iter().map(|(sign, _)| *sign).collect();
            assert_eq!(distinct.len(), signs.len(), "{lens}: {signs:?}");
        }
    }
}

#[test]
fn words_on_grounds_and_signs_on_lines_can_be_read_in_both_palettes() {
    let plain = through("examples/retail-legacy.ron", Lens::Kinds);
    for lens in LENSES.into_iter().skip(1) {
        let dressing = plain.through(lens).dressing;
        for palette in [Palette::Light, Palette::Dark] {
            let ratio = |a: Role, b: Role| palette.rgba(a).contrast(palette.rgba(b));
            for dress in dressing.boxes.values() {
                for ink in [Role::Text, Role::Soft] {
                    assert!(ratio(ink, dress.fill) >= 4.5, "{lens} {palette:?}: {ink:?} on {:?}", dress.fill);
                }
            }
            for dress in dressing.lines.iter().flatten().flatten() {
                assert!(ratio(dress.role, Role::Canvas) >= 3.0, "{lens} {palette:?}: {:?}", dress.role);
                let hollow = matches!(dress.role, Role::BoxLine | Role::Faint);
                let (ink, ground) = if hollow { (Role::Soft, Role::Panel) } else { (Role::OnAccent, dress.role) };
                assert!(ratio(ink, ground) >= 4.5, "{lens} {palette:?}: {} on {:?}", dress.sign, dress.role);
            }
        }
    }
}

#[test]
fn an_exported_diagram_has_the_legend_of_its_lens() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("diagram.svg");
    let seen = through("examples/retail-legacy.ron", Lens::Security);
    workbench::export(&seen, ExportFormat::Svg, spandrel::export::Paper::A4, &to).unwrap();
    let text = std::fs::read_to_string(&to).unwrap();
    for words in ["Security: where it stands", "authenticated and encrypted", "crosses a trust boundary", ">✓<"] {
        assert!(text.contains(words), "{words}");
    }
}

/// A shop whose calls are as bad as they can be.
const BAD: &str = r#"(
    model: (format: 1, name: "Shop"),
    boundaries: {
        "inside": (name: "Inside", trust: Internal),
        "web": (name: "Web", trust: Public),
    },
    systems: {
        "a": (name: "A", kind: Service, boundary: "inside", lifecycle: (retires_on: "2026-01-01")),
        "b": (name: "B", kind: Service, boundary: "web", lifecycle: (active_from: "2027-03-01")),
        "c": (name: "C", kind: Service, boundary: "inside", lifecycle: (deprecated_from: "2026-02-01", disposition: Keep)),
    },
    stores: {
        "a-db": (name: "a-db", owner: "a", accesses: [(system: "b", mode: Read), (system: "c", mode: Write)]),
    },
    interactions: {
        "a-b": (from: "a", to: "b", kind: Command, security: (authentication: None)),
        "b-c": (from: "b", to: "c", kind: Query, security: (authentication: ApiKey, encryption: Tls), observability: (correlation_logs: None)),
        "c-a": (from: "c", to: "a", kind: Query, classification: Personal),
    },
)"#;

#[test]
fn the_worst_is_said_first() {
    let plain = survey(&model(BAD), 0, SurveyOptions { as_of: day(), grouping: None, lens: Lens::Kinds });
    let line = |lens: Lens, id: &str| {
        let survey = plain.through(lens);
        let at = survey.plan.bundles.iter().position(|bundle| bundle.id == id).unwrap();
        survey.dressing.line(at).map(|dress| (dress.sign, dress.heavy))
    };
    assert_eq!(line(Lens::Security, "interaction:a-b"), Some(('×', true)));
    assert_eq!(line(Lens::Security, "interaction:b-c"), Some(('!', true)));
    assert_eq!(line(Lens::Security, "interaction:c-a"), Some(('?', false)));
    assert_eq!(line(Lens::Observability, "interaction:b-c"), Some(('×', false)));
    assert_eq!(line(Lens::Observability, "interaction:c-a"), Some(('?', false)));
    assert_eq!(line(Lens::Classification, "interaction:c-a"), Some(('4', false)));
    assert_eq!(line(Lens::Coupling, "interaction:a-b"), Some(('×', true)), "in a circle");
    assert_eq!(line(Lens::Coupling, "access:b:a-db"), Some(('R', false)));
    assert_eq!(line(Lens::Coupling, "access:c:a-db"), Some(('×', true)));
    assert_eq!(line(Lens::Coupling, "access:a:a-db"), None);
    assert_eq!(line(Lens::Lifecycle, "interaction:a-b"), Some(('×', false)));
    assert_eq!(line(Lens::Lifecycle, "interaction:b-c"), Some(('+', false)));
    let boxes = plain.through(Lens::Lifecycle).dressing.boxes.clone();
    let caption = |key: &str| boxes[&key.parse().unwrap()].caption.clone();
    assert_eq!(caption("system:a"), "gone since 2026-01-01");
    assert_eq!(caption("system:b"), "comes 2027-03-01");
    assert_eq!(caption("system:c"), "discouraged since 2026-02-01");
}
