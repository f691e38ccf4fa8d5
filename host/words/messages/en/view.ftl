# Labels of the platform around a view.

limits = What the app could not do
how-computed = How this is computed
possible-saving = Possible saving
effort = Effort
confidence = Confidence
recommended = recommended
current-offer = today
yearly-cost = Cost per year
provider = Source
criterion = Criterion
offer = Offer
advised = Recommended
cost-in-bars = Cost per year, as bars
pros = For
cons = Against
disclosure = The author’s ties to these offers
see-data = See the data
download = Download this table (CSV)
table = Table
pages-of-result = Pages of the result
in-this-result = In this result: { $parts } parts
only-you = visible to you only
trial = trial
per-year = a year
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
no-data = no data
nothing-read = No data was read.
receipt = Receipt
version = version
keeps-nothing = The app kept nothing of this data.
noted = What the app noted
noted-only-for-you = Only you see it, and it is stored nowhere.
settings = Settings
recalculate = Recalculate
settings-stay = These settings stay here; the app does not keep them.
settings-refused = A setting does not fit; nothing was computed.
date-wanted = enter a date, such as 2024-05-31.
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
