//! Questions to take home: what is not asked, by who can answer, as lines for a list and as text for a message.

use std::collections::BTreeSet;

use super::Survey;
use crate::{
    model::Key,
    rules::{Context, Line, questions},
};

/// What one team, vendor or nobody in particular is asked.
#[derive(Clone, Debug)]
pub struct QuestionSheet {
    /// Who can answer.
    pub who: String,
    /// What is asked of them, most consequential first.
    pub questions: Vec<Question>,
}

/// Something that nobody has asked.
#[derive(Clone, Debug)]
pub struct Question {
    /// What is open, in words.
    pub text: String,
    /// The rules that call for it.
    pub codes: String,
    /// What it is about.
    pub about: BTreeSet<Key>,
}

/// What is not asked, by who can answer.
pub fn question_sheets(survey: &Survey) -> Vec<QuestionSheet> {
    let cx = Context::new(&survey.model, survey.options.as_of);
    let sheets = questions(&cx, &survey.report.findings).into_iter();
    sheets
        .map(|sheet| QuestionSheet {
            who: sheet.answerer.name().to_owned(),
            questions: sheet.lines.iter().map(question).collect(),
        })
        .collect()
}

fn question(line: &Line<'_>) -> Question {
    let codes: BTreeSet<&str> = line.findings.iter().map(|finding| finding.rule.code).collect();
    Question {
        text: line.text.clone(),
        codes: codes.into_iter().collect::<Vec<_>>().join(", "),
        about: line.findings.iter().map(|finding| finding.about.key.clone()).collect(),
    }
}

/// Questions as Markdown: a heading for each who can answer, a list below it.
pub fn questions_markdown<'a>(sheets: impl IntoIterator<Item = &'a QuestionSheet>) -> String {
    let line = |question: &Question| format!("- {} ({})\n", question.text, question.codes);
    let sheet = |sheet: &QuestionSheet| {
        let lines: String = sheet.questions.iter().map(line).collect();
        format!("## {}\n\n{lines}", sheet.who)
    };
    sheets.into_iter().map(sheet).collect::<Vec<_>>().join("\n")
}
