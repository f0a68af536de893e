//! What is said of systems, in any order, each thing once.

use super::{
    BOUNDARY, DOMAIN, NOTHING, Read, SYSTEM,
    reader::{Parser, is_name_word},
};
use crate::{
    entry::{
        Problem,
        ast::{Dates, Name, Said, Statement, Systems},
        lex::Sort,
        words::{CRITICALITIES, PERMANENCES, STAGES, SYSTEM_KINDS, SYSTEM_ROLES, meant},
    },
    file::nearest,
};

impl Parser<'_> {
    pub(super) fn systems(&mut self, names: Vec<Name>) -> Read<Statement> {
        let mut said = Systems::of(names);
        // Whether the last thing said was what they are: it may be said in several words.
        let mut open = false;
        loop {
            let from = self.next;
            if self.symbol(Sort::Colon) {
                self.traits(&mut said)?;
                open = true;
                continue;
            }
            self.clause(&mut said)?;
            if self.next == from {
                return if open && self.peek().is_some_and(is_name_word) {
                    Err(self.no_trait())
                } else {
                    Ok(Statement::Systems(Box::new(said)))
                };
            }
            open = false;
        }
    }

    /// Behind a colon: what they are, in any order. At least one thing.
    fn traits(&mut self, said: &mut Systems) -> Read<()> {
        let first = self.next;
        loop {
            let from = self.next;
            if said.kind.is_none() {
                said.kind = self.phrase(&SYSTEM_KINDS);
            }
            if said.role.is_none() {
                said.role = self.phrase(&SYSTEM_ROLES);
            }
            if said.criticality.is_none() {
                said.criticality = self.phrase(&CRITICALITIES);
            }
            if said.stage.is_none() {
                said.stage = self.phrase(&STAGES);
            }
            if self.next == from {
                return if from == first { Err(self.no_trait()) } else { Ok(()) };
            }
        }
    }

    /// What stands here does not say what a system is.
    fn no_trait(&mut self) -> Problem {
        const LIKE: &str = "like service, read model, critical or governed";
        let Ok(name) = self.name(NOTHING, "a kind, role, criticality or stage") else {
            return self.expected(&format!("a kind, role, criticality or stage is missing here, {LIKE}"));
        };
        let kinds = SYSTEM_KINDS.iter().map(|(word, _)| *word).chain(SYSTEM_ROLES.iter().map(|(word, _)| *word));
        let more = CRITICALITIES.iter().map(|(word, _)| *word).chain(STAGES.iter().map(|(word, _)| *word));
        let wrong = name.value.to_lowercase();
        if kinds.clone().chain(more.clone()).any(|word| word == wrong) {
            let message =
                format!("“{}” is one too many: a system has one kind, role, criticality and stage", name.value);
            return Problem::new(name.at, message);
        }
        let words: Vec<&str> = kinds.chain(more).collect();
        let near = nearest(&wrong, words.iter().copied()).or_else(|| meant(&wrong, words));
        if matches!(wrong.as_str(), "database" | "db" | "schema" | "cache" | "bucket" | "store") {
            let kind = if wrong == "db" || wrong == "store" { "database" } else { &wrong };
            let message = format!("a {wrong} is a store and no system: write `store {} : {kind}`", self.subject_name());
            return Problem::new(name.at, message);
        }
        let message = format!("“{}” is no kind, role, criticality or stage of a system, {LIKE}", name.value);
        Problem::new(name.at, message).suggesting(near)
    }

    fn clause(&mut self, said: &mut Systems) -> Read<()> {
        if said.domain.is_none() && self.symbol(Sort::At) {
            said.domain = Some(self.name(DOMAIN, "a domain")?);
        } else if said.boundary.is_none() && self.keyword("in").is_some() {
            said.boundary = Some(self.name(BOUNDARY, "a boundary")?);
        } else if said.technology.is_none() && self.keyword("tech").is_some() {
            said.technology = Some(self.name(NOTHING, "a language, product or platform")?);
        } else if said.fronts.is_empty() && self.keyword("fronts").is_some() {
            said.fronts = self.names(SYSTEM, "a system")?;
        } else if said.replaced_by.is_none() && self.keyword("replaced").is_some() {
            if self.keyword("by").is_none() {
                return Err(self.expected("“by” is missing: write `replaced by Orders`"));
            }
            said.replaced_by = Some(self.name(SYSTEM, "a system")?);
        } else {
            for (word, permanence) in PERMANENCES {
                if said.permanence.is_none()
                    && let Some(at) = self.keyword(word)
                {
                    said.permanence = Some(Said { value: permanence, at });
                }
            }
            self.dates(&mut said.dates)?;
        }
        Ok(())
    }

    fn dates(&mut self, dates: &mut Dates) -> Read<()> {
        let slots = [
            ("retires", &mut dates.retires),
            ("active", &mut dates.active),
            ("planned", &mut dates.planned),
            ("deprecated", &mut dates.deprecated),
        ];
        for (word, slot) in slots {
            if slot.is_none() && self.keyword(word).is_some() {
                *slot = Some(self.date()?);
            }
        }
        Ok(())
    }
}
