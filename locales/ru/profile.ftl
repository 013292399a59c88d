### Профиль и его части; названия видов новостей.

profile-section = { $section ->
    [pay] 📬 Как передать помощь
    [offers] 🎁 Могу предложить
    [language] 🌐 Язык
    [time] 🕰 Часовой пояс, тихие часы
    [notices] 🔔 Уведомления
    [accounts] 🔑 Аккаунты
    [export] 📦 Забрать мои записи
    [amounts] 🔢 Как показывать суммы
    [leave] 🚪 Уйти
   *[main] 👤 Мой профиль
}
profile-name = Имя
profile-about-empty = О вас пока ничего не сказано. Несколько слов помогают доверять.
profile-do-name = ✏️ Имя
profile-do-about = ✏️ О себе

## Как передать помощь

profile-pay-lead = Это видят только те, кто вам помогает. Текст свободный: карта, счёт, адрес, «наличными при встрече». Первая запись показывается сверху.
profile-pay-none = Здесь пока пусто: помощникам сказано спросить вас лично.
profile-do-pay-add = ➕ Добавить
profile-do-pay-first = ⭐ Показывать первым: { $label }
profile-do-pay-remove = ✖️ Убрать: { $label }

## Могу предложить

profile-offers-lead = Умение, вещь, комната, немного времени: всё, чем вы можете поделиться. Ваша сеть видит это и может найти через /people.
profile-offers-pick = Выбранная строка убирается.
profile-offers-full = Список полон. Уберите строку, чтобы добавить другую.
profile-do-offer-add = ➕ Добавить

## Язык, время

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
category-asked-to-convert = Просьба сделать намерение обязательством
category-asked-to-perform = Просьба исполнить
category-reported-as-performed = Отмечено исполнение, нужно подтвердить
category-not-received = Не получено
category-overdue = Просрочено
category-account-linked = Связан аккаунт
category-security = Безопасность
category-status-in-network = В моей сети просят о поддержке
category-circle-news = Новости тех, кому я помогаю
category-intention-for-me = Намерения для меня
category-obligation-for-me = Обязательства для меня
category-offer-for-me = Предложения
category-confirmed = Подтверждено
category-released = Обязательство снято
category-cancelled = Больше не нужно
category-due-soon = Скоро срок
category-summary = Итоги месяца
category-invitation-accepted = Приглашения и ссылки

## Аккаунты

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
profile-linking-how = Введите этот код на другом аккаунте, в /profile. Он действует один раз, до { $until }.
profile-linking-claimed = { $address } ({ $platform }): там введён ваш код, чтобы связать этот аккаунт с вами. Это вы?
profile-linking-follows = Соглашайтесь, только если это ваш аккаунт: ему будет доступно всё, что и вам. Как передать помощь, он не видит ещё 72 часа.
profile-do-linking-make = 🔑 Создать код
profile-do-linking-use = ⌨️ Ввести код
profile-do-linking-yes = Да, это я
profile-do-linking-no = Нет

## Список блокировки, записи с собой

profile-do-blocked = 🚫 Список блокировки

profile-blocked-none = Здесь никого нет. Чтобы заблокировать, откройте карточку человека.
profile-blocked-lead = Вы и эти люди не видите друг друга. Выберите, с кого снять блокировку.
profile-export-lead = Все ваши записи в удобном виде. Другие названы по имени, только если вы видите их сейчас.
profile-do-export-csv = 📄 Таблица (CSV)
profile-do-export-json = 🧩 Для программ (JSON)
profile-do-export-hledger = 📘 Текстовый журнал (hledger)
profile-do-export-first = 📦 Сначала забрать мои записи

## Суммы

profile-currency-lead = Единица учёта здесь — { $unit }. Рядом можно видеть суммы в другой валюте по курсу сообщества, только для сведения.
profile-currency = { $chosen ->
    [yes] ✅ { $code }
   *[no] { $code }
}
profile-do-currency-none = Только единица сообщества
profile-gifts = Мои итоги
profile-gifts-value = { $counted ->
    [yes] счёт даров: «вы помогли 23 раза»
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
    [one] Завершится { $n } ваше намерение.
    [few] Завершатся { $n } ваших намерения.
    [many] Завершится { $n } ваших намерений.
   *[other] Завершится { $n } вашего намерения.
}
profile-leave-intentions-for-me = { $n ->
    [one] Завершится { $n } намерение помочь вам.
    [few] Завершатся { $n } намерения помочь вам.
    [many] Завершится { $n } намерений помочь вам.
   *[other] Завершится { $n } намерения помочь вам.
}
profile-leave-released = Обещанное вам ({ $amount }) с других будет снято.
profile-leave-defaulted = Обещанное вами и не отмеченное исполненным ({ $amount }) закроется как неисполненное.
profile-leave-by-silence = { $n ->
    [one] Засчитается { $n } исполнение, которое ждёт вашего ответа.
    [few] Засчитаются { $n } исполнения, которые ждут вашего ответа.
    [many] Засчитается { $n } исполнений, которые ждут вашего ответа.
   *[other] Засчитается { $n } исполнения, которые ждут вашего ответа.
}
profile-leave-erased = Имя, слова, сведения о том, как передать помощь, и аккаунты будут стёрты. Строки без вашего имени останутся в чужих архивах, чтобы их итоги были верны. Те, кого это касается, узнают, что один из участников вышел.
profile-leave-anew = Вернуться можно, только начав заново.
profile-do-leave = 🚪 Уйти
