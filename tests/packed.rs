//! Packed tables: read as what they hold, bounded by what they hold, and refused where they are damaged.

#![cfg(test)]

use std::fs;
use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use sayso::ingest::{CaseRead, Error, Limits, Severity, read};
use sha2::{Digest, Sha256};

fn claims(rows: usize) -> String {
    let row = |row: usize| format!("c{row},q{},Source {},at least {}\n", row / 10, row * 7 % 31, 100 + row);
    format!("claim,question,publisher,estimate\n{}", (0..rows).map(row).collect::<String>())
}

fn lines(rows: usize) -> String {
    let row = |row: usize| {
        let (publisher, estimate) = (row * 7 % 31, 100 + row);
        format!(
            "{{\"claim\":\"c{row}\",\"question\":\"q{}\",\"publisher\":\"Source {publisher}\",\"estimate\":\"at least {estimate}\"}}\n",
            row / 10
        )
    };
    (0..rows).map(row).collect()
}

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

fn zstd(text: &[u8]) -> Vec<u8> {
    compress_to_vec(text, CompressionLevel::Fastest)
}

fn written(folder: &Path, name: &str, bytes: &[u8]) -> Result<CaseRead, Error> {
    let path = folder.join(name);
    fs::write(&path, bytes).unwrap();
    let outcome = read(folder, Limits::default());
    fs::remove_file(path).unwrap();
    outcome
}

/// The only error of a case that is refused.
fn refused(outcome: Result<CaseRead, Error>) -> String {
    let Err(Error::Bad(problems)) = outcome else { panic!("not refused") };
    assert_eq!(problems.count(Severity::Error), 1);
    problems.of(Severity::Error).next().unwrap().to_string()
}

#[test]
fn a_packed_table_is_the_case_that_it_holds() {
    let folder = tempfile::tempdir().unwrap();
    let (text, json) = (claims(5000), lines(5000));
    let plain = written(folder.path(), "claims.csv", text.as_bytes()).unwrap();
    let parts = text.split_at(40_003);
    // A frame that holds no data, as programs that pack on several threads write them.
    let empty = [&[0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3][..]].concat();
    let zstd_parts = [zstd(parts.0.as_bytes()), empty, zstd(parts.1.as_bytes())].concat();
    for (name, bytes) in [
        ("claims.csv.gz", gzip(text.as_bytes())),
        ("claims.csv.gz", [gzip(parts.0.as_bytes()), gzip(parts.1.as_bytes())].concat()),
        ("claims.csv.zst", zstd(text.as_bytes())),
        ("claims.csv.zst", zstd_parts),
        ("claims.jsonl.gz", gzip(json.as_bytes())),
        ("claims.ndjson.zst", zstd(json.as_bytes())),
    ] {
        let packed = written(folder.path(), name, &bytes).unwrap();
        assert_eq!(packed.case, plain.case, "{name}");
        let sum: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!((packed.inputs[0].bytes, &packed.inputs[0].sha256), (bytes.len() as u64, &sum), "{name}");
    }
}

#[test]
fn what_unpacks_beyond_the_limit_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let bomb = format!("question,publisher,estimate\n{}", "q,A,5\n".repeat(3 << 20));
    for (name, bytes) in [("claims.csv.gz", gzip(bomb.as_bytes())), ("claims.csv.zst", zstd(bomb.as_bytes()))] {
        assert!(bytes.len() < 1 << 20);
        fs::write(folder.path().join(name), bytes).unwrap();
        let outcome = read(folder.path(), Limits { file: 1 << 20, ..Limits::default() });
        let message = refused(outcome);
        assert!(
            message.ends_with(&format!("{name}: error: a file of more than 1 MB; raise `--limit file`, or split it"))
        );
        fs::remove_file(folder.path().join(name)).unwrap();
    }
}

/// A few hundred kilobytes may hold tens of millions of rows.
#[test]
fn what_unpacks_to_many_times_its_bytes_is_refused_before_it_fills_the_memory() {
    let folder = tempfile::tempdir().unwrap();
    let rows = |count: usize| {
        format!("question,publisher,estimate,note\n{}", format!("q,A,5,{}\n", "x".repeat(1000)).repeat(count))
    };
    let bomb = rows(25_000);
    for (name, packing, bytes) in
        [("claims.csv.gz", "gzip", gzip(bomb.as_bytes())), ("claims.csv.zst", "zstd", zstd(bomb.as_bytes()))]
    {
        assert!(100 * bytes.len() < bomb.len());
        let message = refused(written(folder.path(), name, &bytes));
        let told = format!(
            "{name}: error: the {packing} data unpacks to more than 100 times its bytes; raise `--limit ratio` if you \
             trust it, or unpack it beforehand"
        );
        assert!(message.ends_with(&told), "{message}");
    }
    // What is small is read, however it was packed, and so is what is trusted.
    let small = rows(5_000);
    assert!(100 * gzip(small.as_bytes()).len() < small.len());
    assert_eq!(written(folder.path(), "claims.csv.gz", &gzip(small.as_bytes())).unwrap().case.claims.len(), 5_000);
    let mut limits = Limits::default();
    limits.set("ratio=100K").unwrap();
    fs::write(folder.path().join("claims.csv.gz"), gzip(bomb.as_bytes())).unwrap();
    assert!(read(folder.path(), Limits::default()).is_err());
    assert_eq!(read(folder.path(), limits).unwrap().case.claims.len(), 25_000);
}

#[test]
fn a_packed_table_that_is_damaged_is_refused_at_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let text = claims(20_000);
    for (name, packing, bytes) in
        [("claims.csv.gz", "gzip", gzip(text.as_bytes())), ("claims.csv.zst", "zstd", zstd(text.as_bytes()))]
    {
        let mut turned = bytes.clone();
        let middle = bytes.len() / 2;
        turned[middle..middle + 40].iter_mut().for_each(|byte| *byte ^= 0x5a);
        let whole = text.len();
        // Bytes that were turned unpack to other text, maybe to more.
        for (bad, at_least, at_most) in
            [(&bytes[..middle], 1000, whole), (&bytes[..bytes.len() - 3], 1000, whole), (&turned[..], 0, 10 * whole)]
        {
            let message = refused(written(folder.path(), name, bad));
            let (file, rest) = message
                .split_once(&format!(": error: the {packing} data is damaged or ends too early, after byte "))
                .unwrap();
            let (at, rest) = rest.split_once(' ').unwrap();
            assert!(file.ends_with(name) && rest.starts_with("of the unpacked table;"), "{message}");
            assert!((at_least..=at_most).contains(&at.parse().unwrap()), "{message}");
        }
        let message = refused(written(folder.path(), name, b"question,publisher,estimate\nq,A,5\n"));
        assert!(message.contains("after byte 0 of the unpacked table"), "{message}");
    }
}
