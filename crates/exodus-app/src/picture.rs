//! Pictures asked for in a chat: one's network (N11), and an appeal's month (N12).
//!
//! The network names who stands around; the views say what of them may be seen; `exodus-picture` draws.

mod month;
mod network;
#[cfg(test)]
mod tests;

use exodus_picture::{Theme, png};
use exodus_store::Trouble;
use exodus_ui::{Attachment, Finish, Subject};

use crate::{App, show::Reader};

impl App {
    /// A picture as a file; `None` of what the reader may not see.
    pub(crate) async fn draw(
        &self,
        reader: &Reader,
        subject: Subject,
        finish: Finish,
    ) -> Result<Option<Attachment>, Trouble> {
        let (name, svg) = match subject {
            Subject::Network(whom) => (
                "network",
                Some(self.network_svg(reader, whom, theme(finish)).await?),
            ),
            Subject::Month(appeal) => ("month", self.month_svg(reader, appeal, theme(finish)).await?),
        };
        let Some(svg) = svg else { return Ok(None) };
        if finish == Finish::Svg {
            return Ok(Some(Attachment {
                name: format!("{name}.svg"),
                media_type: "image/svg+xml",
                bytes: svg.into_bytes(),
                text: None,
            }));
        }
        let drawn = tokio::task::spawn_blocking(move || png(&svg)).await;
        let drawn = drawn.map_err(|error| Trouble::Fault(error.to_string()))?;
        Ok(Some(Attachment {
            name: format!("{name}.png"),
            media_type: "image/png",
            bytes: drawn.map_err(|error| Trouble::Fault(error.to_string()))?,
            text: None,
        }))
    }
}

const fn theme(finish: Finish) -> Theme {
    match finish {
        Finish::Light | Finish::Svg => Theme::Light,
        Finish::Dark => Theme::Dark,
    }
}
