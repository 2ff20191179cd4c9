//! Numbers that nobody can foresee, without a dependency: for delays and for keys of requests.
//!
//! In: the keys that the standard library draws for its hash maps. Out: 64 bits. Never happens: a secret made from them.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher as _, Hasher as _};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// 64 bits that differ from call to call and from process to process.
pub(crate) fn bits() -> u64 {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let mut hasher = RandomState::new().build_hasher();
    hasher.write_u64(COUNT.fetch_add(1, Ordering::Relaxed));
    hasher.finish()
}

/// A time from nothing to `limit`.
pub(crate) fn up_to(limit: Duration) -> Duration {
    let fraction = f64::from(u32::try_from(bits() >> 32).unwrap_or(u32::MAX)) / f64::from(u32::MAX);
    limit.mul_f64(fraction)
}

/// A UUID of version 4 (RFC 9562, section 5.4).
pub(crate) fn uuid() -> String {
    let (high, low) = (bits(), bits());
    let high = high & 0xffff_ffff_ffff_0fff | 0x4000;
    let low = low & 0x3fff_ffff_ffff_ffff | 0x8000_0000_0000_0000;
    let (first, second, third) = (high >> 32, high >> 16 & 0xffff, high & 0xffff);
    format!("{first:08x}-{second:04x}-{third:04x}-{:04x}-{:012x}", low >> 48, low & 0xffff_ffff_ffff)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_uuids_and_differ() {
        let all: std::collections::BTreeSet<String> = (0..1000).map(|_| uuid()).collect();
        assert_eq!(all.len(), 1000);
        for one in all {
            assert_eq!(one.len(), 36, "{one}");
            assert!(one.as_bytes()[14] == b'4' && b"89ab".contains(&one.as_bytes()[19]), "{one}");
        }
    }

    #[test]
    fn times_stay_below_their_limit() {
        let limit = Duration::from_millis(10);
        assert!((0..1000).map(|_| up_to(limit)).all(|time| time <= limit));
        assert_eq!(up_to(Duration::ZERO), Duration::ZERO);
    }
}
