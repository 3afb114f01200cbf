//! Addresses: a link where they are of the web, else text that does nothing.

use crate::report::picture::escaped;

/// A link with these words if the address begins with http:// or https://; else the address itself, as text.
pub fn link(address: &str, words: &str) -> String {
    let address = address.trim();
    if is_web(address) {
        let (address, words) = (escaped(address), escaped(words));
        format!("<a href=\"{address}\" rel=\"noopener noreferrer\">{words}</a>")
    } else {
        format!("<span class=\"plain\">{}</span>", escaped(address))
    }
}

fn is_web(address: &str) -> bool {
    let begins = |scheme: &str| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    (begins("https://") || begins("http://")) && !address.chars().any(|c| c.is_control() || c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_web_are_links() {
        assert!(
            link("https://example.org/?a=1&b=\"2\"", "page").contains("href=\"https://example.org/?a=1&amp;b=&quot;2")
        );
        for other in
            ["javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x", "//example.org", "java\nscript:x"]
        {
            assert!(!link(other, "page").contains("<a"), "{other}");
        }
    }
}
