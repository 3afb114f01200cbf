//! Pictures as pixels, drawn by resvg with the fonts of the system.

use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

/// Pixels for each of the picture's, so that it is sharp in print.
const SHARPNESS: f32 = 2.0;

/// The PNG of an SVG.
///
/// # Errors
/// Where the system has no font, or the picture is too large.
pub fn png(svg: &str) -> Result<Vec<u8>, String> {
    let mut fonts = fontdb::Database::new();
    fonts.load_system_fonts();
    // The generic family of the pictures is whatever is there.
    let known = ["DejaVu Sans", "Liberation Sans", "Noto Sans", "Arial", "Helvetica Neue", "Segoe UI"];
    let has = |name: &str| fonts.faces().any(|face| face.families.iter().any(|(family, _)| family == name));
    let family = known.into_iter().find(|name| has(name)).map(str::to_owned);
    let family = family.or_else(|| Some(fonts.faces().next()?.families.first()?.0.clone()));
    let family = family.ok_or("the system has no font; install one, such as DejaVu Sans")?;
    fonts.set_sans_serif_family(family.clone());
    let options = Options { fontdb: Arc::new(fonts), font_family: family, ..Options::default() };
    let tree = Tree::from_str(svg, &options).map_err(|error| error.to_string())?;
    let (width, height) = ((tree.size().width() * SHARPNESS) as u32, (tree.size().height() * SHARPNESS) as u32);
    let mut pixels = Pixmap::new(width, height).ok_or("the picture is too large for PNG")?;
    resvg::render(&tree, Transform::from_scale(SHARPNESS, SHARPNESS), &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| error.to_string())
}
