//! Another display name for a record, and the id that follows it.

use super::{Edit, Key, Model, Slug};

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
    let refused = || Unnameable::NotFor(key.clone());
    let mut record = model.entry(key).ok_or_else(refused)?.record;
    let old = record.display_name().ok_or_else(refused)?;
    let name = name.trim();
    let wanted = Slug::derive(name).ok_or_else(|| Unnameable::NoName(name.to_owned()))?;
    if old == name {
        return Ok((key.clone(), Vec::new()));
    }
    if !record.set_display_name(name) {
        return Err(refused());
    }
    let mut edits = vec![Edit::Put { key: key.clone(), record }];
    let mut renamed = key.clone();
    if !key.kind.is_single() && was_made_from(&key.slug, &old) && wanted != key.slug {
        let taken = |slug: &Slug| *slug != key.slug && model.contains(&Key { kind: key.kind, slug: slug.clone() });
        renamed.slug = wanted.free(taken);
        if renamed.slug != key.slug {
            edits.push(Edit::Rename { key: key.clone(), to: renamed.slug.clone() });
        }
    }
    Ok((renamed, edits))
}

/// Whether a slug is what a name gives, with or without the number that keeps it apart.
fn was_made_from(slug: &Slug, name: &str) -> bool {
    let Some(derived) = Slug::derive(name) else { return false };
    let rest = slug.as_str().strip_prefix(derived.as_str());
    rest.is_some_and(|rest| {
        rest.is_empty()
            || rest.strip_prefix('-').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
    })
}
