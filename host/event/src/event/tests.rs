use super::*;
use mesinfos_store::memory::MemoryStore;
use mesinfos_store::{MAX_VALUE, SealError};

/// Seals nothing: the rules are tested here.
struct Open;

impl Sealer for Open {
    fn seal(&self, _: &[u8], plain: &[u8]) -> std::result::Result<Vec<u8>, SealError> {
        Ok(plain.to_vec())
    }

    fn open(&self, _: &[u8], sealed: &[u8]) -> std::result::Result<Vec<u8>, SealError> {
        Ok(sealed.to_vec())
    }
}

const END: i64 = 1_000;

struct Home(MemoryStore);

impl Home {
    /// An event of at most three teams.
    fn new() -> Home {
        let home = Home(MemoryStore::default());
        let new = NewEvent { name: "Lyon".to_owned(), teams: 3, until: Some(END) };
        home.event().create(&new, 0).unwrap();
        home
    }

    fn event(&self) -> Event<'_> {
        Event::new(&self.0, &Open)
    }

    fn code(&self) -> Code {
        self.event().about().unwrap().code
    }

    fn team(&self, team: &str) -> Result<Team> {
        self.event().create_team(&self.code(), (team, "Ada"), team, &none(), 1)
    }

    fn juror(&self, who: &str, team: Option<u16>) -> Juror {
        let named = self.event().add_juror(who).unwrap();
        self.event().begin_juror(&named.code, team, &format!("account-{who}"), &none()).unwrap()
    }
}

fn none() -> Commit {
    Commit::new(Partition::House)
}

/// A code that is none of the event.
fn other(code: &Code) -> Code {
    let first = if code.plain().starts_with('0') { "1" } else { "0" };
    Code::typed(&format!("{first}{}", &code.plain()[1..])).unwrap()
}

#[test]
fn a_store_has_one_event() {
    let home = Home::new();
    let new = NewEvent { name: "Nantes".to_owned(), teams: 3, until: None };
    assert!(matches!(home.event().create(&new, 0), Err(EventError::Exists)));
    assert_eq!(home.event().about().unwrap().name, "Lyon");
    assert!(Event::is_in(&home.0).unwrap() && !Event::is_in(&MemoryStore::default()).unwrap());
    assert!(matches!(Event::new(&MemoryStore::default(), &Open).about(), Err(EventError::NoEvent)));
}

#[test]
fn a_team_is_made_with_the_code_once_under_a_name() {
    let home = Home::new();
    let refused = home.event().create_team(&other(&home.code()), ("Watt", "Ada"), "x", &none(), 1);
    assert!(matches!(refused, Err(EventError::WrongCode)));
    let made = home.team("Watt & Co").unwrap();
    assert_eq!((made.number, made.members.as_slice()), (0, &["Ada".to_owned()][..]));
    assert!(matches!(home.team("WATT co"), Err(EventError::NameTaken)));
    assert_eq!(home.event().place("Watt & Co").unwrap(), Some(Place::Team(0)));
    assert_eq!(home.event().place("nobody").unwrap(), None);
    home.team("Deux").unwrap();
    home.team("Trois").unwrap();
    assert!(matches!(home.team("Quatre"), Err(EventError::TooManyTeams { most: 3 })));
    let late = home.event().create_team(&home.code(), ("Cinq", "Ada"), "x", &none(), END);
    assert!(matches!(late, Err(EventError::SubmissionsOver)));
    assert_eq!(home.event().teams().unwrap().len(), 3);
}

#[test]
fn many_phones_at_once_make_as_many_teams_as_there_may_be() {
    let home = Home(MemoryStore::default());
    let new = NewEvent { name: "Lyon".to_owned(), teams: 8, until: None };
    home.event().create(&new, 0).unwrap();
    let made: usize = std::thread::scope(|scope| {
        let home = &home;
        let join = |at: usize| scope.spawn(move || usize::from(home.team(&format!("t{at}")).is_ok()));
        let all: Vec<_> = (0..12).map(join).collect();
        all.into_iter().map(|one| one.join().unwrap()).sum()
    });
    let teams = home.event().teams().unwrap();
    assert_eq!((made, teams.len()), (8, 8));
    assert!(teams.iter().enumerate().all(|(at, team)| usize::from(team.number) == at));
}

#[test]
fn a_member_needs_the_code_of_the_team() {
    let home = Home::new();
    let (team, code) = (home.team("Watt").unwrap(), home.code());
    let join = |number, of: &Code, who: &str| home.event().join_team((&code, of), number, who, &none());
    assert!(matches!(join(0, &other(&team.code), "Eve"), Err(EventError::WrongCode)));
    // A team that does not exist says the same.
    assert!(matches!(join(7, &team.code, "Eve"), Err(EventError::WrongCode)));
    for at in 1..limits::MEMBERS {
        join(0, &team.code, &format!("member {at}")).unwrap();
    }
    assert!(matches!(join(0, &team.code, "one more"), Err(EventError::TooManyMembers { .. })));
    assert_eq!(join(0, &team.code, "Ada").unwrap().members.len(), limits::MEMBERS, "who comes back is one");
}

/// Whatever people type, a record fits.
#[test]
fn the_longest_names_and_comments_fit() {
    let home = Home::new();
    let code = home.code();
    let long = |last: usize| format!("{}{:02}", "\u{1d11e}".repeat(limits::NAME - 2), last);
    let team = home.team(&long(0)).unwrap();
    for at in 0..limits::MEMBERS - 1 {
        home.event().join_team((&code, &team.code), 0, &long(at), &none()).unwrap();
    }
    let juror = home.juror(&long(1), None);
    for c in ["\u{1d11e}", "\"", "\n"] {
        let comment = format!("a{}b", c.repeat(limits::COMMENT - 2));
        home.event().vote(juror.number, 0, [5; 3], &comment, END).unwrap();
    }
    let most = home.0.scan(Partition::House, b"event/", None, 99).unwrap();
    assert!(most.iter().all(|(_, value)| value.len() < MAX_VALUE / 2 + MAX_VALUE / 4));
    for wrong in ["x".repeat(limits::COMMENT + 1), "\u{7}".to_owned()] {
        let refused = home.event().vote(juror.number, 0, [5; 3], &wrong, END);
        assert!(matches!(refused, Err(EventError::BadBallot { .. })));
    }
}

#[test]
fn the_code_of_a_juror_is_used_once() {
    let home = Home::new();
    home.team("Watt").unwrap();
    let named = home.event().add_juror("Zoé").unwrap();
    assert!(matches!(home.event().unused_juror(&other(&named.code)), Err(EventError::WrongCode)));
    let refused = home.event().begin_juror(&named.code, Some(9), "a", &none());
    assert!(matches!(refused, Err(EventError::NoSuchTeam)));
    home.event().begin_juror(&named.code, Some(0), "a", &none()).unwrap();
    assert_eq!(home.event().place("a").unwrap(), Some(Place::Juror(0)));
    let again = home.event().begin_juror(&named.code, None, "b", &none());
    assert!(matches!(again, Err(EventError::WrongCode)));
    // A new code ends what the old one opened, and the juror keeps the team.
    let renewed = home.event().renew_juror(0).unwrap();
    assert_eq!(home.event().place("a").unwrap(), None);
    let begun = home.event().begin_juror(&renewed.code, None, "c", &none()).unwrap();
    assert_eq!((begun.number, begun.team), (0, Some(0)));
    for at in 1..limits::JURORS {
        home.event().add_juror(&at.to_string()).unwrap();
    }
    assert!(matches!(home.event().add_juror("x"), Err(EventError::TooManyJurors { .. })));
}

#[test]
fn a_ballot_counts_once_from_the_deadline_to_the_close() {
    let home = Home::new();
    home.team("Watt").unwrap();
    home.team("Volt").unwrap();
    let juror = home.juror("Zoé", Some(1)).number;
    let vote = |team, marks, now| home.event().vote(juror, team, marks, " bien ", now);
    assert!(matches!(vote(0, [3; 3], END - 1), Err(EventError::NotYet)));
    for marks in [[0, 3, 3], [3, 6, 3], [255, 1, 1]] {
        assert!(matches!(vote(0, marks, END), Err(EventError::BadBallot { .. })));
    }
    assert!(matches!(vote(1, [3; 3], END), Err(EventError::OwnTeam)));
    assert!(matches!(vote(2, [3; 3], END), Err(EventError::NoSuchTeam)));
    assert!(matches!(home.event().vote(9, 0, [3; 3], "", END), Err(EventError::NoSuchJuror)));
    vote(0, [3; 3], END).unwrap();
    vote(0, [4; 3], END + 1).unwrap();
    let ballots = home.event().ballots().unwrap();
    assert_eq!((ballots.len(), ballots[0].marks, ballots[0].comment.as_str()), (1, [4; 3], "bien"));
    assert!(matches!(home.event().ranking(&[0, 1]), Err(EventError::VoteOpen)));
    assert!(matches!(home.event().reveal(END), Err(EventError::VoteOpen)));
    home.event().close_vote(END + 2).unwrap();
    assert!(matches!(vote(0, [5; 3], END + 3), Err(EventError::VoteOver)));
    assert!(matches!(home.event().close_vote(END + 3), Err(EventError::VoteOver)));
    let ranks = home.event().ranking(&[0, 1]).unwrap();
    assert_eq!((ranks[0].team, ranks[0].rank, ranks[1].rank), (0, Some(1), None));
    home.event().reveal(END + 4).unwrap();
    home.event().reveal(END + 9).unwrap();
    assert_eq!(home.event().about().unwrap().revealed_at, Some(END + 4));
}

#[test]
fn the_organiser_closes_each_part_in_its_order() {
    let home = Home::new();
    assert!(matches!(home.event().close_vote(5), Err(EventError::NotYet)));
    assert!(matches!(home.event().move_deadline(4, 4), Err(EventError::BadDeadline)));
    home.event().move_deadline(10, 4).unwrap();
    home.event().move_deadline(20, 9).unwrap();
    assert_eq!(home.event().about().unwrap().ends_at(), Some(20));
    home.event().close_submissions(5).unwrap();
    assert!(matches!(home.event().move_deadline(30, 6), Err(EventError::SubmissionsOver)));
    assert!(matches!(home.event().close_submissions(6), Err(EventError::SubmissionsOver)));
    assert!(home.team("Watt").is_ok(), "a time before the close");
    home.event().close_vote(6).unwrap();
}
