//! A month's clearing: planned and applied while others write and look (K7).

use super::*;

/// Everybody asks for help, owes and is owed, and agrees to clearing.
async fn clearing_community(store: &Store, members: usize) -> Vec<MemberId> {
    let by = |member| Actor::Member(member);
    let circles = members / CIRCLE;
    let owners: Vec<MemberId> = give(store, (0..circles).map(|_| registration(None)).collect())
        .await
        .iter()
        .map(|facts| registered(facts))
        .collect();
    let ask = |member: &MemberId| {
        let command = Command::AskMonthly {
            target: minor(100_000),
            purpose: None,
            findable: false,
        };
        Work::new(id(), by(*member), command)
    };
    give(store, owners.iter().map(ask).collect()).await;
    let link = |owner: &MemberId| {
        let command = Command::MakeLink {
            about: *owner,
            max_uses: None,
            expires: None,
        };
        Work::new(id(), by(*owner), command)
    };
    let links: Vec<_> = give(store, owners.iter().map(link).collect())
        .await
        .iter()
        .flatten()
        .filter_map(|fact| match fact {
            Fact::LinkMade { link, .. } => Some(*link),
            _ => None,
        })
        .collect();
    let comers = links
        .iter()
        .flat_map(|link| (1..CIRCLE).map(|_| registration(Some(*link))));
    let comers: Vec<MemberId> = give(store, comers.collect())
        .await
        .iter()
        .map(|facts| registered(facts))
        .collect();
    give(store, comers.iter().map(ask).collect()).await;
    let mut circle_of: Vec<Vec<MemberId>> = owners.iter().map(|owner| vec![*owner]).collect();
    for (nth, comer) in comers.iter().enumerate() {
        circle_of.get_mut(nth / (CIRCLE - 1)).unwrap().push(*comer);
    }
    // First everybody helps the one whom they came to, which ties the circle; then each other, and another circle's owner.
    let mut pairs: Vec<(MemberId, MemberId)> = Vec::new();
    for circle in &circle_of {
        pairs.extend(
            circle
                .iter()
                .skip(1)
                .map(|comer| (*comer, *circle.first().unwrap())),
        );
    }
    owe(store, &pairs).await;
    let mut pairs = Vec::new();
    let mut dice: usize = 7;
    let mut roll = |sides: usize| {
        dice = dice
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (dice >> 33) % sides
    };
    let mut followed = Vec::new();
    let wanted = members * OBLIGATIONS_PER_MEMBER - comers.len();
    let mut taken = std::collections::BTreeSet::new();
    while pairs.len() < wanted {
        let circle = roll(circles);
        let debtor = *circle_of.get(circle).unwrap().get(roll(CIRCLE)).unwrap();
        let elsewhere = roll(8) == 0;
        let other = if elsewhere { roll(circles) } else { circle };
        let creditor = *circle_of
            .get(other)
            .unwrap()
            .get(if elsewhere { 0 } else { roll(CIRCLE) })
            .unwrap();
        if debtor == creditor
            || !taken.insert((debtor, creditor))
            || (!elsewhere && creditor == *owners.get(circle).unwrap())
        {
            continue;
        }
        if elsewhere {
            let link = *links.get(other).unwrap();
            followed.push(Work::new(id(), by(debtor), Command::FollowLink { link }));
        }
        pairs.push((debtor, creditor));
    }
    give(store, followed).await;
    owe(store, &pairs).await;
    let everybody: Vec<MemberId> = owners.into_iter().chain(comers).collect();
    let consent =
        |member: &MemberId| Work::new(id(), by(*member), Command::ConsentToClearing { consents: true });
    give(store, everybody.iter().map(consent).collect()).await;
    everybody
}

/// Intends, and makes it binding.
async fn owe(store: &Store, pairs: &[(MemberId, MemberId)]) {
    for some in pairs.chunks(20_000) {
        let scope = exodus_core::Scope::of_members(some.iter().map(|(_, creditor)| *creditor));
        let ledger = store.load(&scope).await.unwrap();
        let intend = some.iter().enumerate().map(|(nth, (debtor, creditor))| {
            let command = Command::Intend {
                appeal: ledger.current_appeal(*creditor).unwrap().id,
                amount: minor(500 + (nth * 7_919) % 9_500),
                form: Form::Money,
                note: None,
            };
            Work::new(id(), Actor::Member(*debtor), command)
        });
        let intentions = give(store, intend.collect()).await;
        let convert = intentions.iter().flatten().filter_map(|fact| match fact {
            Fact::IntentionRecorded {
                intention, author, ..
            } => {
                let (intention, amount) = (*intention, None);
                Some(Work::new(
                    id(),
                    Actor::Member(*author),
                    Command::Convert { intention, amount },
                ))
            }
            _ => None,
        });
        give(store, convert.collect()).await;
    }
}

pub(super) async fn clearing(kind: Kind, members: usize) {
    let place = Place::new(kind).await;
    let began = Instant::now();
    let everybody = clearing_community(&place.store, members).await;
    let made = began.elapsed().as_secs_f64();
    println!(
        "{kind:?}: {} members who owe each other made in {made:.0} s",
        everybody.len()
    );
    let began = Instant::now();
    let dry = place.store.dry_run().await.unwrap();
    let seconds = began.elapsed().as_secs_f64();
    println!(
        "{kind:?}: dry run: {} obligations take part, {} of them reduced ({} closed), {:.1} % of the sum, in {seconds:.2} s",
        dry.claims,
        dry.set_offs.len(),
        dry.closed(),
        dry.total() as f64 * 100.0 / dry.owed as f64
    );
    let app = App::new(place.store.clone(), settings());
    let zone = place.store.policy().zone.clone();
    place
        .clock
        .set(zone.instant(Date::constant(2026, 11, 22).at(0, 0, 1, 0)));
    while app.tick(200).await.unwrap() > 0 {}
    place
        .clock
        .set(zone.instant(Date::constant(2026, 11, 25).at(0, 0, 1, 0)));
    let stop = Arc::new(AtomicBool::new(false));
    let commands = tokio::spawn(probe(place.store.clone(), Arc::clone(&stop)));
    let looking = tokio::spawn(look(app.clone(), everybody.clone(), Arc::clone(&stop)));
    let began = Instant::now();
    assert!(place.store.clear().await.unwrap());
    let decided = began.elapsed().as_secs_f64();
    while app.tick(200).await.unwrap() > 0 {}
    let all = began.elapsed().as_secs_f64();
    stop.store(true, Ordering::Relaxed);
    let (longest, (screens, slowest, median)) = (commands.await.unwrap(), looking.await.unwrap());
    println!(
        "{kind:?}: planned, checked and decided in {decided:.2} s, carried out for everybody in {all:.1} s"
    );
    println!(
        "{kind:?}: meanwhile a command waited at most {longest:.0?}; of {screens} screens the slowest took {slowest:.0?}, \
         the median {median:.0?}"
    );
    assert_eq!(
        place.store.dry_run().await.unwrap().total(),
        0,
        "running it again clears nothing more"
    );
    assert!(place.store.verify(|_, _| {}).await.unwrap().ok());
}

/// Somebody new registers again and again: how long they wait is how long the ledger is held.
async fn probe(store: Store, stop: Arc<AtomicBool>) -> Duration {
    let mut longest = Duration::ZERO;
    while !stop.load(Ordering::Relaxed) {
        let began = Instant::now();
        store.transact(registration(None)).await.unwrap();
        longest = longest.max(began.elapsed());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    longest
}

/// Somebody opens a screen again and again: how many, the slowest, the median.
async fn look(app: App, everybody: Vec<MemberId>, stop: Arc<AtomicBool>) -> (usize, Duration, Duration) {
    let mut times = Vec::new();
    let mut nth = 0;
    while !stop.load(Ordering::Relaxed) {
        let line = ["/home", "/organizer", "/clearing", "/history"]
            .get(nth % 4)
            .unwrap();
        nth += 1;
        let member = everybody.get(nth * 7_919 % everybody.len()).unwrap();
        let account = app.store().accounts_of(*member).await.unwrap().remove(0).key;
        let update = Update {
            key: NEXT.fetch_add(1, Ordering::Relaxed).to_string(),
            account,
            name: String::new(),
            language: None,
            said: Said::Text((*line).to_owned()),
            menu: None,
        };
        let began = Instant::now();
        app.handle(&update, &FRONT).await.unwrap();
        times.push(began.elapsed());
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    times.sort_unstable();
    let median = times.get(times.len() / 2).copied().unwrap_or_default();
    (times.len(), times.last().copied().unwrap_or_default(), median)
}
