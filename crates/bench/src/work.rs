//! Eight people at work: each opens one screen after the other, looks at it for a while and goes on, and all that a screen
//! asks for is asked at once, as a browser does.

use std::time::{Duration, Instant as Clock};

use base::Result;
use serde_json::json;

use crate::cases::{Known, Outcome, by_stage, get, my_numbers, query, stuck};
use crate::load::{Call, Target, Times};

/// How long they work.
const LASTING: Duration = Duration::from_secs(60);
/// How long one looks at a screen, in milliseconds: in turn, so that they do not march in step.
const LOOKS: [u64; 5] = [700, 1_100, 900, 1_300, 1_000];
const BUDGET: &str = "p95 < 300 ms";
const SCREENS: [&str; 6] = ["board", "list", "its foot", "record", "palette", "today"];
/// Follows the list at once.
const FOOT: usize = 2;
const WORDS: [&str; 6] = ["ross", "wang xiao", "giulia fer", "晓明", "p77", "marsh"];

/// One outcome for each screen: the time until the last of its answers has come.
pub fn run(people: &[Target], known: &Known, tell: &mut dyn FnMut(&Outcome)) -> Result<()> {
    let began = Clock::now();
    let seen: Vec<Vec<Seen>> = std::thread::scope(|scope| {
        let at_work: Vec<_> =
            people.iter().enumerate().map(|(number, person)| scope.spawn(move || work(person, known, number, began + LASTING))).collect();
        at_work.into_iter().filter_map(|one| one.join().ok()).collect()
    });
    let elapsed = began.elapsed();
    for (screen, name) in SCREENS.iter().enumerate() {
        let of_it: Vec<&Seen> = seen.iter().flatten().filter(|one| one.screen == screen).collect();
        let micros = of_it.iter().filter(|one| one.is_whole).map(|one| one.micros).collect();
        let failures = of_it.iter().filter(|one| !one.is_whole).count();
        let name = format!("eight at work, {name}");
        tell(&Outcome { name, budget: BUDGET, times: Times::of(micros, elapsed, failures), server_ms: None });
    }
    Ok(())
}

struct Seen {
    screen: usize,
    micros: u128,
    is_whole: bool,
}

fn work(person: &Target, known: &Known, number: usize, until: Clock) -> Vec<Seen> {
    let agent = Target::agent();
    let mut seen = Vec::new();
    for turn in number.. {
        let look = LOOKS.get(turn % LOOKS.len()).copied().unwrap_or(1_000);
        let screen = turn % SCREENS.len();
        if screen != FOOT {
            std::thread::sleep(Duration::from_millis(look));
        }
        if Clock::now() >= until {
            break;
        }
        let calls = asked(screen, known, turn * (number + 1));
        let began = Clock::now();
        let is_whole = std::thread::scope(|scope| {
            let answers: Vec<_> = calls.iter().map(|call| scope.spawn(|| person.send(&agent, call))).collect();
            answers.into_iter().all(|answer| matches!(answer.join(), Ok(Ok((status, _))) if status < 400))
        });
        seen.push(Seen { screen, micros: began.elapsed().as_micros(), is_whole });
    }
    // The first round makes connections and fills caches.
    seen.split_off(SCREENS.len().min(seen.len()))
}

/// What a screen asks for.
fn asked(screen: usize, known: &Known, n: usize) -> Vec<Call> {
    let company = known.companies.get(n % known.companies.len().max(1)).map_or("", String::as_str);
    match screen {
        0 => {
            let open = format!("status == \"open\" && pipeline == \"{}\"", known.pipeline);
            let cards = known.stages.iter().map(|stage| {
                let filter = encoded(&format!("{open} && stage == \"{stage}\""));
                get(format!("/api/v1/deals?filter={filter}&sort=next_activity_at&limit=25&expand=stage,company,owner&count=none"))
            });
            cards.chain([by_stage(&open), stuck(&open)]).collect()
        }
        1 => vec![get("/api/v1/contacts?sort=name&limit=50&expand=company,owner".to_string())],
        // How many there are, which comes when the rows stand.
        2 => vec![query(json!({"object": "contact", "measures": [{"fn": "count"}]}))],
        3 => vec![
            get(format!("/api/v1/companies/{company}?expand=owner,team")),
            get(format!("/api/v1/companies/{company}/timeline")),
            get(format!("/api/v1/deals?filter={}&limit=10", encoded(&format!("company == \"{company}\"")))),
            get(format!("/api/v1/contacts?filter={}&limit=10", encoded(&format!("company == \"{company}\"")))),
        ],
        4 => {
            let word = WORDS.get(n % WORDS.len()).copied().unwrap_or("ross");
            vec![Call { method: "POST", path: "/api/v1/search".to_string(), body: Some(json!({"q": word})) }]
        }
        _ => {
            let due = encoded("owner == me() && status in [\"open\", \"overdue\"] && due_on <= today() + days(7)");
            vec![get(format!("/api/v1/activities?filter={due}&sort=due_on,due_at&limit=200&expand=about&count=none")), my_numbers()]
        }
    }
}

/// As a query string has it.
fn encoded(text: &str) -> String {
    text.bytes().map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}
