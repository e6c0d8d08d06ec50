//! What a claim can be about.

use super::vocabulary::ValueType;
use std::fmt;

/// A field of an incident.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// When it happened.
    Date,
    /// How much money.
    Amount,
    /// How many of something: `count.exchanges`.
    Count(String),
    /// Who, in a role: `actors.target`.
    Actors(String),
    /// Where.
    Places,
    /// Alleged, confirmed, …
    Status,
    /// The one sentence on the card.
    Summary,
    /// Anything else, named by the author: `method`, `purpose`.
    Label(String),
}

impl Field {
    /// Reads what stands after `about:`.
    ///
    /// # Errors
    /// A fragment for people when it is neither a known field nor a possible label.
    pub fn parse(text: &str) -> Result<Self, String> {
        let name_of = |prefix: &str, rest: &str| {
            if is_name(rest) { Ok(rest.to_owned()) } else { Err(format!("`{text}` names no {prefix}")) }
        };
        match text {
            "date" => Ok(Self::Date),
            "amount" => Ok(Self::Amount),
            "places" => Ok(Self::Places),
            "status" => Ok(Self::Status),
            "summary" => Ok(Self::Summary),
            _ => {
                if let Some(rest) = text.strip_prefix("count.") {
                    name_of("count", rest).map(Self::Count)
                } else if let Some(rest) = text.strip_prefix("actors.") {
                    name_of("role", rest).map(Self::Actors)
                } else if is_name(text) {
                    Ok(Self::Label(text.to_owned()))
                } else {
                    Err(format!("`{text}` is no field and no label"))
                }
            }
        }
    }

    /// Whether the field has one value at most, so that two different claims need a choice.
    ///
    /// The others add up until one of their claims is preferred.
    pub fn is_single(&self) -> bool {
        matches!(self, Self::Date | Self::Amount | Self::Count(_) | Self::Status)
    }

    /// The field's name with only characters of an id: the base of an anchor.
    pub fn slug(&self) -> String {
        self.to_string().replace(['.', '_'], "-")
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Date => f.write_str("date"),
            Self::Amount => f.write_str("amount"),
            Self::Count(name) => write!(f, "count.{name}"),
            Self::Actors(role) => write!(f, "actors.{role}"),
            Self::Places => f.write_str("places"),
            Self::Status => f.write_str("status"),
            Self::Summary => f.write_str("summary"),
            Self::Label(label) => f.write_str(label),
        }
    }
}

/// Whether `text` can name a count, a role, a label or an extra field: `[a-z0-9][a-z0-9_-]*`, at most 60 characters.
pub fn is_name(text: &str) -> bool {
    text.len() <= 60
        && text.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_')
}

/// The grammar in which a claim about a field is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldType {
    /// One of the types that `site.yaml` can give.
    Value(ValueType),
    /// A word of [`super::vocabulary::Status`].
    Status,
}
