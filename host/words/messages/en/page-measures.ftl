# What the rows of a category amount to, month by month, and who could read them.

energy = Energy read each month
gas = Gas read each month
water = Water read each month
accounts = Money through your accounts each month, transfers between your accounts included
bills = Bills of each month
purchases = Purchases of each month
care = Cost of care of each month
distance = Distance travelled each month
calls = Length of the calls of each month
out = Money out
in = Money in
produced = { $energy } produced
amount = Amount
volume = Volume
duration = Length
unknown-holder = No organisation named
only-one = { $amount } in { $month }.
between = From { $least } to { $most } a month; the most in { $month }.
one-of = { $what }: { $amount } a month
between-of = { $what }: from { $least } to { $most } a month
then = { $first }; { $next }
months = { $ranges }.
left-out = { $rows ->
    [one] { $rows } row of these months is not in the drawing: it does not have this figure, or covers more than a month.
   *[other] { $rows } rows of these months are not in the drawing: they do not have this figure, or cover more than a month.
}
nobody = nobody
on-trial = { $app }, on trial
