//! Compression as only an attacker compresses.

/// A gzip member (RFC 1952) that says `a`, then 258 times what stood before, `count` times, of two bits each: a block with
/// codes of its own (RFC 1951, section 3.2.7), in which the longest match is the shortest code. It has no end.
pub(crate) fn bomb(count: usize) -> Vec<u8> {
    let mut bits = Bits(Vec::new());
    bits.number(1, 1); // the last block
    bits.number(2, 2); // with codes of its own
    bits.number(29, 5); // 286 codes for letters and lengths
    bits.number(0, 5); // one for distances
    bits.number(14, 4); // 18 codes for the lengths of these codes, in the order of the standard:
    for length in [0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 2] {
        bits.number(length, 3);
    }
    let zeros = |bits: &mut Bits, count: u32| {
        bits.code(0b0, 1);
        bits.number(count - 11, 7);
    };
    zeros(&mut bits, 97);
    bits.code(0b11, 2); // `a` has two bits
    zeros(&mut bits, 138);
    zeros(&mut bits, 20);
    bits.code(0b11, 2); // the end has two
    zeros(&mut bits, 28);
    bits.code(0b10, 2); // the longest match has one
    bits.code(0b10, 2); // and so has its distance
    bits.code(0b10, 2); // `a`
    bits.0.extend(std::iter::repeat_n(false, 2 * count));
    let mut bytes = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    bytes.extend(bits.0.chunks(8).map(|bits| bits.iter().rev().fold(0_u8, |byte, bit| byte << 1 | u8::from(*bit))));
    bytes
}

struct Bits(Vec<bool>);

impl Bits {
    /// The lowest bit first.
    fn number(&mut self, value: u32, length: u32) {
        self.0.extend((0..length).map(|bit| value >> bit & 1 == 1));
    }

    /// The highest bit first.
    fn code(&mut self, value: u32, length: u32) {
        self.0.extend((0..length).rev().map(|bit| value >> bit & 1 == 1));
    }
}
