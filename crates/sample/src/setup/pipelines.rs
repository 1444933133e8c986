//! The three pipelines and their stages.

use serde_json::{Map, Value as Json, json};

use crate::staff::Team;
use crate::step::{Key, filled};

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Pipe {
    #[default]
    Equipment,
    Renewals,
    China,
}

pub struct Pipeline {
    pub pipe: Pipe,
    pub name: &'static str,
    pub description: &'static str,
    pub stages: &'static [Stage],
}

pub struct Stage {
    pub name: &'static str,
    pub kind: &'static str,
    pub probability: i64,
    pub usual_days: i64,
    pub forecast: &'static str,
    pub guidance: &'static str,
}

const fn open(name: &'static str, probability: i64, usual_days: i64, forecast: &'static str, guidance: &'static str) -> Stage {
    Stage { name, kind: "open", probability, usual_days, forecast, guidance }
}
const fn closed(name: &'static str, kind: &'static str, probability: i64) -> Stage {
    Stage { name, kind, probability, usual_days: 0, forecast: if probability > 0 { "closed" } else { "omitted" }, guidance: "" }
}

pub const PIPELINES: &[Pipeline] = &[
    Pipeline {
        pipe: Pipe::Equipment,
        name: "Equipment",
        description: "Cabinets, machines, probes: from the first talk to the order.",
        stages: &[
            open(
                "Qualify",
                10,
                7,
                "pipeline",
                "Is there a need, a date and somebody who decides? Answer the first enquiry within the hour.",
            ),
            open(
                "Discovery",
                25,
                14,
                "pipeline",
                "See the place. Count doors and probes, note power and drains, meet whoever uses the machine.",
            ),
            open("Proposal", 50, 12, "best_case", "Send a quote with delivery time. Call within 48 hours of sending it."),
            open("Negotiation", 70, 10, "best_case", "Special prices above 10 % need the sales manager, above 15 % the director."),
            open("Verbal yes", 90, 7, "commit", "Get the signed order, confirm delivery week and installation."),
            closed("Won", "won", 100),
            closed("Lost", "lost", 0),
        ],
    },
    Pipeline {
        pipe: Pipe::Renewals,
        name: "Renewals",
        description: "Monitoring and maintenance contracts that end, and supplies that run out.",
        stages: &[
            open("Due", 60, 30, "best_case", "Look at the alarms and visits of the year before calling."),
            open("Contacted", 70, 14, "best_case", "Ask what changed: sites, probes, people."),
            open("Offer sent", 80, 14, "commit", "One page: what they had, what they get, what it costs."),
            open("Agreed", 95, 7, "commit", "Signed renewal back, subscription extended."),
            closed("Renewed", "won", 100),
            closed("Not renewed", "lost", 0),
        ],
    },
    Pipeline {
        pipe: Pipe::China,
        name: "China 渠道",
        description: "渠道与大客户项目：从初步接触到首单。",
        stages: &[
            open("初步接触", 10, 21, "pipeline", "确认采购预算、决策人和现有供应商。"),
            open("样机测试", 25, 45, "pipeline", "样机到场后两周内回访，记录温度曲线。"),
            open("商务条款", 50, 30, "best_case", "价格、账期、独家区域；折扣超过10%需总部批准。"),
            open("认证", 75, 60, "best_case", "CCC与GSP文件齐全后再承诺交期。"),
            open("首单", 90, 20, "commit", "合同盖章，预付款到账后排产。"),
            closed("赢单", "won", 100),
            closed("丢单", "lost", 0),
        ],
    },
];

impl Pipe {
    pub fn pipeline(self) -> &'static Pipeline {
        PIPELINES.iter().find(|p| p.pipe == self).unwrap_or(&FIRST)
    }
    pub fn number(self) -> u32 {
        PIPELINES.iter().zip(0..).find(|(p, _)| p.pipe == self).map_or(0, |(_, n)| n)
    }
    pub fn key(self) -> Key {
        Key::new("pipeline", self.number())
    }
    /// How many stages are open; won and lost follow them.
    pub fn opens(self) -> usize {
        self.pipeline().stages.iter().filter(|s| s.kind == "open").count()
    }
    pub fn usual_days(self, stage: usize) -> i64 {
        self.pipeline().stages.get(stage).map_or(7, |s| s.usual_days)
    }
    pub fn stage(self, at: usize) -> Key {
        let before: usize = PIPELINES.iter().take_while(|p| p.pipe != self).map(|p| p.stages.len()).sum();
        Key::new("stage", u32::try_from(before + at).unwrap_or(0))
    }
    pub fn won(self) -> Key {
        self.stage(self.opens())
    }
    pub fn lost(self) -> Key {
        self.stage(self.opens() + 1)
    }
}

static FIRST: Pipeline = Pipeline { pipe: Pipe::Equipment, name: "", description: "", stages: &[] };

/// All stages in the order of their numbers.
pub fn stages() -> impl Iterator<Item = (&'static Pipeline, usize, &'static Stage)> {
    PIPELINES.iter().flat_map(|p| p.stages.iter().enumerate().map(move |(at, stage)| (p, at, stage)))
}

pub fn record(number: u32) -> Map<String, Json> {
    let found = PIPELINES.iter().zip(0_u32..).find(|(_, n)| *n == number);
    let Some((pipeline, _)) = found else { return Map::new() };
    let is_china = pipeline.pipe == Pipe::China;
    filled(json!({
        "name": pipeline.name, "object": "deal", "position": number, "default": pipeline.pipe == Pipe::Equipment,
        "description": pipeline.description, "currency": if is_china { "CNY" } else { "EUR" },
        "teams": if is_china { json!([Key::new("team", Team::China.number()).link()]) } else { Json::Null },
    }))
}

pub fn stage_record(number: u32) -> Map<String, Json> {
    let found = stages().zip(0_u32..).find(|(_, n)| *n == number);
    let Some(((pipeline, at, stage), _)) = found else { return Map::new() };
    let needs_amount = stage.name == "Proposal";
    let entry = ["amount", "expected_close"];
    let is_late = pipeline.pipe != Pipe::Renewals && stage.kind == "open" && stage.probability >= 50;
    filled(json!({
        "pipeline": pipeline.pipe.key().link(), "name": stage.name, "position": at, "kind": stage.kind, "probability": stage.probability,
        "usual_days": if stage.usual_days > 0 { json!(stage.usual_days) } else { Json::Null }, "forecast_category": stage.forecast,
        "guidance": if stage.guidance.is_empty() { Json::Null } else { stage.guidance.into() },
        "entry_fields": if needs_amount { json!(entry) } else { Json::Null }, "wants_decision_maker": is_late,
    }))
}
