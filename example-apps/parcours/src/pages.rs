//! The pages of the view.

use crate::loan::{self, Loan, Plan};
use crate::path::{self, Step};
use crate::{Given, Wish};
use mesinfos_sdk::education::Row;
use mesinfos_sdk::view::{
    self, Block, ColumnKind, Confidence, Effort, Icon, Level, Report, Section, Tone, Unit, Value, XyKind,
};
use mesinfos_sdk::{Context, Currency, Date, Money};

/// Years that are compared beside the one that the person set.
const YEARS: [usize; 4] = [5, 10, 15, 20];

/// What the pages have in common.
struct Pages<'a> {
    ctx: &'a Context,
    currency: Currency,
    given: &'a Given,
    /// Loans that can be simulated: something is owed, and the rate is known.
    loans: Vec<Loan>,
    wish: Wish,
}

pub(crate) fn report(ctx: &Context, currency: Currency, given: &Given, wish: Wish) -> Report {
    let can_be = |loan: &&Loan| loan.rate.is_some() && loan.principal + loan.interest > 0;
    let loans = given.loans.iter().filter(can_be).cloned().collect();
    let pages = Pages { ctx, currency, given, loans, wish };
    let (steps, owed) = (!given.steps.is_empty(), !given.loans.is_empty() || given.grants.is_some());
    let headline = match (steps, owed) {
        (true, true) => ctx
            .t("Votre parcours, et ce que vos études coûtent.", "Your learning, and what your studies cost."),
        (true, false) => {
            ctx.t("Vos diplômes et vos cours réunis.", "Your qualifications and courses in one place.")
        }
        _ => ctx.t(
            "Ce que vos études coûtent, et comment rembourser.",
            "What your studies cost, and how to pay back.",
        ),
    };
    let title = ctx.t("Parcours", "Learning");
    let mut report = match (steps, owed) {
        (true, false) => view::report(ctx, title, headline, pages.path()),
        (true, true) => view::report(ctx, title, headline, pages.path()).page(
            ctx.t("Prêts et bourses", "Loans and grants"),
            Icon::Money,
            pages.money(),
        ),
        _ => view::report(ctx, title, headline, pages.money()),
    };
    if !pages.loans.is_empty() {
        report = report.page(ctx.t("Rembourser", "Paying back"), Icon::Chart, pages.simulator());
    }
    pages.limits(report)
}

impl Pages<'_> {
    fn t<'b>(&self, fr: &'b str, en: &'b str) -> &'b str {
        self.ctx.t(fr, en)
    }

    fn of(&self, minor: i64) -> Money {
        Money::new(minor, self.currency)
    }

    fn some(&self, minor: Option<i64>) -> Value {
        minor.map_or(Value::Missing, |minor| self.of(minor).into())
    }

    fn path(&self) -> Vec<Section> {
        let steps = &self.given.steps;
        let count =
            |row: Row| i64::try_from(steps.iter().filter(|step| step.row == row).count()).unwrap_or(0);
        let mut figures = Vec::new();
        for (row, label) in [
            (Row::Credential, self.t("Diplômes et certificats", "Qualifications")),
            (Row::Course, self.t("Cours", "Courses")),
        ] {
            if count(row) > 0 {
                figures.push(view::figure(Icon::Contract, label, view::quantity(count(row), Unit::None)));
            }
        }
        if let Some((step, level)) = path::highest(steps) {
            let label = self.t("Niveau européen le plus haut", "Highest European level");
            let note = match path::in_france(level) {
                Some(like) => format!("{} : {} ({like})", self.t("Sur 8", "Of 8"), step.title),
                None => format!("{} : {}", self.t("Sur 8", "Of 8"), step.title),
            };
            figures.push(view::figure(Icon::Chart, label, view::quantity(level, Unit::None)).note(&note));
        }
        if let Some((row, thousandths)) = path::credits(steps) {
            let label = match row {
                Row::Course => self.t("Crédits de vos cours", "Credits of your courses"),
                _ => self.t("Crédits de vos diplômes", "Credits of your qualifications"),
            };
            figures.push(view::figure(Icon::Clock, label, view::tenths(thousandths / 100, Unit::None)));
        }
        let mut sections = Vec::new();
        if !figures.is_empty() {
            sections.push(view::section(self.t("En bref", "In short"), vec![Block::KeyFigures(figures)]));
        }
        sections.extend(self.timeline());
        sections.push(view::section(self.t("Le détail", "In detail"), self.steps()));
        sections
    }

    fn row(&self, row: Row) -> &'static str {
        let (fr, en) = match row {
            Row::Credential => ("Diplôme ou certificat", "Qualification"),
            Row::Course => ("Cours", "Course"),
            Row::Grade => ("Note", "Mark"),
            _ => ("Inscription", "Enrolment"),
        };
        self.ctx.lang.t(fr, en)
    }

    fn timeline(&self) -> Option<Section> {
        let dated = self.given.steps.iter().filter(|step| step.row != Row::Grade);
        let events = dated.filter_map(|step| {
            let tone = if step.row == Row::Credential { Tone::Accent } else { Tone::Neutral };
            let words = step.institution.as_deref().unwrap_or_else(|| self.row(step.row));
            let mut event = view::event(step.start?, Icon::Contract, &step.title, words, None);
            event.tone = tone;
            Some(event)
        });
        let events: Vec<view::Event> = events.take(100).collect();
        let title = self.t("Du plus récent au plus ancien", "The newest first");
        (!events.is_empty()).then(|| {
            view::section(title, vec![view::timeline(self.t("Votre parcours", "Your learning"), events)])
        })
    }

    fn steps(&self) -> Vec<Block> {
        let rows = self.given.steps.iter().take(300).map(|step: &Step| {
            let some = |text: &Option<String>| text.clone().map_or(Value::Missing, Value::Text);
            vec![
                Value::Text(step.title.clone()),
                self.row(step.row).into(),
                some(&step.institution),
                step.start.map_or(Value::Missing, Value::from),
                step.level.map_or(Value::Missing, |level| view::quantity(level, Unit::None)),
                step.credits.map_or(Value::Missing, |credits| view::tenths(credits / 100, Unit::None)),
                some(&step.result),
                step.is_signed.map_or(Value::Missing, Value::Flag),
            ]
        });
        let columns = [
            (self.t("Intitulé", "Title"), ColumnKind::Text),
            (self.t("Type", "Kind"), ColumnKind::Text),
            (self.t("Établissement", "Institution"), ColumnKind::Text),
            (self.t("Le", "On"), ColumnKind::Date),
            (self.t("Niveau", "Level"), ColumnKind::Quantity),
            (self.t("Crédits", "Credits"), ColumnKind::Quantity),
            (self.t("Résultat", "Result"), ColumnKind::Text),
            (self.t("Signé", "Signed"), ColumnKind::Flag),
        ];
        let levels = self.t(
            "Le niveau est celui du cadre européen des certifications, de 1 à 8 ; en France : 3 CAP, 4 baccalauréat, 5 BTS, 6 licence, 7 master, 8 doctorat (décret n° 2019-14). « Signé » dit que le fichier porte une signature ; elle n’est pas vérifiée ici.",
            "The level is that of the European Qualifications Framework, 1 to 8; in France: 3 CAP, 4 baccalauréat, 5 BTS, 6 licence, 7 master, 8 doctorate (decree 2019-14). \"Signed\" says that the file carries a signature; it is not verified here.",
        );
        vec![
            view::table(
                self.t("Diplômes, cours, notes", "Qualifications, courses, marks"),
                &columns,
                rows.collect(),
            ),
            view::paragraph(levels),
        ]
    }

    /// Loans and grants as the files have them.
    fn money(&self) -> Vec<Section> {
        let loans = &self.given.loans;
        let mut figures = Vec::new();
        if !loans.is_empty() {
            let owed = loans.iter().map(|loan| loan.principal + loan.interest).sum();
            figures.push(view::figure(Icon::Money, self.t("À rembourser", "To pay back"), self.of(owed)));
            let payments: Vec<i64> = loans.iter().filter_map(|loan| loan.payment).collect();
            if !payments.is_empty() {
                let label = self.t("Échéances par mois", "Payments a month");
                figures.push(view::figure(Icon::Calendar, label, self.of(payments.iter().sum())));
            }
        }
        figures.extend(self.given.debited.map(|minor| {
            view::figure(
                Icon::Bank,
                self.t("Débité en douze mois", "Debited in twelve months"),
                self.of(minor),
            )
            .note(self.t(
                "Débits qui nomment l’organisme de vos prêts.",
                "Debits that name the servicer of your loans.",
            ))
        }));
        figures.extend(self.given.grants.map(|minor| {
            view::figure(Icon::Receipt, self.t("Bourses reçues", "Grants received"), self.of(minor))
        }));
        let mut sections =
            vec![view::section(self.t("En bref", "In short"), vec![Block::KeyFigures(figures)])];
        if !loans.is_empty() {
            let rows = loans.iter().take(100).map(|loan| {
                let some = |text: &Option<String>| text.clone().map_or(Value::Missing, Value::Text);
                let rate = loan.rate.map_or(Value::Missing, |rate| view::hundredths(rate, Unit::Percent));
                vec![
                    Value::Text(loan.name.clone()),
                    self.of(loan.principal).into(),
                    self.of(loan.interest).into(),
                    rate,
                    self.some(loan.payment),
                    some(&loan.status),
                    some(&loan.servicer),
                ]
            });
            let columns = [
                (self.t("Prêt", "Loan"), ColumnKind::Text),
                (self.t("Capital dû", "Principal owed"), ColumnKind::Money),
                (self.t("Intérêts dus", "Interest owed"), ColumnKind::Money),
                (self.t("Taux par an", "Rate a year"), ColumnKind::Quantity),
                (self.t("Par mois", "A month"), ColumnKind::Money),
                (self.t("État", "Status"), ColumnKind::Text),
                (self.t("Organisme", "Servicer"), ColumnKind::Text),
            ];
            let title = self.t("Vos prêts", "Your loans");
            let as_told = self.t("Comme vos organismes les disent", "As your servicers tell them");
            sections.push(view::section(title, vec![view::table(as_told, &columns, rows.collect())]));
        }
        sections
    }

    /// The payments of all loans over so many years, and where they lead.
    fn over(&self, years: usize, extra: i64) -> Option<(i64, Plan)> {
        let payments: Vec<i64> =
            self.loans.iter().map(|loan| loan::level_payment(loan, years * 12)).collect();
        let plan = loan::plan(&self.loans, &payments, extra)?;
        Some((payments.iter().sum::<i64>() + extra, plan))
    }

    fn simulator(&self) -> Vec<Section> {
        let Some((payment, base)) = self.over(self.wish.years, 0) else { return Vec::new() };
        // Where she set nothing, what a tenth more would do.
        let extra = if self.wish.extra > 0 { self.wish.extra } else { payment / 10 };
        let faster = self.over(self.wish.years, extra);
        let mut blocks = vec![self.figures(payment, &base)];
        if let Some((_, plan)) = &faster {
            blocks.push(self.course(&base, plan));
            if base.interest > plan.interest {
                blocks.push(Block::Advice(vec![self.pay_more(extra, &base, plan)]));
            }
        }
        let how = view::notice(
            Level::Info,
            self.t("Comment c’est calculé", "How this is computed"),
            self.t(
                "Mensualité constante : P × r / (1 − (1 + r)^−n), où P est ce qui est dû, r le taux d’un mois et n le nombre de mois ; en centimes entiers, intérêts arrondis chaque mois. Un paiement va d’abord aux intérêts, puis au capital ; ce qui est payé en plus va au prêt du taux le plus haut. Comme si vous commenciez ce mois-ci, à taux constant.",
                "Constant payment: P × r / (1 − (1 + r)^−n), with P what is owed, r the rate of a month and n the number of months; in whole cents, interest rounded each month. A payment goes to interest first, then to principal; what is paid more goes to the loan with the highest rate. As if you began this month, at a constant rate.",
            ),
        );
        blocks.push(how);
        let title = self.t("Votre simulation", "Your simulation");
        vec![
            view::section(title, blocks),
            view::section(self.t("Plus court ou plus long", "Shorter or longer"), vec![self.offers()]),
        ]
    }

    fn figures(&self, payment: i64, plan: &Plan) -> Block {
        let months = i64::try_from(plan.months()).unwrap_or(0);
        Block::KeyFigures(vec![
            view::figure(Icon::Calendar, self.t("Par mois", "A month"), self.of(payment)),
            view::figure(Icon::Clock, self.t("Durée", "Time"), view::quantity(months, Unit::Month)),
            view::figure(Icon::Money, self.t("Intérêts en tout", "Interest in all"), self.of(plan.interest)),
        ])
    }

    /// What is owed at the end of each month.
    fn course(&self, base: &Plan, faster: &Plan) -> Block {
        let months: Vec<Date> =
            (0..).map(|later| self.ctx.today.plus_months(later)).take(base.owed.len()).collect();
        let points = |plan: &Plan| -> Vec<Option<f64>> {
            let owed = plan.owed.iter().map(|minor| Some(self.of(*minor).major()));
            owed.chain(std::iter::repeat(None)).take(months.len()).collect()
        };
        let code = Some(self.currency.code());
        let with_more = self.t("En payant plus", "Paying more");
        let mut series = vec![
            view::series(self.t("Mensualités", "Payments"), Unit::None, code, points(base)),
            view::series(with_more, Unit::None, code, points(faster)),
        ];
        series[1].tone = Tone::Good;
        view::by_month(
            self.t("Ce qui reste dû", "What is still owed"),
            self.t("Payer un peu plus finit plus tôt.", "Paying a little more ends earlier."),
            XyKind::Line,
            &months,
            series,
        )
    }

    fn pay_more(&self, extra: i64, base: &Plan, faster: &Plan) -> view::Advice {
        let saved = base.interest - faster.interest;
        let (months, fewer) = (base.months(), base.months() - faster.months());
        let count = |months: usize| view::quantity(i64::try_from(months).unwrap_or(0), Unit::Month);
        let per_year = saved * 12 / i64::try_from(months.max(1)).unwrap_or(1);
        let mut advice = view::advice(
            Icon::Idea,
            self.t("Payer un peu plus chaque mois", "Pay a little more each month"),
            "",
            Effort::Minutes,
            "",
        );
        let words = self.t(
            "Avec {} de plus par mois, vous finissez {} plus tôt et payez {} d’intérêts en moins en tout. Seulement si votre budget le permet, et si le prêt se rembourse par avance sans frais.",
            "With {} more a month you end {} earlier and pay {} less interest in all. Only if your budget allows it, and if the loan can be paid early without a fee.",
        );
        advice.body = view::rich(words, vec![self.of(extra).into(), count(fewer), self.of(saved).into()]);
        let how = self.t(
            "Intérêts des deux plans, mois par mois ; l’écart, divisé par les {} du plan sans supplément, fois douze.",
            "Interest of the two plans, month by month; the gap, divided by the {} of the plan without more, times twelve.",
        );
        advice.how_computed = view::rich(how, vec![count(months)]);
        advice.saves(Some(self.of(per_year)), None, Confidence::Medium)
    }

    /// The years side by side, and what the servicers ask for where they say.
    fn offers(&self) -> Block {
        let mut years: Vec<usize> = YEARS.iter().copied().chain([self.wish.years]).collect();
        years.sort_unstable();
        years.dedup();
        let end = |plan: &Plan| self.ctx.today.plus_months(i32::try_from(plan.months()).unwrap_or(0));
        let mut offers: Vec<view::Offer> = years
            .iter()
            .filter_map(|years| {
                let (payment, plan) = self.over(*years, 0)?;
                let values = vec![self.of(payment).into(), self.of(plan.interest).into(), end(&plan).into()];
                let name = format!(
                    "{years} {}",
                    if *years == 1 { self.t("an", "year") } else { self.t("ans", "years") }
                );
                Some(view::offer(
                    &name,
                    self.t("simulation", "simulation"),
                    false,
                    Some(self.of(payment * 12)),
                    values,
                ))
            })
            .collect();
        let asked: Option<Vec<i64>> = self.loans.iter().map(|loan| loan.payment).collect();
        let now = asked.and_then(|payments| {
            Some((payments.iter().sum::<i64>(), loan::plan(&self.loans, &payments, 0)?))
        });
        offers.extend(now.map(|(payment, plan)| {
            let values = vec![self.of(payment).into(), self.of(plan.interest).into(), end(&plan).into()];
            view::offer(
                self.t("Vos échéances", "Your payments"),
                self.t("d’après vos données", "by your data"),
                true,
                Some(self.of(payment * 12)),
                values,
            )
        }));
        view::comparison(
            self.t("Rembourser en combien d’années", "Years to pay back"),
            &[self.t("Par mois", "A month"), self.t("Intérêts", "Interest"), self.t("Fini en", "Ends in")],
            offers,
            None,
            self.t(
                "Un calcul, pas une offre ; aucun lien avec un prêteur.",
                "A computation, no offer; no tie with any lender.",
            ),
        )
    }

    /// What could not be said, and who has what is missing.
    fn limits(&self, mut report: Report) -> Report {
        let given = self.given;
        if given.steps.is_empty() {
            report = report.limit(self.t(
                "Sans vos diplômes (votre établissement, Europass ou diplome.gouv.fr les ont), le parcours n’est pas montré.",
                "Without your qualifications (your institution or Europass has them), your learning is not shown.",
            ));
        }
        if given.loans.is_empty() {
            report = report.limit(self.t(
                "Sans vos prêts (votre banque ou l’organisme de prêt les a), rien n’est simulé.",
                "Without your loans (your bank or servicer has them), nothing is simulated.",
            ));
        }
        if given.loans.iter().any(|loan| loan.rate.is_none() && loan.principal > 0) {
            report = report.limit(self.t(
                "Un prêt au moins n’a pas de taux dans vos données : il n’est pas dans la simulation. Son organisme connaît le taux.",
                "One loan at least has no rate in your data: it is not in the simulation. Its servicer knows the rate.",
            ));
        }
        if !given.loans.is_empty() && !given.has_bank {
            report = report.limit(self.t(
                "Sans vos mouvements bancaires des douze derniers mois (votre banque les a), ce que vous remboursez vraiment n’est pas dit.",
                "Without your bank transactions of the last twelve months (your bank has them), what you really repay is not said.",
            ));
        }
        if given.others {
            report = report.limit(
                self.t("Les autres devises ne sont pas comptées.", "Other currencies are not counted."),
            );
        }
        if self.loans.is_empty() {
            return report;
        }
        report.limit(self.t(
            "Ni différé, ni plan selon le revenu, ni effacement de dette : votre organisme de prêt en parle.",
            "No deferment, no plan by income, no forgiveness: your servicer tells you of these.",
        ))
    }
}
