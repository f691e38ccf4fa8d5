# Units that are words, after a number.

day = { $count ->
    [one] day
   *[other] days
}
month = { $count ->
    [one] month
   *[other] months
}
call = { $count ->
    [one] call
   *[other] calls
}
item = { $count ->
    [one] item
   *[other] items
}
trip = { $count ->
    [one] trip
   *[other] trips
}
times-its-size = { $times } times its size
