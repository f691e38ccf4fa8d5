"""The contract's columns as Python values, its days, and the blocks of a view that apps build."""

from wit_world.imports import charts, text, values, view



def texts(column):
    """A column of free text: one string for each row, empty where it is missing."""
    utf8, start, rows = column.utf8, 0, []
    for end in column.ends:
        rows.append(str(utf8[start:end], "utf-8"))
        start = end
    return rows


def terms(column):
    """A column of text that repeats: one string for each row, None where it is missing."""
    known = dict(enumerate(texts(column.values)))
    return [known.get(code) for code in column.codes]


def longs(column):
    """Whole numbers, None where they are missing (the smallest s64)."""
    return [None if number == -(2**63) else number for number in column]


def days(column):
    """Days since 1970-01-01, None where they are missing (the smallest s32)."""
    return [None if day == -(2**31) else day for day in column]


def date(days):
    """Days since 1970-01-01 as the view's date."""
    # Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": years start in March.
    era, day = divmod(days + 719_468, 146_097)
    year = (day - day // 1_460 + day // 36_524 - day // 146_096) // 365
    day -= 365 * year + year // 4 - year // 100
    month = (5 * day + 2) // 153
    civil = (month + 2) % 12 + 1
    return values.Date(year + era * 400 + (civil <= 2), civil, day - (153 * month + 2) // 5 + 1)


def decimals(currency):
    """Decimals of a currency's minor unit (ISO 4217)."""
    if currency in "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF":
        return 0
    return 3 if currency in "BHD IQD JOD KWD LYD OMR TND" else 2


def words(value):
    return values.Value_Text(value)


def money(minor, currency):
    """An amount in minor units, exact."""
    return values.Value_Money(values.Money(values.Decimal(minor, decimals(currency)), currency))


def figure(icon, label, value, spark=()):
    return view.KeyFigure(label, value, None, list(spark), icon, None)


def section(title, *blocks):
    return view.Section(title, view.Layout.STACK, list(blocks))


def table(title, columns, rows):
    """A table: columns as (label, kind), rows of values."""
    heads = [view.Column(label, kind) for label, kind in columns]
    return view.Block_Table(view.Table(title, heads, [cell for row in rows for cell in row]))


def stacked_by_month(title, takeaway, months, currency, series):
    """Bars over months, stacked: `series` as (label, points)."""
    columns = [
        charts.Series(label, values.Unit.NONE, currency, points, charts.Tone.AUTO)
        for label, points in series
    ]
    axis = charts.Axis_Dates((values.Step.MONTH, months))
    plot = charts.Plot_Xy(charts.Xy(charts.XyKind.STACKED_BAR, axis, columns))
    return view.Block_Chart(charts.Chart(title, takeaway, plot))


def report(lang, title, headline, sections, limits):
    """A view of one page."""
    pages = [view.Page(title, view.Icon.NONE, sections)]
    rich = [[text.Piece_Plain(limit)] for limit in limits]
    return view.Report(lang, title, headline, None, None, pages, rich)
