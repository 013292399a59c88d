//! PNG of SVG, with the embedded font only.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, LazyLock},
};

use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{Options, Tree, fontdb},
};

/// Why there is no PNG.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Undrawable {
    /// It is no SVG, or one without size.
    #[error("the picture can not be read: {0}")]
    Unreadable(String),
    /// The renderer gave up; some sequences of signs make it.
    #[error("the picture can not be drawn")]
    Failed,
}

/// Wider or higher pictures are not drawn: a PNG is held in memory whole.
const LARGEST: u32 = 8_192;

static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(dejavu::sans::regular().to_vec());
    fonts.load_font_data(dejavu::sans::bold().to_vec());
    fonts.set_sans_serif_family("DejaVu Sans");
    Arc::new(fonts)
});

/// An SVG as PNG, pixel for pixel. What goes wrong inside the renderer ends here.
///
/// # Errors
/// [`Undrawable`].
pub fn png(svg: &str) -> Result<Vec<u8>, Undrawable> {
    // Nothing of ours is left half done by a panic: the renderer gets text and gives bytes.
    catch_unwind(AssertUnwindSafe(|| drawn(svg))).unwrap_or(Err(Undrawable::Failed))
}

fn drawn(svg: &str) -> Result<Vec<u8>, Undrawable> {
    let options = Options {
        font_family: "DejaVu Sans".to_owned(),
        fontdb: Arc::clone(&FONTS),
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options).map_err(|error| Undrawable::Unreadable(error.to_string()))?;
    let size = tree.size().to_int_size();
    if size.width().max(size.height()) > LARGEST {
        return Err(Undrawable::Unreadable("it is too large".to_owned()));
    }
    let mut pixels = Pixmap::new(size.width(), size.height()).ok_or(Undrawable::Failed)?;
    resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
    pixels.encode_png().map_err(|_| Undrawable::Failed)
}
