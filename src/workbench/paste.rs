//! Rows of a table as text, and such text as edits: what pasting it would do, told before it is done.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    arising::absence,
    cells::{Names, follow_parts, place_in_operation, text_at, text_of, write, write_at},
    columns::{GridColumn, GridKind, Holds},
    grid::Grid,
    phrases::Renamed,
    rename,
    tabbed::{tabbed, untabbed},
};
use crate::{
    model::{
        Boundary, Contract, Edit, Id, Interaction, InteractionKind, Key, Kind, Model, Path, Record, Shape, Slug,
        Subject, Trust,
    },
    rules,
};

/// What pasting would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pasting {
    /// Cells that change.
    pub changes: Vec<CellChange>,
    /// Records that are new.
    pub added: Vec<Key>,
    /// Cells that cannot be read. Where there are any, nothing is done.
    pub troubles: Vec<PasteTrouble>,
    /// Columns that are worked out from others, and were passed over.
    pub passed: BTreeSet<&'static str>,
    /// Cells that do not arise for their rows, and were passed over: in which line, in which column, and why.
    pub absent: Vec<PasteTrouble>,
    /// What would be done.
    pub edits: Vec<Edit>,
}

/// A cell that changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellChange {
    /// Its row, by name.
    pub row: String,
    /// Its column, by heading.
    pub column: &'static str,
    /// What stands in it.
    pub before: String,
    /// What would.
    pub after: String,
}

/// A cell that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasteTrouble {
    /// The line of the text it stands in, from 1; 0 for all of it.
    pub line: usize,
    /// Its column, by heading.
    pub column: String,
    /// Why, and what would fit.
    pub why: String,
}

/// Where a text is pasted that does not say by headings what it is about.
#[derive(Clone, Copy, Debug)]
pub struct PasteAt<'a> {
    /// The rows from the hand downwards.
    pub rows: &'a [Key],
    /// The columns from the hand to the right, by their places.
    pub columns: &'a [usize],
}

/// Rows of a table as text, with their headings and ids.
pub fn copied(model: &Model, grid: &Grid, rows: &[usize], columns: &[usize]) -> String {
    let names = Names::of(model);
    let all = grid.sheet.columns();
    let id = grid.sheet.column("id").filter(|id| !columns.contains(id));
    let columns: Vec<usize> = id.into_iter().chain(columns.iter().copied()).collect();
    let heads = columns.iter().filter_map(|at| all.get(*at)).map(|column| column.title.to_owned()).collect();
    let line = |row: &usize| {
        let record = grid.rows.get(*row).and_then(|row| Some((row.key.clone(), model.entry(&row.key)?.record)))?;
        let cell = |at: &usize| match all.get(*at) {
            Some(column) if column.holds == Holds::Derived => grid.cell(*row, *at).words().to_owned(),
            Some(column) => text_of(&names, &record.0, &record.1, column),
            None => String::new(),
        };
        Some(columns.iter().map(cell).collect::<Vec<String>>())
    };
    let lines: Vec<Vec<String>> = std::iter::once(heads).chain(rows.iter().filter_map(line)).collect();
    tabbed(&lines)
}

/// What stands in one cell as text, as a spreadsheet copies it.
pub fn copied_cell(model: &Model, grid: &Grid, row: usize, column: usize) -> String {
    let key = grid.rows.get(row).map(|row| &row.key);
    let text = match (grid.sheet.columns().get(column), key) {
        (Some(of), Some(key)) if of.holds != Holds::Derived => super::cell_text(model, key, of),
        _ => grid.cell(row, column).words().to_owned(),
    };
    tabbed(&[vec![text]]).trim_end_matches('\n').to_owned()
}

/// The one cell that a text holds, if it does.
pub fn one_cell(text: &str) -> Option<String> {
    match untabbed(text).as_mut_slice() {
        [line] => match line.as_mut_slice() {
            [cell] => Some(std::mem::take(cell)),
            _ => None,
        },
        _ => None,
    }
}

/// What pasting a text into a table would do.
pub fn paste(model: &Model, sheet: GridKind, text: &str, at: PasteAt<'_>) -> Pasting {
    let lines = untabbed(text);
    let mut reader = Reader {
        names: Names::of(model),
        model,
        sheet,
        records: BTreeMap::new(),
        pasting: Pasting::default(),
        changed: Vec::new(),
        renamed: Vec::new(),
        elsewhere: BTreeMap::new(),
    };
    match headings(sheet, &lines) {
        Some(columns) => reader.by_headings(&columns, &lines),
        None => reader.block(&lines, at),
    }
    reader.end()
}

/// The table that a text is rows of, where its first line is headings of one, that of what names a row among them.
pub fn pasted_sheet(text: &str) -> Option<GridKind> {
    let lines = untabbed(text);
    GridKind::ALL.into_iter().find(|sheet| {
        let heads = headings(*sheet, &lines).unwrap_or_default();
        heads.len() > 1 && lines.len() > 1 && heads.iter().all(Result::is_ok) && heads.contains(&Ok(0))
    })
}

/// The columns that the first line names, if it does: each by its place, or by what nobody knows.
fn headings(sheet: GridKind, lines: &[Vec<String>]) -> Option<Vec<Result<usize, String>>> {
    let (first, rest) = lines.split_first()?;
    let find = |head: &String| {
        let head = head.trim();
        let titled = |column: &GridColumn| column.title.eq_ignore_ascii_case(head) || column.id == head;
        sheet.columns().iter().position(titled).ok_or_else(|| head.to_owned())
    };
    let found: Vec<Result<usize, String>> = first.iter().map(find).collect();
    let known = found.iter().filter(|head| head.is_ok()).count();
    // A lone word that is a heading may be meant as what stands in a cell.
    let heads = (known == found.len() && !rest.is_empty()) || known >= 2;
    heads.then_some(found)
}

struct Reader<'m> {
    names: Names<'m>,
    model: &'m Model,
    sheet: GridKind,
    /// The records that are written into, as they would be; in the order in which they came.
    records: BTreeMap<Key, Record>,
    pasting: Pasting,
    changed: Vec<Key>,
    /// Parts of contracts that are called otherwise.
    renamed: Vec<(Key, &'static GridColumn, Renamed)>,
    /// What lines say of facts of other records than their own, and which line said it first.
    elsewhere: BTreeMap<(Key, Path), (usize, String)>,
}

impl Reader<'_> {
    fn trouble(&mut self, line: usize, column: &str, why: impl Into<String>) {
        let trouble = PasteTrouble { line, column: column.to_owned(), why: why.into() };
        self.pasting.troubles.push(trouble);
    }

    /// Each line is the record that it names, or a new one.
    fn by_headings(&mut self, heads: &[Result<usize, String>], lines: &[Vec<String>]) {
        let unknown: Vec<&str> = heads.iter().filter_map(|head| head.as_ref().err()).map(String::as_str).collect();
        if !unknown.is_empty() {
            let known: Vec<&str> = self.sheet.columns().iter().map(|column| column.title).collect();
            let why = format!("no column is called {}; there are {}", unknown.join(" or "), known.join(", "));
            self.trouble(1, "", why);
        }
        let mut columns: Vec<(usize, usize)> =
            heads.iter().enumerate().filter_map(|(at, head)| Some((at, *head.as_ref().ok()?))).collect();
        columns.sort_by_key(|(_, column)| *column);
        let mut met = BTreeSet::new();
        for (line, cells) in lines.iter().enumerate().skip(1) {
            let line = line + 1;
            if cells.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            let row: Vec<(usize, &str)> =
                columns.iter().map(|(at, column)| (*column, cells.get(*at).map_or("", String::as_str))).collect();
            match self.known(&row, &met) {
                Some(key) => {
                    met.insert(key.clone());
                    self.change(line, &key, &row);
                }
                None => _ = self.add(line, &row).map(|key| met.insert(key)),
            }
        }
    }

    /// Cells from the hand on; behind the last row they are new records.
    fn block(&mut self, lines: &[Vec<String>], at: PasteAt<'_>) {
        for (row, cells) in lines.iter().enumerate() {
            let cell = |(column, text): (&usize, &String)| (*column, text.clone());
            let read: Vec<(usize, String)> = at.columns.iter().zip(cells).map(cell).collect();
            let read: Vec<(usize, &str)> = read.iter().map(|(column, text)| (*column, text.as_str())).collect();
            if let Some(text) = cells.get(at.columns.len()) {
                self.trouble(row + 1, "", format!("there is no column for “{text}”: begin further to the left"));
            }
            match at.rows.get(row) {
                Some(key) => self.change(row + 1, key, &read),
                None if read.iter().all(|(_, text)| text.trim().is_empty()) => {}
                None => _ = self.add(row + 1, &read),
            }
        }
    }

    fn text<'t>(&self, row: &[(usize, &'t str)], id: &str) -> Option<&'t str> {
        let column = self.sheet.column(id)?;
        row.iter().find(|(at, _)| *at == column).map(|(_, text)| *text).filter(|text| !text.trim().is_empty())
    }

    /// The record that a line is about: the one with its id; else the only one that it could mean.
    fn known(&self, row: &[(usize, &str)], met: &BTreeSet<Key>) -> Option<Key> {
        let kind = self.sheet.kind();
        if let Some(text) = self.text(row, "id") {
            let key = Slug::new(text.trim()).ok().map(|slug| Key { kind, slug })?;
            return self.model.contains(&key).then_some(key);
        }
        let mut same: Vec<Key> = if kind == Kind::Interaction {
            self.same_ends(row)?
        } else {
            let name = self.text(row, "name")?;
            self.names.meant(kind, name)
        };
        same.retain(|key| !met.contains(key));
        if same.len() == 1 { same.pop() } else { None }
    }

    /// The interactions with the ends, kind and load of a line.
    fn same_ends(&self, row: &[(usize, &str)]) -> Option<Vec<Key>> {
        let end = |id| self.names.meant(Kind::System, self.text(row, id)?).pop();
        let (from, to) = (end("from")?, end("to")?);
        let kind = self.text(row, "kind").map_or(Some(None), |text| kind_of(text).map(Some))?;
        let carries = self.sheet.column("carries").filter(|at| row.iter().any(|(column, _)| column == at));
        let carries = carries.and_then(|at| self.sheet.columns().get(at));
        let text = self.text(row, "carries").unwrap_or_default();
        let fits = |(id, stored): &(&Id<Interaction>, &crate::model::Stored<Interaction>)| {
            let ends = stored.from.key() == from && stored.to.key() == to;
            ends && kind.is_none_or(|kind| stored.kind == kind)
                && carries.is_none_or(|column| {
                    text_of(&self.names, &id.key(), &Record::Interaction(stored.value.clone()), column) == text.trim()
                })
        };
        Some(self.model.interactions.iter().filter(fits).map(|(id, _)| id.key()).collect())
    }

    /// Writes the cells of a line into a record.
    fn change(&mut self, line: usize, key: &Key, row: &[(usize, &str)]) {
        let entry = || self.model.entry(key).map(|entry| entry.record);
        let Some(mut record) = self.records.get(key).cloned().or_else(entry) else {
            return self.trouble(line, "", format!("{} is only planned, and cannot be changed here", key.slug));
        };
        for (at, text) in row {
            let Some(column) = self.sheet.columns().get(*at) else { continue };
            let before = text_of(&self.names, key, &record, column);
            match column.holds {
                Holds::Derived => {
                    self.pasting.passed.insert(column.title);
                }
                _ if before == *text => {}
                Holds::Id => self.trouble(line, column.title, "an id is not changed here: rename it instead"),
                _ => {
                    if let Some(after) = self.cell(line, key, &mut record, column, text)
                        && after != before
                    {
                        let row = rules::name(self.model, &Subject::from(key.clone()));
                        let change = CellChange { row, column: column.title, before, after };
                        self.pasting.changes.push(change);
                    }
                }
            }
        }
        if self.records.insert(key.clone(), record).is_none() {
            self.changed.push(key.clone());
        }
    }

    /// Writes one cell; what stands in it then, unless it cannot be read.
    fn cell(
        &mut self,
        line: usize,
        key: &Key,
        record: &mut Record,
        column: &'static GridColumn,
        text: &str,
    ) -> Option<String> {
        if let (false, Some(absence)) = (text.trim().is_empty(), absence(record, column)) {
            let (column, why) = (column.title.to_owned(), absence.of_one(column));
            self.pasting.absent.push(PasteTrouble { line, column, why });
            return None;
        }
        let done = match column.holds {
            Holds::OfOperation(fact) => place_in_operation(record, fact)
                .map_err(|misfit| misfit.to_string())
                .and_then(|place| self.beside(line, place, text)),
            _ => write(&self.names, key, record, column, text).map_err(|misfit| misfit.to_string()).map(|renamed| {
                if !renamed.is_empty() {
                    self.renamed.push((key.clone(), column, renamed));
                }
                text_of(&self.names, key, record, column)
            }),
        };
        done.map_err(|why| self.trouble(line, column.title, why)).ok()
    }

    /// Writes a fact of another record than the line's own. Several lines may speak of it, if they say the same.
    fn beside(&mut self, line: usize, place: (Key, Path), text: &str) -> Result<String, String> {
        if let Some((first, said)) = self.elsewhere.get(&place)
            && said != text
        {
            return Err(format!("line {first} says otherwise of the same operation"));
        }
        let entry = || self.model.entry(&place.0).map(|entry| entry.record);
        let record = self.records.get(&place.0).cloned().or_else(entry);
        let mut record = record.ok_or_else(|| format!("there is no {} “{}”", place.0.kind.phrase(), place.0.slug))?;
        write_at(&self.names, &mut record, &place.1, text).map_err(|misfit| misfit.to_string())?;
        let after = text_at(&self.names, &record, &place.1);
        if self.records.insert(place.0.clone(), record).is_none() {
            self.changed.push(place.0.clone());
        }
        self.elsewhere.insert(place, (line, text.to_owned()));
        Ok(after)
    }

    /// Makes a record of a line.
    fn add(&mut self, line: usize, row: &[(usize, &str)]) -> Option<Key> {
        let (mut record, name) = match self.sheet {
            GridKind::Interactions => self.interaction(line, row)?,
            GridKind::Contracts => {
                let name = self.needed(line, row, "name")?;
                (Record::from(Contract::new(name.clone())), name)
            }
            GridKind::Boundaries => {
                let name = self.needed(line, row, "name")?;
                self.needed(line, row, "trust")?;
                (Record::from(Boundary::new(name.clone(), Trust::Internal)), name)
            }
        };
        let key = self.new_key(line, self.text(row, "id"), &name)?;
        for (at, text) in row {
            let Some(column) = self.sheet.columns().get(*at) else { continue };
            match column.holds {
                Holds::Id => {}
                Holds::Derived => _ = self.pasting.passed.insert(column.title),
                _ if text_of(&self.names, &key, &record, column) == *text => {}
                // What is not said of a new interaction is not decided yet.
                _ if column.id == "kind" && text.trim().is_empty() => {}
                _ => _ = self.cell(line, &key, &mut record, column, text),
            }
        }
        self.records.insert(key.clone(), record);
        self.changed.push(key.clone());
        self.pasting.added.push(key.clone());
        Some(key)
    }

    fn needed(&mut self, line: usize, row: &[(usize, &str)], id: &'static str) -> Option<String> {
        let found = self.text(row, id).map(|text| text.strip_prefix('\'').unwrap_or(text).to_owned());
        if found.is_none() {
            let title = self.sheet.column(id).and_then(|at| self.sheet.columns().get(at)).map_or("", |c| c.title);
            let fits = Record::shape_of(self.sheet.kind()).into_iter().find(|slot| slot.name == id);
            let fits = fits.filter(|slot| matches!(slot.shape, Shape::Choice(_))).map(|slot| slot.shape.expects());
            let fits = fits.map(|words| format!(": {words}")).unwrap_or_default();
            self.trouble(line, title, format!("a new row needs this{fits}"));
        }
        found
    }

    /// A new interaction with its ends and kind, and of what its id is made.
    fn interaction(&mut self, line: usize, row: &[(usize, &str)]) -> Option<(Record, String)> {
        let texts = ["from", "to"].map(|id| self.needed(line, row, id));
        let [Some(from), Some(to)] = texts else { return None };
        let kind = self.text(row, "kind").unwrap_or(InteractionKind::Unclassified.word());
        let mut end = |title: &'static str, text: &str| match self.names.meant(Kind::System, text).as_slice() {
            [only] => Some(only.slug.clone()),
            [] => {
                self.trouble(line, title, format!("there is no system “{text}”"));
                None
            }
            more @ [first, ..] => {
                let why = format!("{} systems are called “{text}”: give an id, such as {}", more.len(), first.slug);
                self.trouble(line, title, why);
                None
            }
        };
        let (from, to) = (end("From", &from), end("To", &to));
        let Some(kind) = kind_of(kind) else {
            let words: Vec<&str> = InteractionKind::ALL.iter().map(|kind| kind.word()).collect();
            self.trouble(line, "Kind", format!("“{kind}” does not fit: expected {}", words.join(", ")));
            return None;
        };
        let (from, to) = (from?, to?);
        let name = format!("{from}-{to}");
        Some((Interaction::new(Id::from_slug(from), Id::from_slug(to), kind).into(), name))
    }

    /// The key of a new record: the id that it was given, or one that is made from its name.
    fn new_key(&mut self, line: usize, id: Option<&str>, name: &str) -> Option<Key> {
        let kind = self.sheet.kind();
        let taken = |slug: &Slug| {
            let key = Key { kind, slug: slug.clone() };
            self.model.contains(&key) || self.records.contains_key(&key)
        };
        let slug = match id {
            Some(id) => Slug::new(id.trim())
                .map_err(|error| error.to_string())
                .and_then(|slug| if taken(&slug) { Err(format!("“{slug}” is there already")) } else { Ok(slug) }),
            None => Slug::derive(name)
                .map(|slug| slug.free(taken))
                .ok_or_else(|| format!("“{name}” is no name: it has neither a letter nor a digit")),
        };
        slug.map(|slug| Key { kind, slug }).map_err(|why| self.trouble(line, "Id", why)).ok()
    }

    /// All that was read, as edits; whether they can be done is tried out.
    fn end(mut self) -> Pasting {
        let mut renames = Vec::new();
        for key in &self.changed {
            let Some(record) = self.records.remove(key) else { continue };
            let before = self.model.entry(key).map(|entry| entry.record);
            if before.as_ref() == Some(&record) {
                continue;
            }
            let name = record.display_name();
            if let (Some(before), Some(name)) = (before, name)
                && before.display_name().as_ref() != Some(&name)
                && let Ok((_, edits)) = rename(self.model, key, &name)
            {
                renames.extend(edits.into_iter().filter(|edit| matches!(edit, Edit::Rename { .. })));
            }
            self.pasting.edits.push(Edit::Put { key: key.clone(), record });
        }
        for (key, column, renamed) in std::mem::take(&mut self.renamed) {
            if let Err(misfit) = follow_parts(self.model, &key, column, &renamed, &mut self.pasting.edits) {
                self.trouble(0, column.title, misfit.to_string());
            }
        }
        self.pasting.edits.extend(renames);
        if self.pasting.troubles.is_empty()
            && let Err(error) = self.model.clone().apply(&self.pasting.edits)
        {
            self.trouble(0, "", error.to_string());
        }
        self.pasting
    }
}

fn kind_of(text: &str) -> Option<InteractionKind> {
    InteractionKind::ALL.iter().copied().find(|kind| kind.word().eq_ignore_ascii_case(text.trim()))
}
