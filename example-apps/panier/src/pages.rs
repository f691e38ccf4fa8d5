//! The pages of the view.

use crate::Shopping;
use crate::basket::{self, Change};
use crate::coverage::Debit;
use mesinfos_sdk::view::{self, Icon, Report};
use mesinfos_sdk::{Context, Currency, Money};

mod labels;
mod money;
mod prices;
mod shops;

/// Data shared by the pages.
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
        ctx.t(
            "Ce que vous dépensez en courses, et pour quels produits.",
            "What you spend on groceries, and on which products.",
        )
    } else {
        ctx.t(
            "Ce que vous dépensez en courses, et comment les prix des mêmes produits ont changé.",
            "What you spend on groceries, and how the prices of the same products changed.",
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
    if let Some((first, last)) = shopping.days() {
        report = report.days(first, last);
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

    /// Adds the limitations of the view, and the holders of missing data.
    fn limits(&self, mut report: Report, debits: &[Debit]) -> Report {
        let shopping = self.shopping;
        if shopping.products == 0 {
            report = report.limit(self.t(
                "Vos tickets ne donnent que leur total. Pour voir les produits et leurs prix, demandez le détail des tickets à l’enseigne, qui l’a si vous utilisez sa carte de fidélité.",
                "Your receipts give only their total. To see products and their prices, ask the shop for itemised receipts, which it has if you use its loyalty card.",
            ));
        } else if shopping.named == 0 {
            report = report.limit(self.t(
                "Vos tickets ne donnent pas le nom des produits (l’enseigne l’a) : ni l’évolution des prix ni les labels ne sont montrés.",
                "Your receipts do not name the products (the shop holds the names), so neither price changes nor labels are shown.",
            ));
        } else if self.changes.is_empty() {
            report = report.limit(self.t(
                "Vous n’avez encore racheté aucun produit dans le même magasin trois mois plus tard : l’évolution des prix n’est pas connue.",
                "You have not yet bought a product again in the same shop three months later, so how its prices change is not known.",
            ));
        }
        if shopping.without_class > 0 {
            report = report.limit(self.t(
                "Certains produits ne sont rangés dans aucune famille : ni leur rayon ni leur nom ne l’indiquent.",
                "Some products are not sorted into any type: neither their aisle nor their name tells which.",
            ));
        }
        if shopping.without_total > 0 {
            report = report.limit(self.t(
                "Les tickets qui n’ont pas de total ne sont pas comptés.",
                "Receipts without a total are not counted.",
            ));
        }
        if !shopping.has_bank {
            report = report.limit(self.t(
                "Vos opérations bancaires ne sont pas là (votre banque les a) : la part de vos courses que couvrent ces tickets n’est pas connue.",
                "Your bank transactions are not here (your bank holds them), so how much of your shopping these receipts cover is not known.",
            ));
        } else if debits.is_empty() {
            report = report.limit(self.t(
                "Aucun paiement de votre banque n’est dans la monnaie de vos tickets : la part de vos courses qu’ils couvrent n’est pas connue.",
                "No payment from your bank is in the currency of your receipts, so how much of your shopping they cover is not known.",
            ));
        } else if crate::coverage::coverage(&shopping.shops, debits).is_none() {
            report = report.limit(self.t(
                "Votre banque ne nomme aucun des magasins de vos tickets aux mêmes dates : la part de vos courses qu’ils couvrent n’est pas connue.",
                "Your bank names none of the shops on your receipts on the same days, so how much of your shopping they cover is not known.",
            ));
        }
        report.limit(self.t(
            "Le poids n’est connu que s’il figure dans le nom du produit : un paquet devenu plus petit au même prix peut passer inaperçu.",
            "The weight is known only when it is in the product’s name: a pack that got smaller at the same price may go unnoticed.",
        ))
    }
}
