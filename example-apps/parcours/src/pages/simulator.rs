//! Repayment simulator.

use super::Pages;
use crate::loan::{self, Plan};
use mesinfos_sdk::Date;
use mesinfos_sdk::view::{self, Block, Confidence, Effort, Icon, Level, Section, Tone, Unit, XyKind};

/// Terms in years compared with the one set by the person.
const YEARS: [usize; 4] = [5, 10, 15, 20];

impl Pages<'_> {
    /// Payments of all loans over a term in years, and the resulting plan.
    pub(super) fn over(&self, years: usize, extra: i64) -> Option<(i64, Plan)> {
        let payments: Vec<i64> =
            self.loans.iter().map(|loan| loan::level_payment(loan, years * 12)).collect();
        let plan = loan::plan(&self.loans, &payments, extra)?;
        Some((payments.iter().sum::<i64>() + extra, plan))
    }

    pub(super) fn simulator(&self) -> Vec<Section> {
        let Some((payment, base)) = self.over(self.wish.years, 0) else { return Vec::new() };
        // Without an amount set by the person: their own payments where these are higher, else a tenth more.
        let own = self.own_payments().map_or(0, |own| own.iter().sum::<i64>()) - payment;
        let extra = match self.wish.extra {
            0 if own > 0 => own,
            0 => payment / 10,
            extra => extra,
        };
        let faster = self.over(self.wish.years, extra);
        let mut blocks = vec![self.figures(payment, &base)];
        if let Some((_, plan)) = &faster {
            blocks.push(self.course(&base, plan));
            // Who pays as much already is told nothing new, and a balance of another day gives no advice.
            if base.interest > plan.interest && extra > own.max(0) && self.is_current {
                blocks.push(Block::Advice(vec![self.pay_more(extra, &base, plan)]));
            }
        }
        let how = view::notice(
            Level::Info,
            self.t("Comment la simulation est calculée", "How the simulation works"),
            self.t(
                "La simulation commence ce mois-ci, avec un taux qui ne change pas et la même mensualité jusqu’à la fin. Chaque paiement sert d’abord à payer les intérêts du mois, puis à rembourser le capital ; ce que vous payez en plus va au prêt dont le taux est le plus élevé. La mensualité est P × r / (1 − (1 + r)^−n), où P est ce qui est dû, r le taux d’un mois et n le nombre de mois, arrondie au centime.",
                "The simulation starts this month, with a rate that does not change and the same payment until the end. Each payment first covers the interest of the month, then reduces the principal; anything extra goes to the loan with the highest rate. The payment is P × r / (1 − (1 + r)^−n), where P is what is owed, r the rate of a month and n the number of months, rounded to the cent.",
            ),
        );
        blocks.push(how);
        let title = self.t("Votre simulation", "Your simulation");
        vec![
            view::section(title, blocks),
            view::section(self.t("Plus court ou plus long", "Shorter or longer"), vec![self.offers()]),
        ]
    }

    /// Payments that the servicers ask for; `None` if one is not known.
    fn own_payments(&self) -> Option<Vec<i64>> {
        self.loans.iter().map(|loan| loan.payment).collect()
    }

    /// Interest still to pay and the last month, where each loan has a table of its instalments.
    fn by_tables(&self) -> Option<(i64, Date)> {
        let today = self.ctx.today;
        let each =
            self.loans.iter().map(|loan| Some((loan.cost_to_come(today).0, loan.to_come(today).last()?.on)));
        let each: Vec<(i64, Date)> = each.collect::<Option<_>>()?;
        let end = each.iter().map(|(_, end)| *end).max()?;
        Some((each.iter().map(|(interest, _)| interest).sum(), end))
    }

    pub(super) fn figures(&self, payment: i64, plan: &Plan) -> Block {
        let months = i64::try_from(plan.months()).unwrap_or(0);
        Block::KeyFigures(vec![
            view::figure(Icon::Calendar, self.t("Par mois", "Per month"), self.of(payment)),
            view::figure(Icon::Clock, self.t("Durée", "Time to repay"), view::quantity(months, Unit::Month)),
            view::figure(Icon::Money, self.t("Total des intérêts", "Total interest"), self.of(plan.interest)),
        ])
    }

    /// Debt at the end of each month.
    pub(super) fn course(&self, base: &Plan, faster: &Plan) -> Block {
        let months: Vec<Date> =
            (0..).map(|later| self.ctx.today.plus_months(later)).take(base.owed.len()).collect();
        let points = |plan: &Plan| -> Vec<Option<f64>> {
            let owed = plan.owed.iter().map(|minor| Some(self.of(*minor).major()));
            owed.chain(std::iter::repeat(None)).take(months.len()).collect()
        };
        let code = Some(self.currency.code());
        let with_more = self.t("En payant davantage", "Paying more");
        let mut series = vec![
            view::series(self.t("Mensualités", "Monthly payments"), Unit::None, code, points(base)),
            view::series(with_more, Unit::None, code, points(faster)),
        ];
        series[1].tone = Tone::Good;
        view::by_month(
            self.t("Ce qui reste dû", "What is still owed"),
            self.t(
                "En payant un peu plus chaque mois, vous finissez plus tôt.",
                "Paying a little more each month clears the loan sooner.",
            ),
            XyKind::Line,
            &months,
            series,
        )
    }

    pub(super) fn pay_more(&self, extra: i64, base: &Plan, faster: &Plan) -> view::Advice {
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

    /// Terms side by side, and the servicers' requested payments, if known.
    pub(super) fn offers(&self) -> Block {
        let mut years: Vec<usize> = YEARS.iter().copied().chain([self.wish.years]).collect();
        years.sort_unstable();
        years.dedup();
        let end = |plan: &Plan| self.ctx.today.plus_months(i32::try_from(plan.months()).unwrap_or(0));
        let mut offers: Vec<view::Offer> = years
            .iter()
            .filter_map(|years| {
                let (payment, plan) = self.over(*years, 0)?;
                let values =
                    vec![self.of(payment).into(), self.of(plan.interest).into(), view::month(end(&plan))];
                let name = format!(
                    "{years} {}",
                    if *years == 1 { self.t("an", "year") } else { self.t("ans", "years") }
                );
                Some(view::offer(
                    &name,
                    self.t("calculé ici", "computed here"),
                    false,
                    Some(self.of(payment * 12)),
                    values,
                ))
            })
            .collect();
        let now = self.own_payments().and_then(|payments| {
            let payment = payments.iter().sum::<i64>();
            let by_table = self.by_tables().map(|(interest, end)| (payment, interest, end));
            by_table.or_else(|| {
                let plan = loan::plan(&self.loans, &payments, 0)?;
                Some((payment, plan.interest, end(&plan)))
            })
        });
        offers.extend(now.map(|(payment, interest, end)| {
            let values = vec![self.of(payment).into(), self.of(interest).into(), view::month(end)];
            view::offer(
                self.t("Vos mensualités", "Your monthly payments"),
                self.t("d’après vos données", "from your data"),
                true,
                Some(self.of(payment * 12)),
                values,
            )
        }));
        view::comparison(
            self.t("Durée du remboursement", "Repayment period"),
            &[
                self.t("Par mois", "Per month"),
                self.t("Intérêts au total", "Interest in total"),
                self.t("Fin du remboursement", "Repaid by"),
            ],
            offers,
            None,
            self.t(
                "Aucun : ce sont des calculs, et non des offres.",
                "None: these are calculations, not offers.",
            ),
        )
    }
}
