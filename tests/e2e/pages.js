// About the pages that a window shows.
const pageOf = (number) => document.querySelector(`[data-page-number="${number}"]`);
const scroller = () => pageOf(1).parentElement.parentElement;
const topOf = (number) => new DOMMatrix(getComputedStyle(pageOf(number)).transform).f - 12;
/** Whether what is seen of the pages is covered by pictures as fine as the screen. */
const isSharp = () => {
  const view = scroller().getBoundingClientRect();
  const pages = [...document.querySelectorAll("[data-page-number]")].filter((page) => {
    const box = page.getBoundingClientRect();
    // While a zoom comes to rest, far pages stand where they were, unseen.
    return (
      box.top < view.bottom && box.bottom > view.top && getComputedStyle(page).opacity !== "0"
    );
  });
  return pages.length > 0 && pages.every((page) => {
    const paper = page.getBoundingClientRect();
    const left = Math.max(paper.left, view.left);
    const right = Math.min(paper.right, view.right);
    const top = Math.max(paper.top, view.top);
    const bottom = Math.min(paper.bottom, view.bottom);
    let covered = 0;
    for (const image of page.querySelectorAll("img")) {
      const box = image.getBoundingClientRect();
      if (!image.complete || image.naturalWidth === 0) continue;
      if (Math.abs(image.naturalWidth - box.width * devicePixelRatio) > 1) continue;
      const width = Math.min(box.right, right) - Math.max(box.left, left);
      const height = Math.min(box.bottom, bottom) - Math.max(box.top, top);
      if (width > 0 && height > 0) covered += width * height;
    }
    return covered > (right - left) * (bottom - top) * 0.99;
  });
};
