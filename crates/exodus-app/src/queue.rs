//! Who may be written to when.
//!
//! Chat servers take so many messages a second, and say themselves when it was too much. So every message waits for its turn
//! here: one at a time in a chat, what is urgent first, at the [`Tempo`] that the platform takes, and a chat that has to wait
//! keeps nobody else waiting.

use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    hash::Hash,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{
    sync::{Notify, oneshot},
    time::{Instant, sleep_until},
};

/// How fast a platform may be written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tempo {
    /// Between two messages in all.
    pub overall: Duration,
    /// Between two messages in a chat.
    pub chat: Duration,
    /// Between an edit and anything before it in a chat of one person's own.
    pub edit: Duration,
    /// In a group, where edits count as messages, so many …
    pub group_messages: usize,
    /// … in so long.
    pub group_time: Duration,
}

/// What goes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// Somebody's emergency.
    Emergency,
    /// An answer to whoever spoke.
    Answer,
    /// A notice.
    Notice,
    /// A word in a group.
    Post,
    /// What adorns a message that is there already.
    Trimming,
}

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writing {
    /// A message of its own.
    Message,
    /// A change of a message there is.
    Edit,
}

/// The queue over a platform's chats. Clones share it.
pub struct Queue<K: Eq + Hash + Clone> {
    plan: Arc<Mutex<Waiting<K>>>,
    changed: Arc<Notify>,
}

type Waiting<K> = Plan<K, oneshot::Sender<Turn<K>>>;

impl<K: Eq + Hash + Clone> Clone for Queue<K> {
    fn clone(&self) -> Self {
        Self {
            plan: Arc::clone(&self.plan),
            changed: Arc::clone(&self.changed),
        }
    }
}

/// A turn to write in a chat; when it is dropped, the next one may come.
pub struct Turn<K: Eq + Hash + Clone> {
    queue: Queue<K>,
    chat: K,
}

impl<K: Eq + Hash + Clone> Queue<K> {
    /// A queue at a pace, which needs [`Queue::run`] to move. Which chats are groups is said by `is_group`.
    #[must_use]
    pub fn new(pace: Tempo, is_group: fn(&K) -> bool) -> Self {
        Self {
            plan: Arc::new(Mutex::new(Plan::new(pace, is_group, Instant::now()))),
            changed: Arc::default(),
        }
    }

    /// Waits for a turn in a chat.
    pub async fn turn(&self, chat: K, urgency: Urgency, writing: Writing) -> Turn<K> {
        let (grant, granted) = oneshot::channel();
        self.plan().wait(chat, urgency, writing, grant);
        self.changed.notify_one();
        match granted.await {
            Ok(turn) => turn,
            // Nobody gives turns any more: the process ends.
            Err(_) => std::future::pending().await,
        }
    }

    /// The server asks to leave a chat alone for so long.
    pub fn hold(&self, chat: K, wait: Duration) {
        self.plan().hold(chat, Instant::now() + wait);
        self.changed.notify_one();
    }

    /// The server asks to be left alone altogether for so long.
    pub fn hold_all(&self, wait: Duration) {
        let mut plan = self.plan();
        plan.not_before = plan.not_before.max(Instant::now() + wait);
        drop(plan);
        self.changed.notify_one();
    }

    /// For how long a chat is held, if it is held for longer than a second.
    #[must_use]
    pub fn held(&self, chat: &K) -> Option<Duration> {
        let plan = self.plan();
        let until = plan
            .chats
            .get(chat)
            .map_or(plan.not_before, |chat| chat.not_before.max(plan.not_before));
        let left = until.saturating_duration_since(Instant::now());
        (left > Duration::from_secs(1)).then_some(left)
    }

    /// Gives turns, for ever.
    pub async fn run(&self) {
        loop {
            let next = self.plan().next(Instant::now());
            match next {
                Next::Now(chat, grant) => {
                    let queue = self.clone();
                    // Whoever waited may have gone; then the turn is dropped here, and ends.
                    let _ = grant.send(Turn { queue, chat });
                }
                Next::At(instant) => {
                    tokio::select! {
                        () = sleep_until(instant) => {}
                        () = self.changed.notified() => {}
                    }
                }
                Next::Nobody => self.changed.notified().await,
            }
        }
    }

    fn plan(&self) -> MutexGuard<'_, Waiting<K>> {
        self.plan.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K: Eq + Hash + Clone> Drop for Turn<K> {
    fn drop(&mut self) {
        self.queue.plan().leave(&self.chat, Instant::now());
        self.queue.changed.notify_one();
    }
}

/// The plan itself: no clock, no tasks.
struct Plan<K, G> {
    pace: Tempo,
    is_group: fn(&K) -> bool,
    chats: HashMap<K, Chat<G>>,
    /// Nobody's turn before this.
    not_before: Instant,
    count: u64,
}

struct Chat<G> {
    waiting: BTreeMap<(Urgency, u64), (Writing, G)>,
    /// Whether somebody has the turn.
    busy: bool,
    /// Nothing before this: the server asks for it.
    not_before: Instant,
    /// No message before this.
    message: Instant,
    /// No edit before this.
    edit: Instant,
    /// When the last messages of a group were sent.
    recent: VecDeque<Instant>,
}

/// Who is next.
#[derive(Debug)]
enum Next<K, G> {
    Now(K, G),
    At(Instant),
    Nobody,
}

impl<K: Eq + Hash + Clone, G> Plan<K, G> {
    fn new(pace: Tempo, is_group: fn(&K) -> bool, now: Instant) -> Self {
        Self {
            pace,
            is_group,
            chats: HashMap::new(),
            not_before: now,
            count: 0,
        }
    }

    fn wait(&mut self, chat: K, urgency: Urgency, writing: Writing, grant: G) {
        self.count = self.count.wrapping_add(1);
        let place = (urgency, self.count);
        let now = self.not_before;
        let chat = self.chats.entry(chat).or_insert_with(|| Chat::idle(now));
        chat.waiting.insert(place, (writing, grant));
    }

    fn hold(&mut self, chat: K, until: Instant) {
        let chat = self.chats.entry(chat).or_insert_with(|| Chat::idle(until));
        chat.not_before = chat.not_before.max(until);
    }

    /// A turn has ended. Chats at rest are forgotten.
    fn leave(&mut self, chat: &K, now: Instant) {
        if let Some(chat) = self.chats.get_mut(chat) {
            chat.busy = false;
        }
        let pace = self.pace;
        let rests = |chat: &Chat<G>| {
            !chat.busy && chat.waiting.is_empty() && chat.free_at(Writing::Message, &pace) <= now
        };
        if self.chats.len() > 1024 {
            self.chats.retain(|_, chat| !rests(chat));
        }
    }

    fn next(&mut self, now: Instant) -> Next<K, G> {
        let (pace, is_group) = (self.pace, self.is_group);
        let mut best: Option<((Urgency, u64), K)> = None;
        let mut soonest: Option<Instant> = None;
        for (id, chat) in &mut self.chats {
            let Some((place, (writing, _))) = chat.waiting.first_key_value() else {
                continue;
            };
            if chat.busy {
                continue;
            }
            let writing = if is_group(id) { Writing::Message } else { *writing };
            let free = chat.free_at(writing, &pace);
            if free > now {
                soonest = Some(soonest.map_or(free, |soonest| soonest.min(free)));
            } else if best.as_ref().is_none_or(|(best, _)| place < best) {
                best = Some((*place, id.clone()));
            }
        }
        let Some((_, id)) = best else {
            return soonest.map_or(Next::Nobody, Next::At);
        };
        if self.not_before > now {
            return Next::At(self.not_before);
        }
        let granted = self
            .chats
            .get_mut(&id)
            .and_then(|chat| chat.give(is_group(&id), now, &pace));
        self.not_before = now + pace.overall;
        granted.map_or(Next::Nobody, |grant| Next::Now(id, grant))
    }
}

impl<G> Chat<G> {
    const fn idle(not_before: Instant) -> Self {
        Self {
            waiting: BTreeMap::new(),
            busy: false,
            not_before,
            message: not_before,
            edit: not_before,
            recent: VecDeque::new(),
        }
    }

    /// When it may be written to.
    fn free_at(&self, writing: Writing, pace: &Tempo) -> Instant {
        let full = self.recent.len() >= pace.group_messages;
        let oldest = self.recent.front().filter(|_| full);
        let usual = match writing {
            Writing::Message => self.message,
            Writing::Edit => self.edit,
        };
        let free = self.not_before.max(usual);
        oldest.map_or(free, |oldest| free.max(*oldest + pace.group_time))
    }

    /// Gives its first turn.
    fn give(&mut self, group: bool, now: Instant, pace: &Tempo) -> Option<G> {
        let (_, (writing, grant)) = self.waiting.pop_first()?;
        self.busy = true;
        self.edit = now + pace.edit;
        if writing == Writing::Message || group {
            self.message = now + pace.chat;
        }
        if group {
            if self.recent.len() >= pace.group_messages {
                self.recent.pop_front();
            }
            self.recent.push_back(now);
        }
        Some(grant)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHAT: Duration = Duration::from_secs(1);
    const EDIT: Duration = Duration::from_millis(300);
    const TEMPO: Tempo = Tempo {
        overall: Duration::from_millis(40),
        chat: CHAT,
        edit: EDIT,
        group_messages: 15,
        group_time: Duration::from_secs(60),
    };
    const ANNA: i64 = 1;
    const BO: i64 = 2;
    const GROUP: i64 = -5;

    /// Writes so many messages to chats and says when each had its turn, in milliseconds.
    async fn times(queue: &Queue<i64>, chats: &[(i64, Urgency)]) -> Vec<(i64, u128)> {
        let begun = Instant::now();
        let (said, mut heard) = tokio::sync::mpsc::unbounded_channel();
        for (chat, urgency) in chats.iter().copied() {
            let (queue, said) = (queue.clone(), said.clone());
            tokio::spawn(async move {
                let _turn = queue.turn(chat, urgency, Writing::Message).await;
                let _ = said.send((chat, begun.elapsed().as_millis()));
            });
            tokio::task::yield_now().await;
        }
        drop(said);
        let mut times = Vec::new();
        while let Some(time) = heard.recv().await {
            times.push(time);
        }
        times
    }

    fn running() -> Queue<i64> {
        let queue = Queue::new(TEMPO, |chat| *chat < 0);
        let runs = queue.clone();
        tokio::spawn(async move { runs.run().await });
        queue
    }

    #[tokio::test(start_paused = true)]
    async fn one_a_second_in_a_chat_and_nobody_waits_for_it() {
        let queue = running();
        let times = times(
            &queue,
            &[
                (ANNA, Urgency::Answer),
                (ANNA, Urgency::Answer),
                (ANNA, Urgency::Answer),
                (BO, Urgency::Answer),
            ],
        )
        .await;
        let of = |who| {
            times
                .iter()
                .filter(move |(chat, _)| *chat == who)
                .map(|(_, at)| *at)
                .collect::<Vec<_>>()
        };
        let annas = of(ANNA);
        assert!(
            annas[1] - annas[0] >= 1000 && annas[2] - annas[1] >= 1000,
            "{annas:?}"
        );
        assert!(of(BO)[0] <= 100, "{times:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_tap_is_answered_at_once_and_still_in_order() {
        let queue = running();
        let begun = Instant::now();
        drop(queue.turn(ANNA, Urgency::Answer, Writing::Message).await);
        drop(queue.turn(ANNA, Urgency::Answer, Writing::Edit).await);
        let edited = begun.elapsed();
        assert!(edited >= EDIT && edited < CHAT, "{edited:?}");
        drop(queue.turn(ANNA, Urgency::Answer, Writing::Message).await);
        assert!(begun.elapsed() >= CHAT);
        // In a group an edit counts like everything else.
        drop(queue.turn(GROUP, Urgency::Post, Writing::Message).await);
        let posted = Instant::now();
        drop(queue.turn(GROUP, Urgency::Post, Writing::Edit).await);
        assert!(posted.elapsed() >= CHAT);
    }

    #[tokio::test(start_paused = true)]
    async fn twenty_five_a_second_in_all() {
        let queue = running();
        let chats: Vec<_> = (1..=100).map(|chat| (chat, Urgency::Notice)).collect();
        let times = times(&queue, &chats).await;
        for (from, to) in times.iter().zip(times.iter().skip(25)) {
            assert!(to.1 - from.1 >= 1000, "{from:?} {to:?}");
        }
        assert!(times[99].1 <= 4200, "{:?}", times[99]);
    }

    #[tokio::test(start_paused = true)]
    async fn fifteen_a_minute_in_a_group() {
        let queue = running();
        let posts = vec![(GROUP, Urgency::Post); 31];
        let times = times(&queue, &posts).await;
        for (from, to) in times.iter().zip(times.iter().skip(15)) {
            assert!(to.1 - from.1 >= 60_000, "{from:?} {to:?}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn u9_emergencies_go_first() {
        let queue = running();
        let mut chats: Vec<_> = (10..60).map(|chat| (chat, Urgency::Notice)).collect();
        chats.push((ANNA, Urgency::Emergency));
        chats.push((BO, Urgency::Answer));
        let times = times(&queue, &chats).await;
        let place = |who| times.iter().position(|(chat, _)| *chat == who);
        assert!(place(ANNA) < place(BO), "{times:?}");
        assert!(place(BO).is_some_and(|place| place < 55), "{times:?}");
        assert!(times.last().is_some_and(|(chat, _)| *chat >= 10));
    }

    #[tokio::test(start_paused = true)]
    async fn a_chat_that_is_held_holds_nobody_else() {
        let queue = running();
        queue.hold(GROUP, Duration::from_secs(30));
        assert_eq!(queue.held(&GROUP), Some(Duration::from_secs(30)));
        assert_eq!(queue.held(&ANNA), None);
        let times = times(&queue, &[(GROUP, Urgency::Post), (ANNA, Urgency::Answer)]).await;
        assert_eq!(times[0].0, ANNA);
        assert!(times[0].1 < 100, "{times:?}");
        assert!(times[1].1 >= 30_000, "{times:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn all_are_held_and_then_the_urgent_go_first() {
        let queue = running();
        queue.hold_all(Duration::from_secs(5));
        assert_eq!(queue.held(&BO), Some(Duration::from_secs(5)));
        let times = times(&queue, &[(ANNA, Urgency::Trimming), (BO, Urgency::Emergency)]).await;
        assert_eq!(times[0].0, BO);
        assert!(times[0].1 >= 5_000, "{times:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_goes_away_leaves_their_turn() {
        let queue = running();
        let waits = queue.clone();
        let first = queue.turn(ANNA, Urgency::Answer, Writing::Message).await;
        let gone =
            tokio::spawn(async move { waits.turn(ANNA, Urgency::Answer, Writing::Message).await.chat });
        tokio::task::yield_now().await;
        gone.abort();
        drop(first);
        let third = queue.turn(ANNA, Urgency::Answer, Writing::Message);
        assert!(tokio::time::timeout(Duration::from_secs(5), third).await.is_ok());
    }
}
