//! The account of a question as a person reads it: the range, what stands behind it, what was left out.

use std::io::{self, Write};

use super::amount::{amount, amount_beside, amount_range, counted};
use super::camps::members;
use super::consensus::left_out;
use super::paint::{Paint, safe};
use crate::analysis::{OriginSummary, QuestionResult};
use crate::consensus::{ConsensusRange, Influence, Outcome, Pull, Standing};
use crate::graph::RULES;
use crate::model::{Case, ClaimId, Scale, unit};

/// How accounts are written.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// the range that comes first is the central one of this probability (0.5, 0.8, 0.9 or 0.95)
    pub level: f64,
    /// whether there is a line for each origin
    pub with_origins: bool,
    /// whether no account comes before
    pub is_first: bool,
    /// colours
    pub paint: Paint,
}

/// Writes the accounts of some questions.
///
/// # Errors
/// Where `out` fails.
pub fn write_account(case: &Case, results: &[QuestionResult], look: Look, out: &mut impl Write) -> io::Result<()> {
    for (at, result) in results.iter().enumerate() {
        if at > 0 || !look.is_first {
            writeln!(out)?;
        }
        write_question(case, result, look.level, look.paint, out)?;
        if look.with_origins {
            write_origins(case, result, look.paint, out)?;
        }
    }
    Ok(())
}

fn write_question(
    case: &Case,
    result: &QuestionResult,
    level: f64,
    paint: Paint,
    out: &mut impl Write,
) -> io::Result<()> {
    let (question, account) = (case.question(result.question), &result.account);
    writeln!(out, "{}", paint.bold(safe(question.heading())))?;
    let id = if question.title.is_empty() { String::new() } else { format!("  [{}]", safe(&question.id)) };
    let sought = account.sought.map_or(String::new(), |date| format!(", as of {date}"));
    match &result.consensus.outcome {
        Outcome::Range(range) if range.camps.len() > 1 => {
            let apart = paint.bold(format!("{}, and no number between", range.shape()));
            writeln!(out, "  {apart}{sought}{}", paint.dim(id))?;
            write_camps(case, result, range, out)?;
            let over_all = range_line(range, &question.unit, level, Paint::default());
            writeln!(out, "  {}", paint.dim(format!("one range over all of them would be {over_all}")))?;
        }
        Outcome::Range(range) => {
            writeln!(out, "  {}{sought}{}", range_line(range, &question.unit, level, paint), paint.dim(id))?;
        }
        Outcome::None { why } => writeln!(out, "  no consensus, because {why}{sought}{}", paint.dim(id))?,
    }
    writeln!(out, "  {}", counts(result))?;
    if let Some(left_out) = left_out(case, result) {
        writeln!(out, "  {}", safe(&left_out))?;
    }
    if account.circles > 0 {
        writeln!(
            out,
            "  {}",
            paint.alert(counted(
                account.circles,
                "circle of claims that repeat each other",
                "circles of claims that repeat each other"
            ))
        )?;
    }
    for line in changed(case, result) {
        writeln!(out, "  {}", paint.alert(safe(&line)))?;
    }
    for point in &account.points {
        let who = if point.is_named { safe(&point.name) } else { format!("{}, unnamed", safe(&point.name)) };
        let line = if point.is_full {
            format!("single point of failure: all {} publications rest on {who}", point.of)
        } else {
            format!("{} of {} publications rest on {who}", point.publications, point.of)
        };
        writeln!(out, "  {}", paint.alert(line))?;
    }
    Ok(())
}

/// A line for each camp: its share, its 95 % range, and who stands there.
fn write_camps(case: &Case, result: &QuestionResult, range: &ConsensusRange, out: &mut impl Write) -> io::Result<()> {
    for camp in &range.camps {
        let ends = amount_range(camp.low, camp.high);
        let (share, claims) = (percent(camp.mass), members(case, result, &camp.members).join(", "));
        let who = if claims.is_empty() { "nobody's figure".to_owned() } else { safe(&claims) };
        let middle = amount_beside(camp.median, camp.high - camp.low);
        writeln!(out, "  {share}: {ends} (95 % of the camp), around {middle}: {who}")?;
    }
    Ok(())
}

/// "2,000 to 5,000 people (90 %), likeliest half 2,600 to 3,900, median 3,100"
fn range_line(range: &ConsensusRange, of: &str, level: f64, paint: Paint) -> String {
    let quantiles = &range.quantiles;
    let [low, high] = quantiles.central(level).unwrap_or([quantiles.values[1], quantiles.values[7]]);
    let [q25, q75] = [quantiles.values[3], quantiles.values[5]];
    let unit = if of.is_empty() { String::new() } else { format!(" {}", safe(&unit::plural(of))) };
    let main = paint.bold(format!("{}{unit}", amount_range(low, high)));
    let half =
        if (level - 0.5).abs() < 1e-9 { String::new() } else { format!("; middle half {}", amount_range(q25, q75)) };
    let middle = amount_beside(quantiles.median(), q75 - q25);
    format!("{main} ({:.0} % range), median {middle}{half}", 100.0 * level)
}

/// "17 numbers, 4 origins, 2 of them anonymous; 12 publications; worth 1.8 independent origins"
fn counts(result: &QuestionResult) -> String {
    let account = &result.account;
    let mut line =
        format!("{}, {}", counted(account.numbers, "number", "numbers"), counted(account.origins, "origin", "origins"));
    match account.anonymous_origins {
        0 => {}
        all if all == account.origins => {
            line.push_str(if all == 1 { ", anonymous" } else { ", all of them anonymous" });
        }
        some => line.push_str(&format!(", {some} of them anonymous")),
    }
    line.push_str(&format!("; {}", counted(account.publications, "publication", "publications")));
    let used = result.consensus.used();
    if used < account.origins && used > 0 {
        line.push_str(&format!("; {used} of the origins used"));
    }
    if used > 1 {
        line.push_str(&format!(", worth {:.1} independent ones", result.consensus.effective_origins));
    }
    let unknown = account.claims - account.numbers;
    if unknown > 0 {
        line.push_str(&format!("; {} without a number", counted(unknown, "claim", "claims")));
    }
    line
}

/// "attribution drift on K10, K11, K12", a line for each kind, and hollow confirmations.
fn changed(case: &Case, result: &QuestionResult) -> Vec<String> {
    const SHOWN: usize = 8;
    let listed = |claims: Vec<ClaimId>| {
        let names: Vec<String> = claims.iter().take(SHOWN).map(|&claim| case.claims.name(claim)).collect();
        let more = claims.len().saturating_sub(SHOWN);
        let names = names.join(", ");
        if more > 0 { format!("{names} and {more} more") } else { names }
    };
    let mut lines = Vec::new();
    for rule in RULES {
        let drifts = result.account.drifts.iter().filter(|(_, found)| *found == rule);
        let claims: Vec<ClaimId> = drifts.map(|&(claim, _)| claim).collect();
        if !claims.is_empty() {
            lines.push(format!("{} drift ({}): {}", rule.kind.name(), rule.name, listed(claims)));
        }
    }
    if !result.account.hollow.is_empty() {
        lines.push(format!("hollow confirmation: {}", listed(result.account.hollow.clone())));
    }
    lines
}

fn write_origins(case: &Case, result: &QuestionResult, paint: Paint, out: &mut impl Write) -> io::Result<()> {
    let scale = result.consensus.range().map_or(Scale::Log, |range| range.scale);
    let rows: Vec<[String; 5]> = result.origins.iter().map(|origin| origin_row(case, result, origin, scale)).collect();
    if rows.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    let heading = ["origin", "claim", "figure", "weight", "moves the median"].map(str::to_owned);
    let width = |at: usize| rows.iter().chain([&heading]).map(|row| row[at].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..5).map(width).collect();
    for (number, row) in std::iter::once(&heading).chain(&rows).enumerate() {
        let cells: Vec<String> = row.iter().zip(&widths).map(|(cell, &width)| format!("{cell:width$}")).collect();
        let line = cells.join("  ");
        let line = line.trim_end();
        writeln!(out, "  {}", if number == 0 { paint.dim(line) } else { line.to_owned() })?;
    }
    Ok(())
}

fn origin_row(case: &Case, result: &QuestionResult, origin: &OriginSummary, scale: Scale) -> [String; 5] {
    const NAME_SHOWN: usize = 44;
    let mut name = safe(&origin.name);
    if name.chars().count() > NAME_SHOWN {
        name = name.chars().take(NAME_SHOWN - 1).chain(['…']).collect();
    }
    if !origin.is_named {
        name.push_str(", unnamed");
    }
    let claim = safe(&case.claims.name(origin.claim));
    let said = said(case, origin);
    let standing = origin.evidence.and_then(|at| result.consensus.origins.get(at)).copied();
    let (weight, pull) = match standing {
        Some(Standing::Used(Some(influence))) => (percent(influence.weight), pull(&influence, scale)),
        Some(Standing::Used(None)) => (String::new(), String::new()),
        Some(Standing::Unused(why)) => ("left out".to_owned(), why.to_string()),
        None => ("left out".to_owned(), String::new()),
    };
    [name, claim, said, weight, pull]
}

fn said(case: &Case, origin: &OriginSummary) -> String {
    const SHOWN: usize = 36;
    let said = safe(case.claims.said.get(origin.claim.index()));
    let estimate = case.claims.estimate(origin.claim);
    if said.is_empty() { amount_range(estimate.low, estimate.high) } else { said.chars().take(SHOWN).collect() }
}

/// What an origin does to the median: "+12 %", "no change", or a difference on linear scales.
fn pull(influence: &Influence, scale: Scale) -> String {
    match influence.pull {
        None => "the only origin".to_owned(),
        Some(Pull::Ratio(ratio)) if scale == Scale::Log => {
            let change = 100.0 * (ratio - 1.0);
            match change {
                change if change.abs() < 0.5 => "no change".to_owned(),
                change if change < 300.0 => format!("{change:+.0} %"),
                _ => format!("×{}", amount(ratio)),
            }
        }
        Some(pull) if pull.value() > 0.0 => format!("+{}", amount(pull.value())),
        Some(pull) => amount(pull.value()),
    }
}

fn percent(share: f64) -> String {
    if share > 0.0 && share < 0.005 { "<1 %".to_owned() } else { format!("{:.0} %", 100.0 * share) }
}
