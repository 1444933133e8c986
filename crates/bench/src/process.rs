//! What the operating system says of a process: memory and processor time (Linux; nothing elsewhere).

use std::fs;

/// Resident memory in MB.
pub fn memory_mb(pid: u32) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find(|l| l.starts_with("VmRSS:"))?;
    let kb: u32 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(f64::from(kb) / 1024.0)
}

/// Memory that is its own and cannot be given back: without the pages of the database file mapped into it.
pub fn own_memory_mb(pid: u32) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find(|l| l.starts_with("RssAnon:"))?;
    let kb: u32 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(f64::from(kb) / 1024.0)
}

/// Processor time used so far, in milliseconds (fields 14 and 15 of `proc(5)`, at 100 ticks a second).
pub fn processor_ms(pid: u32) -> Option<f64> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let rest = stat.rsplit_once(") ")?.1;
    let mut fields = rest.split_whitespace().skip(11);
    let user: u32 = fields.next()?.parse().ok()?;
    let system: u32 = fields.next()?.parse().ok()?;
    Some(f64::from(user + system) * 10.0)
}

/// Load of the machine over the last minute, and its processors.
pub fn machine() -> String {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let processors = std::thread::available_parallelism().map_or(0, usize::from);
    format!("{processors} processors, load {}", load.split_whitespace().next().unwrap_or("unknown"))
}
