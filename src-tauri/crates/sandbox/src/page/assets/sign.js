// Makes the signing page nicer: drawing, jumping from field to field, the code without a reload.
// Without it the page works too, with a typed name.
"use strict";

document.documentElement.classList.add("script");

const find = (id) => document.getElementById(id);

// What is typed shows on the page and in the preview.
function mirror(input) {
  for (const target of document.querySelectorAll(`[data-mirror="${CSS.escape(input.id)}"]`)) {
    target.textContent = input.value;
    target.closest(".place")?.classList.toggle("filled", input.value.trim() !== "");
  }
}
document.addEventListener("input", (event) => {
  if (event.target.matches("input[type=text]")) mirror(event.target);
});
document.querySelectorAll("input[type=text]").forEach(mirror);

// From one own field to the next.
function setUpJumping() {
  const bar = find("jump");
  const places = [...document.querySelectorAll(".place.own")];
  if (!bar || places.length === 0) return;
  let current = -1;
  const show = () => {
    const number = String(Math.max(current, 0) + 1);
    find("field-count").textContent = bar.dataset.count
      .replace("{number}", number)
      .replace("{total}", String(places.length));
    places.forEach((place, index) => place.classList.toggle("current", index === current));
  };
  const go = (step) => {
    current = (current + step + places.length) % places.length;
    if (current < 0) current = 0;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    places[current].scrollIntoView({ block: "center", behavior: still ? "instant" : "smooth" });
    places[current].focus({ preventScroll: true });
    show();
  };
  find("next-field").addEventListener("click", () => go(1));
  find("previous-field").addEventListener("click", () => go(-1));
  places.forEach((place, index) => {
    place.addEventListener("focus", () => {
      current = index;
      show();
    });
  });
  bar.hidden = false;
  show();
  // Where the form lies below the pages, the bar must not lie on the form.
  const panel = find("main");
  new IntersectionObserver(([entry]) => {
    bar.hidden = entry.isIntersecting && getComputedStyle(panel).position === "static";
  }, { rootMargin: "0px 0px -40% 0px" }).observe(panel);
}
setUpJumping();

// A place on a page leads to where it is filled, and the focus goes along.
document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#"]');
  const target = link && find(link.getAttribute("href").slice(1));
  if (target) setTimeout(() => target.focus({ preventScroll: true }));
});

// Drawing: strokes are kept as points from 0 to 1, so that they fit any size.
function setUpDrawing() {
  const canvas = find("drawing");
  const store = find("strokes");
  if (!canvas || !store) return;
  let strokes = [];
  let pointer = null;
  try {
    strokes = JSON.parse(store.value).strokes ?? [];
  } catch {
    strokes = [];
  }

  const draw = () => {
    const { width, height } = canvas.getBoundingClientRect();
    if (width === 0) return;
    const scale = window.devicePixelRatio || 1;
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    const pen = canvas.getContext("2d");
    pen.scale(scale, scale);
    pen.lineWidth = 2.5;
    pen.lineCap = "round";
    pen.lineJoin = "round";
    pen.strokeStyle = getComputedStyle(canvas).color;
    for (const stroke of strokes) {
      pen.beginPath();
      stroke.forEach(([x, y], index) => {
        if (index === 0) pen.moveTo(x * width, y * height);
        // A dot is a line of no length.
        pen.lineTo(x * width, y * height);
      });
      pen.stroke();
    }
  };
  const keep = () => {
    const { width, height } = canvas.getBoundingClientRect();
    const aspect = height > 0 ? width / height : 1;
    store.value = strokes.length === 0 ? "" : JSON.stringify({ aspect, strokes });
  };
  const point = (event) => {
    const box = canvas.getBoundingClientRect();
    const inside = (value) => Math.round(Math.min(Math.max(value, 0), 1) * 1e4) / 1e4;
    return [inside((event.clientX - box.left) / box.width), inside((event.clientY - box.top) / box.height)];
  };

  canvas.addEventListener("pointerdown", (event) => {
    if (pointer !== null || event.button !== 0) return;
    pointer = event.pointerId;
    canvas.setPointerCapture(pointer);
    strokes.push([point(event)]);
    draw();
    event.preventDefault();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (event.pointerId !== pointer) return;
    const events = event.getCoalescedEvents?.() ?? [];
    for (const each of events.length > 0 ? events : [event]) strokes.at(-1).push(point(each));
    draw();
  });
  const lift = (event) => {
    if (event.pointerId !== pointer) return;
    pointer = null;
    keep();
  };
  canvas.addEventListener("pointerup", lift);
  canvas.addEventListener("pointercancel", lift);
  find("undo-stroke").addEventListener("click", () => {
    strokes.pop();
    keep();
    draw();
  });
  find("clear-strokes").addEventListener("click", () => {
    strokes = [];
    keep();
    draw();
  });
  new ResizeObserver(draw).observe(canvas);
}
setUpDrawing();

// The code comes without loading the page again.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("#send-code");
  if (!button) return;
  event.preventDefault();
  button.disabled = true;
  try {
    const body = new URLSearchParams(new FormData(button.form));
    const response = await fetch(button.getAttribute("formaction"), { method: "POST", body });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.getElementById("identity");
    if (!fresh) {
      // The request ended meanwhile: the page itself says how.
      window.location.reload();
      return;
    }
    find("identity").replaceWith(document.adoptNode(fresh));
    find("code").focus();
  } catch {
    // Without script the same button loads the page anew, which works as well.
    button.disabled = false;
    const form = button.form;
    form.action = button.getAttribute("formaction");
    form.submit();
  }
});

document.addEventListener("submit", (event) => {
  if (event.submitter?.id === "send-code") return;
  const button = event.target.querySelector(".primary, .danger");
  if (event.target.dataset.sent) {
    event.preventDefault();
    return;
  }
  event.target.dataset.sent = "yes";
  button.setAttribute("aria-busy", "true");
  if (button.dataset.working) button.textContent = button.dataset.working;
});
// Coming back with the browser's back button finds the form usable again.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload();
});

find("mistakes")?.focus();
