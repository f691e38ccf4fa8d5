//! XML flows that Enedis publishes to parties authorised to read a meter: load curves (R50 for homes,
//! R4H, R4M and R4Q for shops and workshops), registers and peaks (R151 for homes, R171 for the others).
//!
//! Times of R50 are the ends of intervals; those of R4x are their starts, with values in whole kilowatts.
//! Registers of a flow are from one moment: a reading needs two flows, unless one holds several days.
//! Described, with samples, in <https://github.com/consometers/sge-tiers>.

use super::{Fault, Of, Registers, of_day, point, stamp, value};
use crate::error::FormatError;
use crate::format::{Format, FormatInfo};
use crate::ordinal_kind::OrdinalKind;
use crate::read::{Head, Input, Node};
use crate::reason::Reason;
use crate::rows::RowWriter;
use crate::time;
use mesinfos_model::Category;
use mesinfos_model::category::energy::quality;

/// The `enedis-flow-xml` format.
pub(crate) struct EnedisFlow;

/// Elements to read, in file order.
const NAMES: [&str; 10] = [
    "Pas_Publication",
    "Granularite",
    "Id_PRM",
    "Identifiant_PRM",
    "Unite_Mesure",
    "Grandeur_Metier",
    "Grandeur_Physique",
    "PDC",
    "Donnees_Releve",
    "Donnees_Point_Mesure",
];

static ABOUT: FormatInfo = FormatInfo {
    id: "enedis-flow-xml",
    fr: "Flux Enedis (XML : R50, R151, R171, R4x)",
    en: "Enedis flows (XML: R50, R151, R171, R4x)",
    origin: "Enedis",
    categories: &[Category::Energy],
    looks_for: "XML whose root is R50, R151, R171 or Courbe, of Enedis",
    spec: "https://github.com/consometers/sge-tiers",
    counts: OrdinalKind::Lines,
};

impl Format for EnedisFlow {
    fn about(&self) -> &'static FormatInfo {
        &ABOUT
    }

    fn recognise(&self, head: &Head) -> bool {
        let has = |piece: &str| head.text().contains(piece);
        match head.xml_root() {
            Some("R50" | "R151") => has("En_Tete_Flux"),
            Some("R171") => has("serieMesuresDatees"),
            Some("Courbe") => has("Identifiant_Flux"),
            _ => false,
        }
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let is_171 = input.head.xml_root() == Some("R171");
        // In R50, `Donnees_Releve` only wraps the points of a day, which are read one by one.
        let is_50 = input.head.xml_root() == Some("R50");
        let mut xml = input.xml();
        let mut flow = Flow::default();
        let names: Vec<&str> = match is_171 {
            true => vec!["serieMesuresDatees"],
            false => NAMES.into_iter().filter(|name| !is_50 || *name != "Donnees_Releve").collect(),
        };
        let ended = loop {
            match xml.next(&names) {
                Ok(Some(node)) => flow.take(&node, rows)?,
                Ok(None) => break Ok(()),
                Err(stop) => break Err(stop),
            }
        };
        flow.registers.finish(rows);
        ended
    }
}

/// Values shared by the points that follow.
#[derive(Default)]
struct Flow {
    meter: String,
    /// Step, in seconds.
    step: Option<i64>,
    unit: String,
    physical: String,
    is_produced: bool,
    registers: Registers,
}

impl Flow {
    fn take(&mut self, node: &Node, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let text = node.text.as_str();
        let given = match &*node.name {
            "Pas_Publication" | "Granularite" => {
                self.step =
                    text.parse::<i64>().ok().filter(|m| (1..=60).contains(m)).map(|minutes| minutes * 60);
                Ok(Ok(()))
            }
            "Id_PRM" | "Identifiant_PRM" => {
                text.clone_into(&mut self.meter);
                Ok(Ok(()))
            }
            "Unite_Mesure" => {
                text.clone_into(&mut self.unit);
                Ok(Ok(()))
            }
            "Grandeur_Physique" => {
                text.clone_into(&mut self.physical);
                Ok(Ok(()))
            }
            "Grandeur_Metier" => {
                self.is_produced = text == "PROD";
                Ok(Ok(()))
            }
            "PDC" => self.point_of_50(node, rows),
            "Donnees_Point_Mesure" => self.point_of_4x(node, rows),
            "Donnees_Releve" => self.day_of_151(node, rows),
            _ => return self.series_of_171(node, rows),
        };
        match given {
            Ok(given) => given,
            Err((field, reason)) => {
                rows.reject(node.line, Some(field), reason);
                Ok(())
            }
        }
    }

    fn of(&self, what: &'static str) -> Of<'_> {
        Of { meter: &self.meter, is_produced: self.is_produced, what, slot: None }
    }

    fn point_of_50(&self, node: &Node, rows: &mut RowWriter<'_>) -> Result<Result<(), FormatError>, Fault> {
        let at = stamp(node.text_at(&["H"]).unwrap_or_default(), "H")?;
        let Some(watts) = value(node.text_at(&["V"]).unwrap_or_default(), "V")? else { return Ok(Ok(())) };
        // "Indice de vraisemblance", plausibility: 1 marks an implausible value.
        let quality = if matches!(node.text_at(&["IV"]), None | Some("0")) {
            quality::MEASURED
        } else {
            quality::OTHER
        };
        let reading = point(at, watts, self.step.unwrap_or(1_800), quality);
        Ok(self.of("curve").give(reading, node.line, rows))
    }

    fn point_of_4x(&self, node: &Node, rows: &mut RowWriter<'_>) -> Result<Result<(), FormatError>, Fault> {
        if self.physical != "EA" || self.unit != "kW" {
            let reason = Reason::not_active_energy(&self.physical, &self.unit, "kW");
            return Err(("Grandeur_Physique", reason));
        }
        let at = stamp(node.attribute("Horodatage").unwrap_or_default(), "Horodatage")?;
        let kilowatts = value(node.attribute("Valeur_Point").unwrap_or_default(), "Valeur_Point")?;
        let Some(watts) = kilowatts.map(|kilowatts| kilowatts.saturating_mul(1_000)) else {
            return Ok(Ok(()));
        };
        let quality = quality(node.attribute("Statut_Point"));
        let reading = point(at, watts, self.step.unwrap_or(600), quality);
        Ok(self.of("curve").give(reading, node.line, rows))
    }

    fn day_of_151(
        &mut self,
        node: &Node,
        rows: &mut RowWriter<'_>,
    ) -> Result<Result<(), FormatError>, Fault> {
        let text = node.text_at(&["Date_Releve"]).unwrap_or_default();
        let day = time::day(text, "ymd").and_then(|day| of_day(day, None, None, quality::MEASURED));
        let day = day.ok_or_else(|| ("Date_Releve", Reason::not_a_date(text, "2022-02-02")))?;
        let Flow { meter, registers, .. } = self;
        let of = |what, slot| Of { meter, is_produced: false, what, slot };
        // The supplier's price slots are those on the bill; the grid's own add up to the same total.
        let own = if node.child("Classe_Temporelle").is_some() {
            "Classe_Temporelle"
        } else {
            "Classe_Temporelle_Distributeur"
        };
        for class in node.all(own) {
            let slot = class.text_at(&["Id_Classe_Temporelle"]);
            let Some(state) = value(class.text_at(&["Valeur"]).unwrap_or_default(), "Valeur")? else {
                continue;
            };
            if let Err(stop) =
                registers.take(of("index", slot), (day.start, day.offset), state, class.line, rows)
            {
                return Ok(Err(stop));
            }
        }
        let peak =
            value(node.text_at(&["Puissance_Maximale", "Valeur"]).unwrap_or_default(), "Puissance_Maximale")?;
        if peak.is_none() {
            return Ok(Ok(()));
        }
        Ok(of("peak", None).give(super::Reading { peak, ..day }, node.line, rows))
    }

    fn series_of_171(&mut self, node: &Node, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let text = |name: &str| node.text_at(&[name]).unwrap_or_default();
        let states: Vec<&Node> = node
            .child("mesuresDateesListe")
            .map(|list| list.all("mesureDatee").collect())
            .unwrap_or_default();
        if text("grandeurPhysique") != "EA" || text("unite") != "Wh" {
            let reason = Reason::not_active_energy(text("grandeurPhysique"), text("unite"), "Wh");
            rows.reject_rows(states.len() as u64, node.line, Some("grandeurPhysique"), reason);
            return Ok(());
        }
        let of = Of {
            meter: text("prmId"),
            is_produced: text("grandeurMetier") == "PROD",
            what: "index",
            slot: node.text_at(&["codeClasseTemporelle"]),
        };
        for state in states {
            let read = stamp(state.text_at(&["dateFin"]).unwrap_or_default(), "dateFin")
                .and_then(|at| Ok((at, value(state.text_at(&["valeur"]).unwrap_or_default(), "valeur")?)));
            match read {
                Ok((at, Some(value))) => self.registers.take(of, at, value, state.line, rows)?,
                Ok((_, None)) => {}
                Err((field, reason)) => rows.reject(state.line, Some(field), reason),
            }
        }
        Ok(())
    }
}

/// Code of `quality` for a point's state: R is real; E, H and P are estimated or reconstructed; the rest
/// are supply cuts and corrections.
pub(super) fn quality(state: Option<&str>) -> i64 {
    match state {
        None | Some("R" | "B") => quality::MEASURED,
        Some("E" | "H" | "P") => quality::ESTIMATED,
        Some("K") => quality::DERIVED,
        Some(_) => quality::OTHER,
    }
}

#[cfg(test)]
mod tests {
    use crate::read_all;
    use mesinfos_model::category::energy;

    #[test]
    fn a_curve_of_a_home() {
        let file = "<R50><En_Tete_Flux><Pas_Publication>30</Pas_Publication></En_Tete_Flux><PRM><Id_PRM>1</Id_PRM>\
             <Donnees_Releve><PDC><H>2022-02-02T00:30:00+01:00</H><V>477</V><IV>0</IV></PDC>\
             <PDC><H>2022-02-02T01:00:00+01:00</H></PDC><PDC><H>x</H><V>1</V></PDC>\
             <PDC><H>2022-02-02T01:30:00+01:00</H><V>-1</V></PDC></Donnees_Releve></PRM></R50>";
        let (reads, batches) = read_all(file.as_bytes()).unwrap();
        assert_eq!((batches[0].rows(), reads[0].rejected_count), (1, 2));
        assert_eq!(batches[0].integer(energy::ENERGY, 0), Some(238_500));
        assert_eq!(batches[0].time(0), Some(1_643_756_400));
        assert_eq!(batches[0].text(energy::SERIES, 0), Some("1/in/curve"));
        // A truncated file yields the rows it has.
        let cut = file.find("T01:00").unwrap();
        let (reads, batches) = read_all(&file.as_bytes()[..cut]).unwrap();
        assert_eq!((batches[0].rows(), reads[0].rejected_count), (1, 1));
    }

    #[test]
    fn a_curve_of_a_workshop() {
        let file = "<Courbe><Entete><Identifiant_Flux>R4x</Identifiant_Flux></Entete><Corps>\
             <Identifiant_PRM>2</Identifiant_PRM><Donnees_Courbe><Granularite>10</Granularite>\
             <Unite_Mesure>kW</Unite_Mesure><Grandeur_Metier>PROD</Grandeur_Metier><Grandeur_Physique>EA</Grandeur_Physique>\
             <Donnees_Point_Mesure Horodatage=\"2022-02-02T00:00:00+01:00\" Valeur_Point=\"6\" Statut_Point=\"E\"/>\
             </Donnees_Courbe><Donnees_Courbe><Unite_Mesure>V</Unite_Mesure><Grandeur_Physique>E</Grandeur_Physique>\
             <Donnees_Point_Mesure Horodatage=\"2022-02-02T00:00:00+01:00\" Valeur_Point=\"230\"/></Donnees_Courbe></Corps></Courbe>";
        let (reads, batches) = read_all(file.as_bytes()).unwrap();
        assert_eq!((batches[0].rows(), reads[0].rejected_count), (1, 1));
        let of = |field| batches[0].integer(field, 0);
        assert_eq!(
            [of(energy::ENERGY), of(energy::DIRECTION), of(energy::QUALITY)],
            [Some(1_000_000), Some(energy::direction::PRODUCED), Some(energy::quality::ESTIMATED)]
        );
        assert_eq!(batches[0].time(0), Some(1_643_756_400));
    }

    #[test]
    fn registers_and_peaks_of_days() {
        let day = |date: &str, index: &str| {
            format!(
                "<Donnees_Releve><Date_Releve>{date}</Date_Releve><Classe_Temporelle><Id_Classe_Temporelle>HC\
                 </Id_Classe_Temporelle><Valeur>{index}</Valeur></Classe_Temporelle><Puissance_Maximale><Valeur>3817\
                 </Valeur></Puissance_Maximale></Donnees_Releve>"
            )
        };
        let file = format!(
            "<R151><En_Tete_Flux/><PRM><Id_PRM>1</Id_PRM>{}{}{}</PRM></R151>",
            day("2022-02-02", "1000"),
            day("2022-02-03", "3000"),
            day("2022-02-30", "4000")
        );
        let (reads, batches) = read_all(file.as_bytes()).unwrap();
        assert_eq!((batches[0].rows(), reads[0].rejected_count), (3, 1));
        let energies: Vec<_> = (0..3).map(|row| batches[0].integer(energy::ENERGY, row)).collect();
        assert_eq!(energies, [None, Some(2_000_000), None]);
        assert_eq!(batches[0].text(energy::TARIFF, 1), Some("HC"));
        assert_eq!(batches[0].integer(energy::PEAK, 2), Some(3_817));
    }

    #[test]
    fn what_is_no_energy_is_told() {
        let series = |physical: &str, unit: &str| {
            format!(
                "<serieMesuresDatees><prmId>3</prmId><grandeurPhysique>{physical}</grandeurPhysique><unite>{unit}</unite>\
                 <mesuresDateesListe><mesureDatee><dateFin>2022-02-03T02:37:56</dateFin><valeur>5</valeur></mesureDatee>\
                 </mesuresDateesListe></serieMesuresDatees>"
            )
        };
        let file = format!(
            "<n:R171 xmlns:n=\"http://www.enedis.fr/stm/R171\">{}{}</n:R171>",
            series("EA", "Wh"),
            series("TF", "s")
        );
        let (reads, batches) = read_all(file.as_bytes()).unwrap();
        assert!(batches.is_empty());
        assert_eq!(reads[0].rejected_count, 2);
        assert!(reads[0].rejected[0].reason.to_string().contains("TF in s"));
        assert!(reads[0].rejected[1].reason.to_string().contains("two"));
    }
}
