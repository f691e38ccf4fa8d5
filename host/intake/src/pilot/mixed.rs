//! A file that mixes documents of several subjects.

use super::SPEC;
use super::kind::{documents, groups_of};
use crate::Format;
use crate::error::FormatError;
use crate::format::FormatInfo;
use crate::ordinal_kind::OrdinalKind;
use crate::read::{Head, Input};
use crate::rows::RowWriter;
use mesinfos_model::Category;

/// Documents of several groups, recognised by the first ones.
pub(super) struct Mixed;

static ABOUT: FormatInfo = FormatInfo {
    id: "mesinfos-pilot-json",
    fr: "Documents de plusieurs sortes du pilote MesInfos (JSON)",
    en: "Documents of several kinds of the MesInfos pilot (JSON)",
    origin: "MesInfos (Fing, 2013-2017)",
    categories: &[
        Category::Bank,
        Category::Telecom,
        Category::Mobility,
        Category::Energy,
        Category::Contracts,
        Category::Profile,
        Category::Bills,
        Category::Purchases,
        Category::Browsing,
        Category::Social,
        Category::Documents,
    ],
    looks_for: "a JSON array of documents of the pilot, of more than one subject",
    spec: SPEC,
    counts: OrdinalKind::Entries,
};

impl Format for Mixed {
    fn about(&self) -> &'static FormatInfo {
        &ABOUT
    }

    fn recognise(&self, head: &Head) -> bool {
        groups_of(head).is_some_and(|groups| groups.len() > 1)
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        documents(input, rows, super::GROUPS)
    }
}

#[cfg(test)]
mod tests {
    use crate::read_all;
    use mesinfos_model::Category;

    #[test]
    fn each_document_is_read_by_its_kind() {
        let file = r#"[
          {"docType":"bankoperation","date":"2016-03-08T00:00:00.000Z","amount":1},
          {"docType":"GeolocationLog","timestamp":"2013-10-01T08:00:00Z","msisdn":"33612345678",
           "latitude":48.1,"longitude":2.5,"radius":300},
          {"docType":"operationtype","name":"type.card"}]"#;
        let (reads, batches) = read_all(file.as_bytes()).unwrap();
        assert_eq!(
            (reads[0].about.id, reads[0].rows, reads[0].rejected_count),
            ("mesinfos-pilot-json", 2, 1)
        );
        let categories: Vec<Category> = batches.iter().map(|batch| batch.category()).collect();
        assert!(categories.contains(&Category::Bank) && categories.contains(&Category::Mobility));
    }
}
