//! What SQLite and the blobs ask of the folder they are in.

use crate::error::Error;
use std::fs;
#[cfg(unix)]
use std::fs::File;
use std::path::Path;

/// Creates a folder that only this user may enter; one that exists is left as it is.
pub fn create_private_folder(folder: &Path) -> Result<(), Error> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    Ok(())
}

/// A renamed file is only there after a power cut once its folder has been flushed. Windows has no
/// such call and needs none.
pub fn sync_folder(folder: &Path) -> Result<(), Error> {
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

/// SQLite's locks and its shared memory do not work across machines (SQLite's documentation on
/// WAL), and two machines that both believe to be the one that sends would send twice.
pub fn refuse_network_share(folder: &Path) -> Result<(), Error> {
    #[cfg(target_os = "linux")]
    {
        /// `f_type` of NFS, SMB, CIFS, SMB2, AFS and Ceph (statfs(2)).
        const NETWORK: [u64; 6] = [
            0x6969,
            0x517b,
            0xff53_4d42,
            0xfe53_4d42,
            0x5346_414f,
            0x00c3_6400,
        ];
        let kind = rustix::fs::statfs(folder)
            .map_err(std::io::Error::from)?
            .f_type;
        // The type's width and sign differ between architectures; the numbers have 32 bits.
        if NETWORK.contains(&(kind as u64 & 0xffff_ffff)) {
            return Err(Error::NetworkShare(folder.to_owned()));
        }
    }
    #[cfg(not(target_os = "linux"))]
    let _ = folder;
    Ok(())
}
