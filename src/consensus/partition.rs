//! The step that is run for each block of questions, on one thread or on many machines.

use crate::credibility::prior::sigma_grid;
use crate::credibility::{SourceSum, SourceSums, SourceTable};
use crate::model::BoundClass;

use super::account::{Consensus, ConsensusRange, NoConsensus, Outcome, Quantiles, Standing, Unused};
use super::atoms::atoms;
use super::evidence::{Block, QuestionEvidence, SourceSlot};
use super::heterogeneity::{Measured, heterogeneity};
use super::influence::influences;
use super::posterior::Voice;
use super::prepared::Prepared;
use super::reading::Figure;
use super::records::records;
use super::settings::Settings;
use super::summary::Reading;

/// Figures of a question whose tables are kept for its records: some 100 kB each.
const TABLES: usize = 32;

/// The consensus on every question of a block, in the block's order, and what the block shows of
/// each source.
///
/// Pure: the result for a question depends on its evidence, on the questions that it is a share
/// of, on the table and on the settings, and on nothing else. However blocks are cut or ordered, as long as
/// they hold whole components, the bits are the same.
///
/// Reference: DESIGN and METHODS of this crate. Cost: for each origin
/// that of [`answers`], some 15 µs, and as much again or more for its influence and its record.
///
/// ```
/// use sayso::consensus::{Block, Class, Evidence, QuestionEvidence, Settings, SourceSlot, partition};
/// use sayso::credibility::SourceTable;
/// use sayso::model::{Bound, Estimate, QuestionId, Scale};
///
/// let settings = Settings::default();
/// let sources = SourceTable::from_priors([(Class::Named, None)], &settings);
/// let said = Evidence {
///     source: SourceSlot(0),
///     estimate: Estimate::single(Bound::MoreThan, 11_000.0, 1_000.0),
///     of: None, hops: 0, age_days: 0, disputed: false, tie: u32::MAX,
/// };
/// let question = QuestionEvidence {
///     question: QuestionId(0), scale: Scale::Log, min: None, max: None, shared_unit: None, resolution: None,
///     origins: vec![said],
/// };
/// let (answers, _) = partition(&Block { questions: vec![question] }, &sources, &settings);
/// let median = answers[0].range().unwrap().quantiles.median();
/// assert!(median > 11_000.0 && median < 14_000.0);
/// ```
#[must_use]
pub fn partition(block: &Block, sources: &SourceTable, settings: &Settings) -> (Vec<Consensus>, SourceSums) {
    let mut sums = SourceSums::default();
    let answers = solve(block, |question, solved| {
        let (consensus, prepared) = answer(question, solved, sources, settings, true);
        if let Some(prepared) = prepared {
            for (slot, sum) in records(&prepared, question.resolution, settings) {
                sums.add(slot, sum);
            }
        }
        consensus
    });
    (answers, sums)
}

/// The consensus on every question of a block, as [`partition`] gives it; without the influence of each origin, which
/// costs more than the range, where that is not asked for.
#[must_use]
pub fn answers(block: &Block, sources: &SourceTable, settings: &Settings, with_influence: bool) -> Vec<Consensus> {
    solve(block, |question, solved| answer(question, solved, sources, settings, with_influence).0)
}

/// Answers the questions of a block, each after those that it is a share of.
fn solve(
    block: &Block,
    mut answer: impl FnMut(&QuestionEvidence, &[Option<Consensus>]) -> Consensus,
) -> Vec<Consensus> {
    let mut solved: Vec<Option<Consensus>> = vec![None; block.questions.len()];
    // One pass is enough where each question comes after those that it is a share of.
    loop {
        let mut progress = false;
        for (at, question) in block.questions.iter().enumerate() {
            if solved[at].is_none() && ready(question, &solved) {
                solved[at] = Some(answer(question, &solved));
                progress = true;
            }
        }
        if !progress {
            break;
        }
    }
    // What is left is in a circle of shares or behind one. No answer here may depend on another.
    let circular: Vec<usize> = (0..solved.len()).filter(|&at| solved[at].is_none()).collect();
    let left: Vec<Consensus> = circular.iter().map(|&at| answer(&block.questions[at], &solved)).collect();
    for (at, consensus) in circular.into_iter().zip(left) {
        solved[at] = Some(consensus);
    }
    solved.into_iter().flatten().collect()
}

/// Whether every question of the block that this is a share of is solved.
fn ready(question: &QuestionEvidence, solved: &[Option<Consensus>]) -> bool {
    question.origins.iter().filter_map(|e| e.of).all(|of| solved.get(of as usize).is_none_or(Option::is_some))
}

/// The consensus on one question, with those that it is a share of solved before, and what it was read from.
fn answer<'a>(
    question: &'a QuestionEvidence,
    solved: &[Option<Consensus>],
    sources: &'a SourceTable,
    settings: &Settings,
    with_influence: bool,
) -> (Consensus, Option<Prepared<'a>>) {
    let figures = figures(question, solved, sources);
    let used: Vec<Figure> = figures.iter().filter_map(|figure| figure.as_ref().ok().copied()).collect();
    let members: Vec<u32> = (0..figures.len() as u32).filter(|&at| figures[at as usize].is_ok()).collect();
    let prepared = Prepared::of(question, &used, settings);
    let found = prepared.as_ref().map_err(|why| *why).and_then(|prepared| {
        let reading = reading(prepared, settings)?;
        let Prepared { voices, posterior, transform, support, .. } = prepared;
        let influences =
            with_influence.then(|| influences(voices, posterior, &reading, *transform, *support, settings));
        Ok((range(prepared, &reading, &used, &members, settings), influences.unwrap_or_default()))
    });
    let (outcome, influences) = match found {
        Ok((range, influences)) => (Outcome::Range(range), influences),
        Err(why) => (Outcome::None { why }, Vec::new()),
    };
    let has_range = matches!(outcome, Outcome::Range(_));
    let mut influences = influences.into_iter();
    let origins = figures
        .iter()
        .map(|figure| match figure {
            Ok(_) if has_range => Standing::Used(influences.next()),
            Ok(_) => Standing::Unused(Unused::NoConsensus),
            Err(why) => Standing::Unused(*why),
        })
        .collect();
    let effective_origins = match (&outcome, &prepared) {
        (Outcome::Range(_), Ok(prepared)) => prepared.effective_origins,
        _ => 0.0,
    };
    (Consensus { question: question.question, outcome, origins, effective_origins }, prepared.ok())
}

/// The figures of a question, each or why it cannot be used.
fn figures<'a>(
    question: &'a QuestionEvidence,
    solved: &[Option<Consensus>],
    sources: &'a SourceTable,
) -> Vec<Result<Figure<'a>, Unused>> {
    let figure = |evidence: &'a super::Evidence| {
        let base = base(evidence.of, evidence.estimate.of.is_some(), solved)?;
        Figure::of(evidence, base, sources)
    };
    question.origins.iter().map(figure).collect()
}

/// The quantiles of a question that is no share of another, without an account of them: the same bits as
/// [`partition`] gives, for less.
///
/// # Errors
///
/// Why there is no consensus.
pub fn question_quantiles(
    question: &QuestionEvidence,
    sources: &SourceTable,
    settings: &Settings,
) -> Result<Quantiles, NoConsensus> {
    let prepared = Prepared::of(question, &usable(question, sources), settings)?;
    Ok(reading(&prepared, settings)?.quantiles(settings))
}

/// The outcome of a question without an account of its figures, and how many independent origins they are worth;
/// `solved` has the questions that it is a share of. The same bits as [`partition`] gives, for less.
#[must_use]
pub fn question_outcome(
    question: &QuestionEvidence,
    solved: &[Option<Consensus>],
    sources: &SourceTable,
    settings: &Settings,
) -> (Outcome, f64) {
    let figures = figures(question, solved, sources);
    let used: Vec<Figure> = figures.iter().filter_map(|figure| figure.as_ref().ok().copied()).collect();
    let members: Vec<u32> = (0..figures.len() as u32).filter(|&at| figures[at as usize].is_ok()).collect();
    let found = Prepared::of(question, &used, settings).and_then(|prepared| {
        let range = range(&prepared, &reading(&prepared, settings)?, &used, &members, settings);
        Ok((Outcome::Range(range), prepared.effective_origins))
    });
    found.unwrap_or_else(|why| (Outcome::None { why }, 0.0))
}

fn reading<'a>(prepared: &'a Prepared<'_>, settings: &Settings) -> Result<Reading<'a>, NoConsensus> {
    let Prepared { voices, posterior, transform, support, .. } = prepared;
    let atoms = atoms(voices, posterior, &posterior.density, None, settings);
    Reading::new(posterior, &posterior.density, atoms, prepared.gist(), *transform, *support, settings)
        .ok_or(NoConsensus::NoMass)
}

/// The figures that can be used and are no shares.
pub(super) fn usable<'a>(question: &'a QuestionEvidence, sources: &'a SourceTable) -> Vec<Figure<'a>> {
    figures(question, &[], sources).into_iter().filter_map(Result::ok).collect()
}

/// What one question shows of its sources, in order of its figures. Shares of other questions show nothing.
/// Scored against the settled value where one is given. Pure, like [`partition`], and without its account.
#[must_use]
pub fn question_records(
    question: &QuestionEvidence,
    resolution: Option<f64>,
    sources: &SourceTable,
    settings: &Settings,
) -> Vec<(SourceSlot, SourceSum)> {
    let kept = if resolution.is_some() { 0 } else { TABLES };
    Prepared::keeping(question, &usable(question, sources), settings, kept)
        .map_or_else(|_| Vec::new(), |prepared| records(&prepared, resolution, settings))
}

/// The quantiles of the question that a figure is a share of; `None` if it is no share.
fn base(of: Option<u32>, is_share: bool, solved: &[Option<Consensus>]) -> Result<Option<&Quantiles>, Unused> {
    match of {
        Some(of) => {
            let other = solved.get(of as usize).and_then(Option::as_ref).ok_or(Unused::ShareCircle)?;
            other.range().map(|range| Some(&range.quantiles)).ok_or(Unused::ShareOfNothing)
        }
        None if is_share => Err(Unused::ShareCircle),
        None => Ok(None),
    }
}

/// The range from the figures that can be used.
fn range(
    prepared: &Prepared<'_>,
    reading: &Reading<'_>,
    figures: &[Figure],
    members: &[u32],
    settings: &Settings,
) -> ConsensusRange {
    ConsensusRange {
        quantiles: reading.quantiles(settings),
        camps: reading.camps(members, settings),
        heterogeneity: heterogeneity(&measured(figures, &prepared.voices)),
        scale: prepared.transform.scale(),
    }
}

/// The figures that are no one-sided bounds, each with its own width and the geometric mean of its source's
/// error scale as variance.
fn measured(figures: &[Figure], voices: &[Voice]) -> Vec<Measured> {
    figures
        .iter()
        .zip(voices)
        .filter(|(figure, _)| {
            !matches!(figure.evidence.estimate.bound.class(), BoundClass::Floor | BoundClass::Ceiling)
        })
        .map(|(_, voice)| {
            let log_sigma: f64 = voice.row.p_sigma.iter().zip(sigma_grid()).map(|(p, s)| p * libm::log(s)).sum();
            let width = 0.5 * (voice.kernel.below + voice.kernel.above);
            Measured { z: voice.kernel.z - voice.row.bias, variance: libm::exp(2.0 * log_sigma) + width * width }
        })
        .collect()
}
