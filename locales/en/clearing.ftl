### Clearing: one’s choice, what can be set off, statements; setting off between two, and handing on.

cmd-clearing = What you and others owe each other and can set off
word-clearing = clearing, set off, set-offs

## The screen

clearing-title = 🔁 Clearing
clearing-what = When promises run in a circle (you to Anna, Anna to Boris, Boris to you), everybody in it can owe less by the same amount. Nobody gains or loses by it, and what is cleared counts as kept.
clearing-choice = { $consents ->
    [yes] ✅ Your obligations may be cleared: those you owe and those owed to you, wherever the other side agrees too.
   *[no] Your obligations are not cleared, except single ones you agree to.
}
clearing-next = The next clearing is on { $on }; it is announced a few days before.
clearing-announced = 📣 The clearing of this month is on { $on }. Until then you can still choose otherwise.
clearing-nothing = Nothing of yours could be cleared now.
clearing-could = If it were done now, { $amount } of what you owe would be set off, and as much of what is owed to you.
clearing-could-nothing = If it were done now, nothing of yours would be set off.
clearing-worked-out = What could be set off now is being worked out: look again in a moment.
clearing-proposals = Proposals
clearing-rows = What could be cleared
clearing-row = { $side ->
    [mine] You → { $name }
   *[theirs] { $name } → you
}: { $amount } · { $state ->
    [in] ✅ takes part
    [waits] ⏳ waits for the other’s agreement
   *[out] not agreed
}
clearing-single = It is cleared only if both of you agree to it: here, or in general.
clearing-statements = Statements
clearing-statement-of = 🧾 { $month }
clearing-do-agree = My obligations may be cleared
clearing-do-stop = No clearing without asking me
clearing-do-clearing = 🔁 Clearing
clearing-do-statement = 🧾 The statement

## The statement of a run

clearing-statement-title = 🧾 Cleared: { $month }
clearing-sums = { $side ->
    [mine] You owed { $before }: { $cleared } set off, { $left } left.
   *[theirs] You were owed { $before }: { $cleared } set off, { $left } left.
}
clearing-with-whom = With whom
clearing-statement-row = { $side ->
    [mine] You → { $name }
   *[theirs] { $name } → you
}: { $before } − { $cleared } = { $left }
clearing-chains = In a circle
clearing-chain = { $chain }: { $amount }
clearing-arrow = { $first } → { $next }
clearing-you = you
clearing-links = { $n ->
    [one] { $n } more
   *[other] { $n } more
}
clearing-did = 🔁 The clearing of this month set off { $cleared } of what you owed; { $left } of that is left.

## Proposals: of two who owe each other, and along a chain

propose-title = 🔁 Set off or hand on: { $name }
propose-lead = Pick what you owe. Nothing changes unless everybody it is about agrees within three days.
propose-nothing = Nothing you owe could be set off against this, or handed on along it.
propose-set-off = You owe each other: set off { $amount } (you → { $name })
propose-hand-on = { $debtor } helps { $name } instead of you: { $amount }
proposal-title = { $kind ->
    [set-off] 🔁 Setting off
   *[hand-on] 🔀 Handing on
}
proposal-set-off-mine = You and { $name } owe each other: you propose to set off { $amount } on both sides.
proposal-set-off = You and { $name } owe each other: { $name } proposes to set off { $amount } on both sides.
proposal-hand-on-mine = You propose that { $debtor } helps { $creditor } with { $amount } instead of you. You owe { $creditor } that much less, and { $debtor } owes you that much less.
proposal-hand-on-debtor = { $name } proposes that you help { $third } with { $amount } directly. You owe { $name } that much less.
proposal-hand-on-creditor = { $name } proposes that { $third } helps you with { $amount } instead. { $name } owes you that much less.
proposal-naming-debtor = You owe { $name }, who owes somebody else. { $name } would like you to help that person with { $amount } directly. You two do not know of each other here. May { $name } name you to them?
proposal-naming-creditor = { $name } owes you and is owed by somebody else, who could help you with { $amount } instead. You two do not know of each other here. May { $name } name you to them?
proposal-state = { $state ->
    [answer] It waits for your word until { $until }.
    [wait] It waits for the others until { $until }.
    [agreed] ✅ Everybody agreed: it is done.
    [declined] It was declined. Nothing has changed.
    [withdrawn] It was taken back. Nothing has changed.
    [expired] Not everybody agreed in time. Nothing has changed.
    [fallen] What it was about has changed. It no longer applies.
   *[left] One of those concerned has left. Nothing has changed.
}
proposal-do-agree = I agree
proposal-do-decline = I’d rather not
proposal-do-name = Yes, I may be named
proposal-do-not-name = Please don’t name me
proposal-do-withdraw = Take the proposal back
proposal-do-record = ◀ The obligation
proposal-sure-set-off = You and { $name } will each owe the other { $amount } less. This cannot be undone. Do you agree?
proposal-sure-debtor = You will owe { $third } { $amount }, and { $name } that much less. It cannot be taken back. Do you agree?
proposal-sure-creditor = { $third } will owe you { $amount }, and { $name } that much less. This cannot be undone. Do you agree?

## Notices

notice-clearing-announced = 📣 The clearing of this month is on { $on }
notice-clearing-before = What you agreed to is then set off wherever promises run in a circle. Until that day you can choose otherwise, in general or for a single obligation.
notice-proposal-set-off = 🔁 { $name } proposes to set off what you owe each other
notice-proposal-hand-on = 🔀 { $name } proposes to hand on an obligation
notice-proposal-naming = 🔀 { $name } asks whether you may be named to somebody
notice-proposal-until = It waits for your word until { $until }. If you say nothing, nothing changes.
notice-proposal-nothing-changes = All obligations stay as they were.

## The journal

history-clearing-consent = { $consents ->
    [yes] 🔁 You agreed that your obligations may be cleared.
   *[no] You no longer want your obligations cleared.
}
history-clearing-consent-of = { $consent ->
    [yes] 🔁 You agreed to clearing the obligation between you and { $name }.
    [no] You do not want the obligation between you and { $name } cleared.
   *[general] For the obligation between you and { $name }, your general choice about clearing holds again.
}
history-clearing-told = 📣 The clearing of { $on } was announced.
history-clearing-stated = 🧾 You were given the statement of the clearing.
history-obligation-cleared = 🔁 { $side ->
    [mine] { $amount } of what you owed { $name } was cleared, { $month }.
   *[theirs] { $amount } of what { $name } owed you was cleared, { $month }.
}
history-obligation-set-off = 🔁 { $side ->
    [mine] { $amount } of what you owed { $name } was set off between you.
   *[theirs] { $amount } of what { $name } owed you was set off between you.
}
history-obligation-transferred = 🔀 { $side ->
    [mine] { $replaced ->
        [yes] Of what you owed { $name }, { $amount } is now owed by somebody else.
       *[no] Of what you owed { $name }, { $amount } now goes to somebody else.
    }
   *[theirs] { $replaced ->
        [yes] Of what { $name } owed you, { $amount } is now owed by somebody else.
       *[no] Of what { $name } owed you, { $amount } was handed on.
    }
}
history-set-off-proposed = 🔁 You proposed to { $name } to set off { $amount } on both sides.
history-hand-on-proposed = 🔀 You proposed that { $name } helps { $creditor } with { $amount } instead of you.
history-proposal-asked = { $named ->
    [yes] 🔁 { $name } asked you to agree to a proposal.
   *[no] 🔀 { $name } asked whether you may be named to somebody.
}
history-proposal-naming = { $yes ->
    [yes] You said that you may be named.
   *[no] You said that you would rather not be named.
}
history-proposal-consented = { $side ->
    [mine] You agreed to { $name }’s proposal.
   *[theirs] { $name } agreed to your proposal.
}
history-proposal-agreed = ✅ { $side ->
    [mine] Everybody agreed to your proposal: { $amount }.
   *[theirs] Everybody agreed to { $name }’s proposal: { $amount }.
}
history-proposal-ended = { $side ->
    [mine] Your proposal came to nothing
   *[theirs] { $name }’s proposal came to nothing
}: { $how ->
    [declined] it was declined.
    [withdrawn] it was taken back.
    [expired] not everybody agreed in time.
    [fallen] what it was about has changed.
   *[left] one of those concerned has left.
}

## Answers, refusals, and a few words beside the records

done-clearing-consent = { $consents ->
    [yes] From now on your obligations may be cleared, wherever the other side agrees too.
   *[no] Your obligations will not be cleared, except single ones you agree to.
}
done-clear-consent = { $consents ->
    [yes] This obligation may be cleared, if the other side agrees too.
   *[no] This obligation will not be cleared.
}
done-proposed = Proposed. Nothing changes unless everybody agrees.
done-proposal-naming = { $yes ->
    [yes] Thank you. If the other one may be named too, you will both be asked.
   *[no] You will not be named, and nobody hears that you were asked.
}
done-proposal-agreed = Agreed.
done-proposal-declined = Declined. Nothing changes.
done-proposal-withdrawn = Taken back. Nothing changes.
refusal-not-cleared = This cannot be cleared or handed on now: only what is open, and neither reported, frozen, overdue nor for an emergency.
refusal-already-proposed = That is proposed already, and waits for an answer.
refusal-clearing-first = The month’s clearing is just being done. Please try again in a minute.
rec-cleared-label = Cleared
rec-transferred-label = Handed on
rec-clearing = { $state ->
    [in] 🔁 Takes part in the clearing.
   *[waits] 🔁 May be cleared once the other side agrees.
}
rec-do-clear = 🔁 This may be cleared
rec-do-not-clear = 🔁 Not to be cleared
rec-do-propose = 🔀 Set off or hand on
profile-do-clearing = 🔁 Clearing
waits-to-agree = 🔀 { $n ->
    [one] { $n } proposal to set off or hand on
   *[other] { $n } proposals to set off or hand on
}
category-clearing = Clearing
category-hand-on = Setting off and handing on
export-account-cleared = cleared:{ $side ->
    [mine] mine
   *[theirs] for me
}
export-what-cleared = cleared
export-what-handed-on = handed on
