//! Inputs made from others: cut, repeated, spliced, with odd bytes and words of the format put in.

/// A generator that gives the same numbers on every run (xorshift; Marsaglia 2003).
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Random {
        Random(0x2545_F491_4F6C_DD1D ^ seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % bound.max(1) as u64).unwrap_or(0)
    }
}

/// Bytes and characters that formats stumble over.
const ODD: &[&str] = &[
    "\"", "“", "”", "(", ")", ",", ".", "-", "—", ";", ":", "'", "’", "%", "$", "<", ">", "&", "\0", "\u{ad}", "\n",
    "\r\n", "\t", "0", "9", "é", "👍", "\u{202e}", "\u{feff}", "\\", "{", "}", "[", "]", "=", "|", "/", "#", "~", "e",
    "E5", "-0", "\u{2028}", "\u{301}",
];

/// Longest input that is made.
const LONGEST: usize = 16_000;

/// An input of the corpus, changed a few times. Mostly whole characters are cut, so that text stays text.
pub fn mutated(random: &mut Random, corpus: &[Vec<u8>], words: &[&str]) -> Vec<u8> {
    let mut bytes = corpus[random.below(corpus.len())].clone();
    for _ in 0..=random.below(6) {
        let is_rough = random.below(12) == 0;
        let (a, b) = (place(random, &bytes, is_rough), place(random, &bytes, is_rough));
        // Most changes are small, whatever the size of the input.
        let to = if random.below(3) == 0 { b } else { boundary(&bytes, a + random.below(12)) };
        let (from, to) = (a.min(to), a.max(to));
        match random.below(8) {
            0 => drop(bytes.drain(from..to)),
            1 => drop(bytes.splice(from..from, ODD[random.below(ODD.len())].bytes())),
            2 if bytes.len() < LONGEST => {
                let piece = bytes[from..to].repeat(1 + random.below(4));
                bytes.splice(from..from, piece);
            }
            3 => {
                let other = &corpus[random.below(corpus.len())];
                let (start, end) = (place(random, other, is_rough), place(random, other, is_rough));
                let piece = other[start.min(end)..start.max(end)].to_vec();
                bytes.splice(from..to, piece);
            }
            4 if !words.is_empty() => drop(bytes.splice(from..to, words[random.below(words.len())].bytes())),
            5 if !words.is_empty() => drop(bytes.splice(from..from, words[random.below(words.len())].bytes())),
            6 if is_rough && !bytes.is_empty() => {
                let at = random.below(bytes.len());
                bytes[at] ^= 1 << random.below(8);
            }
            _ => {
                let text: String = String::from_utf8_lossy(&bytes[from..to]).chars().rev().collect();
                bytes.splice(from..to, text.into_bytes());
            }
        }
    }
    bytes.truncate(4 * LONGEST);
    bytes
}

fn place(random: &mut Random, bytes: &[u8], is_rough: bool) -> usize {
    let at = random.below(bytes.len() + 1);
    if is_rough { at } else { boundary(bytes, at) }
}

/// The next place at which a character starts.
fn boundary(bytes: &[u8], at: usize) -> usize {
    let at = at.min(bytes.len());
    bytes[at..].iter().position(|byte| byte & 0xC0 != 0x80).map_or(bytes.len(), |ahead| at + ahead)
}
