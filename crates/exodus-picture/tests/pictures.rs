//! N11, N12: what stands in a picture, and that every picture can be drawn.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

mod samples;

use exodus_picture::{
    Legend, NetworkPicture, Person, Status, Theme, Tie, Undrawable, month_svg, network_svg, png,
};
use samples::{month, network};

fn drawn(svg: &str) -> image::RgbaImage {
    image::load_from_memory(&png(svg).unwrap()).unwrap().into_rgba8()
}

fn alone(person: Person) -> NetworkPicture {
    NetworkPicture {
        title: "T".to_owned(),
        subtitle: String::new(),
        viewer: "V".to_owned(),
        status: Status::Green,
        people: vec![person],
        ties: vec![Tie::Support {
            from: 1,
            to: Tie::VIEWER,
            tier: None,
        }],
        farther: Vec::new(),
        legend: Legend::default(),
        theme: Theme::Light,
    }
}

fn named(name: &str) -> NetworkPicture {
    alone(Person {
        name: Some(name.to_owned()),
        status: Status::Orange,
        ring: 1,
    })
}

#[test]
fn n11_every_size_is_drawn_for_a_phone_in_light_and_dark() {
    for theme in [Theme::Light, Theme::Dark] {
        for people in [0, 1, 2, 5, 17, 40, 150, 400] {
            let svg = network_svg(&network(people, people % 2 == 0, theme));
            let pixels = drawn(&svg);
            assert_eq!(pixels.width(), 1080);
            assert!(
                (600..3_200).contains(&pixels.height()),
                "{people}: {}",
                pixels.height()
            );
            let background = *pixels.get_pixel(0, 0);
            let inked = pixels.pixels().filter(|pixel| **pixel != background).count();
            assert!(inked > 40_000, "{people}: {inked}");
        }
    }
}

#[test]
fn n11_the_same_network_is_the_same_picture() {
    let of = || network_svg(&network(40, true, Theme::Dark));
    assert_eq!(of(), of());
    assert_eq!(png(&of()).unwrap(), png(&of()).unwrap());
}

/// The picture of five, as it was looked at. After a change of the drawing: EXODUS_BLESS=1, and look at it again.
#[test]
fn n11_a_picture_is_what_it_was() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/five.svg");
    let svg = network_svg(&network(5, true, Theme::Light));
    if std::env::var_os("EXODUS_BLESS").is_some() {
        std::fs::write(path, &svg).unwrap();
    }
    assert_eq!(svg, std::fs::read_to_string(path).unwrap());
}

#[test]
fn n11_beyond_150_the_farthest_are_a_count() {
    let svg = network_svg(&network(150, false, Theme::Light));
    assert!(!svg.contains(">+"), "nobody is only counted");
    let svg = network_svg(&network(400, false, Theme::Light));
    assert!(svg.contains(">+250<"), "the 250 farthest are");
    let mut picture = named("Anna");
    picture.farther = vec![(2, 31), (3, 1_204)];
    let svg = network_svg(&picture);
    assert!(svg.contains(">+31<") && svg.contains(">+1204<"));
}

#[test]
fn n11_names_are_escaped_and_no_name_breaks_a_picture() {
    let svg = network_svg(&named("<a&\"b'>"));
    assert!(svg.contains("&lt;a&amp;&quot;b&#39;&gt;") && !svg.contains("<a&"));
    let family = "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}\u{200d}\u{1f466}";
    for name in [
        "",
        " ",
        "\u{0}\u{7}\u{1b}[31m",
        family,
        &format!("a{family}b\u{fe0f}"),
        "\u{202e}\u{2066}abc",
        "\u{4e2d}\u{6587}\u{540d}",
        "\u{5d0}\u{5d1}\u{5d2}",
        "\u{645}\u{62d}\u{645}\u{62f}",
        "e\u{301}\u{302}\u{303}\u{304}\u{305}",
        &"W".repeat(10_000),
        "]]><script>",
    ] {
        let mut picture = named(name);
        picture.title = name.to_owned();
        picture.viewer = name.to_owned();
        picture.legend.orange = name.to_owned();
        assert_eq!(drawn(&network_svg(&picture)).width(), 1080, "{name:?}");
    }
}

/// Without its colours a picture of one status still differs from those of the others.
#[test]
fn n11_a_status_is_told_by_shape_and_mark() {
    let colourless = |status| {
        let svg = network_svg(&alone(Person {
            name: Some("Anna".to_owned()),
            status,
            ring: 1,
        }));
        let mut out = String::new();
        let mut rest = svg.as_str();
        while let Some((before, after)) = rest.split_once('#') {
            out.push_str(before);
            rest = after.trim_start_matches(|sign: char| sign.is_ascii_hexdigit());
        }
        out + rest
    };
    let [green, orange, red] = [Status::Green, Status::Orange, Status::Red].map(colourless);
    assert!(green != orange && orange != red && green != red);
}

#[test]
fn n11_who_may_not_be_seen_has_no_name_and_no_text_of_their_own() {
    let svg = network_svg(&alone(Person {
        name: None,
        status: Status::Red,
        ring: 1,
    }));
    let texts: Vec<&str> = svg
        .split("</text>")
        .filter_map(|before| before.rsplit('>').next())
        .collect();
    assert_eq!(texts, ["T", "V", "\n"]);
}

#[test]
fn n12_a_month_is_drawn_with_each_part_in_its_own_pattern() {
    for theme in [Theme::Light, Theme::Dark] {
        let svg = month_svg(&month(true, theme));
        assert!(svg.contains("url(#bound)") && svg.contains("url(#free)"));
        assert!(svg.contains("запрошено: 600 €"));
        assert_eq!(drawn(&svg).width(), 1080);
    }
    let mut empty = month(false, Theme::Light);
    (empty.days, empty.target, empty.labels) = (Vec::new(), 0, Vec::new());
    drawn(&month_svg(&empty));
    let mut huge = month(false, Theme::Light);
    huge.days[3].fulfilled = u64::MAX;
    drawn(&month_svg(&huge));
}

#[test]
fn what_is_no_picture_is_an_error() {
    assert!(matches!(png("no"), Err(Undrawable::Unreadable(_))));
    let huge = r#"<svg xmlns="http://www.w3.org/2000/svg" width="99999" height="9"/>"#;
    assert!(matches!(png(huge), Err(Undrawable::Unreadable(_))));
}
