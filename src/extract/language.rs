//! Whether a text is English, the one language that is read.

use super::token::{Kind, Token};

/// Words that are frequent in English and rare in its neighbours.
const ENGLISH: &[&str] = &[
    "the", "of", "and", "to", "that", "with", "from", "were", "was", "have", "has", "by", "said", "for", "are", "been",
    "their", "which", "who", "at", "is", "it", "he", "had", "not", "this", "they", "more", "than", "about", "after",
    "killed", "people", "on", "as", "but", "be", "its", "his", "or", "in", "least", "up",
];

/// Words that are frequent in other languages of the Latin alphabet and rare in English.
const OTHERS: &[&str] = &[
    "der", "die", "das", "und", "ist", "nicht", "mit", "von", "den", "dem", "ein", "eine", "auf", "für", "sich", "des",
    "im", "zu", "bei", "nach", "wurden", "le", "la", "les", "des", "une", "un", "et", "du", "est", "dans", "que",
    "qui", "pour", "sur", "par", "pas", "ont", "au", "selon", "el", "los", "las", "del", "y", "por", "con", "para",
    "una", "según", "se", "il", "di", "che", "della", "per", "sono", "gli", "nel", "o", "da", "em", "não", "os", "uma",
    "dos", "het", "een", "van", "en", "zijn", "niet", "och", "att", "som", "på", "är", "og", "til", "av", "er", "ikke",
    "w", "na", "nie", "jest", "że", "się", "ve", "bir", "bu", "için", "yang", "dan", "di", "dengan", "ini",
];

/// Whether a text reads as English: most of its letters are Latin, and its small words are English.
/// Short texts get the benefit of the doubt.
pub(super) fn is_english(text: &str, tokens: &[Token]) -> bool {
    let words: Vec<&str> =
        tokens.iter().filter(|token| token.kind == Kind::Word).map(|token| token.text(text)).collect();
    let latin = |word: &&&str| word.chars().next().is_some_and(|c| c.is_ascii() || ('\u{c0}'..'\u{250}').contains(&c));
    if words.is_empty() {
        return true;
    }
    if words.iter().filter(latin).count() * 2 < words.len() {
        return false;
    }
    let count =
        |list: &[&str]| words.iter().filter(|word| list.iter().any(|known| word.eq_ignore_ascii_case(known))).count();
    let (english, others) = (count(ENGLISH), count(OTHERS));
    others <= english && (words.len() < 25 || english * 12 >= words.len())
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::Lexicon;
    use super::super::token::tokens;
    use super::*;

    #[test]
    fn english_is_told_from_other_languages() {
        let english = |text: &str| is_english(text, &tokens(text, &Lexicon::new()));
        for text in [
            "The mayor said that nine people died.",
            "Nine dead, 40 hurt",
            "300",
            "About 50 fell in Łódź, the town said.",
        ] {
            assert!(english(text), "{text}");
        }
        for text in [
            "Der Bürgermeister sagte, dass neun Menschen bei dem Brand gestorben sind.",
            "Le maire a dit que neuf personnes sont mortes dans les incendies de la ville.",
            "El alcalde dijo que murieron nueve personas en los incendios de la ciudad.",
            "Мэр сказал, что погибли 9 человек.",
            "市长说有9人死亡。",
        ] {
            assert!(!english(text), "{text}");
        }
    }
}
