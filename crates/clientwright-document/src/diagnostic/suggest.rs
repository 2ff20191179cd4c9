//! Did you mean …?
//!
//! In: a word and the words that would be right. Out: the nearest of them, if it is near. Never:
//! more work than a few thousand comparisons of short words.

/// The candidate nearest to a word, if it is near enough to be a slip of the fingers.
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    const LONGEST: usize = 64;
    const MOST: usize = 5_000;
    if word.is_empty() || word.len() > LONGEST {
        return None;
    }
    let allowed = (word.chars().count() / 3).max(1);
    candidates
        .take(MOST)
        .filter(|candidate| candidate.len().abs_diff(word.len()) <= allowed * 4 && candidate.len() <= LONGEST)
        .map(|candidate| (distance(word, candidate), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// How many letters have to be put in, taken out, replaced or swapped with their neighbour.
/// Differences in case count nothing; `_` and `-` are the same to most people.
fn distance(left: &str, right: &str) -> usize {
    let folded = |word: &str| -> Vec<char> {
        word.to_lowercase().chars().map(|letter| if letter == '_' { '-' } else { letter }).collect()
    };
    let (left, right) = (folded(left), folded(right));
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=right.len()).collect();
    for (row, from) in left.iter().enumerate() {
        let mut current = vec![row + 1];
        for (column, to) in right.iter().enumerate() {
            let cell = |cells: &[usize], index: usize| cells.get(index).copied().unwrap_or(usize::MAX / 2);
            let replaced = cell(&last, column) + usize::from(from != to);
            let mut best = replaced.min(cell(&last, column + 1) + 1).min(cell(&current, column) + 1);
            let is_swap = row > 0 && column > 0 && left.get(row - 1) == Some(to) && right.get(column - 1) == Some(from);
            if is_swap {
                best = best.min(cell(&before_last, column - 1) + 1);
            }
            current.push(best);
        }
        before_last = std::mem::replace(&mut last, current);
    }
    last.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_slips() {
        let keys = ["description", "deprecated", "schema", "in"];
        assert_eq!(nearest("descripton", keys.into_iter()), Some("description"));
        assert_eq!(nearest("shcema", keys.into_iter()), Some("schema"));
        assert_eq!(nearest("Schema", keys.into_iter()), Some("schema"));
        assert_eq!(nearest("date_time", ["date-time", "date"].into_iter()), Some("date-time"));
        assert_eq!(nearest("", keys.into_iter()), None);
        assert_eq!(nearest("colour", keys.into_iter()), None);
    }
}
