### What the bot says of itself in Telegram, and in chats that others read too.

## In shared chats

shared-met = 👋 Hello! Say anything here, and we begin. What you say to me here is between the two of us.
shared-joined = I can show here how an appeal for help is coming along: whose it is, and how much of it is there, in per cent. Whoever asks for help connects this group to their own appeal with { $connect }. I read nothing else here.
shared-command = 🔒 What is yours, only you see: let's talk in our own chat.
shared-anonymous = Whoever writes in the name of a group or a channel is unknown to me. Please write under your own name.
shared-way = 💬 To our own chat

## When something went wrong

mishap = Something went wrong here, and this message could not be handled. Nothing was changed by it. Please try again: /start opens the beginning.

## What Telegram shows before anybody has said a word

telegram-description =
    People who know each other promise help, see each other's promises, and keep them: straight from one person to another, with no common fund.

    Ask for help, offer it, keep an eye on what is promised and what has arrived. Only those in your own network see you.
telegram-short-description = Help straight from person to person: ask for it, promise it, keep your word.
telegram-cmd-connect = show the progress of my appeal in this group

## Groups that follow an appeal

shared-connect = Whoever asks for help decides what is shown here. You do so in our own chat:
shared-progress-orange = 🔆 Help for { $who }, every month
shared-progress-red = 🆘 { $who } needs help now
shared-progress-none = ✅ { $who } needs nothing now. Thank you!
shared-help = 🤲 Help
invite-choice-groups = 👥 Groups
groups-title = Groups and my appeal
groups-lead = A group can show how your appeal is coming along: your name and how much of it is there, in per cent. No sums, no helpers, no reasons.
groups-none = No group shows your appeal.
groups-pick = Picking a line changes it.
groups-how = To let one: add the bot to the group, and write /connect there; in Matrix, !exodus connect.
groups-progress = 📊 Sees the progress only
groups-news = 📣 Sees the progress and is told news
groups-disconnect = ✖️ Shall see nothing any more
groups-gone = This way is no longer good. Write /connect in the group once more; in Matrix, !exodus connect.
groups-connect = Show my appeal in “{ $group }”?
groups-connect-lead = Everyone there will see your name and how much of your appeal is there, in per cent, with a button to help. No sums, no helpers, no reasons. You can end it at any time.
groups-choice-progress = 📊 Progress only
groups-choice-news = 📣 Progress and news
done-group = 👌 Done.

## Asking to type

telegram-prompt = ✍️ Type it here:
telegram-prompt-hint = your answer
