//! `/give AMOUNT`: how a sum could be spread over those in need (L20). Nothing is recorded without the reader's word.

use exodus_core::{
    Amount, Command, Form, MemberId,
    view::{self, Part},
};
use exodus_i18n::Text;
use exodus_ui::{Act, Block, Deed, Draft, Route, Screen, Tone, draft::Help};

use super::{
    give::{cannot_promise, without_harm},
    people::{many, page_of, turn, ways},
};
use crate::scene::Scene;

/// The proposal: what is monthly can be recorded in one, emergencies one by one, since that binds.
pub(crate) fn spread(scene: &Scene, amount: u64, page: u32) -> Option<Screen> {
    let amount = Amount::from_minor(amount);
    let parts = view::spread(&scene.ledger, scene.viewer, amount);
    Some(draw(scene, amount, &parts, page))
}

fn draw(scene: &Scene, amount: Amount, parts: &[Part], page: u32) -> Screen {
    let shared: Amount = parts.iter().map(|part| part.amount).sum();
    let route = |page| Route::Spread {
        amount: amount.minor(),
        page,
    };
    let title = Text::new("spread-title").amount("amount", amount.minor());
    let mut screen = Screen::new(route(page), title);
    if parts.is_empty() {
        screen = screen.line(cannot_promise(scene).unwrap_or_else(|| Text::new("spread-nobody")));
    } else {
        let shown = page_of(parts, page).iter().map(|part| row(scene, part));
        screen.blocks.extend(shown);
        screen = turn(screen, parts.len(), page, route);
        let rest = amount.less(shared);
        if !rest.is_zero() {
            screen = screen.line(Text::new("spread-rest").amount("rest", rest.minor()));
        }
        screen.blocks.extend(without_harm(scene, shared).map(Block::Line));
        screen = screen.line(Text::new("spread-free"));
    }
    let monthly: Vec<(MemberId, Amount)> = parts
        .iter()
        .filter(|part| !part.emergency)
        .map(|part| (part.member, part.amount))
        .collect();
    if !monthly.is_empty() {
        let label = Text::new("spread-choice-all").count("n", many(monthly.len()));
        screen = screen.choice(label, Act::Do(Deed::SpreadAll(monthly)), Tone::Main);
    }
    ways(screen.offer("choice-give", Act::Go(Route::Give { page: 0 })))
}

/// A part: picked, a monthly one is recorded, an emergency's asks first whether to be bound by it (U3).
fn row(scene: &Scene, part: &Part) -> Block {
    let (amount, form, note) = (part.amount, Form::Money, None);
    let (id, act) = if part.emergency {
        let (to, appeal) = (Some(part.member), Some((part.appeal, true)));
        let draft = Draft::Help {
            help: Help::Promise,
            to,
            appeal,
            amount: Some(amount),
            form: Some(form),
            note: None,
            sure: None,
        };
        ("spread-emergency", Act::Ask(draft))
    } else {
        let intend = Command::Intend {
            appeal: part.appeal,
            amount,
            form,
            note,
        };
        ("spread-monthly", Act::Do(Deed::plain(intend)))
    };
    Block::Person {
        status: Some(scene.ledger.status(part.member)),
        name: scene.name_text(part.member),
        details: vec![Text::new(id).amount("amount", amount.minor())],
        act: Some(act),
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::tests::stage::{Stage, both, english, euro},
        *,
    };

    #[test]
    fn monthly_ones_together_and_emergencies_one_by_one() {
        let mut stage = Stage::new();
        let bo = stage.person("Bo");
        let (anna, cleo) = (stage.friend("Anna", bo), stage.friend("Cleo", bo));
        stage.asks(anna, 300, "Rent");
        stage.alarm(cleo, 500, "Fire");
        let scene = stage.scene(bo);
        let screen = spread(&scene, euro(900).minor(), 0).expect("a screen");
        assert!(
            screen
                .choices
                .iter()
                .any(|choice| choice.act == Act::Do(Deed::SpreadAll(vec![(anna, euro(300))])))
        );
        let [english, russian] = both(&scene, Some(screen));
        assert_eq!(
            english,
            "# How €900 could be shared out
• Cleo | 🆘 emergency | 🤝 €500 as an obligation: it binds, so it is promised one by one
• Anna | 🔆 needs monthly support | ❤️ €300 as an intention: you can change it or take it back
€100 is left over: nobody in sight lacks more.
This is only a proposal. Nothing is recorded without your word.
[❤️ Record the intention]
[🤲 Who needs help]
[← Back]
[Home]"
        );
        assert!(
            russian.contains("Остаётся 100 €:") && russian.contains("[❤️ Записать 1 намерение]"),
            "{russian}"
        );
    }

    #[test]
    fn nobody_to_share_with() {
        let mut stage = Stage::new();
        let bo = stage.person("Bo");
        let scene = stage.scene(bo);
        assert!(
            english(&scene, spread(&scene, euro(10).minor(), 0)).contains("Nobody in sight lacks anything")
        );
        stage.alarm(bo, 100, "Fire");
        let scene = stage.scene(bo);
        assert!(
            english(&scene, spread(&scene, euro(10).minor(), 0)).contains("While your own emergency runs")
        );
    }
}
