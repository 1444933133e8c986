//! Values on their way to PostgreSQL, each in the type of its place.

use std::error::Error as StdError;

use base::{Date, Id, Instant, Number};
use bytes::{BufMut, BytesMut};
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};

use super::numeric::{write_int, write_number};
use crate::Param;

/// Microseconds and days from 1970 to 2000, where PostgreSQL begins to count.
pub(super) const EPOCH_MICROS: i64 = 946_684_800_000_000;
pub(super) const EPOCH_DAYS: i32 = 10_957;

type Outcome = Result<IsNull, Box<dyn StdError + Sync + Send>>;

impl ToSql for Param {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Outcome {
        match self {
            Param::Null => Ok(IsNull::Yes),
            Param::Bool(b) => bool(*b, ty, out),
            Param::Int(n) => int(*n, ty, out),
            Param::Float(n) => float(*n, ty, out),
            Param::Text(s) => text(s, ty, out),
            Param::Bytes(b) => bytes(b, ty, out),
            Param::Id(id) => id_value(*id, ty, out),
            Param::Date(d) => date(*d, ty, out),
            Param::Instant(i) => instant(*i, ty, out),
            Param::Number(n) => number(*n, ty, out),
            Param::Ids(ids) => ids_value(ids, ty, out),
            Param::Texts(texts) => texts_value(texts, ty, out),
            Param::Ints(ints) => ints_value(ints, ty, out),
        }
    }
    fn accepts(_: &Type) -> bool {
        true
    }
    to_sql_checked!();
}

fn refuse(what: &str, ty: &Type) -> Outcome {
    Err(format!("{what} was bound where PostgreSQL expects {ty}").into())
}

fn is_text(ty: &Type) -> bool {
    matches!(*ty, Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::NAME | Type::UNKNOWN)
}

fn bool(b: bool, ty: &Type, out: &mut BytesMut) -> Outcome {
    match *ty {
        Type::BOOL => b.to_sql(ty, out),
        Type::INT2 | Type::INT4 | Type::INT8 | Type::NUMERIC => int(i64::from(b), ty, out),
        _ if is_text(ty) => b.to_string().to_sql(ty, out),
        _ => refuse("a truth", ty),
    }
}

fn int(n: i64, ty: &Type, out: &mut BytesMut) -> Outcome {
    match *ty {
        Type::INT8 => n.to_sql(ty, out),
        Type::INT4 => i32::try_from(n)?.to_sql(ty, out),
        Type::INT2 => i16::try_from(n)?.to_sql(ty, out),
        Type::OID => u32::try_from(n)?.to_sql(ty, out),
        Type::NUMERIC => {
            write_int(n, out);
            Ok(IsNull::No)
        }
        Type::FLOAT8 | Type::FLOAT4 => float(n.to_string().parse()?, ty, out),
        Type::BOOL => (n != 0).to_sql(ty, out),
        Type::TIMESTAMPTZ | Type::TIMESTAMP => instant(Instant::from_micros(n), ty, out),
        _ if is_text(ty) => n.to_string().to_sql(ty, out),
        _ => refuse("an integer", ty),
    }
}

fn float(n: f64, ty: &Type, out: &mut BytesMut) -> Outcome {
    match *ty {
        Type::FLOAT8 => n.to_sql(ty, out),
        Type::FLOAT4 => n.to_string().parse::<f32>()?.to_sql(ty, out),
        Type::NUMERIC => number(n.to_string().parse().map_err(|_| "a floating number does not fit a decimal")?, ty, out),
        _ if is_text(ty) => n.to_string().to_sql(ty, out),
        _ => refuse("a floating number", ty),
    }
}

fn text(s: &str, ty: &Type, out: &mut BytesMut) -> Outcome {
    let shaped =
        |what: &str| -> Box<dyn StdError + Sync + Send> { format!("text that is not {what} was bound where {ty} is expected").into() };
    match *ty {
        Type::UUID => id_value(s.parse().map_err(|_| shaped("an id"))?, ty, out),
        Type::DATE => date(s.parse().map_err(|_| shaped("a date"))?, ty, out),
        Type::TIMESTAMPTZ | Type::TIMESTAMP => instant(s.parse().map_err(|_| shaped("a moment"))?, ty, out),
        Type::NUMERIC => number(s.parse().map_err(|_| shaped("a number"))?, ty, out),
        Type::INT2 | Type::INT4 | Type::INT8 => int(s.parse().map_err(|_| shaped("an integer"))?, ty, out),
        Type::JSONB => {
            out.put_u8(1);
            out.put_slice(s.as_bytes());
            Ok(IsNull::No)
        }
        Type::JSON => {
            out.put_slice(s.as_bytes());
            Ok(IsNull::No)
        }
        _ if is_text(ty) => s.to_sql(ty, out),
        _ => refuse("text", ty),
    }
}

fn bytes(b: &[u8], ty: &Type, out: &mut BytesMut) -> Outcome {
    match *ty {
        Type::BYTEA => b.to_sql(ty, out),
        Type::UUID if b.len() == 16 => {
            out.put_slice(b);
            Ok(IsNull::No)
        }
        _ => refuse("bytes", ty),
    }
}

fn id_value(id: Id, ty: &Type, out: &mut BytesMut) -> Outcome {
    match *ty {
        Type::UUID | Type::BYTEA => {
            out.put_slice(id.as_bytes());
            Ok(IsNull::No)
        }
        _ if is_text(ty) => id.to_string().to_sql(ty, out),
        _ => refuse("an id", ty),
    }
}

fn date(d: Date, ty: &Type, out: &mut BytesMut) -> Outcome {
    match *ty {
        Type::DATE => {
            out.put_i32(d.days() - EPOCH_DAYS);
            Ok(IsNull::No)
        }
        _ if is_text(ty) => d.to_string().to_sql(ty, out),
        _ => refuse("a date", ty),
    }
}

fn instant(i: Instant, ty: &Type, out: &mut BytesMut) -> Outcome {
    match *ty {
        Type::TIMESTAMPTZ | Type::TIMESTAMP => {
            out.put_i64(i.micros().checked_sub(EPOCH_MICROS).ok_or("a moment too early for PostgreSQL")?);
            Ok(IsNull::No)
        }
        Type::INT8 | Type::NUMERIC => int(i.micros(), ty, out),
        _ if is_text(ty) => i.to_string().to_sql(ty, out),
        _ => refuse("a moment", ty),
    }
}

fn number(n: Number, ty: &Type, out: &mut BytesMut) -> Outcome {
    match *ty {
        Type::NUMERIC => {
            write_number(n, out);
            Ok(IsNull::No)
        }
        Type::FLOAT8 | Type::FLOAT4 => float(n.to_text(0).parse()?, ty, out),
        Type::INT2 | Type::INT4 | Type::INT8 => {
            int(n.to_i64().ok_or("a number with decimals was bound where an integer is expected")?, ty, out)
        }
        _ if is_text(ty) => n.to_text(0).to_sql(ty, out),
        _ => refuse("a number", ty),
    }
}

fn ids_value(ids: &[Id], ty: &Type, out: &mut BytesMut) -> Outcome {
    match *ty {
        Type::UUID_ARRAY => ids.iter().map(|id| id.uuid()).collect::<Vec<_>>().to_sql(ty, out),
        Type::TEXT_ARRAY | Type::VARCHAR_ARRAY => ids.iter().map(ToString::to_string).collect::<Vec<_>>().to_sql(ty, out),
        _ => refuse("a list of ids", ty),
    }
}

fn texts_value(texts: &[String], ty: &Type, out: &mut BytesMut) -> Outcome {
    match *ty {
        Type::TEXT_ARRAY | Type::VARCHAR_ARRAY => texts.to_sql(ty, out),
        Type::UUID_ARRAY => {
            let ids = texts
                .iter()
                .map(|t| t.parse().map_err(|_| "text that is not an id was bound in a list of ids"))
                .collect::<Result<Vec<Id>, _>>()?;
            ids_value(&ids, ty, out)
        }
        _ => refuse("a list of texts", ty),
    }
}

fn ints_value(ints: &[i64], ty: &Type, out: &mut BytesMut) -> Outcome {
    match *ty {
        Type::INT8_ARRAY => ints.to_sql(ty, out),
        Type::INT4_ARRAY => ints.iter().map(|n| i32::try_from(*n)).collect::<Result<Vec<_>, _>>()?.to_sql(ty, out),
        _ => refuse("a list of integers", ty),
    }
}
