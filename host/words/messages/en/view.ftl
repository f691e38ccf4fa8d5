# The platform's words around a view.

limits = What the app could not do
how-computed = How this is computed
possible-saving = Possible saving
effort = Effort
confidence = Confidence
recommended = recommended
current-offer = your current offer
yearly-cost = Cost a year
provider = Provider
criterion = Criterion
pros = For
cons = Against
disclosure = What ties the author to these offers
see-data = See the data
date = Date
name = Name
value = Value
share = Share
total = Total
least = min
most = max
goal = goal
nothing-to-show = Nothing to show here.
data-read = Data read
nothing-read = No data was read.
receipt = Receipt
version = version
keeps-nothing = The app kept nothing of this data.
noted = What the app noted down
noted-only-for-you = Nobody but you sees it, and it is kept nowhere.
yes = yes
no = no

## What an advice asks of you

effort-one-click = one click
effort-minutes = a few minutes
effort-days = a few days
effort-works = building work

## How sure the app is

confidence-low = low
confidence-medium = medium
confidence-high = high

## How much a notice matters

level-info = Note
level-success = Good news
level-warning = Warning
level-danger = Alert

## Where a figure goes

direction-up = up
direction-down = down
direction-flat = stable
