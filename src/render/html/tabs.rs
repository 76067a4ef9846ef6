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
        let tabs = self.written_tabs(&group, &panels, &tabs);
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
            self.tab_label(tab);
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

    /// The tabs of a group with what is written more than once.
    fn written_tabs(
        &mut self,
        group: &TabGroup,
        panels: &[usize],
        tabs: &[&'a Tab],
    ) -> Vec<WrittenTab<'a>> {
        let mut written = Vec::with_capacity(tabs.len());
        for (number, tab) in tabs.iter().enumerate() {
            let mut panel = panel_id(group, tab);
            // DocFX gives two tabs of a group one id if their authors do.
            if !self.markup.isolates_fragments() {
                panel = self.generated_ids.take(panel);
            }
            let label = panels[number] + 1;
            let has_label =
                self.text.tree.nodes.get(label).map(|node| &node.kind) == Some(&NodeKind::TabLabel);
            written.push(WrittenTab {
                tab,
                panel,
                label: has_label.then_some(label),
            });
        }
        written
    }

    /// Writes the text of a button.
    fn tab_label(&mut self, tab: &WrittenTab<'_>) {
        let Some(label) = tab.label else {
            return escape(&tab.tab.label, &mut self.out);
        };
        // A button is a link, in which an image must not get a link of its own.
        self.links += 1;
        self.inside(label);
        self.links -= 1;
    }

    /// Writes a tab up to its position in the source.
    fn tab(&mut self, group: &TabGroup, number: usize, tab: &WrittenTab<'_>) {
        let needs_script = !self.markup.has_scriptless_tabs();
        self.out.push_str("<li role=\"presentation\"");
        if needs_script && !group.visible[number] {
            self.out.push_str(HIDDEN);
        }
        self.out.push_str(">\n<a");
        self.attribute("href", &format!("#{}", tab.panel));
        self.attribute("role", "tab");
        self.attribute("aria-controls", &tab.panel);
        self.tab_data(tab.tab);
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
    fn tab_panel(&mut self, group: &TabGroup, number: usize, tab: &WrittenTab<'_>) {
        let needs_script = !self.markup.has_scriptless_tabs();
        self.out.push_str("<section");
        self.attribute("id", &tab.panel);
        self.attribute("role", "tabpanel");
        // Without a script the panels are below each other, and a style sheet shows these labels above them.
        if !needs_script {
            let label = match tab.label {
                Some(label) => self.words(label, " ").trim().to_owned(),
                None => tab.tab.label.to_string(),
            };
            self.attribute("aria-label", &label);
            self.attribute("data-label", &label);
        }
        self.tab_data(tab.tab);
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

/// A tab, the id of its panel, and the node of its label if that is more than words.
struct WrittenTab<'a> {
    tab: &'a Tab,
    panel: String,
    label: Option<usize>,
}

fn panel_id(group: &TabGroup, tab: &Tab) -> String {
    let number = group.number;
    match &tab.condition {
        Some(condition) => format!("tabpanel_{number}_{}_{condition}", tab.id),
        None => format!("tabpanel_{number}_{}", tab.id),
    }
}
