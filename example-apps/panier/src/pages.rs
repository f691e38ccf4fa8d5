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
                "Vos tickets sont donnés sans leurs lignes : demandez-les à l’enseigne (carte de fidélité) pour voir produits et prix.",
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
                "Sans vos opérations bancaires (votre banque les a), on ne sait pas quelle part de vos courses ces tickets couvrent.",
                "Without your bank transactions (your bank has them), how much of your shopping these receipts cover is not known.",
            ));
        }
        report.limit(self.t(
            "Un paquet devenu plus petit au même prix ne se voit pas : les tickets ne disent pas le poids.",
            "A pack that became smaller at the same price is not seen: receipts do not say the weight.",
        ))
    }
}
