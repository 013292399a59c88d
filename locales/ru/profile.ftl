### Профиль и его части; названия видов новостей.

profile-section = { $section ->
    [pay] 💶 Куда передать помощь
    [offers] 🎁 Могу предложить
    [language] 🌐 Язык
    [time] 🕰 Часовой пояс, тихие часы
    [notices] 🔔 Уведомления
    [accounts] 🔑 Учётные записи
    [blocked] 🚫 Заблокированные
    [export] 📦 Забрать мои записи
    [amounts] 🔢 Как показывать суммы
    [leave] 🚪 Уйти
   *[main] 👤 Мой профиль
}
profile-name = Имя
profile-about-empty = О вас пока ничего не сказано. Несколько слов помогают доверять.
profile-do-main = 👤 Мой профиль
profile-do-name = ✏️ Имя
profile-do-about = ✏️ О себе

## Куда передать помощь

profile-pay-lead = Реквизиты видят только те, кто вам помогает. Это свободный текст: карта, счёт, адрес, «наличными при встрече». Первая запись показывается сверху.
profile-pay-none = Здесь пока пусто: помощникам сказано спросить вас лично.
profile-do-pay-add = ➕ Добавить
profile-do-pay-first = ⭐ Показывать первым: { $label }
profile-do-pay-remove = ✖️ Убрать: { $label }

## Могу предложить

profile-offers-lead = Умение, вещь, комната, немного времени: всё, чем вы можете поделиться. Ваша сеть видит это и может найти через /people.
profile-offer-valued = { $text } (примерно { $value })
profile-offers-pick = Выбранная строка убирается.
profile-offers-full = Список полон. Уберите строку, чтобы добавить другую.
profile-do-offer-add = ➕ Добавить

## Язык, время

# Название этого языка на нём самом.
profile-language-name = Русский
profile-language = { $spoken ->
    [yes] ✅ { $name }
   *[no] { $name }
}
profile-zone = Часовой пояс
profile-zone-value = { $zone }{ $whose ->
    [community] {" "}(как в сообществе)
   *[own] {""}
}
profile-now = На ваших часах
profile-quiet = Тихие часы
profile-quiet-hours = { $from } – { $to }
profile-quiet-none = нет
profile-quiet-urgent = В тихие часы вас побеспокоит только экстренная ситуация.
profile-do-zone = 🕰 Изменить часовой пояс
profile-do-zone-community = Как в сообществе
profile-do-quiet = 🌙 Задать тихие часы
profile-do-quiet-none = Без тихих часов

## Уведомления

profile-notices-lead = Выберите строку, чтобы изменить: сразу → раз в день → выключено. Отмеченное ❗ выключить нельзя.
profile-notice = { $what }{ $must ->
    [yes] {" "}❗
   *[no] {""}
}: { $loudness ->
    [digest] раз в день
    [off] выключено
   *[at-once] сразу
}

category-emergency-in-circle = Экстренная ситуация в моём круге
category-emergency-in-network = Экстренная ситуация в моей сети
category-asked-to-convert = Просьба перевести в обязательство
category-asked-to-perform = Просьба исполнить
category-reported-as-performed = Отмечено исполнение, нужно подтвердить
category-not-received = Не получено
category-overdue = Просрочено
category-account-linked = Связана учётная запись
category-security = Безопасность
category-status-in-network = В моей сети просят о поддержке
category-circle-news = Новости тех, кому я помогаю
category-intention-for-me = Намерения для меня
category-obligation-for-me = Обязательства для меня
category-offer-for-me = Предложения
category-confirmed = Подтверждено
category-released = Отпущено
category-cancelled = Больше не нужно
category-due-soon = Скоро срок
category-summary = Итоги месяца
category-invitation-accepted = Приглашения и ссылки

## Учётные записи

profile-account = { $platform }: { $address }{ $current ->
    [yes] {" "}· вы здесь
   *[no] {""}
}{ $notices ->
    [yes] {" "}· 🔔
   *[no] {""}
}
profile-accounts-pick = Выберите, куда присылать уведомления 🔔.
profile-do-notices-last = 🔔 Туда, где я пишу
profile-linking-lead = Есть другой чат? Свяжите его, и оба будут видеть и делать одно и то же. Создайте код здесь и введите там, или введите здесь код, созданный там.
profile-linking-how = Введите этот код в другой учётной записи, в /profile. Он действует один раз, до { $until }.
profile-linking-claimed = { $address } ({ $platform }): введён ваш код, чтобы связаться с вами. Это вы?
profile-linking-follows = Соглашайтесь, только если это ваша учётная запись: ей будет доступно всё, что и вам. Реквизиты скрыты от неё 72 часа.
profile-do-linking-make = 🔑 Создать код
profile-do-linking-use = ⌨️ Ввести код
profile-do-linking-yes = Да, это я
profile-do-linking-no = Нет

## Заблокированные, записи с собой

profile-blocked-none = Вы никого не блокируете. Чтобы заблокировать, откройте карточку человека.
profile-blocked-lead = Вы и они не видите друг друга. Выберите, с кого снять блокировку.
profile-do-unblock = { $name }
profile-export-lead = Все ваши записи в удобном виде. Другие названы по имени, только если вы видите их сейчас.
profile-do-export-csv = 📄 Таблица (CSV)
profile-do-export-json = 🧩 Для программ (JSON)
profile-do-export-hledger = 📒 Текстовый журнал (hledger)
profile-do-export-first = 📦 Сначала забрать мои записи

## Суммы

profile-currency-lead = Всё считается в единице { $unit }. Рядом можно видеть суммы в другой валюте по курсу сообщества, только для сведения.
profile-currency = { $chosen ->
    [yes] ✅ { $code }
   *[no] { $code }
}
profile-do-currency-none = Только единица сообщества
profile-gifts = Мои итоги
profile-gifts-value = { $counted ->
    [yes] счёт даров: «23 раза помощь от вас»
   *[no] суммы
}
profile-do-gifts = { $counted ->
    [yes] Показывать суммы
   *[no] Считать дары, а не суммы
}
profile-harmless = Могу отдать за месяц без ущерба для себя
profile-harmless-none = не задано
profile-harmless-lead = Это видите только вы. Предлагая помощь, вы увидите, сколько осталось; отказа из-за этого не бывает.
profile-do-harmless = ✏️ Задать
profile-do-harmless-none = Не задавать

## Уход

profile-leave-lead = Уход нельзя отменить. Вот что произойдёт:
profile-leave-my-intentions = { $n ->
    [one] Будет снято { $n } ваше намерение.
    [few] Будут сняты { $n } ваших намерения.
    [many] Будет снято { $n } ваших намерений.
   *[other] Будет снято { $n } вашего намерения.
}
profile-leave-intentions-for-me = { $n ->
    [one] Будет снято { $n } намерение для вас.
    [few] Будут сняты { $n } намерения для вас.
    [many] Будет снято { $n } намерений для вас.
   *[other] Будет снято { $n } намерения для вас.
}
profile-leave-released = Другим будет отпущено { $amount } из обещанного вам.
profile-leave-defaulted = Обещанное вами и не отмеченное исполненным ({ $amount }) закроется как неисполненное.
profile-leave-by-silence = { $n ->
    [one] { $n } отчёт, который ждёт вашего ответа, засчитается исполненным.
    [few] { $n } отчёта, которые ждут вашего ответа, засчитаются исполненными.
    [many] { $n } отчётов, которые ждут вашего ответа, засчитаются исполненными.
   *[other] { $n } отчёта, которые ждут вашего ответа, засчитаются исполненными.
}
profile-leave-erased = Имя, слова, реквизиты и учётные записи будут стёрты. Строки без вашего имени останутся в чужих архивах, чтобы их итоги были верны. Те, кого это касается, узнают, что один из участников ушёл.
profile-leave-anew = Вернуться можно, только начав заново.
profile-do-leave = 🚪 Уйти
