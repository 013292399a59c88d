### Promises between people: the organizer, one intention, one obligation, one offer; what was answered, and why not.

## Words shared by records

rec-form = { $form ->
    [thing] a thing
    [service] a service
    [time] time
   *[money] money
}
# Help in kind: its value, and what it is.
rec-worth = { $amount } ({ rec-form })

# Where an obligation stands: mark plus word.
rec-state = { $state ->
    [awaiting] ⏳ waits for confirmation
    [overdue] ⌛ overdue
    [frozen] ❄️ resting
    [fulfilled] 👍 fulfilled
    [late] 👍 fulfilled late
    [silence] 👍 counted after no answer
    [released] 🕊 released
    [cancelled] ☑️ no longer needed
    [defaulted] ✖️ not kept, its author has left
   *[open] 🤝 to be kept
}

## Records in lists

rec-intention-line = ❤️ { $side ->
    [mine] You → { $name }
   *[theirs] { $name } → you
}: { $amount }{ $state ->
    [frozen] {" "}· ❄️ resting
    [proposed] {" "}· another value proposed
    [asked] {" "}· asked to make it an obligation
   *[live] {""}
}
rec-obligation-line = { $side ->
    [mine] You → { $name }
   *[theirs] { $name } → you
}: { $amount }, by { $due } · { $state }
rec-report-line = ⏳ { $name } → you: { $amount }, reported { $at }
rec-offer-line = ✉️ { $side ->
    [mine] You → { $name }
   *[theirs] { $name } → you
}: { $amount }{ $given ->
    [yes] , already given
   *[no] {""}
} · { $state ->
    [answer] waits for your word
   *[wait] waits for their word
}

## Labels of a record

rec-state-label = Where it stands
rec-recorded-label = Recorded
rec-changed-label = Changed
rec-due-label = Due
rec-settled-label = Arrived
rec-unreported-label = Still to give

## An intention

rec-intention-title = ❤️ { $side ->
    [mine] Your intention: { $amount } for { $name }
   *[theirs] { $name } wants to help you: an intention of { $amount }
}
rec-intention-state = { $state ->
    [frozen] ❄️ resting
    [withdrawn] withdrawn
    [converted] became an obligation 🤝
    [lapsed] ended with the month
    [cancelled] no longer needed
    [given] ❤️ free: its author can change it or take it back
   *[live] ❤️ free: you can change it or take it back
}
rec-intention-frozen = { $who ->
    [me] It rests while you are in an emergency. It will not lapse, and nobody will ask you for it.
   *[them] It rests while { $name } is in an emergency. Made an obligation now, it helps in that emergency.
}
rec-intention-for-me-frozen = { $who ->
    [me] It rests while your emergency runs. You can ask { $name } to make it an obligation.
   *[them] It rests while { $name } is in an emergency.
}
rec-asked-to-convert = { $name } asks whether you can make it an obligation. Make it one, change it or take it back: each is fine.
rec-asked-them = { $name } was asked to make it an obligation.
rec-value-proposed = { $name } values this help at { $proposed }. It stands only if you take it.
rec-value-waits = You proposed { $proposed }. It stands if { $name } takes it.
rec-value-hint = For help in kind, its usual market value is a good measure. You can propose another value.
rec-proportional = Together, the intentions for { $name } are more than was asked. Your proportional part would be { $part }; leaving it as it is is fine, too.

rec-do-convert = 🤝 Make it an obligation
rec-do-convert-part = 🤝 A part of it
rec-do-perform-now = 👍 Already given: report it
rec-do-change = ✏️ Change the amount
rec-do-withdraw = ✖️ Take it back
rec-do-proportional = ⚖️ Change to { $part }
rec-do-take-value = ⚖️ Take { $amount }
rec-do-keep-value = Keep { $amount }
rec-do-ask-convert = 🤝 Ask to make it binding
rec-do-revalue = ⚖️ Propose another value

## An obligation

rec-obligation-title = 🤝 { $side ->
    [mine] Your obligation: { $amount } for { $name }
   *[theirs] { $name }’s obligation to you: { $amount }
}
rec-report-waiting = ⏳ { $at }: { $amount } reported, not answered yet
rec-report-confirmed = 👍 { $at }: { $amount } reported, all arrived
rec-report-partly = 👍 { $at }: { $amount } reported, { $confirmed } arrived
rec-report-refused = 🚫 { $at }: { $amount } reported, not received
rec-report-silence = 👍 { $at }: { $amount } reported, counted after no answer
rec-report-reopened = ↩️ { $at }: { $amount } reported; confirmed by mistake and opened again
rec-overdue = { $side ->
    [mine] Its date has passed. The way back is open: carry it out and report it; once { $name } confirms, you are back in the circle.
   *[theirs] Its date has passed. You can wait, ask { $name } to carry it out now, or release it.
}
rec-overdue-reported = { $side ->
    [mine] Its date has passed, and it is reported as done. Once { $name } confirms, you are back in the circle.
   *[theirs] Its date has passed, and it is reported as done. Once you confirm, { $name } is back in your circle.
}
rec-obligation-frozen = { $side ->
    [mine] It rests while you are in an emergency: it is not due, and nobody will remind you.
   *[theirs] It rests while { $name } is in an emergency: it is not due meanwhile.
}
rec-asked-now = { $name } asks you to carry it out within 24 hours, or to talk. Asked { $at }.
rec-pay = How to send help to { $name }
rec-pay-hidden = A newly linked account does not see for 72 hours how help is sent. Look on your other account.
rec-pay-in-person = Ask { $name } in person how to send help.

rec-do-report = 👍 Done: report { $amount }
rec-do-report-part = ✏️ Report a part, or add words
rec-do-remind = 🔔 Remind to confirm
rec-do-confirm = 👍 { $amount } arrived
rec-do-confirm-part = ✏️ Less arrived
rec-do-refuse = 🚫 Not received
rec-do-ask-perform = 🔔 Ask to carry it out now
rec-do-reopen = ↩️ Confirmed by mistake
rec-do-release = 🕊 Release
rec-do-why = ❓ Why do I owe this?
rec-do-history = 📜 Its history
rec-do-card = 👤 { $name }

## An offer outside any request

offer-title = ✉️ { $side ->
    [mine] Your offer to { $name }
   *[theirs] { $name } offers
}
offer-give = { $side ->
    [mine] You would give { $name } { $amount } by { $due }.
   *[theirs] { $name } would give you { $amount } by { $due }.
}
offer-ask = { $side ->
    [mine] { $name } would give you { $amount } by { $due }.
   *[theirs] You would give { $name } { $amount } by { $due }. Accepted, it is your obligation.
}
offer-given = { $side ->
    [mine] You gave { $name } { $amount }. It counts once { $name } accepts.
   *[theirs] { $name } gave you { $amount }. Accepting confirms that it arrived.
}
offer-received = { $side ->
    [mine] { $name } gave you { $amount }. It counts once { $name } accepts.
   *[theirs] You gave { $name } { $amount }. It counts once you accept.
}
offer-state = { $state ->
    [answer] It waits for your word.
    [wait] It waits for the other’s word.
    [accepted] It was accepted.
    [declined] It was declined.
   *[withdrawn] It is no longer there.
}
offer-do-accept = ✅ Accept
offer-do-decline = ✖️ Decline
offer-do-withdraw = ✖️ Take the offer back
offer-do-record = 📖 What it became

## The organizer

org-title = 📒 Organizer
org-nothing = Nothing is promised yet, by you or to you.
org-waits = Waits for you
org-lists = Promises
org-archives = Archive
org-mine = From me to others: { $intentions ->
    [one] { $intentions } intention
   *[other] { $intentions } intentions
}, { $obligations ->
    [one] { $obligations } obligation
   *[other] { $obligations } obligations
}{ $offers ->
    [0] {""}
    [one] , { $offers } offer
   *[other] , { $offers } offers
}
org-for-me = From others to me: { $intentions ->
    [one] { $intentions } intention
   *[other] { $intentions } intentions
}, { $obligations ->
    [one] { $obligations } obligation
   *[other] { $obligations } obligations
}
org-tab = { $tab ->
    [mine] From me to others
    [for-me] From others to me
    [to-confirm] Waits for my answer
    [fulfilled] 👍 Fulfilled
   *[not-kept] ⌛ Not kept on time
}
org-tab-empty = { $tab ->
    [mine] You have promised nothing that is still open.
    [for-me] Nothing is promised to you now.
    [to-confirm] Nothing waits for your answer.
    [fulfilled] Nothing is fulfilled yet.
   *[not-kept] Everything was kept on time.
}

## What was done

done-done = Done.
done-nothing = Nothing changed.
done-asked-monthly = Recorded: you ask for { $target } a month. Your network is being told.
done-emergency = 🆘 Recorded: { $target } by { $deadline }. Your network is being told now.
done-appeal-changed = Changed. Everyone in your circle is told.
done-fine-again = ✅ Good to hear that you are fine. Those who had intentions are told, with your thanks; obligations stay.
done-emergency-ended = The emergency has ended: { $confirmed } arrived. Obligations stay.
done-blocked = You and { $name } no longer see each other. Nobody is told. Obligations between you stay due.
done-unblocked = { $name } is no longer blocked.
done-vouched = Thank you: whoever sees the request sees that you vouch for it.
done-vouch-withdrawn = You no longer vouch for this request.
done-link-made = The link is ready. Pass it on to people you trust.
done-link-revoked = The link is closed. What it opened is closed too, unless another tie is there.
done-links-forbidden = { $forbid ->
    [yes] Others can no longer make links to you.
   *[no] Others may make links to you again.
}
done-followed = The way is open.
done-intended = ❤️ Recorded: an intention of { $amount } for { $name }. Thank you!
done-intention-changed = ❤️ Changed: { $amount } for { $name }.
done-intention-withdrawn = Taken back: { $amount } for { $name }. No reason is needed.
done-converted = 🤝 Recorded: an obligation of { $amount } for { $name }, by { $due }. Thank you!
done-converted-rest = 🤝 Recorded: an obligation of { $amount } for { $name }, by { $due }. { $rest } stays an intention. Thank you!
done-performed = 👍 Recorded: { $amount } for { $name }, given. { $name } is asked to confirm.
done-conversion-asked = { $name } is asked to make it an obligation.
done-value-proposed = { $name } is told that you value it at { $amount }. It stands if they take it.
done-value-taken = Taken: { $amount }.
done-value-kept = Kept: { $name } is told that your own value stands.
done-promised = 🤝 Recorded: an obligation of { $amount } for { $name }, by { $due }. Thank you!
done-given = 👍 Recorded: { $amount } for { $name }, already given. It counts once { $name } confirms.
done-reported = 👍 Reported: { $amount } for { $name }. { $name } is asked to confirm.
done-confirmed = 👍 Confirmed: { $amount } from { $name }. They are told, with your thanks.
done-confirmed-part = 👍 Confirmed: { $amount } of { $reported } from { $name }. The rest is open again; both of you are told.
done-refused = Recorded: { $amount } from { $name } has not arrived. It is open again. Perhaps have a word with { $name }.
done-reopened = ↩️ Open again: { $amount } from { $name }. Both of you see why.
done-released = 🕊 Released: { $amount }. It never counts against { $name }.
done-performance-asked = { $name } is asked to carry it out within 24 hours, or to talk to you.
done-reminded = { $name } is reminded to confirm.
done-offered = ✉️ Offered to { $name }: { $amount }. It waits for their word.
done-offer-accepted = ✅ Agreed with { $name }: { $amount }.
done-offer-declined = Declined. { $name } is told.
done-offer-withdrawn = The offer is taken back.
done-profile = { $what ->
    [name] Your name is saved.
    [about] Saved: what you tell about yourself.
    [pay] Saved: how help is sent to you.
    [offers] Saved: what you can offer.
    [language] From now on in English.
    [zone] Your time zone is saved.
    [quiet] Your quiet hours are saved.
    [notices] Saved.
    [currency] Saved: how amounts are shown.
    [harmless] Saved, for your eyes only.
   *[gifts] Saved: how your totals are shown.
}
done-qr = Here is the picture.
done-export = Here are your records.
done-linking-code = The code is ready. It works for 10 minutes, once.
done-spread = Recorded for { $n ->
    [one] { $n } person
   *[other] { $n } people
}: { $amount } in all.

## Are you sure? Exactly what follows

done-sure-promise = Promise { $name } { $amount } by { $due }? It is an obligation: it cannot be reduced or taken back, only { $name } can release you.
done-sure-given = Record { $amount } for { $name } as already given? It counts once { $name } confirms. If it did not arrive, an obligation by { $due } stays, and it cannot be taken back.
done-sure-convert = Make { $amount } for { $name } an obligation? It is due by { $due } and cannot be reduced or taken back: only { $name } can release you.
done-sure-convert-part = Make { $amount } for { $name } an obligation? It is due by { $due } and cannot be reduced or taken back: only { $name } can release you. { $rest } stays a free intention.
done-sure-perform = Report { $amount } for { $name } as already given? It becomes an obligation by { $due } that is fulfilled once { $name } confirms. It cannot be taken back.
done-sure-release = Release { $name } from { $amount }? It will not come any more and cannot be asked for again. It never counts against { $name }.
done-sure-accept = Accept? You will give { $name } { $amount } by { $due }. It is an obligation: it cannot be reduced or taken back, only { $name } can release you.
done-sure-block = Block { $name }? You no longer see each other, and nobody is told. Obligations between you stay. This ends for good, even if you take the block back: { $ends }.
done-sure-forbid-links = No more links to you by others? { $n ->
    [one] { $n } link made by others closes for good, with what it opened.
   *[other] { $n } links made by others close for good, with what they opened.
}
# What a block ends.
ends-intentions = { $n ->
    [one] { $n } intention
   *[other] { $n } intentions
}
ends-offers = { $n ->
    [one] { $n } offer
   *[other] { $n } offers
}

## Why something was not done

refusal-unknown = There is nothing like that here for you.
refusal-not-a-member = You have left. To take part again, send /start.
refusal-clock-only = That happens by itself when its time comes.
refusal-month-not-closed = The month is just being closed. Please try again in a minute.
refusal-zero-amount = The amount must be more than nothing. For example: 50.
refusal-amount-too-large = That is too much for one record: at most { $limit }. Is there a digit too many?
refusal-oneself = That would be yourself. Promises need two people.
refusal-already-orange = You already ask for monthly support. You can change the amount under /need.
refusal-already-red = You have called an emergency already. You can change its amount or last day under /need.
refusal-not-asking = You are not asking for anything now. To ask, open /need.
refusal-appeal-closed = This request takes no new help now. Look at /give for who needs help today.
refusal-takes-intentions = This is a monthly request: it begins with a free intention, which you can make an obligation later.
refusal-takes-obligations = In an emergency only obligations help. You can promise one if you are sure to keep it.
refusal-date-passed = { $date } has passed. Please give a later day, for example: in 10 days.
refusal-date-too-soon = That is too near: the earliest day is { $earliest }.
refusal-date-too-far = That is too far ahead: the latest day is { $latest }.
refusal-in-emergency = While you are in an emergency, you promise nothing new. Now it is your turn to be helped.
refusal-suspended = You can promise nothing new while something of yours is overdue: /organizer shows what.
refusal-overdue-there = Something of yours is overdue there. Once it is carried out and confirmed, you can promise there again.
refusal-frozen = It rests until the emergency ends.
refusal-no-longer = This has been settled, answered or taken back already. Here is how it stands now.
refusal-above-intention = Your intention is { $intention }: you can make that or less an obligation. To give more, change the intention first.
refusal-above-outstanding = Only { $outstanding } is left to report. What you gave beyond that is a new gift: record it with /give.
refusal-above-reported = { $reported } was reported. If more arrived, that is a new gift, which its giver can record.
refusal-too-soon = You have asked already, and they were told. You can ask again from { $again }.
refusal-report-waits = First answer the report that waits: did it arrive?
refusal-too-late-to-reopen = A confirmation can be opened again once, within 24 hours. Please settle it between you, for example with a new promise.
refusal-not-in-kind = Money needs no other value. Only help in kind can be valued anew.
refusal-no-value-proposed = No other value is proposed now.
refusal-links-forbidden = Links by others are forbidden here. You can ask for one in person.
refusal-not-in-need = No help is needed here now.
refusal-too-many-links = You have { $limit ->
    [one] { $limit } open link
   *[other] { $limit } open links
}, and no more fit. Close one under /invite first.
refusal-not-in-circle = Only those who help, or who personally stand by this person, can vouch. Help first, if you like.
refusal-blocked = This person is on your block list. You can take the block back in /profile.
refusal-has-records = An account that has promises or links of its own cannot be linked to another. Settle them there first, or leave there.
refusal-no-uses = A link needs at least one use. For example: 1.
