### What people are told. Where the journal's words say it already, only what follows stands here.

## Somebody's need

notice-asks-monthly = 🔆 { $name } asks for monthly support: { $target }
notice-missing = Still missing 🙏: { $missing }
notice-missing-days = Still missing 🙏: { $missing }. { $days ->
    [0] Today was the last day.
    [one] { $days } day left.
   *[other] { $days } days left.
}
notice-emergency = 🆘 { $name } is in an emergency: { $target } by { $deadline }
notice-rests = What { $name } promised you rests meanwhile.
notice-convert-for-emergency = You have an intention of { $amount } here. Only obligations help in an emergency: can you make it one?
notice-appeal-changed = { $name } has changed the request you help with.
notice-appeal-target = Asked for: { $before } → { $after }
notice-appeal-deadline = Last day: { $from } → { $to }
notice-fine-again = ✅ { $name } is fine again. Thank you for being there!
notice-obligations-stay = What you have promised bindingly stays, and is to be kept.
notice-emergency-ended = { $ending ->
    [reached] 💚 { $name } has received all that was needed: { $confirmed }.
    [expired] { $name }’s emergency ended with its last day; { $confirmed } arrived.
   *[ended] { $name } has ended the emergency; { $confirmed } arrived.
}
notice-emergency-thanks = Thank you! Your { $amount } helped { $name } through it.
notice-emergency-over = What is still promised to you bindingly stays. A word of thanks to those who helped goes a long way.
notice-circle-intention = ❤️ { $helper } wants to help { $name } too: { $amount }
notice-circle-obligation = 🤝 { $helper } promised { $name } bindingly: { $amount }

notice-do-help = ❤️ Help
notice-do-circle = 👥 Who helps already
notice-do-record = 🤝 Open it
notice-do-give = ❤️ Who needs help

## Intentions

notice-withdrawn-free = An intention is free, and needs no reason to be taken back.
notice-fine-thanks = Thank you for the good intention. You are free of it.
notice-asked-to-convert = Turn it into an obligation, change it or take it back: each is fine.
notice-value-yours = It is yours to decide.

## Obligations

notice-reported = ⏳ { $name } reported { $amount } for you ({ $at }). Did it arrive?
notice-still-waits = It still waits for your answer.
notice-thanks = Thank you for keeping your word!
notice-not-received = What did not arrive is open again. Perhaps a word between you clears it up.
notice-silence-mine = Nobody answered for a long time, and that does not count against you. Thank you!
notice-silence = You did not answer for a long time. If it never arrived, have a word with them.
notice-due = 🤝 { $amount } for { $name }, by { $due }
notice-last-reminder = This is the last reminder. What is neither carried out nor reported by then is overdue, and takes you out of { $name }’s circle until it is done. Talking to { $name } helps, too.
notice-overdue-mine = You are out of { $name }’s circle for now. The way back is open: carry it out and report it; once { $name } confirms, the tie is as before.
notice-overdue-next = If anything is overdue at the end of this month, too, you can promise nothing new until it is done.
notice-overdue = { $name } is out of your circle until it is done. You can keep it, ask for it now, or release it.
notice-released = It is off your mind, and never counts against you.
notice-cancelled = Thank you for your promise: it gave strength when it was needed. You are free of it.
notice-defaulted = Its author has left. We are sorry.

## Links, accounts

notice-link-made = Those who follow it see your request and may help. Close it if { $name } should not invite people for you, or forbid such links altogether.
notice-account-not-you = If that was not you, turn to your community’s support at once. Where help can be sent stays hidden from it for 72 hours.
notice-do-revoke = Close this link
notice-do-links = 🔗 All links
notice-do-accounts = 🔑 My accounts

## The month

notice-nudge = 🗓 Yours to do before the end of { $last }
notice-nudge-intentions = ❤️ { $n ->
    [one] { $n } intention: make it binding, or it falls away with the month
   *[other] { $n } intentions: make them binding, or they fall away with the month
}
notice-suspended-why = Something of yours was overdue at two month ends in a row.
notice-suspended-back = What exists runs on, and in an emergency you can still call for help. Once what is overdue is carried out and confirmed, or released, you can promise again.
notice-lifted = Thank you for seeing it through. All ways are open again.
notice-digest = ☀️ { $n ->
    [one] { $n } piece of news
   *[other] { $n } pieces of news
}
