//! Whole cases from bytes: every byte is a choice, so that a changed byte is a changed choice.

use std::fmt::Write;

/// A case as files.
pub struct Files {
    pub claims: String,
    pub sources: Option<String>,
    pub questions: Option<String>,
    pub resolutions: Option<String>,
}

/// Choices, taken from bytes; all are the first where the bytes have come to an end.
struct Choices<'a>(std::slice::Iter<'a, u8>);

impl Choices<'_> {
    fn below(&mut self, bound: u16) -> u16 {
        let byte = |it: &mut std::slice::Iter<'_, u8>| u16::from(it.next().copied().unwrap_or(0));
        let wide = byte(&mut self.0);
        if bound > 256 { (wide << 8 | byte(&mut self.0)) % bound } else { wide % bound }
    }

    fn one<'t>(&mut self, of: &[&'t str]) -> &'t str {
        of[usize::from(self.below(of.len() as u16))]
    }

    fn is_over(&self) -> bool {
        self.0.len() == 0
    }
}

const FORMS: &[&str] = &[
    "{}",
    "about {}",
    "at least {}",
    "more than {}",
    "up to {}",
    "fewer than {}",
    "{}-{+}",
    "between {} and {+}",
    "~{}",
    "unknown",
    "dozens",
    "several hundred",
    "{}%",
    "half of q{q}",
    "{}% of q{q}",
    "-{}",
    "0",
    "1e300",
    "{}.5",
    "0.000{}",
    "{} million",
    "no more than {}",
    "nearly {}",
    "{}-{}",
];
const STATUSES: &[&str] =
    &["", "", "", "", "asserted", "projected", "disputed", "superseded", "corrected", "retracted"];
const PARTIES: &[&str] =
    &["S0", "S1", "S2", "S3", "S4", "anonymous", "anonymous: officials", "officer", "Ministry", "S5 & S6", "The S0"];
const DATES: &[&str] = &["", "2024", "2024-05", "2024-05-01", "2024-05-02", "2024-05-20", "2023-01-01", "2025-12-31"];

/// The files of a case.
pub fn files(bytes: &[u8]) -> Files {
    let mut choices = Choices(bytes.iter());
    let c = &mut choices;
    let questions = 1 + c.below(4);
    let parts = c.below(16);
    let mut claims =
        "claim,question,publisher,estimate,low,high,level,via,cites,revises,published,as_of,status,scope,inferred,credibility,basis,unit\n"
            .to_owned();
    let mut row = 0;
    while !c.is_over() && row < 60 {
        claim(c, row, questions, &mut claims);
        row += 1;
    }
    if row == 0 {
        claims.push_str("C0,q0,S0,5,,,,,,,,,,,,,,\n");
    }
    let table = |is_there: bool, header: &str, line: &dyn Fn(u16) -> String| {
        is_there.then(|| (0..questions + 3).fold(header.to_owned(), |text, n| text + &line(n)))
    };
    let twist = parts;
    let sources = table(parts & 1 != 0, "source,kind,aliases,parent,party,reliability\n", &|n| {
        let kind = ["outlet", "wire", "agency", "anonymous"][usize::from((n + twist) % 4)];
        let parent = if n > 1 { format!("S{}", n - 1) } else { String::new() };
        let party = if n % 2 == 0 { "yes" } else { "" };
        let name = if n == 3 { "officer".to_owned() } else { format!("S{n}") };
        let grade = ["", "A", "F", "C"][usize::from((n + twist / 2) % 4)];
        format!("{name},{kind},alias {n},{parent},{party},{grade}\n")
    });
    let ask = table(parts & 2 != 0, "question,unit,measure,scale,min,max,closed,group\n", &|n| {
        let scale = ["log", "linear", "asinh", ""][usize::from((n + twist) % 4)];
        let (min, max) = [("", ""), ("0", ""), ("1", "5000"), ("", "100")][usize::from((n + twist / 3) % 4)];
        format!(
            "q{n},{},{},{scale},{min},{max},{},g{}\n",
            if n == 1 { "percent" } else { "" },
            ["stock", "flow", "peak"][usize::from(n % 3)],
            if n == 2 { "2024-05-10" } else { "" },
            n % 2
        )
    });
    let settled = table(parts & 4 != 0, "question,value,resolved\n", &|n| {
        if n < questions { format!("q{n},{},2024-06-0{}\n", 37 * (n + 1), n + 1) } else { String::new() }
    });
    Files { claims, sources, questions: ask, resolutions: settled }
}

fn claim(c: &mut Choices<'_>, row: u16, questions: u16, claims: &mut String) {
    let question = c.below(questions);
    let publisher = c.one(PARTIES);
    let value = 1 + u32::from(c.below(5000));
    let form = c.one(FORMS).replace("{q}", &c.below(questions).to_string());
    let estimate =
        form.replace("{+}", &(value + u32::from(c.below(3000))).to_string()).replace("{}", &value.to_string());
    let interval = match c.below(8) {
        0 => format!("{},{},0.9", value / 2, value * 2),
        1 => format!("{value},{},", value + 1),
        2 => format!("{},{value},0.5", value + 3),
        _ => ",,".to_owned(),
    };
    let via: Vec<&str> = (0..c.below(4)).map(|_| c.one(PARTIES)).collect();
    let cites: Vec<String> = (0..c.below(3)).map(|_| format!("C{}", c.below(60))).collect();
    let cites: Vec<&String> =
        cites.iter().filter(|cited| cited[1..].parse::<u16>().is_ok_and(|cited| cited <= row)).collect();
    let cites = cites.iter().map(|cited| cited.as_str()).collect::<Vec<_>>().join(";");
    let revises = if row > 0 && c.below(6) == 0 { format!("C{}", c.below(row)) } else { String::new() };
    let (published, as_of) = (c.one(DATES), if c.below(4) == 0 { c.one(DATES) } else { "" });
    let status = c.one(STATUSES);
    let scope = if c.below(12) == 0 { "one week" } else { "" };
    let inferred = c.one(&["", "", "", "yes", "via;cites"]);
    let (grade, basis) = (c.one(&["", "", "1", "3", "6"]), c.one(&["", "", "witnessed", "told"]));
    let unit = c.one(&["", "", "", "", "home"]);
    let via = via.join(" > ");
    // A write to a String does not fail.
    let _ = writeln!(
        claims,
        "C{row},q{question},{publisher},\"{estimate}\",{interval},{via},{cites},{revises},{published},{as_of},{status},{scope},{inferred},{grade},{basis},{unit}"
    );
}
