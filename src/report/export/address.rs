//! Addresses as they may be written where a program follows them.

/// An address that begins with http or https, with every character that could end a field or start
/// markup written as a percent code; none for any other scheme.
pub fn web(url: &str) -> Option<String> {
    let url = url.trim();
    let scheme = url.split_once("://").map(|(scheme, rest)| (scheme.to_ascii_lowercase(), rest))?;
    if !matches!(scheme.0.as_str(), "http" | "https") || scheme.1.is_empty() {
        return None;
    }
    let mut address = format!("{}://", scheme.0);
    for c in scheme.1.chars() {
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' => address.push(c),
            '-' | '.' | '_' | '~' | ':' | '/' | '?' | '#' | '@' | '!' | '$' | '&' | '*' | '+' | ',' | ';' | '='
            | '%' => {
                address.push(c);
            }
            _ => {
                let mut bytes = [0; 4];
                for byte in c.encode_utf8(&mut bytes).bytes() {
                    address.push_str(&format!("%{byte:02X}"));
                }
            }
        }
    }
    Some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_are_addresses() {
        assert_eq!(web("javascript:alert(1)"), None);
        assert_eq!(web("data:text/html;base64,x"), None);
        assert_eq!(web("//example.org"), None);
        assert_eq!(web(" HTTPS://example.org/a?b=c&d#e "), Some("https://example.org/a?b=c&d#e".to_owned()));
    }

    #[test]
    fn nothing_in_an_address_ends_its_field() {
        let address = web("https://e.org/a b|c}}d]e>f\"g'h(i)\nj\u{202e}").unwrap();
        assert_eq!(address, "https://e.org/a%20b%7Cc%7D%7Dd%5De%3Ef%22g%27h%28i%29%0Aj%E2%80%AE");
    }
}
