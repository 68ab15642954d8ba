//! Near misses: which of some words was probably meant.

/// The candidate nearest to a word, if one is near enough to be worth a hint.
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let limit = (word.chars().count() / 3).clamp(1, 4);
    let scored = candidates.into_iter().filter_map(|candidate| {
        let distance = if candidate.eq_ignore_ascii_case(word) {
            0
        } else {
            distance(word, candidate, limit)?
        };
        Some((distance, candidate))
    });
    let best = scored.min_by_key(|(distance, _)| *distance);
    best.map(|(_, candidate)| candidate)
}

/// The number of edits between two words; `None` beyond the limit.
fn distance(a: &str, b: &str, limit: usize) -> Option<usize> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let replaced = row.get(j).copied().unwrap_or(limit) + usize::from(x != y);
            let removed = row.get(j + 1).copied().unwrap_or(limit) + 1;
            let added = next.last().copied().unwrap_or(limit) + 1;
            next.push(replaced.min(removed).min(added));
        }
        row = next;
    }
    row.last().copied().filter(|distance| *distance <= limit)
}
