//! Extraction through the real binary, and laws that hold for any text.

#![cfg(test)]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use proptest::prelude::*;
use sayso::extract::{Document, Extraction, Extractor, Markup, RuleExtractor};

const ARTICLE: &str = "About 2,700 families have left their homes since the Dray dam failed, Coast Radio reported on Sunday, \
    citing the provincial relief office. At least 14 people died, the office said.\n\n\
    The Harbour Daily, quoting two unnamed engineers, put the number of flooded homes at between 1,000 and 1,400. \
    Mayor Iva Dorn told reporters that up to 1,400 homes were flooded.\n";

fn sayso(folder: &Path, arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_sayso"))
        .current_dir(folder)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let bytes = input.to_vec();
    let writer = std::thread::spawn(move || drop(stdin.write_all(&bytes)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        fs::write(folder.path().join(name), content).unwrap();
    }
    folder
}

#[test]
fn an_article_becomes_a_case_with_a_consensus() {
    let folder = folder(&[("flood.txt", ARTICLE)]);
    let made = sayso(
        folder.path(),
        &[
            "extract",
            "flood.txt",
            "--publisher",
            "Osterland Today",
            "--published",
            "2025-03-02",
            "-o",
            "flood/claims.csv",
        ],
        b"",
    );
    assert!(made.status.success(), "{}", text(&made.stderr));
    let rows = fs::read_to_string(folder.path().join("flood/claims.csv")).unwrap();
    assert!(rows.contains("destroyed_home,Osterland Today,\"between 1,000 and 1,400\",home,Harbour Daily > anonymous: two unnamed engineers"), "{rows}");
    let checked = sayso(folder.path(), &["check", "flood"], b"");
    assert!(text(&checked.stdout).contains("no errors"), "{}", text(&checked.stderr));
    let consensus = sayso(folder.path(), &["consensus", "flood", "--question", "destroyed_home"], b"");
    assert!(
        text(&consensus.stdout).contains("2 numbers, 2 origins, 1 of them anonymous"),
        "{}",
        text(&consensus.stdout)
    );
}

#[test]
fn json_lines_come_out_as_records_with_spans_in_characters() {
    let line = "{\"id\":\"a1\",\"passage\":\"Čapek’s paper said 40 boats sank.\",\"publisher\":\"Oby Post\",\"published\":\"2025-03-02\",\"url\":\"u\"}\n";
    let output = sayso(Path::new("."), &["extract", "--input", "jsonl", "--format", "jsonl"], line.as_bytes());
    let record: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let keys: Vec<&str> = record.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, ["id", "url", "publisher", "domain", "passage", "claims", "out_of_scope", "date"]);
    let claim = &record["claims"][0];
    let keys: Vec<&str> = claim.as_object().unwrap().keys().map(String::as_str).collect();
    let expected = [
        "id",
        "quantity_text",
        "quantity_span",
        "quantity_low",
        "quantity_high",
        "bound",
        "unit",
        "event",
        "subject",
        "attribution_chain",
        "hedge",
    ];
    assert_eq!(keys, expected);
    assert_eq!((&claim["quantity_text"], &claim["quantity_span"]), (&"40".into(), &serde_json::json!([19, 21])));
}

#[test]
fn rows_are_added_to_a_case_without_touching_others() {
    let old = "claim,question,publisher,estimate,mine\nC1,q,\"A \"\"B\"\"\",7,x\n";
    let folder = folder(&[("claims.csv", old), ("a.txt", "Some 40 boats sank, police said.")]);
    let arguments = ["extract", "a.txt", "--publisher", "P", "--append", "."];
    let shown = sayso(folder.path(), &[&arguments[..], &["--dry-run"]].concat(), b"");
    assert_eq!(text(&shown.stdout), "a_txt-1,other_boat,P,Some 40,\n");
    assert_eq!(fs::read_to_string(folder.path().join("claims.csv")).unwrap(), old);
    let added = sayso(folder.path(), &arguments, b"");
    assert!(text(&added.stderr).contains("the case has no column unit, via, cue"), "{}", text(&added.stderr));
    let new = fs::read_to_string(folder.path().join("claims.csv")).unwrap();
    assert_eq!(new, format!("{old}a_txt-1,other_boat,P,Some 40,\n"));
    assert!(sayso(folder.path(), &["check", "."], b"").status.success());
}

#[test]
fn the_same_article_is_not_added_twice() {
    let folder =
        folder(&[("claims.csv", "claim,question,publisher,estimate,locator\nC0,q,Old,7,\n"), ("flood.txt", ARTICLE)]);
    let arguments = ["extract", "flood.txt", "--publisher", "Osterland Today", "--append", "."];
    assert!(sayso(folder.path(), &arguments, b"").status.success());
    let once = fs::read_to_string(folder.path().join("claims.csv")).unwrap();
    assert_eq!(once.lines().count(), 6, "{once}");
    let again = sayso(folder.path(), &arguments, b"");
    assert!(text(&again.stderr).contains("4 of 4 claims there already"), "{}", text(&again.stderr));
    assert!(text(&again.stdout).starts_with("0 claims added"), "{}", text(&again.stdout));
    assert_eq!(fs::read_to_string(folder.path().join("claims.csv")).unwrap(), once);
    // another publisher's text of the same words is another article
    let other = ["extract", "flood.txt", "--publisher", "Palo News", "--append", "."];
    assert!(text(&sayso(folder.path(), &other, b"").stdout).starts_with("4 claims added"));
}

/// Sentences with the chain of their first claim: names with kinds, from the reader to the origin.
const CHAINS: &[(&str, &str)] = &[
    ("At least 12 people were killed in the raid, according to officials.", "officials|official"),
    (
        "Sources close to the presidency told Radio Tamba that 40 soldiers had deserted.",
        "Radio Tamba|outlet > Sources|anonymous",
    ),
    ("The bank plans to cut about 3,000 jobs, a person familiar with the matter said.", "a person|anonymous"),
    (
        "The bank lost $40 million, three people with direct knowledge of the deal told the Harbour Post.",
        "Harbour Post|outlet > three people|anonymous",
    ),
    ("Reportedly, 30 people died in the fire.", ""),
    ("It is believed that 200 people are still missing.", ""),
    ("Local media reported 15 deaths.", "Local media|outlet"),
    ("Estimates put the number of displaced at 45,000.", "Estimates|document"),
    (
        "A senior Western official, speaking on condition of anonymity, said more than 1,000 troops had crossed the border.",
        "A senior Western official|anonymous",
    ),
    (
        "Speaking on condition of anonymity, a diplomat in the capital said 70 detainees had died in custody.",
        "a diplomat in the capital|anonymous",
    ),
    ("American and other Gulf sources put the losses at 300 dead.", "American and other Gulf sources|anonymous"),
    (
        "According to French and other European diplomats, who asked not to be named, 250 mercenaries have left.",
        "French and other European diplomats|anonymous",
    ),
    (
        "About 900 fighters were wounded, the daily reported. It quoted anonymous officials at the ministry as its source.",
        "daily|outlet > anonymous officials at the ministry|anonymous",
    ),
    (
        "The Times of Osterby estimated the dead at 4,000, citing sources in the general staff.",
        "Times of Osterby|outlet > sources in the general staff|anonymous",
    ),
    ("Fifty-two bodies were found, a hospital source told AFP.", "AFP|outlet > a hospital source|anonymous"),
    ("A police source told Reuters that 9 people were arrested.", "Reuters|outlet > A police source|anonymous"),
    (
        "Security officials said 31 militants were killed. They spoke on condition of anonymity because they were not authorised to talk to reporters.",
        "Security officials|anonymous",
    ),
    ("Residents said at least 20 houses burned down.", "Residents|person"),
    ("Witnesses and a medical source said 8 people were wounded.", "Witnesses and a medical source|anonymous"),
    ("A resident who gave only his first name said 17 neighbours were taken away.", "A resident|person"),
    ("The official, who declined to be identified, added that 12 clinics had closed.", "official|anonymous"),
    ("Unconfirmed reports speak of 80 dead.", "Unconfirmed reports|document"),
    ("Media reports said 80 people had drowned.", "Media|outlet"),
    ("Intelligence sources believe that 2,000 recruits have been trained.", "Intelligence sources|anonymous"),
    ("According to our own sources, 60 vehicles were lost.", "our own sources|anonymous"),
    (
        "According to information obtained by Palo News from a source in the army, 44 tanks were destroyed.",
        "Palo News|outlet > a source in the army|anonymous",
    ),
    ("A UN official said on Tuesday that 7,000 families needed shelter.", "A UN official|anonymous"),
    ("An army spokesman said 14 insurgents were killed.", "An army spokesman|official"),
    (
        "The blast killed 21 people, Interfax reported, quoting an unidentified law enforcement source.",
        "Interfax|outlet > an unidentified law enforcement source|anonymous",
    ),
    (
        "As many as 150 people may have died, CNN reported, citing a U.S. official with knowledge of the assessment.",
        "CNN|outlet > a U.S. official with knowledge of the assessment|anonymous",
    ),
    ("Military bloggers claim that 80 marines were lost at the bridgehead.", "Military bloggers|person"),
    ("The Telegram channel Rybar Post claimed 80 marines were lost.", "Rybar Post|outlet"),
    ("The organisers’ estimate of 90,000 was not disputed by the police.", "organisers|person"),
    ("By the army's count, 66 rebels died.", "army|agency"),
    (
        "The quake was measured at 5.8 by the Osterland Seismological Institute.",
        "Osterland Seismological Institute|agency",
    ),
    ("The death toll was put at 75 by the Red Cross.", "Red Cross|agency"),
    ("The number of dead was given as 58 by a hospital official.", "a hospital official|anonymous"),
    (
        "Nearly 4,000 buildings were damaged, the agency said, citing the provincial governor.",
        "agency|agency > provincial governor|official",
    ),
    (
        "Le Jour, quoting a source in the prosecutor's office, wrote that 13 suspects were held.",
        "Le Jour|outlet > a source in the prosecutor's office|anonymous",
    ),
    (
        "A source in the prosecutor's office was quoted by Le Jour as saying 13 suspects were held.",
        "Le Jour|outlet > A source in the prosecutor's office|anonymous",
    ),
    (
        "In a report released on Monday, Human Rights Watch said at least 73 civilians were executed.",
        "Human Rights Watch|agency",
    ),
    (
        "A total of 8,200 refugees arrived in May, according to UNHCR figures cited by the Border Times.",
        "Border Times|outlet > UNHCR figures|document",
    ),
    (
        "A total of 8,200 refugees arrived in May, the Border Times said in a report that cited UNHCR data.",
        "Border Times|outlet > UNHCR data|document",
    ),
    ("The Border Times published a report estimating that 8,200 refugees had arrived.", "Border Times|outlet"),
    (
        "The president denied a recent report from the Border Times that estimates the losses at 8,200 killed. The article cited “an internal tally” from anonymous sources.",
        "Border Times|outlet > anonymous sources|anonymous > an internal tally|document",
    ),
    (
        "Russian losses are near 90,000, the newspaper reported. The Courier quoted the officials as saying the pace had slowed.",
        "newspaper|outlet > officials|anonymous",
    ),
    ("Two people briefed on the talks said the fund would pay $300 million.", "Two people|anonymous"),
    (
        "According to a person close to the company, who asked not to be identified because the plans are private, 1,200 workers will go.",
        "a person close to the company|anonymous",
    ),
    (
        "An activist group, the Osterland Committee for Prisoners, said 112 people were in custody.",
        "Osterland Committee for Prisoners|agency",
    ),
    (
        "Ana Holt, a spokeswoman for the aid group Med Link, said its clinics had treated 88 wounded people.",
        "Ana Holt|official",
    ),
    (
        "According to witnesses quoted by the Palo News Agency, 25 people were shot.",
        "Palo News Agency|outlet > witnesses|person",
    ),
    ("Some 25 people were shot, witnesses told the Palo News Agency.", "Palo News Agency|outlet > witnesses|person"),
    (
        "Western intelligence officials estimate that 60,000 men have been mobilised.",
        "Western intelligence officials|official",
    ),
    (
        "One Western intelligence official estimated that 60,000 men have been mobilised.",
        "One Western intelligence official|anonymous",
    ),
    (
        "Several officials who were briefed on the matter said 60,000 men have been mobilised.",
        "Several officials|official",
    ),
    ("A spokesman, who declined to give his name, said 5,000 tonnes of grain were lost.", "A spokesman|anonymous"),
    ("The monitors attributed the toll of 10,000 to military sources.", "monitors|agency > military sources|anonymous"),
    ("The ministry's figure of 400 dead is three times what doctors reported.", "ministry|agency"),
    ("A government source, cited by Le Jour, gave a toll of 400.", "Le Jour|outlet > A government source|anonymous"),
    (
        "At least 33 people died, hospital sources and local officials said.",
        "hospital sources and local officials|anonymous",
    ),
    ("Thirty-three people died, said one of the doctors, who spoke anonymously.", "one of the doctors|anonymous"),
    (
        "The 15 victims were all miners, a person at the scene who was not identified told state radio.",
        "state radio|outlet > a person at the scene|anonymous",
    ),
    ("An opposition lawmaker said 3,000 ballots had been burned.", "An opposition lawmaker|anonymous"),
    ("Observers counted 3,000 burned ballots.", "Observers|person"),
    ("OVR-Watch, an organization that tracks arrests, said 540 people were held.", "OVR-Watch|agency"),
    ("It was claimed that 50,000 people marched.", ""),
    (
        "A U.S. defense official told The Hill Gazette that 300 drones were shipped, though the Pentagon declined to comment.",
        "Hill Gazette|outlet > A U.S. defense official|anonymous",
    ),
    (
        "Sudanese officials, speaking to the Courier on condition of anonymity, said 2,000 prisoners had escaped.",
        "Courier|outlet > Sudanese officials|anonymous",
    ),
    ("More than 2,000 prisoners escaped, state media said.", "state media|outlet"),
    ("More than 2,000 prisoners escaped, some local outlets reported.", "some local outlets|outlet"),
    (
        "A U.N. expert panel, relying on confidential sources, concluded that 600 children had been recruited.",
        "A U.N. expert panel|agency > confidential sources|anonymous",
    ),
    (
        "Based on interviews with officials who were not named, the Courier calculated that 4,000 soldiers died.",
        "Courier|outlet > officials|anonymous",
    ),
    ("A defence source in Palo said 17 jets were grounded.", "A defence source in Palo|anonymous"),
    (
        "Seventeen jets were grounded, a defence source in Palo, who declined to be named, told the Courier.",
        "Courier|outlet > a defence source in Palo|anonymous",
    ),
    ("According to some estimates, 6,000 fighters remain in the city.", "some estimates|document"),
    ("Western officials say that as many as 6,000 fighters remain.", "Western officials|official"),
    (
        "Around 2,500 supporters gathered outside the court, police told local media.",
        "local media|outlet > police|agency",
    ),
    ("A tribal elder, who asked that his name not be used, said 8 children had died.", "A tribal elder|anonymous"),
    (
        "In comments to the Osterby Gazette, two ministers who did not wish to be named said 15 MPs would resign.",
        "Osterby Gazette|outlet > two ministers|anonymous",
    ),
    ("The Sunday Beacon claims, without naming its sources, that 90 officers were dismissed.", "Sunday Beacon|outlet"),
    (
        "At least 300 homes were razed, said Jon Ede of the Palo Relief Trust.",
        "Jon Ede of the Palo Relief Trust|person",
    ),
    ("Ede said that, according to villagers, 300 homes were razed.", "Ede|person > villagers|person"),
    (
        "Citing a senior intelligence official, the Herald wrote on Sunday that 1,500 operatives had been expelled.",
        "Herald|outlet > a senior intelligence official|anonymous",
    ),
    (
        "Health workers told Human Rights Watch that they had treated 130 victims.",
        "Human Rights Watch|agency > Health workers|person",
    ),
    (
        "The channel said, with reference to military sources, that 60 men were lost.",
        "channel|outlet > military sources|anonymous",
    ),
    (
        "With reference to a source in the emergency services, RIA reported 22 injured.",
        "RIA|outlet > a source in the emergency services|anonymous",
    ),
    ("TASS reported 22 injured, referring to the regional governor.", "TASS|outlet > regional governor|official"),
    ("Hospital records seen by the BBC show 77 admissions.", "BBC|outlet > Hospital records|document"),
    (
        "A US official familiar with the intelligence told CBS that 800 vehicles had been lost.",
        "CBS|outlet > A US official|anonymous",
    ),
    ("A person with knowledge of the sale put the price at $70 million.", "A person|anonymous"),
    ("The group's leader, Omar Sel, claimed 25 soldiers were killed. The army did not comment.", "Omar Sel|official"),
    ("People close to the family say that 12 relatives were detained.", "People|anonymous"),
    ("Aid agencies say 2 million people need food.", "Aid agencies|agency"),
    (
        "An aid worker on the ground, speaking anonymously for security reasons, said 2,000 people need food.",
        "An aid worker on the ground|anonymous",
    ),
    ("Unidentified gunmen killed 12 farmers, the police said.", "police|agency"),
    ("Unidentified gunmen killed 12 farmers in Oro state, residents said.", "residents|person"),
    ("Twenty bodies were recovered, the official said, asking not to be named.", "official|anonymous"),
    (
        "Officials, who spoke to the Post on the condition that they not be identified, said 3,000 troops would leave.",
        "Post|outlet > Officials|anonymous",
    ),
    // subjects with clauses, times and numbers
    ("The collective that called the march reported 14 wounded.", "collective|agency"),
    ("A home ministry statement late in the evening acknowledged 6 deaths.", "A home ministry statement|document"),
    (
        "The report by Dray Rights Watch documents 212 killings.",
        "report by Dray Rights Watch|document > Dray Rights Watch|agency",
    ),
    ("Radio Lanta 9, citing a rights group, reported 115 dead.", "Radio Lanta 9|outlet > a rights group|agency"),
    (
        "Interlanta, referring to the interior ministry, reports that 48 people were detained.",
        "Interlanta|person > interior ministry|agency",
    ),
    (
        "Osterland lawmakers briefed by the intelligence service said the figure was 11,000 soldiers.",
        "Osterland lawmakers|official > intelligence service|agency",
    ),
    (
        "Le Jour, citing a confidential report by the border service, wrote that 1,500 tanks were built.",
        "Le Jour|outlet > a confidential report|document > border service|agency",
    ),
    (
        "According to the Tamba Post, which cited a source in the general staff, 3,000 troops were moved.",
        "Tamba Post|outlet > a source in the general staff|anonymous",
    ),
    (
        "The Tamba Post first reported the figure of 200 dead, which it attributed to a local doctor.",
        "Tamba Post|outlet > a local doctor|person",
    ),
    // figures that are denied, revised, given
    ("The ministry later revised its figure to 85 dead.", "ministry|agency"),
    ("Nearly 5,000 fighters remain in the enclave, a figure given by the Karu authorities.", "Karu authorities|agency"),
    ("The army denied a report by Lanta that 200 soldiers had been captured.", "Lanta|outlet"),
    ("The ministry denied reports that 50 prisoners had escaped.", "reports|document"),
    // who only listens, and who passes on
    ("The spokeswoman told a press briefing in Oby that 90 people fled.", "spokeswoman|official"),
    ("Field hospitals reported to the ministry that 80 soldiers had died.", "ministry|agency > Field hospitals|agency"),
    ("Nine people died, residents who spoke to the newspaper said.", "residents|person"),
    // places and clauses that are no sources and no ends
    ("Forty died in northern Osterland, residents and a doctor said.", "residents and a doctor|person"),
    ("Nineteen died while waiting for aid, according to Nasser Hospital.", "Nasser Hospital|agency"),
    ("The union said on X. According to the police, 12 people left.", "police|agency"),
    ("\u{1b}[1mForty died\u{1b}[0m, \u{1b}[31mpolice\u{1b}[0m said.", "police|agency"),
    // titles by their last word
    ("Rescue chief Omar Dal said 14 bodies were found.", "Omar Dal|official"),
    ("The firm will cut 300 jobs, co-founder Ida Lund said.", "Ida Lund|official"),
    ("The Joint Chiefs of Staff said 90 rounds were fired.", "Joint Chiefs of Staff|agency"),
    ("A local hunter said he buried 26 of the dead.", "A local hunter|person"),
];

#[test]
fn chains_of_many_kinds_of_sentences_are_read() {
    for (text, wanted) in CHAINS {
        let (document, found) = read(text, Markup::Plain);
        let chain: Vec<String> = found.claims.first().map_or_else(Vec::new, |claim| {
            let link =
                |party: &sayso::extract::Party| format!("{}|{}", party.name.of(document.text()), party.kind.name());
            claim.chain.iter().map(link).collect()
        });
        assert_eq!(chain.join(" > "), *wanted, "{text}");
    }
}

/// Sentences with the chain of their last claim.
const LATER: &[(&str, &str)] = &[
    ("DORN: The county says 101 are missing, but rescuers think it is closer to 60.", "DORN|person > rescuers|agency"),
    (
        "DORN: We met in Oby. Officials counted 2,200 ruined homes.\nLUND: And the dead? Police speak of 40.",
        "LUND|person > Police|agency",
    ),
    (
        "Shares fell after a report by Dray Research. The report alleged that 75% of them were held abroad.",
        "report|document > Dray Research|agency",
    ),
    (
        "The health minister, Ana Lund, said 193 people died. Another 96 are hurt, according to her.",
        "Ana Lund|official",
    ),
    (
        "The coast guard saved 104. Testimonies collected by Dray Watch suggest up to 750 were on board, the group said.",
        "Dray Watch|agency",
    ),
    ("At least 74 lost their lives, the council said on Saturday, raising its earlier figure of 70.", "council|agency"),
    ("The Bank will cut 300 jobs, Radio Norr reported. The company, which had 900 employees, declined to comment.", ""),
];

#[test]
fn chains_over_several_sentences_are_read() {
    for (text, wanted) in LATER {
        let (document, found) = read(text, Markup::Plain);
        let chain: Vec<String> = found.claims.last().map_or_else(Vec::new, |claim| {
            let link =
                |party: &sayso::extract::Party| format!("{}|{}", party.name.of(document.text()), party.kind.name());
            claim.chain.iter().map(link).collect()
        });
        assert_eq!(chain.join(" > "), *wanted, "{text}");
    }
}

#[test]
fn lists_names_and_units_are_told_apart() {
    for (text, wanted) in [
        ("They lost 40 men, eight tanks and two guns, police said.", &["40 person", "eight tank", "two gun"][..]),
        ("Radio Lanta 9 said 40 people died and 14 were seriously hurt.", &["40 person", "14 person"]),
        ("The dead number 3,117, police said.", &["3,117 person"]),
        ("The maker recalled 46,000 Dromedars after 151 warranty claims.", &["46,000 dromedar", "151 claim"]),
        ("Clients withdrew SFr61.2bn, the bank said.", &["61.2bn CHF"]),
        ("It burned one-point-two million tons of coal, police said.", &["one-point-two million tonne"]),
    ] {
        let (document, found) = read(text, Markup::Plain);
        let claims: Vec<String> = found
            .claims
            .iter()
            .map(|claim| format!("{} {}", claim.figure.span.of(document.text()), claim.unit))
            .collect();
        assert_eq!(claims, wanted, "{text}");
    }
}

#[test]
fn a_text_is_read_alike_wherever_it_is_cut() {
    // longer than the stretch that is cut at once
    let sentence = "Some 40 boats sank, the Oby Post said, citing two unnamed sailors. “It rained.”\n\n";
    let count = 2_500;
    let (document, found) = read(&sentence.repeat(count), Markup::Plain);
    assert_eq!(found.claims.len(), count);
    for claim in &found.claims {
        let names: Vec<&str> = claim.chain.iter().map(|party| party.name.of(document.text())).collect();
        assert_eq!(names, ["Oby Post", "two unnamed sailors"]);
    }
}

#[test]
fn the_marked_text_shows_figures_sources_and_rules() {
    let folder = folder(&[("a.txt", "Some 40 boats sank, the Oby Post said. It took six months & <b>.")]);
    let told = text(&sayso(folder.path(), &["extract", "a.txt", "--explain"], b"").stdout);
    assert!(told.contains("[1:Some 40] boats sank, {the Oby Post} <said>. It took (six) months"), "{told}");
    assert!(told.contains("six: no claim, duration"), "{told}");
    let page = text(&sayso(folder.path(), &["extract", "a.txt", "--explain=html"], b"").stdout);
    assert!(page.contains("<mark class=\"figure\" title=\"about\">Some 40</mark><sup>1</sup>"), "{page}");
    assert!(page.contains("months &amp; &lt;b&gt;"), "{page}");
}

#[test]
fn the_article_of_a_page_is_read_with_what_the_page_says_of_itself() {
    let page = "<!doctype html><head><meta property=\"og:site_name\" content=\"Oby Post\"></head><nav>12 more</nav><p>Some <b>40</b> boats sank, police said.";
    let output = sayso(Path::new("."), &["extract", "-"], page.as_bytes());
    let rows = text(&output.stdout);
    assert!(rows.contains("other_boat,Oby Post,Some 40,boat,police,said"), "{rows}");
    assert!(!rows.contains("12"), "{rows}");
}

#[test]
fn bad_input_is_refused_with_its_place() {
    let bad = |bytes: &[u8], arguments: &[&str]| {
        let output = sayso(Path::new("."), &[&["extract"], arguments].concat(), bytes);
        (output.status.code(), text(&output.stderr))
    };
    assert_eq!(bad(b" \n", &[]), (Some(1), "sayso: standard input: the text is empty\n".to_owned()));
    assert_eq!(
        bad(b"ab\nc\xff", &[]),
        (Some(1), "sayso: standard input:2:2: this is not UTF-8 text; save it as text in UTF-8\n".to_owned())
    );
    let (status, error) = bad(b"{\"id\":1}\n", &["--input", "jsonl"]);
    assert_eq!(
        (status, error.as_str()),
        (Some(1), "sayso: standard input:1: no `text`; write one object a line, with `id` and `text`\n")
    );
    assert_eq!(bad(b"x", &["nowhere.txt"]).0, Some(2));
    let (status, error) = bad("Der Bürgermeister sagte, dass 9 Menschen bei dem Brand gestorben sind.".as_bytes(), &[]);
    assert_eq!(status, Some(0));
    assert!(error.contains("does not read as English"), "{error}");
}

#[test]
#[cfg(unix)]
fn an_outside_program_is_asked_and_its_inventions_are_rejected() {
    let answer = r#"{"id":"a.txt","claims":[{"quantity_text":"Some 40","quantity_low":40,"quantity_high":40,"bound":"about","unit":"boat","attribution_chain":[{"name":"police"}]},{"quantity_text":"90","quantity_low":90,"bound":"exact"}]}"#;
    let folder = folder(&[
        ("a.txt", "Some 40 boats sank, police said."),
        ("answer.jsonl", answer),
        ("say.sh", "read line; cat answer.jsonl; echo\n"),
    ]);
    let output = sayso(folder.path(), &["extract", "a.txt", "--publisher", "P", "--extractor", "sh say.sh"], b"");
    assert!(
        text(&output.stdout).contains("other_boat,P,Some 40,boat,police"),
        "{}{}",
        text(&output.stdout),
        text(&output.stderr)
    );
    assert!(
        text(&output.stderr).contains("a.txt: rejected: claim 2, `90`: its words do not stand in the text"),
        "{}",
        text(&output.stderr)
    );
    let missing = sayso(folder.path(), &["extract", "a.txt", "--extractor", "no-such-program"], b"");
    assert_eq!(missing.status.code(), Some(2));
    assert!(text(&missing.stderr).contains("could not be started"), "{}", text(&missing.stderr));
}

/// Claims of a text, as the grammar finds them.
fn read(text: &str, markup: Markup) -> (Document, Extraction) {
    let document = Document::new("d", text.to_owned(), markup);
    let found = RuleExtractor::new().extract(&document).unwrap();
    (document, found)
}

#[test]
fn time_grows_with_the_text_and_no_faster() {
    let shapes: [(&str, &str); 9] = [
        ("an article again and again", ARTICLE),
        ("one sentence", "the officials said that about 300 of the people were there and, according to the ministry, "),
        ("brackets", "("),
        ("quotes", "\"said “"),
        ("commas", "the, said, "),
        ("digits", "1,"),
        ("letters", "a"),
        ("hyphens", "-a"),
        ("relatives", "who which said that "),
    ];
    for (name, piece) in shapes {
        let time = |bytes: usize| {
            let text = piece.repeat(bytes / piece.len());
            let start = Instant::now();
            drop(read(&text, Markup::Plain));
            start.elapsed()
        };
        let (small, large) = (time(100_000), time(800_000));
        // Eight times the text; a quadratic rule would take sixty-four times as long.
        assert!(large < small * 32 + Duration::from_secs(2), "{name}: {small:?} for 100 kB, {large:?} for 800 kB");
    }
}

/// Texts made of the pieces of news, which reach further into the grammar than arbitrary ones.
fn news() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        " ",
        ", ",
        ". ",
        "“",
        "”",
        "\"",
        "; ",
        ": ",
        "\n",
        "\n\n",
        " - ",
        "(",
        ")",
        "’s",
        "300",
        "1,200",
        "30-40,000",
        "two dozen",
        "half",
        "at least ",
        "up to ",
        "more than ",
        "about ",
        "between ",
        " and ",
        " to ",
        "$5 million",
        "40%",
        "dozens of ",
        "several thousand ",
        "people ",
        "troops ",
        "homes ",
        "killed ",
        "wounded ",
        "were ",
        "said ",
        "told ",
        "reported ",
        "quoted ",
        "citing ",
        "quoting ",
        "according to ",
        "as saying ",
        "that ",
        "which ",
        "who ",
        "the ",
        "a ",
        "two ",
        "Harbour Daily ",
        "Ana Lund ",
        "the ministry ",
        "officials ",
        "sources ",
        "unnamed ",
        "he ",
        "it ",
        "the newspaper ",
        "denied ",
        "the figure ",
        "came from ",
        "while ",
        "but ",
        "in ",
        "of ",
        "by ",
        "on condition of anonymity ",
        "earlier ",
        "will ",
        "reportedly ",
        "é",
        "\u{202e}",
        "👍",
        "שלום ",
        "\u{0}",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn check_spans(text: &str, markup: Markup) {
    let (document, found) = read(text, markup);
    let whole = document.text();
    for mark in found.marks() {
        assert!(whole.get(mark.span.start..mark.span.end).is_some(), "{mark:?} in {whole:?}");
        let given = document.given_span(mark.span);
        assert!(document.given.get(given.start..given.end).is_some(), "{given:?} in {text:?}");
    }
    for claim in &found.claims {
        assert!(!claim.figure.span.of(whole).is_empty() && !claim.unit.contains('\n'));
        for party in claim.chain.iter().chain(&claim.disputed_by) {
            assert!(!party.name.of(whole).is_empty(), "{party:?} in {whole:?}");
        }
        let ends = [claim.figure.low, claim.figure.high];
        assert!(ends.into_iter().flatten().all(f64::is_finite));
    }
}

proptest! {
    #[test]
    fn every_span_stands_in_the_text_whatever_the_text(any in "\\PC{0,200}", news in news(), markup in 0..3_usize) {
        let markup = [Markup::Plain, Markup::Markdown, Markup::Html][markup];
        check_spans(&any, markup);
        check_spans(&news, markup);
    }

    #[test]
    fn bytes_of_html_never_stop_the_reader(pieces in prop::collection::vec(prop::sample::select(vec![
        "<p>", "</p>", "<nav>", "</nav>", "<article>", "</article>", "<b", ">", "&amp;", "&#8217;", "&nbsp;", "&", "<!--", "-->", "<script>", "</script>",
        "40 boats sank, ", "police said. ", "\r\n", "é", "<svg/>", "<title>", "\"", "="]), 0..30)) {
        check_spans(&pieces.concat(), Markup::Html);
    }
}

/// Scores on passages that lie beside the repository and are no part of it.
#[test]
fn scores_on_annotated_passages_hold() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/gold");
    if !shared.join("score_gold.py").exists() {
        eprintln!("skipped: no ../shared");
        return;
    }
    let gold = shared.join("gold_dev.jsonl");
    let root = Path::new(".");
    let folder = tempfile::tempdir().unwrap();
    let predictions = folder.path().join("predictions.jsonl");
    let arguments = [
        "extract",
        "--format",
        "jsonl",
        "--quiet",
        &gold.display().to_string(),
        "-o",
        &predictions.display().to_string(),
    ];
    let output = sayso(root, &arguments, b"");
    assert!(output.status.success(), "{}", text(&output.stderr));
    let scored = Command::new("python3").arg(shared.join("score_gold.py")).arg(&gold).arg(&predictions).output();
    let Ok(scored) = scored else {
        eprintln!("skipped: no python3");
        return;
    };
    let report = text(&scored.stdout);
    let figure = |name: &str| {
        let line = report.lines().find(|line| line.starts_with(name)).unwrap_or_else(|| panic!("{name} in {report}"));
        line.split_whitespace().last().and_then(|last| last.parse::<f64>().ok()).unwrap()
    };
    for (name, target) in [
        ("value P/R/F1", 0.93),
        ("value+bound", 0.92),
        ("value+unit", 0.80),
        ("link P/R/F1", 0.80),
        ("chain exact", 0.70),
        ("nested chain", 0.55),
        ("origin acc", 0.75),
        ("anonymous flag", 0.85),
    ] {
        assert!(figure(name) >= target, "{name}: {} where {target} is wanted\n{report}", figure(name));
    }
}

/// What a terminal acts upon is no text, whatever wrote it.
#[test]
fn no_sign_that_a_terminal_acts_upon_comes_out_of_a_text() {
    let odd = "\u{1b}[31m\u{0}\u{9b}\u{202e}\u{2066}\u{2029}\u{200f}";
    let line = serde_json::json!({
        "id": format!("d{odd}1"), "publisher": format!("Oby{odd} Post"), "published": "2025-03-02",
        "url": format!("https://e.org/{odd}"), "text": format!("Some {odd}40 boats sank, the Oby{odd} police said."),
    });
    let page = "<html><meta property='og:site_name' content='Oby&#27;[31m&#x202e;Post'><p>Some &#27;[31m&#x202e;40 boats sank,\
                the &#x2067;police&#8233; said.";
    let folder = folder(&[
        ("a.jsonl", &line.to_string()),
        ("b.html", page),
        ("c.txt", &format!("Some 40{odd} boats sank, police said.")),
    ]);
    for file in ["a.jsonl", "b.html", "c.txt"] {
        for how in [&[][..], &["--format", "jsonl"], &["--explain"], &["--explain=html"], &["-o", "out.csv"]] {
            let output = sayso(folder.path(), &[&["extract", file], how].concat(), b"");
            assert!(output.status.success(), "{}", text(&output.stderr));
            let mut printed = format!("{}{}", text(&output.stdout), text(&output.stderr));
            if how.first() == Some(&"-o") {
                printed.push_str(&std::fs::read_to_string(folder.path().join("out.csv")).unwrap());
            }
            let is_acted_upon = |c: char| {
                c.is_control() && c != '\n'
                    || matches!(c, '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            };
            assert!(!printed.contains(is_acted_upon), "{file} {how:?}: {printed:?}");
            assert!(printed.contains("40") || printed.is_empty(), "{file} {how:?}: {printed:?}");
        }
    }
}

/// `sort` reads to the end of its input before it says a word, and a `sleep` never reads at all.
#[cfg(unix)]
#[test]
fn an_outside_program_that_does_not_answer_is_ended_after_its_time() {
    let folder = folder(&[("a.txt", &"Some 40 boats sank, police said. ".repeat(20_000))]);
    for program in ["sort", "sleep 1000"] {
        let start = std::time::Instant::now();
        let output =
            sayso(folder.path(), &["extract", "a.txt", "--extractor", program, "--extractor-timeout", "1"], b"");
        assert_eq!(output.status.code(), Some(2), "{}", text(&output.stderr));
        let told = text(&output.stderr);
        assert!(told.contains("gave no answer to `a.txt` within 1 s; it has to answer every line"), "{told}");
        assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
    }
    let help = text(&sayso(folder.path(), &["extract", "--help"], b"").stdout);
    assert!(help.contains("It answers each with one line"), "{help}");
}

#[test]
fn a_list_of_numbers_makes_no_more_claims_than_a_sentence_can() {
    let text = format!("At least {}people died, police said. Some 40 boats sank, police said.", "5 ".repeat(20_000));
    let (_, found) = read(&text, Markup::Plain);
    assert!(found.claims.len() <= 41, "{}", found.claims.len());
    assert_eq!(found.claims.last().unwrap().figure.span.of(&text), "Some 40");
    assert!(
        found.remarks.iter().any(|remark| remark.contains("more numbers than a sentence says")),
        "{:?}",
        found.remarks
    );
}
