//! House rules on small cases, as their owners would settle them by hand.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use sayso::Options;
use sayso::consensus::rules::{RULES, Rank, Ruling, find};
use sayso::ingest::{Limits, read};
use sayso::model::{Case, SourceKind};
use sayso::published::rulings;

fn case(claims: &str, sources: &str) -> Case {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("claims.csv"), claims).unwrap();
    if !sources.is_empty() {
        std::fs::write(folder.path().join("sources.csv"), sources).unwrap();
    }
    read(folder.path(), Limits::default()).unwrap().case
}

fn ruling(rule: &str, case: &Case, order: &[Rank]) -> Ruling {
    rulings(case, &Options::default(), find(rule).unwrap(), order).remove(0).1
}

const CLAIMS: &str = "question,publisher,estimate\nq,Ministry,40\nq,Daily,at least 55\nq,Herald,50-70\nq,Radio,55\n";

#[test]
fn low_high_takes_the_ends_of_ranges_and_bounds_as_said() {
    let found = ruling("low-high", &case(CLAIMS, ""), &[]);
    assert_eq!((found.low, found.best, found.high), (Some(40.0), None, Some(70.0)));
}

#[test]
fn majority_counts_sources_and_not_articles() {
    let articles = "question,publisher,estimate\nq,Daily,10\nq,Daily,10\nq,Daily,10\nq,Herald,12\nq,Radio,12\n";
    let found = ruling("majority", &case(articles, ""), &[]);
    assert_eq!((found.best, found.notes[0].as_str()), (Some(12.0), "2 of 3 sources give it"));
    let tied = "question,publisher,estimate\nq,Daily,10\nq,Herald,12\n";
    assert_eq!(ruling("majority", &case(tied, ""), &[]).best, None);
}

#[test]
fn hierarchy_goes_by_kinds_and_names_and_by_where_chains_end() {
    let claims = "claim,question,publisher,estimate,via,published\n\
        a,q,Daily,40,Ministry,2024-05-01\nb,q,Herald,45,Ministry,2024-05-03\nc,q,Watch,60,,2024-05-02\n";
    let sources = "source,kind\nMinistry,agency\nWatch,organisation\nDaily,outlet\nHerald,outlet\n";
    let case = case(claims, sources);
    let order = |words: &[&str]| words.iter().map(|word| Rank::read(&case, word).unwrap()).collect::<Vec<_>>();
    assert_eq!(order(&["Agency"]), [Rank::Kind(SourceKind::Agency)]);
    assert_eq!(ruling("hierarchy", &case, &order(&["agency", "Watch"])).best, Some(45.0), "the latest of the ministry");
    assert_eq!(ruling("hierarchy", &case, &order(&["watch", "agency"])).best, Some(60.0));
    let outlets = ruling("hierarchy", &case, &order(&["outlet"]));
    assert_eq!((outlets.low, outlets.best, outlets.high), (Some(40.0), None, Some(45.0)));
    assert_eq!(ruling("hierarchy", &case, &order(&["wire"])).why_none, Some("no source of the order gives a figure"));
    assert_eq!(Rank::read(&case, "nobody"), None);
}

#[test]
fn conservative_takes_the_lowest_credible_figure_and_codes_words() {
    assert_eq!(ruling("conservative", &case(CLAIMS, ""), &[]).best, Some(40.0));
    let graded = "source,kind,reliability\nMinistry,agency,E\n";
    assert_eq!(ruling("conservative", &case(CLAIMS, graded), &[]).best, Some(50.0));
    for (said, coded) in [("dozens", 12.0), ("hundreds", 100.0), ("several hundred", 100.0), ("thousands", 1000.0)] {
        let claims = format!("question,publisher,estimate\nq,Daily,{said}\n");
        assert_eq!(ruling("conservative", &case(&claims, ""), &[]).best, Some(coded), "{said}");
    }
    let none_left = "source,reliability\nMinistry,E\nDaily,E\nHerald,E\nRadio,E\n";
    let none = ruling("conservative", &case(CLAIMS, none_left), &[]);
    assert_eq!((none.best, none.why_none), (None, Some("no figure is from a credible source")));
    let silent = ruling("conservative", &case("question,publisher,estimate\nq,Daily,unknown\n", ""), &[]);
    assert_eq!((silent.best, silent.notes.len()), (Some(0.0), 1));
}

#[test]
fn ucdp_prefers_the_most_reliable_source_and_else_the_lower_figure() {
    let plain = ruling("ucdp", &case(CLAIMS, ""), &[]);
    assert_eq!((plain.low, plain.best, plain.high), (Some(40.0), Some(40.0), Some(70.0)));
    let graded = "source,kind,reliability\nRadio,outlet,B\nDaily,outlet,C\nMinistry,agency,E\n";
    let found = ruling("ucdp", &case(CLAIMS, graded), &[]);
    assert_eq!((found.low, found.best, found.high), (Some(50.0), Some(55.0), Some(70.0)));
    let ungraded = "source,kind,reliability\nMinistry,agency,F\n";
    assert_eq!(ruling("ucdp", &case(CLAIMS, ungraded), &[]).best, Some(40.0), "F is no grade");
}

#[test]
fn airwars_grades_by_sources_and_by_responsibility() {
    let grade = |claims: &str| ruling("airwars", &case(claims, ""), &[]).grade;
    assert_eq!(grade("question,publisher,estimate\nq,Daily,4\n"), Some("weak"));
    assert_eq!(grade("question,publisher,estimate\nq,Daily,4\nq,Herald,6\n"), Some("fair"));
    let named =
        |a: &str, b: &str| format!("question,publisher,estimate,responsibility\nq,Daily,4,{a}\nq,Herald,6,{b}\n");
    assert_eq!(grade(&named("Redland", "Blueland")), Some("contested"));
    assert_eq!(grade(&named("Redland", "accepted")), Some("confirmed"));
    let found = ruling("airwars", &case(CLAIMS, ""), &[]);
    assert_eq!((found.low, found.high, found.grade), (Some(40.0), Some(70.0), Some("fair")));
    assert_eq!(grade("question,publisher,estimate,status\nq,Daily,4,retracted\n"), Some("discounted"));
}

#[test]
fn figures_left_out_of_ranges_are_left_out_of_rules() {
    let claims = "question,publisher,estimate,status,scope\nq,Daily,4,,\nq,Herald,90,projected,\nq,Radio,1,,one week\n";
    let case = case(claims, "");
    for rule in RULES.iter().filter(|rule| !rule.needs_order) {
        let found = ruling(rule.name, &case, &[]);
        for figure in [found.low, found.best, found.high].into_iter().flatten() {
            assert_eq!(figure, 4.0, "{}", rule.name);
        }
    }
}

#[test]
fn every_rule_names_its_owner() {
    for rule in RULES {
        assert!(!rule.owner.is_empty() && !rule.says.is_empty());
        assert_eq!(RULES.iter().filter(|other| other.name == rule.name).count(), 1);
    }
}
