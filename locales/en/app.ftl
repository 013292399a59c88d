## Answers of the application itself.

answer-stale = That choice no longer applies. This is how things are now.
answer-not-understood = I did not understand that. Choose from what is below, or type /help.
answer-cancelled = Cancelled. Nothing was recorded.
answer-declined = All right, nothing was recorded.
answer-nobody = I find nobody called “{ $query }” among the people you can see.
answer-asks-nothing = { $who } asks for nothing right now.
answer-nothing-fits = Nothing open between you and “{ $query }” fits that.
answer-several-fit = More than one record fits. Please pick the one you mean.
which-person = Whom do you mean?
which-person-more = There are more people of that name. Cancel, and type more of it.
welcome-by-nothing = This invitation opens nothing now. Ask whoever gave it to you for a new one.
welcome-by-link = Welcome! You came by an invitation: here is the person it is about.

linking-asked = Almost done. Now confirm on the other account: it has just been asked.
linking-wrong = That code does not work. Ask for a new one on the other account; each is good for ten minutes and works once.
linking-too-many = Too many wrong codes. Please wait ten minutes and ask for a new code.
linking-linked = Linked: both accounts now see and do the same. For safety, the new one does not see for 72 hours how help is sent.
linking-declined = All right, that account stays apart.
linking-gone = Nothing waits for your consent any more.

farewell-title = You have left Exodus
farewell-line = Your name, your words and your accounts have been erased. Thank you for everything you gave. If you ever write here again, you start anew.

profile-wrong-mandatory = These notices cannot be switched off: other people rely on your hearing them.
profile-wrong-too-many = There is room for { $limit } entries. Remove one first.
refusal-too-fast = That was a lot at once. Nothing was lost and nothing was done: please wait a minute and say it again.
