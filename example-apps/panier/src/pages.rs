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
        ctx.t("Ce que vous dépensez en courses, et pour quoi.", "What you spend on shopping, and on what.")
    } else {
        ctx.t(
            "Ce que vous dépensez en courses, et ce que les mêmes produits coûtent maintenant.",
            "What you spend on shopping, and what the same products cost now.",
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

    /// Adds the limitations of the view, and the holders of missing data.
    fn limits(&self, mut report: Report, debits: &[Debit]) -> Report {
        let shopping = self.shopping;
        if shopping.products == 0 {
            report = report.limit(self.t(
                "Vos tickets ne donnent que leur total. Pour voir les produits et leurs prix, demandez les lignes à l’enseigne, qui les a si vous avez sa carte de fidélité.",
                "Your receipts have only their total. To see products and their prices, ask the shop for the lines, which it has if you use its loyalty card.",
            ));
        } else if shopping.named == 0 {
            report = report.limit(self.t(
                "Vos tickets ne donnent pas le nom des produits (l’enseigne l’a) : ni l’évolution des prix ni les labels ne sont montrés.",
                "Your receipts do not name the products (the shop can): neither prices over time nor labels are shown.",
            ));
        } else if self.changes.is_empty() {
            report = report.limit(self.t(
                "Vous n’avez encore racheté aucun produit dans le même magasin trois mois plus tard : on ne sait pas comment ses prix changent.",
                "You have not yet bought a product again in the same shop three months later: how its prices change is not known.",
            ));
        }
        if shopping.without_class > 0 {
            report = report.limit(self.t(
                "Certains produits ne sont comptés dans aucune famille : ni leur rayon ni leur nom ne la disent.",
                "Some products are counted in no kind: neither their shelf nor their name tells it.",
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
                "Sans vos opérations bancaires (votre banque les a), on ne sait pas quelle part de vos courses ces tickets couvrent.",
                "Without your bank transactions (your bank has them), how much of your shopping these receipts cover is not known.",
            ));
        } else if debits.is_empty() {
            report = report.limit(self.t(
                "Aucun paiement de votre banque n’est dans la monnaie de vos tickets : on ne sait pas quelle part de vos courses ils couvrent.",
                "No payment of your bank is in the currency of your receipts: how much of your shopping they cover is not known.",
            ));
        } else if crate::coverage::coverage(&shopping.shops, debits).is_none() {
            report = report.limit(self.t(
                "Votre banque ne nomme aucun des magasins de vos tickets aux mêmes dates : on ne sait pas quelle part de vos courses ils couvrent.",
                "Your bank names none of the shops of your receipts on the same days: how much of your shopping they cover is not known.",
            ));
        }
        report.limit(self.t(
            "Si un paquet devient plus petit au même prix, cela ne se voit pas ici : les tickets ne disent pas le poids.",
            "If a pack becomes smaller at the same price, it is not seen here: receipts do not say the weight.",
        ))
    }
}
