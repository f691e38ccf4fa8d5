//! Texts about each block of a view, for developers.

use crate::message::messages;

messages! {
    /// Texts about each block of a view, for developers.
    pub enum Blocks<'a> in "page-blocks" {
        Title,
        Lead { blocks: u64 },
        Code { language: &'a str },
        Paragraph,
        Bullets,
        Figures,
        Table,
        Bar,
        Line,
        Area,
        StackedBar,
        Parts,
        Calendar,
        Heatmap,
        Timeline,
        Notice,
        Advice,
        Comparison,
        Progress,
    }
}

impl Blocks<'static> {
    /// Each block by its name, in the order of the page.
    pub const EACH: [(&'static str, Blocks<'static>); 16] = [
        ("paragraph", Blocks::Paragraph),
        ("bullets", Blocks::Bullets),
        ("figures", Blocks::Figures),
        ("table", Blocks::Table),
        ("timeline", Blocks::Timeline),
        ("notice", Blocks::Notice),
        ("advice", Blocks::Advice),
        ("comparison", Blocks::Comparison),
        ("progress", Blocks::Progress),
        ("bar", Blocks::Bar),
        ("line", Blocks::Line),
        ("area", Blocks::Area),
        ("stacked-bar", Blocks::StackedBar),
        ("parts", Blocks::Parts),
        ("calendar", Blocks::Calendar),
        ("heatmap", Blocks::Heatmap),
    ];
}
