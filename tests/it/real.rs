//! Judged on architectures that nobody here made up: what an expert says of each, written by hand from its public
//! description, against what the program says. The disagreements are written down in `tests/cases/real/report.txt`, so
//! that they are seen; expectations are never bent to the program.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    fs,
};

use spandrel::{
    file::write,
    model::{Model, Subject},
    rules::{self, Class, Context},
};

use crate::{day, golden, model, project};

const FOLDER: &str = "tests/cases/real";

/// Rules that nobody judges here: they look at files beside the model or at what was recorded of it.
const NOT_JUDGED: [&str; 3] = ["CON012", "EVT007", "VER003"];

/// What an expert says of a rule somewhere.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Say {
    /// It is wrong there, and must be found.
    Defect,
    /// It must be asked.
    Question,
    /// Whoever says it is wrong.
    Silence,
    /// Experts differ; it counts neither way.
    Taste,
}

/// A line of a file of expectations: `+ OWN003 store:orders-db  # why`.
struct Line {
    say: Say,
    code: String,
    about: Vec<String>,
    why: String,
}

impl Line {
    fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.is_empty() || text.starts_with('#') {
            return None;
        }
        let (told, why) = text.split_once('#').unwrap_or((text, ""));
        let words: Vec<&str> = told.split_whitespace().collect();
        let [mark, code, about] = words[..] else { panic!("{text}: a mark, a code and a subject are wanted") };
        let say = match mark {
            "+" => Say::Defect,
            "?" => Say::Question,
            "-" => Say::Silence,
            "~" => Say::Taste,
            _ => panic!("{text}: a mark is + ? - or ~"),
        };
        let about = about.split('|').map(str::to_owned).collect();
        Some(Self { say, code: code.to_owned(), about, why: why.trim().to_owned() })
    }

    fn is_about(&self, code: &str, about: &str) -> bool {
        self.code == code && self.about.iter().any(|pattern| fits(pattern, about))
    }

    fn because(&self) -> String {
        if self.why.is_empty() { String::new() } else { format!("  # {}", self.why) }
    }

    fn told(&self) -> String {
        format!("{} {}{}", self.code, self.about.join("|"), self.because())
    }
}

/// Whether a text fits a pattern in which `*` stands for anything.
fn fits(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| text.strip_prefix(first)) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, between)) = parts.split_last() else { return rest.is_empty() };
    for part in between {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

/// What became of the expectations of one family of rules.
#[derive(Clone, Copy, Default)]
struct Score {
    wanted: usize,
    met: usize,
    right: usize,
    wrong: usize,
    asked: usize,
    asked_met: usize,
    asked_wrong: usize,
}

impl Score {
    fn add(&mut self, other: Self) {
        self.wanted += other.wanted;
        self.met += other.met;
        self.right += other.right;
        self.wrong += other.wrong;
        self.asked += other.asked;
        self.asked_met += other.asked_met;
        self.asked_wrong += other.asked_wrong;
    }

    fn row(&self, name: &str) -> String {
        let share = |part: usize, of: usize| match of {
            0 => "–".to_owned(),
            _ => format!("{} %", part * 100 / of),
        };
        format!(
            "{name:<18}{:>7}{:>7}{:>7}{:>7}{:>11}{:>8}{:>8}{:>7}{:>7}",
            self.wanted,
            self.met,
            self.right,
            self.wrong,
            share(self.right, self.right + self.wrong),
            share(self.met, self.wanted),
            self.asked,
            self.asked_met,
            self.asked_wrong,
        )
    }
}

fn names() -> Vec<String> {
    let entries = fs::read_dir(project(FOLDER)).unwrap();
    let files = entries.map(|entry| entry.unwrap().path());
    let models = files.filter(|path| path.extension().is_some_and(|ending| ending == "ron"));
    let mut names: Vec<String> = models.map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
    names.sort();
    names
}

fn text_of(name: &str, ending: &str) -> String {
    let path = project(FOLDER).join(format!("{name}.{ending}"));
    fs::read_to_string(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()))
}

fn expectations(name: &str) -> Vec<Line> {
    text_of(name, "expected").lines().filter_map(Line::parse).collect()
}

fn family(code: &str) -> String {
    code.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned()
}

/// The scores by family, and the disagreements.
fn judge(name: &str, model: &Model) -> (BTreeMap<String, Score>, Vec<String>) {
    let lines = expectations(name);
    let report = rules::check(&Context::new(model, day()));
    let judged = |code: &str| !NOT_JUDGED.contains(&code);
    let found = report.findings.iter().filter(|finding| finding.waived.is_none() && judged(finding.rule.code));
    let found: BTreeSet<(Class, &str, String)> =
        found.map(|finding| (finding.class, finding.rule.code, finding.about.to_string())).collect();
    let mut scores: BTreeMap<String, Score> = BTreeMap::new();
    let mut rows = Vec::new();
    for line in &lines {
        let says = |class| found.iter().any(|(found, code, about)| *found == class && line.is_about(code, about));
        let score = scores.entry(family(&line.code)).or_default();
        match line.say {
            Say::Defect => {
                score.wanted += 1;
                score.met += usize::from(says(Class::Defect));
                if !says(Class::Defect) {
                    rows.push(format!("missed    {}", line.told()));
                }
            }
            Say::Question => {
                // What is known to be wrong need not be asked any more.
                let met = says(Class::Gap) || says(Class::Defect);
                score.asked += 1;
                score.asked_met += usize::from(met);
                if !met {
                    rows.push(format!("unasked   {}", line.told()));
                }
            }
            Say::Silence | Say::Taste => {}
        }
    }
    for (class, code, about) in &found {
        let of = |say: Say| lines.iter().find(|line| line.say == say && line.is_about(code, about));
        let score = scores.entry(family(code)).or_default();
        if of(Say::Taste).is_some() {
            continue;
        }
        match (class, of(Say::Defect).or(of(Say::Question).filter(|_| *class == Class::Gap)), of(Say::Silence)) {
            (Class::Defect, Some(_), _) => score.right += 1,
            (Class::Gap, Some(_), _) | (Class::Gap, None, None) => {}
            (Class::Defect, None, Some(line)) => {
                score.wrong += 1;
                rows.push(format!("wrong     {code} {about}{}", line.because()));
            }
            (Class::Defect, None, None) => {
                score.wrong += 1;
                rows.push(format!("unjudged  {code} {about}"));
            }
            (Class::Gap, None, Some(line)) => {
                score.asked_wrong += 1;
                rows.push(format!("needless  {code} {about}{}", line.because()));
            }
        }
    }
    rows.sort();
    (scores, rows)
}

#[test]
fn the_program_agrees_with_experts() {
    let mut families: BTreeMap<String, Score> = BTreeMap::new();
    let (mut models, mut disagreements) = (String::new(), String::new());
    for name in names() {
        let (scores, rows) = judge(&name, &model(&text_of(&name, "ron")));
        let mut all = Score::default();
        for (family, score) in scores {
            all.add(score);
            families.entry(family).or_default().add(score);
        }
        writeln!(models, "{}", all.row(&name)).unwrap();
        writeln!(disagreements, "\n{name}").unwrap();
        for row in rows {
            writeln!(disagreements, "  {row}").unwrap();
        }
    }
    let mut all = Score::default();
    let mut table = String::new();
    for (family, score) in &families {
        all.add(*score);
        writeln!(table, "{}", score.row(family)).unwrap();
    }
    let head = format!(
        "{:<18}{:>7}{:>7}{:>7}{:>7}{:>11}{:>8}{:>8}{:>7}{:>7}",
        "", "wanted", "met", "right", "wrong", "precision", "recall", "to ask", "asked", "needl."
    );
    let legend = "\
        What experts say of real architectures, and what the program says, as of 2026-11-22.\n\
        \n\
        wanted     defects that must be found: lines marked + in the .expected files\n\
        met        of these, those for which something was found\n\
        right      defects found that a line marked + wants; precision = right of right and wrong\n\
        wrong      defects found that a line marked - forbids, or that no line judges (unjudged)\n\
        to ask     questions that must be asked (marked ?), and how many are (asked)\n\
        needl.     questions asked that a line marked - forbids (needless)\n";
    let text =
        format!("{legend}\n{head}\n{table}{}\n\n{head}\n{models}\nDisagreements\n{disagreements}", all.row("all"));
    golden(&project(FOLDER).join("report.txt"), &text);
}

#[test]
fn real_models_are_as_the_program_writes_them_and_tell_their_sources() {
    let names = names();
    assert!(names.len() >= 4);
    for name in names {
        let text = text_of(&name, "ron");
        assert!(write(&model(&text)) == text, "{name} is not as the program writes it");
        let note = text_of(&name, "md");
        for chapter in ["## Sources", "## What an expert says", "**Ours, not theirs", "**Not asked**"] {
            assert!(note.contains(chapter), "{name}: {chapter}");
        }
    }
}

#[test]
fn expectations_are_about_what_is_there() {
    for name in names() {
        let model = model(&text_of(&name, "ron"));
        let lines = expectations(&name);
        let mut seen = BTreeSet::new();
        for line in &lines {
            assert!(!NOT_JUDGED.contains(&line.code.as_str()), "{name}: {}", line.told());
            assert!(seen.insert(line.told()), "{name} says twice: {}", line.told());
            for about in line.about.iter().filter(|about| !about.contains('*')) {
                let subject: Subject = about.parse().unwrap_or_else(|_| panic!("{name}: {about} is no subject"));
                let part = subject.part.as_ref();
                let contract = |kind, part| {
                    let id = spandrel::model::Id::from_slug(subject.key.slug.clone());
                    model.contracts.get(&id).is_some_and(|contract| contract.has(kind, part))
                };
                let there = part.is_none_or(|(kind, part)| contract(*kind, part));
                assert!(model.entry(&subject.key).is_some() && there, "{name}: there is no {about}");
            }
        }
    }
}

#[test]
fn stars_stand_for_anything() {
    for (pattern, text) in [("*", ""), ("*", "a"), ("a*", "ab"), ("*b", "ab"), ("a*c*e", "abcde"), ("ab", "ab")] {
        assert!(fits(pattern, text), "{pattern} {text}");
    }
    for (pattern, text) in [("a", "ab"), ("a*", "ba"), ("*b", "ba"), ("a*c", "ac-"), ("ab*ba", "aba")] {
        assert!(!fits(pattern, text), "{pattern} {text}");
    }
}
