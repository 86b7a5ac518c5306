//! Taking line and column out of the places that panics would name.
//!
//! The compiler keeps file, line and column of every call that may panic: two thousand records that
//! do not compress. Files alone repeat and cost next to nothing. Nothing but the sentence of a panic
//! reads a record, so a panic in the browser names its file and 0:0.

use walrus::ir::Value;
use walrus::{ConstExpr, DataKind, Module};

/// Bytes of a record: address and length of the file's name, line, column.
const RECORD: usize = 16;

/// Lines and columns beyond these are something else.
const MOST_LINES: u32 = 20_000;
const MOST_COLUMNS: u32 = 400;

/// Sets line and column of every record to 0 and counts the records.
pub(super) fn forget(module: &mut Module) -> usize {
    let segments: Vec<_> = module
        .data
        .iter()
        .filter_map(|data| Some((address(&data.kind)?, data.value.clone())))
        .collect();
    let names_file = |address: u32, length: u32| {
        let name = segments.iter().find_map(|(start, bytes)| {
            let from = usize::try_from(address.checked_sub(*start)?).ok()?;
            bytes.get(from..from.checked_add(usize::try_from(length).ok()?)?)
        });
        name.is_some_and(|name| name.ends_with(b".rs") && name.is_ascii())
    };
    let mut count = 0;
    let ids: Vec<_> = module.data.iter().map(walrus::Data::id).collect();
    for id in ids {
        let data = module.data.get_mut(id);
        let Some(start) = address(&data.kind) else { continue };
        let mut at = (start.next_multiple_of(4) - start) as usize;
        while let Some(record) = data.value.get_mut(at..at + RECORD) {
            let word = |place: usize| {
                u32::from_le_bytes([
                    record[place],
                    record[place + 1],
                    record[place + 2],
                    record[place + 3],
                ])
            };
            let (line, column) = (word(8), word(12));
            let is_place = (1..MOST_LINES).contains(&line) && (1..MOST_COLUMNS).contains(&column);
            if is_place && names_file(word(0), word(4)) {
                record[8..].fill(0);
                count += 1;
                at += RECORD;
            } else {
                at += 4;
            }
        }
    }
    count
}

/// Where a segment stands in memory.
fn address(kind: &DataKind) -> Option<u32> {
    match kind {
        DataKind::Active { offset: ConstExpr::Value(Value::I32(offset)), .. } => {
            u32::try_from(*offset).ok()
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use walrus::ModuleConfig;

    use super::*;

    /// A module whose memory begins at 64 with `bytes`.
    fn module(bytes: Vec<u8>) -> Module {
        let mut module = Module::with_config(ModuleConfig::new());
        let memory = module.memories.add_local(false, false, 1, None, None);
        let offset = ConstExpr::Value(Value::I32(64));
        module.data.add(DataKind::Active { memory, offset }, bytes);
        module
    }

    fn record(address: u32, length: u32, line: u32, column: u32) -> Vec<u8> {
        [address, length, line, column].into_iter().flat_map(u32::to_le_bytes).collect()
    }

    #[test]
    fn places_lose_their_line_and_nothing_else_changes() {
        let name = b"src/a.rs".to_vec();
        let other = [record(64, 8, 0, 9), record(64, 7, 3, 9), record(9_999, 8, 3, 9)].concat();
        let mut module = module([name.clone(), record(64, 8, 42, 7), other.clone()].concat());
        assert_eq!(forget(&mut module), 1);
        let data = module.data.iter().next().expect("one segment");
        assert_eq!(data.value, [name, record(64, 8, 0, 0), other].concat());
    }
}
