//! The view of a ledger: one function per section.

use crate::forecast::{self, Forecast};
use crate::ledger::Ledger;
use crate::recurring::{self, Recurring};
use crate::themes::Theme;
use mesinfos_sdk::numbers::{median, scaled};
use mesinfos_sdk::span::Span;
use mesinfos_sdk::view::{self, Advice, Block, ColumnKind, Confidence, Direction, Effort, Icon, KeyFigure};
use mesinfos_sdk::view::{Level, Report, Section, Tone, Unit, XyKind, rich};
use mesinfos_sdk::{Context, Currency, Date, Money, Value};
use std::collections::BTreeMap;

/// Number of months in charts.
const SHOWN: usize = 24;

/// What a usual amount is. Of equal months, less than half may be above it, and less than half below.
const MEDIAN: (&str, &str) = (
    "Valeur médiane de vos {n} mois, {} : au plus la moitié des mois sont au-dessus, au plus la moitié au-dessous.",
    "Median of your {n} months, {}: at most half are above it and at most half below.",
);

/// Data for the sections.
pub(crate) struct Page<'a> {
    ctx: &'a Context,
    currency: Currency,
    ledger: &'a Ledger,
    first: Date,
    last: Date,
    /// Spending by month and theme, in minor units.
    spending: BTreeMap<Date, BTreeMap<Theme, i64>>,
    /// The ordinary months, thirteen at most: whole months in a row, up to now.
    months: Vec<Date>,
    /// The last twelve of them.
    whole: Vec<Date>,
    recurring: Vec<Recurring>,
    forecast: Option<Forecast>,
}

impl<'a> Page<'a> {
    pub(crate) fn of(ctx: &'a Context, currency: Currency, ledger: &'a Ledger) -> Option<Page<'a>> {
        let (first, last) = ledger.days()?;
        let months = ledger.ordinary_months(ctx.today, recurring::YEAR + 1);
        let whole = months[months.len().saturating_sub(recurring::YEAR)..].to_vec();
        // Of old rows, nothing shows that a payment still comes back.
        let until = if (Span { first, last }).is_current(ctx.today) { last } else { ctx.today };
        let recurring = recurring::recurring(ledger, &whole, until);
        let forecast = forecast::forecast(ledger, &recurring, &months, ctx.today);
        let spending = ledger.spending();
        Some(Page { ctx, currency, ledger, first, last, spending, months, whole, recurring, forecast })
    }

    fn t(&self, fr: &'static str, en: &'static str) -> &'static str {
        self.ctx.t(fr, en)
    }

    fn money(&self, minor: i64) -> Money {
        Money { minor, currency: self.currency }
    }

    fn theme(&self, theme: Theme) -> &'static str {
        let (fr, en) = theme.names();
        self.t(fr, en)
    }

    fn spent(&self, month: Date) -> i64 {
        self.spending.get(&month).map_or(0, |themes| themes.values().sum())
    }

    /// The ordinary months, in words: "de janvier à décembre 2025".
    fn range(&self) -> String {
        let ends = self.whole.first().zip(self.whole.last());
        ends.map_or_else(String::new, |(first, last)| self.ctx.lang.months(*first, *last))
    }

    /// What the view tells.
    pub(crate) fn headline(&self) -> String {
        if self.forecast.is_some() {
            return self
                .t(
                    "Où va votre argent, ce qui revient chaque mois et comment s’annonce ce mois-ci.",
                    "Where your money goes, what you pay every month and how this month is shaping up.",
                )
                .to_owned();
        }
        let range = self.ctx.lang.days(self.first, self.last);
        self.t("Où est allé votre argent {}.", "Where your money went {}.").replace("{}", &range)
    }

    /// First and last day of the rows.
    pub(crate) fn days(&self) -> (Date, Date) {
        (self.first, self.last)
    }

    /// Recurring payments, without income.
    fn payments(&self) -> impl Iterator<Item = &Recurring> {
        self.recurring.iter().filter(|one| !one.incoming)
    }

    /// Spending of a usual month: the median of the ordinary months.
    fn usual_spent(&self) -> Option<i64> {
        median(self.whole.iter().map(|month| self.spent(*month)).collect())
    }

    /// Spending and income of a usual month; empty without ordinary months.
    fn usual(&self) -> Vec<KeyFigure> {
        let income = self.ledger.income();
        let received = |month: &Date| income.get(month).copied().unwrap_or(0);
        let months = self.spending.keys().rev().take(SHOWN).rev();
        let course = months.map(|month| Some(self.money(self.spent(*month)).major())).collect();
        let note = |fr, en| {
            let months = self.whole.len().to_string();
            self.t(fr, en).replace("{n}", &months).replace("{}", &self.range())
        };
        let spent = self.usual_spent().filter(|usual| *usual > 0).map(|usual| {
            let label = self.t("Dépenses d’un mois ordinaire", "Spending in a usual month");
            view::figure(Icon::Cart, label, self.money(usual)).spark(course).note(&note(MEDIAN.0, MEDIAN.1))
        });
        let received = median(self.whole.iter().map(received).collect()).filter(|usual| *usual > 0);
        let received = received.map(|usual| {
            let label = self.t("Rentrées d’un mois ordinaire", "Income in a usual month");
            view::figure(Icon::Money, label, self.money(usual)).note(&note(MEDIAN.0, MEDIAN.1))
        });
        spent.into_iter().chain(received).collect()
    }

    pub(crate) fn in_short(&self) -> Section {
        let mut figures = self.usual();
        if figures.is_empty() {
            let spent = self.spending.values().flat_map(BTreeMap::values).sum();
            let received = self.ledger.income().values().sum();
            let words = self.t(
                "Toutes vos opérations, {}. Pas assez de mois : un mois ordinaire demande trois mois entiers d’affilée, assez récents.",
                "All your transactions, {}. Too few months: a usual month takes three full months in a row, recent enough.",
            );
            let note = words.replace("{}", &self.ctx.lang.days(self.first, self.last));
            let all = [
                (Icon::Cart, self.t("Total dépensé", "Total spent"), spent),
                (Icon::Money, self.t("Total reçu", "Total received"), received),
            ];
            let there = all.into_iter().filter(|(.., minor)| *minor > 0);
            figures.extend(
                there.map(|(icon, label, minor)| view::figure(icon, label, self.money(minor)).note(&note)),
            );
        }
        let monthly: i64 = self.payments().map(|one| one.usual).sum();
        if monthly > 0 {
            let label = self.t("Revient chaque mois", "Paid every month");
            figures.push(view::figure(Icon::Calendar, label, self.money(monthly)));
        }
        if let Some((minor, accounts)) = self.ledger.balance() {
            let note = match accounts {
                1 => self.t("Après la dernière opération.", "After the latest transaction.").to_owned(),
                several => self.t("Sur {} comptes.", "Over {} accounts.").replace("{}", &several.to_string()),
            };
            figures.push(
                view::figure(Icon::Bank, self.t("Dernier solde", "Latest balance"), self.money(minor))
                    .note(&note)
                    .because(self.ledger.balance_sources()),
            );
        }
        figures.extend(self.forecast.as_ref().map(|forecast| {
            view::figure(
                Icon::Chart,
                self.t("Ce mois-ci, prévu", "This month, forecast"),
                self.money(forecast.total()),
            )
        }));
        view::section(self.t("En bref", "In short"), vec![Block::KeyFigures(figures)])
    }

    pub(crate) fn this_month(&self) -> Option<Section> {
        let forecast = self.forecast.as_ref()?;
        let (spent, total) = (self.money(forecast.spent), self.money(forecast.total()));
        let (due, pace) = (self.money(forecast.due_total()), self.money(forecast.pace));
        let months = view::quantity(i64::try_from(forecast.months).unwrap_or(0), Unit::None);
        let mut blocks = Vec::new();
        if forecast.known_until < forecast.month {
            blocks.push(view::told(
                self.t(
                    "Prévu : {}. Rien n’est encore connu de ce mois. La prévision additionne vos paiements habituels ({}) et le reste de vos dépenses, au rythme habituel de vos {} mois entiers les plus récents ({}).",
                    "Forecast: {}. Nothing is known of this month yet. The forecast adds up your regular payments ({}) and the rest of your spending, at the usual pace of your latest {} full months ({}).",
                ),
                vec![total.into(), due.into(), months, pace.into()],
            ));
        } else {
            let (label, code) = (self.t("Déjà dépensé", "Already spent"), Some(self.currency.code()));
            if total.minor > 0 {
                let bar = view::progress(label, spent.major(), total.major(), Unit::None, code);
                blocks.push(Block::Progress(vec![bar]));
            }
            blocks.push(view::told(
                self.t(
                    "Prévu : {}. La prévision additionne ce qui est déjà dépensé au {} ({}), les paiements habituels qui ne sont pas encore passés ({}) et le reste de vos dépenses, au rythme habituel de vos {} mois entiers les plus récents ({}).",
                    "Forecast: {}. The forecast adds up what you had spent by {} ({}), the regular payments still to come ({}) and the rest of your spending, at the usual pace of your latest {} full months ({}).",
                ),
                vec![total.into(), forecast.known_until.into(), spent.into(), due.into(), months, pace.into()],
            ));
        }
        if let Some((balance, _)) = self.ledger.balance() {
            let end = self.money(balance + forecast.balance_moves());
            let words = self.t(
                "Solde attendu à la fin du mois : {}, en comptant {} de rentrées habituelles encore attendues.",
                "Balance expected at the end of the month: {}, counting {} of usual income still to come.",
            );
            blocks.push(view::told(words, vec![end.into(), self.money(forecast.income_due).into()]));
            if end.minor < 0 {
                let words = self.t(
                    "À ce rythme, vos comptes seraient à découvert à la fin du mois.",
                    "At this pace, your accounts would be overdrawn at the end of the month.",
                );
                blocks.push(view::notice(
                    Level::Warning,
                    self.t("Attention au découvert", "Overdraft ahead"),
                    words,
                ));
            }
        }
        if !forecast.due.is_empty() {
            let columns = [
                (self.t("Date probable", "Likely date"), ColumnKind::Date),
                (self.t("Paiement", "Payment"), ColumnKind::Text),
                (self.t("Montant habituel", "Usual amount"), ColumnKind::Money),
            ];
            let rows = forecast.due.iter().map(|(name, day, minor)| {
                vec![(*day).into(), name.as_str().into(), self.money(*minor).into()]
            });
            blocks.push(view::table(
                self.t("Encore à venir", "Still to come"),
                &columns,
                rows.take(30).collect(),
            ));
        }
        Some(view::section(self.t("Ce mois-ci", "This month"), blocks))
    }

    pub(crate) fn changes(&self) -> Option<Section> {
        let changes = forecast::changes(&self.spending, &self.months)?;
        // Against the usual month that is shown above, so that the difference can be checked.
        let (now, usual) = (changes.spent, self.usual_spent()?);
        if now == 0 && usual == 0 {
            return None;
        }
        let direction = if now > usual {
            Direction::Up
        } else if now < usual {
            Direction::Down
        } else {
            Direction::Flat
        };
        let tone = if now > usual { Tone::Warn } else { Tone::Good };
        let figure =
            view::figure(Icon::Calendar, self.t("Dernier mois entier", "Last full month"), self.money(now))
                .trend(
                    direction,
                    self.money(now - usual),
                    self.t("par rapport à votre mois ordinaire", "compared with your usual month"),
                    tone,
                )
                .because(self.ledger.spent_in(changes.month));
        let columns = [
            (self.t("Poste", "Type"), ColumnKind::Text),
            (self.t("Ce mois-là", "That month"), ColumnKind::Money),
            (self.t("D’habitude", "Usually"), ColumnKind::Money),
            (self.t("Écart", "Difference"), ColumnKind::Money),
        ];
        let moved = changes.themes.iter().filter(|one| one.now != one.usual).take(8).map(|one| {
            let difference = self.money(one.now - one.usual);
            vec![
                self.theme(one.theme).into(),
                self.money(one.now).into(),
                self.money(one.usual).into(),
                difference.into(),
            ]
        });
        let before = self.ctx.lang.months(changes.since, changes.month.plus_months(-1));
        let words = self
            .t(
                "Le dernier mois entier est {}. Son total est comparé à votre mois ordinaire ; chaque poste, à sa valeur médiane {before} : au plus la moitié de ces mois sont au-dessus, au plus la moitié au-dessous.",
                "The last full month is {}. Its total is compared with your usual month; each type, with its median {before}: at most half of these months are above it and at most half below.",
            )
            .replace("{before}", &before);
        let how = view::told(&words, vec![view::month(changes.month)]);
        let table = view::table(
            self.t("Les postes qui ont changé", "What went up or down"),
            &columns,
            moved.collect(),
        );
        Some(view::section(
            self.t("Ce qui a changé", "What changed"),
            vec![Block::KeyFigures(vec![figure]), table, how],
        ))
    }

    /// The months of the charts: the newest ones, without a gap.
    fn shown(&self) -> Vec<Date> {
        let ends = self.spending.keys().next().zip(self.spending.keys().next_back());
        let Some((from, to)) = ends else { return Vec::new() };
        let all = std::iter::successors(Some(*from), |month| Some(month.plus_months(1)));
        let all: Vec<Date> = all.take_while(|month| month <= to).collect();
        all[all.len().saturating_sub(SHOWN)..].to_vec()
    }

    /// Spending by theme over some months.
    fn totals(&self, months: &[Date]) -> BTreeMap<Theme, i64> {
        let mut totals: BTreeMap<Theme, i64> = BTreeMap::new();
        for (theme, minor) in months.iter().filter_map(|month| self.spending.get(month)).flatten() {
            *totals.entry(*theme).or_default() += minor;
        }
        totals
    }

    pub(crate) fn themes(&self) -> Option<Section> {
        let shown = self.shown();
        let mut totals: Vec<(Theme, i64)> = self.totals(&shown).into_iter().collect();
        totals.sort_by_key(|(_, minor)| -minor);
        let (dearest, _) = totals.first()?;
        let code = Some(self.currency.code());
        let slice =
            |(theme, minor): &(Theme, i64)| (self.theme(*theme).to_owned(), self.money(*minor).major());
        let mut slices: Vec<(String, f64)> = totals.iter().take(11).map(slice).collect();
        if totals.len() > 11 {
            let minor = totals[11..].iter().map(|(_, minor)| minor).sum();
            let rest = self.t("Autres postes", "Other types");
            slices.push((rest.to_owned(), self.money(minor).major()));
        }
        let months = self.ctx.lang.months(*shown.first()?, *shown.last()?);
        let takeaway = self
            .t("Premier poste {months} : {}.", "Biggest expense {months}: {}.")
            .replace("{months}", &months)
            .replace("{}", self.t(dearest.within().0, dearest.within().1));
        let parts =
            view::parts(self.t("Total par poste", "Total by type"), &takeaway, Unit::None, code, slices);
        // A chart has at most eight series: seven themes, and the rest.
        let apart: Vec<Theme> = totals.iter().take(7).map(|(theme, _)| *theme).collect();
        let point = |month: &Date, of: &dyn Fn(Theme) -> bool| {
            let themes = self.spending.get(month)?;
            Some(
                self.money(themes.iter().filter(|(theme, _)| of(**theme)).map(|(_, minor)| minor).sum())
                    .major(),
            )
        };
        let line = |label: &str, of: &dyn Fn(Theme) -> bool| {
            view::series(label, Unit::None, code, shown.iter().map(|month| point(month, of)).collect())
        };
        let mut series: Vec<_> =
            apart.iter().map(|theme| line(self.theme(*theme), &|one| one == *theme)).collect();
        if totals.len() > apart.len() {
            let rest = self.t("Autres postes", "Other types");
            // Neutral: where there is no room for all, what is smaller joins the rest.
            let mut rest = line(rest, &|one| !apart.contains(&one));
            rest.tone = Tone::Neutral;
            series.push(rest);
        }
        let title = self.t("Dépenses par poste", "Spending by type");
        let words = self.t("Chaque mois, poste par poste.", "Each month, by type.");
        let months = view::by_month(title, words, XyKind::StackedBar, &shown, series);
        Some(view::section(self.t("Où va l’argent", "Where the money goes"), vec![parts, months]))
    }

    pub(crate) fn comes_back(&self) -> Option<Section> {
        let columns = [
            (self.t("Paiement", "Payment"), ColumnKind::Text),
            (self.t("Poste", "Type"), ColumnKind::Text),
            (self.t("Par mois", "Per month"), ColumnKind::Money),
            (self.t("Par an", "Per year"), ColumnKind::Money),
            (self.t("Dernière fois", "Last time"), ColumnKind::Date),
        ];
        let rows: Vec<Vec<Value>> = self
            .payments()
            .take(30)
            .map(|one| {
                let (month, year) = (self.money(one.usual), self.money(one.year));
                vec![
                    one.name.as_str().into(),
                    self.theme(one.theme).into(),
                    month.into(),
                    year.into(),
                    one.last.into(),
                ]
            })
            .collect();
        let title = self.t("Paiements récurrents", "Recurring payments");
        let table = (!rows.is_empty()).then(|| view::table(title, &columns, rows))?;
        let how = if self.whole.len() == recurring::YEAR {
            self.t(
                "Par mois : ce que vous avez payé d’habitude {} (valeur médiane : au plus la moitié des paiements sont au-dessus, au plus la moitié au-dessous). Par an : la somme des paiements de ces douze mois.",
                "Per month: what you usually paid {} (the median: at most half of the payments are above it and at most half below). Per year: the sum of the payments of these twelve months.",
            )
        } else {
            self.t(
                "Par mois : le montant habituel. Par an : douze fois ce montant, faute de douze mois entiers d’affilée.",
                "Per month: the usual amount. Per year: twelve times that amount, as there are not twelve full months in a row.",
            )
        };
        let how = view::paragraph(&how.replace("{}", &self.range()));
        Some(view::section(self.t("Ce qui revient", "Regular payments"), vec![table, how]))
    }

    pub(crate) fn advice(&self) -> Option<Section> {
        let dearer = self.payments().filter_map(|one| Some((one, one.rise()?))).take(3).map(|(one, rise)| {
            let title =
                self.t("Demandez pourquoi {} a augmenté", "Ask why {} has gone up").replace("{}", &one.name);
            let words = self.t("Comparez aussi avec d’autres offres.", "Compare with other offers too.");
            let mut advice = view::advice(Icon::Receipt, &title, words, Effort::Minutes, "");
            advice.how_computed = rich(
                self.t(
                    "La dernière fois {}, d’habitude {} ; l’écart est multiplié par douze.",
                    "{} last time, usually {}; the difference is multiplied by twelve.",
                ),
                vec![self.money(one.latest).into(), self.money(one.usual).into()],
            );
            advice.saves(Some(self.money(rise * 12)), None, Confidence::Medium)
        });
        let mut all: Vec<Advice> = dearer.collect();
        if self.whole.len() == recurring::YEAR {
            let of =
                |month: &Date| self.spending.get(month).and_then(|themes| themes.get(&Theme::Fees)).copied();
            let fees: i64 = self.whole.iter().filter_map(of).sum();
            if fees > 0 {
                let title = self.t("Regardez vos frais bancaires", "Look at your bank fees");
                let words = self.t(
                    "Des banques font payer moins pour les mêmes services ; la vôtre peut aussi accepter d’en rembourser une partie.",
                    "Some banks charge less for the same services; yours may also agree to refund part of them.",
                );
                let how = self.t(
                    "La somme des frais et des intérêts {} : vous ne pouvez pas économiser davantage.",
                    "The sum of fees and interest {}: you cannot save more than that.",
                );
                let how = how.replace("{}", &self.range());
                let advice = view::advice(Icon::Bank, title, words, Effort::Days, &how);
                all.push(advice.saves(Some(self.money(fees)), None, Confidence::Low));
            }
        }
        let leisure: i64 =
            self.payments().filter(|one| one.theme == Theme::Leisure).map(|one| one.year).sum();
        if leisure > 0 {
            let title = self.t(
                "Résiliez les abonnements de loisirs qui ne vous servent plus",
                "Cancel the leisure subscriptions that you no longer use",
            );
            let words = self.t(
                "Un abonnement souscrit en ligne se résilie en ligne (loi du 16 août 2022). Vérifiez d’abord jusqu’à quand il vous engage.",
                "In France, a subscription taken out online can be cancelled online (law of 16 August 2022). First check until when it binds you.",
            );
            let how = self.t(
                "Tout ce qui revient chaque mois dans ce poste, sur un an : vous ne pouvez pas économiser davantage.",
                "Everything of this type that you pay every month, over a year: you cannot save more than that.",
            );
            let advice = view::advice(Icon::Idea, title, words, Effort::Minutes, how);
            all.push(advice.saves(Some(self.money(leisure)), None, Confidence::Low));
        }
        (!all.is_empty()).then(|| view::section(self.t("Pistes", "Ideas"), vec![Block::Advice(all)]))
    }

    pub(crate) fn limits(&self, mut report: Report, others: bool, pending: usize) -> Report {
        let mut say = |said: bool, fr, en| {
            if said {
                report.limits.push(rich(self.t(fr, en), Vec::new()));
            }
        };
        say(
            others,
            "Les montants dans d’autres monnaies ne sont pas comptés.",
            "Amounts in other currencies are not counted.",
        );
        say(
            pending > 0,
            "Les opérations en attente ou annulées ne sont pas comptées.",
            "Pending and reversed transactions are not counted.",
        );
        say(
            self.ledger.has_refunds(),
            "Les remboursements, de santé ou d’un achat, ne sont pas déduits des dépenses ; ils comptent dans vos rentrées.",
            "Refunds, of health costs or of a purchase, are not taken off spending; they count as income.",
        );
        let unnamed = self.ledger.names.iter().all(String::is_empty);
        say(
            unnamed,
            "Les libellés de vos opérations ne sont pas là : rien ne dit ce qui revient chaque mois.",
            "The descriptions of your transactions are not here, so nothing says what you pay every month.",
        );
        // Of the same months as the charts, so that the two can be compared.
        let shown = self.shown();
        let (known, all) = self.totals(&shown).iter().fold((0, 0), |(known, all), (theme, minor)| {
            (known + if theme.is_known() { *minor } else { 0 }, all + minor)
        });
        // Less than half a percent is nothing to speak of.
        let share = scaled(all - known, 100, all);
        if share > 0 {
            let share = view::quantity(share, Unit::Percent);
            let words = self.t(
                "Rien ne dit à quoi ont servi {} de vos dépenses {months} : elles sont rangées par moyen de paiement.",
                "Nothing says what {} of your spending {months} was for: it is sorted by means of payment.",
            );
            let ends = shown.first().zip(shown.last());
            let months = ends.map_or_else(String::new, |(from, to)| self.ctx.lang.months(*from, *to));
            report.limits.push(rich(&words.replace("{months}", &months), vec![share]));
        }
        if self.ledger.balance().is_none() {
            let words = self.t(
                "Ces opérations ne donnent pas le solde de tous vos comptes : l’application ne dit pas ce qu’il vous reste.",
                "These transactions do not give the balances of all your accounts, so the app cannot say what you have left.",
            );
            report.limits.push(rich(words, Vec::new()));
        }
        if self.forecast.is_none() {
            let words = self.t(
                "Aucune prévision n’est faite : il faut trois mois entiers d’affilée, et des opérations de moins de dix jours. Les vôtres vont du {} au {} ; votre banque a la suite.",
                "No forecast is made: it takes three full months in a row, and transactions less than ten days old. Yours go from {} to {}; your bank holds the rest.",
            );
            report.limits.push(rich(words, vec![self.first.into(), self.last.into()]));
        }
        report
    }
}
