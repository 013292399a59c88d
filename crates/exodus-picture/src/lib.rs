//! Pictures: a network of trust around somebody (N11), and the month of an appeal (N12).
//!
//! ```text
//! NetworkPicture ──network_svg──▶ SVG ──png──▶ PNG
//! MonthPicture   ──month_svg────▶
//! ```
//! What comes in is already what the reader may see, in the reader's language; nothing is looked up or decided here.
//! Everything is 1080 pixels wide, for a phone, and as high as it needs; the same picture is the same bytes everywhere.
//! A status is told by shape and mark besides colour. The PNG needs no font of the system: DejaVu is built in.
//!
//! ```
//! use exodus_picture::{Legend, NetworkPicture, Person, Status, Theme, Tie, network_svg, png};
//!
//! let picture = NetworkPicture {
//!     title: "My network".to_owned(),
//!     subtitle: String::new(),
//!     viewer: "Anna".to_owned(),
//!     status: Status::Green,
//!     people: vec![Person { name: Some("Boris".to_owned()), status: Status::Orange, ring: 1 }],
//!     ties: vec![Tie::Bond { one: Tie::VIEWER, other: 1 }],
//!     farther: vec![(2, 12)],
//!     legend: Legend::default(),
//!     theme: Theme::Light,
//! };
//! let svg = network_svg(&picture);
//! assert!(svg.contains("Boris"));
//! # Ok::<(), exodus_picture::Undrawable>(())
//! ```

mod layout;
mod legend;
mod marks;
mod model;
mod month;
mod network;
mod png;
mod svg;
mod text;
mod theme;

pub use model::{Day, Legend, MonthPicture, NetworkPicture, Person, Status, Theme, Tie, Tier};
pub use month::month_svg;
pub use network::network_svg;
pub use png::{Undrawable, png};
