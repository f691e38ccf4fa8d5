//! The purposes for which an app may ask: a closed list, so that purposes can be compared.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! purposes {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        /// A purpose of the Data Privacy Vocabulary (DPV 2, module "purposes",
        /// <https://w3id.org/dpv>). In text it is the term's IRI.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum DpvPurpose {
            $($(#[$doc])* $name,)*
        }

        impl DpvPurpose {
            /// All purposes.
            pub const ALL: &'static [DpvPurpose] = &[$(DpvPurpose::$name),*];

            /// The term's IRI: `https://w3id.org/dpv#` and its name.
            pub fn iri(self) -> &'static str {
                match self {
                    $(DpvPurpose::$name => concat!("https://w3id.org/dpv#", stringify!($name)),)*
                }
            }
        }
    };
}

purposes! {
    /// Finding out what a person is entitled to or gains.
    PersonalisedBenefits,
    /// Recommending something that fits the person.
    ProvidePersonalisedRecommendations,
    /// Recommending a product or an offer.
    ProvideProductRecommendations,
    /// Fitting a service to the person.
    ServicePersonalisation,
    /// Making something cost or use less, for the person.
    OptimisationForConsumer,
    /// Doing what the person asked for.
    RequestedServiceProvision,
    /// Finding something in the person's own data.
    SearchFunctionalities,
    /// Keeping the person's documents in order.
    RecordManagement,
    /// Lowering emissions.
    CombatClimateChange,
    /// Research into new methods or services.
    ResearchAndDevelopment,
    /// Scientific research.
    ScientificResearch,
    /// Giving data for the general interest.
    DataAltruism,
}

impl DpvPurpose {
    /// The purpose with an IRI.
    pub fn from_iri(iri: &str) -> Option<DpvPurpose> {
        DpvPurpose::ALL.iter().copied().find(|purpose| purpose.iri() == iri)
    }
}

impl fmt::Display for DpvPurpose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.iri())
    }
}

impl Serialize for DpvPurpose {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.iri())
    }
}

impl<'de> Deserialize<'de> for DpvPurpose {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<DpvPurpose, D::Error> {
        let iri = String::deserialize(d)?;
        DpvPurpose::from_iri(&iri)
            .ok_or_else(|| serde::de::Error::custom(format!("\"{iri}\" is not a known purpose")))
    }
}

/// Purpose ids used in manifests, with the corresponding term.
pub const PURPOSES: &[(&str, DpvPurpose)] = &[
    ("personalised-benefits", DpvPurpose::PersonalisedBenefits),
    ("personal-finance", DpvPurpose::PersonalisedBenefits),
    ("service-comparison", DpvPurpose::ServicePersonalisation),
    ("energy-saving", DpvPurpose::OptimisationForConsumer),
    ("carbon-footprint", DpvPurpose::OptimisationForConsumer),
    ("mobility", DpvPurpose::PersonalisedBenefits),
    ("health-summary", DpvPurpose::PersonalisedBenefits),
    ("education-summary", DpvPurpose::PersonalisedBenefits),
    ("record-management", DpvPurpose::RecordManagement),
    ("research", DpvPurpose::ResearchAndDevelopment),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_purpose_is_its_iri_and_no_other_is_taken() {
        for &purpose in DpvPurpose::ALL {
            let text = serde_json::to_string(&purpose).unwrap();
            assert_eq!(serde_json::from_str::<DpvPurpose>(&text).unwrap(), purpose);
        }
        assert_eq!(
            serde_json::to_string(&DpvPurpose::OptimisationForConsumer).unwrap(),
            "\"https://w3id.org/dpv#OptimisationForConsumer\""
        );
        let marketing = serde_json::from_str::<DpvPurpose>("\"https://w3id.org/dpv#Marketing\"");
        assert!(marketing.unwrap_err().to_string().contains("known purpose"));
    }
}
