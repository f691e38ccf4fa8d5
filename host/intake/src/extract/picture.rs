//! The pixels of a photograph, in shades of grey, for a program that recognises characters: that program then
//! decodes no file.

use crate::error::FormatError;
use crate::reason::Reason;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use std::io::Cursor;

/// Longest side of the pixels that are given away. A receipt on the photograph of a phone stays legible.
pub const LARGEST_SIDE: u32 = 3_200;

/// Longest side of a photograph, and its pixels: the largest of current phones that are read have 50 million.
const SIDE: u32 = 16_000;
const PIXELS: u64 = 52_000_000;

/// Memory for decoding, in bytes: below that of a process that reads.
const MEMORY: u64 = 180 << 20;

/// Formats that are read. HEIC and AVIF need decoders in C.
const FORMATS: [ImageFormat; 3] = [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP];

/// A picture in shades of grey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pixels {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// One byte per pixel, row by row; 0 is black.
    pub grey: Vec<u8>,
}

impl Pixels {
    /// Reads what [`extract`](super::extract) gives. `None` unless it is a picture of at most
    /// [`LARGEST_SIDE`] with all its pixels.
    pub fn read(bytes: &[u8]) -> Option<Pixels> {
        let (width, rest) = bytes.split_first_chunk()?;
        let (height, grey) = rest.split_first_chunk()?;
        let (width, height) = (u32::from_le_bytes(*width), u32::from_le_bytes(*height));
        let is_bounded = (1..=LARGEST_SIDE).contains(&width) && (1..=LARGEST_SIDE).contains(&height);
        let is_whole = u64::from(width) * u64::from(height) == grey.len() as u64;
        (is_bounded && is_whole).then(|| Pixels { width, height, grey: grey.to_vec() })
    }

    fn write(&self) -> Vec<u8> {
        [&self.width.to_le_bytes()[..], &self.height.to_le_bytes(), &self.grey].concat()
    }
}

/// The pixels of a photograph, upright.
///
/// # Errors
/// [`Reason::NotAPicture`]; [`Reason::PictureTooLarge`].
pub(super) fn pixels(bytes: &[u8]) -> Result<Vec<u8>, FormatError> {
    let broken = |_| FormatError::broken(0, Reason::NotAPicture);
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format()?;
    let format = reader.format().filter(|format| FORMATS.contains(format));
    let format = format.ok_or_else(|| FormatError::broken(0, Reason::OtherPicture))?;
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height) = (Some(SIDE), Some(SIDE));
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(broken)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS || decoder.total_bytes() > MEMORY {
        return Err(FormatError::broken(0, Reason::picture_too_large((PIXELS / 1_000_000).to_string())));
    }
    let turned = decoder.orientation().map_err(broken)?;
    let decoded = DynamicImage::from_decoder(decoder).map_err(broken)?;
    // Made small before it is turned, and grey before it is made small: each step needs less memory.
    let grey = DynamicImage::ImageLuma8(decoded.into_luma8());
    let mut grey = if grey.width().max(grey.height()) > LARGEST_SIDE {
        grey.resize(LARGEST_SIDE, LARGEST_SIDE, FilterType::Triangle)
    } else {
        grey
    };
    grey.apply_orientation(turned);
    let grey = grey.into_luma8();
    Ok(Pixels { width: grey.width(), height: grey.height(), grey: grey.into_raw() }.write())
}

#[cfg(test)]
mod tests {
    use super::super::Content;
    use super::super::tests::of;
    use super::*;

    fn file(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let picture = image::RgbImage::from_fn(width, height, |x, _| {
            image::Rgb(if x < width / 2 { [0; 3] } else { [255; 3] })
        });
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn a_photograph_becomes_shades_of_grey() {
        for format in FORMATS {
            let read = Pixels::read(&of(Content::Pixels, &file(40, 20, format)).unwrap()).unwrap();
            assert_eq!((read.width, read.height, read.grey.len()), (40, 20, 800), "{format:?}");
            assert!(read.grey[3] < 16 && read.grey[36] > 239, "{format:?}");
        }
        let large = Pixels::read(&of(Content::Pixels, &file(6_400, 10, ImageFormat::Png)).unwrap()).unwrap();
        assert_eq!((large.width, large.height), (LARGEST_SIDE, 5));
    }

    #[test]
    fn a_photograph_that_claims_too_much_is_refused() {
        let sound = file(40, 20, ImageFormat::Png);
        let with = |width: u32, height: u32| {
            let mut changed = sound.clone();
            changed[16..20].copy_from_slice(&width.to_be_bytes());
            changed[20..24].copy_from_slice(&height.to_be_bytes());
            let sum = crc(&changed[12..29]);
            changed[29..33].copy_from_slice(&sum.to_be_bytes());
            of(Content::Pixels, &changed).unwrap_err().to_string()
        };
        assert!(with(15_999, 15_999).contains("52"), "{}", with(15_999, 15_999));
        assert!(with(100_000, 10).contains("picture"));
        assert!(with(0, 10).contains("picture"));
    }

    /// CRC-32 of a PNG chunk (ISO 3309).
    fn crc(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(u32::MAX, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| crc >> 1 ^ (0xedb8_8320 * (crc & 1)))
        })
    }

    #[test]
    fn pixels_of_a_process_are_not_believed() {
        let written = Pixels { width: 2, height: 3, grey: vec![7; 6] }.write();
        assert_eq!(Pixels::read(&written).unwrap().grey, [7; 6]);
        for bad in [&written[..written.len() - 1], &written[..8], &written[..5], b""] {
            assert_eq!(Pixels::read(bad), None);
        }
        let huge = [u32::MAX.to_le_bytes(), u32::MAX.to_le_bytes()].concat();
        assert_eq!(Pixels::read(&huge), None);
        assert_eq!(Pixels::read(&[0; 8]), None);
    }
}
