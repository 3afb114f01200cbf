//! Scales of words for probabilities, as data.

/// A term and the probabilities that it stands for, in per cent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    /// the term that is written
    pub term: &'static str,
    /// other terms for the same band, which are not mixed with the first ones
    pub others: &'static [&'static str],
    /// lower end in per cent
    pub low: f64,
    /// upper end in per cent
    pub high: f64,
}

/// A published scale of terms.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WordScale {
    /// its title
    pub title: &'static str,
    /// where it stands
    pub source: &'static str,
    /// bands from the least probable to the most
    pub bands: &'static [Band],
    /// how a sentence on confidence starts
    pub confidence: &'static str,
}

const fn band(term: &'static str, others: &'static [&'static str], low: f64, high: f64) -> Band {
    Band { term, others, low, high }
}

/// Office of the Director of National Intelligence, Intelligence Community Directive 203. Its two
/// rows of terms are not mixed; the first is written. Neighbouring bands share their ends.
pub const ICD_203: WordScale = WordScale {
    title: "ICD 203",
    source: "Intelligence Community Directive 203, analytic standards",
    bands: &[
        band("almost no chance", &["remote"], 1.0, 5.0),
        band("very unlikely", &["highly improbable"], 5.0, 20.0),
        band("unlikely", &["improbable", "improbably"], 20.0, 45.0),
        band("roughly even chance", &["roughly even odds"], 45.0, 55.0),
        band("likely", &["probable", "probably"], 55.0, 80.0),
        band("very likely", &["highly probable"], 80.0, 95.0),
        band("almost certain", &["nearly certain"], 95.0, 99.0),
    ],
    confidence: "Confidence in this judgement",
};

/// Professional Head of Intelligence Assessment, probability yardstick. Between its bands are gaps.
pub const PHIA: WordScale = WordScale {
    title: "PHIA probability yardstick",
    source: "UK Professional Head of Intelligence Assessment, explaining uncertainty, 2025",
    bands: &[
        band("remote chance", &[], 0.0, 5.0),
        band("highly unlikely", &[], 10.0, 20.0),
        band("unlikely", &[], 25.0, 35.0),
        band("realistic possibility", &[], 40.0, 50.0),
        band("likely", &["probable", "probably"], 55.0, 75.0),
        band("highly likely", &[], 80.0, 90.0),
        band("almost certain", &[], 95.0, 100.0),
    ],
    confidence: "Analytical confidence",
};

/// Every scale. A new one is an item above, a line here and one in [`Wording`].
pub const SCALES: &[WordScale] = &[ICD_203, PHIA];

/// The words in which a probability is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Wording {
    /// in per cent
    #[default]
    Plain,
    /// ICD 203
    Icd203,
    /// the yardstick of PHIA
    Phia,
}

impl Wording {
    /// Every wording.
    pub const ALL: [Wording; 3] = [Wording::Plain, Wording::Icd203, Wording::Phia];

    /// Its name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Wording::Plain => "plain",
            Wording::Icd203 => "icd203",
            Wording::Phia => "phia",
        }
    }

    /// What it is.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        self.scale().map_or("probabilities in per cent", |scale| scale.source)
    }

    /// The wording of a name.
    #[must_use]
    pub fn find(name: &str) -> Option<Wording> {
        Wording::ALL.into_iter().find(|wording| wording.name() == name)
    }

    /// The scale of words; none where probabilities are told in per cent.
    #[must_use]
    pub fn scale(self) -> Option<&'static WordScale> {
        match self {
            Wording::Plain => None,
            Wording::Icd203 => Some(&ICD_203),
            Wording::Phia => Some(&PHIA),
        }
    }

    /// What the words mean, to be printed with them; none where there are no words.
    ///
    /// ```
    /// let mapping = sayso::report::prose::Wording::Icd203.mapping().unwrap();
    /// assert!(mapping.contains("very likely 80 to 95 %"));
    /// ```
    #[must_use]
    pub fn mapping(self) -> Option<String> {
        let scale = self.scale()?;
        let bands: Vec<String> =
            scale.bands.iter().map(|band| format!("{} {} to {} %", band.term, band.low, band.high)).collect();
        Some(format!("Words of probability ({}): {}.", scale.title, bands.join(", ")))
    }
}

impl WordScale {
    /// The band of a probability: the one that holds it, of two that share an end the one nearer to
    /// an even chance, and in a gap the one below it on the way from an even chance. So the word
    /// says no more than the number. Not a number counts as an even chance.
    ///
    /// ```
    /// use sayso::report::prose::{ICD_203, PHIA};
    /// assert_eq!((ICD_203.band(0.9).term, PHIA.band(0.9).term), ("very likely", "highly likely"));
    /// assert_eq!((ICD_203.band(0.95).term, PHIA.band(0.93).term), ("very likely", "highly likely"));
    /// ```
    #[must_use]
    pub fn band(&self, probability: f64) -> &'static Band {
        let percent = if probability.is_nan() { 50.0 } else { 100.0 * probability };
        // Rounding of the product must not move a probability across an end.
        let slack = 1e-9;
        let holds = |band: &&Band| (band.low - slack..=band.high + slack).contains(&percent);
        let found = if percent >= 50.0 {
            let held = self.bands.iter().find(holds);
            held.or_else(|| self.bands.iter().rev().find(|band| band.low <= percent))
        } else {
            let held = self.bands.iter().rev().find(holds);
            held.or_else(|| self.bands.iter().find(|band| band.high >= percent))
        };
        found.unwrap_or(&self.bands[self.bands.len() / 2])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(scale: &WordScale, percents: &[f64]) -> Vec<&'static str> {
        percents.iter().map(|percent| scale.band(percent / 100.0).term).collect()
    }

    #[test]
    fn bands_rise_and_keep_to_per_cents() {
        for scale in SCALES {
            assert!(scale.bands.iter().all(|band| 0.0 <= band.low && band.low < band.high && band.high <= 100.0));
            assert!(scale.bands.windows(2).all(|pair| pair[0].high <= pair[1].low));
        }
    }

    #[test]
    fn a_shared_end_belongs_to_the_weaker_word() {
        assert_eq!(
            terms(&ICD_203, &[5.0, 20.0, 45.0, 55.0, 80.0, 95.0]),
            ["very unlikely", "unlikely", "roughly even chance", "roughly even chance", "likely", "very likely"]
        );
    }

    #[test]
    fn in_a_gap_the_word_says_less_than_the_number() {
        assert_eq!(
            terms(&PHIA, &[7.0, 22.0, 37.0, 52.0, 78.0, 93.0]),
            [
                "highly unlikely",
                "unlikely",
                "realistic possibility",
                "realistic possibility",
                "likely",
                "highly likely"
            ]
        );
    }

    #[test]
    fn the_ends_of_the_line_have_a_word() {
        assert_eq!(terms(&ICD_203, &[0.0, 100.0]), ["almost no chance", "almost certain"]);
        assert_eq!(terms(&PHIA, &[0.0, 100.0, f64::NAN]), ["remote chance", "almost certain", "realistic possibility"]);
    }
}
