//! Locks this process in, after pdfium was loaded and before it sees a document: memory, files,
//! network, other programs. What a system does not offer is reported and gone without.

/// Returns the locks that are missing.
#[cfg(target_os = "linux")]
pub fn confine() -> Vec<String> {
    let locks: [(&str, Result<(), String>); 3] = [
        ("limits", linux::set_limits()),
        ("landlock", linux::lock_files()),
        ("seccomp", linux::lock_calls()),
    ];
    let missing = locks
        .into_iter()
        .filter_map(|(name, result)| result.err().map(|error| format!("{name}: {error}")));
    missing.collect()
}

#[cfg(not(target_os = "linux"))]
pub fn confine() -> Vec<String> {
    vec!["this system: no locks are known for it".to_owned()]
}

#[cfg(target_os = "linux")]
mod linux {
    use landlock::{
        ABI, Access, AccessFs, AccessNet, Ruleset, RulesetAttr, RulesetCreatedAttr, RulesetStatus,
        path_beneath_rules,
    };
    use rustix::process::{Resource, Rlimit, setrlimit};
    use seccompiler::{
        BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
        SeccompRule,
    };
    use std::collections::BTreeMap;

    /// Two documents of the largest size, unpacked, and a large bitmap.
    const ADDRESS_SPACE: u64 = 2 << 30;
    const OPEN_FILES: u64 = 64;

    /// Where pdfium looks for fonts that a document does not carry.
    const FONT_FOLDERS: [&str; 4] = [
        "/usr/share/fonts",
        "/usr/local/share/fonts",
        "/usr/share/X11/fonts",
        "/usr/share/fontconfig",
    ];

    pub fn set_limits() -> Result<(), String> {
        let limits = [
            (Resource::As, ADDRESS_SPACE),
            (Resource::Core, 0),
            (Resource::Fsize, 0),
            (Resource::Nofile, OPEN_FILES),
        ];
        for (resource, limit) in limits {
            let limit = Rlimit {
                current: Some(limit),
                maximum: Some(limit),
            };
            setrlimit(resource, limit).map_err(|error| error.to_string())?;
        }
        Ok(())
    }

    /// Reading below the font folders, and no other file, no network.
    pub fn lock_files() -> Result<(), String> {
        let abi = ABI::V5;
        let readable = AccessFs::from_read(abi);
        let status = Ruleset::default()
            .handle_access(AccessFs::from_all(abi))
            .and_then(|rules| rules.handle_access(AccessNet::from_all(abi)))
            .and_then(|rules| rules.create())
            .and_then(|rules| rules.add_rules(path_beneath_rules(FONT_FOLDERS, readable)))
            .and_then(|rules| rules.restrict_self())
            .map_err(|error| error.to_string())?;
        match status.ruleset {
            RulesetStatus::FullyEnforced => Ok(()),
            RulesetStatus::PartiallyEnforced => Err("enforced in part".to_owned()),
            RulesetStatus::NotEnforced => Err("not enforced".to_owned()),
        }
    }

    /// No sockets, no other programs, no look into other processes. Everything else stays
    /// allowed: what it could do is held back by the other locks.
    pub fn lock_calls() -> Result<(), String> {
        let forbidden = [
            libc::SYS_socket,
            libc::SYS_socketpair,
            libc::SYS_connect,
            libc::SYS_bind,
            libc::SYS_listen,
            libc::SYS_accept,
            libc::SYS_accept4,
            libc::SYS_execve,
            libc::SYS_execveat,
            libc::SYS_ptrace,
            libc::SYS_process_vm_readv,
            libc::SYS_process_vm_writev,
            libc::SYS_pidfd_getfd,
            libc::SYS_kill,
            libc::SYS_tkill,
            libc::SYS_io_uring_setup,
            libc::SYS_bpf,
            libc::SYS_userfaultfd,
            libc::SYS_keyctl,
            libc::SYS_add_key,
            libc::SYS_request_key,
        ];
        let always = forbidden.into_iter().map(|call| (call, Vec::new()));
        let mut rules: BTreeMap<i64, Vec<SeccompRule>> = always.collect();
        rules.insert(
            libc::SYS_clone,
            vec![new_process().map_err(|error| error.to_string())?],
        );
        filter(rules, libc::EPERM)?;
        // Without this call the C library makes threads by `clone`, whose flags can be seen.
        filter(
            BTreeMap::from([(libc::SYS_clone3, Vec::new())]),
            libc::ENOSYS,
        )
    }

    fn new_process() -> Result<SeccompRule, seccompiler::BackendError> {
        let thread = libc::CLONE_THREAD as u64;
        let is_no_thread = SeccompCmpOp::MaskedEq(thread);
        SeccompRule::new(vec![SeccompCondition::new(
            0,
            SeccompCmpArgLen::Qword,
            is_no_thread,
            0,
        )?])
    }

    fn filter(rules: BTreeMap<i64, Vec<SeccompRule>>, errno: i32) -> Result<(), String> {
        let architecture = std::env::consts::ARCH
            .try_into()
            .map_err(|error: seccompiler::BackendError| error.to_string())?;
        let refuse = SeccompAction::Errno(errno.unsigned_abs());
        let filter = SeccompFilter::new(rules, SeccompAction::Allow, refuse, architecture);
        let program: BpfProgram = filter
            .and_then(BpfProgram::try_from)
            .map_err(|error| error.to_string())?;
        seccompiler::apply_filter(&program).map_err(|error| error.to_string())
    }
}

#[cfg(all(test, target_os = "linux"))]
#[path = "confine_tests.rs"]
mod confine_tests;
