//! The clock, read nowhere else: everything below takes the day as a value.

use std::time::Instant;

use crate::model::Date;

/// The day, by the clock and time zone of this machine.
pub fn today() -> Date {
    jiff::ZonedDateTime::now().date().into()
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
