### Bonds and the reference list: who stands by whom.

waits-bonds = { $n ->
    [one] 🤝 { $n } person offers to stand by you, and counts on you
   *[other] 🤝 { $n } people offer to stand by you, and count on you
}
people-bonded = { $n ->
    [one] Who stands by me personally: { $n }
   *[other] Who stand by me personally: { $n }
}
choice-list = 🛡 Reference list
card-choice-propose-bond = 🛡 Let’s stand by each other
card-choice-bond = 🛡 Standing by each other
ends-bonds = that you stand by each other
category-bond-news = Standing by each other
welcome-by-invitation = You were invited personally.

privacy-bonded = Who personally stands by you is in your network; whoever holds your personal invitation sees the same until they have answered. To everybody else on a reference list you are part of a number.

profile-leave-bonds = { $n ->
    [one] You and { $n } person no longer stand by each other.
   *[other] You and { $n } people no longer stand by each other.
}

## The reference list

list-title = 🛡 Reference list: who stands by you
list-nobody = Nobody stands by you personally yet.
list-lead = Invite somebody you trust: “I am ready to help you if needed, and count on the same from you.” Friends of your friends then stand by you too.
# How many, for how much each, and how many of them have kept promises before.
list-personal-each = { $n ->
    [one] { $n } person stands by you personally, for { $each }
   *[other] { $n } people stand by you personally, for { $each } each
}{ $kept ->
    [0] .
    [one] ; { $kept } of them has kept promises before.
   *[other] ; { $kept } of them have kept promises before.
}
list-personal = { $n ->
    [one] { $n } person stands by you personally, for { $sum }
   *[other] { $n } people stand by you personally, for { $sum } together
}{ $kept ->
    [0] .
    [one] ; { $kept } of them has kept promises before.
   *[other] ; { $kept } of them have kept promises before.
}
list-ring = Ring { $ring }: { $n ->
    [one] { $n } person
   *[other] { $n } people
} · { $pool }
list-rings = Rings { $ring }–{ $to }: { $n ->
    [one] { $n } person
   *[other] { $n } people
} · { $pool }
list-ring-few = Ring { $ring }: a few
list-rings-few = Rings { $ring }–{ $to }: a few
list-whole = In all: { $n ->
    [one] { $n } person
   *[other] { $n } people
} · { $pool }
list-whole-few = In all: { $n ->
    [one] { $n } person
   *[other] { $n } people
} · { $pool }, and a few more
list-changed = { $line } (since you last looked: { $change })
list-change-members = { $sign ->
    [more] +{ $n }
   *[less] −{ $n }
}
list-change-pool = { $sign ->
    [more] +{ $amount }
   *[less] −{ $amount }
}
list-waiting = They wait for your answer
list-in-sight = Those you can see
list-stands = ring 1 · stands by you for { $amount }
list-at = ring { $ring }
list-choice-invite = 🛡 Invite somebody to stand by me
list-choice-bonds = 🤝 Mine and invitations

## One bond

bond-title = 🛡 You and { $name }
bond-invites = { $name }: “I am ready to help you if needed, nominally with { $takes }, and count on the same from you.”
bond-invited = You invited { $name }: you are ready to help if needed, nominally with { $gives }, and count on the same. There is no answer yet.
bond-live = You stand by each other since { $since }: you nominally with { $gives }, { $name } with { $takes }.
bond-nominal = A nominal amount says how ready somebody is. It is no debt: nothing falls due by it.
bond-resting = It rests for now and counts in nobody’s list.
bond-ended = You stood by each other until { $at }.
bond-over = This invitation does not stand any more.
bond-restores = You stood by each other before.
bond-restorable = It comes back when you both wish it.
bond-do-accept = 🛡 Yes, for { $amount }
bond-do-accept-other = ✏️ Yes, with another amount
bond-do-decline = No, thank you
bond-do-change = ✏️ Change my amount
bond-do-withdraw = Take the invitation back
bond-do-end = ✖️ Stand by each other no longer
bond-do-restore = 🛡 Restore it
bonds-title = 🤝 Standing by each other
bonds-none = Nothing here yet.
bonds-row = { $state ->
    [answer] ✉️ { $name } waits for your answer
    [wait] ⏳ { $name } has not answered yet
    [live] 🛡 { $name }
    [resting] 💤 { $name }: rests for now
   *[ended] ✖️ { $name }: ended
}
ask-amount-nominal = How much are you ready to help with, if needed? It is a measure of readiness and no debt. For example: 100
ask-sure-end-bond = You no longer count in each other’s lists, and the other is told. It comes back only when you both wish it. End it?

## Personal links

link-title-personal = 🛡 Your personal invitation
link-personal = “I am ready to help you if needed, nominally with { $gives }, and count on the same from you.” It is for one person.
link-used = Somebody has opened this invitation. For another person make another one.
invite-row-personal = 🛡 Personal invitation, for one person · { $uses }

## What was done

done-bond-proposed = { $name } is invited; you are ready with { $amount }.
done-bond-made = You and { $name } stand by each other now; you with { $amount }.
done-bond-changed = Changed: you are ready with { $amount }.
done-bond-declined = You declined.
done-bond-withdrawn = The invitation is taken back.
done-bond-ended = You and { $name } no longer stand by each other.
done-personal-link = Your personal invitation is ready. Pass it on to the one it is for.

## Why not

refusal-already-bonded = You stand by each other already.
refusal-too-many-bonds = { $limit ->
    [one] One can personally stand by { $limit } person. End another bond first.
   *[other] One can personally stand by at most { $limit } people. End another bond first.
}
refusal-bonds-full = This member stands by as many people as one can. Nothing was changed.
refusal-too-many-invitations = { $limit ->
    [one] One can send { $limit } personal invitation a day. The next one: from { $again }.
   *[other] One can send at most { $limit } personal invitations a day. The next one: from { $again }.
}

## The journal

history-personal-link = 🛡 You made a personal invitation: you are ready with { $amount }
history-bond-proposed = { $side ->
    [mine] 🛡 You invited { $name } to stand by each other: you are ready with { $amount }
   *[theirs] 🛡 { $name } is ready to help you if needed, nominally with { $amount }, and counts on the same from you
}
history-bond-restoring = { $side ->
    [mine] 🛡 You proposed to { $name } to stand by each other again: you are ready with { $amount }
   *[theirs] 🛡 { $name } would like to stand by each other again: ready to help nominally with { $amount }, and counting on the same
}
history-bond-made = { $side ->
    [mine] 🛡 { $name } agreed: you stand by each other now, you with { $gives }, { $name } with { $takes }
   *[theirs] 🛡 You agreed: you and { $name } stand by each other now, you with { $gives }, { $name } with { $takes }
}
history-bond-restored = { $side ->
    [mine] 🛡 { $name } agreed: you stand by each other again, you with { $gives }, { $name } with { $takes }
   *[theirs] 🛡 You agreed: you and { $name } stand by each other again, you with { $gives }, { $name } with { $takes }
}
history-bond-declined = { $side ->
    [mine] 🛡 { $name } declined to stand by each other for now
   *[theirs] 🛡 You declined to stand by each other with { $name }
}
history-bond-withdrawn = { $side ->
    [mine] 🛡 Your invitation to { $name } to stand by each other ended
   *[theirs] 🛡 The invitation by { $name } to stand by each other ended
}
history-bond-changed = { $side ->
    [mine] 🛡 For { $name } you are ready with { $after } instead of { $before }
   *[theirs] 🛡 { $name } is ready to help you with { $after } instead of { $before }
}
history-bond-ended = { $side ->
    [mine] 🛡 You ended it: you and { $name } no longer stand by each other
   *[theirs] 🛡 { $name } ended it: you no longer stand by each other
}
history-bond-over = { $side ->
    [mine] 🛡 You and { $name } no longer stand by each other
   *[theirs] 🛡 You no longer stand by each other with { $name }
}
history-bond-left = { $side ->
    [mine] 🛡 You left: you and { $name } no longer stand by each other
   *[theirs] 🛡 You no longer stand by each other with { $name }
}
