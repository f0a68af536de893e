//! A row of a table that is being begun: what it is asked for, one answer after the other, until the record exists.

use super::{
    Refusal, add,
    cells::{Names, reference_offers, write},
    columns::{GridColumn, GridKind},
    connect, facts,
};
use crate::model::{Edit, Id, InteractionKind, Key, Kind, Misfit, Model, Parts, Shape, Trust};

/// A row that is being begun.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewRow {
    /// What was answered, in the order in which it is asked for.
    answers: Vec<String>,
}

impl NewRow {
    /// Whether anything was answered.
    pub fn is_begun(&self) -> bool {
        !self.answers.is_empty()
    }

    /// The column that is asked for next; none once all were.
    pub fn asks(&self, sheet: GridKind) -> Option<&'static GridColumn> {
        column(sheet, asked(sheet).get(self.answers.len())?)
    }

    /// Whether the record can be without what is asked for next.
    pub fn is_enough(&self, sheet: GridKind) -> bool {
        let needed = if sheet == GridKind::Contracts { 1 } else { 2 };
        self.answers.len() >= needed
    }

    /// What was answered in a column, by its place.
    pub fn answer(&self, sheet: GridKind, at: usize) -> Option<&str> {
        let id = sheet.columns().get(at)?.id;
        let place = asked(sheet).iter().position(|other| *other == id)?;
        self.answers.get(place).map(String::as_str)
    }

    /// What stands where the next answer is waited for.
    pub fn words(&self, sheet: GridKind) -> String {
        match (sheet, self.answers.len()) {
            (GridKind::Interactions, 0) => "New interaction: from…".to_owned(),
            (_, 0) => format!("New {}…", sheet.kind().phrase()),
            _ => self.asks(sheet).map(|column| format!("{}…", column.title.to_lowercase())).unwrap_or_default(),
        }
    }

    /// What may be answered next, as in the cells of rows that exist.
    pub fn offers(&self, model: &Model, sheet: GridKind) -> Vec<(String, String)> {
        match self.asks(sheet).map(|column| column.id) {
            Some("from" | "to") => reference_offers(model, Kind::System),
            Some("owner") => reference_offers(model, Kind::Team),
            Some("trust") => Trust::WORDS.iter().map(|word| (word.word.to_owned(), word.about.to_owned())).collect(),
            _ => Vec::new(),
        }
    }

    /// What is expected next, in words.
    pub fn expects(&self, sheet: GridKind) -> &'static str {
        match self.asks(sheet).map(|column| column.id) {
            Some("from") => "who asks or tells",
            Some("to") => "who is asked or told",
            Some("owner") => "a team, or Enter",
            Some("trust") => "how far it is trusted",
            _ => "a name",
        }
    }

    /// Takes an answer.
    ///
    /// # Errors
    /// What would fit; nothing is taken then.
    pub fn take(&mut self, model: &Model, sheet: GridKind, text: &str) -> Result<(), Refusal> {
        let mut with = self.clone();
        with.answers.push(text.trim().to_owned());
        match sheet {
            _ if with.is_enough(sheet) => _ = with.record(model, sheet)?,
            GridKind::Interactions => _ = system(model, text)?,
            GridKind::Contracts | GridKind::Boundaries => _ = add(model, Kind::Boundary, &boundary(text, None))?,
        }
        *self = with;
        Ok(())
    }

    /// Takes the last answer back.
    pub fn back(&mut self) -> Option<String> {
        self.answers.pop()
    }

    /// The record of all answers.
    ///
    /// # Errors
    /// What does not fit, or is missing.
    pub fn record(&self, model: &Model, sheet: GridKind) -> Result<(Key, Vec<Edit>), Refusal> {
        let said = |at: usize| self.answers.get(at).map(String::as_str).unwrap_or_default();
        let first = said(0);
        let (key, mut edits) = match sheet {
            GridKind::Interactions => {
                let (from, to) = (system(model, first)?, system(model, said(1))?);
                let (id, edits) = connect(model, &from, &to, InteractionKind::Unclassified)?;
                (id.key(), edits)
            }
            GridKind::Contracts => add(model, Kind::Contract, &Parts::of("name", first))?,
            GridKind::Boundaries => add(model, Kind::Boundary, &boundary(first, Some(said(1))))?,
        };
        let names = Names::of(model);
        // Who is not named was not asked.
        if sheet == GridKind::Contracts
            && let (Some(Edit::Put { key, record }), Some(owner)) = (edits.first_mut(), column(sheet, "owner"))
        {
            write(&names, key, record, owner, said(1))?;
        }
        Ok((key, edits))
    }

    /// What the step is called by which it comes to be.
    pub fn step(&self, model: &Model, sheet: GridKind) -> String {
        let name = |text: &String| system(model, text).map_or_else(|_| text.clone(), |id| model.name_of(&id));
        match (sheet, self.answers.as_slice()) {
            (GridKind::Interactions, [from, to, ..]) => format!("Connect {} → {}", name(from), name(to)),
            (_, [name, ..]) => format!("Add {name}"),
            _ => format!("Add {}", sheet.kind().phrase()),
        }
    }
}

/// What a new row is asked for, in order: columns by their ids.
fn asked(sheet: GridKind) -> &'static [&'static str] {
    match sheet {
        GridKind::Interactions => &["from", "to"],
        GridKind::Contracts => &["name", "owner"],
        GridKind::Boundaries => &["name", "trust"],
    }
}

/// What a boundary is made of. Where only its name was told, any kind will do to try it.
fn boundary(name: &str, trust: Option<&str>) -> Parts {
    Parts::of("name", name).with("trust", trust.unwrap_or(Trust::Internal.word()))
}

fn column(sheet: GridKind, id: &str) -> Option<&'static GridColumn> {
    sheet.columns().get(sheet.column(id)?)
}

fn system(model: &Model, text: &str) -> Result<Id<crate::model::System>, Misfit> {
    const SYSTEM: Shape = Shape::Reference(&[Kind::System]);
    let slug = facts::id_text(model, &SYSTEM, text)?;
    slug.parse().map_err(|_| Misfit::text(text, &SYSTEM))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file::read;

    fn shop() -> Model {
        let text = r#"(
            model: (format: 1, name: "Shop"),
            teams: {"sales": (name: "Sales")},
            systems: {"orders": (name: "Orders", kind: Service), "web": (name: "Web shop", kind: Application)},
        )"#;
        read(text).model.unwrap()
    }

    #[test]
    fn an_interaction_exists_once_both_ends_are_there() {
        let mut model = shop();
        let mut row = NewRow::default();
        assert_eq!(row.words(GridKind::Interactions), "New interaction: from…");
        assert!(row.take(&model, GridKind::Interactions, "nobody").is_err());
        assert!(!row.is_begun());
        row.take(&model, GridKind::Interactions, "web SHOP").unwrap();
        assert_eq!(
            (row.words(GridKind::Interactions), row.is_enough(GridKind::Interactions)),
            ("to…".to_owned(), false)
        );
        assert_eq!(row.answer(GridKind::Interactions, 0), Some("web SHOP"));
        assert!(row.take(&model, GridKind::Interactions, "nobody").is_err());
        row.take(&model, GridKind::Interactions, "orders").unwrap();
        assert!(row.asks(GridKind::Interactions).is_none());
        assert_eq!(row.step(&model, GridKind::Interactions), "Connect Web shop → Orders");
        let (key, edits) = row.record(&model, GridKind::Interactions).unwrap();
        model.apply(&edits).unwrap();
        assert_eq!(key.slug.as_str(), "web-orders");
        assert_eq!(model.interactions.values().next().unwrap().kind, InteractionKind::Unclassified);
    }

    #[test]
    fn a_boundary_is_asked_how_far_it_is_trusted() {
        let mut model = shop();
        let mut row = NewRow::default();
        assert!(row.take(&model, GridKind::Boundaries, "?!").is_err());
        row.take(&model, GridKind::Boundaries, "Partner zone").unwrap();
        assert!(!row.is_enough(GridKind::Boundaries));
        assert_eq!(row.words(GridKind::Boundaries), "trust…");
        let offered: Vec<String> = row.offers(&model, GridKind::Boundaries).into_iter().map(|(word, _)| word).collect();
        assert_eq!(offered, ["public", "partner", "edge", "internal", "restricted"]);
        assert!(row.take(&model, GridKind::Boundaries, "somewhat").is_err());
        row.take(&model, GridKind::Boundaries, "Partner").unwrap();
        let (_, edits) = row.record(&model, GridKind::Boundaries).unwrap();
        model.apply(&edits).unwrap();
        assert_eq!(model.boundaries.values().next().unwrap().trust, Trust::Partner);
    }

    #[test]
    fn a_contract_has_a_name_and_may_have_an_owner() {
        let mut model = shop();
        let mut row = NewRow::default();
        assert!(row.take(&model, GridKind::Contracts, "?!").is_err());
        row.take(&model, GridKind::Contracts, "Orders API").unwrap();
        assert!(row.is_enough(GridKind::Contracts));
        assert!(row.take(&model, GridKind::Contracts, "nobody").is_err());
        row.take(&model, GridKind::Contracts, "sales").unwrap();
        let (_, edits) = row.record(&model, GridKind::Contracts).unwrap();
        model.apply(&edits).unwrap();
        let contract = model.contracts.values().next().unwrap();
        assert_eq!(contract.name, "Orders API");
        assert_eq!(contract.owner.known().unwrap().as_str(), "sales");
        assert_eq!((row.back(), row.back(), row.back()), (Some("sales".into()), Some("Orders API".into()), None));
    }
}
