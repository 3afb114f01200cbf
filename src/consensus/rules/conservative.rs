//! ACLED's rule for fatalities: the most conservative estimate.

use super::publication::Setting;
use super::{NO_FIGURE, Ruling};
use crate::model::Bound;

/// What ACLED codes for words instead of numbers.
const WORDS: [(&str, f64); 5] =
    [("tens of thousands", 10_000.0), ("thousand", 1000.0), ("hundred", 100.0), ("dozen", 12.0), ("ten", 10.0)];

/// The lowest figure: where reports differ ACLED takes the most conservative one available, from
/// reliable sources; "tens" is 10, "dozens" 12, "hundreds" 100; a report that tells of no number of
/// dead is 0 (ACLED codebook, fatalities).
///
/// Credible is whoever the analyst has not graded E, and any item not graded 5. A range counts as
/// its lower end, a bound as the number said.
#[must_use]
pub fn run(setting: &Setting<'_>) -> Ruling {
    let is_credible = |ruled: &&super::Publication| !setting.is_discredited(ruled);
    let credible = || setting.publications.iter().filter(is_credible);
    let lowest = setting.numbers().filter(|number| is_credible(&number.publication)).map(|number| number.low);
    let words = credible().filter(|p| p.estimate.bound == Bound::Vague).filter_map(|p| coded(setting, p));
    let discredited = setting.publications.len() - credible().count();
    let ruling = match lowest.chain(words).reduce(f64::min) {
        Some(lowest) => Ruling::best(lowest),
        None if discredited > 0 => return Ruling::none("no figure is from a credible source"),
        None if setting.case.claims_of(setting.question).next().is_some() => {
            Ruling::best(0.0).with_note("no figure reported: coded 0, which may mean none or not known")
        }
        None => return Ruling::none(NO_FIGURE),
    };
    if discredited > 0 {
        let figures = if discredited == 1 { "figure" } else { "figures" };
        ruling.with_note(format!("{discredited} {figures} graded as not credible left out"))
    } else {
        ruling
    }
}

/// The number that stands for a vague word, by the words as they were said.
fn coded(setting: &Setting<'_>, publication: &super::Publication) -> Option<f64> {
    let said = setting.case.claims.said.get(publication.claim.index()).to_lowercase();
    WORDS.iter().find(|(word, _)| said.contains(word)).map(|(_, number)| *number)
}
