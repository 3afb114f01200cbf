//! backtest.csv and the calibration table that a person reads.

use std::io::{self, Write};

use super::paint::Paint;
use super::table::{Cell, Column, Layout, Table};
use crate::backtest::{Prediction, Scores, measured, scores};
use crate::model::Case;

const LAYOUT: Layout = Layout {
    name: "backtest",
    row: "a settled question, predicted without its settled value",
    columns: &[
        Column { name: "question", meaning: "id of the question" },
        Column { name: "method", meaning: "method that made the range" },
        Column { name: "q025", meaning: "2.5 % quantile" },
        Column { name: "q05", meaning: "5 % quantile" },
        Column { name: "q10", meaning: "10 % quantile" },
        Column { name: "q25", meaning: "25 % quantile" },
        Column { name: "q50", meaning: "median" },
        Column { name: "q75", meaning: "75 % quantile" },
        Column { name: "q90", meaning: "90 % quantile" },
        Column { name: "q95", meaning: "95 % quantile" },
        Column { name: "q975", meaning: "97.5 % quantile" },
    ],
};

/// The predictions as a table; the quantiles of a question without consensus are empty.
#[must_use]
pub fn backtest_table<'a>(case: &'a Case, predictions: &[Prediction]) -> Table<'a> {
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
    table
}

/// Writes how well the ranges held: coverage, scores, and where the settled values fell.
///
/// # Errors
/// Where `out` fails.
pub fn write_backtest(case: &Case, predictions: &[Prediction], paint: Paint, out: &mut impl Write) -> io::Result<()> {
    let on_scale: Vec<_> = predictions.iter().filter_map(|prediction| measured(case, prediction)).collect();
    let scores = scores(&on_scale, predictions.len() - on_scale.len());
    let Scores { scored, missing, wis, width, crps, log_score, mae, rmse, off, .. } = &scores;
    writeln!(out, "{}", paint.bold(format!("{scored} settled questions predicted, {missing} without consensus")))?;
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
    writeln!(
        out,
        "  median: mean absolute error {mae:.6}, root mean square {rmse:.6}; off by more than 1 %: {:.1} %",
        100.0 * off
    )?;
    writeln!(out, "\n  where the settled values fell (| marks what is expected)")?;
    for bin in &scores.pit {
        let at = |share: f64| (share * 120.0).round() as usize;
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
    Ok(())
}
