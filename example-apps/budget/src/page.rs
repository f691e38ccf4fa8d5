//! The view of a ledger: one function per section.

use crate::forecast::{self, Forecast};
use crate::ledger::Ledger;
use crate::recurring::{self, Recurring};
use crate::themes::Theme;
use mesinfos_sdk::numbers::{median, scaled};
use mesinfos_sdk::view::{self, Advice, Block, ColumnKind, Confidence, Direction, Effort, Icon, KeyFigure};
use mesinfos_sdk::view::{Level, Report, Section, Tone, Unit, XyKind, rich};
use mesinfos_sdk::{Context, Currency, Date, Money, Value};
use std::collections::BTreeMap;

/// Number of months in charts.
const SHOWN: usize = 24;

/// Data for the sections.
pub(crate) struct Page<'a> {
    ctx: &'a Context,
    currency: Currency,
    ledger: &'a Ledger,
    first: Date,
    last: Date,
    /// Spending by month and theme, in minor units.
    spending: BTreeMap<Date, BTreeMap<Theme, i64>>,
    /// The last twelve months covered completely.
    whole: Vec<Date>,
    recurring: Vec<Recurring>,
    forecast: Option<Forecast>,
}

impl<'a> Page<'a> {
    pub(crate) fn of(ctx: &'a Context, currency: Currency, ledger: &'a Ledger) -> Option<Page<'a>> {
        let (first, last) = ledger.days()?;
        let recurring = recurring::recurring(ledger, last);
        let forecast = forecast::forecast(ledger, &recurring, ctx.today);
        let whole: Vec<Date> = recurring::last_year(ledger).into_iter().rev().collect();
        let spending = ledger.spending();
        Some(Page { ctx, currency, ledger, first, last, spending, whole, recurring, forecast })
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

    /// Recurring payments, without income.
    fn payments(&self) -> impl Iterator<Item = &Recurring> {
        self.recurring.iter().filter(|one| !one.incoming)
    }

    /// Spending of a usual month: the median of the last twelve whole months.
    fn usual_spent(&self) -> Option<i64> {
        median(self.whole.iter().map(|month| self.spent(*month)).collect())
    }

    /// Spending and income of a usual month; empty without a whole month.
    fn usual(&self) -> Vec<KeyFigure> {
        let income = self.ledger.income();
        let received = |month: &Date| income.get(month).copied().unwrap_or(0);
        let months = self.spending.keys().rev().take(SHOWN).rev();
        let course = months.map(|month| Some(self.money(self.spent(*month)).major())).collect();
        let note = self.t(
            "La médiane de vos mois entiers (12 au plus).",
            "The median of your whole months (12 at most).",
        );
        let spent = self.usual_spent().filter(|usual| *usual > 0).map(|usual| {
            let label = self.t("Dépenses d’un mois ordinaire", "Spent in a usual month");
            view::figure(Icon::Cart, label, self.money(usual)).spark(course).note(note)
        });
        let received = median(self.whole.iter().map(received).collect()).filter(|usual| *usual > 0);
        let received = received.map(|usual| {
            let label = self.t("Rentrées d’un mois ordinaire", "Received in a usual month");
            view::figure(Icon::Money, label, self.money(usual))
        });
        spent.into_iter().chain(received).collect()
    }

    pub(crate) fn in_short(&self) -> Section {
        let mut figures = self.usual();
        if figures.is_empty() {
            let spent = self.spending.values().flat_map(BTreeMap::values).sum();
            let received = self.ledger.income().values().sum();
            let note = self.t(
                "Aucun mois entier : pas encore de mois ordinaire.",
                "No whole month yet, so no usual one.",
            );
            let all = [
                (Icon::Cart, self.t("Total dépensé", "Spent in all"), spent),
                (Icon::Money, self.t("Total reçu", "Received in all"), received),
            ];
            let there = all.into_iter().filter(|(.., minor)| *minor > 0);
            figures.extend(
                there.map(|(icon, label, minor)| view::figure(icon, label, self.money(minor)).note(note)),
            );
        }
        let monthly: i64 = self.payments().map(|one| one.usual).sum();
        if monthly > 0 {
            let label = self.t("Revient chaque mois", "Paid every month");
            figures.push(view::figure(Icon::Calendar, label, self.money(monthly)));
        }
        if let Some((minor, accounts)) = self.ledger.balance() {
            let note = match accounts {
                1 => self.t("Après la dernière opération.", "After the last movement.").to_owned(),
                several => self.t("Sur {} comptes.", "In {} accounts.").replace("{}", &several.to_string()),
            };
            figures.push(
                view::figure(Icon::Bank, self.t("Dernier solde", "Last balance"), self.money(minor))
                    .note(&note)
                    .because(self.ledger.balance_sources()),
            );
        }
        figures.extend(self.forecast.as_ref().map(|forecast| {
            view::figure(
                Icon::Chart,
                self.t("Ce mois-ci, prévu", "This month, expected"),
                self.money(forecast.total()),
            )
        }));
        view::section(self.t("En bref", "In short"), vec![Block::KeyFigures(figures)])
    }

    pub(crate) fn this_month(&self) -> Option<Section> {
        let forecast = self.forecast.as_ref()?;
        let (spent, total) = (self.money(forecast.spent), self.money(forecast.total()));
        let (due, pace) = (self.money(forecast.due_total()), self.money(forecast.pace));
        let months = view::quantity(i64::try_from(forecast.months).unwrap_or(0), Unit::Month);
        let mut blocks = Vec::new();
        if forecast.known_until < forecast.month {
            blocks.push(view::told(
                self.t(
                    "Prévu : {}. Rien n’est encore connu de ce mois : ce sont vos paiements habituels ({}), et le reste au rythme médian de vos {} entiers les plus récents ({}).",
                    "Expected: {}. Nothing of this month is known yet: that is your usual payments ({}), and all else at the median pace of your last {} that are whole ({}).",
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
                    "Prévu : {}. C’est ce qui est déjà dépensé au {} ({}), les paiements habituels qui ne sont pas encore passés ({}), et le reste au rythme médian de vos {} entiers les plus récents ({}).",
                    "Expected: {}. That is what was spent by {} ({}), the usual payments still to come ({}), and all else at the median pace of your last {} that are whole ({}).",
                ),
                vec![total.into(), forecast.known_until.into(), spent.into(), due.into(), months, pace.into()],
            ));
        }
        if let Some((balance, _)) = self.ledger.balance() {
            let end = self.money(balance + forecast.balance_moves());
            let words = self.t(
                "Solde attendu à la fin du mois : {}, en comptant {} de rentrées habituelles encore attendues.",
                "Balance expected at the end of the month: {}, with {} of usual income still awaited.",
            );
            blocks.push(view::told(words, vec![end.into(), self.money(forecast.income_due).into()]));
            if end.minor < 0 {
                let words = self.t(
                    "À ce rythme, vos comptes seraient à découvert avant la fin du mois.",
                    "At this pace your accounts would be overdrawn by the end of the month.",
                );
                blocks.push(view::notice(
                    Level::Warning,
                    self.t("Attention au découvert", "Mind the overdraft"),
                    words,
                ));
            }
        }
        if !forecast.due.is_empty() {
            let columns = [
                (self.t("Vers le", "Around"), ColumnKind::Date),
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
        let changes = forecast::changes(&self.spending, &self.ledger.whole_months())?;
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
            view::figure(Icon::Calendar, self.t("Dernier mois entier", "Last whole month"), self.money(now))
                .trend(
                    direction,
                    self.money(now - usual),
                    self.t("par rapport à votre mois ordinaire", "against your usual month"),
                    tone,
                )
                .because(self.ledger.spent_in(changes.month));
        let columns = [
            (self.t("Poste", "Theme"), ColumnKind::Text),
            (self.t("Ce mois", "That month"), ColumnKind::Money),
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
        let how = view::told(
            self.t(
                "Le mois commencé le {} : en tout, comparé à votre mois ordinaire ; poste par poste, à la médiane de vos mois entiers d’avant (12 au plus).",
                "The month that began on {}: in all, against your usual month; theme by theme, against the median of your whole months before it (12 at most).",
            ),
            vec![changes.month.into()],
        );
        let table = view::table(self.t("Ce qui a bougé", "What moved"), &columns, moved.collect());
        Some(view::section(
            self.t("Ce qui a changé", "What changed"),
            vec![Block::KeyFigures(vec![figure]), table, how],
        ))
    }

    pub(crate) fn themes(&self) -> Option<Section> {
        let shown: Vec<Date> = {
            let (from, to) = (self.spending.keys().next()?, self.spending.keys().next_back()?);
            let all = std::iter::successors(Some(*from), |month| Some(month.plus_months(1)));
            let all: Vec<Date> = all.take_while(|month| month <= to).collect();
            all[all.len().saturating_sub(SHOWN)..].to_vec()
        };
        let mut totals: BTreeMap<Theme, i64> = BTreeMap::new();
        for (theme, minor) in shown.iter().filter_map(|month| self.spending.get(month)).flatten() {
            *totals.entry(*theme).or_default() += minor;
        }
        let mut totals: Vec<(Theme, i64)> = totals.into_iter().collect();
        totals.sort_by_key(|(_, minor)| -minor);
        let (dearest, _) = totals.first()?;
        let code = Some(self.currency.code());
        let slice =
            |(theme, minor): &(Theme, i64)| (self.theme(*theme).to_owned(), self.money(*minor).major());
        let rest = self.t("Tout le reste", "All else");
        let mut slices: Vec<(String, f64)> = totals.iter().take(11).map(slice).collect();
        if totals.len() > 11 {
            let minor = totals[11..].iter().map(|(_, minor)| minor).sum();
            slices.push((rest.to_owned(), self.money(minor).major()));
        }
        let takeaway =
            self.t("Votre premier poste : {}.", "Your first item: {}.").replace("{}", self.theme(*dearest));
        let parts = view::parts(
            self.t("Sur les mois montrés", "Over the months shown"),
            &takeaway,
            Unit::None,
            code,
            slices,
        );
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
            series.push(line(rest, &|one| !apart.contains(&one)));
        }
        let title = self.t("Dépenses par poste", "Spending by theme");
        let words = self.t("Chaque mois, poste par poste.", "Each month, theme by theme.");
        let months = view::by_month(title, words, XyKind::StackedBar, &shown, series);
        Some(view::section(self.t("Où va l’argent", "Where the money goes"), vec![parts, months]))
    }

    pub(crate) fn comes_back(&self) -> Option<Section> {
        let columns = [
            (self.t("Paiement", "Payment"), ColumnKind::Text),
            (self.t("Poste", "Theme"), ColumnKind::Text),
            (self.t("Par mois", "A month"), ColumnKind::Money),
            (self.t("Par an", "A year"), ColumnKind::Money),
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
        let how = if self.whole.len() == 12 {
            self.t(
                "Par mois : la médiane de ce que vous avez payé sur vos 12 derniers mois entiers. Par an : la somme de ces paiements.",
                "A month: the median of what you paid in your last 12 whole months. A year: the sum of these payments.",
            )
        } else {
            self.t(
                "Par an : douze fois le montant habituel, faute de douze mois entiers.",
                "A year: twelve times the usual amount, for want of twelve whole months.",
            )
        };
        let how = view::paragraph(how);
        Some(view::section(self.t("Ce qui revient", "Regular payments"), vec![table, how]))
    }

    pub(crate) fn advice(&self) -> Option<Section> {
        let dearer = self.payments().filter_map(|one| Some((one, one.rise()?))).take(3).map(|(one, rise)| {
            let title = self.t("{} a augmenté", "{} went up").replace("{}", &one.name);
            let words = self.t(
                "Demandez pourquoi, ou comparez avec d’autres offres.",
                "Ask why, or compare with other offers.",
            );
            let mut advice = view::advice(Icon::Receipt, &title, words, Effort::Minutes, "");
            advice.how_computed = rich(
                self.t(
                    "La dernière fois {}, d’habitude {} : l’écart, douze fois.",
                    "{} last time, usually {}: the difference, twelve times.",
                ),
                vec![self.money(one.latest).into(), self.money(one.usual).into()],
            );
            advice.saves(Some(self.money(rise * 12)), None, Confidence::Medium)
        });
        let mut all: Vec<Advice> = dearer.collect();
        if self.whole.len() == 12 {
            let of =
                |month: &Date| self.spending.get(month).and_then(|themes| themes.get(&Theme::Fees)).copied();
            let fees: i64 = self.whole.iter().filter_map(of).sum();
            if fees > 0 {
                let title = self.t("Regardez vos frais bancaires", "Look at your bank fees");
                let words = self.t(
                    "Des banques font payer moins pour les mêmes services ; la vôtre peut aussi accepter d’en rendre une partie.",
                    "Some banks charge less for the same services; yours may also agree to give some back.",
                );
                let how = self.t(
                    "La somme des frais et intérêts de vos 12 derniers mois entiers : le plus que vous puissiez économiser.",
                    "The sum of fees and interest of your last 12 whole months: the most that you could save.",
                );
                let advice = view::advice(Icon::Bank, title, words, Effort::Days, how);
                all.push(advice.saves(Some(self.money(fees)), None, Confidence::Low));
            }
        }
        let leisure: i64 =
            self.payments().filter(|one| one.theme == Theme::Leisure).map(|one| one.year).sum();
        if leisure > 0 {
            let title = self.t(
                "Vos abonnements de loisirs servent-ils encore ?",
                "Do you still use your leisure subscriptions?",
            );
            let words = self.t(
                "Un abonnement souscrit en ligne se résilie en ligne (loi du 16 août 2022) ; vérifiez s’il vous engage encore.",
                "In France a subscription made online can be ended online (law of 16 August 2022); look whether it still binds you.",
            );
            let how = self.t(
                "Tout ce qui revient chaque mois dans ce poste, sur un an : le plus que vous puissiez économiser.",
                "All that is paid every month under this theme, in a year: the most that you could save.",
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
        say(others, "Les autres devises ne sont pas comptées.", "Other currencies are not counted.");
        say(
            pending > 0,
            "Les opérations en attente ou annulées ne sont pas comptées.",
            "Pending and reversed movements are not counted.",
        );
        let unnamed = self.ledger.names.iter().all(String::is_empty);
        say(
            unnamed,
            "Sans les libellés de votre banque, rien ne dit ce qui revient chaque mois.",
            "Without your bank’s labels, nothing tells what you pay every month.",
        );
        let (known, all) = self.spending.values().flatten().fold((0, 0), |(known, all), (theme, minor)| {
            (known + if theme.is_known() { *minor } else { 0 }, all + minor)
        });
        if all > known {
            let share = view::quantity(scaled(all - known, 100, all), Unit::Percent);
            let words = self.t(
                "Pour {} des dépenses, rien ne dit à quoi elles ont servi : elles sont rangées par moyen de paiement.",
                "For {} of spending, nothing tells what it was for: it is filed by means of payment.",
            );
            report.limits.push(rich(words, vec![share]));
        }
        if self.ledger.balance().is_none() {
            let words = self.t(
                "Votre banque ne donne pas le solde de chaque compte.",
                "Your bank does not give the balance of each account.",
            );
            report.limits.push(rich(words, Vec::new()));
        }
        if self.forecast.is_none() {
            let words = self.t(
                "Pas de prévision : il faut trois mois entiers, et des opérations de moins de dix jours. Les vôtres vont du {} au {} ; votre banque a la suite.",
                "No forecast: that takes three whole months, and movements of the last ten days. Yours go from {} to {}; your bank has the rest.",
            );
            report.limits.push(rich(words, vec![self.first.into(), self.last.into()]));
        }
        report
    }
}
