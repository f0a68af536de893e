//! Questions that several remedies ask, and how their answers are read.

use super::{Answers, AskKind, Unfixed};
use crate::{
    model::{Authentication, Id, Model, PartName, Tabled, Text},
    rules::{Finding, finding::listed},
};

/// A choice among words.
pub(super) fn words<T: Copy>(all: &[T], word: impl Fn(T) -> &'static str) -> AskKind {
    AskKind::Choice(all.iter().map(|choice| (word(*choice).to_owned(), word(*choice).to_owned())).collect())
}

/// A choice among records.
pub(super) fn records<'a, T: Tabled + 'a>(model: &Model, ids: impl IntoIterator<Item = &'a Id<T>>) -> AskKind {
    AskKind::Choice(ids.into_iter().map(|id| (id.to_string(), model.name_of(id))).collect())
}

/// A choice among parts of a contract.
pub(super) fn parts<'a>(names: impl IntoIterator<Item = &'a PartName>) -> AskKind {
    AskKind::Choice(names.into_iter().map(|name| (name.to_string(), name.to_string())).collect())
}

/// Which of the words was chosen.
pub(super) fn chosen<T: Copy>(
    answers: &Answers,
    name: &'static str,
    all: &[T],
    word: impl Fn(T) -> &'static str,
) -> Result<T, Unfixed> {
    let text = answers.text(name)?;
    let found = all.iter().copied().find(|choice| word(*choice) == text);
    found.ok_or_else(|| Unfixed::Unfit(name, format!("“{text}” is none of the choices")))
}

/// An answer in words.
pub(super) fn said(answers: &Answers, name: &'static str) -> Result<Text, Unfixed> {
    Text::new(answers.text(name)?).ok_or(Unfixed::Unanswered(name))
}

/// The name of a version, operation or message.
pub(super) fn part(answers: &Answers, name: &'static str) -> Result<PartName, Unfixed> {
    PartName::new(answers.text(name)?).map_err(|why| Unfixed::Unfit(name, why.to_string()))
}

/// The ways to prove who one is, the hardest to pretend first.
pub(super) const MECHANISMS: [Authentication; 10] = [
    Authentication::MutualTls,
    Authentication::OAuth2,
    Authentication::OpenIdConnect,
    Authentication::SignedToken,
    Authentication::SignedMessage,
    Authentication::Session,
    Authentication::Account,
    Authentication::SshKey,
    Authentication::ApiKey,
    Authentication::Basic,
];

/// A choice among those mechanisms that fit.
pub(super) fn mechanisms(fits: impl Fn(&Authentication) -> bool) -> AskKind {
    let word = |mechanism: &Authentication| (mechanism.word(), mechanism.word());
    AskKind::Choice(MECHANISMS.iter().filter(|mechanism| fits(mechanism)).map(word).collect())
}

/// Which mechanism was chosen.
pub(super) fn mechanism(answers: &Answers, name: &'static str) -> Result<Authentication, Unfixed> {
    let text = answers.text(name)?;
    let found = MECHANISMS.iter().find(|mechanism| mechanism.word() == text).cloned();
    found.ok_or_else(|| Unfixed::Unfit(name, format!("“{text}” is none of the choices")))
}

/// Names of records in a row: "A, B and C".
pub(super) fn names<'a, T: Tabled + 'a>(model: &Model, ids: impl IntoIterator<Item = &'a Id<T>>) -> String {
    listed(&ids.into_iter().map(|id| model.name_of(id)).collect::<Vec<_>>())
}

/// What a finding is about, in words.
pub(super) fn about(model: &Model, finding: &Finding) -> String {
    crate::rules::name(model, &finding.about)
}
