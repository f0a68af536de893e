//! Old formats: one step for each, from the text of a format to the text of the next.

use crate::model::FORMAT;

type Step = fn(&str) -> String;

/// The step at index `n` leads from format `n + 1` to format `n + 2`. The first format has no predecessor.
const STEPS: [Step; FORMAT as usize - 1] = [];

/// The text in today's format. `format` is what the file says, at least 1 and at most [`FORMAT`].
pub(super) fn migrate(text: String, format: u32) -> String {
    let done = format.saturating_sub(1) as usize;
    STEPS.iter().skip(done).fold(text, |text, step| step(&text))
}
