### Words in the files of an export.

# Somebody whom the reader does not see now.
export-member = member { $number }

## The accounts of the hledger journal. A colon makes a part of a part.

export-account-owed = obligations:{ $side ->
    [mine] I owe
   *[theirs] owed to me
}
export-account-intended = intentions:{ $side ->
    [mine] mine
   *[theirs] for me
}
export-account-helped = help:{ $side ->
    [mine] given
   *[theirs] received
}
export-account-promised = promised:{ $side ->
    [mine] by me
   *[theirs] to me
}
export-account-ended = ended:{ $side ->
    [mine] mine
   *[theirs] for me
}:{ $how ->
    [withdrawn] withdrawn
    [lapsed] lapsed
    [cancelled] cancelled
    [released] released
    [handed-on] handed on
   *[defaulted] defaulted
}

## What happened, after the name

export-what-intended = intention
export-what-changed = changed
export-what-withdrawn = intention withdrawn
export-what-converted = made binding
export-what-lapsed = lapsed
export-what-cancelled = cancelled
export-what-renewed = came back for the new month
export-what-promised = obligation
export-what-confirmed = confirmed
export-what-silence = counted as given, never answered
export-what-reopened = opened again
export-what-released = released
export-what-defaulted = not kept, has left

## The head of the journal, and its last entry

export-journal-title = Exodus: the records of { $name } on { $date }, in { $unit }.
export-journal-flow = Every entry moves a promise on: promised → intentions → obligations → help; or to where it ended.
export-journal-sums = Balances are what the chat shows. Only "promised" is below zero: all the others come from there.
export-journal-people = Whom you do not see now is called "member" with a number, the same in the whole file.
export-journal-closing = as in the chat
