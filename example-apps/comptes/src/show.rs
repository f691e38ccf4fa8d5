//! The view: what the account cost and what was used; the same use at published tariffs; where the prices are from.

use crate::compare::{Cost, saving};
use crate::fees::Fee;
use crate::tariffs::{TARIFFS, Tariff, documents};
use crate::usage::{Usage, What};
use crate::{Findings, TOO_FEW};
use mesinfos_sdk::view::{self, Block, ColumnKind, Confidence, Effort, Icon, Report, Section, Unit};
use mesinfos_sdk::{Context, Currency, Money, Value};

pub(crate) fn report(ctx: &Context, found: &Findings) -> Report {
    let headline = ctx.t(
        "Ce que votre compte vous coûte, ce dont vous vous servez, et le prix du même usage ailleurs.",
        "What your account costs you, what you use of it, and the price of the same use elsewhere.",
    );
    let page = Page { ctx, found };
    let mut sections = vec![page.in_short()];
    sections.extend(page.fees());
    sections.extend(found.has_kinds.then(|| page.used()));
    sections.extend(page.accounts());
    let mut report = view::report(ctx, ctx.t("Comptes", "Bank accounts"), headline, sections);
    if let Some(costs) = &found.costs {
        let mut compared = vec![page.comparison(costs)];
        compared.extend(page.advice(costs));
        compared.push(page.terms());
        report = report.page(ctx.t("Comparer", "Compare"), Icon::Contract, compared);
        let title = ctx.t("D’où viennent les prix", "Where the prices are from");
        report = report.page(title, Icon::Search, vec![page.sources()]);
    }
    page.limits(report.days(found.first, found.last))
}

struct Page<'a> {
    ctx: &'a Context,
    found: &'a Findings,
}

/// Full name of a tariff. What is no name of a product, such as "à la carte", follows a comma.
fn name(ctx: &Context, tariff: &Tariff) -> String {
    let name = ctx.t(tariff.name.0, tariff.name.1);
    let comma = if name.starts_with(char::is_lowercase) { "," } else { "" };
    format!("{}{comma} {name}", tariff.bank)
}

fn euros(cents: i64) -> Money {
    Money::new(cents, Currency::EUR)
}

impl Page<'_> {
    fn t(&self, fr: &'static str, en: &'static str) -> &'static str {
        self.ctx.t(fr, en)
    }

    fn money(&self, minor: i64) -> Money {
        Money { minor, currency: self.found.currency }
    }

    /// Of which days the movements are.
    fn range(&self) -> String {
        self.ctx.lang.days(self.found.first, self.found.last)
    }

    fn main(&self) -> (&str, &Usage) {
        let (name, usage) = &self.found.accounts[self.found.main];
        (name, usage)
    }

    /// What the main account cost for services that the tariffs have a price for.
    fn paid(&self) -> i64 {
        self.main().1.cost(Fee::is_compared)
    }

    /// Indices of the tariffs, the cheapest first: those that are not known whole come last.
    fn order(costs: &[Cost]) -> Vec<usize> {
        let mut order: Vec<usize> = (0..costs.len()).collect();
        // Of equals, by the alphabet: no bank is favoured.
        order.sort_by_key(|i| {
            (!costs[*i].unknown.is_empty(), costs[*i].most, costs[*i].least, TARIFFS[*i].bank)
        });
        order
    }

    /// Whether a tariff has what the person uses: cheques, an overdraft.
    fn suits(&self, tariff: &Tariff) -> bool {
        let usage = self.main().1;
        let cheques = usage.count(|what| what == What::Cheque).0;
        (tariff.cheques == Some(true) || cheques == 0) && (tariff.overdraft || !usage.is_overdrawn())
    }

    /// The cheapest tariffs of those that are known whole and have what the person uses: more than one if they cost
    /// the same.
    fn cheapest(&self, costs: &[Cost]) -> Vec<usize> {
        let suits = |i: &usize| costs[*i].unknown.is_empty() && self.suits(&TARIFFS[*i]);
        let mut order: Vec<usize> = Self::order(costs).into_iter().filter(suits).collect();
        let equal = order.iter().take_while(|i| costs[**i] == costs[order[0]]).count();
        order.truncate(equal);
        order
    }

    /// The cheapest tariffs, with the saving against what is paid: at least, at most.
    fn best(&self, costs: &[Cost]) -> Option<(Vec<usize>, i64, i64)> {
        let best = self.cheapest(costs);
        let first = best.first().filter(|_| self.main().1.is_whole())?;
        let (least, most) = saving(self.paid(), &costs[*first])?;
        Some((best, least, most))
    }

    fn names(&self, tariffs: &[usize]) -> String {
        let names: Vec<String> = tariffs.iter().map(|i| name(self.ctx, &TARIFFS[*i])).collect();
        names.join(self.t(" ; ", "; "))
    }

    fn in_short(&self) -> Section {
        let all = &self.found.all;
        let label = self.t("Frais vus, tous comptes", "Fees seen, all accounts");
        let mut figures = vec![
            view::figure(Icon::Bank, label, self.money(all.cost(|_| true)))
                .note(
                    &self
                        .t(
                            "Vos opérations {}. Ce qui a été remboursé est déduit.",
                            "Your transactions {}. Refunds are taken off.",
                        )
                        .replace("{}", &self.range()),
                )
                .because(all.fee_rows(|_| true)),
        ];
        let overdraft = all.cost(|fee| matches!(fee, Fee::Overdraft | Fee::Intervention));
        if overdraft > 0 && self.found.has_labels {
            let label = self.t("Dont le découvert", "Of which the overdraft");
            figures.push(
                view::figure(Icon::Bell, label, self.money(overdraft))
                    .note(
                        self.t("Agios et commissions d’intervention.", "Interest and fees beyond the limit."),
                    )
                    .because(all.fee_rows(|fee| matches!(fee, Fee::Overdraft | Fee::Intervention))),
            );
        }
        if let Some(costs) = &self.found.costs {
            if self.main().1.is_whole() {
                let label =
                    self.t("Frais comparables du compte principal", "Comparable fees of the main account");
                figures.push(
                    view::figure(Icon::Money, label, self.money(self.paid()))
                        .note(self.main().0)
                        .because(self.main().1.fee_rows(Fee::is_compared)),
                );
            }
            let cheapest = self.cheapest(costs);
            if let Some(first) = cheapest.first() {
                let label = self.t("Le tarif le moins cher, au plus", "The cheapest tariff, at most");
                let figure = view::figure(Icon::Contract, label, euros(costs[*first].most));
                figures.push(figure.note(&self.names(&cheapest)));
            }
        }
        let label = self.t("Jours connus", "Days known");
        let figure = view::figure(Icon::Calendar, label, view::quantity(all.known, Unit::Day));
        figures.push(figure.note(&self.ctx.lang.sentence(&self.range())));
        view::section(self.t("En bref", "In short"), vec![Block::KeyFigures(figures)])
    }

    fn fees(&self) -> Option<Section> {
        let kinds = self.found.all.by_kind();
        let section = self.t("Les frais", "Fees");
        if kinds.is_empty() {
            let words = self.t(
                "Aucun frais n’apparaît dans les opérations connues : soit votre banque n’en prend pas, soit elle les prélève sur un compte qui n’est pas ici.",
                "No fee is in the transactions that are known: either your bank takes none, or it takes them from an account that is not here.",
            );
            return Some(view::section(section, vec![view::paragraph(words)]));
        }
        let columns = [
            (self.t("Frais", "Fees"), ColumnKind::Text),
            (self.t("Nombre", "Number"), ColumnKind::Number),
            (self.t("Coût", "Cost"), ColumnKind::Money),
        ];
        let rows = kinds.iter().map(|(fee, number, cost)| {
            let (fr, en) = fee.names();
            vec![self.t(fr, en).into(), view::quantity(*number, Unit::None), self.money(*cost).into()]
        });
        let title = self.t("Ce que vos comptes ont coûté", "What your accounts cost");
        Some(view::section(section, vec![view::table(title, &columns, rows.collect())]))
    }

    fn used(&self) -> Section {
        let all = &self.found.all;
        let used = [
            (self.t("Paiements par carte", "Card payments"), all.count(|what| matches!(what, What::Card(_)))),
            (
                self.t("dont dans une autre monnaie", "of which in another currency"),
                all.count(|what| what == What::Card(true)),
            ),
            (self.t("Retraits", "Cash withdrawals"), all.count(|what| matches!(what, What::Cash(_)))),
            (
                self.t("dont retraits dans une autre monnaie", "of which withdrawals in another currency"),
                all.count(|what| what == What::Cash(true)),
            ),
            (self.t("Prélèvements", "Direct debits"), all.count(|what| what == What::Debit)),
            (self.t("Virements émis", "Transfers sent"), all.count(|what| matches!(what, What::Transfer(_)))),
            (self.t("dont instantanés", "of which instant"), all.count(|what| what == What::Transfer(true))),
            (self.t("Chèques émis", "Cheques written"), all.count(|what| what == What::Cheque)),
            (self.t("Chèques remis", "Cheques paid in"), all.count(|what| what == What::ChequeIn)),
        ];
        let columns = [
            (self.t("Service", "Service"), ColumnKind::Text),
            (self.t("Nombre", "Number"), ColumnKind::Number),
            (self.t("Montant", "Amount"), ColumnKind::Money),
        ];
        // Only labels tell of another currency, and of what is instant.
        let is_told = |at: &usize| self.found.has_labels || !matches!(at, 1 | 3 | 6);
        let rows =
            used.iter().enumerate().filter(|(at, _)| is_told(at)).map(|(_, (label, (number, sum)))| {
                vec![(*label).into(), view::quantity(*number, Unit::None), self.money(*sum).into()]
            });
        let title = self.t("Ce dont vous vous servez", "What you use");
        view::section(self.t("L’usage", "Use"), vec![view::table(title, &columns, rows.collect())])
    }

    /// Only of several accounts.
    fn accounts(&self) -> Option<Section> {
        if self.found.accounts.len() < 2 {
            return None;
        }
        let columns = [
            (self.t("Compte", "Account"), ColumnKind::Text),
            (self.t("Jours connus", "Days known"), ColumnKind::Quantity),
            (self.t("Paiements par carte", "Card payments"), ColumnKind::Number),
            (self.t("Frais", "Fees"), ColumnKind::Money),
            (self.t("Comparé", "Compared"), ColumnKind::Flag),
        ];
        let rows = self.found.accounts.iter().enumerate().take(MOST_ACCOUNTS).map(|(i, (name, usage))| {
            vec![
                Value::from(name.as_str()),
                view::quantity(usage.known, Unit::Day),
                view::quantity(usage.count(|what| matches!(what, What::Card(_))).0, Unit::None),
                self.money(usage.cost(|_| true)).into(),
                Value::Flag(i == self.found.main && self.found.costs.is_some()),
            ]
        });
        let title = self.t("Compte par compte", "Account by account");
        let section = self.t("Les comptes", "Accounts");
        Some(view::section(section, vec![view::table(title, &columns, rows.collect())]))
    }

    fn comparison(&self, costs: &[Cost]) -> Section {
        let (account, usage) = self.main();
        let cheques = usage.count(|what| what == What::Cheque).0;
        let best = self.best(costs);
        let mut recommended = None;
        let mut offers = Vec::new();
        for i in Self::order(costs) {
            let (tariff, cost) = (&TARIFFS[i], &costs[i]);
            // Of several that cost the same, none is better.
            if best.as_ref().is_some_and(|(best, ..)| *best == [i]) {
                recommended = u32::try_from(offers.len()).ok();
            }
            let yearly = cost.unknown.is_empty().then(|| euros(cost.most));
            let fixed = tariff.account + tariff.card.unwrap_or(0);
            let values = vec![euros(fixed).into(), euros(cost.least).into()];
            let mut offer = view::offer(&name(self.ctx, tariff), tariff.bank, false, yearly, values);
            offer.cons.extend(cost.unknown.iter().map(|fee| {
                let (fr, en) = fee.names();
                let words =
                    self.t("Prix que nous n’avons pas pu lire : {}.", "A price that we could not read: {}.");
                words.replace("{}", &self.t(fr, en).to_lowercase())
            }));
            if cheques > 0 && tariff.cheques != Some(true) {
                let words = match tariff.cheques {
                    Some(_) => {
                        self.t("Pas de chéquier : vous écrivez des chèques.", "No cheques: you write some.")
                    }
                    None => self.t(
                        "Nous n’avons pas pu vérifier si cette offre donne un chéquier ; vous écrivez des chèques.",
                        "We could not check whether this offer comes with cheques; you write some.",
                    ),
                };
                offer.cons.push(words.to_owned());
            }
            if !tariff.overdraft && usage.is_overdrawn() {
                let words = self.t("Pas de découvert : vous en avez eu un.", "No overdraft: you had one.");
                offer.cons.push(words.to_owned());
            }
            if tariff.idle > 0 && usage.idle > 0 && usage.has_card() {
                let words = self.t(
                    "Certains mois sont sans paiement par carte : ils seraient facturés.",
                    "Some months have no card payment: they would be charged.",
                );
                offer.cons.push(words.to_owned());
            }
            offers.push(offer);
        }
        if usage.is_whole() {
            let own = self.t("Ce que vous payez", "What you pay");
            let unknown = vec![Value::Missing, Value::Missing];
            offers.push(view::offer(own, account, true, Some(self.money(self.paid())), unknown));
        }
        let title = match usage.is_whole() {
            true => self.t("Le même usage, aux tarifs publiés", "The same use, at published tariffs"),
            false => self.t("Un an, à votre rythme", "A year, at your pace"),
        };
        let table = view::comparison(
            title,
            &[self.t("Compte et carte", "Account and card"), self.t("Au moins", "At least")],
            offers,
            recommended,
            self.t(
                "Aucun lien avec une banque : aucune n’a payé pour figurer ici, et rien n’est souscrit depuis cette page.",
                "No ties with any bank: none has paid to be here, and you cannot sign up from this page.",
            ),
        );
        let words = self.t(
            "Le coût d’un an est ce que votre usage coûterait au plus ; « au moins » est le plus petit montant possible, quand le tarif ou vos opérations laissent un doute.",
            "The cost of a year is what your use would cost at most; “at least” is the smallest possible amount, where the tariff or your transactions leave a doubt.",
        );
        view::section(self.t("Les tarifs", "Tariffs"), vec![view::paragraph(words), table])
    }

    fn advice(&self, costs: &[Cost]) -> Option<Section> {
        let (best, least, most) = self.best(costs)?;
        let cost = &costs[*best.first()?];
        let mut advice = view::advice(
            Icon::Contract,
            self.t("Regardez de plus près ce qui vous coûterait moins", "Look more closely at what would cost you less"),
            "",
            Effort::Days,
            &self.t(
                "Les frais comparables de votre compte principal {}, moins le coût le plus élevé du même usage à ces tarifs. Les commissions d’intervention sont comptées ; les agios, les rejets et les autres frais ne le sont pas.",
                "The comparable fees of your main account {}, less the highest cost of the same use at these tariffs. Fees for passing a payment beyond the limit are counted; overdraft interest, rejected payments and other fees are not.",
            )
            .replace("{}", &self.range()),
        );
        let mut values = vec![Value::from(self.names(&best).as_str()), self.money(self.paid()).into()];
        let words = if least == most {
            values.extend([euros(cost.most).into(), euros(least).into()]);
            self.t(
                "{} : au lieu de {}, le même usage coûterait {} par an, soit {} de moins. Lisez les conditions plus bas et la brochure avant de changer ; la nouvelle banque peut déplacer vos virements et prélèvements pour vous (mandat de mobilité).",
                "{}: instead of {}, the same use would cost {} a year, {} less. Read the conditions below and the brochure before you change; the new bank can move your transfers and direct debits for you (switching mandate).",
            )
        } else {
            let ends = [cost.least, cost.most, least, most];
            values.extend(ends.map(|cents| Value::from(euros(cents))));
            self.t(
                "{} : au lieu de {}, le même usage coûterait entre {} et {} par an, soit de {} à {} de moins. Lisez les conditions plus bas et la brochure avant de changer ; la nouvelle banque peut déplacer vos virements et prélèvements pour vous (mandat de mobilité).",
                "{}: instead of {}, the same use would cost between {} and {} a year, {} to {} less. Read the conditions below and the brochure before you change; the new bank can move your transfers and direct debits for you (switching mandate).",
            )
        };
        advice.body = view::rich(words, values);
        let advice = advice.saves(Some(euros(least)), None, Confidence::Low);
        Some(view::section(self.t("Conseil", "Advice"), vec![Block::Advice(vec![advice])]))
    }

    fn terms(&self) -> Section {
        let columns = [
            (self.t("Tarif", "Tariff"), ColumnKind::Text),
            (self.t("Conditions et hypothèses", "Conditions and assumptions"), ColumnKind::Text),
            (self.t("Plus ancien document daté", "Oldest dated document"), ColumnKind::Date),
        ];
        let rows = TARIFFS.iter().map(|tariff| {
            let oldest = tariff.sources.iter().filter_map(|document| document.day()).min();
            vec![
                name(self.ctx, tariff).as_str().into(),
                self.ctx.t(tariff.conditions.0, tariff.conditions.1).into(),
                oldest.map_or(Value::Missing, Value::from),
            ]
        });
        let title = self.t("Ce que suppose chaque ligne", "What each line assumes");
        view::section(
            self.t("Les conditions", "Conditions"),
            vec![view::table(title, &columns, rows.collect())],
        )
    }

    fn sources(&self) -> Section {
        let columns = [
            (self.t("Document", "Document"), ColumnKind::Text),
            (self.t("Date", "Date"), ColumnKind::Date),
            (self.t("Lu dans", "Read in"), ColumnKind::Text),
            (self.t("Tarifs", "Tariffs"), ColumnKind::Text),
        ];
        let rows = documents().into_iter().map(|document| {
            let users =
                TARIFFS.iter().filter(|tariff| tariff.sources.iter().any(|one| one.name == document.name));
            let users: Vec<String> = users.map(|tariff| name(self.ctx, tariff)).collect();
            vec![
                self.t(document.name.0, document.name.1).into(),
                document.day().map_or(Value::Missing, Value::from),
                document.read_in.map_or(Value::Missing, |(fr, en)| self.t(fr, en).into()),
                users.join(self.t(" ; ", "; ")).as_str().into(),
            ]
        });
        let title = self.t("Documents lus en novembre 2026", "Documents read in November 2026");
        let words = self.t(
            "Chaque prix vient d’un de ces documents. Un tiret, à la place d’une date, veut dire que la page n’est pas datée.",
            "Each price is from one of these documents. A dash in place of a date means that the page has none.",
        );
        let table = view::table(title, &columns, rows.collect());
        view::section(self.t("Les documents", "Documents"), vec![view::paragraph(words), table])
    }

    fn limits(&self, mut report: Report) -> Report {
        let (_, usage) = self.main();
        let all = &self.found.all;
        if self.found.currency != Currency::EUR {
            report = report.limit(self.t(
                "Votre compte n’est pas en euros. Les tarifs connus ici sont français : rien n’est comparé.",
                "Your account is not in euros. The tariffs known here are French: nothing is compared.",
            ));
            if self.found.currency.code() == "GBP" {
                report = report.limit(self.t(
                    "Au Royaume-Uni, un compte courant ordinaire est le plus souvent sans cotisation tant qu’il est créditeur : ce qui se compare, sur le site de chaque banque, est le prix du découvert et des paiements à l’étranger.",
                    "In the United Kingdom an ordinary current account mostly has no fee while in credit: what can be compared, on the site of each bank, is the price of an overdraft and of payments abroad.",
                ));
            }
            return self.common(report);
        }
        if !self.found.has_kinds {
            report = report.limit(self.t(
                "Sans le type de chaque opération, on ne sait pas ce dont vous vous servez : aucun tarif n’est comparé, et seuls sont vus les frais que leur libellé nomme sans doute possible.",
                "Without the kind of each transaction, nothing tells what you use: no tariff is compared, and only fees whose description leaves no doubt are seen.",
            ));
            return self.common(report);
        }
        if !self.found.has_labels {
            return report.limit(self.t(
                "Sans les libellés, on ne sait ni pour quoi un frais a été pris, ni ce qui a été payé dans une autre monnaie : aucun tarif n’est comparé.",
                "Without descriptions nothing tells what a fee was for, or what was paid in another currency: no tariff is compared.",
            ));
        }
        if self.found.costs.is_none() {
            let words = self.t(
                "Moins de {} d’opérations sont connus pour le compte principal : aucun tarif n’est comparé. Votre banque a le reste.",
                "Less than {} of transactions are known for the main account: no tariff is compared. Your bank holds the rest.",
            );
            report.limits.push(view::rich(words, vec![view::quantity(TOO_FEW, Unit::Day)]));
            return self.common(report);
        }
        if !usage.is_whole() {
            let words = self.t(
                "Seuls {} de l’année comptée sont connus : ce que vous payez à l’unité est ramené à un an, et rien n’est recommandé. Une cotisation annuelle peut manquer.",
                "Only {} of the year counted are known: what you pay for one by one is brought to a year, and nothing is recommended. A yearly fee may be missing.",
            );
            report.limits.push(view::rich(words, vec![view::quantity(usage.known, Unit::Day)]));
        }
        let left = usage.cost(|fee| !fee.is_compared());
        if left != 0 {
            let words = self.t(
                "{} de frais du compte principal ne sont comparés à rien : agios, incidents, chèques, assurances et autres. Le taux d’un découvert dépend de ce que chaque banque accorde.",
                "{} of fees of the main account are compared with nothing: overdraft interest, incidents, cheques, insurance and others. The rate of an overdraft depends on what each bank grants.",
            );
            report.limits.push(view::rich(words, vec![self.money(left).into()]));
        }
        if usage.count(|what| what == What::Cash(false)).0 > 0 {
            report = report.limit(self.t(
                "À quelle banque était chaque distributeur n’est pas écrit : pour une banque avec agences, un retrait peut être gratuit ou payé.",
                "Which bank each cash machine belonged to is not written: with a bank that has branches, a withdrawal may be free or paid for.",
            ));
        }
        report = report.limit(self.t(
            "Chaque ligne suppose une seule carte d’entrée de gamme, à débit immédiat. Si la vôtre est plus complète (assurances, plafonds), ou si vous en avez deux, l’écart ne se compare pas tel quel.",
            "Each line assumes one entry card with immediate debit. If yours offers more (insurance, limits), or if you have two, the difference cannot be taken as it is.",
        ));
        report = report.limit(self.t(
            "Les prix viennent surtout d’articles sur les brochures, à la date de chaque document : une banque a pu en changer depuis. Un prix que nous n’avons pas pu lire n’est pas deviné.",
            "The prices are mostly from articles about the brochures, as of the date of each document: a bank may have changed them since. A price that we could not read is not guessed.",
        ));
        if all.count(|what| what == What::Transfer(true)).0 > 0 {
            report = report.limit(self.t(
                "Un virement instantané ne coûte pas plus qu’un virement ordinaire depuis le 9 janvier 2025 (règlement (UE) 2024/886) : il est compté gratuit partout.",
                "An instant transfer costs no more than an ordinary one since 9 January 2025 (Regulation (EU) 2024/886): it counts as free everywhere.",
            ));
        }
        self.common(report)
    }

    fn common(&self, mut report: Report) -> Report {
        if self.found.accounts.len() > MOST_ACCOUNTS {
            report = report.limit(self.t(
                "Seuls vos premiers comptes sont dans le tableau ; les totaux comptent tout.",
                "Only your first accounts are in the table; the totals count all.",
            ));
        }
        report = report.limit(self.t(
            "Une opération n’est vue comme faite dans une autre monnaie que si son libellé le dit ; un paiement en ligne à un commerce étranger en euros n’est pas vu.",
            "A transaction is seen as made in another currency only if its description says so; an online payment in euros to a foreign shop is not seen.",
        ));
        if self.found.other_currencies {
            report = report.limit(self.t(
                "Seuls les comptes de la monnaie la plus utilisée sont montrés.",
                "Only the accounts in the currency that is used most are shown.",
            ));
        }
        report
    }
}

/// Accounts in the table.
const MOST_ACCOUNTS: usize = 12;
