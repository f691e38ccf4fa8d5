//! Items and care by day.

use super::Pages;
use mesinfos_sdk::Date;
use mesinfos_sdk::health::Kind;
use mesinfos_sdk::view::{self, Icon, Section};

/// Entries in the timeline at most.
const SHOWN: usize = 100;

impl Pages<'_> {
    /// Items and care by day, newest first.
    pub(super) fn timeline(&self) -> Vec<Section> {
        let mut events: Vec<(Date, view::Event)> = Vec::new();
        for item in self.given.items.iter().filter(|item| item.kind != Kind::Coverage) {
            if let Some(on) = item.on {
                let event = view::event(on, Icon::Health, &item.label, self.kind(item.kind), None);
                events.push((on, event));
            }
        }
        for care in &self.care {
            if let Some(on) = care.on {
                let kind = care.kind.map_or("", |kind| self.kind(kind));
                let title = care.provider.as_deref().or(care.label.as_deref()).unwrap_or(kind);
                let charged = care.charged.map(|_| self.some(care.charged));
                events.push((on, view::event(on, Icon::Receipt, title, kind, charged)));
            }
        }
        if events.is_empty() {
            return Vec::new();
        }
        events.sort_by_key(|(on, _)| std::cmp::Reverse(*on));
        let all = events.len();
        let shown = events.into_iter().map(|(_, event)| event).take(SHOWN).collect();
        let newest = if all > SHOWN {
            let (fr, en) = (
                format!("Les {SHOWN} lignes les plus récentes, sur {all}"),
                format!("The {SHOWN} most recent entries, of {all}"),
            );
            self.t(&fr, &en).to_owned()
        } else {
            self.t("Toutes les lignes", "All entries").to_owned()
        };
        let title = self.t("Du plus récent au plus ancien", "Most recent first");
        vec![view::section(title, vec![view::timeline(&newest, shown)])]
    }
}
