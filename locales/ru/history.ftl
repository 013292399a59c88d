### Журнал глазами участника и итоги месяца.

history-title = 📜 Мой журнал
history-record-title = 📜 Как это было
history-empty = Пока ничего не произошло.
history-entry = { $at }: { $what }
history-do-record = ◀ К самой записи

## Участие

history-registered = Вы теперь с нами.
history-registered-by = { $side ->
    [mine] Вы теперь с нами. Приглашение: { $name }.
   *[theirs] По вашему приглашению теперь с нами { $name }.
}
history-monthly-asked = 🔆 Вы попросили о ежемесячной поддержке: { $target }.
history-emergency-called = 🆘 Вы попросили об экстренной помощи: { $target } до { $deadline }.
history-appeal-target = Запрошенная сумма изменена: было { $before }, стало { $after }.
history-appeal-deadline = Последний день сбора перенесён с { $from } на { $to }.
history-appeal-both = Сбор изменён: было { $before }, стало { $after }; последний день перенесён с { $from } на { $to }.
history-appeal-findable = { $findable ->
    [yes] Ваш сбор теперь могут найти и люди, близкие к вашей сети.
   *[no] Ваш сбор теперь виден только в вашей сети.
}
history-appeal-words = Описание вашего сбора изменено.
history-monthly-ended = { $ending ->
    [left] Ежемесячный сбор закончился с вашим уходом.
   *[ended] ✅ Помощь вам больше не нужна: ежемесячный сбор закончен.
}
history-emergency-ended = { $ending ->
    [reached] 💚 Экстренный сбор завершён, получено всё нужное: { $confirmed }.
    [expired] Срок экстренного сбора вышел, получено { $confirmed }.
    [left] Экстренный сбор закончился с вашим уходом, получено { $confirmed }.
   *[ended] Экстренный сбор закончен по вашему слову, получено { $confirmed }.
} { $then ->
    [orange] Ежемесячный сбор продолжается.
   *[green] Ваш статус снова зелёный ✅.
}
history-left = Вы вышли из Эксодуса.
history-linking-asked = 🔑 Другой аккаунт просит связать его с вами.
history-accounts-linked = 🔑 Теперь от вашего имени говорит ещё один аккаунт.
history-blocked = 🚫 { $name } теперь в вашем списке блокировки.
history-unblocked = { $name } больше не в вашем списке блокировки.
history-vouched = ✔️ { $side ->
    [mine] { $name }: вы поручились за этот сбор.
   *[theirs] { $name } ручается за ваш сбор.
}
history-vouch-withdrawn = { $side ->
    [mine] { $name }: вы больше не ручаетесь за этот сбор.
   *[theirs] { $name } больше не ручается за ваш сбор.
}

## Ссылки

history-link-made-own = 🔗 Создана ссылка на вас.
history-link-made = 🔗 { $side ->
    [mine] Вы создали ссылку «Помочь»: { $name }.
   *[theirs] { $name } зовёт других помочь вам: создана ссылка на вас.
}
history-link-revoked-own = Ваша ссылка закрыта.
history-link-revoked = { $side ->
    [mine] Ваша ссылка «Помочь» закрыта: { $name }.
   *[theirs] Ссылка на вас закрыта. Её автор — { $name }.
}
history-link-expired-own = Срок вашей ссылки вышел.
history-link-expired = { $side ->
    [mine] Срок вашей ссылки «Помочь» вышел: { $name }.
   *[theirs] Срок ссылки на вас вышел. Её автор — { $name }.
}
history-link-followed = 🔗 { $side ->
    [mine] Вы открыли приглашение: { $name }.
   *[theirs] { $name } теперь видит вас по ссылке.
}
history-link-of-mine-followed = 🔗 Вашей ссылкой теперь пользуется { $name }.
history-links-forbidden = { $forbid ->
    [yes] Другие больше не могут создавать ссылки на вас.
   *[no] Другие могут создавать ссылки на вас.
}

## Намерения

history-intention-recorded = ❤️ { $side ->
    [mine] Ваше намерение: { $amount } → { $name }.
   *[theirs] { $name } хочет помочь вам: намерение { $amount }.
}
history-intention-changed = ✏️ { $side ->
    [mine] Ваше намерение ({ $name }) изменено: было { $before }, стало { $after }.
   *[theirs] { $name } меняет намерение помочь вам: было { $before }, стало { $after }.
}
history-intention-revalued = ⚖️ { $side ->
    [mine] Вы приняли другую стоимость ({ $name }): было { $before }, стало { $after }.
   *[theirs] { $name } принимает вашу оценку: было { $before }, стало { $after }.
}
history-intention-withdrawn = { $side ->
    [mine] Ваше намерение отозвано: { $amount } → { $name }.
   *[theirs] { $name } отзывает намерение помочь вам: { $amount }.
}
history-intention-converted = 🤝 { $side ->
    [mine] Ваше намерение стало обязательством: { $amount } → { $name }.
   *[theirs] { $name } делает намерение обязательством: { $amount } для вас.
}
history-intention-converted-part = 🤝 { $side ->
    [mine] Часть вашего намерения стала обязательством: { $amount } → { $name }. Намерением остаётся { $rest }.
   *[theirs] { $name } делает часть намерения обязательством: { $amount } для вас. Намерением остаётся { $rest }.
}
history-intention-lapsed = 🍂 { $side ->
    [mine] Ваше намерение завершилось: { $amount } → { $name }.
   *[theirs] { $name }: намерение помочь вам завершилось, { $amount }.
} { $reason ->
    [overdue] Там есть просроченное.
   *[month] Месяц закончился раньше, чем оно стало обязательством.
}
history-intention-cancelled = { $side ->
    [mine] Ваше намерение завершилось: { $amount } → { $name }.
   *[theirs] { $name }: намерение помочь вам завершилось, { $amount }.
}{ $reason ->
    [not-needed] {" "}Помощь больше не нужна.
    [left] {" "}Один из вас больше не участвует.
    [blocked] {" "}Причина — ваша блокировка.
   *[ended] {""}
}
history-intention-renewed = 🔄 { $side ->
    [mine] Обещание исполнено и вернулось намерением: { $amount } → { $name }.
   *[theirs] { $name }: обещание исполнено и вернулось намерением помочь вам, { $amount }.
}
history-renewal-deferred = { $side ->
    [mine] { $amount } → { $name }: вернётся намерением, когда там не останется просроченного.
   *[theirs] { $name } → вам, { $amount }: вернётся намерением, когда не останется просроченного.
}
history-intention-thawed = { $side ->
    [mine] Ваше намерение ({ $name }) больше не заморожено.
   *[theirs] { $name }: намерение помочь вам больше не заморожено.
}
history-conversion-asked = { $side ->
    [mine] { $name } просит вас сделать намерение обязательством.
   *[theirs] Вы попросили сделать намерение обязательством: { $name }.
}
history-value-proposed = ⚖️ { $side ->
    [mine] { $name } предлагает оценить вашу помощь иначе: не { $before }, а { $proposed }.
   *[theirs] Вы предложили другую стоимость ({ $name }): не { $before }, а { $proposed }.
}
history-value-declined = { $side ->
    [mine] Вы оставили прежнюю стоимость ({ $name }), а не { $proposed }.
   *[theirs] { $name } оставляет прежнюю стоимость, а не { $proposed }.
}

## Обязательства

history-obligation-made = 🤝 { $side ->
    [mine] Ваше обязательство: { $amount } → { $name }, до { $due }
   *[theirs] { $name } берёт обязательство: { $amount } для вас, до { $due }
}, { $origin ->
    [emergency] для экстренного сбора.
    [direct] по договорённости между вами.
    [handed-on] переданное по цепочке.
   *[monthly] для ежемесячного сбора.
}
history-due-moved = { $side ->
    [mine] Срок вашего обязательства ({ $name }) перенесён с { $before } на { $after }.
   *[theirs] { $name }: срок обязательства для вас перенесён с { $before } на { $after }.
} { $reason ->
    [thawed] Экстренная ситуация закончилась.
    [not-received] Помощь ещё не пришла.
    [reopened] Подтверждение открыто снова.
   *[deadline] Экстренный сбор продлён.
}
history-reported = ⏳ { $side ->
    [mine] Вы отметили исполнение: { $amount } → { $name }.
   *[theirs] { $name } отмечает исполнение: { $amount } для вас.
}
history-confirmed = 👍 { $side ->
    [mine] { $name } подтверждает: { $amount } получено.
   *[theirs] Вы подтвердили: { $name } → вам, { $amount }.
}
history-confirmed-part = 👍 { $side ->
    [mine] { $name } подтверждает часть: получено { $amount } из { $reported }.
   *[theirs] Вы подтвердили часть ({ $name }): получено { $amount } из { $reported }.
}
history-not-received = 🚫 { $side ->
    [mine] { $name } отвечает, что { $amount } ещё не получено.
   *[theirs] Вы ответили, что { $amount } ещё не получено ({ $name }).
}
history-by-silence = 👍 { $side ->
    [mine] { $amount } → { $name }: засчитано как исполненное, ответа так и не было.
   *[theirs] { $name } → вам, { $amount }: засчитано как исполненное, ответа так и не было.
}
history-reopened = ↩️ { $side ->
    [mine] { $name } снова открывает подтверждение: { $amount }.
   *[theirs] Вы снова открыли подтверждение ({ $name }): { $amount }.
}
history-performance-asked = 🔔 { $side ->
    [mine] { $name } просит исполнить обязательство в течение 24 часов или поговорить.
   *[theirs] Вы попросили исполнить обязательство в течение 24 часов или поговорить: { $name }.
}
history-confirmation-reminded = 🔔 { $side ->
    [mine] { $by ->
        [debtor] Вы напомнили подтвердить помощь: { $name }.
       *[system] { $name } получает напоминание: подтвердить вашу помощь.
    }
   *[theirs] { $by ->
        [debtor] { $name } просит вас подтвердить помощь.
       *[system] Напоминание вам: подтвердить помощь ({ $name }).
    }
}
history-debtor-reminded = 🔔 { $side ->
    [mine] Напоминание вам об обязательстве ({ $name })
   *[theirs] { $name } получает напоминание об обязательстве для вас
}{ $last ->
    [yes] , последнее.
   *[no] .
}
history-obligation-fulfilled = 👍 { $side ->
    [mine] Ваше обязательство ({ $name }) исполнено
   *[theirs] { $name }: обязательство для вас исполнено
}{ $how ->
    [late] {" "}с опозданием.
    [silence] : засчитано без ответа.
   *[on-time] .
}
history-obligation-overdue = ⌛ { $side ->
    [mine] Ваше обязательство просрочено: { $amount } → { $name }.
   *[theirs] { $name }: обязательство { $amount } для вас просрочено.
}
history-obligation-released = 🕊 { $side ->
    [mine] { $name } снимает с вас обязательство: { $amount }.
   *[theirs] Вы сняли обязательство ({ $name }): { $amount }.
}{ $reason ->
    [left] {" "}Один из вас больше не участвует.
   *[word] {""}
}
history-obligation-cancelled = ☑️ { $side ->
    [mine] { $amount } → { $name }: больше не нужно, экстренный сбор уже получил всё.
   *[theirs] { $name } → вам, { $amount }: больше не нужно, экстренный сбор уже получил всё.
}
history-obligation-defaulted = ✖️ { $side ->
    [mine] Вы вышли, и { $amount } → { $name } осталось неисполненным.
   *[theirs] { $name }: обязательство { $amount } так и осталось неисполненным.
}

## Предложения

history-offer-give = ✉️ { $side ->
    [mine] Вы предложили: вы → { $name }, { $amount } до { $due }.
   *[theirs] { $name } предлагает вам { $amount } до { $due }.
}
history-offer-ask = ✉️ { $side ->
    [mine] Вы попросили: { $name } → вам, { $amount } до { $due }.
   *[theirs] { $name } просит у вас { $amount } до { $due }.
}
history-offer-given = ✉️ { $side ->
    [mine] Вы записали уже переданное: { $amount } → { $name }.
   *[theirs] { $name } записывает уже переданное вам: { $amount }.
}
history-offer-received = ✉️ { $side ->
    [mine] Вы записали уже полученное: { $name } → вам, { $amount }.
   *[theirs] { $name } записывает уже полученное от вас: { $amount }.
}
history-offer-accepted = ✅ { $side ->
    [mine] { $name } принимает ваше предложение.
   *[theirs] Вы приняли предложение: { $name }.
}
history-offer-declined = { $side ->
    [mine] { $name } отклоняет ваше предложение.
   *[theirs] Вы отклонили предложение: { $name }.
}
history-offer-withdrawn = { $side ->
    [mine] Ваше предложение больше не действует: { $name }.
   *[theirs] { $name }: предложение для вас больше не действует.
}

## Месяц

history-month-closed = Месяц закончился: { $month }{ $overdue ->
    [0] .
    [one] , у вас просрочено { $overdue } обязательство.
    [few] , у вас просрочены { $overdue } обязательства.
    [many] , у вас просрочено { $overdue } обязательств.
   *[other] , у вас просрочено { $overdue } обязательства.
}
history-month-nudged = Напоминание, что вам осталось сделать до конца месяца: { $month }.
history-month-summarised = Итоги месяца: { $month }.
history-suspended = Новые обещания приостановлены, пока у вас есть просроченное.
history-suspension-lifted = Просроченного больше нет: снова можно обещать.

## Итоги месяца. $shown: считать дары (gifts) или складывать суммы (sums).

summary-title = 🗓 Итоги: { $month }
summary-gave = ❤️ { $shown ->
    [gifts] Вы помогли { $n ->
        [one] { $n } раз
        [few] { $n } раза
        [many] { $n } раз
       *[other] { $n } раза
    }.
   *[sums] От вас: { $amount } ({ $n ->
        [one] { $n } дар
        [few] { $n } дара
        [many] { $n } даров
       *[other] { $n } дара
    }).
}
summary-received = 💚 { $shown ->
    [gifts] Вам помогли { $n ->
        [one] { $n } раз
        [few] { $n } раза
        [many] { $n } раз
       *[other] { $n } раза
    }.
   *[sums] Вам: { $amount } ({ $n ->
        [one] { $n } дар
        [few] { $n } дара
        [many] { $n } даров
       *[other] { $n } дара
    }).
}
summary-lapsed = 🍂 { $n ->
    [one] Завершилось { $n } ваше намерение
    [few] Завершились { $n } ваших намерения
    [many] Завершилось { $n } ваших намерений
   *[other] Завершилось { $n } вашего намерения
}{ $shown ->
    [gifts] .
   *[sums] : { $amount }.
}
summary-renewed = 🔄 { $n ->
    [one] Вернулось { $n } ваше намерение
    [few] Вернулись { $n } ваших намерения
    [many] Вернулось { $n } ваших намерений
   *[other] Вернулось { $n } вашего намерения
}{ $shown ->
    [gifts] .
   *[sums] : { $amount }.
}
summary-renewed-for-me = 🔄 { $n ->
    [one] Вернулось { $n } намерение помочь вам
    [few] Вернулись { $n } намерения помочь вам
    [many] Вернулось { $n } намерений помочь вам
   *[other] Вернулось { $n } намерения помочь вам
}{ $shown ->
    [gifts] .
   *[sums] : { $amount }.
}
summary-overdue = ⌛ { $n ->
    [one] Просрочено { $n } ваше обязательство
    [few] Просрочены { $n } ваших обязательства
    [many] Просрочено { $n } ваших обязательств
   *[other] Просрочено { $n } вашего обязательства
}{ $shown ->
    [gifts] .
   *[sums] : { $amount }.
}
summary-overdue-for-me = ⌛ { $n ->
    [one] Просрочено { $n } обязательство для вас
    [few] Просрочены { $n } обязательства для вас
    [many] Просрочено { $n } обязательств для вас
   *[other] Просрочено { $n } обязательства для вас
}{ $shown ->
    [gifts] .
   *[sums] : { $amount }.
}
summary-came = 🌱 { $n ->
    [one] По приглашению или ссылке теперь с вами { $n } человек.
    [few] По приглашению или ссылке теперь с вами { $n } человека.
    [many] По приглашению или ссылке теперь с вами { $n } человек.
   *[other] По приглашению или ссылке теперь с вами { $n } человека.
}
summary-quiet = Тихий месяц.
summary-way-back = Путь назад открыт: исполните и отметьте. После подтверждения связь восстановится.
summary-renewed-free = Вернувшееся свободно, как любое намерение: его можно изменить или отозвать.
summary-do-overdue = ⌛ Что просрочено
summary-do-mine = ❤️ Мои намерения
