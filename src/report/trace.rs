//! Chains as a tree: under each origin the claims that rest on it, or under a claim what it rests on.

use std::io::{self, Write};

use petgraph::Direction;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;
use rustc_hash::FxHashSet;

use super::amount::counted;
use super::circles::{meaning, way_round};
use super::drifts::{said, sentence};
use super::paint::{Paint, safe};
use crate::credibility::Anonymity;
use crate::graph::{ClaimGraph, LinkKind, Node, Origin, Standing};
use crate::model::{ClaimId, Party, SourceId, Status};

/// What is to be traced in a question.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Trace {
    /// all its origins
    Question,
    /// its origins without a name
    Anonymous {
        /// their share of the weight of the range
        weight: f64,
    },
    /// one claim, inward to its origins
    Claim(ClaimId),
    /// a source: the origins that it is, and the claims that it published
    Source(SourceId),
}

/// How much is printed before the rest is only counted.
const LINES: usize = 2000;
const DEPTH: usize = 60;

/// Writes the chains of a question, with the address of each claim where `with_urls` is set.
///
/// # Errors
/// Where `out` fails.
pub fn write_trace(
    graph: &ClaimGraph<'_>,
    trace: Trace,
    with_urls: bool,
    paint: Paint,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut writer = Writer { graph, paint, with_urls, printed: FxHashSet::default(), lines: 0, out };
    match trace {
        Trace::Question => {
            writer.heading()?;
            for origin in graph.origins() {
                writer.origin(origin)?;
            }
            writer.circles()?;
        }
        Trace::Anonymous { weight } => {
            writer.heading()?;
            writer.unnamed_share(weight)?;
            for origin in graph.origins().iter().filter(|origin| !graph.case.is_named(origin.party)) {
                writer.origin(origin)?;
            }
        }
        Trace::Claim(claim) => {
            if let Some(node) = graph.node(claim) {
                writer.inward(node)?;
            }
        }
        Trace::Source(source) => {
            writer.heading()?;
            for origin in graph.origins().iter().filter(|origin| origin.party == Party::Source(source)) {
                writer.origin(origin)?;
            }
            writer.published(source)?;
            writer.credited_with(source)?;
        }
    }
    Ok(())
}

struct Writer<'g, 'c, W> {
    graph: &'g ClaimGraph<'c>,
    paint: Paint,
    with_urls: bool,
    /// claims that were printed with those that rest on them
    printed: FxHashSet<NodeIndex>,
    lines: usize,
    out: &'g mut W,
}

/// A line of a tree still to be printed.
struct Branch {
    node: NodeIndex,
    /// parties between this claim and the one above it that are not claims of the case
    through: Vec<NodeIndex>,
    kind: Option<LinkKind>,
    is_inferred: bool,
    prefix: String,
    depth: usize,
    is_last: bool,
}

impl<W: Write> Writer<'_, '_, W> {
    fn heading(&mut self) -> io::Result<()> {
        let account = self.graph.account();
        let question = self.graph.case.question(self.graph.question);
        writeln!(self.out, "{}", self.paint.bold(safe(question.heading())))?;
        let verb = if account.numbers == 1 { "rests" } else { "rest" };
        let mut line = format!(
            "{} in {} {verb} on {}",
            counted(account.numbers, "number", "numbers"),
            counted(account.publications, "publication", "publications"),
            counted(account.origins, "origin", "origins")
        );
        if account.anonymous_origins > 0 {
            line.push_str(&format!(", {} of them anonymous", account.anonymous_origins));
        }
        writeln!(self.out, "{line}")
    }

    /// The claims that a source published and that are not shown yet, with what rests on them.
    fn published(&mut self, source: SourceId) -> io::Result<()> {
        let graph = self.graph;
        let published = graph.claims().filter(|claim| graph.case.claims.publisher[claim.index()] == source);
        let nodes: Vec<NodeIndex> =
            published.filter_map(|claim| graph.node(claim)).filter(|node| !self.printed.contains(node)).collect();
        if nodes.is_empty() {
            return Ok(());
        }
        let name = safe(&graph.case.source(source).name);
        writeln!(self.out, "\n{}", self.paint.bold(format!("published by {name}, and what rests on it")))?;
        self.tree(nodes, None, false)
    }

    /// The claims whose text credits a source, and that do not rest on it.
    fn credited_with(&mut self, source: SourceId) -> io::Result<()> {
        let graph = self.graph;
        let crediting = graph.crediting(source).filter_map(|claim| graph.node(claim));
        let nodes: Vec<NodeIndex> = crediting.filter(|node| !self.printed.contains(node)).collect();
        if nodes.is_empty() {
            return Ok(());
        }
        let name = safe(&graph.case.source(source).name);
        writeln!(self.out, "\n{}", self.paint.bold(format!("credit {name} and rest on others")))?;
        for (at, &node) in nodes.iter().enumerate() {
            let (stem, bar) = if at + 1 == nodes.len() { ("└─ ", "     ") } else { ("├─ ", "│    ") };
            let text = self.claim(node);
            writeln!(self.out, "{stem}{text}")?;
            self.notes(node, bar)?;
        }
        Ok(())
    }

    /// How many numbers have nobody with a name behind them, and what they weigh.
    fn unnamed_share(&mut self, weight: f64) -> io::Result<()> {
        let graph = self.graph;
        let (all, unnamed) =
            (graph.figures().count(), graph.figures().filter(|&claim| graph.is_unnamed(claim)).count());
        writeln!(
            self.out,
            "{unnamed} of {all} have only unnamed sources behind them: {:.0} % of the weight of the range",
            100.0 * weight
        )
    }

    /// An origin and all that rests on it.
    fn origin(&mut self, origin: &Origin) -> io::Result<()> {
        let (graph, case) = (self.graph, self.graph.case);
        let name = safe(&graph.speaker_name(origin.end));
        let unnamed = match origin.party {
            _ if case.is_named(origin.party) => String::new(),
            Party::Anonymous(label) => match Anonymity::of(case.label(label)) {
                Anonymity::Undescribed | Anonymity::OwnSources => ", unnamed".to_owned(),
                step => format!(", unnamed [{}]", step.name()),
            },
            Party::Source(_) => ", unnamed".to_owned(),
        };
        let rest = format!(
            "{} in {}",
            counted(origin.figures.len(), "number", "numbers"),
            counted(origin.publications, "publication", "publications")
        );
        writeln!(self.out)?;
        writeln!(self.out, "{}: {rest}", self.paint.bold(format!("{name}{unnamed}")))?;
        let roots: Vec<NodeIndex> = origin.own_figures.iter().filter_map(|&claim| graph.node(claim)).collect();
        self.tree(roots, origin.current, false)
    }

    /// A claim and all that it rests on.
    fn inward(&mut self, node: NodeIndex) -> io::Result<()> {
        let text = self.claim(node);
        writeln!(self.out, "{text}")?;
        let next = self.credited(node);
        self.notes(node, if next.is_empty() { "  " } else { "│ " })?;
        self.tree_of(next, None, true)
    }

    fn tree(&mut self, roots: Vec<NodeIndex>, current: Option<ClaimId>, is_inward: bool) -> io::Result<()> {
        let branches = roots
            .into_iter()
            .map(|node| Branch {
                node,
                through: self.between(node),
                kind: None,
                is_inferred: false,
                prefix: String::new(),
                depth: 0,
                is_last: false,
            })
            .collect();
        self.tree_of(branches, current, is_inward)
    }

    /// Prints a tree without recursion: a chain may be a hundred thousand claims long.
    fn tree_of(&mut self, mut branches: Vec<Branch>, current: Option<ClaimId>, is_inward: bool) -> io::Result<()> {
        if let Some(last) = branches.last_mut() {
            last.is_last = true;
        }
        branches.reverse();
        let mut stack = branches;
        while let Some(branch) = stack.pop() {
            if self.lines >= LINES {
                return writeln!(
                    self.out,
                    "{}… {} lines are shown; ask for a claim to see its chain",
                    branch.prefix, LINES
                );
            }
            self.lines += 1;
            let (stem, bar) = if branch.is_last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
            let was_printed = !self.printed.insert(branch.node);
            let mut text = self.branch(&branch, current, is_inward);
            let mut next = if is_inward { self.credited(branch.node) } else { self.relays(branch.node) };
            if was_printed && !next.is_empty() {
                text.push_str(&self.paint.dim(" (shown above)"));
                next.clear();
            }
            writeln!(self.out, "{}{stem}{text}", branch.prefix)?;
            let prefix = format!("{}{bar}", branch.prefix);
            if !was_printed {
                let trunk = if next.is_empty() { "  " } else { "│ " };
                self.notes(branch.node, &format!("{prefix}{trunk}"))?;
            }
            if branch.depth + 1 >= DEPTH && !next.is_empty() {
                writeln!(self.out, "{prefix}└─ … the chain goes on; ask for a claim to see its own")?;
                continue;
            }
            if let Some(last) = next.last_mut() {
                last.is_last = true;
            }
            for mut child in next.into_iter().rev() {
                (child.prefix, child.depth) = (prefix.clone(), branch.depth + 1);
                stack.push(child);
            }
        }
        Ok(())
    }

    fn branch(&self, branch: &Branch, current: Option<ClaimId>, is_inward: bool) -> String {
        let mut text = String::new();
        if is_inward {
            text.push_str(match branch.kind {
                Some(LinkKind::Cites) => "cites ",
                _ => "credits ",
            });
        }
        text.push_str(&self.node_text(branch.node));
        if !branch.through.is_empty() {
            let names: Vec<String> = branch
                .through
                .iter()
                .map(|&node| safe(&self.graph.case.party_name(self.graph.speaker(node))))
                .collect();
            text.push_str(&self.paint.dim(format!(", through {}", names.join(" > "))));
        }
        if branch.kind == Some(LinkKind::ByNameAndFigure) {
            text.push_str(&self.paint.dim(" [linked by name and figure]"));
        }
        if branch.is_inferred {
            text.push_str(&self.paint.dim(" [link inferred]"));
        }
        if let (Some(current), Node::Claim(claim)) = (current, self.graph.graph[branch.node])
            && branch.depth == 0
            && current == claim
        {
            text.push_str(" ← the figure that counts");
        }
        text
    }

    fn node_text(&self, node: NodeIndex) -> String {
        match self.graph.graph[node] {
            Node::Claim(_) => self.claim(node),
            _ if self.graph.is_named(node) => {
                format!("{} (no claim of its own in the case)", safe(&self.graph.speaker_name(node)))
            }
            _ => format!("{}, unnamed", safe(&self.graph.speaker_name(node))),
        }
    }

    /// "K04 AP, 2025-02-27: 1000-3000 [projected]"
    fn claim(&self, node: NodeIndex) -> String {
        let Node::Claim(claim) = self.graph.graph[node] else { return safe(&self.graph.speaker_name(node)) };
        let (case, at) = (self.graph.case, claim.index());
        let claims = &case.claims;
        let date = claims.published.get(at).map_or(String::new(), |date| format!(", {date}"));
        let publisher = safe(&case.publisher_name(claim));
        let mut text =
            format!("{} {publisher}{date}: {}", self.paint.bold(safe(&claims.name(claim))), safe(&said(case, claim)));
        if claims.status.get(at) == Status::Disputed {
            text.push_str(" [disputed]");
        }
        if let Some(revised) = claims.revises.get(at) {
            text.push_str(&self.paint.dim(format!(" [revises {}]", safe(&claims.name(revised)))));
        }
        for name in self.graph.vague_attributions(claim) {
            text.push_str(&self.paint.dim(format!(" [credits \"{}\"]", safe(name))));
        }
        if let Standing::LeftOut(why) = self.graph.standing(claim) {
            text.push_str(&self.paint.alert(format!(" [left out: {}]", safe(&why.why(case, claim)))));
        }
        text
    }

    /// What is to be looked at on a claim, and where, a line each.
    fn notes(&mut self, node: NodeIndex, prefix: &str) -> io::Result<()> {
        let Node::Claim(claim) = self.graph.graph[node] else { return Ok(()) };
        let case = self.graph.case;
        for drift in self.graph.drifts_of(claim) {
            let note = format!("! {}", safe(&sentence(case, &drift)));
            writeln!(self.out, "{prefix}{}", self.paint.alert(note))?;
        }
        if let Some(hollow) = self.graph.hollow_claim(claim) {
            writeln!(self.out, "{prefix}{}", self.paint.alert(format!("! hollow confirmation: {}", hollow.why.why())))?;
        }
        let url = case.claims.url.get(claim.index());
        if self.with_urls && !url.is_empty() {
            writeln!(self.out, "{prefix}{}", self.paint.dim(safe(url)))?;
        }
        Ok(())
    }

    /// The parties that stand between a claim and where its chain ends, the end itself left out.
    fn between(&self, node: NodeIndex) -> Vec<NodeIndex> {
        let mut parties = Vec::new();
        let mut at = node;
        while let Some(next) = self.graph.graph.neighbors(at).filter(|&n| self.is_party(n)).min() {
            if self.graph.graph.neighbors(next).next().is_none() {
                break;
            }
            parties.push(next);
            at = next;
        }
        parties
    }

    fn is_party(&self, node: NodeIndex) -> bool {
        !matches!(self.graph.graph[node], Node::Claim(_))
    }

    /// The claims that pass a claim on, in order, straight or through parties that are not claims.
    fn relays(&self, node: NodeIndex) -> Vec<Branch> {
        let mut branches: Vec<Branch> = Vec::new();
        let mut ways = vec![(node, Vec::new())];
        while let Some((at, through)) = ways.pop() {
            for link in self.graph.graph.edges_directed(at, Direction::Incoming) {
                let from = link.source();
                if self.is_party(from) {
                    let mut longer = vec![from];
                    longer.extend(&through);
                    ways.push((from, longer));
                } else if branches.iter().all(|known| known.node != from) {
                    branches.push(branch(from, through.clone(), *link.weight()));
                }
            }
        }
        branches.sort_by_key(|branch| branch.node);
        branches
    }

    /// What a claim or party credits, in order.
    fn credited(&self, node: NodeIndex) -> Vec<Branch> {
        let links = self.graph.graph.edges(node);
        let mut branches: Vec<Branch> = links.map(|link| branch(link.target(), Vec::new(), *link.weight())).collect();
        branches.sort_by_key(|branch| branch.node);
        branches
    }

    fn circles(&mut self) -> io::Result<()> {
        for circle in self.graph.circles() {
            let way = safe(&way_round(self.graph, circle));
            writeln!(self.out, "\n{}\n└─ {}", self.paint.alert(format!("circle: {way}")), meaning(circle))?;
        }
        Ok(())
    }
}

fn branch(node: NodeIndex, through: Vec<NodeIndex>, link: crate::graph::Link) -> Branch {
    let (kind, is_inferred) = (Some(link.kind), link.is_inferred);
    Branch { node, through, kind, is_inferred, prefix: String::new(), depth: 0, is_last: false }
}
