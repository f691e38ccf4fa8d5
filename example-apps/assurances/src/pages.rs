//! The pages of the view.

use crate::Given;
use crate::contract::{Contract, Dates};
use crate::overlaps::{self, Overlap, Why};
use crate::paid;
use mesinfos_sdk::contracts::Kind;
use mesinfos_sdk::view::{
    self, Block, ColumnKind, Confidence, Effort, Event, Icon, Level, Report, Section, Unit, Value,
};
use mesinfos_sdk::{Context, Currency, Date, Money};
use std::collections::BTreeMap;

const KINDS: [(Kind, &str, &str); 10] = [
    (Kind::Home, "Habitation", "Home insurance"),
    (Kind::Vehicle, "Véhicule", "Vehicle insurance"),
    (Kind::Health, "Santé", "Health insurance"),
    (Kind::Energy, "Énergie", "Energy"),
    (Kind::Telecom, "Téléphone", "Telephone"),
    (Kind::Internet, "Internet", "Internet"),
    (Kind::Water, "Eau", "Water"),
    (Kind::Bank, "Banque", "Bank"),
    (Kind::Transport, "Transport", "Transport"),
    (Kind::Other, "Autre", "Other"),
];

/// What the pages have in common.
struct Pages<'a> {
    ctx: &'a Context,
    currency: Currency,
    given: &'a Given,
    active: Vec<&'a Contract>,
}

pub(crate) fn report(ctx: &Context, currency: Currency, given: &Given) -> Report {
    let active = given.contracts.iter().filter(|contract| contract.is_active(ctx.today)).collect();
    let pages = Pages { ctx, currency, given, active };
    let headline = if given.contracts.is_empty() {
        ctx.t("Vos assurances, vues par vos paiements.", "Your insurance, as your payments show it.")
    } else {
        ctx.t(
            "Vos contrats réunis : ce qu’ils coûtent, et ce qui serait couvert deux fois.",
            "Your contracts in one place: what they cost, and what may be covered twice.",
        )
    };
    let mut sections = Vec::new();
    if !pages.active.is_empty() {
        sections.push(view::section(ctx.t("En bref", "In short"), pages.in_short()));
        sections.push(view::section(
            ctx.t("Vos contrats en cours", "Your contracts that run"),
            pages.contracts(),
        ));
    }
    sections.extend(pages.twice());
    sections.extend(pages.paid());
    if sections.is_empty() {
        let nothing = view::notice(
            Level::Info,
            ctx.t("Aucune assurance reconnue", "No insurance recognised"),
            ctx.t(
                "Rien dans ce que vous avez donné ne ressemble à un contrat en cours ou à un paiement d’assurance. Cela ne dit pas que vous n’en avez pas.",
                "Nothing in what you gave looks like a contract that runs or a payment of insurance. That does not say that you have none.",
            ),
        );
        sections.push(view::section(ctx.t("En bref", "In short"), vec![nothing]));
    }
    let mut report = view::report(ctx, ctx.t("Assurances", "Insurance"), headline, sections);
    let dates = pages.dates();
    if !dates.is_empty() {
        report = report.page(ctx.t("Échéances", "Dates"), Icon::Calendar, pages.renewals(&dates));
    }
    pages.limits(report)
}

impl<'a> Pages<'a> {
    fn of(&self, minor: i64) -> Money {
        Money::new(minor, self.currency)
    }

    fn some(&self, minor: Option<i64>) -> Value {
        minor.map_or(Value::Missing, |minor| self.of(minor).into())
    }

    fn t<'b>(&self, fr: &'b str, en: &'b str) -> &'b str {
        self.ctx.t(fr, en)
    }

    fn kind(&self, kind: Kind) -> &'static str {
        let known = KINDS.iter().find(|(known, ..)| *known == kind);
        known.map_or("", |(_, fr, en)| self.ctx.lang.t(fr, en))
    }

    fn name(&self, contract: &Contract) -> String {
        let what = if contract.name.is_empty() { self.kind(contract.kind) } else { &contract.name };
        format!("{}, {what}", contract.provider)
    }

    fn in_short(&self) -> Vec<Block> {
        let count = i64::try_from(self.active.len()).unwrap_or(0);
        let mut figures = vec![view::figure(
            Icon::Contract,
            self.t("Contrats en cours", "Contracts that run"),
            view::quantity(count, Unit::None),
        )];
        let priced = |insurance: bool| {
            let of_it = self.active.iter().filter(move |contract| contract.is_insurance() == insurance);
            let prices: Vec<i64> = of_it.filter_map(|contract| contract.yearly()).collect();
            (!prices.is_empty()).then(|| self.of(prices.iter().sum()))
        };
        let note = self.t("Les contrats dont le prix est dit.", "The contracts whose price is said.");
        figures.extend(priced(true).map(|sum| {
            view::figure(Icon::Money, self.t("Assurances, par an", "Insurance, a year"), sum).note(note)
        }));
        figures.extend(priced(false).map(|sum| {
            view::figure(Icon::Money, self.t("Autres contrats, par an", "Other contracts, a year"), sum)
                .note(note)
        }));
        vec![Block::KeyFigures(figures)]
    }

    fn contracts(&self) -> Vec<Block> {
        let mut kinds: BTreeMap<Kind, i64> = BTreeMap::new();
        for contract in &self.active {
            if let Some(minor) = contract.yearly().filter(|minor| *minor > 0) {
                *kinds.entry(contract.kind).or_default() += minor;
            }
        }
        let mut blocks = Vec::new();
        if kinds.len() > 1 {
            let mut kinds: Vec<_> = kinds.into_iter().collect();
            kinds.sort_by_key(|(_, minor)| -minor);
            let slices =
                kinds.iter().map(|(kind, minor)| (self.kind(*kind).to_owned(), self.of(*minor).major()));
            blocks.push(view::parts(
                self.t("Le prix d’un an, par type", "The price of a year, by kind"),
                self.t("Ce que pèse chaque type de contrat.", "The weight of each kind of contract."),
                Unit::None,
                Some(self.currency.code()),
                slices.collect(),
            ));
        }
        let rows = self.active.iter().take(100).map(|contract| {
            vec![
                contract.provider.as_str().into(),
                self.kind(contract.kind).into(),
                Value::Text(contract.name.clone()),
                contract.start.map_or(Value::Missing, Value::from),
                self.some(contract.yearly()),
            ]
        });
        let columns = [
            (self.t("Organisme", "Provider"), ColumnKind::Text),
            (self.t("Type", "Kind"), ColumnKind::Text),
            (self.t("Contrat", "Contract"), ColumnKind::Text),
            (self.t("Depuis", "Since"), ColumnKind::Date),
            (self.t("Par an", "A year"), ColumnKind::Money),
        ];
        blocks.push(view::table(self.t("Vos contrats", "Your contracts"), &columns, rows.collect()));
        blocks
    }

    /// What may be covered twice: two contracts, or a debit beside the contracts.
    fn twice(&self) -> Option<Section> {
        let found = overlaps::overlaps(&self.given.contracts, self.ctx.today);
        let mut blocks = Vec::new();
        if !found.is_empty() {
            blocks.push(Block::Advice(found.iter().take(10).map(|overlap| self.overlap(overlap)).collect()));
        }
        let beside = paid::beside(&self.given.contracts, &self.given.debits, self.ctx.today);
        if !beside.is_empty() {
            let rows = beside.iter().take(50).map(|debit| {
                let times = view::quantity(debit.times, Unit::None);
                vec![debit.label.as_str().into(), times, debit.last.into(), self.of(debit.sum).into()]
            });
            let columns = [
                (self.t("Prélèvement", "Debit"), ColumnKind::Text),
                (self.t("Fois", "Times"), ColumnKind::Quantity),
                (self.t("Dernier", "Last"), ColumnKind::Date),
                (self.t("En douze mois", "In twelve months"), ColumnKind::Money),
            ];
            let title = self
                .t("Débits sans contrat parmi ceux donnés", "Debits without a contract among those given");
            blocks.push(view::table(title, &columns, rows.collect()));
            blocks.push(view::paragraph(self.t(
                "Leurs mots sont ceux d’une assurance. Ce peut être une assurance oubliée, ou un contrat que cet organisme ne vous a pas encore donné.",
                "Their words are those of insurance. It may be a forgotten one, or a contract that this provider has not given you yet.",
            )));
        }
        let title = if self.active.is_empty() {
            self.t("Ce qui ressemble à une assurance", "What looks like insurance")
        } else {
            self.t("Peut-être en double, ou oublié", "Perhaps twice, or forgotten")
        };
        (!blocks.is_empty()).then(|| view::section(title, blocks))
    }

    fn overlap(&self, overlap: &Overlap) -> view::Advice {
        let [one, other] = overlap.pair.map(|i| self.name(&self.given.contracts[i]));
        let title =
            self.t("Vérifier si ces deux contrats se recoupent", "Check whether these two contracts overlap");
        let words = match &overlap.why {
            Why::Thing(_) => self.t("{} et {} nomment tous deux : {}.", "{} and {} both name: {}."),
            Why::Kind => self.t(
                "{} et {} sont du même type, et rien ne dit qu’ils couvrent des choses différentes.",
                "{} and {} are of the same kind, and nothing says that they cover different things.",
            ),
            Why::Guarantee(..) => {
                self.t("{} et {} nomment la même garantie : {}.", "{} and {} name the same guarantee: {}.")
            }
        };
        let shared = match &overlap.why {
            Why::Thing(thing) => Value::Text(thing.clone()),
            Why::Kind => Value::Missing,
            Why::Guarantee(fr, en) => self.ctx.lang.t(fr, en).into(),
        };
        let law = self.t(
            "Un même dommage n’est jamais indemnisé deux fois, et chaque assureur doit connaître l’autre (Code des assurances, art. L121-1 et L121-4).",
            "The same damage is never paid twice, and each insurer has to know of the other (French insurance code, art. L121-1 and L121-4).",
        );
        let gain = match overlap.at_most {
            Some(_) => self.t(
                "Au plus le prix du moins cher des deux, si l’autre suffit : lisez les conditions avant de résilier.",
                "At most the price of the cheaper of the two, if the other is enough: read the conditions before you leave.",
            ),
            None => self.t(
                "Aucun gain n’est estimé : ce peut être deux choses, ou un prix manque.",
                "No gain is estimated: it may be two things, or a price is missing.",
            ),
        };
        let how = &format!("{gain} {law}");
        let mut advice = view::advice(Icon::Contract, title, "", Effort::Minutes, how);
        advice.body = view::rich(words, vec![Value::Text(one), Value::Text(other), shared]);
        advice.saves(overlap.at_most.map(|minor| self.of(minor)), None, Confidence::Low)
    }

    /// What contracts state beside what was billed and debited.
    fn paid(&self) -> Option<Section> {
        let today = self.ctx.today;
        let providers =
            paid::by_provider(&self.given.contracts, &self.given.bills, &self.given.debits, today);
        let known: Vec<_> =
            providers.iter().filter(|(_, paid)| paid.billed.or(paid.debited).is_some()).collect();
        if known.is_empty() {
            return None;
        }
        let rows = known.iter().take(50).map(|(name, paid)| {
            vec![
                name.as_str().into(),
                self.some(paid.stated),
                self.some(paid.billed),
                self.some(paid.debited),
            ]
        });
        let columns = [
            (self.t("Organisme", "Provider"), ColumnKind::Text),
            (self.t("Annoncé, par an", "Stated, a year"), ColumnKind::Money),
            (self.t("Facturé", "Billed"), ColumnKind::Money),
            (self.t("Débité", "Debited"), ColumnKind::Money),
        ];
        let table = view::table(
            self.t("Douze mois, par organisme", "Twelve months, by provider"),
            &columns,
            rows.collect(),
        );
        let from = self.given.debits.iter().map(|debit| debit.day).min();
        let words = self.t(
            "Facturé et débité depuis le {}. Vos données bancaires commencent le {} : ce qui est d’avant manque.",
            "Billed and debited since {}. Your bank data begins on {}: what is earlier is missing.",
        );
        let since = paid::year_before(today);
        let mut blocks = vec![table];
        blocks.extend(
            from.filter(|from| *from > since).map(|from| view::told(words, vec![since.into(), from.into()])),
        );
        Some(view::section(self.t("Ce qui est vraiment payé", "What is really paid"), blocks))
    }

    /// Insurance contracts that run and whose dates are known, the next first.
    fn dates(&self) -> Vec<(&'a Contract, Dates)> {
        let insurance = self.active.iter().filter(|contract| contract.is_insurance());
        let mut dates: Vec<_> =
            insurance.filter_map(|contract| Some((*contract, contract.dates(self.ctx.today)?))).collect();
        dates.sort_by_key(|(_, dates)| dates.anniversary);
        dates
    }

    fn renewals(&self, dates: &[(&Contract, Dates)]) -> Vec<Section> {
        let rows = dates.iter().take(100).map(|(contract, dates)| {
            let free = dates.free_from.map_or(Value::Missing, Value::from);
            vec![Value::Text(self.name(contract)), dates.anniversary.into(), dates.notice.into(), free]
        });
        let columns = [
            (self.t("Contrat", "Contract"), ColumnKind::Text),
            (self.t("Anniversaire", "Anniversary"), ColumnKind::Date),
            (self.t("Dernier jour du préavis", "Last day for notice"), ColumnKind::Date),
            (self.t("Résiliable à tout moment depuis", "Free to leave since"), ColumnKind::Date),
        ];
        let table =
            view::table(self.t("Quand vous pouvez partir", "When you can leave"), &columns, rows.collect());
        let mut events: Vec<(Date, Event)> = Vec::new();
        for (contract, dates) in dates.iter().take(25) {
            self.events(contract, dates, &mut events);
        }
        events.sort_by_key(|(day, _)| *day);
        let timeline = view::timeline(
            self.t("Les douze prochains mois", "The next twelve months"),
            events.into_iter().map(|(_, event)| event).take(100).collect(),
        );
        let law = view::notice(
            Level::Info,
            self.t("Ce que dit la loi en France", "What the law of France says"),
            self.t(
                "Après un an, une assurance habitation, véhicule ou santé se résilie à tout moment et sans frais ; elle prend fin un mois après votre demande (loi Hamon, n° 2014-344, et loi n° 2019-733 pour la santé ; Code des assurances, art. L113-15-2). Une mutuelle obligatoire de l’employeur fait exception. Pour les autres : deux mois avant l’échéance (art. L113-12), que l’assureur doit vous rappeler au moins quinze jours avant ce dernier jour ; sinon vous avez vingt jours après son avis (loi Chatel, n° 2005-67 ; art. L113-15-1).",
                "After a year, home, vehicle or health insurance can be left at any time without a fee; it ends a month after you ask (law 2014-344, \"Hamon\", and law 2019-733 for health; French insurance code, art. L113-15-2). Not so a health insurance that the employer makes compulsory. Others: two months before renewal (art. L113-12), of which the insurer has to remind you fifteen days before that day at the latest; else you have twenty days after the reminder (law 2005-67, \"Chatel\"; art. L113-15-1).",
            ),
        );
        let mut sections =
            vec![view::section(self.t("Vos échéances", "Your dates"), vec![table, law, timeline])];
        let free =
            dates.iter().filter(|(_, dates)| dates.free_from.is_some_and(|from| from <= self.ctx.today));
        let free: Vec<&(&Contract, Dates)> = free.collect();
        if !free.is_empty() {
            let advice = free.iter().take(5).map(|(contract, _)| self.compare(contract)).collect();
            sections.push(view::section(
                self.t("Libres dès maintenant", "Free to leave now"),
                vec![Block::Advice(advice)],
            ));
        }
        sections
    }

    fn events(&self, contract: &Contract, dates: &Dates, events: &mut Vec<(Date, Event)>) {
        let (today, name) = (self.ctx.today, self.name(contract));
        let renewed = self.t(
            "Le contrat se renouvelle, sauf si vous l’avez résilié.",
            "The contract is renewed, unless you left it.",
        );
        let anniversary = view::event(
            dates.anniversary,
            Icon::Calendar,
            &name,
            renewed,
            contract.yearly().map(|m| self.of(m).into()),
        );
        events.push((dates.anniversary, anniversary));
        match dates.free_from {
            Some(free) if free > today => {
                let words = self.t(
                    "Résiliable à tout moment à partir de ce jour (loi Hamon).",
                    "Can be left at any time from this day on (Hamon law).",
                );
                events.push((free, view::event(free, Icon::Clock, &name, words, None)));
            }
            Some(_) => {}
            None => {
                let words = self.t(
                    "Dernier jour pour le préavis de deux mois.",
                    "Last day for the notice of two months.",
                );
                let reminder = self.t(
                    "L’avis d’échéance doit vous être envoyé d’ici là (loi Chatel).",
                    "The reminder has to be sent to you until then (Chatel law).",
                );
                let both = [(dates.notice, Icon::Clock, words), (dates.reminder, Icon::Bell, reminder)];
                let coming = both.into_iter().filter(|(day, ..)| *day >= today);
                events.extend(
                    coming.map(|(day, icon, words)| (day, view::event(day, icon, &name, words, None))),
                );
            }
        }
    }

    fn compare(&self, contract: &Contract) -> view::Advice {
        view::advice(
            Icon::Search,
            &self.name(contract),
            self.t(
                "Ce contrat a plus d’un an : vous pouvez le comparer et en changer sans attendre l’échéance.",
                "This contract is over a year old: you can compare it and change without waiting for renewal.",
            ),
            Effort::Days,
            self.t(
                "D’après sa date de début et son type ; aucun gain n’est estimé, faute d’offres à comparer.",
                "From its first day and kind; no gain is estimated, as there are no offers to compare with.",
            ),
        )
    }

    /// What could not be said, and who has what is missing.
    fn limits(&self, mut report: Report) -> Report {
        let given = self.given;
        if given.contracts.is_empty() {
            report = report.limit(self.t(
                "Sans vos contrats (vos assureurs les ont), ni doublon ni échéance ne peut être dit.",
                "Without your contracts (your insurers have them), neither overlaps nor dates can be said.",
            ));
        }
        if self.active.iter().any(|contract| contract.yearly().is_none()) {
            report = report.limit(self.t(
                "Le prix d’un contrat au moins n’est pas dit : les totaux ne le comptent pas.",
                "The price of one contract at least is not said: totals do not count it.",
            ));
        }
        if given.debits.is_empty() {
            report = report.limit(self.t(
                "Sans vos mouvements bancaires (votre banque les a), une assurance oubliée ne se voit pas, ni ce qui est débité.",
                "Without your bank transactions (your bank has them), neither a forgotten insurance nor what is debited is seen.",
            ));
        }
        if given.bills.is_empty() {
            report = report.limit(self.t(
                "Sans vos factures (chaque organisme a les siennes), ce qui est facturé n’est pas comparé.",
                "Without your bills (each provider has its own), what is billed is not compared.",
            ));
        }
        if given.others {
            report = report.limit(
                self.t("Les autres devises ne sont pas comptées.", "Other currencies are not counted."),
            );
        }
        if self.dates().is_empty() {
            return report;
        }
        report.limit(self.t(
            "L’échéance est supposée au jour anniversaire du contrat ; votre avis d’échéance dit la vraie date.",
            "Renewal is taken to be on the day the contract began; your renewal notice says the real date.",
        ))
    }
}
