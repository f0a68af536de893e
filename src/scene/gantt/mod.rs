//! The roadmap as a Gantt chart: tracks in lanes over an axis of time, plateaus and the day as lines, dependencies as
//! arrows. Readable in greyscale: what a bar means shows in its outline and hatching too.

mod axis;
mod legend;
mod paint;

use std::collections::BTreeMap;

pub use axis::Axis;

use super::{Point, Rect, Scene};
use crate::{
    model::{Date, Key},
    text::{Face, shorten, wrap},
};

/// Where tracks are named.
const NAMES: f32 = 206.0;
/// Names and the axis together. At this width the smallest text is over 6 points on an upright A4 sheet.
const WIDTH: f32 = 720.0;
/// A figure is no higher; more tracks go into a further one. Upright Letter holds it at a size that can be read.
const HEIGHT: f32 = 790.0;
/// What the legend and the margins take of it.
const FOOT: f32 = 100.0;
/// Size of tracks' names.
const NAME_SIZE: f32 = 11.5;
const NAME_LEADING: f32 = 14.0;
const LANE_HEIGHT: f32 = 26.0;

/// What is to be charted.
#[derive(Clone, Debug)]
pub struct Chart {
    /// Groups of tracks, in order.
    pub lanes: Vec<Lane>,
    /// Named days, as lines through the chart.
    pub plateaus: Vec<(Date, String)>,
    /// The day it is looked at, as a dashed line.
    pub today: Date,
}

/// Tracks under one heading.
#[derive(Clone, Debug)]
pub struct Lane {
    /// The heading.
    pub title: String,
    /// The tracks, in order.
    pub tracks: Vec<Track>,
}

/// One row of the chart.
#[derive(Clone, Debug)]
pub struct Track {
    /// What it stands for.
    pub key: Key,
    /// Its name; wrapped to two lines, then shortened.
    pub name: String,
    /// Its bars.
    pub spans: Vec<Span>,
    /// Days that are marked on it.
    pub marks: Vec<(Date, Mark)>,
    /// Tracks that must end before it starts.
    pub after: Vec<Key>,
}

/// A bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Its first day; `None` where it is not known.
    pub from: Option<Date>,
    /// Its last day; `None` where it is not known.
    pub to: Option<Date>,
    /// What it means.
    pub look: Look,
}

/// What a bar means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Look {
    /// A change that is over.
    Done,
    /// A change under way.
    Running,
    /// A change that is agreed.
    Agreed,
    /// A change that is proposed, or of which nothing is said.
    Proposed,
    /// A change that was given up.
    Dropped,
    /// Something that is not yet in use.
    Planned,
    /// Something in use.
    Active,
    /// Something in use and discouraged.
    Deprecated,
}

impl Look {
    /// Its words in the legend.
    fn words(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Running => "in progress",
            Self::Agreed => "approved",
            Self::Proposed => "proposed",
            Self::Dropped => "dropped",
            Self::Planned => "planned",
            Self::Active => "in use",
            Self::Deprecated => "deprecated",
        }
    }

    /// Whether it is part of a life rather than a piece of work: an end that is not known is then no question.
    fn is_life(self) -> bool {
        matches!(self, Self::Planned | Self::Active | Self::Deprecated)
    }
}

/// A marked day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// It is gone.
    Retirement,
    /// Its promise ends.
    Sunset,
}

/// Draws a chart, as several figures of one axis where it has more tracks than one sheet holds. None without tracks.
pub fn gantt(chart: &Chart) -> Vec<Scene> {
    let axis = Axis::of(chart, NAMES, WIDTH);
    let room = HEIGHT - FOOT - paint::head_height(chart, &axis);
    pages(chart, room.max(HEIGHT / 3.0)).into_iter().map(|page| paint::paint(chart, &axis, &page)).collect()
}

/// A track in its place.
struct Placed<'a> {
    track: &'a Track,
    lines: Vec<String>,
    /// Its middle.
    y: f32,
    height: f32,
}

/// What one figure shows: headings with their places, and tracks. Places count from below the axis' head.
#[derive(Default)]
struct Page<'a> {
    heads: Vec<(String, f32)>,
    tracks: Vec<Placed<'a>>,
    height: f32,
}

/// The tracks by figures, each no higher than `room`.
fn pages(chart: &Chart, room: f32) -> Vec<Page<'_>> {
    let mut pages: Vec<Page<'_>> = Vec::new();
    let mut page = Page::default();
    for lane in &chart.lanes {
        for (at, track) in lane.tracks.iter().enumerate() {
            let lines = name_lines(&track.name);
            let height = lines.len() as f32 * NAME_LEADING + 10.0;
            let head = if at == 0 || page.tracks.is_empty() { LANE_HEIGHT } else { 0.0 };
            if page.height + head + height > room && !page.tracks.is_empty() {
                pages.push(std::mem::take(&mut page));
            }
            if at == 0 || page.tracks.is_empty() {
                let more = if at == 0 { "" } else { ", continued" };
                page.heads.push((format!("{}{more}", lane.title), page.height));
                page.height += LANE_HEIGHT;
            }
            page.tracks.push(Placed { track, lines, y: page.height + height / 2.0, height });
            page.height += height;
        }
    }
    if !page.tracks.is_empty() {
        pages.push(page);
    }
    pages
}

/// A name in two lines at most.
fn name_lines(name: &str) -> Vec<String> {
    let room = NAMES - 20.0;
    let mut lines = wrap(Face::Regular, NAME_SIZE, name, room).into_iter();
    let first = lines.next().unwrap_or_default();
    let rest: Vec<String> = lines.collect();
    match rest.as_slice() {
        [] => vec![first],
        rest => vec![first, shorten(Face::Regular, NAME_SIZE, &rest.join(" "), room)],
    }
}

/// Where the bars of a work begin and end, for arrows: tracks by what they stand for.
fn ends<'a>(page: &'a Page<'a>) -> BTreeMap<&'a Key, (&'a Placed<'a>, Option<Date>, Option<Date>)> {
    let of = |placed: &'a Placed<'a>| {
        let first = placed.track.spans.iter().filter_map(|span| span.from).min();
        let last = placed.track.spans.iter().filter_map(|span| span.to).max();
        (&placed.track.key, (placed, first, last))
    };
    page.tracks.iter().map(of).collect()
}

fn rect(x: f32, y: f32, w: f32, h: f32) -> Rect {
    Rect { x, y, w, h }
}

fn at(x: f32, y: f32) -> Point {
    Point { x, y }
}

#[cfg(test)]
mod tests;
