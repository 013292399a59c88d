### Welcome, home, asking for help, giving, cards and circles, people, invitations, help and privacy.

## Shared by all screens

# Any one thing as a whole text.
just = { $it }
someone = a member
someone-who-left = a member who left
unknown = Nothing here
    .line = There is nothing like that here for you.
# What this language calls itself.
language-name = English
names-two = { $first }, { $second }
names-others = { $names } and { $n } more
and-more = And { $n } more.
page-of = Page { $page } of { $pages }
page-choice-before = ◀ Previous page
page-choice-after = Next page ▶
# Where the newest comes first.
page-choice-newer = ◀ Later
page-choice-older = Earlier ▶

## What an appeal lacks and how it stands

need-monthly = Intentions ❤️ { $intended } · missing 🙏 { $missing }
need-emergency = Missing 🙏 { $missing } · { $left }
# How many days, today included.
need-days-left = { $days ->
    [0] the deadline has passed
    [1] today is the last day
    [one] { $days } day left
   *[other] { $days } days left
}
appeal-all = Asked for 💰 { $target } · promised 🤝 { $promised } · received 👍 { $confirmed }
appeal-awaiting = Of what is promised, { $amount } waits for confirmation ⏳
appeal-frozen = Resting ❄️ { $amount }: there is an emergency
appeal-overdue = Overdue ⌛ { $amount }
appeal-defaulted = Not kept by those who left ✖️ { $amount }
appeal-resting = The monthly request rests while the emergency runs.

## Welcome

welcome-title = Welcome, { $name }!
welcome-people = Exodus is where people who know each other help each other.
welcome-promises = ❤️ An intention is a free promise: change it or take it back whenever you like. 🤝 An obligation is a promise that is not taken back.
welcome-direct = Help goes straight from one person to another. There is no common fund, no fee and no money in here.
welcome-month = It all runs in months: on the 1st, promises that were kept become intentions again.
welcome-private = Only your network sees you. For everyone else you are not here.
welcome-choice-home = 🏠 Let’s begin
welcome-choice-name = ✏️ Call me something else

## Home

home-title = { $name }
home-status = { $status ->
    [green] ✅ You are ready to help and need nothing now.
    [orange] 🔆 You ask for monthly support.
   *[red] 🆘 You are in an emergency.
}
home-suspended = Something of yours was overdue two months in a row, so you can promise nothing new for now. Once what is overdue is carried out and confirmed, the way is open again.
home-see-overdue = ⌛ See what is overdue
waits-to-perform = { $n ->
    [one] 🤝 { $n } obligation to carry out now
   *[other] 🤝 { $n } obligations to carry out now
}
waits-to-confirm = { $n ->
    [one] 👍 { $n } gift to confirm: did it arrive?
   *[other] 👍 { $n } gifts to confirm: did they arrive?
}
waits-to-convert = { $n ->
    [one] ❤️ { $n } intention you are asked to make an obligation
   *[other] ❤️ { $n } intentions you are asked to make obligations
}
waits-to-answer = { $n ->
    [one] ✉️ { $n } offer waits for your answer
   *[other] ✉️ { $n } offers wait for your answer
}
waits-to-value = { $n ->
    [one] ⚖️ { $n } gift of yours that its receiver values differently
   *[other] ⚖️ { $n } gifts of yours that their receivers value differently
}
home-nothing-waits = Nothing waits for you.
home-month = { $month }: { $days ->
    [1] today is the last day
    [one] { $days } day left
   *[other] { $days } days left
}
home-sums = This month: gave { $given } · received { $received } · still promised { $promised }
home-gifts = This month you helped { $given ->
    [0] nobody yet
    [1] once
    [2] twice
   *[other] { $given } times
} and { $received ->
    [0] were not helped
    [1] were helped once
    [2] were helped twice
   *[other] were helped { $received } times
}; promises still open: { $promised }
home-in-need = { $n ->
    [one] 🙏 { $n } person in your network asks for help
   *[other] 🙏 { $n } people in your network ask for help
}
home-alone = Your network is empty so far. Invite somebody you trust, or follow an invitation.
home-choice-give = 🤲 Help somebody
home-choice-need = 🙏 Ask for help
home-choice-help = ❓ Help

## Ways that are the same on every screen

choice-give = 🤲 Who needs help
choice-appeal = 🙏 My request
choice-organizer = 📒 Organizer
choice-people = 👥 People
choice-invite = 🔗 Invite
choice-history = 📜 My journal
choice-profile = 👤 My profile
choice-privacy = 🔒 Who sees what
choice-code = ⌨️ I have an invitation code

## Asking for help

need-title = 🙏 Asking for help
need-about-monthly = 🔆 Monthly support: an amount you need every month. Friends record what they intend and promise; you confirm what arrived.
need-about-emergency = 🆘 Emergency: an amount, a reason and a deadline within { $days ->
    [one] { $days } day
   *[other] { $days } days
}. Your whole network hears of it at once, and every promise binds.
need-suspended = Something you promised is overdue, so you cannot ask for monthly support now. An emergency can be called all the same.
need-findable = Your request can be found by people close to your network.
need-not-findable = Your request is seen by your own network only.
need-fine-follows = When you are fine again, { $n ->
    [one] { $n } intention for you ends
   *[other] { $n } intentions for you end
}; obligations stay.
need-red-rests = While it runs, your own promises rest ❄️: they are not due and do not lapse.
need-choice-monthly = 🔆 Ask for monthly support
need-choice-emergency = 🆘 Call an emergency
need-choice-circle = 👥 Who helps me
need-choice-invite = 🔗 Invite helpers
need-choice-target = 💰 Change the amount asked for
need-choice-words = ✏️ Change the words
need-choice-deadline = 📅 Change the deadline
need-choice-show = 🔭 Let others nearby find it
need-choice-hide = 🏡 Only my network
need-choice-fine = ✅ I’m fine again
need-choice-over-monthly = 🔆 It is over: back to monthly
need-choice-over = ✅ It is over: I’m fine

## Giving

give-title = 🤲 { $n ->
    [0] Who needs help
    [one] { $n } person needs help
   *[other] { $n } people need help
}
give-nobody = Nobody you know here asks for help now.
give-lines = In one line: /give NAME 50. Or /give 100, to see how 100 could be shared out.
give-not-in-emergency = While your own emergency runs you promise nothing new: now it is others’ turn to help you.
give-not-suspended = You can promise nothing new for now. Once what is overdue is carried out and confirmed, you can promise again.
give-not-overdue-here = Something you promised here is overdue. Once it is carried out and confirmed, you can promise here again.
# What I can give without harm to myself. $new is yes when what is about to be promised is counted in.
harm-left = { $new ->
    [yes] With this you will have given and promised { $taken } this month. Of the { $limit } you can give without harm to yourself, { $rest } stays free.
   *[no] Given and promised this month: { $taken }. Of the { $limit } you can give without harm to yourself, { $rest } is left.
}
harm-reached = { $new ->
    [yes] With this you will have given and promised { $taken } this month: all you can give without harm to yourself.
   *[no] Given and promised this month: { $taken }. That is all you can give without harm to yourself.
}
harm-beyond = { $new ->
    [yes] With this you will have given and promised { $taken } this month, { $rest } beyond the { $limit } you can give without harm to yourself. You decide.
   *[no] Given and promised this month: { $taken }, { $rest } beyond the { $limit } you can give without harm to yourself. Take care of yourself too.
}

## Sharing out a sum

spread-title = How { $amount } could be shared out
spread-nobody = Nobody in sight lacks anything that you do not help with already.
spread-monthly = ❤️ { $amount } as an intention: you can change it or take it back
spread-emergency = 🤝 { $amount } as an obligation: it binds, so it is promised one by one
spread-rest = { $rest } is left over: nobody in sight lacks more.
spread-free = This is only a proposal. Nothing is recorded without your word.
spread-choice-all = { $n ->
    [one] ❤️ Record the intention
   *[other] ❤️ Record these { $n } intentions
}

## A card

card-suspended = Something they promised is overdue; until it is kept they can promise nothing new.
card-monthly = Monthly support
card-emergency = Emergency, until { $deadline }
card-covered = Nothing is missing any more. You can help all the same, if you wish.
card-talk = Talk here
card-helpers = { $n ->
    [0] Nobody helps yet.
    [one] { $n } person helps.
   *[other] { $n } people help.
}
card-helpers-names = Helping: { $names }
card-vouchers = { $n ->
    [one] ✔️ { $n } person vouches: “I know this to be true”
   *[other] ✔️ { $n } people vouch: “I know this to be true”
}
card-voucher = { $name } vouches
card-voucher-words = { $name }: “{ $words }”
card-my-intention = ❤️ You intend to give { $amount }
card-my-intention-frozen = ❤️ You intend to give { $amount }; it rests now ❄️
# $state is open, awaiting, overdue or frozen.
card-i-promised = 🤝 You promised { $amount } by { $due }{ $state ->
    [awaiting] {" "}⏳ waits for confirmation
    [overdue] {" "}⌛ overdue
    [frozen] {" "}❄️ resting
   *[open] {""}
}
card-they-promised = 🤝 You are promised { $amount } by { $due }{ $state ->
    [awaiting] {" "}⏳ waits for your confirmation
    [overdue] {" "}⌛ overdue
    [frozen] {" "}❄️ resting
   *[open] {""}
}
card-pay = How to send help
card-pay-ask = Please ask in person.
card-pay-hidden = This account will see how to send help 72 hours after it was linked.
card-about = About
card-offers = Can offer
card-offer-valued = { $line } (about { $value })
card-reputation = Promises kept
card-both = { $first } · { $second }
card-kept = on time { $n }
card-late = late { $n }
card-by-silence = counted as kept after no answer { $n }
card-released = let go by the receiver { $n }
card-overdue = overdue now ⌛ { $n }
card-months = { $n ->
    [one] { $n } month here
   *[other] { $n } months here
}
card-no-promises = nothing to tell of yet
card-helps = { $n ->
    [one] Helps { $n } person.
   *[other] Helps { $n } people.
}
card-helps-names = Helps: { $names }
card-blocked-title = { $name } is blocked
card-blocked = You do not see each other. Obligations between you still stand.
card-choice-help = ❤️ Help
card-choice-promise = 🤝 Promise help
card-choice-thing = 🎁 Help with a thing
card-choice-service = 🛠 Help with a service
card-choice-time = ⏰ Help with my time
card-choice-given = 👐 I have already helped
card-choice-circle = 👥 Who helps
card-choice-vouch = ✔️ I know this to be true
card-choice-unvouch = I no longer vouch
card-choice-link = 🔗 Invite others to help
card-choice-i-do = 🤝 I will do something for them
card-choice-they-do = 🤝 They will do something for me
card-choice-i-did = 👐 I did something for them
card-choice-block = 🚫 Block
card-choice-unblock = Unblock

## A circle

circle-title = Who helps { $name }
circle-title-mine = Who helps you
circle-you = you
circle-others = { $n ->
    [one] and { $n } more person
   *[other] and { $n } more people
}
circle-intended = ❤️ intends { $amount }
circle-intended-frozen = ❤️ intends { $amount }, resting ❄️
circle-promised = 🤝 promised { $amount }
circle-promised-frozen = 🤝 promised { $amount }, resting ❄️
circle-awaiting = ⏳ of that, { $amount } waits for confirmation
circle-confirmed = 👍 gave { $amount }
circle-overdue = ⌛ overdue { $amount }
circle-choice-card = 👤 The card

## People

people-title = 👥 People
people-network = { $n ->
    [0] There is nobody in your network yet. It grows as you help and are helped.
    [one] Your network: { $n } person
   *[other] Your network: { $n } people
}
people-support-me = Who helps me: { $n }
people-i-support = Whom I help: { $n }
people-fellow-helpers = Who else helps the people I help: { $n }
people-also-supported = Whom else my helpers help: { $n }
people-supporters-of-mine = Who helps my helpers: { $n }
people-supported-by-mine = Whom the people I help are helping: { $n }
people-referrals = By invitation: { $n }
people-nobody = Nobody yet.
people-choice-search = 🔎 Find
search-title = “{ $query }”: { $n ->
    [0] nobody found
    [one] { $n } person
   *[other] { $n } people
}
search-nobody = Nobody in your network is called so or offers that. Try a shorter word.
search-choice-again = 🔎 Find something else

## Invitations

invite-title = 🔗 Invitations
invite-lead = Whoever follows your link comes into your network, and sees your request when you have one.
invite-mine = Your links
invite-to-me = Links to you by others
invite-row-mine = 🔗 To you · followed { $uses }
invite-row-for = 🔗 To help { $name } · followed { $uses }
invite-row-by = 🔗 Made by { $name } · followed { $uses }
invite-row-until = { $row } · until { $last }
invite-allowed = Others may make links to you when you are in need.
invite-forbidden = Others may not make links to you.
invite-choice-new = 🔗 New link to me
invite-choice-limited = 🔗 New link with limits
invite-choice-for-another = 🙏 Link for somebody else
invite-choice-allow = Let others make links to me
invite-choice-forbid = No links by others
link-title = Link to help { $name }
link-title-mine = Link to you
link-by = Made by { $name }
link-made = Made
link-followed = Followed
link-last-day = Last day
link-uses = { $uses ->
    [0] by nobody yet
    [one] by { $uses } person
   *[other] by { $uses } people
}
link-uses-of = by { $uses } of { $max }
link-closed = This link is closed.
link-ways = Pass this line on. Whoever sends it to Exodus in any chat comes by this link:
link-where = In Matrix it is sent to Exodus here:
link-choice-qr = 🔳 QR picture
link-choice-revoke = ✖️ Close the link
link-choice-links = 🔗 All links

## Help

help-title = ❓ Help
help-lead = ❤️ Intend, 🤝 promise, give directly, and 👍 the receiver confirms. Exodus only keeps the record.
help-lines = Type or tap, as you like: a number picks from a list, /give NAME 50 offers help at once, /people WORD finds.
help-command = /{ $name } — { $about }
help-support = Whom to turn to
help-free = Exodus belongs to nobody. Code and texts are free to copy, change and pass on.
help-source = Source

## Privacy

privacy-title = 🔒 Who sees what
privacy-kept = What is kept
privacy-profile = What you wrote of yourself: name, about you, what you can offer, how help is sent to you, notes, and which chat accounts are yours.
privacy-journal = The journal of promises: who, when, what, how much. Names and words lie beside it, not in it.
privacy-chat = What you write here also passes through your chat service.
privacy-seen = Who sees it
privacy-circle = Your helpers: all of your request with every helper’s amounts, about you, how help is sent to you.
privacy-network = Your network: name, status, about you, what you can offer, how you keep promises, how many you help, how much is intended and missing, and from three helpers upward the names of those they see anyway.
privacy-invited = Whoever opened an invitation to you, while you need help: the same, without helpers’ names.
privacy-party = Whoever shares an unsettled obligation with you: your name, status and that record; if it is theirs to give, how help is sent to you, too.
privacy-nobody = Everyone else: nothing, not even that you are here. While you are ✅, how help is sent to you is seen only by those with an open obligation to you.
privacy-operator = Who runs this service sees ids and totals in its tools, no names and no words.
privacy-yours = What you can do
privacy-export = Take all your records with you at any time, as a file.
privacy-block = Block somebody: then neither of you sees the other.
privacy-erase = Leave: name, words, how help is sent to you and chat accounts are erased. Records stay under a pseudonym, so that other people’s history stays true.
