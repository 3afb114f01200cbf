//! What a credited party said itself, against the rule read off the text of the rule.

use std::cmp::Reverse;

use proptest::prelude::*;
use sayso::graph::{ClaimGraph, LinkChoice, View, is_same_figure, more_telling};
use sayso::model::{Bound, Case, ClaimId, Estimate, Party, SourceId};

use crate::generated::{HEADER, Row, lines, rows};
use crate::reading::case_of;

/// Whether a relay can be the passing on of an original: the same number, or one end of it in common, as where
/// "1,000 to 3,000" became "up to 3,000".
fn is_kin(relay: &Estimate, original: &Estimate) -> bool {
    let alone = |end: f64, of: &Estimate| Estimate { of: of.of, ..Estimate::single(Bound::Exact, end, of.granularity) };
    let ends = |of: &Estimate| <[f64; 2]>::from(of.ends()).map(|end| alone(end, of));
    let shares_an_end = || ends(relay).iter().any(|end| ends(original).iter().any(|other| is_same_figure(end, other)));
    is_same_figure(relay, original) || (relay.is_figure() && original.is_figure() && shares_an_end())
}

/// The rule, with a look at every claim of the source.
fn looked_for(graph: &ClaimGraph<'_>, claim: ClaimId, is_speaker: impl Fn(SourceId) -> bool) -> LinkChoice {
    let claims = &graph.case.claims;
    let by = claims.published.get(claim.index());
    let is_later =
        |other: ClaimId| by.zip(claims.published.get(other.index())).is_some_and(|(by, date)| by.surely_before(date));
    let by_then: Vec<ClaimId> =
        graph.claims().filter(|&other| is_speaker(claims.publisher[other.index()]) && !is_later(other)).collect();
    let relay = graph.estimate(claim);
    let is_same = |other: ClaimId| is_same_figure(&relay, &graph.estimate(other));
    let key = |other: ClaimId| (!is_same(other), Reverse(claims.published.get(other.index())));
    let mut kin: Vec<ClaimId> =
        by_then.iter().copied().filter(|&other| is_kin(&relay, &graph.estimate(other))).collect();
    kin.sort_by_key(|&other| (key(other), other));
    let figures = by_then.iter().copied().filter(|&other| graph.estimate(other).is_figure());
    match (kin.split_first(), figures.max_by(|&a, &b| more_telling(graph.case, a, b)), by_then.iter().min()) {
        (Some((&best, others)), ..) => {
            let as_good = others.iter().copied().filter(|&other| key(other) == key(best)).take(4);
            LinkChoice::Claim(best, as_good.collect())
        }
        (None, Some(figure), _) => LinkChoice::OtherFigures(figure),
        (None, None, Some(&first)) => LinkChoice::OnlyUnknown(first),
        (None, None, None) => LinkChoice::Nothing,
    }
}

fn assert_links(case: &Case, view: View) -> Result<(), TestCaseError> {
    for question in case.question_ids() {
        let graph = ClaimGraph::build(case, question, view);
        for claim in graph.claims() {
            for element in case.claims.via.get(claim.index()) {
                let Party::Source(source) = element.party else { continue };
                let wanted = match looked_for(&graph, claim, |speaker| speaker == source) {
                    LinkChoice::Nothing => {
                        let publisher = case.claims.publisher[claim.index()];
                        let is_own = case.is_same_house(publisher, source);
                        let in_house = looked_for(&graph, claim, |speaker| case.is_same_house(speaker, source));
                        if !is_own && matches!(in_house, LinkChoice::Claim(..)) {
                            in_house
                        } else {
                            LinkChoice::Nothing
                        }
                    }
                    found => found,
                };
                prop_assert_eq!(graph.own_claim(claim, source), wanted, "{} of {:?}", claim.0, source);
            }
        }
    }
    Ok(())
}

/// Few figures and dates, so that many fit, and several fit as well.
fn crowded(mut made: Vec<Row>) -> Vec<Row> {
    for row in &mut made {
        (row.question, row.value, row.day) = (0, 90 + row.value % 25, 1 + row.day % 4);
        row.publisher %= 4;
        row.via.iter_mut().for_each(|party| *party = if *party < 10 { *party % 6 } else { *party });
        row.cites.clear();
    }
    made
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn a_credited_party_is_linked_as_the_rule_says(
        made in rows(24), months in any::<u64>(), owners in prop::collection::vec(0u8..8, 6), as_of in prop::option::of(1u8..31)
    ) {
        let made = crowded(made);
        // Some dates are known to the month, some not at all; some figures are shares.
        let lines: String = lines(&made, 0).iter().enumerate().map(|(at, line)| {
            let day = format!("2024-05-{:02}", made[at].day);
            match (months >> (2 * at % 64)) & 3 {
                0 => line.replace(&day, "2024-05"),
                1 if made[at].value.is_multiple_of(3) => line.replace(&day, ""),
                _ => line.clone(),
            }
        }).collect();
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("claims.csv"), HEADER.to_owned() + &lines).unwrap();
        let sources: String = owners.iter().enumerate().map(|(at, &owner)| {
            let parent = if usize::from(owner) < at { format!("p{owner}") } else { String::new() };
            format!("p{at},Paper {at},{parent}\n")
        }).collect();
        std::fs::write(folder.path().join("sources.csv"), "source,name,parent\n".to_owned() + &sources).unwrap();
        let case = sayso::ingest::read(folder.path(), sayso::ingest::Limits::default()).unwrap().case;
        let as_of = as_of.and_then(|day| sayso::model::Date::new(2024, 5, day.try_into().unwrap()));
        assert_links(&case, View::new(&case, as_of))?;
    }
}

/// The law would hold of cases without links.
#[test]
fn rounded_figures_of_a_series_are_linked_by_date() {
    let text = "question,publisher,estimate,via,published\n\
        q,Ministry,990,,2024-05-01\nq,Ministry,1010,,2024-05-03\nq,Ministry,1200,,2024-05-05\n\
        q,Paper,\"about 1,000\",Ministry,2024-05-02\nq,Paper,\"about 1,000\",Ministry,2024-05-04\n\
        q,Paper,5000,Ministry,2024-05-06\n";
    let case = case_of(text).case;
    let graph = ClaimGraph::build(&case, case.question_ids().next().unwrap(), View::new(&case, None));
    let ministry = case.claims.publisher[0];
    let found: Vec<LinkChoice> = graph.claims().skip(3).map(|claim| graph.own_claim(claim, ministry)).collect();
    let wanted = [
        LinkChoice::Claim(ClaimId(0), Vec::new()),
        LinkChoice::Claim(ClaimId(1), Vec::new()),
        LinkChoice::OtherFigures(ClaimId(2)),
    ];
    assert_eq!(found, wanted);
}
