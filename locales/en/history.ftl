### The journal as one of those concerned would tell it, and the summary of a month.

history-title = 📜 My journal
history-record-title = 📜 How it came about
history-empty = Nothing has happened yet.
history-entry = { $at }: { $what }
history-do-record = ◀ The record itself

## Taking part

history-registered = You joined.
history-registered-by = { $side ->
    [mine] You joined, invited by { $name }.
   *[theirs] { $name } joined by your invitation.
}
history-monthly-asked = 🔆 You asked for { $target } a month.
history-emergency-called = 🆘 You called an emergency: { $target } by { $deadline }.
history-appeal-target = You changed what you ask for: it was { $before }, it is { $after }.
history-appeal-deadline = You moved the last day from { $from } to { $to }.
history-appeal-both = You changed what you ask for: it was { $before }, it is { $after }; the last day moved from { $from } to { $to }.
history-appeal-findable = { $findable ->
    [yes] Your request can now be found by people close to your network.
   *[no] Your request is now seen by your own network only.
}
history-appeal-words = You changed the words of your request.
history-monthly-ended = { $ending ->
    [left] Your monthly request ended as you left.
   *[ended] ✅ You said that you are fine again.
}
history-emergency-ended = { $ending ->
    [reached] 💚 Your emergency ended: the whole amount arrived, { $confirmed }.
    [expired] Your emergency ended with its last day; { $confirmed } arrived.
    [left] Your emergency ended as you left; { $confirmed } had arrived.
   *[ended] You ended your emergency; { $confirmed } arrived.
} { $then ->
    [orange] Your monthly request goes on.
   *[green] You are green ✅ again.
}
history-left = You left.
history-linking-asked = 🔑 Another account asked to be linked to you.
history-accounts-linked = 🔑 Another account now speaks for you.
history-blocked = 🚫 You blocked { $name }.
history-unblocked = You took the block of { $name } back.
history-vouched = ✔️ { $side ->
    [mine] You vouched for { $name }’s request.
   *[theirs] { $name } vouched for your request.
}
history-vouch-withdrawn = { $side ->
    [mine] You no longer vouch for { $name }’s request.
   *[theirs] { $name } no longer vouches for your request.
}

## Links

history-link-made-own = 🔗 You made a link to yourself.
history-link-made = 🔗 { $side ->
    [mine] You made a link to { $name }.
   *[theirs] { $name } made a link to you, so that others may help you.
}
history-link-revoked-own = A link of yours was closed.
history-link-revoked = { $side ->
    [mine] Your link to { $name } was closed.
   *[theirs] { $name }’s link to you was closed.
}
history-link-expired-own = A link of yours expired.
history-link-expired = { $side ->
    [mine] Your link to { $name } expired.
   *[theirs] { $name }’s link to you expired.
}
history-link-followed = 🔗 { $side ->
    [mine] You followed an invitation to { $name }.
   *[theirs] { $name } followed a link to you.
}
history-link-of-mine-followed = 🔗 { $name } followed a link of yours.
history-links-forbidden = { $forbid ->
    [yes] You no longer want links to you by others.
   *[no] Others may make links to you.
}

## Intentions

history-intention-recorded = ❤️ { $side ->
    [mine] Your intention for { $name }: { $amount }.
   *[theirs] { $name }’s intention for you: { $amount }.
}
history-intention-changed = ✏️ { $side ->
    [mine] You changed your intention for { $name }: it was { $before }, it is { $after }.
   *[theirs] { $name } changed their intention for you: it was { $before }, it is { $after }.
}
history-intention-revalued = ⚖️ { $side ->
    [mine] You took the value { $name } proposed: it was { $before }, it is { $after }.
   *[theirs] { $name } took the value you proposed: it was { $before }, it is { $after }.
}
history-intention-withdrawn = { $side ->
    [mine] You took back your intention for { $name }: { $amount }.
   *[theirs] { $name } took back their intention for you: { $amount }.
}
history-intention-converted = 🤝 { $side ->
    [mine] You made { $amount } for { $name } an obligation.
   *[theirs] { $name } made { $amount } for you an obligation.
}
history-intention-converted-part = 🤝 { $side ->
    [mine] You made { $amount } for { $name } an obligation; { $rest } stays an intention.
   *[theirs] { $name } made { $amount } for you an obligation; { $rest } stays an intention.
}
history-intention-lapsed = 🍂 { $side ->
    [mine] Your intention for { $name } fell away: { $amount }.
   *[theirs] { $name }’s intention for you fell away: { $amount }.
} { $reason ->
    [overdue] Something is overdue there.
   *[month] The month ended before it became an obligation.
}
history-intention-cancelled = { $side ->
    [mine] Your intention for { $name } ended: { $amount }.
   *[theirs] { $name }’s intention for you ended: { $amount }.
}{ $reason ->
    [not-needed] {" "}It is no longer needed.
    [left] {" "}One of you left.
    [blocked] {" "}You blocked them.
   *[ended] {""}
}
history-intention-renewed = 🔄 { $side ->
    [mine] You kept your word, and it came back as an intention for { $name }: { $amount }.
   *[theirs] { $name } kept their word, and it came back as an intention for you: { $amount }.
}
history-renewal-deferred = { $side ->
    [mine] { $amount } for { $name } comes back as an intention once nothing there is overdue.
   *[theirs] { $amount } from { $name } comes back as an intention once nothing is overdue.
}
history-intention-thawed = { $side ->
    [mine] Your intention for { $name } no longer rests.
   *[theirs] { $name }’s intention for you no longer rests.
}
history-conversion-asked = { $side ->
    [mine] { $name } asked you to make your intention an obligation.
   *[theirs] You asked { $name } to make their intention an obligation.
}
history-value-proposed = ⚖️ { $side ->
    [mine] { $name } proposed another value: { $proposed } instead of { $before }.
   *[theirs] You proposed another value to { $name }: { $proposed } instead of { $before }.
}
history-value-declined = { $side ->
    [mine] You kept your own value for { $name }, not { $proposed }.
   *[theirs] { $name } kept their own value, not { $proposed }.
}

## Obligations

history-obligation-made = 🤝 { $side ->
    [mine] Your obligation to { $name }: { $amount } by { $due }
   *[theirs] { $name }’s obligation to you: { $amount } by { $due }
}, { $origin ->
    [emergency] towards an emergency.
    [direct] agreed between the two of you.
    [handed-on] handed on to you both.
   *[monthly] towards a monthly request.
}
history-due-moved = { $side ->
    [mine] The due date of your obligation to { $name } moved from { $before } to { $after }.
   *[theirs] The due date of { $name }’s obligation to you moved from { $before } to { $after }.
} { $reason ->
    [thawed] An emergency ended.
    [not-received] It had not been received.
    [reopened] A confirmation was opened again.
   *[deadline] The emergency runs longer.
}
history-reported = ⏳ { $side ->
    [mine] You reported { $amount } for { $name } as done.
   *[theirs] { $name } reported { $amount } for you as done.
}
history-confirmed = 👍 { $side ->
    [mine] { $name } confirmed: { $amount } arrived.
   *[theirs] You confirmed: { $amount } from { $name } arrived.
}
history-confirmed-part = 👍 { $side ->
    [mine] { $name } confirmed a part: { $amount } of { $reported } arrived.
   *[theirs] You confirmed a part: { $amount } of { $reported } from { $name } arrived.
}
history-not-received = 🚫 { $side ->
    [mine] { $name } has not received { $amount }.
   *[theirs] You have not received { $amount } from { $name }.
}
history-by-silence = 👍 { $side ->
    [mine] { $amount } for { $name } counts as fulfilled: your report was never answered.
   *[theirs] { $amount } from { $name } counts as fulfilled: the report was never answered.
}
history-reopened = ↩️ { $side ->
    [mine] { $name } opened a confirmation again: { $amount }.
   *[theirs] You opened a confirmation again: { $amount } from { $name }.
}
history-performance-asked = 🔔 { $side ->
    [mine] { $name } asked you to carry it out within 24 hours, or to talk.
   *[theirs] You asked { $name } to carry it out within 24 hours, or to talk.
}
history-confirmation-reminded = 🔔 { $side ->
    [mine] { $by ->
        [debtor] You reminded { $name } to confirm your help.
       *[system] { $name } was reminded to confirm your help.
    }
   *[theirs] { $by ->
        [debtor] { $name } asks you to confirm their help.
       *[system] You were reminded to confirm the help of { $name }.
    }
}
history-debtor-reminded = 🔔 { $side ->
    [mine] You were reminded of your obligation to { $name }
   *[theirs] { $name } was reminded of their obligation to you
}{ $last ->
    [yes] , for the last time.
   *[no] .
}
history-obligation-fulfilled = 👍 { $side ->
    [mine] Your obligation to { $name } is fulfilled
   *[theirs] { $name }’s obligation to you is fulfilled
}{ $how ->
    [late] , late.
    [silence] : counted after no answer.
   *[on-time] .
}
history-obligation-overdue = ⌛ { $side ->
    [mine] Your obligation to { $name } is overdue: { $amount }.
   *[theirs] { $name }’s obligation to you is overdue: { $amount }.
}
history-obligation-released = 🕊 { $side ->
    [mine] { $name } released you from { $amount }.
   *[theirs] You released { $name } from { $amount }.
}{ $reason ->
    [left] {" "}One of you left.
   *[word] {""}
}
history-obligation-cancelled = ☑️ { $side ->
    [mine] { $amount } for { $name } is no longer needed: the emergency has all it asked for.
   *[theirs] { $amount } from { $name } is no longer needed: the emergency has all it asked for.
}
history-obligation-defaulted = ✖️ { $side ->
    [mine] You left, and { $amount } for { $name } stays undone.
   *[theirs] { $name }: the obligation of { $amount } stays undone.
}

## Offers

history-offer-give = ✉️ { $side ->
    [mine] You offered { $name } { $amount } by { $due }.
   *[theirs] { $name } offered you { $amount } by { $due }.
}
history-offer-ask = ✉️ { $side ->
    [mine] You asked { $name } for { $amount } by { $due }.
   *[theirs] { $name } asked you for { $amount } by { $due }.
}
history-offer-given = ✉️ { $side ->
    [mine] You recorded { $amount } given to { $name }.
   *[theirs] { $name } recorded { $amount } given to you.
}
history-offer-received = ✉️ { $side ->
    [mine] You recorded { $amount } received from { $name }.
   *[theirs] { $name } recorded { $amount } received from you.
}
history-offer-accepted = ✅ { $side ->
    [mine] { $name } accepted your offer.
   *[theirs] You accepted { $name }’s offer.
}
history-offer-declined = { $side ->
    [mine] { $name } declined your offer.
   *[theirs] You declined { $name }’s offer.
}
history-offer-withdrawn = { $side ->
    [mine] Your offer to { $name } is no longer there.
   *[theirs] { $name }’s offer to you is no longer there.
}

## The month

history-month-closed = { $month } ended{ $overdue ->
    [0] .
    [one] , with { $overdue } obligation of yours overdue.
   *[other] , with { $overdue } obligations of yours overdue.
}
history-month-nudged = You were told what is yours to do before the end of { $month }.
history-month-summarised = You were given the summary of { $month }.
history-suspended = You can promise nothing new until nothing of yours is overdue.
history-suspension-lifted = Nothing of yours is overdue: you can promise again.

## The summary of a month. $shown says whether to count gifts or to add them up.

summary-title = 🗓 { $month }: what it was
summary-gave = ❤️ You { $shown ->
    [gifts] helped { $n ->
        [one] { $n } time
       *[other] { $n } times
    }.
   *[sums] gave { $amount } ({ $n ->
        [one] { $n } gift
       *[other] { $n } gifts
    }).
}
summary-received = 💚 You { $shown ->
    [gifts] were helped { $n ->
        [one] { $n } time
       *[other] { $n } times
    }.
   *[sums] received { $amount } ({ $n ->
        [one] { $n } gift
       *[other] { $n } gifts
    }).
}
summary-lapsed = 🍂 { $n ->
    [one] { $n } intention of yours
   *[other] { $n } intentions of yours
} fell away{ $shown ->
    [gifts] .
   *[sums] : { $amount }.
}
summary-renewed = 🔄 { $n ->
    [one] { $n } intention of yours
   *[other] { $n } intentions of yours
} came back{ $shown ->
    [gifts] .
   *[sums] : { $amount }.
}
summary-renewed-for-me = 🔄 { $n ->
    [one] { $n } intention for you
   *[other] { $n } intentions for you
} came back{ $shown ->
    [gifts] .
   *[sums] : { $amount }.
}
summary-overdue = ⌛ { $n ->
    [one] { $n } obligation of yours is
   *[other] { $n } obligations of yours are
} overdue{ $shown ->
    [gifts] .
   *[sums] : { $amount }.
}
summary-overdue-for-me = ⌛ { $n ->
    [one] { $n } obligation to you is
   *[other] { $n } obligations to you are
} overdue{ $shown ->
    [gifts] .
   *[sums] : { $amount }.
}
summary-came = 🌱 { $n ->
    [one] { $n } person
   *[other] { $n } people
} came by an invitation of yours or a link to you.
summary-quiet = A quiet month.
summary-way-back = The way back is open: carry it out, report it, and once it is confirmed the tie is as before.
summary-renewed-free = What came back is as free as any intention: change it or take it back as you like.
summary-do-overdue = ⌛ What is overdue
summary-do-mine = ❤️ My intentions
