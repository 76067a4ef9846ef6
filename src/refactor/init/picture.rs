//! Two labels -> a picture of them with an arrow between, as an example of a picture in a page.

/// The SVG. Its colors are readable on a light and a dark background.
pub(super) fn svg(from: &str, to: &str) -> String {
    // The labels are words of this program, so nothing in them has to be escaped.
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 480 120\" width=\"480\" height=\"120\" font-family=\"sans-serif\" font-size=\"18\" text-anchor=\"middle\">
  <rect x=\"8\" y=\"24\" width=\"180\" height=\"72\" rx=\"8\" fill=\"#e8f0fa\" stroke=\"#2a5d9f\"/>
  <text x=\"98\" y=\"66\" fill=\"#12304f\">{from}</text>
  <path d=\"M200 60h72m-12-10 12 10-12 10\" fill=\"none\" stroke=\"#2a5d9f\" stroke-width=\"3\"/>
  <rect x=\"284\" y=\"24\" width=\"188\" height=\"72\" rx=\"8\" fill=\"#e8f0fa\" stroke=\"#2a5d9f\"/>
  <text x=\"378\" y=\"66\" fill=\"#12304f\">{to}</text>
</svg>
"
    )
}
