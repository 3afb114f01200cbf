//! A layered layout: columns from the origins outwards, few crossings, nodes near what they pass on
//! (Sugiyama, Tagawa and Toda 1981, IEEE Trans. SMC 11:109).

/// A thing to be placed: a box, or a bend of a link that passes a column.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// position among the nodes; none for a bend
    pub node: Option<usize>,
    /// its column
    pub layer: usize,
    /// how high it is, with the room around it
    pub height: f64,
    /// upper end of it
    pub y: f64,
    /// items of the column before that it hangs on
    pub before: Vec<usize>,
}

/// Places of nodes, and of the links between them.
#[derive(Debug, Clone, PartialEq)]
pub struct Layers {
    /// nodes first, then bends
    pub items: Vec<Item>,
    /// for each link, the items along it from what is passed on
    pub routes: Vec<Vec<usize>>,
    /// number of columns
    pub columns: usize,
    /// height of the whole
    pub height: f64,
}

/// Rounds of ordering by the mean place of neighbours.
const ROUNDS: usize = 8;
/// Height of a bend.
const BEND: f64 = 12.0;

/// Lays out nodes of given heights with links (from, to), from what is passed on to what passes it on. A link that
/// closes a circle is drawn and does not count for the columns. Nodes of one group begin side by side.
/// Cost: rounds × n·ln n.
pub fn layers(heights: &[f64], groups: &[usize], links: &[(usize, usize)]) -> Layers {
    let layer = columns(heights.len(), links);
    let mut items: Vec<Item> = heights
        .iter()
        .zip(&layer)
        .enumerate()
        .map(|(at, (&height, &layer))| Item { node: Some(at), layer, height, y: 0.0, before: Vec::new() })
        .collect();
    let mut routes = Vec::with_capacity(links.len());
    for &(from, to) in links {
        let mut route = vec![from];
        for passed in layer[from] + 1..layer[to].max(layer[from] + 1) {
            items.push(Item { node: None, layer: passed, height: BEND, y: 0.0, before: Vec::new() });
            route.push(items.len() - 1);
        }
        route.push(to);
        if layer[to] > layer[from] {
            for pair in route.windows(2) {
                items[pair[1]].before.push(pair[0]);
            }
        }
        routes.push(route);
    }
    let count = layer.iter().max().map_or(0, |last| last + 1);
    let mut columns: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (at, item) in items.iter().enumerate() {
        columns[item.layer].push(at);
    }
    // A bend belongs to the group of what it leads from.
    let group = |mut at: usize| {
        while items[at].node.is_none() {
            match items[at].before.first() {
                Some(&before) => at = before,
                None => return usize::MAX,
            }
        }
        groups.get(at).copied().unwrap_or(usize::MAX)
    };
    for column in &mut columns {
        column.sort_by_key(|&item| group(item));
    }
    order(&items, &mut columns);
    let height = place(&mut items, &columns);
    Layers { items, routes, columns: count, height }
}

/// The longest way from a node that passes nothing on; links that close a circle are left out.
fn columns(count: usize, links: &[(usize, usize)]) -> Vec<usize> {
    let mut layer = vec![0; count];
    let mut waits = vec![0usize; count];
    let mut next: Vec<Vec<usize>> = vec![Vec::new(); count];
    for &(from, to) in links {
        waits[to] += 1;
        next[from].push(to);
    }
    let mut done = vec![false; count];
    let mut ready: Vec<usize> = (0..count).rev().filter(|&at| waits[at] == 0).collect();
    loop {
        while let Some(at) = ready.pop() {
            done[at] = true;
            for &to in next[at].iter().filter(|&&to| to != at) {
                if done[to] {
                    continue;
                }
                layer[to] = layer[to].max(layer[at] + 1);
                waits[to] -= 1;
                if waits[to] == 0 {
                    ready.push(to);
                }
            }
        }
        // A circle: its first node goes on as if it waited for nothing.
        match (0..count).find(|&at| !done[at]) {
            Some(at) => {
                waits[at] = usize::MAX;
                ready.push(at);
            }
            None => return layer,
        }
    }
}

/// Orders each column by the mean place of what its items hang on, and of what hangs on them, in turn.
fn order(items: &[Item], columns: &mut [Vec<usize>]) {
    let mut after: Vec<Vec<usize>> = vec![Vec::new(); items.len()];
    for (at, item) in items.iter().enumerate() {
        for &before in &item.before {
            after[before].push(at);
        }
    }
    let mut place = vec![0.0; items.len()];
    let settle = |column: &[usize], place: &mut [f64]| {
        for (at, &item) in column.iter().enumerate() {
            place[item] = (at as f64 + 0.5) / column.len() as f64;
        }
    };
    for column in columns.iter() {
        settle(column, &mut place);
    }
    for round in 0..ROUNDS {
        let is_outward = round % 2 == 0;
        let count = columns.len();
        for step in 1..count {
            let at = if is_outward { step } else { count - 1 - step };
            let column = &mut columns[at];
            let wished = |item: usize| {
                let near = if is_outward { &items[item].before } else { &after[item] };
                if near.is_empty() {
                    place[item]
                } else {
                    near.iter().map(|&n| place[n]).sum::<f64>() / near.len() as f64
                }
            };
            let mut wishes: Vec<(f64, usize)> = column.iter().map(|&item| (wished(item), item)).collect();
            // Stable: equal wishes keep their order.
            wishes.sort_by(|a, b| a.0.total_cmp(&b.0));
            *column = wishes.into_iter().map(|(_, item)| item).collect();
            settle(&columns[at], &mut place);
        }
    }
}

/// Heights of all items: each as near to what it hangs on as its column allows; the first column, and columns on
/// their way back, near to what hangs on them. Gives the height of the whole.
fn place(items: &mut [Item], columns: &[Vec<usize>]) -> f64 {
    let mut after: Vec<Vec<usize>> = vec![Vec::new(); items.len()];
    for (at, item) in items.iter().enumerate() {
        for &before in &item.before {
            after[before].push(at);
        }
    }
    for column in columns {
        let mut y = 0.0;
        for &item in column {
            items[item].y = y;
            y += items[item].height;
        }
    }
    let count = columns.len();
    let ways = (1..count).chain((0..count.saturating_sub(1)).rev()).chain(1..count);
    for (step, at) in ways.enumerate() {
        let is_back = step + 1 >= count && step + 1 < 2 * count - 1;
        let wished = |item: usize| {
            let near = if is_back { &after[item] } else { &items[item].before };
            let centre = |n: &usize| items[*n].y + 0.5 * items[*n].height;
            let own = items[item].y;
            if near.is_empty() {
                own
            } else {
                near.iter().map(centre).sum::<f64>() / near.len() as f64 - 0.5 * items[item].height
            }
        };
        let wishes: Vec<f64> = columns[at].iter().map(|&item| wished(item)).collect();
        let heights: Vec<f64> = columns[at].iter().map(|&item| items[item].height).collect();
        for (&item, y) in columns[at].iter().zip(settled(&wishes, &heights)) {
            items[item].y = y;
        }
    }
    let low = items.iter().map(|item| item.y).fold(f64::INFINITY, f64::min);
    for item in items.iter_mut() {
        item.y -= low;
    }
    items.iter().map(|item| item.y + item.height).fold(0.0, f64::max)
}

/// The places nearest to the wishes, by least squares, at which a column keeps its order and nothing overlaps:
/// neighbours that would are pooled (Ayer et al. 1955, Ann. Math. Stat. 26:641).
fn settled(wishes: &[f64], heights: &[f64]) -> Vec<f64> {
    let mut pools: Vec<(f64, usize)> = Vec::new();
    let mut above = 0.0;
    for (wish, height) in wishes.iter().zip(heights) {
        pools.push((wish - above, 1));
        above += height;
        while let [.., (a, m), (b, n)] = &pools[..] {
            if a <= b {
                break;
            }
            let (a, m, b, n) = (*a, *m, *b, *n);
            pools.truncate(pools.len() - 2);
            pools.push(((a * m as f64 + b * n as f64) / (m + n) as f64, m + n));
        }
    }
    let mut above = 0.0;
    let bases = pools.into_iter().flat_map(|(base, count)| std::iter::repeat_n(base, count));
    bases
        .zip(heights)
        .map(|(base, height)| {
            let y = base + above;
            above += height;
            y
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_overlaps_and_links_lead_outwards() {
        let links = [(0, 2), (0, 3), (1, 3), (2, 4), (3, 4), (0, 4), (1, 5)];
        let laid = layers(&[40.0; 6], &[0; 6], &links);
        assert_eq!(laid.columns, 3);
        for (a, one) in laid.items.iter().enumerate() {
            for other in &laid.items[a + 1..] {
                let apart = one.y + one.height <= other.y + 1e-9 || other.y + other.height <= one.y + 1e-9;
                assert!(one.layer != other.layer || apart, "{one:?} {other:?}");
            }
        }
        for (route, (from, to)) in laid.routes.iter().zip(links) {
            assert_eq!((route[0], route[route.len() - 1]), (from, to));
            assert!(route.windows(2).all(|pair| laid.items[pair[0]].layer + 1 == laid.items[pair[1]].layer));
        }
    }

    #[test]
    fn circles_and_nothing_are_laid_out() {
        assert_eq!(layers(&[], &[], &[]).columns, 0);
        let laid = layers(&[10.0; 3], &[0; 3], &[(0, 1), (1, 2), (2, 0), (1, 1)]);
        assert_eq!(laid.columns, 3);
    }

    #[test]
    fn what_would_overlap_is_pushed_apart_evenly() {
        assert_eq!(settled(&[0.0, 0.0], &[10.0, 10.0]), [-5.0, 5.0]);
        assert_eq!(settled(&[0.0, 50.0], &[10.0, 10.0]), [0.0, 50.0]);
    }
}
