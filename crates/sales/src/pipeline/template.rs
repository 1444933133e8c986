//! Pipelines that a workspace may begin with.

use base::{Number, Result, Value};
use kernel::{Ctx, Record, record};
use store::Tx;

/// A name in English, Italian and Chinese.
type Names = [&'static str; 3];

pub struct Template {
    /// Stable word by which the first run names it.
    pub code: &'static str,
    /// What it is called where one chooses.
    pub titles: Names,
    /// What the pipeline is called.
    pub names: Names,
    steps: &'static [Step],
}

/// An open stage: chance in percent, usual days, category of the forecast.
struct Step {
    names: Names,
    probability: i64,
    usual_days: i64,
    forecast: &'static str,
    hue: &'static str,
    /// From here on one should know who decides.
    decides: bool,
}

const fn step(names: Names, probability: i64, usual_days: i64, forecast: &'static str, hue: &'static str) -> Step {
    Step { names, probability, usual_days, forecast, hue, decides: false }
}

const fn decided(step: Step) -> Step {
    Step { decides: true, ..step }
}

pub static SALES: Template = Template {
    code: "sales",
    titles: ["Sales in five stages", "Vendite in cinque fasi", "五阶段销售"],
    names: ["Sales", "Vendite", "销售"],
    steps: &[
        step(["Qualify", "Qualificazione", "资格确认"], 10, 7, "pipeline", "slate"),
        step(["Discovery", "Analisi", "需求分析"], 25, 14, "pipeline", "sky"),
        decided(step(["Proposal", "Offerta", "方案报价"], 50, 12, "best_case", "ochre")),
        decided(step(["Negotiation", "Trattativa", "商务谈判"], 70, 10, "best_case", "apricot")),
        decided(step(["Verbal yes", "Accordo verbale", "口头确认"], 90, 7, "commit", "moss")),
    ],
};

pub static RENEWALS: Template = Template {
    code: "renewals",
    titles: ["Renewals of contracts", "Rinnovi di contratti", "合同续约"],
    names: ["Renewals", "Rinnovi", "续约"],
    steps: &[
        step(["Due", "In scadenza", "即将到期"], 60, 30, "best_case", "slate"),
        step(["Contacted", "Contattato", "已联系"], 70, 14, "best_case", "sky"),
        step(["Offer sent", "Offerta inviata", "已报价"], 80, 14, "commit", "ochre"),
        step(["Agreed", "Concordato", "已同意"], 95, 7, "commit", "moss"),
    ],
};

pub static SIMPLE: Template = Template {
    code: "simple",
    titles: ["Simple sales in three stages", "Vendite semplici in tre fasi", "三阶段简易销售"],
    names: ["Sales", "Vendite", "销售"],
    steps: &[
        step(["Contact", "Contatto", "接触"], 20, 14, "pipeline", "slate"),
        decided(step(["Offer", "Offerta", "报价"], 50, 14, "best_case", "ochre")),
        decided(step(["Decision", "Decisione", "决定"], 80, 10, "commit", "moss")),
    ],
};

const TEMPLATES: &[&Template] = &[&SALES, &RENEWALS, &SIMPLE];

impl kernel::Template for Template {
    fn code(&self) -> &'static str {
        self.code
    }
    fn name(&self, language: &str) -> &'static str {
        in_language(&self.titles, language)
    }
    fn steps(&self, language: &str) -> Vec<&'static str> {
        self.steps.iter().map(|step| in_language(&step.names, language)).collect()
    }
    fn make(&self, ctx: &Ctx, tx: &mut Tx) -> Result<()> {
        create(ctx, tx, self).map(|_| ())
    }
}

/// Names of the stages that end every pipeline: won and lost.
const ENDS: [(&str, Names, i64, &str, &str); 2] =
    [("won", ["Won", "Vinta", "赢单"], 100, "closed", "pine"), ("lost", ["Lost", "Persa", "输单"], 0, "omitted", "sand")];

/// Every template, the usual one first.
pub fn templates() -> &'static [&'static Template] {
    TEMPLATES
}

/// The usual sales pipeline, in the caller's language.
pub fn create_default(ctx: &Ctx, tx: &mut Tx) -> Result<Record> {
    match TEMPLATES.first() {
        Some(template) => create(ctx, tx, template),
        None => Err(base::Error::internal("there is no template of a pipeline")),
    }
}

/// A pipeline with its stages, won and lost included, in the caller's language.
pub fn create(ctx: &Ctx, tx: &mut Tx, template: &Template) -> Result<Record> {
    let name = in_language(&template.names, &ctx.language);
    let pipeline = record::create_values(ctx, tx, "pipeline", vec![("name", Value::from(name))])?;
    for (position, step) in (0_i64..).zip(template.steps) {
        let values = vec![
            ("pipeline", Value::Id(pipeline.id)),
            ("name", Value::from(in_language(&step.names, &ctx.language))),
            ("position", Value::Int(position)),
            ("probability", Number::from_i64(step.probability).into()),
            ("usual_days", Value::Int(step.usual_days)),
            ("forecast_category", Value::from(step.forecast)),
            ("hue", Value::from(step.hue)),
            ("wants_decision_maker", Value::Bool(step.decides)),
        ];
        record::create_values(ctx, tx, "stage", values)?;
    }
    create_end(ctx, tx, pipeline.id, "won")?;
    create_end(ctx, tx, pipeline.id, "lost")?;
    Ok(pipeline)
}

/// The won or lost stage of a pipeline that has none.
pub fn create_end(ctx: &Ctx, tx: &mut Tx, pipeline: base::Id, kind: &str) -> Result<Option<Record>> {
    let Some((kind, names, chance, forecast, hue)) = ENDS.iter().find(|(k, ..)| *k == kind) else { return Ok(None) };
    let values = vec![
        ("pipeline", Value::Id(pipeline)),
        ("name", Value::from(in_language(names, &ctx.language))),
        ("kind", Value::from(*kind)),
        ("probability", Number::from_i64(*chance).into()),
        ("forecast_category", Value::from(*forecast)),
        ("hue", Value::from(*hue)),
    ];
    record::create_values(&ctx.as_system(), tx, "stage", values).map(Some)
}

fn in_language(names: &Names, language: &str) -> &'static str {
    let [en, it, zh] = names;
    match language {
        "it" => it,
        "zh" => zh,
        _ => en,
    }
}
