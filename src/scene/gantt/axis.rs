//! Time from left to right: which days a chart covers, where each stands, and what is written over it.

use super::Chart;
use crate::model::Date;

/// What is older than so many months before the day does not stretch the axis.
const PAST: i32 = 12;
/// What lies further ahead does not either.
const AHEAD: i32 = 360;

/// An axis of time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axis {
    /// Its first month, counted from year 0.
    first: i32,
    /// The month after its last.
    last: i32,
    /// Months between two ticks: 1, 3 or 12.
    pub step: i32,
    /// Where its first day stands.
    pub left: f32,
    /// Where it ends.
    pub right: f32,
}

impl Axis {
    /// The axis that holds the days of a chart, from `left` to `right`.
    pub(super) fn of(chart: &Chart, left: f32, right: f32) -> Self {
        let today = month(chart.today);
        let tracks = chart.lanes.iter().flat_map(|lane| &lane.tracks);
        let spans = tracks.clone().flat_map(|track| &track.spans).flat_map(|span| [span.from, span.to]).flatten();
        let marks = tracks.flat_map(|track| &track.marks).map(|(date, _)| *date);
        let plateaus = chart.plateaus.iter().map(|(date, _)| *date);
        let days = spans.chain(marks).chain(plateaus).map(month);
        let days = days.filter(|day| (today - PAST..=today + AHEAD).contains(day)).chain([today]);
        let (low, high) = days.fold((today, today), |(low, high), day| (low.min(day), high.max(day)));
        let step = match high + 1 - low {
            ..=14 => 1,
            15..=72 => 3,
            _ => 12,
        };
        // A last month of its own, so that what ends on the last day does not touch the edge.
        let (first, last) =
            (low.div_euclid(step) * step, (high + 1 + i32::from(step > 1)).div_euclid(step) * step + step);
        Self { first, last, step, left, right }
    }

    /// Where a day stands; days outside stand at the edge.
    pub fn x(&self, day: Date) -> f32 {
        let (from, to) = (start(self.first), start(self.last));
        let whole = from.zip(to).map_or(1, |(from, to)| from.days_until(to)).max(1);
        let days = from.map_or(0, |from| from.days_until(day)).clamp(0, whole);
        self.left + (self.right - self.left) * days as f32 / whole as f32
    }

    /// Whether a day stands on it.
    pub fn holds(&self, day: Date) -> bool {
        (self.first..self.last).contains(&month(day))
    }

    /// Years: where each begins and ends on the axis, and its number.
    pub(super) fn years(&self) -> Vec<(f32, f32, String)> {
        self.parts(12).into_iter().map(|(from, to, first)| (from, to, first.div_euclid(12).to_string())).collect()
    }

    /// Quarters or months: where each begins and ends, and its name. None where years are all there is room for.
    pub(super) fn units(&self) -> Vec<(f32, f32, String)> {
        const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        let name = |first: i32| {
            let month = first.rem_euclid(12);
            match self.step {
                1 => usize::try_from(month).ok().and_then(|at| MONTHS.get(at)).copied().unwrap_or_default().to_owned(),
                _ => format!("Q{}", month / 3 + 1),
            }
        };
        let parts = if self.step < 12 { self.parts(self.step) } else { Vec::new() };
        parts.into_iter().map(|(from, to, first)| (from, to, name(first))).collect()
    }

    /// Stretches of so many months, cut at the ends of the axis, each with its first month.
    fn parts(&self, step: i32) -> Vec<(f32, f32, i32)> {
        let place = |month: i32| start(month.clamp(self.first, self.last)).map_or(self.left, |day| self.x(day));
        let begin = self.first.div_euclid(step) * step;
        let firsts = (0..).map(|count| begin + count * step).take_while(|first| *first < self.last);
        firsts.map(|first| (place(first), place(first + step), first)).collect()
    }
}

fn month(day: Date) -> i32 {
    let (year, month, _) = day.ymd();
    i32::from(year) * 12 + i32::from(month) - 1
}

/// The first day of a month.
fn start(month: i32) -> Option<Date> {
    format!("{:04}-{:02}-01", month.div_euclid(12), month.rem_euclid(12) + 1).parse().ok()
}
