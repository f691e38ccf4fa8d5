//! The limits that [`mutations`](crate::mutations) takes away, one at a time.

use crate::mutations::{MODEL, Mutation, PLATFORM, RUNNER, RUNTIME, TESTS};

const IN_PROCESS: &str = "host/runtime/src/in_process.rs";
const STATE: &str = "host/runtime/src/state.rs";
const LINK: &str = "host/runtime/src/link.rs";
const INSPECT: &str = "host/runtime/src/inspect.rs";
const WEIGHT: &str = "host/runtime/src/weight.rs";
const LIMITS: &str = "host/runtime/src/limits.rs";
const VIEW: &str = "host/runtime/src/view.rs";
const LOG: &str = "host/runtime/src/log.rs";
const SCOPE: &str = "host/model/src/scope.rs";
const CONFINE: &str = "host/runner/src/confine.rs";
const FORK_SERVER: &str = "host/runner/src/fork_server.rs";
const RUN_APART: &str = "host/runner/src/runner.rs";
const POOL: &str = "host/runner/src/pool.rs";
const FEED: &str = "host/runner/src/feed.rs";
const DEADLINE: &str = "host/runner/src/deadline.rs";
const BUDGET: &str = "host/runner/src/budget.rs";
const READING: &str = "host/runner/src/reading/mod.rs";
const INTAKE_ROWS: &str = "host/intake/src/rows.rs";
const PROBATION: &str = "host/platform/src/probation.rs";
const TURNS: &str = "host/platform/src/turns.rs";
const RUNS: &str = "host/platform/src/runs.rs";
const CONSENTS: &str = "host/platform/src/consents.rs";
const ARTIFACTS: &str = "host/platform/src/artifacts.rs";

/// Which tests of a package.
const ATTACKS: (&str, &str) = (TESTS, "test(=attacks::every_attack_ends_in_its_outcome)");
const SHAPES: (&str, &str) = (TESTS, "test(=shapes::many_instances_are_refused_or_end_the_run)");
const HANDLES: (&str, &str) = (TESTS, "test(/^handles::/)");
const VIEWS: (&str, &str) = (TESTS, "test(/^views::/)");
const WEIGHTS: (&str, &str) = (RUNTIME, "test(/^weight::/)");
const ESCAPED: (&str, &str) = (RUNNER, "test(/^tests::/)");
const READERS: (&str, &str) = (RUNNER, "test(/^reading::/)");
const OUTSIDE: (&str, &str) = (TESTS, "test(/^walls::/)");
const TURN: (&str, &str) = (PLATFORM, "test(/^turns::/)");

pub(crate) const MUTATIONS: &[Mutation] = &[
    // One run.
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
            "let left = self.deadline.saturating_duration_since(Instant::now());\n        if left",
            "let left = Duration::from_secs(3_600);\n        if left",
        )],
        tests: (RUNNER, "test(/^feed::/)"),
    },
    Mutation {
        limit: "memory: of what a runner says, once it is decoded",
        edits: &[(BUDGET, "if self.list { charge(", "if false { charge(")],
        tests: (RUNNER, "test(/^feed::/)"),
    },
    Mutation {
        limit: "bytes that a runner says it has read",
        edits: &[(
            FEED,
            ".map_or(0, |(_, claimed)| *claimed).min(*bytes);",
            ".map_or(0, |(_, claimed)| *claimed);",
        )],
        tests: (RUNNER, "test(/^feed::/)"),
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
        edits: &[(FEED, "if self.readers.len() >= self.limits.handles {", "if false {")],
        tests: (RUNNER, "test(/^feed::/)"),
    },
    Mutation {
        limit: "calls of the host",
        edits: &[(STATE, "if self.counters.calls > self.limits.host_calls {", "if false {")],
        tests: (RUNTIME, "test(/^state::/)"),
    },
    Mutation {
        limit: "calls of the host: those of WASI",
        edits: &[(
            "host/runtime/src/wasi.rs",
            "(&mut Wasi, &mut ResourceTable) {\n    state.counters.calls += 1;",
            "(&mut Wasi, &mut ResourceTable) {",
        )],
        tests: (TESTS, "test(/^wasi::/)"),
    },
    Mutation {
        limit: "calls of the host: words of a runner",
        edits: &[(
            FEED,
            "if self.said > (2 + limits::AHEAD as u64) * self.limits.host_calls {",
            "if false {",
        )],
        tests: (RUNNER, "test(/^feed::/)"),
    },
    Mutation {
        limit: "rows",
        edits: &[(LINK, "> state.limits.rows {", "> u64::MAX {")],
        tests: (TESTS, "test(/^rows::/)"),
    },
    Mutation {
        limit: "rows: to a runner",
        edits: &[(FEED, "> self.limits.rows {", "> u64::MAX {")],
        tests: (RUNNER, "test(/^feed::/)"),
    },
    // What it shows and says.
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
        edits: &[(VIEW, ".filter(|&c| !is_hidden(c));", ".filter(|_| true);")],
        tests: VIEWS,
    },
    Mutation {
        limit: "hidden characters in notes",
        edits: &[(LOG, ".filter(|c| *c == '\\n' || !crate::view::is_hidden(*c))", "")],
        tests: (RUNTIME, "test(/^log::/)"),
    },
    Mutation {
        limit: "length of notes",
        edits: &[
            (LOG, "limits::LOG.saturating_sub(all.len())", "usize::MAX"),
            (LOG, "if clean.len() > limits::LOG {", "if false {"),
        ],
        tests: (TESTS, "test(=floods::a_flood_of_notes_is_cut_and_ends)"),
    },
    Mutation {
        limit: "words of a runner's own",
        edits: &[(
            FEED,
            "None => result.map_err(|outcome| believed(outcome, self.limits)),",
            "None => result,",
        )],
        tests: (RUNNER, "test(/^feed::/)"),
    },
    // What is installed.
    Mutation {
        limit: "exports of another type",
        edits: &[(INSPECT, "same::other(types, app).map", "None::<String>.map")],
        tests: (TESTS, "test(=shapes::a_view_has_no_depth_and_another_depth_is_refused_by_its_type)"),
    },
    Mutation {
        limit: "imports that are not ours",
        edits: &[(
            INSPECT,
            ".push(Problem::ForbiddenImport { import: name.to_owned(), why: why_not(package) });",
            ".extend(None::<Problem>);",
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
        tests: WEIGHTS,
    },
    Mutation {
        limit: "compiling: parts of a component, and how they multiply",
        edits: &[(LIMITS, "PARTS: u64 = 2_000", "PARTS: u64 = u64::MAX")],
        tests: WEIGHTS,
    },
    Mutation {
        limit: "compiling: components from elsewhere",
        edits: &[(WEIGHT, "u64::from(!own), 0)", "u64::from(!own), 1)")],
        tests: WEIGHTS,
    },
    Mutation {
        limit: "compiling: types",
        edits: &[(LIMITS, "TYPES: u64 = 50_000", "TYPES: u64 = u64::MAX")],
        tests: WEIGHTS,
    },
    Mutation {
        limit: "compiling: functions",
        edits: &[(LIMITS, "FUNCTIONS: u64 = 60_000", "FUNCTIONS: u64 = u64::MAX")],
        tests: WEIGHTS,
    },
    Mutation {
        limit: "compiling: items",
        edits: &[(LIMITS, "ITEMS: u64 = 100_000", "ITEMS: u64 = u64::MAX")],
        tests: WEIGHTS,
    },
    Mutation {
        limit: "compiling: table elements",
        edits: &[(LIMITS, "TABLE_ELEMENTS: u64 = 1 << 20", "TABLE_ELEMENTS: u64 = u64::MAX")],
        tests: WEIGHTS,
    },
    Mutation {
        limit: "compiling: bytes of a function",
        edits: &[(LIMITS, "FUNCTION_SIZE: u64 = 1 << 20", "FUNCTION_SIZE: u64 = u64::MAX")],
        tests: WEIGHTS,
    },
    Mutation {
        limit: "compiling: locals of a function",
        edits: &[(LIMITS, "LOCALS: u64 = 2_000", "LOCALS: u64 = u64::MAX")],
        tests: WEIGHTS,
    },
    Mutation {
        limit: "compiling: blocks within each other",
        edits: &[(LIMITS, "DEPTH: u64 = 5_000", "DEPTH: u64 = u64::MAX")],
        tests: WEIGHTS,
    },
    Mutation {
        limit: "compiling: loops within each other",
        edits: &[(LIMITS, "LOOPS: u64 = 40", "LOOPS: u64 = u64::MAX")],
        tests: WEIGHTS,
    },
    Mutation {
        limit: "compiling: weight of a function",
        edits: &[(LIMITS, "FUNCTION_WEIGHT: u64 = 10_000_000", "FUNCTION_WEIGHT: u64 = u64::MAX")],
        tests: WEIGHTS,
    },
    Mutation {
        limit: "compiling: weight of all",
        edits: &[(LIMITS, " WEIGHT: u64 = 160_000_000", " WEIGHT: u64 = u64::MAX")],
        tests: WEIGHTS,
    },
    Mutation {
        limit: "compiled code that this host did not write",
        edits: &[(ARTIFACTS, "found).ok()?;", "found).ok();")],
        tests: (PLATFORM, "test(/^artifacts::/)"),
    },
    // What was granted.
    Mutation {
        limit: "grant: days",
        edits: &[(
            SCOPE,
            "month.day(row).map_or(month.schema().undated, |day| self.period.contains(day))",
            "month.day(row).is_some()",
        )],
        tests: HANDLES,
    },
    Mutation {
        limit: "grant: holders",
        edits: &[(
            SCOPE,
            ".filter(|&row| self.holders.contains(month.text(month.schema().holder, row)))",
            "",
        )],
        tests: HANDLES,
    },
    Mutation {
        limit: "grant: fields, where rows are cut",
        edits: &[(
            SCOPE,
            "_ if !self.fields.contains(i) || field.reach == Reach::Host => Column::Absent,",
            "_ if field.reach == Reach::Host => Column::Absent,",
        )],
        tests: (MODEL, "test(/^scope::/)"),
    },
    Mutation {
        limit: "grant: fields, where functions are linked",
        edits: &[(LINK, "if !fields.contains(index) {", "if false {")],
        tests: (TESTS, "test(/^rows::/)"),
    },
    Mutation {
        limit: "grant: fields that are given only by name",
        edits: &[(CONSENTS, "scope.fields.without(scope.fields.named(category))", "scope.fields")],
        tests: HANDLES,
    },
    Mutation {
        limit: "fields that never leave the host",
        edits: &[(SCOPE, " || field.reach == Reach::Host => Column::Absent,", " => Column::Absent,")],
        tests: (MODEL, "test(/^scope::/)"),
    },
    Mutation {
        limit: "grant: granularity",
        edits: &[(SCOPE, "aggregated(&rows, self.grain),", "rows,")],
        tests: (MODEL, "test(/^scope::/)"),
    },
    Mutation {
        limit: "grant: categories",
        edits: &[(
            RUNS,
            "let Request { scope, as_of, lang, today, answers } = request;",
            "let Request { mut scope, as_of, lang, today, answers } = request;
        for c in app.inspection().asks.keys() {
            scope.entry(*c).or_insert(mesinfos_model::CategoryScope::all(*c));
        }",
        )],
        tests: HANDLES,
    },
    Mutation {
        limit: "grant: categories that a runner asks for",
        edits: &[(
            FEED,
            "let Some(rows) = self.rows.get(&category) else {",
            "let Some(rows) = self.rows.get(&category).or(self.rows.values().next()) else {",
        )],
        tests: (RUNNER, "test(/^feed::/)"),
    },
    Mutation {
        limit: "handles of one category with functions of another",
        edits: &[(LINK, "if of_handle == of_function { Ok(()) }", "if true { Ok(()) }")],
        tests: HANDLES,
    },
    // The second wall.
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
            "running.extend([private(exec)?, (libc::SYS_mprotect, rule([no_code()?])?)]);",
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
    // Files that are read in a runner.
    Mutation {
        limit: "reading: time of a processor",
        edits: &[(DEADLINE, ".is_some_and(|so_far| so_far > spent.may)", ".is_some_and(|_| false)")],
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
        edits: &[(READING, "reason: clean(&told.reason, REASON),", "reason: told.reason,")],
        tests: READERS,
    },
    // Many at once.
    Mutation {
        limit: "places in all",
        edits: &[(TURNS, "if self.running >= places.all || of_app", "if of_app")],
        tests: TURN,
    },
    Mutation {
        limit: "places of one app",
        edits: &[(TURNS, "|| of_app >= places.app ||", "||")],
        tests: TURN,
    },
    Mutation {
        limit: "places for one person",
        edits: &[(TURNS, "|| of_person >= places.person {", "{")],
        tests: TURN,
    },
    Mutation {
        limit: "places in the queue",
        edits: &[(TURNS, "if self.waiting.len() >= places.waiting || of_app", "if of_app")],
        tests: TURN,
    },
    Mutation {
        limit: "places in the queue of one app and for one person",
        edits: &[(TURNS, "|| of_app.max(of_person) >= places.waiting_each {", "{")],
        tests: TURN,
    },
    Mutation {
        limit: "an app that was stopped is on probation",
        edits: &[(TURNS, "if outcome.stopped() {", "if false {")],
        tests: TURN,
    },
    Mutation {
        limit: "an app that was stopped is on probation with her for whom it ran, and with nobody else",
        edits: &[(
            PROBATION,
            "people.get(person).is_some_and(|until| *until > now)",
            "people.values().any(|until| *until > now || person.is_empty())",
        )],
        tests: TURN,
    },
    Mutation {
        limit: "an app that was stopped for many people is on probation with all",
        edits: &[(PROBATION, ".count() > FEW_PEOPLE {", ".count() > usize::MAX - FEW_PEOPLE {")],
        tests: TURN,
    },
    Mutation {
        limit: "an app that spins over its parameters is on probation",
        edits: &[(
            RUNS,
            "turn.ended(declared.as_ref().err().unwrap_or(&Outcome::Completed));",
            "drop(turn);",
        )],
        tests: (TESTS, "test(=floods::an_app_that_spins_over_its_parameters_is_on_probation)"),
    },
    Mutation {
        limit: "whoever takes more than her share goes behind",
        edits: &[(TURNS, "if spent > places.burst { Lane::Behind }", "if false { Lane::Behind }")],
        tests: TURN,
    },
];
