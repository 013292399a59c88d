### Questions, answers to wrong input, choices, and the words that do things. The other files hold the screens and notices.

## How a screen is laid out

arrange-field = { $label }: { $value }
arrange-no-file = The file { $name } cannot be shown in this chat.

# The traffic light: never a colour alone, always mark and word.
status-green = ✅ ready to help
    .mark = ✅
    .word = ready to help
status-orange = 🔆 needs monthly support
    .mark = 🔆
    .word = needs monthly support
status-red = 🆘 emergency
    .mark = 🆘
    .word = emergency

form-money = Money
form-thing = A thing
form-service = A service
form-time = Time

## Choices

choice-yes = Yes
choice-no = No
choice-skip = Skip
choice-cancel = Cancel
choice-back = ← Back
choice-home = Home
choice-empty = Leave it empty
choice-unlimited = As often as wished
choice-for-good = For good
choice-amount = { $amount }
choice-all = All: { $amount }
choice-half = Half: { $amount }
choice-date = { $date }
choice-text = { $text }
choice-member = No. { $number }
choice-number = { $number }
choice-hours = { $from }–{ $to }

## Commands, as a chat lists them: at most 256 characters

cmd-start = Home: how things stand, and what waits for you
cmd-need = Ask for help, or say that you are fine again
cmd-give = See who needs help, and offer yours
cmd-organizer = Promises: yours, those made to you, and what to confirm
cmd-people = The people you are connected with
cmd-list = Who stands by you, and for how much
cmd-invite = Your invitation links
cmd-profile = Name, about you, language, notifications and the rest
cmd-history = What you did and received, newest first
cmd-help = How this works
cmd-privacy = What is known about you, and who sees it
cmd-language = Choose the language
cmd-cancel = Leave the open question

## Questions

ask-amount = How much? For example: 50
ask-amount-help = How much would you like to give? This is a free intention: you can change it or take it back whenever you like. For example: 50
ask-amount-emergency = How much do you promise? In an emergency a promise is an obligation, so you are asked once more before it counts. For example: 50
ask-amount-given = How much have you given? It counts as soon as the other person confirms it; you are asked once more before it is recorded. For example: 50
ask-amount-change = What is the new amount? For example: 50
ask-amount-value = What is this help worth to you? Think of what it usually costs. The new value stands only if the person who offered it agrees. For example: 50
ask-amount-convert = How much of { $whole } shall become an obligation?
ask-amount-report = How much of { $whole } have you given?
ask-amount-confirm = How much of { $whole } has reached you? The rest is answered as not received.
ask-amount-offer-given = What was your help worth? For example: 50
ask-amount-offer-received = What was the help you received worth? For example: 50
ask-amount-offer-mine = What will your help be worth? For example: 50
ask-amount-offer-theirs = What will their help be worth? For example: 50
ask-amount-harmless = How much can you give in a month without harm to yourself? Only you see this, and it never stops you. For example: 50. To set no amount: none
ask-target = What is the new amount you need? Those who help you will be told. For example: 300
ask-target-monthly = How much do you need each month? For example: 300
ask-target-emergency = How much do you need in all? For example: 500
ask-deadline = By when is it needed? From one day to a month ahead. For example: 15 Dec, or: in 10 days
ask-due = By when will it be done? For example: 15 Dec, or: in 10 days
ask-form = What kind of help is it?
ask-note = Would you like to add a few words? Up to 200 characters.
ask-note-report = You have given { $amount }. Would you like to add a few words, such as how? Up to 200 characters.
ask-note-vouch = Whoever sees this request will see that you know it to be true. Would you like to add a few words of your own? Up to 200 characters. You can take it back at any time.
ask-purpose = { $amount } every month. What is it for, and for whom: for you, or for somebody in your care? Your network will see it.
ask-purpose-new = What should it say now: what is it for, and for whom? Up to 500 characters.
ask-reason = What has happened? Everybody who is asked to help will read this. Up to 500 characters.
ask-reason-reopen = Why should it be opened again? You will both see this.
ask-talk = Is there a link where helpers can talk with you: a group, a call, a phone number?
ask-findable = May people who do not know you yet, but are connected with you through others, find your request? They see your name and what is missing, and may help.
ask-person = Whom would you like to help? Type a name.
ask-name = What should we call you? Up to 64 characters.
ask-about = A few words about you, with a link if you like. Up to 500 characters. Your network sees them.
ask-pay-label = How can help reach you? First a short name for this way, for example: Bank, Card, In person
ask-pay-text = { $label }: what does somebody need to know to help you this way? An account number, for example. Only those who help you see it.
ask-offer-line = What can you offer: a skill, a thing, a room, some time? One line, up to 120 characters.
ask-offer-value = What would be a friendly value for it? For example: 50
ask-zone = Which time zone are you in? For example: Europe/Berlin
ask-quiet = During which hours should it be quiet? For example: 22-8. For no quiet hours: none
ask-query = Whom or what are you looking for? A name, or something people offer.
ask-leave-word = Leaving cannot be undone, and coming back means starting anew. If this is what you want, type LEAVE.
ask-code-linking = Type the code that your other account shows you. It works for 10 minutes.
ask-code-invitation = Type the code of the invitation.
ask-uses = How many people may use this link? For example: 10
ask-expiry = Until which day does this link work? For example: 15 Dec, or: in 10 days

# What cannot be undone asks once, and says exactly what follows.
ask-sure = This cannot be undone. Shall it be done?
ask-sure-emergency = You ask for { $amount } by { $deadline }. Everybody in your network is told at once, with your name, your reason and your link. Those with an intention for you are asked to make it an obligation. Your own promises rest meanwhile. What has been told cannot be untold. Shall everybody be told now?
ask-sure-end-monthly = You need no more support. Intentions for you end, and those who had them are told. Obligations stay and are to be kept. Are you fine again?
ask-sure-end-emergency = Your emergency ends now, and everybody in its circle is told. Obligations stay and are to be kept. End it?
ask-sure-revoke-link = The link stops working for good, and what it opened closes, unless another tie is there. Close it?

## Wrong input: a clear word and an example; the question stays open

wrong-empty = There is nothing to read in that. Please type it in words.
wrong-needed = This one cannot be skipped. /cancel leaves the question.
wrong-amount = I cannot read that as an amount. For example: { $example }
wrong-zero = The amount must be more than zero. For example: { $example }
wrong-negative = The amount cannot be less than zero. For example: { $example }
wrong-unit = Amounts here are counted in another unit. For example: { $example }
wrong-decimals = { $n ->
    [0] Only whole amounts can be counted here. Write thousands without a dot or comma. For example: { $example }
    [one] That could be read in two ways: { $n } digit may stand after the decimal sign. Write thousands without a dot or comma. For example: { $example }
   *[other] That could be read in two ways: at most { $n } digits may stand after the decimal sign. Write thousands without a dot or comma. For example: { $example }
}
wrong-too-large = That is more than can be counted here. For example: { $example }
wrong-above = It can be more than zero and at most { $whole }.
wrong-date = I cannot read that as a day. For example: { $example }, or: in 10 days
wrong-past = { $past } has gone by. Name a day to come, for example: { $example }
wrong-too-long = { $max ->
    [one] That is too long: there is room for { $max } character.
   *[other] That is too long: there is room for { $max } characters.
}
wrong-yes-no = Please answer yes or no.
wrong-form = Please choose: money, a thing, a service, or time.
wrong-quiet = I need two full hours, for example: 22-8
wrong-uses = I need a whole number above zero, for example: 10
wrong-leave-word = That is not the word. To leave for good, type LEAVE; to stay: /cancel
wrong-code = That does not look like a code. It has letters, digits, - and _ only, for example: AB12-CD34
wrong-zone = I do not know this time zone. For example: Europe/Berlin
wrong-range = { $n ->
    [1] There is only one to choose: 1
   *[other] Choose a number from 1 to { $n }.
}
wrong-which = Several read like that. Please choose by number.

## Words that people type, with a slash or without; alternatives in lower case, separated by commas. Never shown.
## Words of every language are understood everywhere, so none may stand under two commands.

word-start = start
word-home = home, menu, main menu, status
word-need = need, ask, ask for help, help me, need help, fine, i'm fine, i'm fine again, fine again
word-emergency = emergency, sos
word-give = give, offer, offer help, support, who needs help
word-promise = promise, pledge
word-paid = paid, gave, sent, handed, transferred, report
word-got = got, received, confirm
word-organizer = organizer, organiser, promises, my promises
word-people = people, my people
word-find = find, search, search for, look for
word-list = list, reference list, my list
word-invite = invite, invitation, invitations, links, my links
word-profile = profile, settings, my profile
word-name = name, my name is, call me
word-link = link, link account
word-history = history, journal, my journal
word-export = export
word-leave = leave
word-help = help, ?
word-privacy = privacy
word-language = language, lang
word-cancel = cancel, stop, never mind, nevermind
word-back = back, go back

word-skip = skip, skip it, pass, -, –, —
word-yes = yes, y, yep, yeah, ok, okay, sure
word-no = no, n, nope
word-none = none, off, nothing
word-all = all, all of it, everything, the whole
word-half = half, half of it
word-unlimited = unlimited, for good, for ever, forever, no limit
word-money = money, cash
word-thing = thing, a thing, things
word-service = service, a service, services
word-time = time, my time
# The word that confirms leaving, written in capitals in ask-leave-word and wrong-leave-word.
word-leave-for-good = leave

# Parts of a sentence: "give 50 TO anna", "got 50 FROM anna", "need 300 BY 15 Dec", "IN 10 days", "MONTHLY".
word-towards = to, for
word-from = from
word-until = by, until, till, before, no later than
word-within = in, within
word-monthly = monthly, every month, each month, a month, per month
word-urgent = urgent, urgently, emergency
# What may stand before a command without changing it: "I WILL give", "PLEASE".
word-filler = i, i'll, i will, i'd like to, i would like to, i want to, we, we'll, we want to, will, want to, would like to, like to, please
