//! The writer: the one task through which this process writes to the ledger.
//!
//! Works that wait at the same time are done in one transaction, one after another, so that durability is paid for once
//! for all of them. A refused work leaves nothing but what had fallen due; a work that panics is left out and the rest
//! is done again without it.

mod group;
mod personal;

use std::{collections::VecDeque, sync::Arc};

use exodus_core::{MemberId, Scope, Timestamp};
use tokio::sync::{mpsc, oneshot};

use crate::{
    store::Base,
    trouble::Trouble,
    work::{Done, Work},
};
pub(crate) use group::lock;
use group::{Broken, Cache, Group};

/// Works that may wait before whoever brings more has to.
const WAITING: usize = 4096;

/// The way to the writer's task.
pub(crate) struct Writer(mpsc::Sender<Job>);

enum Job {
    Work(Box<Work>, oneshot::Sender<Result<Done, Trouble>>),
    Refresh(Vec<MemberId>, Timestamp, oneshot::Sender<Result<(), Trouble>>),
    Forget(oneshot::Sender<()>),
    Stop(oneshot::Sender<()>),
}

fn stopped() -> Trouble {
    Trouble::Unavailable("the store is closed".to_owned())
}

impl Writer {
    pub(crate) fn start(base: Arc<Base>, max_group: usize) -> Self {
        let (way, jobs) = mpsc::channel(WAITING);
        tokio::spawn(
            Task {
                base,
                cache: None,
                max_group: max_group.max(1),
                left: VecDeque::new(),
            }
            .run(jobs),
        );
        Self(way)
    }

    pub(crate) async fn transact(&self, work: Work) -> Result<Done, Trouble> {
        let (answer, done) = oneshot::channel();
        self.0
            .send(Job::Work(Box::new(work), answer))
            .await
            .map_err(|_| stopped())?;
        done.await.map_err(|_| stopped())?
    }

    pub(crate) async fn refresh(&self, members: Vec<MemberId>, by: Timestamp) -> Result<(), Trouble> {
        let (answer, done) = oneshot::channel();
        self.0
            .send(Job::Refresh(members, by, answer))
            .await
            .map_err(|_| stopped())?;
        done.await.map_err(|_| stopped())?
    }

    /// Lets the loaded part go.
    pub(crate) async fn forget(&self) {
        let (answer, done) = oneshot::channel();
        if self.0.send(Job::Forget(answer)).await.is_ok() {
            let _ = done.await;
        }
    }

    /// Finishes what waits and stops.
    pub(crate) async fn stop(&self) {
        let (answer, done) = oneshot::channel();
        if self.0.send(Job::Stop(answer)).await.is_ok() {
            let _ = done.await;
        }
    }
}

struct Task {
    base: Arc<Base>,
    cache: Option<Cache>,
    max_group: usize,
    left: VecDeque<Job>,
}

type Waiting = (Box<Work>, oneshot::Sender<Result<Done, Trouble>>);

impl Task {
    async fn run(mut self, mut jobs: mpsc::Receiver<Job>) {
        loop {
            let job = match self.left.pop_front() {
                Some(job) => Some(job),
                None => jobs.recv().await,
            };
            match job {
                None => return,
                Some(Job::Work(work, answer)) => {
                    let group = self.gather((work, answer), &mut jobs).await;
                    self.serve(group).await;
                }
                Some(Job::Refresh(members, by, answer)) => {
                    let outcome = self.refresh(&members, by).await;
                    let _ = answer.send(outcome);
                }
                Some(Job::Forget(answer)) => {
                    self.cache = None;
                    let _ = answer.send(());
                }
                Some(Job::Stop(answer)) => {
                    jobs.close();
                    let _ = answer.send(());
                    return;
                }
            }
        }
    }

    /// Whoever was just answered brings more in a moment: while works come, the group lets them.
    async fn gather(&mut self, first: Waiting, jobs: &mut mpsc::Receiver<Job>) -> Vec<Waiting> {
        let mut group = vec![first];
        loop {
            tokio::task::yield_now().await;
            let before = group.len();
            while group.len() < self.max_group && self.left.is_empty() {
                match jobs.try_recv() {
                    Ok(Job::Work(work, answer)) => group.push((work, answer)),
                    Ok(other) => self.left.push_back(other),
                    Err(_) => break,
                }
            }
            if group.len() == before || group.len() >= self.max_group || !self.left.is_empty() {
                return group;
            }
        }
    }

    async fn serve(&mut self, group: Vec<Waiting>) {
        let (works, answers): (Vec<_>, Vec<_>) =
            group.into_iter().map(|(work, answer)| (*work, answer)).unzip();
        let outcomes = self.outcomes(&works).await;
        for (answer, outcome) in answers.into_iter().zip(outcomes) {
            // Whoever asked may have gone; what was done stands.
            let _ = answer.send(outcome);
        }
    }

    /// What became of each work: all in one transaction; again once after passing trouble; singly when that does not
    /// help, so that no work pays for another.
    async fn outcomes(&mut self, works: &[Work]) -> Vec<Result<Done, Trouble>> {
        let mut faults: Vec<Option<Trouble>> = works.iter().map(|_| None).collect();
        let mut again = true;
        loop {
            let sound: Vec<(usize, &Work)> = works
                .iter()
                .enumerate()
                .filter(|(place, _)| faults.get(*place).is_some_and(Option::is_none))
                .collect();
            match self.attempt(&sound).await {
                Ok(done) => {
                    let mut done = done.into_iter();
                    let of = |fault: Option<Trouble>| match fault {
                        Some(fault) => Err(fault),
                        None => done.next().unwrap_or_else(|| Err(stopped())),
                    };
                    return faults.into_iter().map(of).collect();
                }
                Err(Broken::By(place, fault)) => {
                    tracing::error!(fault = %fault, "a work was left out");
                    if let Some(slot) = faults.get_mut(place) {
                        *slot = Some(fault);
                    }
                }
                Err(Broken::All(trouble)) if again => {
                    tracing::warn!(%trouble, works = works.len(), "a group is done again");
                    again = false;
                }
                Err(Broken::All(trouble)) => {
                    if sound.len() <= 1 {
                        let of = |fault: Option<Trouble>| Err(fault.unwrap_or_else(|| trouble.clone()));
                        return faults.into_iter().map(of).collect();
                    }
                    return self.singly(works, faults).await;
                }
            }
        }
    }

    async fn singly(&mut self, works: &[Work], faults: Vec<Option<Trouble>>) -> Vec<Result<Done, Trouble>> {
        let mut outcomes = Vec::with_capacity(works.len());
        for (work, fault) in works.iter().zip(faults) {
            outcomes.push(match fault {
                Some(fault) => Err(fault),
                None => match self.attempt(&[(0, work)]).await {
                    Ok(done) => done.into_iter().next().unwrap_or_else(|| Err(stopped())),
                    Err(Broken::By(_, trouble) | Broken::All(trouble)) => Err(trouble),
                },
            });
        }
        outcomes
    }

    async fn attempt(&mut self, works: &[(usize, &Work)]) -> Result<Vec<Result<Done, Trouble>>, Broken> {
        if works.is_empty() {
            return Ok(Vec::new());
        }
        let cache = self.cache.take();
        let attempted = async {
            let mut group = Group::begin(&self.base, cache).await?;
            let outcomes = group.run(works).await?;
            Ok((outcomes, group.commit().await?))
        };
        match attempted.await {
            Ok((outcomes, cache)) => {
                self.cache = cache;
                Ok(outcomes)
            }
            Err(broken) => {
                // Keys made for what was not written are not keys.
                self.base.vault.forget_all();
                Err(broken)
            }
        }
    }

    async fn refresh(&mut self, members: &[MemberId], by: Timestamp) -> Result<(), Trouble> {
        let scope = Scope::of_members(members.iter().copied());
        let refreshed = async {
            let mut group = Group::begin(&self.base, self.cache.take()).await?;
            group.load(&scope).await?;
            group.settle(members, by).await?;
            self.cache = group.commit().await?;
            Ok(())
        };
        refreshed.await.map_err(|broken| match broken {
            Broken::By(_, trouble) | Broken::All(trouble) => trouble,
        })
    }
}
