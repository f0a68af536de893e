//! What differs between two states of a model, in people's words: by name, and by fact.

use crate::{
    model::{Change, Edit, Entry, Key, Model, Record, Shown, Subject, diff},
    rules,
    text::capital,
};

/// What became of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Became {
    /// It is new.
    Added,
    /// It is different.
    Changed,
    /// It is gone.
    Removed,
}

impl Became {
    /// Each, in the order in which they are told.
    pub const ALL: [Self; 3] = [Self::Added, Self::Changed, Self::Removed];

    /// The word for it, as a heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Added => "Added",
            Self::Changed => "Changed",
            Self::Removed => "Removed",
        }
    }
}

/// A record that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeLine {
    /// Which; as it is now.
    pub key: Key,
    /// What people call it.
    pub name: String,
    /// What became of it.
    pub became: Became,
    /// What is different: "owner: Sales, was not asked".
    pub facts: Vec<String>,
}

impl ChangeLine {
    /// What it is and what it is called: "System Orders".
    pub fn title(&self) -> String {
        format!("{} {}", capital(self.key.kind.phrase()), self.name)
    }
}

/// Values longer than this are not told, only that they changed.
const LONGEST: usize = 60;

/// What differs, in three parts, each in the order of the file. Who only got another name is changed, and so is not who
/// speaks about it.
pub fn changes(before: &Model, after: &Model) -> Vec<ChangeLine> {
    let renamed = renamed(before, after);
    let mut then = before.clone();
    for (from, to) in &renamed {
        // What cannot be renamed is told as removed and added.
        let _ = then.apply(&[Edit::Rename { key: from.clone(), to: to.slug.clone() }]);
    }
    let line = |change: &Change| {
        let became = match (&change.before, &change.after) {
            (None, _) => Became::Added,
            (_, None) => Became::Removed,
            _ => Became::Changed,
        };
        let model = if became == Became::Removed { &then } else { after };
        let facts = change.before.as_ref().zip(change.after.as_ref());
        let facts = facts.map(|(before, now)| facts_of((&then, before), (after, now))).unwrap_or_default();
        let name = rules::name(model, &Subject::from(change.key.clone()));
        ChangeLine { key: change.key.clone(), name, became, facts }
    };
    let mut lines: Vec<ChangeLine> = diff(&then, after).changes.iter().map(line).collect();
    lines.sort_by_key(|line| line.became);
    lines
}

/// Records that are gone and have come back under another id, the same but for their names.
fn renamed(before: &Model, after: &Model) -> Vec<(Key, Key)> {
    let patch = diff(before, after);
    let mut come: Vec<(&Key, &Record)> = patch
        .changes
        .iter()
        .filter(|change| change.before.is_none())
        .filter_map(|change| Some((&change.key, &change.after.as_ref()?.record)))
        .collect();
    let mut found = Vec::new();
    for change in patch.changes.iter().filter(|change| change.after.is_none()) {
        let Some(gone) = &change.before else { continue };
        let same = |(key, record): &(&Key, &Record)| key.kind == change.key.kind && is_same(&gone.record, record);
        if let Some(at) = come.iter().position(same) {
            found.push((change.key.clone(), come.remove(at).0.clone()));
        }
    }
    found
}

/// Whether two records differ in nothing but their names, and are more than a name.
fn is_same(a: &Record, b: &Record) -> bool {
    let said = |record: &Record| -> Vec<(&'static str, Shown)> {
        let fields = record.fields();
        let named = |name: &str| matches!(name, "name" | "title");
        fields.iter().filter(|(name, _)| !named(name)).map(|(name, field)| (*name, field.show())).collect()
    };
    a.display_name().is_some() && said(a) == said(b)
}

/// What is different about a record, fact by fact.
fn facts_of((then, before): (&Model, &Entry), (now, after): (&Model, &Entry)) -> Vec<String> {
    let (old, new) = (before.record.fields(), after.record.fields());
    let mut told = Vec::new();
    for ((name, old), (_, new)) in old.iter().zip(&new) {
        let (old, new) = (old.show(), new.show());
        if old == new {
            continue;
        }
        let name = name.replace('_', " ");
        let (was, is) = (then.words(&old), now.words(&new));
        let short = |words: &str| !words.is_empty() && words.chars().count() <= LONGEST;
        told.push(if short(&was) && short(&is) { format!("{name}: {is}, was {was}") } else { name });
    }
    if before.comment != after.comment {
        told.push("comment".to_owned());
    }
    told
}

/// The list as text: plain, or Markdown with headings and bullets.
pub fn changes_text(title: &str, lines: &[ChangeLine], markdown: bool) -> String {
    let mut text = if markdown { format!("## {title}\n") } else { format!("{title}\n") };
    for became in Became::ALL {
        let own: Vec<&ChangeLine> = lines.iter().filter(|line| line.became == became).collect();
        if own.is_empty() {
            continue;
        }
        text.push_str(&if markdown {
            format!("\n### {}\n\n", became.title())
        } else {
            format!("\n{}\n", became.title())
        });
        for line in own {
            let bullet = if markdown { "- " } else { "  " };
            let facts = if line.facts.is_empty() { String::new() } else { format!(": {}", line.facts.join("; ")) };
            text.push_str(&format!("{bullet}{}{facts}\n", line.title()));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Fact, Id, Kind, Slug, System, SystemKind, Team};

    #[test]
    fn what_was_added_changed_renamed_and_removed_is_told_by_name() {
        let mut before = Model::new("Shop");
        let put = |name: &str, kind| {
            let id: Id<System> = name.to_lowercase().parse().unwrap();
            Edit::put(&id, System::new(name, kind))
        };
        before.apply(&[put("Orders", SystemKind::Service), put("Stock", SystemKind::Legacy)]).unwrap();
        let mut after = before.clone();
        assert!(changes(&before, &after).is_empty());
        let sales: Id<Team> = "sales".parse().unwrap();
        let mut owned = System::new("Orders", SystemKind::Service);
        owned.owner = Fact::Known(sales.clone());
        let orders: Id<System> = "orders".parse().unwrap();
        let stock = Key { kind: Kind::System, slug: Slug::new("stock").unwrap() };
        after.apply(&[Edit::put(&sales, Team::new("Sales")), Edit::put(&orders, owned)]).unwrap();
        after
            .apply(&[
                Edit::Rename { key: stock, to: Slug::new("warehouse").unwrap() },
                Edit::put(&"warehouse".parse::<Id<System>>().unwrap(), System::new("Warehouse", SystemKind::Legacy)),
            ])
            .unwrap();
        let text = changes_text("Changes", &changes(&before, &after), true);
        assert_eq!(
            text,
            "## Changes\n\n### Added\n\n- Team Sales\n\n### Changed\n\n- System Orders: owner: Sales, was not asked\n- System \
             Warehouse: name: Warehouse, was Stock\n"
        );
        let back = changes_text("Changes", &changes(&after, &before), false);
        assert!(back.starts_with("Changes\n\nChanged\n  System Orders: owner: not asked, was Sales\n"), "{back}");
        assert!(back.ends_with("\nRemoved\n  Team Sales\n"), "{back}");
    }
}
