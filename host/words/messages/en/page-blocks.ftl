# Each block of a view, for those who write apps.

title = Blocks of a view
lead = A view is made of these { $blocks } blocks. Below each is the code that gives it. Tests run this code in the three languages: it gives the same.
code = Code in { $language }
paragraph = A paragraph. Values in it are written in the person’s language.
bullets = A list, with bullets, numbers or ticks.
figures = Figures that stand out, at most six. A course, a trend and a note may go with each.
table = A table. The kind of a column says how its cells are set.
bar = A chart of bars. It always says what one learns from it, and its numbers are there as a table too.
line = A chart of lines. The tone “compare” is for what others are measured by.
area = A chart of areas. A value that is not known is a gap.
stacked-bar = Bars that add up, here over labels instead of dates.
parts = Parts of a whole, the largest first.
calendar = A value for each day, at most 1,100.
heatmap = A value for each row and column.
timeline = Events, each with its date.
notice = A remark: information, success, warning or danger.
advice = Advice. It always says how its saving was computed.
comparison = Offers side by side, with the author’s ties to them.
progress = How far a value is from its target.
