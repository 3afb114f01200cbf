//! Loops with the vector instructions that the processor has.

pub use pulp::{Arch, Simd, WithSimd};

/// Makes a function of its body that runs with the widest vectors of the processor at hand. They do the same arithmetic
/// on several elements at once, none of it fused or reordered, so that the bits are the same everywhere.
///
/// A compiler uses them only where all of the body is inlined, which a closure would not ensure: so what the body calls
/// has to be `#[inline(always)]`.
macro_rules! vectored {
    ($($(#[$meta:meta])* fn $name:ident<'a>($($arg:ident: $type:ty),* $(,)?) $(-> $out:ty)? $body:block)*) => {$(
        $(#[$meta])*
        #[allow(clippy::too_many_arguments, reason = "the arrays that a loop goes over")]
        fn $name<'a>($($arg: $type),*) $(-> $out)? {
            struct Loop<'a> {
                $($arg: $type,)*
                of: std::marker::PhantomData<&'a ()>,
            }
            impl<'a> $crate::stats::vectored::WithSimd for Loop<'a> {
                type Output = $crate::stats::vectored::vectored!(@ $($out)?);

                #[inline(always)]
                fn with_simd<S: $crate::stats::vectored::Simd>(self, _: S) -> Self::Output {
                    let Loop { $($arg,)* of: _ } = self;
                    $body
                }
            }
            $crate::stats::vectored::Arch::new().dispatch(Loop { $($arg,)* of: std::marker::PhantomData })
        }
    )*};
    (@) => { () };
    (@ $out:ty) => { $out };
}

pub(crate) use vectored;
