//! The program that recognises characters, and hostile ones in its place: what `mesinfos recogniser` leaves them.

use crate::support::{Data, binary};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Runs a program as the host runs the one that recognises characters.
fn confined(command: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(binary())
        .arg("recogniser")
        .args(command)
        .env_clear()
        .env("SECRET", "canary")
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // It may end without reading.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn a_confined_program_reads_its_input_and_no_file() {
    let echoed = confined(&["/bin/cat"], b"canary");
    assert!(echoed.status.success() && echoed.stdout == b"canary", "{}", said(&echoed));
    let data = Data::new();
    let own = data.path().join("own");
    std::fs::write(&own, "canary").unwrap();
    for path in
        [own.to_str().unwrap(), "/etc/passwd", "/proc/self/environ", "/proc/1/cmdline", "/etc/hostname"]
    {
        let output = confined(&["/bin/cat", path], b"");
        assert!(!output.status.success() && output.stdout.is_empty(), "{path}: {}", said(&output));
    }
    assert!(!confined(&["/bin/ls", data.path().to_str().unwrap()], b"").status.success());
    assert!(!confined(&["/nothing/there"], b"").status.success());
}

/// Attacks in Perl, which every Debian has: each prints its name if it succeeds.
const ATTACKS: &str = r#"
$| = 1;
sub won { print "won: $_[0]\n" }
won('read') if open(F, '<', '/etc/passwd');
won('write') if open(F, '>', $ARGV[0]);
won('append') if open(F, '>>', '/dev/null');
won('list') if opendir(D, '/home') || opendir(D, '/tmp');
won('inet') if socket(S, 2, 1, 0);
won('datagram') if socket(S, 2, 2, 0);
won('unix') if socket(S, 1, 1, 0);
won('pair') if socketpair(A, B, 1, 1, 0);
my $pid = fork(); won('fork') if defined $pid; exit 0 if defined $pid && $pid == 0;
won('kill') if kill(0, getppid()) && kill(9, getppid());
won('link') if symlink('/etc/passwd', $ARGV[0]);
won('environment') if exists $ENV{SECRET} || exists $ENV{HOME};
won('mode') if chmod(0777, $ARGV[1]);
won('remove') if unlink($ARGV[1]);
won('ptrace') if syscall(101, 16, 1, 0, 0) == 0;
won('limits') if syscall(302, getppid(), 7, 0, $ARGV[1]) == 0;
won('unshare') if syscall(272, 0x10000000) == 0;
print "done\n";
exec('/bin/cat', '/etc/hostname'); print "no other program\n";
"#;

#[test]
fn a_program_in_place_of_the_recogniser_wins_nothing() {
    if !Path::new("/usr/bin/perl").is_file() {
        println!("skipped: perl is not installed");
        return;
    }
    let data = Data::new();
    let (new, own) = (data.path().join("new"), data.path().join("own"));
    std::fs::write(&own, "canary").unwrap();
    let [new_path, own_path] = [&new, &own].map(|path| path.to_str().unwrap());
    let attacked = confined(&["/usr/bin/perl", "-e", ATTACKS, new_path, own_path], b"");
    assert_eq!(String::from_utf8_lossy(&attacked.stdout), "done\nno other program\n", "{}", said(&attacked));
    assert!(!new.exists() && own.exists());
    // The same script, unconfined, wins: the attacks are ones.
    let mut free = Command::new("/usr/bin/perl");
    let script = ATTACKS.replace("kill(9, getppid())", "1").replace("exec(", "0 && exec(");
    let won = free.args(["-e", &script, new_path, own_path]).env("SECRET", "x").output().unwrap();
    let won = String::from_utf8_lossy(&won.stdout).into_owned();
    for name in ["read", "write", "inet", "unix", "pair", "fork", "environment", "mode"] {
        assert!(won.contains(&format!("won: {name}\n")), "{name}: {won}");
    }
}

#[test]
fn a_confined_program_has_limits() {
    if !Path::new("/usr/bin/perl").is_file() {
        println!("skipped: perl is not installed");
        return;
    }
    let memory = confined(&["/usr/bin/perl", "-e", "my $x = 'x' x (3 << 30); print length $x"], b"");
    assert!(!memory.status.success() && memory.stdout.is_empty(), "{}", said(&memory));
    let limits = "open(F, '<', '/proc/self/limits'); print <F>; print 'x' x 10";
    let hidden = confined(&["/usr/bin/perl", "-e", limits], b"");
    assert_eq!(hidden.stdout, b"xxxxxxxxxx", "{}", said(&hidden));
}

/// Letters of five by seven dots, for a picture that needs no font.
const LETTERS: &[(char, [u8; 7])] = &[
    ('T', [0b11111, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100]),
    ('O', [0b01110, 0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b01110]),
    ('A', [0b00100, 0b01010, 0b10001, 0b10001, 0b11111, 0b10001, 0b10001]),
    ('L', [0b10000, 0b10000, 0b10000, 0b10000, 0b10000, 0b10000, 0b11111]),
    ('P', [0b11110, 0b10001, 0b10001, 0b11110, 0b10000, 0b10000, 0b10000]),
    ('I', [0b01110, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100, 0b01110]),
    ('N', [0b10001, 0b11001, 0b10101, 0b10101, 0b10011, 0b10001, 0b10001]),
];

/// A portable grey map of a line of such letters.
fn picture(text: &str) -> Vec<u8> {
    const DOT: usize = 7;
    let (width, height) = ((text.len() * 7 + 8) * DOT, 20 * DOT);
    let mut grey = vec![255_u8; width * height];
    for (place, letter) in text.chars().enumerate() {
        let Some((_, rows)) = LETTERS.iter().find(|(known, _)| *known == letter) else { continue };
        for (y, x) in (0..7 * DOT).flat_map(|y| (0..5 * DOT).map(move |x| (y, x))) {
            if rows[y / DOT] >> (4 - x / DOT) & 1 == 1 {
                grey[(y + 6 * DOT) * width + (4 + place * 7) * DOT + x] = 0;
            }
        }
    }
    [format!("P5\n{width} {height}\n255\n").as_bytes(), &grey].concat()
}

#[test]
fn the_recogniser_reads_a_picture_behind_its_walls() {
    if !Path::new("/usr/bin/tesseract").is_file() {
        println!("skipped: tesseract-ocr is not installed");
        return;
    }
    let command = ["/usr/bin/tesseract", "stdin", "stdout", "-l", "eng", "--psm", "7", "--dpi", "300"];
    let read = confined(&command, &picture("TOTAL PLAN"));
    assert!(read.status.success(), "{}", said(&read));
    assert!(String::from_utf8_lossy(&read.stdout).contains("TOTAL"), "{}", said(&read));
    // What is no picture ends with an error.
    assert!(!confined(&command, b"P5\n9999999 9999999\n255\n").status.success());
}
