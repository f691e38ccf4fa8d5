//! Repayment simulator.

use super::Pages;
use crate::loan::{self, Loan, Plan};
use mesinfos_sdk::Date;
use mesinfos_sdk::view::{self, Block, ColumnKind, Confidence, Effort, Icon, Level};
use mesinfos_sdk::view::{Section, Tone, Unit, Value, XyKind};

/// Terms in months that are compared: up to three shorter ones and one longer one than that of the person's payments.
const TERMS: [usize; 10] = [6, 12, 24, 36, 60, 84, 120, 180, 240, 300];
const SHORTER: usize = 3;

/// Terms where the person's payments are not known, or never repay the loans.
const USUAL: [usize; 4] = [60, 120, 180, 240];

/// Term where neither the person nor their payments tell one.
const TERM: usize = 120;

/// Least interest saved in all that is worth advice, in major units of the currency.
const LEAST_SAVED: i64 = 10;

/// The extra that is simulated where the person sets none is a tenth of the payment, rounded up to a multiple of this, in
/// major units.
const STEP: i64 = 5;

/// A term or the person's payments, and what comes of it.
struct Choice {
    payment: i64,
    plan: Plan,
}

impl Pages<'_> {
    /// Payments of all loans over a term in months, with an extra amount, and the resulting plan.
    fn over(&self, months: usize, extra: i64) -> Option<Choice> {
        let payments: Vec<i64> = self.loans.iter().map(|loan| loan::level_payment(loan, months)).collect();
        let plan = loan::plan(&self.loans, &payments, extra)?;
        Some(Choice { payment: payments.iter().sum::<i64>() + extra, plan })
    }

    /// The person's own payments, with an extra amount; `None` if one is not known, or if they never repay the loans.
    fn own(&self, extra: i64) -> Option<Choice> {
        let payments: Vec<i64> = self.loans.iter().map(|loan| loan.payment).collect::<Option<_>>()?;
        let payment = payments.iter().sum::<i64>() + extra;
        let plan = self.by_tables().filter(|_| extra == 0);
        Some(Choice { payment, plan: plan.or_else(|| loan::plan(&self.loans, &payments, extra))? })
    }

    /// What the tables say of each month, where each loan has one.
    fn by_tables(&self) -> Option<Plan> {
        let (today, start) = (self.ctx.today, self.first_month());
        let end = self.loans.iter().map(|loan| Some(loan.to_come(today).last()?.on)).max()??;
        if self.loans.iter().any(|loan| loan.to_come(today).is_empty()) {
            return None;
        }
        let left = |loan: &Loan, until: Date| {
            let last = loan.to_come(today).iter().rfind(|due| due.on < until);
            last.map_or(loan.owed(), |due| due.remaining)
        };
        let months = std::iter::successors(Some(start), |month| Some(month.plus_months(1)));
        let months = months.take_while(|month| *month <= end.month_start());
        let owed = months.map(|month| self.loans.iter().map(|loan| left(loan, month.plus_months(1))).sum());
        Some(Plan {
            interest: self.loans.iter().map(|loan| loan.cost_to_come(today).0).sum(),
            owed: std::iter::once(self.loans.iter().map(Loan::owed).sum()).chain(owed).collect(),
        })
    }

    /// The month of the first simulated payment: that of the next instalment of a table; else this month, or the next one
    /// if this month's payment was made.
    fn first_month(&self) -> Date {
        let this = self.ctx.today.month_start();
        let next = self.loans.iter().filter_map(|loan| loan.to_come(self.ctx.today).first());
        let is_paid = self.given.paid.iter().any(|day| day.month_start() == this && *day < self.ctx.today);
        let otherwise = if is_paid { this.plus_months(1) } else { this };
        next.map(|due| due.on.month_start()).min().unwrap_or(otherwise)
    }

    /// The month of the last payment.
    fn last_month(&self, plan: &Plan) -> Date {
        self.first_month().plus_months(i32::try_from(plan.months()).unwrap_or(0) - 1)
    }

    /// An extra amount where the person sets none.
    fn some_extra(&self, payment: i64) -> i64 {
        let step = STEP * 10_i64.pow(u32::from(self.currency.decimals()));
        (payment / 10 + step - 1).max(1) / step * step
    }

    pub(super) fn simulator(&self) -> Vec<Section> {
        let own = self.own(0);
        let years = self.wish.years;
        let term = if years > 0 { years * 12 } else { TERM };
        let base = match (&own, years) {
            (Some(_), 0) => self.own(0),
            _ => self.over(term, 0),
        };
        let Some(base) = base else { return Vec::new() };
        let is_own = years == 0 && own.is_some();
        // What the person pays beyond a term that they set is no extra.
        let more = own.as_ref().map_or(0, |own| own.payment - base.payment).max(0);
        let extra = match self.wish.extra {
            0 if more > 0 => more,
            0 => self.some_extra(base.payment),
            extra => extra,
        };
        let months = base.plan.months();
        let faster = if is_own { self.own(extra) } else { self.over(term, extra) };
        let faster = faster.filter(|faster| faster.plan.months() < months);
        let mut blocks = vec![self.figures(&base, is_own), self.course(&base.plan, faster.as_ref())];
        if let Some(faster) = &faster {
            blocks.push(self.told_faster(extra, &base, faster));
            // Who pays as much already is told nothing new, and a balance of another day gives no advice.
            let least = LEAST_SAVED * 10_i64.pow(u32::from(self.currency.decimals()));
            if base.plan.interest - faster.plan.interest >= least && extra > more && self.is_current {
                blocks.push(Block::Advice(vec![self.pay_more(extra, &base.plan, &faster.plan)]));
            }
        }
        let words = self.t(
            "La première mensualité simulée est celle de {} ; le taux ne change pas, et la mensualité est la même jusqu’à la fin. Chaque paiement sert d’abord à payer les intérêts du mois, puis à rembourser le capital ; ce que vous payez en plus va au prêt dont le taux est le plus élevé. Pour une durée choisie, la mensualité est P × r / (1 − (1 + r)^−n), où P est ce qui est dû, r le taux d’un mois et n le nombre de mois, arrondie au centime supérieur.",
            "The first simulated payment is that of {}; the rate does not change, and the payment is the same until the end. Each payment first covers the interest of the month, then reduces the principal; anything extra goes to the loan with the highest rate. For a chosen period, the payment is P × r / (1 − (1 + r)^−n), where P is what is owed, r the rate of a month and n the number of months, rounded up to the cent.",
        );
        let how = view::notice(
            Level::Info,
            self.t("Comment la simulation est calculée", "How the simulation works"),
            &words.replace("{}", &self.ctx.lang.month(self.first_month())),
        );
        blocks.push(how);
        let title = self.t("Votre simulation", "Your simulation");
        vec![
            view::section(title, blocks),
            view::section(
                self.t("Plus court ou plus long", "Shorter or longer"),
                vec![self.terms(own.as_ref())],
            ),
        ]
    }

    /// Whether the person's payments have insurance, which is left out.
    fn has_insurance(&self) -> bool {
        self.loans.iter().any(|loan| loan.payment.is_some() && loan.insurance > 0)
    }

    fn figures(&self, base: &Choice, is_own: bool) -> Block {
        let months = i64::try_from(base.plan.months()).unwrap_or(0);
        let monthly = view::figure(Icon::Calendar, self.t("Par mois", "Per month"), self.of(base.payment));
        let monthly = match (is_own, self.has_insurance()) {
            (true, true) => monthly.note(
                self.t("Vos mensualités, hors assurance.", "Your monthly payments, without insurance."),
            ),
            (true, false) => monthly.note(self.t("Vos mensualités.", "Your monthly payments.")),
            (false, _) => monthly.note(self.t("Calculé pour cette durée.", "Computed for this period.")),
        };
        Block::KeyFigures(vec![
            monthly,
            view::figure(Icon::Clock, self.t("Durée", "Time to repay"), view::quantity(months, Unit::Month)),
            view::figure(
                Icon::Money,
                self.t("Total des intérêts", "Total interest"),
                self.of(base.plan.interest),
            ),
        ])
    }

    /// Debt at the end of each month, from that before the first payment.
    fn course(&self, base: &Plan, faster: Option<&Choice>) -> Block {
        let before = self.first_month().plus_months(-1);
        let months: Vec<Date> = (0..).map(|later| before.plus_months(later)).take(base.owed.len()).collect();
        let points = |plan: &Plan| -> Vec<Option<f64>> {
            let owed = plan.owed.iter().map(|minor| Some(self.of(*minor).major()));
            owed.chain(std::iter::repeat(None)).take(months.len()).collect()
        };
        let code = Some(self.currency.code());
        let mut series =
            vec![view::series(self.t("Mensualités", "Monthly payments"), Unit::None, code, points(base))];
        series.extend(faster.map(|faster| {
            let label = self.t("En payant davantage", "Paying more");
            let mut line = view::series(label, Unit::None, code, points(&faster.plan));
            line.tone = Tone::Good;
            line
        }));
        view::by_month(
            self.t("Ce qui reste dû", "What is still owed"),
            self.t(
                "Ce que vous devrez à la fin de chaque mois.",
                "What you will owe at the end of each month.",
            ),
            XyKind::Line,
            &months,
            series,
        )
    }

    /// What the second line of the chart supposes.
    fn told_faster(&self, extra: i64, base: &Choice, faster: &Choice) -> Block {
        let words = self.t(
            "En payant {} de plus par mois, soit {}, vous finissez en {} ; sans ce supplément, en {}.",
            "Paying {} more a month, that is {}, you finish in {}; without this extra, in {}.",
        );
        let ends = [faster, base].map(|choice| view::month(self.last_month(&choice.plan)));
        let mut values = vec![self.of(extra).into(), self.of(base.payment + extra).into()];
        values.extend(ends);
        view::told(words, values)
    }

    fn pay_more(&self, extra: i64, base: &Plan, faster: &Plan) -> view::Advice {
        let saved = base.interest - faster.interest;
        let (months, fewer) = (base.months(), base.months().saturating_sub(faster.months()));
        let count = |months: usize| view::quantity(i64::try_from(months).unwrap_or(0), Unit::Month);
        let per_year = saved * 12 / i64::try_from(months.max(1)).unwrap_or(1);
        let mut advice = view::advice(
            Icon::Idea,
            self.t("Payez un peu plus chaque mois", "Pay a little more each month"),
            "",
            Effort::Minutes,
            "",
        );
        let words = self.t(
            "Avec {} de plus par mois, vous finissez {} plus tôt et payez au total {} d’intérêts en moins. Ce conseil ne vaut que si votre budget le permet et si le prêt se rembourse par avance sans frais.",
            "With {} more a month, you finish {} earlier and pay {} less interest in total. This only makes sense if your budget allows it and the loan can be repaid early without a fee.",
        );
        advice.body = view::rich(words, vec![self.of(extra).into(), count(fewer), self.of(saved).into()]);
        let how = self.t(
            "La différence entre les intérêts des deux simulations, avec et sans supplément, divisée par les {} de la simulation sans supplément, puis multipliée par douze.",
            "The difference in interest between the two simulations, with and without the extra, divided by the {} of the simulation without it, then multiplied by twelve.",
        );
        advice.how_computed = view::rich(how, vec![count(months)]);
        advice.saves(Some(self.of(per_year)), None, Confidence::Medium)
    }

    /// Terms side by side, and the person's own payments, if they are known.
    fn terms(&self, own: Option<&Choice>) -> Block {
        let mut terms: Vec<usize> = match own.map(|own| own.plan.months()) {
            Some(months) => {
                let (shorter, longer): (Vec<usize>, Vec<usize>) =
                    TERMS.iter().filter(|term| **term != months).partition(|term| **term < months);
                let shorter = shorter.iter().rev().take(SHORTER);
                shorter.chain(longer.first()).copied().collect()
            }
            None => USUAL.to_vec(),
        };
        terms.extend((self.wish.years > 0).then_some(self.wish.years * 12));
        terms.sort_unstable();
        terms.dedup();
        let principal: i64 = self.loans.iter().map(|loan| loan.principal).sum();
        let row = |name: String, choice: &Choice| {
            vec![
                Value::Text(name),
                self.of(choice.payment).into(),
                self.of(choice.plan.interest).into(),
                self.of(principal.saturating_add(choice.plan.interest)).into(),
                view::month(self.last_month(&choice.plan)),
            ]
        };
        let of_term = |months: &usize| Some(row(self.term(*months), &self.over(*months, 0)?));
        let mut rows: Vec<Vec<Value>> = terms.iter().filter_map(of_term).collect();
        rows.extend(own.map(|own| {
            let name = if self.has_insurance() {
                self.t("Vos mensualités, hors assurance", "Your monthly payments, without insurance")
            } else {
                self.t("Vos mensualités", "Your monthly payments")
            };
            row(name.to_owned(), own)
        }));
        let columns = [
            (self.t("Durée", "Period"), ColumnKind::Text),
            (self.t("Par mois", "Per month"), ColumnKind::Money),
            (self.t("Intérêts au total", "Interest in total"), ColumnKind::Money),
            (self.t("Total à payer", "Total to pay"), ColumnKind::Money),
            (self.t("Fin du remboursement", "Repaid by"), ColumnKind::Date),
        ];
        view::table(self.t("Durée du remboursement", "Repayment period"), &columns, rows)
    }

    /// A number of months in words: whole years are years.
    fn term(&self, months: usize) -> String {
        match (months % 12, months / 12) {
            (0, 1) => self.t("1 an", "1 year").to_owned(),
            (0, years) => self.t("{} ans", "{} years").replace("{}", &years.to_string()),
            _ => self.t("{} mois", "{} months").replace("{}", &months.to_string()),
        }
    }
}
