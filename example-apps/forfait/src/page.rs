//! The view of the use and the plans: one function per section.

use crate::Contract;
use crate::paid::{Bills, Paid};
use crate::plans::{ALL, GIGABYTE, PLANS, Plan};
use crate::usage::{Line, Use};
use mesinfos_sdk::bills::Kind;
use mesinfos_sdk::numbers::scaled;
use mesinfos_sdk::span::Span;
use mesinfos_sdk::view::{
    self, Block, ColumnKind, Confidence, Effort, Icon, Offer, Report, Section, Unit, XyKind, rich,
};
use mesinfos_sdk::{Context, Currency, Date, Money, Source, Value};

/// Data for the sections.
pub(crate) struct Page<'a> {
    pub(crate) ctx: &'a Context,
    pub(crate) line: &'a Line,
    /// Months used in computations.
    pub(crate) whole: Vec<Date>,
    /// Number of lines.
    pub(crate) lines: usize,
    pub(crate) bills: &'a Bills,
    pub(crate) contract: Option<Contract>,
    /// Today's cost, if known, and the amount that the person set.
    pub(crate) now: Option<Paid>,
    pub(crate) said: Option<Paid>,
    /// Gigabytes per month to use in place of past use, and whether they are assumed.
    pub(crate) gigabytes: Option<i64>,
    pub(crate) assumed: bool,
}

fn euros(minor: i64) -> Money {
    Money { minor, currency: Currency::EUR }
}

/// A value for a chart: a small whole number.
fn point(number: i64) -> Option<f64> {
    Some(f64::from(i32::try_from(number).unwrap_or(i32::MAX)))
}

/// Gigabytes, to a tenth.
fn gigabytes(bytes: i64) -> Value {
    view::tenths(scaled(bytes, 10, GIGABYTE), Unit::Gigabyte)
}

/// Minutes, rounded.
fn minutes(seconds: i64) -> Value {
    view::quantity(scaled(seconds, 1, 60), Unit::Minute)
}

impl Page<'_> {
    fn t(&self, fr: &'static str, en: &'static str) -> &'static str {
        self.ctx.t(fr, en)
    }

    /// Months used in computations.
    fn months(&self) -> Vec<&Use> {
        self.whole.iter().filter_map(|month| self.line.months.get(month)).collect()
    }

    /// These months, in words: "de janvier à décembre 2025".
    fn range(&self) -> String {
        let ends = self.whole.first().zip(self.whole.last());
        ends.map_or_else(String::new, |(first, last)| self.ctx.lang.months(*first, *last))
    }

    /// Monthly mean, in units of `unit`.
    fn mean(&self, unit: i64, of: impl Fn(&Use) -> i64) -> i64 {
        let months = self.months();
        let count = i64::try_from(months.len()).unwrap_or(1).max(1);
        scaled(months.iter().map(|used| of(used)).sum::<i64>(), 1, i128::from(count) * i128::from(unit))
    }

    pub(crate) fn report(&self) -> Report {
        let sections = [
            Some(self.in_short()),
            self.plans(),
            self.advice(),
            Some(self.months_section()),
            self.elsewhere(),
            self.paid(),
        ];
        let headline = self.t(
            "Ce que vous utilisez, ce que vous payez et le forfait qui vous suffirait.",
            "What you use, what you pay and the plan that would be enough.",
        );
        let sections = sections.into_iter().flatten().collect();
        self.limits(view::report(self.ctx, self.t("Forfait", "Phone plan"), headline, sections))
    }

    fn in_short(&self) -> Section {
        let mut figures = if self.months().is_empty() {
            self.in_all()
        } else {
            let minutes = view::quantity(self.mean(60, |used| used.seconds), Unit::Minute);
            let messages = view::quantity(self.mean(1, |used| used.messages), Unit::Sms);
            let sent = self.t("Messages envoyés, par mois", "Messages sent, per month");
            let calls = self.t("Appels émis, par mois", "Calls made, per month");
            let note = self.mean_of();
            vec![
                view::figure(Icon::Phone, calls, minutes).note(&note),
                view::figure(Icon::Phone, sent, messages).note(&note),
            ]
        };
        if self.months().iter().any(|used| used.bytes.is_some()) {
            let data = self.mean(GIGABYTE / 10, |used| used.bytes.unwrap_or(0));
            let data = view::tenths(data, Unit::Gigabyte);
            figures.push(view::figure(
                Icon::Internet,
                self.t("Internet mobile, par mois", "Mobile data, per month"),
                data,
            ));
        }
        if let Some(now) = self.now {
            let note = self.paid_how();
            figures.push(
                view::figure(Icon::Money, self.t("Payé, par mois", "Paid, per month"), euros(now.a_month()))
                    .note(&note)
                    .because(self.paid_sources()),
            );
        }
        let special = self.mean(60, |used| used.special_seconds);
        if special > 0 {
            let note =
                self.t("Ils sont facturés en plus du forfait.", "They are charged on top of the plan.");
            let value = view::quantity(special, Unit::Minute);
            figures.push(
                view::figure(
                    Icon::Bell,
                    self.t("Numéros spéciaux, par mois", "Special numbers, per month"),
                    value,
                )
                .note(note),
            );
        }
        view::section(self.t("En bref", "In short"), vec![Block::KeyFigures(figures)])
    }

    /// Which months a mean is of.
    fn mean_of(&self) -> String {
        let months = self.months();
        let names = months.len();
        match names {
            1 => self
                .t("D’après un mois entier, {range}.", "From one full month, {range}.")
                .replace("{range}", &self.range()),
            _ => self
                .t("Moyenne de {} mois entiers, {range}.", "Average of {} full months, {range}.")
                .replace("{}", &names.to_string())
                .replace("{range}", &self.range()),
        }
    }

    /// Use in all, of a line without a whole month.
    fn in_all(&self) -> Vec<view::KeyFigure> {
        let sum = |of: fn(&Use) -> i64| self.line.months.values().map(of).sum::<i64>();
        let messages = view::quantity(sum(|used| used.messages), Unit::Sms);
        let note = self.t(
            "Aucun mois entier : pas encore de moyenne par mois.",
            "No full month yet, so no average for a month.",
        );
        let calls = self.t("Total des appels émis", "Total calls made");
        let sent = self.t("Total des messages envoyés", "Total messages sent");
        vec![
            view::figure(Icon::Phone, calls, minutes(sum(|used| used.seconds))).note(note),
            view::figure(Icon::Phone, sent, messages).note(note),
        ]
    }

    /// Rows of today's cost: the bills that give it, or the contract. None if the person said it.
    fn paid_sources(&self) -> Vec<Source> {
        match (self.said, self.bills.paid(), &self.contract) {
            (Some(_), ..) => Vec::new(),
            (None, Some((_, count)), _) => self.bills.newest(count).collect(),
            (None, None, contract) => contract.iter().map(|one| one.source).collect(),
        }
    }

    /// Source of today's cost.
    fn paid_how(&self) -> String {
        match (self.said, self.bills.paid()) {
            (Some(_), _) => {
                self.t("D’après le montant que vous avez indiqué.", "From the amount you entered.").to_owned()
            }
            (None, Some((_, count))) => {
                let days = self.bills.totals.keys().rev().take(count);
                let range = Span::of(days.copied())
                    .map_or_else(String::new, |span| self.ctx.lang.days(span.first, span.last));
                match count {
                    1 => self.t("D’après une facture, {}.", "From one bill, {}.").replace("{}", &range),
                    _ => self
                        .t("D’après {n} factures, {}.", "From {n} bills, {}.")
                        .replace("{n}", &count.to_string())
                        .replace("{}", &range),
                }
            }
            (None, None) => self.t("D’après votre contrat.", "From your contract.").to_owned(),
        }
    }

    /// The plan with the lowest cost, and its index; `None` without a whole month.
    fn best(&self) -> Option<(usize, &'static Plan)> {
        let months = Some(self.months()).filter(|months| !months.is_empty())?;
        PLANS.iter().enumerate().min_by_key(|(_, plan)| plan.yearly(&months, self.gigabytes))
    }

    fn plans(&self) -> Option<Section> {
        let months = Some(self.months()).filter(|months| !months.is_empty())?;
        let allowance = |most: i64, unit| {
            if most == ALL {
                Value::from(self.t("illimités", "unlimited"))
            } else {
                view::quantity(most, unit)
            }
        };
        let offer = |plan: &Plan| -> Offer {
            let values = vec![
                euros(plan.monthly).into(),
                allowance(plan.minutes, Unit::Minute),
                allowance(plan.messages, Unit::Sms),
                view::quantity(plan.gigabytes, Unit::Gigabyte),
                view::quantity(plan.gigabytes_in_europe, Unit::Gigabyte),
            ];
            let yearly = euros(plan.yearly(&months, self.gigabytes));
            let mut offer = view::offer(
                plan.name,
                self.t("exemple inventé", "made-up example"),
                false,
                Some(yearly),
                values,
            );
            if yearly.minor > plan.monthly * 12 {
                // Without the gigabytes that are only supposed, the plan may be enough.
                let is_supposed = self.assumed && plan.yearly(&months, Some(0)) <= plan.monthly * 12;
                let words = if is_supposed {
                    self.t(
                        "Avec les 20 Go par mois que nous supposons, vous auriez dépassé ce forfait : le prix d’un an compte ce hors-forfait.",
                        "With the 20 GB a month that we assume, you would have used more than this plan allows: the yearly price counts it.",
                    )
                } else {
                    self.t(
                        "Vous auriez dépassé ce forfait : le prix d’un an compte le hors-forfait.",
                        "You would have used more than this plan allows: the yearly price counts it.",
                    )
                };
                offer.cons.push(words.to_owned());
            }
            offer
        };
        let mut offers: Vec<Offer> = PLANS.iter().map(offer).collect();
        if let Some(now) = self.now {
            let contract = self.contract.as_ref();
            let name = contract
                .and_then(|one| one.product.as_deref())
                .unwrap_or(self.t("Votre forfait", "Your plan"));
            let of_contract = contract.and_then(|one| one.holder.as_deref());
            let provider = of_contract.or(self.bills.vendor.as_deref()).unwrap_or("–");
            let mut values = vec![Value::Missing; 5];
            values[0] = euros(now.a_month()).into();
            offers.push(view::offer(name, provider, true, Some(euros(now.a_year())), values));
        }
        let criteria = [
            self.t("Prix par mois", "Price per month"),
            self.t("Appels", "Calls"),
            self.t("Messages", "Messages"),
            self.t("Internet", "Data"),
            self.t("Dont en Europe", "Of which in Europe"),
        ];
        let best = self.best().and_then(|(place, _)| u32::try_from(place).ok());
        let disclosure = self.t(
            "Aucun : les forfaits sont inventés, à des prix proches de ceux de 2026.",
            "None: the plans are made up, at prices close to those of 2026.",
        );
        let comparison = view::comparison(
            self.t("D’après vos mois passés", "Based on your past months"),
            &criteria,
            offers,
            best,
            disclosure,
        );
        let count = view::quantity(i64::try_from(months.len()).unwrap_or(0), Unit::Month);
        let how = match self.gigabytes {
            None => view::told(
                &self.t(
                    "Le coût par an de chaque forfait part de votre usage réel {range} ({}) : son prix, plus chaque minute et chaque gigaoctet entamés au-delà, mois par mois, puis le tout ramené à un an.",
                    "The yearly cost of each plan starts from what you really used {range} ({}): its price, plus each minute and gigabyte begun beyond it, month by month, then scaled to a year.",
                )
                .replace("{range}", &self.range()),
                vec![count],
            ),
            Some(gigabytes) => view::told(
                &self.t(
                    "Le coût par an de chaque forfait part de votre usage réel {range} ({}) et de {} d’internet par mois : son prix, plus chaque minute et chaque gigaoctet entamés au-delà, mois par mois, puis le tout ramené à un an.",
                    "The yearly cost of each plan starts from what you really used {range} ({}) and from {} of data a month: its price, plus each minute and gigabyte begun beyond it, month by month, then scaled to a year.",
                )
                .replace("{range}", &self.range()),
                vec![count, view::quantity(gigabytes, Unit::Gigabyte)],
            ),
        };
        Some(view::section(self.t("Les forfaits", "The plans"), vec![comparison, how, self.prices_beyond()]))
    }

    /// What is paid beyond the allowance of each plan, with which the costs can be checked.
    fn prices_beyond(&self) -> Block {
        let rows = PLANS.iter().map(|plan| {
            let minute = if plan.minutes == ALL { Value::Missing } else { euros(plan.minute).into() };
            vec![plan.name.into(), minute, euros(plan.gigabyte).into()]
        });
        let columns = [
            (self.t("Forfait", "Plan"), ColumnKind::Text),
            (self.t("Minute d’appel", "Minute of a call"), ColumnKind::Money),
            (self.t("Gigaoctet", "Gigabyte"), ColumnKind::Money),
        ];
        view::table(self.t("Prix du hors-forfait", "Prices outside the plan"), &columns, rows.collect())
    }

    fn advice(&self) -> Option<Section> {
        let (now, (_, plan)) = (self.now?.a_year(), self.best()?);
        let best = plan.yearly(&self.months(), self.gigabytes);
        let saving = now - best;
        if saving <= 0 {
            let title = self.t("Vous payez déjà moins", "You already pay less");
            let words = self.t(
                "Aucun des forfaits de la liste ne coûterait moins.",
                "None of the plans listed would cost less.",
            );
            return Some(view::section(
                self.t("Notre avis", "What we think"),
                vec![view::notice(view::Level::Success, title, words)],
            ));
        }
        let title =
            self.t("Cherchez un forfait comme « {} »", "Look for a plan like “{}”").replace("{}", plan.name);
        let words = self.t(
            "Ce forfait est inventé : cherchez une offre de ce prix. Vous gardez votre numéro : appelez le 3179 (gratuit) pour obtenir le code RIO que demande un nouvel opérateur. Vérifiez d’abord jusqu’à quand votre contrat vous engage.",
            "This plan is made up: look for an offer at that price. You keep your number: call 3179 (free) for the RIO code that a new provider asks for. First check until when your contract binds you.",
        );
        let mut advice = view::advice(Icon::Phone, &title, words, Effort::Minutes, "");
        let data = self.gigabytes.map(|gigabytes| view::quantity(gigabytes, Unit::Gigabyte));
        if let Some(data) = data.clone().filter(|_| self.assumed) {
            let supposed = self
                .t(
                    "Ce conseil part de vos appels et de vos messages {range} et de {} d’internet par mois, que nous supposons ; ce forfait en comprend {}. Votre espace client donne le vrai chiffre.",
                    "This goes by your calls and messages {range} and by {} of data a month, which we assume; this plan includes {}. Your provider’s customer area gives the real figure.",
                )
                .replace("{range}", &self.range());
            let included = view::quantity(plan.gigabytes, Unit::Gigabyte);
            advice.body = rich(&format!("{supposed} {words}"), vec![data, included]);
        }
        let how = match (&data, self.assumed) {
            (None, _) => self.t(
                "Ce que vous payez en un an ({}), moins ce que votre usage {range} aurait coûté avec ce forfait, ramené à un an ({}).",
                "What you pay in a year ({}), less what your use {range} would have cost on this plan, scaled to a year ({}).",
            ),
            (Some(_), false) => self.t(
                "Ce que vous payez en un an ({}), moins ce que votre usage {range}, avec {} d’internet par mois d’après vos réglages, aurait coûté avec ce forfait, ramené à un an ({}).",
                "What you pay in a year ({}), less what your use {range}, with {} of data a month from your settings, would have cost on this plan, scaled to a year ({}).",
            ),
            (Some(_), true) => self.t(
                "Ce que vous payez en un an ({}), quel que soit l’internet utilisé, moins ce que votre usage {range}, avec {} d’internet par mois, supposés, aurait coûté avec ce forfait, ramené à un an ({}).",
                "What you pay in a year ({}), whatever data you use, less what your use {range}, with an assumed {} of data a month, would have cost on this plan, scaled to a year ({}).",
            ),
        };
        let values = [Some(euros(now).into()), data, Some(euros(best).into())];
        advice.how_computed =
            rich(&how.replace("{range}", &self.range()), values.into_iter().flatten().collect());
        let confidence = if self.assumed { Confidence::Low } else { Confidence::Medium };
        let advice = advice.saves(Some(euros(saving)), None, confidence);
        Some(view::section(self.t("Notre avis", "What we think"), vec![Block::Advice(vec![advice])]))
    }

    fn months_section(&self) -> Section {
        let newest: Vec<(&Date, &Use)> = self.line.months.iter().rev().take(24).collect();
        let shown: Vec<(&Date, &Use)> = newest.into_iter().rev().collect();
        let names: Vec<Date> = shown.iter().map(|(month, _)| **month).collect();
        let course =
            |of: &dyn Fn(&Use) -> Option<f64>| shown.iter().map(|(_, used)| of(used)).collect::<Vec<_>>();
        let talked = |label, of: &dyn Fn(&Use) -> i64| {
            view::series(label, Unit::Minute, None, course(&|used| point(scaled(of(used), 1, 60))))
        };
        let mut calls =
            vec![talked(self.t("Compris dans un forfait", "Included in a plan"), &|used| used.seconds)];
        if shown.iter().any(|(_, used)| used.special_seconds > 0) {
            calls.push(talked(self.t("Numéros spéciaux", "Special numbers"), &|used| used.special_seconds));
        }
        if shown.iter().any(|(_, used)| used.abroad_seconds > 0) {
            calls.push(talked(self.t("Vers l’étranger", "Calls abroad"), &|used| used.abroad_seconds));
        }
        let title = self.t("Appels émis", "Calls made");
        let words = self.t("La durée de vos appels, chaque mois.", "How long you were on calls, each month.");
        let mut blocks = vec![view::by_month(title, words, XyKind::StackedBar, &names, calls)];
        if shown.iter().any(|(_, used)| used.bytes.is_some()) {
            let tenths = |bytes| point(scaled(bytes, 10, GIGABYTE)).map(|tenths| tenths / 10.0);
            let data = course(&|used| used.bytes.and_then(tenths));
            let title = self.t("Internet mobile", "Mobile data");
            let words = self.t("Ce que vous avez consommé chaque mois.", "What you used each month.");
            let series = vec![view::series(title, Unit::Gigabyte, None, data)];
            blocks.push(view::by_month(title, words, XyKind::Bar, &names, series));
        }
        let columns = [
            (self.t("Mois", "Month"), ColumnKind::Text),
            (self.t("Appels émis", "Calls made"), ColumnKind::Quantity),
            (self.t("Messages envoyés", "Messages sent"), ColumnKind::Quantity),
            (self.t("Internet", "Data"), ColumnKind::Quantity),
        ];
        let rows = shown.iter().rev().map(|(month, used)| {
            let seconds = used.seconds + used.special_seconds + used.abroad_seconds;
            vec![
                view::month(**month),
                minutes(seconds),
                view::quantity(used.messages + used.other_messages, Unit::Sms),
                used.bytes.map_or(Value::Missing, gigabytes),
            ]
        });
        blocks.push(view::table(
            self.t("Mois par mois, en détail", "Month by month, in detail"),
            &columns,
            rows.collect(),
        ));
        view::section(self.t("Mois par mois", "Month by month"), blocks)
    }

    /// Use in other countries.
    fn elsewhere(&self) -> Option<Section> {
        let columns = [
            (self.t("Pays", "Country"), ColumnKind::Text),
            (self.t("Appels", "Calls"), ColumnKind::Quantity),
            (self.t("Internet", "Data"), ColumnKind::Quantity),
        ];
        let rows: Vec<Vec<Value>> = self
            .line
            .roaming
            .iter()
            .take(30)
            .map(|(country, (seconds, bytes))| {
                vec![country.as_str().into(), minutes(*seconds), gigabytes(*bytes)]
            })
            .collect();
        if rows.is_empty() {
            return None;
        }
        let words = self.t(
            "Dans l’Espace économique européen, un forfait s’utilise comme en France (règlement (UE) 2022/612) ; ailleurs, l’usage est facturé en plus.",
            "In the European Economic Area you use a plan as at home (Regulation (EU) 2022/612); elsewhere, use is charged on top.",
        );
        let table = view::table(self.t("En voyage", "When you travel"), &columns, rows);
        Some(view::section(self.t("Hors de France", "Outside France"), vec![table, view::paragraph(words)]))
    }

    fn paid(&self) -> Option<Section> {
        let newest: Vec<(&Date, &i64)> = self.bills.totals.iter().rev().take(24).collect();
        let (names, points): (Vec<String>, Vec<Option<f64>>) = newest
            .into_iter()
            .rev()
            .map(|(day, cents)| (self.ctx.lang.month(*day), Some(euros(*cents).major())))
            .unzip();
        if names.is_empty() {
            return None;
        }
        let title = self.t("Vos factures", "Your bills");
        let words = self.t(
            "Le montant de chaque facture, au mois de son émission.",
            "The amount of each bill, by month of issue.",
        );
        let series = vec![view::series(self.t("Facture", "Bill"), Unit::None, Some("EUR"), points)];
        let mut blocks = vec![view::by_label(title, words, XyKind::Bar, names, series)];
        let name = |kind: Kind| match kind {
            Kind::Subscription => self.t("Abonnement", "Plan"),
            Kind::Usage => self.t("Hors-forfait", "Outside the plan"),
            Kind::Tax => self.t("Taxes", "Taxes"),
            Kind::Credit => self.t("Remises", "Discounts"),
            Kind::Fee => self.t("Frais", "Fees"),
            Kind::Other => self.t("Autres", "Other"),
        };
        let rows: Vec<Vec<Value>> = self
            .bills
            .lines
            .iter()
            .map(|(kind, cents)| vec![name(*kind).into(), euros(*cents).into()])
            .collect();
        if !rows.is_empty() {
            let columns =
                [(self.t("Pour", "For"), ColumnKind::Text), (self.t("Total", "Total"), ColumnKind::Money)];
            blocks.push(view::table(
                self.t("Ce que comptent toutes ces factures", "What all these bills are made of"),
                &columns,
                rows,
            ));
        }
        Some(view::section(self.t("Ce que vous payez", "What you pay"), blocks))
    }

    fn limits(&self, mut report: Report) -> Report {
        let beside = self
            .months()
            .iter()
            .any(|used| used.special_seconds + used.abroad_seconds + used.other_messages > 0);
        let gaps = self.line.gaps();
        let whole = !self.months().is_empty();
        let said: [(bool, &str, &str); 6] = [
            (
                self.assumed && whole,
                "Vos données ne disent pas combien d’internet mobile vous utilisez : 20 Go par mois sont supposés. Votre espace client donne ce chiffre ; vous pouvez l’indiquer dans les réglages.",
                "Your records do not say how much mobile data you use: 20 GB a month is assumed. Your provider’s customer area gives the figure; you can enter it in the settings.",
            ),
            (
                self.now.is_none(),
                "Ce que vous payez n’est pas connu. Votre opérateur a vos factures et votre contrat ; vous pouvez aussi indiquer le montant dans les réglages.",
                "What you pay is not known. Your provider holds your bills and your contract; you can also enter the amount in the settings.",
            ),
            (
                beside,
                "Les numéros spéciaux, les appels vers l’étranger et les voyages hors d’Europe sont facturés à part : ils ne sont pas comptés dans le prix des forfaits.",
                "Special numbers, calls abroad and travel outside Europe are charged separately: they are not counted in the price of the plans.",
            ),
            (
                !whole,
                "Aucun mois n’est entier : aucune moyenne n’est calculée et aucun forfait n’est comparé. Votre opérateur a la suite.",
                "No month is complete, so no average is computed and no plans are compared. Your provider holds the rest.",
            ),
            (
                gaps > 0,
                "Des mois manquent entre le premier et le dernier ; votre opérateur les a.",
                "Some months are missing between the first and the last; your provider holds them.",
            ),
            (
                self.lines > 1,
                "Vous avez plusieurs lignes : seule la plus utilisée est montrée.",
                "You have several lines: only the one you use most is shown.",
            ),
        ];
        report.limits.extend(
            said.iter().filter(|(said, ..)| *said).map(|(_, fr, en)| rich(self.ctx.t(fr, en), Vec::new())),
        );
        report
    }
}
