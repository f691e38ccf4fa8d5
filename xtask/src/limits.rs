//! The limits that [`mutations`](crate::mutations) removes, one at a time.

use crate::mutations::{
    CONSENT, EVENT, INTAKE, MODEL, Mutation, PLATFORM, REGISTRY, RUNNER, RUNTIME, TESTS, VAULT, WEB,
};

const STORE_POSTGRES: &str = "mesinfos-store-postgres";
const SLOT_SQL: &str = "host/store-postgres/sql/slot.sql";
const EVENT_RULES: &str = "host/event/src/event.rs";
const EVENT_ABOUT: &str = "host/event/src/about.rs";
const EVENT_TEAM: &str = "host/event/src/team.rs";
const EVENT_BALLOT: &str = "host/event/src/ballot.rs";
const EVENT_FOLDER: &str = "host/platform/src/event/folder.rs";
const EVENT_PLATFORM: &str = "host/platform/src/event/mod.rs";
const IN_PROCESS: &str = "host/runtime/src/in_process.rs";
const STATE: &str = "host/runtime/src/state.rs";
const CATEGORIES: &str = "host/runtime/src/capability/categories.rs";
const INSPECT: &str = "host/runtime/src/inspect.rs";
const COMPILE_COST: &str = "host/runtime/src/compile_cost.rs";
const LIMITS: &str = "host/runtime/src/limits.rs";
const VIEW: &str = "host/runtime/src/view.rs";
const NOTES: &str = "host/runtime/src/notes.rs";
const CITATIONS: &str = "host/runtime/src/citations.rs";
const CITED: &str = "host/platform/src/run/cited.rs";
const VISIBLE: &str = "host/model/src/visible.rs";
const CUT: &str = "host/model/src/cut.rs";
const JOIN: &str = "host/model/src/join.rs";
const ORDER: &str = "host/model/src/order.rs";
const CONFINE: &str = "host/runner/src/confine.rs";
const FORK_SERVER: &str = "host/runner/src/fork_server.rs";
const RUN_APART: &str = "host/runner/src/runner.rs";
const POOL: &str = "host/runner/src/pool.rs";
const ROW_SERVER: &str = "host/runner/src/row_server.rs";
const DEADLINE: &str = "host/runner/src/deadline.rs";
const BUDGET: &str = "host/runner/src/budget.rs";
const READING: &str = "host/runner/src/reading/mod.rs";
const INTAKE_ROWS: &str = "host/intake/src/rows.rs";
const CURRENT: &str = "host/intake/src/read/current.rs";
const RAW_ROWS: &str = "host/intake/src/raw_rows.rs";
const WITHHELD: &str = "host/vault/src/withheld.rs";
const WITHHELD_ROWS: &str = "host/vault/src/withheld_rows.rs";
const PROBATION: &str = "host/platform/src/run/probation.rs";
const SCHEDULER: &str = "host/platform/src/run/scheduler.rs";
const RUNS: &str = "host/platform/src/tester/runs.rs";
const CONSENTS: &str = "host/platform/src/tester/consents.rs";
const PERSONS: &str = "host/platform/src/tester/history.rs";
const ROWS: &str = "host/platform/src/run/vault_rows.rs";
const AUDIT: &str = "host/consent/src/audit.rs";
const VERIFY: &str = "host/consent/src/verify.rs";
const AUTH: &str = "host/web/src/auth.rs";
const ADDRESSES: &str = "host/web/src/addresses.rs";
const ARTIFACTS: &str = "host/platform/src/run/artifacts.rs";
const REJECTS: &str = "host/cli/src/rejects.rs";
const TOLD: &str = "host/intake/src/display_text.rs";
const ARCHIVE: &str = "host/intake/src/archive.rs";
const BUNDLE: &str = "host/intake/src/extract/bundle.rs";
const PORTABLE: &str = "host/intake/src/portable/take_in.rs";
const XML: &str = "host/intake/src/read/xml.rs";
const TABLE: &str = "host/intake/src/read/table.rs";
const DEVICES: &str = "host/intake/src/health/devices.rs";
const STRAVA: &str = "host/intake/src/mobility/strava.rs";
const READINGS: &str = "host/intake/src/mapped/readings.rs";
const GREEN_BUTTON: &str = "host/intake/src/energy/green_button/feed.rs";
const WORKBOOK: &str = "host/intake/src/workbook.rs";
const GATHERED: &str = "host/vault/src/gathered.rs";
const NEW_CHUNK: &str = "host/vault/src/new_chunk.rs";
const MERGE: &str = "host/vault/src/merge.rs";
const SPOOL: &str = "host/vault/src/spool.rs";
const FORM: &str = "host/web/src/app/add/multipart.rs";
const UPLOAD: &str = "host/web/src/app/add/upload.rs";
const QUANTITIES: &str = "host/platform/src/tester/quantities.rs";
const PENDING: &str = "host/web/src/app/add/table/pending.rs";
const WEB_LIMITS: &str = "host/web/src/limits.rs";
const SIGNATURE: &str = "host/registry/src/signature.rs";
const RELEASES: &str = "host/registry/src/registry.rs";
const APP_LOG: &str = "host/registry/src/log/mod.rs";
const REVIEW: &str = "host/platform/src/operator/review.rs";
const MATRIX: &str = "host/platform/src/developer/matrix.rs";
const PROBE: &str = "host/intake/src/mapped/probe.rs";

/// Test expressions of nextest.
const ADDING: (&str, &str) = (WEB, "test(/^app::add::tests::/)");
const TABLES: (&str, &str) = (TESTS, "test(/^tables::/)");
const ATTACKS: (&str, &str) = (TESTS, "test(=attacks::every_attack_ends_in_its_outcome)");
const SHAPES: (&str, &str) = (TESTS, "test(=shapes::many_instances_are_refused_or_end_the_run)");
const PORTABILITY: (&str, &str) =
    (PLATFORM, "test(=a_hostile_archive_is_refused_with_the_member_that_is_wrong)");
const CUTS: (&str, &str) = (MODEL, "test(/^cut::/)");
const LEARN: (&str, &str) = (TESTS, "test(/^learn::/)");
const HANDLES: (&str, &str) = (TESTS, "test(/^handles::/)");
const VIEWS: (&str, &str) = (TESTS, "test(/^views::/)");
const COMPILE_COST_TESTS: (&str, &str) = (RUNTIME, "test(/^compile_cost::/)");
const ESCAPED: (&str, &str) = (RUNNER, "test(/^tests::/)");
const READERS: (&str, &str) = (RUNNER, "test(/^reading::/)");
const RAW: (&str, &str) = (INTAKE, "test(/^raw_rows::/)");
const OUTSIDE: (&str, &str) = (TESTS, "test(/^walls::/)");
const RACES: (&str, &str) = (TESTS, "test(=withdrawals::withdrawals_race_runs)");
const HELD: (&str, &str) = (CONSENT, "test(/^verify::/)");
const DOORS: (&str, &str) = (TESTS, "test(/^doors::/)");
const OPERATOR: (&str, &str) = (TESTS, "test(/^operator::/)");
const EVENTS: (&str, &str) = ("mesinfos-cli", "test(/^log::/)");
const SCHEDULING: (&str, &str) = (PLATFORM, "test(/^run::scheduler::/)");
const TREES: (&str, &str) = (INTAKE, "test(=a_tree_is_bounded_by_what_it_takes)");
const LINES: (&str, &str) = (INTAKE, "test(=lines_and_cells_are_bounded)");
const LINKS: (&str, &str) = (INTAKE, "test(=links_of_an_entry_are_shared_by_all_that_is_in_it)");
const BOOKS: (&str, &str) = (INTAKE, "test(=a_text_of_a_workbook_is_no_larger_for_each_cell)");
const SIGNED: (&str, &str) = (REGISTRY, "test(/^signature::/)");
/// Tests of the rules of an event, and of its folder.
const RULES: (&str, &str) = (EVENT, "all()");
const EVENT_DATA: (&str, &str) = (PLATFORM, "test(/^event::/)");
const VERSIONS: (&str, &str) = (REGISTRY, "test(/^registry::/)");
const STOPPED: (&str, &str) = (TESTS, "test(/^registry::/)");
const MONTHS: (&str, &str) = (VAULT, "test(/^import_tests::/)");

pub(crate) const MUTATIONS: &[Mutation] = &[
    // A single run.
    Mutation {
        limit: "time: the app is interrupted",
        edits: &[(IN_PROCESS, "cx.data().may_go_on()?;", "let _ = cx.data().may_go_on();")],
        tests: ATTACKS,
    },
    Mutation {
        limit: "time: a look at the clock in each call of the host",
        edits: &[(STATE, "if Instant::now() < self.deadline { Ok(()) }", "if true { Ok(()) }")],
        tests: (RUNTIME, "test(/^state::/)"),
    },
    Mutation {
        limit: "time: of a runner that says nothing, or says and takes a byte now and then",
        edits: &[(
            DEADLINE,
            "let left = self.deadline.saturating_duration_since(Instant::now());\n        let is_over",
            "let left = Duration::from_secs(3_600);\n        let is_over",
        )],
        tests: (RUNNER, "test(/^row_server::/)"),
    },
    Mutation {
        limit: "memory: of what a runner says, once it is decoded",
        edits: &[(BUDGET, "if self.list { charge(", "if false { charge(")],
        tests: (RUNNER, "test(/^row_server::/)"),
    },
    Mutation {
        limit: "bytes that a runner says it has read",
        edits: &[(
            ROW_SERVER,
            ".map_or(0, |(_, claimed)| *claimed).min(*bytes);",
            ".map_or(0, |(_, claimed)| *claimed);",
        )],
        tests: (RUNNER, "test(/^row_server::/)"),
    },
    Mutation {
        limit: "memory",
        edits: &[(STATE, "if self.taken.0 > self.limits.memory {", "if false {")],
        tests: ATTACKS,
    },
    Mutation {
        limit: "memory: of several memories together",
        edits: &[(STATE, "self.taken.0 += grown(current, desired, maximum);", "self.taken.0 = desired;")],
        tests: SHAPES,
    },
    Mutation {
        limit: "elements of tables",
        edits: &[(STATE, "if self.taken.1 > self.limits.table_elements {", "if false {")],
        tests: ATTACKS,
    },
    Mutation {
        limit: "instances, tables and memories of a store",
        edits: &[
            (
                STATE,
                "fn instances(&self) -> usize {\n        self.limits.instances",
                "fn instances(&self) -> usize {\n        10_000",
            ),
            (
                STATE,
                "fn tables(&self) -> usize {\n        self.limits.instances",
                "fn tables(&self) -> usize {\n        10_000",
            ),
            (
                STATE,
                "fn memories(&self) -> usize {\n        self.limits.instances",
                "fn memories(&self) -> usize {\n        10_000",
            ),
        ],
        tests: SHAPES,
    },
    Mutation {
        limit: "stack",
        edits: &[("host/runtime/src/engine.rs", ".max_wasm_stack(limits.stack)", ".max_wasm_stack(1 << 30)")],
        tests: ATTACKS,
    },
    Mutation {
        limit: "bytes that one call hands over",
        edits: &[(
            IN_PROCESS,
            "store.set_hostcall_fuel(self.limits.output);",
            "store.set_hostcall_fuel(1 << 40);",
        )],
        tests: (TESTS, "test(=hostile::each_attack_has_its_outcome_and_the_next_run_is_unaffected)"),
    },
    Mutation {
        limit: "handles",
        edits: &[
            (IN_PROCESS, "store.set_max_component_handles(self.limits.handles);", ""),
            (STATE, "table.set_max_capacity(limits.handles);", ""),
        ],
        tests: ATTACKS,
    },
    Mutation {
        limit: "handles: of a runner",
        edits: &[(ROW_SERVER, "if self.readers.len() >= self.limits.handles {", "if false {")],
        tests: (RUNNER, "test(/^row_server::/)"),
    },
    Mutation {
        limit: "calls of the host",
        edits: &[(STATE, "if self.counters.calls > self.limits.host_calls {", "if false {")],
        tests: (RUNTIME, "test(/^state::/)"),
    },
    Mutation {
        limit: "calls of the host: those of WASI",
        edits: &[(
            "host/runtime/src/capability/wasi.rs",
            "(&mut World, &mut ResourceTable) {\n    state.counters.calls += 1;",
            "(&mut World, &mut ResourceTable) {",
        )],
        tests: (TESTS, "test(/^wasi::/)"),
    },
    Mutation {
        limit: "calls of the host: words of a runner",
        edits: &[(
            ROW_SERVER,
            "if self.said > (2 + limits::AHEAD as u64) * self.limits.host_calls {",
            "if false {",
        )],
        tests: (RUNNER, "test(/^row_server::/)"),
    },
    Mutation {
        limit: "rows",
        edits: &[(CATEGORIES, "> limits.rows {", "> u64::MAX {")],
        tests: (TESTS, "test(/^rows::/)"),
    },
    Mutation {
        limit: "rows: to a runner",
        edits: &[(ROW_SERVER, "> self.limits.rows {", "> u64::MAX {")],
        tests: (RUNNER, "test(/^row_server::/)"),
    },
    // Views and notes of an app.
    Mutation {
        limit: "lengths in a view",
        edits: &[(VIEW, "if length > longest {", "if false {")],
        tests: VIEWS,
    },
    Mutation {
        limit: "numbers in a view",
        edits: &[(VIEW, "if value.is_finite() && value.abs() <= most::NUMBER {", "if true {")],
        tests: VIEWS,
    },
    Mutation {
        limit: "hidden characters in a view",
        edits: &[(VISIBLE, ".filter(|&c| !is_hidden(c))", ".filter(|_| true)")],
        tests: VIEWS,
    },
    Mutation {
        limit: "hidden characters in notes",
        edits: &[(NOTES, ".filter(|c| *c == '\\n' || !is_hidden(*c))", "")],
        tests: (RUNTIME, "test(/^notes::/)"),
    },
    Mutation {
        limit: "length of notes",
        edits: &[
            (NOTES, "limits::NOTES.saturating_sub(all.len())", "usize::MAX"),
            (NOTES, "if clean.len() > limits::NOTES {", "if false {"),
        ],
        tests: (TESTS, "test(=floods::a_flood_of_notes_is_cut_and_ends)"),
    },
    Mutation {
        limit: "rows and calls of evidence",
        edits: &[(CITATIONS, "limits::CITED_ROWS.saturating_sub(cited)", "usize::MAX")],
        tests: (RUNTIME, "test(/^citations::/)"),
    },
    Mutation {
        limit: "evidence: rows that were not given",
        edits: &[(CITED, ".filter(|number| u64::from(*number) < given)", ".filter(|_| given < u64::MAX)")],
        tests: (TESTS, "test(=evidence::rows_without_their_date_are_counted_and_not_looked_up)"),
    },
    Mutation {
        limit: "words of a runner's own",
        edits: &[(
            ROW_SERVER,
            "None => result.map_err(|outcome| trusted_outcome(outcome, self.limits)),",
            "None => result,",
        )],
        tests: (RUNNER, "test(/^row_server::/)"),
    },
    // Installation of an app.
    Mutation {
        limit: "exports of another type",
        edits: &[(INSPECT, "type_check::mismatched_function(types, app).map", "None::<String>.map")],
        tests: (TESTS, "test(=shapes::a_view_has_no_depth_and_another_depth_is_refused_by_its_type)"),
    },
    Mutation {
        limit: "imports that are not ours",
        edits: &[(
            "host/runtime/src/capability/mod.rs",
            "refused.unwrap_or_else(|| vec![not_served(import)])",
            "refused.unwrap_or_default()",
        )],
        tests: (TESTS, "test(=hostile::imports_that_are_not_ours_are_refused_by_name)"),
    },
    Mutation {
        limit: "a manifest that claims less than the code",
        edits: &[(INSPECT, "if manifest.read(category).is_none() {", "if false {")],
        tests: (TESTS, "test(=attacks::a_manifest_cannot_claim_less_or_more_than_the_code)"),
    },
    Mutation {
        limit: "WebAssembly that the sandbox has no use for",
        edits: &[
            (
                INSPECT,
                "Validator::new_with_features(wasm_features())",
                "Validator::new_with_features(wasmparser::WasmFeatures::all())",
            ),
            ("host/runtime/src/engine.rs", ".wasm_tail_call(false)", ".wasm_tail_call(true)"),
        ],
        tests: (TESTS, "test(=attacks::what_the_sandbox_has_no_use_for_is_refused)"),
    },
    Mutation {
        limit: "compiling: core modules",
        edits: &[(LIMITS, "MODULES: u64 = 128", "MODULES: u64 = u64::MAX")],
        tests: COMPILE_COST_TESTS,
    },
    Mutation {
        limit: "compiling: parts of a component, and how they multiply",
        edits: &[(LIMITS, "PARTS: u64 = 2_000", "PARTS: u64 = u64::MAX")],
        tests: COMPILE_COST_TESTS,
    },
    Mutation {
        limit: "compiling: components from elsewhere",
        edits: &[(COMPILE_COST, "u64::from(!own), 0)", "u64::from(!own), 1)")],
        tests: COMPILE_COST_TESTS,
    },
    Mutation {
        limit: "compiling: types",
        edits: &[(LIMITS, "TYPES: u64 = 50_000", "TYPES: u64 = u64::MAX")],
        tests: COMPILE_COST_TESTS,
    },
    Mutation {
        limit: "compiling: functions",
        edits: &[(LIMITS, "FUNCTIONS: u64 = 60_000", "FUNCTIONS: u64 = u64::MAX")],
        tests: COMPILE_COST_TESTS,
    },
    Mutation {
        limit: "compiling: items",
        edits: &[(LIMITS, "ITEMS: u64 = 100_000", "ITEMS: u64 = u64::MAX")],
        tests: COMPILE_COST_TESTS,
    },
    Mutation {
        limit: "compiling: table elements",
        edits: &[(LIMITS, "TABLE_ELEMENTS: u64 = 1 << 20", "TABLE_ELEMENTS: u64 = u64::MAX")],
        tests: COMPILE_COST_TESTS,
    },
    Mutation {
        limit: "compiling: bytes of a function",
        edits: &[(LIMITS, "FUNCTION_SIZE: u64 = 1 << 20", "FUNCTION_SIZE: u64 = u64::MAX")],
        tests: COMPILE_COST_TESTS,
    },
    Mutation {
        limit: "compiling: locals of a function",
        edits: &[(LIMITS, "LOCALS: u64 = 2_000", "LOCALS: u64 = u64::MAX")],
        tests: COMPILE_COST_TESTS,
    },
    Mutation {
        limit: "compiling: blocks within each other",
        edits: &[(LIMITS, "DEPTH: u64 = 5_000", "DEPTH: u64 = u64::MAX")],
        tests: COMPILE_COST_TESTS,
    },
    Mutation {
        limit: "compiling: loops within each other",
        edits: &[(LIMITS, "LOOPS: u64 = 40", "LOOPS: u64 = u64::MAX")],
        tests: COMPILE_COST_TESTS,
    },
    Mutation {
        limit: "compiling: weight of a function",
        edits: &[(LIMITS, "FUNCTION_WEIGHT: u64 = 10_000_000", "FUNCTION_WEIGHT: u64 = u64::MAX")],
        tests: COMPILE_COST_TESTS,
    },
    Mutation {
        limit: "compiling: weight of all",
        edits: &[(LIMITS, " WEIGHT: u64 = 160_000_000", " WEIGHT: u64 = u64::MAX")],
        tests: COMPILE_COST_TESTS,
    },
    Mutation {
        limit: "compiled code that this host did not write",
        edits: &[(ARTIFACTS, "found).ok()?;", "found).ok();")],
        tests: (PLATFORM, "test(/^run::artifacts::/)"),
    },
    // Grants.
    Mutation {
        limit: "grant: days",
        edits: &[
            (
                CUT,
                "self.period.contains(day)\n            &&",
                "(self.period.contains(day) || true)\n            &&",
            ),
            (CUT, "if any_day && self.holders", "if self.holders"),
        ],
        tests: HANDLES,
    },
    Mutation {
        limit: "grant: the whole interval of a row is in the days",
        edits: &[(
            CUT,
            "self.period.until.is_none_or(|until| last_day(rows, row).is_none_or(|last| last < until))",
            "true",
        )],
        tests: CUTS,
    },
    Mutation {
        limit: "grant: rows without a date, only if the person says so",
        edits: &[(
            CUT,
            "self.period == Period::ALL || self.undated && rows.schema().undated",
            "rows.schema().undated",
        )],
        tests: CUTS,
    },
    Mutation {
        limit: "grant: holders",
        edits: &[
            (
                CUT,
                ".filter(|&row| self.holders.contains(rows.text(rows.schema().holder, row)))\n            .filter(|&row| any_asked",
                ".filter(|&row| any_asked",
            ),
            (
                CUT,
                ".filter(|&row| self.holders.contains(rows.text(rows.schema().holder, row)))\n            .collect();",
                ".collect();",
            ),
            (CUT, "if any_day && self.holders == Holders::Any {", "if any_day {"),
        ],
        tests: HANDLES,
    },
    Mutation {
        limit: "grant: fields, where rows are cut",
        edits: &[
            (
                CUT,
                "_ if !self.fields.contains(i) || field.reach == Reach::Host => Column::Absent,",
                "_ if field.reach == Reach::Host => Column::Absent,",
            ),
            (CUT, "_ if !fields.contains(i) || !has_value(column)", "_ if !has_value(column)"),
        ],
        tests: CUTS,
    },
    Mutation {
        limit: "grant: what is asked for never changes what is given",
        edits: &[
            (
                CUT,
                "            scope: self.clone(),\n            asked,",
                "            scope: CategoryScope { period: self.period.intersect(&asked), ..self.clone() },\n            asked,",
            ),
            (
                CUT,
                "let asked = if self.by_month() { asked } else { Period::ALL };\n        DisclosureUnits",
                "DisclosureUnits",
            ),
            (
                CUT,
                "self.shows_time() && offset && !self.grain.is_coarse()",
                "offset || !offset || self.shows_time()",
            ),
            (
                CUT,
                "if self.grain == Grain::Monthly && month != UNDATED && !self.holds_month(month) {",
                "if false {",
            ),
        ],
        tests: LEARN,
    },
    Mutation {
        limit: "grant: whole months of a window",
        edits: &[(
            CUT,
            "if self.grain == Grain::Monthly && month != UNDATED && !self.holds_month(month) {",
            "if false {",
        )],
        tests: CUTS,
    },
    Mutation {
        limit: "grant: an order that tells no time",
        edits: &[(ORDER, "if rows.rows() < 2 {", "if true {")],
        tests: LEARN,
    },
    Mutation {
        limit: "grant: pages that tell no time",
        edits: &[(CUT, "if self.scope.by_month() && self.held_rows > 0 {", "if self.held_rows > 0 {")],
        tests: CUTS,
    },
    Mutation {
        limit: "grant: a row by itself shows no more than its hour, day or month",
        edits: &[(JOIN, "sum.rows == 1 && sum.duration >= shortest(self.grain)", "sum.rows == 1")],
        tests: LEARN,
    },
    Mutation {
        limit: "grant: a column of nothing is as one that was not granted",
        edits: &[(CUT, "_ if !fields.contains(i) || !has_value(column)", "_ if !fields.contains(i)")],
        tests: LEARN,
    },
    Mutation {
        limit: "grant: no cents in labels of rounded amounts",
        edits: &[(CUT, "masked.push(if point && digit { '*' } else { c });", "masked.push(c);")],
        tests: CUTS,
    },
    Mutation {
        limit: "grant: a refusal is told as an absence",
        edits: &[(
            RUNS,
            "if is_optional && source.is_empty().unwrap_or(false) {",
            "if false && is_optional {",
        )],
        tests: LEARN,
    },
    Mutation {
        limit: "units that are held to hide their time",
        edits: &[(
            CUT,
            "if (self.held_bytes > HELD_BYTES || self.held_rows > HELD_ROWS) && !self.scope.by_month() {",
            "if false {",
        )],
        tests: CUTS,
    },
    Mutation {
        limit: "grant: fields, where functions are linked",
        edits: &[(CATEGORIES, "if !fields.contains(index) {", "if false {")],
        tests: (TESTS, "test(/^rows::/)"),
    },
    Mutation {
        limit: "grant: fields that are given only by name",
        edits: &[(CONSENTS, "whole.fields.without(whole.fields.named(category))", "whole.fields")],
        tests: HANDLES,
    },
    Mutation {
        limit: "fields that never leave the host",
        edits: &[(CUT, " || field.reach == Reach::Host => Column::Absent,", " => Column::Absent,")],
        tests: CUTS,
    },
    Mutation {
        limit: "grant: granularity",
        edits: &[(CUT, "join: self.new_join(),", "join: None,")],
        tests: CUTS,
    },
    Mutation {
        limit: "grant: categories",
        edits: &[(
            RUNS,
            "let Request { app, scope, as_of, lang, today, answers } = request;",
            "let Request { app, mut scope, as_of, lang, today, answers } = request;
        for c in app.inspection().request.categories.keys() {
            scope.entry(*c).or_insert(mesinfos_model::CategoryScope::all(*c));
        }",
        )],
        tests: HANDLES,
    },
    Mutation {
        limit: "grant: categories that a runner asks for",
        edits: &[(
            ROW_SERVER,
            "let Some(rows) = self.rows.get(&category) else {",
            "let Some(rows) = self.rows.get(&category).or(self.rows.values().next()) else {",
        )],
        tests: (RUNNER, "test(/^row_server::/)"),
    },
    Mutation {
        limit: "handles of one category with functions of another",
        edits: &[(CATEGORIES, "if of_handle == of_function { Ok(()) }", "if true { Ok(()) }")],
        tests: HANDLES,
    },
    Mutation {
        limit: "grant: it ends while an app runs, and no page comes any more",
        edits: &[(
            ROWS,
            "if self.ended.is_over() { Err(RowSourceError::Withdrawn) }",
            "if false { Err(RowSourceError::Withdrawn) }",
        )],
        tests: (TESTS, "test(=withdrawals::who_reads_on_is_stopped_at_the_next_page)"),
    },
    Mutation {
        limit: "grant: it ends while an app runs, and nothing is shown",
        edits: &[(RUNS, "if begun.underway.stop().is_over() {", "if false {")],
        tests: (TESTS, "test(/^withdrawals::.*expires|^withdrawals::what_ends_during/)"),
    },
    Mutation {
        limit: "grant: it ends as a run does, and nothing is shown",
        edits: &[(
            RUNS,
            "if done.run.outcome != Outcome::Withdrawn {\n                match",
            "if false {\n                match",
        )],
        tests: RACES,
    },
    Mutation {
        limit: "grant: it ends by itself while an app runs",
        edits: &[(
            "host/platform/src/run/running.rs",
            "|| self.until.is_some_and(|until| until <= self.clock.now())",
            "|| self.until.is_some_and(|until| until <= now() && false)",
        )],
        tests: (TESTS, "test(=withdrawals::a_grant_that_expires_during_a_run_ends_it)"),
    },
    Mutation {
        limit: "grant: it is still there as a run begins",
        edits: &[(
            RUNS,
            "let mut commit = person.vault.empty_commit();\n            match self.grants(&person).guard(&grant, &mut commit) {",
            "let commit = person.vault.empty_commit();\n            match self.grants(&person).guard(&grant, &mut commit.clone()) {",
        )],
        tests: RACES,
    },
    Mutation {
        limit: "app: it is still the installed one as a run begins",
        edits: &[(
            RUNS,
            "Some(installed) if !self.is_installed(&person, installed)? => {",
            "Some(installed) if !self.is_installed(&person, installed)? && false => {",
        )],
        tests: (TESTS, "test(=withdrawals::an_app_that_another_version_replaced_meanwhile_does_not_begin)"),
    },
    // The audit log, and records bound to it.
    Mutation {
        limit: "log: a run is in it before it reads",
        edits: &[(
            RUNS,
            "if let Some(entries) = self.log(&begun.person, by, at, &[event], commit)? {",
            "drop((event, commit));\n            if let Some(entries) = Some(Vec::<mesinfos_consent::AuditEntry>::new()) {",
        )],
        tests: (TESTS, "test(=log::a_run_of_a_host_that_died_is_told_as_interrupted)"),
    },
    Mutation {
        limit: "log: entries of others are no reason to give one up",
        edits: &[(
            "host/platform/src/lib.rs",
            "Err(StoreError::Conflict) if self.holds(&commit)? => {}",
            "Err(StoreError::Conflict) if self.holds(&commit)? && false => {}",
        )],
        tests: (TESTS, "test(=withdrawals::many_runs_and_imports_at_once_lose_no_entry)"),
    },
    Mutation {
        limit: "log: refusals that are an entry each",
        edits: &[(
            "host/platform/src/run/refusals.rs",
            "if now - *at < TERM {\n                    return None;",
            "if false {\n                    return None;",
        )],
        tests: (TESTS, "test(=log::entries_name_who_and_where_and_refusals_do_not_fill_the_log)"),
    },
    Mutation {
        limit: "log: nothing follows the last entry",
        edits: &[(AUDIT, "if tip.bound.closed {", "if false {")],
        tests: HELD,
    },
    Mutation {
        limit: "log: it ends where its head says, before a run",
        edits: &[(
            "host/records/src/chain.rs",
            "Some(_) => Err(self.broken(tip.length, Fault::Beyond)),\n            None",
            "Some(_) | None",
        )],
        tests: HELD,
    },
    Mutation {
        limit: "log: a head that was kept is in it",
        edits: &[(VERIFY, "kept.filter(|_| !told.kept)", "kept.filter(|_| false)")],
        tests: HELD,
    },
    Mutation {
        limit: "put back: the record of an app",
        edits: &[(
            AUDIT,
            "Some(logged) if self.grants_digest(&self.chain.records.empty_commit())? != logged =>",
            "Some(logged) if self.grants_digest(&self.chain.records.empty_commit())? != logged && false =>",
        )],
        tests: HELD,
    },
    Mutation {
        limit: "put back: the record of a grant, before a run",
        edits: &[(
            "host/consent/src/grants.rs",
            "Some(end) if end != end_of(&grant) =>",
            "Some(end) if end != end_of(&grant) && false =>",
        )],
        tests: HELD,
    },
    Mutation {
        limit: "put back: receipts",
        edits: &[(
            VERIFY,
            "Some(Some(logged)) if *logged != digest =>",
            "Some(Some(logged)) if *logged != digest && false =>",
        )],
        tests: HELD,
    },
    Mutation {
        limit: "left out: events of a grant",
        edits: &[(
            VERIFY,
            "match logged.range(length..).next() {",
            "match logged.range(length..).next().filter(|_| false) {",
        )],
        tests: HELD,
    },
    Mutation {
        limit: "left out: rows of an import",
        edits: &[(PERSONS, "if logged != found {", "if false {")],
        tests: (PLATFORM, "test(/^tester::history::/)"),
    },
    Mutation {
        limit: "moved: the vault's count of imports",
        edits: &[(
            AUDIT,
            "bound.sequence.filter(|&logged| logged != found)",
            "bound.sequence.filter(|&logged| logged != found && false)",
        )],
        tests: HELD,
    },
    Mutation {
        limit: "parts of a record",
        edits: &[(
            "host/records/src/sealed.rs",
            "Ok(parts) if count <= MAX_PARTS =>",
            "Ok(parts) if count <= 10 * MAX_PARTS =>",
        )],
        tests: (CONSENT, "test(/^receipt::/)"),
    },
    // The second wall: runner processes.
    Mutation {
        limit: "runner: the filter of system calls",
        edits: &[(
            CONFINE,
            "(SeccompAction::KillProcess, SeccompAction::Allow)",
            "(SeccompAction::Log, SeccompAction::Allow)",
        )],
        tests: ESCAPED,
    },
    Mutation {
        limit: "runner: the filter is put on",
        edits: &[(
            RUN_APART,
            "filters.running().map_err(|error| Outcome::Incompatible(error.to_string()))?;",
            "",
        )],
        tests: OUTSIDE,
    },
    Mutation {
        limit: "runner: no memory becomes executable",
        edits: &[(
            CONFINE,
            "running.extend([private(exec)?, is_open()?, (libc::SYS_mprotect, rule([no_code()?])?)]);",
            "running.extend([private(0)?, (libc::SYS_mprotect, Vec::new())]);\n        let _ = no_code();",
        )],
        tests: ESCAPED,
    },
    Mutation {
        limit: "runner: no memory that is shared, which no limit counts",
        edits: &[(CONFINE, "masked(3, kinds, private)?", "masked(3, kinds & 0, private & 0)?")],
        tests: ESCAPED,
    },
    Mutation {
        limit: "runner: no memory in files, which no limit counts",
        edits: &[(
            CONFINE,
            "    libc::SYS_exit_group,\n",
            "    libc::SYS_exit_group,\n    libc::SYS_memfd_create,\n",
        )],
        tests: ESCAPED,
    },
    Mutation {
        limit: "runner: a filter of system calls before it has its job",
        edits: &[(RUN_APART, "filters.loading()?;", "")],
        tests: OUTSIDE,
    },
    Mutation {
        limit: "runner: what a process can change of itself before it has its job",
        edits: &[(CONFINE, "masked(0, u64::MAX, no_privileges)?", "masked(0, 0, 0 & no_privileges)?")],
        tests: ESCAPED,
    },
    Mutation {
        limit: "runner: a network with nothing in it",
        edits: &[(CONFINE, "let network = namespaces();", "let network = true;\n    let _ = namespaces;")],
        tests: ESCAPED,
    },
    Mutation {
        limit: "runner: Landlock",
        edits: &[(CONFINE, ".and_then(landlock::RulesetCreated::restrict_self)", ".map(|_| ())")],
        tests: ESCAPED,
    },
    Mutation {
        limit: "runner: capabilities",
        edits: &[(
            CONFINE,
            "rustix::thread::set_capabilities(None, none).map_err(RunnerError::system(\"capset\"))?;",
            "let _ = none;",
        )],
        tests: ESCAPED,
    },
    Mutation {
        limit: "runner: nobody of the same user may look into it",
        edits: &[(CONFINE, "(DumpableBehavior::NotDumpable)", "(DumpableBehavior::Dumpable)")],
        tests: ESCAPED,
    },
    Mutation {
        limit: "runner: open files",
        edits: &[(CONFINE, "limit(Resource::Nofile, OPEN_FILES)?;", "let _ = OPEN_FILES;")],
        tests: OUTSIDE,
    },
    Mutation {
        limit: "runner: no trace of memory on disk",
        edits: &[(CONFINE, "limit(Resource::Core, 0)?;", "")],
        tests: OUTSIDE,
    },
    Mutation {
        limit: "runner: size of files",
        edits: &[(CONFINE, "limit(Resource::Fsize, FILE_SIZE)?;", "let _ = FILE_SIZE;")],
        tests: OUTSIDE,
    },
    Mutation {
        limit: "runner: memory",
        edits: &[(RUN_APART, "confine::limit(Resource::Data, memory)?;", "let _ = memory;")],
        tests: OUTSIDE,
    },
    Mutation {
        limit: "runner: time of a processor",
        edits: &[(RUN_APART, "confine::limit(Resource::Cpu, seconds)?;", "let _ = seconds;")],
        tests: OUTSIDE,
    },
    Mutation {
        limit: "runner: files that were left open",
        edits: &[(
            FORK_SERVER,
            "if unsafe { libc::close_range(3, libc::c_uint::MAX, 0) } != 0 {",
            "if unsafe { libc::close_range(1_000, libc::c_uint::MAX, 0) } != 0 {",
        )],
        tests: ESCAPED,
    },
    Mutation { limit: "runner: environment", edits: &[(POOL, ".env_clear()", "")], tests: ESCAPED },
    Mutation {
        limit: "runner: it is gone when nobody holds it",
        edits: &[(POOL, "let _ = pidfd_send_signal(&self.process, Signal::KILL);", "")],
        tests: ESCAPED,
    },
    // Files read in a runner.
    Mutation {
        limit: "reading: time of a processor",
        edits: &[(READING, ".is_some_and(|spent| spent > may)", ".is_some_and(|_| false)")],
        tests: READERS,
    },
    Mutation {
        limit: "reading: the host's patience",
        edits: &[(
            READING,
            "let deadline = began + longest.saturating_sub(self.waited);",
            "let deadline = began + longest + Duration::from_secs(60);",
        )],
        tests: READERS,
    },
    Mutation {
        limit: "reading: bytes that come of a file",
        edits: &[(READING, "if self.taken > most {", "if self.taken == u64::MAX && most > 0 {")],
        tests: READERS,
    },
    Mutation {
        limit: "reading: bytes of one batch",
        edits: &[(READING, "if bytes > LARGEST_BATCH ||", "if bytes == 0 && LARGEST_BATCH == 0 ||")],
        tests: READERS,
    },
    Mutation {
        limit: "reading: rejected rows that come of a file",
        edits: &[(READING, "if !raw.is_bounded() {", "if false && !raw.is_bounded() {")],
        tests: READERS,
    },
    Mutation {
        limit: "rejected rows: bytes that are kept of a file",
        edits: &[(RAW_ROWS, "if self.bytes + size > LARGEST_RAW {", "if self.bytes + size == usize::MAX {")],
        tests: RAW,
    },
    Mutation {
        limit: "rejected rows: bytes of a record",
        edits: &[(CURRENT, "if record.len() <= CurrentRecord::LARGEST {", "if record.len() < usize::MAX {")],
        tests: RAW,
    },
    Mutation {
        limit: "reading: what a batch may hold",
        edits: &[(READING, "mesinfos_intake::check(&batch).map_err(Over::Incredible)?;", "")],
        tests: READERS,
    },
    Mutation {
        limit: "reading: rows of a batch",
        edits: &[(INTAKE_ROWS, "if batch.rows() > BATCH_ROWS {", "if batch.rows() == usize::MAX - 1 {")],
        tests: READERS,
    },
    Mutation {
        limit: "reading: a document is what it is said to be",
        edits: &[(READING, "if of_it.is_none() {", "if false && of_it.is_none() {")],
        tests: READERS,
    },
    Mutation {
        limit: "reading: pieces of documents",
        edits: &[(READING, "|| bytes == 0 || bytes > PIECE {", "{")],
        tests: READERS,
    },
    Mutation {
        limit: "reading: files of an archive",
        edits: &[(
            READING,
            "if self.reads.len() as u64 > MOST_FILES {",
            "if self.reads.len() as u64 > u64::MAX - MOST_FILES {",
        )],
        tests: READERS,
    },
    Mutation {
        limit: "reading: counts that a reader claims",
        edits: &[(READING, "rows: told.rows.min(came),", "rows: told.rows.max(came),")],
        tests: READERS,
    },
    Mutation {
        limit: "reading: words of a reader",
        edits: &[(
            READING,
            "reason: told.reason.cleaned(|text| clean(text, REASON)),",
            "reason: told.reason,",
        )],
        tests: READERS,
    },
    // Concurrent runs.
    Mutation {
        limit: "slots in all",
        edits: &[(SCHEDULER, "if self.running >= limits.all || of_app", "if of_app")],
        tests: SCHEDULING,
    },
    Mutation {
        limit: "slots of one app",
        edits: &[(SCHEDULER, "|| of_app >= limits.app ||", "||")],
        tests: SCHEDULING,
    },
    Mutation {
        limit: "slots for one person",
        edits: &[(SCHEDULER, "|| of_person >= limits.person {", "{")],
        tests: SCHEDULING,
    },
    Mutation {
        limit: "slots in the queue",
        edits: &[(SCHEDULER, "if self.waiting.len() >= limits.waiting || of_app", "if of_app")],
        tests: SCHEDULING,
    },
    Mutation {
        limit: "slots in the queue of one app and for one person",
        edits: &[(SCHEDULER, "|| of_app.max(of_person) >= limits.waiting_each {", "{")],
        tests: SCHEDULING,
    },
    Mutation {
        limit: "an app that was stopped is on probation",
        edits: &[(SCHEDULER, "if outcome.stopped() {", "if false {")],
        tests: SCHEDULING,
    },
    Mutation {
        limit: "an app that was stopped is on probation for the person it ran for, and with nobody else",
        edits: &[(
            PROBATION,
            "people.get(person).is_some_and(|until| *until > now)",
            "people.values().any(|until| *until > now || person.is_empty())",
        )],
        tests: SCHEDULING,
    },
    Mutation {
        limit: "an app that was stopped for many people is on probation with all",
        edits: &[(PROBATION, ".count() > FEW_PEOPLE {", ".count() > usize::MAX - FEW_PEOPLE {")],
        tests: SCHEDULING,
    },
    Mutation {
        limit: "an app that spins over its parameters is on probation",
        edits: &[(
            RUNS,
            "slot.ended(declared.as_ref().err().unwrap_or(&Outcome::Completed));",
            "drop(slot);",
        )],
        tests: (TESTS, "test(=floods::an_app_that_spins_over_its_parameters_is_on_probation)"),
    },
    Mutation {
        limit: "who takes more than a share runs in the background",
        edits: &[(
            SCHEDULER,
            "if spent > limits.burst { Lane::Background }",
            "if false { Lane::Background }",
        )],
        tests: SCHEDULING,
    },
    // A single file.
    Mutation {
        limit: "import: the length of what is told",
        edits: &[(TOLD, "if text.char_indices().nth(longest).is_none() {", "if true {")],
        tests: (INTAKE, "test(=one_bad_date_of_many_results_is_told_in_short)"),
    },
    Mutation {
        limit: "import: files of an archive",
        edits: &[(ARCHIVE, "if archive.len() > FILES {", "if false {")],
        tests: (INTAKE, "test(=a_whole_takeout_is_read_and_what_is_nothing_to_us_is_counted)"),
    },
    Mutation {
        limit: "import: files of an archive that are named although they cannot be read",
        edits: &[(
            ARCHIVE,
            "if unread > NAMED_UNREAD {\n                    continue;",
            "if false {\n                    continue;",
        )],
        tests: (INTAKE, "test(=a_whole_takeout_is_read_and_what_is_nothing_to_us_is_counted)"),
    },
    Mutation {
        limit: "import: rejections that are kept of an archive",
        edits: &[(ARCHIVE, "room = room.saturating_sub(read.rejected.len());", "")],
        tests: (INTAKE, "test(=an_archive_of_many_files_keeps_few_rejections)"),
    },
    Mutation {
        limit: "import: the memory of a tree of XML",
        edits: &[(XML, "const TREE: usize = 24 << 20;", "const TREE: usize = usize::MAX;")],
        tests: TREES,
    },
    Mutation {
        limit: "import: attributes of an element",
        edits: &[(XML, "if attributes.len() >= ATTRIBUTES {", "if false {")],
        tests: TREES,
    },
    Mutation {
        limit: "import: values of an entry of JSON",
        edits: &[("host/intake/src/read/values.rs", "match values > VALUES {", "match false {")],
        tests: (INTAKE, "test(=values_of_an_entry_are_bounded)"),
    },
    Mutation {
        limit: "import: the length of a line of cells",
        edits: &[
            (TABLE, "let input = input.longest(RECORD);", ""),
            (TABLE, "if (end.unwrap_or(self.held.len()) - from) as u64 > RECORD {", "if false {"),
        ],
        tests: LINES,
    },
    Mutation {
        limit: "import: cells of a line",
        edits: &[(TABLE, "match record.cells.len() > CELLS {", "match false {")],
        tests: (INTAKE, "test(/^read::table::/)"),
    },
    Mutation {
        limit: "import: links of an entry",
        edits: &[(GREEN_BUTTON, "_ if self.links.related.len() < LINKS =>", "_ if true =>")],
        tests: LINKS,
    },
    Mutation {
        limit: "import: the length of an address",
        edits: &[(GREEN_BUTTON, "if href.len() > ADDRESS {", "if false {")],
        tests: LINKS,
    },
    Mutation {
        limit: "import: resources of an entry, with the lines of its bills",
        edits: &[(GREEN_BUTTON, "bounded(self.entry_weight)", "Ok(())")],
        tests: LINKS,
    },
    Mutation {
        limit: "import: what a part of a workbook becomes",
        edits: &[(WORKBOOK, "if size > most {", "if false {")],
        tests: BOOKS,
    },
    Mutation {
        limit: "import: the text of a cell of a workbook",
        edits: &[(WORKBOOK, "&text[..text.floor_char_boundary(CELL)]", "text")],
        tests: (INTAKE, "test(cells_are_told_by_reference_and_type)"),
    },
    Mutation {
        limit: "import: rows that are held at once",
        edits: &[(GATHERED, "while self.held > self.bounds.held {", "while false {")],
        tests: MONTHS,
    },
    Mutation {
        limit: "vault: rows of a chunk",
        edits: &[(
            NEW_CHUNK,
            "rows.rows() <= size.rows && rows.bytes() <= size.bytes",
            "rows.bytes() <= size.bytes",
        )],
        tests: MONTHS,
    },
    Mutation {
        limit: "vault: chunks of a month that are open at once",
        edits: &[(MERGE, "while self.bytes > most && self.chunks.len() > 1 {", "while false {")],
        tests: MONTHS,
    },
    Mutation {
        limit: "import: the size of an archive that comes as a stream",
        edits: &[(SPOOL, "if self.size + taken as u64 > self.most {", "if false {")],
        tests: (VAULT, "test(/^spool::/)"),
    },
    Mutation {
        limit: "import: what the files of an archive that a person packed unpack to",
        edits: &[(BUNDLE, "content.len() > most", "false")],
        tests: (INTAKE, "test(/^extract::bundle::/)"),
    },
    Mutation {
        limit: "import: files of an archive that a person packed",
        edits: &[(BUNDLE, "files.len() == MOST_FILES", "false")],
        tests: (INTAKE, "test(/^extract::bundle::/)"),
    },
    Mutation {
        limit: "import: what a member of another instance's archive unpacks to",
        edits: &[(PORTABLE, "if *bytes > may {", "if *bytes > may && false {")],
        tests: PORTABILITY,
    },
    Mutation {
        limit: "import: the list of another instance's archive",
        edits: &[(PORTABLE, "if text.len() as u64 > LIST {", "if false {")],
        tests: PORTABILITY,
    },
    Mutation {
        limit: "import: rows that the person changed in another instance",
        edits: &[(PORTABLE, "if self.changes.len() > RowChangeKind::MOST {", "if false {")],
        tests: (PLATFORM, "test(=changes_that_no_archive_can_have_are_refused)"),
    },
    Mutation {
        limit: "import: the digest of a member of another instance's archive",
        edits: &[(PORTABLE, "Digest(self.hash.finalize().into()) == member.sha256", "true")],
        tests: PORTABILITY,
    },
    Mutation {
        limit: "import: files that rows of another instance came from",
        edits: &[(PORTABLE, "if manifest.files.len() > most.files {", "if false {")],
        tests: PORTABILITY,
    },
    Mutation {
        limit: "import: formulas in the table of rejected rows",
        edits: &[(REJECTS, "let guard = if is_formula {", "let guard = if false {")],
        tests: (TESTS, "test(=imports::a_table_of_rejected_rows_holds_no_formula_and_is_private)"),
    },
    Mutation {
        limit: "a rejected line in a table",
        edits: &[(REJECTS, "LONGEST.saturating_sub(kept.len())", "usize::MAX")],
        tests: (TESTS, "test(=imports::a_long_rejected_line_is_cut)"),
    },
    // The doors.
    Mutation {
        limit: "door: a cookie opens no door of the API",
        edits: &[(
            AUTH,
            "Ok(None) => {\n            refuse(request.into_body()).await;",
            "Ok(None) => {\n            return next.run(request).await;",
        )],
        tests: DOORS,
    },
    Mutation {
        limit: "page: rows that are summed",
        edits: &[(QUANTITIES, ".sum::<u64>() > most {", ".sum::<u64>() > u64::MAX {")],
        tests: (PLATFORM, "test(/^tester::quantities::/)"),
    },
    Mutation {
        limit: "page: things that are summed apart",
        edits: &[
            (QUANTITIES, "self.series.len() <= MOST_SERIES", "self.series.len() < usize::MAX"),
            (QUANTITIES, "|| self.series.len() > MOST_SERIES", "|| false"),
        ],
        tests: (PLATFORM, "test(/^tester::quantities::/)"),
    },
    Mutation {
        limit: "page: another site cannot act for a visitor",
        edits: &[(
            "host/web/src/app/mod.rs",
            "if !is_safe(&parts.method) && !is_own(&parts.headers) {",
            "if false {",
        )],
        tests: (TESTS, "test(=pages::another_site_cannot_act_for_a_visitor)"),
    },
    Mutation {
        limit: "page: only a tester has a vault",
        edits: &[(
            "host/web/src/app/visitor.rs",
            "if !visitor.account.roles.contains(&Role::Tester) {",
            "if false {",
        )],
        tests: (TESTS, "test(=pages::what_is_not_the_visitor_s_is_one_404_for_every_role)"),
    },
    Mutation {
        limit: "page: only an operator invites",
        edits: &[(
            "host/web/src/app/roles.rs",
            "if visitor.account.roles.contains(&Role::Operator) {\n            return Ok(Operator(visitor));",
            "if true {\n            return Ok(Operator(visitor));",
        )],
        tests: (TESTS, "test(=pages::what_is_not_the_visitor_s_is_one_404_for_every_role)"),
    },
    Mutation {
        limit: "page: a sensitive category is confirmed apart",
        edits: &[(
            "host/web/src/app/apps/consent.rs",
            "category.is_sensitive() && !choice.is_sure",
            "false && !choice.is_sure && category.is_sensitive()",
        )],
        tests: (TESTS, "test(=conformance::pages_that_fail_say_so)"),
    },
    Mutation {
        limit: "door: a code is good once",
        edits: &[(
            "host/platform/src/operator/credentials.rs",
            "match self.codes.remove_file(&name) {",
            "match Ok::<(), std::io::Error>(()) {",
        )],
        tests: DOORS,
    },
    Mutation {
        limit: "door: a token for deposits only deposits",
        edits: &[(
            AUTH,
            "if !is_of_nobody(&request) && !is_deposit(&request, |name| shared.doors.is_for(&people, name)) {",
            "if false {",
        )],
        tests: DOORS,
    },
    Mutation {
        limit: "door: a token is over",
        edits: &[(
            "host/platform/src/operator/credentials.rs",
            "same.is_ok() && at < token.expires_at",
            "same.is_ok()",
        )],
        tests: (PLATFORM, "test(/^operator::credentials::/)"),
    },
    Mutation {
        limit: "door: a name that is not there makes no vault",
        edits: &[(
            "host/web/src/api.rs",
            "if known.is_none() && !may_create && !query.dry_run {",
            "if false {",
        )],
        tests: DOORS,
    },
    Mutation {
        limit: "door: the name of the host",
        edits: &[(
            "host/web/src/hosts.rs",
            "if shared.hosts.admit_request(request.headers(), target) {",
            "if true {",
        )],
        tests: DOORS,
    },
    Mutation {
        limit: "door: a grant is of the component that was shown",
        edits: &[(
            "host/platform/src/tester/shown.rs",
            "if !is(&self.component, record.component) {",
            "if false && !is(&self.component, record.component) {",
        )],
        tests: DOORS,
    },
    Mutation {
        limit: "door: an id belongs to its first publisher",
        edits: &[(
            "host/platform/src/developer/apps.rs",
            "&& installed.publisher != release.publisher",
            "&& false",
        )],
        tests: DOORS,
    },
    Mutation {
        limit: "door: uploads at once",
        edits: &[("host/web/src/slots.rs", "if !is_free {", "if false {")],
        tests: DOORS,
    },
    Mutation {
        limit: "door: what one token may have of all slots",
        edits: &[(
            "host/web/src/slots.rs",
            "&& count(|a, b| a.client == b.client) < self.share.of_client",
            "",
        )],
        tests: (WEB, "test(/^slots::/)"),
    },
    Mutation {
        limit: "door: bytes that are put down",
        edits: &[("host/web/src/slots.rs", "        *own = bytes;\n", "        let _ = own;\n")],
        tests: (WEB, "test(/^slots::/)"),
    },
    Mutation {
        limit: "door: what one token may have of the places of one person",
        edits: &[("host/web/src/slots.rs", "            && count(|a, b| a == b) < self.share.of_both;", ";")],
        tests: (WEB, "test(/^slots::/)"),
    },
    Mutation {
        limit: "door: an answer that is not sent keeps its connection",
        edits: &[(
            "host/web/src/connections.rs",
            "state.unsent_since.get_or_insert_with(Instant::now);",
            "state.unsent_since = None;",
        )],
        tests: (WEB, "test(/^connections::/)"),
    },
    Mutation {
        limit: "door: a token is good at the end of an upload too",
        edits: &[(
            "host/web/src/api.rs",
            "if !blocking_io(move || doors.is_good_for(token.token(), &name)).await? {",
            "if !blocking_io(move || doors.is_good_for(token.token(), &name).map(|_| true)).await? {",
        )],
        tests: DOORS,
    },
    Mutation {
        limit: "door: an upload makes nobody who was erased meanwhile",
        edits: &[(
            "host/web/src/api.rs",
            "known.map_or(TargetVault::AnybodyOrNew, TargetVault::Exactly);",
            "TargetVault::AnybodyOrNew;",
        )],
        tests: DOORS,
    },
    Mutation {
        limit: "store: who writes a chunk writes a file of their own",
        edits: &[(
            "host/store/src/chunk_files.rs",
            "format!(\"{}-{name}-{}\", name_of(partition), self.next.fetch_add(1, Ordering::Relaxed))",
            "name.clone()",
        )],
        tests: (TESTS, "test(large_uploads_at_the_same_time)"),
    },
    Mutation {
        limit: "store: a commit that is sent again is not applied again",
        edits: &[(
            SLOT_SQL,
            "        return outcome;\n    end if;\n    if clock",
            "    delete from {schema}.applied a where a.person = of_person and a.commit = id;\n    end if;\n    if clock",
        )],
        tests: (STORE_POSTGRES, "test(answer_is_lost)"),
    },
    Mutation {
        limit: "store: a commit that is found applied waits for the standbys",
        edits: &[(
            SLOT_SQL,
            "        perform mesinfos.wait_for_standbys();\n        return outcome;",
            "        return outcome;",
        )],
        tests: (STORE_POSTGRES, "test(not_replicated)"),
    },
    Mutation {
        limit: "store: a commit with a warning is not acknowledged",
        edits: &[(
            "host/store-postgres/src/session.rs",
            "severity == Severity::Warning",
            "severity == Severity::Panic",
        )],
        tests: (STORE_POSTGRES, "test(not_replicated)"),
    },
    Mutation {
        limit: "store: a conflict of a commit that was sent before is kept",
        edits: &[(SLOT_SQL, "if outcome or is_again then", "if outcome then")],
        tests: (STORE_POSTGRES, "test(conflict_stays)"),
    },
    Mutation {
        limit: "store: a commit that was given up is not applied",
        edits: &[(SLOT_SQL, "if clock_timestamp() > latest then", "if false then")],
        tests: (STORE_POSTGRES, "test(frozen)"),
    },
    Mutation {
        limit: "store: commits of one person are serial",
        edits: &[(
            SLOT_SQL,
            "    perform pg_advisory_xact_lock(uuid_hash_extended(of_person, 0));\n    select a.is",
            "    select a.is",
        )],
        tests: (STORE_POSTGRES, "test(serial)"),
    },
    Mutation {
        limit: "store: chunks that a commit names are there",
        edits: &[(
            SLOT_SQL,
            "        where not exists (select from {schema}.chunk",
            "        where false and not exists (select from {schema}.chunk",
        )],
        tests: (STORE_POSTGRES, "test(contract)"),
    },
    Mutation {
        limit: "store: the gate is read in each write",
        edits: &[("host/store-postgres/sql/server.sql", "if gate.mode <> 'open' then", "if false then")],
        tests: (STORE_POSTGRES, "test(gate)"),
    },
    Mutation {
        limit: "store: who closes the gate waits for those under way",
        edits: &[(
            "host/store-postgres/sql/server.sql",
            "    perform pg_advisory_xact_lock_shared(19785, wanted);\n",
            "",
        )],
        tests: (STORE_POSTGRES, "test(lock_was_taken)"),
    },
    Mutation {
        limit: "door: strangers go first",
        edits: &[(
            "host/web/src/connections.rs",
            "(state.is_known, !state.is_known && !state.has_asked,",
            "(false, false,",
        )],
        tests: (WEB, "test(/^connections::/)"),
    },
    Mutation {
        limit: "rows: what tells of rows that are left out",
        edits: &[(
            "host/platform/src/tester/consents.rs",
            "let fields = fields.without(running);",
            "let _ = running;",
        )],
        tests: (TESTS, "test(/^left_out::/)"),
    },
    Mutation {
        limit: "rows: what was left out stays so",
        edits: &[(
            "host/platform/src/tester/consents.rs",
            "excluded: kept.cloned().unwrap_or_default(),",
            "excluded: kept.cloned().filter(|_| false).unwrap_or_default(),",
        )],
        tests: (TESTS, "test(/^left_out::/)"),
    },
    Mutation {
        limit: "rows: what is left out is not given",
        edits: &[(
            "host/vault/src/opened.rs",
            "|row| !of.excluded.contains(&id(row))",
            "|row| id(row).import < u64::MAX",
        )],
        tests: (VAULT, "test(/^import_tests::/)"),
    },
    Mutation {
        limit: "rows: what is shown to no app is not given",
        edits: &[(WITHHELD_ROWS, "!seen.contains(*row)", "true")],
        tests: (VAULT, "test(/^withheld_rows::/)"),
    },
    Mutation {
        limit: "rows: what would tell what is shown to no app is not given",
        edits: &[(WITHHELD_ROWS, "thing.sums.with(thing.parts)", "thing.sums")],
        tests: (VAULT, "test(/^withheld_rows::/)"),
    },
    Mutation {
        limit: "rows: what is probably the same as a row that is shown to no app is not given",
        edits: &[(WITHHELD_ROWS, "by.alike.add(derived.as_such.with(derived.as_sum));", "let _ = derived;")],
        tests: (VAULT, "test(/^withheld_rows::/)"),
    },
    Mutation {
        limit: "rows: choices of what is shown to no app",
        edits: &[(WITHHELD, "there.len() >= MOST_WITHHELD", "false")],
        tests: (TESTS, "test(/^withheld::what_is_withheld/)"),
    },
    Mutation {
        limit: "rows: a chunk of a newer table is refused",
        edits: &[(
            "host/vault/src/chunk.rs",
            "if written.version > address.category.schema().version {",
            "if false {",
        )],
        tests: (VAULT, "test(/^chunk::/)"),
    },
    Mutation {
        limit: "door: who waits for a head makes room",
        edits: &[(
            "host/web/src/connections.rs",
            "let first = *may_go.min_by_key(order)?.0;",
            "let first = *may_go.min_by_key(order).filter(|_| false)?.0;",
        )],
        tests: (WEB, "test(/^connections::/)"),
    },
    Mutation {
        limit: "door: a request that is under way makes no room",
        edits: &[(
            "host/web/src/connections.rs",
            "(state.waits_since, state.has_asked) = (None, true);",
            "state.has_asked = true;",
        )],
        tests: (WEB, "test(/^connections::/)"),
    },
    Mutation {
        limit: "withdrawn: a runner that computes is stopped",
        edits: &[(
            "host/runner/src/row_server.rs",
            "            self.withdrawal.is_over()\n",
            "            false\n",
        )],
        tests: (TESTS, "test(/^withdrawals::what_ends/)"),
    },
    Mutation {
        limit: "withdrawn: an app that computes is stopped",
        edits: &[("host/runtime/src/state.rs", "if self.withdrawal.is_over() {", "if false {")],
        tests: (TESTS, "test(/^withdrawals::what_ends/)"),
    },
    Mutation {
        limit: "keys: locked in memory",
        edits: &[(
            "host/vault/src/keys.rs",
            "let locked = unsafe { rustix::mm::mlock(key.as_ptr().cast_mut().cast(), key.len()) };",
            "let locked = key.len();",
        )],
        tests: (VAULT, "test(/^keys::/)"),
    },
    Mutation {
        limit: "door: bytes of a small body",
        edits: &[("host/web/src/limits.rs", "JSON_BYTES: usize = 1 << 20", "JSON_BYTES: usize = 1 << 30")],
        tests: DOORS,
    },
    Mutation {
        limit: "door: time for a head",
        edits: &[("host/web/src/server.rs", ".header_read_timeout(limits::HEAD)", "")],
        tests: DOORS,
    },
    Mutation {
        limit: "door: time for a file that trickles",
        edits: &[("host/web/src/transfer.rs", "self.whole(size).saturating_sub(waited)", "self.piece")],
        tests: (WEB, "test(/^transfer::/)"),
    },
    Mutation {
        limit: "form: headers of a part",
        edits: &[(FORM, "const HEADERS: usize = 8 << 10;", "const HEADERS: usize = 64 << 20;")],
        tests: (WEB, "test(/^app::add::multipart::/)"),
    },
    Mutation {
        limit: "form: spaces after a boundary",
        edits: &[(FORM, "const PADDING: usize = 256;", "const PADDING: usize = 64 << 10;")],
        tests: (WEB, "test(/^app::add::multipart::/)"),
    },
    Mutation {
        limit: "tables: those of an account that wait",
        edits: &[(WEB_LIMITS, "const TABLES_OF_ONE: usize = 4;", "const TABLES_OF_ONE: usize = 400;")],
        tests: TABLES,
    },
    Mutation {
        limit: "tables: whose they are",
        edits: &[(PENDING, "table.account == account && table.id == id)", "table.id == id)")],
        tests: TABLES,
    },
    Mutation {
        limit: "tables: columns that a process may name",
        edits: &[(PROBE, "&& used.iter().all(|column| column <= columns)", "")],
        tests: (INTAKE, "test(/^mapped::probe::/)"),
    },
    Mutation {
        limit: "tables: what a process may say about columns",
        edits: &[(PROBE, "&& looks.iter().all(ColumnLook::is_credible)", "")],
        tests: (INTAKE, "test(/^mapped::probe::/)"),
    },
    Mutation {
        limit: "tables: meters in one",
        edits: &[(READINGS, "if self.0.len() >= METERS {", "if false {")],
        tests: (INTAKE, "test(/^mapped::/)"),
    },
    Mutation {
        limit: "tables: stretches of time of a meter",
        edits: &[(READINGS, "if self.0.len() > STRETCHES {", "if false {")],
        tests: (INTAKE, "test(/^mapped::readings::/)"),
    },
    Mutation {
        limit: "tables: length of a cell of several lines",
        edits: &[(TABLE, "while end - opened <= CELL {", "while end > opened {")],
        tests: (INTAKE, "test(/^read::table::/)"),
    },
    Mutation {
        limit: "import: what a file packed with gzip becomes",
        edits: &[(
            ARCHIVE,
            "Bounded { inner: content, left: most }",
            "Bounded { inner: content, left: u64::MAX }",
        )],
        tests: (INTAKE, "test(=a_packed_file_does_not_unpack_without_end)"),
    },
    Mutation {
        limit: "import: files of activities",
        edits: &[(STRAVA, "if paths.len() >= most {", "if false {")],
        tests: (INTAKE, "test(/^mobility::strava::/)"),
    },
    Mutation {
        limit: "health: intervals of devices",
        edits: &[(DEVICES, "_ if self.intervals < INTERVALS =>", "_ if true =>")],
        tests: (INTAKE, "test(/^health::devices::/)"),
    },
    Mutation {
        limit: "health: devices",
        edits: &[(DEVICES, "None if self.devices < DEVICES =>", "None if true =>")],
        tests: (INTAKE, "test(/^health::devices::/)"),
    },
    Mutation {
        limit: "form: files in one",
        edits: &[(UPLOAD, "if sent.len() >= limits::FILES {", "if false {")],
        tests: ADDING,
    },
    Mutation {
        limit: "form: files of a sample life",
        edits: &[(UPLOAD, "if is_full(is_sample, past + sent.len()) {", "if false {")],
        tests: ADDING,
    },
    Mutation {
        limit: "form: size of a file in a sample life",
        edits: &[(UPLOAD, "(true, _) => limits::SAMPLE_FILE_BYTES,", "(true, _) => limits::FILE_BYTES,")],
        tests: ADDING,
    },
    Mutation {
        limit: "form: a session that ended while a file arrived",
        edits: &[(UPLOAD, "if present.is_none_or(|present| present.account.id != account) {", "if false {")],
        tests: ADDING,
    },
    Mutation {
        limit: "rows: opened for one page",
        edits: &[("host/platform/src/tester/row_pages.rs", "if opened >= most_opened {", "if false {")],
        tests: (PLATFORM, "test(/^tester::row_tests::/)"),
    },
    Mutation {
        limit: "rows: no formula in a spreadsheet",
        edits: &[("host/web/src/app/data/csv.rs", "if begins && !is_number(&text[at..]) {", "if false {")],
        tests: (WEB, "test(/^app::data::csv::/)"),
    },
    Mutation {
        limit: "terminal: what is not seen is not printed",
        edits: &[("host/model/src/visible.rs", ".filter(|&c| !is_hidden(c))", "")],
        tests: (TESTS, "test(/^terminal::/)"),
    },
    Mutation {
        limit: "folders: only their owner enters",
        edits: &[("host/platform/src/private.rs", "if mode & !OWNER_ONLY == 0 {", "if true {")],
        tests: DOORS,
    },
    Mutation {
        limit: "figures: a token of theirs",
        edits: &[(
            AUTH,
            "Ok(Some(token)) if matches!(token.scope, TokenScope::Metrics | TokenScope::All) => {",
            "Ok(Some(token)) => {",
        )],
        tests: OPERATOR,
    },
    Mutation {
        limit: "figures: their token opens nothing else",
        edits: &[(AUTH, "if token.scope == TokenScope::Metrics {", "if false {")],
        tests: OPERATOR,
    },
    Mutation {
        limit: "log: text in listed fields alone",
        edits: &[(
            "host/cli/src/log.rs",
            "SHOWN.contains(&field.name()) && is_word(value)",
            "is_word(value)",
        )],
        tests: EVENTS,
    },
    Mutation {
        limit: "log: words alone",
        edits: &[(
            "host/cli/src/log.rs",
            "SHOWN.contains(&field.name()) && is_word(value)",
            "SHOWN.contains(&field.name())",
        )],
        tests: EVENTS,
    },
    Mutation {
        limit: "log: our own events",
        edits: &[("host/cli/src/log.rs", "&& metadata.target().starts_with(\"mesinfos\")", "")],
        tests: EVENTS,
    },
    Mutation {
        limit: "restore: nothing stays of who does not open",
        edits: &[("host/vault/src/restored.rs", "            self.take_out(person)?;\n", "")],
        tests: (PLATFORM, "test(/backup::/)"),
    },
    Mutation {
        limit: "process: no core",
        edits: &[("host/cli/src/main.rs", "        process::keep_to_itself();\n", "")],
        tests: DOORS,
    },
    Mutation {
        limit: "manifest: one",
        edits: &[(INSPECT, "if sections.manifests > 1 {", "if false {")],
        tests: (TESTS, "test(/^terminal::/)"),
    },
    Mutation {
        limit: "names: none that looks like the platform's",
        edits: &[(
            "host/runtime/src/manifest.rs",
            "name.is_some_and(|name| imitation::names_the_host(name))",
            "false && name.is_some_and(|name| imitation::names_the_host(name))",
        )],
        tests: (RUNTIME, "test(/^manifest::/)"),
    },
    // The registry of apps.
    Mutation {
        limit: "apps: a signature is that of its key for these bytes",
        edits: &[(SIGNATURE, "if !key.has_signed(&message(bytes), &signature) {", "if false {")],
        tests: SIGNED,
    },
    Mutation {
        limit: "apps: a key succeeds the one that named it",
        edits: &[(SIGNATURE, "if !succession.names(app, &key) {", "if false {")],
        tests: SIGNED,
    },
    Mutation {
        limit: "apps: an id belongs to its key",
        edits: &[(
            RELEASES,
            "release.key == app.key || (app.key.is_some() && release.succession.map(|named| named.before) == app.key)",
            "release.key == app.key || app.key.is_some()",
        )],
        tests: VERSIONS,
    },
    Mutation {
        limit: "apps: the log tells an id that changed hands",
        edits: &[(
            "host/registry/src/log/keys.rs",
            "(Some(Holder::Key(_)), _) => Err(NotFollowed::OtherKey),",
            "(Some(Holder::Key(owner)), _) => Ok((Holder::Key(owner), Followed::Usual)),",
        )],
        tests: VERSIONS,
    },
    Mutation {
        limit: "apps: a restore suspends what is installed",
        edits: &[(
            "host/platform/src/operator/backup.rs",
            "if version.state == State::Published {\n                    let Release",
            "if false {\n                    let Release",
        )],
        tests: STOPPED,
    },
    Mutation {
        limit: "tokens: those of an account end with it",
        edits: &[(
            "host/web/src/auth.rs",
            "Err(IdentityError::NoSuchAccount) => Ok(false),",
            "Err(IdentityError::NoSuchAccount) => Ok(true),",
        )],
        tests: STOPPED,
    },
    Mutation {
        limit: "tokens: an account ends its own alone",
        edits: &[(
            "host/platform/src/operator/credentials.rs",
            "if self.account_tokens(account)?.iter().any(|token| token.id == id) {",
            "if true || self.account_tokens(account)?.iter().any(|token| token.id == id) {",
        )],
        tests: STOPPED,
    },
    Mutation {
        limit: "tokens: four of an account",
        edits: &[(
            "host/platform/src/operator/credentials.rs",
            "const MOST_OF_ACCOUNT: usize = 4;",
            "const MOST_OF_ACCOUNT: usize = 400;",
        )],
        tests: STOPPED,
    },
    Mutation {
        limit: "apps: an id belongs to its account",
        edits: &[(
            RELEASES,
            "if app.owner != *owner && !(is_of_operator && has_key(&app, release)) {",
            "if false {",
        )],
        tests: VERSIONS,
    },
    Mutation {
        limit: "apps: numbers of versions only grow",
        edits: &[(RELEASES, "is_none_or(|number| number <= highest)", "is_none_or(|_| false)")],
        tests: VERSIONS,
    },
    Mutation {
        limit: "apps: a change is for its role",
        edits: &[(RELEASES, "if !change.is_for(by.role) || !is_theirs {", "if !is_theirs {")],
        tests: VERSIONS,
    },
    Mutation {
        limit: "apps: drafts of an owner",
        edits: &[(RELEASES, "self.drafts(&by.who)?.len() >= MOST_DRAFTS", "false")],
        tests: VERSIONS,
    },
    Mutation {
        limit: "apps: versions of an owner that wait for a review",
        edits: &[(
            RELEASES,
            "None, MOST_WAITING)?.len() == MOST_WAITING {",
            "None, MOST_WAITING)?.len() > MOST_WAITING {",
        )],
        tests: VERSIONS,
    },
    Mutation {
        limit: "apps: length of a reason",
        edits: &[(RELEASES, ".take(LONGEST_REASON)", ".take(usize::MAX)")],
        tests: VERSIONS,
    },
    Mutation {
        limit: "apps: size of an entry of the log",
        edits: &[(APP_LOG, "if entry.len() > LARGEST_ENTRY {", "if false {")],
        tests: (REGISTRY, "test(/^log::/)"),
    },
    Mutation {
        limit: "apps: a suspension stops runs",
        edits: &[(REVIEW, "self.underway.stop(|run| run.component == component);", "")],
        tests: STOPPED,
    },
    Mutation {
        limit: "apps: a version that fails for a sample life is not submitted",
        edits: &[(MATRIX, "match matrix.failures.first() {", "match None::<&MatrixFailure> {")],
        tests: STOPPED,
    },
    Mutation {
        limit: "apps: subsets of optional categories that are tried",
        edits: &[(MATRIX, "chosen.truncate(MOST_SUBSETS);", "")],
        tests: (PLATFORM, "test(/^developer::matrix::/)"),
    },
    Mutation {
        limit: "acts of strangers, by address",
        edits: &[(ADDRESSES, "Some(wait) if !wait.is_zero() => Err(wait),", "")],
        tests: (WEB, "test(/^addresses::/)"),
    },
    Mutation {
        limit: "addresses that are told apart",
        edits: &[(
            ADDRESSES,
            "let is_crowd = known.len() >= limits::ADDRESSES &&",
            "let is_crowd = false &&",
        )],
        tests: (WEB, "test(/^addresses::/)"),
    },
    Mutation {
        limit: "event: teams",
        edits: &[(EVENT_RULES, "about.teams >= about.most_teams", "false")],
        tests: RULES,
    },
    Mutation {
        limit: "event: members of a team",
        edits: &[(EVENT_RULES, "joined.members.len() >= limits::MEMBERS", "false")],
        tests: RULES,
    },
    Mutation {
        limit: "event: jurors",
        edits: &[(EVENT_RULES, "about.jurors >= limits::JURORS", "false")],
        tests: RULES,
    },
    Mutation {
        limit: "event: a code of a juror works once",
        edits: &[
            (EVENT_RULES, "juror.account.is_none() && juror.code.is(code)", "juror.code.is(code)"),
            (
                EVENT_RULES,
                "if record.account.is_some() || !record.code.is(code) {",
                "if !record.code.is(code) {",
            ),
        ],
        tests: RULES,
    },
    Mutation {
        limit: "event: nobody votes for their own team",
        edits: &[(
            EVENT_RULES,
            "if self.juror(juror)?.team == Some(team) {",
            "if self.juror(juror)?.number != juror {",
        )],
        tests: RULES,
    },
    Mutation {
        limit: "event: the deadline",
        edits: &[(EVENT_ABOUT, "now < ends", "now <= ends")],
        tests: RULES,
    },
    Mutation {
        limit: "event: length of a name",
        edits: &[(EVENT_TEAM, "(1..=limits::NAME)", "(1..=usize::MAX)")],
        tests: RULES,
    },
    Mutation {
        limit: "event: length of a comment",
        edits: &[(EVENT_BALLOT, "<= limits::COMMENT", "<= usize::MAX")],
        tests: RULES,
    },
    Mutation {
        limit: "event: marks",
        edits: &[(EVENT_BALLOT, "(1..=limits::HIGHEST)", "(0..=u8::MAX)")],
        tests: RULES,
    },
    Mutation {
        limit: "event: no file and no person",
        edits: &[(
            EVENT_PLATFORM,
            "if self.is_event { Err(PlatformError::OnlySamples)",
            "if false { Err(PlatformError::OnlySamples)",
        )],
        tests: EVENT_DATA,
    },
    Mutation {
        limit: "event: the mark of a folder",
        edits: &[(EVENT_FOLDER, "match (is_marked(path)?, kind) {", "match (kind != Kind::Real, kind) {")],
        tests: EVENT_DATA,
    },
    Mutation {
        limit: "event: the record in the store",
        edits: &[(
            EVENT_FOLDER,
            "match (Event::is_in(store)?, kind) {",
            "match (kind != Kind::Real, kind) {",
        )],
        tests: EVENT_DATA,
    },
    Mutation {
        limit: "event: people in the store",
        edits: &[(EVENT_FOLDER, "!store.persons(None, 1)?.is_empty()", "false")],
        tests: EVENT_DATA,
    },
];
