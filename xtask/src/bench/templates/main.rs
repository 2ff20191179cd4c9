//! Reads and writes every document of a file, checks that nothing is lost, and says how long it takes.

use std::hint::black_box;
use std::time::{Duration, Instant};

use types::TABLE;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let text = std::fs::read_to_string(&arguments[1]).expect("the samples");
    let rounds: usize = arguments[2].parse().expect("a number of rounds");
    let samples: Vec<(usize, &[u8])> = text
        .lines()
        .map(|line| {
            let (index, document) = line.split_once(' ').expect("a place and a document");
            (index.parse().expect("a place"), document.as_bytes())
        })
        .collect();
    let bytes: usize = samples.iter().map(|(_, document)| document.len()).sum();
    check(&samples);
    let best = (0..rounds).map(|_| round(&samples)).fold((Duration::MAX, Duration::MAX), |best, (decode, encode)| {
        (best.0.min(decode), best.1.min(encode))
    });
    println!("{bytes} {} {}", best.0.as_nanos(), best.1.as_nanos());
}

/// Every type has a sample, and every sample is the same value after it was read and written.
fn check(samples: &[(usize, &[u8])]) {
    let mut seen = vec![false; TABLE.len()];
    for &(index, document) in samples {
        seen[index] = true;
        let shown = || String::from_utf8_lossy(document);
        let value = (TABLE[index].decode)(document).unwrap_or_else(|error| panic!("{error}: {}", shown()));
        let written = (TABLE[index].encode)(&*value).unwrap_or_else(|error| panic!("{error}: {}", shown()));
        let [before, after] = [document, &written]
            .map(|bytes| serde_json::from_slice::<serde_json::Value>(bytes).expect("JSON"));
        assert_eq!(before, after, "type {index}: {}", shown());
        // Equal maps may have lost a key that came twice; the length tells.
        assert!(!has_key_twice(&written, &after), "type {index}: {}", String::from_utf8_lossy(&written));
    }
    assert!(seen.iter().all(|seen| *seen), "a type without a sample");
}

fn has_key_twice(written: &[u8], value: &serde_json::Value) -> bool {
    serde_json::to_vec(value).expect("JSON").len() != written.len()
}

fn round(samples: &[(usize, &[u8])]) -> (Duration, Duration) {
    let mut values = Vec::with_capacity(samples.len());
    let start = Instant::now();
    for &(index, document) in samples {
        values.push((index, (TABLE[index].decode)(black_box(document)).expect("a value")));
    }
    let decode = start.elapsed();
    let start = Instant::now();
    for (index, value) in &values {
        black_box((TABLE[*index].encode)(&**value).expect("JSON"));
    }
    (decode, start.elapsed())
}
