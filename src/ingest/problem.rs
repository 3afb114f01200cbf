//! Problems with places: everything that is wrong with a case, and everything that was assumed.

use std::fmt;

/// How much a problem matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

/// The lines of a file that its rows start on.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Lines {
    /// file as the user named it
    pub file: String,
    /// line of each row, the first for row 1
    pub of_row: Vec<u32>,
}

impl Lines {
    /// Place of a row, numbered from 1.
    #[must_use]
    pub fn place(&self, row: u32) -> Place {
        let line = self.of_row.get((row as usize).wrapping_sub(1)).copied().unwrap_or(0);
        Place { file: self.file.clone(), line: line.into(), column: 0 }
    }
}

/// One thing that is wrong or was assumed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
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
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.place, self.severity.name(), self.what)?;
        if self.remedy.is_empty() { Ok(()) } else { write!(f, "; {}", self.remedy) }
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
