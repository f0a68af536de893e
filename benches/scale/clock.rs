//! The clock that frames are measured by.

use std::time::{Duration, Instant};

/// The time for which this thread has had a processor: other programs do not count then. Linux alone tells; elsewhere it
/// is the time of the clock.
pub(crate) fn cpu() -> Duration {
    static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let ns = told.split(' ').next().and_then(|first| first.parse().ok());
    ns.map_or_else(|| START.get_or_init(Instant::now).elapsed(), Duration::from_nanos)
}
