//! Text with tabs between cells and lines between rows, as spreadsheets copy and paste it.

/// Rows as text: cells that hold a tab, a line's end or begin with a quote stand in quotes, with quotes in them doubled.
pub(super) fn tabbed(rows: &[Vec<String>]) -> String {
    let cell = |cell: &String| {
        let plain = !cell.contains(['\t', '\n', '\r']) && !cell.starts_with('"');
        if plain { cell.clone() } else { format!("\"{}\"", cell.replace('"', "\"\"")) }
    };
    rows.iter().map(|row| row.iter().map(cell).collect::<Vec<_>>().join("\t") + "\n").collect()
}

/// The cells of a text. A quote that is not closed is a quote.
pub(super) fn untabbed(text: &str) -> Vec<Vec<String>> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut rows = Vec::new();
    let mut row: Vec<String> = Vec::new();
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let (cell, after) = next_cell(rest);
        row.push(cell);
        match after.split_at_checked(1) {
            Some(("\t", behind)) => {
                rest = behind;
                // A tab at the very end has an empty cell behind it.
                if rest.is_empty() {
                    row.push(String::new());
                }
            }
            Some((_, behind)) => {
                rows.push(std::mem::take(&mut row));
                rest = behind;
            }
            None => rest = "",
        }
    }
    if !row.is_empty() {
        rows.push(row);
    }
    rows
}

/// A cell, and what stands behind it, its tab or line's end first.
fn next_cell(text: &str) -> (String, &str) {
    if let Some(quoted) = text.strip_prefix('"')
        && let Some(end) = closing(quoted)
    {
        let (inner, after) = quoted.split_at(end);
        let after = after.get(1..).unwrap_or_default();
        if after.is_empty() || after.starts_with(['\t', '\n']) {
            return (inner.replace("\"\"", "\""), after);
        }
    }
    let end = text.find(['\t', '\n']).unwrap_or(text.len());
    let (cell, after) = text.split_at(end);
    (cell.to_owned(), after)
}

/// Where the quote is that no other follows.
fn closing(text: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        at += text.get(at..)?.find('"')?;
        if !text.get(at + 1..).is_some_and(|rest| rest.starts_with('"')) {
            return Some(at);
        }
        at += 2;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn cells_are_read_as_spreadsheets_write_them() {
        let read = untabbed("a\tb\r\n\"c\n\"\"d\"\"\"\t\ne\t\"f g\t\n");
        assert_eq!(read, [vec!["a", "b"], vec!["c\n\"d\"", ""], vec!["e", "\"f g", ""]]);
        assert_eq!(untabbed(""), [] as [Vec<String>; 0]);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(rows in prop::collection::vec(prop::collection::vec("[a \t\n\"ä]{0,6}", 1..4), 0..4)) {
            prop_assert_eq!(untabbed(&tabbed(&rows)), rows);
        }
    }
}
