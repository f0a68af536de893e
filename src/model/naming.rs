//! Another display name for a record, and the id that follows it.

use super::{Edit, Key, Model, Record, Slug};

/// Why a record cannot be called so.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unnameable {
    /// A name of which no id can be made.
    #[error("“{0}” is no name: it has neither a letter nor a digit")]
    NoName(String),
    /// There is no such record, or those of its kind have no name.
    #[error("{} \"{}\" has no name", .0.kind.phrase(), .0.slug)]
    NotFor(Key),
}

/// Gives a record another display name. Its id follows where it was made from the old name.
///
/// # Errors
/// [`Unnameable`].
pub fn rename(model: &Model, key: &Key, name: &str) -> Result<(Key, Vec<Edit>), Unnameable> {
    let record = model.entry(key).ok_or_else(|| Unnameable::NotFor(key.clone()))?.record;
    let taken = |slug: &Slug| model.contains(&Key { kind: key.kind, slug: slug.clone() });
    let Some((record, slug)) = called(record, key, name, taken)? else { return Ok((key.clone(), Vec::new())) };
    let mut edits = vec![Edit::Put { key: key.clone(), record }];
    if slug != key.slug {
        edits.push(Edit::Rename { key: key.clone(), to: slug.clone() });
    }
    Ok((Key { kind: key.kind, slug }, edits))
}

/// A record under another display name, and the slug that it has then; nothing where it is called so already.
pub(crate) fn called(
    mut record: Record,
    key: &Key,
    name: &str,
    taken: impl Fn(&Slug) -> bool,
) -> Result<Option<(Record, Slug)>, Unnameable> {
    let refused = || Unnameable::NotFor(key.clone());
    let old = record.display_name().ok_or_else(refused)?;
    let name = name.trim();
    let wanted = Slug::derive(name).ok_or_else(|| Unnameable::NoName(name.to_owned()))?;
    if old == name {
        return Ok(None);
    }
    if !record.set_display_name(name) {
        return Err(refused());
    }
    let mut slug = key.slug.clone();
    if !key.kind.is_single() && was_made_from(&slug, &old) && wanted != slug {
        slug = wanted.free(|slug| *slug != key.slug && taken(slug));
    }
    Ok(Some((record, slug)))
}

/// Whether a slug is what a name gives, with or without the number that keeps it apart.
pub(crate) fn was_made_from(slug: &Slug, name: &str) -> bool {
    let Some(derived) = Slug::derive(name) else { return false };
    let rest = slug.as_str().strip_prefix(derived.as_str());
    rest.is_some_and(|rest| {
        rest.is_empty()
            || rest.strip_prefix('-').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
    })
}
