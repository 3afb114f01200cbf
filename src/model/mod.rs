//! Plain data: ids, sources, questions, estimates, attributions, claims, the case.
//! No input or output, no mathematics.

mod attribution;
mod case;
mod claims;
mod column;
mod date;
mod estimate;
mod ids;
mod question;
mod source;
pub mod unit;

pub use attribution::{Element, Inferred, Party};
pub use case::{Case, Resolution};
pub use claims::{Basis, Claims, Status};
pub use column::{Column, ListColumn, SparseColumn, TextColumn};
pub use date::Date;
pub use estimate::{Bound, BoundClass, Estimate, Interval};
pub use ids::{ClaimId, LabelId, QuestionId, SourceId, natural_order};
pub use question::{Measure, Question, Scale};
pub use source::{Reliability, Source, SourceKind, fold_name};
