//! The clock, read nowhere else: everything below takes the day as a value.

use std::time::{Instant, SystemTime};

use crate::model::Date;

/// The day, by the clock and time zone of this machine.
pub fn today() -> Date {
    jiff::ZonedDateTime::now().date().into()
}

/// The day and the time, for people: `2026-11-22 14:03:20`.
pub fn moment() -> String {
    moment_of(SystemTime::now())
}

/// A moment of the past, for people.
pub(super) fn moment_of(time: SystemTime) -> String {
    let zoned = jiff::Timestamp::try_from(time).unwrap_or_default().to_zoned_datetime(jiff::tz::TimeZone::system());
    zoned.strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// Measures time.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts.
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// Milliseconds since the start.
    pub fn ms(&self) -> f64 {
        self.0.elapsed().as_secs_f64() * 1000.0
    }
}
