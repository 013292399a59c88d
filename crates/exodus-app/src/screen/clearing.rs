//! `/clearing`: my choice, what of mine can be set off, what is proposed, and the statements of runs (K2, K6, K7).

use exodus_core::{Amount, Command, ObligationId, RunId, view};
use exodus_i18n::{Arg, Text};
use exodus_ui::{Act, Block, Deed, Route, Screen};

use super::{
    people::{many, some_of, ways},
    proposal::proposal_item,
    record::side,
};
use crate::scene::{Forecast, Scene};

/// The screen; `None` for who is no member.
pub(crate) fn clearing(scene: &Scene) -> Option<Screen> {
    let view = view::clearing(&scene.ledger, scene.viewer, scene.at)?;
    let mut screen = Screen::new(Route::Clearing, Text::new("clearing-title"))
        .line(Text::new("clearing-what"))
        .block(Block::Strong(
            Text::new("clearing-choice").keyword("consents", yes_word(view.consents)),
        ));
    if let Some(next) = view.next {
        let id = if view.announced {
            "clearing-announced"
        } else {
            "clearing-next"
        };
        screen = screen.line(Text::new(id).date("on", next.on));
    }
    screen = match (&scene.forecast, view.rows.is_empty()) {
        (_, true) => screen.line(Text::new("clearing-nothing")),
        (Forecast::Known(sum), false) => screen.line(could(*sum)),
        (Forecast::Unknown, false) => screen.line(Text::new("clearing-worked-out")),
    };
    let proposals = view.proposals.iter().filter_map(|id| proposal_item(scene, *id));
    screen = under(screen, "clearing-proposals", proposals.collect());
    let rows = view.rows.iter().map(|row| Block::Item {
        text: row_text(scene, row),
        act: Some(Act::Go(Route::Clearable {
            obligation: row.obligation,
        })),
    });
    screen = under(screen, "clearing-rows", some_of(rows.collect()));
    let statements = scene.runs.iter().map(|&(run, period)| Block::Item {
        text: Text::new("clearing-statement-of").month("month", period.year(), period.month()),
        act: Some(Act::Go(Route::Statement { run })),
    });
    screen = under(screen, "clearing-statements", some_of(statements.collect()));
    let id = if view.consents {
        "clearing-do-stop"
    } else {
        "clearing-do-agree"
    };
    let consents = !view.consents;
    let act = Act::Do(Deed::plain(Command::ConsentToClearing { consents }));
    let screen = if consents {
        screen.main(id, act)
    } else {
        screen.offer(id, act)
    };
    Some(ways(screen))
}

/// One obligation that could be cleared, and the reader's word about it; `None` when it could not.
pub(crate) fn clearable(scene: &Scene, id: ObligationId) -> Option<Screen> {
    let view = view::clearing(&scene.ledger, scene.viewer, scene.at)?;
    let row = view.rows.iter().find(|row| row.obligation == id)?;
    let (label, consents) = if row.agrees {
        ("rec-do-not-clear", false)
    } else {
        ("rec-do-clear", true)
    };
    let (obligation, route) = (id, Route::Clearable { obligation: id });
    let word = Act::Do(Deed::plain(Command::ConsentToClear { obligation, consents }));
    let screen = Screen::new(route, Text::new("clearing-title"))
        .line(row_text(scene, row))
        .line(Text::new("clearing-single"))
        .offer(label, word)
        .offer("proposal-do-record", Act::Go(Route::Obligation { obligation }))
        .offer("clearing-do-clearing", Act::Go(Route::Clearing));
    Some(ways(screen))
}

fn row_text(scene: &Scene, row: &view::ClearingRow) -> Text {
    Text::new("clearing-row")
        .keyword("side", side(row.mine))
        .with("name", scene.who(row.other))
        .amount("amount", row.amount.minor())
        .keyword("state", row_word(row))
}

fn could(sum: Amount) -> Text {
    if sum.is_zero() {
        Text::new("clearing-could-nothing")
    } else {
        Text::new("clearing-could").amount("amount", sum.minor())
    }
}

fn under(screen: Screen, heading: &'static str, blocks: Vec<Block>) -> Screen {
    if blocks.is_empty() {
        return screen;
    }
    blocks
        .into_iter()
        .fold(screen.block(Block::Heading(Text::new(heading))), Screen::block)
}

const fn row_word(row: &view::ClearingRow) -> &'static str {
    match (row.takes_part, row.agrees) {
        (true, _) => "in",
        (false, true) => "waits",
        (false, false) => "out",
    }
}

const fn yes_word(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}

/// The statement of a run; `None` where it did nothing for the reader.
pub(crate) fn statement(scene: &Scene, run: RunId) -> Option<Screen> {
    let statement = statement_of(scene, run)?;
    let period = statement.period;
    let title = Text::new("clearing-statement-title").month("month", period.year(), period.month());
    let mut screen = Screen::new(Route::Statement { run }, title);
    for mine in [true, false] {
        let [before, cleared, left] = statement.sums(mine).map(Amount::minor);
        if before > 0 {
            let text = Text::new("clearing-sums").keyword("side", side(mine));
            screen = screen.line(
                text.amount("before", before)
                    .amount("cleared", cleared)
                    .amount("left", left),
            );
        }
    }
    let rows = statement.rows.iter().map(|row| Block::Item {
        text: Text::new("clearing-statement-row")
            .keyword("side", side(row.mine))
            .with("name", scene.who(row.other))
            .amount("before", row.before.minor())
            .amount("cleared", row.cleared.minor())
            .amount("left", row.left.minor()),
        act: Some(Act::Go(Route::Obligation {
            obligation: row.obligation,
        })),
    });
    screen = under(screen, "clearing-with-whom", some_of(rows.collect()));
    let chains = statement
        .chains
        .iter()
        .map(|(people, amount)| Block::Line(chain(scene, people, *amount)));
    screen = under(screen, "clearing-chains", some_of(chains.collect()));
    Some(ways(
        screen.offer("clearing-do-clearing", Act::Go(Route::Clearing)),
    ))
}

/// What a run did for the reader, from what was loaded for it.
pub(super) fn statement_of(scene: &Scene, run: RunId) -> Option<view::Statement> {
    let plan = scene.plan.as_ref().filter(|plan| plan.run == run)?;
    view::statement(&scene.ledger, scene.viewer, run, &scene.cleared, plan.chains())
}

/// In one line, what a run set off for the reader: of what they owed, and of what they are owed, it is the same.
pub(super) fn in_a_line(scene: &Scene, run: RunId) -> Option<Text> {
    let [_, cleared, left] = statement_of(scene, run)?.sums(true).map(Amount::minor);
    Some(
        Text::new("clearing-did")
            .amount("cleared", cleared)
            .amount("left", left),
    )
}

/// Links of a chain that are shown; what lies between is counted.
const LINKS: usize = 6;

/// You → Anna → Boris → you: 30 €.
fn chain(scene: &Scene, people: &[view::Who], amount: Amount) -> Text {
    let you = || Text::new("clearing-you");
    let name = |who: &view::Who| match *who {
        view::Who::Member(member) if member == scene.viewer => you(),
        who @ (view::Who::Member(_) | view::Who::Someone) => Text::new("just").with("it", scene.who(who)),
    };
    let mut texts: Vec<Text> = people.iter().take(LINKS).map(name).collect();
    let hidden = people.len().saturating_sub(LINKS);
    if hidden > 0 {
        texts.push(Text::new("clearing-links").count("n", many(hidden)));
    }
    texts.push(you());
    let joined = texts.into_iter().reduce(|first, next| {
        Text::new("clearing-arrow")
            .words("first", first)
            .words("next", next)
    });
    let joined = joined.unwrap_or_else(you);
    Text::new("clearing-chain")
        .with("chain", Arg::Words(Box::new(joined)))
        .amount("amount", amount.minor())
}
