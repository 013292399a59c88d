//! Pictures to look at and to test: networks of any size with made-up people, and a month.

use exodus_picture::{Day, Legend, MonthPicture, NetworkPicture, Person, Status, Theme, Tie, Tier};

const ENGLISH: [&str; 24] = [
    "Anna",
    "Boris",
    "Clara",
    "David",
    "Elena",
    "Felix",
    "Greta",
    "Hugo",
    "Ivan",
    "Julia",
    "Konrad",
    "Lena",
    "Maximilian",
    "Nora",
    "Oskar",
    "Paula",
    "Quentin",
    "Rosa",
    "Stefan",
    "Tanja",
    "Ulrich",
    "Vera Lindqvist",
    "Wilma",
    "Yusuf",
];
const RUSSIAN: [&str; 24] = [
    "Анна",
    "Борис",
    "Вера",
    "Галина",
    "Дмитрий",
    "Елена Сергеевна",
    "Жанна",
    "Зоя",
    "Иван",
    "Ксения",
    "Лев",
    "Мария",
    "Надежда",
    "Олег",
    "Павел",
    "Роман",
    "Светлана",
    "Тимур",
    "Ульяна",
    "Фёдор",
    "Христина",
    "Юлия",
    "Ярослав",
    "Александра",
];

/// A small generator of its own (SplitMix64).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % u64::try_from(end).unwrap()).unwrap()
    }
}

pub(crate) fn legend(russian: bool) -> Legend {
    let words = |english: &str, of_russian: &str| if russian { of_russian } else { english }.to_owned();
    Legend {
        green: words("ready to help", "готовы помочь"),
        orange: words("needs support every month", "нужна помощь каждый месяц"),
        red: words("emergency", "экстренная ситуация"),
        support: words("helps", "помогает"),
        tiers: words("less, more", "меньше, больше"),
        bond: words("we stand by each other", "взаимная порука"),
        unnamed: words(
            "a member you do not know by name",
            "участник, имени которого вам не видно",
        ),
        more: words("more people, farther away", "ещё люди, дальше от вас"),
    }
}

/// A network of so many people around somebody.
pub(crate) fn network(people: usize, russian: bool, theme: Theme) -> NetworkPicture {
    let mut random = Random(people as u64);
    let near = if people <= 6 { people } else { people.isqrt() * 2 };
    let statuses = [
        Status::Green,
        Status::Green,
        Status::Green,
        Status::Green,
        Status::Orange,
        Status::Orange,
        Status::Red,
    ];
    let names = if russian { RUSSIAN } else { ENGLISH };
    let all = (1..=people).map(|number| Person {
        name: (number <= near || random.below(6) > 0)
            .then(|| names[(number * 5 + number / 24) % names.len()].to_owned()),
        status: statuses[random.below(statuses.len())],
        ring: if number <= near { 1 } else { 2 },
    });
    let all: Vec<Person> = all.collect();
    let mut ties = Vec::new();
    let tiers = [None, Some(Tier::Small), Some(Tier::Medium), Some(Tier::Large)];
    for number in 1..=near {
        let tier = tiers[random.below(4)];
        match random.below(4) {
            0 => ties.push(Tie::Bond {
                one: Tie::VIEWER,
                other: number,
            }),
            1 => ties.push(Tie::Support {
                from: Tie::VIEWER,
                to: number,
                tier,
            }),
            2 => ties.push(Tie::Support {
                from: number,
                to: Tie::VIEWER,
                tier,
            }),
            _ => {
                ties.push(Tie::Bond {
                    one: Tie::VIEWER,
                    other: number,
                });
                ties.push(Tie::Support {
                    from: number,
                    to: Tie::VIEWER,
                    tier,
                });
            }
        }
    }
    for number in near + 1..=people {
        let between = random.below(near) + 1;
        ties.push(if random.below(2) == 0 {
            Tie::Support {
                from: number,
                to: between,
                tier: None,
            }
        } else {
            Tie::Support {
                from: between,
                to: number,
                tier: None,
            }
        });
    }
    NetworkPicture {
        title: if russian { "Моя сеть" } else { "My network" }.to_owned(),
        subtitle: if russian {
            "12 человек поддерживают вас · ноябрь 2026"
        } else {
            "12 people stand with you · November 2026"
        }
        .to_owned(),
        viewer: if russian { "Ольга" } else { "Olga" }.to_owned(),
        status: Status::Green,
        people: all,
        ties,
        farther: if people > 6 && people < 100 {
            vec![(3, 214)]
        } else {
            Vec::new()
        },
        legend: legend(russian),
        theme,
    }
}

pub(crate) fn month(russian: bool, theme: Theme) -> MonthPicture {
    let days = (0..21_u64).map(|day| Day {
        fulfilled: day.saturating_sub(6) * 1_700,
        obligations: (day.min(12) * 1_900).saturating_sub(day.saturating_sub(8) * 600),
        intentions: 24_000_u64.saturating_sub(day * 700).min((day + 1) * 5_000),
    });
    let words = |english: &str, of_russian: &str| if russian { of_russian } else { english }.to_owned();
    MonthPicture {
        title: words("November", "Ноябрь"),
        subtitle: words("Elena's appeal, as of 21 November", "Сбор Елены на 21 ноября"),
        target: 60_000,
        target_label: words("asked for: 600 €", "запрошено: 600 €"),
        days: days.collect(),
        labels: (1..=30).map(|day| day.to_string()).collect(),
        fulfilled: words("fulfilled, 238 €", "исполнено, 238 €"),
        obligations: words("promised bindingly, 156 €", "обязательства, 156 €"),
        intentions: words("intentions, 100 €", "намерения, 100 €"),
        theme,
    }
}
