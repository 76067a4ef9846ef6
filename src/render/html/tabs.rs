//! Groups of tabs -> a list of tabs and their panels (DocFX spec 6). In hjelp's own markup all panels are visible until a script hides the
//! inactive ones, so nothing is lost without it, in print and for a search within the page.

use crate::source::escape::escape;
use crate::syntax::tree::{NodeKind, Tab};

use super::tab_choice::TabGroup;
use super::writer::ArticleWriter;

const HIDDEN: &str = " aria-hidden=\"true\" hidden=\"hidden\"";

impl<'a> ArticleWriter<'a> {
    pub(super) fn tab_group(&mut self, at: usize) {
        let mut panels = Vec::new();
        let mut tabs = Vec::new();
        for panel in self.text.tree.children(Some(at)) {
            if let NodeKind::Tab(tab) = &self.text.tree.nodes[panel].kind {
                panels.push(panel);
                tabs.push(&**tab);
            }
        }
        let group = self.tabs.open_group(&tabs);
        self.line();
        self.out.push_str(&format!(
            "<div class=\"tabGroup\" id=\"tabgroup_{}\"",
            group.number
        ));
        self.source_position(self.text.tree.nodes[at].span);
        self.out.push_str(">\n<ul role=\"tablist\">\n");
        for (number, tab) in tabs.iter().enumerate() {
            self.tab(&group, number, tab);
            self.source_position(self.text.tree.nodes[panels[number]].span);
            self.out.push('>');
            escape(&tab.label, &mut self.out);
            self.out.push_str("</a>\n</li>\n");
        }
        self.out.push_str("</ul>\n");
        for (number, tab) in tabs.iter().enumerate() {
            self.tab_panel(&group, number, tab);
            self.inside(panels[number]);
            self.line();
            self.out.push_str("</section>\n");
        }
        self.out.push_str("</div>\n");
    }

    /// Writes a tab up to its position in the source.
    fn tab(&mut self, group: &TabGroup, number: usize, tab: &Tab) {
        let needs_script = !self.markup.has_scriptless_tabs();
        self.out.push_str("<li role=\"presentation\"");
        if needs_script && !group.visible[number] {
            self.out.push_str(HIDDEN);
        }
        self.out.push_str(">\n<a");
        let panel = panel_id(group, tab);
        self.attribute("href", &format!("#{panel}"));
        self.attribute("role", "tab");
        self.attribute("aria-controls", &panel);
        self.tab_data(tab);
        // Only the active tab is reached with the Tab key; arrow keys go to the others (ARIA Authoring Practices, pattern "Tabs").
        self.out.push_str(if number == group.active {
            " tabindex=\"0\" aria-selected=\"true\""
        } else if needs_script {
            " tabindex=\"-1\""
        } else {
            " tabindex=\"-1\" aria-selected=\"false\""
        });
    }

    /// Writes the start tag of a panel.
    fn tab_panel(&mut self, group: &TabGroup, number: usize, tab: &Tab) {
        let needs_script = !self.markup.has_scriptless_tabs();
        self.out.push_str("<section");
        self.attribute("id", &panel_id(group, tab));
        self.attribute("role", "tabpanel");
        // Without a script the panels are below each other, and a style sheet shows these labels above them.
        if !needs_script {
            self.attribute("aria-label", &tab.label);
            self.attribute("data-label", &tab.label);
        }
        self.tab_data(tab);
        if needs_script && number != group.active {
            self.out.push_str(HIDDEN);
        }
        self.out.push_str(">\n");
    }

    /// Writes the attributes by which a script finds the tabs and panels that belong together.
    fn tab_data(&mut self, tab: &Tab) {
        self.attribute("data-tab", &tab.id);
        if let Some(condition) = &tab.condition {
            self.attribute("data-condition", condition);
        }
    }
}

fn panel_id(group: &TabGroup, tab: &Tab) -> String {
    let number = group.number;
    match &tab.condition {
        Some(condition) => format!("tabpanel_{number}_{}_{condition}", tab.id),
        None => format!("tabpanel_{number}_{}", tab.id),
    }
}
