//! Airwars' minimum, maximum and grade.

use super::publication::{Number, Setting, ends};
use super::{NO_FIGURE, Ruling};

/// Lowest and highest figure of an incident, with the grade of the claim (Airwars methodology):
///
/// - confirmed: a belligerent has accepted responsibility;
/// - contested: there are competing claims of responsibility;
/// - fair: reasonable reporting by two or more generally credible sources;
/// - weak: a single source;
/// - discounted: shown to be false.
///
/// Responsibility is read from a column `responsibility` of the claims: `accepted` where the
/// belligerent says so itself, else who is held responsible. Credible sources are publishers that
/// the analyst has not graded E. An incident all of whose figures were taken back is discounted.
#[must_use]
pub fn run(setting: &Setting<'_>) -> Ruling {
    let numbers: Vec<Number<'_>> = setting.numbers().collect();
    let Some([low, high]) = ends(&numbers) else {
        if setting.retracted > 0 {
            return Ruling { grade: Some("discounted"), ..Ruling::none("all its figures were taken back") };
        }
        return Ruling::none(NO_FIGURE);
    };
    let credible: Vec<Number<'_>> =
        numbers.iter().copied().filter(|number| !setting.is_discredited(number.publication)).collect();
    let held = responsible(setting);
    let grade = if held.iter().any(|who| who == "accepted") {
        "confirmed"
    } else if held.len() > 1 {
        "contested"
    } else if Setting::publishers(&credible) >= 2 {
        "fair"
    } else {
        "weak"
    };
    let ruling = Ruling { low: Some(low), high: Some(high), grade: Some(grade), ..Ruling::default() };
    if held.is_empty() { ruling.with_note("the case does not say who is held responsible") } else { ruling }
}

/// Who is held responsible, as the claims' own column has it, each once.
fn responsible(setting: &Setting<'_>) -> Vec<String> {
    let columns = setting.case.claims.extra.iter().filter(|(name, _)| name.eq_ignore_ascii_case("responsibility"));
    let cells = columns.flat_map(|(_, column)| setting.publications.iter().map(|p| column.get(p.claim.index())));
    let mut held: Vec<String> = cells.map(|cell| cell.trim().to_lowercase()).filter(|cell| !cell.is_empty()).collect();
    held.sort_unstable();
    held.dedup();
    held
}
