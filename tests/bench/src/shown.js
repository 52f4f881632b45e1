const frame = () => new Promise((done) => requestAnimationFrame(done));
const pause = (time) => new Promise((done) => setTimeout(done, time));
const load = async (addresses) => {
  const images = addresses.map((address) => {
    const image = new Image();
    image.style = "position: fixed; inset: 0 auto auto 0; z-index: 9999";
    image.src = `page://localhost${address}`;
    return image;
  });
  document.body.append(...images);
  await Promise.all(images.map((image) => image.decode()));
  return images;
};
/** Milliseconds until the pictures are decoded, and until two frames after that. */
const show = async (addresses) => {
  const before = performance.now();
  const images = await load(addresses);
  const decoded = performance.now() - before;
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
