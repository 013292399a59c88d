### The terminal's own words: speaking as somebody, the clock of play mode, files, what the program did at its start.

## Words typed after a slash, alternatives separated by commas. Every language's words are understood.

console-word-as = as
console-word-tomorrow = tomorrow
console-word-date = date
console-word-hour = hour
console-word-quit = quit, exit
console-word-keys = keys, console

## How to type

console-hint = Type a number to choose, or words: give 50 to Anna. /keys shows what else works here, /help everything else.
console-keys = In this terminal
console-keys-as = /as NAME – speak as somebody else; /as – who speaks in this session
console-keys-letter = /3.1 – choice 1 of notice 3
console-keys-quit = /quit or Ctrl-D – leave the terminal; everything is kept
console-keys-tomorrow = /tomorrow – move the clock of this game on by a day
console-keys-date = /date 2026-12-01 – move it to a date
console-keys-hour = /hour 9 – move it to that hour
console-quit-hint = /quit or Ctrl-D leaves the terminal; everything is kept.
console-bye = Everything is kept. Good-bye!

## Who speaks

console-now = You speak as { $name }.
console-new = Nobody is called { $name } here yet. Type anything to take part, or /start CODE with an invitation.
console-nobody = Nobody speaks yet: /as NAME
console-speakers = In this session:
console-speaker = – { $name }
console-speaker-now = – { $name } (speaks now)
console-wrong-name = That cannot be a name. For example: /as Anna
console-linked = { $name } also has an account in another chat. To keep it theirs alone, such a member does not speak here.

## Notices

console-letter = ✉ to { $name }:
console-letter-of-other = That notice is for { $name }. First: /as { $name }
console-no-letter = There is no such notice, or it has no such choice.

## Files

console-file = Saved: { $path }
console-file-failed = The file { $path } could not be saved: { $reason }

## The clock of play mode

console-clock = It is { $at }.
console-clock-real = This is a real ledger: its clock cannot be moved. To play with time: exodus console --play
console-clock-forward = Time only goes forward. It is { $at }.
console-clock-far = At most { $days } days at once.
console-clock-date = That is no date. For example: /date { $example }
console-clock-hour = Please give the hour alone, without minutes. For example: /hour 9
console-clock-moment = — { $at } —

## Trouble

console-trouble = The database does not answer. Nothing is lost: please type the same once more in a moment.
console-fault = Something is wrong in the program or its records; nothing was changed by it. The operator finds more in the log.

## What the program says at its start

console-start-made = A new ledger was made for you, on this computer only:
console-start-there = Your ledger on this computer:
console-start-play = A ledger to play with, with a clock of its own ({ $at }):
console-start-demo = A made-up network to play with, with a clock of its own ({ $at }):
console-start-connect = To use it from a chat: docs/how-to/run.md. To play with time: exodus console --play. To look around in a made-up network: exodus demo
console-demo-filling = Three months in the life of { $people } made-up people are being played. This takes a little while …
console-demo-month = { $month } …
console-demo-there = { $people } people, { $orange } of them asking for monthly support, { $red } in an emergency.
console-demo-records = { $kept } promises settled, { $open } obligations open, { $intentions } intentions; { $left } left.
console-demo-stories = Look for: { $kept } (an emergency that succeeded), { $short } (one that fell short), { $suspended } (suspended after two months).
console-demo-as = You are { $name }. /as NAME speaks as anybody else, /tomorrow moves the clock, exodus demo --new begins anew.
