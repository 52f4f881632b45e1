/**
 * What an edit will do, shown before the answer arrives. The domain crate has the last word: its
 * draft replaces this one as soon as it comes back.
 */
import type { Draft, DraftEdit } from "../../../host/bindings";

/** The draft after `edit`, or null when the edit names something that is not there. */
export function applied(draft: Draft, edit: DraftEdit): Draft | null {
  switch (edit.edit) {
    case "set_title":
      return { ...draft, title: edit.title };
    case "set_account":
      return { ...draft, account: edit.account };
    case "set_invitation":
      return { ...draft, invitation: edit.invitation };
    case "set_ordered":
      return { ...draft, ordered: edit.ordered };
    case "set_folder":
      return { ...draft, folder: edit.folder };
    case "insert_document":
      return { ...draft, documents: inserted(draft.documents, edit.document, edit.at) };
    case "remove_document": {
      const gone = draft.documents.find((document) => document.id === edit.document);
      if (!gone) return null;
      const pages = new Set(gone.pages.map((page) => page.id));
      return {
        ...draft,
        documents: draft.documents.filter((document) => document !== gone),
        fields: draft.fields.filter((field) => !pages.has(field.page)),
      };
    }
    case "move_document": {
      const documents = relocated(draft.documents, edit.document, edit.to);
      return documents && { ...draft, documents };
    }
    case "rename_document": {
      const documents = changed(draft.documents, edit.document, { name: edit.name });
      return documents && { ...draft, documents };
    }
    case "set_purpose": {
      const documents = changed(draft.documents, edit.document, { purpose: edit.purpose });
      return documents && { ...draft, documents };
    }
    case "insert_recipient":
      return { ...draft, recipients: inserted(draft.recipients, edit.recipient, edit.at) };
    case "update_recipient": {
      const recipients = changed(draft.recipients, edit.recipient.id, edit.recipient);
      return recipients && { ...draft, recipients };
    }
    case "move_recipient": {
      const recipients = relocated(draft.recipients, edit.recipient, edit.to);
      return recipients && { ...draft, recipients };
    }
    case "remove_recipient":
      if (!draft.recipients.some((recipient) => recipient.id === edit.recipient)) return null;
      return {
        ...draft,
        recipients: draft.recipients.filter((recipient) => recipient.id !== edit.recipient),
        fields: draft.fields.filter((field) => field.recipient !== edit.recipient),
      };
    case "insert_field":
      return { ...draft, fields: inserted(draft.fields, edit.field, edit.at) };
    case "update_field": {
      const fields = changed(draft.fields, edit.field.id, edit.field);
      return fields && { ...draft, fields };
    }
    case "remove_field":
      if (!draft.fields.some((field) => field.id === edit.field)) return null;
      return { ...draft, fields: draft.fields.filter((field) => field.id !== edit.field) };
    case "batch":
      return edit.edits.reduce<Draft | null>(
        (before, one) => before && applied(before, one),
        draft,
      );
  }
}

type Identified = { id: string };

function inserted<T extends Identified>(items: T[], item: T, at: number): T[] {
  // A view that already has it may arrive before the answer to the edit that brought it.
  if (items.some((other) => other.id === item.id)) return items;
  const place = Math.min(at, items.length);
  return [...items.slice(0, place), item, ...items.slice(place)];
}

function changed<T extends Identified>(items: T[], id: string, by: Partial<T>): T[] | null {
  if (!items.some((item) => item.id === id)) return null;
  return items.map((item) => (item.id === id ? { ...item, ...by } : item));
}

function relocated<T extends Identified>(items: T[], id: string, to: number): T[] | null {
  const item = items.find((candidate) => candidate.id === id);
  if (!item) return null;
  return inserted(
    items.filter((candidate) => candidate !== item),
    item,
    to,
  );
}
