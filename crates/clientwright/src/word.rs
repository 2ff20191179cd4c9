//! Words near one another.
//!
//! In: a word and those that would be right. Out: the nearest of them, if it is near. Never: more
//! than a suggestion.

/// The candidate nearest to a word, if it is near enough to be a slip of the fingers.
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    const LONGEST: usize = 64;
    let allowed = (word.chars().count() / 3).max(1);
    candidates
        .filter(|candidate| word.len() <= LONGEST && candidate.len() <= LONGEST)
        .map(|candidate| (distance(&folded(word), &folded(candidate)), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Letters without case; `_` and `-` are the same key to most people.
fn folded(word: &str) -> Vec<char> {
    word.to_lowercase().chars().map(|letter| if letter == '_' { '-' } else { letter }).collect()
}

/// How many letters have to be put in, taken out or replaced.
fn distance(left: &[char], right: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (index, from) in left.iter().enumerate() {
        let mut next = vec![index + 1];
        for ((to, pair), above) in right.iter().zip(row.windows(2)).zip(row.iter().skip(1)) {
            let replaced = pair.first().copied().unwrap_or_default() + usize::from(from != to);
            let left = next.last().copied().unwrap_or_default();
            next.push(replaced.min(above + 1).min(left + 1));
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_slips() {
        let keys = ["spec", "output", "package", "date-time"];
        assert_eq!(nearest("ouput", keys.into_iter()), Some("output"));
        assert_eq!(nearest("date_time", keys.into_iter()), Some("date-time"));
        assert_eq!(nearest("specs", keys.into_iter()), Some("spec"));
        assert_eq!(nearest("target", keys.into_iter()), None);
        assert_eq!(nearest("", keys.into_iter()), None);
    }
}
