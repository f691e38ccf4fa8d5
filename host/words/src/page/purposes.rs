//! Needs and purposes of apps, in our own words.

use crate::message::messages;

messages! {
    /// Needs and purposes of apps, in our own words.
    pub enum Purposes in "page-purposes" {
        NeedPayLess,
        AboutPayLess,
        NeedMoney,
        AboutMoney,
        NeedTravel,
        AboutTravel,
        NeedPapers,
        AboutPapers,
        NeedResearch,
        AboutResearch,
        PersonalisedBenefits,
        PersonalFinance,
        ServiceComparison,
        EnergySaving,
        CarbonFootprint,
        Mobility,
        HealthSummary,
        EducationSummary,
        RecordManagement,
        Research,
        WordsEnergy,
        WordsComparison,
        WordsMoney,
        WordsCarbon,
        WordsTravel,
        WordsHealth,
        WordsStudies,
        WordsPapers,
        WordsResearch,
    }
}
