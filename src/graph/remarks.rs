//! What a person should look at before trusting a graph: links that could be others, grades that the
//! chains do not bear out.

use super::build::ClaimGraph;
use super::link::{LinkChoice, OTHERS};
use crate::model::{ClaimId, Party, Reliability};

/// Something to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// the claim concerned
    pub claim: ClaimId,
    /// what is the matter
    pub what: String,
    /// what would settle it
    pub remedy: String,
}

impl ClaimGraph<'_> {
    /// Everything to look at on the question, in order of claim.
    #[must_use]
    pub fn remarks(&self) -> Vec<Remark> {
        let mut remarks = Vec::new();
        for claim in self.claims() {
            self.ambiguous_links(claim, &mut remarks);
            self.grades(claim, &mut remarks);
        }
        remarks
    }

    fn ambiguous_links(&self, claim: ClaimId, remarks: &mut Vec<Remark>) {
        let case = self.case;
        if !case.claims.cites.get(claim.index()).is_empty() {
            return;
        }
        for element in case.claims.via.get(claim.index()) {
            let Party::Source(source) = element.party else { continue };
            if let LinkChoice::Claim(best, others) = self.own_claim(claim, source)
                && !others.is_empty()
                && best != claim
            {
                let named: Vec<String> = others.iter().take(OTHERS - 1).map(|&other| case.claims.name(other)).collect();
                let more = if others.len() < OTHERS { "" } else { " and more" };
                let (name, best) = (&case.source(source).name, case.claims.name(best));
                let what = format!(
                    "what it credits to {name} is linked to {best}, and {}{more} would do as well",
                    named.join(", ")
                );
                remarks.push(Remark { claim, what, remedy: "say which in `cites`".to_owned() });
            }
        }
    }

    /// Admiralty grades against the chains: 1 is "confirmed by other sources", A "completely reliable".
    fn grades(&self, claim: ClaimId, remarks: &mut Vec<Remark>) {
        let case = self.case;
        let credibility = case.claims.credibility.get(claim.index());
        let Some(node) = self.node(claim) else { return };
        let origins = self.origins_of(node);
        let grade = case.source(case.claims.publisher[claim.index()]).reliability;
        let is_unnamed =
            !origins.is_empty() && origins.iter().all(|origin| !case.is_named(self.origins()[origin.index()].party));
        if credibility == 1 && origins.len() < 2 {
            let what = format!(
                "credibility 1, confirmed by independent sources, and its chains end at {}",
                match origins {
                    [] => "no origin".to_owned(),
                    [only] => format!("one origin: {}", self.speaker_name(self.origins()[only.index()].end)),
                    _ => String::new(),
                }
            );
            remarks.push(Remark {
                claim,
                what,
                remedy: "grade it 2 at most, or add the claims that confirm it".to_owned(),
            });
        }
        if credibility == 1 && grade == Some(Reliability::A) && is_unnamed {
            let what = "A1, and all its chains end at sources without a name".to_owned();
            remarks.push(Remark {
                claim,
                what,
                remedy: "the grade is that of the outlet; its sources have none".to_owned(),
            });
        }
    }
}
