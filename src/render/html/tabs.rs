//! Groups of tabs (DocFX spec 6). All panels are visible until a script hides the inactive ones, so nothing is lost without it.

use crate::syntax::tree::{NodeKind, Tab};

use super::{ArticleWriter, Text, escape};

const HIDDEN: &str = " aria-hidden=\"true\" hidden=\"hidden\"";

/// What is chosen so far on a page: groups that share tabs follow the first.
#[derive(Debug, Default)]
pub(super) struct Choice {
    groups: usize,
    sets: Vec<Vec<String>>,
}

impl Choice {
    /// Goes on counting after what was written before.
    pub fn before(&mut self, before: Choice) {
        *self = Choice {
            groups: self.groups.max(before.groups),
            sets: before.sets,
        };
    }

    /// The tab a group of these tabs opens, and which of them can be seen: the first it shares with an earlier group, else its first
    /// visible one.
    fn choose(&mut self, tabs: &[&Tab]) -> (usize, Vec<bool>) {
        let chosen: Vec<&str> = self
            .sets
            .iter()
            .filter_map(|set| set.first().map(String::as_str))
            .collect();
        let visible: Vec<bool> = tabs
            .iter()
            .map(|tab| {
                tab.condition
                    .as_deref()
                    .is_none_or(|condition| chosen.contains(&condition))
            })
            .collect();
        let shown = || {
            tabs.iter()
                .zip(&visible)
                .filter(|(_, visible)| **visible)
                .map(|(tab, _)| tab)
        };
        let ids: Vec<String> = shown()
            .flat_map(|tab| tab.id.split('+'))
            .map(str::to_owned)
            .collect();
        let follows = self
            .sets
            .iter()
            .find(|set| set.iter().any(|id| ids.contains(id)))
            .and_then(|set| set.first());
        let has = |tab: &Tab, id: &str| tab.id.split('+').any(|own| own == id);
        let active = follows.and_then(|id| {
            tabs.iter()
                .zip(&visible)
                .position(|(tab, visible)| *visible && has(tab, id))
        });
        let active = active
            .or_else(|| visible.iter().position(|visible| *visible))
            .unwrap_or(0);
        if follows.is_none()
            && let Some(tab) = tabs.get(active)
        {
            let first = tab.id.split('+').next().unwrap_or("").to_owned();
            let others = ids
                .into_iter()
                .filter(|id| *id != first)
                .collect::<Vec<_>>();
            self.sets.push([vec![first], others].concat());
        }
        (active, visible)
    }
}

impl<'a> ArticleWriter<'a> {
    pub(super) fn tab_group(&mut self, text: &Text<'a>, at: usize) {
        let panels: Vec<usize> = text.tree.children(Some(at)).collect();
        let tabs: Vec<&Tab> = panels
            .iter()
            .filter_map(|&panel| match &text.tree.nodes[panel].kind {
                NodeKind::Tab(tab) => Some(&**tab),
                _ => None,
            })
            .collect();
        self.tabs.groups += 1;
        let group = self.tabs.groups;
        let (active, visible) = self.tabs.choose(&tabs);
        let needs_script = !self.markup.has_scriptless_tabs();
        self.line();
        self.out
            .push_str(&format!("<div class=\"tabGroup\" id=\"tabgroup_{group}\""));
        self.place(text, text.tree.nodes[at].span);
        self.out.push_str(">\n<ul role=\"tablist\">\n");
        for (number, tab) in tabs.iter().enumerate() {
            let hidden = needs_script && !visible[number];
            self.out.push_str("<li role=\"presentation\"");
            self.out.push_str(if hidden { HIDDEN } else { "" });
            self.out.push_str(">\n<a");
            let panel = panel_id(group, tab);
            self.attribute("href", &format!("#{panel}"));
            self.attribute("role", "tab");
            self.attribute("aria-controls", &panel);
            self.data(tab);
            self.out.push_str(match number == active {
                true => " tabindex=\"0\" aria-selected=\"true\"",
                false if needs_script => " tabindex=\"-1\"",
                false => " tabindex=\"-1\" aria-selected=\"false\"",
            });
            self.place(text, text.tree.nodes[panels[number]].span);
            self.out.push('>');
            escape(&tab.label, &mut self.out);
            self.out.push_str("</a>\n</li>\n");
        }
        self.out.push_str("</ul>\n");
        for (number, (tab, panel)) in tabs.iter().zip(panels).enumerate() {
            self.out.push_str("<section");
            self.attribute("id", &panel_id(group, tab));
            self.attribute("role", "tabpanel");
            if !needs_script {
                self.attribute("aria-label", &tab.label);
                self.attribute("data-label", &tab.label);
            }
            self.data(tab);
            self.out.push_str(if needs_script && number != active {
                HIDDEN
            } else {
                ""
            });
            self.out.push_str(">\n");
            self.inside(text, panel);
            self.line();
            self.out.push_str("</section>\n");
        }
        self.out.push_str("</div>\n");
    }

    fn data(&mut self, tab: &Tab) {
        self.attribute("data-tab", &tab.id);
        if let Some(condition) = &tab.condition {
            self.attribute("data-condition", condition);
        }
    }
}

fn panel_id(group: usize, tab: &Tab) -> String {
    match &tab.condition {
        Some(condition) => format!("tabpanel_{group}_{}_{condition}", tab.id),
        None => format!("tabpanel_{group}_{}", tab.id),
    }
}
