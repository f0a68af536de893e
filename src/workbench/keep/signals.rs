//! The end by a signal: what is unsaved is kept first.

use super::keeper::Keeper;

/// Keeps the unsaved work when the system asks the process to end, and then ends.
#[cfg(unix)]
pub fn end_on_signals(keeper: &Keeper) {
    use signal_hook::{
        consts::{SIGHUP, SIGINT, SIGTERM},
        iterator::Signals,
        low_level::emulate_default_handler,
    };
    let shared = keeper.shared();
    // Where signals cannot be had they end the process as ever, with the work of a second ago kept.
    let Ok(mut signals) = Signals::new([SIGTERM, SIGINT, SIGHUP]) else { return };
    let wait = move || {
        if let Some(signal) = signals.forever().next() {
            let _ = shared.write();
            let _ = emulate_default_handler(signal);
        }
    };
    let _ = std::thread::Builder::new().name("signals".to_owned()).spawn(wait);
}

/// There are no such signals here.
#[cfg(not(unix))]
pub fn end_on_signals(keeper: &Keeper) {
    let _ = keeper;
}
