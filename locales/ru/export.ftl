### Слова в файлах выгрузки.

# Тот, кого читатель сейчас не видит.
export-member = участник { $number }

## Счета журнала hledger. Двоеточие отделяет часть от целого.

export-account-owed = обязательства:{ $side ->
    [mine] мои
   *[theirs] передо мной
}
export-account-intended = намерения:{ $side ->
    [mine] мои
   *[theirs] для меня
}
export-account-helped = помощь:{ $side ->
    [mine] оказана
   *[theirs] получена
}
export-account-promised = обещано:{ $side ->
    [mine] мной
   *[theirs] мне
}
export-account-ended = завершено:{ $side ->
    [mine] мои
   *[theirs] для меня
}:{ $how ->
    [withdrawn] отозвано
    [lapsed] истекло
    [cancelled] отменено
    [released] снято
    [handed-on] передано
   *[defaulted] не исполнено
}

## Что произошло, после имени

export-what-intended = намерение
export-what-changed = изменено
export-what-withdrawn = намерение отозвано
export-what-converted = стало обязательством
export-what-lapsed = истекло
export-what-cancelled = отменено
export-what-renewed = вернулось на новый месяц
export-what-promised = обязательство
export-what-confirmed = подтверждено
export-what-silence = засчитано, ответа не было
export-what-reopened = открыто снова
export-what-released = снято получателем
export-what-defaulted = не исполнено: участник вышел

## Начало журнала и его последняя запись

export-journal-title = Exodus: { $name }, записи на { $date }. Единица учёта: { $unit }.
export-journal-flow = Каждая запись продвигает обещание дальше: обещано → намерения → обязательства → помощь; или туда, где оно завершилось.
export-journal-sums = Остатки — то, что показывает чат. Ниже нуля только «обещано»: всё остальное берётся оттуда.
export-journal-people = Те, кого вы сейчас не видите, названы «участник» с номером, одинаково во всём файле.
export-journal-closing = как в чате
