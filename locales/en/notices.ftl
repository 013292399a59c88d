### What people are told. Where the journal's words say it already, only what follows stands here.

## Somebody's need

notice-asks-monthly = 🔆 { $name } asks for monthly support: { $target }
notice-missing = Still missing 🙏 { $missing }.
notice-missing-days = Still missing 🙏 { $missing }. { $days ->
    [0] The last day has passed.
    [1] Today is the last day.
    [one] { $days } day left.
   *[other] { $days } days left.
}
notice-emergency = 🆘 { $name } is in an emergency: { $target } by { $deadline }
notice-rests = What { $name } promised you rests meanwhile ❄️.
notice-convert-for-emergency = You have an intention of { $amount } here. Only obligations help in an emergency: can you make it one?
notice-appeal-changed = { $name } has changed the request you help with.
notice-appeal-target = Asked for: it was { $before }, it is { $after }.
notice-appeal-deadline = The last day moved from { $from } to { $to }.
notice-fine-again = ✅ { $name } is fine again. Thank you for being there!
notice-obligations-stay = Your obligations stay, and are to be kept.
notice-emergency-ended = { $ending ->
    [reached] 💚 { $name } has received all that was needed: { $confirmed }.
    [expired] { $name }’s emergency ended with its last day; { $confirmed } arrived.
   *[ended] { $name } has ended the emergency; { $confirmed } arrived.
}
notice-emergency-thanks = Thank you! Your { $amount } helped { $name } through it.
notice-emergency-over = Obligations to you stay. A word of thanks to those who helped goes a long way.
notice-circle-intention = ❤️ { $helper } wants to help { $name } too: { $amount }
notice-circle-obligation = 🤝 { $helper } takes on an obligation for { $name }: { $amount }

notice-do-record = 📖 Open the record

## Intentions

notice-withdrawn-free = An intention is free, and needs no reason to be taken back.
notice-fine-thanks = Thank you for the good intention. You are free of it.
notice-asked-to-convert = Make it an obligation, change it or take it back: each is fine.
notice-value-yours = It is yours to decide.

## Obligations

notice-reported = ⏳ { $name } reported { $amount } for you ({ $at }). Did it arrive?
notice-still-waits = It still waits for your answer.
notice-thanks = Thank you for keeping your word!
notice-not-received = What did not arrive is open again. Perhaps a word between you clears it up.
notice-silence-mine = Nobody answered for a long time, and that does not count against you. Thank you!
notice-silence = You did not answer for a long time. If it never arrived, have a word with each other.
notice-due = 🤝 { $amount } for { $name }, by { $due }
notice-was-due = ⌛ { $amount } for { $name }, due since { $due }
notice-last-reminder = This is the last reminder. What is neither carried out nor reported before { $overdue } is overdue then, and takes you out of { $name }’s circle until it is done. Talking helps, too.
notice-last-reminder-overdue = { $suspended ->
    [yes] Its date has passed, and you can promise nothing new for now.
   *[no] Its date has passed. If anything is still overdue at the end of this month, you can promise nothing new until it is done.
} The way back is open: carry it out and report it; once { $name } confirms, the tie is as before. Talking helps, too.
notice-overdue-mine = You are out of { $name }’s circle until it is done. The way back is open: carry it out and report it; once { $name } confirms, the tie is as before.
notice-overdue-next = If anything is still overdue at the end of this month, you can promise nothing new until it is done.
notice-overdue = { $name } is out of your circle until it is done. You can wait, ask for it now, or release it.
notice-released = It is off your mind, and never counts against you.
notice-cancelled = Thank you for your promise: it gave strength when it was needed. You are free of it.
notice-defaulted = Whoever promised it has left. We are sorry.

## Links, accounts

notice-link-made = Whoever follows it sees your request and can help. It was made by { $name }. You can close it, or forbid such links altogether.
notice-account-not-you = If that was not you, turn to your community’s support at once. How help is sent stays hidden from it for 72 hours.
notice-do-accounts = 🔑 My accounts

## The month

notice-nudge = 🗓 Yours to do by the end of { $last }
notice-nudge-intentions = ❤️ { $n ->
    [one] { $n } intention: make it an obligation, or it ends with the month
   *[other] { $n } intentions: make them obligations, or they end with the month
}
notice-suspended-why = Something of yours was overdue at two month ends in a row.
notice-suspended-back = What exists runs on, and in an emergency you can still call for help. Once what is overdue is carried out and confirmed, or released, you can promise again.
notice-lifted = Thank you for seeing it through. All ways are open again.
notice-digest = ☀️ { $n ->
    [one] { $n } piece of news
   *[other] { $n } pieces of news
}
