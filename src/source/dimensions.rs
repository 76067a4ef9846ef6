//! The size of a picture, as a value. Knows nothing of files.

/// Width and height of a picture in its own pixels. Neither is zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dimensions {
    /// From side to side.
    pub width: u32,
    /// From top to bottom.
    pub height: u32,
}

impl Dimensions {
    /// Nothing if one of them is zero, or larger than any picture.
    pub fn new(width: usize, height: usize) -> Option<Self> {
        let fit = |length: usize| {
            u32::try_from(length)
                .ok()
                .filter(|length| (1..1_000_000).contains(length))
        };
        Some(Dimensions {
            width: fit(width)?,
            height: fit(height)?,
        })
    }
}
