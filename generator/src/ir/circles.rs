//! What leads back to itself, in a graph of types or of anything else that has an index.
//!
//! Documents nest ten thousand deep: nothing here calls itself, nor takes more time than the graph is
//! large for each circle that it opens.

/// What `starts` lead to, themselves included, in groups of which each node leads to every other of its
/// group. Most stand alone. A group comes behind those that it leads to. `held` are the nodes that each
/// one leads to.
pub fn circles(held: &[Vec<usize>], starts: impl IntoIterator<Item = usize>) -> Vec<Vec<usize>> {
    let mut search = Search { held, least: vec![UNSEEN; held.len()], ..Search::default() };
    starts.into_iter().for_each(|start| search.from(start));
    search.groups
}

/// Opens every circle: of the nodes of one, in order, `pick` chooses that from which nothing is to
/// lead back. Gives the steps that are not taken any more, from node to node.
pub fn opened(
    mut held: Vec<Vec<usize>>,
    mut pick: impl FnMut(&[usize]) -> usize,
) -> Vec<(usize, usize)> {
    let mut opened = Vec::new();
    let mut groups = circles(&held, 0..held.len());
    while let Some(mut group) = groups.pop() {
        group.sort_unstable();
        // What leads out of a circle does not lead back.
        for id in &group {
            let steps = held.get_mut(*id).into_iter();
            steps.for_each(|steps| steps.retain(|to| group.binary_search(to).is_ok()));
        }
        let is_circle = |id: &usize| held.get(*id).is_some_and(|steps| !steps.is_empty());
        if group.iter().any(is_circle) {
            let from = pick(&group);
            let steps = held.get_mut(from).map(std::mem::take).unwrap_or_default();
            opened.extend(steps.into_iter().map(|to| (from, to)));
            groups.extend(circles(&held, group));
        }
    }
    opened
}

const UNSEEN: usize = 0;
const DONE: usize = usize::MAX;

/// Tarjan's search.
#[derive(Default)]
struct Search<'a> {
    held: &'a [Vec<usize>],
    /// For each node the number of the earliest one that it is known to lead to, itself counted;
    /// numbers begin at one.
    least: Vec<usize>,
    /// The nodes that are being looked at, each with its number, and how many steps from it were
    /// taken.
    path: Vec<(usize, usize, usize)>,
    /// The nodes that have no group yet.
    open: Vec<usize>,
    /// The last number.
    last: usize,
    groups: Vec<Vec<usize>>,
}

impl Search<'_> {
    fn from(&mut self, start: usize) {
        self.visit(start);
        while let Some((id, number, taken)) = self.path.pop() {
            match self.held.get(id).and_then(|steps| steps.get(taken)) {
                Some(next) => {
                    self.path.push((id, number, taken + 1));
                    self.visit(*next);
                    self.lower(id, *next);
                }
                None => self.close(id, number),
            }
        }
    }

    /// Begins with a node, if it is new.
    fn visit(&mut self, id: usize) {
        if let Some(least) = self.least.get_mut(id).filter(|least| **least == UNSEEN) {
            self.last += 1;
            *least = self.last;
            self.path.push((id, self.last, 0));
            self.open.push(id);
        }
    }

    /// A node leads where a node leads that it leads to.
    fn lower(&mut self, id: usize, to: usize) {
        let other = self.least.get(to).copied().unwrap_or(DONE);
        self.least.get_mut(id).into_iter().for_each(|least| *least = (*least).min(other));
    }

    /// Ends with a node. If it leads to no earlier one, what is open from there on is its group.
    fn close(&mut self, id: usize, number: usize) {
        if self.least.get(id) == Some(&number) {
            let from = self.open.iter().rposition(|open| *open == id).unwrap_or_default();
            let group = self.open.split_off(from);
            group
                .iter()
                .for_each(|id| self.least.get_mut(*id).into_iter().for_each(|it| *it = DONE));
            self.groups.push(group);
        }
        if let Some((around, ..)) = self.path.last().copied() {
            self.lower(around, id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(held: &[&[usize]], groups: &[&[usize]], open: &[(usize, usize)]) {
        let held: Vec<Vec<usize>> = held.iter().map(|steps| steps.to_vec()).collect();
        let mut found = circles(&held, 0..held.len());
        found.iter_mut().for_each(|group| group.sort_unstable());
        assert_eq!(found, groups);
        let mut steps = opened(held, |group| group.first().copied().unwrap_or_default());
        steps.sort_unstable();
        assert_eq!(steps, open);
    }

    #[test]
    fn groups_come_behind_those_that_they_lead_to() {
        check(&[], &[], &[]);
        check(&[&[1], &[2], &[]], &[&[2], &[1], &[0]], &[]);
        check(&[&[], &[0], &[1]], &[&[0], &[1], &[2]], &[]);
        check(&[&[0]], &[&[0]], &[(0, 0)]);
        check(&[&[1], &[0, 2], &[2]], &[&[2], &[0, 1]], &[(0, 1), (2, 2)]);
    }

    #[test]
    fn a_circle_within_a_circle_is_opened_too() {
        check(&[&[1], &[2], &[1, 0]], &[&[0, 1, 2]], &[(0, 1), (1, 2)]);
        check(&[&[1, 1], &[0], &[3], &[2, 0]], &[&[0, 1], &[2, 3]], &[(0, 1), (0, 1), (2, 3)]);
    }

    #[test]
    fn depth_is_no_matter() {
        let chain: Vec<Vec<usize>> = (1..100_000).map(|id| vec![id]).collect();
        assert_eq!(circles(&chain, [0]).len(), chain.len());
        let circle: Vec<Vec<usize>> = (0..100_000).map(|id| vec![(id + 1) % 100_000]).collect();
        assert_eq!(opened(circle, |group| group.len() - 1), [(99_999, 0)]);
    }
}
