# Labels of the platform around a view.

limits = What the app could not do
how-computed = How this is computed
possible-saving = Possible saving
effort = Effort
confidence = Confidence
recommended = recommended
current-offer = your current offer
yearly-cost = Cost per year
provider = Provider
criterion = Criterion
pros = For
cons = Against
disclosure = The author's ties to these offers
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
noted = What the app noted
noted-only-for-you = Only you see it, and it is stored nowhere.
yes = yes
no = no

## Effort that a piece of advice asks for

effort-one-click = one click
effort-minutes = a few minutes
effort-days = a few days
effort-works = building work

## Confidence of the app

confidence-low = low
confidence-medium = medium
confidence-high = high

## Importance of a notice

level-info = Note
level-success = Good news
level-warning = Warning
level-danger = Alert

## Direction of a figure

direction-up = up
direction-down = down
direction-flat = stable
