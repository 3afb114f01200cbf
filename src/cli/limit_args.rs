//! How much is read before it is refused.

use clap::Args;
use sayso::ingest::{LIMITS, Limits, size};

/// How much is read before it is refused.
#[derive(Debug, Clone, Args)]
pub struct LimitArgs {
    #[arg(long, value_name = "NAME=VALUE", value_parser = checked, help = limits())]
    limit: Vec<String>,
}

fn limits() -> String {
    let told = LIMITS.iter().map(|limit| {
        let value = (limit.get)(&Limits::default());
        let value = if limit.is_size { size(value) } else { value.to_string() };
        format!("{} ({}: {value})", limit.name, limit.of)
    });
    let told = told.collect::<Vec<_>>().join(", ");
    format!("Read more, or less, before it is refused: {told}; may be given several times")
}

/// Refuses a limit that cannot be set, as a mistake in the command.
fn checked(text: &str) -> Result<String, String> {
    Limits::default().set(text).map(|()| text.to_owned())
}

impl LimitArgs {
    /// The limits in force.
    pub fn limits(&self) -> Limits {
        let mut limits = Limits::default();
        for text in &self.limit {
            // Every value was checked when it was typed.
            let _ = limits.set(text);
        }
        limits
    }
}
