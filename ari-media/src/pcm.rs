//! PCM samples: formats on the wire, G.711 and G.722, resampling, levels and WAV files.
//!
//! Samples are `i16`. These modules perform no I/O. Their input and output are slices, so the same
//! code serves sockets, files and tests. They are those of the crate
//! [`ari-pcm`](https://docs.rs/ari-pcm), which the fake Asterisk uses as well.

#[doc(inline)]
pub use ari_pcm::*;
