### The profile and its parts; the names of the kinds of news.

profile-section = { $section ->
    [pay] 📬 How to send me help
    [offers] 🎁 I can offer
    [language] 🌐 Language
    [time] 🕰 Time zone, quiet hours
    [notices] 🔔 Notifications
    [accounts] 🔑 Accounts
    [export] 📦 Take my records along
    [amounts] 🔢 How amounts are shown
    [leave] 🚪 Leave
   *[main] 👤 My profile
}
profile-name = Name
profile-about-empty = You have not told anything about yourself yet. A few words help others to trust.
profile-do-name = ✏️ Name
profile-do-about = ✏️ About me

## How to send help

profile-pay-lead = Only those who help you see this. It is free text: a card, an account, an address, “in cash, in person”. The first one is shown on top.
profile-pay-none = Nothing here yet: helpers are told to ask you in person.
profile-do-pay-add = ➕ Add
profile-do-pay-first = ⭐ Show first: { $label }
profile-do-pay-remove = ✖️ Remove: { $label }

## I can offer

profile-offers-lead = A skill, a thing, a room, some time: whatever you could give. Your network sees it and can find it under /people.
profile-offers-pick = Picking a line takes it off.
profile-offers-full = The list is full. Take a line off to add another.
profile-do-offer-add = ➕ Add

## Language, time

profile-language = { $spoken ->
    [yes] ✅ { $name }
   *[no] { $name }
}
profile-zone = Time zone
profile-zone-value = { $zone }{ $whose ->
    [community] {" "}(as the community)
   *[own] {""}
}
profile-now = Your clocks show
profile-quiet = Quiet hours
profile-quiet-hours = { $from } – { $to }
profile-quiet-none = none
profile-quiet-urgent = In quiet hours nothing disturbs you but an emergency.
profile-do-zone = 🕰 Change the time zone
profile-do-zone-community = As the community
profile-do-quiet = 🌙 Set quiet hours
profile-do-quiet-none = No quiet hours

## Notifications

profile-notices-lead = Pick a line to change it: at once → once a day → off. What is marked ❗ cannot be off.
profile-notice = { $what }{ $must ->
    [yes] {" "}❗
   *[no] {""}
}: { $loudness ->
    [digest] once a day
    [off] off
   *[at-once] at once
}

category-emergency-in-circle = Emergency in my circle
category-emergency-in-network = Emergency in my network
category-asked-to-convert = Asked to make an intention an obligation
category-asked-to-perform = Asked to carry out
category-reported-as-performed = Reported as done, to confirm
category-not-received = Not received
category-overdue = Overdue
category-account-linked = Account linked
category-security = Security
category-status-in-network = Somebody in my network asks for support
category-circle-news = News of those I help
category-intention-for-me = Intentions for me
category-obligation-for-me = Obligations for me
category-offer-for-me = Offers
category-confirmed = Confirmed
category-released = Released
category-cancelled = No longer needed
category-due-soon = Due soon
category-summary = The month’s summary
category-invitation-accepted = Invitations and links

## Accounts

profile-account = { $platform }: { $address }{ $current ->
    [yes] {" "}· you are here
   *[no] {""}
}{ $notices ->
    [yes] {" "}· 🔔
   *[no] {""}
}
profile-accounts-pick = Pick the account that notifications 🔔 should go to.
profile-do-notices-last = 🔔 To the one I used last
profile-linking-lead = Do you use another chat, too? Link it, and both see and do the same. Make a code here and type it there; or type here a code made there.
profile-linking-how = Type this code on the other account, under /profile. It works once, until { $until }.
profile-linking-claimed = { $address } ({ $platform }) has typed your code and wants to be linked to you. Is that you?
profile-linking-follows = Say yes only if it is your own account: it will see and do everything that you can. How help is sent stays hidden from it for 72 hours.
profile-do-linking-make = 🔑 Make a code
profile-do-linking-use = ⌨️ Type a code
profile-do-linking-yes = Yes, that is me
profile-do-linking-no = No

## Block list, export

profile-do-blocked = 🚫 Block list

profile-blocked-none = There is nobody here. To block somebody, open their card.
profile-blocked-lead = You and these people do not see each other. Pick somebody to take the block back.
profile-export-lead = All of your own records, in the form you like. Others are named only as far as you may see them now.
profile-do-export-csv = 📄 A table (CSV)
profile-do-export-json = 🧩 For programs (JSON)
profile-do-export-hledger = 📘 A plain-text journal (hledger)
profile-do-export-first = 📦 Take my records along first

## Amounts

profile-currency-lead = Everything is counted in { $unit }. Beside it you can see amounts in another currency, at the community’s rate, for information only.
profile-currency = { $chosen ->
    [yes] ✅ { $code }
   *[no] { $code }
}
profile-do-currency-none = Only the community’s unit
profile-gifts = My totals
profile-gifts-value = { $counted ->
    [yes] gifts counted: “you helped 23 times”
   *[no] sums
}
profile-do-gifts = { $counted ->
    [yes] Show sums
   *[no] Count gifts instead of sums
}
profile-harmless = I can give in a month without harm to myself
profile-harmless-none = not set
profile-harmless-lead = Only you see this. When you offer help, you are shown what is left of it; nothing is ever refused for it.
profile-do-harmless = ✏️ Set it
profile-do-harmless-none = Not set

## Leaving

profile-leave-lead = Leaving cannot be undone. This is what happens:
profile-leave-my-intentions = { $n ->
    [one] { $n } intention of yours is cancelled.
   *[other] { $n } intentions of yours are cancelled.
}
profile-leave-intentions-for-me = { $n ->
    [one] { $n } intention for you is cancelled.
   *[other] { $n } intentions for you are cancelled.
}
profile-leave-released = Others are released from what they promised you ({ $amount }).
profile-leave-defaulted = What you promised and have not reported ({ $amount }) is closed as not kept.
profile-leave-by-silence = { $n ->
    [one] { $n } report waiting for your answer counts as fulfilled.
   *[other] { $n } reports waiting for your answer count as fulfilled.
}
profile-leave-erased = Your name, your words, how help is sent to you and your accounts are erased. Rows without your name stay in other people’s archives, so that their totals remain true. Whoever is concerned is told that somebody has left.
profile-leave-anew = Coming back means starting anew.
profile-do-leave = 🚪 Leave
