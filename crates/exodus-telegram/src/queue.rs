//! Who may be written to when.
//!
//! Telegram takes about 30 messages a second in all, one a second in a chat, 20 a minute in a group, and says itself when
//! that was too much, for that chat. So every message waits for its turn here: one at a time in a chat, what is urgent first,
//! and a chat that has to wait keeps nobody else waiting. In a private chat an edit is not counted as a message: whoever taps
//! is answered at once.

use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{
    sync::{Notify, oneshot},
    time::{Instant, sleep_until},
};

/// Between two messages: 25 a second.
const OVERALL: Duration = Duration::from_millis(40);
/// Between two messages in a chat.
const CHAT: Duration = Duration::from_secs(1);
/// Between an edit and anything before it in a chat.
const EDIT: Duration = Duration::from_millis(300);
/// So many messages in a group …
const GROUP_MESSAGES: usize = 15;
/// … in so long.
const GROUP_TIME: Duration = Duration::from_secs(60);

/// What goes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Urgency {
    /// Somebody's emergency.
    Emergency,
    /// An answer to whoever spoke.
    Answer,
    /// A notice.
    Notice,
    /// A word in a group.
    Post,
}

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Writing {
    /// A message of its own.
    Message,
    /// A change of a message there is.
    Edit,
}

/// The queue. Clones share it.
#[derive(Clone)]
pub(crate) struct Queue {
    plan: Arc<Mutex<Plan<oneshot::Sender<Turn>>>>,
    changed: Arc<Notify>,
}

/// A turn to write in a chat; when it is dropped, the next one may come.
pub(crate) struct Turn {
    queue: Queue,
    chat: i64,
}

impl Queue {
    /// A queue, which needs [`Queue::run`] to move.
    pub(crate) fn new() -> Self {
        Self {
            plan: Arc::new(Mutex::new(Plan::new(Instant::now()))),
            changed: Arc::default(),
        }
    }

    /// Waits for a turn in a chat.
    pub(crate) async fn turn(&self, chat: i64, urgency: Urgency, writing: Writing) -> Turn {
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
    pub(crate) fn hold(&self, chat: i64, wait: Duration) {
        self.plan().hold(chat, Instant::now() + wait);
        self.changed.notify_one();
    }

    /// For how long a chat is held, if it is held for longer than its usual pace.
    pub(crate) fn held(&self, chat: i64) -> Option<Duration> {
        let until = self.plan().chats.get(&chat)?.not_before;
        let left = until.saturating_duration_since(Instant::now());
        (left > CHAT).then_some(left)
    }

    /// Gives turns, for ever.
    pub(crate) async fn run(&self) {
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

    fn plan(&self) -> MutexGuard<'_, Plan<oneshot::Sender<Turn>>> {
        self.plan.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.queue.plan().leave(self.chat, Instant::now());
        self.queue.changed.notify_one();
    }
}

/// The plan itself: no clock, no tasks.
struct Plan<G> {
    chats: HashMap<i64, Chat<G>>,
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
enum Next<G> {
    Now(i64, G),
    At(Instant),
    Nobody,
}

impl<G> Plan<G> {
    fn new(now: Instant) -> Self {
        Self {
            chats: HashMap::new(),
            not_before: now,
            count: 0,
        }
    }

    fn wait(&mut self, chat: i64, urgency: Urgency, writing: Writing, grant: G) {
        self.count = self.count.wrapping_add(1);
        let place = (urgency, self.count);
        let now = self.not_before;
        let chat = self.chats.entry(chat).or_insert_with(|| Chat::idle(now));
        chat.waiting.insert(place, (writing, grant));
    }

    fn hold(&mut self, chat: i64, until: Instant) {
        let chat = self.chats.entry(chat).or_insert_with(|| Chat::idle(until));
        chat.not_before = chat.not_before.max(until);
    }

    /// A turn has ended. Chats at rest are forgotten.
    fn leave(&mut self, chat: i64, now: Instant) {
        if let Some(chat) = self.chats.get_mut(&chat) {
            chat.busy = false;
        }
        let rests =
            |chat: &Chat<G>| !chat.busy && chat.waiting.is_empty() && chat.free_at(Writing::Message) <= now;
        if self.chats.len() > 1024 {
            self.chats.retain(|_, chat| !rests(chat));
        }
    }

    fn next(&mut self, now: Instant) -> Next<G> {
        let mut best: Option<((Urgency, u64), i64)> = None;
        let mut soonest: Option<Instant> = None;
        for (id, chat) in &mut self.chats {
            let Some((place, (writing, _))) = chat.waiting.first_key_value() else {
                continue;
            };
            if chat.busy {
                continue;
            }
            let free = chat.free_at(if *id < 0 { Writing::Message } else { *writing });
            if free > now {
                soonest = Some(soonest.map_or(free, |soonest| soonest.min(free)));
            } else if best.is_none_or(|(best, _)| *place < best) {
                best = Some((*place, *id));
            }
        }
        let Some((_, id)) = best else {
            return soonest.map_or(Next::Nobody, Next::At);
        };
        if self.not_before > now {
            return Next::At(self.not_before);
        }
        let granted = self.chats.get_mut(&id).and_then(|chat| chat.give(id < 0, now));
        self.not_before = now + OVERALL;
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
    fn free_at(&self, writing: Writing) -> Instant {
        let full = self.recent.len() >= GROUP_MESSAGES;
        let oldest = self.recent.front().filter(|_| full);
        let pace = match writing {
            Writing::Message => self.message,
            Writing::Edit => self.edit,
        };
        let free = self.not_before.max(pace);
        oldest.map_or(free, |oldest| free.max(*oldest + GROUP_TIME))
    }

    /// Gives its first turn. Groups have negative numbers.
    fn give(&mut self, group: bool, now: Instant) -> Option<G> {
        let (_, (writing, grant)) = self.waiting.pop_first()?;
        self.busy = true;
        self.edit = now + EDIT;
        if writing == Writing::Message || group {
            self.message = now + CHAT;
        }
        if group {
            if self.recent.len() >= GROUP_MESSAGES {
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

    const ANNA: i64 = 1;
    const BO: i64 = 2;
    const GROUP: i64 = -5;

    /// Writes so many messages to chats and says when each had its turn, in milliseconds.
    async fn times(queue: &Queue, chats: &[(i64, Urgency)]) -> Vec<(i64, u128)> {
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

    fn running() -> Queue {
        let queue = Queue::new();
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
        assert_eq!(queue.held(GROUP), Some(Duration::from_secs(30)));
        assert_eq!(queue.held(ANNA), None);
        let times = times(&queue, &[(GROUP, Urgency::Post), (ANNA, Urgency::Answer)]).await;
        assert_eq!(times[0].0, ANNA);
        assert!(times[0].1 < 100, "{times:?}");
        assert!(times[1].1 >= 30_000, "{times:?}");
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
