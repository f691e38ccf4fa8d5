# The assistant for tables that no format knows.

found = This is a table of { $columns } columns, but no statement that we know. It looks like { $kind }.
found-why = Nothing is stored before you have seen the result. The file waits for an hour, encrypted, and then disappears.
say = Say what the columns are
title = The columns of “{ $file }”
crumb = Unknown table
lead = { $rows ->
    [one] { $columns } columns, { $rows } row.
   *[other] { $columns } columns, { $rows } rows.
    } Check what we understood, and complete the rest.
missing = This is still missing:
what = What this table has
rows = A row is one of…
bank = bank transactions
purchase = purchases
electricity = readings of electricity
gas = readings of gas
water = readings of water
holder = Where the file comes from
holder-why = The name of the bank, shop or supplier, as you call it.
columns = The columns
columns-why = These are the first rows. Say what each useful column is; the others are left out.
column = Column { $column }
table = First rows of the file
role-nothing = (leave out)
role-date = Date
role-time = Time
role-label = Label
role-amount = Amount
role-out = Money out (debit)
role-in = Money in (credit)
role-direction = Direction (debit or credit)
role-currency = Currency
role-consumed = Consumption
role-register = What the meter shows
how = How to read it
how-why = What the file does not say is left empty: we guess nothing in your place.
choose = (choose)
date-order = Order of dates
day-first = day, month, year (31/12/2025)
month-first = month, day, year (12/31/2025)
year-first = year, month, day (2025-12-31)
decimal = Decimals
comma = after a comma (1 234,50)
point = after a point (1,234.50)
of-money = For amounts
sign = Money that goes out is written
signed = with a minus sign (−12.50)
spent = without a sign (12.50)
out = Word of money that goes out
out-why = If there is a column “Direction”: for example D, Debit.
currency = Currency
currency-why = Three letters, such as EUR, if there is no column “Currency”.
of-readings = For readings
unit = Unit
litre = litres
every = A reading covers
quarter-hour = a quarter of an hour
half-hour = half an hour
hour = an hour
day = a day
month = a month
keep = Remember these answers for the next files with the same columns
look = See the result
nothing-yet = This file waits here for an hour at most, encrypted. Without your agreement, nothing of it remains.
preview = What would be stored
would-add = { $rows ->
    [0] No new row.
    [one] { $rows } new row.
   *[other] { $rows } new rows.
}
would-know = { $rows ->
    [one] { $rows } row is there already.
   *[other] { $rows } rows are there already.
}
would-reject = { $rows ->
    [one] { $rows } row cannot be read and would be left out.
   *[other] { $rows } rows cannot be read and would be left out.
}
first = First rows, as they would be stored
add = Store these rows
leave = Store nothing
no-holder = the name of the organisation or shop;
no-date = the column of the date;
date-twice = one column only for the date;
no-amount = the amount: a column “Amount”, or “Money out” and “Money in” together;
no-reading = the consumption, or what the meter shows, but not both;
twice = each kind of column once only, except “Label”;
no-date-order = the order of dates;
no-sign = the way to write money that goes out;
no-direction = the word of money that goes out;
no-decimal = the comma or point of decimals;
no-currency = the currency, in three letters, such as EUR;
no-unit = the unit of readings: Wh or kWh for electricity, also litres or m³ for gas, litres or m³ for water;
no-every = the time that a reading covers;
too-many-labels = four columns of labels at most.
kept-title = Your tables
kept-lead = What you said about the columns of these files. The next one with the same columns is read in the same way, without asking you anything.
kept-none = No table
kept-none-why = If a file is not recognised but is a table, you can say here what its columns are.
kept-used = This table was read by your answers about its columns.
kept-see = See or forget these answers
forget = Forget
