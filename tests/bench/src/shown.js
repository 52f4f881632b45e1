const frame = () => new Promise((done) => requestAnimationFrame(done));
const pause = (time) => new Promise((done) => setTimeout(done, time));
/** As the editor does: decoded first, then put into the page. */
const load = async (addresses) =>
  await Promise.all(addresses.map(async (address) => {
    const image = new Image();
    image.decoding = "sync";
    image.style = "position: fixed; inset: 0 auto auto 0; z-index: 9999";
    image.src = `page://localhost${address}`;
    await image.decode();
    return image;
  }));
/** Milliseconds until the pictures are decoded, and until two frames after that. */
const show = async (addresses) => {
  const before = performance.now();
  const images = await load(addresses);
  const decoded = performance.now() - before;
  document.body.append(...images);
  await frame();
  await frame();
  const painted = performance.now() - before;
  for (const image of images) image.remove();
  return [decoded, painted];
};
const untilSharp = async () => {
  const before = performance.now();
  await frame();
  while (!isSharp()) {
    if (performance.now() - before > 30000) throw new Error("the page did not become sharp");
    await frame();
  }
};
