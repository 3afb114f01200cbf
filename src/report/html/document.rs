//! The frame of a page: its policy, its rules, its script.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::report::picture::{COLOURS, HATCH, STYLE, escaped};

const RULES: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// How every page begins: nothing else begins so.
pub const BEGINNING: &str = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
    <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-";

/// A whole page around its main part. `constants` says which constants of the method are in force, and `up` is the
/// address of the index, where there is one.
pub fn document(title: &str, main: &str, constants: &str, up: Option<&str>) -> String {
    let style = style();
    // Nothing is loaded, sent or framed; only the rules and the script of this very file take effect.
    let policy =
        format!("{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'", hash(&style), hash(SCRIPT));
    let (title, constants) = (escaped(title), escaped(constants));
    let up = up.map_or(String::new(), |up| format!("<p class=\"up\"><a href=\"{up}\">All questions</a></p>"));
    let version = env!("CARGO_PKG_VERSION");
    format!(
        "{BEGINNING}{policy}\">\n\
        <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
        <meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
        <title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n\
        <svg class=\"patterns picture\" width=\"0\" height=\"0\" aria-hidden=\"true\">{HATCH}</svg>\n\
        <a class=\"skip\" href=\"#main\">To the content</a>\n\
        <header>{up}<h1>{title}</h1></header>\n<main id=\"main\">\n{main}</main>\n\
        <footer><p>Made by sayso {version}. Ranges say how far the figures of the case bear them; they are no verdict on \
        a source. Constants of the method: {constants}. Everything on this page is in the tables beside it, and <code>run.json</code> says what it was made \
        from.</p></footer>\n<script>{SCRIPT}</script>\n</body>\n</html>\n"
    )
}

/// The rules with the colours for light and dark. Paper is light.
fn style() -> String {
    let light: String = COLOURS.iter().map(|(name, light, _)| format!("{name}:{light};")).collect();
    let dark: String = COLOURS.iter().map(|(name, _, dark)| format!("{name}:{dark};")).collect();
    format!(":root{{{light}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n{STYLE}{RULES}")
}

fn hash(text: &str) -> String {
    STANDARD.encode(Sha256::digest(text.as_bytes()))
}
