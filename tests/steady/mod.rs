//! Texts without the numbers that follow from the constants of the method.

/// A text in which the ends of ranges, long decimals and the ids made from them are written as `#`,
/// so that a snapshot of it does not change with the constants.
pub fn steady(text: &str) -> String {
    let mut steady: Vec<String> = Vec::new();
    for word in text.split(' ') {
        let before = steady.last().map(String::as_str).unwrap_or_default();
        let before = [steady.len().checked_sub(3).map_or("", |at| &steady[at]), before];
        let is_end =
            before[1] == "between" || (before[0] == "between" && steady.last().is_some_and(|and| and == "and"));
        let is_worth = before[1] == "worth";
        steady.push(if is_end || is_worth { "#".to_owned() } else { cells(word) });
    }
    steady.join(" ")
}

/// The same of a word: numbers with many decimals, and ids of reports and bundles.
fn cells(word: &str) -> String {
    let mut out = String::new();
    let mut run = String::new();
    for c in word.chars().chain(['\0']) {
        if c.is_ascii_hexdigit() || c == '.' || c == '-' {
            run.push(c);
            continue;
        }
        let is_long = run.split_once('.').is_some_and(|(_, decimals)| decimals.len() > 5) && run.parse::<f64>().is_ok();
        let is_id = run.len() == 38 && run.starts_with("--") && (out.ends_with("report") || out.ends_with("bundle"));
        out.push_str(if is_long {
            "#"
        } else if is_id {
            "--#"
        } else {
            &run
        });
        run.clear();
        if c != '\0' {
            out.push(c);
        }
    }
    out
}
