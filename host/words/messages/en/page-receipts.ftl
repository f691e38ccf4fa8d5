# Confirming a till receipt.

mark = .
title = Till receipt
lead = This is what the text seems to say. Correct what is wrong, then confirm: nothing is added before.
paper = The paper, to compare
picture = The picture “{ $file }”: compare the lines with it
no-lines = No line was recognised. You can write them yourself.
head = The receipt
merchant = Merchant
day = Date
time = Time, if known
lines = The lines
lines-why = Empty a line to leave it out. A discount has a negative amount.
unread = { $lines ->
    [one] One line of the text was not understood. Add it above if it counts:
   *[other] { $lines } lines of the text were not understood. Add above those that count:
}
line = Line { $line }
label = Item
quantity = Quantity
unit = Unit
piece = piece
amount = Amount (€)
sum = The total
total = Total paid (€)
sum-unknown = The sum cannot be checked: correct what is marked first.
sum-alone = The sum of the lines is { $sum }. Without a total, it counts.
sum-agrees = The sum of the lines is { $sum }, like the total.
sum-differs = The sum of the lines is { $sum }: it differs from the total by { $over }.
anyway = Add it anyway, with this difference
not-agreed = Nothing was added: the sum of the lines is not the total. Correct a line, or tick “Add it anyway”.
check = Check the sum
confirm = Add to my purchases
leave = Add nothing
bad-day = The date is missing or does not exist.
bad-time = The time does not exist: write it as 14:32, or leave it empty.
bad-total = The total is not an amount like 12.34.
bad-amount = Line { $line } needs an item and an amount like 12.34.
bad-quantity = The quantity of line { $line } is not a number like 2 or 0.532.
