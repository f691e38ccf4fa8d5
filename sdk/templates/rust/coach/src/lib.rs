//! Fees that a bank took, and advice to avoid them, with what it would save.

use mesinfos_sdk::bank::{self, Kind};
use mesinfos_sdk::view::{self, Block, ColumnKind, Confidence, Effort, Icon, Level, Report, Value};
use mesinfos_sdk::{Context, Currency, Date, Failure, Money, Period, Source, app};

app!(run: run);

/// A fee, in cents.
struct Fee {
    on: Date,
    cents: i64,
    label: Option<String>,
    /// The row, for the person who asks where a figure comes from.
    source: Source,
}

fn run(ctx: &Context) -> Result<Report, Failure> {
    let fees = read(Period::last_months(ctx.today, 12))?;
    let total = sum(&fees);
    let label = ctx.t("Frais en un an", "Fees in a year");
    let figure = view::figure(Icon::Bank, label, total).because(fees.iter().map(|fee| fee.source));
    let mut blocks = vec![Block::KeyFigures(vec![figure])];
    if fees.is_empty() {
        let words = ctx.t("Votre banque ne vous a rien pris.", "Your bank took nothing.");
        blocks.push(view::notice(Level::Success, ctx.t("Aucun frais", "No fees"), words));
    } else {
        let title = ctx.t("Demandez le remboursement", "Ask for a refund");
        let words = ctx.t(
            "Écrivez à votre conseiller en citant ces frais : un premier geste est souvent accordé.",
            "Write to your adviser and name these fees: a first refund is often granted.",
        );
        let how = ctx.t(
            "La somme des frais des douze derniers mois.",
            "The sum of the fees of the last twelve months.",
        );
        let advice = view::advice(Icon::Idea, title, words, Effort::Minutes, how);
        blocks.push(Block::Advice(vec![advice.saves(Some(total), None, Confidence::Low)]));
        let columns = [
            (ctx.t("Le", "On"), ColumnKind::Date),
            (ctx.t("Libellé", "Label"), ColumnKind::Text),
            (ctx.t("Montant", "Amount"), ColumnKind::Money),
        ];
        let rows = fees.iter().take(20).map(|fee| {
            // A person may refuse the labels: the table then has a gap, and the rest stays.
            let label = fee.label.clone().map_or(Value::Missing, Value::Text);
            vec![fee.on.into(), label, Money::new(fee.cents, Currency::EUR).into()]
        });
        blocks.push(view::table(ctx.t("Les frais", "The fees"), &columns, rows.collect()));
    }
    let headline = ctx.t("Ce que votre banque vous coûte.", "What your bank costs you.");
    Ok(view::report(ctx, "template-name", headline, vec![view::section(label, blocks)]))
}

fn sum(fees: &[Fee]) -> Money {
    Money::new(fees.iter().map(|fee| fee.cents).sum(), Currency::EUR)
}

/// Fees in euros. Each field that is read here is asked for; nothing else is.
fn read(period: Period) -> Result<Vec<Fee>, Failure> {
    let (mut fees, mut rows) = (Vec::new(), 0);
    for row in bank::transactions(period) {
        let row = row?;
        rows += 1;
        let (Some(on), Some(amount), Some(Kind::Fee)) = (row.booked_on(), row.amount(), row.kind()) else {
            continue;
        };
        if amount.currency == Currency::EUR && amount.minor < 0 {
            let label = row.label().map(str::to_owned);
            fees.push(Fee { on, cents: -amount.minor, label, source: row.as_source() });
        }
    }
    if rows == 0 { Err(Failure::NeedsData(vec!["bank"])) } else { Ok(fees) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_fee_is_no_money() {
        assert_eq!(sum(&[]), Money::new(0, Currency::EUR));
    }
}
