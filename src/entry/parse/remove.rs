//! What is taken back, and what is called otherwise.

use super::{NOTHING, Read, What, kinds_of, reader::Parser};
use crate::entry::{
    Problem,
    ast::{Name, Ref, Remove, Rename, Statement},
    index::NAMED,
    lex::Sort,
};

impl Parser<'_> {
    /// Behind `remove`: names, or what another line says.
    pub(super) fn remove(&mut self) -> Read<Statement> {
        let what = self.refs(&NAMED, &NAMED, "what is to go")?;
        if what.iter().any(|one| one.head.is_some()) {
            return Ok(Statement::Remove(Remove::Records(what)));
        }
        let names = || what.iter().map(|one| one.name.clone()).collect::<Vec<Name>>();
        Ok(Statement::Remove(if self.symbol(Sort::Arrow) {
            Remove::Connect(self.connected(names())?)
        } else if self.symbol(Sort::Broad) {
            let publish = self.published(names())?;
            if publish.to.is_empty() {
                return Err(self.expected("who is no longer told is missing: write `=>` and a system"));
            }
            Remove::Publish(publish)
        } else if let Some(access) = self.access(&names())? {
            Remove::Access(access)
        } else {
            Remove::Records(what)
        }))
    }

    /// Behind `rename`: a name up to `to`, and the new one.
    pub(super) fn rename(&mut self) -> Read<Statement> {
        let head = self.head_of(&NAMED);
        self.until = Some("to");
        let what = head.as_ref().map_or(What::Named, |head| What::Name(kinds_of(head.value.kind())));
        let name = self.wanted_name(what, "what is to be called otherwise");
        self.until = None;
        let name = name?;
        if self.keyword("to").is_none() {
            return Err(self.no_new_name(&name));
        }
        let to = self.name(NOTHING, "the new name")?;
        Ok(Statement::Rename(Rename { what: Ref { head, name }, to }))
    }

    /// There is no `to`: what was written in its place, if anything was.
    fn no_new_name(&self, name: &Name) -> Problem {
        let parted = |word: &str| name.value.split_once(&format!(" {word} "));
        if let Some((old, new)) = ["as", "into"].iter().find_map(|word| parted(word)) {
            let message = format!("the new name stands behind `to`: write `rename {old} to {new}`");
            return Problem::new(name.at.clone(), message);
        }
        match self.peek().map(|token| token.sort) {
            Some(Sort::Comma) => self.expected("one thing is renamed at a time; give the others their own line"),
            Some(Sort::Arrow | Sort::Broad | Sort::Colon) => {
                self.expected(&format!("the new name stands behind `to`: write `rename {} to …`", name.value))
            }
            _ => self.expected("“to” and the new name are missing here"),
        }
    }
}
