### Что видно от сети доверия: картинки, цепочки, кого можно найти за пределами своей сети.

cmd-network = Картинка вашей сети
word-network = сеть, моя сеть, картинка, картинка сети, картинка моей сети
word-expand = расширить, расширить сеть, расширить мою сеть, расширь сеть

## /network

network-title-all = 🕸 Моя сеть
network-title-in-need = 🕸 Моя сеть: кому нужна помощь
network-title-circle = 🕸 Мой круг
network-title-list = 🕸 Мой референтный список
network-list = { $bonds ->
    [one] 🤝 { $bonds } взаимная порука
    [few] 🤝 { $bonds } взаимные поруки
   *[other] 🤝 { $bonds } взаимных порук
}{ $farther ->
    [0] {""}
   *[other] {" "}· за ними ещё { $farther }
}
network-choice-draw = 🖼 Показать картинку
network-choice-dark = 🌙 В тёмных цветах
network-choice-svg = 📐 В формате SVG
network-choice-all = Вся сеть
network-choice-in-need = Только те, кому нужна помощь
network-choice-circle = Только мой круг
network-choice-list = Только мой референтный список
people-choice-network = 🕸 Картинка моей сети
done-drawn = Вот картинка.

# На самой картинке.
network-subtitle = { $n ->
    [one] { $n } человек
    [few] { $n } человека
   *[other] { $n } человек
}{ $needy ->
    [0] {""}
    [one] {" "}· помощь нужна { $needy } человеку
   *[other] {" "}· помощь нужна { $needy } людям
}
network-legend-support = помогает
network-legend-tiers = меньше и больше
network-legend-bond = вы ручаетесь друг за друга
network-legend-more = ещё столько людей, дальше

## Месяц сбора на картинке

circle-choice-month = 📊 Картинка месяца
month-title = { $name }: { $month }
month-title-mine = Мой сбор: { $month }
month-title-emergency = { $name }: экстренный сбор
month-title-emergency-mine = Мой экстренный сбор
month-missing = Не хватает: { $missing }
month-target = Нужно: { $amount }
month-fulfilled = Получено: { $amount }
month-obligations = Обязательства: { $amount }
month-intentions = Намерения: { $amount }

## Расширить сеть

people-choice-expand = 🔭 Расширить сеть
expand-title = { $n ->
    [0] 🔭 Расширить сеть
    [one] 🔭 Расширить сеть: { $n } человек
    [few] 🔭 Расширить сеть: { $n } человека
   *[other] 🔭 Расширить сеть: { $n } человек
}
expand-lead = Им нужна помощь, и они связаны с вами через других. Выберите человека, чтобы увидеть, о чём он просит.
expand-nobody = Никто из тех, кто связан с вами через других, сейчас не просит о помощи или не хочет, чтобы его находили.
expand-way = Через: { $names }
chain-then = { $first } → { $then }
done-looked = Теперь вы видите, о чём просит этот человек.
history-looked = Через свою сеть найден человек: { $name }

## Цепочки

card-choice-chain = 🧭 Как мы связаны
chain-title = 🧭 Как вы связаны: { $name }
chain-you = Вы
chain-none = Цепочки людей, которые помогают друг другу или ручаются друг за друга, сюда не ведёт.
chain-step = ↓ { $who }
# Кем человек приходится читателю.
chain-helps-you = помогает вам
chain-you-help = вы помогаете
chain-mutual-you = вы помогаете друг другу
# Кем человек приходится тому, кто выше.
chain-helps = помогает тому, кто выше
chain-helped = принимает помощь от того, кто выше
chain-mutual = помогают друг другу
chain-bond = вы ручаетесь друг за друга
chain-invitation = по приглашению
