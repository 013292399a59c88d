//! A disk without room (O6, O10): it is said in words, nothing is half written, and it is gone on from once there is room.
//!
//! SQLite on a file system of twelve megabytes, which wants a mount namespace of one's own; where the machine allows
//! none, the tests of `src/connection` limit the file's pages instead. PostgreSQL as a server tells it: filling a
//! server's disk for real would stop the server for everybody who uses it.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::Command as Program,
    sync::Arc,
};

use exodus_core::{Actor, AppealId, Command, Form, MemberId};
use exodus_store::{AccountKey, OpenError, Options, Person, Personal, Received, Store, Trouble, Whose, Work};

use crate::place::{Place, both, id, little_network, minor};

both! { what_the_database_undoes_by_itself_is_no_end }

/// Where the small file system is, for the process inside of it.
const SMALL: &str = "EXODUS_TEST_SMALL_DISK";

fn intends(boris: MemberId, appeal: AppealId, amount: u64) -> Work {
    let command = Command::Intend {
        appeal,
        amount: minor(amount),
        form: Form::Money,
        note: None,
    };
    Work::new(id(), Actor::Member(boris), command)
}

fn is_full(trouble: &Trouble) -> bool {
    trouble.is_passing() && trouble.to_string().ends_with("the disk is full")
}

#[test]
fn o6_a_file_system_without_room() {
    if let Some(small) = std::env::var_os(SMALL) {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        return runtime.block_on(on_a_small_disk(Path::new(&small)));
    }
    let folder = tempfile::tempdir().unwrap();
    let namespace = |script: &str| {
        let mut program = Program::new("unshare");
        program
            .args(["--user", "--map-root-user", "--mount", "sh", "-c"])
            .arg(format!("mount -t tmpfs -o size=12m none \"$0\" && {script}"))
            .arg(folder.path());
        program
    };
    if !namespace("true").status().is_ok_and(|ended| ended.success()) {
        return eprintln!("no file system may be mounted here: not tested on one");
    }
    let inside = namespace("exec \"$@\"")
        .arg(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "full_disk::o6_a_file_system_without_room",
            "--nocapture",
        ])
        .env(SMALL, folder.path())
        .output()
        .unwrap();
    let said =
        String::from_utf8_lossy(&inside.stdout).into_owned() + &String::from_utf8_lossy(&inside.stderr);
    assert!(inside.status.success() && said.contains("1 passed"), "{said}");
}

/// Takes all room but so many kilobytes; gives it back when it is dropped.
struct Filler(PathBuf);

impl Filler {
    fn new(at: &Path, left: u64) -> Self {
        let path = at.join("filler");
        let mut file = fs::File::create(&path).unwrap();
        while file.write_all(&[0; 4096]).is_ok() {}
        let length = file.metadata().unwrap().len();
        file.set_len(length.saturating_sub(left * 1024)).unwrap();
        Self(path)
    }
}

impl Drop for Filler {
    fn drop(&mut self) {
        fs::remove_file(&self.0).unwrap();
    }
}

async fn on_a_small_disk(at: &Path) {
    let mut options = Options::new(at.join("exodus.db").display().to_string());
    options.max_connections = 4;
    let store = Store::open(&options).await.unwrap();
    let (_, boris, _, appeal, _) = little_network(&store).await;
    let account = AccountKey::new("telegram", "1");
    let mut refused = 0;
    for round in 0..60_u64 {
        let filler = Filler::new(at, (round % 10) * 4);
        let work = intends(boris, appeal, 1000 + round);
        let entries = store.stats().await.unwrap().entries;
        let first = store.transact(work.clone()).await;
        let done = first.is_ok();
        if let Err(trouble) = first {
            assert!(is_full(&trouble), "{round}: {trouble}");
            refused += 1;
        }
        let key = round.to_string();
        let received = store.receive("telegram", &key, &account, "x").await;
        assert!(received.as_ref().err().is_none_or(is_full), "{received:?}");
        assert_eq!(store.stats().await.unwrap().entries, entries + u64::from(done));
        drop(filler);
        // There is room: the same again takes effect, once.
        let again = store.transact(work).await.unwrap();
        assert_eq!((again.repeated, again.events.len()), (done, 1));
        assert_eq!(store.stats().await.unwrap().entries, entries + 1);
        let again = store.receive("telegram", &key, &account, "x").await.unwrap();
        assert_eq!(matches!(again, Received::Waiting(_)), received.is_ok());
    }
    assert!(refused > 10, "the disk was full only {refused} times");
    assert_eq!(store.waiting_inbox(100).await.unwrap().len(), 60);

    // Nothing of a backup that has no room stays behind, and one there was stays as it was.
    let (file, partial) = (at.join("all.backup"), at.join("all.backup.partial"));
    store.backup(&file).await.unwrap();
    let before = fs::read(&file).unwrap();
    let filler = Filler::new(at, 0);
    let trouble = store.backup(&file).await.unwrap_err();
    assert!(
        matches!(&trouble, Trouble::Backup(why) if why.contains("No space left")),
        "{trouble}"
    );
    assert!(!partial.exists());
    assert_eq!(fs::read(&file).unwrap(), before);
    let refused = Store::open(&Options::new(at.join("other.db").display().to_string())).await;
    let refused = refused.err().unwrap();
    assert!(matches!(refused, OpenError::DiskFull), "{refused}");
    assert_eq!(refused.to_string(), "the disk is full");
    drop(filler);

    let report = store.verify(|_, _| {}).await.unwrap();
    assert!(report.ok(), "{report:?}");
    store.close().await.unwrap();
    let store = Store::open(&options).await.unwrap();
    let all = store.load_all().await.unwrap();
    assert_eq!(all.intention_of(boris, appeal).unwrap().amount, minor(1059));
}

/// A transaction that the database undoes by itself, as it does on a full disk: once more often than there are
/// connections.
async fn what_the_database_undoes_by_itself_is_no_end(place: Arc<Place>) {
    let mut options = place.options();
    options.max_connections = 3;
    let store = Store::open(&options).await.unwrap();
    let (_, boris, _, appeal, _) = little_network(&store).await;
    if place.postgres {
        place
            .raw(
                "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
                 RAISE EXCEPTION 'could not extend file \"base/1/2\": No space left on device' USING ERRCODE = 'disk_full'; \
                 END $$",
            )
            .await;
        place
            .raw(
                "CREATE TRIGGER full_disk BEFORE INSERT ON journal FOR EACH ROW EXECUTE FUNCTION full_disk()",
            )
            .await;
    } else {
        place
            .raw("CREATE TRIGGER full_disk BEFORE INSERT ON journal BEGIN SELECT RAISE(ROLLBACK, 'no room'); END")
            .await;
    }
    let mut entries = store.stats().await.unwrap().entries;
    let works: Vec<Work> = (0..4).map(|n| intends(boris, appeal, 1000 + n)).collect();
    for work in &works {
        let trouble = store.transact(work.clone()).await.unwrap_err();
        assert!(trouble.is_passing(), "{trouble}");
        if place.postgres {
            assert!(is_full(&trouble), "{trouble}");
        }
    }
    assert_eq!(store.stats().await.unwrap().entries, entries);
    place
        .raw(if place.postgres {
            "DROP TRIGGER full_disk ON journal"
        } else {
            "DROP TRIGGER full_disk"
        })
        .await;
    for work in works {
        // One that is left out: its transaction is rolled back, and nothing stays begun.
        let personal = vec![Personal::SetPerson {
            whose: Whose::Registered,
            person: Person::default(),
        }];
        let faulty = Work::personal(id(), Actor::Member(boris), personal);
        assert!(matches!(store.transact(faulty).await, Err(Trouble::Fault(_))));
        assert_eq!(store.transact(work).await.unwrap().events.len(), 1);
        // What was answered is there, for everybody.
        entries += 1;
        let count = place.number("SELECT count(*) FROM journal").await;
        assert_eq!(u64::try_from(count).unwrap(), entries);
    }
    let report = store.verify(|_, _| {}).await.unwrap();
    assert!(report.ok(), "{report:?}");
}
