//! How the window is drawn where there is no graphics hardware.

/// WebKitGTK composes a page out of layers with OpenGL. Without hardware for it, as on virtual
/// desktops, that is done in software: scrolling a document takes three times as long as drawing
/// the window directly, and three times the memory. So WebKit is told to draw directly there,
/// unless the environment says already what it should do.
///
/// Call it first of all, while there is one thread.
#[cfg(target_os = "linux")]
pub fn choose() {
    const VARIABLE: &str = "WEBKIT_DISABLE_COMPOSITING_MODE";
    if std::env::var_os(VARIABLE).is_none() && !has_render_node() {
        // Safety: no other thread reads or changes the environment, because there is none yet.
        unsafe { std::env::set_var(VARIABLE, "1") };
    }
}

#[cfg(not(target_os = "linux"))]
pub fn choose() {}

/// Whether the kernel offers this person a device to draw with (`/dev/dri/renderD128` and on).
#[cfg(target_os = "linux")]
fn has_render_node() -> bool {
    let Ok(devices) = std::fs::read_dir("/dev/dri") else {
        return false;
    };
    devices.flatten().any(|device| {
        device
            .file_name()
            .as_encoded_bytes()
            .starts_with(b"renderD")
            && std::fs::OpenOptions::new()
                .read(true)
                .write(true)
                .open(device.path())
                .is_ok()
    })
}
