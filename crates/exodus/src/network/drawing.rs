//! A member's network of an edge list as a picture.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::Context as _;
use exodus_core::{
    Amount, MemberId,
    network::{Along, Scratch},
};
use exodus_picture::{Legend, NetworkPicture, Person, Status, Theme, Tie, Tier, network_svg, png};

use super::Listed;
use crate::failure::Failure;

/// Draws the two nearest rings around a member into a file, as its ending says.
pub(super) fn draw(listed: &Listed, middle: MemberId, dark: bool, file: &Path) -> Result<(), Failure> {
    let ending = file
        .extension()
        .map(|ending| ending.to_string_lossy().to_lowercase());
    let svg = network_svg(&picture(
        listed,
        middle,
        if dark { Theme::Dark } else { Theme::Light },
    ));
    let bytes = match ending.as_deref() {
        Some("svg") => svg.into_bytes(),
        Some("png") => png(&svg).context("the network can not be drawn")?,
        _ => {
            return Err(Failure::trouble(format!(
                "{}: a picture's name ends in .svg or .png",
                file.display()
            )));
        }
    };
    fs::write(file, bytes).with_context(|| format!("{} can not be written", file.display()))?;
    println!("drawn: {}", file.display());
    Ok(())
}

fn picture(listed: &Listed, middle: MemberId, theme: Theme) -> NetworkPicture {
    let mut scratch = Scratch::new();
    let ball = listed
        .network
        .ball(&mut scratch, middle, Along::Acquaintance, None);
    let near: Vec<(usize, MemberId)> = (1..=2)
        .flat_map(|ring| ball.at(ring).into_iter().map(move |member| (ring, member)))
        .collect();
    let beyond: usize = (3..=ball.radius()).map(|ring| ball.count_at(ring)).sum();
    let numbers: BTreeMap<MemberId, usize> = std::iter::once((middle, Tie::VIEWER))
        .chain(near.iter().map(|(_, member)| *member).zip(1..))
        .collect();
    let people = near.iter().map(|&(ring, member)| Person {
        name: Some(listed.name(member).to_owned()),
        status: Status::Green,
        ring,
    });
    NetworkPicture {
        title: listed.name(middle).to_owned(),
        subtitle: format!("{} members within two ties", near.len()),
        viewer: listed.name(middle).to_owned(),
        status: Status::Green,
        people: people.collect(),
        ties: ties(listed, middle, &numbers),
        farther: vec![(3, u64::try_from(beyond).unwrap_or(u64::MAX))],
        legend: Legend {
            green: "member".to_owned(),
            support: "supports".to_owned(),
            tiers: "less, more".to_owned(),
            bond: "bond".to_owned(),
            more: "more members, farther away".to_owned(),
            ..Legend::default()
        },
        theme,
    }
}

/// Ties between those who are drawn; bonds only of the one in the middle.
fn ties(listed: &Listed, middle: MemberId, numbers: &BTreeMap<MemberId, usize>) -> Vec<Tie> {
    let mut support: Vec<(usize, usize, Amount)> = Vec::new();
    let mut ties = Vec::new();
    for (&member, &from) in numbers {
        for (other, amount) in listed.network.supports(member) {
            if let Some(&to) = numbers.get(&other) {
                support.push((from, to, amount));
            }
        }
        if listed.network.bond(middle, member).is_some() {
            ties.push(Tie::Bond {
                one: Tie::VIEWER,
                other: from,
            });
        }
    }
    let mut amounts: Vec<Amount> = support.iter().map(|(_, _, amount)| *amount).collect();
    amounts.sort_unstable();
    let third = |part: usize| amounts.get(amounts.len() * part / 3).copied().unwrap_or_default();
    let (low, high) = (third(1), third(2));
    ties.extend(support.into_iter().map(|(from, to, amount)| {
        let tier = if amount < low {
            Tier::Small
        } else if amount < high {
            Tier::Medium
        } else {
            Tier::Large
        };
        Tie::Support {
            from,
            to,
            // Where all are the same, widths would say nothing.
            tier: (amounts.first() != amounts.last()).then_some(tier),
        }
    }));
    ties
}
