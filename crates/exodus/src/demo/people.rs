//! The people of the made-up network. Anybody real is met by chance only.

/// How somebody keeps what they promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Habit {
    /// As most people do: nearly always, sometimes a little late in the month, now and then not this month.
    Steady,
    /// Makes promises binding and forgets them until it is late.
    Late,
    /// Makes promises binding and then does not keep them, month after month.
    Forgetful,
}

/// Somebody.
#[derive(Clone, Copy, Debug)]
pub(super) struct Somebody {
    pub(super) name: &'static str,
    /// The tag of their language.
    pub(super) speaks: &'static str,
    pub(super) about: &'static str,
    /// Something they can offer.
    pub(super) offers: Option<&'static str>,
    /// How help reaches them.
    pub(super) pay: Option<(&'static str, &'static str)>,
    /// What they ask for every month, in whole units, and what for.
    pub(super) asks: Option<(u64, &'static str)>,
    pub(super) habit: Habit,
}

const fn en(name: &'static str, about: &'static str) -> Somebody {
    Somebody {
        name,
        speaks: "en",
        about,
        offers: None,
        pay: None,
        asks: None,
        habit: Habit::Steady,
    }
}

const fn ru(name: &'static str, about: &'static str) -> Somebody {
    Somebody {
        speaks: "ru",
        ..en(name, about)
    }
}

impl Somebody {
    const fn offering(self, line: &'static str) -> Self {
        Self {
            offers: Some(line),
            ..self
        }
    }

    const fn asking(self, amount: u64, purpose: &'static str, pay: (&'static str, &'static str)) -> Self {
        Self {
            asks: Some((amount, purpose)),
            pay: Some(pay),
            ..self
        }
    }

    const fn paid_by(self, label: &'static str, text: &'static str) -> Self {
        Self {
            pay: Some((label, text)),
            ..self
        }
    }

    const fn who_is(self, habit: Habit) -> Self {
        Self { habit, ..self }
    }
}

/// As whom the console is opened in English, and in a language that nobody here speaks.
pub(super) const TEACHER: &str = "Anna Lindqvist";
/// Whose emergency succeeds.
pub(super) const CARPENTER: &str = "Tom Becker";
/// Whose emergency runs.
pub(super) const NURSE: &str = "Grace Okafor";
/// Whose emergency falls short.
pub(super) const PENSIONER: &str = "Надежда Орлова";
/// Who is suspended.
pub(super) const COURIER: &str = "Victor Silva";
/// Who leaves.
pub(super) const LEAVER: &str = "Павел Тарасов";

/// All forty.
pub(super) const PEOPLE: [Somebody; 40] = [
    en(TEACHER, "I teach the second form. Two cats, one piano.")
        .offering("Homework help for children up to twelve"),
    en(
        "Maria Lopez",
        "Mother of two, alone since spring. Night shifts at a bakery.",
    )
    .asking(
        450,
        "Rent and after-school care for the two children until the day shift is mine",
        ("Bank", "ES00 0000 0000 0000 0001"),
    ),
    en(CARPENTER, "Carpenter. Windows, stairs, whatever creaks.")
        .offering("Small repairs in the house, on Saturdays")
        .paid_by("Bank", "DE00 0000 0000 0000 0003"),
    en(NURSE, "Nurse on a children's ward.")
        .offering("Measuring blood pressure, explaining doctors' letters"),
    en("Jonas Weber", "Bus driver, line 14."),
    en(
        "Helen Murphy",
        "Retired librarian. I still know where everything stands.",
    )
    .offering("A room for a week, with books")
    .asking(
        180,
        "Heating and the new reading glasses",
        ("In person", "Most afternoons, bring cake"),
    ),
    en("Daniel Costa", "Cook, canteen of the technical school.")
        .offering("Cooking for a feast of up to thirty"),
    en("Sofia Rossi", "Violin, third year at the academy.")
        .offering("Violin lessons for beginners")
        .asking(
            250,
            "Strings, rent of the instrument and the last two terms",
            ("Bank", "IT00 0000 0000 0000 0008"),
        ),
    en("Peter Novak", "Electrician.").offering("Checking old wiring"),
    en("Emma Fischer", "Physiotherapist, mostly backs."),
    en(
        "Ali Demir",
        "Greengrocer at the corner. Boxes left over on Saturdays.",
    )
    .offering("A box of vegetables every Saturday"),
    en("Ruth Adler", "Pharmacist."),
    en("Lucas Martin", "Web designer, works from kitchens.").offering("A simple page for a good cause"),
    en("Nina Kowalska", "Accountant. I like columns that add up.").offering("Tax forms, in March"),
    en("Samuel Mensah", "Care worker, looks after his father at home.").asking(
        220,
        "A second carer for my father on my shift days",
        ("Bank", "GB00 0000 0000 0000 0015"),
    ),
    en("Clara Jensen", "Gardener of the town park.").offering("Seedlings in April"),
    en(COURIER, "Courier by bicycle, and a bad calendar.").who_is(Habit::Forgetful),
    en("Ines Duarte", "Translator, four languages.")
        .offering("Letters to offices, in four languages")
        .who_is(Habit::Late),
    en("Hugo Laurent", "Potter. The kiln is older than I am.")
        .offering("A place at the wheel on Thursdays")
        .asking(
            200,
            "Gas for the kiln until the winter market",
            ("Bank", "FR00 0000 0000 0000 0019"),
        ),
    en("Mia Schneider", "Midwife. Asleep when I can be."),
    ru("Ольга Смирнова", "Учу детей музыке, пою в хоре.").offering("Уроки сольфеджио"),
    ru("Игорь Петров", "Автомеханик.").offering("Посмотреть машину перед зимой"),
    ru("Наталья Кузнецова", "Швея, одна ращу троих.")
        .offering("Подшить, укоротить, починить")
        .asking(
            400,
            "Аренда и продлёнка для младших",
            ("Карта", "0000 0000 0000 0023"),
        ),
    ru("Сергей Волков", "Вожу грузовик по области.").offering("Перевезти мебель по пути"),
    ru("Елена Морозова", "Врач в районной поликлинике."),
    ru("Дмитрий Соколов", "Программист, играю в шахматы.").offering("Настроить компьютер"),
    ru("Татьяна Лебедева", "Библиотекарь, веду кружок чтения."),
    ru("Андрей Козлов", "Электрик на заводе.").offering("Повесить люстру"),
    ru(PENSIONER, "На пенсии, дом в деревне, сад и пасека у соседа.")
        .offering("Яблоки осенью, сколько унесёте")
        .asking(
            200,
            "Лекарства и дрова",
            ("Лично", "Дом у колодца, зелёная калитка"),
        ),
    ru("Михаил Зайцев", "Пекарь, встаю в три.").offering("Хлеб к празднику"),
    ru("Светлана Павлова", "Бухгалтер."),
    ru("Алексей Голубев", "Студент-геолог, из маленького города.").asking(
        250,
        "Общежитие и полевая практика",
        ("Карта", "0000 0000 0000 0032"),
    ),
    ru("Марина Виноградова", "Парикмахер.").offering("Стрижка на дому для тех, кому трудно выйти"),
    ru("Юрий Богданов", "Сантехник.")
        .offering("Починить кран")
        .who_is(Habit::Late),
    ru("Вера Комарова", "Няня, вырастила чужих больше, чем своих.").offering("Посидеть с ребёнком вечером"),
    ru("Николай Фёдоров", "Пчеловод.").offering("Мёд"),
    ru("Людмила Беляева", "Медсестра.").offering("Уколы на дому"),
    ru(LEAVER, "Фотограф, собираюсь за океан."),
    ru("Ирина Жукова", "Переводчица с китайского."),
    ru("Константин Белов", "Сторож, без ноги, с собакой.").asking(
        240,
        "Протез: выплата каждый месяц до весны",
        ("Карта", "0000 0000 0000 0040"),
    ),
];

/// As whom the console is opened: the first of those who speak the language with this tag.
pub(super) fn who_speaks(tag: &str) -> &'static str {
    let speaker = PEOPLE.iter().find(|somebody| somebody.speaks == tag);
    speaker.map_or(TEACHER, |somebody| somebody.name)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn forty_people_whom_nobody_mixes_up() {
        let names: BTreeSet<&str> = PEOPLE.iter().map(|person| person.name).collect();
        assert_eq!(names.len(), 40);
        for name in [TEACHER, CARPENTER, NURSE, PENSIONER, COURIER, LEAVER] {
            assert!(names.contains(name), "{name}");
        }
        assert!(PEOPLE.iter().filter(|person| person.asks.is_some()).count() >= 8);
        assert!(PEOPLE.iter().filter(|person| person.speaks == "ru").count() == 20);
    }
}
