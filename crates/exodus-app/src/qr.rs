//! An invitation as a QR code: a PNG picture, and text for a terminal (N5).

use exodus_ui::Attachment;
use image::{ImageFormat, Luma};
use qrcode::{QrCode, render::unicode};

/// The picture and the text of a code. `None` for a text too long for a QR code.
pub(crate) fn of(text: &str, name: &str) -> Option<Attachment> {
    let code = QrCode::new(text).ok()?;
    let picture = code.render::<Luma<u8>>().min_dimensions(400, 400).build();
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Png).ok()?;
    let drawn = code.render::<unicode::Dense1x2>().build();
    Some(Attachment {
        name: format!("{name}.png"),
        media_type: "image/png",
        bytes: bytes.into_inner(),
        text: Some(drawn),
    })
}
