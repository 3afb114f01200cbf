//! The worlds: who says what, and how it comes to be wrong.

use super::Plan;
use super::random::Random;

/// A way in which the world misleads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum World {
    /// everybody errs by themselves
    Honest,
    /// three in ten overstate, two in ten understate
    Biased,
    /// figures are passed on, some without saying so
    Copied,
    /// six in ten figures come from unnamed sources through one to three outlets
    Anonymous,
    /// six in ten figures are bounds
    OneSided,
    /// a quarter of the sources mostly invent
    Liars,
    /// all err in the same direction, question by question
    Undercount,
    /// few sources speak on each question
    Sparse,
    /// six in ten figures repeat one invented number
    Cabal,
}

impl World {
    /// Every world.
    pub const ALL: [World; 9] = [
        World::Honest,
        World::Biased,
        World::Copied,
        World::Anonymous,
        World::OneSided,
        World::Liars,
        World::Undercount,
        World::Sparse,
        World::Cabal,
    ];

    /// The word typed.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            World::Honest => "honest",
            World::Biased => "biased",
            World::Copied => "copied",
            World::Anonymous => "anonymous",
            World::OneSided => "one-sided",
            World::Liars => "liars",
            World::Undercount => "undercount",
            World::Sparse => "sparse",
            World::Cabal => "cabal",
        }
    }

    /// The world of a name.
    #[must_use]
    pub fn find(name: &str) -> Option<World> {
        World::ALL.into_iter().find(|world| world.name() == name)
    }

    /// What is wrong with it, in a few words without commas.
    #[must_use]
    pub fn says(self) -> &'static str {
        match self {
            World::Honest => "everybody errs by themselves",
            World::Biased => "three sources in ten overstate by half and two understate by a third",
            World::Copied => "outlets repeat figures; three in ten of them do not say so",
            World::Anonymous => "six figures in ten come from unnamed sources through one to three outlets",
            World::OneSided => "six figures in ten are bounds",
            World::Liars => "a quarter of the sources invent six figures in ten",
            World::Undercount => "all figures of a question err together and mostly downward",
            World::Sparse => "two sources speak on most questions",
            World::Cabal => "six figures in ten repeat one invented number",
        }
    }
}

/// Who prints a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Speaker {
    /// a source that says things of its own
    Observer(u32),
    /// an outlet that passes things on
    Relay(u32),
    /// an outlet that copies without saying so
    Mirror(u32),
}

/// What is said, with its ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Said {
    /// a number of three digits
    Exact(f64),
    /// a number of two digits, as about
    About(f64),
    /// two numbers of two digits
    Range(f64, f64),
    /// a floor
    AtLeast(f64),
    /// a ceiling
    UpTo(f64),
}

/// A claim of a world.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// position of the question
    pub question: u32,
    /// who prints it
    pub publisher: Speaker,
    /// what is said
    pub said: Said,
    /// outlets between the publisher and an unnamed source, where it comes from one
    pub through: Option<Vec<u32>>,
    /// position of the claim that it repeats, where it says so
    pub cites: Option<usize>,
}

/// A drawn world.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawn {
    /// the true value of each question
    pub truth: Vec<f64>,
    /// the claims, question by question
    pub claims: Vec<Claim>,
}

/// How a question's figures come about, and what they say beside the truth.
struct Scene {
    world: World,
    question: u32,
    theta: f64,
    difficulty: f64,
    shared: f64,
    lie: f64,
}

/// A source's usual error, and whether it invents.
struct Character {
    sigma: f64,
    bias: f64,
    is_liar: bool,
    leans_up: bool,
}

/// Shares of exact, about, range, at least and up to.
const FORMS: [f64; 5] = [0.3, 0.3, 0.15, 0.15, 0.1];
const ONE_SIDED: [f64; 5] = [0.12, 0.18, 0.1, 0.4, 0.2];

/// How many outlets copy without saying so, and how many stand before unnamed sources.
const MIRRORS: u32 = 40;
const RELAYS: u32 = 20;

/// Draws a world: ln θ is normal about ln 2,000 with sd 1.4; a source errs by σ·d·N(0, 1) with σ
/// log-normal about .22 (sd .5) and d, the difficulty of the question, about 1 (sd .4); one and a
/// Poisson number of sources (mean 5, in the sparse world 1) speak on each question.
///
/// Cost: linear in claims, and questions times sources.
///
/// ```
/// use sayso::simulate::{Plan, World, world::draw};
/// let drawn = draw(&Plan { world: World::Honest, seed: 1, questions: 5, sources: 9, resolved: 0 });
/// assert_eq!(drawn.truth.len(), 5);
/// assert!(drawn.claims.len() >= 5);
/// ```
#[must_use]
pub fn draw(plan: &Plan) -> Drawn {
    let mut random = Random::new(plan.seed);
    let sources = plan.sources.max(1);
    let characters: Vec<Character> = (0..sources).map(|source| character(plan.world, source, &mut random)).collect();
    let mut drawn = Drawn { truth: Vec::new(), claims: Vec::new() };
    for question in 0..plan.questions {
        let scene = scene(plan.world, question, &mut random);
        drawn.truth.push(libm::exp(scene.theta));
        let more = random.poisson(if plan.world == World::Sparse { 1.0 } else { 5.0 });
        for source in random.sample(sources, 1 + more) {
            let first = drawn.claims.len();
            drawn.claims.push(claim(&scene, source, &characters[source as usize], &mut random));
            if plan.world == World::Copied {
                copies(first, &mut drawn.claims, &mut random);
            }
        }
    }
    drawn
}

fn character(world: World, source: u32, random: &mut Random) -> Character {
    let sigma = 0.22 * libm::exp(0.5 * random.normal());
    let bias = match random.uniform() {
        share if world == World::Biased && share < 0.3 => 0.5,
        share if world == World::Biased && share < 0.5 => -0.4,
        _ => 0.0,
    };
    let is_liar = random.happens(0.25) && world == World::Liars;
    Character { sigma, bias, is_liar, leans_up: source % 2 == 1 }
}

fn scene(world: World, question: u32, random: &mut Random) -> Scene {
    let theta = libm::log(2000.0) + 1.4 * random.normal();
    let difficulty = libm::exp(0.4 * random.normal());
    let together = -0.2 + 0.3 * random.normal();
    let side = if random.happens(0.5) { 1.0 } else { -1.0 };
    let lie = theta + side * random.between(0.6, 1.2);
    let shared = if world == World::Undercount { together } else { 0.0 };
    Scene { world, question, theta, difficulty, shared, lie }
}

fn claim(scene: &Scene, source: u32, who: &Character, random: &mut Random) -> Claim {
    let mut report = scene.theta + scene.shared + who.bias + who.sigma * scene.difficulty * random.normal();
    if who.is_liar && random.happens(0.6) {
        let side = if who.leans_up { 1.0 } else { -1.0 };
        let off = if random.happens(0.6) { side * random.between(1.0, 2.3) } else { 0.8 * random.student2() };
        report = scene.theta + off;
    }
    if scene.world == World::Cabal && random.happens(0.6) {
        report = scene.lie + 0.08 * random.normal();
    }
    let mut through = None;
    if scene.world == World::Anonymous && random.happens(0.6) {
        let hops = 1 + random.below(3);
        let distance = f64::from(hops);
        report += distance.sqrt() * 0.08 * random.normal() + 0.25 * random.normal();
        if random.happens(0.05 * distance) {
            report += 1.2 * random.normal();
        }
        through = Some(random.sample(RELAYS, hops - 1));
    }
    let said = said(scene.world, libm::exp(report.clamp(-2.0, 20.0)), random);
    Claim { question: scene.question, publisher: Speaker::Observer(source), said, through, cites: None }
}

/// A value in words: rounded, widened or bounded.
fn said(world: World, value: f64, random: &mut Random) -> Said {
    let form = random.choose(if world == World::OneSided { &ONE_SIDED } else { &FORMS });
    let half_width = random.between(0.1, 0.6);
    let slack = if random.happens(0.75) { random.exponential(0.12) } else { random.exponential(1.0) };
    match form {
        0 => Said::Exact(rounded(value, 3)),
        1 => Said::About(rounded(value, 2)),
        2 => Said::Range(rounded(value * libm::exp(-half_width), 2), rounded(value * libm::exp(half_width), 2)),
        3 => Said::AtLeast(rounded(value * libm::exp(-slack), 2)),
        _ => Said::UpTo(rounded(value * libm::exp(slack), 2)),
    }
}

/// Outlets that repeat a claim: half of the claims are repeated by three on average, the others by one half.
fn copies(first: usize, claims: &mut Vec<Claim>, random: &mut Random) {
    let mean = if random.happens(0.5) { 3.0 } else { 0.5 };
    for relay in 0..random.poisson(mean) {
        let (publisher, cites) = if random.happens(0.7) {
            (Speaker::Relay(relay), Some(first))
        } else {
            (Speaker::Mirror(random.below(MIRRORS)), None)
        };
        let Claim { question, said, .. } = claims[first];
        claims.push(Claim { question, publisher, said, through: None, cites });
    }
}

/// A number to some significant digits: the one that is printed in scientific notation, so that it
/// is the same everywhere.
#[must_use]
pub fn rounded(value: f64, digits: usize) -> f64 {
    format!("{value:.*e}", digits.saturating_sub(1)).parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(world: World) -> Plan {
        Plan { world, seed: 11, questions: 400, sources: 36, resolved: 0 }
    }

    #[test]
    fn numbers_are_rounded_to_their_digits() {
        assert_eq!((rounded(12_345.0, 3), rounded(0.0987, 2), rounded(999.9, 2)), (12_300.0, 0.099, 1000.0));
    }

    #[test]
    fn each_world_is_wrong_in_its_own_way() {
        let off = |world: World| -> Vec<f64> {
            let drawn = draw(&plan(world));
            let points = drawn.claims.iter().filter_map(|claim| match claim.said {
                Said::Exact(x) | Said::About(x) => Some((x / drawn.truth[claim.question as usize]).ln()),
                _ => None,
            });
            points.collect()
        };
        let mean = |off: &[f64]| off.iter().sum::<f64>() / off.len() as f64;
        let far = |off: &[f64]| off.iter().filter(|x| x.abs() > 0.55).count() as f64 / off.len() as f64;
        assert!(mean(&off(World::Honest)).abs() < 0.03 && far(&off(World::Honest)) < 0.1);
        assert!((mean(&off(World::Undercount)) + 0.2).abs() < 0.06);
        assert!(far(&off(World::Cabal)) > 0.5 && far(&off(World::Liars)) > 0.1);
        assert!(far(&off(World::Anonymous)) > far(&off(World::Honest)));
    }

    #[test]
    fn forms_and_chains_come_as_often_as_they_should() {
        let share = |world: World, is: fn(&Claim) -> bool| {
            let claims = draw(&plan(world)).claims;
            claims.iter().filter(|claim| is(claim)).count() as f64 / claims.len() as f64
        };
        let bounded = |claim: &Claim| matches!(claim.said, Said::AtLeast(_) | Said::UpTo(_));
        assert!((share(World::OneSided, bounded) - 0.6).abs() < 0.05);
        assert!((share(World::Honest, bounded) - 0.25).abs() < 0.05);
        assert!((share(World::Anonymous, |claim| claim.through.is_some()) - 0.6).abs() < 0.05);
        let repeats = share(World::Copied, |claim| !matches!(claim.publisher, Speaker::Observer(_)));
        assert!((repeats - 1.75 / 2.75).abs() < 0.05, "{repeats}");
        assert!((draw(&plan(World::Sparse)).claims.len() as f64 / 400.0 - 2.0).abs() < 0.2);
    }
}
