### How English writes and reads amounts, dates and times. Each language has this file, with the same ids and variables.

## What is written

# $shape tells how the sign of the unit stands by its number: symbol is €, A$; code is CHF; word is h, kr.
format-amount = { $shape ->
    [symbol] { $sign }{ $number }
    [code] { $sign }{ "\u00A0" }{ $number }
   *[word] { $number }{ "\u00A0" }{ $sign }
}

# The same amount in the currency a member likes to see.
format-amount-also = { $amount } (≈ { $also })

format-percent = { $number }%

format-date = { $day } { format-month-dated }
format-date-year = { $day } { format-month-dated } { $year }
format-time = { $hour }:{ $minute }
format-moment = { $date }, { $time }
format-month = { format-month-alone } { $year }

# $n days, as in "3 days left".
format-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}

# The month after the number of a day. $month is 1 to 12.
format-month-dated = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}

# The month by itself.
format-month-alone = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}

## What is read: words people type in a date or an amount, in lower case, separated by commas. Never shown.
## Names of months are known from above, also when shortened.

read-yesterday = yesterday
read-today = today, tonight
read-tomorrow = tomorrow, tmrw
read-after-tomorrow = day after tomorrow, the day after tomorrow
read-in = in, after, within
read-one = a, an, one
read-day = day, days, d
read-week = week, weeks, w
read-month = month, months
# What may stand after a number of a day, and words of a date without meaning.
read-ordinal = st, nd, rd, th
read-filler = on, by, the, of, until, till
read-before-noon = am, a.m.
read-after-noon = pm, p.m.

# Units of account by code, beside their sign and code themselves.
read-unit-EUR = euro, euros
read-unit-USD = dollar, dollars, buck, bucks
read-unit-GBP = pound, pounds, quid
read-unit-RUB = rouble, roubles, ruble, rubles
read-unit-UAH = hryvnia, hryvnias
read-unit-PLN = zloty, zlotys
read-unit-CHF = franc, francs
read-unit-h = hour, hours, hr, hrs
