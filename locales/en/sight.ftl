### What is seen of the network of trust: pictures, chains, whom to find beyond one's own network.

cmd-network = A picture of your network
word-network = network, my network, picture, picture of my network, picture of the network
word-expand = expand, expand network, expand my network, expand the network

## /network

network-title-all = 🕸 My network
network-title-in-need = 🕸 My network: who is in need
network-title-circle = 🕸 My circle
network-title-list = 🕸 My reference list
network-list = { $bonds ->
    [one] 🤝 { $bonds } personal bond
   *[other] 🤝 { $bonds } personal bonds
}{ $farther ->
    [0] {""}
   *[other] {" "}· { $farther } more stand behind
}
network-choice-draw = 🖼 Show the picture
network-choice-dark = 🌙 In dark colours
network-choice-svg = 📐 As SVG
network-choice-all = The whole network
network-choice-in-need = Only those in need
network-choice-circle = Only my circle
network-choice-list = Only my reference list
people-choice-network = 🕸 Picture of my network
done-drawn = Here is the picture.

# In the picture itself.
network-subtitle = { $n ->
    [one] { $n } person
   *[other] { $n } people
}{ $needy ->
    [0] {""}
   *[other] {" "}· { $needy } in need
}
network-legend-support = helps
network-legend-tiers = less and more
network-legend-bond = you stand by each other
network-legend-more = so many more, farther away

## An appeal's month as a picture

circle-choice-month = 📊 Picture of the month
month-title = { $name }: { $month }
month-title-mine = My request: { $month }
month-title-emergency = { $name }: emergency
month-title-emergency-mine = My emergency
month-missing = Missing: { $missing }
month-target = Needed: { $amount }
month-fulfilled = Received: { $amount }
month-obligations = Obligations: { $amount }
month-intentions = Intentions: { $amount }

## Expand my network

people-choice-expand = 🔭 Expand my network
expand-title = { $n ->
    [0] 🔭 Expand my network
    [one] 🔭 Expand my network: { $n } person
   *[other] 🔭 Expand my network: { $n } people
}
expand-lead = They are in need and connected with you through others. Whoever you choose, you see what they ask for.
expand-nobody = Nobody who is connected with you through others asks for help now, or wishes to be found.
expand-way = By way of { $names }
chain-then = { $first } → { $then }
done-looked = You see now what they ask for.
history-looked = You found { $name } through your network

## Chains

card-choice-chain = 🧭 How we are connected
chain-title = 🧭 How you and { $name } are connected
chain-you = You
chain-none = No chain of people who help or stand by each other leads there.
chain-step = ↓ { $who }
# How somebody stands to the reader.
chain-helps-you = helps you
chain-you-help = you help them
chain-mutual-you = you help each other
# How somebody stands to the one above.
chain-helps = helps the one above
chain-helped = is helped by the one above
chain-mutual = they help each other
chain-bond = you stand by each other
chain-invitation = by invitation
