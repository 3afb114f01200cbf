//! A drawn world as a case folder.

use super::Plan;
use super::world::{Claim, Drawn, Said, Speaker, draw, rounded};
use crate::report::plain;

/// A file of the case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseFile {
    /// its name
    pub name: &'static str,
    /// its text
    pub text: String,
}

/// How unnamed sources are described.
const UNNAMED: [&str; 4] = ["an official", "own sources", "people familiar with the matter", "a security source"];

/// The files of a world: `claims.csv`, `questions.csv`, `sources.csv`, `resolutions.csv` for the
/// questions that are settled and `truth.csv` for all of them, which the program does not read.
///
/// Outlets that say whom they repeat have `via` and `cites`; those that do not are publishers of
/// their own. Unnamed sources stand at the end of `via`, behind named outlets.
///
/// ```
/// use sayso::simulate::{Plan, World, case_files};
/// let plan = Plan { world: World::Copied, seed: 1, questions: 3, sources: 5, resolved: 1 };
/// let files = case_files(&plan);
/// assert_eq!(files, case_files(&plan));
/// assert_eq!(files[3].name, "resolutions.csv");
/// assert_eq!(files[3].text.lines().count(), 2);
/// ```
#[must_use]
pub fn case_files(plan: &Plan) -> [CaseFile; 5] {
    let drawn = draw(plan);
    let width = plan.questions.max(1).to_string().len();
    let question = |at: u32| format!("Q{:0width$}", at + 1);
    let settled = |at: u32| format!("{},{}\n", question(at), plain(rounded(drawn.truth[at as usize], 6)));
    let table = |header: &str, rows: &mut dyn Iterator<Item = String>| -> String {
        std::iter::once(format!("{header}\n")).chain(rows).collect()
    };
    let note = format!("{}: {}", plan.world.name(), plan.world.says());
    let asked = |at: u32| format!("{},Made-up count {},person,flow,log,{note}\n", question(at), at + 1);
    let questions = table("question,title,unit,measure,scale,note", &mut (0..plan.questions).map(asked));
    let resolved = plan.resolved.min(plan.questions);
    [
        CaseFile { name: "claims.csv", text: claims(&drawn, question) },
        CaseFile { name: "questions.csv", text: questions },
        CaseFile { name: "sources.csv", text: sources(&drawn) },
        CaseFile { name: "resolutions.csv", text: table("question,value", &mut (0..resolved).map(settled)) },
        CaseFile { name: "truth.csv", text: table("question,value", &mut (0..plan.questions).map(settled)) },
    ]
}

fn claims(drawn: &Drawn, question: impl Fn(u32) -> String) -> String {
    let mut text = String::from("claim,question,publisher,estimate,via,cites\n");
    let width = drawn.claims.len().to_string().len();
    let id = |at: usize| format!("C{:0width$}", at + 1);
    for (at, claim) in drawn.claims.iter().enumerate() {
        let cites = claim.cites.map_or(String::new(), id);
        let cells =
            [id(at), question(claim.question), name(claim.publisher), said(claim.said), via(drawn, claim, at), cites];
        text.push_str(&cells.join(","));
        text.push('\n');
    }
    text
}

/// The chain as the text would have it.
fn via(drawn: &Drawn, claim: &Claim, at: usize) -> String {
    if let Some(cited) = claim.cites {
        return name(drawn.claims[cited].publisher);
    }
    let Some(through) = &claim.through else { return String::new() };
    let mut chain: Vec<String> = through.iter().map(|&relay| name(Speaker::Relay(relay))).collect();
    chain.push(format!("anonymous: {}", UNNAMED[at % UNNAMED.len()]));
    chain.join(" > ")
}

fn said(said: Said) -> String {
    match said {
        Said::Exact(x) => plain(x),
        Said::About(x) => format!("about {}", plain(x)),
        Said::Range(low, high) if low < high => format!("{}-{}", plain(low), plain(high)),
        Said::Range(low, _) => format!("about {}", plain(low)),
        Said::AtLeast(x) => format!("at least {}", plain(x)),
        Said::UpTo(x) => format!("up to {}", plain(x)),
    }
}

fn name(speaker: Speaker) -> String {
    match speaker {
        Speaker::Observer(at) => format!("Observer {:02}", at + 1),
        Speaker::Relay(at) => format!("Relay {:02}", at + 1),
        Speaker::Mirror(at) => format!("Mirror {:02}", at + 1),
    }
}

/// Everyone who prints or is named in a chain, with a kind.
fn sources(drawn: &Drawn) -> String {
    let chained = drawn.claims.iter().flat_map(|claim| claim.through.iter().flatten().map(|&at| Speaker::Relay(at)));
    let mut speakers: Vec<Speaker> = drawn.claims.iter().map(|claim| claim.publisher).chain(chained).collect();
    speakers.sort_unstable();
    speakers.dedup();
    let kind = |speaker: &Speaker| if matches!(speaker, Speaker::Observer(_)) { "organisation" } else { "outlet" };
    let rows = speakers.iter().map(|speaker| format!("{},{}\n", name(*speaker), kind(speaker)));
    std::iter::once("source,kind\n".to_owned()).chain(rows).collect()
}
