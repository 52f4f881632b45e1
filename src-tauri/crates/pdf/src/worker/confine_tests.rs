//! Each lock is put on a thread of its own, so that the other tests stay free.

use super::linux;
use std::fs::File;

/// `None` where this kernel lacks the lock, which the worker then reports.
#[expect(clippy::expect_used, reason = "a panic of the attempts is the failure")]
fn locked<T: Send + 'static>(lock: fn() -> Result<(), String>, attempt: fn() -> T) -> Option<T> {
    let thread = std::thread::spawn(move || lock().is_ok().then(attempt));
    thread.join().expect("the attempts do not panic")
}

#[test]
fn files_outside_the_font_folders_cannot_be_read_or_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let secret = folder.path().join("secret");
    std::fs::write(&secret, "x").expect("free threads can write");
    let known = "/etc/passwd";
    File::open(known).expect("free threads can read");
    let refused = locked(linux::lock_files, move || {
        let read = File::open("/etc/passwd").is_err();
        let listed = std::fs::read_dir("/home").is_err() && std::fs::read_dir("/").is_err();
        let written = File::create("/tmp/paraph-worker-was-here").is_err();
        let connected = std::net::TcpStream::connect("127.0.0.1:1")
            .is_err_and(|error| error.kind() == std::io::ErrorKind::PermissionDenied);
        [read, listed, written, connected]
    });
    if let Some(refused) = refused {
        assert_eq!(
            refused, [true; 4],
            "reading, listing, writing, connecting are refused"
        );
    }
}

#[test]
fn fonts_can_be_read() {
    let folder = "/usr/share/fonts";
    let there = std::fs::read_dir(folder).is_ok();
    let readable = locked(linux::lock_files, || {
        std::fs::read_dir("/usr/share/fonts").is_ok()
    });
    if let Some(readable) = readable {
        assert_eq!(readable, there, "{folder} stays as readable as it was");
    }
}

#[test]
fn sockets_and_other_programs_are_refused_and_threads_are_not() {
    let refused = locked(linux::lock_calls, || {
        let socket = std::net::UdpSocket::bind("127.0.0.1:0").is_err();
        let program = std::process::Command::new("/bin/true").spawn().is_err();
        let thread = std::thread::spawn(|| 7).join().ok() == Some(7);
        [socket, program, thread]
    });
    if let Some(refused) = refused {
        assert_eq!(
            refused, [true; 3],
            "no socket, no program, and threads still work"
        );
    }
}
