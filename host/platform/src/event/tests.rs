use super::*;
use crate::caller::me;
use mesinfos_consent::{Actor, Channel};
use mesinfos_model::view::Lang;
use mesinfos_personas::SEED;

fn new() -> NewEvent {
    NewEvent { name: "Lyon".to_owned(), teams: 3, until: None }
}

fn refusal<T>(done: Result<T>) -> &'static str {
    match done {
        Ok(_) => "done",
        Err(error) => error.code(),
    }
}

fn event(path: &Path) -> Platform {
    Platform::create_event(path, &Isolation::InProcess, &new()).unwrap();
    Platform::open_event(path, &Isolation::InProcess).unwrap()
}

const ROW: &[u8] =
    br#"[{"docType":"bankoperation","date":"2026-01-01T00:00:00.000Z","amount":-1.5,"raw":"r","title":"t",
    "bankAccount":"a"}]"#;

#[test]
fn a_folder_is_of_an_event_or_of_people_and_never_of_both() {
    let temporary = tempfile::tempdir().unwrap();
    let (of_event, real) = (temporary.path().join("event"), temporary.path().join("real"));
    let here = &Isolation::InProcess;
    drop(event(&of_event));
    assert_eq!(refusal(Platform::open(&of_event, here)), "is-event");
    assert_eq!(refusal(Platform::create_event(&of_event, here, &new())), "not-empty");
    let platform = Platform::open(&real, here).unwrap();
    platform.import(&me("zoe"), "a.json", ROW).unwrap();
    drop(platform);
    assert_eq!(refusal(Platform::open_event(&real, here)), "not-an-event");
    assert_eq!(refusal(Platform::create_event(&real, here, &new())), "not-empty");
    // The mark alone makes no event, and without it an event is no real folder.
    let mark = |path: &Path| path.join("EVENT");
    std::fs::rename(mark(&of_event), mark(&real)).unwrap();
    for path in [&of_event, &real] {
        let opened = [Platform::open(path, here), Platform::open_event(path, here)].map(refusal);
        assert!(opened.iter().all(|code| ["is-event", "not-an-event"].contains(code)), "{opened:?}");
    }
    // A link or a folder of that name is a mark too.
    std::fs::remove_file(mark(&real)).unwrap();
    std::os::unix::fs::symlink("/nowhere", mark(&real)).unwrap();
    assert_eq!(refusal(Platform::open(&real, here)), "is-event");
    // Nothing was lost by any of it.
    std::fs::remove_file(mark(&real)).unwrap();
    assert_eq!(Platform::open(&real, here).unwrap().persons().unwrap(), ["zoe"]);
}

#[test]
fn a_real_store_in_a_folder_of_an_event_is_opened_as_neither() {
    let temporary = tempfile::tempdir().unwrap();
    let (of_event, real) = (temporary.path().join("event"), temporary.path().join("real"));
    drop(event(&of_event));
    let platform = Platform::open(&real, &Isolation::InProcess).unwrap();
    platform.create_person(&me("zoe")).unwrap();
    drop(platform);
    for part in ["store", "keys"] {
        std::fs::remove_dir_all(of_event.join(part)).unwrap();
        std::fs::rename(real.join(part), of_event.join(part)).unwrap();
    }
    assert_eq!(refusal(Platform::open_event(&of_event, &Isolation::InProcess)), "not-an-event");
    assert_eq!(refusal(Platform::open(&of_event, &Isolation::InProcess)), "is-event");
}

#[test]
fn an_event_with_a_person_in_it_is_not_opened() {
    let temporary = tempfile::tempdir().unwrap();
    let path = temporary.path().join("event");
    let platform = event(&path);
    platform.vault.create_person("zoe").unwrap();
    drop(platform);
    assert_eq!(refusal(Platform::open_event(&path, &Isolation::InProcess)), "not-an-event");
    assert_eq!(refusal(Platform::open(&path, &Isolation::InProcess)), "is-event");
}

#[test]
fn an_event_that_could_not_be_made_leaves_an_unused_folder() {
    let temporary = tempfile::tempdir().unwrap();
    let path = temporary.path().join("event");
    let wrong = NewEvent { until: Some(1), ..new() };
    assert_eq!(refusal(Platform::create_event(&path, &Isolation::InProcess, &wrong)), "bad-deadline");
    assert!(crate::is_unused(&path).unwrap());
    drop(event(&path));
}

/// No use case brings the data of anybody into an event: not a stranger's file, not one of a sample person either, whose
/// lives are made in memory.
#[test]
fn an_event_takes_no_file_and_no_person() {
    let temporary = tempfile::tempdir().unwrap();
    let platform = event(&temporary.path().join("event"));
    let camille = mesinfos_personas::personas().first().unwrap();
    let sample = camille.files(SEED).next().unwrap();
    for (name, bytes) in [("a.json", ROW), (sample.name.as_str(), sample.bytes.as_slice())] {
        for person in ["zoe", camille.id] {
            let caller = me(person);
            assert_eq!(refusal(platform.import(&caller, name, bytes)), "only-samples");
            assert_eq!(refusal(platform.import_dry_run(&caller, name, bytes)), "only-samples");
            assert_eq!(refusal(platform.import_preview(&caller, name, bytes, 3)), "only-samples");
        }
    }
    assert_eq!(refusal(platform.create_person(&me("zoe"))), "only-samples");
    // An account with a vault has none here either.
    let (account, _) = platform.identity().sample("camille", "", 0).unwrap();
    assert_eq!(refusal(platform.caller_of(&account, Channel::Web, Lang::Fr)), "only-samples");
    assert!(platform.store().persons(None, 9).unwrap().is_empty());
    assert!(platform.persons().unwrap().is_empty());
}

#[test]
fn teams_and_jurors_are_accounts_without_a_password() {
    let temporary = tempfile::tempdir().unwrap();
    let platform = event(&temporary.path().join("event"));
    let caller = platform.caller(Actor::Publisher, Channel::Web, Lang::Fr);
    let code = platform.event().unwrap().about().unwrap().code;
    let wrong = Code::typed("zzzz-zzzz").unwrap();
    let create = |code: &Code, team: &str| {
        platform.join_event(&caller, code, "Ada", &Joining::Creating(team.to_owned()), "Firefox")
    };
    assert_eq!(refusal(create(&wrong, "Watt")), "wrong-code");
    let (team, token) = create(&code, "Watt").unwrap();
    // What was refused left no account.
    assert_eq!(refusal(create(&code, "watt")), "team-name-taken");
    let join =
        |number, of: &Code| platform.join_event(&caller, &code, "Luc", &Joining::In(number, of.clone()), "");
    assert_eq!(refusal(join(0, &wrong)), "wrong-code");
    assert_eq!(refusal(join(5, &team.code)), "wrong-code");
    let (joined, other) = join(0, &team.code).unwrap();
    assert_eq!(joined.members, ["Ada", "Luc"]);
    let present = |token| platform.identity().present(token, caller.at).unwrap().unwrap().account;
    assert_eq!(present(&token).id, present(&other).id, "a team is one account");
    assert_eq!(present(&token).id.to_string(), team.account);

    let juror = platform.event().unwrap().add_juror("Zoé").unwrap();
    let (begun, seat) = platform.begin_juror(&caller, &juror.code, Some(0), "").unwrap();
    assert_eq!(refusal(platform.begin_juror(&caller, &juror.code, None, "")), "wrong-code");
    assert!(present(&seat).roles.is_empty());
    assert_eq!(refusal(platform.vote(&caller, begun.number, 0, [3; 3], "")), "nothing-handed-in");
    assert_eq!(platform.entries().unwrap().len(), 1);
    assert_eq!(refusal(platform.event_ranking()), "vote-open");
}

#[test]
fn a_platform_of_people_has_no_event() {
    let temporary = tempfile::tempdir().unwrap();
    let platform = Platform::open(&temporary.path().join("real"), &Isolation::InProcess).unwrap();
    assert!(!platform.is_event());
    assert_eq!(refusal(platform.event().map(|_| ())), "no-event");
    assert_eq!(refusal(platform.entries()), "no-event");
}
