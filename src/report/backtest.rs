//! backtest.csv and the calibration table that a person reads.

use std::io::{self, Write};

use super::paint::Paint;
use super::table::{Cell, Column, Layout, Table};
use crate::backtest::{Measured, Predicted, Prediction, Scores, measured, scores};
use crate::consensus::Quantiles;
use crate::consensus::methods::Method;
use crate::model::Case;

pub const LAYOUT: Layout = Layout {
    name: "backtest",
    row: "a settled question, predicted without its settled value",
    columns: &[
        Column::text("question", "id of the question"),
        Column::text("method", "method that made the range"),
        Column::number("q025", "2.5 % quantile"),
        Column::number("q05", "5 % quantile"),
        Column::number("q10", "10 % quantile"),
        Column::number("q25", "25 % quantile"),
        Column::number("q50", "median"),
        Column::number("q75", "75 % quantile"),
        Column::number("q90", "90 % quantile"),
        Column::number("q95", "95 % quantile"),
        Column::number("q975", "97.5 % quantile"),
    ],
};

/// A method beside the default one, with what it predicted.
pub type Other = (&'static Method, Vec<Predicted>);

/// The predictions as a table, those of the default method first; the quantiles of a question without consensus are
/// empty, and a method that gives a point has it as its median.
#[must_use]
pub fn backtest_table<'a>(case: &'a Case, predictions: &[Prediction], others: &[Other]) -> Table<'a> {
    let mut table = Table::new(&LAYOUT);
    table.rows = predictions
        .iter()
        .map(|prediction| {
            let mut row = vec![Cell::from(&*case.question(prediction.question).id), Cell::from("origins")];
            match prediction.quantiles {
                Some(quantiles) => row.extend(quantiles.values.map(Cell::Number)),
                None => row.extend(std::iter::repeat_n(Cell::Empty, 9)),
            }
            row
        })
        .collect();
    for (method, predictions) in others {
        table.rows.extend(predictions.iter().map(|prediction| {
            let mut row = vec![Cell::from(&*case.question(prediction.question).id), Cell::from(method.name)];
            row.extend(prediction.quantiles.map(|quantile| quantile.map_or(Cell::Empty, Cell::Number)));
            row
        }));
    }
    table
}

/// Writes how well the ranges held: coverage, scores, and where the settled values fell.
///
/// # Errors
/// Where `out` fails.
pub fn write_backtest(
    case: &Case,
    predictions: &[Prediction],
    others: &[Other],
    paint: Paint,
    out: &mut impl Write,
) -> io::Result<()> {
    let on_scale: Vec<_> = predictions.iter().filter_map(|prediction| measured(case, prediction)).collect();
    let scores = scores(&on_scale, predictions.len() - on_scale.len());
    let Scores { scored, missing, wis, width, crps, log_score, mae, rmse, off, .. } = &scores;
    let questions = super::counted(*scored, "settled question", "settled questions");
    writeln!(out, "{}", paint.bold(format!("{questions} predicted, {missing} without consensus")))?;
    if *scored == 0 {
        return Ok(());
    }
    let fitted: Vec<usize> = predictions.iter().map(|p| p.fitted_on).collect();
    let (least, most) = (fitted.iter().min().unwrap_or(&0), fitted.iter().max().unwrap_or(&0));
    match (least, most) {
        (_, 0) => writeln!(out, "constants: those of the settings, with too few settled values to fit any")?,
        _ => writeln!(out, "constants: fitted on {least} to {most} other settled values")?,
    }
    writeln!(out, "\n  range  held   95 % interval")?;
    for coverage in &scores.coverage {
        let [low, high] = coverage.interval.map(|share| 100.0 * share);
        let verdict = if coverage.level < coverage.interval[0] {
            "wider than needed"
        } else if coverage.level > coverage.interval[1] {
            "too narrow"
        } else {
            ""
        };
        let line = format!(
            "  {:>3.0} %  {:>5.1} %  {low:.1} to {high:.1}  {verdict}",
            100.0 * coverage.level,
            100.0 * coverage.share
        );
        writeln!(out, "{}", line.trim_end())?;
    }
    writeln!(out, "\n  weighted interval score {wis:.4}, CRPS {crps:.4}, log score {log_score:.3}")?;
    writeln!(out, "  width of the 90 % range {width:.4} on the scale of the questions")?;
    let mut units = predictions.iter().map(|prediction| &case.question(prediction.question).unit);
    let first = units.next();
    // Errors in persons and in euros have no mean.
    let errors = if units.all(|unit| Some(unit) == first) {
        format!("mean absolute error {mae:.6}, root mean square {rmse:.6}; ")
    } else {
        String::new()
    };
    writeln!(out, "  median: {errors}off by more than 1 %: {:.1} %", 100.0 * off)?;
    writeln!(out, "\n  where the settled values fell (| marks what is expected)")?;
    for bin in &scores.pit {
        let at = |share: f64| (share * 120.0).round().min(60.0) as usize;
        let mut bar: Vec<char> = "#".repeat(at(bin.share)).chars().collect();
        let mark = at(bin.to - bin.from);
        bar.resize(bar.len().max(mark + 1), ' ');
        bar[mark] = '|';
        let bar: String = bar.into_iter().collect();
        writeln!(
            out,
            "  {:>5.1} to {:>5.1} %  {:>5.1} %  {}",
            100.0 * bin.from,
            100.0 * bin.to,
            100.0 * bin.share,
            bar.trim_end()
        )?;
    }
    beside(case, &on_scale, others, out)
}

/// The default method beside the others: ranges first, then points, each by what its medians miss.
fn beside(case: &Case, origins: &[Measured], others: &[Other], out: &mut impl Write) -> io::Result<()> {
    let mut lines: Vec<(bool, f64, String)> = Vec::new();
    for (method, predictions) in others {
        let ranges: Vec<Measured> = predictions.iter().filter_map(|p| measured(case, &whole(p)?)).collect();
        let points: Vec<Measured> = predictions.iter().filter_map(|p| measured(case, &point(p)?)).collect();
        let is_range = !ranges.is_empty();
        let scored = if is_range { &ranges } else { &points };
        let missed = missed(scored);
        if scored.is_empty() {
            continue;
        }
        lines.push((!is_range, missed, line(method.name, scored, is_range, missed)));
    }
    if lines.is_empty() {
        return Ok(());
    }
    lines.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then_with(|| a.2.cmp(&b.2)));
    writeln!(out, "\n  beside other methods, each on the questions that it answers")?;
    writeln!(out, "  method               answered   score   90 % held   median misses by   off by > 1 %")?;
    writeln!(out, "{}", line("origins", origins, true, missed(origins)))?;
    lines.iter().try_for_each(|(_, _, line)| writeln!(out, "{line}"))
}

/// Mean distance of the median from the settled value, on the scale of the questions.
fn missed(scored: &[Measured]) -> f64 {
    scored.iter().map(|m| (m.quantiles[4] - m.truth).abs()).sum::<f64>() / scored.len().max(1) as f64
}

fn line(name: &str, scored: &[Measured], is_range: bool, missed: f64) -> String {
    let Scores { scored: count, wis, coverage, off, .. } = scores(scored, 0);
    let (score, held) = if is_range {
        (format!("{wis:.4}"), format!("{:.1} %", 100.0 * coverage[2].share))
    } else {
        Default::default()
    };
    format!("  {name:<20} {count:>8}   {score:>7}  {held:>8}   {missed:>16.4}   {:>10.1} %", 100.0 * off)
}

/// A prediction that gives all quantiles.
fn whole(predicted: &Predicted) -> Option<Prediction> {
    let values: Vec<f64> = predicted.quantiles.iter().copied().collect::<Option<_>>()?;
    let quantiles = Some(Quantiles { values: values.try_into().ok()? });
    Some(Prediction { question: predicted.question, quantiles, settled: predicted.settled, fitted_on: 0 })
}

/// A prediction of a point, all of whose quantiles are that.
fn point(predicted: &Predicted) -> Option<Prediction> {
    let quantiles = Some(Quantiles { values: [predicted.quantiles[4]?; 9] });
    Some(Prediction { question: predicted.question, quantiles, settled: predicted.settled, fitted_on: 0 })
}
