//! FORMATS.md says what each format keeps and loses, as the tables of the program have it.

#![cfg(test)]

use std::fs;
use std::path::Path;

use sayso::import::IMPORTERS;
use sayso::ingest::{LIMITS, Limits, size};
use sayso::report::export::FORMATS;

const HEAD: &str = "# Formats

Made from the tables of the program; `INSTA_UPDATE=always cargo test --test formats_page` writes it again.

## Exports

`sayso export CASE --format NAME`. Every format but Mermaid is read back in the tests by a program that is not
sayso, and `stix`, `claimreview` and `ged` by our own importer too; each holds the claims, chains and ranges that went in
but for what is named here. Settled values (resolutions.csv) are in `analysis`,
`markdown`, `stix` and `wikitext` alone. Texts in formats for
people (DOT, Mermaid, Markdown, wikitext) come back on one line and without control characters. `parquet` is there where
sayso was built with `--features parquet`.

| name | for | not in it |
|---|---|---|
";

const IMPORTS: &str = "
## Imports

`sayso import --format NAME FILE -o CASE_DIR`. Names in chains lose the signs that part a chain: `>` becomes `›` and
` & ` becomes ` and `. Columns that an importer does not know are carried through, with its name before theirs.

| name | reads | makes of it | lost |
|---|---|---|---|
";

const LIMITED: &str = "
## Limits

What is beyond a limit is refused with a message that names it. `--limit NAME=VALUE` sets another, with K, M or G for
2^10, 2^20 and 2^30, and may be given several times. An estimate has at most 200 characters. Of a file that is packed by
gzip or zstd, as `.csv.gz` or `.jsonl.zst`, the unpacked bytes count.

| name | of | default |
|---|---|---|
";

#[test]
fn the_page_says_what_the_tables_say() {
    let mut page = HEAD.to_owned();
    for format in FORMATS.iter().filter(|format| format.name != "parquet") {
        page.push_str(&format!("| `{}` | {} | {} |\n", format.name, format.meaning, format.loses));
    }
    page.push_str(IMPORTS);
    for importer in IMPORTERS {
        let line = [importer.meaning, importer.becomes, importer.loses].join(" | ");
        page.push_str(&format!("| `{}` | {line} |\n", importer.name));
    }
    page.push_str(LIMITED);
    for limit in LIMITS {
        let value = (limit.get)(&Limits::default());
        let value = if limit.is_size { size(value) } else { value.to_string() };
        page.push_str(&format!("| `{}` | {} | {value} |\n", limit.name, limit.of));
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("FORMATS.md");
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        fs::write(&path, &page).unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap_or_default(), page, "FORMATS.md is not what the tables say");
}
