//! Facts that hold several values: items by their places, entries by their names.

use std::collections::{BTreeMap, BTreeSet};

use super::{Field, Key, Misfit, Parts, Said, Shape, Shown, Slug, fact::name_of, merge::Merging};

/// What an entry of a map is called in a path.
fn step<K: Field>(key: &K) -> String {
    match (K::shape(), key.show()) {
        (Shape::Reference([]), Shown::Ref(key)) => key.to_string(),
        _ => name_of(key),
    }
}

/// The items that one text tells.
fn split<T: Field>(text: &str) -> Result<Vec<T>, Misfit> {
    let words = matches!(T::shape(), Shape::Words | Shape::Prose);
    let between: &[char] = if text.contains('\n') {
        &['\n']
    } else if words {
        &[';']
    } else {
        &[',', ';']
    };
    let items = text.split(between).map(str::trim).filter(|item| !item.is_empty());
    items.map(|item| T::make(&Parts::one(item))).collect()
}

/// The item at a place, or what is in it.
fn item_at<'a, T: Field + 'a>(mut items: impl Iterator<Item = &'a T>, path: &[String]) -> Option<Shown> {
    let (place, rest) = path.split_first()?;
    items.nth(place.parse().ok()?)?.at(rest)
}

/// Says something of a list, or of an item of it.
fn set_items<T: Field>(items: &mut Vec<T>, path: &[String], said: &Said) -> Result<(), Misfit> {
    let Some((place, rest)) = path.split_first() else { return set_all(items, said) };
    let nowhere = || Misfit::Nowhere(format!("item {place}"));
    let at: usize = place.parse().map_err(|_| nowhere())?;
    let item = items.get_mut(at).ok_or_else(nowhere)?;
    match said {
        Said::Remove if rest.is_empty() => {
            items.remove(at);
        }
        Said::Move(to) if rest.is_empty() => {
            let to = (*to).min(items.len() - 1);
            let item = items.remove(at);
            items.insert(to, item);
        }
        _ => item.set(rest, said)?,
    }
    Ok(())
}

fn set_all<T: Field>(items: &mut Vec<T>, said: &Said) -> Result<(), Misfit> {
    match said {
        Said::NotAsked => items.clear(),
        Said::Value(text) => *items = split(text)?,
        Said::Add(parts) => items.push(T::make(parts)?),
        Said::None | Said::Remove | Said::Move(_) | Said::Rename(_) => return Err(Misfit::Unfit(T::shape().expects())),
    }
    Ok(())
}

fn list_of<T: Field>() -> Shape {
    Shape::List(Box::new(T::shape()))
}

impl<T: Field + Clone + PartialEq> Field for Vec<T> {
    fn is_absent(&self) -> bool {
        self.is_empty()
    }

    fn show(&self) -> Shown {
        if self.is_empty() { Shown::NotAsked } else { Shown::List(self.iter().map(Field::show).collect()) }
    }

    fn shape() -> Shape {
        list_of::<T>()
    }

    fn make(parts: &Parts) -> Result<Self, Misfit> {
        split(parts.text().unwrap_or_default())
    }

    fn fresh() -> Option<Self> {
        Some(Self::new())
    }

    fn at(&self, path: &[String]) -> Option<Shown> {
        if path.is_empty() { Some(self.show()) } else { item_at(self.iter(), path) }
    }

    fn set(&mut self, path: &[String], said: &Said) -> Result<(), Misfit> {
        set_items(self, path, said)
    }

    fn references(&self, visit: &mut dyn FnMut(Key)) {
        self.iter().for_each(|item| item.references(visit));
    }

    fn rename(&mut self, from: &Key, to: &Slug) {
        self.iter_mut().for_each(|item| item.rename(from, to));
    }

    fn merge(&mut self, base: &Self, theirs: &Self, merging: &mut Merging<'_>) {
        if !merging.is_effect() {
            return merging.whole(self, base, theirs);
        }
        // What an effect takes from a list and puts in its place: the rest of the list is as others left it.
        let gone: Vec<&T> = base.iter().filter(|item| !theirs.contains(item)).collect();
        let new: Vec<&T> = theirs.iter().filter(|item| !base.contains(item)).collect();
        let done = new.iter().all(|item| self.contains(item));
        if !done && gone.iter().any(|item| !self.contains(item)) {
            merging.lost();
            return;
        }
        self.retain(|item| !gone.contains(&item));
        for item in new {
            if !self.contains(item) {
                self.push(item.clone());
            }
        }
    }
}

impl<T: Field + Ord + Clone> Field for BTreeSet<T> {
    fn is_absent(&self) -> bool {
        self.is_empty()
    }

    fn show(&self) -> Shown {
        if self.is_empty() { Shown::NotAsked } else { Shown::List(self.iter().map(Field::show).collect()) }
    }

    fn shape() -> Shape {
        list_of::<T>()
    }

    fn make(parts: &Parts) -> Result<Self, Misfit> {
        split(parts.text().unwrap_or_default()).map(|items| items.into_iter().collect())
    }

    fn at(&self, path: &[String]) -> Option<Shown> {
        if path.is_empty() { Some(self.show()) } else { item_at(self.iter(), path) }
    }

    fn set(&mut self, path: &[String], said: &Said) -> Result<(), Misfit> {
        let mut items: Vec<T> = self.iter().cloned().collect();
        set_items(&mut items, path, said)?;
        *self = items.into_iter().collect();
        Ok(())
    }

    fn references(&self, visit: &mut dyn FnMut(Key)) {
        self.iter().for_each(|item| item.references(visit));
    }

    fn rename(&mut self, from: &Key, to: &Slug) {
        let renamed = |mut item: T| {
            item.rename(from, to);
            item
        };
        *self = std::mem::take(self).into_iter().map(renamed).collect();
    }
}

impl<K: Field + Ord + Clone, V: Field + Clone + PartialEq> Field for BTreeMap<K, V> {
    fn is_absent(&self) -> bool {
        self.is_empty()
    }

    fn show(&self) -> Shown {
        if self.is_empty() {
            return Shown::NotAsked;
        }
        Shown::Group(self.iter().map(|(key, value)| (name_of(key), value.show())).collect())
    }

    fn shape() -> Shape {
        Shape::Map(Box::new(K::shape()), Box::new(V::shape()))
    }

    fn make(parts: &Parts) -> Result<Self, Misfit> {
        let text = parts.text().unwrap_or_default();
        Err(Misfit::text(text, &Self::shape()))
    }

    fn fresh() -> Option<Self> {
        Some(Self::new())
    }

    fn at(&self, path: &[String]) -> Option<Shown> {
        let Some((name, rest)) = path.split_first() else { return Some(self.show()) };
        self.iter().find(|(key, _)| step(*key) == *name)?.1.at(rest)
    }

    fn set(&mut self, path: &[String], said: &Said) -> Result<(), Misfit> {
        let Some((name, rest)) = path.split_first() else {
            match said {
                Said::NotAsked => self.clear(),
                Said::Add(parts) => {
                    let key = K::make(&Parts::one(parts.text().unwrap_or_default()))?;
                    if self.contains_key(&key) || name_of(&key).trim().is_empty() {
                        return Err(Misfit::Twice(name_of(&key)));
                    }
                    self.insert(key, V::make(&parts.entry())?);
                }
                _ => return Err(Misfit::Unfit(Self::shape().expects())),
            }
            return Ok(());
        };
        let known = self.keys().find(|key| step(*key) == *name).cloned();
        let key = known.map_or_else(|| K::make(&Parts::one(name)), Ok)?;
        if rest.is_empty() && *said == Said::Remove {
            return self.remove(&key).map(|_| ()).ok_or_else(|| Misfit::Nowhere(name.clone()));
        }
        if let (Said::Rename(to), true) = (said, rest.is_empty()) {
            let to = K::make(&Parts::one(to))?;
            if self.contains_key(&to) || name_of(&to).trim().is_empty() {
                return Err(Misfit::Twice(name_of(&to)));
            }
            let value = self.remove(&key).ok_or_else(|| Misfit::Nowhere(name.clone()))?;
            self.insert(to, value);
            return Ok(());
        }
        if let Some(value) = self.get_mut(&key) {
            return value.set(rest, said);
        }
        // What is said of an entry that is not there makes it.
        let value = match (rest, said) {
            ([], Said::Value(text)) => V::make(&Parts::one(text))?,
            ([], Said::Add(parts)) => V::make(parts)?,
            ([], _) => return Err(Misfit::Nowhere(name.clone())),
            _ => {
                let mut value = V::make(&Parts::default())?;
                value.set(rest, said)?;
                value
            }
        };
        self.insert(key, value);
        Ok(())
    }

    fn references(&self, visit: &mut dyn FnMut(Key)) {
        for (key, value) in self {
            key.references(visit);
            value.references(visit);
        }
    }

    fn rename(&mut self, from: &Key, to: &Slug) {
        let renamed = |(mut key, mut value): (K, V)| {
            key.rename(from, to);
            value.rename(from, to);
            (key, value)
        };
        *self = std::mem::take(self).into_iter().map(renamed).collect();
    }

    fn narrow(&mut self, other: &mut Self) {
        let alike: Vec<K> =
            self.iter().filter(|(key, value)| other.get(key) == Some(value)).map(|(key, _)| key.clone()).collect();
        for key in alike {
            self.remove(&key);
            other.remove(&key);
        }
        for (key, value) in self {
            if let Some(other) = other.get_mut(key) {
                value.narrow(other);
            }
        }
    }

    fn merge(&mut self, base: &Self, theirs: &Self, merging: &mut Merging<'_>) {
        let keys: BTreeSet<K> = base.keys().chain(self.keys()).chain(theirs.keys()).cloned().collect();
        for key in keys {
            let name = name_of(&key);
            match (self.get_mut(&key), base.get(&key), theirs.get(&key)) {
                (Some(ours), Some(base), Some(theirs)) => merging.inner(&name, ours, base, theirs),
                (_, base, theirs) => {
                    let mut ours = self.remove(&key);
                    merging.optional(&name, &mut ours, base, theirs);
                    if let Some(ours) = ours {
                        self.insert(key, ours);
                    }
                }
            }
        }
    }
}
