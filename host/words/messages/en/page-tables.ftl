# The assistant for tables that no format knows.

found = This is a table of { $columns } columns, in a layout that we do not know. If it has bank transactions, purchases or meter readings, say what each column contains; otherwise, keep it as it is.
found-why = Nothing is stored before you have seen the result. The file waits for an hour, encrypted, and then disappears.
say = Say what each column contains
title = The columns of “{ $file }”
crumb = Your table
plain = The columns are understood. What is left to say is where the file comes from, and the currency if it does not tell.
lead = { $rows ->
    [one] { $columns } columns, { $rows } row.
   *[other] { $columns } columns, { $rows } rows.
    } Check what we understood, and fill in the rest.
missing = To complete or correct:
what = What this table contains
rows = The rows are…
bank = bank transactions
purchase = purchases
electricity = electricity readings
gas = gas readings
water = water readings
holder = Where the file comes from
holder-why = The name of the bank, shop or supplier, as you call it.
columns = The columns
columns-why = These are the first rows. Say what each useful column is; the others are left out.
column = Column { $column }
for-example = for example: { $value }
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
role-account = Account or meter
role-consumed = Consumption
role-register = Meter reading
how = How to read it
how-why = What the file does not make clear is left empty for you to fill in.
choose = (choose)
date-order = Date order
day-first = day, month, year (31/12/2025)
month-first = month, day, year (12/31/2025)
year-first = year, month, day (2025-12-31)
decimal = Decimals
comma = after a comma (1 234,50)
point = after a point (1,234.50)
of-money = For amounts
sign = Money out is written
signed = with a minus sign (−12.50)
spent = without a sign (12.50); a refund has the minus sign
out = Word that marks money out
out-why = If there is a “Direction” column: for example D, Debit.
currency = Currency
currency-why = Three letters, such as EUR, if there is no “Currency” column.
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
keep-none = This file has no names of columns: the next one cannot be recognised, and the same questions will be asked.
look = See the result
nothing-yet = This file waits here for an hour at most, encrypted. Without your agreement, nothing of it remains.
none-of-these = Does this table hold something else?
none-of-these-why = Keep it as it is among your documents: you will find it again, and no app can read its content.
preview = What would be stored
would-add = { $rows ->
    [0] No new row.
    [one] { $rows } new row.
   *[other] { $rows } new rows.
}
would-correct = { $rows ->
    [one] { $rows } row corrected.
   *[other] { $rows } rows corrected.
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
no-holder = where the file comes from
no-date = the date column
date-twice = the date: one column, not two
no-amount = the amount: an “Amount” column, or “Money out” and “Money in” together
no-reading = the consumption, or the meter reading, but not both
twice = the same kind of column chosen twice: only “Label” may be
no-date-order = the date order
no-sign = how money out is written
no-direction = the word that marks money out
no-decimal = the comma or point of decimals
no-currency = the currency, in three letters, such as EUR
no-unit = the unit: Wh or kWh (electricity); Wh, kWh, litres or m³ (gas); litres or m³ (water)
no-every = the time that a reading covers
too-many-labels = too many “Label” columns: four at most
kept-title = Your tables
kept-lead = What you said about the columns of these files. The next one with the same columns is read in the same way, without asking you anything.
kept-none = No table
kept-none-why = If a file is not recognised but is a table, you can say what its columns are; your answers will be kept here.
kept-used = This table was read according to your answers about its columns.
kept-see = See or forget these answers
forget = Forget
