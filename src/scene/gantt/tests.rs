use super::*;
use crate::{
    model::{Kind, Slug},
    scene::{Dash, Item, Outline, Role},
};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn key(text: &str) -> Key {
    Key { kind: Kind::Change, slug: Slug::new(text).unwrap() }
}

fn track(name: &str, from: Option<&str>, to: Option<&str>, look: Look) -> Track {
    let spans = vec![Span { from: from.map(day), to: to.map(day), look }];
    Track { key: key(name), name: name.to_owned(), spans, marks: Vec::new(), after: Vec::new() }
}

fn chart(tracks: Vec<Track>) -> Chart {
    let lanes = vec![Lane { title: "Changes".to_owned(), tracks }];
    Chart { lanes, plateaus: vec![(day("2027-07-01"), "Half way".to_owned())], today: day("2027-01-01") }
}

/// The bars of a look, by its fill.
fn bars(scene: &Scene, wanted: Role) -> Vec<(f32, f32)> {
    let bar = |item: &Item| match item {
        Item::Shape { outline: Outline::Round(rect, _), fill: Some(fill), .. } if *fill == wanted => {
            Some((rect.x, rect.x + rect.w))
        }
        _ => None,
    };
    scene.items.iter().filter_map(bar).collect()
}

fn paths(scene: &Scene, role: Role, dash: Dash) -> Vec<Vec<(f32, f32)>> {
    let path = |item: &Item| match item {
        Item::Path { points, stroke } if stroke.role == role && stroke.dash == dash => {
            Some(points.iter().map(|point| (point.x, point.y)).collect())
        }
        _ => None,
    };
    scene.items.iter().filter_map(path).collect()
}

#[test]
fn bars_and_lines_stand_at_their_days() {
    let chart = chart(vec![track("a", Some("2027-01-01"), Some("2028-01-01"), Look::Running)]);
    let axis = Axis::of(&chart, NAMES, WIDTH);
    let [scene] = gantt(&chart).try_into().unwrap();
    // From January 2027 to January 2028, and a month to spare.
    assert_eq!(axis.step, 1);
    let axis_days = day("2027-01-01").days_until(day("2028-03-01")) as f32;
    let at = |days: f32| NAMES + (WIDTH - NAMES) * days / axis_days;
    let near = |a: f32, b: f32| (a - b).abs() < 0.01;
    let (from, to) = bars(&scene, Role::Accent)[0];
    assert!(near(from, at(0.0)) && near(to, at(365.0)), "{from} {to}");
    assert!(near(axis.x(day("2027-07-01")), at(181.0)));
    let plateau = paths(&scene, Role::Text, Dash::Solid);
    assert!(near(plateau[0][0].0, at(181.0)), "{plateau:?}");
    let today = paths(&scene, Role::Accent, Dash::Dashed);
    assert!(near(today[0][0].0, at(0.0)));
}

#[test]
fn ends_that_are_not_known_are_dashed() {
    let tails = |from, to| {
        let [scene] = gantt(&chart(vec![track("a", from, to, Look::Agreed)])).try_into().unwrap();
        paths(&scene, Role::BoxLine, Dash::Dashed).into_iter().filter(|path| path[1].0 - path[0].0 > 30.0).count()
    };
    let (from, to) = (Some("2027-02-01"), Some("2027-09-01"));
    assert_eq!([tails(from, to), tails(from, None), tails(None, to), tails(None, None)], [0, 1, 1, 1]);
}

#[test]
fn arrows_join_what_depends_and_say_what_cannot_hold() {
    let mut second = track("b", Some("2027-06-01"), Some("2027-09-01"), Look::Agreed);
    second.after = vec![key("a")];
    let arrows = |end: &str, role, dash| {
        let first = track("a", Some("2027-01-01"), Some(end), Look::Agreed);
        let chart = chart(vec![first, second.clone()]);
        let axis = Axis::of(&chart, NAMES, WIDTH);
        let [scene] = gantt(&chart).try_into().unwrap();
        let starts: Vec<f32> = paths(&scene, role, dash).into_iter().map(|path| path[0].0).collect();
        (axis.x(day(end)), starts)
    };
    let (end, starts) = arrows("2027-05-01", Role::Soft, Dash::Solid);
    assert_eq!(starts.first(), Some(&end));
    let (end, starts) = arrows("2027-08-01", Role::Error, Dash::Dashed);
    assert_eq!(starts.first(), Some(&end));
}

#[test]
fn many_tracks_are_several_figures_and_nothing_leaves_its_bounds() {
    let name = |at: usize| format!("t{at}");
    let mut tracks: Vec<Track> = (0..90).map(|at| track(&name(at), None, Some("2040-01-01"), Look::Planned)).collect();
    tracks[3].name = "A very long name ".repeat(9) + &"unbreakable".repeat(12);
    tracks[3].marks = vec![(day("2039-05-05"), Mark::Retirement), (day("2038-05-05"), Mark::Sunset)];
    let scenes = gantt(&chart(tracks));
    assert!(scenes.len() > 2);
    let mut seen = 0;
    for scene in &scenes {
        // With its heading and caption it stands on upright Letter, at six points and more.
        assert!(scene.bounds.h * 0.64 < 658.0 - 133.0, "{}", scene.bounds.h);
        for item in &scene.items {
            let Item::Text { at, text, face, size, align, .. } = item else { continue };
            seen += usize::from(text.starts_with('t') && text.len() <= 3);
            let wide = crate::text::width(*face, *size, text);
            let left = match align {
                crate::scene::Align::Start => at.x,
                crate::scene::Align::Middle => at.x - wide / 2.0,
                crate::scene::Align::End => at.x - wide,
            };
            assert!(left >= scene.bounds.x && left + wide <= scene.bounds.x + scene.bounds.w, "{text}");
            assert!(at.y > scene.bounds.y && at.y < scene.bounds.y + scene.bounds.h, "{text}");
            assert!(*size * (481.28 / scene.bounds.w) > 6.0, "{text} is too small on paper");
        }
    }
    assert_eq!(seen, 89);
    assert!(gantt(&Chart { lanes: Vec::new(), plateaus: Vec::new(), today: day("2027-01-01") }).is_empty());
}
