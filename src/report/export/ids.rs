//! Ids of nodes: made from the ids in the case, unique in a file, name tokens for XML.

use rustc_hash::FxHashMap;

use crate::graph::Node;
use crate::model::{Case, QuestionId};

/// Gives out ids.
#[derive(Debug, Default)]
pub struct Ids {
    given: FxHashMap<String, u32>,
}

impl Ids {
    /// The id of a node: `claim:K01`, `implied:QUESTION:SOURCE:CLAIM` or `anonymous:CLAIM:ELEMENT`,
    /// with the claim that first mentions the party. Characters that are not allowed become `_`;
    /// should two ids be the same after that, the later one gets a number at its end.
    pub fn give(&mut self, case: &Case, question: QuestionId, node: Node) -> Box<str> {
        let id = match node {
            Node::Claim(claim) => format!("claim:{}", part(&case.claims.name(claim))),
            Node::Implied { source, by } => {
                let (question, source) = (&case.question(question).id, &case.source(source).id);
                format!("implied:{}:{}:{}", part(question), part(source), part(&case.claims.name(by)))
            }
            Node::Anonymous { by, element, .. } => format!("anonymous:{}:{element}", part(&case.claims.name(by))),
        };
        let times = self.given.entry(id.clone()).or_insert(0);
        *times += 1;
        // Parts hold no colon, so that an id with a number added is never another node's id.
        if *times == 1 { id.into() } else { format!("{id}:{times}").into() }
    }
}

fn part(text: &str) -> String {
    text.chars().map(|c| if is_name_character(c) { c } else { '_' }).collect()
}

/// `NameChar` of XML 1.0 (fifth edition, 2008, production 4a), without the colon and joiners.
fn is_name_character(c: char) -> bool {
    matches!(c, 'a'..='z' | 'A'..='Z' | '0'..='9' | '_' | '-' | '.' | '\u{b7}' | '\u{203f}'..='\u{2040}'
        | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{37d}' | '\u{37f}'..='\u{1fff}'
        | '\u{2070}'..='\u{218f}' | '\u{2c00}'..='\u{2fef}' | '\u{3001}'..='\u{d7ff}'
        | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}' | '\u{10000}'..='\u{effff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_keep_letters_of_every_script_and_nothing_that_a_format_could_read() {
        assert_eq!(part("NK News"), "NK_News");
        assert_eq!(part("a:b;c\"d<e>\n\u{202e}\\"), "a_b_c_d_e____");
        assert_eq!(part("Ёж-1.5_조선"), "Ёж-1.5_조선");
    }
}
