//! Problems with places: everything that is wrong with a case, and everything that was assumed.

use serde::{Deserialize, Serialize};
use std::fmt;

use super::control::safe;

/// How much a problem matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// the case cannot be used
    Error,
    /// the case can be used, and something in it is probably wrong
    Warning,
    /// something that the case left open, and how it was taken
    Assumed,
    /// something that may be done, and is not done unasked
    Proposed,
}

impl Severity {
    /// Every severity.
    pub const ALL: [Severity; 4] = [Severity::Error, Severity::Warning, Severity::Assumed, Severity::Proposed];

    /// The word that is printed.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Assumed => "assumed",
            Severity::Proposed => "proposed",
        }
    }
}

/// A place in a file, as an editor shows it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// file as the user named it
    pub file: String,
    /// line, from 1; 0 means the whole file
    pub line: u64,
    /// column in characters, from 1; 0 means the whole line
    pub column: u64,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        if self.column > 0 {
            write!(f, ":{}", self.column)?;
        }
        Ok(())
    }
}

/// The lines of a file that its rows start on. Most rows take one line each, so only those are kept that do not
/// follow from the row before.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Lines {
    /// file as the user named it
    pub file: String,
    /// row and line of the first row, numbered from 1, and of each that does not start on the line after the last
    steps: Vec<(u32, u32)>,
}

impl Lines {
    /// No rows yet of a file.
    #[must_use]
    pub fn of(file: &str) -> Lines {
        Lines { file: file.to_owned(), steps: Vec::new() }
    }

    /// Notes the line of a row, numbered from 1; rows are noted in rising order. Lines beyond 2^32 are one.
    pub fn push(&mut self, row: u32, line: u32) {
        if self.line(row) != line {
            self.steps.push((row, line));
        }
    }

    /// The line of a row, numbered from 1; zero where none was noted.
    #[must_use]
    pub fn line(&self, row: u32) -> u32 {
        let step = self.steps.partition_point(|step| step.0 <= row);
        let Some(&(first, line)) = step.checked_sub(1).and_then(|at| self.steps.get(at)) else { return 0 };
        line.saturating_add(row - first)
    }

    /// Adds the lines of rows that were numbered from 1 on their own, behind the first `rows` rows.
    pub fn append(&mut self, rows: u32, other: &Lines) {
        other.steps.iter().for_each(|&(row, line)| self.push(rows + row, line));
    }

    /// Place of a row, numbered from 1.
    #[must_use]
    pub fn place(&self, row: u32) -> Place {
        Place { file: self.file.clone(), line: self.line(row).into(), column: 0 }
    }
}

/// One thing that is wrong or was assumed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Problem {
    /// where
    pub place: Place,
    /// how much it matters
    pub severity: Severity,
    /// what is wrong
    pub what: String,
    /// what would be right; empty where there is nothing to add
    pub remedy: String,
}

impl fmt::Display for Problem {
    /// One line. Names of files and ids are a stranger's, so signs that a terminal acts upon are left out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = format!("{}: {}: {}", self.place, self.severity.name(), self.what);
        f.write_str(&safe(&line))?;
        if self.remedy.is_empty() { Ok(()) } else { write!(f, "; {}", safe(&self.remedy)) }
    }
}

/// All problems of a case. Of each severity only the first [`Problems::KEPT`] are kept in full;
/// the others are counted, so that ten million bad rows do not fill the memory.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Problems {
    kept: Vec<Problem>,
    counts: [usize; 4],
}

impl Problems {
    /// How many problems of one severity are kept in full.
    pub const KEPT: usize = 1000;

    /// Adds a problem.
    pub fn push(&mut self, problem: Problem) {
        let count = &mut self.counts[problem.severity as usize];
        *count += 1;
        if *count <= Self::KEPT {
            self.kept.push(problem);
        }
    }

    /// Whether another problem of a severity would be kept.
    #[must_use]
    pub fn keeps(&self, severity: Severity) -> bool {
        self.count(severity) < Self::KEPT
    }

    /// Counts a problem that would not be kept; one that would is made and added.
    pub fn push_with(&mut self, severity: Severity, problem: impl FnOnce() -> Problem) {
        if self.keeps(severity) {
            self.push(problem());
        } else {
            self.counts[severity as usize] += 1;
        }
    }

    /// Adds the problems of a part of a file behind those of the parts before. `between` is called before the problem
    /// of each position is added, and once behind the last, for what only the whole file tells.
    pub fn append(&mut self, other: Problems, mut between: impl FnMut(&mut Problems, usize)) {
        let kept = other.kept.len();
        let beyond: Vec<usize> = other.counts.iter().map(|count| count.saturating_sub(Self::KEPT)).collect();
        for (at, problem) in other.kept.into_iter().enumerate() {
            between(self, at);
            self.push(problem);
        }
        between(self, kept);
        self.counts.iter_mut().zip(beyond).for_each(|(count, beyond)| *count += beyond);
    }

    /// How many problems are kept, of any severity.
    #[must_use]
    pub fn kept(&self) -> usize {
        self.kept.len()
    }

    /// How many problems there are of a severity, kept or only counted.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.counts[severity as usize]
    }

    /// How many problems of a severity were counted but not kept.
    #[must_use]
    pub fn uncounted(&self, severity: Severity) -> usize {
        self.count(severity).saturating_sub(Self::KEPT)
    }

    /// The kept problems of a severity, in order of place.
    pub fn of(&self, severity: Severity) -> impl Iterator<Item = &Problem> {
        let mut problems: Vec<_> = self.kept.iter().filter(|problem| problem.severity == severity).collect();
        problems.sort();
        problems.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(line: u64, severity: Severity) -> Problem {
        let place = Place { file: "claims.csv".into(), line, column: 3 };
        Problem { place, severity, what: "no such thing".into(), remedy: "write another".into() }
    }

    #[test]
    fn problems_read_as_place_severity_what_and_remedy() {
        let text = problem(7, Severity::Error).to_string();
        assert_eq!(text, "claims.csv:7:3: error: no such thing; write another");
    }

    #[test]
    fn lines_are_told_row_by_row_whatever_was_kept() {
        let told = [2, 3, 4, 9, 10, 11, 30];
        let (mut lines, mut first, mut second) = (Lines::default(), Lines::default(), Lines::default());
        told[..4].iter().zip(1..).for_each(|(&line, row)| first.push(row, line));
        told[4..].iter().zip(1..).for_each(|(&line, row)| second.push(row, line));
        lines.append(0, &first);
        lines.append(4, &second);
        assert_eq!((1..=7).map(|row| lines.line(row)).collect::<Vec<_>>(), told);
        assert_eq!((lines.line(0), lines.steps.len()), (0, 3));
    }

    #[test]
    fn problems_of_parts_are_those_of_the_whole() {
        let all: Vec<Problem> = (0..2500).map(|line| problem(line, Severity::ALL[line as usize % 2])).collect();
        let (mut whole, mut parted) = (Problems::default(), Problems::default());
        for problem in &all {
            whole.push(problem.clone());
        }
        for part in all.chunks(700) {
            let mut problems = Problems::default();
            for problem in part {
                problems.push(problem.clone());
            }
            parted.append(problems, |_, _| ());
        }
        assert_eq!(parted, whole);
    }

    #[test]
    fn beyond_the_limit_problems_are_counted() {
        let mut problems = Problems::default();
        for line in 0..Problems::KEPT as u64 + 5 {
            problems.push(problem(line, Severity::Warning));
        }
        problems.push(problem(1, Severity::Error));
        assert_eq!(problems.uncounted(Severity::Warning), 5);
        assert_eq!(problems.of(Severity::Warning).count(), Problems::KEPT);
        assert_eq!(problems.of(Severity::Error).count(), 1);
    }
}
