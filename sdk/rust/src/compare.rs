//! `memcmp` and `bcmp`, eight bytes at a time.
//!
//! Every comparison of two texts ends here, and so does most of the work of an app that looks things up by
//! name. The compiler's own versions for WebAssembly compare byte by byte.

/// Compares `n` bytes: less than, equal to or greater than zero, by the first difference.
///
/// # Safety
/// As in C: both pointers are valid for reads of `n` bytes.
#[unsafe(no_mangle)]
unsafe extern "C" fn memcmp(a: *const u8, b: *const u8, n: usize) -> i32 {
    let mut at = 0;
    while at + 8 <= n {
        // SAFETY: the eight bytes from `at` are within `n`.
        let [x, y] = [a, b].map(|p| unsafe { p.add(at).cast::<u64>().read_unaligned() });
        if x != y {
            return if x.swap_bytes() < y.swap_bytes() { -1 } else { 1 };
        }
        at += 8;
    }
    while at < n {
        // SAFETY: `at` is within `n`.
        let [x, y] = [a, b].map(|p| unsafe { p.add(at).read() });
        if x != y {
            return i32::from(x) - i32::from(y);
        }
        at += 1;
    }
    0
}

/// Zero if the `n` bytes are equal.
///
/// # Safety
/// As [`memcmp`].
#[unsafe(no_mangle)]
unsafe extern "C" fn bcmp(a: *const u8, b: *const u8, n: usize) -> i32 {
    // SAFETY: guaranteed by this function's caller.
    unsafe { memcmp(a, b, n) }
}
