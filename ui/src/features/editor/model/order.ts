/** The order in which a reader meets fields: pages as they follow, then lines, then left to right. */
import type { Document, Field, PageId } from "../../../host/bindings";

/** Fields whose tops differ by less than half the lower one's height stand on one line. */
export function readingOrder(fields: Field[], documents: Document[]): Field[] {
  const byPage = fieldsByPage(fields);
  return documents.flatMap((document) =>
    document.pages.flatMap((page) => onOnePage(byPage.get(page.id) ?? [])),
  );
}

function onOnePage(fields: Field[]): Field[] {
  let rest = [...fields].sort((a, b) => a.rect.y - b.rect.y || a.rect.x - b.rect.x);
  const ordered: Field[] = [];
  for (let top = rest[0]; top; top = rest[0]) {
    const first = top.rect;
    const isOnLine = ({ rect }: Field) => rect.y - first.y < Math.min(rect.h, first.h) / 2;
    const line = rest.filter(isOnLine);
    rest = rest.filter((field) => !isOnLine(field));
    ordered.push(...line.sort((a, b) => a.rect.x - b.rect.x || a.rect.y - b.rect.y));
  }
  return ordered;
}

export function fieldsByPage(fields: Field[]): Map<PageId, Field[]> {
  const byPage = new Map<PageId, Field[]>();
  for (const field of fields) {
    const there = byPage.get(field.page);
    if (there) there.push(field);
    else byPage.set(field.page, [field]);
  }
  return byPage;
}
