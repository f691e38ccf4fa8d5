//! What a person answers about the columns of a table, and the mapping that follows.

use crate::app::form::Fields;
use mesinfos_platform::intake::mapped::{
    CurrencyColumn, DateOrder, DecimalMark, Every, LONGEST_HOLDER, MAPPING_VERSION, MOST_LABELS, Mapping,
    MappingProblem, Open, ReadingUnit, RowKind, TableProbe, ValueColumns,
};

/// What a column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Nothing,
    Date,
    Time,
    Label,
    Amount,
    Out,
    In,
    Direction,
    Currency,
    Account,
    Consumed,
    Register,
}

impl Role {
    pub(super) const ALL: [Role; 12] = [
        Role::Nothing,
        Role::Date,
        Role::Time,
        Role::Label,
        Role::Amount,
        Role::Out,
        Role::In,
        Role::Direction,
        Role::Currency,
        Role::Account,
        Role::Consumed,
        Role::Register,
    ];

    pub(super) fn id(self) -> &'static str {
        match self {
            Role::Nothing => "",
            Role::Date => "date",
            Role::Time => "time",
            Role::Label => "label",
            Role::Amount => "amount",
            Role::Out => "out",
            Role::In => "in",
            Role::Direction => "direction",
            Role::Currency => "currency",
            Role::Account => "account",
            Role::Consumed => "consumed",
            Role::Register => "register",
        }
    }
}

/// What is missing, or does not fit together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Missing {
    Holder,
    Date,
    DateTwice,
    Amount,
    Reading,
    Twice,
    DateOrder,
    Sign,
    Direction,
    Decimal,
    Currency,
    Unit,
    Every,
    TooManyLabels,
}

/// The answers, as typed. What is empty is not answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answers {
    pub(super) rows: RowKind,
    pub(super) holder: String,
    pub(super) roles: Vec<Role>,
    pub(super) date_order: Option<DateOrder>,
    pub(super) decimal: Option<DecimalMark>,
    /// Whether money that goes out is positive.
    pub(super) is_spent: Option<bool>,
    /// Word of money that goes out.
    pub(super) out: String,
    pub(super) currency: String,
    pub(super) unit: Option<ReadingUnit>,
    pub(super) every: Option<Every>,
    /// Whether the answers are kept for the next table with this header.
    pub(super) is_kept: bool,
}

/// Ids of what a form chooses among.
pub(super) const ROWS: &[(&str, RowKind)] = &[
    ("bank", RowKind::Bank),
    ("purchase", RowKind::Purchase),
    ("electricity", RowKind::Electricity),
    ("gas", RowKind::Gas),
    ("water", RowKind::Water),
];
pub(super) const ORDERS: &[(&str, DateOrder)] = &[
    ("day-first", DateOrder::DayFirst),
    ("month-first", DateOrder::MonthFirst),
    ("year-first", DateOrder::YearFirst),
];
pub(super) const DECIMALS: &[(&str, DecimalMark)] =
    &[("comma", DecimalMark::Comma), ("point", DecimalMark::Point)];
pub(super) const SIGNS: &[(&str, bool)] = &[("signed", false), ("spent", true)];
pub(super) const UNITS: &[(&str, ReadingUnit)] = &[
    ("wh", ReadingUnit::Wh),
    ("kwh", ReadingUnit::Kwh),
    ("litre", ReadingUnit::Litre),
    ("cubic-metre", ReadingUnit::CubicMetre),
];
pub(super) const EVERY: &[(&str, Every)] = &[
    ("quarter-hour", Every::QuarterHour),
    ("half-hour", Every::HalfHour),
    ("hour", Every::Hour),
    ("day", Every::Day),
    ("month", Every::Month),
];

fn chosen<T: Copy>(among: &[(&str, T)], id: &str) -> Option<T> {
    among.iter().find(|(known, _)| *known == id).map(|(_, value)| *value)
}

impl Answers {
    /// The answers that a table suggests. What it does not tell is left open.
    pub(super) fn of(probe: &TableProbe) -> Answers {
        let Mapping {
            rows,
            date,
            date_order,
            time,
            label,
            account,
            value,
            decimal,
            currency,
            unit,
            every,
            holder,
            ..
        } = &probe.guess;
        let is_open = |open| probe.open.contains(&open);
        let mut roles = vec![Role::Nothing; usize::from(probe.columns)];
        let mut say = |column: u16, role| {
            if let Some(at) = usize::from(column).checked_sub(1).and_then(|at| roles.get_mut(at)) {
                *at = role;
            }
        };
        if !is_open(Open::Date) {
            say(*date, Role::Date);
        }
        time.iter().for_each(|column| say(*column, Role::Time));
        label.iter().for_each(|column| say(*column, Role::Label));
        account.iter().for_each(|column| say(*column, Role::Account));
        let mut out_word = String::new();
        match value {
            // Several columns may be it.
            _ if is_open(Open::Value) => {}
            ValueColumns::Signed { column } | ValueColumns::Spent { column } => say(*column, Role::Amount),
            ValueColumns::OutAndIn { out, into } => {
                say(*out, Role::Out);
                say(*into, Role::In);
            }
            ValueColumns::Directed { amount, direction, out, .. } => {
                say(*amount, Role::Amount);
                say(*direction, Role::Direction);
                if !is_open(Open::Direction) {
                    out_word.clone_from(out);
                }
            }
            ValueColumns::Consumed { column } => say(*column, Role::Consumed),
            ValueColumns::Register { column } => say(*column, Role::Register),
        }
        let mut code = String::new();
        match currency {
            Some(CurrencyColumn::In(column)) => say(*column, Role::Currency),
            Some(CurrencyColumn::Is(is)) if !is_open(Open::Currency) => code.clone_from(is),
            // Proposed where amounts have the comma of the euro area; the person sees it and can write another.
            _ if *decimal == DecimalMark::Comma && !is_open(Open::Decimal) => "EUR".clone_into(&mut code),
            _ => {}
        }
        Answers {
            rows: *rows,
            holder: holder.clone(),
            roles,
            date_order: Some(*date_order).filter(|_| !is_open(Open::DateOrder)),
            decimal: Some(*decimal).filter(|_| !is_open(Open::Decimal)),
            is_spent: Some(matches!(value, ValueColumns::Spent { .. })).filter(|_| !is_open(Open::Sign)),
            out: out_word,
            currency: code,
            unit: unit.filter(|_| !is_open(Open::Unit)),
            every: every.filter(|_| !is_open(Open::Every)),
            is_kept: true,
        }
    }

    /// The answers of a form about a table with so many columns.
    pub(super) fn read(fields: &Fields, columns: u16) -> Answers {
        let role = |column: u16| {
            let id = fields.get(&format!("c.{column}"));
            Role::ALL.into_iter().find(|role| role.id() == id).unwrap_or(Role::Nothing)
        };
        let short = |name: &str| -> String {
            let text = mesinfos_model::visible::clean(fields.get(name));
            text.trim().chars().take(LONGEST_HOLDER).collect()
        };
        Answers {
            rows: chosen(ROWS, fields.get("rows")).unwrap_or(RowKind::Bank),
            holder: short("holder"),
            roles: (1..=columns).map(role).collect(),
            date_order: chosen(ORDERS, fields.get("date-order")),
            decimal: chosen(DECIMALS, fields.get("decimal")),
            is_spent: chosen(SIGNS, fields.get("sign")),
            out: short("out"),
            currency: short("currency").to_uppercase(),
            unit: chosen(UNITS, fields.get("unit")),
            every: chosen(EVERY, fields.get("every")),
            is_kept: fields.has("keep"),
        }
    }

    fn columns(&self, wanted: Role) -> Vec<u16> {
        let of = |(at, role): (usize, &Role)| {
            if *role == wanted { u16::try_from(at + 1).ok() } else { None }
        };
        self.roles.iter().enumerate().filter_map(of).collect()
    }

    /// The mapping that follows, for a table that begins as this one.
    ///
    /// # Errors
    /// What is missing, in the order of the form.
    pub(super) fn mapping(&self, probe: &TableProbe) -> Result<Mapping, Vec<Missing>> {
        let mut missing = Vec::new();
        if self.holder.is_empty() {
            missing.push(Missing::Holder);
        }
        let mut one = |role: Role, twice: Missing| {
            let found = self.columns(role);
            if found.len() > 1 {
                missing.push(twice);
            }
            found.first().copied()
        };
        let date = one(Role::Date, Missing::DateTwice);
        let single = [
            Role::Time,
            Role::Amount,
            Role::Out,
            Role::In,
            Role::Direction,
            Role::Currency,
            Role::Account,
            Role::Consumed,
            Role::Register,
        ]
        .map(|role| one(role, Missing::Twice));
        let [time, amount, out, into, direction, currency, account, consumed, register] = single;
        if date.is_none() {
            missing.push(Missing::Date);
        }
        let value = if self.rows.is_reading() {
            match (consumed, register) {
                (Some(column), None) => Some(ValueColumns::Consumed { column }),
                (None, Some(column)) => Some(ValueColumns::Register { column }),
                _ => {
                    missing.push(Missing::Reading);
                    None
                }
            }
        } else {
            self.amount((amount, out, into, direction), probe, &mut missing)
        };
        let mut need = |is_missing: bool, what: Missing| {
            if is_missing {
                missing.push(what);
            }
        };
        need(self.date_order.is_none(), Missing::DateOrder);
        need(self.decimal.is_none(), Missing::Decimal);
        let currency = match (self.rows.is_reading(), currency) {
            (true, _) => None,
            (false, Some(column)) => Some(CurrencyColumn::In(column)),
            (false, None) => {
                need(!mesinfos_model::money::is_code(&self.currency), Missing::Currency);
                Some(CurrencyColumn::Is(self.currency.clone()))
            }
        };
        let needs_every = matches!(value, Some(ValueColumns::Consumed { .. }));
        need(self.rows.is_reading() && self.unit.is_none(), Missing::Unit);
        need(needs_every && self.every.is_none(), Missing::Every);
        let label = if self.rows.is_reading() { Vec::new() } else { self.columns(Role::Label) };
        need(label.len() > MOST_LABELS, Missing::TooManyLabels);
        let (Some(date), Some(date_order), Some(decimal), Some(value), []) =
            (date, self.date_order, self.decimal, value, missing.as_slice())
        else {
            missing.dedup();
            return Err(missing);
        };
        let in_cents =
            !self.rows.is_reading() && value.columns().iter().any(|column| probe.says_cents(*column));
        let mapping = Mapping {
            version: MAPPING_VERSION,
            rows: self.rows,
            holder: self.holder.clone(),
            delimiter: probe.guess.delimiter,
            skip: probe.guess.skip,
            date,
            date_order,
            time,
            label,
            account,
            value,
            decimal,
            currency,
            in_cents,
            unit: self.unit.filter(|_| self.rows.is_reading()),
            every: self.every.filter(|_| needs_every),
        };
        // What is left is a unit that is not of what is read, or three letters that are no currency.
        mapping.check().map_err(|problem| match problem {
            MappingProblem::Currency => vec![Missing::Currency],
            MappingProblem::Direction => vec![Missing::Direction],
            _ => vec![Missing::Unit],
        })?;
        Ok(mapping)
    }

    fn amount(
        &self,
        (amount, out, into, direction): (Option<u16>, Option<u16>, Option<u16>, Option<u16>),
        probe: &TableProbe,
        missing: &mut Vec<Missing>,
    ) -> Option<ValueColumns> {
        match (amount, out, into, direction) {
            (None, Some(out), Some(into), None) => Some(ValueColumns::OutAndIn { out, into }),
            (Some(amount), None, None, Some(direction)) => {
                if self.out.is_empty() {
                    missing.push(Missing::Direction);
                }
                // The other word of the column is that of what comes in.
                let into = probe.other_word(direction, &self.out).map(str::to_owned);
                Some(ValueColumns::Directed { amount, direction, out: self.out.clone(), into })
            }
            (Some(column), None, None, None) => match self.is_spent {
                Some(true) => Some(ValueColumns::Spent { column }),
                Some(false) => Some(ValueColumns::Signed { column }),
                None => {
                    missing.push(Missing::Sign);
                    None
                }
            },
            _ => {
                missing.push(Missing::Amount);
                None
            }
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(crate) fn probe() -> TableProbe {
        TableProbe {
            header: ["Date", "Libellé", "Montant"].map(str::to_owned).to_vec(),
            columns: 3,
            rows: vec![["13/01/2026", "<b>Shop", "5,20"].map(str::to_owned).to_vec()],
            counted: 1,
            looks: Vec::new(),
            guess: Mapping {
                version: 1,
                rows: RowKind::Bank,
                holder: String::new(),
                delimiter: ';',
                skip: 1,
                date: 1,
                date_order: DateOrder::DayFirst,
                time: None,
                label: vec![2],
                account: None,
                value: ValueColumns::Signed { column: 3 },
                decimal: DecimalMark::Comma,
                currency: Some(CurrencyColumn::Is("EUR".to_owned())),
                in_cents: false,
                unit: None,
                every: None,
            },
            open: vec![Open::Sign, Open::Currency],
        }
    }

    fn read(form: &str) -> Answers {
        Answers::read(&Fields::read(form.as_bytes()).unwrap(), 3)
    }

    #[test]
    fn what_a_table_does_not_tell_is_asked() {
        let answers = Answers::of(&probe());
        assert_eq!(answers.roles, [Role::Date, Role::Label, Role::Amount]);
        assert_eq!(answers.mapping(&probe()), Err(vec![Missing::Holder, Missing::Sign]));
        assert_eq!(answers.currency, "EUR", "amounts have a comma");
        let mut point = probe();
        point.guess.decimal = DecimalMark::Point;
        assert_eq!(Answers::of(&point).currency, "", "dollars or pounds");
        let dates = TableProbe { open: vec![Open::Date], ..probe() };
        assert_eq!(Answers::of(&dates).roles, [Role::Nothing, Role::Label, Role::Amount]);
        let several = TableProbe { open: vec![Open::Value], ..probe() };
        assert_eq!(Answers::of(&several).roles, [Role::Date, Role::Label, Role::Nothing]);
        let whole = Answers {
            holder: "Ma banque".to_owned(),
            is_spent: Some(true),
            currency: "EUR".to_owned(),
            ..answers
        };
        let mapping = whole.mapping(&probe()).unwrap();
        assert_eq!(mapping.value, ValueColumns::Spent { column: 3 });
        assert_eq!((mapping.skip, mapping.label), (1, vec![2]));
    }

    #[test]
    fn a_form_is_its_answers() {
        let form = "rows=bank&holder=B&c.1=date&c.2=label&c.3=amount&date-order=month-first&decimal=point&sign=signed&currency=usd&keep=on";
        let mapping = read(form).mapping(&probe()).unwrap();
        assert_eq!(mapping.date_order, DateOrder::MonthFirst);
        assert_eq!(mapping.currency, Some(CurrencyColumn::Is("USD".to_owned())));
        let of_accounts = read(&form.replace("c.2=label", "c.2=account")).mapping(&probe()).unwrap();
        assert_eq!((of_accounts.account, of_accounts.label), (Some(2), Vec::new()));
        for (change, missing) in [
            ("c.1=&", Missing::Date),
            ("c.2=date&", Missing::DateTwice),
            ("c.2=amount&", Missing::Twice),
            ("c.3=out&", Missing::Amount),
            ("sign=&", Missing::Sign),
            ("holder=+&", Missing::Holder),
            ("currency=euros&", Missing::Currency),
            ("currency=ZZZ&", Missing::Currency),
            ("rows=water&", Missing::Reading),
            ("decimal=&", Missing::Decimal),
        ] {
            // The first value of a field counts.
            let missed = read(&format!("{change}{form}")).mapping(&probe()).unwrap_err();
            assert!(missed.contains(&missing), "{change}: {missed:?}");
        }
        let meter = "rows=water&holder=V&c.1=date&c.3=register&date-order=day-first&decimal=comma&unit=kwh";
        assert_eq!(read(meter).mapping(&probe()), Err(vec![Missing::Unit]), "water has no kWh");
        assert!(read(&meter.replace("kwh", "litre")).mapping(&probe()).is_ok());
    }
}
