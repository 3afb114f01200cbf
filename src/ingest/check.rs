//! What can only be seen when the whole case is read: shares, units, scales, limits, order in time.

use std::cell::OnceCell;

use petgraph::algo::toposort;
use petgraph::graph::DiGraph;
use rustc_hash::FxHashMap;

use super::claims::ShareOf;
use super::problem::{Lines, Place, Problem, Problems, Severity};
use super::questions::QuestionBook;
use super::table::shown;
use crate::model::{BoundClass, ClaimId, Claims, Party, Question, QuestionId, Reliability, Scale, Source, unit};

/// Unknown questions of shares for which it is looked what may have been meant: each costs a look at all questions.
const SUGGESTED: usize = 20;

/// Looks up the questions of shares; a share of itself or a circle of shares is an error.
/// Cost: shares, times the logarithm of their number where there is a circle.
pub fn resolve_shares(claims: &mut Claims, shares: &[ShareOf], book: &QuestionBook, problems: &mut Problems) {
    let mut links: Vec<(u32, u32)> = Vec::new();
    let mut linking: Vec<&ShareOf> = Vec::new();
    let folded: OnceCell<FxHashMap<String, QuestionId>> = OnceCell::new();
    let in_other_letters = |name: &str| {
        // The first of several is the last to be put in, and stays.
        let ids = || (0..book.questions.len()).rev().map(|at| (&book.questions[at].id, QuestionId(at as u32)));
        let by_letters = folded.get_or_init(|| ids().map(|(id, at)| (id.to_ascii_lowercase(), at)).collect());
        by_letters.get(&name.to_ascii_lowercase()).copied()
    };
    let mut looks = SUGGESTED;
    for share in shares {
        let mut error = |what: String, remedy: String| {
            problems.push(Problem { place: share.place.clone(), severity: Severity::Error, what, remedy });
        };
        let Some(of) = book.find(&share.of).or_else(|| in_other_letters(&share.of)) else {
            let ids = book.questions.iter().map(|question| &*question.id).take_while(|_| looks > 0);
            let remedy = match super::suggest::nearest(&share.of, ids) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "name a question of the case".to_owned(),
            };
            looks = looks.saturating_sub(1);
            error(format!("a share of `{}`, which is no question of the case", shown(&share.of)), remedy);
            continue;
        };
        let question = claims.question[share.claim as usize];
        if question == of {
            error("a share of its own question".to_owned(), "name the question of the whole".to_owned());
            continue;
        }
        claims.of.set(share.claim as usize, Some(of));
        links.push((question.0, of.0));
        linking.push(share);
    }
    let has_circle = |count: usize| toposort(&DiGraph::<(), ()>::from_edges(&links[..count]), None).is_err();
    if links.is_empty() || !has_circle(links.len()) {
        return;
    }
    // The first share that closes a circle.
    let (mut without, mut with) = (0, links.len());
    while with - without > 1 {
        let middle = without.midpoint(with);
        *(if has_circle(middle) { &mut with } else { &mut without }) = middle;
    }
    let share = linking[with - 1];
    let what = format!("a circle of shares: `{}` already depends on this question", shown(&share.of));
    let remedy = "one of the shares must be given as a number".to_owned();
    problems.push(Problem { place: share.place.clone(), severity: Severity::Error, what, remedy });
}

/// Gives a question without a unit the most frequent unit of its claims (of equals the first in
/// byte order), and reports claims whose unit differs.
pub fn settle_units(questions: &mut [Question], claims: &Claims, lines: &Lines, problems: &mut Problems) {
    if claims.unit.is_empty() {
        return;
    }
    for (at, question) in questions.iter_mut().enumerate() {
        let of_question = || claims.of_question(QuestionId(at as u32)).map(ClaimId);
        if question.unit.is_empty() {
            let mut units: Vec<&str> =
                of_question().map(|c| claims.unit.get(c.index())).filter(|u| !u.is_empty()).collect();
            units.sort_unstable();
            let most = units.chunk_by(|a, b| a == b).rev().max_by_key(|same| same.len());
            question.unit = most.map_or("", |same| same[0]).into();
        }
        let asked = &question.unit;
        for claim in of_question().filter(|&claim| !unit::is_same(claims.unit.get(claim.index()), asked)) {
            let what = format!(
                "claim {} counts `{}`, where question `{}` asks for `{asked}`; it is left out of the range",
                shown(&claims.name(claim)),
                shown(claims.unit.get(claim.index())),
                question.id
            );
            let place = lines.place(claims.row(claim));
            problems.push(Problem {
                place,
                severity: Severity::Warning,
                what,
                remedy: "convert it, or say so in `scope`".into(),
            });
        }
    }
}

/// Settles the scale of each question: log where every figure is above zero, else asinh, unless the
/// case says linear or asinh. Figures outside `min` and `max` are reported.
pub fn settle_scales(questions: &mut [Question], claims: &Claims, lines: &Lines, problems: &mut Problems) {
    for (at, question) in questions.iter_mut().enumerate() {
        let mut warn = |place: Place, severity: Severity, what: String, remedy: &str| {
            problems.push(Problem { place, severity, what, remedy: remedy.to_owned() });
        };
        let (mut has_nonpositive, mut has_negative) = (false, false);
        for claim in claims.of_question(QuestionId(at as u32)).map(ClaimId) {
            let estimate = claims.estimate(claim);
            if estimate.bound.class() == BoundClass::Unknown || estimate.of.is_some() {
                continue;
            }
            let (low, high) = estimate.ends();
            let lowest = estimate.interval.map_or(low, |interval| interval.low.min(low));
            has_nonpositive |= lowest <= 0.0;
            has_negative |= lowest < 0.0;
            let (min, max) = (question.min.unwrap_or(f64::NEG_INFINITY), question.max.unwrap_or(f64::INFINITY));
            if high < min || low > max {
                let what =
                    format!("claim {} lies outside min and max of `{}`", shown(&claims.name(claim)), question.id);
                warn(
                    lines.place(claims.row(claim)),
                    Severity::Warning,
                    what,
                    "check the figure, its unit and the limits",
                );
            }
        }
        if has_nonpositive && question.scale == Scale::Log {
            question.scale = Scale::Asinh;
            if !has_negative && question.min.is_none() {
                question.min = Some(0.0);
                let what =
                    format!("question `{}` has no figure below zero; zero is taken as its smallest value", question.id);
                warn(lines.place(0), Severity::Assumed, what, "say `min` in questions.csv");
            }
            let what = format!("question `{}` has figures of zero or below; its scale is taken as asinh", question.id);
            let severity = if question.scale_given { Severity::Warning } else { Severity::Assumed };
            let remedy = if question.scale_given {
                "a log scale has no place for them: say asinh or linear in questions.csv, or mend the figures"
            } else {
                "say `scale` in questions.csv"
            };
            warn(lines.place(0), severity, what, remedy);
        }
    }
}

/// Says how the grades F and 6 are taken: they mean that nothing can be judged, and are no numbers at
/// the end of a scale.
pub fn note_ungraded(claims: &Claims, sources: &[Source], lines: &Lines, problems: &mut Problems) {
    let unjudged = sources.iter().filter(|source| source.reliability == Some(Reliability::F)).count();
    let unconfirmed = (0..claims.len()).filter(|&at| claims.credibility.get(at) == 6).count();
    for (count, what) in [(unjudged, "graded F"), (unconfirmed, "of credibility 6")] {
        if count > 0 {
            let noun = if what.ends_with('F') { "sources" } else { "claims" };
            let what =
                format!("{count} {noun} {what}: that cannot be judged, so it counts as no grade and not as the lowest");
            problems.push(Problem { place: lines.place(0), severity: Severity::Assumed, what, remedy: String::new() });
        }
    }
}

/// Reports revisions that are none: a circle of them is an error; one by a speaker who had no part in
/// the earlier claim, or of a later claim, is a warning.
pub fn check_revisions(claims: &Claims, lines: &Lines, problems: &mut Problems) {
    let mut state = vec![0u8; claims.len()];
    for start in 0..claims.len() {
        let Some(revised) = claims.revises.get(start) else { continue };
        let (name, earlier) = (shown(&claims.name(ClaimId(start as u32))), shown(&claims.name(revised)));
        let mut report = |severity: Severity, what: String, remedy: &str| {
            let place = lines.place(claims.row(ClaimId(start as u32)));
            problems.push(Problem { place, severity, what, remedy: remedy.to_owned() });
        };
        let dates = (claims.published.get(start), claims.published.get(revised.index()));
        if let (Some(own), Some(other)) = dates
            && own.surely_before(other)
        {
            let what = format!("claim {name} of {own} revises claim {earlier} of {other}");
            report(Severity::Warning, what, "the later claim revises the earlier one");
        }
        let speakers = |at: usize| {
            let via = claims.via.get(at).iter().map(|element| element.party);
            via.chain([Party::Source(claims.publisher[at])])
        };
        if !speakers(start).any(|party| speakers(revised.index()).any(|other| other == party)) {
            let what = format!("claim {name} revises claim {earlier}, and they have no speaker in common");
            report(Severity::Warning, what, "a revision is by the same speaker; to repeat another is `cites`");
        }
        // A walk marks its claims 1, and 2 when it has ended without coming back on itself.
        let mut walk = Vec::new();
        let mut at = Some(ClaimId(start as u32));
        while let Some(claim) = at.filter(|claim| state[claim.index()] == 0) {
            state[claim.index()] = 1;
            walk.push(claim);
            at = claims.revises.get(claim.index());
        }
        if at.is_some_and(|claim| state[claim.index()] == 1) {
            let what = format!("claim {name} stands in a circle of revisions");
            report(Severity::Error, what, "one of them is the first and revises none");
        }
        for claim in walk {
            state[claim.index()] = 2;
        }
    }
}

/// Reports claims that cite a claim published later.
pub fn check_order_in_time(claims: &Claims, lines: &Lines, problems: &mut Problems) {
    if claims.cites.is_empty() {
        return;
    }
    for claim in (0..claims.len() as u32).map(ClaimId) {
        for &cited in claims.cites.get(claim.index()) {
            let dates = (claims.published.get(claim.index()), claims.published.get(cited.index()));
            if let (Some(own), Some(other)) = dates
                && own.surely_before(other)
            {
                let (name, cited) = (claims.name(claim), claims.name(cited));
                let what = format!("claim {} of {own} cites claim {} of {other}", shown(&name), shown(&cited));
                let place = lines.place(claims.row(claim));
                let remedy = "check the two dates".to_owned();
                problems.push(Problem { place, severity: Severity::Warning, what, remedy });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Severity;
    use crate::ingest::{CaseRead, Limits, read};
    use crate::model::Scale;

    fn case(claims: &str, questions: &str) -> CaseRead {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("claims.csv"), format!("question,publisher,estimate\n{claims}")).unwrap();
        std::fs::write(folder.path().join("questions.csv"), questions).unwrap();
        read(folder.path(), Limits::default()).unwrap()
    }

    #[test]
    fn a_figure_on_a_limit_lies_inside_and_one_beyond_it_gets_a_warning() {
        let warned = |figure: &str| {
            let read = case(&format!("q,Post,{figure}\n"), "question,min,max\nq,10,50\n");
            read.problems.of(Severity::Warning).filter(|problem| problem.what.contains("outside min and max")).count()
        };
        assert_eq!(["10", "50", "10-50", "30"].map(warned), [0; 4]);
        assert_eq!(["9", "51"].map(warned), [1; 2]);
    }

    #[test]
    fn a_count_of_none_keeps_the_true_value_at_none_or_more() {
        let limits = |figure: &str| {
            let question = case(&format!("q,Post,{figure}\nq,Herald,7\n"), "question\nq\n").case;
            let question = &question.questions[0];
            (question.scale, question.min)
        };
        assert_eq!(limits("0"), (Scale::Asinh, Some(0.0)));
        assert_eq!(limits("-3"), (Scale::Asinh, None));
        assert_eq!(limits("5"), (Scale::Log, None));
    }
}
