//! How much of anything is read before it is refused: one struct, and one table for flags and documents.

/// How much of anything is read before it is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// bytes of one cell
    pub field: usize,
    /// bytes of one record
    pub record: usize,
    /// bytes of one file
    pub file: u64,
    /// how many times the bytes of a packed file may be unpacked
    pub ratio: u64,
    /// bytes of one article
    pub text: u64,
    /// columns of a table
    pub columns: usize,
    /// parties in one chain
    pub chain: usize,
    /// sources of a case
    pub sources: usize,
    /// levels of lists and objects in JSON
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            field: 1 << 20,
            record: 16 << 20,
            file: 16 << 30,
            ratio: 100,
            text: 64 << 20,
            columns: 4096,
            chain: 64,
            sources: 2_000_000,
            depth: 64,
        }
    }
}

/// A limit: its name, what it is of, and where it stands in [`Limits`].
#[derive(Clone, Copy)]
pub struct Limit {
    /// name in `--limit NAME=VALUE`
    pub name: &'static str,
    /// what is counted
    pub of: &'static str,
    /// whether bytes are counted
    pub is_size: bool,
    /// the highest value that it may have
    pub most: u64,
    /// its value
    pub get: fn(&Limits) -> u64,
    set: fn(&mut Limits, u64),
}

/// Levels of JSON that are read at most, since reading takes a little of the stack for each.
const DEEPEST: u64 = 128;

/// Every limit.
pub const LIMITS: &[Limit] = &[
    Limit {
        name: "field",
        of: "bytes of one cell",
        is_size: true,
        most: u64::MAX,
        get: |limits| limits.field as u64,
        set: |limits, value| limits.field = value as usize,
    },
    Limit {
        name: "record",
        of: "bytes of one row or line",
        is_size: true,
        most: u64::MAX,
        get: |limits| limits.record as u64,
        set: |limits, value| limits.record = value as usize,
    },
    Limit {
        name: "file",
        of: "bytes of one file",
        is_size: true,
        most: u64::MAX,
        get: |limits| limits.file,
        set: |limits, value| limits.file = value,
    },
    Limit {
        name: "ratio",
        of: "bytes unpacked for each of a packed file, beyond the first 16 MB",
        is_size: false,
        most: u64::MAX,
        get: |limits| limits.ratio,
        set: |limits, value| limits.ratio = value,
    },
    Limit {
        name: "text",
        of: "bytes of one article",
        is_size: true,
        most: u64::MAX,
        get: |limits| limits.text,
        set: |limits, value| limits.text = value,
    },
    Limit {
        name: "columns",
        of: "columns of a table",
        is_size: false,
        most: u64::MAX,
        get: |limits| limits.columns as u64,
        set: |limits, value| limits.columns = value as usize,
    },
    Limit {
        name: "chain",
        of: "parties in one chain, and owners of owners",
        is_size: false,
        most: u64::MAX,
        get: |limits| limits.chain as u64,
        set: |limits, value| limits.chain = value as usize,
    },
    Limit {
        name: "sources",
        of: "sources of a case",
        is_size: false,
        most: u64::MAX,
        get: |limits| limits.sources as u64,
        set: |limits, value| limits.sources = value as usize,
    },
    Limit {
        name: "depth",
        of: "levels of lists and objects in JSON, 128 at most",
        is_size: false,
        most: DEEPEST,
        get: |limits| limits.depth as u64,
        set: |limits, value| limits.depth = value as usize,
    },
];

impl Limits {
    /// Sets a limit from `NAME=VALUE`, where a value may end with K, M or G for 2^10, 2^20 and 2^30.
    ///
    /// # Errors
    /// For a name that does not exist, and for a value that is no whole number above zero.
    ///
    /// ```
    /// let mut limits = sayso::ingest::Limits::default();
    /// limits.set("field=2M").unwrap();
    /// assert_eq!((limits.field, limits.chain), (2 << 20, 64));
    /// assert!(limits.set("fields=2M").unwrap_err().contains("did you mean `field`?"));
    /// assert!(limits.set("chain=0").is_err());
    /// assert!(limits.set("depth=1000000").unwrap_err().contains("at most 128"));
    /// ```
    pub fn set(&mut self, text: &str) -> Result<(), String> {
        let (name, value) = text.split_once('=').ok_or("write NAME=VALUE, as chain=200 or field=2M")?;
        let names = || LIMITS.iter().map(|limit| limit.name);
        let limit = LIMITS.iter().find(|limit| limit.name == name).ok_or_else(|| {
            super::nearest(name, names()).map_or_else(
                || format!("there is no limit `{name}`; there are {}", names().collect::<Vec<_>>().join(", ")),
                |meant| format!("there is no limit `{name}`; did you mean `{meant}`?"),
            )
        })?;
        let bad = || format!("`{value}` is no limit; write a whole number above zero, as 200 or 2M");
        let value = parse_bytes(value).filter(|&value| value > 0).ok_or_else(bad)?;
        if value > limit.most {
            return Err(format!("`{name}` is at most {}", limit.most));
        }
        (limit.set)(self, value);
        Ok(())
    }
}

/// A whole number, with K, M or G behind it for powers of 1,024.
#[must_use]
pub fn parse_bytes(text: &str) -> Option<u64> {
    let shift = match text.as_bytes().last()? {
        b'K' | b'k' => 10,
        b'M' | b'm' => 20,
        b'G' | b'g' => 30,
        _ => 0,
    };
    let digits = if shift == 0 { text } else { text.get(..text.len() - 1)? };
    digits.parse::<u64>().ok()?.checked_mul(1 << shift)
}

/// A size as it is written in messages: "16 MB", "2.9 kB", "12 bytes".
#[must_use]
pub fn size(bytes: u64) -> String {
    let (unit, name) = match bytes {
        0..1024 => return format!("{bytes} bytes"),
        1024..0x10_0000 => (1 << 10, "kB"),
        0x10_0000..0x4000_0000 => (1 << 20, "MB"),
        _ => (1 << 30, "GB"),
    };
    if bytes.is_multiple_of(unit) {
        format!("{} {name}", bytes / unit)
    } else {
        format!("{:.1} {name}", bytes as f64 / unit as f64)
    }
}

/// Two sizes, the first beyond the second; in bytes where they would read alike.
#[must_use]
pub fn sizes(held: u64, most: u64) -> [String; 2] {
    let told = [size(held), size(most)];
    if told[0] == told[1] { [held, most].map(|bytes| format!("{bytes} bytes")) } else { told }
}

/// Levels of lists and objects in a text that may be JSON; signs within strings do not count. Linear in the text.
#[must_use]
pub fn json_depth(text: &[u8]) -> usize {
    let (mut depth, mut deepest, mut is_text, mut is_escaped) = (0_usize, 0, false, false);
    for byte in text {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if is_text => is_escaped = true,
            b'"' => is_text = !is_text,
            b'[' | b'{' if !is_text => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b']' | b'}' if !is_text => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_limit_can_be_set_and_read_back() {
        for limit in LIMITS {
            let mut limits = Limits::default();
            let value = limit.most.min(7 << 10);
            limits.set(&format!("{}={value}", limit.name)).unwrap();
            assert_eq!((limit.get)(&limits), value, "{}", limit.name);
            assert!(limit.most == u64::MAX || limits.set(&format!("{}={}", limit.name, limit.most + 1)).is_err());
            let others = LIMITS.iter().filter(|other| other.name != limit.name);
            assert!(others.into_iter().all(|other| (other.get)(&limits) == (other.get)(&Limits::default())));
        }
    }

    #[test]
    fn values_that_are_no_sizes_are_refused() {
        for text in ["field", "field=", "field=x", "field=-1", "field=1.5M", "field=M", "field=99999999999999999G"] {
            assert!(Limits::default().set(text).is_err(), "{text}");
        }
    }

    #[test]
    fn depth_counts_levels_outside_of_texts() {
        assert_eq!(json_depth(br#"{"a": [1, {"b": "[[[\"{{"}]}"#), 3);
        assert_eq!((json_depth(b""), json_depth(b"]]][")), (0, 1));
    }

    #[test]
    fn sizes_that_would_read_alike_are_told_in_bytes() {
        assert_eq!(sizes(3001, 3000), ["3001 bytes", "3000 bytes"]);
        assert_eq!(sizes(4096, 2048), ["4 kB", "2 kB"]);
    }

    #[test]
    fn sizes_read_in_the_unit_that_fits() {
        assert_eq!([12, 3000, 16 << 20, 16 << 30].map(size), ["12 bytes", "2.9 kB", "16 MB", "16 GB"]);
    }
}
