//! `:::form:::` -> a form that a script of the site fills and enables (DocFX spec 7.3).

use crate::source::Span;
use crate::source::escape::escape;

use super::writer::ArticleWriter;

impl<'a> ArticleWriter<'a> {
    /// A form with its model, its action and the text of its button.
    pub(super) fn form(&mut self, span: Span, [model, action, button]: &[Box<str>; 3]) {
        self.line();
        self.out.push_str("<form class=\"chromeless-form\"");
        if !model.is_empty() {
            self.attribute("data-model", model);
        }
        self.attribute("data-action", action);
        self.source_position(span);
        // Disabled until the script is ready: without it the button would load the page again and lose what the reader typed.
        self.out.push_str(">\n<div></div>\n<button class=\"button is-primary\" disabled=\"disabled\" type=\"submit\">");
        escape(button, &mut self.out);
        self.out.push_str("</button>\n</form>\n");
    }
}
