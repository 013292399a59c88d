### Слова терминала: от чьего имени говорить, часы игры, файлы, что программа сделала при запуске.

## Слова после косой черты, варианты через запятую. Понимаются слова всех языков.

console-word-as = как
console-word-tomorrow = завтра
console-word-date = дата
console-word-hour = час
console-word-quit = выход
console-word-keys = клавиши, терминал

## Как печатать

console-hint = Введите номер, чтобы выбрать, или скажите словами: обещаю Анне 50. /клавиши — что ещё можно здесь, /help — обо всём остальном.
console-keys = В этом терминале
console-keys-as = /как ИМЯ — говорить от имени другого; /как — кто участвует в этом сеансе
console-keys-letter = /3.1 — вариант 1 в уведомлении 3
console-keys-quit = /выход или Ctrl-D — покинуть терминал; всё сохранится
console-keys-tomorrow = /завтра — перевести часы этой игры на день вперёд
console-keys-date = /дата 2026-12-01 — перевести их на дату
console-keys-hour = /час 9 — перевести их на этот час
console-quit-hint = /выход или Ctrl-D — покинуть терминал; всё сохранится.
console-bye = Всё сохранено. До встречи!

## Кто говорит

console-now = Теперь говорит { $name }.
console-new = Здесь ещё никого не зовут { $name }. Напишите что угодно, чтобы участвовать, или /start КОД, если есть приглашение.
console-nobody = Пока никто не говорит. Начать: /как ИМЯ
console-speakers = В этом сеансе:
console-speaker = — { $name }
console-speaker-now = — { $name } (говорит сейчас)
console-wrong-name = Это не может быть именем. Например: /как Анна
console-linked = { $name } пользуется и другим чатом. Чтобы никто не говорил за другого, здесь под этим именем не говорят.

## Уведомления

console-letter = ✉ → { $name }:
console-letter-of-other = На это уведомление отвечает { $name }. Сначала: /как { $name }
console-no-letter = Такого уведомления нет, или в нём нет такого варианта.

## Файлы

console-file = Сохранено: { $path }
console-file-failed = Не удалось сохранить файл { $path }: { $reason }

## Часы игры

console-clock = Сейчас { $at }.
console-clock-real = Это настоящая книга: её часы не переводятся. Поиграть со временем: exodus console --play
console-clock-forward = Время идёт только вперёд. Сейчас { $at }.
console-clock-far = За раз — не больше { $days ->
    [one] { $days } дня
   *[other] { $days } дней
}.
console-clock-date = Это не дата. Например: /дата { $example }
console-clock-hour = Нужен час без минут. Например: /час 9
console-clock-moment = — { $at } —

## Неполадки

console-trouble = База данных не отвечает. Ничего не потеряно: введите то же самое ещё раз чуть позже.
console-fault = Что-то не так в программе или в её записях; из-за этого ничего не изменилось. Подробности — в журнале оператора.

## Что программа говорит при запуске

console-start-made = Для вас создана новая книга, только на этом компьютере:
console-start-there = Ваша книга на этом компьютере:
console-start-play = Книга для игры, со своими часами ({ $at }):
console-start-demo = Придуманная сеть для игры, со своими часами ({ $at }):
console-start-connect = Как подключить чат: docs/how-to/run.md. Поиграть со временем: exodus console --play. Осмотреться в придуманной сети: exodus demo
console-demo-filling = Идут три месяца из жизни придуманных людей: их { $people }. Немного терпения …
console-demo-month = { $month } …
console-demo-there = Людей: { $people }, из них о ежемесячной поддержке просят { $orange }, об экстренной помощи — { $red }.
console-demo-records = Исполнено обещаний: { $kept }, открытых обязательств: { $open }, намерений: { $intentions }; вышли: { $left }.
console-demo-stories = Загляните к: { $kept } (срочный сбор удался), { $short } (не хватило), { $suspended } (приостановлен после двух месяцев).
console-demo-as = Вы — { $name }. /как ИМЯ — говорить от имени любого другого, /завтра — перевести часы, exodus demo --new — начать заново.
