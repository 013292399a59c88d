//! What can be asked of the store in one transaction, and what comes back.

use exodus_core::{Actor, Command, CommandId, Event, LinkId, MemberId, NoteId, Refusal, Timestamp};

use crate::{
    inbox::InboxId,
    person::{AccountKey, Menu, Person},
};

/// Whose personal data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Of the member that this very work registers.
    Registered,
    /// Of this member.
    Member(MemberId),
}

impl From<MemberId> for Whose {
    fn from(member: MemberId) -> Self {
        Self::Member(member)
    }
}

/// A change beside the journal, done together with a command or alone.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::large_enum_variant,
    reason = "there are a few at a time, and they are moved once"
)]
pub enum Personal {
    /// Writes all that a person says about themselves.
    SetPerson {
        /// Whose.
        whose: Whose,
        /// What.
        person: Person,
    },
    /// A chat account becomes a member's. One that is another member's already makes the whole work
    /// [`crate::Trouble::AccountTaken`].
    AddAccount {
        /// Whose.
        whose: Whose,
        /// Which.
        account: AccountKey,
    },
    /// The account was just used.
    TouchAccount {
        /// Which.
        account: AccountKey,
    },
    /// The account can, or can not any more, be written to.
    SetAccountState {
        /// Which.
        account: AccountKey,
        /// Whether it can.
        active: bool,
    },
    /// Words that the command names.
    PutNote {
        /// Their name.
        id: NoteId,
        /// Who wrote them.
        whose: Whose,
        /// The words.
        text: String,
    },
    /// The secret of the link that this work makes.
    PutLinkToken {
        /// Its BLAKE3 hash.
        token_hash: [u8; 32],
    },
    /// A new secret for a link there is; the old one is forgotten.
    ReplaceLinkToken {
        /// Which.
        link: LinkId,
        /// The BLAKE3 hash of its new secret.
        token_hash: [u8; 32],
    },
    /// Buttons shown.
    PutMenu(Menu),
    /// A one-time code for a second account of this member; the one before is no longer good.
    PutLinkingCode {
        /// Whose.
        member: MemberId,
        /// The BLAKE3 hash of the code.
        code_hash: [u8; 32],
        /// Until when it is good.
        expires: Timestamp,
    },
    /// Uses that code up; when it is gone the whole work is [`crate::Trouble::CodeGone`].
    TakeLinkingCode {
        /// The BLAKE3 hash of the code.
        code_hash: [u8; 32],
    },
    /// One account points to this member from now on (M1).
    MoveAccount {
        /// Which.
        account: AccountKey,
        /// To whom.
        to: MemberId,
    },
    /// All accounts of one member point to another from now on (M1, M12).
    MoveAccounts {
        /// Whose they were.
        from: MemberId,
        /// Whose they are.
        to: MemberId,
    },
    /// Everything personal is erased (M11). A member who leaves is erased without being asked for.
    ErasePerson(MemberId),
}

/// One transaction's worth: a command, and what goes with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Work {
    /// Its identity: the same work delivered twice takes effect once.
    pub id: CommandId,
    /// Who acts.
    pub by: Actor,
    /// What is to be decided; `None` when only personal data changes.
    pub command: Option<Command>,
    /// Personal data to change if it is not refused, in this order.
    pub personal: Vec<Personal>,
    /// The update this answers: it is done with, whatever the answer. When it was done with before, nothing happens.
    pub inbox: Option<InboxId>,
    /// Where the conversation stands afterwards, if it is not refused.
    pub session: Option<(AccountKey, String)>,
    /// What is needed to answer the update, should nobody come to it before a crash.
    pub pending: Option<String>,
}

impl Work {
    /// A bare command.
    #[must_use]
    pub const fn new(id: CommandId, by: Actor, command: Command) -> Self {
        Self {
            id,
            by,
            command: Some(command),
            personal: Vec::new(),
            inbox: None,
            session: None,
            pending: None,
        }
    }

    /// Personal data only.
    #[must_use]
    pub const fn personal(id: CommandId, by: Actor, personal: Vec<Personal>) -> Self {
        Self {
            id,
            by,
            command: None,
            personal,
            inbox: None,
            session: None,
            pending: None,
        }
    }
}

/// What became of a work.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// What happened, with its number in the journal: first what had fallen due before it, by the clock, then what was
    /// decided.
    pub events: Vec<(u64, Event)>,
    /// Why it was refused, if it was. What had fallen due has happened all the same.
    pub refusal: Option<Refusal>,
    /// Whether it had been done before, and this is that answer. A refusal is not remembered: what was refused is
    /// decided anew when it comes again.
    pub repeated: bool,
}
