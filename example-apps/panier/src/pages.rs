//! The pages of the view.

use crate::Shopping;
use crate::basket::{self, Change, Pair};
use crate::coverage::{self, Debit};
use crate::labels::LABELS;
use mesinfos_sdk::view::{
    self, Block, ColumnKind, Confidence, Direction, Effort, Icon, KeyFigure, Level, Report, Section, Tone,
    Unit, Value, XyKind,
};
use mesinfos_sdk::{Context, Currency, Date, Money};
use std::collections::BTreeMap;

/// What the pages have in common.
struct Pages<'a> {
    ctx: &'a Context,
    currency: Currency,
    shopping: &'a Shopping,
    changes: Vec<Change>,
}

pub(crate) fn report(ctx: &Context, currency: Currency, shopping: &Shopping, debits: &[Debit]) -> Report {
    let changes = basket::changes(&shopping.courses);
    let pages = Pages { ctx, currency, shopping, changes };
    let headline = if pages.changes.is_empty() {
        ctx.t("Où va l’argent de vos courses.", "Where the money of your shopping goes.")
    } else {
        ctx.t(
            "Où va l’argent de vos courses, et comment vos prix bougent.",
            "Where the money of your shopping goes, and how your prices move.",
        )
    };
    let mut report = view::report(ctx, ctx.t("Panier", "Basket"), headline, pages.money(debits));
    if !pages.changes.is_empty() {
        report = report.page(ctx.t("Prix", "Prices"), Icon::Chart, pages.prices());
    }
    if shopping.shops.len() > 1 {
        report = report.page(ctx.t("Magasins", "Shops"), Icon::Cart, pages.shops());
    }
    if shopping.named > 0 {
        report = report.page(ctx.t("Labels", "Labels"), Icon::Leaf, pages.labels());
    }
    pages.limits(report, debits)
}

impl Pages<'_> {
    fn of(&self, minor: i64) -> Money {
        Money::new(minor, self.currency)
    }

    fn t<'b>(&self, fr: &'b str, en: &'b str) -> &'b str {
        self.ctx.t(fr, en)
    }

    /// Where the money goes.
    fn money(&self, debits: &[Debit]) -> Vec<Section> {
        let shopping = self.shopping;
        let paid: i64 = shopping.shops.values().map(basket::Shop::total).sum();
        let mut by_month: BTreeMap<Date, i64> = BTreeMap::new();
        for (day, minor) in shopping.shops.values().flat_map(basket::Shop::paid) {
            *by_month.entry(day.month_start()).or_default() += minor;
        }
        let months = i64::try_from(by_month.len().max(1)).unwrap_or(1);
        let spark = by_month.values().rev().take(60).rev().map(|minor| Some(self.of(*minor).major()));
        let mut figures = vec![
            view::figure(
                Icon::Cart,
                self.t("Par mois avec un achat", "A month with a purchase"),
                self.of(paid / months),
            )
            .spark(spark.collect())
            .note(self.t("D’après vos tickets seulement.", "From your receipts only.")),
            view::figure(Icon::Receipt, self.t("En tout", "In all"), self.of(paid)),
        ];
        figures.extend(self.same_basket());
        let mut sections =
            vec![view::section(self.t("En bref", "In short"), vec![Block::KeyFigures(figures)])];
        if shopping.products > shopping.without_class {
            sections.push(view::section(self.t("Ce que vous achetez", "What you buy"), self.classes()));
        }
        sections.extend(self.coverage(debits));
        sections
    }

    /// Classes by what was paid, the largest first; at most eleven and the rest.
    fn classes(&self) -> Vec<Block> {
        let mut classes: Vec<(&String, i64)> = self
            .shopping
            .classes
            .iter()
            .map(|(name, minor)| (name, *minor))
            .filter(|(_, minor)| *minor > 0)
            .collect();
        classes.sort_by_key(|(_, minor)| -minor);
        let (shown, rest) = classes.split_at(classes.len().min(11));
        let mut slices: Vec<_> =
            shown.iter().map(|(name, minor)| ((*name).clone(), self.of(*minor).major())).collect();
        let rest: i64 = rest.iter().map(|(_, minor)| minor).sum();
        if rest > 0 {
            slices.push((self.t("Le reste", "The rest").to_owned(), self.of(rest).major()));
        }
        let code = self.currency.code().to_owned();
        let months: Vec<Date> = self.shopping.months.keys().copied().collect();
        let stacks = shown.iter().take(7).map(|(name, _)| {
            let points =
                self.shopping.months.values().map(|month| month.get(*name).map(|m| self.of(*m).major()));
            view::series(name, Unit::None, Some(&code), points.collect())
        });
        vec![
            view::parts(
                self.t("Par famille de produits", "By class of products"),
                self.t(
                    "La part de chaque famille dans ce que vous avez payé.",
                    "The share of each class in what you paid.",
                ),
                Unit::None,
                Some(&code),
                slices,
            ),
            view::by_month(
                self.t("Mois par mois", "Month by month"),
                self.t("Les sept premières familles, chaque mois.", "The seven largest classes, each month."),
                XyKind::StackedBar,
                &months,
                stacks.collect(),
            ),
        ]
    }

    /// The receipts beside what the bank saw.
    fn coverage(&self, debits: &[Debit]) -> Option<Section> {
        let found = coverage::coverage(&self.shopping.shops, debits)?;
        let label = self.t("Courses dont vous avez le ticket", "Shopping that you have the receipt of");
        let progress = view::progress(
            label,
            self.of(found.receipts).major(),
            self.of(found.debits).major(),
            Unit::None,
            Some(self.currency.code()),
        );
        let words = self.t(
            "Du {} au {}, vos tickets disent {} ; votre banque voit {} chez ces enseignes et dans les commerces alimentaires. L’écart vient des espèces, et des magasins dont vous n’avez pas les tickets.",
            "From {} to {}, your receipts say {}; your bank saw {} at these shops and at food shops. The gap is cash, and shops whose receipts you do not have.",
        );
        let values = vec![
            found.from.into(),
            found.until.into(),
            self.of(found.receipts).into(),
            self.of(found.debits).into(),
        ];
        let blocks = vec![Block::Progress(vec![progress]), view::told(words, values)];
        Some(view::section(self.t("Vos tickets et votre banque", "Your receipts and your bank"), blocks))
    }

    /// What the products that were bought over months cost then and now.
    fn same_basket(&self) -> Option<KeyFigure> {
        let (first, last) = basket::same_basket(&self.changes);
        if first <= 0 {
            return None;
        }
        let per_mille = (last - first) * 1_000 / first;
        let (direction, tone) = match per_mille {
            1.. => (Direction::Up, Tone::Warn),
            0 => (Direction::Flat, Tone::Neutral),
            _ => (Direction::Down, Tone::Good),
        };
        let figure = view::figure(
            Icon::Chart,
            self.t("Le même panier aujourd’hui", "The same basket now"),
            self.of(last),
        )
        .trend(
            direction,
            view::tenths(per_mille, Unit::Percent),
            self.t("à vos premiers prix", "at your first prices"),
            tone,
        );
        Some(figure.note(self.t(
            "Mêmes produits, mêmes quantités, même magasin ; 90 jours au moins entre les deux prix.",
            "Same products, same quantities, same shop; at least 90 days between the two prices.",
        )))
    }

    fn prices(&self) -> Vec<Section> {
        let rows = self.changes.iter().take(100).map(|change| {
            vec![
                change.name.as_str().into(),
                change.shop.as_str().into(),
                change.first.0.into(),
                self.of(change.first.1).into(),
                change.last.0.into(),
                self.of(change.last.1).into(),
                view::tenths(change.per_mille(), Unit::Percent),
            ]
        });
        let columns = [
            (self.t("Produit", "Product"), ColumnKind::Text),
            (self.t("Magasin", "Shop"), ColumnKind::Text),
            (self.t("Le", "On"), ColumnKind::Date),
            (self.t("Prix", "Price"), ColumnKind::Money),
            (self.t("Puis le", "Then on"), ColumnKind::Date),
            (self.t("Prix", "Price"), ColumnKind::Money),
            (self.t("Écart", "Change"), ColumnKind::Quantity),
        ];
        let table = view::table(
            self.t("Du premier au dernier prix", "From the first to the last price"),
            &columns,
            rows.collect(),
        );
        let title = self.t("Les produits où vous dépensez le plus", "The products on which you spend most");
        vec![view::section(title, vec![self.courses(), table])]
    }

    /// The courses of the prices of four products, month by month.
    fn courses(&self) -> Block {
        let shown: Vec<&Change> = self.changes.iter().take(4).collect();
        let all: Vec<(&String, &basket::Course)> = self.shopping.courses.values().flatten().collect();
        let mut lines: Vec<(String, BTreeMap<Date, i64>)> = Vec::new();
        for change in shown {
            let of_it =
                all.iter().filter(|(shop, course)| **shop == change.shop && course.name == change.name);
            let prices = of_it
                .flat_map(|(_, course)| &course.prices)
                .map(|(day, price, _)| (day.month_start(), *price));
            lines.push((format!("{}, {}", change.name, change.shop), prices.collect()));
        }
        let mut months: Vec<Date> = lines.iter().flat_map(|(_, prices)| prices.keys().copied()).collect();
        months.sort_unstable();
        months.dedup();
        let code = self.currency.code().to_owned();
        let series = lines.iter().map(|(name, prices)| {
            let points = months.iter().map(|month| prices.get(month).map(|price| self.of(*price).major()));
            view::series(name, Unit::None, Some(&code), points.collect())
        });
        view::by_month(
            self.t("Le prix d’une unité", "The price of one unit"),
            self.t(
                "Avant remise ; un mois sans achat est un blanc.",
                "Before discounts; a month without a purchase is a gap.",
            ),
            XyKind::Line,
            &months,
            series.collect(),
        )
    }

    fn shops(&self) -> Vec<Section> {
        let mut shops: Vec<_> = self.shopping.shops.iter().collect();
        shops.sort_by_key(|(_, shop)| -shop.total());
        let rows = shops.iter().take(50).map(|(name, shop)| {
            let receipts = i64::try_from(shop.receipts.len()).unwrap_or(0);
            let mean = if receipts > 0 { self.of(shop.total() / receipts).into() } else { Value::Missing };
            let receipts = if receipts > 0 { view::quantity(receipts, Unit::None) } else { Value::Missing };
            vec![name.as_str().into(), self.of(shop.total()).into(), receipts, mean]
        });
        let columns = [
            (self.t("Magasin", "Shop"), ColumnKind::Text),
            (self.t("Payé", "Paid"), ColumnKind::Money),
            (self.t("Tickets", "Receipts"), ColumnKind::Quantity),
            (self.t("Par ticket", "A receipt"), ColumnKind::Money),
        ];
        let table = view::table(self.t("Où vous achetez", "Where you buy"), &columns, rows.collect());
        let mut sections = vec![view::section(self.t("Vos magasins", "Your shops"), vec![table])];
        let until = self.shopping.days().map_or(self.ctx.today, |(_, last)| last);
        if let Some((names, pairs)) = basket::two_shops(&self.shopping.courses, until) {
            sections.push(view::section(
                self.t("Les mêmes produits", "The same products"),
                self.comparison(&names, &pairs),
            ));
        }
        sections
    }

    fn comparison(&self, names: &[String; 2], pairs: &[Pair]) -> Vec<Block> {
        let sum = |at: usize| self.of(pairs.iter().map(|pair| pair.prices[at]).sum());
        let figures = [0, 1].map(|at| view::figure(Icon::Cart, &names[at], sum(at)));
        let rows = pairs.iter().take(100).map(|pair| {
            vec![pair.name.as_str().into(), self.of(pair.prices[0]).into(), self.of(pair.prices[1]).into()]
        });
        let columns = [
            (self.t("Produit", "Product"), ColumnKind::Text),
            (names[0].as_str(), ColumnKind::Money),
            (names[1].as_str(), ColumnKind::Money),
        ];
        let table = view::table(
            self.t("Votre dernier prix à chacun", "Your last price at each"),
            &columns,
            rows.collect(),
        );
        let mut blocks = vec![Block::KeyFigures(figures.to_vec()), table];
        let saved: i64 = pairs.iter().map(Pair::saving).sum();
        if saved > 0 {
            let advice = view::advice(
                Icon::Idea,
                self.t("Acheter chacun de ces produits où il coûte moins", "Buy each of these products where it costs less"),
                self.t(
                    "Seulement si les deux magasins sont déjà sur votre chemin.",
                    "Only if both shops are on your way already.",
                ),
                Effort::Minutes,
                self.t(
                    "Écart entre les derniers prix, fois ce que vous avez acheté au plus cher dans les douze derniers mois de vos tickets. Sans les remises ni le trajet.",
                    "Gap between the last prices, times what you bought at the dearer one in the last twelve months of your receipts. Without discounts or the way.",
                ),
            );
            blocks.push(Block::Advice(vec![advice.saves(Some(self.of(saved)), None, Confidence::Low)]));
        }
        blocks
    }

    fn labels(&self) -> Vec<Section> {
        let labelled = |class: &String| self.shopping.labelled.get(class).copied().unwrap_or(0);
        // A class where no label was read is left out: that none was read does not say that there is none.
        let mut classes: Vec<_> = self
            .shopping
            .classes
            .iter()
            .filter(|(class, minor)| **minor > 0 && labelled(class) > 0)
            .collect();
        classes.sort_by_key(|(_, minor)| -**minor);
        let shares = classes.iter().take(12).map(|(class, minor)| {
            let target = self.of(**minor).major();
            view::progress(
                class,
                self.of(labelled(class)).major(),
                target,
                Unit::None,
                Some(self.currency.code()),
            )
        });
        let rows = LABELS.iter().enumerate().map(|(i, label)| {
            let paid = self.shopping.labels.get(&i).map_or(Value::Missing, |minor| self.of(*minor).into());
            vec![
                self.t(label.name.0, label.name.1).into(),
                paid,
                self.t(label.certifies.0, label.certifies.1).into(),
            ]
        });
        let columns = [
            (self.t("Label", "Label"), ColumnKind::Text),
            (self.t("Payé", "Paid"), ColumnKind::Money),
            (self.t("Ce qu’il certifie", "What it certifies"), ColumnKind::Text),
        ];
        let known = view::table(
            self.t("Les labels et ce qu’ils certifient", "Labels and what they certify"),
            &columns,
            rows.collect(),
        );
        let reading = view::notice(
            Level::Info,
            self.t("Lu dans les mots de vos tickets", "Read in the words of your receipts"),
            self.t(
                "Un ticket abrège : un produit peut avoir un label sans que le ticket le dise. Une part est donc un minimum, et une famille absente n’est pas une famille sans label.",
                "Receipts are short: a product may have a label that they do not say. A share is at least that much, and a class that is not here may have labels too.",
            ),
        );
        let shares: Vec<view::Progress> = shares.collect();
        let mut blocks = vec![reading];
        if !shares.is_empty() {
            blocks.insert(0, Block::Progress(shares));
        }
        vec![
            view::section(self.t("Ce qui a un label, par famille", "What has a label, by class"), blocks),
            view::section(self.t("Choisir en connaissance", "Choosing with knowledge"), vec![known]),
        ]
    }

    /// What could not be said, and who has what is missing.
    fn limits(&self, mut report: Report, debits: &[Debit]) -> Report {
        let shopping = self.shopping;
        if shopping.products == 0 {
            report = report.limit(self.t(
                "Vos tickets n’ont pas leurs lignes : demandez-les à l’enseigne (carte de fidélité) pour voir produits et prix.",
                "Your receipts have no lines: ask the shop (loyalty card) for them to see products and prices.",
            ));
        } else if shopping.named == 0 {
            report = report.limit(self.t(
                "Sans le nom des produits (l’enseigne l’a), ni l’évolution des prix ni les labels ne sont montrés.",
                "Without the names of products (the shop has them), neither prices over time nor labels are shown.",
            ));
        } else if self.changes.is_empty() {
            report = report.limit(self.t(
                "Aucun produit acheté deux fois au même endroit à 90 jours d’écart : pas encore d’évolution des prix.",
                "No product bought twice at one place 90 days apart: no course of prices yet.",
            ));
        }
        if shopping.without_class > 0 {
            report = report.limit(self.t(
                "La famille de certains produits n’est connue ni par le rayon ni par le nom.",
                "The class of some products is known neither by shelf nor by name.",
            ));
        }
        if shopping.without_total > 0 {
            report = report.limit(self.t(
                "Des tickets sans total ne sont pas comptés.",
                "Receipts without a total are not counted.",
            ));
        }
        if debits.is_empty() {
            report = report.limit(self.t(
                "Sans vos mouvements bancaires (votre banque les a), on ne sait pas quelle part de vos courses ces tickets couvrent.",
                "Without your bank transactions (your bank has them), how much of your shopping these receipts cover is not known.",
            ));
        }
        report.limit(self.t(
            "Un paquet devenu plus petit au même prix ne se voit pas : les tickets ne disent pas le poids.",
            "A pack that became smaller at the same price is not seen: receipts do not say the weight.",
        ))
    }
}
