//! Cells of the ownership matrix as text: letters that can be written back, and blocks of them from a spreadsheet.
//!
//! `O` says who owns a record, `C`, `R`, `U` and `D` what a system does with it; small letters, straight in a store.

use super::{
    Refusal, clear_touch,
    tabbed::{tabbed, untabbed},
    toggle_owner, toggle_right,
};
use crate::{
    model::{Edit, Entity, Id, Kind, Misfit, Model, Right, System},
    ownership::{Matrix, Touch, touch_of},
};

/// The rights in the order of their letters.
const RIGHTS: [Right; 4] = [Right::Create, Right::Read, Right::Update, Right::Delete];
/// What stands over the records.
const HEAD: &str = "Record";

/// What stands in a cell, as it would be written.
pub fn touch_text(touch: &Touch) -> String {
    let owner = if touch.owner { "O" } else { "" };
    [owner.to_owned(), touch.letters()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Writes letters into a cell: who is not the owner, or has a right no longer, loses it.
///
/// # Errors
/// What would fit; that a small letter gives nothing, since it does not say in which store.
pub fn set_touch(model: &Model, entity: &Id<Entity>, system: &Id<System>, text: &str) -> Result<Vec<Edit>, Refusal> {
    let now = touch_of(model, entity, system);
    let letters: Vec<char> = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, ',' | ';')).collect();
    let known = |c: &char| *c == 'O' || RIGHTS.iter().any(|right| right.letter() == c.to_ascii_uppercase());
    if !letters.iter().all(known) {
        let expected = "letters of C, R, U and D, and O for the owner".to_owned();
        return Err(Misfit::Text { text: text.trim().to_owned(), expected }.into());
    }
    if letters.is_empty() {
        return if now == Touch::default() { Ok(Vec::new()) } else { clear_touch(model, entity, system) };
    }
    // Each step is taken in the model as the steps before left it.
    let (mut next, mut edits) = (model.clone(), Vec::new());
    let mut take = |next: &mut Model, step: Vec<Edit>| {
        _ = next.apply(&step);
        edits.extend(step);
    };
    if letters.contains(&'O') != now.owner {
        let step = toggle_owner(&next, entity, system)?.1;
        take(&mut next, step);
    }
    for right in RIGHTS {
        let small = right.letter().to_ascii_lowercase();
        let wanted = letters.contains(&right.letter()) || letters.contains(&small);
        let has = now.rights.contains(&right) || now.direct.contains(&right);
        if wanted && !has && !letters.contains(&right.letter()) {
            let expected = format!("a capital {}: a small letter does not say in which store", right.letter());
            return Err(Misfit::Text { text: small.to_string(), expected }.into());
        }
        if wanted != has {
            let step = toggle_right(&next, entity, system, right)?.1;
            take(&mut next, step);
        }
    }
    Ok(edits)
}

/// Records and systems of the matrix as text, with headings.
pub fn touches_text(model: &Model, matrix: &Matrix, rows: &[&Id<Entity>], systems: &[Id<System>]) -> String {
    let head = std::iter::once(HEAD.to_owned()).chain(systems.iter().map(|id| model.name_of(id)));
    let cell = |entity: &Id<Entity>, system| matrix.touch(entity, system).map(touch_text).unwrap_or_default();
    let row = |entity: &&Id<Entity>| {
        let cells = systems.iter().map(|system| cell(entity, system));
        std::iter::once(model.name_of(*entity)).chain(cells).collect()
    };
    let lines: Vec<Vec<String>> = std::iter::once(head.collect()).chain(rows.iter().map(row)).collect();
    tabbed(&lines)
}

/// What pasting a text from a cell on would do: how many cells it speaks of, and the edits. A text with headings says
/// itself which records and systems it speaks of.
///
/// # Errors
/// All that cannot be read, a line each; nothing is to be done then.
pub fn paste_touches(
    model: &Model,
    (rows, systems): (&[&Id<Entity>], &[Id<System>]),
    text: &str,
) -> Result<(usize, Vec<Edit>), String> {
    let lines = untabbed(text);
    let headed = lines.first().and_then(|line| line.first()).is_some_and(|cell| cell.trim() == HEAD);
    let mut wrong = Vec::new();
    let mut cells: Vec<(Id<Entity>, Id<System>, String)> = Vec::new();
    if headed {
        let names = super::cells::Names::of(model);
        let mut find = |kind: Kind, text: &str| match names.meant(kind, text).as_slice() {
            [only] => Some(only.slug.clone()),
            _ => {
                wrong.push(format!("there is no {} that “{text}” alone could mean", kind.phrase()));
                None
            }
        };
        let heads = lines.first().into_iter().flatten().skip(1);
        let heads: Vec<Option<Id<System>>> = heads.map(|name| find(Kind::System, name).map(Id::from_slug)).collect();
        for line in lines.iter().skip(1).filter(|line| line.iter().any(|cell| !cell.trim().is_empty())) {
            let name = line.first().map(String::as_str).unwrap_or_default();
            let Some(entity) = find(Kind::Entity, name).map(Id::<Entity>::from_slug) else { continue };
            let said = heads.iter().zip(line.iter().skip(1));
            cells.extend(said.filter_map(|(system, text)| Some((entity.clone(), system.clone()?, text.clone()))));
        }
    } else {
        for (at, line) in lines.iter().enumerate() {
            match rows.get(at) {
                Some(entity) if line.len() <= systems.len() => {
                    let said = systems.iter().zip(line);
                    cells.extend(said.map(|(system, text)| ((*entity).clone(), system.clone(), text.clone())));
                }
                Some(_) => wrong.push(format!("line {} has more cells than there are systems here", at + 1)),
                None => wrong.push(format!("there is no record for line {}", at + 1)),
            }
        }
    }
    let (mut next, mut edits) = (model.clone(), Vec::new());
    for (entity, system, text) in &cells {
        match set_touch(&next, entity, system, text) {
            Ok(step) if step.is_empty() => {}
            Ok(step) => {
                if let Err(error) = next.apply(&step) {
                    wrong.push(error.to_string());
                }
                edits.extend(step);
            }
            Err(refusal) => {
                wrong.push(format!("{} in {}: {refusal}", model.name_of(entity), model.name_of(system)));
            }
        }
    }
    if wrong.is_empty() { Ok((cells.len(), edits)) } else { Err(wrong.join("\n")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{file::read, rules::Report};

    #[test]
    fn letters_are_written_as_they_are_told() {
        let text = r#"(
            model: (format: 1, name: "Shop"),
            systems: {"orders": (name: "Orders", kind: Service), "web": (name: "Web shop", kind: Application)},
            entities: {"order": (name: "Order"), "card": (name: "Gift card")},
        )"#;
        let mut model = read(text).model.unwrap();
        let (order, web): (Id<Entity>, Id<System>) = ("order".parse().unwrap(), "web".parse().unwrap());
        for said in ["O", "O CR", "U", "CRUD", ""] {
            let edits = set_touch(&model, &order, &web, said).unwrap();
            model.apply(&edits).unwrap();
            assert_eq!(touch_text(&touch_of(&model, &order, &web)), said);
            assert_eq!(set_touch(&model, &order, &web, said).unwrap(), []);
        }
        assert!(set_touch(&model, &order, &web, "x").is_err());
        assert!(set_touch(&model, &order, &web, "u").is_err());
        let (_, edits) =
            paste_touches(&model, (&[], &[]), "Record\tWeb shop\tOrders\nGift card\tR\tO CU\nOrder\t\tO\n").unwrap();
        model.apply(&edits).unwrap();
        let matrix = Matrix::new(&model, &Report::default());
        let rows: Vec<&Id<Entity>> = matrix.entities.iter().collect();
        let text = touches_text(&model, &matrix, &rows, &matrix.systems);
        assert_eq!(text, "Record\tOrders\tWeb shop\nGift card\tO CU\tR\nOrder\tO\t\n");
        assert_eq!(paste_touches(&model, (&[], &[]), &text).unwrap(), (4, vec![]));
        assert!(paste_touches(&model, (&[], &[]), "Record\tNobody\nOrder\tR\n").is_err());
    }
}
