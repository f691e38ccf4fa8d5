# The timeline.

timeline = Timeline
lead = Your bills, trips, purchases and care on the same days.
months = Months
all = { $rows ->
    [one] All, { $rows } row
   *[other] All, { $rows } rows
}
picked = { $domains ->
    [one] One domain at a time, as on { $day }
   *[other] The most varied day: { $day }, { $domains } domains
}
lanes = What happened on each day; a larger dot counts more rows
day-column = Day
# Days are counted from Monday.
day = { $weekday ->
    [0] Monday { $day }
    [1] Tuesday { $day }
    [2] Wednesday { $day }
    [3] Thursday { $day }
    [4] Friday { $day }
    [5] Saturday { $day }
   *[other] Sunday { $day }
}
day-about = { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
}, { $holders ->
    [0] no known holder
    [one] { $holders } holder
   *[other] { $holders } holders
}
moment = { $holders ->
    [one] One moment, told twice by the same holder
   *[other] One moment, told by { $holders } holders
}
moment-why = Brought together because the amount is the same, paid on that day or within three days, and no other row fits.
several = { $name }, { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
}
many = { $name }, many rows
older = Earlier days
nothing = Nothing yet to put on a date
nothing-why = From your first files on, your bills, trips and purchases answer one another here, day by day.
add = Add files
