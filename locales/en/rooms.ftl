### A room for the circle of an appeal.

circle-choice-room = 🏠 The circle’s room
room-mine = A room for my circle
room-of-circle = The circle’s room
room-lead-make = Exodus can keep a private, encrypted room for those who help with this request. Each helper who wants to be there says so first; whoever leaves the circle leaves the room. It tells there how the request is coming along, and closes the room when the request ends.
room-lead-made = The room is open, or will be in a moment. Helpers find the way to it here, and come if they want to.
room-lead-join = There is a room for those who help here, to talk with each other. You don’t need it for anything. What was said before you came you will not see.
room-lead-joined = You are invited to the room, or will be in a moment: look among the invitations in your chat.
room-account = Everyone in the room sees your account: { $account }
room-no-account = The room is in Matrix, and you have no account linked there. You link one under “accounts” in your profile.
room-choice-make = 🏠 Open the room
room-choice-close = ✖️ Close the room
room-choice-join = 🚪 Join
room-choice-leave = ✖️ Leave the room
done-room = 👌 Done. It may take a moment.

## In the room itself

room-title = { $who } and the circle
room-topic = For those who help { $who }. Exodus lets in who helps and wants to be here, and tells how it is coming along.
room-last-word = 🕊 { $who }’s request has ended, and so does this room. Thank you all! What was said can still be read here.
