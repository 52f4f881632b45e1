"""A small window that offers the files named on its command line to whoever they are dropped on,
the way a file manager does. It ends once the receiver has fetched them."""

import pathlib
import sys

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, GLib, Gtk  # noqa: E402

uris = [pathlib.Path(name).resolve().as_uri() for name in sys.argv[1:]]

window = Gtk.Window(title="files to drop")
window.set_default_size(160, 60)
window.set_keep_above(True)
handle = Gtk.EventBox()
handle.add(Gtk.Label(label="\n".join(uri.rsplit("/", 1)[-1] for uri in uris)))
handle.drag_source_set(Gdk.ModifierType.BUTTON1_MASK, [], Gdk.DragAction.COPY)
handle.drag_source_add_uri_targets()
handle.connect("drag-data-get", lambda _w, _c, data, _i, _t: data.set_uris(uris))
handle.connect("drag-end", lambda *_: GLib.timeout_add(200, Gtk.main_quit))
window.connect("destroy", Gtk.main_quit)
window.add(handle)
window.show_all()
# A corner that Paraph's window leaves free or that this one may cover.
window.move(0, 0)
Gtk.main()
