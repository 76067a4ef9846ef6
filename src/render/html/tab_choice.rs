//! Groups of tabs on a page -> which of their tabs are visible, and which is active. Groups that share tabs agree, so that a reader who
//! chooses a program once sees it everywhere (DocFX spec 6).

use crate::syntax::tree::Tab;

/// What the groups of a page have chosen so far.
#[derive(Debug, Default)]
pub(super) struct TabChoice {
    groups: usize,
    /// The ids that groups had in common, each set with the chosen id first.
    sets: Vec<Vec<String>>,
}

/// The state of a group of tabs when a page is opened.
pub(super) struct TabGroup {
    /// Counted from 1.
    pub number: usize,
    /// The index of the tab that is shown.
    pub active: usize,
    /// Which tabs can be seen.
    pub visible: Vec<bool>,
}

impl TabChoice {
    /// The choice that a fragment begins with: nothing is chosen, but groups are numbered on, because scripts and links find a panel by its id.
    pub fn of_fragment(&self) -> TabChoice {
        TabChoice {
            groups: self.groups,
            sets: Vec::new(),
        }
    }

    /// Continues with the choices made before a fragment.
    pub fn continue_after(&mut self, before: TabChoice) {
        self.sets = before.sets;
    }

    /// Opens a group with these tabs: the active one is the one chosen in an earlier group that has it, too, else the first visible one.
    pub fn open_group(&mut self, tabs: &[&Tab]) -> TabGroup {
        self.groups += 1;
        let mut visible = Vec::with_capacity(tabs.len());
        let mut ids = Vec::new();
        for tab in tabs {
            let is_visible = self.is_visible(tab);
            if is_visible {
                ids.extend(tab.id.split('+'));
            }
            visible.push(is_visible);
        }
        let chosen = self.chosen_among(&ids);
        let first_visible = visible.iter().position(|visible| *visible).unwrap_or(0);
        let mut active = first_visible;
        if let Some(id) = chosen {
            for (number, tab) in tabs.iter().enumerate() {
                if visible[number] && tab.id.split('+').any(|own| own == id) {
                    active = number;
                    break;
                }
            }
        // Only the first group with these ids records them, so that all later ones follow it.
        } else if let Some(tab) = tabs.get(active) {
            self.record(tab, &ids);
        }
        TabGroup {
            number: self.groups,
            active,
            visible,
        }
    }

    /// True for a tab without a condition, or with one that an earlier group has chosen.
    fn is_visible(&self, tab: &Tab) -> bool {
        let Some(condition) = tab.condition.as_deref() else {
            return true;
        };
        self.sets
            .iter()
            .any(|set| set.first().is_some_and(|chosen| chosen == condition))
    }

    /// The choice of the first set that has one of these ids.
    fn chosen_among(&self, ids: &[&str]) -> Option<&str> {
        for set in &self.sets {
            if set.iter().any(|id| ids.contains(&id.as_str())) {
                return set.first().map(String::as_str);
            }
        }
        None
    }

    /// Records the ids of a group; that of the active tab is the chosen one.
    fn record(&mut self, active: &Tab, ids: &[&str]) {
        let chosen = active.id.split('+').next().unwrap_or("");
        let mut set = vec![chosen.to_owned()];
        for id in ids {
            if *id != chosen {
                set.push((*id).to_owned());
            }
        }
        self.sets.push(set);
    }
}
