//! Draws made-up networks and a month into a folder, as SVG and PNG: `cargo run -p exodus-picture --example pictures -- DIR`
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    missing_docs
)]

#[path = "../tests/samples/mod.rs"]
mod samples;

use std::{fs, path::PathBuf};

use exodus_picture::{Theme, month_svg, network_svg, png};

fn main() {
    let folder = PathBuf::from(std::env::args().nth(1).expect("a folder to draw into"));
    fs::create_dir_all(&folder).unwrap();
    let draw = |name: String, svg: String| {
        fs::write(folder.join(format!("{name}.png")), png(&svg).unwrap()).unwrap();
        fs::write(folder.join(format!("{name}.svg")), svg).unwrap();
        println!("{name}");
    };
    for (theme, name) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
        for (people, russian) in [
            (0, false),
            (1, true),
            (5, false),
            (14, true),
            (40, true),
            (150, false),
            (400, true),
        ] {
            draw(
                format!("network-{people}-{name}"),
                network_svg(&samples::network(people, russian, theme)),
            );
        }
        draw(
            format!("month-{name}"),
            month_svg(&samples::month(theme == Theme::Light, theme)),
        );
    }
}
