//! Every constant of the default method, in one place, with its reason.

use serde::{Deserialize, Serialize};

use crate::credibility::ClassPrior;

/// Constants of the method `origins`. A settings file may give any of them; the rest keep their
/// defaults, and a name that does not exist is an error.
///
/// ```
/// let settings = sayso::consensus::Settings::from_toml("rho = 0.5\n[named]\nsigma = 0.2\nspread = 0.8\ngross = 0.05").unwrap();
/// assert_eq!((settings.rho, settings.tau), (0.5, 0.02));
/// assert!(sayso::consensus::Settings::from_toml("roh = 0.5").is_err());
/// assert!(sayso::consensus::Settings::from_toml("rho = 1.5").is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Shift of the final density, on the question's scale. 0: without resolved questions nothing
    /// is known of an error common to all.
    pub mu: f64,
    /// Standard deviation of an error common to all origins. 0.02: the smallest error scale.
    pub tau: f64,
    /// Correlation of the errors of two origins. 0.35: 31 to 45 per cent of experts' squared error
    /// is common to them all.
    pub rho: f64,
    /// The same where two origins are tied (same owner, party or text). 0.5: half of what a
    /// second origin adds is lost beyond doubt; how much more, the case does not say.
    pub rho_tied: f64,
    /// Weight of the linear pool beside the product. 0.40: with nothing resolved it keeps 95 per
    /// cent coverage in simulated worlds where most origins repeat one invented number.
    pub eps: f64,
    /// What part of an independent voice a further source with the same exact figure is, where figures
    /// are read off a register. 0.5: half of those that agree have it from one another.
    pub vote: f64,
    /// Whether figures may be exact records at all. Off where settled values show that ranges without them do better.
    pub exact_records: bool,
    /// ε where records are learned and nothing is settled: agreement cannot show an error that all have in common.
    /// With the next it keeps 95 per cent ranges above 90 in all simulated worlds at the least price in an honest one.
    pub unverified_eps: f64,
    /// How far the ends of the central 80, 90 and 95 per cent ranges move outward there, on the scale. The middle half
    /// stays: an error in common is seldom, and large.
    pub unverified_reach: [f64; 3],
    /// Whether constants are fitted where enough values are settled, and ranges insured where none are. Off, these
    /// constants are in force as they stand.
    pub fit: bool,
    /// Sweeps over all questions in which the records of sources are learned; 0 learns nothing.
    pub sweeps: u8,
    /// How far the middle moves from the median of the posterior to the mean of the figures, and to their mean
    /// weighted by their sources' records. 0 unless fitted.
    pub mean: [f64; 2],
    /// Factor on the distance of every quantile from the median. 1 unless it is fitted.
    pub spread: f64,
    /// Shift of each reported quantile on the scale, by split conformal prediction. 0 unless fitted.
    pub shift: [f64; 9],
    /// Power of the number of origins by which the shifts fall. 0 unless it is fitted.
    pub crowd: f64,
    /// Where questions of one kind share a unit, a and b of the move of the middle by a + b·X, X the middle in that
    /// unit (ensemble model output statistics, Gneiting et al. 2005). 0 unless fitted.
    pub level: [f64; 2],
    /// There, the power of |X| by which the shifts grow; none where they do not look at it.
    pub by_level: Option<f64>,
    /// Prior of sources with a name. Median error of a quarter and one gross error in twenty.
    pub named: ClassPrior,
    /// Prior of anonymous sources: nobody answers for the number.
    pub anonymous: ClassPrior,
    /// Error scale of a gross error: a factor of 4.5 on the log scale.
    pub gross_sigma: f64,
    /// Share of gross errors that know no measure: as wide as the widest noise on record, a factor of 1,400. Without
    /// it a rumour of 600 beside two counts of 0 gives 30, which nobody has claimed.
    pub gross_far_weight: f64,
    /// Noise that a relay adds, a rounding or a conversion.
    pub hop_sigma: f64,
    /// Rate at which a relay makes a gross error of its own.
    pub hop_gross: f64,
    /// Least rate of gross errors of a figure that the case marks as disputed. 0.5: somebody who knows says so.
    pub disputed_gross: f64,
    /// Standard deviation of ln d, where d is the difficulty of a question.
    pub difficulty_spread: f64,
    /// Standard deviation of the prior around the median figure: a factor of 12 on the log scale, so that
    /// it matters only where every bound is on one side.
    pub prior_sigma: f64,
    /// Least width of a figure on the scale: no count is read as more exact than one per cent.
    pub exact_width: f64,
    /// Least width of "about".
    pub about_width: f64,
    /// Mean slack of "more than" where rounding is not known.
    pub slack_near: f64,
    /// Least mean slack that rounding may give: figures are seldom raised by less than this.
    pub slack_least: f64,
    /// Mean of the far part of the slack: some floors were out of date when said.
    pub slack_far: f64,
    /// Weight of the far part.
    pub slack_far_weight: f64,
    /// Share of old figures of a cumulative count that have been outgrown. 0.3: of reported tolls more
    /// than a day older than the newest, 19 to 37 per cent fell short by over 2 per cent.
    pub growth_share: f64,
    /// Mean growth of those, on the scale, when the figure is very old. 0.4: the mean of the same shortfalls.
    pub growth_mean: f64,
    /// Age in days at which half of that growth is reached. Tolls grow in the first days and hardly after.
    pub growth_days: f64,
    /// A valley below this share of the smaller of two modes parts them into camps.
    pub camp_valley: f64,
    /// Least probability of a camp: a lone outlier in the tail is none.
    pub camp_mass: f64,
    /// Spacing of the mesh relative to the distance from the nearest figure. A finer one costs time;
    /// 0.18 puts most quantiles within 1e-3 of the scale and the outer ones within 0.015.
    pub mesh_step: f64,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            mu: 0.0,
            tau: 0.02,
            rho: 0.35,
            rho_tied: 0.5,
            eps: 0.40,
            vote: 1.0,
            exact_records: true,
            unverified_eps: 0.2,
            unverified_reach: [0.02, 0.12, 0.27],
            fit: true,
            sweeps: 8,
            mean: [0.0; 2],
            spread: 1.0,
            crowd: 0.0,
            level: [0.0; 2],
            by_level: None,
            shift: [0.0; 9],
            named: ClassPrior { sigma: 0.25, spread: 0.8, gross: 0.05 },
            anonymous: ClassPrior { sigma: 0.40, spread: 0.8, gross: 0.15 },
            gross_sigma: 1.5,
            gross_far_weight: 0.1,
            hop_sigma: 0.04,
            hop_gross: 0.03,
            disputed_gross: 0.5,
            difficulty_spread: 0.6,
            prior_sigma: 2.5,
            exact_width: 0.01,
            about_width: 0.08,
            slack_near: 0.12,
            slack_least: 0.01,
            slack_far: 1.0,
            slack_far_weight: 0.25,
            growth_share: 0.3,
            growth_mean: 0.4,
            growth_days: 3.0,
            camp_valley: 0.6,
            camp_mass: 0.05,
            mesh_step: 0.18,
        }
    }
}

/// What is wrong with a settings file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// not TOML, or a name that does not exist
    #[error("{0}")]
    Syntax(String),
    /// values outside their domain, all of them
    #[error("{}", .0.join("; "))]
    Domain(Vec<String>),
}

impl Settings {
    /// Settings from the text of a TOML file.
    ///
    /// # Errors
    ///
    /// If the text is not TOML, names a setting that does not exist, or gives values that [`Settings::check`] rejects.
    pub fn from_toml(text: &str) -> Result<Settings, SettingsError> {
        let syntax = |e: toml::de::Error| SettingsError::Syntax(e.to_string());
        // Names and types are judged where they stand in the file; then what is missing is filled in, within tables too.
        let given: toml::Table = toml::from_str(text).map_err(syntax)?;
        let mut all = toml::Table::try_from(Settings::default()).map_err(|e| SettingsError::Syntax(e.to_string()))?;
        fill(&mut all, given);
        let settings: Settings = all.try_into().map_err(syntax)?;
        settings.check()?;
        Ok(settings)
    }

    /// Whether every value lies in its domain.
    ///
    /// # Errors
    ///
    /// Names every value that does not.
    pub fn check(&self) -> Result<(), SettingsError> {
        let probabilities = [
            ("rho", self.rho),
            ("rho_tied", self.rho_tied),
            ("eps", self.eps),
            ("unverified_eps", self.unverified_eps),
            ("gross_far_weight", self.gross_far_weight),
            ("hop_gross", self.hop_gross),
            ("disputed_gross", self.disputed_gross),
            ("slack_far_weight", self.slack_far_weight),
            ("growth_share", self.growth_share),
            ("camp_valley", self.camp_valley),
            ("camp_mass", self.camp_mass),
            ("named.gross", self.named.gross),
            ("anonymous.gross", self.anonymous.gross),
        ];
        let above_zero = [
            ("named.sigma", self.named.sigma),
            ("named.spread", self.named.spread),
            ("anonymous.sigma", self.anonymous.sigma),
            ("anonymous.spread", self.anonymous.spread),
            ("gross_sigma", self.gross_sigma),
            ("difficulty_spread", self.difficulty_spread),
            ("prior_sigma", self.prior_sigma),
            ("exact_width", self.exact_width),
            ("slack_near", self.slack_near),
            ("slack_least", self.slack_least),
            ("slack_far", self.slack_far),
            ("growth_mean", self.growth_mean),
            ("mesh_step", self.mesh_step),
        ];
        let not_negative = [
            ("tau", self.tau),
            ("unverified_reach", self.unverified_reach[0]),
            ("unverified_reach", self.unverified_reach[1]),
            ("unverified_reach", self.unverified_reach[2]),
            ("vote", self.vote),
            ("mean", self.mean[0]),
            ("mean", self.mean[1]),
            ("spread", self.spread),
            ("crowd", self.crowd),
            ("hop_sigma", self.hop_sigma),
            ("about_width", self.about_width),
            ("growth_days", self.growth_days),
        ];
        let mut wrong = Vec::new();
        let mut test = |values: &[(&str, f64)], domain: &str, holds: fn(f64) -> bool| {
            for (name, value) in values {
                if !holds(*value) {
                    let value = if value.abs() < 1e15 { format!("{value}") } else { format!("{value:e}") };
                    wrong.push(format!("{name} = {value}: must be {domain}"));
                }
            }
        };
        test(&probabilities, "from 0 to below 1", |v| (0.0..1.0).contains(&v));
        test(&above_zero, "above 0 and at most 100", |v| v > 0.0 && v <= 100.0);
        test(&not_negative, "from 0 to 100", |v| (0.0..=100.0).contains(&v));
        let shifts = self.shift.map(|shift| ("shift", shift));
        test(&shifts, "from -100 to 100", |v| v.abs() <= 100.0);
        let fitted = [("level", self.level[0]), ("level", self.level[1]), ("by_level", self.by_level.unwrap_or(0.0))];
        test(&fitted, "from -100 to 100", |v| v.abs() <= 100.0);
        test(&[("mu", self.mu)], "from -100 to 100", |v| v.abs() <= 100.0);
        test(&[("mesh_step", self.mesh_step)], "from 0.02 to 1", |v| (0.02..=1.0).contains(&v));
        if wrong.is_empty() { Ok(()) } else { Err(SettingsError::Domain(wrong)) }
    }
}

/// Puts the values of one table in the place of those of another, tables within by their own values.
fn fill(all: &mut toml::Table, given: toml::Table) {
    for (name, value) in given {
        match (all.get_mut(&name), value) {
            (Some(toml::Value::Table(known)), toml::Value::Table(value)) => fill(known, value),
            (Some(known @ toml::Value::Float(_)), toml::Value::Integer(value)) => {
                *known = toml::Value::Float(value as f64);
            }
            (_, value) => {
                all.insert(name, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_pass_their_own_check_and_survive_a_round_trip() {
        let settings = Settings::default();
        assert_eq!(settings.check(), Ok(()));
        let text = toml::to_string(&settings).unwrap();
        assert_eq!(Settings::from_toml(&text), Ok(settings));
    }

    #[test]
    fn a_part_of_a_table_is_enough() {
        let settings = Settings::from_toml("tau = 1\n[named]\nsigma = 0.3").unwrap();
        let named = ClassPrior { sigma: 0.3, ..Settings::default().named };
        assert_eq!((settings.named, settings.tau), (named, 1.0));
        assert!(Settings::from_toml("[named]\nsgima = 0.3").is_err());
    }

    #[test]
    fn every_wrong_value_is_named() {
        let text = "rho = 2.0\ntau = nan\n";
        let Err(SettingsError::Domain(wrong)) = Settings::from_toml(text) else { panic!("accepted") };
        assert_eq!(wrong.len(), 2, "{wrong:?}");
    }
}
