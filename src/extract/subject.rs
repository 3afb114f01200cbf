//! Subjects: the noun phrase to the left of a verb, over whatever stands between the two.

use super::lexicon::Classes;
use super::noun::{LONGEST, Phrase, Scene, before_participle, before_saying, is_noun_here, personal_name};
use super::token::{Kind, Token};

/// The subject that ends right before `verb`, over auxiliaries, adverbs and words set off by commas.
pub(super) fn left(scene: Scene<'_>, verb: usize) -> Option<Phrase> {
    let end = before_verb(scene, verb);
    let last = scene.token(end.checked_sub(1)?)?;
    if last.is_comma() || last.is_dash() {
        return set_off(scene, end - 1);
    }
    qualified(scene, end).or_else(|| direct(scene, end))
}

/// A subject with a clause or a participle after it: "an officer who would not be named", "sources close
/// to the ministry", "a report released on Tuesday". The clause is set aside.
fn qualified(scene: Scene<'_>, end: usize) -> Option<Phrase> {
    const AFTER: &[&str] = &[
        "familiar",
        "close",
        "briefed",
        "present",
        "involved",
        "speaking",
        "released",
        "published",
        "issued",
        "seen",
        "obtained",
        "leaked",
        "prepared",
        "dated",
        "reviewed",
        "knowledgeable",
        "privy",
        "contacted",
        "interviewed",
        "reached",
        "quoted",
        "cited",
        "monitoring",
        "tracking",
        "based",
        "travelling",
        "traveling",
        "working",
        "aware",
        "commissioned",
        "compiled",
        "conducted",
        "tasked",
        "responsible",
        "posted",
        "analysed",
        "analyzed",
        "shared",
        "circulated",
        "aired",
        "verified",
        "shown",
    ];
    let closes = |at: usize| {
        let token = scene.tokens[at];
        matches!(token.kind, Kind::Mark(sign) if !matches!(sign, '(' | ')' | '\'' | '’' | '&'))
    };
    let start = (scene.from..end).rev().take(24).take_while(|&at| !closes(at)).last()?;
    let turn = (start + 1..end).find(|&at| {
        let token = scene.tokens[at];
        let with = scene.is_word(at, "with") && scene.tokens[at - 1].is(Classes::PERSON.or(Classes::ANONYMOUS));
        let noun = (!scene.tokens[at - 1].is(Classes::DETERMINER) || scene.is_word(at - 1, "those"))
            && scene.tokens[at - 1].kind == Kind::Word;
        // "The collective that called the march reported"
        let that = scene.is_word(at, "that")
            && scene.tokens[at - 1].is(super::lexicon::SOURCE_NOUNS)
            && !scene.tokens[at - 1].is(Classes::CUE)
            && scene.tokens[start].is(Classes::DETERMINER.or(Classes::INDEFINITE));
        token.is(Classes::RELATIVE)
            || that
            || with
            || noun && !token.capital && AFTER.iter().any(|word| scene.is_word(at, word))
    })?;
    if turn + 1 >= end {
        return None;
    }
    let phrase = direct(scene, turn)?;
    let sourced = (phrase.from..phrase.to)
        .any(|at| scene.tokens[at].is(super::lexicon::SOURCE_NOUNS) || scene.tokens[at].capital && at > scene.from);
    // Between the clause and the verb no other subject may stand.
    let direct = direct(scene, end);
    let other = direct.is_some_and(|other| {
        let before = other.from.checked_sub(1).and_then(|at| scene.token(at));
        before.is_some_and(|token| token.is(Classes::AND.or(Classes::CLAUSE)) && !token.is(Classes::PREPOSITION))
    });
    (sourced && !other).then_some(Phrase { role: Some((turn, end)), ..phrase })
}

/// Back over what stands between a subject and its verb.
pub(super) fn before_verb(scene: Scene<'_>, verb: usize) -> usize {
    let mut end = verb;
    while let Some(token) = end.checked_sub(1).and_then(|at| scene.token(at)) {
        let word = token.text(scene.text);
        let adverb = token.is(Classes::ADVERB)
            || word.ends_with("ly")
                && !token.capital
                && word.len() > 4
                && word != "family"
                && !token.is(super::lexicon::SOURCE_NOUNS);
        let mid = token.is(Classes::AUXILIARY) || adverb && !token.is(Classes::PRONOUN);
        if mid {
            end -= 1;
            continue;
        }
        // "on Monday", "late in the evening", "on Feb. 3" between subject and verb
        let Some(start) = time_before(scene, end) else { break };
        end = start;
    }
    end
}

/// Where words of time that end here begin: "on Monday", "late on Friday evening", "in the evening".
fn time_before(scene: Scene<'_>, end: usize) -> Option<usize> {
    let is_time =
        |at: usize| scene.token(at).is_some_and(|token| token.is(Classes::TIME) && !token.is(Classes::DETERMINER));
    let mut start = end.checked_sub(1).filter(|&at| is_time(at))?;
    while start > scene.from && end - start < 4 && is_time(start - 1) {
        start -= 1;
    }
    let is = |at: usize, words: &[&str]| words.iter().any(|word| scene.is_word(at, word));
    if start > scene.from && is(start - 1, &["the", "this", "that"]) {
        start -= 1;
    }
    let governed = start > scene.from && is(start - 1, &["on", "in", "at", "by", "late", "early"]);
    while start > scene.from && is(start - 1, &["on", "in", "at", "by", "late", "early"]) {
        start -= 1;
    }
    let day = scene.token(end - 1).is_some_and(|token| token.capital);
    (start > scene.from && (governed || day)).then_some(start)
}

/// A noun phrase that ends right before `end`.
fn direct(scene: Scene<'_>, end: usize) -> Option<Phrase> {
    let last = scene.token(end.checked_sub(1)?)?;
    if last.is(Classes::PRONOUN) {
        return Some(Phrase::plain(end - 1, end));
    }
    let mut from = end;
    let mut depth = 0_usize;
    while let Some(token) = from.checked_sub(1).and_then(|at| scene.token(at)) {
        if end - from >= LONGEST {
            break;
        }
        let inside = depth > 0;
        match token.kind {
            Kind::Mark(')') => depth += 1,
            Kind::Mark('(') if inside => depth -= 1,
            Kind::Mark('&' | '\'' | '’') | Kind::Number => {}
            _ if inside => {}
            Kind::Mark(_) => break,
            Kind::Word => {
                let next = scene.token(from);
                if !belongs(scene, token, from - 1, next, from == end) {
                    break;
                }
                // "Save the Children"
                if from >= scene.from + 2 && scene.is_word(from - 1, "the") && scene.word(from - 2) == "Save" {
                    from -= 2;
                    continue;
                }
                if token.is(Classes::DETERMINER) && !token.is(Classes::CLAUSE)
                    || token.is(Classes::DETERMINER) && from != end
                {
                    from -= 1;
                    // "the chief of the bureau": on over the preposition
                    let before = from.checked_sub(1).and_then(|at| scene.token(at));
                    let noun = from.checked_sub(2).and_then(|at| scene.token(at));
                    let made = before.is_some_and(|token| token.text(scene.text) == "by")
                        && noun.is_some_and(|token| {
                            let work = from.checked_sub(3).and_then(|at| scene.token(at));
                            token.is(Classes::DOCUMENT)
                                || super::lexicon::GIVEN_BY.contains(&token.text(scene.text))
                                    && work.is_some_and(|work| work.is(Classes::DOCUMENT))
                        });
                    // "residents and a hospital official"
                    let beside = before.is_some_and(|token| token.is(Classes::AND))
                        && noun.is_some_and(|token| {
                            token.kind == Kind::Word
                                && !token.is(Classes::VERB)
                                && (token.capital || token.is(super::lexicon::SOURCE_NOUNS))
                        });
                    if beside {
                        from -= 1;
                        continue;
                    }
                    if made {
                        from -= 2;
                        continue;
                    }
                    let goes_on = before
                        .is_some_and(|token| token.is(Classes::PREPOSITION) && inner(token.text(scene.text)))
                        && noun.is_some_and(|token| {
                            token.kind == Kind::Word
                                && !token
                                    .is(Classes::VERB.or(Classes::PREPOSITION).or(Classes::ADVERB).or(Classes::PRONOUN))
                        });
                    if goes_on {
                        continue;
                    }
                    break;
                }
            }
        }
        from -= 1;
    }
    // "In a report published Monday": the object of a preposition is no subject
    let governed = scene.token(from).is_some_and(|token| token.is(Classes::DETERMINER))
        && from
            .checked_sub(1)
            .and_then(|at| scene.token(at))
            .is_some_and(|token| token.is(Classes::PREPOSITION) && !token.is(Classes::CLAUSE));
    if governed {
        return over_preposition(scene, from - 1, end);
    }
    let phrase = listed(scene, trimmed(scene, from, end)?);
    // "The report by Harbour Watch": on to the work
    let work = phrase
        .from
        .checked_sub(2)
        .filter(|&at| at >= scene.from && scene.is_word(at + 1, "by") && scene.tokens[at].is(Classes::DOCUMENT));
    let whole = work.and_then(|at| direct(Scene { to: at + 1, ..scene }, at + 1)).map(|work| work.from);
    let introduced = whole.filter(|&from| scene.tokens[from].is(Classes::DETERMINER));
    Some(introduced.map_or(phrase, |from| Phrase { from, start: from, ..phrase }))
}

/// A subject whose last words are governed by a preposition: "organisers of the march against the dam".
/// It must begin its clause and name a party, so that no object is taken for one.
fn over_preposition(scene: Scene<'_>, preposition: usize, end: usize) -> Option<Phrase> {
    let party = Classes::PERSON.or(Classes::OFFICIAL).or(Classes::ANONYMOUS).or(Classes::AGENCY);
    let opens = |at: usize| {
        at == scene.from
            || scene.tokens[at - 1].is_comma()
            || scene.tokens[at - 1].is_quote()
            || scene.tokens[at - 1].is(Classes::CLAUSE.or(Classes::AND))
    };
    let mut from = preposition;
    while from > scene.from && end - from < 2 * LONGEST && !opens(from) {
        let token = scene.tokens[from - 1];
        let goes_on = token.kind == Kind::Word && !token.is(Classes::AUXILIARY.or(Classes::RELATIVE).or(Classes::CUE));
        if !goes_on {
            return None;
        }
        from -= 1;
    }
    let head = (from..preposition)
        .take_while(|&at| !scene.tokens[at].is(Classes::PREPOSITION))
        .last()
        .filter(|&at| scene.tokens[at].is(party) && !scene.tokens[from].is(Classes::PREPOSITION))?;
    let counted = (from..end).any(|at| scene.tokens[at].kind == Kind::Number);
    (opens(from) && head >= from && !counted).then(|| Phrase::plain(from, end))
}

/// A phrase with the names before it in a list: "the Post, the Times and Palo News".
fn listed(scene: Scene<'_>, phrase: Phrase) -> Phrase {
    let mut from = phrase.from;
    let joins = (phrase.from..phrase.to).any(|at| scene.tokens[at].is(Classes::AND));
    while joins && from > scene.from && scene.tokens[from - 1].is_comma() {
        let mut start = from - 1;
        while start > scene.from
            && scene.tokens[start - 1].kind == Kind::Word
            && (scene.tokens[start - 1].capital || scene.is_word(start - 1, "the"))
            && from - start < 7
        {
            start -= 1;
        }
        // "in the north of Osterland, residents and a doctor said": a place is none of them
        let begins = start == scene.from
            || scene.tokens[start - 1].kind != Kind::Word
            || scene.tokens[start - 1].is(Classes::CLAUSE.or(Classes::CUE).or(Classes::AND));
        let names = start + 1 < from
            && begins
            && scene.tokens[start..from - 1].iter().any(|token| token.capital && !token.is(Classes::TIME));
        if !names {
            break;
        }
        from = start;
    }
    while from < phrase.from && scene.tokens[from].is(Classes::CLAUSE.or(Classes::PREPOSITION).or(Classes::ADVERB)) {
        from += 1;
    }
    Phrase { from, start: from, ..phrase }
}

/// Prepositions that stand within names and roles.
fn inner(word: &str) -> bool {
    ["of", "at", "in", "for", "from", "with", "on", "de", "inside", "near"]
        .iter()
        .any(|known| word.eq_ignore_ascii_case(known))
}

/// Whether a word may stand within a noun phrase, read from its end.
fn belongs(scene: Scene<'_>, token: Token, at: usize, next: Option<Token>, is_last: bool) -> bool {
    let word = token.text(scene.text);
    let inside_name = token.capital && at > scene.from;
    if token.is(Classes::PREPOSITION) && inside_name && next.is_some_and(|next| next.capital) {
        // "Doctors Without Borders"
        return !is_last;
    }
    if token.is(Classes::PREPOSITION) {
        return !is_last
            && inner(word)
            && !next.is_some_and(|next| next.is(Classes::TIME) || next.kind == Kind::Number);
    }
    if token.is(Classes::AND) {
        let before = at.checked_sub(1).and_then(|at| scene.token(at));
        let side = |token: Token| token.capital || token.is(super::lexicon::SOURCE_NOUNS.or(Classes::DEMONYM));
        return !is_last
            && before.is_some_and(|token| token.kind == Kind::Word && side(token) && !token.is(Classes::VERB));
    }
    if token.is(Classes::TIME) && !inside_name || token.is(Classes::TIME) && is_last {
        return false;
    }
    if token.is(Classes::CLAUSE) && !inside_name
        || token.is(Classes::RELATIVE.or(Classes::AUXILIARY).or(Classes::PRONOUN))
    {
        return token.is(Classes::DETERMINER) && !token.is(Classes::CLAUSE);
    }
    if token.is(Classes::VERB) && !inside_name {
        return token.is(Classes::DOCUMENT) && !is_last
            || is_last
                && token.is(Classes::DOCUMENT)
                && (is_noun_here(scene, at)
                    || after_name(scene, at)
                    || before_participle(scene, at)
                    || before_saying(scene, at));
    }
    let participle = word.ends_with("ed") && word.len() > 5 && !token.capital && !word.contains('-');
    let adverb = token.is(Classes::ADVERB) && !token.is(Classes::DETERMINER) && !inside_name;
    let introduced = at
        .checked_sub(1)
        .and_then(|at| scene.token(at))
        .is_some_and(|before| before.is(Classes::DETERMINER) || before.kind == Kind::Word && before.capital);
    !adverb && (!participle || introduced || token.is(super::lexicon::SOURCE_NOUNS))
}

/// The subject before words that commas set off; `comma` is the one right before the verb.
fn set_off(scene: Scene<'_>, comma: usize) -> Option<Phrase> {
    let mut stops = vec![comma];
    let mut at = comma;
    while stops.len() < 5 && comma - at < 60 {
        let Some(token) = at.checked_sub(1).and_then(|at| scene.token(at)) else { break };
        at -= 1;
        if token.is_comma() || token.is_dash() {
            stops.push(at);
        } else if token.is_quote() || matches!(token.kind, Kind::Mark(';' | ':')) {
            break;
        }
    }
    // Segments from right to left; the last one ends where the search ended.
    for (index, &stop) in stops.iter().enumerate().skip(1) {
        let aside = (stop + 1, stops[index - 1]);
        let Some(phrase) = direct(scene, stop) else { continue };
        let begins = scene.token(phrase.from)?;
        let first_aside = scene.token(stop + 1);
        let named =
            (phrase.from..phrase.to).any(|at| scene.token(at).is_some_and(|token| token.capital && at > scene.from));
        let sourced = (phrase.from..phrase.to)
            .any(|at| scene.token(at).is_some_and(|token| token.is(super::lexicon::SOURCE_NOUNS)));
        // "Dray-Watch, a group that …": a name that begins its sentence
        let named = named
            || begins.capital
                && !begins.is(Classes::DETERMINER.or(Classes::PREPOSITION).or(Classes::CLAUSE).or(Classes::ADVERB))
                && first_aside.is_some_and(|token| token.is(Classes::INDEFINITE) || scene.is_word(stop + 1, "the"))
                && (aside.0..aside.1.min(aside.0 + 6)).any(|at| scene.tokens[at].is(super::lexicon::SOURCE_NOUNS));
        // "Interlanta, referring to the ministry, reports"
        let named = named
            || begins.capital
                && phrase.from == scene.from
                && phrase.to - phrase.from <= 3
                && !begins.is(Classes::DETERMINER.or(Classes::PREPOSITION).or(Classes::CLAUSE).or(Classes::ADVERB))
                && ["citing", "quoting", "referring", "referencing", "relying"]
                    .iter()
                    .any(|word| scene.is_word(stop + 1, word));
        let starts_aside = begins.is(Classes::RELATIVE) || begins.is(Classes::CUE) && !begins.capital;
        let is_aside = first_aside.is_some_and(|token| {
            token.is(Classes::DETERMINER
                .or(Classes::RELATIVE)
                .or(Classes::CUE)
                .or(Classes::PREPOSITION)
                .or(Classes::VERB))
                || !token.capital
                || personal_name(scene, aside.0, aside.1)
                || (aside.0..aside.1)
                    .any(|at| scene.token(at).is_some_and(|token| token.is(Classes::OFFICIAL.or(Classes::AGENCY))))
        });
        let place = aside.1 - aside.0 <= 2
            && first_aside.is_some_and(|token| token.capital)
            && phrase.to - phrase.from > 3
            && !personal_name(scene, aside.0, aside.1);
        let defined = begins.is(Classes::DETERMINER)
            && phrase.to - phrase.from <= 5
            && first_aside.is_some_and(|token| token.is(Classes::ADVERB.or(Classes::CUE).or(Classes::RELATIVE)));
        if starts_aside || !(named || sourced || defined) || !(is_aside || place) {
            continue;
        }
        // "the deputy chief of the bureau, Ana Lund," is Ana Lund
        if personal_name(scene, aside.0, aside.1) && sourced && !personal_name(scene, phrase.from, phrase.to) {
            return Some(Phrase {
                from: aside.0,
                to: aside.1,
                role: Some((phrase.from, phrase.to)),
                start: phrase.start,
            });
        }
        // "an activist group, the Dray Committee," is the Dray Committee
        let article = usize::from(scene.is_word(aside.0, "the"));
        let whole = aside.0 + article < aside.1
            && (aside.0 + article..aside.1).all(|at| {
                scene.tokens[at].kind == Kind::Word
                    && (scene.tokens[at].capital || at > aside.0 + article && scene.tokens[at].is(Classes::PREPOSITION))
            });
        if begins.is(Classes::INDEFINITE) && sourced && whole && scene.tokens[aside.1 - 1].capital && !place {
            return Some(Phrase {
                from: aside.0,
                to: aside.1,
                role: Some((phrase.from, phrase.to)),
                start: phrase.start,
            });
        }
        return Some(Phrase { role: Some((stop + 1, comma)), ..phrase });
    }
    // "Officials said the toll, as of noon, is": the subject is a clause of its own
    let from = stops.last().copied().filter(|_| stops.len() == 1);
    from.and_then(|stop| direct(scene, stop)).filter(|phrase| phrase.from == scene.from)
}

/// A noun phrase without what does not belong to its beginning.
fn trimmed(scene: Scene<'_>, from: usize, to: usize) -> Option<Phrase> {
    let mut from = from;
    while from < to {
        let token = scene.token(from)?;
        let word = token.text(scene.text);
        let loose = token.is(Classes::AND)
            || token.is(Classes::PREPOSITION)
            || token.is(Classes::ADVERB) && !token.is(Classes::DETERMINER)
            || token.is(Classes::CLAUSE) && !token.is(Classes::DETERMINER)
            || token.kind != Kind::Word && token.kind != Kind::Number
            || word.ends_with("ly")
                && word.len() > 4
                && !word.ends_with("mily")
                && !word.ends_with("aily")
                && !word.ends_with("kly")
                && !word.ends_with("taly");
        if !loose {
            break;
        }
        from += 1;
        if token.is(Classes::PREPOSITION) {
            // "In Kyiv officials said": over the place
            while from + 1 < to
                && scene.token(from).is_some_and(|token| token.capital)
                && !scene.token(from).is_some_and(|t| t.is(super::lexicon::SOURCE_NOUNS.or(Classes::DEMONYM)))
            {
                from += 1;
            }
        }
    }
    (from < to).then(|| Phrase::plain(from, to))
}

/// "a Dray Watch report": a name in the singular does not "report".
fn after_name(scene: Scene<'_>, at: usize) -> bool {
    let singular = |word: &str| !word.ends_with('s');
    singular(scene.word(at))
        && at > scene.from + 1
        && scene.tokens[at - 1].capital
        && scene.tokens[at - 1].kind == Kind::Word
        && singular(scene.word(at - 1))
}
