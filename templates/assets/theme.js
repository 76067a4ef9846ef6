// Runs before the first paint: says that scripts work, and applies the reader's remembered colour scheme.
"use strict";
document.documentElement.dataset.js = "";
try {
  const theme = localStorage.getItem("hjelp-theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage can be forbidden; the system's scheme is a fine answer.
}
