//! All tables in one JSON document, with what is needed to read them: a format name, its version, the unit of account.

use exodus_core::Timestamp;
use exodus_ui::Attachment;
use serde::{Serialize, Serializer, ser::SerializeMap as _};

use super::{
    attachment,
    cell::{Cell, Row, Table},
    own::Own,
};

/// The version of the format. A column may be added without a new version; nothing is renamed or dropped without one.
const VERSION: u64 = 1;

/// The file.
pub(super) fn file(own: &Own, tables: &[Table]) -> Attachment {
    let unit = Row(vec![
        ("code", own.unit().code.as_str().into()),
        ("sign", own.unit().sign.as_str().into()),
        ("decimals", u64::from(own.unit().decimals).into()),
    ]);
    let document = Document {
        made: own.at,
        zone: own.near.policy.zone.name(),
        unit,
        tables,
    };
    let mut bytes = serde_json::to_vec_pretty(&document).unwrap_or_default();
    bytes.push(b'\n');
    attachment("exodus.json", "application/json", bytes)
}

struct Document<'a> {
    made: Timestamp,
    zone: &'a str,
    unit: Row,
    tables: &'a [Table],
}

impl Serialize for Document<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("format", "exodus-export")?;
        map.serialize_entry("version", &VERSION)?;
        map.serialize_entry("made", &Cell::from(self.made))?;
        map.serialize_entry("time_zone", self.zone)?;
        map.serialize_entry("unit", &self.unit)?;
        for table in self.tables {
            map.serialize_entry(table.name, &table.rows)?;
        }
        map.end()
    }
}
